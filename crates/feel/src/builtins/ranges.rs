//! How points and ranges lie to one another: DMN 1.4, table 78, after Allen's interval algebra.
//!
//! A point is taken as the range from itself to itself. An end that is not in its range lies a little
//! inside of it, so that every relation comes down to the order of ends.

use std::cmp::Ordering;
use std::sync::Arc;

use super::Call;
use super::signature::{Param, point, range, text};
use crate::{Bound, Range, Type, Value};

const EITHER: &[&[Param]] = &[
    &[point("point1"), point("point2")],
    &[point("point"), range("range")],
    &[range("range"), point("point")],
    &[range("range1"), range("range2")],
];
const RANGES: &[&[Param]] = &[&[range("range1"), range("range2")]];
const POINT_IN_RANGE: &[&[Param]] = &[
    &[point("point"), range("range")],
    &[range("range1"), range("range2")],
];
const RANGE_WITH_POINT: &[&[Param]] = &[
    &[range("range"), point("point")],
    &[range("range1"), range("range2")],
];
const ALIKE: &[&[Param]] = &[
    &[point("point1"), point("point2")],
    &[range("range1"), range("range2")],
];

super::builtins! {
    before "before" EITHER, |_| Type::Boolean,
        "Does the first end before the second begins?",
        "before(1, 10) and before([1..5], (5..10])";
    after "after" EITHER, |_| Type::Boolean,
        "Does the first begin after the second ends?",
        "after(10, 5) and after((5..10], [1..5])";
    meets "meets" RANGES, |_| Type::Boolean,
        "Does the first end exactly where the second begins?",
        "meets([1..5], [5..10]) and not(meets([1..5), [5..10]))";
    met_by "met by" RANGES, |_| Type::Boolean,
        "Does the first begin exactly where the second ends?",
        "met by([5..10], [1..5])";
    overlaps "overlaps" RANGES, |_| Type::Boolean,
        "Have the two ranges a value in common?",
        "overlaps([1..5], [3..8]) and not(overlaps([1..5), [5..8]))";
    overlaps_before "overlaps before" RANGES, |_| Type::Boolean,
        "Does the first begin before the second, and end in it?",
        "overlaps before([1..5], [3..8])";
    overlaps_after "overlaps after" RANGES, |_| Type::Boolean,
        "Does the first begin in the second, and end after it?",
        "overlaps after([3..8], [1..5])";
    finishes "finishes" POINT_IN_RANGE, |_| Type::Boolean,
        "Is the first in the second, and ends with it?",
        "finishes(5, [1..5]) and finishes([3..5], [1..5])";
    finished_by "finished by" RANGE_WITH_POINT, |_| Type::Boolean,
        "Is the second in the first, and ends with it?",
        "finished by([1..5], 5)";
    includes "includes" RANGE_WITH_POINT, |_| Type::Boolean,
        "Is the second in the first?",
        "includes([5..10], 6) and includes([1..10], [4..6])";
    during "during" POINT_IN_RANGE, |_| Type::Boolean,
        "Is the first in the second?",
        "during(6, [5..10]) and during([4..6], [1..10])";
    starts "starts" POINT_IN_RANGE, |_| Type::Boolean,
        "Is the first in the second, and begins with it?",
        "starts(1, [1..5]) and starts([1..3], [1..5])";
    started_by "started by" RANGE_WITH_POINT, |_| Type::Boolean,
        "Is the second in the first, and begins with it?",
        "started by([1..5], 1)";
    coincides "coincides" ALIKE, |_| Type::Boolean,
        "Are the two the same?",
        "coincides(5, 5) and not(coincides([1..5], [1..5)))";
    parse "range" &[&[text("from")]], |_| Type::Any.range(),
        "The range that a text says.",
        "range(\"[18..21)\") = [18..21)";
}

/// An end as a place on the line of all values.
enum Place<'a> {
    BeforeAll,
    /// At a value, or a little before or after it.
    At(&'a Value, i8),
    AfterAll,
}

/// The places where the first and the second argument begin and end.
struct Ends<'a> {
    start: Place<'a>,
    end: Place<'a>,
}

impl<'a> Ends<'a> {
    fn of(value: &'a Value) -> Self {
        let Value::Range(range) = value else {
            return Self {
                start: Place::At(value, 0),
                end: Place::At(value, 0),
            };
        };
        let start = match &range.start {
            Bound::Unbounded => Place::BeforeAll,
            Bound::Open(value) => Place::At(value, 1),
            Bound::Closed(value) => Place::At(value, 0),
        };
        let end = match &range.end {
            Bound::Unbounded => Place::AfterAll,
            Bound::Open(value) => Place::At(value, -1),
            Bound::Closed(value) => Place::At(value, 0),
        };
        Self { start, end }
    }

    /// How the start of this one lies to the other's, and their ends likewise.
    fn compare(&self, other: &Self) -> Option<(Ordering, Ordering)> {
        Some((self.start.compare(&other.start)?, self.end.compare(&other.end)?))
    }
}

impl Place<'_> {
    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::At(own, nudge), Self::At(other, other_nudge)) => {
                Some(own.compare(other)?.then(nudge.cmp(other_nudge)))
            }
            (Self::BeforeAll, Self::BeforeAll) | (Self::AfterAll, Self::AfterAll) => Some(Ordering::Equal),
            (Self::BeforeAll, _) | (_, Self::AfterAll) => Some(Ordering::Less),
            (Self::AfterAll, _) | (_, Self::BeforeAll) => Some(Ordering::Greater),
        }
    }
}

/// Both arguments, the one that `first` says first.
fn pair<'c>(call: &Call<'c, '_>, first: usize) -> (Ends<'c>, Ends<'c>) {
    (Ends::of(call.single(first)), Ends::of(call.single(1 - first)))
}

fn before(call: &mut Call<'_, '_>) -> Option<Value> {
    let (one, other) = pair(call, 0);
    Some(one.end.compare(&other.start)?.is_lt().into())
}

fn after(call: &mut Call<'_, '_>) -> Option<Value> {
    let (one, other) = pair(call, 0);
    Some(one.start.compare(&other.end)?.is_gt().into())
}

fn meets(call: &mut Call<'_, '_>) -> Option<Value> {
    let (one, other) = ranges(call, 0)?;
    Some(one.end.compare(&other.start)?.is_eq().into())
}

fn met_by(call: &mut Call<'_, '_>) -> Option<Value> {
    let (one, other) = ranges(call, 1)?;
    Some(one.end.compare(&other.start)?.is_eq().into())
}

fn overlaps(call: &mut Call<'_, '_>) -> Option<Value> {
    let (one, other) = ranges(call, 0)?;
    let reaches = one.end.compare(&other.start)?.is_ge();
    Some((reaches && one.start.compare(&other.end)?.is_le()).into())
}

fn overlaps_before(call: &mut Call<'_, '_>) -> Option<Value> {
    overlap(call, 0)
}

fn overlaps_after(call: &mut Call<'_, '_>) -> Option<Value> {
    overlap(call, 1)
}

fn overlap(call: &Call<'_, '_>, first: usize) -> Option<Value> {
    let (one, other) = ranges(call, first)?;
    let (starts, ends) = one.compare(&other)?;
    let reaches = one.end.compare(&other.start)?.is_ge();
    Some((starts.is_lt() && reaches && ends.is_le()).into())
}

fn finishes(call: &mut Call<'_, '_>) -> Option<Value> {
    relate(call, 0, |starts, ends| starts.is_ge() && ends.is_eq())
}

fn finished_by(call: &mut Call<'_, '_>) -> Option<Value> {
    relate(call, 1, |starts, ends| starts.is_ge() && ends.is_eq())
}

fn includes(call: &mut Call<'_, '_>) -> Option<Value> {
    relate(call, 1, |starts, ends| starts.is_ge() && ends.is_le())
}

fn during(call: &mut Call<'_, '_>) -> Option<Value> {
    relate(call, 0, |starts, ends| starts.is_ge() && ends.is_le())
}

fn starts(call: &mut Call<'_, '_>) -> Option<Value> {
    relate(call, 0, |starts, ends| starts.is_eq() && ends.is_le())
}

fn started_by(call: &mut Call<'_, '_>) -> Option<Value> {
    relate(call, 1, |starts, ends| starts.is_eq() && ends.is_le())
}

fn coincides(call: &mut Call<'_, '_>) -> Option<Value> {
    let is_range = |index| call.range(index).is_some();
    if is_range(0) != is_range(1) {
        return None;
    }
    let (one, other) = pair(call, 0);
    let (starts, ends) = one.compare(&other)?;
    Some((starts.is_eq() && ends.is_eq()).into())
}

fn ranges<'c>(call: &Call<'c, '_>, first: usize) -> Option<(Ends<'c>, Ends<'c>)> {
    call.range(0).and(call.range(1))?;
    Some(pair(call, first))
}

/// Whether a point or range, which `first` says, relates so to the other argument, which is a range.
fn relate(call: &Call<'_, '_>, first: usize, relates: fn(Ordering, Ordering) -> bool) -> Option<Value> {
    call.range(1 - first)?;
    let (one, other) = pair(call, first);
    let (starts, ends) = one.compare(&other)?;
    Some(relates(starts, ends).into())
}

/// Reads a range as it is written, with literals at its ends. An end may be left out where it is not in
/// the range. This has a reader of its own, so that a program that only evaluates needs no parser.
fn parse(call: &mut Call<'_, '_>) -> Option<Value> {
    let mut inner = call.text(0).filter(|text| text.len() <= 1_000)?.trim().chars();
    let (open, close) = (inner.next()?, inner.next_back()?);
    let inner = inner.as_str();
    // There may be dots in a text too: then what is left of them is no literal.
    let ends = inner.match_indices("..").find_map(|(place, dots)| {
        let low = end(inner.get(..place)?)?;
        Some((low, end(inner.get(place + dots.len()..)?)?))
    });
    let (low, high) = ends?;
    let start = match (open, low) {
        ('[', Some(low)) => Bound::Closed(low),
        ('(' | ']', Some(low)) => Bound::Open(low),
        ('(' | ']', None) => Bound::Unbounded,
        _ => return None,
    };
    let end = match (close, high) {
        (']', Some(high)) => Bound::Closed(high),
        (')' | '[', Some(high)) => Bound::Open(high),
        (')' | '[', None) => Bound::Unbounded,
        _ => return None,
    };
    match (start.value(), end.value()) {
        (Some(low), Some(high)) => low.compare(high)?.is_le().then_some(())?,
        (None, None) => return None,
        _ => {}
    }
    Some(Value::Range(Arc::new(Range { start, end })))
}

/// Reads a literal: a number, a text, or a date, time or duration in either notation. `None` within where
/// there is nothing.
fn end(source: &str) -> Option<Option<Value>> {
    let source = source.trim();
    if source.is_empty() {
        return Some(None);
    }
    let value = if let Some(quoted) = source.strip_prefix('@') {
        Value::temporal(&unquoted(quoted)?)?
    } else if source.starts_with('"') {
        Value::text(unquoted(source)?)
    } else if let Some((function, argument)) = source.split_once('(') {
        super::dates::read(function.trim(), &unquoted(argument.strip_suffix(')')?.trim())?)?
    } else {
        Value::Number(source.parse().ok()?)
    };
    Some(Some(value))
}

/// The text that stands in quotes.
fn unquoted(source: &str) -> Option<String> {
    let mut characters = source.trim().strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut text = String::new();
    while let Some(character) = characters.next() {
        match character {
            '"' => return None,
            '\\' => text.push(
                characters
                    .next()
                    .filter(|escaped| matches!(escaped, '"' | '\\'))?,
            ),
            other => text.push(other),
        }
    }
    Some(text)
}
