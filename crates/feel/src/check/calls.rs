//! Puts the arguments of a call to the parameters of its function.

use std::ops::Range;

use super::{Checker, Typed};
use crate::builtins::{About, Function, Param, Role};
use crate::syntax::{Arguments, Feature, Name, Node};
use crate::{Code, Diagnostic, Expr, ListId, Type, Value};

/// Functions of FEEL's that need what is not supported here.
const UNSUPPORTED: [(&str, Feature); 6] = [
    ("context", Feature::Contexts),
    ("context merge", Feature::Contexts),
    ("context put", Feature::Contexts),
    ("get entries", Feature::Contexts),
    ("get value", Feature::Contexts),
    ("sort", Feature::Functions),
];

/// The part of FEEL that a function needs and this language has not.
pub(crate) fn unsupported_function(name: &str) -> Option<Feature> {
    UNSUPPORTED
        .into_iter()
        .find(|(unsupported, _)| *unsupported == name)
        .map(|(_, feature)| feature)
}

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        name: &Name,
        arguments: &Arguments,
        span: &Range<usize>,
        codes: Option<ListId>,
    ) -> Typed {
        let known = Function::named(&name.text).and_then(|function| Some((function, function.about()?)));
        let Some((function, about)) = known else {
            self.unknown_function(name);
            arguments
                .nodes()
                .into_iter()
                .for_each(|node| drop(self.node(node, None)));
            return Typed::unknown();
        };
        let Some(Arranged { ways, nodes }) = self.arrange(about, arguments, span) else {
            arguments
                .nodes()
                .into_iter()
                .for_each(|node| drop(self.node(node, None)));
            return Typed::unknown();
        };
        let shared = nodes
            .iter()
            .flatten()
            .find_map(|node| self.codes_of(node))
            .or(codes);
        let first = ways.first().copied().unwrap_or_default();
        let argument = |(index, node): (usize, &Option<&Node>)| {
            let shares = param_at(first, index).is_some_and(|param| param.kind.shares_codes());
            let codes = shared.filter(|_| shares);
            node.map_or_else(|| Typed::constant(Value::Null), |node| self.node(node, codes))
        };
        let typed: Vec<Typed> = nodes.iter().enumerate().map(argument).collect();
        let types: Vec<Type> = typed.iter().map(|argument| argument.ty.clone()).collect();
        let values: Vec<Expr> = typed.into_iter().map(|argument| argument.expr).collect();
        if ways.iter().any(|params| accept(params, &types)) {
            self.check_constants(function, &values, &nodes, span);
        } else {
            self.wrong_types(about, first, &nodes, &types);
        }
        let call = Typed::new(Expr::Call(function, values), (about.result)(&types));
        if is_constructor(function.name()) {
            call.folded()
        } else {
            call
        }
    }

    fn unknown_function(&mut self, name: &Name) {
        if let Some(feature) = unsupported_function(&name.text) {
            self.diagnostics.push(feature.diagnostic(name.span.clone()));
            return;
        }
        let message = format!("there is no function `{}`", name.text);
        let help = self
            .nearest_function(&name.text)
            .map(|nearest| format!("did you mean `{nearest}`?"));
        self.report(Diagnostic::new(Code::UnknownFunction, name.span.clone(), message).maybe_help(help));
    }

    /// Puts the arguments into the order of the parameters, and finds the ways to call the function so.
    fn arrange<'n>(
        &mut self,
        about: &'static About,
        arguments: &'n Arguments,
        span: &Range<usize>,
    ) -> Option<Arranged<'n>> {
        match arguments {
            Arguments::Positional(nodes) => {
                let signatures = about.signatures.iter().copied();
                let ways: Vec<_> = signatures.filter(|params| takes(params, nodes.len())).collect();
                if ways.is_empty() {
                    self.wrong_count(about, nodes.len(), span);
                    return None;
                }
                Some(Arranged {
                    ways,
                    nodes: nodes.iter().map(Some).collect(),
                })
            }
            Arguments::Named(pairs) => {
                let given: Vec<&str> = pairs.iter().map(|(name, _)| name.text.as_str()).collect();
                let ways = by_names(about, &given);
                let Some(first) = ways.first() else {
                    self.wrong_names(about, pairs);
                    return None;
                };
                let node_of = |param: &Param| {
                    let pair = pairs.iter().find(|(name, _)| name.text == param.name);
                    pair.map(|(_, node)| node)
                };
                let mut nodes: Vec<Option<&Node>> = first.iter().map(node_of).collect();
                while nodes.last().is_some_and(Option::is_none) {
                    nodes.pop();
                }
                Some(Arranged { ways, nodes })
            }
        }
    }

    fn wrong_count(&mut self, about: &About, count: usize, span: &Range<usize>) {
        let arguments = if count == 1 {
            "1 argument".to_owned()
        } else {
            format!("{count} arguments")
        };
        let message = format!("`{}` cannot be given {arguments}", about.name);
        self.report(
            Diagnostic::new(Code::WrongArguments, span.clone(), message)
                .maybe_help(Some(format!("write {}", usages(about)))),
        );
    }

    fn wrong_names(&mut self, about: &About, pairs: &[(Name, Node)]) {
        let known = |name: &Name| {
            about
                .signatures
                .iter()
                .any(|params| params.iter().any(|param| param.name == name.text))
        };
        let unknown = pairs.iter().map(|(name, _)| name).find(|name| !known(name));
        let (message, span) = match (unknown, pairs.first()) {
            (Some(name), _) => (
                format!("`{}` has no parameter `{}`", about.name, name.text),
                name.span.clone(),
            ),
            (None, Some((name, _))) => (
                format!("`{}` cannot be given just these arguments", about.name),
                name.span.clone(),
            ),
            (None, None) => return,
        };
        self.report(
            Diagnostic::new(Code::WrongArguments, span.clone(), message)
                .maybe_help(Some(format!("write {}", usages(about)))),
        );
    }

    fn wrong_types(&mut self, about: &About, params: &[Param], nodes: &[Option<&Node>], types: &[Type]) {
        for (index, (node, ty)) in nodes.iter().zip(types).enumerate() {
            if let (Some(node), Some(param)) = (node, param_at(params, index))
                && !param.kind.accepts(ty)
            {
                let message = format!(
                    "`{}` needs {} for `{}`, and this is {}",
                    about.name,
                    param.kind.as_str(),
                    param.name,
                    self.describe(ty)
                );
                let help = match (about.name, ty) {
                    ("contains", Type::List(_)) => {
                        Some("ask it of a list with `list contains(…)`".to_owned())
                    }
                    _ if about.signatures.len() > 1 => Some(format!("write {}", usages(about))),
                    _ => None,
                };
                self.report(Diagnostic::new(Code::TypeMismatch, node.span.clone(), message).maybe_help(help));
            }
        }
    }
}

/// The arguments of a call in the order of the parameters.
struct Arranged<'n> {
    /// The parameters of each way to call the function with so many arguments, of which there is one at least.
    ways: Vec<&'static [Param]>,
    /// What is left out is null.
    nodes: Vec<Option<&'n Node>>,
}

/// Functions whose constant arguments make a constant.
fn is_constructor(name: &str) -> bool {
    matches!(name, "date" | "time" | "date and time" | "duration")
}

fn param_at(params: &[Param], index: usize) -> Option<&Param> {
    params
        .get(index)
        .or_else(|| params.last().filter(|last| last.role == Role::Rest))
}

/// Can so many arguments be given?
fn takes(params: &[Param], count: usize) -> bool {
    let least = params.iter().filter(|param| param.role != Role::Optional).count();
    let endless = params.last().is_some_and(|param| param.role == Role::Rest);
    count >= least && (count <= params.len() || endless)
}

fn accept(params: &[Param], types: &[Type]) -> bool {
    let accepts =
        |(index, ty): (usize, &Type)| param_at(params, index).is_some_and(|param| param.kind.accepts(ty));
    types.iter().enumerate().all(accepts)
}

/// The ways to call the function that have parameters of these names, all in the same order: that in
/// which they are given, if there is such a way.
fn by_names(about: &'static About, given: &[&str]) -> Vec<&'static [Param]> {
    let once = |(index, name): (usize, &&str)| !given.iter().take(index).any(|other| other == name);
    if !given.iter().enumerate().all(once) {
        return Vec::new();
    }
    let fits = |params: &&[Param]| {
        let known = given
            .iter()
            .all(|name| params.iter().any(|param| param.name == *name));
        let enough = params
            .iter()
            .all(|param| param.role == Role::Optional || given.contains(&param.name));
        known && enough
    };
    let fitting: Vec<&'static [Param]> = about.signatures.iter().copied().filter(fits).collect();
    let in_order = |params: &&&'static [Param]| names(params).eq(given.iter().copied());
    let Some(order) = fitting.iter().find(in_order).or(fitting.first()).copied() else {
        return Vec::new();
    };
    fitting
        .into_iter()
        .filter(|params| names(params).eq(names(order)))
        .collect()
}

fn names(params: &[Param]) -> impl Iterator<Item = &'static str> {
    params.iter().map(|param| param.name)
}

/// Every way to call the function, as it is written.
fn usages(about: &About) -> String {
    let usages: Vec<String> = about.usages().map(|usage| format!("`{usage}`")).collect();
    usages.join(" or ")
}
