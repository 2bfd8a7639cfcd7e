//! `nhs_number`: the number by which the NHS knows somebody.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::as_entered;
use super::text::typed;
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// An NHS number: ten digits, the last of which checks the others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NhsNumber {}

/// The ten digits, if that is what was typed, with or without spaces and hyphens.
fn digits(text: &str) -> Option<[u8; 10]> {
    let plain = text.bytes().filter(|b| !b" -".contains(b));
    let digits: Vec<u8> = plain.map(|b| b.wrapping_sub(b'0')).collect();
    let digits: [u8; 10] = digits.try_into().ok()?;
    digits.iter().all(|digit| *digit < 10).then_some(digits)
}

/// Does the last digit check the others? NHS Data Dictionary, "NHS Number": modulus 11 with weights 10 to 2; a number
/// whose check would be 10 is never given out.
fn is_checked(digits: [u8; 10]) -> bool {
    // With weight 1 for the check itself, the whole sum is a multiple of 11.
    let sum: u32 = digits
        .iter()
        .zip((1..=10_u32).rev())
        .map(|(&d, weight)| u32::from(d) * weight)
        .sum();
    sum.is_multiple_of(11)
}

/// The number as it is written: "943 476 5919".
fn in_words(digits: [u8; 10]) -> String {
    let mut told = String::new();
    for (index, digit) in digits.iter().enumerate() {
        if index == 3 || index == 6 {
            told.push(' ');
        }
        told.push(char::from(b'0' + digit));
    }
    told
}

impl FieldKind for NhsNumber {
    const NAME: &'static str = "nhs_number";
    const DOC: &'static str = "An NHS number. Its last digit shows when one of the others is mistyped.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::Text
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let digits = digits(typed(answer)?).ok_or("Enter the NHS number as 10 digits, like 999 012 3454")?;
        if is_checked(digits) {
            Ok(Value::text(in_words(digits).replace(' ', "")))
        } else {
            Err("Enter the NHS number again: a digit is wrong, or two have changed places".to_owned())
        }
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let digits = typed(answer).ok().and_then(digits);
        digits.map_or_else(|| as_entered(answer), in_words)
    }

    fn ask(&self) -> &'static str {
        "Enter an NHS number"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        vec![
            (Self {}, Answer::Text("9434765919".into()), "943 476 5919"),
            (Self {}, Answer::Text("943-476".into()), "943-476"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_known(text: &str) -> bool {
        NhsNumber {}
            .read(&Answer::Text(text.into()), &Table::default())
            .is_ok()
    }

    #[test]
    fn numbers_are_told_from_what_is_none() {
        for text in ["9434765919", "4010232137", "999 012 3454", "943-476-5919"] {
            assert!(is_known(text), "{text}");
        }
        for text in [
            "9434765918",
            "9990000000",
            "1234567890",
            "943476591",
            "94347659199",
            "٩434765919",
            "NHS",
        ] {
            assert!(!is_known(text), "{text}");
        }
    }

    proptest! {
        /// The rule as it is published: the check is 11 less the remainder, 11 stands for 0, and 10 for no number.
        #[test]
        fn the_last_digit_is_the_published_check(first in prop::array::uniform9(0_u8..10), last in 0_u8..10) {
            let sum: usize = first.iter().enumerate().map(|(i, &d)| (10 - i) * usize::from(d)).sum();
            let expected = match 11 - sum % 11 {
                11 => Some(0),
                10 => None,
                check => Some(check),
            };
            let text: String = first.iter().chain([&last]).map(u8::to_string).collect();
            prop_assert_eq!(is_known(&text), expected == Some(usize::from(last)));
        }

        #[test]
        fn one_wrong_digit_or_two_that_changed_places_are_noticed(
            first in prop::array::uniform9(0_u8..10),
            at in 0..10_usize,
            by in 1_u8..10,
        ) {
            let sum: usize = first.iter().enumerate().map(|(i, &d)| (10 - i) * usize::from(d)).sum();
            let check = (11 - sum % 11) % 11;
            prop_assume!(check < 10);
            let mut digits: Vec<u8> = first.to_vec();
            digits.push(check as u8);
            let told = |digits: &[u8]| digits.iter().map(u8::to_string).collect::<String>();
            prop_assert!(is_known(&told(&digits)));
            let mut swapped = digits.clone();
            swapped.swap(at.min(8), at.min(8) + 1);
            prop_assert_eq!(is_known(&told(&swapped)), swapped == digits);
            digits[at] = (digits[at] + by) % 10;
            prop_assert!(!is_known(&told(&digits)));
        }
    }
}
