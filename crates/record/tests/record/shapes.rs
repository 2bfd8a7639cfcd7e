//! The JSON that is kept for decades. Each shape is a promise: what is written today is read for ever, and says the
//! same. Add to them; never change one. What the shapes have in common is here.

mod asked;
mod codes;
mod kept;
mod listed;

use std::fmt::Debug;

use form::{Address, CheckId, Hash};
use record::{Acknowledgement, ActorRef, Comment, CommentId, EventId, FormRef, RevisionHash, Signature};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::desk::{asha, at, moment, uuid};
use crate::small_form::name;

/// The value is written as this JSON, and this JSON is read as the value.
#[track_caller]
fn promise<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, json: Value) {
    assert_eq!(serde_json::to_value(value).unwrap(), json);
    assert_eq!(&serde_json::from_value::<T>(json).unwrap(), value);
}

const ID: &str = "01990000-0000-7000-8000-000000000007";
const HASH: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const NOON: &str = "2026-11-19T12:00:00.000Z";

fn id() -> EventId {
    EventId(uuid(7))
}

fn hash() -> Hash {
    Hash::of(b"abc")
}

fn revision_hash() -> RevisionHash {
    HASH.parse().unwrap()
}

fn plan() -> Address {
    at("next.plan")
}

fn asha_ref() -> ActorRef {
    (&asha()).into()
}

fn asha_json() -> Value {
    json!({ "id": "01990000-0000-7000-8000-0000000003e9", "name": "Asha" })
}

fn acknowledgement() -> Acknowledgement {
    let (message, reason) = ("Check the hours".to_owned(), "It was long".to_owned());
    Acknowledgement {
        address: at("visit.hours"),
        check: CheckId(0),
        message,
        reason,
    }
}

fn acknowledgement_json() -> Value {
    json!({ "address": "visit.hours", "check": 0, "message": "Check the hours", "reason": "It was long" })
}

fn signature() -> Signature {
    let role = name("team_manager");
    Signature {
        revision: revision_hash(),
        role,
        stage: 0,
        by: asha_ref(),
        at: moment(NOON),
    }
}

fn signature_json() -> Value {
    json!({ "revision": HASH, "role": "team_manager", "stage": 0, "by": asha_json(), "at": NOON })
}

fn comment() -> Comment {
    Comment {
        id: CommentId(uuid(7)),
        address: plan(),
        text: "By when?".to_owned(),
    }
}

fn comment_json() -> Value {
    json!({ "id": ID, "address": "next.plan", "text": "By when?" })
}

fn form_ref() -> FormRef {
    let stage = form::Stage {
        role: name("team_manager"),
        within: Some(form::Span::WorkingDays(2)),
        term: None,
    };
    FormRef {
        hash: form::FormHash(hash()),
        name: name("small_visit"),
        version: 3,
        title: "Small visit".to_owned(),
        stages: vec![stage],
    }
}

fn form_ref_json() -> Value {
    json!({
        "hash": HASH, "name": "small_visit", "version": 3, "title": "Small visit",
        "stages": [{ "role": "team_manager", "within": { "working_days": 2 } }],
    })
}

fn child_json() -> Value {
    json!({ "id": "c-1", "first_name": "Ada", "family_name": "Moss", "born": "2021-05-04" })
}
