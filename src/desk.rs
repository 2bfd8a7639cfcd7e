//! What pages see of the person who is signed in and of their work: the one handle that everything else hangs on.

use std::rc::Rc;
use std::sync::Arc;

use engine::Subject;
use form::{Form, FormHash};
use leptos::prelude::*;
use leptos::task::spawn_local;
use record::{Actor, RecordId, Refusal, Start, Timestamp};
use uuid::Uuid;
use wire::{Families, Forms, Me, SignOffList, StartRecord, WorkList};

use crate::api::Trouble;
use crate::clock::Clock;
use crate::export;
use crate::keep::entries::{Errand, Item, Returned};
use crate::keep::{NotKept, Place};
use crate::kept::{Facts, Kept, Load};
use crate::link::Link;
use crate::lists::{Seen, Which};
use crate::seat::{Opened, Seat};
use crate::tabs::Tabs;
use crate::unsent::Unsent;

/// The desk of whoever is signed in. Copies are the same desk; `use_desk()` finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desk(StoredValue<Rc<Seat>, LocalStorage>);

/// The desk of whoever is signed in. Only within pages, which exist only while somebody is.
pub fn use_desk() -> Desk {
    expect_context()
}

/// Why a record was not started.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NotStarted {
    /// It may not be.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The form is not on this device and cannot be fetched.
    #[error("This form is not on this device yet. {0}")]
    NoForm(#[from] Trouble),
}

impl Desk {
    pub(crate) fn new(seat: Rc<Seat>) -> Self {
        Self(StoredValue::new_local(seat))
    }

    pub(crate) fn seat(self) -> Rc<Seat> {
        self.0.get_value()
    }

    /// A desk of somebody who works on this device alone: nobody has signed in at a server, so none is asked for
    /// anything, and what is written waits on the device.
    pub async fn alone(me: Me) -> Self {
        let place = Place::of_the_device().await;
        let seat = Seat::take(Arc::new(me), place, Rc::new(Clock::of_the_device()), Tabs::join());
        seat.set_link(Link::SignedOut);
        Self::new(seat)
    }

    /// Makes a form known here, as if it had been fetched, so that no server has to be asked for it.
    pub fn know(self, form: Arc<Form>) {
        self.seat().know(form);
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

    /// Opens a record for the page that calls this, until that page is gone.
    pub fn open(self, record: RecordId) -> ReadSignal<Opened> {
        on_cleanup(move || spawn_local(self.seat().put_down(record)));
        self.seat().open(record)
    }

    /// Looks again for a record that could not be opened.
    pub fn look_again(self, record: RecordId) {
        self.seat().look_again(record);
    }

    /// Starts a record about these children, with or without a connection. It is on this device when this returns.
    ///
    /// # Errors
    /// [`NotStarted`]; then nothing has been started.
    pub async fn start(self, form: FormHash, subjects: Vec<Subject>) -> Result<RecordId, NotStarted> {
        let seat = self.seat();
        let form = seat.form(form).await?;
        let clock = seat.clock();
        let request = StartRecord {
            id: clock.event_id(),
            record: clock.record_id(),
            noted_at: clock.now(),
            form: form.hash(),
            subjects: subjects.iter().map(|child| child.id.clone()).collect(),
        };
        let begun = Start {
            id: request.id,
            record: request.record,
            noted_at: request.noted_at,
            subjects: subjects.clone(),
            rule_pack: None,
        };
        record::start(&form, begun, seat.actor(), request.noted_at)?;
        let record = request.record;
        let item = Item {
            errand: Errand::Start { request, subjects },
            form: form.hash(),
            version: form.version,
            order: 0,
        };
        seat.keep().keep_item(record, &item);
        // If it cannot be written, it is in memory all the same, and the page says so.
        let _ = seat.keep().write().await;
        Rc::clone(&seat).count().await;
        seat.ring();
        Ok(record)
    }

    /// The person's own records. Looks at them again.
    pub fn work(self) -> ReadSignal<Seen<WorkList>> {
        self.look_at(Which::Work);
        self.seat().lists().work.seen()
    }

    /// The records that wait for the person's decision. Looks at them again.
    pub fn sign_off(self) -> ReadSignal<Seen<SignOffList>> {
        self.look_at(Which::SignOff);
        self.seat().lists().sign_off.seen()
    }

    /// The families that a record can be about. Looks at them again.
    pub fn families(self) -> ReadSignal<Seen<Families>> {
        self.look_at(Which::Families);
        self.seat().lists().families.seen()
    }

    /// The forms that a record can be started with. Looks at them again, and keeps each on the device.
    pub fn forms(self) -> ReadSignal<Seen<Forms>> {
        self.look_at(Which::Forms);
        self.seat().lists().forms.seen()
    }

    /// The records of which the server does not have everything, as they stand here. As fresh as the list that the
    /// page shows.
    pub fn unsent_records(self) -> ReadSignal<Arc<Vec<Unsent>>> {
        self.seat().lists().unsent.read_only()
    }

    /// Looks at a list now, and again whenever it may have changed, until the page that calls this is gone.
    fn look_at(self, which: Which) {
        let seat = self.seat();
        seat.lists().show(which);
        on_cleanup(move || self.seat().lists().hide(which));
        spawn_local(async move {
            if matches!(which, Which::Work | Which::SignOff) {
                seat.look_at_unsent().await;
            }
            seat.look_at(which).await;
        });
    }

    /// The truth about the record that is open, or where none is, about all work on this device. Tracks.
    pub fn kept(self) -> Kept {
        let seat = self.seat();
        if let Some(filling) = seat.at_hand().get() {
            return filling.kept().get();
        }
        let unsent = seat.unsent().get();
        Kept::of(Facts {
            unsent,
            ready: unsent.total(),
            refused: seat.attention().read().len(),
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

    /// Why this device keeps nothing at present; none if it does.
    pub fn trouble(self) -> ReadSignal<Option<NotKept>> {
        self.seat().trouble_signal().read_only()
    }

    /// How much, over all records, the server does not have yet.
    pub fn unsent(self) -> ReadSignal<Load> {
        self.seat().unsent().read_only()
    }

    /// Counts again what the server does not have and what it refused.
    pub async fn count(self) {
        self.seat().count().await;
    }

    /// What the server refused, by record: the tray of what needs attention.
    pub fn attention(self) -> ReadSignal<Arc<Vec<(RecordId, Returned)>>> {
        self.seat().attention().read_only()
    }

    /// Takes something out of the tray: the person says that it has been dealt with.
    pub fn deal_with(self, record: RecordId, returned: &Returned) {
        let seat = self.seat();
        seat.keep().drop_refused(record, returned);
        spawn_local(seat.count());
    }

    /// Gives the person a file with everything of theirs that the server does not have.
    pub fn export(self) {
        let seat = self.seat();
        spawn_local(async move { export::offer(&seat).await });
    }

    /// Brings everything that is shown up to date, now.
    pub fn refresh(self) {
        let seat = self.seat();
        spawn_local(async move { seat.refresh_all().await });
    }

    /// Tries to send what waits, now.
    pub fn send_now(self) {
        self.seat().hurry();
    }
}
