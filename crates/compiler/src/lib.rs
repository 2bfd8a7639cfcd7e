//! The compiler: what form designers write in `forms/`, checked and made into the compiled form.
//!
//! [`compile`] takes the texts of all files and gives the forms that can be used, and everything that is wrong, at
//! once. The crate does no I/O. It does not know how a form is filled in (`engine`) or where records are kept.
//!
//! Start reading at `compile.rs`: `kdl` reads the texts, `library` finds what they define, `outline` reads a form
//! with all it uses, `names` says what names mean, `rules` reads the expressions (`reader` one by one, `named` puts those
//! with a name in where it stands), `order` puts them into order, `clocks` and `lints` look at the whole, `reason` finds
//! out what conditions can come to, and `conditions` tells of those that never or always hold. `packs` has what rule
//! packs say, and `allow` which warnings someone has looked at.

mod allow;
mod clocks;
mod compile;
mod concepts;
mod conditions;
mod diagnostic;
mod difference;
pub mod kdl;
mod library;
pub mod limits;
mod line;
mod lints;
mod migrations;
mod named;
mod names;
mod order;
mod outline;
mod packs;
mod published;
mod reader;
mod reason;
mod rules;
mod sources;
mod span;
mod template;
mod variants;
mod vocabulary;

pub use compile::{Compiled, CompiledForm, Places, compile, is_definition};
pub use diagnostic::{Code, Diagnostic, Label, Place, Rendered, Severity};
pub use difference::{Change, Class, differences};
pub use sources::{FileId, Sources};
pub use span::Span;
pub use vocabulary::{Key, Within};
