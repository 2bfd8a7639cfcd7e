//! `yes_no`: yes or no, and where the definition allows it "not known".

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::choice::{read_code, tell_code};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::{Code, CodeList};

/// Yes or no. Nothing is chosen until a person chooses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YesNo {
    /// The list of its two or three codes: `yes`, `no`, `not_known`.
    pub list: ListId,
}

/// The codes of a yes/no question.
fn codes(with_not_known: bool) -> CodeList {
    let code = |code: &str, label: &str| Code {
        code: code.into(),
        label: label.into(),
        ..Code::default()
    };
    let mut codes = vec![code("yes", "Yes"), code("no", "No")];
    if with_not_known {
        codes.push(code("not_known", "Not known"));
    }
    CodeList { name: None, codes }
}

impl FieldKind for YesNo {
    const NAME: &'static str = "yes_no";
    const DOC: &'static str =
        "Yes or no. Nothing is chosen until a person chooses. In expressions: `= yes`, `= no`.";
    const SETTINGS: &'static [SettingSpec] = &[SettingSpec {
        name: "not-known",
        kind: SettingKind::Flag,
        required: false,
        doc: "Offers \"Not known\" as a third answer, `not_known` in expressions.",
    }];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {
            list: settings.own_list(codes(settings.flag("not-known"))),
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
        "Choose yes or no"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        vec![(Self { list: ListId(0) }, Answer::Code("a".into()), "A")]
    }
}
