//! What a whole form must hold to.

use form::{Kind, Voice};

use crate::concepts;
use crate::diagnostic::{Code, Diagnostic};
use crate::line::Report;
use crate::outline::{Item, Outline, Question, What};

/// The concepts that a short block about a child's voice asks for, and the further ones of a full block.
const SHORT: [&str; 1] = ["voice.words"];
const FULL: [&str; 3] = ["voice.words", "voice.shown", "voice.understanding"];

/// Looks at a form as a whole.
pub(crate) fn check(outline: &Outline<'_>, report: &mut Report) {
    children_are_heard(outline, report);
    words_belong_to_a_child(outline, report);
    concepts_fit(outline, report);
}

/// A question that carries a known concept asks for what it stands for.
fn concepts_fit(outline: &Outline<'_>, report: &mut Report) {
    for item in outline.items.values() {
        let (Some(concept), What::Field(Question { kind: Ok(kind), .. })) = (&item.concept, &item.what)
        else {
            continue;
        };
        let (message, help) = match concepts::carried_by(concept) {
            Some(carries) if !carries.by(kind) => (
                format!("`{concept}` cannot be asked for by a `{}`", kind.name()),
                Some(format!("ask for it by {}", carries.kinds())),
            ),
            None if concepts::is_no_item(concept) => (
                format!("the census has no item `{concept}`"),
                feel::did_you_mean(concept, concepts::known()),
            ),
            _ => continue,
        };
        let mut diagnostic = Diagnostic::new(Code::WrongConcept, item.place, message).maybe_help(help);
        if let Some(used_at) = item.used_at.filter(|used_at| *used_at != item.place) {
            diagnostic = diagnostic.label(used_at, "used here");
        }
        report.push(diagnostic);
    }
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
    let for_each = |item: &Item| matches!(&item.what, What::Rows(rows) if rows.for_each_child);
    if !outline.items.values().any(for_each) {
        let message =
            format!("`voice {level}` says that each child is heard, and no section is about each child");
        let help = "give the form a section with `for-each=child` that uses a voice component";
        report.push(Diagnostic::new(Code::ChildNotHeard, place, message).help(help));
        return;
    }
    for concept in wanted {
        let asks = |item: &Item| {
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
