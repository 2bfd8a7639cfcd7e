//! Expressions as they are written, before their names mean anything (DMN 1.4, section 10.3.1.2).
//!
//! [`parse`] always gives a tree; where the text makes no sense, [`Kind::Missing`] stands in it. Trees are
//! equal when they say the same, wherever in the text they stand. `lexer` cuts the text into words and
//! signs, `parser` puts them together, `print` writes a tree as text again.

mod lexer;
mod parser;
mod print;

use std::ops::Range;

use smol_str::SmolStr;

use crate::{Diagnostic, Number, Type};

#[cfg(feature = "conformance")]
pub(crate) use lexer::{Keyword, Token, tokens};

/// Reads an expression. There is always a tree, and it is within the limits of [`crate::limits`].
pub fn parse(text: &str) -> Parsed {
    parser::parse(text)
}

/// What reading an expression gives: always a tree, and what is wrong with the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The tree; where the text is wrong, of what could be made out.
    pub tree: Tree,
    /// What is wrong with the text; all of these are errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// The tree of an expression. Its `Display` is the expression in its usual form, without comments.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    root: Node,
}

impl Tree {
    /// The whole expression.
    pub fn root(&self) -> &Node {
        &self.root
    }
}

/// One part of an expression.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it stands: a range of bytes of the text.
    pub span: Range<usize>,
    // INVARIANT: how many nodes stand in one another here, this one included.
    height: usize,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// What a part of an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// What could not be made out.
    Missing,
    /// What FEEL has and this language has not: a context, a function as a value.
    Unsupported(Feature),
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, which is never below 0: that is a negation.
    Number(Number),
    /// A text in quotes, here without its quotes and escapes.
    Text(SmolStr),
    /// A date, time or duration as `@"2026-11-19"`, here the text in the quotes.
    At(SmolStr),
    /// A name. One of several words has single spaces between them.
    Name(SmolStr),
    /// `of.name`.
    Path(Box<Node>, Name),
    /// `-of`.
    Negation(Box<Node>),
    /// Two or more nodes with the same operator between them, worked out from the left.
    Chain(Operator, Vec<Node>),
    /// `left = right` and its like.
    Compare(Comparison, Box<[Node; 2]>),
    /// `value between low and high`.
    Between(Box<[Node; 3]>),
    /// `value in test`, or `value in (test, test)`.
    In(Box<Node>, Vec<Test<Node>>),
    /// `value instance of type`.
    InstanceOf(Box<Node>, Type),
    /// `if condition then one else other`.
    If(Box<[Node; 3]>),
    /// `for name in list return result`.
    For(Vec<Loop>, Box<Node>),
    /// `some name in list satisfies condition`, or `every`.
    Quantified(Quantifier, Vec<Loop>, Box<Node>),
    /// `[first, second]`.
    List(Vec<Node>),
    /// `[low..high]`, or `(< high)`.
    Range(Box<[End<Node>; 2]>),
    /// `list[condition]`, or `list[position]`.
    Filter(Box<[Node; 2]>),
    /// `name(arguments)`.
    Call(Name, Arguments),
}

/// A name and where it stands.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name; one of several words has single spaces between them.
    pub text: SmolStr,
    /// Where it stands: a range of bytes of the text.
    pub span: Range<usize>,
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// What FEEL has and this language has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// Contexts, as `{a: 1}`.
    Contexts,
    /// Functions as values, as `function(a) a + 1`.
    Functions,
    /// Time zones by their names, as `@"10:30:00@Europe/Paris"`.
    Zones,
}

/// An operator that can stand between more than two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
    /// `**`.
    Power,
}

impl Operator {
    /// The operator as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "**",
        }
    }
}

/// An operator that compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
}

impl Comparison {
    /// The operator as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

/// What a value is put to by `in`. `T` is a node, or an expression whose names have meaning.
#[derive(Clone, Debug, PartialEq)]
pub enum Test<T> {
    /// It is in this range or list, or equals this value.
    Within(T),
    /// It compares to this value: `< 5`, `!= 5`.
    Compares(Comparison, T),
}

impl<T> Test<T> {
    /// What the value is compared with.
    pub fn operand(&self) -> &T {
        match self {
            Self::Within(operand) | Self::Compares(_, operand) => operand,
        }
    }
}

/// Which quantifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// `some`: at least one.
    Some,
    /// `every`: all of them.
    Every,
}

/// One name that goes over the members of a list, or over the steps of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    /// The name.
    pub name: Name,
    /// The list; where there is an end, the start of a range.
    pub from: Node,
    /// The end of a range, as in `for i in 1..4`.
    pub to: Option<Node>,
}

/// One end of a range. `T` is a node, or an expression whose names have meaning.
#[derive(Clone, Debug, PartialEq)]
pub enum End<T> {
    /// There is none on this side.
    Unbounded,
    /// It is not in the range.
    Open(T),
    /// It is in the range.
    Closed(T),
}

impl<T> End<T> {
    /// What stands at the end, if there is an end.
    pub fn at(&self) -> Option<&T> {
        match self {
            Self::Unbounded => None,
            Self::Open(at) | Self::Closed(at) => Some(at),
        }
    }

    /// The same end with what `change` makes of what stands there.
    pub fn map<U>(&self, change: impl FnOnce(&T) -> U) -> End<U> {
        match self {
            Self::Unbounded => End::Unbounded,
            Self::Open(at) => End::Open(change(at)),
            Self::Closed(at) => End::Closed(change(at)),
        }
    }
}

/// What a function is given.
#[derive(Clone, Debug, PartialEq)]
pub enum Arguments {
    /// In the order of its parameters.
    Positional(Vec<Node>),
    /// By the names of its parameters.
    Named(Vec<(Name, Node)>),
}

impl Arguments {
    /// What is given, in the order it is written.
    pub fn nodes(&self) -> Vec<&Node> {
        match self {
            Self::Positional(nodes) => nodes.iter().collect(),
            Self::Named(pairs) => pairs.iter().map(|(_, node)| node).collect(),
        }
    }
}

impl Node {
    /// A part of an expression that stands there.
    pub(crate) fn new(kind: Kind, span: Range<usize>) -> Self {
        let mut height = 0;
        kind.for_each_child(|child| height = height.max(child.height));
        Self {
            kind,
            span,
            height: height + 1,
        }
    }

    /// Calls `visit` with each part of this one, in the order they are written.
    pub fn for_each_child(&self, visit: impl FnMut(&Node)) {
        self.kind.for_each_child(visit);
    }
}

impl Kind {
    fn for_each_child(&self, mut visit: impl FnMut(&Node)) {
        match self {
            Self::Missing
            | Self::Unsupported(_)
            | Self::Null
            | Self::Boolean(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::At(_)
            | Self::Name(_) => {}
            Self::Path(node, _) | Self::Negation(node) | Self::InstanceOf(node, _) => visit(node),
            Self::Chain(_, nodes) | Self::List(nodes) => nodes.iter().for_each(visit),
            Self::Compare(_, nodes) | Self::Filter(nodes) => nodes.iter().for_each(visit),
            Self::Between(nodes) | Self::If(nodes) => nodes.iter().for_each(visit),
            Self::In(value, tests) => {
                visit(value);
                tests.iter().map(Test::operand).for_each(visit);
            }
            Self::For(loops, body) | Self::Quantified(_, loops, body) => {
                for each in loops {
                    visit(&each.from);
                    each.to.iter().for_each(&mut visit);
                }
                visit(body);
            }
            Self::Range(ends) => ends.iter().filter_map(End::at).for_each(visit),
            Self::Call(_, arguments) => arguments.nodes().into_iter().for_each(visit),
        }
    }
}
