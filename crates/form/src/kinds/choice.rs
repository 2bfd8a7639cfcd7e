//! `choice`: one of a list.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::{as_entered, wrong_shape};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// One of a list. Nothing is chosen until a person chooses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What it chooses from.
    pub list: ListId,
}

/// The setting that says what a choice chooses from. Shared with `choices`.
pub(super) const OPTIONS: SettingSpec = SettingSpec {
    name: "options",
    kind: SettingKind::Options,
    required: true,
    doc: "What to choose from: `option` nodes, or the name of a code list.",
};

/// Reads one code of a list.
pub(super) fn read_code(
    answer: &Answer,
    list: ListId,
    lists: &Table<ListId, CodeList>,
) -> Result<Value, String> {
    let Answer::Code(code) = answer else {
        return Err(wrong_shape());
    };
    match lists.get(list).and_then(|list| list.find(code)) {
        Some(entry) => Ok(Value::Text(entry.code.clone())),
        None => Err("Choose one of the answers offered".to_owned()),
    }
}

/// The label of a code.
pub(super) fn tell_code(answer: &Answer, list: ListId, lists: &Table<ListId, CodeList>) -> String {
    match (answer, lists.get(list)) {
        (Answer::Code(code), Some(list)) => list.label(code).to_owned(),
        _ => as_entered(answer),
    }
}

impl FieldKind for Choice {
    const NAME: &'static str = "choice";
    const DOC: &'static str = "One of a list. Nothing is chosen until a person chooses.";
    const SETTINGS: &'static [SettingSpec] = &[OPTIONS];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {
            list: settings.list(),
        })
    }

    fn value_type(&self) -> Type {
        Type::Code(self.list)
    }

    fn read(&self, answer: &Answer, lists: &Table<ListId, CodeList>) -> Result<Value, String> {
        read_code(answer, self.list, lists)
    }

    fn tell(&self, answer: &Answer, lists: &Table<ListId, CodeList>) -> String {
        tell_code(answer, self.list, lists)
    }

    fn ask(&self) -> &'static str {
        "Choose an answer"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let kind = || Self { list: ListId(0) };
        vec![
            (kind(), Answer::Code("b".into()), "B"),
            (kind(), Answer::Code("gone".into()), "gone"),
        ]
    }
}
