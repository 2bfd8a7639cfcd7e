//! Rules: the conditions, calculations, checks and changing texts of a form.

use serde::{Deserialize, Serialize};

use crate::form::Form;
use crate::ids::{CheckId, Id as _, NodeId, Table};
use crate::kinds::value_in_words;
use crate::lists::CodeList;
use crate::slot::Meaning;

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
    /// The answer that stands while a person has given none.
    Default,
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
    /// The label of the code that an expression gives, or of each code in a list; nothing if it is blank.
    Label(feel::ListId, feel::Expr),
}

impl Piece {
    /// The expression, if there is one.
    fn expr(&self) -> Option<&feel::Expr> {
        match self {
            Self::Text(_) => None,
            Self::Value(expr) | Self::Label(_, expr) => Some(expr),
        }
    }
}

impl Template {
    /// A template without expressions.
    pub fn plain(text: &str) -> Self {
        Self(vec![Piece::Text(text.to_owned())])
    }

    /// Every name the template reads, without repetition.
    pub fn slots(&self) -> Vec<feel::Slot> {
        let mut slots: Vec<feel::Slot> = self
            .0
            .iter()
            .filter_map(Piece::expr)
            .flat_map(feel::Expr::slots)
            .collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// The lists whose labels stand in the text.
    pub fn lists(&self) -> impl Iterator<Item = feel::ListId> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Label(list, _) => Some(*list),
            Piece::Text(_) | Piece::Value(_) => None,
        })
    }

    /// The text with every expression worked out. `lists` are those of the form.
    pub fn fill(&self, reads: &dyn feel::Reads, lists: &Table<feel::ListId, CodeList>) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(expr) => value_in_words(&expr.eval(reads), None),
            Piece::Label(list, expr) => value_in_words(&expr.eval(reads), lists.get(*list)),
        });
        pieces.collect()
    }
}

impl Form {
    /// An expression of this form as one writes it, with these names for its places.
    pub fn source(&self, expr: &feel::Expr, name: &dyn Fn(NodeId) -> String) -> String {
        expr.source(&|slot| match Meaning::of(slot) {
            Some(Meaning::Node(node) | Meaning::Inside(node)) => name(node),
            Some(Meaning::Child) => "child".to_owned(),
            Some(Meaning::Subject(property)) => property.name().to_owned(),
            Some(Meaning::Term(term)) => {
                let terms = self.packs.first().map(|pack| pack.terms.as_slice());
                let term = terms.and_then(|terms| terms.get(term.index()));
                term.map_or_else(String::new, |term| format!("rules.{}", term.name))
            }
            None => String::new(),
        })
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

#[cfg(test)]
mod tests {
    use feel::{Expr, ListId, Value};

    use super::*;
    use crate::lists::Code;

    #[test]
    fn a_text_tells_values_as_people_read_them() {
        let code = |code: &str, label: &str| Code {
            code: code.into(),
            label: label.to_owned(),
            ..Code::default()
        };
        let codes = vec![
            code("no_answer", "Nobody answered"),
            code("partly", "Some were not there"),
        ];
        let lists = Table::from(vec![CodeList { name: None, codes }]);
        let day = feel::Date::new(2026, 11, 19).unwrap();
        let both = Value::List(
            [Value::text("no_answer"), Value::text("partly")]
                .into_iter()
                .collect(),
        );
        for (piece, told) in [
            (Piece::Text("{as it is}".to_owned()), "{as it is}"),
            (Piece::Value(Expr::Value(Value::Null)), ""),
            (Piece::Value(Expr::Value(Value::text("Sam"))), "Sam"),
            (
                Piece::Value(Expr::Value(Value::Date(day))),
                "Thursday 19 November 2026",
            ),
            (
                Piece::Label(ListId(0), Expr::Value(Value::text("partly"))),
                "Some were not there",
            ),
            (
                Piece::Label(ListId(0), Expr::Value(both)),
                "Nobody answered, Some were not there",
            ),
            (Piece::Label(ListId(0), Expr::Value(Value::Null)), ""),
        ] {
            assert_eq!(Template(vec![piece]).fill(&feel::NoNames, &lists), told);
        }
    }
}
