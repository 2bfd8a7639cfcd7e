//! Rule packs: what law and guidance say from a day on, and a form only refers to.
//!
//! A form carries every pack, with what it uses of them, so that a record can keep to the one that was in force when
//! it began, whatever was enacted since.

use feel::{Date, Days, Months, Number, Type, Value};
use serde::{Deserialize, Serialize};

use crate::ids::TermId;
use crate::kinds::value_in_words;
use crate::name::Name;
use crate::oversight::Span;

/// What law and guidance say from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RulePack {
    /// Its name, which a record keeps.
    pub name: Name,
    /// What people read, such as "Working Together 2023".
    pub title: String,
    /// The first day on which it is in force. It stays so until the next one is.
    pub from: Date,
    /// What it says. INVARIANT: the packs of a form say the same things in the same order, each of its own type.
    pub terms: Vec<Term>,
}

/// One thing that rule packs say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// What it is called.
    pub name: Name,
    /// What it is, by this pack.
    pub value: TermValue,
}

/// What a rule pack says of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermValue {
    /// A length of time, for clocks, stages and conditions.
    Length(Span),
    /// A number, for conditions and calculations.
    Number(Number),
    /// True or false, for conditions.
    Flag(bool),
}

impl TermValue {
    /// The type that expressions see. A length of time in working days is their number, any other a duration.
    pub fn value_type(self) -> Type {
        match self {
            Self::Length(Span::WorkingDays(_)) | Self::Number(_) => Type::Number,
            Self::Length(Span::Days(_) | Span::Hours(_) | Span::Weeks(_)) => Type::Days,
            Self::Length(Span::Months(_)) => Type::Months,
            Self::Flag(_) => Type::Boolean,
        }
    }

    /// The value that expressions see.
    pub fn value(self) -> Value {
        let hours =
            |hours: u16, times: i64| Value::Days(Days::from_seconds(i64::from(hours) * times * 3_600));
        match self {
            Self::Length(Span::WorkingDays(days)) => Value::Number(i64::from(days).into()),
            Self::Length(Span::Days(days)) => hours(days, 24),
            Self::Length(Span::Hours(count)) => hours(count, 1),
            Self::Length(Span::Weeks(weeks)) => hours(weeks, 24 * 7),
            Self::Length(Span::Months(months)) => Value::Months(Months::new(months.into())),
            Self::Number(number) => Value::Number(number),
            Self::Flag(flag) => Value::Boolean(flag),
        }
    }

    /// The value that expressions see, as people read it.
    pub fn in_words(self) -> String {
        value_in_words(&self.value(), None)
    }

    /// Are both a length of time, both a number, or both true or false?
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

impl RulePack {
    /// What the pack says of something.
    pub fn term(&self, term: TermId) -> Option<TermValue> {
        self.terms.get(term.0 as usize).map(|term| term.value)
    }
}
