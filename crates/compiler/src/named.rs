//! Puts named expressions in where their names stand.

use std::collections::BTreeSet;

use feel::Expr;
use form::{Formula, Piece, Template};

use crate::names::named_by;
use crate::outline::NamedId;

/// The most that named expressions may add to one form, in values, names and operations.
const MOST_PUT_IN: usize = 1_000_000;

/// The named expressions of a form, each with those that it names put in.
#[derive(Default)]
pub(crate) struct Expansion {
    done: Vec<Option<Whole>>,
    used: BTreeSet<NamedId>,
    /// How much was put in so far.
    spent: usize,
}

/// A named expression with those that it names put in.
struct Whole {
    expr: Expr,
    size: usize,
}

/// Why an expression cannot be put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// One that it names has something wrong with it, which is told there.
    Unsound,
    /// It becomes too long or too deep.
    TooLarge,
}

impl Expansion {
    /// Puts the named expressions together, each after those that it names, and gives what went wrong on the way:
    /// the circles, and those that become too large.
    pub(crate) fn new(named: &[Option<Expr>]) -> (Self, Vec<Vec<NamedId>>, Vec<NamedId>) {
        let mut expansion = Self {
            done: (0..named.len()).map(|_| None).collect(),
            ..Self::default()
        };
        let (mut circles, mut too_large) = (Vec::new(), Vec::new());
        let mut settled = vec![false; named.len()];
        let names: Vec<Vec<NamedId>> = named
            .iter()
            .map(|expr| expr.as_ref().map(names_in).unwrap_or_default())
            .collect();
        for start in (0..).map(NamedId).take(named.len()) {
            // A stack of its own: a chain of conditions may be as long as the form.
            let mut open = vec![start];
            while let Some(&id) = open.last() {
                let is_settled = |id: NamedId| settled.get(id.0 as usize).copied().unwrap_or(true);
                let needed = names.get(id.0 as usize).into_iter().flatten().copied();
                let next = needed.into_iter().find(|needed| !is_settled(*needed));
                match next {
                    Some(next) if !is_settled(id) => match open.iter().position(|other| *other == next) {
                        None => open.push(next),
                        Some(first) => {
                            let circle: Vec<NamedId> = open.iter().skip(first).copied().collect();
                            for member in &circle {
                                settle(&mut settled, *member);
                            }
                            circles.push(circle);
                        }
                    },
                    _ => {
                        open.pop();
                        if !is_settled(id)
                            && let Some(Some(expr)) = named.get(id.0 as usize)
                        {
                            let made = expansion.put(expr.clone());
                            if made == Err(Trouble::TooLarge) {
                                too_large.push(id);
                            }
                            if let Some(place) = expansion.done.get_mut(id.0 as usize) {
                                *place = made.ok().map(|expr| Whole {
                                    size: expr.size(),
                                    expr,
                                });
                            }
                        }
                        settle(&mut settled, id);
                    }
                }
            }
        }
        (expansion, circles, too_large)
    }

    /// Was it named anywhere?
    pub(crate) fn is_used(&self, id: NamedId) -> bool {
        self.used.contains(&id)
    }

    /// The expression with those that it names put in; none if something is wrong with it.
    pub(crate) fn whole(&self, id: NamedId) -> Option<&Expr> {
        self.get(id).map(|whole| &whole.expr)
    }

    fn get(&self, id: NamedId) -> Option<&Whole> {
        self.done.get(id.0 as usize)?.as_ref()
    }

    /// An expression with those that it names put in.
    pub(crate) fn put(&mut self, expr: Expr) -> Result<Expr, Trouble> {
        // Most forms name none.
        if self.done.is_empty() {
            return Ok(expr);
        }
        let names = all_names_in(&expr);
        if names.is_empty() {
            return Ok(expr);
        }
        self.used.extend(names.iter().copied());
        let mut added = 0;
        for id in &names {
            added += self.get(*id).ok_or(Trouble::Unsound)?.size;
        }
        self.spent += added;
        if expr.size() + added > feel::limits::NODES || self.spent > MOST_PUT_IN {
            return Err(Trouble::TooLarge);
        }
        let whole = expr.replace(&|slot| named_by(slot).and_then(|id| Some(&self.get(id)?.expr)));
        if whole.height() > feel::limits::DEPTH {
            return Err(Trouble::TooLarge);
        }
        Ok(whole)
    }

    /// A formula with the expressions that it names put in.
    pub(crate) fn put_into(&mut self, formula: Formula) -> Result<Formula, Trouble> {
        match formula {
            Formula::Expr(expr) => self.put(expr).map(Formula::Expr),
            Formula::Text(text) => self.put_into_text(text).map(Formula::Text),
        }
    }

    /// A text with the expressions that its own name put in.
    pub(crate) fn put_into_text(&mut self, text: Template) -> Result<Template, Trouble> {
        let pieces = text.0.into_iter().map(|piece| {
            Ok(match piece {
                Piece::Text(text) => Piece::Text(text),
                Piece::Value(expr) => Piece::Value(self.put(expr)?),
                Piece::Label(list, expr) => Piece::Label(list, self.put(expr)?),
            })
        });
        pieces.collect::<Result<_, _>>().map(Template)
    }
}

fn settle(settled: &mut [bool], id: NamedId) {
    if let Some(settled) = settled.get_mut(id.0 as usize) {
        *settled = true;
    }
}

/// The named expressions that an expression names, as often as it does.
fn all_names_in(expr: &Expr) -> Vec<NamedId> {
    let mut names = Vec::new();
    expr.visit(&mut |part| {
        if let Expr::Slot(slot) = part {
            names.extend(named_by(*slot));
        }
    });
    names
}

/// The named expressions that an expression names, each once.
fn names_in(expr: &Expr) -> Vec<NamedId> {
    let mut names = all_names_in(expr);
    names.sort_unstable();
    names.dedup();
    names
}
