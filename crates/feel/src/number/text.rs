//! How numbers are read and written: as FEEL's literals, and as JSON strings.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Number;

/// Numbers with more zeros than this before their first or after their last digit are written with an exponent.
const MAX_ZEROS: usize = 100;

/// The text is not a decimal number, or the number is too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a number such as `12` or `0.5`, or too large")
    }
}

impl std::error::Error for NotANumber {}

impl FromStr for Number {
    type Err = NotANumber;

    /// Reads `12`, `-12.50`, `.5` or `1.2e-3`; digits beyond the 34th are rounded half to even.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent).ok_or(NotANumber)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            // `5.` is not a literal of FEEL's, `.5` is.
            Some((_, "")) => return Err(NotANumber),
            Some((whole, fraction)) => (whole, fraction),
            None if mantissa.is_empty() => return Err(NotANumber),
            None => (mantissa, ""),
        };
        let (mut coefficient, mut scale, mut inexact) = (0_u128, 0_i32, false);
        let places = whole
            .bytes()
            .map(|digit| (digit, 0))
            .chain(fraction.bytes().map(|digit| (digit, 1)));
        for (digit, fractional) in places {
            if !digit.is_ascii_digit() {
                return Err(NotANumber);
            }
            let digit = u128::from(digit - b'0');
            // 36 digits and whether any other is not 0 are all that rounding to 34 can depend on.
            if coefficient < 10_u128.pow(36) {
                coefficient = coefficient * 10 + digit;
                scale -= fractional;
            } else {
                inexact |= digit != 0;
                scale += 1 - fractional;
            }
        }
        Self::rounded(negative, coefficient, exponent.saturating_add(scale), inexact).ok_or(NotANumber)
    }
}

fn read_exponent(text: &str) -> Option<i32> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned.is_empty() || !unsigned.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    // An exponent of more than six digits is as good as infinite, either way.
    let size = unsigned.trim_start_matches('0');
    let exponent = if size.len() > 6 {
        1_000_000
    } else {
        format!("0{size}").parse().ok()?
    };
    Some(if text.starts_with('-') {
        -exponent
    } else {
        exponent
    })
}

impl fmt::Display for Number {
    /// The number as FEEL's literal, without trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.coefficient().to_string();
        let exponent = self.exponent();
        let shift = usize::try_from(exponent.unsigned_abs()).unwrap_or(usize::MAX);
        let text = if exponent >= 0 {
            if shift > MAX_ZEROS {
                scientific(&digits, self.magnitude() - 1)
            } else {
                format!("{digits}{:0<shift$}", "")
            }
        } else if shift < digits.len() {
            let (whole, fraction) = digits.split_at(digits.len() - shift);
            format!("{whole}.{fraction}")
        } else if shift - digits.len() > MAX_ZEROS {
            scientific(&digits, self.magnitude() - 1)
        } else {
            format!("0.{digits:0>shift$}")
        };
        // `pad_integral` would count the point as a digit; only the sign and the text matter here.
        if self.is_negative() {
            f.pad(&format!("-{text}"))
        } else {
            f.pad(&text)
        }
    }
}

fn scientific(digits: &str, exponent: i32) -> String {
    let trimmed = digits.trim_end_matches('0');
    match trimmed.split_at_checked(1) {
        Some((first, "")) => format!("{first}e{exponent}"),
        Some((first, rest)) => format!("{first}.{rest}e{exponent}"),
        None => trimmed.to_owned(),
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::temporal::text::from_text(deserializer, "a number as text, such as \"12.5\"")
    }
}
