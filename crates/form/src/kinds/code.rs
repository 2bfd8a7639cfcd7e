//! `code`: one of a long list, found by typing.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::choice::{OPTIONS, read_code, tell_code};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// One of a long list, found by typing. What was typed and not found yet is kept as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// What it is looked up in.
    pub list: ListId,
}

impl FieldKind for Code {
    const NAME: &'static str = "code";
    const DOC: &'static str =
        "One of a long list, such as schools or languages, found by typing some of its name or its code.";
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
        match answer {
            Answer::Text(_) => Err("Choose one of the answers that appear as you type".to_owned()),
            answer => read_code(answer, self.list, lists),
        }
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
            (kind(), Answer::Text("Bee".into()), "Bee"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists;

    #[test]
    fn what_was_only_typed_is_not_chosen() {
        let entry = lists::Code {
            code: "eng".into(),
            label: "English".into(),
            ..lists::Code::default()
        };
        let lists = Table::from(vec![CodeList {
            name: None,
            codes: vec![entry],
        }]);
        let read = |answer| Code { list: ListId(0) }.read(&answer, &lists);
        assert_eq!(read(Answer::Code("eng".into())), Ok(Value::Text("eng".into())));
        assert_eq!(
            read(Answer::Code("fra".into())),
            Err("Choose one of the answers offered".into())
        );
        assert_eq!(
            read(Answer::Text("English".into())),
            Err("Choose one of the answers that appear as you type".into())
        );
    }
}
