//! Code lists: the options of a choice, and the national code sets.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::name::Name;

/// An ordered list of codes that a question chooses from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeList {
    /// The list's name in `forms/codes/`; a list written inside a question has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The codes, in the order in which they are offered. No code stands twice.
    pub codes: Vec<Code>,
}

/// One code of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// What is stored: `declined`, or a national code such as `1A`. At most 64 characters.
    pub code: SmolStr,
    /// What people read.
    pub label: String,
    /// A line of explanation under the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Chosen alone: choosing it unchooses the others, and the reverse ("none of these").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
}

impl CodeList {
    /// The code's entry, if the list has it.
    pub fn find(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|entry| entry.code == code)
    }

    /// The position of a code in the list.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|entry| entry.code == code)
    }

    /// What people read for a code; the code itself when the list no longer knows it.
    pub fn label<'a>(&'a self, code: &'a str) -> &'a str {
        self.find(code).map_or(code, |entry| entry.label.as_str())
    }
}
