//! What expressions come to. Evaluation is total: what has no value is null, as FEEL has it, and so is
//! what would take too long or grow too large (see [`crate::limits`]).
//!
//! `arithmetic` has the operators, `loops` what goes over lists and ranges.

mod arithmetic;
mod loops;

use std::cmp::Ordering;
use std::sync::Arc;

use crate::builtins::{Call, Function};
use crate::limits::{LIST_DEPTH, LIST_VALUES, STEPS, TEXT_BYTES};
use crate::syntax::{Comparison, End, Operator, Test};
use crate::{Bound, Expr, Range, Reads, Slot, Type, Value};

/// One evaluation.
pub(crate) struct Evaluation<'a> {
    pub(crate) reads: &'a dyn Reads,
    /// What the local names hold, from the outside in.
    locals: Vec<Value>,
    /// How many steps are left.
    steps: u32,
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(reads: &'a dyn Reads) -> Self {
        Self {
            reads,
            locals: Vec::new(),
            steps: STEPS,
        }
    }

    pub(crate) fn value(&mut self, expr: &Expr) -> Value {
        match expr {
            Expr::Value(value) => value.clone(),
            Expr::Slot(slot) => self.reads.read(*slot),
            Expr::Local(index) => self.local(*index),
            Expr::Property(of, slot) => {
                let of = self.value(of);
                self.property(&of, *slot)
            }
            Expr::Part(of, part) => match self.value(of) {
                Value::List(members) => {
                    let parts = members.iter().map(|member| part.of(member)).collect();
                    self.list(parts).unwrap_or_default()
                }
                of => part.of(&of),
            },
            Expr::Negation(of) => arithmetic::negate(&self.value(of)).unwrap_or_default(),
            Expr::Chain(Operator::And, parts) => self.junction(parts, false),
            Expr::Chain(Operator::Or, parts) => self.junction(parts, true),
            Expr::Chain(operator, parts) => self.chain(*operator, parts),
            Expr::Compare(comparison, parts) => {
                let [left, right] = &**parts;
                let (left, right) = (self.value(left), self.value(right));
                self.compare(&left, *comparison, &right).into()
            }
            Expr::Between(parts) => {
                let [value, low, high] = parts.each_ref().map(|part| self.value(part));
                let within = |end: &Value, outside: Ordering| Some(value.compare(end)? != outside);
                both(within(&low, Ordering::Less), within(&high, Ordering::Greater)).into()
            }
            Expr::In(value, tests) => {
                let value = self.value(value);
                self.passes(&value, tests).into()
            }
            Expr::InstanceOf(value, ty) => is_instance(&self.value(value), ty).into(),
            Expr::If(parts) => {
                let [condition, one, other] = &**parts;
                if self.value(condition).is_true() {
                    self.value(one)
                } else {
                    self.value(other)
                }
            }
            Expr::For(each) => self.for_each(each).unwrap_or_default(),
            Expr::Quantified(quantifier, loops, body) => {
                self.quantified(*quantifier, loops, body).unwrap_or_default()
            }
            Expr::List(parts) => {
                let members = parts.iter().map(|part| self.value(part)).collect();
                self.list(members).unwrap_or_default()
            }
            Expr::Range(ends) => self.range(ends).unwrap_or_default(),
            Expr::Filter(parts) => {
                let [list, filter] = &**parts;
                let list = self.value(list);
                self.filter(&list, filter).unwrap_or_default()
            }
            Expr::At(parts) => {
                let [list, position] = &**parts;
                let list = self.value(list);
                self.at(&list, position).unwrap_or_default()
            }
            Expr::Call(function, arguments) => {
                let arguments: Vec<Value> = arguments.iter().map(|argument| self.value(argument)).collect();
                self.call(*function, &arguments).unwrap_or_default()
            }
        }
    }

    fn local(&self, index: u32) -> Value {
        usize::try_from(index)
            .ok()
            .and_then(|index| self.locals.get(index))
            .cloned()
            .unwrap_or_default()
    }

    fn property(&mut self, of: &Value, slot: Slot) -> Value {
        match of {
            Value::Entity(entity) => self.reads.property(*entity, slot),
            Value::List(members) => {
                let values = members.iter().map(|member| self.property(member, slot)).collect();
                self.list(values).unwrap_or_default()
            }
            _ => Value::Null,
        }
    }

    /// `and`, or `or` where `decisive` is true: DMN 1.4, tables 50 and 51.
    fn junction(&mut self, parts: &[Expr], decisive: bool) -> Value {
        let mut result = Value::Boolean(!decisive);
        for part in parts {
            match self.value(part) {
                Value::Boolean(value) if value == decisive => return Value::Boolean(decisive),
                Value::Boolean(_) => {}
                _ => result = Value::Null,
            }
        }
        result
    }

    fn chain(&mut self, operator: Operator, parts: &[Expr]) -> Value {
        let Some((first, others)) = parts.split_first() else {
            return Value::Null;
        };
        let mut result = self.value(first);
        for other in others {
            let other = self.value(other);
            result = self.operate(operator, &result, &other).unwrap_or_default();
        }
        result
    }

    fn operate(&mut self, operator: Operator, left: &Value, right: &Value) -> Option<Value> {
        match (operator, left, right) {
            (Operator::Add, Value::Text(left), Value::Text(right)) => {
                self.spend_on_text(left.len() + right.len())?;
                self.text(format!("{left}{right}"))
            }
            (Operator::Power, _, Value::Number(exponent)) => {
                let short = exponent
                    .to_i64()
                    .is_some_and(|exponent| exponent.unsigned_abs() <= 64);
                self.spend(if short { 10 } else { SERIES })?;
                arithmetic::operate(operator, left, right)
            }
            _ => arithmetic::operate(operator, left, right),
        }
    }

    fn compare(&mut self, left: &Value, comparison: Comparison, right: &Value) -> Option<bool> {
        let order = match comparison {
            Comparison::Equal => return self.equal(left, right),
            Comparison::NotEqual => return self.equal(left, right).map(|equal| !equal),
            Comparison::Less => Ordering::is_lt,
            Comparison::LessOrEqual => Ordering::is_le,
            Comparison::Greater => Ordering::is_gt,
            Comparison::GreaterOrEqual => Ordering::is_ge,
        };
        self.spend_on(left)?;
        left.compare(right).map(order)
    }

    /// FEEL's equality.
    pub(crate) fn equal(&mut self, left: &Value, right: &Value) -> Option<bool> {
        self.spend_on(left)?;
        left.equals(right)
    }

    fn call(&mut self, function: Function, arguments: &[Value]) -> Option<Value> {
        for argument in arguments {
            self.spend_on(argument)?;
        }
        function.run(&mut Call::new(arguments, self))
    }

    fn passes(&mut self, value: &Value, tests: &[Test<Expr>]) -> Option<bool> {
        let mut result = Some(false);
        for test in tests {
            let operand = self.value(test.operand());
            let passed = match test {
                Test::Within(_) => self.is_within(value, &operand),
                Test::Compares(comparison, _) => self.compare(value, *comparison, &operand),
            };
            match passed {
                Some(true) => return passed,
                Some(false) => {}
                None => result = None,
            }
        }
        result
    }

    /// Is the value in the range or the list, or does it equal the value?
    fn is_within(&mut self, value: &Value, operand: &Value) -> Option<bool> {
        match operand {
            Value::Range(range) => range.includes(value),
            Value::List(members) => {
                for member in members.iter() {
                    self.spend(1)?;
                    let found = match member {
                        Value::Range(range) if !matches!(value, Value::Range(_)) => range.includes(value),
                        member => self.equal(value, member),
                    };
                    if found == Some(true) {
                        return found;
                    }
                }
                // A list is in itself, as any value is in itself.
                Some(self.equal(value, operand) == Some(true))
            }
            operand => self.equal(value, operand),
        }
    }

    fn range(&mut self, ends: &[End<Expr>; 2]) -> Option<Value> {
        let [start, end] = ends.each_ref().map(|end| match end.map(|at| self.value(at)) {
            End::Unbounded => Bound::Unbounded,
            End::Open(value) => Bound::Open(value),
            End::Closed(value) => Bound::Closed(value),
        });
        let comparable = |value: &Value| value.is_null() || value.compare(value).is_some();
        let (low, high) = (start.value(), end.value());
        let fitting = match (low, high) {
            (Some(low), Some(high)) => low.is_null() || high.is_null() || low.compare(high).is_some(),
            _ => true,
        };
        let sound = fitting && low.is_none_or(comparable) && high.is_none_or(comparable);
        sound.then(|| Value::Range(Arc::new(Range { start, end })))
    }

    /// Uses up steps; `None` when there are none left, from then on always.
    pub(crate) fn spend(&mut self, steps: usize) -> Option<()> {
        let left = u32::try_from(steps)
            .ok()
            .and_then(|steps| self.steps.checked_sub(steps));
        self.steps = left.unwrap_or(0);
        left.map(|_| ())
    }

    /// How many steps are left.
    #[cfg(feature = "matching")]
    pub(crate) fn steps(&self) -> usize {
        usize::try_from(self.steps).unwrap_or(usize::MAX)
    }

    /// Uses up steps for looking through a value, if it is a long one.
    fn spend_on(&mut self, value: &Value) -> Option<()> {
        match value {
            Value::Text(text) => self.spend_on_text(text.len()),
            Value::List(_) => {
                let mut values = 0;
                let shallow = measure(value, LIST_DEPTH, &mut values);
                self.spend(values / 4)?;
                shallow
            }
            _ => Some(()),
        }
    }

    fn spend_on_text(&mut self, bytes: usize) -> Option<()> {
        self.spend(bytes / 64)
    }

    /// Makes a list, unless it is too large.
    ///
    /// INVARIANT: every list an evaluation makes comes from here, so that going through any of them, inner
    /// lists and all, takes bounded time and stack.
    pub(crate) fn list(&mut self, members: Vec<Value>) -> Option<Value> {
        let mut values = members.len();
        let measured = members
            .iter()
            .try_for_each(|member| measure(member, LIST_DEPTH - 1, &mut values));
        // What turns out to be too large has taken its time too.
        self.spend(values)?;
        measured?;
        (values <= LIST_VALUES).then(|| Value::List(members.into()))
    }

    /// Makes a text, unless it is too long.
    pub(crate) fn text(&mut self, text: String) -> Option<Value> {
        self.spend(text.len() / 16)?;
        (text.len() <= TEXT_BYTES).then(|| Value::Text(text.into()))
    }
}

/// How many steps an infinite series takes, as for a logarithm.
pub(crate) const SERIES: usize = 1_000;

/// Adds how many values are in a value; `None` where lists are nested more deeply than `depth`.
fn measure(value: &Value, depth: usize, values: &mut usize) -> Option<()> {
    let Value::List(members) = value else {
        return Some(());
    };
    *values += members.len();
    let depth = depth.checked_sub(1)?;
    members
        .iter()
        .try_for_each(|member| measure(member, depth, values))
}

/// Are both true? Not known where one is unknown and the other not false.
fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// FEEL's `instance of`. Null is an instance of nothing but its own type.
fn is_instance(value: &Value, ty: &Type) -> bool {
    match (value, ty) {
        (Value::Null, Type::Null) => true,
        (Value::Null, _) => false,
        (_, Type::Any)
        | (Value::Boolean(_), Type::Boolean)
        | (Value::Number(_), Type::Number)
        | (Value::Text(_), Type::Text | Type::Code(_))
        | (Value::Date(_), Type::Date)
        | (Value::Time(_), Type::Time)
        | (Value::DateTime(_), Type::DateTime)
        | (Value::Days(_), Type::Days)
        | (Value::Months(_), Type::Months) => true,
        (Value::Entity(entity), Type::Entity(kind)) => entity.kind == *kind,
        (Value::List(members), Type::List(ty)) => members
            .iter()
            .all(|member| member.is_null() || is_instance(member, ty)),
        (Value::Range(range), Type::Range(ty)) => {
            let ends = [range.start.value(), range.end.value()];
            ends.into_iter()
                .flatten()
                .all(|end| end.is_null() || is_instance(end, ty))
        }
        _ => false,
    }
}
