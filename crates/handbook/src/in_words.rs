//! Conditions as a person would say them: “What happened?” is “Nobody answered”.

use feel::syntax::{Comparison, Operator, Test};
use feel::{Expr, ListId, Type, Value};
use form::{Form, Meaning, NodeId, SubjectProperty};

use crate::labels::label;

/// A condition in words; nothing if it is one that words would not make clearer than what was written.
pub fn in_words(form: &Form, expr: &Expr) -> Option<String> {
    Words { form }.condition(expr)
}

struct Words<'f> {
    form: &'f Form,
}

impl Words<'_> {
    /// Something that holds or does not.
    fn condition(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Chain(Operator::And, parts) => self.joined(parts, " and "),
            Expr::Chain(Operator::Or, parts) => self.joined(parts, " or "),
            Expr::Call(function, parts) if function.name() == "not" => match parts.as_slice() {
                [only] => self.negated(only),
                _ => None,
            },
            Expr::Compare(comparison, sides) => {
                let [left, right] = sides.as_ref();
                self.compared(*comparison, left, right)
            }
            Expr::In(value, tests) => {
                let list = self.list_of(value);
                let others = tests.iter().map(|test| match test {
                    Test::Within(Expr::List(_)) | Test::Compares(..) => None,
                    Test::Within(other) => self.value(other, list),
                });
                let others: Vec<String> = others.collect::<Option<_>>()?;
                Some(format!("{} is {}", self.value(value, None)?, one_of(&others)?))
            }
            Expr::Property(..) | Expr::Slot(_) => self.flag(expr, true),
            _ => None,
        }
    }

    fn joined(&self, parts: &[Expr], with: &str) -> Option<String> {
        let inner = |part: &Expr| {
            let words = self.condition(part)?;
            // What is joined otherwise must not be read as part of this.
            Some(if matches!(part, Expr::Chain(..)) {
                format!("({words})")
            } else {
                words
            })
        };
        let parts: Vec<String> = parts.iter().map(inner).collect::<Option<_>>()?;
        Some(parts.join(with))
    }

    fn negated(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Compare(comparison, sides) => {
                let [left, right] = sides.as_ref();
                let opposite = match comparison {
                    Comparison::Equal => Comparison::NotEqual,
                    Comparison::NotEqual => Comparison::Equal,
                    Comparison::Less => Comparison::GreaterOrEqual,
                    Comparison::LessOrEqual => Comparison::Greater,
                    Comparison::Greater => Comparison::LessOrEqual,
                    Comparison::GreaterOrEqual => Comparison::Less,
                };
                self.compared(opposite, left, right)
            }
            Expr::Property(..) | Expr::Slot(_) => self.flag(expr, false),
            other => Some(format!("it is not so that {}", self.condition(other)?)),
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
        let (left, right) = (self.value(left, list)?, self.value(right, list)?);
        let verb = match comparison {
            Comparison::Equal => "is",
            Comparison::NotEqual => "is not",
            Comparison::Less => "is less than",
            Comparison::LessOrEqual => "is at most",
            Comparison::Greater => "is more than",
            Comparison::GreaterOrEqual => "is at least",
        };
        Some(format!("{left} {verb} {right}"))
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
            Expr::Slot(slot) => match Meaning::of(*slot)? {
                Meaning::Node(node) => Some(self.question(node)),
                _ => None,
            },
            Expr::Property(..) => Some(match property(expr)? {
                SubjectProperty::FirstName => "the child's first name".to_owned(),
                SubjectProperty::FullName => "the child's name".to_owned(),
                SubjectProperty::BirthDate => "the child's date of birth".to_owned(),
                SubjectProperty::DueDate => "the child's expected date".to_owned(),
                SubjectProperty::Unborn => return None,
            }),
            Expr::Call(function, parts) => match (function.name(), parts.as_slice()) {
                ("today", []) => Some("today".to_owned()),
                ("age", [born, on]) => {
                    let (born, on) = (self.value(born, None)?, self.value(on, None)?);
                    let whose = born.strip_suffix("'s date of birth")?;
                    Some(format!("{whose}'s age on {on}"))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn question(&self, node: NodeId) -> String {
        format!("“{}”", label(self.form, node))
    }

    /// The list that a question chooses from.
    fn list_of(&self, expr: &Expr) -> Option<ListId> {
        let Expr::Slot(slot) = expr else { return None };
        let Meaning::Node(node) = Meaning::of(*slot)? else {
            return None;
        };
        match self.form.field(node)?.kind.value_type() {
            Type::Code(list) => Some(list),
            _ => None,
        }
    }
}

/// The property of the child that an expression reads.
fn property(expr: &Expr) -> Option<SubjectProperty> {
    let Expr::Property(of, slot) = expr else {
        return None;
    };
    match (of.as_ref(), Meaning::of(*slot)?) {
        (Expr::Slot(child), Meaning::Subject(property)) if Meaning::of(*child) == Some(Meaning::Child) => {
            Some(property)
        }
        _ => None,
    }
}

fn one_of(words: &[String]) -> Option<String> {
    match words.split_last()? {
        (only, []) => Some(only.clone()),
        (last, others) => Some(format!("{} or {last}", others.join(", "))),
    }
}
