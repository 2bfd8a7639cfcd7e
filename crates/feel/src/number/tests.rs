//! Holds the arithmetic to an oracle with as many digits as it wants, and to constants known to more digits.

use std::num::NonZeroU64;
use std::str::FromStr;

use bigdecimal::{BigDecimal, RoundingMode};
use proptest::prelude::*;

use super::{Number, Rounding};

/// Numbers of every length, and of exponents that meet and that do not.
fn number() -> impl Strategy<Value = Number> {
    let coefficient = prop_oneof![
        -1000_i128..1000,
        any::<i64>().prop_map(i128::from),
        -10_i128.pow(34) + 1..10_i128.pow(34),
        (0_u32..34, -9_i128..10).prop_map(|(power, digit)| 10_i128.pow(power) * digit),
    ];
    let exponent = prop_oneof![Just(0), -6..3, -40..40, -120..120];
    (coefficient, exponent).prop_map(|(coefficient, exponent)| Number::new(coefficient, exponent).unwrap())
}

fn oracle(number: Number) -> BigDecimal {
    BigDecimal::from_str(&number.to_string()).unwrap()
}

/// What the oracle says, rounded as decimal128 rounds.
fn rounded(exact: &BigDecimal) -> Number {
    let rounded = exact.with_precision_round(NonZeroU64::new(34).unwrap(), RoundingMode::HalfEven);
    rounded
        .normalized()
        .to_scientific_notation()
        .to_lowercase()
        .parse()
        .unwrap()
}

fn decimal(text: &str) -> Number {
    text.parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn sums_are_exact_and_then_rounded(a in number(), b in number()) {
        prop_assert_eq!(a.checked_add(b), Some(rounded(&(oracle(a) + oracle(b)))));
        prop_assert_eq!(a.checked_sub(b), Some(rounded(&(oracle(a) - oracle(b)))));
    }

    #[test]
    fn products_are_exact_and_then_rounded(a in number(), b in number()) {
        prop_assert_eq!(a.checked_mul(b), Some(rounded(&(oracle(a) * oracle(b)))));
    }

    #[test]
    fn quotients_are_the_nearest_numbers(a in number(), b in number()) {
        match a.checked_div(b) {
            None => prop_assert!(b.is_zero()),
            Some(quotient) => {
                prop_assert_eq!(quotient.is_zero(), a.is_zero());
                // What multiplying back leaves over is no more than half a unit of the last place makes of
                // the divisor.
                let rest = (oracle(quotient) * oracle(b) - oracle(a)).abs();
                let unit = BigDecimal::new(1.into(), 34 - i64::from(quotient.magnitude()));
                prop_assert!(rest * BigDecimal::from(2) <= unit * oracle(b).abs());
            }
        }
    }

    #[test]
    fn the_order_is_that_of_the_numbers(a in number(), b in number()) {
        prop_assert_eq!(a.cmp(&b), oracle(a).cmp(&oracle(b)));
        prop_assert_eq!(a == b, oracle(a) == oracle(b));
    }

    #[test]
    fn what_is_written_reads_back(a in number()) {
        prop_assert_eq!(a.to_string().parse(), Ok(a));
        prop_assert_eq!(serde_json::from_str::<Number>(&serde_json::to_string(&a).unwrap()).unwrap(), a);
    }

    #[test]
    fn any_text_is_read_as_the_oracle_reads_it(text in "-?[0-9]{1,45}(\\.[0-9]{1,45})?(e[+-]?[0-9]{1,2})?") {
        prop_assert_eq!(decimal(&text), rounded(&BigDecimal::from_str(&text).unwrap()));
    }

    #[test]
    fn scales_are_rounded_as_they_say(a in number(), scale in -40_i32..60) {
        for (rounding, mode) in [
            (Rounding::HalfEven, RoundingMode::HalfEven),
            (Rounding::HalfUp, RoundingMode::HalfUp),
            (Rounding::HalfDown, RoundingMode::HalfDown),
            (Rounding::Up, RoundingMode::Up),
            (Rounding::Down, RoundingMode::Down),
            (Rounding::Ceiling, RoundingMode::Ceiling),
            (Rounding::Floor, RoundingMode::Floor),
        ] {
            let expected = oracle(a).with_scale_round(i64::from(scale), mode);
            prop_assert_eq!(oracle(a.rescale(scale, rounding).unwrap()), expected, "{:?}", rounding);
        }
    }

    #[test]
    fn what_remains_of_a_division_completes_it(a in number(), b in number()) {
        prop_assume!(!b.is_zero());
        let modulo = a.checked_modulo(b).unwrap();
        prop_assert!(modulo.is_zero() || modulo.is_negative() == b.is_negative());
        prop_assert!(modulo.abs() <= b.abs());
        let (dividend, divisor) = (oracle(a), oracle(b));
        let quotient = (&dividend / &divisor).with_scale_round(0, RoundingMode::Floor);
        // The oracle's quotient has 100 digits: where the dividend has more of them than that before the
        // point, it cannot tell.
        prop_assume!(i64::from(a.magnitude()) - i64::from(b.magnitude()) < 90);
        let exact = &dividend - &divisor * quotient;
        prop_assume!(exact.abs() < divisor.abs());
        prop_assert_eq!(modulo, rounded(&exact));
    }

    #[test]
    fn roots_are_right_to_the_last_digit(a in number()) {
        let root = a.abs().sqrt().unwrap();
        let half = BigDecimal::new(5.into(), 35 - i64::from(root.magnitude()));
        let (low, high) = (oracle(root) - &half, oracle(root) + &half);
        prop_assert!(a.is_zero() || low.square() <= oracle(a.abs()) && oracle(a.abs()) <= high.square());
        prop_assert_eq!((-a.abs()).sqrt(), a.is_zero().then_some(Number::ZERO));
    }

    #[test]
    fn whole_powers_are_right_to_the_last_digit(base in -10_i128.pow(12)..10_i128.pow(12), scale in 0_i32..12, power in 0_u32..40) {
        let base = Number::new(base, -scale).unwrap();
        let mut exact = BigDecimal::from(1);
        for _ in 0..power {
            exact *= oracle(base);
        }
        prop_assert_eq!(base.pow(power.into()), Some(rounded(&exact)));
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn logarithms_undo_exponentials(a in -14_000_i64..14_000, fraction in 0_i128..10_i128.pow(20)) {
        let a = Number::from(a).checked_add(Number::new(fraction, -20).unwrap()).unwrap();
        let back = a.exp().unwrap().ln().unwrap();
        // One unit in the 34th digit of the power is as much in the 34th decimal place of its logarithm.
        prop_assert!(back.checked_sub(a).unwrap().abs() <= decimal("1e-29"), "{} {}", a, back);
    }

    #[test]
    fn the_logarithm_of_a_product_is_the_sum_of_logarithms(a in number(), b in number()) {
        prop_assume!(!a.is_zero() && !b.is_zero());
        let (a, b) = (a.abs(), b.abs());
        let sum = a.ln().unwrap().checked_add(b.ln().unwrap()).unwrap();
        let of_product = a.checked_mul(b).unwrap().ln().unwrap();
        prop_assert!(sum.checked_sub(of_product).unwrap().abs() <= decimal("1e-30"));
    }
}

#[test]
fn constants_are_right_to_the_last_digit() {
    for (number, expected) in [
        (decimal("1").exp(), "2.718281828459045235360287471352662"),
        (decimal("-1").exp(), "0.3678794411714423215955237701614609"),
        (decimal("10").ln(), "2.302585092994045684017991454684364"),
        (decimal("2").ln(), "0.6931471805599453094172321214581766"),
        (decimal("1.0000000000000000000000000000000001").ln(), "0"),
        (
            decimal("1.000000000000000000000000000000001").ln(),
            "9.999999999999999999999999999999995e-34",
        ),
        (decimal("0.9999999999999999999999999999999999").ln(), "-1e-34"),
        (decimal("2").sqrt(), "1.414213562373095048801688724209698"),
        (
            decimal("2").pow(decimal("0.5")),
            "1.414213562373095048801688724209698",
        ),
        (
            decimal("5").pow(decimal("2.55")),
            "60.58617166606633673745724928244262",
        ),
        (
            decimal("2").pow(decimal("1000")),
            "1.071508607186267320948425049060002e301",
        ),
        (
            decimal("1.01").pow(decimal("365")),
            "37.78343433288715887761660479649761",
        ),
        (decimal("5").pow(decimal("-2")), "0.04"),
        (decimal("-2").pow(decimal("3")), "-8"),
        (decimal("-2").pow(decimal("-3")), "-0.125"),
        (decimal("0").exp(), "1"),
        (decimal("1").ln(), "0"),
        (decimal("1").pow(decimal("1e40")), "1"),
        (decimal("-1").pow(decimal("1e40")), "1"),
        (decimal("7").pow(decimal("0")), "1"),
        (decimal("0").pow(decimal("2")), "0"),
        (decimal("1e-6000").sqrt(), "1e-3000"),
        (decimal("-20000").exp(), "0"),
        (decimal("0.1").pow(decimal("1e30")), "0"),
    ] {
        assert_eq!(number, Some(decimal(expected)), "{expected}");
    }
}

#[test]
fn what_has_no_result_gives_none() {
    let one = Number::ONE;
    for nothing in [
        one.checked_div(Number::ZERO),
        one.checked_modulo(Number::ZERO),
        (-one).sqrt(),
        (-one).ln(),
        Number::ZERO.ln(),
        Number::ZERO.pow(-one),
        (-one).pow(decimal("0.5")),
        decimal("20000").exp(),
        decimal("10").pow(decimal("6145")),
        decimal("9.9e6144").checked_add(decimal("9e6143")),
        decimal("1e4000").checked_mul(decimal("1e4000")),
        decimal("1e4000").checked_div(decimal("1e-4000")),
        one.rescale(6177, Rounding::Up),
        one.rescale(-6112, Rounding::Up),
        Number::new(1, 6145),
    ] {
        assert_eq!(nothing, None);
    }
    assert_eq!(
        decimal("1e-4000").checked_mul(decimal("1e-4000")),
        Some(Number::ZERO)
    );
    assert_eq!(Number::new(5, -6177), Some(Number::ZERO));
    assert_eq!(Number::new(15, -6177), Number::new(2, -6176));
}

#[test]
fn numbers_are_written_as_people_write_them() {
    for (text, expected) in [
        ("0", "0"),
        ("-0", "0"),
        ("0.00", "0"),
        ("1.50", "1.5"),
        (".5", "0.5"),
        ("-12.30", "-12.3"),
        ("100", "100"),
        ("1e3", "1000"),
        ("1.23e+4", "12300"),
        ("1E-3", "0.001"),
        ("1e200", "1e200"),
        ("-1.5e-200", "-1.5e-200"),
        (
            "12345678901234567890123456789012345",
            "12345678901234567890123456789012340",
        ),
        ("00012", "12"),
    ] {
        assert_eq!(decimal(text).to_string(), expected);
    }
    for text in [
        "",
        "-",
        ".",
        "5.",
        "1e",
        "1e+",
        "+1",
        "1,5",
        " 1",
        "1_000",
        "--1",
        "e5",
        "1.2.3",
        "٣",
        "1e7000",
        "1e99999999999",
    ] {
        assert!(text.parse::<Number>().is_err(), "{text}");
    }
}

#[test]
fn integers_are_told_from_others() {
    assert_eq!(Number::from(i64::MIN).to_i64(), Some(i64::MIN));
    assert_eq!(decimal("12.0").to_i64(), Some(12));
    assert_eq!(decimal("12.5").to_i64(), None);
    assert_eq!(decimal("1e30").to_i64(), None);
    assert!(decimal("1e40").is_integer() && decimal("-3").is_integer() && !decimal("0.5").is_integer());
    assert_eq!(
        [decimal("1e40"), decimal("3"), decimal("-4"), decimal("1.5")].map(Number::is_even),
        [Some(true), Some(false), Some(true), None]
    );
}
