//! The compiled form: what a definition in `forms/` says, once it has been checked.
//!
//! This crate knows ids, kinds, sections, rules, code lists and answers. It does not know how a
//! definition is written (`compiler`), how one is filled in (`engine`) or where records are kept
//! (`record`, `store`). Start reading at [`Form`].
//!
//! INVARIANT: a [`Form`] that exists has passed [`Form::from_parts`], so every id in it points at
//! something. Whoever holds a `Form` may index its tables without asking again.

mod address;
mod answer;
mod answers;
pub mod blank;
mod compound;
mod field;
mod form;
mod hash;
mod ids;
pub mod json;
pub mod kinds;
mod lists;
mod migration;
mod moving;
mod name;
mod node;
mod oversight;
mod pack;
mod rule;
mod slot;
mod widening;

pub use address::{Address, BadAddress, RowKey, Step};
pub use answer::{Answer, DateParts, Quote};
pub use answers::Answers;
pub use compound::{Compound, Entry, Named};
pub use field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
pub use form::{About, Damaged, Form, Parts, Voice};
pub use hash::{FormHash, Hash, canonical_json};
pub use ids::{CheckId, Id, NodeId, RuleId, ScopeId, Table, TermId};
pub use kinds::Kind;
pub use lists::{Code, CodeList};
pub use migration::{
    AnswerChange, Loss, Mapping, Migrated, Migration, NotLater, follow, migrate, recode, steps_after,
};
pub use moving::Moving;
pub use name::{BadName, Name};
pub use node::{Body, Field, Need, Node, Repeat, Scope};
pub use oversight::{Clock, Span, Stage};
pub use pack::{RulePack, Term, TermValue};
pub use rule::{Aspect, Check, Formula, Piece, Rule, Severity, Template};
pub use slot::{EntityOf, Meaning, SubjectProperty};
pub use widening::Widening;
