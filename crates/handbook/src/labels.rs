//! Labels, hints and messages as they are told of no record in particular: in place of what differs from record to
//! record stands what it can be, or the name of what is asked.

use feel::{Expr, Value};
use form::{Aspect, Form, Formula, Meaning, NodeId, Piece, SubjectProperty, Template};

/// The label of a place.
pub(crate) fn label(form: &Form, place: NodeId) -> String {
    let fixed = || form.nodes.at(place).label.clone();
    capitalised(&said(form, place, Aspect::Label).unwrap_or_else(fixed))
}

/// The hint of a place, if it has one.
pub(crate) fn hint(form: &Form, place: NodeId) -> Option<String> {
    let hint = form.nodes.at(place).hint.as_ref()?;
    let said = said(form, place, Aspect::Hint);
    Some(capitalised(&said.unwrap_or_else(|| hint.clone())))
}

/// The message of a check.
pub(crate) fn message(form: &Form, message: &Template) -> String {
    capitalised(&template(form, message))
}

/// What a place says that changes with the answers; nothing if it is always the same.
fn said(form: &Form, place: NodeId, aspect: Aspect) -> Option<String> {
    let of_place = |rule: &&form::Rule| rule.target == place && rule.aspect == aspect;
    match &form.rules.values().find(of_place)?.formula {
        Formula::Text(text) => Some(template(form, text)),
        Formula::Expr(_) => None,
    }
}

fn template(form: &Form, template: &Template) -> String {
    let name = |node: NodeId| form.nodes.at(node).name.to_string();
    let pieces = template.0.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value(expr) | Piece::Label(_, expr) => {
            can_be(expr).unwrap_or_else(|| format!("[{}]", form.source(expr, &name)))
        }
    });
    pieces.collect()
}

/// What an expression comes to in every record, or the few texts that it can come to.
fn can_be(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Value(Value::Text(text)) => Some(text.to_string()),
        Expr::If(parts) => {
            let [_, one, other] = parts.as_ref();
            Some(format!("{} / {}", can_be(one)?, can_be(other)?))
        }
        Expr::Property(_, property) => match Meaning::of(*property)? {
            Meaning::Subject(SubjectProperty::FirstName | SubjectProperty::FullName) => {
                Some("the child".to_owned())
            }
            _ => None,
        },
        _ => None,
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
