//! `choices`: any number of a list.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::choice::OPTIONS;
use super::{as_entered, wrong_shape};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::{Code, CodeList};

/// Any number of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    /// What it chooses from.
    pub list: ListId,
}

impl FieldKind for Choices {
    const NAME: &'static str = "choices";
    const DOC: &'static str =
        "Any number of a list. An option marked `alone` cannot be combined with others (\"None of these\").";
    const SETTINGS: &'static [SettingSpec] = &[OPTIONS];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {
            list: settings.list(),
        })
    }

    fn value_type(&self) -> Type {
        Type::List(Box::new(Type::Code(self.list)))
    }

    fn read(&self, answer: &Answer, lists: &Table<ListId, CodeList>) -> Result<Value, String> {
        let Answer::Codes(codes) = answer else {
            return Err(wrong_shape());
        };
        let list = lists.get(self.list);
        let entries: Option<Vec<&Code>> = codes
            .iter()
            .map(|code| list.and_then(|list| list.find(code)))
            .collect();
        let Some(entries) = entries.filter(|entries| !entries.is_empty()) else {
            return Err("Choose from the answers offered".to_owned());
        };
        let twice = entries
            .iter()
            .enumerate()
            .any(|(i, entry)| entries.iter().skip(i + 1).any(|e| e == entry));
        if twice {
            return Err("Choose each answer once".to_owned());
        }
        match entries.iter().find(|entry| entry.alone) {
            Some(entry) if entries.len() > 1 => Err(format!("Choose either “{}” or the others", entry.label)),
            _ => Ok(Value::List(
                entries
                    .into_iter()
                    .map(|entry| Value::Text(entry.code.clone()))
                    .collect(),
            )),
        }
    }

    fn tell(&self, answer: &Answer, lists: &Table<ListId, CodeList>) -> String {
        match (answer, lists.get(self.list)) {
            (Answer::Codes(codes), Some(list)) => codes
                .iter()
                .map(|code| list.label(code))
                .collect::<Vec<_>>()
                .join(", "),
            _ => as_entered(answer),
        }
    }

    fn ask(&self) -> &'static str {
        "Choose at least one answer"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let answer = Answer::Codes(vec!["a".into(), "c".into()]);
        vec![(Self { list: ListId(0) }, answer, "A, C")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_that_stands_alone_is_not_combined() {
        let none = Code {
            code: "none".into(),
            label: "None".into(),
            alone: true,
            ..Code::default()
        };
        let pain = Code {
            code: "pain".into(),
            label: "Pain".into(),
            ..Code::default()
        };
        let lists = Table::from(vec![CodeList {
            name: None,
            codes: vec![pain, none],
        }]);
        let read = |codes: &[&str]| {
            let codes = codes.iter().map(|&code| code.to_owned()).collect();
            Choices { list: ListId(0) }.read(&Answer::Codes(codes), &lists)
        };
        assert!(read(&["none"]).is_ok() && read(&["pain"]).is_ok());
        assert_eq!(
            read(&["pain", "none"]),
            Err("Choose either “None” or the others".into())
        );
        assert_eq!(read(&["pain", "pain"]), Err("Choose each answer once".into()));
        assert_eq!(read(&["other"]), Err("Choose from the answers offered".into()));
    }
}
