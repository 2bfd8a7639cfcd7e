//! The values that expressions have, and what FEEL says of two of them.
//!
//! `compare` has FEEL's own equality and order, `json` the form values have on disk, `text` how they are
//! written. Nothing here knows of expressions.

mod compare;
mod json;
mod text;

use std::sync::Arc;

use smol_str::SmolStr;

use crate::{Date, DateTime, Days, Entity, Months, Number, Time};

pub use text::Source;
pub(crate) use text::write_quoted;

/// What an expression comes to. Cheap to clone, whatever it is.
///
/// Two values are equal here when they are the same in every part, as FEEL's `is` has it, so that values
/// can be kept in maps; FEEL's own equality is [`Value::equals`]. `Display` is FEEL's `string()`.
///
/// As JSON, null, booleans, texts and lists are what JSON has; the others are objects with one key:
/// `{"number":"12.5"}`, `{"date":"2026-11-19"}`, `{"range":{"from":{"number":"1"},"before":{"number":"9"}}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nothing: a blank, and what an operation without a result comes to.
    #[default]
    Null,
    /// True or false.
    Boolean(bool),
    /// A decimal number.
    Number(Number),
    /// A text.
    Text(SmolStr),
    /// A day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A day and a time of it.
    DateTime(DateTime),
    /// A days and time duration.
    Days(Days),
    /// A years and months duration.
    Months(Months),
    /// A list of values, which can be of several types.
    List(Arc<[Value]>),
    /// All values between two.
    Range(Arc<Range>),
    /// One of the host's things.
    Entity(Entity),
}

// A form holds thousands of values, and evaluation moves them about.
const _: () = assert!(size_of::<Value>() <= 32);

/// All values between two ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// Where it begins.
    pub start: Bound,
    /// Where it ends.
    pub end: Bound,
}

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// There is no end on this side: `(< 10)` has no start.
    Unbounded,
    /// The value is the end, and not in the range.
    Open(Value),
    /// The value is the end, and in the range.
    Closed(Value),
}

impl Bound {
    /// The value at the end, if there is an end.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::Unbounded => None,
            Self::Open(value) | Self::Closed(value) => Some(value),
        }
    }
}

impl Value {
    /// A text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(SmolStr::new(text))
    }

    /// A list.
    pub fn list(members: impl IntoIterator<Item = Value>) -> Self {
        Self::List(members.into_iter().collect())
    }

    /// The date, time or duration that a text in the form of ISO 8601 says, as in FEEL's `@"2026-11-19"`.
    pub fn temporal(text: &str) -> Option<Self> {
        let date = || text.parse().map(Self::Date);
        let time = || text.parse().map(Self::Time);
        let date_time = || text.parse().map(Self::DateTime);
        let days = || text.parse().map(Self::Days);
        let months = || text.parse().map(Self::Months);
        date()
            .or_else(|_| time())
            .or_else(|_| date_time())
            .or_else(|_| days())
            .or_else(|_| months())
            .ok()
    }

    /// Is it null?
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Is it true? Null is not, and neither is anything but the boolean.
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Boolean(true))
    }

    /// Is it null, an empty text or an empty list: what a person would call blank?
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(members) => members.is_empty(),
            _ => false,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Option<bool>> for Value {
    fn from(value: Option<bool>) -> Self {
        value.map_or(Self::Null, Self::Boolean)
    }
}

macro_rules! from {
    ($($variant:ident($type:ty)),*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                value.map_or(Self::Null, Self::$variant)
            }
        }
    )*};
}

from!(
    Number(Number),
    Text(SmolStr),
    Date(Date),
    Time(Time),
    DateTime(DateTime),
    Days(Days),
    Months(Months)
);
