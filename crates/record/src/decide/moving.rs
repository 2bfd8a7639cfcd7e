//! Decisions about moving to a later version of the form, and about what was written before a move and comes after it.

use std::borrow::Cow;
use std::sync::Arc;

use form::{Address, Form, Moving};

use super::{Case, Forms};
use crate::command::{Action, Command};
use crate::event::{Body, EventHash};
use crate::moved::Moved;
use crate::refusal::Refusal;
use crate::revision::Acknowledgement;
use crate::state::State;

impl Case<'_> {
    /// Only somebody who wrote in the record, has seen what becomes of all that is in it, and agrees, moves it.
    pub(super) fn move_on(&self, to: Option<&Form>, seen: EventHash) -> Result<Body, Refusal> {
        self.writable()?;
        if !self.state.is_author(self.actor.id) {
            return Err(Refusal::NotAnAuthor);
        }
        let moved = Moved::of(self.state, self.form, to.ok_or(Refusal::NoSuchForm)?)?;
        if self.state.head.hash != seen {
            return Err(Refusal::ChangedSince);
        }
        Ok(Body::Moved(moved))
    }
}

/// What a command asks for in the version of the form that the record is filled in with now.
///
/// What was written in an earlier version goes the way that the record went, one move after another. What loses its
/// place on that way is refused, so that whoever wrote it has it back and decides.
pub(super) fn up_to_date<'c>(
    state: &State,
    forms: &dyn Forms,
    command: &'c Command,
) -> Result<Cow<'c, Action>, Refusal> {
    let made_with = command.form.unwrap_or(state.created.form.hash);
    let way = state
        .forms()
        .map(|form| form.hash)
        .skip_while(|hash| *hash != made_with);
    let way: Option<Vec<Arc<Form>>> = way.map(|hash| forms.find(hash)).collect();
    let way = way.filter(|way| !way.is_empty()).ok_or(Refusal::OtherForm)?;
    let mut action = Cow::Borrowed(&command.action);
    for (old, new) in way.iter().zip(way.iter().skip(1)) {
        let moving = Moving::new(old, new).map_err(|_| Refusal::OtherForm)?;
        action = Cow::Owned(follow(&action, &moving)?);
    }
    Ok(action)
}

/// An action where and as it stands after a move.
fn follow(action: &Action, moving: &Moving<'_>) -> Result<Action, Refusal> {
    let place = |address: &Address| {
        let place = moving.place(address);
        place.map_err(|_| Refusal::NoLongerAsked(address.clone()))
    };
    Ok(match action {
        Action::Answer {
            address,
            answer,
            over,
        } => Action::Answer {
            address: place(address)?,
            answer: answer.as_ref().map(|answer| moving.answer(address, answer)),
            over: over.clone(),
        },
        Action::AddRow { address, key, before } => Action::AddRow {
            address: place(address)?,
            key: key.clone(),
            before: before.clone(),
        },
        Action::RemoveRow { address, key, over } => Action::RemoveRow {
            address: place(address)?,
            key: key.clone(),
            over: over.clone(),
        },
        Action::Acknowledge(what) => Action::Acknowledge(Acknowledgement {
            address: place(&what.address)?,
            check: moving
                .check(&what.address, what.check)
                .ok_or_else(|| Refusal::NoSuchWarning(what.address.clone()))?,
            ..what.clone()
        }),
        // It was ready by the rules of a version that is not the record's any more.
        Action::Submit { .. } => return Err(Refusal::DraftChanged),
        // These name what they are about by its hash or id, or are about the record as a whole.
        Action::Return { .. }
        | Action::Reply { .. }
        | Action::Move { .. }
        | Action::Approve { .. }
        | Action::Void { .. } => action.clone(),
    })
}
