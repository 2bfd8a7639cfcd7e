//! Fixed-point numbers of 90 decimal places, for series whose sum is to be right to 34 digits.

use super::Number;
use super::double::{Double, LIMB};

/// How many digits a limb holds: so few that many products of limbs can be added up in 128 bits.
const LIMB_DIGITS: i32 = LIMB.ilog10() as i32;
/// Limbs, least first: five of the fraction, two of the integer.
const LIMBS: usize = 7;
const FRACTION_LIMBS: usize = 5;

/// A number from 0 up to 10^36, in steps of 10^-90. Results are cut off, never rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fixed([u64; LIMBS]);

impl Fixed {
    pub(super) const ZERO: Self = Self([0; LIMBS]);
    pub(super) const ONE: Self = Self([0, 0, 0, 0, 0, 1, 0]);
    /// The natural logarithm of 10.
    pub(super) const LN_10: Self = Self([
        677_352_480_235_997_205,
        33_327_900_967_572_609,
        601_101_488_628_772_976,
        17_991_454_684_364_207,
        302_585_092_994_045_684,
        2,
        0,
    ]);
    /// 1 / ln 10, cut off.
    pub(super) const LOG_E: Self = Self([
        208_870_774_729_224_949,
        114_453_783_165_864_649,
        294_397_005_803_666_566,
        651_128_918_916_605_082,
        434_294_481_903_251_827,
        0,
        0,
    ]);

    /// A small integer divided by a small one.
    pub(super) fn ratio(dividend: u64, divisor: u64) -> Self {
        let mut fixed = Self::ZERO;
        if let Some(limb) = fixed.0.get_mut(FRACTION_LIMBS) {
            *limb = dividend;
        }
        fixed.divided_by(divisor)
    }

    /// The size of a number, which must be below 10^36; digits after the 90th place are cut off.
    pub(super) fn from_number(number: Number) -> Option<Self> {
        // The place, counted from the last of the fraction, that the coefficient's last digit belongs to.
        let place = number.exponent() + LIMB_DIGITS * FRACTION_LIMBS as i32;
        let mut coefficient = number.coefficient();
        if place < 0 {
            coefficient = super::power_of_ten(place.unsigned_abs()).map_or(0, |unit| coefficient / unit);
        }
        let (limb, within) = (place.max(0) / LIMB_DIGITS, place.max(0) % LIMB_DIGITS);
        let shifted = Double::shifted(coefficient, within.unsigned_abs());
        let mut digits = shifted.limbs().into_iter();
        let mut fixed = Self::ZERO;
        for (slot, digit) in fixed
            .0
            .iter_mut()
            .skip(usize::try_from(limb).ok()?)
            .zip(&mut digits)
        {
            *slot = digit;
        }
        digits.all(|digit| digit == 0).then_some(fixed)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let mut carry = 0;
        Self(zip(self, other).map(|(a, b)| {
            let sum = u128::from(a) + u128::from(b) + carry;
            carry = sum / LIMB;
            (sum % LIMB) as u64
        }))
    }

    /// The difference, and whether `other` was the greater one.
    pub(super) fn minus(self, other: Self) -> (Self, bool) {
        if self.0.iter().rev().lt(other.0.iter().rev()) {
            return (other.minus(self).0, true);
        }
        let mut borrow = 0;
        let difference = zip(self, other).map(|(a, b)| {
            let less = u128::from(b) + borrow;
            borrow = u128::from(u128::from(a) < less);
            (u128::from(a) + borrow * LIMB - less) as u64
        });
        (Self(difference), false)
    }

    /// The product, unless it is 10^36 or more.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        let mut columns = [0_u128; LIMBS * 2];
        for (place, a) in self.0.into_iter().enumerate() {
            for (column, b) in columns.iter_mut().skip(place).zip(other.0) {
                *column += u128::from(a) * u128::from(b);
            }
        }
        let mut carry = 0;
        for column in &mut columns {
            let total = *column + carry;
            *column = total % LIMB;
            carry = total / LIMB;
        }
        let mut product = Self::ZERO;
        let mut columns = columns.into_iter().skip(FRACTION_LIMBS);
        for (limb, column) in product.0.iter_mut().zip(&mut columns) {
            *limb = column as u64;
        }
        (carry == 0 && columns.all(|column| column == 0)).then_some(product)
    }

    pub(super) fn divided_by(self, divisor: u64) -> Self {
        let mut rest = 0;
        let mut quotient = self;
        for limb in quotient.0.iter_mut().rev() {
            let total = rest * LIMB + u128::from(*limb);
            *limb = (total / u128::from(divisor)) as u64;
            rest = total % u128::from(divisor);
        }
        quotient
    }

    pub(super) fn is_zero(self) -> bool {
        self.0.iter().all(|limb| *limb == 0)
    }

    /// The part before the point, if it is small.
    pub(super) fn whole(self) -> Option<u64> {
        match self.0 {
            [.., whole, 0] => Some(whole),
            _ => None,
        }
    }

    /// ±this × 10^`exponent`, rounded to 34 digits.
    pub(super) fn to_number(self, negative: bool, exponent: i32) -> Option<Number> {
        // Three limbs have at least 37 digits from the first that is not 0; what is below is a bit more.
        let mut leading = self.0.iter().rev().skip_while(|limb| **limb == 0);
        let used = leading.clone().count();
        let mut top = Double::from_low(0);
        for limb in leading.by_ref().take(3) {
            top = top.checked_mul(LIMB)?.plus(Double::from_low(u128::from(*limb)));
        }
        let inexact = leading.any(|limb| *limb != 0);
        let below = used.saturating_sub(3) as i32;
        top.round(
            negative,
            exponent + LIMB_DIGITS * (below - FRACTION_LIMBS as i32),
            inexact,
        )
    }
}

fn zip(a: Fixed, b: Fixed) -> [(u64, u64); LIMBS] {
    let mut pairs = [(0, 0); LIMBS];
    for (pair, both) in pairs.iter_mut().zip(a.0.into_iter().zip(b.0)) {
        *pair = both;
    }
    pairs
}
