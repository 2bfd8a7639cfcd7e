//! Two people, two devices, one record: different questions merge, and the same question keeps both answers.

use form::Answer;
use record::{Action, Body, Command, Refusal, State, Why};

use crate::desk::{Desk, asha, at, ben, code, key, tess, text};

const PLAN: &str = "next.plan";

fn standing_texts(state: &State) -> Vec<String> {
    let answer = state.answers().values.get(&at(PLAN));
    let rivals = state
        .draft()
        .rivals(&at(PLAN))
        .iter()
        .map(|rival| rival.answer.as_ref());
    let all = std::iter::once(answer).chain(rivals);
    all.map(|answer| match answer {
        Some(Answer::Text(text)) => text.clone(),
        None => String::new(),
        other => panic!("{other:?}"),
    })
    .collect()
}

#[test]
fn different_questions_merge() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    desk.answer(&asha(), PLAN, text("Call the school"));
    desk.ask(
        &ben(),
        Action::answer(&before, at("visit.outcome"), code("partly")),
    )
    .unwrap();
    assert_eq!(desk.state.draft().conflicts().len(), 0);
    assert_eq!(desk.state.answers().values.len(), 2);
    assert_eq!(
        desk.state.draft().given(&at("visit.outcome")).unwrap().by.id,
        ben().id
    );
}

#[test]
fn the_same_question_keeps_both_until_someone_who_saw_both_decides() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    desk.answer(&asha(), PLAN, text("Call the school"));
    desk.ask(&ben(), Action::answer(&before, at(PLAN), text("Call the nurse")))
        .unwrap();
    assert!(matches!(desk.events.last().unwrap().body, Body::Conflicting(_)));
    assert_eq!(standing_texts(&desk.state), ["Call the school", "Call the nurse"]);
    assert_eq!(desk.state.draft().rivals(&at(PLAN))[0].given.by.id, ben().id);

    // It cannot be sent while both stand.
    desk.answer(&asha(), "visit.outcome", code("completed"));
    let Err(Refusal::NotReady(faults)) = desk.submit(&asha()) else {
        panic!("it was sent")
    };
    assert!(
        faults
            .iter()
            .any(|fault| fault.why == Why::Conflict && fault.address == at(PLAN))
    );

    // Whoever saw both may keep either, or write a third.
    desk.answer(&ben(), PLAN, text("Call the school, then the nurse"));
    assert_eq!(standing_texts(&desk.state), ["Call the school, then the nurse"]);
    assert_eq!(desk.state.draft().conflicts().len(), 0);
}

#[test]
fn keeping_the_answer_that_stands_decides_too() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    desk.answer(&asha(), PLAN, text("Call the school"));
    desk.ask(&ben(), Action::answer(&before, at(PLAN), text("Call the nurse")))
        .unwrap();
    desk.answer(&asha(), PLAN, text("Call the school"));
    assert_eq!(standing_texts(&desk.state), ["Call the school"]);
}

#[test]
fn somebody_who_saw_only_one_decides_nothing_about_the_other() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    desk.answer(&asha(), PLAN, text("Call the school"));
    let between = desk.state.clone();
    desk.ask(&ben(), Action::answer(&before, at(PLAN), text("Call the nurse")))
        .unwrap();
    desk.ask(
        &asha(),
        Action::answer(&between, at(PLAN), text("Call the school at nine")),
    )
    .unwrap();
    assert_eq!(
        standing_texts(&desk.state),
        ["Call the school at nine", "Call the nurse"]
    );
}

/// Two edits that a device without a signal has not sent yet, each over the one before it.
fn typed_on(desk: &mut Desk, before: &State) -> [Command; 2] {
    let first = desk.command(Action::answer(before, at(PLAN), text("Call")));
    let over = vec![first.id];
    let second = desk.command(Action::Answer {
        address: at(PLAN),
        answer: text("Call the nurse"),
        over,
    });
    [first, second]
}

#[test]
fn what_one_types_on_without_a_signal_stays_one_answer() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    for command in typed_on(&mut desk, &before) {
        desk.send(&ben(), &command).unwrap();
    }
    assert_eq!(standing_texts(&desk.state), ["Call the nurse"]);
}

#[test]
fn what_one_types_on_without_a_signal_stays_one_rival() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    desk.answer(&asha(), PLAN, text("Call the school"));
    for command in typed_on(&mut desk, &before) {
        desk.send(&ben(), &command).unwrap();
    }
    assert_eq!(standing_texts(&desk.state), ["Call the school", "Call the nurse"]);
}

#[test]
fn the_same_person_on_another_device_is_another() {
    let mut desk = Desk::new();
    let on_the_phone = desk.state.clone();
    desk.answer(&asha(), PLAN, text("Typed on the laptop"));
    desk.ask(
        &asha(),
        Action::answer(&on_the_phone, at(PLAN), text("Typed on the phone")),
    )
    .unwrap();
    assert_eq!(
        standing_texts(&desk.state),
        ["Typed on the laptop", "Typed on the phone"]
    );
}

#[test]
fn equal_answers_agree() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    desk.answer(&asha(), PLAN, text("Call the school"));
    desk.ask(&ben(), Action::answer(&before, at(PLAN), text("Call the school")))
        .unwrap();
    assert_eq!(standing_texts(&desk.state), ["Call the school"]);

    // Both edits stand, so whoever saw either may go on.
    let ids: Vec<_> = desk.events.iter().skip(1).map(|event| event.id).collect();
    let over = vec![ids[0]];
    desk.ask(
        &asha(),
        Action::Answer {
            address: at(PLAN),
            answer: text("Call the school at nine"),
            over,
        },
    )
    .unwrap();
    assert_eq!(standing_texts(&desk.state), ["Call the school at nine"]);
}

#[test]
fn rivals_that_come_to_agree_are_none() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    desk.answer(&asha(), PLAN, text("A"));
    desk.ask(&ben(), Action::answer(&before, at(PLAN), text("B")))
        .unwrap();
    desk.ask(&tess(), Action::answer(&before, at(PLAN), text("B")))
        .unwrap();
    assert_eq!(standing_texts(&desk.state), ["A", "B"]);
    // Asha, who has not seen B, writes the same.
    let a = desk.events[1].id;
    desk.ask(
        &asha(),
        Action::Answer {
            address: at(PLAN),
            answer: text("B"),
            over: vec![a],
        },
    )
    .unwrap();
    assert_eq!(standing_texts(&desk.state), ["B"]);
}

#[test]
fn a_cleared_answer_can_be_rivalled_and_a_blank_one_gives_way() {
    let mut desk = Desk::new();
    desk.answer(&asha(), PLAN, text("A"));
    let before = desk.state.clone();
    desk.answer(&asha(), PLAN, None);
    desk.ask(&ben(), Action::answer(&before, at(PLAN), text("A, and more")))
        .unwrap();
    assert_eq!(standing_texts(&desk.state), ["", "A, and more"]);

    // Who never saw an answer saw a blank, and that is what stands.
    let mut desk = Desk::new();
    let blank = desk.state.clone();
    desk.answer(&asha(), PLAN, text("A"));
    desk.answer(&asha(), PLAN, None);
    desk.ask(&ben(), Action::answer(&blank, at(PLAN), text("B")))
        .unwrap();
    assert_eq!(standing_texts(&desk.state), ["B"]);
}

#[test]
fn a_row_is_not_removed_over_what_was_not_seen() {
    let mut desk = Desk::new();
    let visitors = || at("visit.visitors");
    desk.ask(
        &asha(),
        Action::AddRow {
            address: visitors(),
            key: key("v-1"),
            before: None,
        },
    )
    .unwrap();
    desk.answer(&asha(), "visit.visitors[v-1].name", text("Gran"));
    let before = desk.state.clone();
    let nested = at("visit.visitors[v-1].remarks");
    desk.ask(
        &ben(),
        Action::AddRow {
            address: nested,
            key: key("r-1"),
            before: None,
        },
    )
    .unwrap();
    desk.answer(
        &ben(),
        "visit.visitors[v-1].remarks[r-1].text",
        text("Stayed for tea"),
    );

    let unseen = Action::remove_row(&before, visitors(), key("v-1"));
    assert_eq!(desk.ask(&asha(), unseen), Err(Refusal::RowNotSeen(visitors())));

    let seen = Action::remove_row(&desk.state, visitors(), key("v-1"));
    desk.ask(&asha(), seen).unwrap();
    assert_eq!(desk.state.answers(), &form::Answers::default());

    // Whoever still writes in it is told, and keeps the text.
    let late = Action::answer(&before, at("visit.visitors[v-1].name"), text("Grandmother"));
    assert_eq!(
        desk.ask(&ben(), late),
        Err(Refusal::NoSuchRow(at("visit.visitors[v-1].name")))
    );
}

#[test]
fn rows_stand_in_the_order_in_which_they_were_put() {
    let mut desk = Desk::new();
    let mut add = |key_text: &str, before: Option<&str>| {
        let before = before.map(key);
        desk.ask(
            &asha(),
            Action::AddRow {
                address: at("visit.visitors"),
                key: key(key_text),
                before,
            },
        )
    };
    add("a", None).unwrap();
    add("b", Some("a")).unwrap();
    // The row it was to stand before is gone: it stands at the end.
    add("c", Some("gone")).unwrap();
    assert_eq!(add("c", None), Err(Refusal::RowExists(at("visit.visitors"))));
    assert_eq!(add("d", None), Err(Refusal::TooManyRows(at("visit.visitors"))));
    assert_eq!(
        desk.state.answers().rows[&at("visit.visitors")],
        ["b", "a", "c"].map(key)
    );
}
