//! Functions that make one value of the members of a list: DMN 1.4, table 75.

use std::cmp::Ordering;

use super::Call;
use super::signature::{Param, list, number, numbers, ordered, point};
use crate::{Number, Type, Value};

const NUMBERS: &[&[Param]] = &[&[numbers("list")], &[number("n").rest()]];
const ORDERED: &[&[Param]] = &[&[ordered("list")], &[point("c").rest()]];

super::builtins! {
    count "count" &[&[list("list")]], |_| Type::Number,
        "How many members the list has.",
        "count([1, 2, 3]) = 3 and count([]) = 0";
    min "min" ORDERED, of_members,
        "The least of the values.",
        "min([1, 2, 3]) = 1 and min(\"b\", \"a\") = \"a\"";
    max "max" ORDERED, of_members,
        "The greatest of the values.",
        "max([1, 2, 3]) = 3 and max(@\"2026-01-01\", @\"2025-01-01\") = @\"2026-01-01\"";
    sum "sum" NUMBERS, |_| Type::Number,
        "The sum of the numbers; null if there are none, or if one of them is blank.",
        "sum([1, 2, 3]) = 6 and sum(1, 2) = 3";
    product "product" NUMBERS, |_| Type::Number,
        "The product of the numbers.",
        "product([2, 3, 4]) = 24";
    mean "mean" NUMBERS, |_| Type::Number,
        "The average of the numbers.",
        "mean([1, 2, 3]) = 2";
    median "median" NUMBERS, |_| Type::Number,
        "The number in the middle when they are put in order; the average of the two in the middle, if there are two.",
        "median(8, 2, 5, 3, 4) = 4 and median([6, 1, 2, 3]) = 2.5";
    stddev "stddev" NUMBERS, |_| Type::Number,
        "How widely the numbers are spread: the standard deviation of a sample.",
        "stddev([2, 4, 7, 5]) = 2.081665999466132735282297706979931";
    mode "mode" NUMBERS, |_| Type::Number.list(),
        "The numbers that occur most often, in ascending order.",
        "mode([6, 1, 9, 6, 1]) = [1, 6]";
}

fn of_members(types: &[Type]) -> Type {
    let members = types.iter().map(Type::member);
    members
        .cloned()
        .reduce(|one, other| one.unify(&other))
        .unwrap_or(Type::Any)
}

fn count(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(Value::Number(call.list(0)?.len().into()))
}

fn min(call: &mut Call<'_, '_>) -> Option<Value> {
    extreme(call, Ordering::Less)
}

fn max(call: &mut Call<'_, '_>) -> Option<Value> {
    extreme(call, Ordering::Greater)
}

fn extreme(call: &mut Call<'_, '_>, wanted: Ordering) -> Option<Value> {
    let members = call.members()?;
    call.spend(members.len())?;
    let (first, others) = members.split_first()?;
    first.compare(first)?;
    let extreme = others.iter().try_fold(first, |extreme, member| {
        Some(if member.compare(extreme)? == wanted {
            member
        } else {
            extreme
        })
    });
    extreme.cloned()
}

fn sum(call: &mut Call<'_, '_>) -> Option<Value> {
    add_up(&call.numbers()?).map(Value::Number)
}

fn product(call: &mut Call<'_, '_>) -> Option<Value> {
    let numbers = call.numbers()?;
    let (first, others) = numbers.split_first()?;
    let product = others
        .iter()
        .try_fold(*first, |product, number| product.checked_mul(*number));
    product.map(Value::Number)
}

fn mean(call: &mut Call<'_, '_>) -> Option<Value> {
    average(&call.numbers()?).map(Value::Number)
}

fn median(call: &mut Call<'_, '_>) -> Option<Value> {
    let mut numbers = call.numbers()?;
    numbers.sort_unstable();
    let upper = *numbers.get(numbers.len() / 2)?;
    if numbers.len() % 2 == 1 {
        return Some(Value::Number(upper));
    }
    let lower = *numbers.get(numbers.len() / 2 - 1)?;
    average(&[lower, upper]).map(Value::Number)
}

fn stddev(call: &mut Call<'_, '_>) -> Option<Value> {
    let numbers = call.numbers()?;
    let degrees = numbers.len().checked_sub(1).filter(|degrees| *degrees > 0)?;
    let mean = average(&numbers)?;
    let squares: Option<Vec<Number>> = numbers
        .iter()
        .map(|number| {
            let distance = number.checked_sub(mean)?;
            distance.checked_mul(distance)
        })
        .collect();
    let variance = add_up(&squares?)?.checked_div(degrees.into())?;
    variance.sqrt().map(Value::Number)
}

fn mode(call: &mut Call<'_, '_>) -> Option<Value> {
    let mut numbers = call.numbers()?;
    numbers.sort_unstable();
    let runs: Vec<&[Number]> = numbers.chunk_by(|one, other| one == other).collect();
    let longest = runs.iter().map(|run| run.len()).max().unwrap_or(0);
    let most = runs
        .into_iter()
        .filter(|run| run.len() == longest)
        .filter_map(|run| run.first());
    call.new_list(most.copied().map(Value::Number).collect())
}

fn add_up(numbers: &[Number]) -> Option<Number> {
    let (first, others) = numbers.split_first()?;
    others
        .iter()
        .try_fold(*first, |sum, number| sum.checked_add(*number))
}

fn average(numbers: &[Number]) -> Option<Number> {
    add_up(numbers)?.checked_div(numbers.len().into())
}
