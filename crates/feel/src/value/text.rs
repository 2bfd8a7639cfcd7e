//! How values are written: as FEEL's `string()` has them, and as FEEL's source.

use std::fmt::{self, Write};

use super::{Bound, Range, Value};

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
            Self::Date(value) => value.fmt(f),
            Self::Time(value) => value.fmt(f),
            Self::DateTime(value) => value.fmt(f),
            Self::Days(value) => value.fmt(f),
            Self::Months(value) => value.fmt(f),
            Self::List(members) => write_list(f, members, |f, member| match member {
                Self::Text(_) => Source(member).fmt(f),
                _ => member.fmt(f),
            }),
            Self::Range(range) => range.write(f, |f, value| match value {
                Self::Text(_) => Source(value).fmt(f),
                _ => value.fmt(f),
            }),
            Self::Entity(entity) => write!(f, "entry {}", entity.id),
        }
    }
}

/// A value as FEEL's source: texts in quotes, dates and durations as `@"2026-11-19"`.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a>(pub &'a Value);

impl fmt::Display for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Text(text) => write_quoted(f, text),
            Value::Date(_) | Value::Time(_) | Value::DateTime(_) | Value::Days(_) | Value::Months(_) => {
                write!(f, "@\"{}\"", self.0)
            }
            Value::List(members) => write_list(f, members, |f, member| Source(member).fmt(f)),
            Value::Range(range) => range.write(f, |f, value| Source(value).fmt(f)),
            other => other.fmt(f),
        }
    }
}

type Write1 = fn(&mut fmt::Formatter<'_>, &Value) -> fmt::Result;

fn write_list(f: &mut fmt::Formatter<'_>, members: &[Value], write: Write1) -> fmt::Result {
    f.write_char('[')?;
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        write(f, member)?;
    }
    f.write_char(']')
}

impl Range {
    fn write(&self, f: &mut fmt::Formatter<'_>, write: Write1) -> fmt::Result {
        let (operator, value) = match (&self.start, &self.end) {
            (Bound::Unbounded, Bound::Open(value)) => ("<", value),
            (Bound::Unbounded, Bound::Closed(value)) => ("<=", value),
            (Bound::Open(value), Bound::Unbounded) => (">", value),
            (Bound::Closed(value), Bound::Unbounded) => (">=", value),
            (start, end) => {
                f.write_char(if matches!(start, Bound::Closed(_)) {
                    '['
                } else {
                    '('
                })?;
                write(f, start.value().unwrap_or(&Value::Null))?;
                f.write_str("..")?;
                write(f, end.value().unwrap_or(&Value::Null))?;
                return f.write_char(if matches!(end, Bound::Closed(_)) { ']' } else { ')' });
            }
        };
        write!(f, "({operator} ")?;
        write(f, value)?;
        f.write_char(')')
    }
}

/// Writes a text as a literal that reads back as the same text.
pub(crate) fn write_quoted(f: &mut impl Write, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            control if control.is_control() => write!(f, "\\u{:04X}", u32::from(control))?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('"')
}
