//! Functions that FEEL has not, and forms need.

use super::Call;
use super::signature::{any, day, numbers};
use crate::{Number, Type, Value};

super::builtins! {
    total "total" &[&[numbers("list")], &[numbers("n").rest()]], |_| Type::Number,
        "The sum of the numbers, in which blanks count as nothing; 0 if there are none. Not in FEEL.",
        "total(1, null, 2) = 3 and total([]) = 0";
    age "age" &[&[day("born"), day("on")]], |_| Type::Number,
        "The completed years from a birth to a day; a year is completed at the start of the birthday, which for \
         29 February is 1 March in other years. Not in FEEL.",
        "age(@\"2012-02-29\", @\"2025-02-28\") = 12 and age(@\"2012-02-29\", @\"2025-03-01\") = 13";
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

fn blank(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(call.value(0).is_blank().into())
}
