//! `scale`: a whole number between two ends that have a meaning.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::as_entered;
use super::text::typed;
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A whole number between two ends, such as 0 for "not safe" and 10 for "safe".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// The smallest number.
    pub min: u32,
    /// The largest number.
    pub max: u32,
    /// What the smallest means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// What the largest means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
}

/// The most steps between the ends: more than these cannot be told apart.
const MAX_STEPS: u32 = 20;

impl FieldKind for Scale {
    const NAME: &'static str = "scale";
    const DOC: &'static str = "A whole number between two ends that have a meaning. Nothing is chosen until a person \
        chooses.";
    const SETTINGS: &'static [SettingSpec] = &[
        SettingSpec {
            name: "min",
            kind: SettingKind::Whole,
            required: false,
            doc: "The smallest number; 0 if not given.",
        },
        SettingSpec {
            name: "max",
            kind: SettingKind::Whole,
            required: false,
            doc: "The largest number; 10 if not given.",
        },
        SettingSpec {
            name: "low",
            kind: SettingKind::Text,
            required: false,
            doc: "What the smallest number means.",
        },
        SettingSpec {
            name: "high",
            kind: SettingKind::Text,
            required: false,
            doc: "What the largest number means.",
        },
    ];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let (min, max) = (
            settings.whole("min").unwrap_or(0),
            settings.whole("max").unwrap_or(10),
        );
        let steps = max
            .checked_sub(min)
            .filter(|steps| (1..=MAX_STEPS).contains(steps));
        if steps.is_none() {
            return Err(SettingError {
                setting: "max",
                message: format!(
                    "a scale has between 1 and {MAX_STEPS} steps from its smallest number to its largest"
                ),
            });
        }
        Ok(Self {
            min,
            max,
            low: settings.text("low").map(str::to_owned),
            high: settings.text("high").map(str::to_owned),
        })
    }

    fn value_type(&self) -> Type {
        Type::Number
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let number = typed(answer)?.parse::<u32>().ok();
        let number = number.filter(|number| (self.min..=self.max).contains(number));
        number
            .map(|number| Value::Number(i64::from(number).into()))
            .ok_or_else(|| format!("Choose a number from {} to {}", self.min, self.max))
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let ends = [(self.min, &self.low), (self.max, &self.high)];
        let ends = ends
            .into_iter()
            .filter_map(|(number, end)| Some(format!("{number} is “{}”", end.as_ref()?)));
        let ends: Vec<String> = ends.collect();
        let told = format!(
            "{} on a scale of {} to {}",
            as_entered(answer),
            self.min,
            self.max
        );
        if ends.is_empty() {
            told
        } else {
            format!("{told}, where {}", ends.join(" and "))
        }
    }

    fn ask(&self) -> &'static str {
        "Choose a number"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let kind = Self {
            min: 0,
            max: 10,
            low: Some("not safe".into()),
            high: Some("safe".into()),
        };
        let plain = Self {
            low: None,
            high: None,
            ..kind.clone()
        };
        vec![
            (
                kind,
                Answer::Text("7".into()),
                "7 on a scale of 0 to 10, where 0 is “not safe” and 10 is “safe”",
            ),
            (plain, Answer::Text("7".into()), "7 on a scale of 0 to 10"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_off_the_scale_is_refused() {
        let kind = Scale {
            min: 1,
            max: 5,
            low: None,
            high: None,
        };
        let read = |text: &str| kind.read(&Answer::Text(text.into()), &Table::default());
        assert_eq!(read("1"), Ok(Value::Number(1.into())));
        for text in ["0", "6", "2.5", "-1", "three"] {
            assert_eq!(read(text), Err("Choose a number from 1 to 5".into()), "{text}");
        }
    }
}
