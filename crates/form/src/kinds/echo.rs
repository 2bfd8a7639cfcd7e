//! `echo`: the answer to another question, shown again.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::{as_entered, wrong_shape};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// The answer to another question, shown where it is needed again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Echo {
    /// The type of the answer's value.
    pub gives: Type,
}

impl FieldKind for Echo {
    const NAME: &'static str = "echo";
    const DOC: &'static str =
        "The answer to another question, shown where it is needed again and never typed.";
    const ANSWERED: bool = false;
    const SETTINGS: &'static [SettingSpec] = &[SettingSpec {
        name: "of",
        kind: SettingKind::Formula,
        required: true,
        doc: "The question whose answer is shown.",
    }];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {
            gives: settings.formula_type(),
        })
    }

    fn value_type(&self) -> Type {
        self.gives.clone()
    }

    fn read(&self, _: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        Err(wrong_shape())
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        as_entered(answer)
    }

    fn ask(&self) -> &'static str {
        "Enter the answer where it is asked for"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        Vec::new()
    }
}
