//! What a host sees of the language.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod builtins;
mod calendar;
mod checking;
mod conformance;
mod evaluation;
mod json;
mod laws;
mod limits;
mod logic;
mod syntax;
mod visit;
