//! What the first page sees of the person who is signed in: who they are, the list they work from, how their work is
//! kept. What has to do with records is in the [`Cabinet`](crate::cabinet::Cabinet).

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use record::{Actor, Timestamp};
use uuid::Uuid;
use wire::{Me, WorkList};

use crate::api;
use crate::kept::{Facts, Kept, Load};
use crate::link::Link;
use crate::lists::Seen;
use crate::seat::{Seat, Task};
use crate::unsent::Unsent;

/// The desk of whoever is signed in. Copies are the same desk; `use_desk()` finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desk(StoredValue<Rc<Seat>, LocalStorage>);

/// The desk of whoever is signed in. Only within pages, which exist only while somebody is.
pub fn use_desk() -> Desk {
    expect_context()
}

impl Desk {
    pub(crate) fn new(seat: Rc<Seat>) -> Self {
        Self(StoredValue::new_local(seat))
    }

    pub(crate) fn seat(self) -> Rc<Seat> {
        self.0.get_value()
    }

    /// Who is signed in, with their team.
    pub fn me(self) -> Arc<Me> {
        Arc::clone(self.seat().me())
    }

    /// Who is signed in, with what they may do.
    pub fn actor(self) -> Actor {
        self.seat().actor().clone()
    }

    /// The moment.
    pub fn now(self) -> Timestamp {
        self.seat().clock().now()
    }

    /// A new id, for a row or a quote.
    pub fn new_id(self) -> Uuid {
        self.seat().clock().uuid()
    }

    /// The person's own records. Looks at them again.
    pub fn work(self) -> ReadSignal<Seen<WorkList>> {
        self.look_at(|seat| async move {
            seat.look_at_unsent().await;
            let outcome = seat.lists().work.clone().refresh(api::work()).await;
            seat.heard(&outcome.map(drop));
            seat.look_at_unsent().await;
        });
        self.seat().lists().work.seen()
    }

    /// The records of which the server does not have everything, as they stand here. As fresh as the list that the
    /// page shows.
    pub fn unsent_records(self) -> ReadSignal<Arc<Vec<Unsent>>> {
        self.seat().lists().unsent.read_only()
    }

    /// Looks at a list now, and again whenever it may have changed, until the page that calls this is gone.
    pub(crate) fn look_at<F: Future<Output = ()> + 'static>(self, look: fn(Rc<Seat>) -> F) {
        let seat = self.seat();
        let own = Rc::downgrade(&seat);
        let again = move || -> Task {
            let seat = own.upgrade();
            Box::pin(async move {
                if let Some(seat) = seat {
                    look(seat).await;
                }
            })
        };
        let number = seat.lists().show(Rc::new(again));
        on_cleanup(move || self.seat().lists().hide(number));
        spawn_local(look(seat));
    }

    /// The truth about the record that is open, or where none is, about all work on this device. Tracks.
    pub fn kept(self) -> Kept {
        let seat = self.seat();
        if let Some((_, kept)) = seat.at_hand().get() {
            return kept.get();
        }
        let (Some(unsent), Some(refused)) = (seat.unsent().get(), seat.refused().get()) else {
            return Kept::Uncounted;
        };
        Kept::of(Facts {
            unsent,
            ready: unsent.total(),
            refused,
            behind: false,
            trouble: seat.trouble_signal().get(),
            written_at: seat.clock().now(),
            sent_at: None,
            link: seat.link_signal().get(),
        })
    }

    /// How things stand between this device and the server.
    pub fn link(self) -> ReadSignal<Link> {
        self.seat().link_signal().read_only()
    }

    /// How much, over all records, the server does not have yet; none until it has been counted.
    pub fn unsent(self) -> ReadSignal<Option<Load>> {
        self.seat().unsent().read_only()
    }

    /// How much the server refused; none until it has been counted.
    pub fn refused(self) -> ReadSignal<Option<usize>> {
        self.seat().refused().read_only()
    }

    /// Counts again what the server does not have and what it refused.
    pub async fn count(self) {
        self.seat().count().await;
    }

    /// Gives the person a file with everything of theirs that the server does not have.
    pub fn export(self) {
        if let Some(records) = self.seat().records() {
            spawn_local(Rc::clone(records).export());
        }
    }

    /// Brings everything that is shown up to date, now.
    pub fn refresh(self) {
        let seat = self.seat();
        spawn_local(async move { seat.refresh_all().await });
    }
}
