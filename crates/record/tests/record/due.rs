//! What is due when, and how much time is left.

use feel::Date;
use form::Span;
use proptest::prelude::*;
use record::{Amount, Calendar, Due, Left, Timestamp};

use crate::desk::moment;

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
