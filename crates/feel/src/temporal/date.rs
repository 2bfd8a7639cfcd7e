//! A day of the Gregorian calendar.

use std::fmt;
use std::str::FromStr;

use super::{Months, NotInCalendar, text};

/// A day of the Gregorian calendar, before its beginning too, from the year -999,999,999 to 999,999,999.
///
/// Written as ISO 8601 has it: `2026-11-19`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // INVARIANT: a day that exists; `Date::new` keeps this. The order of the fields is the order of days.
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// 1 January 1970, from which days are counted.
    pub const UNIX_EPOCH: Self = Self {
        year: 1970,
        month: 1,
        day: 1,
    };
    /// The greatest year; the least is its negative.
    const MAX_YEAR: i32 = 999_999_999;

    /// The day, if there is one: months count from 1 to 12, days from 1.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists = (-Self::MAX_YEAR..=Self::MAX_YEAR).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The year; 0 is the year before 1.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day of the week, from 1 (Monday) to 7 (Sunday), as ISO 8601 counts.
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        (self.days_since_1970() + 3).rem_euclid(7) as u8 + 1
    }

    /// The day of the year, from 1 to 366.
    pub fn day_of_year(self) -> u16 {
        let before: u16 = (1..self.month)
            .map(|month| u16::from(days_in_month(self.year, month)))
            .sum();
        before + u16::from(self.day)
    }

    /// The week of the year, from 1 to 53, as ISO 8601 counts: week 1 has the year's first Thursday.
    pub fn week_of_year(self) -> u8 {
        let week = |date: Self| (i32::from(date.day_of_year()) - i32::from(date.weekday()) + 10) / 7;
        let last_week = |year: i32| Self {
            year,
            month: 12,
            day: 28,
        };
        match week(self) {
            0 => week(last_week(self.year - 1)) as u8,
            number if number > week(last_week(self.year)) => 1,
            number => number as u8,
        }
    }

    /// How many days after 1 January 1970 the day is; negative before it.
    pub fn days_since_1970(self) -> i64 {
        // Years are counted from March, so that the leap day is a year's last and months have a formula;
        // 400 of them have 146,097 days, and the first of these eras begins at 1 March of the year 0.
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The day that is `days` after 1 January 1970, unless it is beyond the calendar.
    pub fn from_days_since_1970(days: i64) -> Option<Self> {
        let days = days.checked_add(719_468)?;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Self::new(
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
    }

    /// The day `days` later, or earlier where negative.
    pub fn add_days(self, days: i64) -> Option<Self> {
        Self::from_days_since_1970(self.days_since_1970().checked_add(days)?)
    }

    /// The same day of the month so many months later, or the month's last day where it has no such day.
    pub fn add_months(self, months: Months) -> Option<Self> {
        let from_year_0 = i64::from(self.year) * 12 + i64::from(self.month) - 1;
        let total = from_year_0.checked_add(months.total())?;
        let year = i32::try_from(total.div_euclid(12)).ok()?;
        let month = u8::try_from(total.rem_euclid(12)).ok()? + 1;
        Self::new(year, month, self.day.min(days_in_month(year, month)))
    }

    /// The whole months from this day to `later`; negative where `later` is earlier.
    pub fn months_until(self, later: Self) -> Months {
        let months = (i64::from(later.year) - i64::from(self.year)) * 12 + i64::from(later.month)
            - i64::from(self.month);
        let partial = match months.signum() {
            1 if later.day < self.day => 1,
            -1 if later.day > self.day => -1,
            _ => 0,
        };
        Months::new(months - partial)
    }
}

/// How many days the month has; the month is one of 1 to 12.
fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl FromStr for Date {
    type Err = NotInCalendar;

    /// Reads `2026-11-19`: a year of four to nine digits, and a sign only where it is negative.
    fn from_str(text: &str) -> Result<Self, NotInCalendar> {
        let (date, rest) = read(text).ok_or(NotInCalendar)?;
        if rest.is_empty() {
            Ok(date)
        } else {
            Err(NotInCalendar)
        }
    }
}

/// Takes a date off the front.
pub(super) fn read(text: &str) -> Option<(Date, &str)> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (year, rest) = text::run_of_digits(unsigned)?;
    let well_formed = year.len() == 4 || (5..=9).contains(&year.len()) && !year.starts_with('0');
    well_formed.then_some(())?;
    let (month, rest) = text::digits(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = text::digits(rest.strip_prefix('-')?, 2)?;
    let year: i32 = year.parse().ok()?;
    Some((
        Date::new(sign * year, month.try_into().ok()?, day.try_into().ok()?)?,
        rest,
    ))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(
            f,
            "{sign}{:04}-{:02}-{:02}",
            self.year.unsigned_abs(),
            self.month,
            self.day
        )
    }
}

text::serde_as_text!(Date: "a date, such as 2026-11-19");
