//! Writes an expression as FEEL's source again, for explanations.

use std::fmt;

use smol_str::SmolStr;

use super::{Expr, Loop};
use crate::syntax::{self, Arguments, Kind, Name, Node, Test};
use crate::{Bound, Slot, Source, Value};

impl Expr {
    /// The expression as FEEL's source, with what `name_of` calls its slots.
    pub fn source(&self, name_of: &dyn Fn(Slot) -> String) -> String {
        Writer {
            name_of,
            locals: Vec::new(),
        }
        .node(self)
        .to_string()
    }
}

impl fmt::Display for Expr {
    /// The expression as FEEL's source, with numbers for its slots.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source(&|slot| format!("slot_{}", slot.0)))
    }
}

/// Puts a tree together, so that the brackets are where the printer of trees knows them to be needed.
struct Writer<'a> {
    name_of: &'a dyn Fn(Slot) -> String,
    locals: Vec<SmolStr>,
}

impl Writer<'_> {
    fn node(&mut self, expr: &Expr) -> Node {
        let kind = match expr {
            Expr::Value(value) => constant(value),
            Expr::Slot(slot) => Kind::Name((self.name_of)(*slot).into()),
            Expr::Local(index) => {
                let name = usize::try_from(*index)
                    .ok()
                    .and_then(|index| self.locals.get(index));
                Kind::Name(name.cloned().unwrap_or_else(|| SmolStr::new_static("?")))
            }
            Expr::Property(of, slot) => Kind::Path(self.boxed(of), name((self.name_of)(*slot))),
            Expr::Part(of, part) => Kind::Path(self.boxed(of), name(part.name())),
            Expr::Negation(of) => Kind::Negation(self.boxed(of)),
            Expr::Chain(operator, parts) => Kind::Chain(*operator, self.nodes(parts)),
            Expr::Compare(comparison, parts) => Kind::Compare(*comparison, self.array(parts)),
            Expr::Between(parts) => Kind::Between(self.array(parts)),
            Expr::In(value, tests) => {
                let value = self.boxed(value);
                Kind::In(value, tests.iter().map(|test| self.test(test)).collect())
            }
            Expr::InstanceOf(value, ty) => Kind::InstanceOf(self.boxed(value), ty.clone()),
            Expr::If(parts) => Kind::If(self.array(parts)),
            Expr::For(each) => {
                let outside = self.locals.len();
                if each.partial {
                    self.locals.push(SmolStr::new_static("partial"));
                }
                let loops = self.loops(&each.loops);
                let body = self.boxed(&each.body);
                self.locals.truncate(outside);
                Kind::For(loops, body)
            }
            Expr::Quantified(quantifier, loops, body) => {
                let outside = self.locals.len();
                let loops = self.loops(loops);
                let body = self.boxed(body);
                self.locals.truncate(outside);
                Kind::Quantified(*quantifier, loops, body)
            }
            Expr::List(parts) => Kind::List(self.nodes(parts)),
            Expr::Range(ends) => {
                let [start, end] = &**ends;
                let start = start.map(|at| self.node(at));
                Kind::Range(Box::new([start, end.map(|at| self.node(at))]))
            }
            Expr::Filter(parts) | Expr::At(parts) => {
                let [list, filter] = &**parts;
                let list = self.node(list);
                self.locals.push(SmolStr::new_static("item"));
                let filter = self.node(filter);
                self.locals.pop();
                Kind::Filter(Box::new([list, filter]))
            }
            Expr::Call(function, arguments) => Kind::Call(
                name(function.name()),
                Arguments::Positional(self.nodes(arguments)),
            ),
        };
        Node::new(kind, 0..0)
    }

    fn boxed(&mut self, expr: &Expr) -> Box<Node> {
        Box::new(self.node(expr))
    }

    fn nodes(&mut self, parts: &[Expr]) -> Vec<Node> {
        parts.iter().map(|part| self.node(part)).collect()
    }

    fn array<const N: usize>(&mut self, parts: &[Expr; N]) -> Box<[Node; N]> {
        Box::new(parts.each_ref().map(|part| self.node(part)))
    }

    fn test(&mut self, test: &Test<Expr>) -> Test<Node> {
        match test {
            Test::Within(operand) => Test::Within(self.node(operand)),
            Test::Compares(comparison, operand) => Test::Compares(*comparison, self.node(operand)),
        }
    }

    fn loops(&mut self, loops: &[Loop]) -> Vec<syntax::Loop> {
        let write = |each: &Loop| {
            let from = self.node(&each.from);
            let to = each.to.as_ref().map(|to| self.node(to));
            self.locals.push(each.name.clone());
            syntax::Loop {
                name: name(&each.name),
                from,
                to,
            }
        };
        loops.iter().map(write).collect()
    }
}

fn name(text: impl AsRef<str>) -> Name {
    Name {
        text: SmolStr::new(text),
        span: 0..0,
    }
}

fn constant(value: &Value) -> Kind {
    let node = |value: &Value| Node::new(constant(value), 0..0);
    match value {
        Value::Null => Kind::Null,
        Value::Boolean(value) => Kind::Boolean(*value),
        Value::Number(number) if number.is_negative() => {
            Kind::Negation(Box::new(Node::new(Kind::Number(-*number), 0..0)))
        }
        Value::Number(number) => Kind::Number(*number),
        Value::Text(text) => Kind::Text(text.clone()),
        Value::Date(_) | Value::Time(_) | Value::DateTime(_) | Value::Days(_) | Value::Months(_) => {
            Kind::At(value.to_string().into())
        }
        Value::List(members) => Kind::List(members.iter().map(node).collect()),
        Value::Range(range) => {
            let end = |bound: &Bound| match bound {
                Bound::Unbounded => syntax::End::Unbounded,
                Bound::Open(value) => syntax::End::Open(node(value)),
                Bound::Closed(value) => syntax::End::Closed(node(value)),
            };
            Kind::Range(Box::new([end(&range.start), end(&range.end)]))
        }
        Value::Entity(_) => Kind::Name(Source(value).to_string().into()),
    }
}
