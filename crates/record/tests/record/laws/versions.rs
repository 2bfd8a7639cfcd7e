//! What the versions of the form say of a move, in the laws' own words and without what the product makes of them.

use std::collections::BTreeSet;

use form::Answer;
use record::{Actor, State};

use crate::desk::code;

/// A place in a version of the form, where it goes by the name that it had in the first.
pub(super) fn in_version(address: &str, version: u32) -> String {
    match version {
        1 => address.to_owned(),
        _ => went(address, None, 2).map_or(address.to_owned(), |(address, _)| address),
    }
}

/// Where an answer goes when a record moves to a version from the one before it: the versions' own words, without
/// what the product makes of them. Nothing if it has no place.
pub(super) fn went(address: &str, answer: Option<&Answer>, version: u32) -> Option<(String, Option<Answer>)> {
    match (version, address, answer) {
        (2, "visit.why", _) | (3, "visit.hours", _) => None,
        (2, "visit.outcome", Some(Answer::Code(given))) if given == "partly" => {
            Some((address.to_owned(), code("some")))
        }
        (2, ..) => {
            let called = address.replace("visit.visitors", "visit.callers");
            Some((called.replace("next.plan", "next.steps"), answer.cloned()))
        }
        _ => Some((address.to_owned(), answer.cloned())),
    }
}

/// All the words that stand in a draft, at whatever question.
fn words(state: &State) -> BTreeSet<String> {
    let draft = state.draft();
    let rivals = draft.conflicts().flat_map(|address| draft.rivals(address));
    let rivals = rivals.filter_map(|rival| rival.answer.as_ref());
    words_of(draft.answers().values.values().chain(rivals))
}

fn words_of<'a>(answers: impl Iterator<Item = &'a Answer>) -> BTreeSet<String> {
    answers
        .filter_map(|answer| match answer {
            Answer::Text(words) => Some(words.clone()),
            _ => None,
        })
        .collect()
}

pub(super) fn move_is_right(before: &State, after: &State, actor: &Actor, moved: &record::Moved) {
    assert!(before.is_author(actor.id), "somebody else's record was moved");
    assert!(before.status().takes_edits() && before.status() == after.status());
    assert!(moved.form.version > before.form().version);
    assert_eq!(after.form(), &moved.form);
    assert_eq!(after.forms().count(), before.forms().count() + 1);
    let left = words_of(moved.left.iter().flat_map(record::LeftBehind::answers));
    let now = words(after);
    assert_eq!(
        words(before),
        now.union(&left).cloned().collect(),
        "words came or went"
    );
    assert_eq!(
        before.draft().conflicts().len(),
        after.draft().conflicts().len() + moved.left.iter().filter(|left| !left.rivals.is_empty()).count()
    );
}
