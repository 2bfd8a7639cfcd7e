//! `people`: several people, each found on file or entered by name.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::person::{NAME_ONLY, read_name, tell_person};
use super::{as_entered, compound};
use crate::answer::Answer;
use crate::compound::{Compound, Entry};
use crate::field::{FieldKind, SettingError, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// Several people, an entry for each, with the parts of a `person`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct People {
    /// Is it asked for their names alone?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub name_only: bool,
}

/// The most people in one answer.
const MAX_ENTRIES: usize = 100;

/// The people of an answer, without the entries that say nothing.
fn entered(parts: &Compound) -> impl Iterator<Item = &Entry> {
    parts.entries.iter().filter(|entry| !entry.named.is_blank())
}

impl FieldKind for People {
    const NAME: &'static str = "people";
    const DOC: &'static str = "Several people, each found by typing among the children on file or entered by name, and \
        who they are. In expressions it is the list of their names.";
    const SETTINGS: &'static [SettingSpec] = &[NAME_ONLY];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {
            name_only: settings.flag(NAME_ONLY.name),
        })
    }

    fn value_type(&self) -> Type {
        Type::Text.list()
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let parts = compound(answer)?;
        if parts.entries.len() > MAX_ENTRIES {
            return Err(format!("Keep to {MAX_ENTRIES} people"));
        }
        let names = entered(parts).map(|entry| read_name(&entry.named));
        let names: Vec<Value> = names.collect::<Result<_, _>>()?;
        if names.is_empty() {
            return Err(self.ask().to_owned());
        }
        Ok(Value::list(names))
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let people = compound(answer).map(|parts| {
            let people = entered(parts).map(|entry| tell_person(&entry.named));
            people
                .filter(|told| !told.is_empty())
                .collect::<Vec<_>>()
                .join("\n")
        });
        match people {
            Ok(told) if !told.is_empty() => told,
            _ => as_entered(answer),
        }
    }

    fn ask(&self) -> &'static str {
        "Enter at least one name"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let people = [
            Entry::new("1", [("name", "Pat Smith"), ("role", "grandmother")]),
            Entry::new("2", []),
            Entry::new("3", [("name", "Lee")]),
        ];
        let answer = Answer::Compound(Compound::entries(people));
        vec![(Self::default(), answer, "Pat Smith (grandmother)\nLee")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_says_nothing_is_nobody() {
        let read = |entries: Vec<Entry>| {
            People::default().read(&Answer::Compound(Compound::entries(entries)), &Table::default())
        };
        let named = |name| Entry::new("1", [("name", name)]);
        let expected = Value::list([Value::text("Pat"), Value::text("Lee")]);
        assert_eq!(read(vec![named("Pat"), named(" "), named("Lee")]), Ok(expected));
        assert_eq!(read(vec![named("")]), Err("Enter at least one name".into()));
        assert_eq!(read(vec![named("x"); 101]), Err("Keep to 100 people".into()));
    }
}
