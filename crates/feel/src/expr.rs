//! Expressions whose names have meaning, as they are kept and evaluated.
//!
//! `json` has their form on disk, `source` writes them as text again, `replace` puts them into one
//! another, `part` has the properties of dates, durations and ranges. How they are made is in `check`, what
//! they come to in `eval`.

mod json;
mod part;
mod replace;
mod source;

use smol_str::SmolStr;

use crate::builtins::Function;
use crate::eval::Evaluation;
use crate::syntax::{Comparison, End, Operator, Quantifier, Test};
use crate::{Reads, Slot, Type, Value};

pub use part::Part;

/// An expression whose names have meaning, ready to be evaluated.
///
/// Names that an expression makes itself, such as `item` or the name of a `for`, are local: they are
/// numbered from the outside in. As JSON, an expression is an array of what it is and what it is made of,
/// and a constant is the value itself: `["=", ["slot", 3], "completed"]`. Compiled forms are kept for
/// decades, so this form only ever grows.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A constant.
    Value(Value),
    /// What one of the host's names holds.
    Slot(Slot),
    /// What a local name holds.
    Local(u32),
    /// A property of one of the host's things, or of each thing in a list.
    Property(Box<Expr>, Slot),
    /// A part of a date, time, duration or range, or of each in a list.
    Part(Box<Expr>, Part),
    /// The negative number or duration.
    Negation(Box<Expr>),
    /// Two or more operands with the same operator between them, worked out from the left.
    Chain(Operator, Vec<Expr>),
    /// Two operands compared.
    Compare(Comparison, Box<[Expr; 2]>),
    /// Is the first not less than the second, and not greater than the third?
    Between(Box<[Expr; 3]>),
    /// Does the value pass one of the tests?
    In(Box<Expr>, Vec<Test<Expr>>),
    /// Is the value, and not null, of the type?
    InstanceOf(Box<Expr>, Type),
    /// If the first is true the second, otherwise the third.
    If(Box<[Expr; 3]>),
    /// What the body comes to in each round.
    For(Box<For>),
    /// Is the body true in some, or in every, round?
    Quantified(Quantifier, Vec<Loop>, Box<Expr>),
    /// A list.
    List(Vec<Expr>),
    /// A range.
    Range(Box<[End<Expr>; 2]>),
    /// The members of the first for which the second is true, or, where that turns out to be a number, the
    /// one at that position. The local name in it is the member.
    Filter(Box<[Expr; 2]>),
    /// The member of the first at the position that the second says. It has a local name too, of nothing.
    At(Box<[Expr; 2]>),
    /// What a function comes to.
    Call(Function, Vec<Expr>),
}

/// A `for`.
#[derive(Clone, Debug, PartialEq)]
pub struct For {
    /// What it goes over; each has a local name, in this order.
    pub loops: Vec<Loop>,
    /// What is worked out in each round.
    pub body: Expr,
    /// Does the body read the results so far? Then they have a local name before those of the loops.
    pub partial: bool,
}

/// One name that goes over the members of a list, or over the steps of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    /// The name, as it was written.
    pub name: SmolStr,
    /// The list; where there is an end, the start of a range.
    pub from: Expr,
    /// The end of a range, which is part of it.
    pub to: Option<Expr>,
}

impl Expr {
    /// The constant null.
    pub const NULL: Self = Self::Value(Value::Null);

    /// What the expression comes to. There is always a value: what cannot be worked out is null.
    pub fn eval(&self, reads: &dyn Reads) -> Value {
        Evaluation::new(reads).value(self)
    }

    /// Every slot that is read, each once, property slots included, in the order they are written.
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::new();
        self.visit(&mut |expr| {
            if let Self::Slot(slot) | Self::Property(_, slot) = expr
                && !slots.contains(slot)
            {
                slots.push(*slot);
            }
        });
        slots
    }

    /// Does it depend on the present date or time?
    pub fn reads_clock(&self) -> bool {
        let mut reads = false;
        self.visit(&mut |expr| reads |= matches!(expr, Self::Call(function, _) if function.reads_clock()));
        reads
    }

    /// Calls `visit` with this expression and every part of it, parts first.
    pub fn visit(&self, visit: &mut dyn FnMut(&Expr)) {
        self.for_each_part(&mut |part| part.visit(visit));
        visit(self);
    }

    /// Calls `visit` with each direct part, in the order they are written.
    pub fn for_each_part(&self, visit: &mut dyn FnMut(&Expr)) {
        match self {
            Self::Value(_) | Self::Slot(_) | Self::Local(_) => {}
            Self::Property(of, _) | Self::Part(of, _) | Self::Negation(of) | Self::InstanceOf(of, _) => {
                visit(of)
            }
            Self::Chain(_, parts) | Self::List(parts) | Self::Call(_, parts) => parts.iter().for_each(visit),
            Self::Compare(_, parts) | Self::Filter(parts) | Self::At(parts) => parts.iter().for_each(visit),
            Self::Between(parts) | Self::If(parts) => parts.iter().for_each(visit),
            Self::In(value, tests) => {
                visit(value);
                tests.iter().map(Test::operand).for_each(visit);
            }
            Self::For(each) => {
                each.loops.iter().flat_map(Loop::ends).for_each(&mut *visit);
                visit(&each.body);
            }
            Self::Quantified(_, loops, body) => {
                loops.iter().flat_map(Loop::ends).for_each(&mut *visit);
                visit(body);
            }
            Self::Range(ends) => ends.iter().filter_map(End::at).for_each(visit),
        }
    }
}

impl Loop {
    fn ends(&self) -> impl Iterator<Item = &Expr> {
        std::iter::once(&self.from).chain(&self.to)
    }
}
