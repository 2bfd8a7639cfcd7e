//! Rounding to so many decimal places.

use std::cmp::Ordering;

use super::{LIMIT, MAX_EXPONENT, MIN_EXPONENT, Number, digits, power_of_ten};

/// Which neighbour a number between two is rounded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// The nearer one, or the one whose last digit is even: FEEL's `decimal`.
    HalfEven,
    /// The nearer one, or the one further from 0: `round half up`.
    HalfUp,
    /// The nearer one, or the one closer to 0: `round half down`.
    HalfDown,
    /// The one further from 0: `round up`.
    Up,
    /// The one closer to 0: `round down`.
    Down,
    /// The greater one: `ceiling`.
    Ceiling,
    /// The lesser one: `floor`.
    Floor,
}

impl Number {
    /// The number with at most `scale` decimal places; a negative scale rounds to tens, hundreds and so on.
    /// `None` where the scale is not one of decimal128's, from -6111 to 6176.
    pub fn rescale(self, scale: i32, rounding: Rounding) -> Option<Self> {
        (-MAX_EXPONENT..=-MIN_EXPONENT).contains(&scale).then_some(())?;
        let drop = u32::try_from(-scale - self.exponent()).unwrap_or(0);
        if drop == 0 || self.is_zero() {
            return Some(self);
        }
        let coefficient = self.coefficient();
        let (kept, half) = match power_of_ten(drop) {
            Some(unit) => (coefficient / unit, (coefficient % unit).cmp(&(unit / 2))),
            None => (0, Ordering::Less),
        };
        // Something is dropped that is not 0, unless the number is an integer with zeros at its end.
        let exact = power_of_ten(drop).is_some_and(|unit| coefficient.is_multiple_of(unit));
        let away = !exact
            && match rounding {
                Rounding::HalfEven => half.is_gt() || half.is_eq() && kept % 2 == 1,
                Rounding::HalfUp => half.is_ge(),
                Rounding::HalfDown => half.is_gt(),
                Rounding::Up => true,
                Rounding::Down => false,
                Rounding::Ceiling => !self.negative,
                Rounding::Floor => self.negative,
            };
        Self::rounded(self.negative, kept + u128::from(away), -scale, false)
    }

    /// The integer part, leaving out the fraction.
    pub fn trunc(self) -> Self {
        self.rescale(0, Rounding::Down).unwrap_or(self)
    }

    /// The number × 10^`places`, if that is an integer and fits.
    pub(crate) fn scaled_to_i128(self, places: i32) -> Option<i128> {
        let exponent = u32::try_from(self.exponent() + places).ok()?;
        (exponent + digits(self.coefficient()) <= 38).then_some(())?;
        let magnitude = i128::try_from(self.coefficient() * power_of_ten(exponent)?).ok()?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    /// Is the number an integer that 2 divides? `None` for what is no integer.
    pub fn is_even(self) -> Option<bool> {
        match self.exponent() {
            0 => Some(self.coefficient().is_multiple_of(2)),
            // INVARIANT: an integer with a greater exponent ends in a 0.
            exponent => (exponent > 0).then_some(true),
        }
    }
}

const _: () = assert!(LIMIT.is_multiple_of(2));
