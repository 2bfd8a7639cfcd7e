//! One signed-in person at this device: what is kept for them, the records they have open, what waits to be sent.
//!
//! It belongs to that person alone. When another signs in, this seat is left and a new one taken; everything that is
//! kept stays where it is.

mod courier;
mod files;
mod moving;
mod opening;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use form::{Form, FormHash};
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use record::{Actor, Event, Forms, RecordId};
use wire::Me;

use crate::api;
use crate::bell::Bell;
use crate::clock::Clock;
use crate::filling::{Filling, Inner};
use crate::keep::entries::{Returned, forms_of};
use crate::keep::{Keep, NotKept, Place, Store};
use crate::kept::Load;
use crate::ledger::Ledger;
use crate::library::Library;
use crate::link::Link;
use crate::lists::Lists;
use crate::tabs::{Tabs, Word};

pub(crate) use files::NoFile;
pub use moving::NotMoved;
pub use opening::{Missing, Opened};

/// How long after a failed write the next is tried, in milliseconds.
const TRY_AGAIN_MS: u32 = 3_000;

/// A person at this device.
pub(crate) struct Seat {
    me: Arc<Me>,
    keep: Rc<Keep>,
    clock: Rc<Clock>,
    tabs: Tabs,
    /// Rung when there is something for the courier of words.
    bell: Bell,
    /// Rung when there is something for the courier of files.
    files_bell: Bell,
    link: RwSignal<Link>,
    /// Why the device keeps nothing at present, if so.
    trouble: RwSignal<Option<NotKept>>,
    attention: RwSignal<Arc<Vec<(RecordId, Returned)>>>,
    unsent: RwSignal<Load>,
    /// The record that was opened last, while it is open.
    at_hand: RwSignal<Option<Filling>>,
    lists: Lists,
    library: Rc<Library>,
    open: RefCell<BTreeMap<RecordId, opening::Entry>>,
    /// Records with something to send that are not open.
    background: RefCell<BTreeMap<RecordId, Ledger>>,
    alarm: RefCell<Option<Timeout>>,
    writing: Cell<bool>,
    left: Cell<bool>,
    /// Rung when the seat is left.
    gone: Bell,
    /// Owns the signals.
    owner: Owner,
}

impl Seat {
    /// Takes a seat for a person.
    pub(crate) fn take(me: Arc<Me>, place: Place, clock: Rc<Clock>, tabs: Tabs) -> Rc<Self> {
        let owner = Owner::new();
        let keep = Rc::new(Keep::new(place, me.actor.id));
        let seat = owner.clone().with(|| {
            Rc::new(Self {
                lists: Lists::new(Rc::clone(&keep), Rc::clone(&clock)),
                me,
                keep,
                clock,
                tabs,
                bell: Bell::default(),
                files_bell: Bell::default(),
                link: RwSignal::default(),
                trouble: RwSignal::default(),
                attention: RwSignal::default(),
                unsent: RwSignal::default(),
                at_hand: RwSignal::default(),
                library: Rc::default(),
                open: RefCell::default(),
                background: RefCell::default(),
                alarm: RefCell::default(),
                writing: Cell::new(false),
                left: Cell::new(false),
                gone: Bell::default(),
                owner,
            })
        });
        let writer = Rc::downgrade(&seat);
        seat.keep.on_change(Rc::new(move || {
            if let Some(seat) = writer.upgrade() {
                seat.write_soon();
            }
        }));
        let listener = Rc::downgrade(&seat);
        seat.tabs.listen(move |word| {
            if let Some(seat) = listener.upgrade().filter(|seat| !seat.left.get()) {
                seat.hear(word);
            }
        });
        spawn_local(Rc::clone(&seat).count());
        seat.carry();
        spawn_local(Rc::clone(&seat).keep_up());
        seat
    }

    /// The person.
    pub(crate) fn me(&self) -> &Arc<Me> {
        &self.me
    }

    /// The person, as records know them.
    pub(crate) fn actor(&self) -> &Actor {
        &self.me.actor
    }

    /// What this device keeps for them.
    pub(crate) fn keep(&self) -> &Rc<Keep> {
        &self.keep
    }

    /// The clock.
    pub(crate) fn clock(&self) -> &Rc<Clock> {
        &self.clock
    }

    /// The lists they work from.
    pub(crate) fn lists(&self) -> &Lists {
        &self.lists
    }

    /// How things stand with the server.
    pub(crate) fn link(&self) -> Link {
        self.link.get_untracked()
    }

    /// How things stand with the server.
    pub(crate) fn link_signal(&self) -> RwSignal<Link> {
        self.link
    }

    /// Why the device keeps nothing at present, if so.
    pub(crate) fn trouble_signal(&self) -> RwSignal<Option<NotKept>> {
        self.trouble
    }

    /// What the server refused.
    pub(crate) fn attention(&self) -> RwSignal<Arc<Vec<(RecordId, Returned)>>> {
        self.attention
    }

    /// How much waits to be sent, over all records.
    pub(crate) fn unsent(&self) -> RwSignal<Load> {
        self.unsent
    }

    /// The record that was opened last, while it is open.
    pub(crate) fn at_hand(&self) -> RwSignal<Option<Filling>> {
        self.at_hand
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

    /// How things stand with the server has become known.
    pub(crate) fn set_link(&self, link: Link) {
        if self.link.get_untracked() == link {
            return;
        }
        self.link.set(link);
        for filling in self.fillings() {
            filling.look_at_kept();
        }
    }

    /// There is reason to believe that sending will work now.
    pub(crate) fn hurry(&self) {
        for filling in self.fillings() {
            filling.sheet().borrow_mut().ledger_mut().hurry();
        }
        for ledger in self.background.borrow_mut().values_mut() {
            ledger.hurry();
        }
        self.ring();
    }

    /// Makes a form known, as if it had been fetched.
    pub(crate) fn know(&self, form: Arc<Form>) {
        self.library.put(&form);
    }

    /// A form, from this device if it is here, or else from the server; then it is kept.
    pub(crate) async fn form(&self, hash: FormHash) -> Result<Arc<Form>, api::Trouble> {
        if let Some(form) = self.library.find(hash) {
            return Ok(form);
        }
        let place = self.keep.place();
        let kept = place
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
                self.keep.set_shared(Store::Forms, &hash.to_string(), text);
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
    async fn forms_of(&self, events: &[Event]) -> Result<(), api::Trouble> {
        for hash in forms_of(events) {
            self.form(hash).await?;
        }
        Ok(())
    }

    /// Leaves the seat: what is typed is kept, nothing more is sent, the records are let go.
    pub(crate) async fn leave(&self) {
        self.left.set(true);
        for filling in self.fillings() {
            filling.hurry_to_keep();
        }
        // What cannot be written now cannot be written later: whoever signs out has been told before.
        let _ = self.keep.write().await;
        for filling in self.fillings() {
            filling.free();
        }
        self.open.borrow_mut().clear();
        self.ring();
        self.gone.ring();
    }

    /// Would closing the page lose anything?
    pub(crate) fn would_lose(&self) -> bool {
        self.keep.trouble().is_some() && self.keep.is_behind_with_work()
    }

    /// What asking the server has shown of how things stand with it.
    pub(crate) fn heard(&self, result: &Result<(), api::Trouble>) {
        match result {
            Ok(()) if self.link() == Link::Up => {}
            Ok(()) => {
                self.set_link(Link::Up);
                self.hurry();
            }
            Err(api::Trouble::SignedOut(_)) => self.set_link(Link::SignedOut),
            Err(trouble) if trouble.may_pass() => self.set_link(Link::Down),
            Err(_) => {}
        }
    }

    /// Has the person gone?
    pub(crate) fn is_left(&self) -> bool {
        self.left.get()
    }

    /// Keeps everything at once: the page may be about to go away.
    pub(crate) fn hurry_to_keep(self: &Rc<Self>) {
        for filling in self.fillings() {
            filling.hurry_to_keep();
        }
        let writing = self.keep.write();
        let seat = Rc::clone(self);
        spawn_local(async move {
            let result = writing.await;
            seat.written(result);
        });
    }

    /// Writes behind, one write after another, for as long as there is something to write.
    fn write_soon(self: &Rc<Self>) {
        if self.writing.replace(true) {
            return;
        }
        let seat = Rc::clone(self);
        spawn_local(async move {
            // After the page has shown what was typed.
            TimeoutFuture::new(0).await;
            while seat.keep.is_behind() {
                let result = seat.keep.write().await;
                seat.written(result);
                if result.is_err() {
                    TimeoutFuture::new(TRY_AGAIN_MS).await;
                }
            }
            seat.writing.set(false);
        });
    }

    fn written(&self, result: Result<(), NotKept>) {
        if self.trouble.get_untracked() != result.err() {
            self.trouble.set(result.err());
        }
        for filling in self.fillings() {
            filling.written();
        }
    }

    /// Counts again what waits and what was refused.
    pub(crate) async fn count(self: Rc<Self>) {
        let refused = self.keep.refused().await.unwrap_or_default();
        let unsent = self.keep.unsent().await.unwrap_or_default();
        let unsent = unsent.into_values().sum();
        if **self.attention.read_untracked() != refused {
            self.attention.set(Arc::new(refused));
            for filling in self.fillings() {
                filling.look_at_kept();
            }
        }
        if self.unsent.get_untracked() != unsent {
            self.unsent.set(unsent);
        }
    }

    fn hear(self: &Rc<Self>, word: Word) {
        match word {
            // The door listens for this.
            Word::Account => {}
            Word::Outbox => {
                let seat = Rc::clone(self);
                spawn_local(async move {
                    Rc::clone(&seat).count().await;
                    seat.look_at_shown().await;
                });
                self.ring();
            }
            Word::HandOver(record) => self.hand_over(record),
        }
    }

    fn filling(&self, record: RecordId) -> Option<Rc<Inner>> {
        let open = self.open.borrow();
        open.get(&record)
            .and_then(opening::Entry::filling)
            .map(Filling::inner)
    }

    fn fillings(&self) -> Vec<Rc<Inner>> {
        let open = self.open.borrow();
        open.values()
            .filter_map(|entry| entry.filling().map(Filling::inner))
            .collect()
    }
}
