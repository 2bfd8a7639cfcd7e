//! One record on the page, without the page: the ledger and the engine's session over it, kept in step.
//!
//! The session shows the foreseen record with what is being typed on top. An edit goes to the session first, so that
//! everything that follows from it is known at once, and then into the ledger. What comes from the server goes into
//! the ledger first; then those places of the session that it touched are made to agree, except where somebody is
//! writing.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use engine::{At, Changes, Edit, Refused, Session};
use form::{Address, RowKey};
use record::{Acknowledged, Action, Actor, Event, Head, Refusal, Rival, State, Thread, Timestamp};

use crate::clock::Clock;
use crate::keep::Keep;
use crate::keep::entries::OnDevice;
use crate::ledger::{Learned, Ledger, Unfoldable, Unopened};
use crate::library::Library;
use crate::outbox::{Batch, Verdict};

/// A record open for reading and writing.
pub(crate) struct Sheet {
    session: Session,
    ledger: Ledger,
}

/// Why an edit was not made. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEdited {
    /// The record is not open for writing here; the page says why.
    #[error("this record cannot be written in here")]
    Closed,
    /// The question does not take it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The record does not take it.
    #[error(transparent)]
    Refusal(#[from] Refusal),
}

/// What people have left at a place, besides its answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// The answer that stands, who gave it and when. The page may show another: the one that is being written.
    pub stands: Option<Rival>,
    /// Answers that stand against it. A person decides.
    pub rivals: Vec<Rival>,
    /// What was said about it when the record was last returned, with the replies.
    pub threads: Vec<Thread>,
    /// Warnings here that were let stand, with their reasons.
    pub acknowledged: Vec<Acknowledged>,
}

impl Sheet {
    /// Opens a record with what this device keeps of it.
    ///
    /// # Errors
    /// [`Unopened`] if this device does not keep enough of it.
    pub(crate) fn open(
        keep: Rc<Keep>,
        clock: Rc<Clock>,
        actor: Actor,
        library: Rc<Library>,
        device: OnDevice,
    ) -> Result<Self, Unopened> {
        let now = clock.now();
        let ledger = Ledger::open(keep, clock, actor, library, device)?;
        Ok(Self {
            session: session_over(&ledger, now),
            ledger,
        })
    }

    /// The form as it is being filled in.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// What is kept of the record.
    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What is kept of the record, to send it.
    pub(crate) fn ledger_mut(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    /// Makes an edit.
    ///
    /// # Errors
    /// [`NotEdited`]; then nothing has changed.
    pub(crate) fn edit(&mut self, edit: Edit) -> Result<Changes, NotEdited> {
        match edit {
            Edit::Answer { at, answer } => {
                let address = self.session.address(at).ok_or(Refused::NotHere)?;
                let mut changes = self.session.apply(Edit::Answer {
                    at,
                    answer: answer.clone(),
                })?;
                let is_elsewhere = self.ledger.writing().is_some_and(|writing| *writing != address);
                let left = if is_elsewhere {
                    self.ledger.leave()
                } else {
                    BTreeSet::new()
                };
                self.ledger.type_in(address, answer);
                merge(&mut changes, self.agree(left));
                Ok(changes)
            }
            Edit::AddRow {
                rows,
                ref key,
                ref before,
            } => {
                let address = self.session.address(rows).ok_or(Refused::NotHere)?;
                let action = Action::AddRow {
                    address: address.clone(),
                    key: key.clone(),
                    before: before.clone(),
                };
                self.edit_rows(edit, address, action)
            }
            Edit::RemoveRow { rows, ref key } => {
                let address = self.session.address(rows).ok_or(Refused::NotHere)?;
                if self.ledger.has_news_under_hands(&format!("{address}[{key}]")) {
                    return Err(Refusal::RowNotSeen(address).into());
                }
                // What was typed in the row is part of what is taken out, and of what can be brought back.
                let mut changes = self.pause();
                let action = Action::remove_row(self.ledger.state(), address.clone(), key.clone());
                merge(&mut changes, self.edit_rows(edit, address, action)?);
                Ok(changes)
            }
        }
    }

    fn edit_rows(&mut self, edit: Edit, address: Address, action: Action) -> Result<Changes, NotEdited> {
        let mut changes = self.session.apply(edit)?;
        let places = self.ledger.ask_typed();
        if let Err(refusal) = self.ledger.ask(action) {
            // The session took what the record does not. Nobody has seen it yet.
            let mut places = self.ledger.leave();
            places.insert(address);
            self.agree(places);
            return Err(refusal.into());
        }
        merge(&mut changes, self.agree(places));
        merge(&mut changes, self.leave());
        Ok(changes)
    }

    /// The writer pauses: what is typed is asked for.
    pub(crate) fn pause(&mut self) -> Changes {
        let places = self.ledger.ask_typed();
        self.agree(places)
    }

    /// The writer leaves the question they were at: what is typed is asked for, and the question shows what stands.
    pub(crate) fn leave(&mut self) -> Changes {
        let places = self.ledger.leave();
        self.agree(places)
    }

    /// Asks for something to be done to the record, after everything that is typed.
    ///
    /// # Errors
    /// [`Refusal`] if nothing would come of it. What was typed has been asked for all the same.
    pub(crate) fn ask(
        &mut self,
        action: impl FnOnce(&State) -> Result<Action, Refusal>,
    ) -> Result<Changes, Refusal> {
        let mut changes = self.leave();
        let action = action(self.ledger.state())?;
        let place = crate::outbox::queue::place_of(&action).cloned();
        self.ledger.ask(action)?;
        merge(&mut changes, self.agree(place.into_iter().collect()));
        Ok(changes)
    }

    /// Takes in what came of sending a batch.
    pub(crate) fn answered(&mut self, batch: &Batch, verdict: &Verdict) -> (Changes, Learned) {
        let learned = self.ledger.answered(batch, verdict);
        (self.take_in(&learned), learned)
    }

    /// Takes in what has happened to the record since.
    pub(crate) fn learn(&mut self, events: &[Event], head: Head) -> (Changes, Learned) {
        let learned = self.ledger.learn(events, head);
        (self.take_in(&learned), learned)
    }

    /// Takes in the record as the server tells it from its start: [`Ledger::relearn`].
    ///
    /// # Errors
    /// [`Unfoldable`]; then nothing has changed.
    pub(crate) fn relearn(
        &mut self,
        events: &[Event],
        before: &[Event],
    ) -> Result<(Changes, Learned), Unfoldable> {
        let learned = self.ledger.relearn(events, before)?;
        Ok((self.take_in(&learned), learned))
    }

    /// Makes the session agree with what was learnt. In another version of the form every place is another, so that
    /// there is a new session, and nothing to compare with the old one.
    fn take_in(&mut self, learned: &Learned) -> Changes {
        if learned.moved {
            self.session = session_over(&self.ledger, self.ledger.now());
            Changes::default()
        } else {
            self.agree(learned.touched.clone())
        }
    }

    /// Makes the session show at these questions and repeats what stands in the record, unless somebody writes there.
    fn agree(&mut self, touched: BTreeSet<Address>) -> Changes {
        let mut changes = Changes::default();
        let mut touched = touched;
        // A repeat comes before what is in its rows: its address is the start of theirs.
        while let Some(address) = touched.pop_first() {
            let Some(at) = self.session.find(&address) else {
                continue;
            };
            if self.session.form().repeat(at.node).is_some() {
                self.agree_on_rows(at, &address, &mut changes, &mut touched);
            } else if let Some(stands) = self.ledger.shows(&address)
                && self.session.view(at).is_some_and(|view| view.answer != stands)
            {
                self.follow(Edit::Answer { at, answer: stands }, &mut changes);
            }
        }
        changes
    }

    /// Makes the rows of a repeat those of the record, in its order.
    fn agree_on_rows(
        &mut self,
        rows: At,
        address: &Address,
        changes: &mut Changes,
        touched: &mut BTreeSet<Address>,
    ) {
        let wanted = self
            .ledger
            .state()
            .answers()
            .rows
            .get(address)
            .cloned()
            .unwrap_or_default();
        let there = self.keys(rows);
        // Those that stay are those that stand in the same order in both.
        let stay = common(&there, &wanted);
        for key in there.into_iter().filter(|key| !stay.contains(key)) {
            self.ledger.leave_row(&format!("{address}[{key}]"));
            self.follow(Edit::RemoveRow { rows, key }, changes);
        }
        let mut before = None;
        for key in wanted.into_iter().rev() {
            if !stay.contains(&key) {
                let start = format!("{address}[{key}]");
                touched.extend(self.ledger.addresses_under(&start));
                let key = key.clone();
                self.follow(Edit::AddRow { rows, key, before }, changes);
            }
            before = Some(key);
        }
    }

    fn keys(&self, rows: At) -> Vec<RowKey> {
        let places = self.session.inside(rows);
        places
            .into_iter()
            .filter_map(|at| self.session.row_key(at).cloned())
            .collect()
    }

    fn follow(&mut self, edit: Edit, changes: &mut Changes) {
        // A form that no longer has the place, or room for the row, shows the record without it. The record has it.
        if let Ok(followed) = self.session.follow(edit) {
            merge(changes, followed);
        }
    }

    /// The places at which people have left something besides the answer.
    pub(crate) fn marked(&self) -> BTreeSet<Address> {
        let state = self.ledger.state();
        let threads = state
            .last_return()
            .map(|(_, returned)| returned.threads.as_slice());
        let threads = threads
            .unwrap_or_default()
            .iter()
            .map(|thread| &thread.comment.address);
        let acknowledged = state.draft().acknowledged().map(|found| &found.what.address);
        state
            .draft()
            .conflicts()
            .chain(threads)
            .chain(acknowledged)
            .cloned()
            .collect()
    }

    /// What people have left at a place.
    pub(crate) fn marks(&self, address: &Address) -> Marks {
        let state = self.ledger.state();
        let draft = state.draft();
        let threads = state
            .last_return()
            .map(|(_, returned)| returned.about(address).cloned().collect());
        Marks {
            stands: draft.given(address).map(|given| Rival {
                answer: state.answers().values.get(address).cloned(),
                given: given.clone(),
            }),
            rivals: draft.rivals(address).to_vec(),
            threads: threads.unwrap_or_default(),
            acknowledged: draft
                .acknowledged()
                .filter(|found| found.what.address == *address)
                .cloned()
                .collect(),
        }
    }
}

/// The foreseen record with what is typed on top.
fn session_over(ledger: &Ledger, now: Timestamp) -> Session {
    let mut answers = ledger.state().answers().clone();
    for (address, typed) in ledger.typed() {
        answers.set(address.clone(), typed.answer.clone());
    }
    Session::new(Arc::clone(ledger.form()), ledger.state().env(now), &answers)
}

/// Those of `there` that stand in the same order in `wanted`.
fn common(there: &[RowKey], wanted: &[RowKey]) -> BTreeSet<RowKey> {
    let mut next = 0;
    let mut common = BTreeSet::new();
    for key in there {
        if let Some(place) = wanted.iter().skip(next).position(|other| other == key) {
            next += place + 1;
            common.insert(key.clone());
        }
    }
    common
}

fn merge(changes: &mut Changes, more: Changes) {
    changes.views.extend(more.views);
    changes.rows.extend(more.rows);
}

#[cfg(test)]
mod tests;
