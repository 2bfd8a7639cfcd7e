//! How much time is left, and how people read it.

use std::fmt;

use feel::Calendar;
use serde::{Deserialize, Serialize};

use crate::due::Due;
use crate::timestamp::Timestamp;

/// How much time is left until something is due. Displayed as people read it: "1 working day left", "Due today",
/// "2 working days over".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// There is time left, beyond today.
    Left(Amount),
    /// Due by the end of today.
    Today,
    /// It was due this long ago.
    Over(Amount),
}

/// A length of time, as it is counted for what is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// Working days begun: tomorrow counts as one. None, if there are only days off between.
    WorkingDays(u32),
    /// Whole elapsed hours.
    Hours(u32),
}

impl Left {
    /// How much time is left at this moment until something is due.
    pub fn until(calendar: &Calendar, due: Due, now: Timestamp) -> Self {
        let is_over = now >= due.passes_at();
        let amount = match due {
            Due::At(moment) => Amount::Hours(whole(now.hours_until(moment))),
            Due::EndOf(day) => Amount::WorkingDays(whole(calendar.count(now.day_in_london(), day))),
        };
        match due {
            _ if is_over => Self::Over(amount),
            Due::EndOf(day) if day == now.day_in_london() => Self::Today,
            _ => Self::Left(amount),
        }
    }

    /// Is it overdue?
    pub fn is_over(self) -> bool {
        matches!(self, Self::Over(_))
    }

    /// Is it due today, by the end of the next working day, or within a day and a night?
    pub fn is_soon(self) -> bool {
        match self {
            Self::Today => true,
            Self::Left(Amount::WorkingDays(days)) => days <= 1,
            Self::Left(Amount::Hours(hours)) => hours < 24,
            Self::Over(_) => false,
        }
    }
}

fn whole(amount: i64) -> u32 {
    u32::try_from(amount.unsigned_abs()).unwrap_or(u32::MAX)
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("Due today"),
            Self::Left(Amount::WorkingDays(0)) => f.write_str("Due before the next working day"),
            Self::Over(Amount::WorkingDays(0)) => f.write_str("Over since the last working day"),
            Self::Left(amount) => write!(f, "{amount} left"),
            Self::Over(amount) => write!(f, "{amount} over"),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingDays(1) => f.write_str("1 working day"),
            Self::WorkingDays(days) => write!(f, "{days} working days"),
            Self::Hours(0) => f.write_str("Less than 1 hour"),
            Self::Hours(1) => f.write_str("1 hour"),
            Self::Hours(hours) => write!(f, "{hours} hours"),
        }
    }
}
