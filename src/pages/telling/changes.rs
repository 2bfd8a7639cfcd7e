//! What changed since a record was returned, question by question.

use engine::{At, Session};
use form::{Address, Answer, Kind};
use record::{Change, Difference};

use super::answers::Told;
use super::difference::{Piece, difference};
use super::needed::unsaid_name;

/// A question that is answered otherwise than before, or a repeat whose rows are others.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Changed {
    /// Where.
    pub(crate) address: Address,
    /// What was asked, with the child's name: "Maisie: why was she not seen alone?".
    pub(crate) question: String,
    /// How it changed.
    pub(crate) how: How,
}

/// How an answer changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum How {
    /// A text, word by word.
    Words(Vec<Piece>),
    /// From one answer to another.
    Answer {
        /// As it was.
        before: Told,
        /// As it is.
        after: Told,
    },
    /// Rows were added or taken out.
    Rows {
        /// How many are new.
        added: usize,
        /// How many are gone.
        removed: usize,
    },
}

/// Tells differences between two sessions, the one as it was returned and the one as it was sent again.
pub(crate) fn changes(before: &Session, after: &Session, differences: &[Difference]) -> Vec<Changed> {
    differences
        .iter()
        .filter_map(|difference| changed(before, after, difference))
        .collect()
}

fn changed(before: &Session, after: &Session, difference: &Difference) -> Option<Changed> {
    let found = |session: &Session| session.find(&difference.address);
    let (session, at) = match (found(after), found(before)) {
        (Some(at), _) => (after, at),
        (None, Some(at)) => (before, at),
        (None, None) => return None,
    };
    Some(Changed {
        address: difference.address.clone(),
        question: question(session, at)?,
        how: match &difference.change {
            Change::Answer { before, after } => answer(session, at, before.as_ref(), after.as_ref())?,
            Change::Rows { added, removed } => How::Rows {
                added: added.len(),
                removed: removed.len(),
            },
        },
    })
}

/// A question as it reads away from its page.
pub(crate) fn question(session: &Session, at: At) -> Option<String> {
    let label = session.view(at)?.label;
    Some(match unsaid_name(session, at, &label) {
        Some(name) => format!("{name}: {label}"),
        None => label,
    })
}

fn answer(session: &Session, at: At, before: Option<&Answer>, after: Option<&Answer>) -> Option<How> {
    let kind = &session.form().field(at.node)?.kind;
    if let (Kind::Text(_) | Kind::LongText(_), Some(Answer::Text(before)), Some(Answer::Text(after))) =
        (kind, before, after)
        && let Some(pieces) = difference(before.trim(), after.trim())
    {
        return Some(How::Words(pieces));
    }
    Some(How::Answer {
        before: Told::of(session, kind, before),
        after: Told::of(session, kind, after),
    })
}
