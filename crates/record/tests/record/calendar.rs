//! Working days, against published vectors, the published holidays and the laws of counting.

use std::collections::BTreeSet;

use feel::Date;
use form::Span;
use proptest::prelude::*;
use record::{Amount, Calendar, Due, Left, Timestamp};
use serde_json::Value;

use crate::desk::moment;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn any_day() -> impl Strategy<Value = Date> {
    // 1 January 2015 to 31 December 2044.
    (16_436_i64..27_393).prop_map(|days| Date::from_days_since_1970(days).unwrap())
}

#[test]
fn every_vector_holds() {
    let vectors = json(include_str!("data/test-vectors.json"));
    let vectors = vectors["working_days_england_wales"].as_array().unwrap();
    assert!(vectors.len() >= 8);
    for vector in vectors {
        let start = day(vector["start"].as_str().unwrap());
        let days = u32::try_from(vector["add"].as_u64().unwrap()).unwrap();
        let result = Calendar::new().add(start, days);
        assert_eq!(result, day(vector["result"].as_str().unwrap()), "{vector}");
        assert_eq!(Calendar::new().count(start, result), i64::from(days), "{vector}");
    }
}

#[test]
fn the_rules_give_the_published_holidays() {
    let published = json(include_str!("data/bank-holidays.json"));
    let events = published["england-and-wales"]["events"].as_array().unwrap();
    let published: BTreeSet<Date> = events
        .iter()
        .map(|event| day(event["date"].as_str().unwrap()))
        .collect();
    let calendar = Calendar::new();
    let mut today = day("2019-01-01");
    let mut computed = BTreeSet::new();
    while today <= day("2035-12-31") {
        if calendar.is_bank_holiday(today) {
            computed.insert(today);
        }
        today = today.add_days(1).unwrap();
    }
    assert_eq!(computed, published);
}

#[test]
fn days_moved_and_added_before_2019_are_known() {
    let calendar = Calendar::new();
    for moved in [
        "1995-05-08",
        "1999-12-31",
        "2002-06-03",
        "2002-06-04",
        "2011-04-29",
        "2012-06-04",
        "2012-06-05",
    ] {
        assert!(calendar.is_bank_holiday(day(moved)), "{moved}");
    }
    for from in ["1995-05-01", "2002-05-27", "2012-05-28"] {
        assert!(!calendar.is_bank_holiday(day(from)), "{from}");
    }
}

proptest! {
    #[test]
    fn adding_and_counting_undo_each_other(from in any_day(), days in 0_u32..400) {
        let calendar = Calendar::new();
        let end = calendar.add(from, days);
        prop_assert_eq!(calendar.count(from, end), i64::from(days));
        prop_assert_eq!(calendar.count(end, from), -i64::from(days));
        prop_assert!(days == 0 || calendar.is_working_day(end));
    }

    #[test]
    fn adding_in_two_steps_is_adding_at_once(from in any_day(), first in 0_u32..200, second in 0_u32..200) {
        let calendar = Calendar::new();
        prop_assert_eq!(calendar.add(calendar.add(from, first), second), calendar.add(from, first + second));
    }

    /// Counting day by day is the oracle.
    #[test]
    fn counting_by_years_is_counting_day_by_day(
        from in any_day(),
        length in 0_i64..1_500,
        declared in proptest::collection::vec(any_day(), 0..4),
        withdrawn in proptest::collection::vec(any_day(), 0..4),
    ) {
        let calendar = declared.into_iter().fold(Calendar::new(), Calendar::with_holiday);
        let calendar = withdrawn.into_iter().fold(calendar, Calendar::without_holiday);
        let until = from.add_days(length).unwrap();
        let days = (1..=length).map(|days| from.add_days(days).unwrap());
        let counted = days.filter(|day| calendar.is_working_day(*day)).count();
        prop_assert_eq!(calendar.count(from, until), i64::try_from(counted).unwrap());
    }

    #[test]
    fn what_is_left_agrees_with_when_it_passes(
        due in any_day(),
        millis in 1_420_070_400_000_i64..2_366_841_600_000,
        hours in any::<bool>(),
    ) {
        let now = Timestamp::from_millis(millis).unwrap();
        let due = if hours { Due::At(Timestamp::start_of_day_in_london(due).unwrap()) } else { Due::EndOf(due) };
        let left = Calendar::new().left(due, now);
        prop_assert_eq!(left.is_over(), now >= due.passes_at());
        prop_assert!(!(left.is_over() && left.is_soon()));
        if let Due::EndOf(day) = due {
            prop_assert_eq!(left == Left::Today, day == now.day_in_london());
        }
    }
}

#[test]
fn a_declared_holiday_moves_what_is_due_and_a_withdrawn_one_moves_it_back() {
    let monday = day("2026-11-23");
    let calendar = Calendar::new().with_holiday(monday);
    assert_eq!(calendar.add(day("2026-11-20"), 1), day("2026-11-24"));
    assert_eq!(
        calendar.without_holiday(monday),
        Calendar::new().without_holiday(monday)
    );
    let calendar = Calendar::new().without_holiday(day("2026-12-25"));
    assert_eq!(calendar.add(day("2026-12-24"), 1), day("2026-12-25"));
}

#[test]
fn each_span_ends_as_the_guidance_counts() {
    let calendar = Calendar::new();
    let from = moment("2026-01-31T17:30:00.000Z");
    let ends = |span: Span| match calendar.due(from, span) {
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
        calendar.due_from_day(from, Span::Hours(72)),
        Due::At(moment("2026-03-31T00:00:00.000Z"))
    );
    assert_eq!(
        calendar.due_from_day(from, Span::WorkingDays(1)),
        Due::EndOf(day("2026-03-30"))
    );
}

#[test]
fn a_day_is_over_when_it_ends_in_london() {
    let due = Due::EndOf(day("2026-07-01"));
    assert_eq!(due.passes_at(), moment("2026-07-01T23:00:00.000Z"));
    let left = |now: &str| Calendar::new().left(due, moment(now)).to_string();
    assert_eq!(left("2026-07-01T22:59:59.999Z"), "Due today");
    assert_eq!(left("2026-07-01T23:00:00.000Z"), "1 working day over");
}

#[test]
fn what_is_left_reads_as_people_say_it() {
    let calendar = Calendar::new();
    let left = |due: &str, today: &str| {
        let now = Timestamp::start_of_day_in_london(day(today)).unwrap();
        calendar.left(Due::EndOf(day(due)), now).to_string()
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
        calendar
            .left(Due::At(moment("2026-11-19T12:00:00.000Z")), moment(now))
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
fn a_deadline_on_a_day_off_is_brought_forward() {
    let calendar = Calendar::new();
    assert_eq!(calendar.last_working_day(day("2026-12-28")), day("2026-12-24"));
    assert_eq!(calendar.last_working_day(day("2026-12-29")), day("2026-12-29"));
}

#[test]
fn dates_that_only_a_slip_can_make_are_counted_at_once() {
    let calendar = Calendar::new();
    let far = Date::new(999_999_999, 12, 31).unwrap();
    assert!(calendar.count(day("1800-01-01"), far) > 0);
    assert_eq!(calendar.add(far, 10), far);
    assert!(calendar.left(Due::EndOf(far), moment("2026-11-19T12:00:00.000Z")) != Left::Today);
    assert!(
        calendar
            .left(Due::EndOf(day("1800-01-01")), moment("2026-11-19T12:00:00.000Z"))
            .is_over()
    );
}
