//! `upn`: the number by which schools know a pupil.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::as_entered;
use super::text::typed;
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A unique pupil number: a letter that checks the rest, eleven digits, and a digit, or a letter in a temporary one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Upn {}

/// The letters of a UPN, by the value that they have. I, O and S look too much like digits.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// What was typed, if it has the shape of a UPN.
fn shape(text: &str) -> Option<[u8; 13]> {
    let plain = text
        .bytes()
        .filter(|b| *b != b' ')
        .map(|b| b.to_ascii_uppercase());
    let plain: [u8; 13] = plain.collect::<Vec<u8>>().try_into().ok()?;
    let [check, digits @ .., last] = &plain;
    let is_letter = |b: &u8| LETTERS.contains(b);
    let fits = is_letter(check)
        && digits.iter().all(u8::is_ascii_digit)
        && (last.is_ascii_digit() || is_letter(last));
    fits.then_some(plain)
}

/// Does the letter check the rest? Department for Education, "Unique pupil numbers (UPNs): a guide for schools and
/// local authorities": each of the places 2 to 13 times its number, modulus 23.
fn is_checked(upn: [u8; 13]) -> bool {
    let value = |b: &u8| match b {
        b'0'..=b'9' => usize::from(b - b'0'),
        letter => LETTERS.iter().position(|known| known == letter).unwrap_or(0),
    };
    let sum: usize = upn
        .iter()
        .enumerate()
        .skip(1)
        .map(|(index, b)| value(b) * (index + 1))
        .sum();
    LETTERS.get(sum % 23) == upn.first()
}

fn in_words(upn: [u8; 13]) -> String {
    upn.into_iter().map(char::from).collect()
}

impl FieldKind for Upn {
    const NAME: &'static str = "upn";
    const DOC: &'static str = "A unique pupil number, permanent or temporary. Its first letter shows when something else is mistyped.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::Text
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let upn = shape(typed(answer)?).ok_or(
            "Enter the UPN as a letter and 12 digits, like H201205001001; a temporary one ends in a letter",
        )?;
        if is_checked(upn) {
            Ok(Value::text(in_words(upn)))
        } else {
            Err(
                "Enter the UPN again: a digit or the first letter is wrong, or two have changed places"
                    .to_owned(),
            )
        }
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let upn = typed(answer).ok().and_then(shape);
        upn.map_or_else(|| as_entered(answer), in_words)
    }

    fn ask(&self) -> &'static str {
        "Enter a UPN"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        vec![
            (Self {}, Answer::Text("h201205001001".into()), "H201205001001"),
            (Self {}, Answer::Text("not known".into()), "not known"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_known(text: &str) -> bool {
        Upn {}.read(&Answer::Text(text.into()), &Table::default()).is_ok()
    }

    #[test]
    fn numbers_are_told_from_what_is_none() {
        for text in [
            "P123456789123",
            "Q820432109002",
            "H201205001001",
            "W801000123450",
            "W80100012345A",
            "g80100012345z",
            "H2012 0500 1001",
        ] {
            assert!(is_known(text), "{text}");
        }
        for text in [
            "A123456789123",
            "P123456789124",
            "I820432109002",
            "W80100012345O",
            "P12345678912",
            "1234567891234",
            "",
            "É12345678912",
        ] {
            assert!(!is_known(text), "{text}");
        }
    }

    proptest! {
        /// The published rule, worked out by division rather than by a table.
        #[test]
        fn one_letter_alone_checks_the_rest(rest in "[0-9]{12}") {
            let sum: u32 = rest.chars().zip(2..).map(|(c, place)| c.to_digit(10).unwrap() * place).sum();
            let expected = "ABCDEFGHJKLMNPQRTUVWXYZ".chars().nth((sum % 23) as usize);
            for letter in 'A'..='Z' {
                prop_assert_eq!(is_known(&format!("{letter}{rest}")), Some(letter) == expected);
            }
        }
    }
}
