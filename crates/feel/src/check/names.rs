//! What names are: a local name, a code, a name of the host's, or a property.

use std::ops::Range;

use smol_str::SmolStr;

use super::suggest::{did_you_mean, did_you_mean_or_one_of, nearest};
use super::{Checker, Typed, code_list};
use crate::builtins::Function;
use crate::expr::Part;
use crate::syntax::{Arguments, Kind, Node};
use crate::{Binding, Code, Diagnostic, Expr, ListId, Resolved, Type, Value};

/// What the beginning of a dotted name was found to be.
enum Found {
    /// An expression, and how many segments were used.
    Known(Typed, usize),
    Missing,
    Ambiguous(Vec<String>),
}

impl Checker<'_> {
    /// Checks a text. Compared with choices, it must be one of their codes.
    pub(super) fn text(&mut self, text: &SmolStr, span: &Range<usize>, codes: Option<ListId>) -> Typed {
        let Some(list) = codes else {
            return Typed::constant(Value::Text(text.clone()));
        };
        if self.names.has_code(list, text) {
            return Typed::new(Expr::Value(Value::Text(text.clone())), Type::Code(list));
        }
        if text.is_empty() {
            let message = format!(
                "an empty text is not an option of `{}`",
                self.names.list_name(list)
            );
            self.report(
                Diagnostic::new(Code::UnknownCode, span.clone(), message)
                    .maybe_help(Some("a blank answer is `null`".to_owned())),
            );
        } else {
            self.unknown_code(&format!("\"{text}\""), text, list, span);
        }
        Typed::unknown()
    }

    fn unknown_code(&mut self, shown: &str, code: &str, list: ListId, span: &Range<usize>) {
        let message = format!("`{shown}` is not an option of `{}`", self.names.list_name(list));
        let help = did_you_mean_or_one_of(code, &self.names.codes(list), "its options are");
        self.report(Diagnostic::new(Code::UnknownCode, span.clone(), message).maybe_help(help));
    }

    /// Checks a name and the properties behind it.
    pub(super) fn path(&mut self, node: &Node, codes: Option<ListId>) -> Typed {
        let Some(segments) = segments(node) else {
            // A property of something that is no name.
            let Kind::Path(of, name) = &node.kind else {
                return Typed::unknown();
            };
            let of = self.node(of, None);
            return self.property(of, &name.text, &name.span);
        };
        let path: Vec<&str> = segments.iter().map(|(name, _)| *name).collect();
        let found = self.find(&path);
        if let (Some(list), [name]) = (codes, &*path)
            && self.names.has_code(list, name)
            && !self.is_local(name)
        {
            if let Found::Known(..) = found {
                let message = format!(
                    "`{name}` is taken as an option of `{}`, not as what else has that name",
                    self.names.list_name(list)
                );
                let help = format!("write `\"{name}\"` to say so, or give one of them another name");
                self.report(
                    Diagnostic::new(Code::CodeHidesName, node.span.clone(), message).maybe_help(Some(help)),
                );
            }
            return Typed::new(Expr::Value(Value::text(name)), Type::Code(list));
        }
        match found {
            Found::Known(first, used) => segments
                .iter()
                .skip(used)
                .fold(first, |of, (name, span)| self.property(of, name, span)),
            Found::Missing => {
                match (codes, segments.first()) {
                    (Some(list), _) if path.len() == 1 => {
                        let name = path.concat();
                        self.unknown_code(&name, &name, list, &node.span);
                    }
                    (_, Some((_, first))) => self.unknown_name(&path, &(first.start..node.span.end)),
                    _ => {}
                }
                Typed::unknown()
            }
            Found::Ambiguous(candidates) => {
                let message = format!("`{}` could be one of several things", path.join("."));
                let candidates: Vec<String> = candidates.iter().map(|name| format!("`{name}`")).collect();
                let help = format!("write {}", candidates.join(" or "));
                self.report(
                    Diagnostic::new(Code::AmbiguousName, node.span.clone(), message).maybe_help(Some(help)),
                );
                Typed::unknown()
            }
        }
    }

    fn is_local(&self, name: &str) -> bool {
        self.locals.iter().any(|local| local.name == name)
    }

    /// Finds what a dotted name begins with; the innermost local name first.
    fn find(&self, path: &[&str]) -> Found {
        let Some(first) = path.first() else {
            return Found::Missing;
        };
        for (index, local) in self.locals.iter().enumerate().rev() {
            let expr = || Expr::Local(u32::try_from(index).unwrap_or(u32::MAX));
            if local.name == *first {
                return Found::Known(Typed::new(expr(), local.ty.clone()), 1);
            }
            if let (true, Type::Entity(kind)) = (local.is_item, &local.ty)
                && let Some(Binding { slot, ty }) = self.names.property(*kind, first)
            {
                return Found::Known(Typed::new(Expr::Property(Box::new(expr()), slot), ty), 1);
            }
        }
        match self.names.name(path) {
            Resolved::Found {
                binding: Binding { slot, ty },
                used,
            } => Found::Known(Typed::new(Expr::Slot(slot), ty), used.max(1)),
            Resolved::Missing => Found::Missing,
            Resolved::Ambiguous(candidates) => Found::Ambiguous(candidates),
        }
    }

    fn property(&mut self, of: Typed, name: &str, span: &Range<usize>) -> Typed {
        let Some((typed, is_list)) = self.property_of(&of, name) else {
            self.unknown_property(&of.ty, name, span);
            return Typed::unknown();
        };
        if is_list {
            Typed {
                ty: typed.ty.list(),
                ..typed
            }
        } else {
            typed
        }
    }

    /// The property of a value, or of each value in a list, and which of the two it is.
    fn property_of(&self, of: &Typed, name: &str) -> Option<(Typed, bool)> {
        let is_list = matches!(of.ty, Type::List(_));
        let expr = || Box::new(of.expr.clone());
        let typed = match of.ty.member() {
            Type::Entity(kind) => {
                let Binding { slot, ty } = self.names.property(*kind, name)?;
                Typed::new(Expr::Property(expr(), slot), ty)
            }
            member => {
                let part = Part::named(name)?;
                Typed::new(Expr::Part(expr(), part), part.ty(member)?)
            }
        };
        Some((typed, is_list))
    }

    fn unknown_property(&mut self, of: &Type, name: &str, span: &Range<usize>) {
        let known: Vec<String> = match of.member() {
            Type::Entity(kind) => self.names.properties(*kind),
            Type::Any | Type::Null => Vec::new(),
            member => {
                let parts = Part::ALL.iter().filter(|part| part.ty(member).is_some());
                parts.map(|part| part.name().to_owned()).collect()
            }
        };
        let message = format!("{} has no property `{name}`", self.describe(of.member()));
        let help = did_you_mean_or_one_of(name, &known, "its properties are");
        self.report(Diagnostic::new(Code::UnknownProperty, span.clone(), message).maybe_help(help));
    }

    fn unknown_name(&mut self, path: &[&str], span: &Range<usize>) {
        let name = path.join(".");
        let known: Vec<String> = self.known_names();
        let help = if let Some(negated) = name.strip_prefix("not ") {
            Some(format!("write `not({negated})`"))
        } else if Function::named(&name).is_some() {
            Some(format!("`{name}` is a function: write `{name}(…)`"))
        } else if let Some((one, other)) = name.split_once(' ') {
            Some(format!("is something missing between `{one}` and `{other}`?"))
        } else {
            did_you_mean(&name, known.iter().map(String::as_str))
        };
        self.report(
            Diagnostic::new(
                Code::UnknownName,
                span.clone(),
                format!("nothing is called `{name}` here"),
            )
            .maybe_help(help),
        );
    }

    fn known_names(&self) -> Vec<String> {
        let mut known = self.names.suggest();
        for local in &self.locals {
            known.push(local.name.to_string());
            if let (true, Type::Entity(kind)) = (local.is_item, &local.ty) {
                known.extend(self.names.properties(*kind));
            }
        }
        known
    }

    /// The codes of which list a part of the tree has for its values, as far as that can be told before it
    /// is checked.
    pub(super) fn codes_of(&self, node: &Node) -> Option<ListId> {
        match &node.kind {
            Kind::Name(_) | Kind::Path(..) => code_list(&self.type_of_path(node)?),
            Kind::If(nodes) => {
                let [_, one, other] = &**nodes;
                self.codes_of(one).or_else(|| self.codes_of(other))
            }
            Kind::List(nodes) => nodes.iter().find_map(|node| self.codes_of(node)),
            Kind::Filter(nodes) => {
                let [list, _] = &**nodes;
                self.codes_of(list)
            }
            Kind::Call(name, Arguments::Positional(nodes)) => {
                let about = Function::named(&name.text)?.about()?;
                let gives_members = about.signatures.iter().any(|params| {
                    params.first().is_some_and(|param| param.kind.shares_codes())
                        && code_list(&(about.result)(&[Type::Code(ListId(0)).list()])).is_some()
                });
                if gives_members {
                    nodes.iter().find_map(|node| self.codes_of(node))
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    /// The type of a dotted name, if it is one that is known.
    fn type_of_path(&self, node: &Node) -> Option<Type> {
        let Some(segments) = segments(node) else {
            let Kind::Path(of, name) = &node.kind else {
                return None;
            };
            // Of what is no name, only the members of a filtered list have properties with codes.
            let Kind::Filter(nodes) = &of.kind else {
                return None;
            };
            let [list, _] = &**nodes;
            let of = Typed::new(Expr::NULL, self.type_of_path(list)?);
            return self.property_of(&of, &name.text).map(|(typed, _)| typed.ty);
        };
        let path: Vec<&str> = segments.iter().map(|(name, _)| *name).collect();
        let Found::Known(first, used) = self.find(&path) else {
            return None;
        };
        let last = segments.iter().skip(used).try_fold(first, |of, (name, _)| {
            let (typed, is_list) = self.property_of(&of, name)?;
            Some(if is_list {
                Typed {
                    ty: typed.ty.list(),
                    ..typed
                }
            } else {
                typed
            })
        });
        last.map(|typed| typed.ty)
    }

    /// What the unknown name of a function was meant to be.
    pub(super) fn nearest_function(&self, name: &str) -> Option<&'static str> {
        nearest(name, crate::builtins::functions().map(|about| about.name))
    }
}

/// The segments of a dotted name and where they stand; `None` for what is more than a name.
fn segments(node: &Node) -> Option<Vec<(&str, Range<usize>)>> {
    match &node.kind {
        Kind::Name(name) => Some(vec![(name, node.span.clone())]),
        Kind::Path(of, name) => {
            let mut segments = segments(of)?;
            segments.push((&name.text, name.span.clone()));
            Some(segments)
        }
        _ => None,
    }
}
