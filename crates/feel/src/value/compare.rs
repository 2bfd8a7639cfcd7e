//! FEEL's own equality and order, which have a third answer: null, where two values cannot be compared.
//! DMN 1.4, tables 54 and 55.

use std::cmp::Ordering;

use super::{Bound, Range, Value};

impl Value {
    /// FEEL's `=`. Null equals only null; values of two types cannot be compared.
    pub fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Null, other) | (other, Self::Null) => Some(other.is_null()),
            (Self::Boolean(own), Self::Boolean(other)) => Some(own == other),
            (Self::Number(own), Self::Number(other)) => Some(own == other),
            (Self::Text(own), Self::Text(other)) => Some(own == other),
            (Self::Date(own), Self::Date(other)) => Some(own == other),
            // Times without an offset are never the same moment as times with one.
            (Self::Time(own), Self::Time(other)) => Some(own.compare(*other) == Some(Ordering::Equal)),
            (Self::DateTime(own), Self::DateTime(other)) => {
                Some(own.compare(*other) == Some(Ordering::Equal))
            }
            (Self::Days(own), Self::Days(other)) => Some(own == other),
            (Self::Months(own), Self::Months(other)) => Some(own == other),
            (Self::Entity(own), Self::Entity(other)) => Some(own == other),
            (Self::List(own), Self::List(other)) => Some(
                own.len() == other.len()
                    && own
                        .iter()
                        .zip(other.iter())
                        .all(|(a, b)| a.equals(b) == Some(true)),
            ),
            (Self::Range(own), Self::Range(other)) => {
                Some(own.start.equals(&other.start) && own.end.equals(&other.end))
            }
            _ => None,
        }
    }

    /// Which of two values comes first. Only numbers, texts, dates, times and durations have an order, each
    /// among their own kind; texts are ordered by their code points.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(own), Self::Number(other)) => Some(own.cmp(other)),
            (Self::Text(own), Self::Text(other)) => Some(own.cmp(other)),
            (Self::Date(own), Self::Date(other)) => Some(own.cmp(other)),
            (Self::Time(own), Self::Time(other)) => own.compare(*other),
            (Self::DateTime(own), Self::DateTime(other)) => own.compare(*other),
            (Self::Days(own), Self::Days(other)) => Some(own.cmp(other)),
            (Self::Months(own), Self::Months(other)) => Some(own.cmp(other)),
            _ => None,
        }
    }
}

impl Bound {
    fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unbounded, Self::Unbounded) => true,
            (Self::Open(own), Self::Open(other)) | (Self::Closed(own), Self::Closed(other)) => {
                own.equals(other) == Some(true)
            }
            _ => false,
        }
    }
}

impl Range {
    /// Is the value between the ends? `None` where it cannot be compared with one of them.
    pub fn includes(&self, value: &Value) -> Option<bool> {
        let after_start = match &self.start {
            Bound::Unbounded => true,
            Bound::Open(start) => value.compare(start)?.is_gt(),
            Bound::Closed(start) => value.compare(start)?.is_ge(),
        };
        let before_end = match &self.end {
            Bound::Unbounded => true,
            Bound::Open(end) => value.compare(end)?.is_lt(),
            Bound::Closed(end) => value.compare(end)?.is_le(),
        };
        Some(after_start && before_end)
    }
}
