//! The JSON of every request and response. An app that was opened before an upgrade still sends and reads these.

use std::fmt::Debug;

use feel::Date;
use form::{About, FormHash, Name, RowKey};
use record::{Action, Amount, Due, Fault, Left, Role, Sent, Seq, Status, Why};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wire::{
    ChildName, Demonstration, DemonstrationPerson, Events, Families, Family, FamilyId, FieldError, Files,
    FormEntry, Forms, Me, Outcome, PostCommands, Posted, Problem, ProblemCode, Refused, SignIn, SignOffItem,
    SignOffList, StartRecord, WorkItem, WorkList,
};

use crate::samples::*;

#[track_caller]
fn promise<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, json: Value) {
    assert_eq!(serde_json::to_value(value).unwrap(), json);
    assert_eq!(&serde_json::from_value::<T>(json).unwrap(), value);
}

fn ada() -> ChildName {
    ChildName::from(&child())
}

fn ada_json() -> Value {
    json!({ "id": "c-1", "first_name": "Ada", "family_name": "Moss" })
}

#[test]
fn signing_in() {
    let sign_in = SignIn {
        login: "asha".to_owned(),
        password: "hush".to_owned(),
    };
    assert!(!format!("{sign_in:?}").contains("hush"));
    promise(&sign_in, json!({ "login": "asha", "password": "hush" }));
    let actor = json!({ "id": ID, "name": "Asha", "roles": ["practitioner"], "team": ID });
    promise(
        &Me {
            actor: asha(),
            team_name: "North".to_owned(),
        },
        json!({ "actor": actor, "team_name": "North" }),
    );
    let person = DemonstrationPerson {
        login: "asha".to_owned(),
        password: "hush".to_owned(),
        name: "Asha".to_owned(),
        roles: vec![Role::Practitioner, Role::TeamManager],
        team_name: "North".to_owned(),
    };
    promise(
        &Demonstration {
            people: vec![person],
            kinds: Some(FormHash(hash())),
        },
        json!({ "people": [{
            "login": "asha", "password": "hush", "name": "Asha", "roles": ["practitioner", "team_manager"],
            "team_name": "North",
        }], "kinds": HASH }),
    );
    let without = Demonstration {
        people: Vec::new(),
        kinds: None,
    };
    promise(&without, json!({ "people": [] }));
}

#[test]
fn what_there_is_to_choose_from() {
    let form = FormEntry {
        hash: FormHash(hash()),
        name: Name::new("home_visit").unwrap(),
        version: 3,
        title: "Home visit".to_owned(),
        summary: Some("For every visit".to_owned()),
        about: About::Children,
    };
    promise(
        &Forms { forms: vec![form] },
        json!({ "forms": [{
            "hash": HASH, "name": "home_visit", "version": 3, "title": "Home visit", "summary": "For every visit",
            "about": "children",
        }] }),
    );
    let family = Family {
        id: FamilyId(uuid(7)),
        name: "Moss".to_owned(),
        children: vec![child()],
    };
    promise(
        &Families {
            families: vec![family],
        },
        json!({ "families": [{
            "id": ID, "name": "Moss",
            "children": [{ "id": "c-1", "first_name": "Ada", "family_name": "Moss", "born": "2021-05-04" }],
        }] }),
    );
}

#[test]
fn working_on_a_record() {
    let start = StartRecord {
        id: id(),
        record: record_id(),
        noted_at: moment(NOON),
        form: FormHash(hash()),
        subjects: vec![RowKey::new("c-1").unwrap()],
    };
    promise(
        &start,
        json!({ "id": ID, "record": ID, "noted_at": NOON, "form": HASH, "subjects": ["c-1"] }),
    );
    let commands = vec![command(Action::Void {
        reason: "Twice".to_owned(),
    })];
    let command_json = json!({ "id": ID, "noted_at": NOON, "action": { "void": { "reason": "Twice" } } });
    promise(
        &PostCommands {
            after: Seq(3),
            commands,
        },
        json!({ "after": 3, "commands": [command_json] }),
    );
    promise(
        &Events {
            events: vec![event()],
            head: head(),
        },
        json!({ "events": [event_json()], "head": head_json() }),
    );
    promise(&posted(), posted_json());
    promise(
        &Files { files: vec![hash()] },
        json!({ "files": [hash().to_string()] }),
    );
}

fn fault() -> Fault {
    Fault {
        address: at("next.plan"),
        why: Why::Wrong,
        message: "Write an answer".to_owned(),
    }
}

fn fault_json() -> Value {
    json!({ "address": "next.plan", "why": "wrong", "message": "Write an answer" })
}

fn refused() -> Refused {
    Refused {
        code: "not-ready".to_owned(),
        message: "Not yet".to_owned(),
        address: Some(at("next.plan")),
        faults: vec![fault()],
    }
}

fn refused_json() -> Value {
    json!({ "code": "not-ready", "message": "Not yet", "address": "next.plan", "faults": [fault_json()] })
}

fn posted() -> Posted {
    let outcomes = vec![
        Outcome::Taken {
            id: id(),
            seq: Seq(4),
        },
        Outcome::Refused {
            id: id(),
            refused: refused(),
        },
    ];
    Posted {
        outcomes,
        events: vec![event()],
        head: head(),
    }
}

fn posted_json() -> Value {
    json!({
        "outcomes": [{ "taken": { "id": ID, "seq": 4 } }, { "refused": { "id": ID, "refused": refused_json() } }],
        "events": [event_json()], "head": head_json(),
    })
}

#[test]
fn ones_own_records() {
    let item = WorkItem {
        record: record_id(),
        title: "Home visit".to_owned(),
        children: vec![ada()],
        status: Status::Draft,
        happened: Date::new(2026, 11, 18),
        changed_at: moment(NOON),
        sent: Some(Sent {
            by: asha_ref(),
            at: moment(NOON),
            number: 1,
        }),
        returns: 1,
        conflicts: 2,
        unanswered: 3,
        due: Date::new(2026, 11, 20).map(Due::EndOf),
        left: Some(Left::Left(Amount::WorkingDays(1))),
        head: head(),
    };
    promise(
        &WorkList { items: vec![item] },
        json!({ "items": [{
            "record": ID, "title": "Home visit", "children": [ada_json()], "status": "draft",
            "happened": "2026-11-18", "changed_at": NOON, "sent": { "by": asha_json(), "at": NOON, "number": 1 },
            "returns": 1, "conflicts": 2, "unanswered": 3, "due": { "end_of": "2026-11-20" },
            "left": { "left": { "working_days": 1 } }, "head": head_json(),
        }] }),
    );
}

#[test]
fn records_that_wait_for_a_decision() {
    let item = SignOffItem {
        record: record_id(),
        title: "Home visit".to_owned(),
        children: vec![ada()],
        happened: Date::new(2026, 11, 18),
        author: Some(asha_ref()),
        sent: Some(Sent {
            by: asha_ref(),
            at: moment(NOON),
            number: 1,
        }),
        returns: 1,
        since: moment(NOON),
        waited: 3,
        due: Some(Due::At(moment(NOON))),
        left: Some(Left::Today),
        barred: Some(refused()),
        head: head(),
    };
    promise(
        &SignOffList { items: vec![item] },
        json!({ "items": [{
            "record": ID, "title": "Home visit", "children": [ada_json()], "happened": "2026-11-18",
            "author": asha_json(), "sent": { "by": asha_json(), "at": NOON, "number": 1 }, "returns": 1,
            "since": NOON, "waited": 3, "due": { "at": NOON }, "left": "today", "barred": refused_json(),
            "head": head_json(),
        }] }),
    );
}

#[test]
fn a_problem() {
    let problem = Problem {
        errors: vec![FieldError {
            pointer: "/login".to_owned(),
            detail: "Enter your user name".to_owned(),
        }],
        faults: vec![fault()],
        posted: Some(Box::new(posted())),
        ..Problem::new(ProblemCode::Invalid)
            .detail("Look again")
            .instance("req-1")
    };
    promise(
        &problem,
        json!({
            "type": "/problems/invalid", "title": "The request is not as it should be", "status": 422,
            "detail": "Look again", "instance": "req-1", "code": "invalid",
            "errors": [{ "pointer": "/login", "detail": "Enter your user name" }],
            "faults": [fault_json()], "posted": posted_json(),
        }),
    );
    promise(
        &Problem::new(ProblemCode::NotFound),
        json!({ "type": "/problems/not-found", "title": "There is nothing here", "status": 404, "code": "not-found" }),
    );
}

#[test]
fn the_codes_of_problems() {
    let codes: Vec<(&str, u16)> = ProblemCode::ALL
        .iter()
        .map(|code| (code.code(), code.status()))
        .collect();
    assert_eq!(
        codes,
        [
            ("malformed", 400),
            ("not-signed-in", 401),
            ("wrong-password", 401),
            ("forbidden", 403),
            ("not-found", 404),
            ("wrong-method", 405),
            ("too-large", 413),
            ("wrong-type", 415),
            ("invalid", 422),
            ("other-content", 422),
            ("no-such-form", 422),
            ("no-such-child", 422),
            ("too-many", 429),
            ("internal", 500),
            ("unavailable", 503),
        ]
    );
}

#[test]
fn what_a_reader_does_not_know_it_leaves_alone() {
    let newer = json!({ "events": [], "head": head_json(), "weather": "fine" });
    assert_eq!(
        serde_json::from_value::<Events>(newer).unwrap(),
        Events {
            events: Vec::new(),
            head: head()
        }
    );
}
