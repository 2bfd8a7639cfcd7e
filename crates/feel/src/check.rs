//! Gives the names of a tree meaning, and tells what is wrong with it.
//!
//! There is always an expression: what is wrong in it is null, or as FEEL would have it at run time, so
//! that the conformance suite can be run by ignoring the diagnostics. `names` finds out what a name is,
//! `loops` checks what makes names of its own, `operators` knows what an operator makes of types, `calls`
//! puts arguments to parameters, `constants` looks into texts that are known already, and `suggest`
//! guesses what was meant.

mod calls;
mod constants;
mod loops;
mod names;
mod operators;
mod suggest;

use std::ops::Range;

use smol_str::SmolStr;

use crate::syntax::{Comparison, End, Feature, Kind, Node, Operator, Test, Tree};
use crate::temporal::names_zone;
use crate::{Code, Diagnostic, Expr, ListId, Names, NoNames, Type, Value};
#[cfg(feature = "conformance")]
pub(crate) use calls::unsupported_function;
pub use suggest::did_you_mean;

/// What checking a tree gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The expression. It is to be used only where no diagnostic is an error.
    pub expr: Expr,
    /// What its values are.
    pub ty: Type,
    /// What is wrong with it, or doubtful about it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Gives a tree's names meaning, and tells what is wrong with it.
///
/// Where a type is expected, the expression must fit it; where that is a choice, its codes may stand bare.
pub fn check(tree: &Tree, names: &dyn Names, expected: Option<&Type>) -> Checked {
    let mut checker = Checker {
        names,
        locals: Vec::new(),
        diagnostics: Vec::new(),
    };
    let root = tree.root();
    let Typed { expr, ty } = checker.node(root, expected.and_then(code_list));
    if let Some(expected) = expected
        && !ty.fits(expected)
    {
        let message = format!(
            "expected {}, found {}",
            expected.describe(names),
            ty.describe(names)
        );
        checker.report(Diagnostic::new(Code::TypeMismatch, root.span.clone(), message));
    }
    let mut diagnostics = checker.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    Checked {
        expr,
        ty,
        diagnostics,
    }
}

/// The codes of which list values of this type are, if they are choices or lists of choices.
fn code_list(ty: &Type) -> Option<ListId> {
    match ty {
        Type::Code(list) => Some(*list),
        Type::List(member) => code_list(member),
        _ => None,
    }
}

/// An expression and what its values are.
struct Typed {
    expr: Expr,
    ty: Type,
}

impl Typed {
    fn new(expr: Expr, ty: Type) -> Self {
        Self { expr, ty }
    }

    /// What stands for an expression that makes no sense, and raises no further questions.
    fn unknown() -> Self {
        Self::new(Expr::NULL, Type::Any)
    }

    fn constant(value: Value) -> Self {
        let ty = Type::of(&value);
        Self::new(Expr::Value(value), ty)
    }

    /// The value instead of how it is made, for what is made of nothing but constants.
    fn folded(self) -> Self {
        let mut constant = true;
        self.expr
            .for_each_part(&mut |part| constant &= matches!(part, Expr::Value(_)));
        if !constant {
            return self;
        }
        match self.expr.eval(&NoNames) {
            Value::Null => self,
            value => Self::constant(value),
        }
    }
}

/// A name that the expression itself makes.
struct Local {
    name: SmolStr,
    ty: Type,
    /// Is it the member that a filter looks at? Then its properties have names of their own.
    is_item: bool,
}

struct Checker<'a> {
    names: &'a dyn Names,
    /// INVARIANT: a local's place here is its number in the expression.
    locals: Vec<Local>,
    diagnostics: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Checks a part of the tree. Where it is compared with choices, the codes of their list may stand bare.
    fn node(&mut self, node: &Node, codes: Option<ListId>) -> Typed {
        match &node.kind {
            Kind::Missing | Kind::Unsupported(_) => Typed::unknown(),
            Kind::Null => Typed::constant(Value::Null),
            Kind::Boolean(value) => Typed::constant(Value::Boolean(*value)),
            Kind::Number(number) => Typed::constant(Value::Number(*number)),
            Kind::Text(text) => self.text(text, &node.span, codes),
            Kind::At(text) => self.at_literal(text, &node.span),
            Kind::Name(_) | Kind::Path(..) => self.path(node, codes),
            Kind::Negation(of) => {
                let Typed { expr, ty } = self.node(of, None);
                if !matches!(
                    ty,
                    Type::Any | Type::Null | Type::Number | Type::Days | Type::Months
                ) {
                    let message = format!(
                        "`-` needs a number or a duration, and this is {}",
                        self.describe(&ty)
                    );
                    self.report(Diagnostic::new(Code::TypeMismatch, of.span.clone(), message));
                }
                Typed::new(Expr::Negation(Box::new(expr)), ty).folded()
            }
            Kind::Chain(operator @ (Operator::And | Operator::Or), nodes) => {
                let parts = nodes
                    .iter()
                    .map(|node| self.condition(node, operator.as_str()))
                    .collect();
                Typed::new(Expr::Chain(*operator, parts), Type::Boolean)
            }
            Kind::Chain(operator, nodes) => self.arithmetic(*operator, nodes),
            Kind::Compare(comparison, nodes) => {
                let [left, right] = &**nodes;
                let (left_codes, right_codes) = (self.codes_of(left), self.codes_of(right));
                let typed = [self.node(left, right_codes), self.node(right, left_codes)];
                self.compare(*comparison, [left, right], typed.each_ref().map(|side| &side.ty));
                let [left, right] = typed;
                Typed::new(
                    Expr::Compare(*comparison, Box::new([left.expr, right.expr])),
                    Type::Boolean,
                )
            }
            Kind::Between(nodes) => {
                let [value, low, high] = nodes.each_ref().map(|node| self.node(node, None));
                let [value_node, low_node, high_node] = &**nodes;
                self.compare(
                    Comparison::GreaterOrEqual,
                    [value_node, low_node],
                    [&value.ty, &low.ty],
                );
                self.compare(
                    Comparison::LessOrEqual,
                    [value_node, high_node],
                    [&value.ty, &high.ty],
                );
                Typed::new(
                    Expr::Between(Box::new([value.expr, low.expr, high.expr])),
                    Type::Boolean,
                )
            }
            Kind::In(value, tests) => self.membership(value, tests),
            Kind::InstanceOf(value, ty) => {
                let value = self.node(value, None);
                Typed::new(Expr::InstanceOf(Box::new(value.expr), ty.clone()), Type::Boolean)
            }
            Kind::If(nodes) => {
                let [condition, one, other] = &**nodes;
                let condition = self.condition(condition, "if");
                let (one, other) = (self.node(one, codes), self.node(other, codes));
                let ty = one.ty.unify(&other.ty);
                Typed::new(Expr::If(Box::new([condition, one.expr, other.expr])), ty)
            }
            Kind::For(loops, body) => self.for_each(loops, body),
            Kind::Quantified(quantifier, loops, body) => self.quantified(*quantifier, loops, body),
            Kind::List(nodes) => {
                let members: Vec<Typed> = nodes.iter().map(|node| self.node(node, codes)).collect();
                let ty = Type::of_all(members.iter().map(|member| member.ty.clone()));
                let list = Expr::List(members.into_iter().map(|member| member.expr).collect());
                self.constant_list(Typed::new(list, ty.list()))
            }
            Kind::Range(ends) => self.range(ends),
            Kind::Filter(nodes) => {
                let [list, filter] = &**nodes;
                self.filter(list, filter, codes)
            }
            Kind::Call(name, arguments) => self.call(name, arguments, &node.span, codes),
        }
    }

    fn describe(&self, ty: &Type) -> String {
        ty.describe(self.names)
    }

    /// Checks what must be true or false for the sake of a word.
    fn condition(&mut self, node: &Node, word: &str) -> Expr {
        let Typed { expr, ty } = self.node(node, None);
        if !ty.fits(&Type::Boolean) {
            let message = format!("`{word}` needs true or false, and this is {}", self.describe(&ty));
            let help = match ty {
                Type::List(_) => "ask something of the list, as in `count(…) > 0`",
                Type::Range(_) => "ask whether a value is in the range, as in `x in …`",
                _ => "compare it with something, as in `… = …`",
            };
            self.report(
                Diagnostic::new(Code::TypeMismatch, node.span.clone(), message)
                    .maybe_help(Some(help.to_owned())),
            );
        }
        expr
    }

    fn at_literal(&mut self, text: &str, span: &Range<usize>) -> Typed {
        if let Some(value) = Value::temporal(text) {
            return Typed::constant(value);
        }
        if names_zone(text) {
            self.diagnostics.push(Feature::Zones.diagnostic(span.clone()));
        } else {
            let message = format!("`{text}` is not a date, time or duration");
            let help = "write it as `@\"2026-11-19\"`, `@\"14:30:00\"`, `@\"P14D\"` or `@\"P6M\"`";
            self.report(
                Diagnostic::new(Code::BadLiteral, span.clone(), message).maybe_help(Some(help.to_owned())),
            );
        }
        Typed::unknown()
    }

    /// A list of constants is a constant, and keeps the type that its members were found to have.
    fn constant_list(&self, list: Typed) -> Typed {
        let ty = list.ty.clone();
        Typed { ty, ..list.folded() }
    }

    fn range(&mut self, ends: &[End<Node>; 2]) -> Typed {
        let typed = ends.each_ref().map(|end| end.map(|node| self.node(node, None)));
        let sides: Vec<_> = ends
            .iter()
            .zip(&typed)
            .filter_map(|(end, typed)| end.at().zip(typed.at()))
            .collect();
        if let (Some((low, low_typed)), Some((high, high_typed))) = (sides.first(), sides.last()) {
            self.compare(
                Comparison::LessOrEqual,
                [low, high],
                [&low_typed.ty, &high_typed.ty],
            );
        }
        let ty = Type::of_all(sides.iter().map(|(_, typed)| typed.ty.clone()));
        let ends = typed.each_ref().map(|end| end.map(|typed| typed.expr.clone()));
        Typed::new(Expr::Range(Box::new(ends)), ty.range()).folded()
    }

    fn membership(&mut self, value: &Node, tests: &[Test<Node>]) -> Typed {
        let value_codes = self.codes_of(value);
        let test_codes = tests.iter().find_map(|test| self.codes_of(test.operand()));
        let typed = self.node(value, test_codes);
        let mut fitting = true;
        let check = |test: &Test<Node>| {
            let node = test.operand();
            let operand = self.node(node, value_codes);
            let (nodes, types) = ([value, node], [&typed.ty, &operand.ty]);
            // What is wrong with one test is likely to be wrong with the others too.
            match test {
                Test::Within(_) => {
                    fitting = fitting && self.within(nodes, types);
                    Test::Within(operand.expr)
                }
                Test::Compares(comparison, _) => {
                    fitting = fitting && self.compare(*comparison, nodes, types);
                    Test::Compares(*comparison, operand.expr)
                }
            }
        };
        let tests = tests.iter().map(check).collect();
        Typed::new(Expr::In(Box::new(typed.expr), tests), Type::Boolean)
    }
}
