//! What a function sees of the call that runs it.

use smol_str::SmolStr;

use crate::eval::Evaluation;
use crate::{Date, Number, Range, Reads, Value};

/// The arguments of a call, each read as what the function needs: `None` where it is something else.
///
/// A list of one value may stand for the value, and a value for the list of it: DMN 1.4, section 10.3.2.9.4.
pub(crate) struct Call<'c, 'e> {
    arguments: &'c [Value],
    evaluation: &'c mut Evaluation<'e>,
}

impl<'c, 'e> Call<'c, 'e> {
    pub(crate) fn new(arguments: &'c [Value], evaluation: &'c mut Evaluation<'e>) -> Self {
        Self {
            arguments,
            evaluation,
        }
    }

    pub(super) fn reads(&self) -> &'e dyn Reads {
        self.evaluation.reads
    }

    /// How many arguments there are.
    pub(super) fn count(&self) -> usize {
        self.arguments.len()
    }

    /// An argument as it is.
    pub(super) fn value(&self, index: usize) -> &'c Value {
        self.arguments.get(index).unwrap_or(&Value::Null)
    }

    /// All arguments from one on.
    pub(super) fn values_from(&self, index: usize) -> &'c [Value] {
        self.arguments.get(index..).unwrap_or_default()
    }

    /// Is there an argument that is not null?
    pub(super) fn has(&self, index: usize) -> bool {
        !self.value(index).is_null()
    }

    /// An argument that is no list.
    pub(super) fn single(&self, index: usize) -> &'c Value {
        match self.value(index) {
            Value::List(members) => match &**members {
                [member] => member,
                _ => self.value(index),
            },
            value => value,
        }
    }

    pub(super) fn number(&self, index: usize) -> Option<Number> {
        match self.single(index) {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A number without its fraction.
    pub(super) fn integer(&self, index: usize) -> Option<i64> {
        self.number(index)?.trunc().to_i64()
    }

    pub(super) fn text(&self, index: usize) -> Option<&'c SmolStr> {
        match self.single(index) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A date, or that of a date and time.
    pub(super) fn day(&self, index: usize) -> Option<Date> {
        match self.single(index) {
            Value::Date(date) => Some(*date),
            Value::DateTime(moment) => Some(moment.date()),
            _ => None,
        }
    }

    pub(super) fn range(&self, index: usize) -> Option<&'c Range> {
        match self.single(index) {
            Value::Range(range) => Some(range),
            _ => None,
        }
    }

    /// The members of a list.
    pub(super) fn list(&self, index: usize) -> Option<&'c [Value]> {
        match self.value(index) {
            Value::Null => None,
            Value::List(members) => Some(members),
            value => Some(std::slice::from_ref(value)),
        }
    }

    /// The members of the only argument, or all arguments.
    pub(super) fn members(&self) -> Option<&'c [Value]> {
        if self.arguments.len() == 1 {
            self.list(0)
        } else {
            Some(self.arguments)
        }
    }

    /// The same, if all are numbers.
    pub(super) fn numbers(&mut self) -> Option<Vec<Number>> {
        let members = self.members()?;
        self.spend(members.len())?;
        let number = |member: &Value| match member {
            Value::Number(number) => Some(*number),
            _ => None,
        };
        members.iter().map(number).collect()
    }

    /// FEEL's equality of two values.
    pub(super) fn are_equal(&mut self, left: &Value, right: &Value) -> bool {
        self.evaluation.equal(left, right) == Some(true)
    }

    /// Uses up steps; `None` when there are none left.
    pub(super) fn spend(&mut self, steps: usize) -> Option<()> {
        self.evaluation.spend(steps)
    }

    /// How many steps are left.
    #[cfg(feature = "matching")]
    pub(super) fn steps(&self) -> usize {
        self.evaluation.steps()
    }

    /// Makes a list, unless it is too large.
    pub(super) fn new_list(&mut self, members: Vec<Value>) -> Option<Value> {
        self.evaluation.list(members)
    }

    /// Makes a text, unless it is too long.
    pub(super) fn new_text(&mut self, text: String) -> Option<Value> {
        self.evaluation.text(text)
    }
}
