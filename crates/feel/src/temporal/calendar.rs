//! Working days in England and Wales.
//!
//! A working day is one that is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England and
//! Wales under the Banking and Financial Dealings Act 1971. Days on which a council closes its offices are working
//! days all the same. There is no pause: what keeps people from a deadline is recorded, not subtracted.

use std::collections::BTreeSet;

use super::Date;

mod bank_holidays;

/// The working days of England and Wales: worked out by rule, with the days that a government has declared or
/// withdrawn since the rules were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    declared: BTreeSet<Date>,
    withdrawn: BTreeSet<Date>,
}

impl Calendar {
    /// The calendar as its rules give it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The calendar with one more bank holiday, such as for a coronation.
    pub fn with_holiday(mut self, day: Date) -> Self {
        self.withdrawn.remove(&day);
        self.declared.insert(day);
        self
    }

    /// The calendar without a bank holiday that was moved or withdrawn.
    pub fn without_holiday(mut self, day: Date) -> Self {
        self.declared.remove(&day);
        self.withdrawn.insert(day);
        self
    }

    /// Is the day a bank holiday? Some fall on a weekend, if they were declared so.
    pub fn is_bank_holiday(&self, day: Date) -> bool {
        let by_rule = || bank_holidays::of(day.year()).any(|holiday| holiday == day);
        self.declared.contains(&day) || (!self.withdrawn.contains(&day) && by_rule())
    }

    /// Is the day a working day?
    pub fn is_working_day(&self, day: Date) -> bool {
        is_weekday(day) && !self.is_bank_holiday(day)
    }

    /// The `days`th working day after a day, or before it where negative, whether or not that one is a working day
    /// itself. With 0, the day itself. None beyond the last or first day there is.
    ///
    /// "Within 10 working days" of a day is until the end of the 10th working day after it.
    ///
    /// Costs by the years in between, not by the days, as [`Self::count`] does.
    pub fn add(&self, from: Date, days: i64) -> Option<Date> {
        let (mut day, mut to_go) = (from, days);
        // At least as many days are passed as are to go, so none too many. The last round passes no day off, and so
        // ends on a working day.
        while to_go != 0 {
            let next = day.add_days(to_go)?;
            to_go -= match to_go {
                1.. => self.count(day, next),
                // The day itself lies behind, and the one that is reached counts.
                _ => self.count(day.add_days(-1)?, next.add_days(-1)?),
            };
            day = next;
        }
        Some(day)
    }

    /// How many working days there are after one day up to and with another. Negative if that is earlier.
    ///
    /// Costs by the years between them, not by the days: the days come from what people enter.
    pub fn count(&self, after: Date, until: Date) -> i64 {
        if until < after {
            return -self.count(until, after);
        }
        let between = |day: &Date| after < *day && *day <= until && is_weekday(*day);
        let by_rule = bank_holidays::between(after.year(), until.year());
        let by_rule = by_rule
            .filter(|day| between(day) && !self.withdrawn.contains(day) && !self.declared.contains(day));
        let declared = self.declared.iter().filter(|day| between(day));
        let holidays = by_rule.count() + declared.count();
        weekdays_until(until) - weekdays_until(after) - i64::try_from(holidays).unwrap_or(i64::MAX)
    }

    /// The last working day up to and with a day: where a deadline that falls on a day off should be brought forward
    /// to, because a longest interval does not roll on.
    pub fn last_working_day(&self, until: Date) -> Date {
        let mut day = until;
        while !self.is_working_day(day) {
            let Some(before) = day.add_days(-1) else {
                return day;
            };
            day = before;
        }
        day
    }
}

fn is_weekday(day: Date) -> bool {
    day.weekday() <= 5
}

/// How many weekdays there were from some Monday long ago up to and with a day; negative before it.
fn weekdays_until(day: Date) -> i64 {
    // 29 December 1969 was a Monday.
    let days = day.days_since_1970() + 3;
    days.div_euclid(7) * 5 + (days.rem_euclid(7) + 1).min(5)
}
