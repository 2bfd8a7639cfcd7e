//! One record as this device holds it: what the server has said happened, what has been asked for since, and what has
//! been typed and not yet asked for.
//!
//! The record that a person sees is foreseen: `record::decide` says here at once what it will say on the server. When
//! the server answers, the foreseen record is worked out again from what really happened. What the person has typed
//! is never touched by that.
//!
//! When the record moves to a later version of its form, what is typed is asked for as it was typed, in the version
//! before; `record` takes it to where it belongs now, and what has no place there comes back refused.
//!
//! It writes everything down with [`Keep`] and knows no page and no network.

mod again;
mod asking;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use form::{Address, Answer, Answers, Form, FormHash};
use record::{
    Actor, Body, Command, Decided, Event, EventId, FilesAtHand, Forms, Head, Refusal, Seq, Start, State,
    Timestamp, Unfit, decide, start,
};

use crate::clock::Clock;
use crate::keep::Keep;
use crate::keep::entries::{Errand, Item, OnDevice, Returned, Typed};
use crate::kept::Load;
use crate::library::Library;
use crate::outbox::queue::place_of;
use crate::outbox::{Batch, Cargo, Queue, Settled, Verdict};

/// A record on this device.
pub(crate) struct Ledger {
    keep: Rc<Keep>,
    clock: Rc<Clock>,
    actor: Actor,
    library: Rc<Library>,
    form: Arc<Form>,
    /// The record with all that has been asked for.
    here: State,
    there: There,
    queue: Queue,
    typed: BTreeMap<Address, Typed>,
    writing: Option<Writing>,
}

/// The question being written at.
struct Writing {
    address: Address,
    /// The edits of what the page shows there: what was shown when the writer came, then what was last asked for.
    ///
    /// Another's answer that has come in meanwhile is not one of them, so what is typed stands beside it.
    before: Vec<EventId>,
}

/// The record as the server has told of it.
enum There {
    /// It has not been told of yet.
    Unknown,
    /// As it is here: nothing that waits would come to anything.
    Level,
    /// Before what waits was asked for.
    Behind(Box<State>),
}

/// What is kept on this device is not a record that can be opened with this form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unopened;

/// What the server tells cannot be a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unfoldable;

/// What an answer of the server changed.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    /// The questions and repeats to look at again.
    pub(crate) touched: BTreeSet<Address>,
    /// How many items the server has taken.
    pub(crate) receipts: usize,
    /// What it refused.
    pub(crate) refused: Vec<Returned>,
    /// What the server tells does not follow from what it told before: it was restored from a backup, or this
    /// device's copy is damaged. The record must be fetched again from its start: [`Ledger::relearn`].
    pub(crate) diverged: bool,
    /// It is filled in with another version of its form than before.
    pub(crate) moved: bool,
}

impl Ledger {
    /// Opens what this device keeps of a record.
    ///
    /// # Errors
    /// [`Unopened`] if there is neither its start nor an order to start it, or its form is not at hand.
    pub(crate) fn open(
        keep: Rc<Keep>,
        clock: Rc<Clock>,
        actor: Actor,
        library: Rc<Library>,
        device: OnDevice,
    ) -> Result<Self, Unopened> {
        let OnDevice { events, typed, items } = device;
        let mut queue = Queue::new(items);
        let (here, there) = match State::fold(&events) {
            Ok(state) => (state, There::Level),
            Err(_) => (
                begun_here(&queue, &library, &actor).ok_or(Unopened)?,
                There::Unknown,
            ),
        };
        let form = library.find(here.form().hash).ok_or(Unopened)?;
        // What was typed before the record moved, when the page closed before it was asked for.
        let began_with = here.created().form.hash;
        let (typed, late): (BTreeMap<_, _>, BTreeMap<_, _>) = typed
            .into_iter()
            .partition(|(_, typed)| typed.form.unwrap_or(began_with) == form.hash());
        // A receipt that was read, when the page closed before the item was taken out.
        for event in &events {
            if let Some(item) = queue.seen(event.id) {
                keep.drop_item(here.record(), &item);
            }
        }
        let mut ledger = Self {
            keep,
            clock,
            actor,
            library,
            form,
            here,
            there,
            queue,
            typed,
            writing: None,
        };
        for (address, typed) in late {
            ledger.ask_for(address, typed);
        }
        ledger.foresee();
        Ok(ledger)
    }

    /// The record, with all that has been asked for and nothing that is only typed.
    pub(crate) fn state(&self) -> &State {
        &self.here
    }

    /// The form it is filled in with.
    pub(crate) fn form(&self) -> &Arc<Form> {
        &self.form
    }

    /// The moment.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Who is at it.
    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What is typed and not yet asked for.
    pub(crate) fn typed(&self) -> &BTreeMap<Address, Typed> {
        &self.typed
    }

    /// What is to be sent.
    pub(crate) fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Lets the next attempt to send be at once.
    pub(crate) fn hurry(&mut self) {
        self.queue.hurry();
    }

    /// How many items the server does not have yet.
    pub(crate) fn unsent(&self) -> usize {
        self.load().total()
    }

    /// How much the server does not have yet.
    pub(crate) fn load(&self) -> Load {
        let files = self.queue.files().count();
        Load {
            changes: self.queue.items().len() - files + self.typed.len(),
            files,
        }
    }

    /// The record as the server has told of it, if it has.
    pub(crate) fn there(&self) -> Option<&State> {
        match &self.there {
            There::Unknown => None,
            There::Level => Some(&self.here),
            There::Behind(there) => Some(there),
        }
    }

    /// The place up to which the server has told of the record.
    pub(crate) fn known(&self) -> Seq {
        self.told().map_or(Seq::NONE, |head| head.seq)
    }

    fn told(&self) -> Option<Head> {
        self.there().map(State::head)
    }

    /// What the page is to show at a question: what is typed there, or else what stands. Nothing while somebody
    /// writes there: what others answer is not put under the writer's hands.
    pub(crate) fn shows(&self, address: &Address) -> Option<Option<Answer>> {
        match self.typed.get(address) {
            Some(typed) => Some(typed.answer.clone()),
            None if self.writing() == Some(address) => None,
            None => Some(self.here.answers().values.get(address).cloned()),
        }
    }

    /// Every question and repeat with an answer, a row or something typed, whose address begins so.
    pub(crate) fn addresses_under(&self, start: &str) -> Vec<Address> {
        let Answers { values, rows } = self.here.answers();
        let all = values.keys().chain(rows.keys()).chain(self.typed.keys());
        all.filter(|address| address.as_str().starts_with(start))
            .cloned()
            .collect()
    }

    /// The question being written at.
    pub(crate) fn writing(&self) -> Option<&Address> {
        self.writing.as_ref().map(|writing| &writing.address)
    }

    /// Notes what was typed at a question. It becomes a command when the writer pauses or leaves.
    pub(crate) fn type_in(&mut self, address: Address, answer: Option<Answer>) {
        let over = match self.typed.remove(&address) {
            Some(before) => before.over,
            None => self.before_the_writer(&address),
        };
        self.writing = Some(Writing {
            address: address.clone(),
            before: over.clone(),
        });
        let typed = Typed {
            answer: answer.filter(|answer| !answer.is_blank()),
            over,
            noted_at: self.clock.now(),
            form: Some(self.form.hash()),
        };
        self.keep.keep_typed(self.here.record(), &address, Some(&typed));
        self.typed.insert(address, typed);
    }

    /// The edits of what the page shows at a question where nothing is typed.
    fn before_the_writer(&self, address: &Address) -> Vec<EventId> {
        match &self.writing {
            Some(writing) if writing.address == *address => writing.before.clone(),
            _ => self.stands(address),
        }
    }

    /// The edits of the answer that stands at a question.
    fn stands(&self, address: &Address) -> Vec<EventId> {
        let given = self.here.draft().given(address);
        given.map(|given| given.edits.clone()).unwrap_or_default()
    }

    /// What to send at this moment, if anything.
    pub(crate) fn next(&self, cargo: Cargo) -> Option<Batch> {
        self.queue.next(cargo, self.clock.now())
    }

    /// Takes in what came of sending a batch.
    pub(crate) fn answered(&mut self, batch: &Batch, verdict: &Verdict) -> Learned {
        let now = self.clock.now();
        let settled = self.queue.answered(batch, verdict, now, self.clock.chance());
        let mut learned = self.settle(settled, now);
        match verdict {
            Verdict::Posted(posted) => self.take_in(&posted.events, posted.head, &mut learned),
            _ if learned.refused.is_empty() => {}
            _ => self.foresee_again(&mut learned),
        }
        learned
    }

    /// Takes in what has happened to the record since it was last told of, and how far it has come.
    pub(crate) fn learn(&mut self, events: &[Event], head: Head) -> Learned {
        let mut learned = Learned::default();
        self.take_in(events, head, &mut learned);
        learned
    }

    fn settle(&self, settled: Settled, now: Timestamp) -> Learned {
        let record = self.here.record();
        let mut learned = Learned::default();
        for item in settled.receipts {
            self.keep.drop_item(record, &item);
            learned.touched.extend(item_place(&item));
            learned.receipts += 1;
        }
        for (item, refused) in settled.refused {
            let returned = Returned {
                item,
                refused,
                at: now,
            };
            self.keep.keep_refused(record, &returned);
            self.keep.drop_item(record, &returned.item);
            learned.touched.extend(item_place(&returned.item));
            learned.refused.push(returned);
        }
        learned
    }

    fn take_in(&mut self, events: &[Event], head: Head, learned: &mut Learned) {
        let known = self.known();
        let moves = |event: &Event| event.seq > known && matches!(event.body, Body::Moved(_));
        if events.iter().any(moves) {
            learned.touched.extend(self.leave());
        }
        for event in events.iter().filter(|event| event.seq > known) {
            if let Body::RowRemoved(row) = &event.body {
                let start = format!("{}[{}]", row.address, row.key);
                learned.touched.extend(self.addresses_under(&start));
            }
            if self.take_in_one(event).is_err() {
                learned.diverged = true;
                break;
            }
            self.keep.keep_event(event);
            learned.touched.extend(event_place(&event.body).cloned());
            if let Some(item) = self.queue.seen(event.id) {
                self.keep.drop_item(self.here.record(), &item);
                learned.receipts += 1;
            }
        }
        let told = self.told();
        learned.diverged |=
            told.is_some_and(|told| told.seq > head.seq || told.seq == head.seq && told != head);
        self.foresee_again(learned);
    }

    /// Works the record out again, after which whatever waits may come to something else than before.
    fn foresee_again(&mut self, learned: &mut Learned) {
        let waiting = self
            .queue
            .commands()
            .filter_map(|command| place_of(&command.action));
        learned.touched.extend(waiting.cloned());
        let before = self.form.hash();
        self.foresee();
        learned.moved |= self.form.hash() != before;
    }

    fn take_in_one(&mut self, event: &Event) -> Result<(), Unfit> {
        match &mut self.there {
            There::Level => self.here.apply(event),
            There::Behind(there) => there.apply(event),
            There::Unknown => State::begin(event).map(|state| self.there = There::Behind(Box::new(state))),
        }
    }

    /// Works the record out again from what really happened and what is waiting.
    fn foresee(&mut self) {
        let waiting: Vec<Command> = self.queue.commands().cloned().collect();
        match std::mem::replace(&mut self.there, There::Level) {
            There::Level => {}
            There::Behind(there) if waiting.is_empty() => self.here = *there,
            There::Behind(there) => {
                self.here = (*there).clone();
                self.there = There::Behind(there);
            }
            There::Unknown => {
                self.there = There::Unknown;
                if let Some(begun) = begun_here(&self.queue, &self.library, &self.actor) {
                    self.here = begun;
                }
            }
        }
        if let Some(form) = self.library.find(self.here.form().hash) {
            self.form = form;
        }
        for command in &waiting {
            // One that is refused now waits all the same: it is for the server to say.
            let _ = self.foresee_one(command);
        }
    }

    /// Does to the record what will come of a command.
    fn foresee_one(&mut self, command: &Command) -> Result<(), Refusal> {
        let decided = decide(
            &self.here,
            &*self.library,
            FilesAtHand::Any,
            command,
            &self.actor,
            command.noted_at,
        )?;
        if let Decided::Happens(event) = decided {
            if let There::Level = self.there {
                self.there = There::Behind(Box::new(self.here.clone()));
            }
            // What was decided folds.
            let _ = self.here.apply(&event);
        }
        Ok(())
    }
}

/// The record that an order to start one makes, as long as the server has not told of it.
fn begun_here(queue: &Queue, library: &Library, actor: &Actor) -> Option<State> {
    let begun = queue.items().find_map(|item| match &item.errand {
        Errand::Start { request, subjects } => Some((request, subjects)),
        Errand::Command(_) | Errand::File(_) => None,
    });
    let (request, subjects) = begun?;
    let begun = Start {
        id: request.id,
        record: request.record,
        noted_at: request.noted_at,
        subjects: subjects.clone(),
        rule_pack: None,
    };
    let form = library.find(request.form)?;
    let event = start(&form, begun, actor, request.noted_at).ok()?;
    State::begin(&event).ok()
}

fn form_of(state: &State) -> (FormHash, u32) {
    (state.form().hash, state.form().version)
}

fn item_place(item: &Item) -> Option<Address> {
    match &item.errand {
        Errand::Command(command) => place_of(&command.action).cloned(),
        Errand::Start { .. } | Errand::File(_) => None,
    }
}

/// The place that an event changed.
fn event_place(body: &Body) -> Option<&Address> {
    match body {
        Body::Answered(edit) | Body::Conflicting(edit) => Some(&edit.address),
        Body::RowAdded(row) => Some(&row.address),
        Body::RowRemoved(row) => Some(&row.address),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
