//! Functions on dates, times and durations: DMN 1.4, tables 72, 77 and 79.

use super::Call;
use super::signature::{any, day, days, number, text, time};
use crate::{Date, DateTime, Days, Number, Offset, Time, Type, Value};

super::builtins! {
    date "date" &[&[text("from")], &[day("from")], &[number("year"), number("month"), number("day")]],
        |_| Type::Date,
        "The date that a text says, or that of a date and time, or of a year, month and day.",
        "date(\"2026-11-19\") = date(2026, 11, 19)";
    time_of_day "time" &[
            &[text("from")],
            &[time("from")],
            &[day("from")],
            &[number("hour"), number("minute"), number("second"), days("offset").optional()],
        ],
        |_| Type::Time,
        "The time that a text says, or that of a date and time, or of an hour, minute and second.",
        "time(\"14:30:00\") = time(14, 30, 0)";
    date_and_time "date and time" &[&[text("from")], &[day("date"), time("time")]],
        |_| Type::DateTime,
        "The date and time that a text says, or a date and a time together.",
        "date and time(date(\"2026-11-19\"), time(\"14:30:00\")) = date and time(\"2026-11-19T14:30:00\")";
    duration "duration" &[&[text("from")]], |_| Type::Any,
        "The duration that a text says.",
        "duration(\"P1DT2H\") = @\"PT26H\" and duration(\"P1Y\") = @\"P12M\"";
    years_and_months_duration "years and months duration" &[&[day("from"), day("to")]], |_| Type::Months,
        "The whole months from one date to another.",
        "years and months duration(date(\"2011-12-22\"), date(\"2013-08-24\")) = @\"P1Y8M\"";
    day_of_year "day of year" &[&[day("date")]], |_| Type::Number,
        "The number of the day in its year.",
        "day of year(date(2019, 9, 17)) = 260";
    day_of_week "day of week" &[&[day("date")]], |_| Type::Text,
        "The name of the day in its week.",
        "day of week(date(2019, 9, 17)) = \"Tuesday\"";
    month_of_year "month of year" &[&[day("date")]], |_| Type::Text,
        "The name of the month.",
        "month of year(date(2019, 9, 17)) = \"September\"";
    week_of_year "week of year" &[&[day("date")]], |_| Type::Number,
        "The number of the week in its year; week 1 has the year's first Thursday.",
        "week of year(date(2019, 9, 17)) = 38";
    now "now" &[&[]], |_| Type::DateTime,
        "The present date and time.",
        "now() instance of date and time";
    today "today" &[&[]], |_| Type::Date,
        "The present date.",
        "today() instance of date";
    is "is" &[&[any("value1").optional(), any("value2").optional()]], |_| Type::Boolean,
        "Are the two values the same in every part, the offset of a time included?",
        "is(@\"10:30:00Z\", @\"10:30:00+00:00\") and not(is(@\"10:30:00Z\", @\"11:30:00+01:00\"))";
}

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What the function of that name makes of a text.
pub(super) fn read(function: &str, text: &str) -> Option<Value> {
    match function {
        "date" => text.parse().ok().map(Value::Date),
        "time" => text.parse().ok().map(Value::Time),
        "date and time" => text.parse().ok().map(Value::DateTime),
        "duration" => match Value::temporal(text) {
            duration @ Some(Value::Days(_) | Value::Months(_)) => duration,
            _ => None,
        },
        _ => None,
    }
}

fn date(call: &mut Call<'_, '_>) -> Option<Value> {
    match (call.count(), call.single(0)) {
        (1, Value::Text(text)) => read("date", text),
        (1, _) => call.day(0).map(Value::Date),
        _ => {
            let (year, month, day) = (call.integer(0)?, call.integer(1)?, call.integer(2)?);
            let date = Date::new(
                year.try_into().ok()?,
                month.try_into().ok()?,
                day.try_into().ok()?,
            );
            date.map(Value::Date)
        }
    }
}

fn time_of_day(call: &mut Call<'_, '_>) -> Option<Value> {
    match (call.count(), call.single(0)) {
        (1, Value::Text(text)) => read("time", text),
        (1, Value::Time(time)) => Some(Value::Time(*time)),
        (1, Value::DateTime(moment)) => Some(Value::Time(moment.time())),
        // A date begins at midnight in Greenwich: DMN 1.4, section 10.3.2.3.6.
        (1, Value::Date(_)) => Some(Value::Time(Time::MIDNIGHT.with_offset(Some(Offset::UTC)))),
        (1, _) => None,
        _ => {
            let (hour, minute) = (
                u8::try_from(call.integer(0)?).ok()?,
                u8::try_from(call.integer(1)?).ok()?,
            );
            let second = call.number(2)?;
            let fraction = second.checked_sub(second.trunc())?.scaled_to_i128(9)?;
            let time = Time::new(hour, minute, u8::try_from(second.trunc().to_i64()?).ok()?)?;
            let time = time.with_nanosecond(u32::try_from(fraction).ok()?)?;
            let offset = match call.single(3) {
                Value::Null => None,
                Value::Days(days) => Some(offset(*days)?),
                _ => return None,
            };
            Some(Value::Time(time.with_offset(offset)))
        }
    }
}

fn offset(days: Days) -> Option<Offset> {
    Offset::from_seconds(days.total_seconds().to_i64()?)
}

fn date_and_time(call: &mut Call<'_, '_>) -> Option<Value> {
    match (call.count(), call.single(0), call.single(1)) {
        (1, Value::Text(text), _) => read("date and time", text),
        (1, Value::DateTime(moment), _) => Some(Value::DateTime(*moment)),
        (2, _, Value::Time(time)) => Some(Value::DateTime(DateTime::new(call.day(0)?, *time))),
        _ => None,
    }
}

fn duration(call: &mut Call<'_, '_>) -> Option<Value> {
    read("duration", call.text(0)?)
}

fn years_and_months_duration(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(Value::Months(call.day(0)?.months_until(call.day(1)?)))
}

fn day_of_year(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(Value::Number(Number::from(u32::from(call.day(0)?.day_of_year()))))
}

fn day_of_week(call: &mut Call<'_, '_>) -> Option<Value> {
    DAYS.get(usize::from(call.day(0)?.weekday()) - 1).map(Value::text)
}

fn month_of_year(call: &mut Call<'_, '_>) -> Option<Value> {
    MONTHS.get(usize::from(call.day(0)?.month()) - 1).map(Value::text)
}

fn week_of_year(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(Value::Number(Number::from(u32::from(
        call.day(0)?.week_of_year(),
    ))))
}

fn now(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(Value::DateTime(call.reads().now()))
}

fn today(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(Value::Date(call.reads().today()))
}

fn is(call: &mut Call<'_, '_>) -> Option<Value> {
    // A named argument may be left out, and is null then; none at all is no question.
    (call.count() > 0).then(|| (call.value(0) == call.value(1)).into())
}
