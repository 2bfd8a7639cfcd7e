//! Carries what waits in the outbox to the server, and brings back what has happened there.
//!
//! A record that is open here for writing is sent by this tab. Of those that are open nowhere one tab takes care: the
//! one that holds the courier's lock.
//!
//! There are two couriers, of words and of files: what is written does not wait until a photograph has gone.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::task::spawn_local;
use record::{RecordId, Seq};
use wire::PostCommands;

use super::Drawers;
use crate::account;
use crate::api;
use crate::device;
use crate::ledger::{Learned, Ledger};
use crate::link::Link;
use crate::outbox::{Batch, Cargo, Verdict};
use crate::seat::Records;
use crate::tabs::{self, Word};

impl Drawers {
    /// Sends what waits, for as long as the person sits there.
    pub(super) fn carry(self: &Rc<Self>) {
        let is_courier = Rc::new(Cell::new(false));
        spawn_local(Rc::clone(self).wait_for_courier(Rc::clone(&is_courier)));
        for cargo in [Cargo::Words, Cargo::Files] {
            spawn_local(Rc::clone(self).carry_cargo(cargo, Rc::clone(&is_courier)));
        }
        self.ring();
    }

    async fn carry_cargo(self: Rc<Self>, cargo: Cargo, is_courier: Rc<Cell<bool>>) {
        let bell = match cargo {
            Cargo::Words => &self.bell,
            Cargo::Files => &self.files_bell,
        };
        loop {
            bell.wait().await;
            if self.seat().is_left() {
                return;
            }
            self.send_all(cargo, is_courier.get()).await;
            self.wake_later();
        }
    }

    /// Holds the courier's lock, once it is to be had, until the seat is left.
    async fn wait_for_courier(self: Rc<Self>, is_courier: Rc<Cell<bool>>) {
        let held = tabs::hold(&format!("firsthand/{}/courier", self.seat().actor().id)).await;
        is_courier.set(true);
        self.ring();
        self.seat().until_left().await;
        drop(held);
    }

    /// Rings the bell when the first of the waiting records may be tried again.
    fn wake_later(self: &Rc<Self>) {
        self.alarm.borrow_mut().take();
        if self.seat().link() == Link::SignedOut || !device::has_network() {
            // Time alone changes nothing. Signing in and the network's return ring.
            return;
        }
        let open = self.fillings();
        let open = open
            .iter()
            .filter_map(|filling| filling.sheet().borrow().ledger().queue().next_at());
        let background = self.background.borrow();
        let background = background.values().filter_map(|ledger| ledger.queue().next_at());
        let next = open.chain(background).min();
        let now = self.seat().clock().now();
        *self.alarm.borrow_mut() = next.map(|at| {
            let millis = u32::try_from(at.as_millis() - now.as_millis()).unwrap_or(0);
            let drawers = Rc::clone(self);
            Timeout::new(millis.max(100), move || drawers.ring())
        });
    }

    async fn send_all(self: &Rc<Self>, cargo: Cargo, is_courier: bool) {
        if self.seat().link() == Link::SignedOut {
            return;
        }
        if !device::has_network() {
            self.seat().set_link(Link::Down);
            return;
        }
        let mut records: Vec<RecordId> = Vec::new();
        records.extend(
            self.fillings()
                .iter()
                .filter(|filling| filling.is_held())
                .map(|filling| filling.record()),
        );
        if is_courier {
            if cargo == Cargo::Words {
                self.look_in_background().await;
                // Among what was found there may be files.
                self.files_bell.ring();
            }
            records.extend(self.background.borrow().keys());
        }
        for record in records {
            if !self.send_record(record, cargo).await {
                return;
            }
        }
    }

    /// Sends what waits of a record. Says whether it is worth trying others.
    async fn send_record(self: &Rc<Self>, record: RecordId, cargo: Cargo) -> bool {
        let mut sent = false;
        while let Some((batch, after)) = self.next(record, cargo) {
            let verdict = self.send(record, &batch, after).await;
            self.seat().set_link(link(&verdict));
            if let Some(learned) = self.answered(record, &batch, &verdict) {
                sent |= learned.receipts > 0 || !learned.refused.is_empty();
                if learned.diverged {
                    self.start_over(record).await;
                }
            }
            if self.seat().is_left() || self.seat().link() != Link::Up {
                break;
            }
        }
        if sent {
            // What cannot be written stays in memory, and is tried again by the writer.
            let _ = self.seat().keep().write().await;
            Rc::clone(self).count().await;
            self.seat().tabs().tell(Word::Outbox);
            if cargo == Cargo::Files {
                // What was waiting for the file waits no more.
                self.bell.ring();
            }
            let seat = Rc::clone(self.seat());
            spawn_local(async move { seat.look_at_shown().await });
        }
        self.seat().link() == Link::Up && !self.seat().is_left()
    }

    /// What to send of a record now, and up to where its events are known.
    fn next(&self, record: RecordId, cargo: Cargo) -> Option<(Batch, Seq)> {
        let of = |ledger: &Ledger| Some((ledger.next(cargo)?, ledger.known()));
        match self.filling(record) {
            Some(filling) => of(filling.sheet().borrow().ledger()),
            None => of(self.background.borrow().get(&record)?),
        }
    }

    pub(super) async fn send(&self, record: RecordId, batch: &Batch, after: Seq) -> Verdict {
        // The browser has one session. Another tab may have signed in somebody else, under whose name this work
        // would arrive.
        let who = account::remembered(self.seat().keep().place()).await;
        if who.is_some_and(|who| who.actor.id != self.seat().actor().id) {
            return Verdict::SignedOut;
        }
        let answer = match batch {
            Batch::File(file) => return self.send_file(record, file).await,
            Batch::Start(request) => api::start(request).await,
            Batch::Commands(commands) => {
                let request = PostCommands {
                    after,
                    commands: commands.clone(),
                };
                api::command(record, &request).await
            }
        };
        let verdict = Verdict::of(answer);
        // What is told cannot be read without the form that it is about. It is sent again, and told again.
        if let Verdict::Posted(posted) = &verdict
            && self.forms_of(&posted.events).await.is_err()
        {
            return Verdict::Unreachable;
        }
        verdict
    }

    fn answered(&self, record: RecordId, batch: &Batch, verdict: &Verdict) -> Option<Learned> {
        if let Some(filling) = self.filling(record) {
            return Some(filling.answered(batch, verdict));
        }
        let mut background = self.background.borrow_mut();
        let ledger = background.get_mut(&record)?;
        let learned = ledger.answered(batch, verdict);
        if ledger.unsent() == 0 && !learned.diverged {
            background.remove(&record);
        }
        Some(learned)
    }

    /// Takes up the records that have something to send and are open in no tab.
    async fn look_in_background(self: &Rc<Self>) {
        let Ok(waiting) = self.seat().keep().unsent().await else {
            return;
        };
        self.background
            .borrow_mut()
            .retain(|record, _| waiting.contains_key(record));
        for (record, load) in waiting {
            let known = self.background.borrow().get(&record).map(Ledger::load);
            if self.open.borrow().contains_key(&record) || known == Some(load) {
                continue;
            }
            if tabs::is_held(&self.lock_name(record)).await {
                self.background.borrow_mut().remove(&record);
                continue;
            }
            let Ok(device) = self.seat().keep().record(record).await else {
                continue;
            };
            if let Some(ledger) = self.ledger(device).await
                && !self.open.borrow().contains_key(&record)
            {
                self.background.borrow_mut().insert(record, ledger);
            }
        }
    }

    /// Brings an open record up to date with the server.
    pub(crate) async fn refresh_record(self: &Rc<Self>, record: RecordId) {
        let known = self
            .filling(record)
            .map(|filling| filling.sheet().borrow().ledger().known());
        // Of a record that waits to be started the server knows nothing.
        let Some(after) = known.filter(|known| *known != Seq::NONE) else {
            return;
        };
        if self.seat().link() == Link::SignedOut {
            return;
        }
        let told = api::events(record, after).await;
        // Where the person may no longer see it, what is on the device stays readable until they close it.
        self.seat().heard(&told.as_ref().map(drop).map_err(Clone::clone));
        let Ok(told) = told else { return };
        if self.forms_of(&told.events).await.is_err() {
            return;
        }
        let learned = self
            .filling(record)
            .map(|filling| filling.learn(&told.events, told.head));
        if learned.is_some_and(|learned| learned.diverged) {
            self.start_over(record).await;
        }
    }

    /// Fetches a record from its start, because what the server tells does not follow from what it told before.
    async fn start_over(self: &Rc<Self>, record: RecordId) {
        let Ok(events) = self.events(record, Seq::NONE).await else {
            return;
        };
        let Ok(before) = self.seat().keep().record(record).await else {
            return;
        };
        if self.forms_of(&events).await.is_err() {
            return;
        }
        // What cannot be folded leaves everything as it was, and is fetched again the next time.
        if let Some(filling) = self.filling(record) {
            let _ = filling.relearn(&events, &before.events);
        } else if let Some(ledger) = self.background.borrow_mut().get_mut(&record) {
            let _ = ledger.relearn(&events, &before.events);
        }
        self.offer_files(record).await;
    }
}

pub(super) fn link(verdict: &Verdict) -> Link {
    match verdict {
        Verdict::Posted(_) | Verdict::Kept | Verdict::Refused(_) | Verdict::Broke => Link::Up,
        Verdict::Busy => Link::Busy,
        Verdict::SignedOut => Link::SignedOut,
        Verdict::Unreachable => Link::Down,
    }
}
