//! `tags`: words of one's own, to find things by.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::text::fits;
use super::{as_entered, wrong_shape};
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// Words of one's own. Those that others use are suggested, so that one thing goes by one word.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tags {
    /// What is suggested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggested: Vec<String>,
}

/// The most tags of one answer, and the most characters of one.
const MAX_TAGS: usize = 50;
const MAX_LENGTH: usize = 60;

impl FieldKind for Tags {
    const NAME: &'static str = "tags";
    const DOC: &'static str = "Words of one's own, to find things by. In expressions it is the list of them.";
    const SETTINGS: &'static [SettingSpec] = &[SettingSpec {
        name: "suggest",
        kind: SettingKind::Text,
        required: false,
        doc: "Words to suggest, with commas between them.",
    }];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let words = settings.text("suggest").unwrap_or_default().split(',');
        let words = words.map(str::trim).filter(|word| !word.is_empty());
        Ok(Self {
            suggested: words.map(str::to_owned).collect(),
        })
    }

    fn value_type(&self) -> Type {
        Type::Text.list()
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let Answer::Codes(tags) = answer else {
            return Err(wrong_shape());
        };
        if tags.len() > MAX_TAGS {
            return Err(format!("Keep to {MAX_TAGS} tags"));
        }
        let tags: Vec<&str> = tags
            .iter()
            .map(|tag| tag.trim())
            .filter(|tag| !tag.is_empty())
            .collect();
        for (index, tag) in tags.iter().enumerate() {
            fits(tag, MAX_LENGTH, &format!("the tag “{tag}”"))?;
            let same = |other: &&str| other.to_lowercase() == tag.to_lowercase();
            if tags.iter().skip(index + 1).any(same) {
                return Err(format!("Remove one “{tag}”: it is there twice"));
            }
        }
        if tags.is_empty() {
            return Err(self.ask().to_owned());
        }
        Ok(Value::list(tags.into_iter().map(Value::text)))
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        as_entered(answer)
    }

    fn ask(&self) -> &'static str {
        "Add at least one tag"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let answer = Answer::Codes(vec!["housing".into(), "school".into()]);
        vec![(Self::default(), answer, "housing, school")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_goes_by_one_word() {
        let read = |tags: &[&str]| {
            let tags = tags.iter().map(|&tag| tag.to_owned()).collect();
            Tags::default().read(&Answer::Codes(tags), &Table::default())
        };
        assert_eq!(read(&[" school "]), Ok(Value::list([Value::text("school")])));
        assert_eq!(
            read(&["School", "school"]),
            Err("Remove one “School”: it is there twice".into())
        );
        assert_eq!(read(&[" "]), Err("Add at least one tag".into()));
        let long = "x".repeat(62);
        assert_eq!(
            read(&[&long]),
            Err(format!("Shorten the tag “{long}” by 2 characters"))
        );
    }
}
