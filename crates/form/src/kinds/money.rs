//! `money`: an amount in pounds and pence.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::as_entered;
use super::number::{bounds, decimal};
use super::text::typed;
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// An amount in pounds sterling.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// The smallest it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<feel::Number>,
    /// The largest it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<feel::Number>,
}

/// Reads an amount of at most two decimal places, with or without the sign for pounds.
fn read_amount(text: &str) -> Option<feel::Number> {
    let (number, places) = decimal(&text.replacen('£', "", 1))?;
    (places <= 2).then_some(number)
}

/// The amount as people write it: "£1,200" or "£1,200.50".
pub(super) fn in_words(amount: feel::Number) -> String {
    let plain = amount.abs().to_string();
    let (pounds, pence) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut told = if amount.is_negative() { "-£" } else { "£" }.to_owned();
    for (index, digit) in pounds.chars().enumerate() {
        if index > 0 && (pounds.len() - index).is_multiple_of(3) {
            told.push(',');
        }
        told.push(digit);
    }
    if pence.trim_end_matches('0').is_empty() {
        told
    } else {
        format!("{told}.{pence:0<2}")
    }
}

impl FieldKind for Money {
    const NAME: &'static str = "money";
    const DOC: &'static str =
        "An amount in pounds and pence. The sign for pounds and commas between thousands are understood.";
    const SETTINGS: &'static [SettingSpec] = &[
        SettingSpec {
            name: "min",
            kind: SettingKind::Number,
            required: false,
            doc: "The smallest amount it may be.",
        },
        SettingSpec {
            name: "max",
            kind: SettingKind::Number,
            required: false,
            doc: "The largest amount it may be.",
        },
    ];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let (min, max) = bounds(settings)?;
        Ok(Self { min, max })
    }

    fn value_type(&self) -> Type {
        Type::Number
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let amount = read_amount(typed(answer)?)
            .ok_or("Enter an amount in pounds, or pounds and pence, such as 120 or 120.50")?;
        match (&self.min, &self.max) {
            (Some(min), _) if amount < *min => Err(format!("Enter an amount of {} or more", in_words(*min))),
            (_, Some(max)) if amount > *max => Err(format!("Enter an amount of {} or less", in_words(*max))),
            _ => Ok(Value::Number(amount)),
        }
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let amount = typed(answer).ok().and_then(read_amount);
        amount.map_or_else(|| as_entered(answer), in_words)
    }

    fn ask(&self) -> &'static str {
        "Enter an amount"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        vec![
            (Self::default(), Answer::Text("£1200.5".into()), "£1,200.50"),
            (Self::default(), Answer::Text("about 20".into()), "about 20"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_an_amount_in_bounds_is_refused_with_what_to_do() {
        let kind = Money {
            min: Some(0.into()),
            max: Some(1_000.into()),
        };
        let read = |text: &str| kind.read(&Answer::Text(text.into()), &Table::default());
        assert_eq!(read("£1,000.00"), Ok(Value::Number(1_000.into())));
        assert_eq!(read("-1"), Err("Enter an amount of £0 or more".into()));
        assert_eq!(read("1000.01"), Err("Enter an amount of £1,000 or less".into()));
        for text in ["1.234", "££1", "1p", "$5", "£", "twenty", "1e3"] {
            let refusal = "Enter an amount in pounds, or pounds and pence, such as 120 or 120.50";
            assert_eq!(read(text), Err(refusal.into()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_amount_is_read_back_as_it_is_told(pence in -10_000_000_i64..10_000_000) {
            let sign = if pence < 0 { "-" } else { "" };
            let plain = format!("{sign}{}.{:02}", pence.abs() / 100, pence.abs() % 100);
            let amount = read_amount(&plain).unwrap();
            prop_assert_eq!(read_amount(&in_words(amount)), Some(amount));
        }
    }
}
