//! Sums and products of two coefficients, whole, before they are rounded.

use std::cmp::Ordering;

use super::{DIGITS, LIMIT, Number, digits, power_of_ten};

/// What a limb of a longer number holds: 18 digits.
pub(super) const LIMB: u128 = 10_u128.pow(18);
/// Splits a coefficient into halves of 17 digits, so that products of halves fit.
const HALF: u128 = 10_u128.pow(DIGITS / 2);

/// A natural number of up to 68 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Double {
    // INVARIANT: both are below 10^34. The order of the fields is the order of the numbers.
    high: u128,
    low: u128,
}

impl Double {
    /// A coefficient below 10^34.
    pub(super) fn from_low(low: u128) -> Self {
        Self { high: 0, low }
    }

    /// The product of two coefficients.
    pub(super) fn product(a: u128, b: u128) -> Self {
        let (a_high, a_low) = (a / HALF, a % HALF);
        let (b_high, b_low) = (b / HALF, b % HALF);
        let middle = a_high * b_low + a_low * b_high + a_low * b_low / HALF;
        Self {
            high: a_high * b_high + middle / HALF,
            low: middle % HALF * HALF + a_low * b_low % HALF,
        }
    }

    /// The product, if it has no more than 68 digits.
    pub(super) fn checked_mul(self, factor: u128) -> Option<Self> {
        let (high, low) = (Self::product(self.high, factor), Self::product(self.low, factor));
        let sum = high.low + low.high;
        (high.high == 0 && sum < LIMIT).then_some(Self {
            high: sum,
            low: low.low,
        })
    }

    /// The coefficient × 10^`places`, which must have no more than 68 digits.
    pub(super) fn shifted(coefficient: u128, places: u32) -> Self {
        let scaled = |places: u32| coefficient * power_of_ten(places).unwrap_or(1);
        match places.checked_sub(DIGITS) {
            Some(beyond) => Self {
                high: scaled(beyond),
                low: 0,
            },
            None if digits(coefficient) + places <= DIGITS => Self::from_low(scaled(places)),
            None => Self::product(coefficient, power_of_ten(places).unwrap_or(1)),
        }
    }

    /// The sum, which must have no more than 68 digits.
    pub(super) fn plus(self, other: Self) -> Self {
        let low = self.low + other.low;
        Self {
            high: self.high + other.high + low / LIMIT,
            low: low % LIMIT,
        }
    }

    /// The distance between the two.
    pub(super) fn distance(self, other: Self) -> Self {
        let (greater, less) = if self >= other {
            (self, other)
        } else {
            (other, self)
        };
        match greater.low.checked_sub(less.low) {
            Some(low) => Self {
                high: greater.high - less.high,
                low,
            },
            None => Self {
                high: greater.high - less.high - 1,
                low: greater.low + LIMIT - less.low,
            },
        }
    }

    /// The number as a coefficient, if it is one.
    pub(super) fn to_coefficient(self) -> Option<u128> {
        (self.high == 0).then_some(self.low)
    }

    /// The number nearest to ±(this and a bit, if `inexact`) × 10^`exponent`.
    pub(super) fn round(self, negative: bool, exponent: i32, inexact: bool) -> Option<Number> {
        if self.high == 0 {
            return Number::rounded(negative, self.low, exponent, inexact);
        }
        // 35 digits and whether any further one is not 0 are all that rounding can depend on.
        let places = (DIGITS + 2 - digits(self.high)).min(DIGITS);
        let unit = power_of_ten(DIGITS - places)?;
        let top = self.high * power_of_ten(places)? + self.low / unit;
        let exponent = exponent.checked_add((DIGITS - places) as i32)?;
        Number::rounded(negative, top, exponent, inexact || !self.low.is_multiple_of(unit))
    }

    /// The digits, eighteen at a time, least first.
    pub(super) fn limbs(self) -> [u64; 4] {
        let mut limbs = [0; 4];
        let mut rest = self;
        for limb in &mut limbs {
            // What the high half leaves over joins the low one in two steps, so that nothing outgrows 128 bits.
            let upper = rest.high % LIMB * HALF + rest.low / HALF;
            let lower = upper % LIMB * HALF + rest.low % HALF;
            rest = Self {
                high: rest.high / LIMB,
                low: upper / LIMB * HALF + lower / LIMB,
            };
            *limb = (lower % LIMB) as u64;
        }
        limbs
    }
}

/// The sum of two signed numbers, neither of them 0, rounded.
pub(super) fn sum(a: Number, b: Number) -> Option<Number> {
    let (high, low) = if a.exponent() >= b.exponent() {
        (a, b)
    } else {
        (b, a)
    };
    let gap = (high.exponent() - low.exponent()).unsigned_abs();
    // Where the gap is wide, the higher one moves by as much as leaves room for a carry, and of the lower
    // one only those digits are kept that are then in reach: one further bit stands for the rest.
    let shift = gap.min(2 * DIGITS - 1 - digits(high.coefficient()));
    let wide = Double::shifted(high.coefficient(), shift);
    let beyond = power_of_ten(gap - shift);
    let coefficient = low.coefficient();
    let (narrow, rest) = match beyond {
        Some(unit) => (coefficient / unit, !coefficient.is_multiple_of(unit)),
        None => (0, coefficient != 0),
    };
    let narrow = Double::from_low(narrow);
    let exponent = high.exponent() - shift as i32;
    if high.negative == low.negative {
        return wide.plus(narrow).round(high.negative, exponent, rest);
    }
    let mut difference = wide.distance(narrow);
    if rest {
        // The rest is taken away too: what remains lies a bit above the next lower number.
        difference = difference.distance(Double::from_low(1));
    }
    let negative = if wide.cmp(&narrow) == Ordering::Less {
        low.negative
    } else {
        high.negative
    };
    difference.round(negative, exponent, rest)
}
