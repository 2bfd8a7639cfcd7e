//! A record open on the page: what widgets and pages see of it, and what they may do to it.
//!
//! One signal for each place that anybody looks at, made when first asked for and alive as long as the record is
//! open, above every `For` and `Show`. An edit sets the signals of those places whose view changed and no other.
//! What is typed is kept on the device behind the writer's back; typing waits for nothing.

mod inner;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use engine::{At, Edit, Problem, Session, View};
use form::kinds::NamedFile;
use form::{Address, Answer, CheckId, Form, Hash};
use leptos::prelude::*;
use record::{
    Acknowledgement, Action, Comment, CommentId, RecordId, Refusal, ReturnReason, RevisionHash, State,
};

use crate::cabinet::Drawers;
use crate::kept::Kept;
use crate::sheet::{Marks, NotEdited, Sheet};
use crate::tabs::Held;

pub(crate) use inner::Inner;

/// A signal to read. It holds what the page shows, which stays in the page.
pub type Watched<T> = ReadSignal<T, LocalStorage>;
/// The signals of one kind of thing, by the place that each is of.
type Signals<T> = RefCell<BTreeMap<At, (Watched<T>, WriteSignal<T, LocalStorage>)>>;

/// A record open on the page. Copies are the same record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filling(StoredValue<Rc<Inner>, LocalStorage>);

/// What a place shows: the engine's view of it, and what people have left there.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    view: View,
    /// Rival answers, comments and acknowledged warnings, where there are any.
    pub marks: Option<Rc<Marks>>,
}

impl Deref for Place {
    type Target = View;
    fn deref(&self) -> &View {
        &self.view
    }
}

/// Whether the record can be written in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It can.
    Write,
    /// It waits for sign-off, is complete, or was set aside: [`State::status`] says which.
    Closed,
    /// The person may only read it.
    ReadOnly,
    /// It is open in another tab. [`Filling::take_over`] brings it here.
    Elsewhere,
}

impl Filling {
    /// Opens a sheet for the page.
    pub(crate) fn new(drawers: Rc<Drawers>, sheet: Sheet, held: Option<Held>) -> Self {
        let owner = Owner::new();
        owner.clone().with(|| {
            Self(StoredValue::new_local(Rc::new(Inner::new(
                drawers, sheet, held, owner,
            ))))
        })
    }

    pub(crate) fn inner(self) -> Rc<Inner> {
        self.0.get_value()
    }

    /// Which record it is.
    pub fn record(self) -> RecordId {
        self.inner().record
    }

    /// The form it is filled in with.
    pub fn form(self) -> Arc<Form> {
        Arc::clone(self.inner().sheet.borrow().session().form())
    }

    /// What a place shows. A place that is not there, or no longer, is not shown.
    pub fn view(self, at: At) -> Watched<Rc<Place>> {
        let inner = self.inner();
        if let Some((watched, _)) = inner.places.borrow().get(&at) {
            return *watched;
        }
        let place = Rc::new(inner.place(at));
        let (watched, told) = inner.owner.with(|| signal_local(place));
        inner.places.borrow_mut().insert(at, (watched, told));
        watched
    }

    /// The rows of a repeat, or the children's blocks of a section, in order.
    pub fn rows(self, at: At) -> Watched<Rc<[At]>> {
        let inner = self.inner();
        if let Some((watched, _)) = inner.rows.borrow().get(&at) {
            return *watched;
        }
        let rows: Rc<[At]> = inner.sheet.borrow().session().inside(at).into();
        let (watched, told) = inner.owner.with(|| signal_local(rows));
        inner.rows.borrow_mut().insert(at, (watched, told));
        watched
    }

    /// Asks the engine something that does not change while the record is open: what stands inside what, the
    /// address of a place, the child it is about. It does not track; for what changes there are signals.
    pub fn with_session<T>(self, ask: impl FnOnce(&Session) -> T) -> T {
        ask(self.inner().sheet.borrow().session())
    }

    /// Asks the engine something that any edit may change. Tracks every edit.
    pub(crate) fn ask_session<T>(self, ask: impl FnOnce(&Session) -> T) -> T {
        self.inner().edited.track();
        self.with_session(ask)
    }

    /// Asks something of the record as it will stand when the server has all that was asked for. Tracks.
    pub fn with_state<T>(self, ask: impl FnOnce(&State) -> T) -> T {
        let inner = self.inner();
        inner.record_changed.track();
        let sheet = inner.sheet.borrow();
        ask(sheet.ledger().state())
    }

    /// Everything wrong in what is shown, in document order. Tracks every edit: for pages on which nobody types.
    pub fn problems(self) -> Vec<(At, Problem)> {
        self.ask_session(Session::problems)
    }

    /// The questions at which two people's answers stand against each other. Tracks.
    pub fn conflicts(self) -> Vec<Address> {
        self.with_state(|state| state.draft().conflicts().cloned().collect())
    }

    /// How much of the record the server does not have yet. It does not track.
    pub fn unsent(self) -> usize {
        self.inner().sheet.borrow().ledger().unsent()
    }

    /// Whether the record can be written in here.
    pub fn access(self) -> ReadSignal<Access> {
        self.inner().access.read_only()
    }

    /// The truth about the work on this record.
    pub fn kept(self) -> ReadSignal<Kept> {
        self.inner().kept.read_only()
    }

    /// Makes an edit. It is on the page when this returns, and on the device a moment later.
    ///
    /// # Errors
    /// [`NotEdited`]; then nothing has changed.
    pub fn edit(self, edit: Edit) -> Result<(), NotEdited> {
        let inner = self.inner();
        if inner.access.get_untracked() != Access::Write {
            return Err(NotEdited::Closed);
        }
        let by_hand = !matches!(edit, Edit::Answer { .. });
        let changes = inner.sheet.borrow_mut().edit(edit)?;
        inner.show(&changes);
        inner.edited.notify();
        if by_hand {
            inner.asked();
        } else {
            inner.typed();
        }
        Ok(())
    }

    /// Keeps a file on this device, as an address that holds its content, and asks for it to be sent.
    ///
    /// # Errors
    /// [`NotEdited`]; then nothing has changed.
    pub(crate) fn attach(self, file: &NamedFile, address: String) -> Result<(), NotEdited> {
        let inner = self.inner();
        if inner.access.get_untracked() != Access::Write {
            return Err(NotEdited::Closed);
        }
        // Both are handed to the device in one write.
        inner.drawers.keep_file(file.hash, address);
        inner.attach(file);
        Ok(())
    }

    /// Does this file wait on this device to be sent? Tracks.
    pub(crate) fn is_unsent(self, file: Hash) -> bool {
        let inner = self.inner();
        inner.record_changed.track();
        let sheet = inner.sheet.borrow();
        sheet
            .ledger()
            .queue()
            .files()
            .any(|waiting| waiting.sha256 == file)
    }

    /// The writer has left the question they were at, as when it loses the focus.
    pub fn leave(self) {
        // A record that is closed under the writer was left when it was closed.
        let Some(inner) = self.0.try_get_value() else {
            return;
        };
        let changes = inner.sheet.borrow_mut().leave();
        inner.show(&changes);
        inner.asked();
    }

    /// Decides between the answers that stand against each other at a question. The person has seen all of them.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing has changed.
    pub fn decide_between(self, address: Address, answer: Option<Answer>) -> Result<(), Refusal> {
        self.ask(|state| Ok(Action::answer(state, address, answer)))
    }

    /// Lets a warning stand, with a reason for the manager to read.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing has changed.
    pub fn acknowledge(
        self,
        address: Address,
        check: CheckId,
        message: String,
        reason: String,
    ) -> Result<(), Refusal> {
        self.ask(|_| {
            Ok(Action::Acknowledge(Acknowledgement {
                address,
                check,
                message,
                reason,
            }))
        })
    }

    /// Replies to a manager's comment.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing has changed.
    pub fn reply(self, comment: CommentId, text: String) -> Result<(), Refusal> {
        self.ask(|_| Ok(Action::Reply { comment, text }))
    }

    /// Sends the record for sign-off as it stands here.
    ///
    /// # Errors
    /// [`Refusal`], with what is to be put right if it is not ready.
    pub fn submit(self) -> Result<(), Refusal> {
        self.ask(|state| Action::submit(state).map_err(Refusal::from))
    }

    /// Sends the record back to its authors.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing has changed.
    pub fn send_back(
        self,
        revision: RevisionHash,
        reasons: Vec<ReturnReason>,
        note: String,
        comments: Vec<(Address, String)>,
    ) -> Result<(), Refusal> {
        let inner = self.inner();
        let clock = inner.drawers.seat().clock();
        let comments = comments.into_iter().map(|(address, text)| Comment {
            id: clock.comment_id(),
            address,
            text,
        });
        let comments = comments.collect();
        self.ask(|_| {
            Ok(Action::Return {
                revision,
                reasons,
                note,
                comments,
            })
        })
    }

    /// Approves the stage at hand and signs the revision.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing has changed.
    pub fn approve(self, revision: RevisionHash, oversight: String) -> Result<(), Refusal> {
        self.ask(|_| Ok(Action::Approve { revision, oversight }))
    }

    /// Sets the record aside as made in error.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing has changed.
    pub fn void(self, reason: String) -> Result<(), Refusal> {
        self.ask(|_| Ok(Action::Void { reason }))
    }

    /// A refusal here is certain, and is an answer to the person at once. What is not refused is kept on the device
    /// and on its way; [`Filling::kept`] tells when the server has it.
    fn ask(self, action: impl FnOnce(&State) -> Result<Action, Refusal>) -> Result<(), Refusal> {
        let inner = self.inner();
        let result = inner.sheet.borrow_mut().ask(action);
        if let Ok(changes) = &result {
            inner.show(changes);
        }
        inner.asked();
        result.map(drop)
    }

    /// Brings the right to write here from the tab that has it.
    pub fn take_over(self) {
        let inner = self.inner();
        inner.drawers.take_over(inner.record);
    }
}
