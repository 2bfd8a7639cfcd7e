//! Roots, powers, exponentials and logarithms, right to the 34th digit.
//!
//! What has infinitely many digits is worked out to some 85 of them and then rounded once, so that only
//! a result closer than 10^-50 to the middle between two numbers could be rounded the wrong way.

use super::double::Double;
use super::fixed::Fixed;
use super::{DIGITS, Number, digits, power_of_ten};

impl Number {
    /// The square root; `None` below 0.
    pub fn sqrt(self) -> Option<Self> {
        if self.negative {
            return None;
        }
        // As on paper: two digits of the radicand give one of the root.
        let odd = self.exponent().rem_euclid(2);
        let radicand = self.coefficient() * if odd == 1 { 10 } else { 1 };
        let pairs = digits(radicand).div_ceil(2);
        let given = (0..pairs)
            .rev()
            .map(|pair| power_of_ten(2 * pair).map_or(0, |unit| radicand / unit % 100));
        let (mut root, mut rest, mut exponent) = (0_u128, 0_u128, pairs as i32);
        for pair in given.chain(std::iter::repeat(0)) {
            if exponent <= 0 && (rest == 0 || digits(root) > DIGITS) {
                break;
            }
            rest = rest * 100 + pair;
            let subtrahend = |digit: u128| (20 * root + digit) * digit;
            let digit = (1..=9)
                .rev()
                .find(|digit| subtrahend(*digit) <= rest)
                .unwrap_or(0);
            rest -= subtrahend(digit);
            root = root * 10 + digit;
            exponent -= 1;
        }
        Self::rounded(false, root, (self.exponent() - odd) / 2 + exponent, rest != 0)
    }

    /// e to the power of this number; `None` where that is too large.
    pub fn exp(self) -> Option<Self> {
        match Fixed::from_number(self) {
            Some(size) => exponential(size, self.negative),
            None => self.negative.then_some(Self::ZERO),
        }
    }

    /// The natural logarithm; `None` for 0 and below.
    pub fn ln(self) -> Option<Self> {
        let (size, negative) = logarithm(self)?;
        size.to_number(negative, 0)
    }

    /// This number to the power of `exponent`.
    ///
    /// `None` where that is too large, divides by 0, or is the root of a number below 0.
    pub fn pow(self, exponent: Self) -> Option<Self> {
        if exponent.is_zero() {
            return Some(Self::ONE);
        }
        if self.is_zero() {
            return (!exponent.negative).then_some(Self::ZERO);
        }
        // A power of a negative number is real where the exponent is an integer.
        let negative = if self.negative {
            !exponent.is_even()?
        } else {
            false
        };
        let signed = |size: Self| if negative { -size } else { size };
        if self.abs() == Self::ONE {
            return Some(signed(Self::ONE));
        }
        let exact = exponent
            .abs()
            .to_i64()
            .and_then(|count| integral_power(self, count.unsigned_abs()));
        match exact {
            Some(power) if !exponent.negative => return power.round(negative, 0),
            Some(power) => {
                if let Some(divisor) = power.to_number() {
                    return Self::ONE.checked_div(signed(divisor));
                }
            }
            None => {}
        }
        let (size, below) = logarithm(self.abs())?;
        let shrinks = below != exponent.negative;
        let size = Fixed::from_number(exponent.abs()).and_then(|exponent| size.times(exponent));
        match size {
            Some(size) => exponential(size, shrinks).map(signed),
            None => shrinks.then_some(Self::ZERO),
        }
    }
}

/// A power with all its digits.
struct Power {
    coefficient: Double,
    exponent: i32,
}

impl Power {
    fn round(self, negative: bool, exponent: i32) -> Option<Number> {
        self.coefficient
            .round(negative, self.exponent.saturating_add(exponent), false)
    }

    /// The power, if it is a number without being rounded.
    fn to_number(&self) -> Option<Number> {
        Number::canonical(false, self.coefficient.to_coefficient()?, self.exponent)
    }
}

/// The size of the power, if it has no more than 68 digits.
fn integral_power(number: Number, count: u64) -> Option<Power> {
    let (mut base, mut exponent) = (number.coefficient(), i64::from(number.exponent));
    while base.is_multiple_of(10) {
        base /= 10;
        exponent += 1;
    }
    let exponent = exponent.saturating_mul(i64::try_from(count).ok()?);
    let exponent = i32::try_from(exponent.clamp(-1_000_000, 1_000_000)).ok()?;
    let mut coefficient = Double::from_low(1);
    if base > 1 {
        // At least doubled each time, it outgrows its digits after 225 rounds.
        for _ in 0..count {
            coefficient = coefficient.checked_mul(base)?;
        }
    }
    Some(Power {
        coefficient,
        exponent,
    })
}

/// e to the power of ±`size`.
fn exponential(size: Fixed, negative: bool) -> Option<Number> {
    // e^x is 10^n × e^(x - n ln 10), and the latter is between 1 and 10 for the right n.
    let tens = size
        .times(Fixed::LOG_E)
        .and_then(Fixed::whole)
        .filter(|tens| *tens < 7000);
    let Some(tens) = tens else {
        return negative.then_some(Number::ZERO);
    };
    // A rest is wanted that is not below 0: one ten more where the whole is to be divided by it.
    let tens = tens + u64::from(negative);
    let (rest, _) = Fixed::LN_10.times(Fixed::ratio(tens, 1))?.minus(size);
    let exponent = i32::try_from(tens).ok()?;
    power_of_e(rest)?.to_number(false, if negative { -exponent } else { exponent })
}

/// e to the power of a small number.
fn power_of_e(exponent: Fixed) -> Option<Fixed> {
    const HALVINGS: u32 = 10;
    let step = exponent.divided_by(1 << HALVINGS);
    let (mut sum, mut term, mut count) = (Fixed::ONE, Fixed::ONE, 1);
    while !term.is_zero() {
        term = term.times(step)?.divided_by(count);
        sum = sum.plus(term);
        count += 1;
    }
    (0..HALVINGS).try_fold(sum, |power, _| power.times(power))
}

/// The natural logarithm's size, and whether it is below 0; `None` for 0 and below.
fn logarithm(number: Number) -> Option<(Fixed, bool)> {
    if number.negative || number.is_zero() {
        return None;
    }
    if number == Number::ONE {
        return Some((Fixed::ZERO, false));
    }
    // ln(m × 10^n) is ln m + n ln 10; m is between 1 and 10.
    let tens = number.magnitude() - 1;
    let mantissa = Number {
        exponent: number.exponent - i16::try_from(tens).ok()?,
        ..number
    };
    let hundredth = Fixed::from_number(mantissa)?.divided_by(100);
    let two_tens = Fixed::LN_10.plus(Fixed::LN_10);
    // Newton's method for e^y = m: each round adds m e^-y - 1, and doubles the digits that are right. e^-y
    // is taken as e^(2 ln 10 - y) / 100, so that no exponent is below 0.
    let first_digit = number.coefficient() / power_of_ten(digits(number.coefficient()) - 1)?;
    let thousandths = *LN_OF_MIDDLES.get(usize::try_from(first_digit).ok()? - 1)?;
    let mut logarithm = Fixed::ratio(thousandths, 1000);
    for _ in 0..8 {
        let (exponent, _) = two_tens.minus(logarithm);
        let (correction, too_great) = power_of_e(exponent)?.times(hundredth)?.minus(Fixed::ONE);
        logarithm = if too_great {
            logarithm.minus(correction).0
        } else {
            logarithm.plus(correction)
        };
    }
    let shift = Fixed::LN_10.times(Fixed::ratio(u64::from(tens.unsigned_abs()), 1))?;
    Some(if tens < 0 {
        logarithm.minus(shift)
    } else {
        (logarithm.plus(shift), false)
    })
}

/// ln 1.5, ln 2.5 and so on to ln 9.5, in thousandths: where Newton's method begins.
const LN_OF_MIDDLES: [u64; 9] = [405, 916, 1253, 1504, 1705, 1872, 2015, 2140, 2251];
