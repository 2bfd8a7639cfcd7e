//! Rules: the conditions, calculations, checks and changing texts of a form.

use serde::{Deserialize, Serialize};

use crate::ids::{CheckId, NodeId};

/// One thing to be worked out, and where its result goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Whose view it changes. The rule is worked out once for every row of that node's scope.
    pub target: NodeId,
    /// What about the node it decides.
    pub aspect: Aspect,
    /// How it is worked out.
    pub formula: Formula,
}

/// What a rule decides about its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Shown only while the result is true.
    Shown,
    /// Must be answered while the result is true.
    Required,
    /// Cannot be edited while the result is true.
    ReadOnly,
    /// The value itself.
    Value,
    /// Must not be false; blank says nothing.
    Check(CheckId),
    /// The option at this position of the list is offered only while the result is true.
    Offered(u16),
    /// The text of the label.
    Label,
    /// The text of the hint.
    Hint,
}

/// How a rule's result is worked out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    /// An expression.
    Expr(feel::Expr),
    /// A text with expressions in it.
    Text(Template),
}

impl Formula {
    /// Every name the formula reads, without repetition.
    pub fn slots(&self) -> Vec<feel::Slot> {
        match self {
            Self::Expr(expr) => expr.slots(),
            Self::Text(template) => template.slots(),
        }
    }
}

/// A text in which `{…}` stands for the value of an expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Template(pub Vec<Piece>);

/// A stretch of a [`Template`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Characters as they are.
    Text(String),
    /// The value of an expression, as people read it; nothing if it is blank.
    Value(feel::Expr),
}

impl Template {
    /// A template without expressions.
    pub fn plain(text: &str) -> Self {
        Self(vec![Piece::Text(text.to_owned())])
    }

    /// Every name the template reads, without repetition.
    pub fn slots(&self) -> Vec<feel::Slot> {
        let mut slots: Vec<feel::Slot> = Vec::new();
        for piece in &self.0 {
            if let Piece::Value(expr) = piece {
                slots.extend(
                    expr.slots()
                        .into_iter()
                        .filter(|slot| !slots.contains(slot))
                        .collect::<Vec<_>>(),
                );
            }
        }
        slots
    }

    /// The text with every expression worked out.
    pub fn fill(&self, reads: &dyn feel::Reads) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Value(expr) => match expr.eval(reads) {
                    feel::Value::Null => {}
                    feel::Value::Text(part) => text.push_str(&part),
                    other => text.push_str(&other.to_string()),
                },
            }
        }
        text
    }
}

/// A condition that answers must meet together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// When it counts.
    pub severity: Severity,
    /// What the practitioner reads when it does not hold.
    pub message: Template,
    /// A name for it outside this form, such as the census rule `cin.8675Q` it enforces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concept: Option<String>,
}

/// When a check that does not hold stands in the way. Nothing ever stands in the way of keeping a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A word in the margin.
    Nudge,
    /// Acknowledged with a reason, which the manager sees.
    Warn,
    /// The record cannot be approved.
    Approve,
    /// The record cannot be sent for sign-off.
    #[default]
    Submit,
}
