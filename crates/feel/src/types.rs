//! What is known of a value before there is one.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Bound, EntityKind, ListId, Names, Value};

/// The type of an expression. Whatever its type, a value can also be null.
///
/// Its `Display` is in plain words, with an article: "a list of numbers".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// Nothing is known: any value at all.
    Any,
    /// Nothing but null.
    Null,
    /// True or false.
    Boolean,
    /// A decimal number.
    Number,
    /// A text; FEEL's string.
    Text,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A day and a time of it.
    DateTime,
    /// A days and time duration.
    Days,
    /// A years and months duration.
    Months,
    /// A text that is a code of one of the host's lists.
    Code(ListId),
    /// A list of such values.
    List(Box<Type>),
    /// A range of such values.
    Range(Box<Type>),
    /// One of the host's things.
    Entity(EntityKind),
}

impl Type {
    /// The type of lists of this type.
    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    /// The type of ranges of this type.
    pub fn range(self) -> Self {
        Self::Range(Box::new(self))
    }

    /// The type of a value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Boolean(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::Text(_) => Self::Text,
            Value::Date(_) => Self::Date,
            Value::Time(_) => Self::Time,
            Value::DateTime(_) => Self::DateTime,
            Value::Days(_) => Self::Days,
            Value::Months(_) => Self::Months,
            Value::List(members) => Self::of_all(members.iter().map(Self::of)).list(),
            Value::Range(range) => Self::of_all(
                [&range.start, &range.end]
                    .into_iter()
                    .filter_map(Bound::value)
                    .map(Self::of),
            )
            .range(),
            Value::Entity(entity) => Self::Entity(entity.kind),
        }
    }

    /// The narrowest type that all fit; [`Type::Any`] for none.
    pub fn of_all(types: impl Iterator<Item = Self>) -> Self {
        types.reduce(|one, other| one.unify(&other)).unwrap_or(Self::Any)
    }

    /// Can a value of this type stand where `wanted` is expected? Null and what is unknown always can.
    pub fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Any | Self::Null, _) | (_, Self::Any) | (Self::Code(_), Self::Text) => true,
            (Self::List(own), Self::List(other)) | (Self::Range(own), Self::Range(other)) => own.fits(other),
            _ => self == wanted,
        }
    }

    /// The narrowest type that both fit.
    pub fn unify(&self, other: &Self) -> Self {
        match (self, other) {
            _ if self == other => self.clone(),
            (Self::Null, known) | (known, Self::Null) => known.clone(),
            (Self::Code(_) | Self::Text, Self::Code(_) | Self::Text) => Self::Text,
            (Self::List(own), Self::List(other)) => own.unify(other).list(),
            (Self::Range(own), Self::Range(other)) => own.unify(other).range(),
            _ => Self::Any,
        }
    }

    /// What the members of a list of this type are; for what is no list, the type itself, because FEEL
    /// takes a value for the list of it.
    pub fn member(&self) -> &Self {
        match self {
            Self::List(member) => member,
            other => other,
        }
    }

    /// The type in plain words with an article, as the host's people would say it.
    pub fn describe(&self, names: &dyn Names) -> String {
        self.in_words(Some(names), Article::One)
    }

    fn in_words(&self, names: Option<&dyn Names>, article: Article) -> String {
        let (one, many) = match self {
            Self::Any => ("anything", "anything"),
            Self::Null => ("a blank", "blanks"),
            Self::Boolean => ("true or false", "true or false"),
            Self::Number => ("a number", "numbers"),
            Self::Text => ("a text", "texts"),
            Self::Date => ("a date", "dates"),
            Self::Time => ("a time", "times"),
            Self::DateTime => ("a date and time", "dates and times"),
            Self::Days => ("a days and time duration", "days and time durations"),
            Self::Months => ("a years and months duration", "years and months durations"),
            Self::Code(list) => {
                let name = names
                    .map(|names| format!(" from `{}`", names.list_name(*list)))
                    .unwrap_or_default();
                return match article {
                    Article::One => format!("a choice{name}"),
                    Article::Many => format!("choices{name}"),
                };
            }
            Self::Entity(kind) => {
                let name = names.map_or_else(|| "entry".to_owned(), |names| names.entity_name(*kind));
                return match article {
                    Article::One => format!("one {name}"),
                    Article::Many => format!("{name} entries"),
                };
            }
            Self::List(member) => {
                let members = member.in_words(names, Article::Many);
                return match article {
                    Article::One => format!("a list of {members}"),
                    Article::Many => format!("lists of {members}"),
                };
            }
            Self::Range(member) => {
                let members = member.in_words(names, Article::Many);
                return match article {
                    Article::One => format!("a range of {members}"),
                    Article::Many => format!("ranges of {members}"),
                };
            }
        };
        match article {
            Article::One => one.to_owned(),
            Article::Many => many.to_owned(),
        }
    }
}

#[derive(Clone, Copy)]
enum Article {
    One,
    Many,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(None, Article::One))
    }
}
