//! Values that several tests use, with the JSON they are.

use form::{Address, FormHash, Hash, Name, RowKey, Span, Stage};
use record::{
    Action, Actor, ActorRef, Body, Command, Event, EventHash, EventId, FormRef, Head, PersonId, RecordId,
    Role, Seq, Status, Summary, TeamId, Timestamp, Voided,
};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const ID: &str = "01990000-0000-7000-8000-000000000007";
pub(crate) const HASH: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
pub(crate) const NOON: &str = "2026-11-19T12:00:00.000Z";

pub(crate) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub(crate) fn id() -> EventId {
    EventId(uuid(7))
}

pub(crate) fn record_id() -> RecordId {
    RecordId(uuid(7))
}

pub(crate) fn hash() -> Hash {
    Hash::of(b"abc")
}

pub(crate) fn head() -> Head {
    Head {
        seq: Seq(4),
        hash: EventHash(hash()),
    }
}

pub(crate) fn head_json() -> Value {
    json!({ "seq": 4, "hash": HASH })
}

pub(crate) fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn at(text: &str) -> Address {
    text.parse().unwrap()
}

pub(crate) fn asha() -> Actor {
    Actor {
        id: PersonId(uuid(7)),
        name: "Asha".into(),
        roles: vec![Role::Practitioner],
        team: TeamId(uuid(7)),
    }
}

pub(crate) fn tess() -> Actor {
    Actor {
        id: PersonId(uuid(8)),
        name: "Tess".into(),
        roles: vec![Role::TeamManager],
        team: TeamId(uuid(7)),
    }
}

pub(crate) fn asha_ref() -> ActorRef {
    (&asha()).into()
}

pub(crate) fn asha_json() -> Value {
    json!({ "id": ID, "name": "Asha" })
}

pub(crate) fn command(action: Action) -> Command {
    Command {
        id: id(),
        noted_at: moment(NOON),
        form: None,
        action,
    }
}

pub(crate) fn event() -> Event {
    Event {
        id: id(),
        record: record_id(),
        seq: Seq(4),
        actor: asha_ref(),
        at: moment(NOON),
        noted_at: moment(NOON),
        body: Body::Voided(Voided {
            reason: "Twice".to_owned(),
        }),
        prev: Some(EventHash(hash())),
        hash: EventHash(hash()),
    }
}

pub(crate) fn event_json() -> Value {
    json!({
        "id": ID, "record": ID, "seq": 4, "actor": asha_json(), "at": NOON, "noted_at": NOON,
        "body": { "voided": { "reason": "Twice" } }, "prev": HASH, "hash": HASH,
    })
}

pub(crate) fn child() -> engine::Subject {
    engine::Subject {
        id: RowKey::new("c-1").unwrap(),
        first_name: "Ada".to_owned(),
        family_name: "Moss".to_owned(),
        born: feel::Date::new(2021, 5, 4),
        expected: None,
    }
}

/// A record that Asha wrote and that nothing is due of.
pub(crate) fn summary(number: u128, status: Status) -> Summary {
    let role = Name::new("team_manager").unwrap();
    let form = FormRef {
        hash: FormHash(hash()),
        name: Name::new("home_visit").unwrap(),
        version: 1,
        title: "Home visit".to_owned(),
        stages: vec![Stage {
            role,
            within: Some(Span::WorkingDays(2)),
            term: None,
        }],
    };
    Summary {
        record: RecordId(uuid(number)),
        form,
        subjects: vec![child()],
        team: asha().team,
        status,
        authors: vec![asha_ref()],
        signed: Vec::new(),
        created_at: moment(NOON),
        changed_at: moment(NOON),
        sent: None,
        returns: 0,
        conflicts: 0,
        unanswered: 0,
        clocks: Vec::new(),
        happened: None,
        head: head(),
    }
}
