//! A day and a time of it.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::{Date, Days, Months, NotInCalendar, SECONDS_PER_DAY, Time, date, text, time};

/// A day and a time of it, which is a moment where the time has an offset from Greenwich.
///
/// Written as ISO 8601 has it: `2026-11-19T14:30:00Z`. Two of them are equal here when every part is;
/// whether they mean the same moment is what [`DateTime::compare`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    date: Date,
    time: Time,
}

impl DateTime {
    /// That time of that day.
    pub fn new(date: Date, time: Time) -> Self {
        Self { date, time }
    }

    /// The day.
    pub fn date(self) -> Date {
        self.date
    }

    /// The time of the day, with its offset.
    pub fn time(self) -> Time {
        self.time
    }

    /// Which of the two comes first; `None` where only one of them has an offset.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        Some(self.moment(other)?.cmp(&other.moment(self)?))
    }

    /// The moment so much later, read from the same clock.
    pub fn checked_add(self, days: Days) -> Option<Self> {
        let (midnights, time) = self.time.carry(days)?;
        Some(Self {
            date: self.date.add_days(midnights)?,
            time,
        })
    }

    /// The same time of the day so many months later.
    pub fn add_months(self, months: Months) -> Option<Self> {
        Some(Self {
            date: self.date.add_months(months)?,
            ..self
        })
    }

    /// How much later this is than `earlier`; `None` where only one of them has an offset.
    pub fn since(self, earlier: Self) -> Option<Days> {
        self.moment(earlier)?.checked_sub(earlier.moment(self)?)
    }

    /// The time since 1970 began, at Greenwich if both have an offset.
    fn moment(self, other: Self) -> Option<Days> {
        let midnight = Days::from_seconds(self.date.days_since_1970() * SECONDS_PER_DAY);
        let local = midnight.checked_add(self.time.of_day())?;
        match (self.time.offset(), other.time.offset()) {
            (None, None) => Some(local),
            (Some(offset), Some(_)) => local.checked_sub(Days::from_seconds(offset.seconds())),
            _ => None,
        }
    }
}

impl FromStr for DateTime {
    type Err = NotInCalendar;

    /// Reads `2026-11-19T14:30:00Z`. A day alone is its first moment, and `24:00:00` the next day's.
    fn from_str(text: &str) -> Result<Self, NotInCalendar> {
        let read = || {
            let (date, rest) = date::read(text)?;
            if rest.is_empty() {
                return Some(Self {
                    date,
                    time: Time::MIDNIGHT,
                });
            }
            let (time, end_of_day) = time::read(rest.strip_prefix('T')?)?;
            Some(Self {
                date: date.add_days(i64::from(end_of_day))?,
                time,
            })
        };
        read().ok_or(NotInCalendar)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}

text::serde_as_text!(DateTime: "a date and time, such as 2026-11-19T14:30:00Z");
