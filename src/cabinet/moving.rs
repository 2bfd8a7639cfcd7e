//! Going on with a record in a later version of its form: at once, with the server, or not at all.
//!
//! It does not wait in the outbox. Somebody agreed to what they saw, and the record of next week is another.

use std::rc::Rc;

use form::FormHash;
use leptos::prelude::Get;
use record::{EventHash, RecordId};
use wire::Outcome;

use super::Drawers;
use crate::link::Link;
use crate::outbox::{Batch, Verdict};

/// Why a record did not move. It is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMoved {
    /// The server does not have everything that was written here.
    #[error(
        "Some of what is written here has not been sent yet. Wait until all of it is sent, then try again"
    )]
    Unsent,
    /// The server cannot be asked.
    #[error("There is no connection. Try again when you are online")]
    Offline,
    /// Nobody is signed in at the server.
    #[error("Sign in again, then try again")]
    SignedOut,
    /// The server says why not.
    #[error("{0}")]
    Refused(String),
}

impl Drawers {
    /// Takes a record that is open here along to a later version of its form, for whoever saw what becomes of it.
    ///
    /// # Errors
    /// [`NotMoved`]; then it is filled in with the version that it was, unless the answer was lost on its way. In that
    /// case it turns out with the next one.
    pub(crate) async fn move_to(
        self: &Rc<Self>,
        record: RecordId,
        form: FormHash,
        seen: EventHash,
    ) -> Result<(), NotMoved> {
        let filling = self.filling(record).ok_or(NotMoved::Unsent)?;
        let (command, after) = {
            let sheet = filling.sheet().borrow();
            let ledger = sheet.ledger();
            if ledger.unsent() > 0 {
                return Err(NotMoved::Unsent);
            }
            (ledger.move_to(form, seen), ledger.known())
        };
        // Without the form at hand one could not go on.
        self.form(form).await.map_err(|_| NotMoved::Offline)?;
        let batch = Batch::Commands(vec![command]);
        let verdict = self.send(record, &batch, after).await;
        self.seat().set_link(super::courier::link(&verdict));
        match verdict {
            Verdict::Posted(posted) => {
                filling.learn(&posted.events, posted.head);
                match posted.outcomes.into_iter().next() {
                    Some(Outcome::Refused { refused, .. }) => Err(NotMoved::Refused(refused.message)),
                    _ => Ok(()),
                }
            }
            Verdict::Refused(refused) => Err(NotMoved::Refused(refused.message)),
            Verdict::SignedOut => Err(NotMoved::SignedOut),
            Verdict::Kept | Verdict::Broke | Verdict::Busy | Verdict::Unreachable => Err(NotMoved::Offline),
        }
    }

    /// Why a record cannot move at this moment, if it cannot. Tracks how things stand with the server.
    pub(crate) fn bars_move(&self, unsent: usize) -> Option<NotMoved> {
        match self.seat().link_signal().get() {
            _ if unsent > 0 => Some(NotMoved::Unsent),
            Link::SignedOut => Some(NotMoved::SignedOut),
            Link::Down | Link::Busy => Some(NotMoved::Offline),
            Link::Up => None,
        }
    }
}
