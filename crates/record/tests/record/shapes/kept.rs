//! What a record consists of: events, revisions, people.

use std::sync::Arc;

use form::Loss;
use record::{
    Acknowledged, Answered, Approved, Body, Carried, Created, Event, EventHash, LeftBehind, Moved, Remark,
    Replied, ReturnReason, Returned, Revision, Role, RowAdded, RowRemoved, Seq, StillStands, Submitted,
    Voided,
};

use super::*;
use crate::desk::{Desk, child, key, tess, text};

fn revision() -> Revision {
    let mut answers = form::Answers::default();
    answers.set(plan(), text("Visit again"));
    answers.rows.insert(at("visit.visitors"), vec![key("v-1")]);
    Revision {
        record: record::RecordId(uuid(7)),
        number: 2,
        form: form::FormHash(hash()),
        rule_pack: Some(name("wt2026")),
        env: record::env(&[child("c-1", "Ada")], None, moment("2026-06-01T12:00:00.000Z")),
        answers,
        acknowledgements: vec![Acknowledged {
            what: acknowledgement(),
            by: asha_ref(),
            at: moment(NOON),
        }],
        by: asha_ref(),
        at: moment(NOON),
    }
}

fn revision_json() -> Value {
    json!({
        "record": ID, "number": 2, "form": HASH, "rule_pack": "wt2026",
        "env": { "now": "2026-06-01T13:00:00+01:00", "today": "2026-06-01", "subjects": [child_json()] },
        "answers": {
            "values": { "next.plan": { "text": "Visit again" } },
            "rows": { "visit.visitors": ["v-1"] },
        },
        "acknowledgements": [{ "what": acknowledgement_json(), "by": asha_json(), "at": NOON }],
        "by": asha_json(), "at": NOON,
    })
}

#[test]
fn a_revision() {
    promise(&revision(), revision_json());
    // What any SHA-256 over the same JSON gives, its keys sorted and without white space.
    let expected = "d591731aec758d466208a3ac902aa979327de603bd6c4266162a58a455dbb743";
    assert_eq!(revision().hash().unwrap().to_string(), expected);
}

#[test]
fn an_event() {
    let event = Event {
        id: id(),
        record: record::RecordId(uuid(7)),
        seq: Seq(4),
        actor: asha_ref(),
        at: moment(NOON),
        noted_at: moment("2026-11-19T11:59:00.125Z"),
        body: Body::RowRemoved(RowRemoved {
            address: at("visit.visitors"),
            key: key("v-1"),
        }),
        prev: Some(EventHash(hash())),
        hash: EventHash(hash()),
    };
    promise(
        &event,
        json!({
            "id": ID, "record": ID, "seq": 4, "actor": asha_json(), "at": NOON, "noted_at": "2026-11-19T11:59:00.125Z",
            "body": { "row_removed": { "address": "visit.visitors", "key": "v-1" } }, "prev": HASH, "hash": HASH,
        }),
    );
    let expected = "d2f2fa2824d7fb444db21b2b385862a5f0aeec572bcd9e1d25959b8830e61fe0";
    assert_eq!(event.content_hash().unwrap().0.to_string(), expected);
}

#[test]
fn the_first_event_of_a_record() {
    let first = &Desk::new().events[0];
    let json = serde_json::to_value(first).unwrap();
    assert_eq!(json.get("prev"), None);
    promise(first, json);
}

#[test]
fn everything_that_happens() {
    let edit = |answer| Answered {
        address: plan(),
        answer,
        over: vec![id()],
    };
    promise(
        &Body::Created(Created {
            form: form_ref(),
            subjects: vec![child("c-1", "Ada")],
            team: asha().team,
            rule_pack: Some(name("wt2026")),
        }),
        json!({ "created": {
            "form": form_ref_json(), "subjects": [child_json()],
            "team": "01990000-0000-7000-8000-0000000007d1", "rule_pack": "wt2026",
        } }),
    );
    promise(
        &Body::Answered(edit(text("Call"))),
        json!({ "answered": { "address": "next.plan", "answer": { "text": "Call" }, "over": [ID] } }),
    );
    promise(
        &Body::Conflicting(edit(None)),
        json!({ "conflicting": { "address": "next.plan", "over": [ID] } }),
    );
    let row = RowAdded {
        address: at("visit.visitors"),
        key: key("v-1"),
        before: Some(key("v-2")),
    };
    promise(
        &Body::RowAdded(row),
        json!({ "row_added": { "address": "visit.visitors", "key": "v-1", "before": "v-2" } }),
    );
    promise(
        &Body::Acknowledged(acknowledgement()),
        json!({ "acknowledged": acknowledgement_json() }),
    );
    promise(
        &Body::Submitted(Submitted {
            revision: Arc::new(revision()),
        }),
        json!({ "submitted": { "revision": revision_json() } }),
    );
    promise(
        &Body::Returned(Returned {
            revision: revision_hash(),
            stage: 1,
            reasons: vec![ReturnReason::Voice, ReturnReason::Other],
            note: "See below".to_owned(),
            comments: vec![comment()],
        }),
        json!({ "returned": {
            "revision": HASH, "stage": 1, "reasons": ["RR01", "RR17"], "note": "See below",
            "comments": [comment_json()],
        } }),
    );
    promise(
        &Body::Replied(Replied {
            comment: CommentId(uuid(7)),
            text: "Monday".to_owned(),
        }),
        json!({ "replied": { "comment": ID, "text": "Monday" } }),
    );
    let left = ["dropped", "no_place", "taken"].map(|why| {
        json!({
            "at": "visit.why", "answer": { "text": "Nobody in" }, "rivals": [{ "text": "Moved away" }], "why": why,
        })
    });
    promise(
        &Body::Moved(Moved {
            form: form_ref(),
            rule_pack: Some(name("wt2026")),
            rows: [(at("visit.callers"), vec![key("v-1")])].into(),
            carried: vec![Carried {
                from: plan(),
                to: at("next.steps"),
                answer: text("Call"),
                rivals: vec![None, text("Write")],
            }],
            left: [Loss::Dropped, Loss::NoPlace, Loss::Taken]
                .map(|why| LeftBehind {
                    at: at("visit.why"),
                    answer: text("Nobody in"),
                    rivals: vec![text("Moved away")],
                    why,
                })
                .into(),
            warnings: vec![StillStands {
                from: at("visit.hours"),
                was: CheckId(0),
                to: at("visit.hours"),
                is: CheckId(1),
            }],
            remarks: vec![Remark {
                comment: CommentId(uuid(7)),
                at: at("next.steps"),
            }],
        }),
        json!({ "moved": {
            "form": form_ref_json(), "rule_pack": "wt2026", "rows": { "visit.callers": ["v-1"] },
            "carried": [{
                "from": "next.plan", "to": "next.steps", "answer": { "text": "Call" },
                "rivals": [null, { "text": "Write" }],
            }],
            "left": left,
            "warnings": [{ "from": "visit.hours", "was": 0, "to": "visit.hours", "is": 1 }],
            "remarks": [{ "comment": ID, "at": "next.steps" }],
        } }),
    );
    promise(
        &Body::Approved(Approved {
            signature: signature(),
            oversight: "Safe".to_owned(),
        }),
        json!({ "approved": { "signature": signature_json(), "oversight": "Safe" } }),
    );
    promise(
        &Body::Voided(Voided {
            reason: "Wrong family".to_owned(),
        }),
        json!({ "voided": { "reason": "Wrong family" } }),
    );
}

#[test]
fn people_and_their_roles() {
    promise(
        &tess(),
        json!({
            "id": "01990000-0000-7000-8000-0000000003eb", "name": "Tess", "roles": ["team_manager"],
            "team": "01990000-0000-7000-8000-0000000007d1",
        }),
    );
    for role in Role::ALL {
        promise(&role, json!(role.name()));
    }
}
