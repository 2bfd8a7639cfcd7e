//! `declaration`: a statement that a person makes their own.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::choice::{read_code, tell_code};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::{Code, CodeList};

/// A statement that a person makes their own by ticking it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Declaration {
    /// The list of its one code, `confirmed`, whose label is the statement.
    pub list: ListId,
}

impl FieldKind for Declaration {
    const NAME: &'static str = "declaration";
    const DOC: &'static str =
        "A statement that a person makes their own by ticking it. In expressions: `= confirmed`.";
    const SETTINGS: &'static [SettingSpec] = &[SettingSpec {
        name: "statement",
        kind: SettingKind::Text,
        required: true,
        doc: "What the person confirms, in their words: \"I have read this record to the family\".",
    }];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let statement = settings.text("statement").unwrap_or_default().trim();
        if statement.is_empty() {
            return Err(SettingError {
                setting: "statement",
                message: "the statement is blank".to_owned(),
            });
        }
        let code = Code {
            code: "confirmed".into(),
            label: statement.to_owned(),
            ..Code::default()
        };
        Ok(Self {
            list: settings.own_list(CodeList {
                name: None,
                codes: vec![code],
            }),
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
        "Confirm this by ticking the box"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        vec![(Self { list: ListId(0) }, Answer::Code("a".into()), "A")]
    }
}
