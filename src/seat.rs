//! One signed-in person at this device: what is kept for them, how things stand with the server, the lists they work
//! from.
//!
//! It belongs to that person alone. When another signs in, this seat is left and a new one taken; everything that is
//! kept stays where it is. What has to do with records is in the [`cabinet`](crate::cabinet), a part of the app that
//! comes after the first page: the seat knows it by what it asks of it, which is [`Records`].

use std::cell::{Cell, OnceCell};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use record::{Actor, RecordId};
use wire::Me;

use crate::api;
use crate::bell::Bell;
use crate::cabinet::Drawers;
use crate::clock::Clock;
use crate::device;
use crate::keep::{Keep, NotKept, Place};
use crate::kept::{Kept, Load};
use crate::link::Link;
use crate::lists::Lists;
use crate::tabs::{Tabs, Word};

/// How long after a failed write the next is tried, in milliseconds.
const TRY_AGAIN_MS: u32 = 3_000;
/// How often the server is asked what others have written, in milliseconds.
const REFRESH_MS: u32 = 30_000;

/// Something that takes its time.
pub(crate) type Task = Pin<Box<dyn Future<Output = ()>>>;

/// A person's records, as their seat knows them. Until they are there nobody can have written anything on this page,
/// and what was written before is kept.
pub(crate) trait Records {
    /// Hands to the device what is being typed.
    fn hurry_to_keep(&self);

    /// The device has written, or failed to.
    fn written(&self);

    /// How things stand with the server has changed.
    fn link_changed(&self);

    /// There is reason to believe that sending will work now.
    fn hurry(&self);

    /// Another tab has something to say.
    fn hear(self: Rc<Self>, word: Word);

    /// Counts again what waits and what was refused.
    fn count(self: Rc<Self>) -> Task;

    /// Brings the records that are open up to date with the server.
    fn refresh(self: Rc<Self>) -> Task;

    /// Looks again at the records of which the server does not have everything.
    fn look_at_unsent(self: Rc<Self>) -> Task;

    /// Gives the person a file with everything of theirs that the server does not have.
    fn export(self: Rc<Self>) -> Task;

    /// Lets go of everything. What is typed has been kept before.
    fn leave(&self);

    /// What is behind this: for what comes with the same part of the app as they do.
    fn drawers(self: Rc<Self>) -> Rc<Drawers>;
}

/// A person at this device.
pub(crate) struct Seat {
    me: Arc<Me>,
    keep: Rc<Keep>,
    clock: Rc<Clock>,
    tabs: Tabs,
    link: RwSignal<Link>,
    /// Why the device keeps nothing at present, if so.
    trouble: RwSignal<Option<NotKept>>,
    /// How much the server refused; none until it has been counted.
    refused: RwSignal<Option<usize>>,
    /// How much waits to be sent, over all records; none until it has been counted.
    unsent: RwSignal<Option<Load>>,
    /// The record that was opened last, while it is open, with the truth about it.
    at_hand: RwSignal<Option<(RecordId, ReadSignal<Kept>)>>,
    lists: Lists,
    records: OnceCell<Rc<dyn Records>>,
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
                lists: Lists::new(&keep, &clock),
                me,
                keep,
                clock,
                tabs,
                link: RwSignal::default(),
                trouble: RwSignal::default(),
                refused: RwSignal::default(),
                unsent: RwSignal::default(),
                at_hand: RwSignal::default(),
                records: OnceCell::new(),
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

    /// The other tabs.
    pub(crate) fn tabs(&self) -> &Tabs {
        &self.tabs
    }

    /// The lists they work from.
    pub(crate) fn lists(&self) -> &Lists {
        &self.lists
    }

    /// Their records, where that part of the app is here.
    pub(crate) fn records(&self) -> Option<&Rc<dyn Records>> {
        self.records.get()
    }

    /// Their records, made by `open` unless they are there. Signals that are made with them live as long as the seat.
    pub(crate) fn records_or(&self, open: impl FnOnce() -> Rc<dyn Records>) -> &Rc<dyn Records> {
        self.records.get_or_init(|| self.owner.with(open))
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

    /// How much the server refused; none until it has been counted.
    pub(crate) fn refused(&self) -> RwSignal<Option<usize>> {
        self.refused
    }

    /// How much waits to be sent, over all records; none until it has been counted.
    pub(crate) fn unsent(&self) -> RwSignal<Option<Load>> {
        self.unsent
    }

    /// The record that was opened last, while it is open, with the truth about it.
    pub(crate) fn at_hand(&self) -> RwSignal<Option<(RecordId, ReadSignal<Kept>)>> {
        self.at_hand
    }

    /// How things stand with the server has become known.
    pub(crate) fn set_link(&self, link: Link) {
        if self.link.get_untracked() == link {
            return;
        }
        self.link.set(link);
        if let Some(records) = self.records() {
            records.link_changed();
        }
    }

    /// There is reason to believe that sending will work now.
    pub(crate) fn hurry(&self) {
        if let Some(records) = self.records() {
            records.hurry();
        }
    }

    /// Leaves the seat: what is typed is kept, nothing more is sent, the records are let go.
    pub(crate) async fn leave(&self) {
        self.left.set(true);
        if let Some(records) = self.records() {
            records.hurry_to_keep();
        }
        // What cannot be written now cannot be written later: whoever signs out has been told before.
        let _ = self.keep.write().await;
        if let Some(records) = self.records() {
            records.leave();
        }
        self.gone.ring();
    }

    /// Waits until the seat is left. One task may.
    pub(crate) async fn until_left(&self) {
        if !self.is_left() {
            self.gone.wait().await;
        }
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
        if let Some(records) = self.records() {
            records.hurry_to_keep();
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
        if let Some(records) = self.records() {
            records.written();
        }
    }

    /// Counts again what waits and what was refused.
    pub(crate) async fn count(&self) {
        if let Some(records) = self.records() {
            Rc::clone(records).count().await;
        }
    }

    fn hear(self: &Rc<Self>, word: Word) {
        // The door listens for this.
        if word == Word::Account {
            return;
        }
        if let Some(records) = self.records() {
            Rc::clone(records).hear(word);
        }
        if word == Word::Outbox {
            let seat = Rc::clone(self);
            spawn_local(async move {
                seat.count().await;
                seat.look_at_shown().await;
            });
        }
    }

    /// Asks from time to time what others have written in what somebody looks at.
    async fn keep_up(self: Rc<Self>) {
        while !self.is_left() {
            TimeoutFuture::new(REFRESH_MS).await;
            if device::is_visible() && device::has_network() {
                self.refresh_all().await;
            }
        }
    }

    /// Brings everything that somebody looks at up to date: records and lists.
    pub(crate) async fn refresh_all(&self) {
        if let Some(records) = self.records() {
            Rc::clone(records).refresh().await;
        }
        self.look_at_shown().await;
    }

    /// Looks again at the lists that some page shows: what is in them may have changed.
    pub(crate) async fn look_at_shown(&self) {
        for look in self.lists.shown() {
            look().await;
        }
    }

    /// Looks again at the records of which the server does not have everything.
    pub(crate) async fn look_at_unsent(&self) {
        if let Some(records) = self.records() {
            Rc::clone(records).look_at_unsent().await;
        }
    }
}
