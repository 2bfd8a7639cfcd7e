//! What a person entered, exactly as they entered it.
//!
//! An answer is never the parsed value: "31/2" in a date stays "31/2", so that an invalid draft is kept
//! as faithfully as a valid one. The question's kind reads it into a value, or says what is wrong with it.

use feel::{Type, Value};
use serde::{Deserialize, Serialize};

use crate::compound::Compound;

/// An answer as entered. A blank answer is the absence of one.
///
/// The serialised shape is part of the record and kept for decades: variants and fields are added, never
/// changed or removed (`tests/shapes.rs` holds it to that).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Characters as typed: texts, numbers, times, and what was typed to find a code that is not found yet.
    Text(String),
    /// One code of a list, yes and no among them.
    Code(String),
    /// Several codes of a list, in the order of the list; or words of one's own, in the order in which they were added.
    Codes(Vec<String>),
    /// A date, part by part.
    Date(DateParts),
    /// A person's own words, one entry each.
    Quotes(Vec<Quote>),
    /// Anything else of several parts: an address, people, a grid, a drawing.
    Compound(Compound),
}

/// A date as entered in three boxes. Each part is what was typed, blank if nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct DateParts {
    /// Day of the month, as typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub day: String,
    /// Month, as typed: a number or an English name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub month: String,
    /// Year, as typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub year: String,
    /// Did the person say that the date is estimated?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
}

impl DateParts {
    /// The parts of a whole date.
    pub fn of(date: feel::Date) -> Self {
        Self {
            day: date.day().to_string(),
            month: date.month().to_string(),
            year: date.year().to_string(),
            estimated: false,
        }
    }

    /// Is every part blank?
    pub fn is_blank(&self) -> bool {
        [&self.day, &self.month, &self.year]
            .iter()
            .all(|part| part.trim().is_empty())
    }
}

/// One thing a child said: their words exactly, and what led to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Quote {
    /// Tells this entry from the others of the same question; made where it was added.
    pub id: String,
    /// The child's words, in their spelling, their own names for people and for parts of the body.
    pub words: String,
    /// What was asked, word for word, if a question prompted them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub asked: String,
    /// Was the question leading, or the child prompted further? `None` while nobody has said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompted: Option<bool>,
}

impl Answer {
    /// The answer that a person would enter to give a value of this type; nothing for a value that has no such
    /// answer, or is of another type.
    pub fn of(value: &Value, ty: &Type) -> Option<Self> {
        Some(match (value, ty) {
            (Value::Text(code), Type::Code(_)) => Self::Code(code.to_string()),
            (Value::List(values), Type::List(member)) if matches!(**member, Type::Code(_)) => {
                let codes = values.iter().map(|value| match value {
                    Value::Text(code) => Some(code.to_string()),
                    _ => None,
                });
                Self::Codes(codes.collect::<Option<_>>()?)
            }
            (Value::Date(day), Type::Date) => Self::Date(DateParts::of(*day)),
            (Value::Text(text), Type::Text) => Self::Text(text.to_string()),
            (Value::Number(number), Type::Number) => Self::Text(number.to_string()),
            (Value::Time(time), Type::Time) => Self::Text(format!("{:02}:{:02}", time.hour(), time.minute())),
            _ => return None,
        })
    }

    /// Can [`Answer::of`] make answers of values of this type?
    pub fn can_be_of(ty: &Type) -> bool {
        match ty {
            Type::Code(_) | Type::Date | Type::Text | Type::Number | Type::Time => true,
            Type::List(member) => matches!(**member, Type::Code(_)),
            _ => false,
        }
    }

    /// Does the answer say nothing? A blank answer counts as none, whatever shape it has.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) | Self::Code(text) => text.trim().is_empty(),
            Self::Codes(codes) => codes.is_empty(),
            Self::Date(parts) => parts.is_blank(),
            Self::Quotes(quotes) => quotes.iter().all(|quote| quote.words.trim().is_empty()),
            Self::Compound(parts) => parts.is_blank(),
        }
    }
}
