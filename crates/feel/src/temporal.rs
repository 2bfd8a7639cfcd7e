//! Dates, times and durations, as FEEL has them (DMN 1.4, sections 10.3.2.3.4 to 10.3.2.3.9), and working days.
//!
//! Years run from -999,999,999 to 999,999,999, which the conformance suite asks for and the usual
//! libraries do not give; the calendar is the Gregorian one throughout, with a year 0. Time zones are
//! fixed offsets: a zone by name would need a database that changes several times a year. This module
//! knows no clock, and nothing of FEEL's values.

mod calendar;
mod date;
mod date_time;
mod duration;
mod offset;
pub(crate) mod text;
mod time;

pub use calendar::Calendar;
pub use date::Date;
pub use date_time::DateTime;
pub use duration::{Days, Months};
pub use offset::Offset;
pub use time::Time;

use std::fmt;

/// The text is not a date, time or duration of the kind asked for, or one that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotInCalendar;

impl fmt::Display for NotInCalendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date, time or duration in the form ISO 8601 gives it")
    }
}

impl std::error::Error for NotInCalendar {}

/// Is there a time with the name of its time zone in the text, as in `10:30:00@Europe/Paris`?
pub(crate) fn names_zone(text: &str) -> bool {
    text.match_indices('@').any(|(place, _)| {
        let (before, after) = text.split_at(place);
        before.contains(':')
            && before.ends_with(|last: char| last.is_ascii_digit() || last == 'Z')
            && after
                .get(1..)
                .is_some_and(|zone| zone.starts_with(|first: char| first.is_ascii_alphabetic()))
    })
}

const SECONDS_PER_DAY: i64 = 86_400;
const NANOS_PER_SECOND: i64 = 1_000_000_000;

#[cfg(test)]
mod tests;
