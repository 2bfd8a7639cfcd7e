//! When the server tells another story than before: it was restored from a backup, or this device's copy is damaged.
//! Then the record is learnt again from its start, and what this person wrote and the server has lost is offered again.

use form::FormHash;
use record::{Action, Body, Command, Event, Forms, State};

use super::{Learned, Ledger, There, Unfoldable};
use crate::keep::entries::{Errand, Item, forms_of};

impl Ledger {
    /// Takes in the record as the server tells it from its start, after it told something that did not follow. What
    /// this person had written and the server no longer knows of is asked for again.
    ///
    /// # Errors
    /// [`Unfoldable`] if that cannot be a record either. Then nothing has changed.
    pub(crate) fn relearn(&mut self, events: &[Event], before: &[Event]) -> Result<Learned, Unfoldable> {
        let there = State::fold(events).map_err(|_| Unfoldable)?;
        let form = self.library.find(there.form().hash).ok_or(Unfoldable)?;
        let mut learned = Learned {
            moved: form.hash() != self.form.hash(),
            ..Learned::default()
        };
        if learned.moved {
            self.leave();
        }
        let mut again: Vec<Command> = Vec::new();
        let mut written_in = None;
        for event in before {
            let is_own = event.actor.id == self.actor.id;
            if is_own && there.seq_of(event.id).is_none() {
                again.extend(command_of(event, written_in));
            }
            written_in = forms_of(std::slice::from_ref(event)).last().or(written_in);
        }
        self.there = There::Behind(Box::new(there));
        // What is waiting was asked for after what was lost.
        let waiting: Vec<Item> = self.queue.items().cloned().collect();
        for item in &waiting {
            self.queue.seen(item.errand.id());
            self.keep.drop_item(self.here.record(), item);
        }
        for errand in again
            .into_iter()
            .map(Errand::Command)
            .chain(waiting.into_iter().map(|item| item.errand))
        {
            self.push(errand);
        }
        for event in before.iter().skip(events.len()) {
            self.keep.drop_event(event);
        }
        for event in events {
            self.keep.keep_event(event);
            if let Some(item) = self.queue.seen(event.id) {
                self.keep.drop_item(self.here.record(), &item);
            }
        }
        let everywhere = self.here.answers().clone();
        self.foresee();
        for answers in [&everywhere, self.here.answers()] {
            learned.touched.extend(answers.values.keys().cloned());
            learned.touched.extend(answers.rows.keys().cloned());
        }
        Ok(learned)
    }
}

/// The command that an event came of, in this version of the form, if it wrote something that can be written again.
fn command_of(event: &Event, written_in: Option<FormHash>) -> Option<Command> {
    let action = match event.body.clone() {
        Body::Answered(edit) | Body::Conflicting(edit) => Action::Answer {
            address: edit.address,
            answer: edit.answer,
            over: edit.over,
        },
        Body::RowAdded(row) => Action::AddRow {
            address: row.address,
            key: row.key,
            before: row.before,
        },
        Body::Acknowledged(what) => Action::Acknowledge(what),
        Body::Replied(replied) => Action::Reply {
            comment: replied.comment,
            text: replied.text,
        },
        // A row that was taken out may have been written in since. What was sent, signed or moved is a person's to
        // repeat.
        Body::Created(_)
        | Body::RowRemoved(_)
        | Body::Submitted(_)
        | Body::Moved(_)
        | Body::Returned(_)
        | Body::Approved(_)
        | Body::Voided(_) => return None,
    };
    Some(Command {
        id: event.id,
        noted_at: event.noted_at,
        form: written_in,
        action,
    })
}
