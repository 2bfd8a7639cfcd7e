//! FEEL, the expression language of OMG's Decision Model and Notation (DMN 1.4 and later), statically
//! typed against a host.
//!
//! An expression is text; [`parse`] makes it a tree, [`check()`] gives its names meaning and makes it an
//! [`Expr`], and [`Expr::eval`] makes that a [`Value`]. The host says what names mean ([`Names`]) and what
//! they hold ([`Reads`]). The crate knows no forms and no records, reads no clock, does no I/O, uses no
//! floats, and no input makes it panic, hang or overflow the stack: see [`limits`].
//!
//! ```
//! use feel::{NoNames, Type, Value, check, parse};
//!
//! let parsed = parse("sum([1.10, 2.20]) > 3 and @\"2026-11-19\" + @\"P14D\" = date(2026, 12, 3)");
//! let checked = check(&parsed.tree, &NoNames, Some(&Type::Boolean));
//! assert!(parsed.diagnostics.is_empty() && checked.diagnostics.is_empty());
//! assert_eq!(checked.expr.eval(&NoNames), Value::Boolean(true));
//! ```
//!
//! Start reading with [`Value`] and [`Expr`]; then [`syntax`], `check` and `eval` in that order. A function
//! is an entry in one of the tables of [`builtins`].
//!
//! Beyond FEEL there are `total`, `age`, `blank`, `working days`, `add working days` and `extract`, codes that
//! stand bare where a choice is compared, and lists of things that give the list of a property. Left out of it are contexts, functions
//! as values, and time zones by name.

pub mod builtins;
mod check;
#[cfg(feature = "conformance")]
pub mod conformance;
mod diagnostic;
mod eval;
pub mod expr;
mod host;
pub mod limits;
mod number;
#[cfg(feature = "matching")]
mod pattern;
pub mod syntax;
mod temporal;
mod types;
mod value;

pub use check::{Checked, check, did_you_mean};
pub use diagnostic::{Code, Diagnostic, Label, Severity};
pub use expr::Expr;
pub use host::{Binding, Entity, EntityKind, ListId, Names, NoNames, Reads, Resolved, Slot};
pub use number::{NotANumber, Number, Rounding};
pub use syntax::{Parsed, Tree, parse};
pub use temporal::{Calendar, Date, DateTime, Days, Months, NotInCalendar, Offset, Time};
pub use types::Type;
pub use value::{Bound, Range, Source, Value};
