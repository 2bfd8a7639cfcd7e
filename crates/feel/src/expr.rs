//! Expressions whose names have meaning.

use serde::{Deserialize, Serialize};

use crate::{Diagnostic, Names, Reads, Slot, Tree, Type, Value};

/// An expression whose names have meaning, ready to be evaluated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// A value.
    Value(Value),
    /// What one of the host's names holds.
    Slot(Slot),
}

/// What checking a tree gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The expression; what is wrong in it is null.
    pub expr: Expr,
    /// What its values are.
    pub ty: Type,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Gives a tree's names meaning, and tells what is wrong with it.
pub fn check(_tree: &Tree, _names: &dyn Names, _expected: Option<&Type>) -> Checked {
    Checked {
        expr: Expr::Value(Value::Null),
        ty: Type::Null,
        diagnostics: Vec::new(),
    }
}

impl Expr {
    /// What the expression comes to.
    pub fn eval(&self, reads: &dyn Reads) -> Value {
        match self {
            Self::Value(value) => value.clone(),
            Self::Slot(slot) => reads.read(*slot),
        }
    }

    /// Every slot that is read, each once, property slots included.
    pub fn slots(&self) -> Vec<Slot> {
        match self {
            Self::Value(_) => Vec::new(),
            Self::Slot(slot) => vec![*slot],
        }
    }

    /// Does it depend on the present date or time?
    pub fn reads_clock(&self) -> bool {
        false
    }
}

impl std::fmt::Display for Expr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value(value) => crate::Source(value).fmt(f),
            Self::Slot(slot) => write!(f, "#{}", slot.0),
        }
    }
}
