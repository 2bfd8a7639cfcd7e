//! `computed`: a value worked out from other answers.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::{as_entered, wrong_shape};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A value worked out from other answers, shown but never typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Computed {
    /// The type of the value.
    pub gives: Type,
}

impl FieldKind for Computed {
    const NAME: &'static str = "computed";
    const DOC: &'static str = "A value worked out from other answers, shown but never typed.";
    const ANSWERED: bool = false;
    const SETTINGS: &'static [SettingSpec] = &[SettingSpec {
        name: "value",
        kind: SettingKind::Formula,
        required: true,
        doc: "The expression that gives the value.",
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
        "Enter what this is worked out from"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        Vec::new()
    }
}
