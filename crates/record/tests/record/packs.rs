//! A record keeps to the rule pack that was in force when it began, whatever came into force since.

use std::sync::Arc;

use engine::Session;
use form::{DateParts, Form, RulePack, Span, Term, TermId, TermValue};
use record::{Calendar, Due, EventId, Moved, RecordId, Start, State, Summary, start};

use crate::desk::{asha, at, child, moment, uuid};
use crate::small_form::{name, small_form};

/// The small form, with a clock that runs as two packs say: the later one from April 2027 on.
fn form() -> Arc<Form> {
    let mut parts = (**small_form(&["team_manager"])).clone();
    let pack = |called: &str, from, length| RulePack {
        name: name(called),
        title: called.to_owned(),
        from,
        terms: vec![Term {
            name: name("write_up_limit"),
            value: TermValue::Length(length),
        }],
    };
    let day = |year, month, day| feel::Date::new(year, month, day).unwrap();
    parts.packs = vec![
        pack("wt2023", day(2023, 12, 15), Span::WorkingDays(2)),
        pack("wt2027", day(2027, 4, 1), Span::Weeks(1)),
    ];
    for clock in &mut parts.clocks {
        clock.term = Some(TermId(0));
    }
    Arc::new(Form::from_parts(parts).unwrap())
}

/// The pack of a record that began at this moment, and when its first clock is due, which began on 12 April 2027.
fn begun(noted_at: &str) -> (Option<String>, Vec<Due>) {
    let form = form();
    let begin = Start {
        id: EventId(uuid(1)),
        record: RecordId(uuid(3_001)),
        noted_at: moment(noted_at),
        subjects: vec![child("c-1", "Ada")],
        rule_pack: None,
    };
    let event = start(&form, begin, &asha(), moment("2027-04-14T09:00:00.000Z")).unwrap();
    let state = State::begin(&event).unwrap();
    let pack = state.created().rule_pack.clone();
    let starts = form.address(form.clocks[0].starts, &[]).unwrap();
    assert!(at(starts.as_str()) == starts && Summary::of(&state, &form).clocks.is_empty());
    let mut answers = state.answers().clone();
    let day = feel::Date::new(2027, 4, 12).unwrap();
    answers.set(starts, Some(form::Answer::Date(DateParts::of(day))));
    let env = state.env(moment("2027-04-14T09:00:00.000Z"));
    let running = record::clocks(&Session::new(Arc::clone(&form), env, &answers));
    let dues = running.iter().map(|clock| clock.due(&Calendar::new())).collect();
    assert_eq!(state.env(moment("2028-01-01T00:00:00.000Z")).rule_pack, pack);
    (pack.map(|pack| pack.to_string()), dues)
}

#[test]
fn a_record_keeps_to_the_pack_in_force_when_it_began() {
    let due = |day| vec![Due::EndOf(feel::Date::new(2027, 4, day).unwrap())];
    let old = Some("wt2023".to_owned());
    let new = Some("wt2027".to_owned());
    // In London, 1 April 2027 begins an hour before it does in Greenwich.
    assert_eq!(begun("2027-03-31T22:59:59.999Z"), (old.clone(), due(14)));
    assert_eq!(begun("2027-03-31T23:00:00.000Z"), (new, due(19)));
    // Before there was any, the first counts.
    assert_eq!(begun("2020-01-01T09:00:00.000Z"), (old, due(14)));
}

#[test]
fn a_record_that_moves_to_a_later_version_keeps_its_pack_as_long_as_that_has_it() {
    let old = form();
    let begin = Start {
        id: EventId(uuid(1)),
        record: RecordId(uuid(3_001)),
        noted_at: moment("2026-11-19T14:00:00.000Z"),
        subjects: vec![child("c-1", "Ada")],
        rule_pack: None,
    };
    let event = start(&old, begin, &asha(), moment("2027-04-14T09:00:00.000Z")).unwrap();
    let state = State::begin(&event).unwrap();
    let moved = |change: &dyn Fn(&mut Vec<RulePack>)| {
        let mut parts = (**old).clone();
        parts.version = 2;
        change(&mut parts.packs);
        let new = Form::from_parts(parts).unwrap();
        Moved::of(&state, &old, &new).unwrap().rule_pack
    };
    assert_eq!(moved(&|_| {}), Some(name("wt2023")));
    let dropped = moved(&|packs| drop(packs.remove(0)));
    assert_eq!(
        dropped,
        Some(name("wt2027")),
        "the one in force that day, or the first"
    );
}
