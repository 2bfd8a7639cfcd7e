//! Writes a tree as text that reads back as the same tree.

use std::fmt::{self, Display, Write};

use super::{Arguments, Comparison, End, Feature, Kind, Loop, Node, Operator, Quantifier, Test, Tree};
use crate::Type;
use crate::value::write_quoted;

impl Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Missing => f.write_char('?'),
            Kind::Unsupported(Feature::Contexts) => f.write_str("{…}"),
            Kind::Unsupported(Feature::Functions) => f.write_str("function(…) …"),
            Kind::Unsupported(Feature::Zones) => f.write_str("@\"…\""),
            Kind::Null => f.write_str("null"),
            Kind::Boolean(value) => value.fmt(f),
            Kind::Number(number) => number.fmt(f),
            Kind::Text(text) => write_quoted(f, text),
            Kind::At(text) => {
                f.write_char('@')?;
                write_quoted(f, text)
            }
            Kind::Name(name) => f.write_str(name),
            // The point would join the number.
            Kind::Path(of, name) if matches!(of.kind, Kind::Number(_)) => write!(f, "({of}).{}", name.text),
            Kind::Path(of, name) => write!(f, "{}.{}", At(Level::Postfix, of), name.text),
            Kind::Negation(of) => write!(f, "-{}", At(Level::Unary, of)),
            Kind::Chain(operator, nodes) => write_chain(f, *operator, nodes),
            Kind::Compare(comparison, nodes) => {
                let [left, right] = &**nodes;
                write_comparison(f, left, *comparison, right)
            }
            Kind::Between(nodes) => {
                let [value, low, high] = &**nodes;
                let [low, high] = [low, high].map(|end| At(Level::Additive, end));
                write!(f, "{} between {low} and {high}", At(Level::Comparison, value))
            }
            Kind::In(value, tests) => {
                write!(f, "{} in ", At(Level::Comparison, value))?;
                match &**tests {
                    [Test::Within(node)] if !is_one_sided(node) => At(Level::Additive, node).fmt(f),
                    _ => write_list(f, ('(', ')'), tests),
                }
            }
            Kind::InstanceOf(value, ty) => {
                write!(f, "{} instance of {}", At(Level::Instance, value), Named(ty))
            }
            Kind::If(nodes) => {
                let [condition, one, other] = &**nodes;
                write!(f, "if {condition} then {one} else {other}")
            }
            Kind::For(loops, body) => {
                f.write_str("for ")?;
                write_loops(f, loops)?;
                write!(f, " return {body}")
            }
            Kind::Quantified(quantifier, loops, body) => {
                f.write_str(match quantifier {
                    Quantifier::Some => "some ",
                    Quantifier::Every => "every ",
                })?;
                write_loops(f, loops)?;
                write!(f, " satisfies {body}")
            }
            Kind::List(nodes) => write_list(f, ('[', ']'), nodes),
            Kind::Range(ends) => {
                let [start, end] = &**ends;
                write_range(f, start, end)
            }
            Kind::Filter(nodes) => {
                let [list, filter] = &**nodes;
                write!(f, "{}[{filter}]", At(Level::Postfix, list))
            }
            Kind::Call(name, arguments) => {
                f.write_str(&name.text)?;
                match arguments {
                    Arguments::Positional(nodes) => write_list(f, ('(', ')'), nodes),
                    Arguments::Named(pairs) => {
                        let pairs: Vec<_> = pairs.iter().map(|(name, node)| Pair(&name.text, node)).collect();
                        write_list(f, ('(', ')'), &pairs)
                    }
                }
            }
        }
    }
}

/// How tightly a node holds together, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Expression,
    Or,
    And,
    Comparison,
    Additive,
    Multiplicative,
    Power,
    Instance,
    Unary,
    Postfix,
}

impl Operator {
    pub(super) fn level(self) -> Level {
        match self {
            Self::Or => Level::Or,
            Self::And => Level::And,
            Self::Add | Self::Subtract => Level::Additive,
            Self::Multiply | Self::Divide => Level::Multiplicative,
            Self::Power => Level::Power,
        }
    }
}

fn level(kind: &Kind) -> Level {
    match kind {
        Kind::If(_) | Kind::For(..) | Kind::Quantified(..) | Kind::Unsupported(Feature::Functions) => {
            Level::Expression
        }
        Kind::Chain(operator, _) => operator.level(),
        Kind::Compare(..) | Kind::Between(_) | Kind::In(..) => Level::Comparison,
        Kind::InstanceOf(..) => Level::Instance,
        Kind::Negation(_) => Level::Unary,
        _ => Level::Postfix,
    }
}

/// A node where one at least as tight is needed: in brackets, if it is not.
struct At<'a>(Level, &'a Node);

impl Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if level(&self.1.kind) < self.0 {
            write!(f, "({})", self.1)
        } else {
            self.1.fmt(f)
        }
    }
}

fn write_chain(f: &mut fmt::Formatter<'_>, operator: Operator, nodes: &[Node]) -> fmt::Result {
    let tighter = match operator.level() {
        Level::Or => Level::And,
        Level::And => Level::Comparison,
        Level::Additive => Level::Multiplicative,
        Level::Multiplicative => Level::Power,
        _ => Level::Instance,
    };
    for (index, node) in nodes.iter().enumerate() {
        if index == 0 {
            // At the left an operator of the same level needs no brackets, unless it would join this chain.
            let joins = matches!(&node.kind, Kind::Chain(other, _) if *other == operator);
            At(if joins { tighter } else { operator.level() }, node).fmt(f)?;
        } else {
            write!(f, " {} {}", operator.as_str(), At(tighter, node))?;
        }
    }
    Ok(())
}

fn write_comparison(
    f: &mut fmt::Formatter<'_>,
    left: &Node,
    comparison: Comparison,
    right: &Node,
) -> fmt::Result {
    write!(
        f,
        "{} {} {}",
        At(Level::Comparison, left),
        comparison.as_str(),
        At(Level::Additive, right)
    )
}

fn write_list<T: Display>(
    f: &mut fmt::Formatter<'_>,
    (open, close): (char, char),
    members: &[T],
) -> fmt::Result {
    f.write_char(open)?;
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        member.fmt(f)?;
    }
    f.write_char(close)
}

fn write_loops(f: &mut fmt::Formatter<'_>, loops: &[Loop]) -> fmt::Result {
    for (index, each) in loops.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{} in {}", each.name.text, At(Level::Or, &each.from))?;
        if let Some(to) = &each.to {
            write!(f, "..{}", At(Level::Additive, to))?;
        }
    }
    Ok(())
}

fn write_range(f: &mut fmt::Formatter<'_>, start: &End<Node>, end: &End<Node>) -> fmt::Result {
    let one_sided = |f: &mut fmt::Formatter<'_>, comparison: Comparison, node: &Node| {
        write!(f, "({} {})", comparison.as_str(), At(Level::Additive, node))
    };
    match (start, end) {
        (End::Unbounded, End::Open(node)) => one_sided(f, Comparison::Less, node),
        (End::Unbounded, End::Closed(node)) => one_sided(f, Comparison::LessOrEqual, node),
        (End::Open(node), End::Unbounded) => one_sided(f, Comparison::Greater, node),
        (End::Closed(node), End::Unbounded) => one_sided(f, Comparison::GreaterOrEqual, node),
        (End::Unbounded, End::Unbounded) => f.write_str("?"),
        (End::Open(low) | End::Closed(low), End::Open(high) | End::Closed(high)) => {
            f.write_char(if matches!(start, End::Closed(_)) { '[' } else { '(' })?;
            write!(f, "{}..{}", At(Level::Additive, low), At(Level::Additive, high))?;
            f.write_char(if matches!(end, End::Closed(_)) { ']' } else { ')' })
        }
    }
}

/// Is it `(< 5)` or its like, which after `in` would read as a test?
fn is_one_sided(node: &Node) -> bool {
    matches!(&node.kind, Kind::Range(ends) if ends.iter().any(|end| end.at().is_none()))
}

impl Display for Test<Node> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(node) => node.fmt(f),
            Self::Compares(comparison, node) => {
                write!(f, "{} {}", comparison.as_str(), At(Level::Additive, node))
            }
        }
    }
}

struct Pair<'a>(&'a str, &'a Node);

impl Display for Pair<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0, self.1)
    }
}

/// A type by its name in FEEL.
pub(crate) struct Named<'a>(pub(crate) &'a Type);

impl Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Type::Any | Type::Entity(_) => "Any",
            Type::Null => "Null",
            Type::Boolean => "boolean",
            Type::Number => "number",
            Type::Text | Type::Code(_) => "string",
            Type::Date => "date",
            Type::Time => "time",
            Type::DateTime => "date and time",
            Type::Days => "days and time duration",
            Type::Months => "years and months duration",
            Type::List(member) => return write!(f, "list<{}>", Named(member)),
            Type::Range(member) => return write!(f, "range<{}>", Named(member)),
        })
    }
}
