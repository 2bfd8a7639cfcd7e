//! `signature`: a name typed to sign with, in which role, and when.

use feel::{DateTime, ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::text::fits;
use super::{as_entered, compound, date_time};
use crate::answer::Answer;
use crate::compound::{Compound, Named};
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A name typed to sign with. The parts are `name`, `role`, and `at`, the moment at which it was signed, as ISO 8601
/// has it. It signs nothing but the page it stands on: a manager's approval is a signature of the whole record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Signature {}

/// The most characters of a name, and of a role.
const MAX_LENGTH: usize = 200;

fn signed_at(named: &Named) -> Option<DateTime> {
    named.get("at").parse().ok()
}

impl FieldKind for Signature {
    const NAME: &'static str = "signature";
    const DOC: &'static str = "A name typed to sign with, in which role, and when: a parent's agreement, a worker's own. \
        In expressions it is the name.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::Text
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let named = &compound(answer)?.named;
        let (name, role) = (named.get("name"), named.get("role"));
        fits(name, MAX_LENGTH, "the name")?;
        fits(role, MAX_LENGTH, "the role")?;
        if name.is_empty() {
            return Err("Enter the full name of whoever signs".to_owned());
        }
        if role.is_empty() {
            return Err("Enter the role of whoever signs, such as mother or social worker".to_owned());
        }
        if signed_at(named).is_none() {
            return Err("Sign this once the name and the role are right".to_owned());
        }
        Ok(Value::text(name))
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let Ok(Compound { named, .. }) = compound(answer) else {
            return as_entered(answer);
        };
        let name = [named.get("name"), named.get("role")];
        let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
        match (name.is_empty(), signed_at(named)) {
            (true, _) => as_entered(answer),
            (false, Some(at)) => format!("{}, signed {}", name.join(", "), date_time::in_words(at)),
            (false, None) => format!("{}, not signed", name.join(", ")),
        }
    }

    fn ask(&self) -> &'static str {
        "Enter a name and a role, and sign"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let answer = |at| {
            let parts = [("name", "Asha Patel"), ("role", "social worker"), ("at", at)];
            Answer::Compound(Compound::named(parts))
        };
        vec![
            (
                Self {},
                answer("2026-11-19T14:30:05Z"),
                "Asha Patel, social worker, signed Thursday 19 November 2026, 14:30",
            ),
            (Self {}, answer(""), "Asha Patel, social worker, not signed"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_signed_without_a_name_a_role_and_a_time() {
        let read = |name, role, at| {
            let parts = Compound::named([("name", name), ("role", role), ("at", at)]);
            Signature {}.read(&Answer::Compound(parts), &Table::default())
        };
        let at = "2026-11-19T14:30:00Z";
        assert_eq!(read("Jo", "mother", at), Ok(Value::text("Jo")));
        assert_eq!(
            read("", "mother", at),
            Err("Enter the full name of whoever signs".into())
        );
        assert_eq!(
            read("Jo", "", at),
            Err("Enter the role of whoever signs, such as mother or social worker".into())
        );
        for at in ["", "yesterday"] {
            assert_eq!(
                read("Jo", "mother", at),
                Err("Sign this once the name and the role are right".into())
            );
        }
    }
}
