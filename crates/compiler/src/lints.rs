//! What a whole form must hold to.

use form::{Kind, Name, NodeId, Voice};

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::line::Report;
use crate::names::{Names, Resolution};
use crate::outline::{Clock, Outline, Question, What};

/// The concepts that a short block about a child's voice asks for, and the further ones of a full block.
const SHORT: [&str; 1] = ["voice.words"];
const FULL: [&str; 3] = ["voice.words", "voice.shown", "voice.understanding"];

/// Looks at a form as a whole.
pub(crate) fn check(outline: &Outline<'_>, report: &mut Report) {
    children_are_heard(outline, report);
    words_belong_to_a_child(outline, report);
}

/// A form that says it hears each child asks each of them what it must.
fn children_are_heard(outline: &Outline<'_>, report: &mut Report) {
    let (level, wanted): (&str, &[&str]) = match outline.head.voice {
        Voice::None => return,
        Voice::Short => ("short", &SHORT),
        Voice::Full => ("full", &FULL),
    };
    if outline.lost_names {
        // A component that cannot be read may be the one that asks.
        return;
    }
    let place = outline.head.voice_place;
    let for_each =
        |item: &crate::outline::Item| matches!(&item.what, What::Rows(rows) if rows.for_each_child);
    if !outline.items.values().any(for_each) {
        let message =
            format!("`voice {level}` says that each child is heard, and no section is about each child");
        let help = "give the form a section with `for-each=child` that uses a voice component";
        report.push(Diagnostic::new(Code::ChildNotHeard, place, message).help(help));
        return;
    }
    for concept in wanted {
        let asks = |item: &crate::outline::Item| {
            item.concept.as_deref() == Some(concept)
                && matches!(item.what, What::Field(_))
                && outline.is_about_a_child(item.scope)
        };
        if !outline.items.values().any(asks) {
            let message =
                format!("`voice {level}` needs a question with `concept \"{concept}\"` for each child");
            let help = "put it into a section with `for-each=child`, or use a voice component there";
            report.push(Diagnostic::new(Code::ChildNotHeard, place, message).help(help));
        }
    }
}

/// A child's own words stand where it is known whose they are.
fn words_belong_to_a_child(outline: &Outline<'_>, report: &mut Report) {
    for item in outline.items.values() {
        let is_quote = matches!(
            &item.what,
            What::Field(Question {
                kind: Ok(Kind::Quote(_)),
                ..
            })
        );
        if is_quote && !outline.is_about_a_child(item.scope) {
            let message = format!(
                "`{}` takes a child's own words, and nothing says whose",
                item.name
            );
            let help = "put it into a section with `for-each=child`";
            let mut diagnostic = Diagnostic::new(Code::WordsWithoutChild, item.place, message).help(help);
            if let Some(used_at) = item.used_at.filter(|used_at| *used_at != item.place) {
                diagnostic = diagnostic.label(used_at, "used here");
            }
            report.push(diagnostic);
        }
    }
}

/// The clocks of a form, with the dates that start them.
pub(crate) fn clocks(outline: &Outline<'_>, report: &mut Report) -> Vec<form::Clock> {
    let names = Names::new(outline);
    let mut clocks = Vec::new();
    let mut known: Vec<&Name> = Vec::new();
    for clock in &outline.head.clocks {
        if known.contains(&&clock.name) {
            let message = format!("two clocks are called `{}`", clock.name);
            let diagnostic = Diagnostic::new(Code::DuplicateName, clock.starts.place(), message);
            report.push(diagnostic.help("give one of them another name"));
        }
        known.push(&clock.name);
        if let Some(starts) = start(clock, outline, &names, report) {
            clocks.push(form::Clock {
                name: clock.name.clone(),
                label: clock.label.clone(),
                starts,
                due: clock.due,
            });
        }
    }
    clocks
}

/// The date that starts a clock; tells if there is none.
fn start(
    clock: &Clock<'_>,
    outline: &Outline<'_>,
    names: &Names<'_, '_>,
    report: &mut Report,
) -> Option<NodeId> {
    let written = clock.starts.as_str();
    let path: Vec<&str> = written.split('.').collect();
    let place = clock.starts.place();
    let node = match names.resolve(None, &path) {
        Resolution::Found(node, used) if used == path.len() => node,
        Resolution::Ambiguous(nodes) => {
            let spellings = names.spellings(None, &nodes);
            let spellings: Vec<String> = spellings.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("`{written}` could be one of several questions");
            let diagnostic = Diagnostic::new(Code::Expression(feel::Code::AmbiguousName), place, message);
            report.push(diagnostic.help(format!("write {}", spellings.join(" or "))));
            return None;
        }
        _ if outline.lost_names => return None,
        Resolution::Found(..) | Resolution::Missing => {
            let dates = outline
                .items
                .values()
                .filter(|item| item.known_type() == Some(feel::Type::Date));
            let help = did_you_mean(written, dates.map(|item| item.name.as_str()));
            let help = help.or_else(|| names.explain(None, &path));
            let message = format!("no question is called `{written}`");
            let diagnostic = Diagnostic::new(Code::Expression(feel::Code::UnknownName), place, message);
            report.push(diagnostic.maybe_help(help));
            return None;
        }
    };
    let item = outline.items.at(node);
    if matches!(item.what, What::Unknown) {
        return None;
    }
    if item.known_type() == Some(feel::Type::Date) {
        return Some(node);
    }
    let message = format!("a clock starts at a date, and `{written}` is none");
    let diagnostic = Diagnostic::new(Code::NoDateToStart, place, message).label(item.place, "this one");
    report.push(diagnostic.help("name a question of the kind `date` that is asked once in the record"));
    None
}
