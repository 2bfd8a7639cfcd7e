//! What is behind a [`Cabinet`](super::Cabinet): the records that a person has open, those that have something to send,
//! and the forms of both.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use form::{Form, FormHash};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use record::{Calendar, Event, Forms as _, RecordId, Summary};
use wire::WorkItem;

use super::lists::Lists;
use super::opening::Entry;
use crate::api::Trouble;
use crate::bell::Bell;
use crate::filling::{Filling, Inner};
use crate::keep::Store;
use crate::keep::entries::{Returned, forms_of};
use crate::ledger::Ledger;
use crate::library::Library;
use crate::seat::{Records, Seat, Task};
use crate::tabs::Word;
use crate::unsent::Unsent;
use crate::{api, export};

/// A person's records on this device.
pub(crate) struct Drawers {
    seat: Rc<Seat>,
    /// Rung when there is something for the courier of words.
    pub(super) bell: Bell,
    /// Rung when there is something for the courier of files.
    pub(super) files_bell: Bell,
    attention: RwSignal<Arc<Vec<(RecordId, Returned)>>>,
    lists: Lists,
    library: Rc<Library>,
    pub(super) open: RefCell<BTreeMap<RecordId, Entry>>,
    /// Records with something to send that are not open.
    pub(super) background: RefCell<BTreeMap<RecordId, Ledger>>,
    pub(super) alarm: RefCell<Option<Timeout>>,
    /// Owns the signals.
    pub(super) owner: Owner,
}

impl Drawers {
    /// The drawers beside a seat, opened unless they are open: from then on what waits in them is sent.
    pub(crate) fn of(seat: &Rc<Seat>) -> Rc<Self> {
        let records = seat.records_or(|| {
            let drawers = Rc::new(Self {
                bell: Bell::default(),
                files_bell: Bell::default(),
                attention: RwSignal::default(),
                lists: Lists::new(seat.keep(), seat.clock()),
                library: Rc::default(),
                open: RefCell::default(),
                background: RefCell::default(),
                alarm: RefCell::default(),
                owner: Owner::new(),
                seat: Rc::clone(seat),
            });
            drawers.carry();
            let own = Rc::clone(&drawers);
            spawn_local(async move {
                Rc::clone(&own).count().await;
                own.seat.look_at_shown().await;
            });
            drawers
        });
        Rc::clone(records).drawers()
    }

    /// Whose they are.
    pub(crate) fn seat(&self) -> &Rc<Seat> {
        &self.seat
    }

    /// The lists that pages of records show.
    pub(crate) fn lists(&self) -> &Lists {
        &self.lists
    }

    /// What the server refused.
    pub(crate) fn attention(&self) -> RwSignal<Arc<Vec<(RecordId, Returned)>>> {
        self.attention
    }

    /// How many changes of a record the server refused.
    pub(crate) fn refused_of(&self, record: RecordId) -> usize {
        let refused = self.attention.read_untracked();
        refused.iter().filter(|(of, _)| *of == record).count()
    }

    /// There is something to do for the couriers.
    pub(crate) fn ring(&self) {
        self.bell.ring();
        self.files_bell.ring();
    }

    /// Makes a form known, as if it had been fetched.
    pub(crate) fn know(&self, form: &Arc<Form>) {
        self.library.put(form);
    }

    /// A form, from this device if it is here, or else from the server; then it is kept.
    pub(crate) async fn form(&self, hash: FormHash) -> Result<Arc<Form>, Trouble> {
        if let Some(form) = self.library.find(hash) {
            return Ok(form);
        }
        let keep = self.seat.keep();
        let kept = keep
            .place()
            .read(Store::Forms, &hash.to_string())
            .await
            .unwrap_or_default();
        let kept = kept
            .first()
            .and_then(|(_, text)| Form::from_json(text.as_bytes()).ok());
        let form = match kept.filter(|form| form.hash() == hash) {
            Some(form) => form,
            None => {
                let (form, text) = api::form(hash).await?;
                keep.set_shared(Store::Forms, &hash.to_string(), text);
                form
            }
        };
        let form = Arc::new(form);
        self.library.put(&form);
        Ok(form)
    }

    /// The forms that are at hand.
    pub(crate) fn library(&self) -> &Rc<Library> {
        &self.library
    }

    /// A form, if it is at hand.
    pub(crate) fn form_at_hand(&self, hash: FormHash) -> Option<Arc<Form>> {
        self.library.find(hash)
    }

    /// Has at hand every form that these events are about, so that whoever is told of them can read on.
    pub(super) async fn forms_of(&self, events: &[Event]) -> Result<(), Trouble> {
        for hash in forms_of(events) {
            self.form(hash).await?;
        }
        Ok(())
    }

    fn look_at_kept(&self) {
        for filling in self.fillings() {
            filling.look_at_kept();
        }
    }

    /// A record that is open.
    pub(super) fn filling(&self, record: RecordId) -> Option<Rc<Inner>> {
        let open = self.open.borrow();
        open.get(&record).and_then(Entry::filling).map(Filling::inner)
    }

    /// The records that are open.
    pub(super) fn fillings(&self) -> Vec<Rc<Inner>> {
        let open = self.open.borrow();
        open.values()
            .filter_map(|entry| entry.filling().map(Filling::inner))
            .collect()
    }
}

impl Records for Drawers {
    fn hurry_to_keep(&self) {
        for filling in self.fillings() {
            filling.hurry_to_keep();
        }
    }

    fn written(&self) {
        for filling in self.fillings() {
            filling.written();
        }
    }

    fn link_changed(&self) {
        self.look_at_kept();
    }

    fn hurry(&self) {
        for filling in self.fillings() {
            filling.sheet().borrow_mut().ledger_mut().hurry();
        }
        for ledger in self.background.borrow_mut().values_mut() {
            ledger.hurry();
        }
        self.ring();
    }

    fn hear(self: Rc<Self>, word: Word) {
        match word {
            Word::Account => {}
            Word::Outbox => self.ring(),
            Word::HandOver(record) => self.hand_over(record),
        }
    }

    fn count(self: Rc<Self>) -> Task {
        Box::pin(async move {
            let keep = self.seat.keep();
            let refused = keep.refused().await.unwrap_or_default();
            let unsent = Some(keep.unsent().await.unwrap_or_default().into_values().sum());
            let refused_count = Some(refused.len());
            if **self.attention.read_untracked() != refused {
                self.attention.set(Arc::new(refused));
                self.look_at_kept();
            }
            if self.seat.refused().get_untracked() != refused_count {
                self.seat.refused().set(refused_count);
            }
            if self.seat.unsent().get_untracked() != unsent {
                self.seat.unsent().set(unsent);
            }
        })
    }

    fn refresh(self: Rc<Self>) -> Task {
        Box::pin(async move {
            for filling in self.fillings() {
                self.refresh_record(filling.record()).await;
            }
        })
    }

    fn look_at_unsent(self: Rc<Self>) -> Task {
        Box::pin(async move {
            let (calendar, now) = (Calendar::new(), self.seat.clock().now());
            let keep = self.seat.keep();
            let mut found = Vec::new();
            for (record, load) in keep.unsent().await.unwrap_or_default() {
                let Ok(device) = keep.record(record).await else {
                    continue;
                };
                // One that cannot be read here is in the list as the server tells of it.
                if let Some(ledger) = self.ledger_as_kept(device).await {
                    let summary = Summary::of(ledger.state(), ledger.form());
                    let item = WorkItem::of(&summary, &calendar, now);
                    found.push(Unsent { item, load });
                }
            }
            self.seat.lists().unsent.set(Arc::new(found));
        })
    }

    fn export(self: Rc<Self>) -> Task {
        Box::pin(async move { export::offer(&self).await })
    }

    fn leave(&self) {
        for filling in self.fillings() {
            filling.free();
        }
        self.open.borrow_mut().clear();
        self.ring();
    }

    fn drawers(self: Rc<Self>) -> Rc<Drawers> {
        self
    }
}
