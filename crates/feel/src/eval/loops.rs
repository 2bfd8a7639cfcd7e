//! What goes over the members of a list or the steps of a range: `for`, `some`, `every` and filters.

use std::sync::Arc;

use super::Evaluation;
use crate::expr::{For, Loop};
use crate::limits::LIST_VALUES;
use crate::syntax::Quantifier;
use crate::{Bound, Date, Expr, Number, Range, Value};

impl Evaluation<'_> {
    pub(super) fn for_each(&mut self, each: &For) -> Option<Value> {
        let outside = self.locals.len();
        if each.partial {
            self.locals.push(Value::Null);
        }
        let mut results = Vec::new();
        let done = self.rounds(&each.loops, &mut |evaluation| {
            if each.partial {
                let partial = evaluation.list(results.clone())?;
                *evaluation.locals.get_mut(outside)? = partial;
            }
            let result = evaluation.value(&each.body);
            results.push(result);
            (results.len() <= LIST_VALUES).then_some(())
        });
        self.locals.truncate(outside);
        done?;
        self.list(results)
    }

    pub(super) fn quantified(
        &mut self,
        quantifier: Quantifier,
        loops: &[Loop],
        body: &Expr,
    ) -> Option<Value> {
        // `some` is an `or` of all rounds, and `every` an `and`.
        let decisive = quantifier == Quantifier::Some;
        let mut result = Value::Boolean(!decisive);
        let outside = self.locals.len();
        let done = self.rounds(loops, &mut |evaluation| {
            match evaluation.value(body) {
                Value::Boolean(value) if value == decisive => {
                    result = Value::Boolean(decisive);
                    // There is no need to go on.
                    return None;
                }
                Value::Boolean(_) => {}
                _ => result = Value::Null,
            }
            Some(())
        });
        self.locals.truncate(outside);
        let decided = result == Value::Boolean(decisive);
        (done.is_some() || decided).then_some(result)
    }

    /// Does something in each round of the loops, the last of which goes round fastest, until there is
    /// no result.
    fn rounds(&mut self, loops: &[Loop], round: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        let Some((first, rest)) = loops.split_first() else {
            self.spend(1)?;
            return round(self);
        };
        let from = self.value(&first.from);
        let steps = match &first.to {
            Some(to) => {
                let to = self.value(to);
                Steps::between(&from, &to)?
            }
            None => Steps::over(&from)?,
        };
        let place = self.locals.len();
        for value in steps {
            self.locals.push(value);
            let done = self.rounds(rest, round);
            self.locals.truncate(place);
            done?;
        }
        Some(())
    }

    /// Filters a list, or picks the member at a position: DMN 1.4, table 64.
    pub(super) fn filter(&mut self, list: &Value, filter: &Expr) -> Option<Value> {
        let members = members(list)?;
        let mut kept = Vec::new();
        for (index, member) in members.iter().enumerate() {
            self.spend(1)?;
            match self.with_item(member, filter) {
                Value::Boolean(true) => kept.push(member.clone()),
                Value::Boolean(false) | Value::Null => {}
                // A position is the same whatever the member.
                Value::Number(position) if index == 0 => return member_at(members, position),
                _ => return None,
            }
        }
        if members.is_empty() && matches!(self.with_item(&Value::Null, filter), Value::Number(_)) {
            return None;
        }
        self.list(kept)
    }

    /// Picks the member at a position.
    pub(super) fn at(&mut self, list: &Value, position: &Expr) -> Option<Value> {
        match self.with_item(&Value::Null, position) {
            Value::Number(position) => member_at(members(list)?, position),
            _ => None,
        }
    }

    fn with_item(&mut self, item: &Value, filter: &Expr) -> Value {
        self.locals.push(item.clone());
        let value = self.value(filter);
        self.locals.pop();
        value
    }
}

/// The members of a list, or the value itself as the only one.
fn members(list: &Value) -> Option<&[Value]> {
    match list {
        Value::Null => None,
        Value::List(members) => Some(members),
        value => Some(std::slice::from_ref(value)),
    }
}

/// The member at a position, counted from 1, or from the end where it is negative.
fn member_at(members: &[Value], position: Number) -> Option<Value> {
    let position = position.to_i64()?;
    let distance = usize::try_from(position.unsigned_abs()).ok()?;
    let index = if position > 0 {
        distance.checked_sub(1)?
    } else {
        members.len().checked_sub(distance)?
    };
    members.get(index).cloned()
}

/// What a loop goes over.
enum Steps {
    Members(Arc<[Value]>, usize),
    Numbers(Countdown),
    Days(Countdown),
    Once(Option<Value>),
}

/// Whole numbers from one to another, up or down.
struct Countdown {
    next: i64,
    step: i64,
    left: u64,
}

impl Steps {
    /// The members of a list, the steps of a range, or the value itself.
    fn over(value: &Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::List(members) => Some(Self::Members(Arc::clone(members), 0)),
            Value::Range(range) => Self::within(range),
            value => Some(Self::Once(Some(value.clone()))),
        }
    }

    /// The integers or days from one to another, both included. Other values have no steps.
    fn between(from: &Value, to: &Value) -> Option<Self> {
        match (from, to) {
            (Value::Number(from), Value::Number(to)) => {
                Countdown::new(from.to_i64()?, to.to_i64()?).map(Self::Numbers)
            }
            (Value::Date(from), Value::Date(to)) => {
                Countdown::new(from.days_since_1970(), to.days_since_1970()).map(Self::Days)
            }
            _ => None,
        }
    }

    fn within(range: &Range) -> Option<Self> {
        let (Bound::Open(start) | Bound::Closed(start), Bound::Open(end) | Bound::Closed(end)) =
            (&range.start, &range.end)
        else {
            return None;
        };
        let mut steps = Self::between(start, end)?;
        if let Self::Numbers(countdown) | Self::Days(countdown) = &mut steps {
            if matches!(range.start, Bound::Open(_)) {
                countdown.next += countdown.step;
                countdown.left = countdown.left.saturating_sub(1);
            }
            if matches!(range.end, Bound::Open(_)) {
                countdown.left = countdown.left.saturating_sub(1);
            }
        }
        Some(steps)
    }
}

impl Countdown {
    fn new(from: i64, to: i64) -> Option<Self> {
        let left = from.abs_diff(to).checked_add(1)?;
        // More rounds than a list may have values are refused before the first of them.
        let few = usize::try_from(left).is_ok_and(|left| left <= LIST_VALUES);
        few.then_some(Self {
            next: from,
            step: if from <= to { 1 } else { -1 },
            left,
        })
    }
}

impl Iterator for Countdown {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        self.left = self.left.checked_sub(1)?;
        let number = self.next;
        self.next = number.saturating_add(self.step);
        Some(number)
    }
}

impl Iterator for Steps {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        match self {
            Self::Members(members, index) => {
                let member = members.get(*index).cloned();
                *index += 1;
                member
            }
            Self::Numbers(countdown) => countdown.next().map(|number| Value::Number(number.into())),
            Self::Days(countdown) => countdown
                .next()
                .and_then(Date::from_days_since_1970)
                .map(Value::Date),
            Self::Once(value) => value.take(),
        }
    }
}
