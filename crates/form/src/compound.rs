//! Answers of several parts, each as it was typed. It knows no kind: which parts there are, and what must be in them,
//! is for the kinds that read them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// Named parts, and entries that have named parts of their own: an address, the people who live somewhere, a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Compound {
    /// The parts that there is one of each.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub named: Named,
    /// What there may be several of, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
}

/// One of several: a person, a row of a grid, a stroke of a drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Tells this entry from the others of the same answer: the code of a row, or an id made where it was added.
    pub id: String,
    /// Its parts.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub named: Named,
}

/// Texts by the name of their part, each as it was typed. A part in which nothing was typed is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Named(BTreeMap<SmolStr, String>);

impl Named {
    /// What was typed in a part, without the white space around it.
    pub fn get(&self, name: &str) -> &str {
        self.typed(name).trim()
    }

    /// What was typed in a part, exactly.
    pub fn typed(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Puts a text into a part, or takes the part out if there is none.
    pub fn set(&mut self, name: &str, text: String) {
        if text.is_empty() {
            self.0.remove(name);
        } else {
            self.0.insert(SmolStr::new(name), text);
        }
    }

    /// The parts in which something was typed, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Was nothing typed, not even a space?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Does no part say anything?
    pub fn is_blank(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Named {
    fn from(parts: [(&str, &str); N]) -> Self {
        let mut named = Self::default();
        for (name, text) in parts {
            named.set(name, text.to_owned());
        }
        named
    }
}

impl Entry {
    /// An entry with these parts.
    pub fn new<const N: usize>(id: &str, parts: [(&str, &str); N]) -> Self {
        Self {
            id: id.to_owned(),
            named: parts.into(),
        }
    }
}

impl Compound {
    /// An answer of these parts, without entries.
    pub fn named<const N: usize>(parts: [(&str, &str); N]) -> Self {
        Self {
            named: parts.into(),
            entries: Vec::new(),
        }
    }

    /// An answer of these entries, without parts of its own.
    pub fn entries(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self {
            named: Named::default(),
            entries: entries.into_iter().collect(),
        }
    }

    /// The entry of this id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// What was typed in a part of an entry, exactly; in a part of the answer itself if no entry is named.
    pub fn typed(&self, entry: Option<&str>, name: &str) -> &str {
        match entry {
            None => self.named.typed(name),
            Some(id) => self.entry(id).map_or("", |entry| entry.named.typed(name)),
        }
    }

    /// Puts a text into a part of an entry, which is added at the end if it is not there; into a part of the answer
    /// itself if no entry is named.
    pub fn set(&mut self, entry: Option<&str>, name: &str, text: String) {
        let Some(id) = entry else {
            return self.named.set(name, text);
        };
        match self.entries.iter_mut().find(|entry| entry.id == id) {
            Some(entry) => entry.named.set(name, text),
            None => {
                let mut entry = Entry::new(id, []);
                entry.named.set(name, text);
                self.entries.push(entry);
            }
        }
    }

    /// Does no part and no entry say anything?
    pub fn is_blank(&self) -> bool {
        self.named.is_blank() && self.entries.iter().all(|entry| entry.named.is_blank())
    }

    /// Every text in it, with the names and ids: what it takes to keep.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let ids = self.entries.iter().map(|entry| entry.id.as_str());
        let all = std::iter::once(&self.named).chain(self.entries.iter().map(|entry| &entry.named));
        ids.chain(all.flat_map(Named::iter).flat_map(|(name, text)| [name, text]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_kept_as_typed_and_read_without_the_space_around_it() {
        let mut parts = Compound::default();
        parts.set(None, "town", " Leeds ".to_owned());
        parts.set(Some("1"), "name", "Gran".to_owned());
        parts.set(Some("1"), "role", " ".to_owned());
        assert_eq!(
            (parts.named.typed("town"), parts.named.get("town")),
            (" Leeds ", "Leeds")
        );
        assert_eq!(
            (parts.typed(Some("1"), "name"), parts.typed(Some("2"), "name")),
            ("Gran", "")
        );
        assert_eq!(
            parts.texts().collect::<Vec<_>>(),
            ["1", "town", " Leeds ", "name", "Gran", "role", " "]
        );
        parts.set(None, "town", String::new());
        parts.set(Some("1"), "name", String::new());
        assert!(parts.is_blank() && parts.named.is_empty());
    }
}
