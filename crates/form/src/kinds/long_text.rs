//! `long_text`: paragraphs of text.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::as_entered;
use super::text::{MAX_LENGTH, max_length, read_text};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// Paragraphs of text: what happened, what the worker makes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LongText {
    /// The most characters it may have.
    pub max_length: u32,
    /// Lines shown before it grows.
    pub rows: u32,
}

impl FieldKind for LongText {
    const NAME: &'static str = "long_text";
    const DOC: &'static str =
        "Paragraphs of text: what happened, what the worker makes of it. The box grows as one writes.";
    const SETTINGS: &'static [SettingSpec] = &[
        MAX_LENGTH,
        SettingSpec {
            name: "rows",
            kind: SettingKind::Whole,
            required: false,
            doc: "Lines shown before the box grows.",
        },
    ];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let rows = settings.whole("rows").unwrap_or(4);
        if !(1..=40).contains(&rows) {
            return Err(SettingError {
                setting: "rows",
                message: "rows must be between 1 and 40".to_owned(),
            });
        }
        Ok(Self {
            max_length: max_length(settings, 20_000, 100_000)?,
            rows,
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
        "Write an answer"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let kind = Self {
            max_length: 20_000,
            rows: 4,
        };
        vec![(
            kind,
            Answer::Text("We talked.\n\nShe drew.\n".into()),
            "We talked.\n\nShe drew.",
        )]
    }
}
