//! The records of whoever is signed in, as pages see them: to start, to open, to give away; and what the server refused
//! of them.
//!
//! It comes with a part of the app that is fetched after the first page: nothing that the first page is made of may
//! name it, except through `seat::Records`.

mod courier;
mod drawers;
mod files;
mod lists;
mod moving;
mod opening;

use std::rc::Rc;
use std::sync::Arc;

use engine::Subject;
use form::{Form, FormHash};
use leptos::prelude::*;
use leptos::task::spawn_local;
use record::{Permission, RecordId, Refusal, Start};
use wire::{Families, Forms, Me, SignOffList, StartRecord};

use crate::api::Trouble;
use crate::clock::Clock;
use crate::desk::{Desk, use_desk};
use crate::export;
use crate::keep::Place;
use crate::keep::entries::{Errand, Item, Returned};
use crate::link::Link;
use crate::lists::Seen;
use crate::seat::{Records, Seat};
use crate::tabs::Tabs;

pub(crate) use drawers::Drawers;
pub(crate) use files::NoFile;
pub use moving::NotMoved;
pub use opening::{Missing, Opened};

/// The records of whoever sits at a desk. Copies are the same cabinet; `use_cabinet()` finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cabinet(Desk);

/// The records of whoever is signed in. Only within pages, which exist only while somebody is.
pub fn use_cabinet() -> Cabinet {
    Cabinet::of(use_desk())
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

impl Cabinet {
    /// The cabinet beside a desk. From now on what waits in it is sent.
    pub fn of(desk: Desk) -> Self {
        Drawers::of(&desk.seat());
        Self(desk)
    }

    /// The cabinet of somebody who works on this device alone: nobody has signed in at a server, so none is asked for
    /// anything, and what is written waits on the device.
    pub async fn alone(me: Me) -> Self {
        let place = Place::of_the_device().await;
        let seat = Seat::take(Arc::new(me), place, Rc::new(Clock::of_the_device()), Tabs::join());
        seat.set_link(Link::SignedOut);
        Self::of(Desk::new(seat))
    }

    /// Has on this device all that a record is started with, if the person may start one.
    pub(crate) fn prepare_to_start(self) {
        if self.desk().actor().may(Permission::StartRecords) {
            spawn_local(self.drawers().prepare_to_start());
        }
    }

    /// The desk that it stands beside.
    pub fn desk(self) -> Desk {
        self.0
    }

    pub(crate) fn drawers(self) -> Rc<Drawers> {
        Drawers::of(&self.0.seat())
    }

    /// Makes a form known here, as if it had been fetched, so that no server has to be asked for it.
    pub fn know(self, form: Arc<Form>) {
        self.drawers().know(&form);
    }

    /// A form, from this device if it is here, or else from the server.
    ///
    /// # Errors
    /// It is not here, and the server cannot be asked or does not have it.
    pub async fn form(self, hash: FormHash) -> Result<Arc<Form>, Trouble> {
        self.drawers().form(hash).await
    }

    /// Opens a record for the page that calls this, until that page is gone.
    pub fn open(self, record: RecordId) -> ReadSignal<Opened> {
        on_cleanup(move || spawn_local(self.drawers().put_down(record)));
        self.drawers().open(record)
    }

    /// Looks again for a record that could not be opened.
    pub fn look_again(self, record: RecordId) {
        self.drawers().look_again(record);
    }

    /// Starts a record about these children, with or without a connection. It is on this device when this returns.
    ///
    /// # Errors
    /// [`NotStarted`]; then nothing has been started.
    pub async fn start(self, form: FormHash, subjects: Vec<Subject>) -> Result<RecordId, NotStarted> {
        let drawers = self.drawers();
        let form = drawers.form(form).await?;
        let seat = drawers.seat();
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
        Rc::clone(&drawers).count().await;
        drawers.ring();
        Ok(record)
    }

    /// The records that wait for the person's decision. Looks at them again.
    pub fn sign_off(self) -> ReadSignal<Seen<SignOffList>> {
        self.desk().look_at(|seat| Drawers::of(&seat).look_at_sign_off());
        self.drawers().lists().sign_off.seen()
    }

    /// The families that a record can be about. Looks at them again.
    pub fn families(self) -> ReadSignal<Seen<Families>> {
        self.desk().look_at(|seat| Drawers::of(&seat).look_at_families());
        self.drawers().lists().families.seen()
    }

    /// The forms that a record can be started with. Looks at them again, and keeps each on the device.
    pub fn forms(self) -> ReadSignal<Seen<Forms>> {
        self.desk().look_at(|seat| Drawers::of(&seat).look_at_forms());
        self.drawers().lists().forms.seen()
    }

    /// What the server refused, by record: the tray of what needs attention.
    pub fn attention(self) -> ReadSignal<Arc<Vec<(RecordId, Returned)>>> {
        self.drawers().attention().read_only()
    }

    /// Takes something out of the tray: the person says that it has been dealt with.
    pub fn deal_with(self, record: RecordId, returned: &Returned) {
        let drawers = self.drawers();
        drawers.seat().keep().drop_refused(record, returned);
        spawn_local(drawers.count());
    }

    /// Gives the person a file with everything of theirs that the server does not have.
    pub fn export(self) {
        let drawers = self.drawers();
        spawn_local(async move { export::offer(&drawers).await });
    }
}
