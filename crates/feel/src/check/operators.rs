//! What operators make of types, and what to say where they make nothing of them.

use super::{Checker, Typed};
use crate::builtins::is_ordered;
use crate::syntax::{Comparison, Node, Operator};
use crate::{Code, Diagnostic, Expr, Type};

impl Checker<'_> {
    pub(super) fn arithmetic(&mut self, operator: Operator, nodes: &[Node]) -> Typed {
        let mut parts = Vec::new();
        let mut result: Option<Type> = None;
        let mut start = 0;
        for node in nodes {
            let Typed { expr, ty } = self.node(node, None);
            parts.push(expr);
            result = Some(match result {
                None => {
                    start = node.span.start;
                    ty
                }
                Some(left) => result_of(operator, &left, &ty).unwrap_or_else(|| {
                    let left_span = start..self.end_before(nodes, node);
                    self.cannot_calculate(operator, (&left, left_span), (&ty, node));
                    Type::Any
                }),
            });
        }
        Typed::new(Expr::Chain(operator, parts), result.unwrap_or(Type::Any))
    }

    /// Where the operand to the left of `node` ends.
    fn end_before(&self, nodes: &[Node], node: &Node) -> usize {
        let before = nodes
            .iter()
            .take_while(|other| other.span.start < node.span.start)
            .last();
        before.map_or(node.span.start, |before| before.span.end)
    }

    fn cannot_calculate(
        &mut self,
        operator: Operator,
        (left, left_span): (&Type, std::ops::Range<usize>),
        (right, node): (&Type, &Node),
    ) {
        let (left_words, right_words) = (self.describe(left), self.describe(right));
        let message = format!(
            "`{}` cannot be used with {left_words} and {right_words}",
            operator.as_str()
        );
        let help = match (operator, left, right) {
            (Operator::Add | Operator::Subtract, Type::Date | Type::DateTime | Type::Time, Type::Number) => {
                Some("add a duration, such as `@\"P14D\"` for 14 days or `@\"P6M\"` for 6 months")
            }
            (Operator::Add, Type::Text | Type::Code(_), _)
            | (Operator::Add, _, Type::Text | Type::Code(_)) => {
                Some("make a text of the other one with `string(…)`")
            }
            (Operator::Add, Type::List(_), _) | (Operator::Add, _, Type::List(_)) => {
                Some("add up a list with `sum(…)` or `total(…)`, or join two lists with `concatenate(…)`")
            }
            _ => None,
        };
        let diagnostic = Diagnostic::new(Code::TypeMismatch, left_span.start..node.span.end, message);
        let diagnostic = diagnostic.maybe_help(help.map(str::to_owned));
        let diagnostic = diagnostic.label(left_span, format!("this is {left_words}"));
        self.report(diagnostic.label(node.span.clone(), format!("this is {right_words}")));
    }

    /// Tells whether two sides can be compared so, and reports it if they cannot.
    pub(super) fn compare(&mut self, comparison: Comparison, nodes: [&Node; 2], types: [&Type; 2]) -> bool {
        let [left, right] = types;
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if is_comparable(left, right) && (equality || is_ordered(left) && is_ordered(right)) {
            return true;
        }
        let help = match (left, right) {
            (Type::List(_), other) | (other, Type::List(_)) if !matches!(other, Type::List(_)) => {
                Some("ask whether the list has it: `list contains(list, value)`, or `value in list`")
            }
            (Type::Date, Type::DateTime) | (Type::DateTime, Type::Date) => {
                Some("take the date of the date and time with `date(…)`")
            }
            (Type::Days | Type::Months, Type::Number) | (Type::Number, Type::Days | Type::Months) => {
                Some("compare with a duration, such as `@\"P14D\"`, or take a part of it, such as `.days`")
            }
            (Type::Code(_), Type::Code(_)) if left == right => {
                Some("choices have no order: use `=` or `in (…)`")
            }
            (Type::Number, Type::Text) | (Type::Text, Type::Number) => {
                Some("numbers are written without quotes")
            }
            _ => None,
        };
        self.cannot_compare(comparison.as_str(), nodes, types, help);
        false
    }

    /// Tells whether a value can be in a range or list, or equal a value, and reports it if it cannot.
    pub(super) fn within(&mut self, nodes: [&Node; 2], types: [&Type; 2]) -> bool {
        let [value, test] = types;
        let fits = match test {
            Type::Range(member) => is_comparable(value, member) && is_ordered(value),
            Type::List(member) => {
                let in_range = matches!(&**member, Type::Range(inner) if is_comparable(value, inner));
                in_range || is_comparable(value, member) || is_comparable(value, test)
            }
            test => is_comparable(value, test),
        };
        if !fits {
            let help = match (value, test) {
                (Type::List(_), Type::List(_)) => Some("ask it of each: `some x in … satisfies x in …`"),
                (Type::List(_), _) => {
                    Some("ask whether the list has it: `list contains(list, value)`, or `value in list`")
                }
                _ => None,
            };
            self.cannot_compare("in", nodes, types, help);
        }
        fits
    }

    fn cannot_compare(&mut self, sign: &str, nodes: [&Node; 2], types: [&Type; 2], help: Option<&str>) {
        let [left, right] = nodes;
        let [left_words, right_words] = types.map(|ty| self.describe(ty));
        let message = format!("`{sign}` cannot compare {left_words} with {right_words}");
        let span = left.span.start.min(right.span.start)..left.span.end.max(right.span.end);
        let diagnostic = Diagnostic::new(Code::TypeMismatch, span.clone(), message);
        let diagnostic = diagnostic.maybe_help(help.map(str::to_owned));
        let diagnostic = diagnostic.label(left.span.clone(), format!("this is {left_words}"));
        self.report(diagnostic.label(right.span.clone(), format!("this is {right_words}")));
    }
}

/// Can two values of these types be equal?
fn is_comparable(left: &Type, right: &Type) -> bool {
    match (left, right) {
        (Type::List(left), Type::List(right)) | (Type::Range(left), Type::Range(right)) => {
            is_comparable(left, right)
        }
        _ => left.fits(right) || right.fits(left),
    }
}

/// The type of what an operator makes of two values: DMN 1.4, tables 56 to 60.
fn result_of(operator: Operator, left: &Type, right: &Type) -> Option<Type> {
    use Operator::{Add, Divide, Multiply, Power, Subtract};
    use Type::{Code, Date, DateTime, Days, Months, Number, Text, Time};
    let ty = match (operator, left, right) {
        (_, Type::Any, _) | (_, _, Type::Any) => Type::Any,
        (_, Type::Null, other) | (_, other, Type::Null) => other.clone(),
        (Add | Subtract | Multiply | Divide | Power, Number, Number) => Number,
        (Add, Text | Code(_), Text | Code(_)) => Text,
        (Add | Subtract, point @ (Date | DateTime), Days | Months) => point.clone(),
        (Add | Subtract, Time, Days) | (Add, Days, Time) => Time,
        (Add, Days | Months, point @ (Date | DateTime)) => point.clone(),
        (Add | Subtract, Days, Days) => Days,
        (Add | Subtract, Months, Months) => Months,
        (Subtract, Date | DateTime, Date | DateTime) | (Subtract, Time, Time) => Days,
        (Multiply | Divide, duration @ (Days | Months), Number) => duration.clone(),
        (Multiply, Number, duration @ (Days | Months)) => duration.clone(),
        (Divide, Days, Days) | (Divide, Months, Months) => Number,
        _ => return None,
    };
    Some(ty)
}
