//! A time of day.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::{Days, NANOS_PER_SECOND, NotInCalendar, Offset, SECONDS_PER_DAY, text};
use crate::Number;

/// A time of day to the nanosecond, with how far its clock is from Greenwich where that is known.
///
/// Written as ISO 8601 has it: `14:30:00`, `14:30:00.25+01:00`. Two times are equal here when every part
/// of them is; whether they mean the same moment is what [`Time::compare`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    // INVARIANT: a time that exists; every way to make one checks.
    hour: u8,
    minute: u8,
    second: u8,
    nanosecond: u32,
    offset: Option<Offset>,
}

impl Time {
    /// The first moment of a day.
    pub const MIDNIGHT: Self = Self {
        hour: 0,
        minute: 0,
        second: 0,
        nanosecond: 0,
        offset: None,
    };

    /// The time without an offset, if there is one: hours up to 23, minutes and seconds up to 59.
    pub fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        let exists = hour < 24 && minute < 60 && second < 60;
        exists.then_some(Self {
            hour,
            minute,
            second,
            ..Self::MIDNIGHT
        })
    }

    /// The same with a part of a second, if that is less than one.
    pub fn with_nanosecond(self, nanosecond: u32) -> Option<Self> {
        (i64::from(nanosecond) < NANOS_PER_SECOND).then_some(Self { nanosecond, ..self })
    }

    /// The same reading of a clock that is so far from Greenwich.
    pub fn with_offset(self, offset: Option<Offset>) -> Self {
        Self { offset, ..self }
    }

    /// The hour, from 0 to 23.
    pub fn hour(self) -> u8 {
        self.hour
    }

    /// The minute, from 0 to 59.
    pub fn minute(self) -> u8 {
        self.minute
    }

    /// The second, from 0 to 59.
    pub fn second(self) -> u8 {
        self.second
    }

    /// The part of the second, in nanoseconds.
    pub fn nanosecond(self) -> u32 {
        self.nanosecond
    }

    /// The second and the part of it.
    pub fn seconds(self) -> Number {
        let nanoseconds =
            i128::from(self.second) * i128::from(NANOS_PER_SECOND) + i128::from(self.nanosecond);
        Number::new(nanoseconds, -9).unwrap_or_default()
    }

    /// How far the clock is from Greenwich, where that is known.
    pub fn offset(self) -> Option<Offset> {
        self.offset
    }

    /// Which of two times comes first; `None` where only one of them has an offset.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        Some(self.since_midnight(other)?.cmp(&other.since_midnight(self)?))
    }

    /// The time so much later, going past midnight as often as need be.
    pub fn checked_add(self, days: Days) -> Option<Self> {
        let (_, time) = self.carry(days)?;
        Some(time)
    }

    /// How much later this time is than `earlier`; `None` where only one of them has an offset.
    pub fn since(self, earlier: Self) -> Option<Days> {
        self.since_midnight(earlier)?
            .checked_sub(earlier.since_midnight(self)?)
    }

    /// What has passed since the clock showed midnight.
    pub(super) fn of_day(self) -> Days {
        let seconds = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        Days::from_parts(seconds, self.nanosecond)
    }

    /// The time so much later, and how many midnights lie between.
    pub(super) fn carry(self, days: Days) -> Option<(i64, Self)> {
        let total = self.of_day().checked_add(days)?;
        let second = total.whole_seconds();
        let of_day = second.rem_euclid(SECONDS_PER_DAY);
        let time = Self {
            hour: (of_day / 3600) as u8,
            minute: (of_day / 60 % 60) as u8,
            second: (of_day % 60) as u8,
            nanosecond: total.nanosecond(),
            offset: self.offset,
        };
        Some((second.div_euclid(SECONDS_PER_DAY), time))
    }

    /// What has passed since midnight, at Greenwich if both times have an offset.
    fn since_midnight(self, other: Self) -> Option<Days> {
        match (self.offset, other.offset) {
            (None, None) => Some(self.of_day()),
            (Some(offset), Some(_)) => self.of_day().checked_sub(Days::from_seconds(offset.seconds())),
            _ => None,
        }
    }
}

impl FromStr for Time {
    type Err = NotInCalendar;

    /// Reads `14:30:00`, with a fraction of a second and an offset where there is one. `24:00:00` is midnight.
    fn from_str(text: &str) -> Result<Self, NotInCalendar> {
        read(text).map(|(time, _)| time).ok_or(NotInCalendar)
    }
}

/// Reads a time, and whether it is the midnight that ends a day.
pub(super) fn read(text: &str) -> Option<(Time, bool)> {
    let (hour, rest) = text::digits(text, 2)?;
    let (minute, rest) = text::digits(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = text::digits(rest.strip_prefix(':')?, 2)?;
    let (nanosecond, rest) = match rest.strip_prefix('.') {
        Some(fraction) => {
            let (fraction, rest) = text::run_of_digits(fraction)?;
            (text::nanoseconds(fraction)?, rest)
        }
        None => (0, rest),
    };
    let offset = if rest.is_empty() {
        None
    } else {
        Some(Offset::read(rest)?)
    };
    let end_of_day = (hour, minute, second, nanosecond) == (24, 0, 0, 0);
    let hour = if end_of_day { 0 } else { hour };
    let time = Time::new(
        hour.try_into().ok()?,
        minute.try_into().ok()?,
        second.try_into().ok()?,
    )?;
    Some((time.with_nanosecond(nanosecond)?.with_offset(offset), end_of_day))
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        text::write_fraction(f, self.nanosecond)?;
        self.offset().map_or(Ok(()), |offset| offset.fmt(f))
    }
}

text::serde_as_text!(Time: "a time, such as 14:30:00");
