//! The operators on numbers, dates, times and durations (DMN 1.4, tables 56 to 60).

use crate::syntax::Operator;
use crate::{Date, DateTime, Days, Months, Number, Time, Value};

/// What an operator makes of two values; `None` where it makes nothing of them.
pub(super) fn operate(operator: Operator, left: &Value, right: &Value) -> Option<Value> {
    match operator {
        Operator::Add => add(left, right),
        Operator::Subtract => subtract(left, right),
        Operator::Multiply => multiply(left, right),
        Operator::Divide => divide(left, right),
        Operator::Power => match (left, right) {
            (Value::Number(base), Value::Number(exponent)) => base.pow(*exponent).map(Value::Number),
            _ => None,
        },
        Operator::And | Operator::Or => None,
    }
}

/// The value with its sign turned.
pub(super) fn negate(value: &Value) -> Option<Value> {
    match value {
        Value::Number(number) => Some(Value::Number(-*number)),
        Value::Days(days) => days.checked_neg().map(Value::Days),
        Value::Months(months) => months
            .total()
            .checked_neg()
            .map(|total| Value::Months(Months::new(total))),
        _ => None,
    }
}

fn add(left: &Value, right: &Value) -> Option<Value> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.checked_add(*right).map(Value::Number),
        (Value::Days(left), Value::Days(right)) => left.checked_add(*right).map(Value::Days),
        (Value::Months(left), Value::Months(right)) => left
            .total()
            .checked_add(right.total())
            .map(|total| Value::Months(Months::new(total))),
        (point, Value::Days(days)) | (Value::Days(days), point) => later(point, *days),
        (point, Value::Months(months)) | (Value::Months(months), point) => months_later(point, *months),
        _ => None,
    }
}

fn subtract(left: &Value, right: &Value) -> Option<Value> {
    match (left, right) {
        (_, Value::Number(_) | Value::Days(_) | Value::Months(_)) => add(left, &negate(right)?),
        (Value::Time(left), Value::Time(right)) => left.since(*right).map(Value::Days),
        (Value::Date(left), Value::Date(right)) => {
            Days::from_days(left.days_since_1970() - right.days_since_1970()).map(Value::Days)
        }
        (Value::Date(left), Value::DateTime(right)) => midnight(*left, *right).since(*right).map(Value::Days),
        (Value::DateTime(left), Value::Date(right)) => left.since(midnight(*right, *left)).map(Value::Days),
        (Value::DateTime(left), Value::DateTime(right)) => left.since(*right).map(Value::Days),
        _ => None,
    }
}

fn multiply(left: &Value, right: &Value) -> Option<Value> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.checked_mul(*right).map(Value::Number),
        (Value::Days(days), Value::Number(factor)) | (Value::Number(factor), Value::Days(days)) => {
            Days::from_total_seconds(days.total_seconds().checked_mul(*factor)?).map(Value::Days)
        }
        (Value::Months(months), Value::Number(factor)) | (Value::Number(factor), Value::Months(months)) => {
            whole_months(total(*months).checked_mul(*factor)?)
        }
        _ => None,
    }
}

fn divide(left: &Value, right: &Value) -> Option<Value> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.checked_div(*right).map(Value::Number),
        (Value::Days(days), Value::Number(divisor)) => {
            Days::from_total_seconds(days.total_seconds().checked_div(*divisor)?).map(Value::Days)
        }
        (Value::Months(months), Value::Number(divisor)) => {
            whole_months(total(*months).checked_div(*divisor)?)
        }
        (Value::Days(left), Value::Days(right)) => left
            .total_seconds()
            .checked_div(right.total_seconds())
            .map(Value::Number),
        (Value::Months(left), Value::Months(right)) => {
            total(*left).checked_div(total(*right)).map(Value::Number)
        }
        _ => None,
    }
}

/// A day or time so much later. A day that is moved by less than a day is the day its first moment moves to.
fn later(point: &Value, days: Days) -> Option<Value> {
    match point {
        Value::Date(date) => {
            let moved = DateTime::new(*date, Time::MIDNIGHT).checked_add(days)?;
            Some(Value::Date(moved.date()))
        }
        Value::DateTime(moment) => moment.checked_add(days).map(Value::DateTime),
        Value::Time(time) => time.checked_add(days).map(Value::Time),
        _ => None,
    }
}

fn months_later(point: &Value, months: Months) -> Option<Value> {
    match point {
        Value::Date(date) => date.add_months(months).map(Value::Date),
        Value::DateTime(moment) => moment.add_months(months).map(Value::DateTime),
        _ => None,
    }
}

/// The first moment of a day, at Greenwich where the other moment has an offset.
fn midnight(date: Date, other: DateTime) -> DateTime {
    let utc = other.time().offset().map(|_| crate::Offset::UTC);
    DateTime::new(date, Time::MIDNIGHT.with_offset(utc))
}

fn total(months: Months) -> Number {
    Number::from(months.total())
}

/// A duration of so many months, leaving out the fraction of a month.
fn whole_months(months: Number) -> Option<Value> {
    months
        .trunc()
        .to_i64()
        .map(|total| Value::Months(Months::new(total)))
}
