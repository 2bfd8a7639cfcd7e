//! The kinds of field: one file each, named in one list.
//!
//! To add a kind: write its file with its documentation, settings and samples, add a line to `kinds!`,
//! and the compiler asks for the rest: a widget in the app, a language test.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::compound::{Compound, Named};
use crate::field::{FieldKind, SettingError, SettingSpec, Settings};
use crate::ids::Table as Lists;
use crate::lists::CodeList;

macro_rules! kinds {
    ($($module:ident $kind:ident)*) => {
        $(mod $module; pub use $module::$kind;)*

        /// What kind of answer a question takes, with its settings.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $(#[doc = concat!("See [`", stringify!($kind), "`].")] $kind($kind),)*
        }

        /// Every kind, in the order in which the reference lists them.
        pub const ALL: &[KindInfo] = &[$(KindInfo {
            name: $kind::NAME,
            doc: $kind::DOC,
            settings: $kind::SETTINGS,
            answered: $kind::ANSWERED,
            build: |settings| $kind::build(settings).map(Kind::$kind),
            samples: || {
                let samples = $kind::samples().into_iter();
                samples.map(|(kind, answer, told)| (Kind::$kind(kind), answer, told)).collect()
            },
        },)*];

        impl Kind {
            /// The kind's name in a definition.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$kind(_) => $kind::NAME,)* }
            }

            /// Does a person answer it?
            pub fn answered(&self) -> bool {
                match self { $(Self::$kind(_) => $kind::ANSWERED,)* }
            }

            /// The type that expressions see.
            pub fn value_type(&self) -> Type {
                match self { $(Self::$kind(kind) => kind.value_type(),)* }
            }

            /// Reads an answer that is not blank.
            ///
            /// # Errors
            /// What the practitioner should do, as a sentence that starts with a verb.
            pub fn read(&self, answer: &Answer, lists: &Lists<ListId, CodeList>) -> Result<Value, String> {
                match self { $(Self::$kind(kind) => kind.read(answer, lists),)* }
            }

            /// The answer in words, for reading on a page or in print.
            pub fn tell(&self, answer: &Answer, lists: &Lists<ListId, CodeList>) -> String {
                match self { $(Self::$kind(kind) => kind.tell(answer, lists),)* }
            }

            /// What to say while a required answer is blank.
            pub fn ask(&self) -> &'static str {
                match self { $(Self::$kind(kind) => kind.ask(),)* }
            }

            /// The files that an answer names. Their content is kept beside the record, and sent apart from it.
            pub fn files(&self, answer: &Answer) -> Vec<NamedFile> {
                match self { $(Self::$kind(kind) => kind.files(answer),)* }
            }
        }
    };
}

kinds! {
    text Text
    long_text LongText
    number Number
    money Money
    date Date
    time Time
    date_time DateTime
    duration Duration
    yes_no YesNo
    choice Choice
    choices Choices
    code Code
    scale Scale
    tags Tags
    person Person
    people People
    address Address
    phone Phone
    email Email
    nhs_number NhsNumber
    upn Upn
    table Table
    timetable Timetable
    quote Quote
    drawing Drawing
    body_map BodyMap
    attachment Attachment
    declaration Declaration
    signature Signature
    computed Computed
    echo Echo
    note Note
}

mod grid;

pub use attachment::{NamedFile, size_in_words};
pub use duration::Unit;

/// What is known of a kind without a definition that uses it.
#[derive(Clone, Copy)]
pub struct KindInfo {
    /// The kind's name in a definition.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// What may be set.
    pub settings: &'static [SettingSpec],
    /// Does a person answer it?
    pub answered: bool,
    /// Makes it from its settings.
    pub build: fn(&dyn Settings) -> Result<Kind, SettingError>,
    /// Answers, and the words they are told in.
    pub samples: fn() -> Vec<(Kind, Answer, &'static str)>,
}

impl Kind {
    /// What is known of the kind of this name.
    pub fn info(name: &str) -> Option<&'static KindInfo> {
        ALL.iter().find(|info| info.name == name)
    }

    /// The code list it chooses from, if it does.
    pub fn list(&self) -> Option<ListId> {
        match self {
            Self::YesNo(kind) => Some(kind.list),
            Self::Choice(kind) => Some(kind.list),
            Self::Choices(kind) => Some(kind.list),
            Self::Code(kind) => Some(kind.list),
            Self::Declaration(kind) => Some(kind.list),
            Self::BodyMap(kind) => Some(kind.list),
            _ => None,
        }
    }

    /// A value in words, as people write numbers, days and lengths of time.
    pub fn tell_value(&self, value: &Value, lists: &Lists<ListId, CodeList>) -> String {
        match (self, value) {
            (Self::Money(_), Value::Number(amount)) => money::in_words(*amount),
            _ => value_in_words(
                value,
                code_list(&self.value_type()).and_then(|list| lists.get(list)),
            ),
        }
    }
}

/// The list that values of a type are codes of.
fn code_list(of: &Type) -> Option<ListId> {
    match of {
        Type::Code(list) => Some(*list),
        Type::List(member) => code_list(member),
        _ => None,
    }
}

/// A value in words; a code by its label, if it is one of the list.
pub(crate) fn value_in_words(value: &Value, list: Option<&CodeList>) -> String {
    match (value, list) {
        (Value::Null, _) => String::new(),
        (Value::Text(code), Some(list)) => list.label(code).to_owned(),
        (Value::Text(text), None) => text.to_string(),
        (Value::Date(day), _) => date::in_words(*day),
        (Value::Time(time), _) => time::in_words(*time),
        (Value::DateTime(moment), _) => date_time::in_words(*moment),
        (Value::Days(days), _) => duration::days_in_words(*days),
        (Value::Months(months), _) => duration::months_in_words(*months),
        (Value::Boolean(true), _) => "Yes".to_owned(),
        (Value::Boolean(false), _) => "No".to_owned(),
        (Value::List(values), _) => {
            let values: Vec<String> = values.iter().map(|value| value_in_words(value, list)).collect();
            values.join(", ")
        }
        (other, _) => other.to_string(),
    }
}

/// What a kind says of an answer of another kind's shape, which only a hostile client sends.
fn wrong_shape() -> String {
    "Answer this question again".to_owned()
}

/// The parts of an answer that has several.
fn compound(answer: &Answer) -> Result<&Compound, String> {
    match answer {
        Answer::Compound(parts) => Ok(parts),
        _ => Err(wrong_shape()),
    }
}

/// The text of an answer that is told as it was entered, whatever its shape.
fn as_entered(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) | Answer::Code(text) => text.trim().to_owned(),
        Answer::Codes(codes) => codes.join(", "),
        Answer::Date(parts) => [&*parts.day, &*parts.month, &*parts.year]
            .map(str::trim)
            .join("/"),
        Answer::Quotes(quotes) => quotes
            .iter()
            .map(|quote| format!("“{}”", quote.words.trim()))
            .collect::<Vec<_>>()
            .join(" "),
        Answer::Compound(parts) => {
            let all = std::iter::once(&parts.named).chain(parts.entries.iter().map(|entry| &entry.named));
            let texts = all.flat_map(Named::iter).map(|(_, text)| text.trim());
            texts
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists;

    fn lists() -> Lists<ListId, CodeList> {
        let code = |c: &str| lists::Code {
            code: c.into(),
            label: c.to_uppercase(),
            ..lists::Code::default()
        };
        Lists::from(vec![CodeList {
            name: None,
            codes: ["a", "b", "c", "d", "e"].map(code).to_vec(),
        }])
    }

    #[test]
    fn every_kind_is_named_once_and_documented() {
        for (index, info) in ALL.iter().enumerate() {
            assert!(
                ALL.iter().skip(index + 1).all(|other| other.name != info.name),
                "{}",
                info.name
            );
            assert!(
                info.doc.ends_with('.') && info.doc.len() > 20,
                "{} says too little of itself",
                info.name
            );
            for setting in info.settings {
                assert!(
                    setting.doc.ends_with('.'),
                    "{}.{} has no doc",
                    info.name,
                    setting.name
                );
            }
        }
    }

    #[test]
    fn every_sample_survives_storage_and_is_told_as_it_says() {
        for info in ALL {
            let samples = (info.samples)();
            assert_eq!(
                samples.is_empty(),
                !info.answered,
                "{} and its samples disagree",
                info.name
            );
            for (kind, answer, told) in samples {
                let kept: Answer = serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
                let kept_kind: Kind = serde_json::from_str(&serde_json::to_string(&kind).unwrap()).unwrap();
                assert_eq!((&kept, &kept_kind), (&answer, &kind));
                assert!(!answer.is_blank());
                assert_eq!(kind.tell(&answer, &lists()), told, "{}", info.name);
            }
        }
    }

    #[test]
    fn a_kind_never_panics_on_another_kinds_answer() {
        let answers: Vec<Answer> = ALL
            .iter()
            .flat_map(|info| (info.samples)())
            .map(|sample| sample.1)
            .collect();
        for info in ALL {
            for (kind, _, _) in (info.samples)() {
                for answer in &answers {
                    if let Ok(value) = kind.read(answer, &lists())
                        && info.name != "date"
                    {
                        // Of a partial date alone too little is known to compare it.
                        assert_ne!(value, Value::Null, "{} read {answer:?} as blank", info.name);
                    }
                    assert!(!kind.tell(answer, &lists()).is_empty());
                }
            }
        }
    }

    #[test]
    fn what_a_kind_asks_starts_with_what_to_do() {
        for info in ALL {
            for (kind, _, _) in (info.samples)() {
                let first = kind.ask().split(' ').next().unwrap();
                assert!(
                    ["Enter", "Choose", "Write", "Add", "Confirm"].contains(&first),
                    "{}: {}",
                    info.name,
                    kind.ask()
                );
            }
        }
    }
}
