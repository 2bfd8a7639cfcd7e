//! The tree of an expression as it is written, before its names mean anything.

use crate::Diagnostic;

/// The tree of an expression.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {}

/// What reading an expression gives: always a tree, and what is wrong with the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The tree; where the text is wrong, of what could be made out.
    pub tree: Tree,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads an expression.
pub fn parse(_text: &str) -> Parsed {
    Parsed::default()
}
