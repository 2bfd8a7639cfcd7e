//! How far a clock is from Greenwich.

use std::fmt;

use super::text;

/// How far a clock is ahead of Greenwich, in seconds: at most 18 hours, negative west of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(i32);

impl Offset {
    /// Greenwich itself, written `Z`.
    pub const UTC: Self = Self(0);

    const MOST: i64 = 18 * 3600;

    /// The offset of so many seconds, if it is within 18 hours.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        let within = (-Self::MOST..=Self::MOST).contains(&seconds);
        // Whatever is within 18 hours fits.
        within.then_some(Self(seconds as i32))
    }

    /// The offset in seconds.
    pub fn seconds(self) -> i64 {
        i64::from(self.0)
    }

    /// Reads `Z`, `+01:00`, `-05:30` or `+01:00:30`.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text == "Z" || text == "z" {
            return Some(Self::UTC);
        }
        let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
            (Some(rest), _) => (1, rest),
            (_, Some(rest)) => (-1, rest),
            _ => return None,
        };
        let (hours, rest) = text::digits(rest, 2)?;
        let (minutes, rest) = text::digits(rest.strip_prefix(':')?, 2)?;
        let seconds = match rest.strip_prefix(':') {
            Some(rest) => match text::digits(rest, 2)? {
                (seconds, "") => seconds,
                _ => return None,
            },
            None if rest.is_empty() => 0,
            None => return None,
        };
        (minutes < 60 && seconds < 60).then_some(())?;
        Self::from_seconds(sign * i64::from(hours * 3600 + minutes * 60 + seconds))
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("Z");
        }
        let sign = if self.0 < 0 { '-' } else { '+' };
        let seconds = self.0.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)?;
        if !seconds.is_multiple_of(60) {
            write!(f, ":{:02}", seconds % 60)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
