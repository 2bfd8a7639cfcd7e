//! What is due when, and how much time is left.

use std::sync::Arc;

use engine::Session;
use feel::Date;
use form::{Answer, Answers, Body, Compound, Form, Kind, Span};
use proptest::prelude::*;
use record::{Amount, Calendar, Due, Left, Running, Timestamp, env};

use crate::desk::moment;
use crate::small_form::small_form;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn any_day() -> impl Strategy<Value = Date> {
    // 1 January 2015 to 31 December 2044.
    (16_436_i64..27_393).prop_map(|days| Date::from_days_since_1970(days).unwrap())
}

proptest! {
    #[test]
    fn what_is_left_agrees_with_when_it_passes(
        due in any_day(),
        millis in 1_420_070_400_000_i64..2_366_841_600_000,
        hours in any::<bool>(),
    ) {
        let now = Timestamp::from_millis(millis).unwrap();
        let due = if hours { Due::At(Timestamp::start_of_day_in_london(due).unwrap()) } else { Due::EndOf(due) };
        let left = Left::until(&Calendar::new(), due, now);
        prop_assert_eq!(left.is_over(), now >= due.passes_at());
        prop_assert!(!(left.is_over() && left.is_soon()));
        if let Due::EndOf(day) = due {
            prop_assert_eq!(left == Left::Today, day == now.day_in_london());
        }
    }
}

/// A moment as a question takes it, to the minute.
fn answered(moment: Timestamp) -> Answer {
    let shown = moment.in_london();
    let (date, time) = (shown.date(), shown.time());
    let parts = [
        date.day().to_string(),
        date.month().to_string(),
        date.year().to_string(),
    ];
    let time = format!("{}:{:02}", time.hour(), time.minute());
    let [day, month, year] = parts.each_ref().map(String::as_str);
    Answer::Compound(Compound::named([
        ("day", day),
        ("month", month),
        ("year", year),
        ("time", &time),
    ]))
}

proptest! {
    /// Where clocks show a time twice, the first is meant.
    #[test]
    fn a_clock_starts_at_the_very_moment_that_was_entered(
        minutes in 23_667_840_i64..39_446_400,
        near_change in any::<bool>(),
        hours in 1_u16..200,
    ) {
        // Around the night of 25 October 2026, in which clocks go back.
        let minutes = if near_change { 29_882_700 + minutes % 300 } else { minutes };
        let moment = Timestamp::from_millis(minutes * 60_000).unwrap();
        let earlier = Timestamp::from_millis((minutes - 60) * 60_000).unwrap();
        let first = if answered(earlier) == answered(moment) { earlier } else { moment };
        let running = started_at(answered(moment), Span::Hours(hours)).unwrap();
        prop_assert_eq!(running.at, Some(first));
        prop_assert_eq!(running.from, moment.day_in_london());
        let calendar = Calendar::new();
        prop_assert_eq!(running.due(&calendar), Due::At(first.after_hours(hours.into())));
        let days = started_at(answered(moment), Span::WorkingDays(hours)).unwrap();
        prop_assert_eq!(days.due(&calendar), Due::of_day(&calendar, running.from, Span::WorkingDays(hours)));
    }

    #[test]
    fn a_moment_is_read_back_from_what_clocks_show(millis in 0_i64..=Timestamp::LAST.as_millis()) {
        let moment = Timestamp::from_millis(millis).unwrap();
        prop_assert_eq!(Timestamp::of(moment.in_london()), Ok(moment));
    }
}

/// The clock of a form that asks nothing but when something was.
fn started_at(answer: Answer, span: Span) -> Option<Running> {
    let mut parts = (**small_form(&[])).clone();
    let starts = parts.clocks[0].starts;
    let Body::Field(field) = &mut parts.nodes.at_mut(starts).body else {
        unreachable!("a clock starts at a question")
    };
    field.kind = Kind::DateTime(form::kinds::DateTime {});
    parts.clocks[0].due = span;
    let form = Arc::new(Form::from_parts(parts).unwrap());
    let mut answers = Answers::default();
    answers.set(form.address(starts, &[]).unwrap(), Some(answer));
    let session = Session::new(form, env(&[], None, moment("2026-11-19T14:00:00.000Z")), &answers);
    record::clocks(&session).pop()
}

#[test]
fn a_moment_beyond_the_calendar_is_none() {
    for far in [
        "1969-12-31T23:59:59Z",
        "-999999999-01-01T00:00:00Z",
        "999999999-12-31T23:59:59Z",
    ] {
        assert!(Timestamp::of(far.parse().unwrap()).is_err(), "{far}");
    }
}

#[test]
fn each_span_ends_as_the_guidance_counts() {
    let calendar = Calendar::new();
    let from = moment("2026-01-31T17:30:00.000Z");
    let ends = |span: Span| match Due::of(&calendar, from, span) {
        Due::EndOf(day) => day.to_string(),
        Due::At(moment) => moment.to_string(),
    };
    assert_eq!(ends(Span::WorkingDays(1)), "2026-02-02");
    assert_eq!(ends(Span::Days(1)), "2026-02-01");
    assert_eq!(ends(Span::Weeks(6)), "2026-03-14");
    assert_eq!(ends(Span::Months(1)), "2026-02-28");
    assert_eq!(ends(Span::Months(25)), "2028-02-29");
    assert_eq!(ends(Span::Hours(72)), "2026-02-03T17:30:00.000Z");
    // The clocks go forward in these hours, which are elapsed ones.
    let from = day("2026-03-28");
    assert_eq!(
        Due::of_day(&calendar, from, Span::Hours(72)),
        Due::At(moment("2026-03-31T00:00:00.000Z"))
    );
    assert_eq!(
        Due::of_day(&calendar, from, Span::WorkingDays(1)),
        Due::EndOf(day("2026-03-30"))
    );
}

#[test]
fn a_day_is_over_when_it_ends_in_london() {
    let due = Due::EndOf(day("2026-07-01"));
    assert_eq!(due.passes_at(), moment("2026-07-01T23:00:00.000Z"));
    let left = |now: &str| Left::until(&Calendar::new(), due, moment(now)).to_string();
    assert_eq!(left("2026-07-01T22:59:59.999Z"), "Due today");
    assert_eq!(left("2026-07-01T23:00:00.000Z"), "1 working day over");
}

#[test]
fn what_is_left_reads_as_people_say_it() {
    let calendar = Calendar::new();
    let left = |due: &str, today: &str| {
        let now = Timestamp::start_of_day_in_london(day(today)).unwrap();
        Left::until(&calendar, Due::EndOf(day(due)), now).to_string()
    };
    assert_eq!(left("2026-11-20", "2026-11-19"), "1 working day left");
    assert_eq!(left("2026-11-23", "2026-11-19"), "2 working days left");
    assert_eq!(left("2026-11-19", "2026-11-19"), "Due today");
    assert_eq!(left("2026-11-18", "2026-11-19"), "1 working day over");
    assert_eq!(left("2026-11-19", "2026-11-23"), "2 working days over");
    assert_eq!(
        left("2026-11-22", "2026-11-21"),
        "Due before the next working day"
    );
    assert_eq!(
        left("2026-11-20", "2026-11-21"),
        "Over since the last working day"
    );
    let hours = |now: &str| {
        Left::until(
            &calendar,
            Due::At(moment("2026-11-19T12:00:00.000Z")),
            moment(now),
        )
        .to_string()
    };
    assert_eq!(hours("2026-11-19T07:00:00.000Z"), "5 hours left");
    assert_eq!(hours("2026-11-19T10:59:00.000Z"), "1 hour left");
    assert_eq!(hours("2026-11-19T11:30:00.000Z"), "Less than 1 hour left");
    assert_eq!(hours("2026-11-19T12:00:00.000Z"), "Less than 1 hour over");
    assert_eq!(hours("2026-11-20T12:00:00.000Z"), "24 hours over");
    assert!(Left::Left(Amount::WorkingDays(1)).is_soon() && !Left::Left(Amount::WorkingDays(2)).is_soon());
}

#[test]
fn dates_that_only_a_slip_can_make_are_told_at_once() {
    let calendar = Calendar::new();
    let (long_ago, far) = (day("1800-01-01"), Date::new(999_999_999, 12, 31).unwrap());
    assert_eq!(
        Due::of_day(&calendar, far, Span::WorkingDays(10)),
        Due::EndOf(far)
    );
    let left = |due| Left::until(&calendar, Due::EndOf(due), moment("2026-11-19T12:00:00.000Z"));
    assert!(!left(far).is_over() && left(far) != Left::Today);
    assert!(left(long_ago).is_over());
}
