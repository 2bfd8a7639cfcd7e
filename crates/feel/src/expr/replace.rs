//! Puts expressions into one another: what a slot stands for in place of the slot.

use crate::expr::{For, Loop};
use crate::syntax::Test;
use crate::{Expr, Slot};

impl Expr {
    /// The expression with other expressions in place of some slots. `with` says which; what it gives is put in as
    /// it is, and must have no local names but its own.
    #[must_use]
    pub fn replace<'e>(&self, with: &dyn Fn(Slot) -> Option<&'e Self>) -> Self {
        let put = Put { with, moved: 0 };
        put.expr(self, 0)
    }

    /// How deep expressions stand in one another in it, itself included.
    pub fn height(&self) -> usize {
        let mut height = 0;
        self.for_each_part(&mut |part| height = height.max(part.height()));
        height + 1
    }

    /// How many values, names and operations there are in it.
    pub fn size(&self) -> usize {
        let mut size = 0;
        self.visit(&mut |_| size += 1);
        size
    }
}

struct Put<'w, 'e> {
    with: &'w dyn Fn(Slot) -> Option<&'e Expr>,
    /// How many local names are around what is put in. Its own are numbered behind them.
    moved: u32,
}

impl Put<'_, '_> {
    fn all(&self, parts: &[Expr], locals: u32) -> Vec<Expr> {
        parts.iter().map(|part| self.expr(part, locals)).collect()
    }

    fn boxed(&self, part: &Expr, locals: u32) -> Box<Expr> {
        Box::new(self.expr(part, locals))
    }

    /// The expression anew, inside so many local names.
    fn expr(&self, expr: &Expr, locals: u32) -> Expr {
        match expr {
            Expr::Value(value) => Expr::Value(value.clone()),
            Expr::Slot(slot) => match (self.with)(*slot) {
                Some(other) => Put {
                    with: &|_| None,
                    moved: locals,
                }
                .expr(other, locals),
                None => Expr::Slot(*slot),
            },
            Expr::Local(number) => Expr::Local(number + self.moved),
            Expr::Property(of, slot) => Expr::Property(self.boxed(of, locals), *slot),
            Expr::Part(of, part) => Expr::Part(self.boxed(of, locals), *part),
            Expr::Negation(of) => Expr::Negation(self.boxed(of, locals)),
            Expr::Chain(operator, parts) => Expr::Chain(*operator, self.all(parts, locals)),
            Expr::Compare(comparison, parts) => Expr::Compare(
                *comparison,
                Box::new(parts.each_ref().map(|part| self.expr(part, locals))),
            ),
            Expr::Between(parts) => {
                Expr::Between(Box::new(parts.each_ref().map(|part| self.expr(part, locals))))
            }
            Expr::In(value, tests) => {
                let tests = tests.iter().map(|test| match test {
                    Test::Within(of) => Test::Within(self.expr(of, locals)),
                    Test::Compares(comparison, of) => Test::Compares(*comparison, self.expr(of, locals)),
                });
                Expr::In(self.boxed(value, locals), tests.collect())
            }
            Expr::InstanceOf(value, ty) => Expr::InstanceOf(self.boxed(value, locals), ty.clone()),
            Expr::If(parts) => Expr::If(Box::new(parts.each_ref().map(|part| self.expr(part, locals)))),
            Expr::For(each) => {
                let outside = locals + u32::from(each.partial);
                let (loops, inside) = self.loops(&each.loops, outside);
                Expr::For(Box::new(For {
                    loops,
                    body: self.expr(&each.body, inside),
                    partial: each.partial,
                }))
            }
            Expr::Quantified(quantifier, loops, body) => {
                let (loops, inside) = self.loops(loops, locals);
                Expr::Quantified(*quantifier, loops, self.boxed(body, inside))
            }
            Expr::List(parts) => Expr::List(self.all(parts, locals)),
            Expr::Range(ends) => Expr::Range(Box::new(
                ends.each_ref().map(|end| end.map(|at| self.expr(at, locals))),
            )),
            Expr::Filter(parts) => Expr::Filter(self.filter(parts, locals)),
            Expr::At(parts) => Expr::At(self.filter(parts, locals)),
            Expr::Call(function, parts) => Expr::Call(*function, self.all(parts, locals)),
        }
    }

    fn filter(&self, parts: &[Expr; 2], locals: u32) -> Box<[Expr; 2]> {
        let [list, filter] = parts;
        Box::new([self.expr(list, locals), self.expr(filter, locals + 1)])
    }

    /// The loops, and how many local names are inside them.
    fn loops(&self, loops: &[Loop], mut locals: u32) -> (Vec<Loop>, u32) {
        let anew = loops.iter().map(|each| {
            let (from, to) = (
                self.expr(&each.from, locals),
                each.to.as_ref().map(|to| self.expr(to, locals)),
            );
            locals += 1;
            Loop {
                name: each.name.clone(),
                from,
                to,
            }
        });
        (anew.collect(), locals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Binding, EntityKind, ListId, Names, NoNames, Reads, Resolved, Type, Value, check, parse};

    /// `a` is slot 0, a number; `p` is slot 1, true or false.
    struct Two;

    impl Names for Two {
        fn name(&self, path: &[&str]) -> Resolved {
            let (slot, ty) = match path {
                ["a", ..] => (Slot(0), Type::Number),
                ["p", ..] => (Slot(1), Type::Boolean),
                _ => return Resolved::Missing,
            };
            Resolved::Found {
                binding: Binding { slot, ty },
                used: 1,
            }
        }
        fn property(&self, _: EntityKind, _: &str) -> Option<Binding> {
            None
        }
        fn has_code(&self, _: ListId, _: &str) -> bool {
            false
        }
        fn suggest(&self) -> Vec<String> {
            Vec::new()
        }
        fn properties(&self, _: EntityKind) -> Vec<String> {
            Vec::new()
        }
        fn codes(&self, _: ListId) -> Vec<String> {
            Vec::new()
        }
        fn entity_name(&self, _: EntityKind) -> String {
            String::new()
        }
        fn list_name(&self, _: ListId) -> String {
            String::new()
        }
    }

    struct Holding {
        a: i64,
        p: Value,
    }

    impl Reads for Holding {
        fn read(&self, slot: Slot) -> Value {
            match slot {
                Slot(0) => Value::Number(self.a.into()),
                _ => self.p.clone(),
            }
        }
        fn property(&self, _: crate::Entity, _: Slot) -> Value {
            Value::Null
        }
        fn now(&self) -> crate::DateTime {
            NoNames.now()
        }
        fn today(&self) -> crate::Date {
            NoNames.today()
        }
    }

    fn expr(text: &str) -> Expr {
        let parsed = parse(text);
        let checked = check(&parsed.tree, &Two, None);
        let told: Vec<_> = parsed.diagnostics.iter().chain(&checked.diagnostics).collect();
        assert!(told.is_empty(), "{text}: {told:?}");
        checked.expr
    }

    #[test]
    fn what_is_put_in_comes_to_what_it_comes_to_outside() {
        let inner = [
            "a > 2",
            "some x in [1, 2, 3] satisfies x = a",
            "count([1, 2, 3, 4][item > a]) = 2",
            "every x in [1, 2], y in [x, 5] satisfies x + y > a",
            "(for x in 1..3 return if count(partial) = 0 then a else partial[-1] + x)[2] > 4",
            "null",
        ];
        let outer = [
            "p",
            "not(p) or a = 3",
            "some z in [1, 2] satisfies p and z = 2",
            "count([5, 6][p]) = 2",
            "every q in [a], r in [q, 1] satisfies p or count([q, r][item = a and p]) = 1",
            "(for z in 1..2 return if p then z else 0)[1] = 1",
        ];
        for (inner_text, outer_text) in inner.iter().flat_map(|i| outer.iter().map(move |o| (*i, *o))) {
            let (inner, outer) = (expr(inner_text), expr(outer_text));
            let whole = outer.replace(&|slot| (slot == Slot(1)).then_some(&inner));
            assert!(!whole.slots().contains(&Slot(1)));
            assert!(whole.height() <= inner.height() + outer.height());
            for a in 0..5 {
                let held = Holding {
                    a,
                    p: inner.eval(&Holding { a, p: Value::Null }),
                };
                let unheld = Holding { a, p: Value::Null };
                assert_eq!(
                    whole.eval(&unheld),
                    outer.eval(&held),
                    "{inner_text} in {outer_text}, a = {a}"
                );
            }
        }
    }
}
