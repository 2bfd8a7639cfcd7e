//! What lists are made of.

use feel::Date;
use record::{Amount, Due, EventHash, Head, Left, RecordId, Running, Sent, Seq, Status, Summary};

use super::*;
use crate::desk::child;

#[test]
fn where_a_record_stands() {
    let (revision, at) = (revision_hash(), moment(NOON));
    promise(&Status::Draft, json!("draft"));
    promise(
        &Status::Waiting {
            revision,
            stage: 1,
            since: at,
        },
        json!({ "waiting": { "revision": HASH, "stage": 1, "since": NOON } }),
    );
    promise(
        &Status::Returned {
            revision,
            stage: 1,
            at,
        },
        json!({ "returned": { "revision": HASH, "stage": 1, "at": NOON } }),
    );
    promise(
        &Status::Approved { revision, at },
        json!({ "approved": { "revision": HASH, "at": NOON } }),
    );
    promise(
        &Status::Filed { revision, at },
        json!({ "filed": { "revision": HASH, "at": NOON } }),
    );
    promise(&Status::Voided { at }, json!({ "voided": { "at": NOON } }));
}

#[test]
fn what_is_due_and_what_is_left() {
    let day = Date::new(2026, 11, 19).unwrap();
    promise(&Due::EndOf(day), json!({ "end_of": "2026-11-19" }));
    promise(&Due::At(moment(NOON)), json!({ "at": NOON }));
    promise(
        &Left::Left(Amount::WorkingDays(1)),
        json!({ "left": { "working_days": 1 } }),
    );
    promise(&Left::Today, json!("today"));
    promise(&Left::Over(Amount::Hours(3)), json!({ "over": { "hours": 3 } }));
}

#[test]
fn a_summary() {
    let clock = Running {
        name: name("write_up"),
        label: "Write up".to_owned(),
        from: Date::new(2026, 11, 19).unwrap(),
        at: None,
        span: form::Span::WorkingDays(2),
    };
    let timed = Running {
        at: Some(moment(NOON)),
        span: form::Span::Hours(72),
        ..clock.clone()
    };
    let summary = Summary {
        record: RecordId(uuid(7)),
        form: form_ref(),
        subjects: vec![child("c-1", "Ada")],
        team: asha().team,
        status: Status::Draft,
        authors: vec![asha_ref()],
        signed: vec![asha_ref()],
        created_at: moment(NOON),
        changed_at: moment(NOON),
        sent: Some(Sent {
            by: asha_ref(),
            at: moment(NOON),
            number: 2,
        }),
        returns: 1,
        conflicts: 2,
        unanswered: 3,
        clocks: vec![clock, timed],
        happened: Some(Date::new(2026, 11, 19).unwrap()),
        head: Head {
            seq: Seq(9),
            hash: EventHash(hash()),
        },
    };
    promise(
        &summary,
        json!({
            "record": ID, "form": form_ref_json(), "subjects": [child_json()],
            "team": "01990000-0000-7000-8000-0000000007d1", "status": "draft", "authors": [asha_json()],
            "signed": [asha_json()], "created_at": NOON, "changed_at": NOON,
            "sent": { "by": asha_json(), "at": NOON, "number": 2 }, "returns": 1, "conflicts": 2, "unanswered": 3,
            "clocks": [{
                "name": "write_up", "label": "Write up", "from": "2026-11-19", "span": { "working_days": 2 },
            }, {
                "name": "write_up", "label": "Write up", "from": "2026-11-19", "at": NOON, "span": { "hours": 72 },
            }],
            "happened": "2026-11-19", "head": { "seq": 9, "hash": HASH },
        }),
    );
}
