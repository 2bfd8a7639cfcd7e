//! The two kinds of durations, which cannot be told in each other's terms: a month has no fixed length.

use std::fmt;
use std::str::FromStr;

use super::{NANOS_PER_SECOND, NotInCalendar, SECONDS_PER_DAY, text};
use crate::Number;

/// A days and time duration: a length of time to the nanosecond, negative for one that goes back.
///
/// Written as ISO 8601 has it: `P1DT2H30M`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    // INVARIANT: the duration is the sum of both, and the nanoseconds are less than a second, so that
    // the order of the fields is the order of durations.
    seconds: i64,
    nanoseconds: u32,
}

impl Days {
    /// So many seconds.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self {
            seconds,
            nanoseconds: 0,
        }
    }

    /// So many days of 24 hours.
    pub fn from_days(days: i64) -> Option<Self> {
        days.checked_mul(SECONDS_PER_DAY).map(Self::from_seconds)
    }

    pub(super) const fn from_parts(seconds: i64, nanoseconds: u32) -> Self {
        Self { seconds, nanoseconds }
    }

    /// The whole days, leaving out what is less than one.
    pub fn days(self) -> i64 {
        self.toward_zero() / SECONDS_PER_DAY
    }

    /// The whole hours beyond the whole days.
    pub fn hours(self) -> i64 {
        self.toward_zero() / 3600 % 24
    }

    /// The whole minutes beyond the whole hours.
    pub fn minutes(self) -> i64 {
        self.toward_zero() / 60 % 60
    }

    /// The seconds beyond the whole minutes, with their fraction.
    pub fn seconds(self) -> Number {
        let nanoseconds = self.total_nanoseconds() % (i128::from(NANOS_PER_SECOND) * 60);
        Number::new(nanoseconds, -9).unwrap_or_default()
    }

    /// All of it in seconds.
    pub fn total_seconds(self) -> Number {
        Number::new(self.total_nanoseconds(), -9).unwrap_or_default()
    }

    /// So many seconds, rounded to the nearest nanosecond, half to even, unless there are too many.
    pub fn from_total_seconds(seconds: Number) -> Option<Self> {
        let nanoseconds = seconds.rescale(9, crate::Rounding::HalfEven)?.scaled_to_i128(9)?;
        let seconds = i64::try_from(nanoseconds.div_euclid(i128::from(NANOS_PER_SECOND))).ok()?;
        let nanoseconds = nanoseconds.rem_euclid(i128::from(NANOS_PER_SECOND)) as u32;
        Some(Self { seconds, nanoseconds })
    }

    /// Both together, unless that is too long.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let nanoseconds = self.nanoseconds + other.nanoseconds;
        let carry = i64::from(nanoseconds) / NANOS_PER_SECOND;
        let seconds = self.seconds.checked_add(other.seconds)?.checked_add(carry)?;
        Some(Self {
            seconds,
            nanoseconds: nanoseconds % NANOS_PER_SECOND as u32,
        })
    }

    /// This without `other`, unless that is too long.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.checked_neg()?)
    }

    /// As long, the other way.
    pub fn checked_neg(self) -> Option<Self> {
        if self.nanoseconds == 0 {
            return self.seconds.checked_neg().map(Self::from_seconds);
        }
        let seconds = self.seconds.checked_add(1)?.checked_neg()?;
        Some(Self {
            seconds,
            nanoseconds: NANOS_PER_SECOND as u32 - self.nanoseconds,
        })
    }

    /// Does it go back in time?
    pub fn is_negative(self) -> bool {
        self.seconds < 0
    }

    /// The seconds, rounded down.
    pub(super) fn whole_seconds(self) -> i64 {
        self.seconds
    }

    /// What is beyond [`Days::whole_seconds`].
    pub(super) fn nanosecond(self) -> u32 {
        self.nanoseconds
    }

    fn toward_zero(self) -> i64 {
        self.seconds + i64::from(self.seconds < 0 && self.nanoseconds > 0)
    }

    fn total_nanoseconds(self) -> i128 {
        i128::from(self.seconds) * i128::from(NANOS_PER_SECOND) + i128::from(self.nanoseconds)
    }
}

impl FromStr for Days {
    type Err = NotInCalendar;

    /// Reads `P1DT2H30M0.5S`; any part may be left out, but not all.
    fn from_str(text: &str) -> Result<Self, NotInCalendar> {
        let (negative, rest) = sign(text).ok_or(NotInCalendar)?;
        let read = || {
            let (date, time) = match rest.split_once('T') {
                Some((_, "")) => return None,
                Some((date, time)) => (date, time),
                None if rest.is_empty() => return None,
                None => (rest, ""),
            };
            let (days, date) = part(date, 'D')?;
            let (hours, time) = part(time, 'H')?;
            let (minutes, time) = part(time, 'M')?;
            let (seconds, nanoseconds) = seconds(time)?;
            date.is_empty().then_some(())?;
            let total = Self::from_days(days)?
                .checked_add(Self::from_seconds(hours.checked_mul(3600)?))?
                .checked_add(Self::from_seconds(minutes.checked_mul(60)?))?
                .checked_add(Self { seconds, nanoseconds })?;
            if negative {
                total.checked_neg()
            } else {
                Some(total)
            }
        };
        read().ok_or(NotInCalendar)
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanoseconds = self.total_nanoseconds().unsigned_abs();
        let (seconds, fraction) = (
            nanoseconds / NANOS_PER_SECOND as u128,
            nanoseconds % NANOS_PER_SECOND as u128,
        );
        if nanoseconds == 0 {
            return f.write_str("PT0S");
        }
        f.write_str(if self.is_negative() { "-P" } else { "P" })?;
        let part = |f: &mut fmt::Formatter<'_>, count: u128, unit: char| match count {
            0 => Ok(()),
            _ => write!(f, "{count}{unit}"),
        };
        part(f, seconds / 86_400, 'D')?;
        if !nanoseconds.is_multiple_of(SECONDS_PER_DAY as u128 * NANOS_PER_SECOND as u128) {
            f.write_str("T")?;
        }
        part(f, seconds / 3600 % 24, 'H')?;
        part(f, seconds / 60 % 60, 'M')?;
        if seconds % 60 != 0 || fraction != 0 {
            write!(f, "{}", seconds % 60)?;
            text::write_fraction(f, fraction as u32)?;
            f.write_str("S")?;
        }
        Ok(())
    }
}

/// A years and months duration: so many months, negative for one that goes back.
///
/// Written as ISO 8601 has it: `P1Y6M`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Months(i64);

impl Months {
    /// So many months.
    pub const fn new(months: i64) -> Self {
        Self(months)
    }

    /// All of it in months.
    pub const fn total(self) -> i64 {
        self.0
    }

    /// The whole years.
    pub fn years(self) -> i64 {
        self.0 / 12
    }

    /// The months beyond the whole years.
    pub fn months(self) -> i64 {
        self.0 % 12
    }
}

impl FromStr for Months {
    type Err = NotInCalendar;

    /// Reads `P1Y6M`; either part may be left out, but not both.
    fn from_str(text: &str) -> Result<Self, NotInCalendar> {
        let (negative, rest) = sign(text).ok_or(NotInCalendar)?;
        let read = || {
            (!rest.is_empty()).then_some(())?;
            let (years, rest) = part(rest, 'Y')?;
            let (months, rest) = part(rest, 'M')?;
            rest.is_empty().then_some(())?;
            let total = years.checked_mul(12)?.checked_add(months)?;
            Some(Self(if negative { -total } else { total }))
        };
        read().ok_or(NotInCalendar)
    }
}

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let months = self.0.unsigned_abs();
        f.write_str(if self.0 < 0 { "-P" } else { "P" })?;
        match (months / 12, months % 12) {
            (0, months) => write!(f, "{months}M"),
            (years, 0) => write!(f, "{years}Y"),
            (years, months) => write!(f, "{years}Y{months}M"),
        }
    }
}

/// Takes `P` or `-P` off the front, and tells whether it was the latter.
fn sign(text: &str) -> Option<(bool, &str)> {
    match text.strip_prefix('-') {
        Some(rest) => Some((true, rest.strip_prefix('P')?)),
        None => Some((false, text.strip_prefix('P')?)),
    }
}

/// Takes a number and its unit off the front: 0 where there is no such part, `None` where there is another.
fn part(text: &str, unit: char) -> Option<(i64, &str)> {
    let Some((count, rest)) = text::run_of_digits(text) else {
        return text.is_empty().then_some((0, text));
    };
    match rest.strip_prefix(unit) {
        Some(rest) => Some((count.parse().ok()?, rest)),
        None => Some((0, text)),
    }
}

/// Reads seconds with or without a fraction, which must be all there is.
fn seconds(text: &str) -> Option<(i64, u32)> {
    if text.is_empty() {
        return Some((0, 0));
    }
    let (whole, rest) = text::run_of_digits(text)?;
    let (nanoseconds, rest) = match rest.strip_prefix('.') {
        Some(rest) => {
            let (fraction, rest) = text::run_of_digits(rest)?;
            (text::nanoseconds(fraction)?, rest)
        }
        None => (0, rest),
    };
    (rest == "S").then_some((whole.parse().ok()?, nanoseconds))
}

text::serde_as_text!(
    Days: "a days and time duration, such as P1DT2H",
    Months: "a years and months duration, such as P1Y6M",
);
