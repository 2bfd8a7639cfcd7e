//! The properties of dates, times, durations and ranges (DMN 1.4, table 65).

use crate::{Bound, Type, Value};

macro_rules! parts {
    ($($(#[$doc:meta])* $variant:ident $name:literal),* $(,)?) => {
        /// A property of a date, time, duration or range.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Part {
            $($(#[$doc])* $variant),*
        }

        impl Part {
            /// Every part there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The part of that name.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// The name, as it is written behind the point.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),*
                }
            }
        }
    };
}

parts! {
    /// The year.
    Year "year",
    /// The month, from 1 to 12.
    Month "month",
    /// The day of the month, from 1 to 31.
    Day "day",
    /// The day of the week, from 1 (Monday) to 7.
    Weekday "weekday",
    /// The hour, from 0 to 23.
    Hour "hour",
    /// The minute, from 0 to 59.
    Minute "minute",
    /// The second, with its fraction.
    Second "second",
    /// How far the clock is from Greenwich.
    TimeOffset "time offset",
    /// The name of the time zone, which here there is never one of.
    Timezone "timezone",
    /// The whole years.
    Years "years",
    /// The months beyond the whole years.
    Months "months",
    /// The whole days.
    Days "days",
    /// The hours beyond the whole days.
    Hours "hours",
    /// The minutes beyond the whole hours.
    Minutes "minutes",
    /// The seconds beyond the whole minutes.
    Seconds "seconds",
    /// Where a range begins.
    Start "start",
    /// Where a range ends.
    End "end",
    /// Is the start in the range?
    StartIncluded "start included",
    /// Is the end in the range?
    EndIncluded "end included",
}

impl Part {
    /// The type of the part, if values of type `of` have it.
    pub(crate) fn ty(self, of: &Type) -> Option<Type> {
        let day = matches!(of, Type::Date | Type::DateTime);
        let time = matches!(of, Type::Time | Type::DateTime);
        let ty = match (self, of) {
            (_, Type::Any | Type::Null) => Type::Any,
            (Self::Year | Self::Month | Self::Day | Self::Weekday, _) if day => Type::Number,
            (Self::Hour | Self::Minute | Self::Second, _) if time => Type::Number,
            (Self::TimeOffset, _) if time => Type::Days,
            (Self::Timezone, _) if time => Type::Text,
            (Self::Years | Self::Months, Type::Months) => Type::Number,
            (Self::Days | Self::Hours | Self::Minutes | Self::Seconds, Type::Days) => Type::Number,
            (Self::Start | Self::End, Type::Range(member)) => (**member).clone(),
            (Self::StartIncluded | Self::EndIncluded, Type::Range(_)) => Type::Boolean,
            _ => return None,
        };
        Some(ty)
    }

    /// The part of a value; null where the value has no such part.
    pub(crate) fn of(self, value: &Value) -> Value {
        let number = |number: i64| Value::Number(number.into());
        let (date, time) = match value {
            Value::Date(date) => (Some(*date), None),
            Value::Time(time) => (None, Some(*time)),
            Value::DateTime(both) => (Some(both.date()), Some(both.time())),
            _ => (None, None),
        };
        match (self, value, date, time) {
            (Self::Year, _, Some(date), _) => number(date.year().into()),
            (Self::Month, _, Some(date), _) => number(date.month().into()),
            (Self::Day, _, Some(date), _) => number(date.day().into()),
            (Self::Weekday, _, Some(date), _) => number(date.weekday().into()),
            (Self::Hour, _, _, Some(time)) => number(time.hour().into()),
            (Self::Minute, _, _, Some(time)) => number(time.minute().into()),
            (Self::Second, _, _, Some(time)) => Value::Number(time.seconds()),
            (Self::TimeOffset, _, _, Some(time)) => time
                .offset()
                .map(|offset| crate::Days::from_seconds(offset.seconds()))
                .into(),
            (Self::Years, Value::Months(months), ..) => number(months.years()),
            (Self::Months, Value::Months(months), ..) => number(months.months()),
            (Self::Days, Value::Days(days), ..) => number(days.days()),
            (Self::Hours, Value::Days(days), ..) => number(days.hours()),
            (Self::Minutes, Value::Days(days), ..) => number(days.minutes()),
            (Self::Seconds, Value::Days(days), ..) => Value::Number(days.seconds()),
            (Self::Start, Value::Range(range), ..) => range.start.value().cloned().unwrap_or_default(),
            (Self::End, Value::Range(range), ..) => range.end.value().cloned().unwrap_or_default(),
            (Self::StartIncluded, Value::Range(range), ..) => matches!(range.start, Bound::Closed(_)).into(),
            (Self::EndIncluded, Value::Range(range), ..) => matches!(range.end, Bound::Closed(_)).into(),
            _ => Value::Null,
        }
    }
}
