//! The bank holidays of England and Wales by rule: Banking and Financial Dealings Act 1971, schedule 1, the royal
//! proclamations made under it every year, and the days moved or added by proclamation so far.

use std::ops::RangeInclusive;

use crate::Date;

/// The years for which the rules hold; the early May holiday began in 1978. Others have no bank holidays here.
const YEARS: RangeInclusive<i32> = 1978..=9999;

/// Days added for one year only.
const ADDED: [(i32, u8, u8); 8] = [
    (1981, 7, 29),  // A royal wedding.
    (1999, 12, 31), // The end of the millennium.
    (2002, 6, 3),   // The Golden Jubilee.
    (2011, 4, 29),  // A royal wedding.
    (2012, 6, 5),   // The Diamond Jubilee.
    (2022, 6, 3),   // The Platinum Jubilee.
    (2022, 9, 19),  // The state funeral of Queen Elizabeth II.
    (2023, 5, 8),   // The coronation of King Charles III.
];

/// The bank holidays of a year, in no order. A holiday that falls on a weekend is given by its substitute.
pub(super) fn of(year: i32) -> impl Iterator<Item = Date> {
    let covered = YEARS.contains(&year);
    let yearly = covered.then(|| yearly(year)).into_iter().flatten();
    let added = ADDED
        .into_iter()
        .filter(move |(added, ..)| covered && *added == year);
    yearly
        .chain(added.map(|(year, month, day)| Date::new(year, month, day)))
        .flatten()
}

/// The bank holidays of some years, those of both ends included.
pub(super) fn between(first: i32, last: i32) -> impl Iterator<Item = Date> {
    (first.max(*YEARS.start())..=last.min(*YEARS.end())).flat_map(of)
}

fn yearly(year: i32) -> [Option<Date>; 8] {
    let [christmas, boxing_day] = christmas(year);
    [
        new_year(year),
        easter(year).and_then(|sunday| sunday.add_days(-2)),
        easter(year).and_then(|sunday| sunday.add_days(1)),
        match year {
            // For the 50th and 75th anniversaries of the end of the war in Europe.
            1995 | 2020 => Date::new(year, 5, 8),
            _ => first_monday(year, 5),
        },
        match year {
            // Joined to the holiday of a jubilee.
            2002 | 2012 => Date::new(year, 6, 4),
            2022 => Date::new(year, 6, 2),
            _ => last_monday(year, 5),
        },
        last_monday(year, 8),
        christmas,
        boxing_day,
    ]
}

/// 1 January, or the Monday after it.
fn new_year(year: i32) -> Option<Date> {
    let day = Date::new(year, 1, 1)?;
    match day.weekday() {
        6 => day.add_days(2),
        7 => day.add_days(1),
        _ => Some(day),
    }
}

/// 25 and 26 December, or the next weekdays that are not taken.
fn christmas(year: i32) -> [Option<Date>; 2] {
    let days = match Date::new(year, 12, 25).map(Date::weekday) {
        Some(5) => [25, 28],
        Some(6) => [27, 28],
        Some(7) => [27, 26],
        _ => [25, 26],
    };
    days.map(|day| Date::new(year, 12, day))
}

fn first_monday(year: i32, month: u8) -> Option<Date> {
    let first = Date::new(year, month, 1)?;
    first.add_days(i64::from((8 - first.weekday()) % 7))
}

/// The last Monday of a month of 31 days.
fn last_monday(year: i32, month: u8) -> Option<Date> {
    let last = Date::new(year, month, 31)?;
    last.add_days(1 - i64::from(last.weekday()))
}

/// Easter Sunday, by the Gregorian rule for the paschal full moon that the Calendar (New Style) Act 1750 puts in
/// tables. The steps are those that Meeus gives in *Astronomical Algorithms*, chapter 8.
fn easter(year: i32) -> Option<Date> {
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - correction + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * to_sunday) / 451;
    let days = moon + to_sunday - 7 * late + 114;
    Date::new(
        year,
        u8::try_from(days / 31).ok()?,
        u8::try_from(days % 31 + 1).ok()?,
    )
}
