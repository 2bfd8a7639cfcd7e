//! The operations, each exact to 34 digits. What has no result, such as a division by zero, gives `None`.

use super::double::{self, Double};
use super::{DIGITS, Number, digits, power_of_ten};

impl Number {
    /// The sum; `None` where it is too large.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if let Some((own, others, exponent)) = aligned(self, other) {
            let (negative, coefficient) = match (self.negative == other.negative, own < others) {
                (true, _) => (self.negative, own + others),
                (false, false) => (self.negative, own - others),
                (false, true) => (other.negative, others - own),
            };
            return Self::rounded(negative, coefficient, exponent, false);
        }
        if self.is_zero() {
            return Some(other);
        }
        if other.is_zero() {
            return Some(self);
        }
        double::sum(self, other)
    }

    /// The difference; `None` where it is too large.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }

    /// The product; `None` where it is too large.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let negative = self.negative != other.negative;
        let exponent = self.exponent() + other.exponent();
        if self.high == 0 && other.high == 0 {
            return Self::rounded(
                negative,
                u128::from(self.low) * u128::from(other.low),
                exponent,
                false,
            );
        }
        Double::product(self.coefficient(), other.coefficient()).round(negative, exponent, false)
    }

    /// The quotient; `None` where it is too large, or where `other` is 0.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        if self.is_zero() {
            return Some(Self::ZERO);
        }
        let divisor = other.coefficient();
        let mut exponent = self.exponent() - other.exponent();
        let (mut quotient, mut rest) = (self.coefficient() / divisor, self.coefficient() % divisor);
        // Long division by hand, as many digits at a time as fit: the rest is less than the divisor.
        let at_once = 38 - digits(divisor);
        while rest != 0 && digits(quotient) <= DIGITS {
            let places = at_once.min(DIGITS + 2 - digits(quotient)).max(1);
            let unit = power_of_ten(places)?;
            quotient = quotient * unit + rest * unit / divisor;
            rest = rest * unit % divisor;
            exponent -= places as i32;
        }
        Self::rounded(self.negative != other.negative, quotient, exponent, rest != 0)
    }

    /// What remains of this number after whole multiples of `divisor` are taken away, with the sign of
    /// the divisor, as FEEL's `modulo` has it; `None` where the divisor is 0.
    pub fn checked_modulo(self, divisor: Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        let remainder = self.remainder(divisor)?;
        let crosses = !remainder.is_zero() && remainder.negative != divisor.negative;
        if crosses {
            remainder.checked_add(divisor)
        } else {
            Some(remainder)
        }
    }

    /// The remainder with the sign of this number. It is exact, though the quotient may be of any length.
    fn remainder(self, divisor: Self) -> Option<Self> {
        if super::compare_magnitudes(self, divisor).is_lt() {
            return Some(self);
        }
        let exponent = self.exponent().min(divisor.exponent());
        let mut places = (self.exponent() - exponent).unsigned_abs();
        // A divisor with the greater exponent is less than the dividend, so that aligned it still fits.
        let divisor = divisor.coefficient() * power_of_ten((divisor.exponent() - exponent).unsigned_abs())?;
        let mut rest = self.coefficient() % divisor;
        let at_once = 38_u32.saturating_sub(digits(divisor)).max(1);
        while places > 0 && rest != 0 {
            let step = places.min(at_once);
            rest = rest * power_of_ten(step)? % divisor;
            places -= step;
        }
        Self::rounded(self.negative, rest, exponent, false)
    }

    /// The same distance from 0, above it.
    pub fn abs(self) -> Self {
        Self {
            negative: false,
            ..self
        }
    }
}

/// The coefficients that both have at the lower exponent, if they fit: as they do for nearly all numbers
/// that people write.
fn aligned(a: Number, b: Number) -> Option<(u128, u128, i32)> {
    let exponent = a.exponent().min(b.exponent());
    let coefficient = |number: Number| {
        let places = (number.exponent() - exponent).unsigned_abs();
        if places == 0 {
            return Some(number.coefficient());
        }
        let fits = digits(number.coefficient()) + places < 38;
        if fits {
            Some(number.coefficient() * power_of_ten(places)?)
        } else {
            None
        }
    };
    Some((coefficient(a)?, coefficient(b)?, exponent))
}

impl std::ops::Neg for Number {
    type Output = Self;

    fn neg(self) -> Self {
        Self {
            negative: !self.negative && !self.is_zero(),
            ..self
        }
    }
}
