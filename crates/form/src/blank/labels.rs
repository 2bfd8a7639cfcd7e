//! Labels, hints and messages as they are told of no record in particular: in place of what differs from record to
//! record stands what it can be, or an ellipsis.

use feel::syntax::Operator;
use feel::{Expr, Value};

use super::conditions::term;
use crate::form::Form;
use crate::ids::NodeId;
use crate::rule::{Aspect, Formula, Piece, Rule, Template};
use crate::slot::{Meaning, SubjectProperty};

/// Stands for what only a record can say.
const GAP: &str = "…";

/// The label of a place.
pub fn label(form: &Form, place: NodeId) -> String {
    let fixed = || form.nodes.at(place).label.clone();
    capitalised(&said(form, place, Aspect::Label).unwrap_or_else(fixed))
}

/// The hint of a place, if it has one.
pub fn hint(form: &Form, place: NodeId) -> Option<String> {
    let hint = form.nodes.at(place).hint.as_ref()?;
    let said = said(form, place, Aspect::Hint);
    Some(capitalised(&said.unwrap_or_else(|| hint.clone())))
}

/// The message of a check.
pub fn message(form: &Form, message: &Template) -> String {
    capitalised(&template(form, message))
}

/// What a place says that changes with the answers; nothing if it is always the same.
fn said(form: &Form, place: NodeId, aspect: Aspect) -> Option<String> {
    let of_place = |rule: &&Rule| rule.target == place && rule.aspect == aspect;
    match &form.rules.values().find(of_place)?.formula {
        Formula::Text(text) => Some(template(form, text)),
        Formula::Expr(_) => None,
    }
}

fn template(form: &Form, template: &Template) -> String {
    let pieces = template.0.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value(expr) | Piece::Label(_, expr) => can_be(form, expr),
    });
    pieces.collect()
}

/// What an expression comes to in every record, the few texts that it can come to, or a gap.
fn can_be(form: &Form, expr: &Expr) -> String {
    match expr {
        Expr::Value(Value::Text(text)) => text.to_string(),
        Expr::If(parts) => {
            let [_, one, other] = parts.as_ref();
            let (one, other) = (can_be(form, one), can_be(form, other));
            // Beside what is said in full, what only a record can complete says no more.
            match (one.contains(GAP), other.contains(GAP)) {
                (false, true) => one,
                (true, false) => other,
                _ => format!("{one} / {other}"),
            }
        }
        Expr::Chain(Operator::Add, parts) => parts.iter().map(|part| can_be(form, part)).collect(),
        Expr::Property(_, property) => match Meaning::of(*property) {
            Some(Meaning::Subject(SubjectProperty::FirstName | SubjectProperty::FullName)) => {
                "the child".to_owned()
            }
            _ => GAP.to_owned(),
        },
        Expr::Slot(slot) => term(form, *slot).unwrap_or_else(|| GAP.to_owned()),
        _ => GAP.to_owned(),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
