//! The stable name of a form, section, question, code list or role.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A stable name: a small letter, then small letters, digits and single underscores; at most 64 characters.
///
/// A name is never the words of a label, so that a label can be reworded without touching an answer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "SmolStr", into = "SmolStr")]
pub struct Name(SmolStr);

/// Why a text cannot be a [`Name`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a name: use a small letter first, then small letters, digits and single underscores, at most 64"
)]
pub struct BadName(pub String);

impl Name {
    /// The longest name there may be, in characters.
    pub const MAX_LEN: usize = 64;

    /// Reads a name.
    ///
    /// # Errors
    /// [`BadName`] if the text is not of the shape described on [`Name`].
    pub fn new(text: &str) -> Result<Self, BadName> {
        let starts_well = text.starts_with(|c: char| c.is_ascii_lowercase());
        let made_well = text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let joined_well = !text.contains("__") && !text.ends_with('_');
        if starts_well && made_well && joined_well && text.len() <= Self::MAX_LEN {
            Ok(Self(SmolStr::new(text)))
        } else {
            Err(BadName(text.to_owned()))
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

impl FromStr for Name {
    type Err = BadName;
    fn from_str(text: &str) -> Result<Self, BadName> {
        Self::new(text)
    }
}

impl TryFrom<SmolStr> for Name {
    type Error = BadName;
    fn try_from(text: SmolStr) -> Result<Self, BadName> {
        Self::new(&text)
    }
}

impl From<Name> for SmolStr {
    fn from(name: Name) -> Self {
        name.0
    }
}
