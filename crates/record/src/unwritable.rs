//! The one error that hashing can have, and never has.

/// A value that cannot be written as JSON, so it has no hash. Nothing in this crate is such a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this cannot be written down")]
pub struct Unwritable;
