//! Functions that make lists of lists, or look into them: DMN 1.4, table 75. Positions count from 1, or
//! from the end where they are negative.

use super::Call;
use super::signature::{list, member, number};
use crate::{Type, Value};

super::builtins! {
    list_contains "list contains" &[&[list("list"), member("element")]], |_| Type::Boolean,
        "Is the value one of the list's?",
        "list contains([1, 2, 3], 2)";
    sublist "sublist" &[&[list("list"), number("start position"), number("length").optional()]], first_list,
        "The part of a list from a position on.",
        "sublist([4, 5, 6], 1, 2) = [4, 5] and sublist([4, 5, 6], -2) = [5, 6]";
    append "append" &[&[list("list"), member("item").rest()]], |types| enlarged(types, 1),
        "The list with further members at its end.",
        "append([1], 2, 3) = [1, 2, 3]";
    concatenate "concatenate" &[&[list("list").rest()]], united,
        "The members of all lists, one list after another.",
        "concatenate([1, 2], [3]) = [1, 2, 3]";
    insert_before "insert before" &[&[list("list"), number("position"), member("newItem")]],
        |types| enlarged(types, 2),
        "The list with a new member before the one at a position.",
        "insert before([1, 3], 1, 2) = [2, 1, 3]";
    remove "remove" &[&[list("list"), number("position")]], first_list,
        "The list without the member at a position.",
        "remove([1, 2, 3], 2) = [1, 3]";
    list_replace "list replace" &[&[list("list"), number("position"), member("newItem")]],
        |types| enlarged(types, 2),
        "The list with a new member in the place of the one at a position.",
        "list replace([2, 4, 7, 8], 3, 6) = [2, 4, 6, 8]";
    reverse "reverse" &[&[list("list")]], first_list,
        "The list from its end to its beginning.",
        "reverse([1, 2, 3]) = [3, 2, 1]";
    index_of "index of" &[&[list("list"), member("match")]], |_| Type::Number.list(),
        "The positions at which the value is found.",
        "index of([1, 2, 3, 2], 2) = [2, 4]";
    union "union" &[&[list("list").rest()]], united,
        "The members of all lists, each once.",
        "union([1, 2], [2, 3]) = [1, 2, 3]";
    distinct_values "distinct values" &[&[list("list")]], first_list,
        "The members of the list, each once.",
        "distinct values([1, 2, 3, 2, 1]) = [1, 2, 3]";
    flatten "flatten" &[&[list("list")]], |types| types.first().map_or(Type::Any, innermost).list(),
        "The members of the list and of the lists in it, however deep.",
        "flatten([[1, 2], [[3]], 4]) = [1, 2, 3, 4]";
}

fn first_list(types: &[Type]) -> Type {
    united(types.get(..1).unwrap_or_default())
}

/// Lists that have the members of all these lists.
fn united(types: &[Type]) -> Type {
    Type::of_all(types.iter().map(Type::member).cloned()).list()
}

/// Lists that have the members of the first list, and what is given from an index on.
fn enlarged(types: &[Type], from: usize) -> Type {
    let members = types.first().map(Type::member).into_iter();
    Type::of_all(members.chain(types.iter().skip(from)).cloned()).list()
}

fn innermost(ty: &Type) -> Type {
    match ty {
        Type::List(member) => innermost(member),
        other => other.clone(),
    }
}

fn list_contains(call: &mut Call<'_, '_>) -> Option<Value> {
    for member in call.list(0)? {
        call.spend(1)?;
        if call.are_equal(member, call.value(1)) {
            return Some(true.into());
        }
    }
    Some(false.into())
}

fn sublist(call: &mut Call<'_, '_>) -> Option<Value> {
    let members = call.list(0)?;
    let start = place(call)?;
    let end = if call.has(2) {
        let length = usize::try_from(call.integer(2)?)
            .ok()
            .filter(|length| *length > 0)?;
        start.checked_add(length)?
    } else {
        members.len()
    };
    call.new_list(members.get(start..end)?.to_vec())
}

fn append(call: &mut Call<'_, '_>) -> Option<Value> {
    call.new_list([call.list(0)?, call.values_from(1)].concat())
}

fn concatenate(call: &mut Call<'_, '_>) -> Option<Value> {
    let members = all_members(call)?;
    call.new_list(members)
}

fn insert_before(call: &mut Call<'_, '_>) -> Option<Value> {
    let place = place(call)?;
    let mut members = call.list(0)?.to_vec();
    members.insert(place, call.value(2).clone());
    call.new_list(members)
}

fn remove(call: &mut Call<'_, '_>) -> Option<Value> {
    let place = place(call)?;
    let mut members = call.list(0)?.to_vec();
    members.remove(place);
    call.new_list(members)
}

fn list_replace(call: &mut Call<'_, '_>) -> Option<Value> {
    let place = place(call)?;
    let mut members = call.list(0)?.to_vec();
    *members.get_mut(place)? = call.value(2).clone();
    call.new_list(members)
}

fn reverse(call: &mut Call<'_, '_>) -> Option<Value> {
    call.new_list(call.list(0)?.iter().rev().cloned().collect())
}

fn index_of(call: &mut Call<'_, '_>) -> Option<Value> {
    let mut positions = Vec::new();
    for (index, member) in call.list(0)?.iter().enumerate() {
        call.spend(1)?;
        if call.are_equal(member, call.value(1)) {
            positions.push(Value::Number((index + 1).into()));
        }
    }
    call.new_list(positions)
}

fn union(call: &mut Call<'_, '_>) -> Option<Value> {
    let members = all_members(call)?;
    distinct(call, &members)
}

fn distinct_values(call: &mut Call<'_, '_>) -> Option<Value> {
    let members = call.list(0)?;
    distinct(call, members)
}

fn flatten(call: &mut Call<'_, '_>) -> Option<Value> {
    fn gather(values: &[Value], members: &mut Vec<Value>) {
        for value in values {
            match value {
                Value::List(inner) => gather(inner, members),
                other => members.push(other.clone()),
            }
        }
    }
    let mut members = Vec::new();
    gather(call.list(0)?, &mut members);
    call.new_list(members)
}

/// The index in the first argument, a list, that the second, a position, stands for.
fn place(call: &Call<'_, '_>) -> Option<usize> {
    let (length, position) = (call.list(0)?.len(), call.integer(1)?);
    let distance = usize::try_from(position.unsigned_abs()).ok()?;
    let index = if position > 0 {
        distance.checked_sub(1)?
    } else {
        length.checked_sub(distance)?
    };
    (index < length).then_some(index)
}

/// The members of all arguments.
fn all_members(call: &mut Call<'_, '_>) -> Option<Vec<Value>> {
    let mut members = Vec::new();
    for index in 0..call.count() {
        let list = call.list(index)?;
        call.spend(list.len())?;
        members.extend_from_slice(list);
    }
    Some(members)
}

fn distinct(call: &mut Call<'_, '_>, members: &[Value]) -> Option<Value> {
    let mut distinct: Vec<Value> = Vec::new();
    for member in members {
        call.spend(distinct.len() + 1)?;
        if !distinct.iter().any(|known| call.are_equal(known, member)) {
            distinct.push(member.clone());
        }
    }
    call.new_list(distinct)
}
