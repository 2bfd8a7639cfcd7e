//! What waits in the outboxes of devices.

use record::{Action, Command, EventHash, ReturnReason};

use super::*;
use crate::desk::{key, text};

#[test]
fn everything_that_is_asked_for() {
    let ask = |action, json: Value| {
        let command = Command {
            id: id(),
            noted_at: moment(NOON),
            form: None,
            action,
        };
        promise(&command, json!({ "id": ID, "noted_at": NOON, "action": json }));
        let written_in = Command {
            form: Some(form::FormHash(hash())),
            ..command
        };
        promise(
            &written_in,
            json!({ "id": ID, "noted_at": NOON, "form": HASH, "action": json }),
        );
    };
    ask(
        Action::Answer {
            address: plan(),
            answer: text("Call"),
            over: vec![id()],
        },
        json!({ "answer": { "address": "next.plan", "answer": { "text": "Call" }, "over": [ID] } }),
    );
    let (address, before) = (at("visit.visitors"), None);
    ask(
        Action::AddRow {
            address: address.clone(),
            key: key("v-1"),
            before,
        },
        json!({ "add_row": { "address": "visit.visitors", "key": "v-1" } }),
    );
    ask(
        Action::RemoveRow {
            address,
            key: key("v-1"),
            over: vec![id()],
        },
        json!({ "remove_row": { "address": "visit.visitors", "key": "v-1", "over": [ID] } }),
    );
    ask(
        Action::Acknowledge(acknowledgement()),
        json!({ "acknowledge": acknowledgement_json() }),
    );
    ask(
        Action::Submit {
            draft: record::DraftHash(hash()),
        },
        json!({ "submit": { "draft": HASH } }),
    );
    ask(
        Action::Return {
            revision: revision_hash(),
            reasons: vec![ReturnReason::Plan],
            note: String::new(),
            comments: vec![comment()],
        },
        json!({ "return": { "revision": HASH, "reasons": ["RR08"], "comments": [comment_json()] } }),
    );
    ask(
        Action::Reply {
            comment: CommentId(uuid(7)),
            text: "Monday".to_owned(),
        },
        json!({ "reply": { "comment": ID, "text": "Monday" } }),
    );
    ask(
        Action::Move {
            form: form::FormHash(hash()),
            seen: EventHash(hash()),
        },
        json!({ "move": { "form": HASH, "seen": HASH } }),
    );
    ask(
        Action::Approve {
            revision: revision_hash(),
            oversight: "Safe".to_owned(),
        },
        json!({ "approve": { "revision": HASH, "oversight": "Safe" } }),
    );
    ask(
        Action::Void {
            reason: "Twice".to_owned(),
        },
        json!({ "void": { "reason": "Twice" } }),
    );
}
