//! `number`: a decimal number with a unit.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::as_entered;
use super::text::typed;
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A number: a count, a length, a score.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The smallest it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<feel::Number>,
    /// The largest it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<feel::Number>,
    /// The most decimal places it may have.
    #[serde(default)]
    pub decimals: u32,
    /// What is counted, shown behind the box.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// Reads a decimal number, whose thousands may stand apart, and counts its decimal places. Shared with `money` and
/// `table`.
pub(super) fn decimal(text: &str) -> Option<(feel::Number, usize)> {
    let plain: String = text.chars().filter(|c| *c != ',' && *c != ' ').collect();
    let places = plain.split_once('.').map_or(0, |(_, places)| places.len());
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain).bytes();
    let digits_only = digits.into_iter().all(|b| b.is_ascii_digit() || b == b'.');
    let unsigned = plain.strip_prefix('+').unwrap_or(&plain);
    let number = digits_only.then(|| unsigned.parse().ok()).flatten()?;
    Some((number, places))
}

/// The bounds of a number, if they leave anything between them. Shared with `money`.
pub(super) fn bounds(
    settings: &dyn Settings,
) -> Result<(Option<feel::Number>, Option<feel::Number>), SettingError> {
    let (min, max) = (settings.number("min"), settings.number("max"));
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        return Err(SettingError {
            setting: "max",
            message: "the largest is below the smallest".to_owned(),
        });
    }
    Ok((min, max))
}

impl FieldKind for Number {
    const NAME: &'static str = "number";
    const DOC: &'static str =
        "A number: a count, a length, a score. Commas between thousands are understood.";
    const SETTINGS: &'static [SettingSpec] = &[
        SettingSpec {
            name: "min",
            kind: SettingKind::Number,
            required: false,
            doc: "The smallest the number may be.",
        },
        SettingSpec {
            name: "max",
            kind: SettingKind::Number,
            required: false,
            doc: "The largest the number may be.",
        },
        SettingSpec {
            name: "decimals",
            kind: SettingKind::Whole,
            required: false,
            doc: "The most decimal places it may have; none if not given.",
        },
        SettingSpec {
            name: "unit",
            kind: SettingKind::Text,
            required: false,
            doc: "What is counted, shown behind the box.",
        },
    ];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let (min, max) = bounds(settings)?;
        let decimals = settings.whole("decimals").unwrap_or(0);
        if decimals > 10 {
            return Err(SettingError {
                setting: "decimals",
                message: "at most 10 decimal places".to_owned(),
            });
        }
        Ok(Self {
            min,
            max,
            decimals,
            unit: settings.text("unit").map(str::to_owned),
        })
    }

    fn value_type(&self) -> Type {
        Type::Number
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let text = typed(answer)?;
        let (number, places) = decimal(text).ok_or("Enter a number, using digits")?;
        if places > self.decimals as usize {
            return Err(match self.decimals {
                0 => "Enter a whole number".to_owned(),
                1 => "Enter a number with at most 1 decimal place".to_owned(),
                most => format!("Enter a number with at most {most} decimal places"),
            });
        }
        match (&self.min, &self.max) {
            (Some(min), _) if number < *min => Err(format!("Enter a number that is {min} or more")),
            (_, Some(max)) if number > *max => Err(format!("Enter a number that is {max} or less")),
            _ => Ok(Value::Number(number)),
        }
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        match &self.unit {
            Some(unit) => format!("{} {unit}", as_entered(answer)),
            None => as_entered(answer),
        }
    }

    fn ask(&self) -> &'static str {
        "Enter a number"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let weight = Self {
            decimals: 2,
            unit: Some("kg".into()),
            ..Self::default()
        };
        vec![
            (weight, Answer::Text("3.25".into()), "3.25 kg"),
            (Self::default(), Answer::Text("1,200".into()), "1,200"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_number_in_bounds_is_refused_with_what_to_do() {
        let kind = Number {
            min: Some(0.into()),
            max: Some(10.into()),
            ..Number::default()
        };
        let read = |text: &str| kind.read(&Answer::Text(text.into()), &Table::default());
        assert_eq!(read(" 1 0 "), Ok(Value::Number(10.into())));
        assert_eq!(read("+7"), Ok(Value::Number(7.into())));
        assert_eq!(read("1.5"), Err("Enter a whole number".into()));
        assert_eq!(read("-1"), Err("Enter a number that is 0 or more".into()));
        assert_eq!(read("11"), Err("Enter a number that is 10 or less".into()));
        for text in ["ten", "1e3", "--1", "+-1", "++1", ".", "1.2.3", "٣", "0x10", "-"] {
            assert_eq!(read(text), Err("Enter a number, using digits".into()), "{text}");
        }
    }
}
