//! What functions take.

use std::fmt;

use crate::Type;

/// One thing a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name, for calls that give names.
    pub name: &'static str,
    /// What may be given.
    pub kind: Kind,
    /// How often it is given.
    pub role: Role,
}

/// How often a parameter is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Once.
    Required,
    /// Once or not at all. What follows is optional too.
    Optional,
    /// Once or more often. It is the last one.
    Rest,
}

impl Param {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            role: Role::Required,
        }
    }

    pub(super) const fn optional(self) -> Self {
        Self {
            role: Role::Optional,
            ..self
        }
    }

    pub(super) const fn rest(self) -> Self {
        Self {
            role: Role::Rest,
            ..self
        }
    }
}

impl fmt::Display for Param {
    /// The name, with dots where it may be given again, and in brackets where it may be left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.role {
            Role::Required => f.write_str(self.name),
            Role::Optional => write!(f, "[{}]", self.name),
            Role::Rest => write!(f, "{}, …", self.name),
        }
    }
}

macro_rules! kinds {
    ($($variant:ident $constructor:ident $words:literal $doc:literal)*) => {
        /// What may be given for a parameter. Null always may; a single value may stand for a list of it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind {
            $(#[doc = $doc] $variant),*
        }

        impl Kind {
            /// The kind in plain words, with an article.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $words),*
                }
            }
        }

        $(
            pub(super) const fn $constructor(name: &'static str) -> Param {
                Param::new(name, Kind::$variant)
            }
        )*
    };
}

kinds! {
    Any any "anything" "Anything."
    Boolean boolean "true or false" "A boolean."
    Number number "a number" "A number."
    Quantity quantity "a number or a duration" "A number or a duration."
    Text text "a text" "A text."
    Day day "a date, or a date and time" "A date, or a date and time, of which the date counts."
    Time time "a time" "A time."
    Days days "a days and time duration" "A days and time duration."
    Booleans booleans "a list of true and false" "A list of booleans."
    Numbers numbers "a list of numbers" "A list of numbers."
    Texts texts "a list of texts" "A list of texts."
    Ordered ordered "a list of values that have an order" "A list of numbers, texts, dates, times or durations."
    List list "a list" "A list of anything."
    Member member "a member of the list" "Something like the members of the list beside it."
    Point point "a number, text, date, time or duration" "A value that has an order."
    Range range "a range" "A range."
}

impl Kind {
    /// May a value of this type be given?
    pub(crate) fn accepts(self, ty: &Type) -> bool {
        if matches!(ty, Type::Any | Type::Null) {
            return true;
        }
        match self {
            Self::Any | Self::List | Self::Member => true,
            Self::Boolean => *ty == Type::Boolean,
            Self::Number => *ty == Type::Number,
            Self::Quantity => matches!(ty, Type::Number | Type::Days | Type::Months),
            Self::Text => matches!(ty, Type::Text | Type::Code(_)),
            Self::Day => matches!(ty, Type::Date | Type::DateTime),
            Self::Time => *ty == Type::Time,
            Self::Days => *ty == Type::Days,
            Self::Booleans => Self::Boolean.accepts(ty.member()),
            Self::Numbers => Self::Number.accepts(ty.member()),
            Self::Texts => Self::Text.accepts(ty.member()),
            Self::Ordered => Self::Point.accepts(ty.member()),
            Self::Point => is_ordered(ty),
            Self::Range => matches!(ty, Type::Range(_)),
        }
    }

    /// Do the codes of one argument's list stand bare in this one?
    pub(crate) fn shares_codes(self) -> bool {
        matches!(self, Self::List | Self::Member)
    }
}

/// Have values of this type an order?
pub(crate) fn is_ordered(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Any
            | Type::Null
            | Type::Number
            | Type::Text
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Days
            | Type::Months
    )
}
