//! A file with everything of a person's work that the server does not have: for when nothing else works.
//!
//! It holds what is kept as it is kept, so that also what this release cannot read is in it.

use std::collections::BTreeMap;

use form::Hash;
use record::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::cabinet::Drawers;
use crate::device;
use crate::files;
use crate::keep::Store;
use crate::keep::entries::{Errand, Item, Returned, read_text, write_text};

/// The file, for people and for programs.
#[derive(Serialize)]
struct Export {
    what: &'static str,
    person: String,
    made_at: Timestamp,
    /// By record.
    records: BTreeMap<String, OfRecord>,
}

/// What the server does not have of one record, each by its key on the device.
#[derive(Default, Serialize)]
struct OfRecord {
    /// Answers as typed, by address.
    typed: BTreeMap<String, Value>,
    /// What waits to be sent, in order.
    waiting: BTreeMap<String, Value>,
    /// What the server refused, with the reasons.
    refused: BTreeMap<String, Value>,
    /// The content of the files among these, each as an address that holds it, by its hash.
    files: BTreeMap<String, String>,
}

/// Gives the person the file.
pub(crate) async fn offer(drawers: &Drawers) {
    let seat = drawers.seat();
    let mut export = Export {
        what: "Work in Firsthand that the server does not have",
        person: seat.actor().name.to_string(),
        made_at: seat.clock().now(),
        records: BTreeMap::new(),
    };
    for store in [Store::Typed, Store::Outbox, Store::Refused] {
        for (key, text) in seat.keep().reach(store, "").await {
            let (record, rest) = key.split_once('/').unwrap_or((&key, ""));
            let of_record = export.records.entry(record.to_owned()).or_default();
            if let Some(hash) = file_in(store, &text)
                && let Some(address) = drawers.kept_file(hash).await
            {
                of_record.files.insert(hash.to_string(), address);
            }
            let part = match store {
                Store::Typed => &mut of_record.typed,
                Store::Outbox => &mut of_record.waiting,
                _ => &mut of_record.refused,
            };
            let value = read_text(&text).unwrap_or(Value::String(text));
            part.insert(rest.to_owned(), value);
        }
    }
    let text = write_text(&export);
    let name = format!("firsthand-unsent-{}.json", seat.clock().today());
    let offered =
        files::blob(text.as_bytes(), "application/json").and_then(|file| device::offer_file(&name, &file));
    if offered.is_err() {
        leptos::logging::warn!("this browser cannot make files");
    }
}

/// The file that something kept is about, if it is about one.
fn file_in(store: Store, text: &str) -> Option<Hash> {
    let item = match store {
        Store::Outbox => read_text::<Item>(text)?,
        Store::Refused => read_text::<Returned>(text)?.item,
        _ => return None,
    };
    match item.errand {
        Errand::File(file) => Some(file.sha256),
        _ => None,
    }
}
