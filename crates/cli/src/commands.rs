//! What the program can be told to do.

pub(crate) mod account;
pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod docs;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod lsp;
pub(crate) mod new;
pub(crate) mod serve;
pub(crate) mod test;
pub(crate) mod verify;
