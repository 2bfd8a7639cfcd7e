//! What a file of cases says, once its names are known.

use std::sync::Arc;

use compiler::{CompiledForm, Place};
use engine::Subject;
use feel::{DateTime, Value};
use form::{Answer, Form, NodeId, RowKey, Severity};

/// The cases of one form.
pub(crate) struct Suite<'c> {
    pub(crate) compiled: &'c CompiledForm,
    pub(crate) form: Arc<Form>,
    pub(crate) cases: Vec<Case>,
    /// How many cases could not be read. What is wrong with them was told.
    pub(crate) unread: usize,
}

/// One filling-in, and what must follow.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) title: String,
    /// Where the title is written.
    pub(crate) place: Place,
    pub(crate) now: Option<DateTime>,
    pub(crate) children: Vec<Subject>,
    pub(crate) given: Vec<Given>,
    pub(crate) expected: Vec<Expected>,
}

/// A place in a record: a node of the form, in the rows of these keys, outermost first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Spot {
    pub(crate) node: NodeId,
    pub(crate) keys: Vec<RowKey>,
}

/// One thing that a person entered.
#[derive(Clone)]
pub(crate) enum Given {
    /// An answer, or none where an earlier one is taken back.
    Answer(Spot, Option<Answer>),
    /// A row of a repeat.
    Row(Spot, RowKey),
}

/// One thing that must follow, and where it is written.
#[derive(Clone)]
pub(crate) struct Expected {
    pub(crate) place: Place,
    pub(crate) what: Expectation,
}

/// What must follow.
#[derive(Clone)]
pub(crate) enum Expectation {
    Shown(Spot),
    Hidden(Spot),
    Required(Spot),
    Optional(Spot),
    ReadOnly(Spot),
    Editable(Spot),
    /// A problem of this severity, and with these words if there are some.
    Refused(Spot, Severity, Option<String>),
    /// No problem but that it is blank.
    Accepted(Spot),
    Value(Spot, Written),
    Offered(Spot, String),
    Withheld(Spot, String),
    Label(Spot, String),
    /// The clock at this position runs.
    Running(usize),
    /// It does not.
    Idle(usize),
    /// Nothing stands in the way of sending the record.
    Complete,
    /// Something does.
    Incomplete,
}

/// A value as a case writes it.
#[derive(Clone)]
pub(crate) enum Written {
    /// Nothing at all.
    Blank,
    /// As people read it, or as an expression would write it.
    Words(String),
}

impl Written {
    /// Is it this value, which people read in these words?
    pub(crate) fn is(&self, value: &Value, told: &str) -> bool {
        match self {
            Self::Blank => *value == Value::Null,
            Self::Words(words) => *value != Value::Null && (told == words || plain(value) == *words),
        }
    }
}

/// A value as an expression would write it, a text without its quotes.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        other => other.to_string(),
    }
}
