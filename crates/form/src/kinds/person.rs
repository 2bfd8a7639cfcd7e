//! `person`: somebody on file, or anybody else by name.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::text::fits;
use super::{as_entered, compound};
use crate::answer::Answer;
use crate::compound::{Compound, Named};
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// Somebody: a child on file, or anybody else by name, and who they are. The parts are `name`, `role`, and for a child
/// on file `child`, their id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Is it asked for the name alone?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub name_only: bool,
}

/// The most characters of a name, and of who somebody is.
const MAX_LENGTH: usize = 200;

/// The setting that leaves out who somebody is. Shared with `people`.
pub(super) const NAME_ONLY: SettingSpec = SettingSpec {
    name: "name-only",
    kind: SettingKind::Flag,
    required: false,
    doc: "Asks for the name alone, and not for who they are.",
};

/// Reads the name of somebody. Shared with `people`.
pub(super) fn read_name(named: &Named) -> Result<Value, String> {
    let (name, role) = (named.get("name"), named.get("role"));
    fits(name, MAX_LENGTH, "the name")?;
    fits(role, MAX_LENGTH, "who they are")?;
    if name.is_empty() {
        return Err(match role {
            "" => "Enter a name".to_owned(),
            role => format!("Enter the name of the person who is “{role}”, or what they are called"),
        });
    }
    Ok(Value::text(name))
}

/// Somebody in words: "Pat Smith (grandmother)". Shared with `people`.
pub(super) fn tell_person(named: &Named) -> String {
    match (named.get("name"), named.get("role")) {
        (name, "") => name.to_owned(),
        ("", role) => format!("({role})"),
        (name, role) => format!("{name} ({role})"),
    }
}

impl FieldKind for Person {
    const NAME: &'static str = "person";
    const DOC: &'static str = "Somebody: found by typing among the children on file, or anybody else by name, and who \
        they are. In expressions it is the name.";
    const SETTINGS: &'static [SettingSpec] = &[NAME_ONLY];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {
            name_only: settings.flag(NAME_ONLY.name),
        })
    }

    fn value_type(&self) -> Type {
        Type::Text
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        read_name(&compound(answer)?.named)
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        match compound(answer) {
            Ok(parts) => Some(tell_person(&parts.named)).filter(|told| !told.is_empty()),
            Err(_) => None,
        }
        .unwrap_or_else(|| as_entered(answer))
    }

    fn ask(&self) -> &'static str {
        "Enter a name"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let gran = Compound::named([("name", "Pat Smith"), ("role", "grandmother")]);
        vec![(Self::default(), Answer::Compound(gran), "Pat Smith (grandmother)")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_a_role_has_a_name() {
        let read = |name, role| {
            let parts = Compound::named([("name", name), ("role", role)]);
            Person::default().read(&Answer::Compound(parts), &Table::default())
        };
        assert_eq!(read(" Pat Smith ", ""), Ok(Value::text("Pat Smith")));
        assert_eq!(
            read("", "uncle"),
            Err("Enter the name of the person who is “uncle”, or what they are called".into())
        );
        assert_eq!(
            read(&"x".repeat(201), ""),
            Err("Shorten the name by 1 character".into())
        );
    }
}
