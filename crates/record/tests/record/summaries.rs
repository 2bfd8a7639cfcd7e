//! What lists are made of.

use std::sync::Arc;

use form::Form;
use record::{Calendar, Due, Refusal, Role, State, Summary};

use crate::desk::{Desk, asha, at, ben, dee, olu, sam, tess, text, theo};
use crate::small_form::small_form;

fn summary(desk: &Desk) -> Summary {
    Summary::of(&desk.state, &desk.form)
}

fn due(desk: &Desk) -> Option<Due> {
    summary(desk).due(&Calendar::new())
}

fn end_of(day: &str) -> Option<Due> {
    Some(Due::EndOf(day.parse().unwrap()))
}

#[test]
fn a_draft_is_due_when_its_clock_runs_out_and_a_decision_when_its_stage_does() {
    let mut desk = Desk::new();
    assert_eq!(due(&desk), None);
    desk.answer(&asha(), "visit.date", crate::desk::date("19", "11", ""));
    assert_eq!(due(&desk), None);
    desk.fill(&asha());
    // Thursday 19 November, and two working days.
    assert_eq!(due(&desk), end_of("2026-11-23"));
    desk.now = crate::desk::moment("2026-11-20T23:30:00.000Z");
    desk.submit(&asha()).unwrap();
    assert_eq!(due(&desk), end_of("2026-11-24"));
    desk.send_back(&tess());
    assert_eq!(due(&desk), end_of("2026-11-23"));
    desk.submit(&asha()).unwrap();
    desk.approve(&tess()).unwrap();
    assert_eq!(due(&desk), None);
}

/// A date that somebody entered and that is no longer asked for is kept, and starts nothing.
#[test]
fn a_date_that_is_not_shown_starts_no_clock() {
    let mut parts = (**small_form(&["team_manager"])).clone();
    let outcome = parts
        .nodes
        .iter()
        .find(|(_, node)| node.name.as_str() == "outcome")
        .unwrap()
        .0;
    let completed = feel::Expr::Compare(
        feel::syntax::Comparison::Equal,
        Box::new([
            feel::Expr::Slot(form::Meaning::Node(outcome).slot()),
            feel::Expr::Value(feel::Value::Text("completed".into())),
        ]),
    );
    parts.rules.push(form::Rule {
        target: parts.clocks[0].starts,
        aspect: form::Aspect::Shown,
        formula: form::Formula::Expr(completed),
    });
    let mut desk = Desk::with_forms(vec![Arc::new(Form::from_parts(parts).unwrap())]);
    desk.answer(&asha(), "visit.date", crate::desk::date("19", "11", "2026"));
    assert_eq!(due(&desk), None);
    desk.answer(&asha(), "visit.outcome", crate::desk::code("completed"));
    assert_eq!(due(&desk), end_of("2026-11-23"));
    desk.answer(&asha(), "visit.outcome", crate::desk::code("no_answer"));
    assert_eq!(due(&desk), None);
}

#[test]
fn a_summary_counts_what_lists_show() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    desk.fill(&asha());
    desk.ask(
        &ben(),
        record::Action::answer(&before, at("next.plan"), text("Another plan")),
    )
    .unwrap();
    assert_eq!(summary(&desk).conflicts, 1);
    desk.answer(&ben(), "next.plan", text("One plan"));
    desk.submit(&ben()).unwrap();
    desk.send_back(&tess());
    let returned = summary(&desk);
    assert_eq!(
        (returned.returns, returned.unanswered, returned.conflicts),
        (1, 1, 0)
    );
    desk.submit(&asha()).unwrap();
    let sent = summary(&desk);
    assert_eq!((sent.returns, sent.unanswered), (1, 0));
    assert_eq!(
        sent.sent.as_ref().map(|sent| (sent.number, sent.by.id)),
        Some((2, asha().id))
    );
    assert_eq!(
        sent.authors.iter().map(|author| author.id).collect::<Vec<_>>(),
        [asha().id, ben().id]
    );
    assert_eq!(sent.head, desk.state.head());
}

#[test]
fn a_record_waits_for_the_role_of_its_stage_and_bars_who_wrote_or_signed() {
    let mut desk = Desk::with_stages(&["team_manager", "service_manager"]);
    desk.fill(&asha());
    desk.answer(&theo(), "next.plan", text("Theo's plan"));
    desk.submit(&asha()).unwrap();
    let waits =
        |desk: &Desk| [ben(), tess(), theo(), sam(), olu(), dee()].map(|one| summary(desk).waits_for(&one));
    assert_eq!(waits(&desk), [false, true, true, false, false, false]);
    assert_eq!(summary(&desk).bars(&tess()), None);
    assert_eq!(summary(&desk).bars(&theo()), Some(Refusal::OwnWork));
    desk.approve(&tess()).unwrap();
    assert_eq!(waits(&desk), [false, false, true, true, false, false]);
    assert_eq!(summary(&desk).bars(&tess()), Some(Refusal::DecidedBefore));
    assert_eq!(summary(&desk).bars(&sam()), None);
}

#[test]
fn records_are_seen_by_their_team_their_authors_and_who_sees_every_team() {
    let mut desk = Desk::new();
    let seen = |desk: &Desk| {
        [asha(), ben(), tess(), sam(), olu(), dee()].map(|one| summary(desk).may_be_seen_by(&one))
    };
    assert_eq!(seen(&desk), [true, true, true, true, false, false]);
    desk.answer(&ben(), "next.plan", text("Ben was here"));
    let moved = record::Actor {
        team: olu().team,
        ..ben()
    };
    assert!(summary(&desk).may_be_seen_by(&moved));
    // Whoever may see every team does not write in them.
    let state: &State = &desk.state;
    assert!(!sam().may_write(state.created().team, state.authors()));
    assert!(moved.may_write(state.created().team, state.authors()));
    assert!(Role::ALL.iter().all(|role| !role.permissions().is_empty()));
}
