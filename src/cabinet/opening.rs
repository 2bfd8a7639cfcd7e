//! Opening records: from the device first, then from the server; in one tab for writing, in others for reading.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use record::{Event, RecordId, Seq};

use super::Drawers;
use crate::api::{self, Trouble};
use crate::filling::Filling;
use crate::keep::NotKept;
use crate::keep::entries::OnDevice;
use crate::ledger::Ledger;
use crate::seat::Records;
use crate::sheet::Sheet;
use crate::tabs::{self, Held, Word};

/// A record that a page has asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// It is being looked for.
    Opening,
    /// Here it is.
    Open(Filling),
    /// It cannot be opened.
    Missing(Missing),
}

/// Why a record cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// It is not on this device, and the server cannot be asked.
    #[error("This record is not on this device yet, and there is no connection. Open it when you are online")]
    NotHere,
    /// There is no such record, or the person may not see it.
    #[error("There is no such record, or it belongs to another team")]
    NotFound,
    /// Nobody is signed in at the server, which must be asked for it.
    #[error("Sign in again to open this record")]
    SignedOut,
    /// What this device keeps cannot be read. To write over it would be to lose it.
    #[error("What this device keeps of the record cannot be read at present. Reload this page")]
    DeviceUnreadable,
    /// It is there and cannot be read.
    #[error("This record cannot be read here. Nothing in it is lost. Tell whoever looks after Firsthand")]
    Unreadable,
}

/// A record that pages look at.
pub(super) struct Entry {
    signal: RwSignal<Opened>,
    /// How many pages look at it.
    users: usize,
}

impl Entry {
    pub(super) fn filling(&self) -> Option<Filling> {
        match self.signal.get_untracked() {
            Opened::Open(filling) => Some(filling),
            Opened::Opening | Opened::Missing(_) => None,
        }
    }
}

impl Drawers {
    /// Opens a record for one more page.
    pub(crate) fn open(self: &Rc<Self>, record: RecordId) -> ReadSignal<Opened> {
        let known = self.open.borrow_mut().get_mut(&record).map(|entry| {
            entry.users += 1;
            entry.signal
        });
        let signal = known.unwrap_or_else(|| {
            let signal = self.owner.with(|| RwSignal::new(Opened::Opening));
            self.open.borrow_mut().insert(record, Entry { signal, users: 1 });
            spawn_local(Rc::clone(self).look_for(record));
            signal
        });
        signal.read_only()
    }

    /// Looks again for a record that could not be opened.
    pub(crate) fn look_again(self: &Rc<Self>, record: RecordId) {
        if let Some(signal) = self.signal(record)
            && let Opened::Missing(_) = signal.get_untracked()
        {
            signal.set(Opened::Opening);
            spawn_local(Rc::clone(self).look_for(record));
        }
    }

    /// A page that had opened a record has gone.
    pub(crate) async fn put_down(self: Rc<Self>, record: RecordId) {
        // Another page may look at the same record in a moment.
        TimeoutFuture::new(0).await;
        let filling = {
            let mut open = self.open.borrow_mut();
            let Some(entry) = open.get_mut(&record) else {
                return;
            };
            entry.users -= 1;
            if entry.users > 0 {
                return;
            }
            entry.filling()
        };
        if let Some(filling) = filling {
            filling.leave();
            if self.seat().keep().write().await.is_err() {
                // It is nowhere but here, so here it stays.
                return;
            }
            // What waits of it is told of from here on as a part of all that waits.
            Rc::clone(&self).count().await;
        }
        let mut open = self.open.borrow_mut();
        if open.get(&record).is_some_and(|entry| entry.users == 0) {
            open.remove(&record);
            drop(open);
            if let Some(filling) = filling {
                let at_hand = self.seat().at_hand();
                if at_hand.get_untracked().is_some_and(|(of, _)| of == record) {
                    at_hand.set(None);
                }
                filling.inner().close();
            }
            self.ring();
        }
    }

    async fn look_for(self: Rc<Self>, record: RecordId) {
        let held = tabs::hold_if_free(&self.lock_name(record)).await;
        let is_elsewhere = held.is_none();
        let opened = match self.fetch(record).await {
            Ok(sheet) => Opened::Open(self.fill_in(sheet, held)),
            Err(missing) => Opened::Missing(missing),
        };
        let Some(signal) = self.signal(record) else { return };
        signal.set(opened);
        self.ring();
        self.refresh_record(record).await;
        self.offer_files(record).await;
        if is_elsewhere {
            self.wait_for_turn(record).await;
        }
    }

    /// Waits until no other tab writes in a record, then opens it as that tab left it.
    async fn wait_for_turn(self: &Rc<Self>, record: RecordId) {
        let held = tabs::hold(&self.lock_name(record)).await;
        if self.signal(record).is_none() || self.seat().is_left() {
            return;
        }
        let Ok(sheet) = self.fetch(record).await else {
            return;
        };
        let Some(signal) = self.signal(record) else { return };
        let before = signal.get_untracked();
        signal.set(Opened::Open(self.fill_in(sheet, Some(held))));
        if let Opened::Open(before) = before {
            before.inner().close();
        }
    }

    fn fill_in(self: &Rc<Self>, sheet: Sheet, held: Option<Held>) -> Filling {
        // From here on it is sent from the page.
        let record = sheet.ledger().state().record();
        self.background.borrow_mut().remove(&record);
        let is_held = held.is_some();
        let filling = self.owner.with(|| Filling::new(Rc::clone(self), sheet, held));
        self.seat().at_hand().set(Some((record, filling.kept())));
        if is_held {
            // Whoever typed here when a page died has long gone on.
            filling.leave();
        }
        filling
    }

    /// Shows a record that is open anew, because its form is another: every page of it is made again.
    pub(crate) fn show_again(&self, record: RecordId) {
        if let Some(signal) = self.signal(record) {
            signal.set(signal.get_untracked());
        }
    }

    fn signal(&self, record: RecordId) -> Option<RwSignal<Opened>> {
        self.open.borrow().get(&record).map(|entry| entry.signal)
    }

    pub(super) fn lock_name(&self, record: RecordId) -> String {
        format!("firsthand/{}/{record}", self.seat().actor().id)
    }

    /// Asks the tab that writes in a record to let go of it.
    pub(crate) fn take_over(&self, record: RecordId) {
        self.seat().tabs().tell(Word::HandOver(record));
    }

    /// Another tab asks for a record that is open here.
    pub(super) fn hand_over(self: &Rc<Self>, record: RecordId) {
        let Some(filling) = self.filling(record).filter(|filling| filling.is_held()) else {
            return;
        };
        let drawers = Rc::clone(self);
        spawn_local(async move {
            filling.hurry_to_keep();
            // What cannot be kept cannot be handed over.
            if drawers.seat().keep().write().await.is_ok() {
                filling.let_go();
                drawers.wait_for_turn(record).await;
            }
        });
    }

    /// What is needed to open a record: from the device if it is there, or else from the server.
    async fn fetch(self: &Rc<Self>, record: RecordId) -> Result<Sheet, Missing> {
        let device = self.seat().keep().record(record).await?;
        let sheet = self.sheet(device).await;
        if sheet.is_ok() {
            return sheet;
        }
        let events = self.events(record, Seq::NONE).await?;
        for event in &events {
            self.seat().keep().keep_event(event);
        }
        let device = self.seat().keep().record(record).await?;
        self.sheet(OnDevice { events, ..device }).await
    }

    async fn sheet(self: &Rc<Self>, device: OnDevice) -> Result<Sheet, Missing> {
        self.forms_for(&device).await?;
        let (keep, clock) = (Rc::clone(self.seat().keep()), Rc::clone(self.seat().clock()));
        let library = Rc::clone(self.library());
        Sheet::open(keep, clock, self.seat().actor().clone(), library, device)
            .map_err(|_| Missing::Unreadable)
    }

    /// A record as this device keeps it.
    pub(crate) async fn ledger_as_kept(&self, device: OnDevice) -> Option<Ledger> {
        self.forms_for(&device).await.ok()?;
        let (keep, clock) = (Rc::clone(self.seat().keep()), Rc::clone(self.seat().clock()));
        let library = Rc::clone(self.library());
        Ledger::open(keep, clock, self.seat().actor().clone(), library, device).ok()
    }

    /// Has at hand the form of a record, and those before it as far as they are to be had: what was written in those
    /// is shown where it belongs now, or waits for the server to say.
    async fn forms_for(&self, device: &OnDevice) -> Result<(), Missing> {
        self.form(device.form().ok_or(Missing::NotHere)?).await?;
        for earlier in device.forms() {
            let _ = self.form(earlier).await;
        }
        Ok(())
    }

    /// What is needed to send what waits of a record.
    pub(super) async fn ledger(&self, device: OnDevice) -> Option<Ledger> {
        let mut ledger = self.ledger_as_kept(device).await?;
        // What was typed before a page died is asked for now.
        ledger.ask_typed();
        Some(ledger)
    }

    /// All that has happened to a record after a place.
    pub(super) async fn events(&self, record: RecordId, after: Seq) -> Result<Vec<Event>, Trouble> {
        let mut all: Vec<Event> = Vec::new();
        loop {
            let known = all.last().map_or(after, |event| event.seq);
            let told = api::events(record, known).await?;
            let is_all = told.events.last().is_none_or(|event| event.seq >= told.head.seq);
            all.extend(told.events);
            if is_all {
                return Ok(all);
            }
        }
    }
}

impl From<NotKept> for Missing {
    fn from(_: NotKept) -> Self {
        Self::DeviceUnreadable
    }
}

impl From<Trouble> for Missing {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Unreachable | Trouble::Unreadable => Self::NotHere,
            Trouble::SignedOut(_) => Self::SignedOut,
            Trouble::Problem(problem) => match problem.status {
                403 | 404 => Self::NotFound,
                429 | 500.. => Self::NotHere,
                _ => Self::Unreadable,
            },
        }
    }
}
