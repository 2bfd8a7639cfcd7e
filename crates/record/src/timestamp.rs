//! A moment, and what the clocks of England and Wales show at it.
//!
//! This module reads no clock and needs no time zone database: the one zone that matters here has had one rule
//! since 1996, and the tests hold it to the database.

use std::fmt;
use std::str::FromStr;

use feel::{Date, DateTime, Offset, Time};
use serde::{Deserialize, Serialize};

const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600 * SECOND;
const DAY: i64 = 24 * HOUR;

/// A moment, to the millisecond, in the years 1970 to 9999.
///
/// Written as RFC 3339 has it, always in UTC and with three decimals: `2026-11-19T14:02:11.250Z`. One moment has
/// one way of being written, because timestamps are part of what is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(
    // INVARIANT: milliseconds since 1970 began at Greenwich, from those of `FIRST` to those of `LAST`.
    i64,
);

/// A text or number that is not a [`Timestamp`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time is written as 2026-11-19T14:02:11.250Z")]
pub struct BadTimestamp;

impl Timestamp {
    /// The first there is: 1970 begins at Greenwich.
    pub const FIRST: Self = Self(0);
    /// The last there is: 9999 ends at Greenwich.
    pub const LAST: Self = Self(253_402_300_799_999);

    /// The moment so many milliseconds after 1970 began at Greenwich.
    ///
    /// # Errors
    /// [`BadTimestamp`] before 1970 or after 9999.
    pub fn from_millis(millis: i64) -> Result<Self, BadTimestamp> {
        if (Self::FIRST.0..=Self::LAST.0).contains(&millis) {
            Ok(Self(millis))
        } else {
            Err(BadTimestamp)
        }
    }

    /// Milliseconds since 1970 began at Greenwich.
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// The moment so many elapsed hours later; the last there is, if it would be beyond.
    pub fn after_hours(self, hours: u32) -> Self {
        Self(self.0.saturating_add(i64::from(hours) * HOUR).min(Self::LAST.0))
    }

    /// Whole hours from this moment until a later one, rounded down; negative, rounded up, if it is earlier.
    pub fn hours_until(self, later: Self) -> i64 {
        (later.0 - self.0) / HOUR
    }

    /// What clocks in England and Wales show: Greenwich mean time, or an hour ahead of it in summer time (Summer
    /// Time Act 1972 as amended by the Summer Time Order 2002, SI 2002/262).
    ///
    /// The rule is in force since 1996 and is applied to earlier moments as well.
    pub fn in_london(self) -> DateTime {
        let ahead = if self.in_summer_time() { HOUR } else { 0 };
        let local = self.0 + ahead;
        let offset = Offset::from_seconds(ahead / SECOND).unwrap_or(Offset::UTC);
        let time = time_of_day(local.rem_euclid(DAY)).with_offset(Some(offset));
        DateTime::new(day(local), time)
    }

    /// The moment that a date and time with its offset from Greenwich names; without an offset it is taken to be there.
    ///
    /// # Errors
    /// [`BadTimestamp`] before 1970 or after 9999.
    pub fn of(moment: DateTime) -> Result<Self, BadTimestamp> {
        let (day, time) = (moment.date(), moment.time());
        let minutes = i64::from(time.hour()) * 60 + i64::from(time.minute());
        let ahead = time.offset().map_or(0, Offset::seconds);
        let seconds = minutes * 60 + i64::from(time.second()) - ahead;
        let millis = seconds * SECOND + i64::from(time.nanosecond() / 1_000_000);
        let midnight = day.days_since_1970().checked_mul(DAY).ok_or(BadTimestamp)?;
        Self::from_millis(midnight.checked_add(millis).ok_or(BadTimestamp)?)
    }

    /// The day it is in England and Wales.
    pub fn day_in_london(self) -> Date {
        self.in_london().date()
    }

    /// The moment at which a day begins in England and Wales.
    ///
    /// # Errors
    /// [`BadTimestamp`] before 1970 or after 9999.
    pub fn start_of_day_in_london(day: Date) -> Result<Self, BadTimestamp> {
        let midnight = day.days_since_1970().checked_mul(DAY).ok_or(BadTimestamp)?;
        let at_greenwich = Self::from_millis(midnight)?;
        // Clocks change at one in the morning, so at midnight a day still keeps the time of the evening before.
        if at_greenwich.in_summer_time() {
            Self::from_millis(midnight - HOUR)
        } else {
            Ok(at_greenwich)
        }
    }

    /// From one in the morning of the last Sunday in March until that of the last in October, at Greenwich.
    fn in_summer_time(self) -> bool {
        let today = day(self.0);
        let changes = |month| last_sunday(today.year(), month).days_since_1970() * DAY + HOUR;
        (changes(3)..changes(10)).contains(&self.0)
    }
}

/// The last Sunday of a month of 31 days.
fn last_sunday(year: i32, month: u8) -> Date {
    let last = Date::new(year, month, 31).unwrap_or(Date::UNIX_EPOCH);
    last.add_days(-i64::from(last.weekday() % 7)).unwrap_or(last)
}

fn day(millis: i64) -> Date {
    // No moment of the years 1970 to 9999 is beyond the calendar.
    Date::from_days_since_1970(millis.div_euclid(DAY)).unwrap_or(Date::UNIX_EPOCH)
}

/// The time of day so many milliseconds after midnight.
fn time_of_day(millis: i64) -> Time {
    let part = |unit: i64, of: i64| u8::try_from(millis / unit % of).unwrap_or(0);
    let time = Time::new(part(HOUR, 24), part(60 * SECOND, 60), part(SECOND, 60)).unwrap_or(Time::MIDNIGHT);
    let nanos = u32::try_from(millis % SECOND * 1_000_000).unwrap_or(0);
    time.with_nanosecond(nanos).unwrap_or(time)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = self.0.rem_euclid(DAY);
        let (hour, minute) = (of_day / HOUR, of_day / (60 * SECOND) % 60);
        let (second, milli) = (of_day / SECOND % 60, of_day % SECOND);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z", day(self.0))
    }
}

impl FromStr for Timestamp {
    type Err = BadTimestamp;

    fn from_str(text: &str) -> Result<Self, BadTimestamp> {
        let (day, time) = text.split_once('T').ok_or(BadTimestamp)?;
        let day: Date = day.parse().map_err(|_| BadTimestamp)?;
        let (time, millis) = time
            .strip_suffix('Z')
            .and_then(|time| time.split_once('.'))
            .ok_or(BadTimestamp)?;
        let parts: Vec<i64> = time
            .split(':')
            .chain([millis])
            .filter_map(|part| part.parse().ok())
            .collect();
        let [hour, minute, second, millis] = parts.try_into().map_err(|_| BadTimestamp)?;
        if hour > 23 || minute > 59 || second > 59 || millis > 999 {
            return Err(BadTimestamp);
        }
        let of_day = hour * HOUR + minute * 60 * SECOND + second * SECOND + millis;
        let midnight = day.days_since_1970().checked_mul(DAY).ok_or(BadTimestamp)?;
        let found = Self::from_millis(midnight + of_day)?;
        // Only the one way of writing it is read, so that a hash over it can be worked out again from the text.
        if found.to_string() == text {
            Ok(found)
        } else {
            Err(BadTimestamp)
        }
    }
}

impl TryFrom<String> for Timestamp {
    type Error = BadTimestamp;
    fn try_from(text: String) -> Result<Self, BadTimestamp> {
        text.parse()
    }
}

impl From<Timestamp> for String {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_moment_reads_back_as_it_was_written(millis in 0..=Timestamp::LAST.0) {
            let moment = Timestamp::from_millis(millis).unwrap();
            prop_assert_eq!(moment.to_string().parse::<Timestamp>(), Ok(moment));
        }

        /// The time zone database is the oracle, for the years 1996 to 2037 that it spells out.
        #[test]
        fn london_clocks_show_what_the_time_zone_database_says(millis in 820_454_400_000_i64..2_145_916_800_000) {
            let moment = Timestamp::from_millis(millis).unwrap();
            let oracle = jiff::Timestamp::from_millisecond(millis).unwrap().in_tz("Europe/London").unwrap();
            let shown = oracle.strftime("%Y-%m-%dT%H:%M:%S").to_string();
            let ours = moment.in_london();
            prop_assert!(ours.to_string().starts_with(&shown), "{ours} and {shown}");
            let offset = ours.time().offset().map(feel::Offset::seconds);
            prop_assert_eq!(offset, Some(i64::from(oracle.offset().seconds())));
            let midnight = oracle.start_of_day().unwrap().timestamp().as_millisecond();
            prop_assert_eq!(
                Timestamp::start_of_day_in_london(ours.date()).map(Timestamp::as_millis),
                Ok(midnight)
            );
        }
    }

    #[test]
    fn the_clocks_change_at_one_in_the_morning() {
        let shown = |text: &str| text.parse::<Timestamp>().unwrap().in_london().to_string();
        assert_eq!(shown("2026-03-29T00:59:59.999Z"), "2026-03-29T00:59:59.999Z");
        assert_eq!(shown("2026-03-29T01:00:00.000Z"), "2026-03-29T02:00:00+01:00");
        assert_eq!(shown("2026-10-25T00:59:59.000Z"), "2026-10-25T01:59:59+01:00");
        assert_eq!(shown("2026-10-25T01:00:00.000Z"), "2026-10-25T01:00:00Z");
    }

    #[test]
    fn what_is_not_the_one_way_of_writing_it_is_refused() {
        for text in [
            "",
            "2026-11-19",
            "2026-11-19T14:02:11Z",
            "2026-11-19T14:02:11.25Z",
            "2026-11-19T14:02:11.250+00:00",
            "2026-11-19T14:02:60.000Z",
            "2026-11-19T24:00:00.000Z",
            "2026-11-19T+4:02:11.250Z",
            "2026-02-30T14:02:11.250Z",
            "2026-11-19t14:02:11.250z",
            "1969-12-31T23:59:59.999Z",
            "10000-01-01T00:00:00.000Z",
            "999999999-01-01T00:00:00.000Z",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(BadTimestamp), "{text:?}");
        }
    }
}
