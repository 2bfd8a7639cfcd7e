//! `note`: a text for the practitioner, among the questions.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::{as_entered, wrong_shape};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A text for the practitioner, among the questions. It takes no answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Note {}

impl FieldKind for Note {
    const NAME: &'static str = "note";
    const DOC: &'static str = "A text for the practitioner, among the questions. It takes no answer.";
    const ANSWERED: bool = false;

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::Null
    }

    fn read(&self, _: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        Err(wrong_shape())
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        as_entered(answer)
    }

    fn ask(&self) -> &'static str {
        "Enter nothing here"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        Vec::new()
    }
}
