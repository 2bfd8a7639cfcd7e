//! What no app sends: places that are not there, ids that are taken, another form.

use form::Answer;
use proptest::prelude::*;
use record::{Action, Command, EventId, Refusal, Seq};

use crate::desk::{Desk, asha, at, ben, code, key, text, uuid};
use crate::small_form::small_form;

#[test]
fn an_edit_of_what_is_not_there_is_refused_by_name() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    for (address, expected) in [
        ("visit.nothing", Refusal::NoSuchPlace(at("visit.nothing"))),
        ("outcome", Refusal::NoSuchPlace(at("outcome"))),
        (
            "visit.outcome.outcome",
            Refusal::NoSuchPlace(at("visit.outcome.outcome")),
        ),
        ("visit[x].outcome", Refusal::NoSuchPlace(at("visit[x].outcome"))),
        // A row is reached by its key, not by the name of the node that stands for rows.
        ("children.row.seen", Refusal::NoSuchPlace(at("children.row.seen"))),
        ("children.seen", Refusal::NoSuchPlace(at("children.seen"))),
        ("children[c-9].seen", Refusal::NoSuchRow(at("children[c-9].seen"))),
        (
            "visit.visitors[v].name",
            Refusal::NoSuchRow(at("visit.visitors[v].name")),
        ),
        (
            "visit.visitors[v].remarks[r].text",
            Refusal::NoSuchRow(at("visit.visitors[v].remarks[r].text")),
        ),
        ("visit", Refusal::NotAQuestion(at("visit"))),
        ("children", Refusal::NotAQuestion(at("children"))),
        ("children[c-1]", Refusal::NotAQuestion(at("children[c-1]"))),
        ("visit.advice", Refusal::NotAQuestion(at("visit.advice"))),
        ("visit.imported", Refusal::NotAQuestion(at("visit.imported"))),
    ] {
        let action = Action::Answer {
            address: at(address),
            answer: text("x"),
            over: Vec::new(),
        };
        assert_eq!(desk.ask(&asha(), action), Err(expected), "{address}");
    }
    for address in ["children", "visit", "visit.outcome"] {
        let action = Action::AddRow {
            address: at(address),
            key: key("c-3"),
            before: None,
        };
        assert_eq!(desk.ask(&asha(), action), Err(Refusal::NotARepeat(at(address))));
        let action = Action::RemoveRow {
            address: at(address),
            key: key("c-1"),
            over: Vec::new(),
        };
        assert_eq!(desk.ask(&asha(), action), Err(Refusal::NotARepeat(at(address))));
    }
    let action = Action::RemoveRow {
        address: at("visit.visitors"),
        key: key("v"),
        over: Vec::new(),
    };
    assert_eq!(
        desk.ask(&asha(), action),
        Err(Refusal::NoSuchRow(at("visit.visitors")))
    );
    assert_eq!(desk.state, before);
}

#[test]
fn a_blank_answer_is_none_and_another_kinds_answer_is_kept() {
    let mut desk = Desk::new();
    desk.answer(&asha(), "next.plan", text("  \n"));
    assert_eq!(desk.state.answers().values.len(), 0);
    desk.answer(&asha(), "visit.date", code("completed"));
    assert_eq!(
        desk.state.answers().values[&at("visit.date")],
        Answer::Code("completed".to_owned())
    );
    assert!(matches!(desk.submit(&asha()), Err(Refusal::NotReady(_))));
}

#[test]
fn an_id_is_used_once() {
    let mut desk = Desk::new();
    let action = Action::answer(&desk.state, at("next.plan"), text("Call"));
    let command = desk.command(action);
    assert_eq!(desk.send(&asha(), &command), Ok(Seq(2)));
    assert_eq!(desk.send(&asha(), &command), Ok(Seq(2)));
    assert_eq!(desk.events.len(), 2);
    assert_eq!(desk.send(&ben(), &command), Err(Refusal::IdTaken));
    let noted_at = desk.events[0].noted_at;
    assert_eq!(
        desk.send(&asha(), &Command { noted_at, ..command }),
        Err(Refusal::IdTaken)
    );
}

#[test]
fn a_record_keeps_to_its_form() {
    let mut desk = Desk::new();
    let other = small_form(&["team_manager", "service_manager"]);
    desk.forms = [(other.hash(), other)].into();
    let action = Action::answer(&desk.state, at("next.plan"), text("Call"));
    assert_eq!(desk.ask(&asha(), action), Err(Refusal::OtherForm));
}

#[test]
fn events_that_cannot_follow_do_not_fold() {
    let mut desk = Desk::new();
    desk.fill(&asha());
    let before = desk.state.clone();
    let events = desk.events.clone();
    for event in &events {
        assert_eq!(desk.state.apply(event), Err(record::Unfit::NotNext));
    }
    assert_eq!(record::State::fold(&events[1..]), Err(record::Unfit::NotStarted));
    assert_eq!(record::State::fold(&[]), Err(record::Unfit::NotStarted));
    assert_eq!(desk.state, before);

    // A store that was tampered with may hold a signature that was never decided.
    desk.submit(&asha()).unwrap();
    let mut honest = desk.clone();
    honest.approve(&crate::desk::tess()).unwrap();
    let mut forged = honest.events.pop().unwrap();
    forged.actor = forged.actor.clone();
    let record::Body::Approved(approved) = &mut forged.body else {
        panic!("not signed")
    };
    approved.signature.by = (&asha()).into();
    forged.actor = (&asha()).into();
    assert_eq!(desk.state.apply(&forged), Err(record::Unfit::NotTheirs));
}

fn weird_address() -> impl Strategy<Value = form::Address> {
    let step = prop::sample::select(vec![
        "visit",
        "children",
        "children[c-1]",
        "children[zz]",
        "row",
        "row[c-1]",
        "visitors",
        "visitors[v]",
        "remarks",
        "remarks[v]",
        "seen",
        "outcome",
        "text",
        "a",
        "zz[0]",
    ]);
    prop::collection::vec(step, 1..6).prop_map(|steps| steps.join(".").parse().unwrap())
}

proptest! {
    #[test]
    fn no_address_makes_a_decision_panic(address in weird_address(), comment in any::<bool>()) {
        let mut desk = Desk::new();
        let before = desk.state.clone();
        let over = vec![EventId(uuid(404))];
        let actions = [
            Action::Answer { address: address.clone(), answer: text("x"), over: over.clone() },
            Action::AddRow { address: address.clone(), key: key("v"), before: Some(key("w")) },
            Action::RemoveRow { address: address.clone(), key: key("v"), over },
        ];
        for action in actions {
            let taken = desk.ask(&asha(), action).is_ok();
            prop_assert_eq!(taken, desk.state != before);
            desk.state = before.clone();
        }
        if comment {
            desk.fill(&asha());
            desk.submit(&asha()).unwrap();
            let before = desk.state.clone();
            let id = record::CommentId(uuid(7));
            let comments = vec![record::Comment { id, address, text: "Hm".to_owned() }];
            let reasons = vec![record::ReturnReason::Fact];
            let revision = desk.waiting();
            let action = Action::Return { revision, reasons, note: String::new(), comments };
            let taken = desk.ask(&crate::desk::tess(), action).is_ok();
            prop_assert_eq!(taken, desk.state != before);
        }
    }
}
