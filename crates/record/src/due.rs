//! When something is due: how a span of the guidance becomes a day or a moment.

use feel::{Calendar, Date, Months};
use form::Span;
use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// When something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// By the end of this day in England and Wales.
    EndOf(Date),
    /// By this moment, where hours are counted.
    At(Timestamp),
}

impl Due {
    /// When something is due that begins at a moment. The day of that moment is day 0.
    ///
    /// Weeks and months are calendar ones and do not roll on to a working day: they are the longest that is allowed.
    pub fn of(calendar: &Calendar, from: Timestamp, span: Span) -> Self {
        match span {
            Span::Hours(hours) => Self::At(from.after_hours(hours.into())),
            _ => Self::of_day(calendar, from.day_in_london(), span),
        }
    }

    /// When something is due that begins on a day. Where hours are counted and only the day is known, they are
    /// counted from its beginning.
    pub fn of_day(calendar: &Calendar, from: Date, span: Span) -> Self {
        let later = |days: u32| from.add_days(days.into()).unwrap_or(from);
        Self::EndOf(match span {
            Span::WorkingDays(days) => calendar.add(from, days.into()).unwrap_or(from),
            Span::Days(days) => later(days.into()),
            Span::Weeks(weeks) => later(u32::from(weeks) * 7),
            Span::Months(months) => from.add_months(Months::new(months.into())).unwrap_or(from),
            Span::Hours(hours) => match Timestamp::start_of_day_in_london(from) {
                Ok(start) => return Self::At(start.after_hours(hours.into())),
                Err(_) => later(u32::from(hours) / 24),
            },
        })
    }

    /// The first moment at which it is overdue. What is due in order is due in the order of these.
    pub fn passes_at(self) -> Timestamp {
        match self {
            Self::At(moment) => moment,
            Self::EndOf(day) => {
                let next = day.add_days(1).map(Timestamp::start_of_day_in_london);
                // A day after 9999 is never over, and one before 1970 always was.
                match next {
                    Some(Ok(moment)) => moment,
                    _ if day < Date::UNIX_EPOCH => Timestamp::FIRST,
                    _ => Timestamp::LAST,
                }
            }
        }
    }
}
