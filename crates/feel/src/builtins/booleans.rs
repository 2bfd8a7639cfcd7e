//! Functions on booleans, in FEEL's three-valued logic: DMN 1.4, tables 73 and 75.

use super::Call;
use super::signature::{Param, boolean, booleans};
use crate::{Type, Value};

const BOOLEANS: &[&[Param]] = &[&[booleans("list")], &[boolean("b").rest()]];

super::builtins! {
    not "not" &[&[boolean("negand")]], |_| Type::Boolean,
        "Is it false? Null if it is not known.",
        "not(false) and not(null) = null";
    all "all" BOOLEANS, |_| Type::Boolean,
        "Are all of them true? False as soon as one is false.",
        "all([true, true]) and not(all(true, false))";
    any "any" BOOLEANS, |_| Type::Boolean,
        "Is one of them true? True as soon as one is true.",
        "any([false, true]) and not(any(false, false))";
}

fn not(call: &mut Call<'_, '_>) -> Option<Value> {
    match call.single(0) {
        Value::Boolean(value) => Some(Value::Boolean(!value)),
        _ => None,
    }
}

fn all(call: &mut Call<'_, '_>) -> Option<Value> {
    junction(call, false)
}

fn any(call: &mut Call<'_, '_>) -> Option<Value> {
    junction(call, true)
}

/// The `and` of all members, or the `or` where `decisive` is true.
fn junction(call: &mut Call<'_, '_>, decisive: bool) -> Option<Value> {
    let members = call.members()?;
    call.spend(members.len())?;
    if members.contains(&Value::Boolean(decisive)) {
        return Some(Value::Boolean(decisive));
    }
    let known = members.iter().all(|member| *member == Value::Boolean(!decisive));
    known.then_some(Value::Boolean(!decisive))
}
