//! Functions that FEEL has not, and forms need.

use super::Call;
use super::signature::{any, day, number, numbers};
use crate::{Calendar, Date, Number, Type, Value};

super::builtins! {
    total "total" &[&[numbers("list")], &[numbers("n").rest()]], |_| Type::Number,
        "The sum of the numbers, in which blanks count as nothing; 0 if there are none. Not in FEEL.",
        "total(1, null, 2) = 3 and total([]) = 0";
    age "age" &[&[day("born"), day("on")]], |_| Type::Number,
        "The completed years from a birth to a day; a year is completed at the start of the birthday, which for \
         29 February is 1 March in other years. Not in FEEL.",
        "age(@\"2012-02-29\", @\"2025-02-28\") = 12 and age(@\"2012-02-29\", @\"2025-03-01\") = 13";
    working_days "working days" &[&[day("after"), day("until")]], |_| Type::Number,
        "How many working days of England and Wales there are after one day up to and with another; negative where \
         that is earlier. Not in FEEL.",
        "working days(@\"2026-12-24\", @\"2026-12-29\") = 1";
    add_working_days "add working days" &[&[day("from"), number("days")]], |_| Type::Date,
        "The day that is so many working days of England and Wales after a day, or before it where negative; with 0 \
         the day itself. Not in FEEL.",
        "add working days(@\"2026-12-18\", 10) = @\"2027-01-06\"";
    blank "blank" &[&[any("value")]], |_| Type::Boolean,
        "Is there nothing: no value, an empty text or an empty list? Not in FEEL.",
        "blank(null) and blank(\"\") and blank([]) and not(blank(0))";
}

fn total(call: &mut Call<'_, '_>) -> Option<Value> {
    let mut total = Number::ZERO;
    for index in 0..call.count() {
        let members = call.list(index).unwrap_or_default();
        call.spend(members.len())?;
        for member in members {
            match member {
                Value::Null => {}
                Value::Number(number) => total = total.checked_add(*number)?,
                _ => return None,
            }
        }
    }
    Some(Value::Number(total))
}

/// Family Law Reform Act 1969, section 9: an age is attained at the start of the birthday.
fn age(call: &mut Call<'_, '_>) -> Option<Value> {
    let (born, on) = (call.day(0)?, call.day(1)?);
    let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
    let years = i64::from(on.year()) - i64::from(born.year()) - i64::from(before_birthday);
    (born <= on).then(|| Value::Number(years.into()))
}

fn working_days(call: &mut Call<'_, '_>) -> Option<Value> {
    let (after, until) = (call.day(0)?, call.day(1)?);
    spend_years(call, after, until)?;
    Some(Value::Number(Calendar::new().count(after, until).into()))
}

fn add_working_days(call: &mut Call<'_, '_>) -> Option<Value> {
    let (from, days) = (call.day(0)?, call.integer(1)?);
    // No year has so few working days.
    let years = days.unsigned_abs() / 200;
    call.spend(usize::try_from(years).ok()?)?;
    Calendar::new().add(from, days).map(Value::Date)
}

/// Each year has holidays to be worked out.
fn spend_years(call: &mut Call<'_, '_>, after: Date, until: Date) -> Option<()> {
    let years = after.year().abs_diff(until.year());
    call.spend(usize::try_from(years).ok()?)
}

fn blank(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(call.value(0).is_blank().into())
}
