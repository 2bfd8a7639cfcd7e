//! The compiler: what form designers write in `forms/`, checked and made into the compiled form.
//!
//! The crate does no I/O: whoever has the files hands over their texts as [`Sources`]. It does not know how a form
//! is filled in (`engine`) or where records are kept.

mod diagnostic;
pub mod kdl;
pub mod limits;
mod sources;
mod span;

pub use diagnostic::{Code, Diagnostic, Label, Place, Rendered, Severity};
pub use sources::{FileId, Sources};
pub use span::Span;
