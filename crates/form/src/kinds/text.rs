//! `text`: a line of text.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::{as_entered, wrong_shape};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A line of text: a name, a place, a reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The most characters it may have.
    pub max_length: u32,
}

/// The setting that bounds a text. Shared with `long_text`.
pub(super) const MAX_LENGTH: SettingSpec = SettingSpec {
    name: "max-length",
    kind: SettingKind::Whole,
    required: false,
    doc: "The most characters the answer may have.",
};

/// Reads the bound of a text, or takes the usual one.
pub(super) fn max_length(settings: &dyn Settings, usual: u32, most: u32) -> Result<u32, SettingError> {
    match settings.whole(MAX_LENGTH.name) {
        None => Ok(usual),
        Some(length) if (1..=most).contains(&length) => Ok(length),
        Some(_) => Err(SettingError {
            setting: MAX_LENGTH.name,
            message: format!("the length must be between 1 and {most} characters"),
        }),
    }
}

/// Reads characters of at most `max` in number; says how many are too many.
pub(super) fn read_text(answer: &Answer, max: u32) -> Result<Value, String> {
    let text = typed(answer)?;
    fits(text, max as usize, "this")?;
    Ok(Value::Text(text.into()))
}

/// The characters of an answer, without the white space around them.
pub(super) fn typed(answer: &Answer) -> Result<&str, String> {
    match answer {
        Answer::Text(text) => Ok(text.trim()),
        _ => Err(wrong_shape()),
    }
}

/// Says how many characters are too many of what is called so.
pub(super) fn fits(text: &str, max: usize, what: &str) -> Result<(), String> {
    match text.chars().count().saturating_sub(max) {
        0 => Ok(()),
        1 => Err(format!("Shorten {what} by 1 character")),
        over => Err(format!("Shorten {what} by {over} characters")),
    }
}

impl FieldKind for Text {
    const NAME: &'static str = "text";
    const DOC: &'static str = "A line of text: a name, a place, a reference.";
    const SETTINGS: &'static [SettingSpec] = &[MAX_LENGTH];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {
            max_length: max_length(settings, 200, 2_000)?,
        })
    }

    fn value_type(&self) -> Type {
        Type::Text
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        read_text(answer, self.max_length)
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        as_entered(answer)
    }

    fn ask(&self) -> &'static str {
        "Enter an answer"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        vec![(
            Self { max_length: 200 },
            Answer::Text(" The park ".into()),
            "The park",
        )]
    }
}
