//! How an event changes a record.
//!
//! Whether it should have happened was decided before (`decide.rs`). What could never have been decided does not
//! fold: a signature of an author's own work, a change of what is signed.

use std::sync::Arc;

use crate::actor::ActorRef;
use crate::draft::{Draft, Given};
use crate::event::{Approved, Body, Event, Replied, Returned, Submitted};
use crate::ids::PersonId;
use crate::moved::{Move, Moved};
use crate::revision::Acknowledged;
use crate::round::{Reply, Return, Round, Thread};
use crate::state::{Known, State};
use crate::status::Status;
use crate::timestamp::Timestamp;

/// Why an event cannot be what happened next. The record is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// There is no event, or the first is not the start of a record.
    #[error("a record begins with its start")]
    NotStarted,
    /// It belongs to another record, is not the next one or does not follow from the last.
    #[error("this event does not come next")]
    NotNext,
    /// The record has an event of this id already.
    #[error("this event has happened already")]
    Repeated,
    /// It cannot happen to a record that stands where this one does.
    #[error("this cannot have happened to the record as it stands")]
    OutOfTurn,
    /// It signs or returns what its actor may not, or something else than what is waiting.
    #[error("this decision cannot have been made")]
    NotTheirs,
}

/// Why a person may not decide on a record, whatever their role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Partial {
    /// They wrote in it.
    Author,
    /// They signed an earlier stage of the same revision.
    SignedBefore,
}

impl State {
    /// The record as these events, all of them and in order, leave it.
    ///
    /// # Errors
    /// [`Unfit`] if the events cannot be a record's.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Self, Unfit> {
        let mut events = events.into_iter();
        let mut state = Self::begin(events.next().ok_or(Unfit::NotStarted)?)?;
        for event in events {
            state.apply(event)?;
        }
        Ok(state)
    }

    /// The record as its first event leaves it.
    ///
    /// # Errors
    /// [`Unfit`] if the event is not the start of a record.
    pub fn begin(event: &Event) -> Result<Self, Unfit> {
        let Body::Created(created) = &event.body else {
            return Err(Unfit::NotStarted);
        };
        if event.prev.is_some() || event.seq != crate::Seq::NONE.next() {
            return Err(Unfit::NotNext);
        }
        let mut state = Self {
            record: event.record,
            created: created.clone(),
            form: created.form.clone(),
            rule_pack: created.rule_pack.clone(),
            moves: Vec::new(),
            began: event.noted_at.day_in_london(),
            created_at: event.at,
            changed_at: event.at,
            status: Status::Draft,
            draft: Draft::default(),
            rounds: Vec::new(),
            authors: Vec::new(),
            head: event.head(),
            known: Default::default(),
        };
        state.note(event);
        Ok(state)
    }

    /// Brings the record up to date with what happened next. Costs what the event changes, not what came before.
    ///
    /// Whether the event is as it was sealed is for [`crate::verify`] to say.
    ///
    /// # Errors
    /// [`Unfit`] if this cannot have happened next; then nothing has changed.
    pub fn apply(&mut self, event: &Event) -> Result<(), Unfit> {
        let follows = event.record == self.record
            && event.seq == self.head.seq.next()
            && event.prev == Some(self.head.hash);
        if !follows {
            return Err(Unfit::NotNext);
        }
        if self.known.contains_key(&event.id) {
            return Err(Unfit::Repeated);
        }
        match &event.body {
            Body::Created(_) => return Err(Unfit::OutOfTurn),
            Body::Submitted(submitted) => self.submit(submitted, event)?,
            Body::Returned(returned) => self.send_back(returned, event)?,
            Body::Approved(approved) => self.sign(approved, event)?,
            Body::Voided(_) if self.status.is_final() => return Err(Unfit::OutOfTurn),
            Body::Voided(_) => self.status = Status::Voided { at: event.at },
            body if self.status.takes_edits() => self.edit(body, event)?,
            _ => return Err(Unfit::OutOfTurn),
        }
        self.note(event);
        Ok(())
    }

    /// May this person decide on the round at hand?
    pub(crate) fn impartial(&self, person: PersonId) -> Result<(), Partial> {
        if self.is_author(person) {
            Err(Partial::Author)
        } else if self.last_round().is_some_and(|round| round.signed_by(person)) {
            Err(Partial::SignedBefore)
        } else {
            Ok(())
        }
    }

    /// Remembers who, when and which, as for any event.
    fn note(&mut self, event: &Event) {
        if event.body.is_authorship() && !self.is_author(event.actor.id) {
            self.authors.push(event.actor.clone());
        }
        let known = Known {
            seq: event.seq,
            by: event.actor.id,
            noted_at: event.noted_at,
        };
        self.known.insert(event.id, known);
        self.head = event.head();
        self.changed_at = event.at;
    }

    fn edit(&mut self, body: &Body, event: &Event) -> Result<(), Unfit> {
        let given = || Given {
            edits: vec![event.id],
            by: event.actor.clone(),
            at: event.at,
            noted_at: event.noted_at,
            seq: event.seq,
        };
        match body {
            Body::Answered(edit) => self.draft.answer(edit, given()),
            Body::Conflicting(edit) => self.draft.rival(edit, given()),
            Body::RowAdded(row) if self.draft.has_row(&row.address, &row.key) => {
                return Err(Unfit::OutOfTurn);
            }
            Body::RowAdded(row) => self.draft.add_row(row),
            Body::RowRemoved(row) if self.draft.has_row(&row.address, &row.key) => self.draft.remove_row(row),
            Body::Acknowledged(what) => self.draft.acknowledge(Acknowledged {
                what: what.clone(),
                by: event.actor.clone(),
                at: event.at,
            }),
            Body::Replied(replied) => self.reply(replied, &event.actor, event.at)?,
            Body::Moved(moved) => self.take_along(moved, event)?,
            _ => return Err(Unfit::OutOfTurn),
        }
        Ok(())
    }

    fn reply(&mut self, replied: &Replied, by: &ActorRef, at: Timestamp) -> Result<(), Unfit> {
        let returned = self.rounds.last_mut().and_then(|round| round.returned.as_mut());
        let thread = returned
            .and_then(|returned| returned.thread_mut(replied.comment))
            .ok_or(Unfit::OutOfTurn)?;
        thread.replies.push(Reply {
            by: by.clone(),
            at,
            text: replied.text.clone(),
        });
        Ok(())
    }

    /// The record is filled in with a later version of its form from here on.
    fn take_along(&mut self, moved: &Moved, event: &Event) -> Result<(), Unfit> {
        let is_later = moved.form.name == self.form.name && moved.form.version > self.form.version;
        if !is_later {
            return Err(Unfit::OutOfTurn);
        }
        if !self.is_author(event.actor.id) {
            return Err(Unfit::NotTheirs);
        }
        let draft = self.draft.taken_along(moved).ok_or(Unfit::OutOfTurn)?;
        let returned = self.rounds.last_mut().and_then(|round| round.returned.as_mut());
        let threads = returned.map(|returned| &mut returned.threads);
        for thread in threads.into_iter().flatten() {
            let elsewhere = moved
                .remarks
                .iter()
                .find(|remark| remark.comment == thread.comment.id);
            if let Some(remark) = elsewhere {
                thread.comment.address = remark.at.clone();
            }
        }
        self.draft = draft;
        self.rule_pack.clone_from(&moved.rule_pack);
        self.moves.push(Move {
            from: std::mem::replace(&mut self.form, moved.form.clone()),
            moved: moved.clone(),
            by: event.actor.clone(),
            at: event.at,
            seq: event.seq,
        });
        Ok(())
    }

    fn submit(&mut self, submitted: &Submitted, event: &Event) -> Result<(), Unfit> {
        let revision = &submitted.revision;
        let is_next = revision.record == self.record
            && revision.form == self.form.hash
            && usize::try_from(revision.number) == Ok(self.rounds.len() + 1)
            && revision.by == event.actor;
        if !self.status.takes_edits() || !is_next {
            return Err(Unfit::OutOfTurn);
        }
        let hash = revision.hash().map_err(|_| Unfit::OutOfTurn)?;
        self.rounds.push(Round {
            revision: Arc::clone(revision),
            hash,
            approvals: Vec::new(),
            returned: None,
        });
        self.status = if self.form.stages.is_empty() {
            Status::Filed {
                revision: hash,
                at: event.at,
            }
        } else {
            Status::Waiting {
                revision: hash,
                stage: 0,
                since: event.at,
            }
        };
        Ok(())
    }

    fn send_back(&mut self, returned: &Returned, event: &Event) -> Result<(), Unfit> {
        let Status::Waiting { revision, stage, .. } = self.status else {
            return Err(Unfit::OutOfTurn);
        };
        if self.impartial(event.actor.id).is_err() || returned.revision != revision || returned.stage != stage
        {
            return Err(Unfit::NotTheirs);
        }
        let Some(round) = self.rounds.last_mut() else {
            return Err(Unfit::OutOfTurn);
        };
        let threads = returned.comments.iter().map(|comment| Thread {
            comment: comment.clone(),
            replies: Vec::new(),
        });
        round.returned = Some(Return {
            by: event.actor.clone(),
            at: event.at,
            stage,
            reasons: returned.reasons.clone(),
            note: returned.note.clone(),
            threads: threads.collect(),
        });
        self.status = Status::Returned {
            revision,
            stage,
            at: event.at,
        };
        Ok(())
    }

    fn sign(&mut self, approved: &Approved, event: &Event) -> Result<(), Unfit> {
        let Status::Waiting { revision, stage, .. } = self.status else {
            return Err(Unfit::OutOfTurn);
        };
        let signature = &approved.signature;
        let is_theirs = self.impartial(event.actor.id).is_ok()
            && signature.by == event.actor
            && signature.at == event.at
            && signature.revision == revision
            && signature.stage == stage
            && self.stage().is_some_and(|stage| stage.role == signature.role);
        if !is_theirs {
            return Err(Unfit::NotTheirs);
        }
        let Some(round) = self.rounds.last_mut() else {
            return Err(Unfit::OutOfTurn);
        };
        round.approvals.push(approved.clone());
        let next = stage.saturating_add(1);
        self.status = if usize::from(next) < self.form.stages.len() {
            Status::Waiting {
                revision,
                stage: next,
                since: event.at,
            }
        } else {
            Status::Approved {
                revision,
                at: event.at,
            }
        };
        Ok(())
    }
}
