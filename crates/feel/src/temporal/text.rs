//! Small readers for ISO 8601 text, shared by every kind of date, time and duration.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Deserializer;
use serde::de::{Error, Unexpected, Visitor};

/// Takes exactly `count` digits off the front.
pub(super) fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let (first, rest) = text.split_at_checked(count)?;
    first.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Some((first.parse().ok()?, rest))
}

/// Takes the longest run of digits off the front; there must be one at least.
pub(super) fn run_of_digits(text: &str) -> Option<(&str, &str)> {
    let end = text
        .bytes()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at_checked(end)).flatten()
}

/// The digits after a point, 1 to 9 of them, as nanoseconds.
pub(super) fn nanoseconds(fraction: &str) -> Option<u32> {
    let missing = 9_u32.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    Some(fraction.parse::<u32>().ok()? * 10_u32.pow(missing))
}

/// Writes `.5` for half a second, and nothing for none.
pub(super) fn write_fraction(f: &mut impl fmt::Write, nanoseconds: u32) -> fmt::Result {
    if nanoseconds == 0 {
        return Ok(());
    }
    let digits = format!("{nanoseconds:09}");
    write!(f, ".{}", digits.trim_end_matches('0'))
}

/// Reads from JSON what is written there as text.
pub(crate) fn from_text<'de, D: Deserializer<'de>, T: FromStr>(
    deserializer: D,
    expected: &'static str,
) -> Result<T, D::Error> {
    struct Text<T>(&'static str, PhantomData<fn() -> T>);

    impl<T: FromStr> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            text.parse()
                .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
        }
    }

    deserializer.deserialize_str(Text(expected, PhantomData))
}

/// Implements serde for types that are written as text, by their `Display` and `FromStr`.
macro_rules! serde_as_text {
    ($($type:ty: $expected:literal),* $(,)?) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::temporal::text::from_text(deserializer, $expected)
            }
        }
    )*};
}

pub(super) use serde_as_text;
