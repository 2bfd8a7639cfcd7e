//! What this device keeps of one person's work, until the server has it and after.
//!
//! Everything kept is a text under a key in one of a few [`Store`]s. A change is made in memory at once and written
//! behind, many at a time and all or none: whoever types never waits for the disk. What could not be written stays
//! in memory, is tried again, and is told of as [`NotKept`]. Each person's keys begin with that person: another who
//! signs in on the device reads none of them and takes none away.
//!
//! It does not know what the texts mean (`entries.rs` does) nor who reads them. Start reading at [`Keep`].

pub(crate) mod entries;
mod indexed;
mod memory;
mod place;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use record::{PersonId, RecordId};

pub(crate) use memory::Memory;
pub(crate) use place::{Change, Place};

/// A kind of thing that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Store {
    /// What happened to records, as the server tells it. Keys: person, record, place in it.
    Events,
    /// Answers as typed, not yet asked for. Keys: person, record, address.
    Typed,
    /// What is to be sent. Keys: person, record, order, id.
    Outbox,
    /// What the server refused. Keys as in the outbox.
    Refused,
    /// Lists as last seen. Keys: person, name.
    Lists,
    /// Forms. Keys: hash.
    Forms,
    /// Files that were attached here or looked at, each as an address that holds its content. Keys: person, SHA-256.
    Files,
    /// The device's own affairs, such as who was signed in.
    Device,
}

impl Store {
    /// Every store.
    pub(crate) const ALL: [Self; 8] = [
        Self::Events,
        Self::Typed,
        Self::Outbox,
        Self::Refused,
        Self::Lists,
        Self::Forms,
        Self::Files,
        Self::Device,
    ];

    /// Its name on the device. Never changed: what a release before this one kept is found by it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Typed => "typed",
            Self::Outbox => "outbox",
            Self::Refused => "refused",
            Self::Lists => "lists",
            Self::Forms => "forms",
            Self::Files => "files",
            Self::Device => "device",
        }
    }
}

/// Why something is not kept on this device. It is still on the page, and in its memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// There is no room.
    #[error("This device is full. Free some space, or send your work before you close this page")]
    Full,
    /// The browser keeps nothing, as in some private windows.
    #[error("This browser does not keep anything for Firsthand. Send your work before you close this page")]
    Nowhere,
    /// A newer Firsthand has been opened in another tab.
    #[error("A newer version of Firsthand is open. Reload this page")]
    Outdated,
    /// It failed for another reason.
    #[error("This device could not keep your work. Send it before you close this page")]
    Failed,
}

/// Where a text is kept.
type Slot = (Store, String);

/// A change that is not known to be written.
#[derive(Debug)]
struct Unwritten {
    number: u64,
    text: Option<String>,
}

/// One person's part of what this device keeps.
pub(crate) struct Keep {
    place: Place,
    person: PersonId,
    /// INVARIANT: holds the latest change of each slot until a write that included it has succeeded.
    unwritten: RefCell<BTreeMap<Slot, Unwritten>>,
    changes: Cell<u64>,
    trouble: Cell<Option<NotKept>>,
    /// Called when there is something to write and nothing was waiting before.
    wake: RefCell<Rc<dyn Fn()>>,
}

impl Keep {
    /// The part of this person.
    pub(crate) fn new(place: Place, person: PersonId) -> Self {
        Self {
            place,
            person,
            unwritten: RefCell::default(),
            changes: Cell::new(0),
            trouble: Cell::new(None),
            wake: RefCell::new(Rc::new(|| {})),
        }
    }

    /// Says whom to tell when there is something to write.
    pub(crate) fn on_change(&self, wake: Rc<dyn Fn()>) {
        *self.wake.borrow_mut() = wake;
    }

    /// Where it is kept.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Keeps a text, or takes it away. It is written by the next [`Keep::write`].
    pub(crate) fn set(&self, store: Store, key: &str, text: Option<String>) {
        self.change((store, self.own(key)), text);
    }

    /// Keeps a text that is no person's own.
    pub(crate) fn set_shared(&self, store: Store, key: &str, text: String) {
        self.change((store, key.to_owned()), Some(text));
    }

    fn change(&self, slot: Slot, text: Option<String>) {
        let number = self.changes.get() + 1;
        self.changes.set(number);
        let mut unwritten = self.unwritten.borrow_mut();
        let was_idle = unwritten.is_empty();
        unwritten.insert(slot, Unwritten { number, text });
        drop(unwritten);
        if was_idle {
            let wake = Rc::clone(&self.wake.borrow());
            wake();
        }
    }

    /// Writes all that is not written yet, all or none. The write has begun when this returns; the future says how
    /// it ended.
    pub(crate) fn write(self: &Rc<Self>) -> impl Future<Output = Result<(), NotKept>> + use<> {
        let changes: Vec<Change> = {
            let unwritten = self.unwritten.borrow();
            let changes = unwritten.iter().map(|((store, key), change)| Change {
                store: *store,
                key: key.clone(),
                text: change.text.clone(),
            });
            changes.collect()
        };
        let up_to = self.changes.get();
        let writing = (!changes.is_empty()).then(|| self.place.write(changes));
        let keep = Rc::clone(self);
        async move {
            let Some(writing) = writing else { return Ok(()) };
            let result = writing.await;
            if result.is_ok() {
                keep.unwritten
                    .borrow_mut()
                    .retain(|_, change| change.number > up_to);
            }
            keep.trouble.set(result.err());
            result
        }
    }

    /// Is there anything that is not written yet?
    pub(crate) fn is_behind(&self) -> bool {
        !self.unwritten.borrow().is_empty()
    }

    /// Is there anything of this record that is not written yet?
    pub(crate) fn is_behind_with(&self, record: RecordId) -> bool {
        let start = self.own(&format!("{record}/"));
        let unwritten = self.unwritten.borrow();
        Store::ALL.iter().any(|&store| {
            let mut from_here = unwritten.range((store, start.clone())..);
            from_here
                .next()
                .is_some_and(|((found, key), _)| *found == store && key.starts_with(&start))
        })
    }

    /// Is anything not written yet that is nowhere else: typed, to be sent, or refused?
    pub(crate) fn is_behind_with_work(&self) -> bool {
        let is_work = |store: &Store| matches!(store, Store::Typed | Store::Outbox | Store::Refused);
        let unwritten = self.unwritten.borrow();
        unwritten
            .iter()
            .any(|((store, _), change)| is_work(store) && change.text.is_some())
    }

    /// Why the last write failed, if it did.
    pub(crate) fn trouble(&self) -> Option<NotKept> {
        self.trouble.get()
    }

    /// The texts whose keys begin so, by key, written or not. The part of a key that is this person's is left out.
    pub(crate) async fn read(&self, store: Store, start: &str) -> Result<Vec<(String, String)>, NotKept> {
        let written = self.place.read(store, &self.own(start)).await?;
        Ok(self.with_unwritten(store, start, written))
    }

    /// As [`Keep::read`]; if the device cannot be read, what is in memory.
    pub(crate) async fn reach(&self, store: Store, start: &str) -> Vec<(String, String)> {
        let written = self.place.read(store, &self.own(start)).await;
        self.with_unwritten(store, start, written.unwrap_or_default())
    }

    fn with_unwritten(
        &self,
        store: Store,
        start: &str,
        written: Vec<(String, String)>,
    ) -> Vec<(String, String)> {
        let start = self.own(start);
        let mut texts: BTreeMap<String, String> = written.into_iter().collect();
        let unwritten = self.unwritten.borrow();
        let from_here = unwritten.range((store, start.clone())..);
        for ((_, key), change) in
            from_here.take_while(|((found, key), _)| *found == store && key.starts_with(&start))
        {
            match &change.text {
                Some(text) => texts.insert(key.clone(), text.clone()),
                None => texts.remove(key),
            };
        }
        let own = self.own("").len();
        let texts = texts.into_iter();
        texts
            .map(|(key, text)| (key.get(own..).unwrap_or_default().to_owned(), text))
            .collect()
    }

    fn own(&self, key: &str) -> String {
        format!("{}/{key}", self.person)
    }
}

#[cfg(test)]
mod tests;
