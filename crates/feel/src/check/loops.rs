//! What goes over the members of a list or the steps of a range, and makes local names for them.

use std::ops::Range;

use smol_str::SmolStr;

use super::{Checker, Local, Typed};
use crate::expr::{For, Loop};
use crate::limits::LIST_VALUES;
use crate::syntax::{self, Comparison, Kind, Node, Quantifier};
use crate::{Code, Diagnostic, Expr, ListId, Type, Value};

impl Checker<'_> {
    pub(super) fn for_each(&mut self, loops: &[syntax::Loop], body: &Node) -> Typed {
        let outside = self.locals.len();
        let partial = mentions(body, "partial");
        if partial {
            let name = SmolStr::new_static("partial");
            self.locals.push(Local {
                name,
                ty: Type::Any.list(),
                is_item: false,
            });
        }
        let loops = self.loops(loops);
        let body = self.node(body, None);
        self.locals.truncate(outside);
        Typed::new(
            Expr::For(Box::new(For {
                loops,
                body: body.expr,
                partial,
            })),
            body.ty.list(),
        )
    }

    pub(super) fn quantified(
        &mut self,
        quantifier: Quantifier,
        loops: &[syntax::Loop],
        body: &Node,
    ) -> Typed {
        let outside = self.locals.len();
        let loops = self.loops(loops);
        let body = self.condition(body, "satisfies");
        self.locals.truncate(outside);
        Typed::new(Expr::Quantified(quantifier, loops, Box::new(body)), Type::Boolean)
    }

    fn loops(&mut self, loops: &[syntax::Loop]) -> Vec<Loop> {
        loops.iter().map(|each| self.each(each)).collect()
    }

    fn each(&mut self, each: &syntax::Loop) -> Loop {
        let from = self.node(&each.from, None);
        let to = each.to.as_ref().map(|to| (to, self.node(to, None)));
        let ty = match (&to, &from.ty) {
            (None, Type::Range(member)) => (**member).clone(),
            (None, ty) => ty.member().clone(),
            (Some((to_node, to)), _) => {
                let span = each.from.span.start..to_node.span.end;
                self.few_rounds(&from, to, span);
                let sound = self.loop_end(&each.from, &from.ty) && self.loop_end(to_node, &to.ty);
                if sound {
                    self.compare(Comparison::LessOrEqual, [&each.from, to_node], [&from.ty, &to.ty]);
                }
                from.ty.unify(&to.ty)
            }
        };
        self.locals.push(Local {
            name: each.name.text.clone(),
            ty,
            is_item: false,
        });
        Loop {
            name: each.name.text.clone(),
            from: from.expr,
            to: to.map(|(_, to)| to.expr),
        }
    }

    /// Tells whether a loop can begin or end there, and reports it if it cannot.
    fn loop_end(&mut self, node: &Node, ty: &Type) -> bool {
        let sound = matches!(ty, Type::Any | Type::Null | Type::Number | Type::Date);
        if !sound {
            let message = format!(
                "a loop goes from one whole number or date to another, and this is {}",
                self.describe(ty)
            );
            self.report(Diagnostic::new(Code::TypeMismatch, node.span.clone(), message));
        }
        sound
    }

    /// Refuses a loop between two constants that would never be gone through.
    fn few_rounds(&mut self, from: &Typed, to: &Typed, span: Range<usize>) {
        let number = |typed: &Typed| match &typed.expr {
            Expr::Value(Value::Number(number)) => number.to_i64(),
            _ => None,
        };
        if let (Some(from), Some(to)) = (number(from), number(to))
            && usize::try_from(from.abs_diff(to)).is_ok_and(|rounds| rounds >= LIST_VALUES)
        {
            let message = format!("this loop has too many rounds: {LIST_VALUES} are allowed");
            self.report(Diagnostic::new(Code::Limit, span, message));
        }
    }

    pub(super) fn filter(&mut self, list: &Node, filter: &Node, codes: Option<ListId>) -> Typed {
        let list = self.node(list, codes);
        let member = list.ty.member().clone();
        let item = Local {
            name: SmolStr::new_static("item"),
            ty: member.clone(),
            is_item: true,
        };
        self.locals.push(item);
        let condition = self.node(filter, None);
        self.locals.pop();
        let parts = Box::new([list.expr, condition.expr]);
        match condition.ty {
            Type::Number => Typed::new(Expr::At(parts), member),
            Type::Boolean => Typed::new(Expr::Filter(parts), member.list()),
            Type::Any | Type::Null => Typed::new(Expr::Filter(parts), Type::Any),
            other => {
                let message = format!(
                    "a filter needs a condition or a position, and this is {}",
                    self.describe(&other)
                );
                self.report(Diagnostic::new(Code::TypeMismatch, filter.span.clone(), message));
                Typed::new(Expr::Filter(parts), Type::Any)
            }
        }
    }
}

/// Is there such a name anywhere in the tree?
fn mentions(node: &Node, name: &str) -> bool {
    if matches!(&node.kind, Kind::Name(found) if found == name) {
        return true;
    }
    let mut found = false;
    node.for_each_child(|child| found = found || mentions(child, name));
    found
}
