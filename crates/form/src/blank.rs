//! What a form says before anybody fills it in: its labels, hints and messages of no record in particular, and its
//! conditions as a person would say them.
//!
//! For whoever reads about a form, and for whoever fills it in on paper.

mod conditions;
mod labels;

pub use conditions::Condition;
pub use labels::{hint, label, message};
