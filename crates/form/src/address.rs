//! Where in a record an answer stands, in a form that survives for decades: names and row keys, never indices.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::name::Name;

/// What tells one row of a repeat, or one child of a record, from another: a UUID, or a child's id.
///
/// Letters, digits and hyphens, 1 to 64 of them. Made by the device that adds the row and never reused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "SmolStr", into = "SmolStr")]
pub struct RowKey(SmolStr);

impl RowKey {
    /// The longest row key there may be, in bytes.
    pub const MAX_LEN: usize = 64;

    /// Reads a row key.
    ///
    /// # Errors
    /// [`BadAddress`] if the text is empty, longer than 64 or holds anything but letters, digits and hyphens.
    pub fn new(text: &str) -> Result<Self, BadAddress> {
        let made_well = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if made_well && !text.is_empty() && text.len() <= Self::MAX_LEN {
            Ok(Self(SmolStr::new(text)))
        } else {
            Err(BadAddress(text.to_owned()))
        }
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<SmolStr> for RowKey {
    type Error = BadAddress;
    fn try_from(text: SmolStr) -> Result<Self, BadAddress> {
        Self::new(&text)
    }
}

impl From<RowKey> for SmolStr {
    fn from(key: RowKey) -> Self {
        key.0
    }
}

/// One step of an [`Address`]: a name, and the row if the name is a repeat's or a per-child section's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// The section, group, repeat or question.
    pub name: Name,
    /// Which of its rows, if it has rows.
    pub row: Option<RowKey>,
}

/// The place of one answer, such as `visit.outcome` or `children[01J8…].voice.words`.
///
/// Written and ordered as text, so that a set of answers has one canonical order on every machine.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "SmolStr", into = "SmolStr")]
pub struct Address(SmolStr);

/// Why a text cannot be an [`Address`] or a [`RowKey`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the address of an answer")]
pub struct BadAddress(pub String);

impl Address {
    /// The longest address there may be, in bytes: enough for six levels of rows.
    pub const MAX_LEN: usize = 512;

    /// The address made of these steps.
    ///
    /// # Errors
    /// [`BadAddress`] if there are no steps or they make a text longer than [`Address::MAX_LEN`].
    pub fn from_steps(steps: &[Step]) -> Result<Self, BadAddress> {
        let mut text = String::new();
        for step in steps {
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(step.name.as_str());
            if let Some(row) = &step.row {
                text.push('[');
                text.push_str(row.as_str());
                text.push(']');
            }
        }
        if text.is_empty() || text.len() > Self::MAX_LEN {
            Err(BadAddress(text))
        } else {
            Ok(Self(text.into()))
        }
    }

    /// The steps from the outermost section to the question.
    pub fn steps(&self) -> Vec<Step> {
        // INVARIANT: the text was read by `from_str` or built by `from_steps`, so every part reads well.
        self.0.split('.').filter_map(|part| step(part).ok()).collect()
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn step(part: &str) -> Result<Step, BadAddress> {
    let bad = || BadAddress(part.to_owned());
    let (name, row) = match part.split_once('[') {
        None => (part, None),
        Some((name, rest)) => {
            let key = rest.strip_suffix(']').ok_or_else(bad)?;
            (name, Some(RowKey::new(key)?))
        }
    };
    Ok(Step {
        name: Name::new(name).map_err(|_| bad())?,
        row,
    })
}

impl FromStr for Address {
    type Err = BadAddress;
    fn from_str(text: &str) -> Result<Self, BadAddress> {
        if text.is_empty() || text.len() > Self::MAX_LEN {
            return Err(BadAddress(text.chars().take(80).collect()));
        }
        for part in text.split('.') {
            step(part)?;
        }
        Ok(Self(SmolStr::new(text)))
    }
}

impl TryFrom<SmolStr> for Address {
    type Error = BadAddress;
    fn try_from(text: SmolStr) -> Result<Self, BadAddress> {
        text.parse()
    }
}

impl From<Address> for SmolStr {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_as_it_was_written() {
        for text in [
            "visit",
            "visit.outcome",
            "children[a-1].voice.words",
            "plan.actions[0].steps[1].owner",
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(Address::from_steps(&address.steps()).unwrap(), address);
            assert_eq!(address.to_string(), text);
        }
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in [
            "",
            ".",
            "a.",
            "A",
            "a[",
            "a[]",
            "a[b",
            "a]b",
            "a[b]c",
            "a b",
            "a[é]",
            &"a".repeat(600),
        ] {
            assert!(
                text.parse::<Address>().is_err(),
                "{text:?} was read as an address"
            );
        }
    }
}
