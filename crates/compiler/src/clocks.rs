//! The clocks of a form: which date starts each of them.

use form::{Name, NodeId, Span, TermId, TermValue};

use crate::diagnostic::{Code, Diagnostic};
use crate::line::Report;
use crate::names::{Names, Resolution};
use crate::outline::{Clock, Due, Outline, What};

/// The clocks of a form, with the dates that start them.
pub(crate) fn read(outline: &Outline<'_>, names: &Names<'_, '_>, report: &mut Report) -> Vec<form::Clock> {
    let mut clocks = Vec::new();
    let mut known: Vec<&Name> = Vec::new();
    for clock in &outline.head.clocks {
        if known.contains(&&clock.name) {
            let message = format!("two clocks are called `{}`", clock.name);
            let diagnostic = Diagnostic::new(Code::DuplicateName, clock.place, message);
            report.push(diagnostic.help("give one of them another name"));
        }
        known.push(&clock.name);
        let due = due(clock, names, report);
        if let (Some(starts), Some((due, term))) = (start(clock, outline, names, report), due) {
            clocks.push(form::Clock {
                name: clock.name.clone(),
                label: clock.label.clone(),
                starts,
                due,
                term,
            });
        }
    }
    clocks
}

/// How long a clock runs, and what rule packs say of it; tells if they say nothing.
fn due(clock: &Clock<'_>, names: &Names<'_, '_>, report: &mut Report) -> Option<(Span, Option<TermId>)> {
    let words = match &clock.due {
        Due::Length(length) => return Some((*length, None)),
        Due::Term(words) => words,
    };
    let (_, name) = words.as_str().split_once('.')?;
    let latest = || match names.packs().latest(name)? {
        TermValue::Length(length) => Some(length),
        TermValue::Number(_) | TermValue::Flag(_) => None,
    };
    match (names.term(name), latest()) {
        (Some((term, TermValue::Length(_))), Some(length)) => return Some((length, Some(term))),
        (Some(_), _) => {
            let message = format!("`{}` is no length of time", words.as_str());
            report.push(Diagnostic::new(Code::BadValue, words.place(), message));
        }
        (None, _) if names.packs().is_damaged => {}
        (None, _) => {
            let message = format!("no rule pack says `{name}`");
            let help = names.packs().explain(name);
            let code = Code::Expression(feel::Code::UnknownName);
            report.push(Diagnostic::new(code, words.place(), message).help(help));
        }
    }
    None
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
        Resolution::Found(..) | Resolution::Named(_) | Resolution::Missing => {
            let dates = outline
                .items
                .values()
                .filter(|item| item.known_type() == Some(feel::Type::Date));
            let help = feel::did_you_mean(written, dates.map(|item| item.name.as_str()));
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
