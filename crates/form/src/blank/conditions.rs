//! Conditions as a person would say them: “What happened?” is “Nobody answered”.

use feel::builtins::Function;
use feel::syntax::{Comparison, Operator, Quantifier, Test};
use feel::{Expr, ListId, Slot, Type, Value};

use super::label;
use crate::form::Form;
use crate::ids::{Id, NodeId};
use crate::kinds::Kind;
use crate::node::Body;
use crate::slot::{Meaning, SubjectProperty};

/// A condition of a form, told of no record in particular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It holds in every record.
    Always,
    /// It holds in none.
    Never,
    /// It holds when this does: “What happened?” is “Nobody answered”.
    When(String),
    /// Words would not make it clearer than what was written. It goes by these questions, each once.
    GoesBy(Vec<NodeId>),
}

impl Condition {
    /// A condition of this form.
    pub fn of(form: &Form, expr: &Expr) -> Self {
        let words = Words {
            form,
            locals: Vec::new(),
        };
        match words.said(expr, true) {
            Some(Said::Fixed(true)) => Self::Always,
            Some(Said::Fixed(false)) => Self::Never,
            Some(Said::Words(words) | Said::Joined(_, words)) => Self::When(words),
            None => {
                let questions = expr
                    .slots()
                    .into_iter()
                    .filter_map(|slot| match Meaning::of(slot)? {
                        Meaning::Node(node) => form.field(node).map(|_| node),
                        _ => None,
                    });
                Self::GoesBy(questions.collect())
            }
        }
    }
}

/// A condition, or a part of one.
enum Said {
    /// True or false of every record.
    Fixed(bool),
    /// One thing that must be so.
    Words(String),
    /// Several, with this between them.
    Joined(Joint, String),
}

#[derive(Clone, Copy, PartialEq)]
enum Joint {
    And,
    Or,
}

struct Words<'f> {
    form: &'f Form,
    /// The questions whose answers the local names stand for, from the outside in.
    locals: Vec<Option<NodeId>>,
}

impl Words<'_> {
    /// When something holds, or when it does not.
    fn said(&self, expr: &Expr, holds: bool) -> Option<Said> {
        match expr {
            Expr::Value(value) => Some(Said::Fixed(*value == Value::Boolean(holds))),
            Expr::Chain(Operator::And, parts) => self.joined(Joint::And, parts, holds),
            Expr::Chain(Operator::Or, parts) => self.joined(Joint::Or, parts, holds),
            Expr::Call(function, parts) => self.called(*function, parts, holds),
            Expr::Compare(comparison, sides) => {
                let [left, right] = sides.as_ref();
                let comparison = if holds { *comparison } else { opposite(*comparison) };
                self.compared(comparison, left, right).map(Said::Words)
            }
            Expr::In(value, tests) => self.one_of(value, tests, holds).map(Said::Words),
            Expr::If(parts) => {
                let [when, then, otherwise] = parts.as_ref();
                let first = all_of(vec![self.said(when, true)?, self.said(then, holds)?], Joint::And);
                let second = all_of(
                    vec![self.said(when, false)?, self.said(otherwise, holds)?],
                    Joint::And,
                );
                Some(all_of(vec![first, second], Joint::Or))
            }
            Expr::Quantified(quantifier, loops, body) => match loops.as_slice() {
                [only] if only.to.is_none() => self.quantified(*quantifier, &only.from, body, holds),
                _ => None,
            },
            Expr::Property(..) | Expr::Slot(_) => self.flag(expr, holds).map(Said::Words),
            _ => None,
        }
    }

    fn joined(&self, joint: Joint, parts: &[Expr], holds: bool) -> Option<Said> {
        let said: Vec<Said> = parts
            .iter()
            .map(|part| self.said(part, holds))
            .collect::<Option<_>>()?;
        let joint = match (joint, holds) {
            (Joint::And, true) | (Joint::Or, false) => Joint::And,
            (Joint::Or, true) | (Joint::And, false) => Joint::Or,
        };
        Some(all_of(said, joint))
    }

    fn called(&self, function: Function, parts: &[Expr], holds: bool) -> Option<Said> {
        match (function.name(), parts) {
            ("not", [only]) => self.said(only, !holds),
            ("blank", [only]) => {
                let verb = if holds { "is blank" } else { "is answered" };
                Some(Said::Words(format!("{} {verb}", self.value(only, None)?)))
            }
            ("list contains", [list, value]) => self.includes(list, value, holds).map(Said::Words),
            _ => None,
        }
    }

    /// A question with several answers, one of which is this.
    fn includes(&self, list: &Expr, value: &Expr, holds: bool) -> Option<String> {
        let verb = if holds { "includes" } else { "does not include" };
        let (name, value) = (self.value(list, None)?, self.value(value, self.list_of(list))?);
        Some(format!("{name} {verb} {value}"))
    }

    fn one_of(&self, value: &Expr, tests: &[Test<Expr>], holds: bool) -> Option<String> {
        if let (Expr::Value(_), [Test::Within(list)]) = (value, tests)
            && self.has_several(list)
        {
            return self.includes(list, value, holds);
        }
        let list = self.list_of(value);
        let others = tests.iter().map(|test| match test {
            Test::Within(Expr::List(_)) | Test::Compares(..) => None,
            Test::Within(other) => self.value(other, list),
        });
        let others: Vec<String> = others.collect::<Option<_>>()?;
        let verb = match (self.has_several(value), holds, others.len()) {
            (true, true, _) => "includes",
            (true, false, _) => "does not include",
            (false, true, _) => "is",
            (false, false, 1) => "is not",
            (false, false, 2) => {
                return Some(format!(
                    "{} is neither {}",
                    self.value(value, None)?,
                    others.join(" nor ")
                ));
            }
            (false, false, _) => "is none of",
        };
        Some(format!("{} {verb} {}", self.value(value, None)?, or(&others)?))
    }

    /// What holds of some, or of each, of several answers, entries or children.
    fn quantified(&self, quantifier: Quantifier, from: &Expr, body: &Expr, holds: bool) -> Option<Said> {
        let question = self.question_of(from);
        let mut locals = self.locals.clone();
        locals.push(question);
        let inner = Words {
            form: self.form,
            locals,
        };
        let Some(rows) = self.rows_of(from) else {
            // The answers of one question: what is said of them is said of the question.
            return match quantifier {
                Quantifier::Some => inner.said(body, holds),
                Quantifier::Every => None,
            };
        };
        let of = if self.form.repeat(rows)?.for_each_child {
            "child"
        } else {
            "entry"
        };
        let (which, holds) = match (quantifier, holds) {
            (Quantifier::Some, true) => ("at least one", true),
            (Quantifier::Some, false) => ("no", true),
            (Quantifier::Every, true) => ("every", true),
            (Quantifier::Every, false) => ("at least one", false),
        };
        let words = match inner.said(body, holds)? {
            Said::Fixed(_) => return None,
            Said::Words(words) => words,
            Said::Joined(_, words) => format!("({words})"),
        };
        Some(Said::Words(format!("for {which} {of}, {words}")))
    }

    /// The rows that something goes over, or that the answers it goes over stand in.
    fn rows_of(&self, from: &Expr) -> Option<NodeId> {
        match from {
            Expr::Slot(slot) => match Meaning::of(*slot)? {
                Meaning::Node(node) => self.form.repeat(node).map(|_| node),
                _ => None,
            },
            Expr::Property(of, _) => self.rows_of(of),
            _ => None,
        }
    }

    /// A yes or no on its own.
    fn flag(&self, expr: &Expr, holds: bool) -> Option<String> {
        if let Some(SubjectProperty::Unborn) = property(expr) {
            return Some(
                if holds {
                    "the child is not born yet"
                } else {
                    "the child is born"
                }
                .to_owned(),
            );
        }
        let name = self.value(expr, None)?;
        Some(format!("{name} is {}", if holds { "true" } else { "not true" }))
    }

    fn compared(&self, comparison: Comparison, left: &Expr, right: &Expr) -> Option<String> {
        let list = self.list_of(left).or_else(|| self.list_of(right));
        if let Expr::Value(Value::Null) = right {
            let verb = match comparison {
                Comparison::Equal => "is blank",
                Comparison::NotEqual => "is answered",
                _ => return None,
            };
            return Some(format!("{} {verb}", self.value(left, None)?));
        }
        if let Expr::Call(function, parts) = left {
            let limit = self.value(right, None)?;
            match (function.name(), parts.as_slice()) {
                ("age", [born, _]) if property(born) == Some(SubjectProperty::BirthDate) => {
                    return Some(aged(comparison, &limit));
                }
                ("count", [counted]) => return self.counted(comparison, counted, &limit),
                ("working days", [from, to]) => {
                    let (from, to) = (self.value(from, None)?, self.value(to, None)?);
                    let verb = verb(comparison).trim_start_matches("is ");
                    return Some(format!("the working days from {from} to {to} are {verb} {limit}"));
                }
                _ => {}
            }
        }
        let (left, right) = (self.value(left, list)?, self.value(right, list)?);
        Some(format!("{left} {} {right}", verb(comparison)))
    }

    fn counted(&self, comparison: Comparison, counted: &Expr, limit: &str) -> Option<String> {
        let name = match self.rows_of(counted) {
            Some(rows) => format!("“{}”", label(self.form, rows)),
            None => self.value(counted, None)?,
        };
        Some(match (comparison, limit) {
            (Comparison::Greater, "0") => format!("{name} is answered"),
            (Comparison::Equal | Comparison::LessOrEqual, "0") => format!("{name} is blank"),
            _ => format!("the number of answers to {name} {} {limit}", verb(comparison)),
        })
    }

    /// A value; a code by its label in this list.
    fn value(&self, expr: &Expr, list: Option<ListId>) -> Option<String> {
        match expr {
            Expr::Value(Value::Text(code)) => {
                let list = list.and_then(|list| self.form.lists.get(list));
                Some(format!(
                    "“{}”",
                    list.map_or(code.as_str(), |list| list.label(code))
                ))
            }
            Expr::Value(Value::Boolean(true)) => Some("true".to_owned()),
            Expr::Value(Value::Boolean(false)) => Some("false".to_owned()),
            Expr::Value(Value::Null | Value::List(_) | Value::Range(_) | Value::Entity(_)) => None,
            Expr::Value(other) => Some(other.to_string()),
            Expr::Slot(slot) if let Some(said) = term(self.form, *slot) => Some(said),
            Expr::Slot(_) | Expr::Local(_) => self.question_of(expr).map(|node| self.question(node)),
            Expr::Property(..) => match property(expr) {
                Some(SubjectProperty::FirstName) => Some("the child's first name".to_owned()),
                Some(SubjectProperty::FullName) => Some("the child's name".to_owned()),
                Some(SubjectProperty::BirthDate) => Some("the child's date of birth".to_owned()),
                Some(SubjectProperty::DueDate) => Some("the child's expected date".to_owned()),
                Some(SubjectProperty::Unborn) => None,
                None => self.question_of(expr).map(|node| self.question(node)),
            },
            Expr::Call(function, parts) => match (function.name(), parts.as_slice()) {
                ("today", []) => Some("today".to_owned()),
                ("age", [born, on]) if property(born) == Some(SubjectProperty::BirthDate) => {
                    Some(format!("the child's age on {}", self.value(on, None)?))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn question(&self, node: NodeId) -> String {
        format!("“{}”", label(self.form, node))
    }

    /// The question whose answer an expression reads, in its own row or in others.
    fn question_of(&self, expr: &Expr) -> Option<NodeId> {
        let slot = match expr {
            Expr::Local(local) => return *self.locals.get(*local as usize)?,
            Expr::Slot(slot) => slot,
            Expr::Property(of, slot) if !matches!(of.as_ref(), Expr::Slot(child) if is_child(*child)) => slot,
            _ => return None,
        };
        match Meaning::of(*slot)? {
            Meaning::Node(node) => self.form.field(node).map(|_| node),
            _ => None,
        }
    }

    /// Does a question take several answers?
    fn has_several(&self, expr: &Expr) -> bool {
        let field = self.question_of(expr).and_then(|node| self.form.field(node));
        field.is_some_and(|field| matches!(field.kind.value_type(), Type::List(_)))
    }

    /// The list that a question chooses from.
    fn list_of(&self, expr: &Expr) -> Option<ListId> {
        let node = self.form.nodes.get(self.question_of(expr)?)?;
        let Body::Field(field) = &node.body else {
            return None;
        };
        match (&field.kind, field.kind.value_type()) {
            (_, Type::Code(list)) => Some(list),
            (Kind::Choices(kind), _) => Some(kind.list),
            _ => None,
        }
    }
}

/// Several conditions of which all must hold, or one.
fn all_of(parts: Vec<Said>, joint: Joint) -> Said {
    let mut several: Vec<Said> = Vec::new();
    for part in parts {
        match part {
            // What always holds adds nothing to what else must; what never does leaves nothing of it. With `or` it
            // is the other way round.
            Said::Fixed(holds) if holds == (joint == Joint::And) => {}
            Said::Fixed(holds) => return Said::Fixed(holds),
            part => several.push(part),
        }
    }
    if several.len() < 2 {
        return several.pop().unwrap_or(Said::Fixed(joint == Joint::And));
    }
    let mut words: Vec<String> = Vec::new();
    for part in several {
        let part = match part {
            Said::Fixed(_) => continue,
            // What is joined otherwise must not be read as part of this.
            Said::Joined(inner, words) if inner != joint => format!("({words})"),
            Said::Words(words) | Said::Joined(_, words) => words,
        };
        if !words.contains(&part) {
            words.push(part);
        }
    }
    match (words.as_slice(), joint) {
        ([only], _) => Said::Words(only.clone()),
        (_, Joint::And) => Said::Joined(joint, words.join(" and ")),
        (_, Joint::Or) => Said::Joined(joint, words.join(" or ")),
    }
}

fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

fn verb(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "is",
        Comparison::NotEqual => "is not",
        Comparison::Less => "is less than",
        Comparison::LessOrEqual => "is at most",
        Comparison::Greater => "is more than",
        Comparison::GreaterOrEqual => "is at least",
    }
}

/// How old the child is, as one says it.
fn aged(comparison: Comparison, years: &str) -> String {
    match comparison {
        Comparison::Equal => format!("the child is {years}"),
        Comparison::NotEqual => format!("the child is not {years}"),
        Comparison::Less => format!("the child is under {years}"),
        Comparison::LessOrEqual => format!("the child is {years} or younger"),
        Comparison::Greater => format!("the child is older than {years}"),
        Comparison::GreaterOrEqual => format!("the child is {years} or older"),
    }
}

/// What the rule pack in force says, if that is what is read.
pub(super) fn term(form: &Form, slot: Slot) -> Option<String> {
    let Meaning::Term(term) = Meaning::of(slot)? else {
        return None;
    };
    let said = form.pack(None)?.terms.get(term.index())?;
    Some(said.value.in_words())
}

/// The property of the child that an expression reads.
fn property(expr: &Expr) -> Option<SubjectProperty> {
    let Expr::Property(of, slot) = expr else {
        return None;
    };
    match (of.as_ref(), Meaning::of(*slot)?) {
        (Expr::Slot(child), Meaning::Subject(property)) if is_child(*child) => Some(property),
        _ => None,
    }
}

fn is_child(slot: Slot) -> bool {
    Meaning::of(slot) == Some(Meaning::Child)
}

fn or(words: &[String]) -> Option<String> {
    match words.split_last()? {
        (only, []) => Some(only.clone()),
        (last, others) => Some(format!("{} or {last}", others.join(", "))),
    }
}
