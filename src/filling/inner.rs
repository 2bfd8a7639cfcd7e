//! What is behind a [`Filling`](super::Filling): the sheet, the signals of those places that anybody looks at, and the
//! timer that turns a pause in typing into something asked for.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use engine::{At, Changes, Tally, View};
use form::Address;
use form::kinds::NamedFile;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::reactive::signal::ArcTrigger;
use record::{Event, Head, RecordId, State, Timestamp};

use super::{Access, Place, Signals};
use crate::cabinet::Drawers;
use crate::kept::{Facts, Kept};
use crate::ledger::{Learned, Unfoldable};
use crate::outbox::{Batch, Verdict};
use crate::sheet::Sheet;
use crate::tabs::Held;

/// How long somebody stops typing before what they typed is asked for, in milliseconds.
const PAUSE_MS: u32 = 1_000;

/// A record that is open.
pub(crate) struct Inner {
    pub(super) drawers: Rc<Drawers>,
    pub(super) record: RecordId,
    pub(super) sheet: RefCell<Sheet>,
    pub(super) places: Signals<Rc<Place>>,
    pub(super) rows: Signals<Rc<[At]>>,
    /// The places that had marks when this was last looked at.
    pub(super) marked: RefCell<BTreeSet<Address>>,
    pub(super) access: RwSignal<Access>,
    pub(super) kept: RwSignal<Kept>,
    pub(super) written_at: Cell<Timestamp>,
    pub(super) record_changed: ArcTrigger,
    pub(super) edited: ArcTrigger,
    /// Runs while somebody types.
    pub(super) pause: RefCell<Option<Timeout>>,
    pub(super) typed_at: Cell<Timestamp>,
    /// The right to write, among the tabs of this browser.
    pub(super) held: RefCell<Option<Held>>,
    /// Owns the signals.
    pub(super) owner: Owner,
}

impl Inner {
    /// A record that has just been opened. `owner` owns the signals.
    pub(super) fn new(drawers: Rc<Drawers>, sheet: Sheet, held: Option<Held>, owner: Owner) -> Self {
        let now = drawers.seat().clock().now();
        let inner = Self {
            record: sheet.ledger().state().record(),
            marked: RefCell::new(sheet.marked()),
            sheet: RefCell::new(sheet),
            places: RefCell::default(),
            rows: RefCell::default(),
            access: RwSignal::new(Access::Elsewhere),
            kept: RwSignal::new(Kept::Sent { at: None }),
            written_at: Cell::new(now),
            record_changed: ArcTrigger::new(),
            edited: ArcTrigger::new(),
            pause: RefCell::default(),
            typed_at: Cell::new(now),
            held: RefCell::new(held),
            owner,
            drawers,
        };
        inner.look_at_access();
        inner.look_at_kept();
        inner
    }

    /// Which record it is.
    pub(crate) fn record(&self) -> RecordId {
        self.record
    }

    /// What is behind the page.
    pub(crate) fn sheet(&self) -> &RefCell<Sheet> {
        &self.sheet
    }

    /// Takes in what came of sending a batch.
    pub(crate) fn answered(&self, batch: &Batch, verdict: &Verdict) -> Learned {
        let (changes, learned) = self.sheet.borrow_mut().answered(batch, verdict);
        self.learned(&changes, &learned);
        learned
    }

    /// Takes in what has happened to the record since.
    pub(crate) fn learn(&self, events: &[Event], head: Head) -> Learned {
        let (changes, learned) = self.sheet.borrow_mut().learn(events, head);
        self.learned(&changes, &learned);
        learned
    }

    /// Takes in the record as the server tells it from its start.
    pub(crate) fn relearn(&self, events: &[Event], before: &[Event]) -> Result<Learned, Unfoldable> {
        let (changes, learned) = self.sheet.borrow_mut().relearn(events, before)?;
        self.learned(&changes, &learned);
        Ok(learned)
    }

    fn learned(&self, changes: &Changes, learned: &Learned) {
        if learned.moved {
            // Each place is another now. The pages that show the old ones are not told, but made again.
            self.pause.borrow_mut().take();
            self.places.borrow_mut().clear();
            self.rows.borrow_mut().clear();
            *self.marked.borrow_mut() = self.sheet.borrow().marked();
            self.drawers.show_again(self.record);
        } else {
            self.show(changes);
            self.show_marks();
            self.edited.notify();
            self.record_changed.notify();
        }
        self.look_at_access();
        self.look_at_kept();
    }

    /// Asks for what is typed now, because the page may go away.
    pub(crate) fn hurry_to_keep(&self) {
        self.pause.borrow_mut().take();
        let changes = self.sheet.borrow_mut().pause();
        self.show(&changes);
    }

    /// Has this tab the right to write?
    pub(crate) fn is_held(&self) -> bool {
        self.held.borrow().is_some()
    }

    /// Lets go of the right to write, because the person goes.
    pub(crate) fn free(&self) {
        self.held.borrow_mut().take();
    }

    /// Lets go of the right to write, and tells the page.
    pub(crate) fn let_go(&self) {
        self.free();
        self.look_at_access();
    }

    /// Lets go of everything, once the pages that show it are gone.
    pub(crate) fn close(self: Rc<Self>) {
        self.pause.borrow_mut().take();
        self.held.borrow_mut().take();
        Timeout::new(0, move || self.owner.cleanup()).forget();
    }

    /// A keystroke.
    pub(super) fn typed(self: &Rc<Self>) {
        self.typed_at.set(self.drawers.seat().clock().now());
        if self.pause.borrow().is_none() {
            self.wait_for_pause(PAUSE_MS);
        }
    }

    /// One timer for many keystrokes: when it ends and somebody has typed since, it runs for the rest.
    fn wait_for_pause(self: &Rc<Self>, millis: u32) {
        let this = Rc::downgrade(self);
        let timer = Timeout::new(millis, move || {
            let Some(this) = this.upgrade() else { return };
            this.pause.borrow_mut().take();
            let since = this.drawers.seat().clock().now().as_millis() - this.typed_at.get().as_millis();
            match u32::try_from(i64::from(PAUSE_MS) - since) {
                Ok(rest @ 1..=PAUSE_MS) => this.wait_for_pause(rest),
                _ => {
                    let changes = this.sheet.borrow_mut().pause();
                    this.show(&changes);
                    this.asked();
                }
            }
        });
        *self.pause.borrow_mut() = Some(timer);
    }

    /// Something was asked for.
    pub(super) fn asked(&self) {
        self.record_changed.notify();
        self.show_marks();
        self.look_at_access();
        self.look_at_kept();
        self.drawers.ring();
    }

    /// Asks for a file to be kept, whose content this device keeps.
    pub(crate) fn attach(&self, file: &NamedFile) {
        self.sheet.borrow_mut().ledger_mut().attach(file);
        self.asked();
    }

    /// The device has written, or failed to.
    pub(crate) fn written(&self) {
        if !self.drawers.seat().keep().is_behind_with(self.record) {
            self.written_at.set(self.drawers.seat().clock().now());
        }
        self.look_at_kept();
    }

    /// Sets the signals of the places that changed.
    pub(super) fn show(&self, changes: &Changes) {
        for &at in &changes.rows {
            let told = self.rows.borrow().get(&at).map(|(_, told)| *told);
            if let Some(told) = told {
                told.set(self.sheet.borrow().session().inside(at).into());
            }
        }
        for &at in &changes.views {
            let told = self.places.borrow().get(&at).map(|(_, told)| *told);
            if let Some(told) = told {
                told.set(Rc::new(self.place(at)));
            }
        }
    }

    /// Sets the signals of the places that have marks, or had.
    fn show_marks(&self) {
        let now = self.sheet.borrow().marked();
        let before = self.marked.replace(now.clone());
        for address in before.union(&now) {
            let at = self.sheet.borrow().session().find(address);
            let place = at.and_then(|at| Some((at, *self.places.borrow().get(&at)?)));
            if let Some((at, (watched, told))) = place {
                let place = self.place(at);
                if *watched.read_untracked() != Rc::new(place.clone()) {
                    told.set(Rc::new(place));
                }
            }
        }
    }

    pub(super) fn place(&self, at: At) -> Place {
        let sheet = self.sheet.borrow();
        let marked = self.marked.borrow();
        let address = if marked.is_empty() {
            None
        } else {
            sheet.session().address(at)
        };
        let address = address.filter(|address| marked.contains(address));
        Place {
            view: sheet.session().view(at).unwrap_or_else(gone),
            marks: address.map(|address| Rc::new(sheet.marks(&address))),
        }
    }

    fn look_at_access(&self) {
        let sheet = self.sheet.borrow();
        let state = sheet.ledger().state();
        let access = if !sheet
            .ledger()
            .actor()
            .may_write(state.created().team, state.authors())
        {
            Access::ReadOnly
        } else if !state.status().takes_edits() {
            Access::Closed
        } else if self.held.borrow().is_none() {
            Access::Elsewhere
        } else {
            Access::Write
        };
        if self.access.get_untracked() != access {
            self.access.set(access);
        }
    }

    /// Works out the truth about the work again.
    pub(crate) fn look_at_kept(&self) {
        let sheet = self.sheet.borrow();
        let keep = self.drawers.seat().keep();
        let kept = Kept::of(Facts {
            unsent: sheet.ledger().load(),
            ready: sheet.ledger().queue().items().len(),
            refused: self.drawers.refused_of(self.record),
            behind: keep.is_behind_with(self.record),
            trouble: keep.trouble(),
            written_at: self.written_at.get(),
            sent_at: sheet.ledger().there().map(State::changed_at),
            link: self.drawers.seat().link(),
        });
        if self.kept.get_untracked() != kept {
            self.kept.set(kept);
        }
    }
}

/// The view of a place that is not there.
fn gone() -> View {
    View {
        shown: false,
        required: false,
        read_only: true,
        label: String::new(),
        hint: None,
        answer: None,
        is_default: false,
        value: None,
        withheld: Vec::new(),
        problems: Vec::new(),
        tally: Tally::default(),
    }
}
