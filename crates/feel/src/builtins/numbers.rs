//! Functions on numbers: DMN 1.4, table 76.

use super::Call;
use super::signature::{number, quantity, text};
use crate::eval::SERIES;
use crate::{Months, Number, Rounding, Type, Value};

super::builtins! {
    decimal "decimal" &[&[number("n"), number("scale")]], |_| Type::Number,
        "The number rounded to so many decimal places; halfway, to the one whose last digit is even.",
        "decimal(1/3, 2) = 0.33 and decimal(2.5, 0) = 2";
    floor "floor" &[&[number("n"), number("scale").optional()]], |_| Type::Number,
        "The greatest number with so many decimal places, or the greatest integer, that is not above it.",
        "floor(1.56, 1) = 1.5 and floor(-1.5) = -2";
    ceiling "ceiling" &[&[number("n"), number("scale").optional()]], |_| Type::Number,
        "The least number with so many decimal places, or the least integer, that is not below it.",
        "ceiling(1.56, 1) = 1.6 and ceiling(-1.5) = -1";
    round_up "round up" &[&[number("n"), number("scale")]], |_| Type::Number,
        "The number rounded to so many decimal places, away from 0.",
        "round up(5.5, 0) = 6 and round up(-1.121, 2) = -1.13";
    round_down "round down" &[&[number("n"), number("scale")]], |_| Type::Number,
        "The number rounded to so many decimal places, towards 0.",
        "round down(5.5, 0) = 5 and round down(-1.126, 2) = -1.12";
    round_half_up "round half up" &[&[number("n"), number("scale")]], |_| Type::Number,
        "The number rounded to so many decimal places; halfway, away from 0.",
        "round half up(5.5, 0) = 6 and round half up(-5.5, 0) = -6";
    round_half_down "round half down" &[&[number("n"), number("scale")]], |_| Type::Number,
        "The number rounded to so many decimal places; halfway, towards 0.",
        "round half down(5.5, 0) = 5 and round half down(-1.126, 2) = -1.13";
    abs "abs" &[&[quantity("n")]], |types| types.first().cloned().unwrap_or(Type::Any),
        "The size of a number or duration, without its sign.",
        "abs(-10) = 10 and abs(@\"-PT5H\") = @\"PT5H\"";
    modulo "modulo" &[&[number("dividend"), number("divisor")]], |_| Type::Number,
        "What remains of the dividend after division, with the sign of the divisor.",
        "modulo(12, 5) = 2 and modulo(-12, 5) = 3";
    sqrt "sqrt" &[&[number("number")]], |_| Type::Number,
        "The square root of a number that is not below 0.",
        "sqrt(16) = 4";
    log "log" &[&[number("number")]], |_| Type::Number,
        "The natural logarithm of a number above 0.",
        "decimal(log(10), 8) = 2.30258509";
    exp "exp" &[&[number("number")]], |_| Type::Number,
        "Euler's number to the power of the number.",
        "decimal(exp(5), 8) = 148.41315910";
    odd "odd" &[&[number("number")]], |_| Type::Boolean,
        "Is it an odd integer?",
        "odd(5) and not(odd(2))";
    even "even" &[&[number("number")]], |_| Type::Boolean,
        "Is it an even integer?",
        "even(2) and not(even(5))";
    parse "number" &[&[text("from"), text("grouping separator"), text("decimal separator")]], |_| Type::Number,
        "The number that a text says, with what stands between thousands and before decimals in it, or null for neither.",
        "number(\"1 000,5\", \" \", \",\") = 1000.5";
}

fn decimal(call: &mut Call<'_, '_>) -> Option<Value> {
    to_scale(call, Rounding::HalfEven)
}

fn floor(call: &mut Call<'_, '_>) -> Option<Value> {
    to_scale_or_integer(call, Rounding::Floor)
}

fn ceiling(call: &mut Call<'_, '_>) -> Option<Value> {
    to_scale_or_integer(call, Rounding::Ceiling)
}

fn round_up(call: &mut Call<'_, '_>) -> Option<Value> {
    to_scale(call, Rounding::Up)
}

fn round_down(call: &mut Call<'_, '_>) -> Option<Value> {
    to_scale(call, Rounding::Down)
}

fn round_half_up(call: &mut Call<'_, '_>) -> Option<Value> {
    to_scale(call, Rounding::HalfUp)
}

fn round_half_down(call: &mut Call<'_, '_>) -> Option<Value> {
    to_scale(call, Rounding::HalfDown)
}

fn to_scale(call: &Call<'_, '_>, rounding: Rounding) -> Option<Value> {
    let scale = i32::try_from(call.integer(1)?).ok()?;
    call.number(0)?.rescale(scale, rounding).map(Value::Number)
}

fn to_scale_or_integer(call: &Call<'_, '_>, rounding: Rounding) -> Option<Value> {
    if call.count() > 1 {
        return to_scale(call, rounding);
    }
    call.number(0)?.rescale(0, rounding).map(Value::Number)
}

fn abs(call: &mut Call<'_, '_>) -> Option<Value> {
    match call.single(0) {
        Value::Number(number) => Some(Value::Number(number.abs())),
        Value::Days(days) if days.is_negative() => days.checked_neg().map(Value::Days),
        Value::Days(days) => Some(Value::Days(*days)),
        Value::Months(months) => months
            .total()
            .checked_abs()
            .map(|total| Value::Months(Months::new(total))),
        _ => None,
    }
}

fn modulo(call: &mut Call<'_, '_>) -> Option<Value> {
    call.number(0)?.checked_modulo(call.number(1)?).map(Value::Number)
}

fn sqrt(call: &mut Call<'_, '_>) -> Option<Value> {
    call.number(0)?.sqrt().map(Value::Number)
}

fn log(call: &mut Call<'_, '_>) -> Option<Value> {
    call.spend(SERIES)?;
    call.number(0)?.ln().map(Value::Number)
}

fn exp(call: &mut Call<'_, '_>) -> Option<Value> {
    call.spend(SERIES)?;
    call.number(0)?.exp().map(Value::Number)
}

fn odd(call: &mut Call<'_, '_>) -> Option<Value> {
    Some((call.number(0)?.is_even() == Some(false)).into())
}

fn even(call: &mut Call<'_, '_>) -> Option<Value> {
    Some((call.number(0)?.is_even() == Some(true)).into())
}

fn parse(call: &mut Call<'_, '_>) -> Option<Value> {
    let mut text = call.text(0)?.to_string();
    let separator = |index: usize, allowed: &[&str]| match call.value(index) {
        Value::Null => Some(None),
        _ => call
            .text(index)
            .filter(|text| allowed.contains(&text.as_str()))
            .map(Some),
    };
    let grouping = separator(1, &[" ", ",", "."])?;
    let decimal = separator(2, &[",", "."])?;
    if let (Some(grouping), Some(decimal)) = (grouping, decimal)
        && grouping == decimal
    {
        return None;
    }
    if let Some(grouping) = grouping {
        text = text.replace(grouping.as_str(), "");
    }
    if let Some(decimal) = decimal.filter(|decimal| *decimal != ".") {
        if text.contains('.') {
            return None;
        }
        text = text.replacen(decimal.as_str(), ".", 1);
    }
    text.parse::<Number>().ok().map(Value::Number)
}
