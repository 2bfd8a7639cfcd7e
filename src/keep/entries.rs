//! What is kept, as it is written: the shapes, and the keys they are under.
//!
//! A device may open what a release long before this one kept: fields are added with a default, never renamed or
//! removed. A text that cannot be read is left where it is and counted.

use std::collections::{BTreeMap, BTreeSet};

use engine::Subject;
use form::{Address, Answer, FormHash, Hash, json};
use record::{Body, Command, Event, EventId, RecordId, Seq, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wire::{Refused, StartRecord};

use super::{Keep, NotKept, Store};
use crate::kept::Load;

/// An answer as typed, before it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Typed {
    /// As entered; none if it was cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answer: Option<Answer>,
    /// The edits that whoever typed it had before them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) over: Vec<EventId>,
    /// When it was last typed at.
    pub(crate) noted_at: Timestamp,
    /// The version of the form that it was typed in; without one, the version that the record began with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) form: Option<FormHash>,
}

/// Something for the server, as it waits to be sent. Never changed once made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What is asked for.
    pub errand: Errand,
    /// The form that the record is filled in with.
    pub form: FormHash,
    /// Its version, for people to read.
    pub version: u32,
    /// Its place in the outbox of its record. Part of the key.
    #[serde(skip)]
    pub(crate) order: u64,
}

/// What is asked of the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// To start a record.
    Start {
        /// As it is sent.
        request: StartRecord,
        /// The children as this device knows them, so that they can be written about before the server answers.
        subjects: Vec<Subject>,
    },
    /// To do something to one.
    Command(Command),
    /// To keep a file that was attached to one.
    File(FileToSend),
}

/// A file that waits to be sent. Its content is kept under its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileToSend {
    /// Names the errand. No event comes of it.
    pub id: EventId,
    /// The hash of the content.
    pub sha256: Hash,
    /// Its media type, one of those that may be attached.
    pub media_type: String,
    /// What it is called, for people to read.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
}

impl Errand {
    /// The id of the event that comes of it, or of the errand itself where none does.
    pub fn id(&self) -> EventId {
        match self {
            Self::Start { request, .. } => request.id,
            Self::Command(command) => command.id,
            Self::File(file) => file.id,
        }
    }
}

/// What the server refused: kept for a person to look at, until they say that they have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Returned {
    /// What was asked for.
    pub item: Item,
    /// Why it was refused.
    pub refused: Refused,
    /// When.
    pub at: Timestamp,
}

/// All that is kept of one record.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OnDevice {
    /// What happened to it, from the start and without a gap.
    pub(crate) events: Vec<Event>,
    /// Answers not yet asked for.
    pub(crate) typed: BTreeMap<Address, Typed>,
    /// What is to be sent, in order.
    pub(crate) items: Vec<Item>,
}

impl OnDevice {
    /// The form that the record is filled in with, if enough of it is here to tell.
    pub(crate) fn form(&self) -> Option<FormHash> {
        let forms = forms_of(&self.events).last();
        forms.or_else(|| self.items.first().map(|item| item.form))
    }

    /// Every version of the form in which anything here was written.
    pub(crate) fn forms(&self) -> BTreeSet<FormHash> {
        let items = self.items.iter().map(|item| item.form);
        let typed = self.typed.values().filter_map(|typed| typed.form);
        forms_of(&self.events).chain(items).chain(typed).collect()
    }
}

/// The versions of its form that a record begins with or moves to in these events, in order.
pub(crate) fn forms_of(events: &[Event]) -> impl Iterator<Item = FormHash> {
    events.iter().filter_map(|event| match &event.body {
        Body::Created(created) => Some(created.form.hash),
        Body::Moved(moved) => Some(moved.form.hash),
        _ => None,
    })
}

impl Keep {
    /// All that is kept of a record.
    pub(crate) async fn record(&self, record: RecordId) -> Result<OnDevice, NotKept> {
        let start = format!("{record}/");
        let events = self.read(Store::Events, &start).await?;
        // What comes after a gap or an event that cannot be read is fetched again.
        let events = (1..).zip(events.iter()).map_while(|(seq, (_, text))| {
            let event: Event = read_text(text)?;
            (event.seq == Seq(seq)).then_some(event)
        });
        let typed = self.read(Store::Typed, &start).await?;
        let typed = typed
            .iter()
            .filter_map(|(key, text)| Some((key.strip_prefix(&start)?.parse().ok()?, read_text(text)?)));
        let items = self.items(Store::Outbox, &start).await?;
        Ok(OnDevice {
            events: events.collect(),
            typed: typed.collect(),
            items: items.into_iter().map(|(_, item)| item).collect(),
        })
    }

    /// How much of each record the server does not have yet.
    pub(crate) async fn unsent(&self) -> Result<BTreeMap<RecordId, Load>, NotKept> {
        let mut unsent: BTreeMap<RecordId, Load> = BTreeMap::new();
        for store in [Store::Typed, Store::Outbox] {
            for (key, text) in self.read(store, "").await? {
                let record = key.split('/').next().and_then(|record| record.parse().ok());
                if let Some(record) = record {
                    let load = unsent.entry(record).or_default();
                    match store == Store::Outbox && is_file(&text) {
                        true => load.files += 1,
                        false => load.changes += 1,
                    }
                }
            }
        }
        Ok(unsent)
    }

    async fn items(&self, store: Store, start: &str) -> Result<Vec<(RecordId, Item)>, NotKept> {
        let found = self.read(store, start).await?;
        let items = found.iter().filter_map(|(key, text)| {
            let mut parts = key.split('/');
            let record = parts.next()?.parse().ok()?;
            let order = parts.next()?.parse().ok()?;
            let item: Item = read_text(text)?;
            Some((record, Item { order, ..item }))
        });
        Ok(items.collect())
    }

    /// What the server refused, of every record.
    pub(crate) async fn refused(&self) -> Result<Vec<(RecordId, Returned)>, NotKept> {
        let found = self.read(Store::Refused, "").await?;
        let refused = found.iter().filter_map(|(key, text)| {
            let mut parts = key.split('/');
            let record = parts.next()?.parse().ok()?;
            let order = parts.next()?.parse().ok()?;
            let mut returned: Returned = read_text(text)?;
            returned.item.order = order;
            Some((record, returned))
        });
        Ok(refused.collect())
    }

    /// Keeps what happened to a record.
    pub(crate) fn keep_event(&self, event: &Event) {
        let key = format!("{}/{:010}", event.record, event.seq.0);
        self.set(Store::Events, &key, Some(write_text(event)));
    }

    /// Takes away what the server says did not happen.
    pub(crate) fn drop_event(&self, event: &Event) {
        self.set(
            Store::Events,
            &format!("{}/{:010}", event.record, event.seq.0),
            None,
        );
    }

    /// Keeps an answer as typed; none if there is nothing typed there any more.
    pub(crate) fn keep_typed(&self, record: RecordId, address: &Address, typed: Option<&Typed>) {
        self.set(
            Store::Typed,
            &format!("{record}/{address}"),
            typed.map(write_text),
        );
    }

    /// Keeps something to be sent.
    pub(crate) fn keep_item(&self, record: RecordId, item: &Item) {
        self.set(Store::Outbox, &item_key(record, item), Some(write_text(item)));
    }

    /// Takes something out of the outbox. Only a receipt, or a refusal that is kept in the same write, is a reason.
    pub(crate) fn drop_item(&self, record: RecordId, item: &Item) {
        self.set(Store::Outbox, &item_key(record, item), None);
    }

    /// Keeps what was refused.
    pub(crate) fn keep_refused(&self, record: RecordId, returned: &Returned) {
        let key = item_key(record, &returned.item);
        self.set(Store::Refused, &key, Some(write_text(returned)));
    }

    /// Takes away what was refused, once a person has said that it has been dealt with.
    pub(crate) fn drop_refused(&self, record: RecordId, returned: &Returned) {
        self.set(Store::Refused, &item_key(record, &returned.item), None);
    }
}

fn is_file(text: &str) -> bool {
    read_text::<Item>(text).is_some_and(|item| matches!(item.errand, Errand::File(_)))
}

fn item_key(record: RecordId, item: &Item) -> String {
    format!("{record}/{:010}/{}", item.order, item.errand.id())
}

/// A thing as it is kept.
pub(crate) fn write_text<T: Serialize>(thing: &T) -> String {
    // None of what is kept has a map whose keys are not texts, which is all that JSON cannot hold.
    serde_json::to_string(thing).unwrap_or_default()
}

/// A thing that was kept, if this release can read it.
pub(crate) fn read_text<T: DeserializeOwned>(text: &str) -> Option<T> {
    json::read(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests;
