//! Working days, against published vectors, the published holidays and the laws of counting; and the two functions
//! that count them, against the calendar.

use std::collections::BTreeSet;

use feel::builtins::Function;
use feel::{Calendar, Date, Expr, NoNames, Number, Value};
use proptest::prelude::*;

use crate::visit::value;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

fn any_day() -> impl Strategy<Value = Date> {
    // 1 January 2015 to 31 December 2044.
    (16_436_i64..27_393).prop_map(|days| Date::from_days_since_1970(days).unwrap())
}

/// Days on either side of all for which there are rules.
fn far_day() -> impl Strategy<Value = Date> {
    (-600_000_i64..3_600_000).prop_map(|days| Date::from_days_since_1970(days).unwrap())
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let days = || proptest::collection::vec(any_day(), 0..4);
    (days(), days()).prop_map(|(declared, withdrawn)| {
        let calendar = declared.into_iter().fold(Calendar::new(), Calendar::with_holiday);
        withdrawn.into_iter().fold(calendar, Calendar::without_holiday)
    })
}

fn call(name: &str, arguments: [Value; 2]) -> Value {
    let function = Function::named(name).unwrap();
    Expr::Call(function, arguments.map(Expr::Value).to_vec()).eval(&NoNames)
}

#[test]
fn every_vector_holds() {
    let vectors = json(include_str!("data/test-vectors.json"));
    let vectors = vectors["working_days_england_wales"].as_array().unwrap();
    assert!(vectors.len() >= 8);
    for vector in vectors {
        let start = day(vector["start"].as_str().unwrap());
        let days = vector["add"].as_i64().unwrap();
        let result = day(vector["result"].as_str().unwrap());
        assert_eq!(Calendar::new().add(start, days), Some(result), "{vector}");
        assert_eq!(Calendar::new().count(start, result), days, "{vector}");
        let adding = format!("add working days(@\"{start}\", {days}) = @\"{result}\"");
        assert_eq!(value(&adding), Value::Boolean(true), "{vector}");
        let counting = format!("working days(@\"{start}\", @\"{result}\") = {days}");
        assert_eq!(value(&counting), Value::Boolean(true), "{vector}");
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
    /// Going from day to day is the oracle.
    #[test]
    fn adding_is_going_from_day_to_day(calendar in any_calendar(), from in any_day(), days in -400_i64..400) {
        let mut day = from;
        for _ in 0..days.abs() {
            day = day.add_days(days.signum()).unwrap();
            while !calendar.is_working_day(day) {
                day = day.add_days(days.signum()).unwrap();
            }
        }
        prop_assert_eq!(calendar.add(from, days), Some(day));
    }

    #[test]
    fn adding_and_counting_undo_each_other(from in far_day(), days in 0_i64..500_000) {
        let calendar = Calendar::new();
        let end = calendar.add(from, days).unwrap();
        prop_assert_eq!(calendar.count(from, end), days);
        prop_assert_eq!(calendar.count(end, from), -days);
        prop_assert!(days == 0 || calendar.is_working_day(end));
    }

    #[test]
    fn adding_in_two_steps_is_adding_at_once(from in any_day(), first in 0_i64..200, second in 0_i64..200) {
        let calendar = Calendar::new();
        let halfway = calendar.add(from, first).unwrap();
        prop_assert_eq!(calendar.add(halfway, second), calendar.add(from, first + second));
    }

    /// Counting day by day is the oracle.
    #[test]
    fn counting_by_years_is_counting_day_by_day(
        calendar in any_calendar(),
        from in any_day(),
        length in 0_i64..1_500,
    ) {
        let until = from.add_days(length).unwrap();
        let days = (1..=length).map(|days| from.add_days(days).unwrap());
        let counted = days.filter(|day| calendar.is_working_day(*day)).count();
        prop_assert_eq!(calendar.count(from, until), i64::try_from(counted).unwrap());
    }

    #[test]
    fn expressions_count_as_the_calendar_does(from in far_day(), until in far_day()) {
        let counted = call("working days", [Value::Date(from), Value::Date(until)]);
        prop_assert_eq!(counted, Value::Number(Calendar::new().count(from, until).into()));
    }

    #[test]
    fn expressions_add_as_the_calendar_does(from in far_day(), days in -500_000_i64..500_000) {
        let added = call("add working days", [Value::Date(from), Value::Number(Number::from(days))]);
        prop_assert_eq!(added, Value::Date(Calendar::new().add(from, days).unwrap()));
    }
}

#[test]
fn a_declared_holiday_moves_what_follows_and_a_withdrawn_one_moves_it_back() {
    let monday = day("2026-11-23");
    let calendar = Calendar::new().with_holiday(monday);
    assert_eq!(calendar.add(day("2026-11-20"), 1), Some(day("2026-11-24")));
    assert_eq!(
        calendar.without_holiday(monday),
        Calendar::new().without_holiday(monday)
    );
    let calendar = Calendar::new().without_holiday(day("2026-12-25"));
    assert_eq!(calendar.add(day("2026-12-24"), 1), Some(day("2026-12-25")));
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
    let first = Date::new(-999_999_999, 1, 1).unwrap();
    let last = Date::new(999_999_999, 12, 31).unwrap();
    assert!(calendar.count(day("1800-01-01"), last) > 0);
    assert_eq!(calendar.add(last, 1), None);
    assert_eq!(calendar.add(first, -1), None);
    for days in [i64::MAX, i64::MIN] {
        assert_eq!(calendar.add(day("2026-11-19"), days), None);
    }
}

#[test]
fn expressions_make_nothing_of_what_is_blank_or_beyond_the_calendar() {
    for source in [
        "working days(null, @\"2026-11-19\")",
        "working days(@\"2026-11-19\", null)",
        "working days(@\"-999999999-01-01\", @\"999999999-12-31\")",
        "add working days(null, 1)",
        "add working days(@\"2026-11-19\", null)",
        "add working days(@\"2026-11-19\", 9999999999)",
        "add working days(@\"2026-11-19\", -99999999999999999999999)",
    ] {
        assert_eq!(value(source), Value::Null, "{source}");
    }
    for source in [
        "working days(after: @\"2026-11-20\", until: @\"2026-11-23\") = 1",
        "working days(@\"2026-11-23\", @\"2026-11-20\") = -1",
        "working days(date and time(\"2026-11-20T23:00:00\"), @\"2026-11-23\") = 1",
        "add working days(@\"2026-11-21\", 0) = @\"2026-11-21\"",
        "add working days(@\"2026-11-23\", -1) = @\"2026-11-20\"",
        "add working days(@\"2026-11-21\", -1) = @\"2026-11-20\"",
    ] {
        assert_eq!(value(source), Value::Boolean(true), "{source}");
    }
}
