//! `phone`: a telephone number.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::as_entered;
use super::text::typed;
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A telephone number, of the United Kingdom or any other country.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Phone {}

/// The number without what people write between its digits: `01632960001`, or `+33123456789` for another country.
///
/// Ofcom's National Telephone Numbering Plan: 9 or 10 digits after the 0, the first of them none of 0, 4 and 6.
/// ITU-T E.164 for other countries: at most 15 digits, the first of them not 0. An extension is not part of it.
fn number(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let (number, extension) = match lower.find(['e', 'x', '#']) {
        Some(at) => lower.split_at_checked(at)?,
        None => (lower.as_str(), ""),
    };
    let word = ["extension", "ext.", "ext", "x", "#"];
    let extension = word
        .iter()
        .find_map(|word| extension.strip_prefix(word))
        .unwrap_or(extension)
        .trim();
    let extension_fits = extension.len() <= 6 && extension.bytes().all(|b| b.is_ascii_digit());
    let plain: String = number
        .replace("(0)", "")
        .chars()
        .filter(|c| !c.is_whitespace() && !"-–().".contains(*c))
        .collect();
    let plain = match plain.strip_prefix("00") {
        Some(abroad) => format!("+{abroad}"),
        None => plain,
    };
    let plain = match plain.strip_prefix("+44") {
        Some(own) if !own.starts_with('0') => format!("0{own}"),
        Some(own) => own.to_owned(),
        None => plain,
    };
    let digits = plain.strip_prefix('+').unwrap_or(&plain);
    let fits = digits.bytes().all(|b| b.is_ascii_digit())
        && if plain.starts_with('+') {
            (7..=15).contains(&digits.len()) && !digits.starts_with('0')
        } else {
            let area = digits.as_bytes().get(1).copied().unwrap_or(b'0');
            (10..=11).contains(&digits.len()) && digits.starts_with('0') && b"1235789".contains(&area)
        };
    (fits && extension_fits).then_some(plain)
}

impl FieldKind for Phone {
    const NAME: &'static str = "phone";
    const DOC: &'static str =
        "A telephone number, with or without spaces. A number of another country begins with + and its code.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::Text
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let number = number(typed(answer)?);
        number.map(Value::text).ok_or_else(|| {
            "Enter a telephone number, like 01632 960 001, 07700 900 982 or +353 1 234 5678".to_owned()
        })
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        as_entered(answer)
    }

    fn ask(&self) -> &'static str {
        "Enter a telephone number"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let answer = Answer::Text(" 07700 900 982 ".into());
        vec![(Self {}, answer, "07700 900 982")]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::number;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, plain) in [
            ("01632 960 001", "01632960001"),
            ("(01632) 960-001", "01632960001"),
            ("+44 (0)1632 960001", "01632960001"),
            ("0044 7700 900982", "07700900982"),
            ("+44 7700.900.982", "07700900982"),
            ("020 7946 0000 ext. 12", "02079460000"),
            ("02079460000 x 1234", "02079460000"),
            ("0169 772 111", "0169772111"),
            ("+353 1 234 5678", "+35312345678"),
        ] {
            assert_eq!(number(text).as_deref(), Some(plain), "{text}");
        }
        for text in [
            "",
            "999",
            "0123",
            "0632 960 001 123",
            "1632 960001",
            "+0 123 456 789",
            "call me",
            "07700 90098Z",
            "020 7946 0000 ext twelve",
            "+",
            "+1234567890123456",
            "٠١٦٣٢٩٦٠٠٠١",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_stands_between_the_digits_changes_nothing(digits in "0[1235789][0-9]{8,9}", gaps in "[ -]{0,4}") {
            let spread: String = digits.chars().flat_map(|c| [c.to_string(), gaps.clone()]).collect();
            prop_assert_eq!(number(&spread), Some(digits));
        }
    }
}
