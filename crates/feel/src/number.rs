//! Decimal numbers as FEEL has them: 34 significant digits, rounded half to even, never a float.
//!
//! This is the arithmetic of IEEE 754 decimal128 (DMN 1.4, section 10.3.2.3.1) without its infinities,
//! not-a-numbers, signed zero and trailing zeros: an operation without a result has none. The module
//! knows nothing of FEEL's values. Start with [`Number`]; `arithmetic` has the four operations,
//! `rounding` the rounding functions, `transcendental` roots, powers and logarithms.

mod arithmetic;
mod double;
mod fixed;
mod rounding;
mod text;
mod transcendental;

use std::cmp::Ordering;

pub use rounding::Rounding;
pub use text::NotANumber;

/// How many significant digits a [`Number`] keeps.
pub(crate) const DIGITS: u32 = 34;
/// One more than the greatest coefficient: 10^34.
const LIMIT: u128 = 10_u128.pow(DIGITS);
/// The exponent of the smallest step there is.
const MIN_EXPONENT: i32 = -6176;
/// The greatest exponent of a coefficient of 34 digits.
const MAX_EXPONENT: i32 = 6111;

/// A decimal number of at most 34 significant digits, between -9.99…E6144 and 9.99…E6144.
///
/// Equal numbers are equal in every way: `1`, `1.0` and `1.00` are one number. Numbers are written as
/// people write them (`12.5`), and as a JSON string, because a JSON number would pass through a float.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    // INVARIANT: the number is ±coefficient × 10^exponent, where the coefficient, whose halves these
    // are (so that a number stays at 24 bytes), is below 10^34 and the exponent is the one closest to 0
    // that can express the number. Zero is not negative. `Number::canonical` keeps this.
    high: u64,
    low: u64,
    exponent: i16,
    negative: bool,
}

impl Number {
    /// 0.
    pub const ZERO: Self = Self::small(0);
    /// 1.
    pub const ONE: Self = Self::small(1);

    /// A number known when the program is written.
    const fn small(number: u64) -> Self {
        Self {
            high: 0,
            low: number,
            exponent: 0,
            negative: false,
        }
    }

    /// `coefficient` × 10^`exponent`, rounded to 34 digits; `None` where that is too large.
    pub fn new(coefficient: i128, exponent: i32) -> Option<Self> {
        Self::rounded(coefficient < 0, coefficient.unsigned_abs(), exponent, false)
    }

    /// The number as an integer, if it is one and fits.
    pub fn to_i64(self) -> Option<i64> {
        if self.exponent != 0 {
            // INVARIANT: integers up to 34 digits have exponent 0, and greater ones do not fit.
            return None;
        }
        let magnitude = i128::try_from(self.coefficient()).ok()?;
        i64::try_from(if self.negative { -magnitude } else { magnitude }).ok()
    }

    /// Has the number no fractional part?
    pub fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    /// Is the number 0?
    pub fn is_zero(self) -> bool {
        self.high == 0 && self.low == 0
    }

    /// Is the number below 0?
    pub fn is_negative(self) -> bool {
        self.negative
    }

    fn coefficient(self) -> u128 {
        (u128::from(self.high) << 64) | u128::from(self.low)
    }

    fn exponent(self) -> i32 {
        i32::from(self.exponent)
    }

    /// The power of ten of the first digit.
    fn magnitude(self) -> i32 {
        digits(self.coefficient()) as i32 + self.exponent()
    }

    /// The number nearest to ±(`coefficient` + a bit, if `inexact`) × 10^`exponent`, half to even.
    fn rounded(negative: bool, coefficient: u128, exponent: i32, inexact: bool) -> Option<Self> {
        let excess = digits(coefficient) as i32 - DIGITS as i32;
        let drop = excess.max(MIN_EXPONENT.saturating_sub(exponent));
        if drop <= 0 {
            return Self::canonical(negative, coefficient, exponent);
        }
        let Some(unit) = power_of_ten(drop.unsigned_abs()) else {
            return Some(Self::ZERO);
        };
        let (kept, dropped) = (coefficient / unit, coefficient % unit);
        let up = match dropped.cmp(&(unit / 2)) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => inexact || kept % 2 == 1,
        };
        Self::canonical(negative, kept + u128::from(up), exponent.checked_add(drop)?)
    }

    /// The one form of ±`coefficient` × 10^`exponent`, which must need no rounding.
    fn canonical(negative: bool, mut coefficient: u128, mut exponent: i32) -> Option<Self> {
        if coefficient == 0 {
            return Some(Self::ZERO);
        }
        while exponent < 0 && coefficient > u128::from(u64::MAX) && coefficient.is_multiple_of(10) {
            coefficient /= 10;
            exponent += 1;
        }
        if exponent < 0
            && let Ok(mut short) = u64::try_from(coefficient)
        {
            while exponent < 0 && short.is_multiple_of(10) {
                short /= 10;
                exponent += 1;
            }
            coefficient = u128::from(short);
        }
        if exponent > 0 {
            let room = DIGITS
                .saturating_sub(digits(coefficient))
                .min(exponent.unsigned_abs());
            coefficient *= power_of_ten(room)?;
            exponent -= room as i32;
        }
        if coefficient >= LIMIT {
            // Only 10^34 itself, made by a carry, comes here.
            return Self::canonical(negative, coefficient / 10, exponent + 1);
        }
        if exponent > MAX_EXPONENT {
            return None;
        }
        let exponent = i16::try_from(exponent).ok()?;
        // Each half is cut out on purpose.
        Some(Self {
            high: (coefficient >> 64) as u64,
            low: coefficient as u64,
            exponent,
            negative,
        })
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self {
            negative: number < 0,
            ..Self::small(number.unsigned_abs())
        }
    }
}

impl From<i32> for Number {
    fn from(number: i32) -> Self {
        Self::from(i64::from(number))
    }
}

impl From<u32> for Number {
    fn from(number: u32) -> Self {
        Self::small(u64::from(number))
    }
}

impl From<usize> for Number {
    fn from(number: usize) -> Self {
        Self::small(number as u64)
    }
}

impl Default for Number {
    fn default() -> Self {
        Self::ZERO
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => compare_magnitudes(*self, *other),
            (true, true) => compare_magnitudes(*other, *self),
        }
    }
}

fn compare_magnitudes(a: Number, b: Number) -> Ordering {
    if a.exponent == b.exponent || a.is_zero() || b.is_zero() {
        return a.coefficient().cmp(&b.coefficient());
    }
    let widened = |number: Number| {
        let coefficient = number.coefficient();
        coefficient * power_of_ten(DIGITS - digits(coefficient)).unwrap_or(1)
    };
    a.magnitude()
        .cmp(&b.magnitude())
        .then_with(|| widened(a).cmp(&widened(b)))
}

/// How many decimal digits `coefficient` has; 0 has one.
fn digits(coefficient: u128) -> u32 {
    // Most numbers in a form are short, and 64-bit division is far cheaper.
    match u64::try_from(coefficient) {
        Ok(short) => short.checked_ilog10().unwrap_or(0) + 1,
        Err(_) => coefficient.checked_ilog10().unwrap_or(0) + 1,
    }
}

/// 10^`exponent`, if it fits.
fn power_of_ten(exponent: u32) -> Option<u128> {
    POWERS_OF_TEN.get(exponent as usize).copied()
}

const POWERS_OF_TEN: [u128; 39] = {
    let mut powers = [1; 39];
    let mut rest: &mut [u128] = &mut powers;
    let mut power = 1;
    while let Some((first, others)) = rest.split_first_mut() {
        *first = power;
        if others.is_empty() {
            break;
        }
        power *= 10;
        rest = others;
    }
    powers
};

#[cfg(test)]
mod tests;
