//! What the program can be told to do.

pub(crate) mod account;
pub(crate) mod serve;
pub(crate) mod verify;
