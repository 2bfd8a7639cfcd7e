//! Holds the calendar to another one where both reach, and to laws everywhere.

use jiff::civil;
use proptest::prelude::*;

use super::{Date, DateTime, Days, Months, Offset, Time};

fn any_date() -> impl Strategy<Value = Date> {
    let year = prop_oneof![1800..2200, -9999..=9999, -999_999_999..=999_999_999_i32];
    (year, 1_u8..=12, 1_u8..=31)
        .prop_filter_map("no such day", |(year, month, day)| Date::new(year, month, day))
}

fn offset() -> impl Strategy<Value = Option<Offset>> {
    prop::option::of((-18_i64 * 3600..=18 * 3600).prop_map(|seconds| Offset::from_seconds(seconds).unwrap()))
}

fn any_time() -> impl Strategy<Value = Time> {
    (0_u8..24, 0_u8..60, 0_u8..60, 0_u32..1_000_000_000, offset()).prop_map(
        |(hour, minute, second, nanosecond, offset)| {
            Time::new(hour, minute, second)
                .unwrap()
                .with_nanosecond(nanosecond)
                .unwrap()
                .with_offset(offset)
        },
    )
}

fn any_days() -> impl Strategy<Value = Days> {
    (-10_i64.pow(11)..10_i64.pow(11), 0_u32..1_000_000_000)
        .prop_map(|(seconds, nanos)| Days::from_parts(seconds, nanos))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn days_are_those_of_another_calendar(days in -4_371_587_i64..=2_932_896) {
        let other = civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let date = Date::from_days_since_1970(days).unwrap();
        prop_assert_eq!(date.year(), i32::from(other.year()));
        prop_assert_eq!(date.month(), other.month().unsigned_abs());
        prop_assert_eq!(date.day(), other.day().unsigned_abs());
        prop_assert_eq!(date.weekday(), other.weekday().to_monday_one_offset().unsigned_abs());
        prop_assert_eq!(date.day_of_year(), other.day_of_year().unsigned_abs());
        prop_assert_eq!(date.week_of_year(), other.iso_week_date().week().unsigned_abs());
        prop_assert_eq!(date.days_since_1970(), days);
    }

    #[test]
    fn months_are_added_as_in_another_calendar(days in -900_000_i64..900_000, months in -12_000_i64..12_000) {
        let date = Date::from_days_since_1970(days).unwrap();
        let other = civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let moved = other.checked_add(jiff::Span::new().months(months)).unwrap();
        let expected = Date::new(moved.year().into(), moved.month().unsigned_abs(), moved.day().unsigned_abs());
        prop_assert_eq!(date.add_months(Months::new(months)), expected);
    }

    #[test]
    fn days_and_dates_go_round(date in any_date(), days in -10_000_000_i64..10_000_000) {
        prop_assert_eq!(Date::from_days_since_1970(date.days_since_1970()), Some(date));
        if let Some(moved) = date.add_days(days) {
            prop_assert_eq!(moved.days_since_1970() - date.days_since_1970(), days);
            prop_assert_eq!(moved.cmp(&date), days.cmp(&0));
        }
    }

    #[test]
    fn whole_months_are_the_most_that_fit(from in any_date(), to in any_date()) {
        let months = from.months_until(to).total();
        let reaches = |months: i64| {
            // The day of the month decides, even where the month has no such day.
            let total = i64::from(from.year()) * 12 + i64::from(from.month()) - 1 + months;
            (total, from.day())
        };
        let end = (i64::from(to.year()) * 12 + i64::from(to.month()) - 1, to.day());
        if from <= to {
            prop_assert!(reaches(months) <= end && reaches(months + 1) > end);
        } else {
            prop_assert!(reaches(months) >= end && reaches(months - 1) < end);
        }
    }

    #[test]
    fn what_is_written_reads_back(date in any_date(), time in any_time(), days in any_days(), months in any::<i32>()) {
        prop_assert_eq!(date.to_string().parse(), Ok(date));
        prop_assert_eq!(time.to_string().parse(), Ok(time));
        prop_assert_eq!(days.to_string().parse(), Ok(days));
        let moment = DateTime::new(date, time);
        prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        let months = Months::new(months.into());
        prop_assert_eq!(months.to_string().parse(), Ok(months));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "-?P?[0-9YMDTHS:.Z+-]{0,24}") {
        for read in [
            text.parse::<Date>().ok().map(|read| read.to_string()),
            text.parse::<Time>().ok().map(|read| read.to_string()),
            text.parse::<DateTime>().ok().map(|read| read.to_string()),
            text.parse::<Days>().ok().map(|read| read.to_string()),
            text.parse::<Months>().ok().map(|read| read.to_string()),
        ].into_iter().flatten() {
            prop_assert!(!read.is_empty());
        }
    }

    #[test]
    fn moments_move_by_what_lies_between_them(date in any_date(), time in any_time(), days in any_days()) {
        let moment = DateTime::new(date, time);
        if let Some(later) = moment.checked_add(days) {
            prop_assert_eq!(later.since(moment), Some(days));
            prop_assert_eq!(later.compare(moment), Some(days.cmp(&Days::default())));
            prop_assert_eq!(later.checked_add(days.checked_neg().unwrap()), Some(moment));
        }
        prop_assert_eq!(time.checked_add(Days::from_days(7).unwrap()), Some(time));
    }

    #[test]
    fn durations_add_up_and_take_apart(one in any_days(), other in any_days()) {
        let sum = one.checked_add(other).unwrap();
        prop_assert_eq!(sum.checked_sub(other), Some(one));
        prop_assert_eq!(Days::from_total_seconds(one.total_seconds()), Some(one));
        let parts = Days::from_days(one.days()).unwrap()
            .checked_add(Days::from_seconds(one.hours() * 3600 + one.minutes() * 60)).unwrap()
            .checked_add(Days::from_total_seconds(one.seconds()).unwrap());
        prop_assert_eq!(parts, Some(one));
    }

    #[test]
    fn the_same_moment_is_equal_wherever_it_is_read(date in any_date(), time in any_time(), hours in -5_i64..=5) {
        let Some(offset) = time.offset() else { return Ok(()) };
        let shifted = offset.seconds() + hours * 3600;
        let Some(other) = Offset::from_seconds(shifted) else { return Ok(()) };
        let here = DateTime::new(date, time);
        let Some(moved) = here.checked_add(Days::from_seconds(hours * 3600)) else { return Ok(()) };
        let there = DateTime::new(moved.date(), moved.time().with_offset(Some(other)));
        prop_assert_eq!(here.compare(there), Some(std::cmp::Ordering::Equal));
        prop_assert_eq!(here == there, hours == 0);
    }
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "2026",
        "2026-1-01",
        "2026-13-01",
        "2026-02-29",
        "2026-00-10",
        "2026-01-00",
        "2026-01-32",
        "02026-01-01",
        "226-01-01",
        "+2026-01-01",
        "2026-01-01Z",
        "2026-01-01T",
        "1234567890-01-01",
        "2026/01/01",
        "２０２６-01-01",
    ] {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
    for text in [
        "",
        "10",
        "10:30",
        "24:00:01",
        "25:00:00",
        "10:60:00",
        "10:30:60",
        "10:30:00.",
        "10:30:00.1234567890",
        "10:30:00+1:00",
        "10:30:00+01",
        "10:30:00+19:00",
        "10:30:00+01:60",
        "10:30:00 Z",
        "10:30:00ZZ",
        "T10:30:00",
    ] {
        assert!(text.parse::<Time>().is_err(), "{text}");
    }
    for text in [
        "",
        "P",
        "PT",
        "P1",
        "1D",
        "P1H",
        "PT1D",
        "P1DT",
        "P1Y1D",
        "PT1S1M",
        "P1.5D",
        "PT1.S",
        "PT.5S",
        "--P1D",
        "P-1D",
        "P99999999999999999999D",
    ] {
        assert!(text.parse::<Days>().is_err(), "{text}");
    }
    for text in [
        "",
        "P",
        "P1",
        "P1D",
        "PT1M",
        "P1M1Y",
        "P1.5Y",
        "Y",
        "P9223372036854775807Y",
    ] {
        assert!(text.parse::<Months>().is_err(), "{text}");
    }
    assert!("2026-01-01 10:30:00".parse::<DateTime>().is_err());
}

#[test]
fn durations_are_written_without_what_is_nothing() {
    for (text, expected) in [
        ("PT0S", "PT0S"),
        ("-P0D", "PT0S"),
        ("PT61M", "PT1H1M"),
        ("P2DT274M", "P2DT4H34M"),
        ("PT0.50S", "PT0.5S"),
        ("-PT36H", "-P1DT12H"),
        ("P1DT2H3M4.123456789S", "P1DT2H3M4.123456789S"),
    ] {
        assert_eq!(text.parse::<Days>().unwrap().to_string(), expected);
    }
    for (text, expected) in [
        ("P0Y", "P0M"),
        ("P26M", "P2Y2M"),
        ("-P12M", "-P1Y"),
        ("P1Y0M", "P1Y"),
    ] {
        assert_eq!(text.parse::<Months>().unwrap().to_string(), expected);
    }
}

#[test]
fn the_end_of_a_day_is_the_beginning_of_the_next() {
    let midnight: DateTime = "2026-12-31T24:00:00".parse().unwrap();
    assert_eq!(midnight.to_string(), "2027-01-01T00:00:00");
    assert_eq!("24:00:00".parse::<Time>(), Ok(Time::MIDNIGHT));
}

#[test]
fn the_calendar_ends() {
    let last = Date::new(999_999_999, 12, 31).unwrap();
    assert_eq!(last.add_days(1), None);
    assert_eq!(last.add_months(Months::new(1)), None);
    assert_eq!(Date::new(-999_999_999, 1, 1).unwrap().add_days(-1), None);
    assert_eq!(Date::from_days_since_1970(i64::MAX), None);
    assert_eq!(Date::UNIX_EPOCH.add_days(i64::MIN), None);
    assert_eq!(last.add_months(Months::new(i64::MAX)), None);
    assert_eq!(Days::from_seconds(i64::MIN).checked_neg(), None);
    assert_eq!(Days::from_days(i64::MAX), None);
}
