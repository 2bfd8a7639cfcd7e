//! `quote`: a child's own words, verbatim, one entry at a time.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{as_entered, wrong_shape};
use crate::answer::{self, Answer};
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A child's own words, exactly, with the question that prompted each.
///
/// The value is the list of words, so that `count(words)` counts entries. An entry without words says nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quote {}

/// The most entries one answer may hold, and the most characters each part of an entry may have.
const MAX_ENTRIES: usize = 100;
const MAX_LENGTH: usize = 5_000;

impl FieldKind for Quote {
    const NAME: &'static str = "quote";
    const DOC: &'static str = "A child's own words, exactly as said, one entry at a time, each with the question that \
        prompted it. Shown apart from everything else, wherever it appears.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::List(Box::new(Type::Text))
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let Answer::Quotes(quotes) = answer else {
            return Err(wrong_shape());
        };
        let said = |quote: &answer::Quote| !quote.words.trim().is_empty();
        if quotes.len() > MAX_ENTRIES {
            return Err(format!("Keep to {MAX_ENTRIES} entries"));
        }
        if quotes
            .iter()
            .any(|q| q.words.chars().count().max(q.asked.chars().count()) > MAX_LENGTH)
        {
            return Err(format!(
                "Shorten each entry to {MAX_LENGTH} characters, or split it in two"
            ));
        }
        if quotes
            .iter()
            .any(|quote| !said(quote) && !quote.asked.trim().is_empty())
        {
            return Err("Enter what was said, or remove the entry that has only a question".to_owned());
        }
        let words = quotes.iter().filter(|quote| said(quote));
        Ok(Value::List(
            words
                .map(|quote| Value::Text(SmolStr::new(quote.words.trim())))
                .collect(),
        ))
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        as_entered(answer)
    }

    fn ask(&self) -> &'static str {
        "Enter their own words"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let quote = answer::Quote {
            id: "1".into(),
            words: "I go under my bed with the cat".into(),
            asked: "What happens at bedtime?".into(),
            prompted: Some(false),
        };
        vec![(
            Self {},
            Answer::Quotes(vec![quote]),
            "“I go under my bed with the cat”",
        )]
    }
}
