//! `address`: an address in the United Kingdom, with its postcode.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::text::fits;
use super::{as_entered, compound};
use crate::answer::Answer;
use crate::compound::{Compound, Named};
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// An address in the United Kingdom. The parts are `line_1`, `line_2`, `town`, `county` and `postcode`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Address {}

/// Every part, in the order in which an envelope has them.
const PARTS: [&str; 5] = ["line_1", "line_2", "town", "county", "postcode"];
/// The most characters of a part.
const MAX_LENGTH: usize = 200;

/// The postcode as it is written on an envelope, if it is one: BS 7666-2:2006, and Royal Mail's Programmers' Guide to
/// the Postcode Address File for the letters that stand in none. Whether it is in use is not asked.
fn postcode(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_ascii_uppercase();
    if plain == "GIR0AA" {
        return Some("GIR 0AA".to_owned());
    }
    let (outward, inward) = plain.split_at_checked(plain.len().checked_sub(3)?)?;
    let inward_fits = match inward.as_bytes() {
        [digit, one, other] => {
            let is_unit = |c: &u8| c.is_ascii_uppercase() && !b"CIKMOV".contains(c);
            digit.is_ascii_digit() && is_unit(one) && is_unit(other)
        }
        _ => false,
    };
    let first = |c: &u8| c.is_ascii_uppercase() && !b"QVX".contains(c);
    let second = |c: &u8| c.is_ascii_uppercase() && !b"IJZ".contains(c);
    let outward_fits = match outward.as_bytes() {
        [a, n] => first(a) && n.is_ascii_digit(),
        [a, n, m] if n.is_ascii_digit() => first(a) && (m.is_ascii_digit() || b"ABCDEFGHJKPSTUW".contains(m)),
        [a, b, n] => first(a) && second(b) && n.is_ascii_digit(),
        [a, b, n, m] => {
            let ends = m.is_ascii_digit() || b"ABEHMNPRVWXY".contains(m);
            first(a) && second(b) && n.is_ascii_digit() && ends
        }
        _ => false,
    };
    (inward_fits && outward_fits).then(|| format!("{outward} {inward}"))
}

/// The lines of the address as an envelope has them.
fn lines(named: &Named) -> Vec<String> {
    let lines = PARTS.iter().map(|&part| match (part, named.get(part)) {
        ("postcode", text) => postcode(text).unwrap_or_else(|| text.to_owned()),
        (_, text) => text.to_owned(),
    });
    lines.filter(|line| !line.is_empty()).collect()
}

impl FieldKind for Address {
    const NAME: &'static str = "address";
    const DOC: &'static str = "An address in the United Kingdom, with its postcode. In expressions it is its lines, with commas between them.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::Text
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let named = &compound(answer)?.named;
        let needed = [
            ("line_1", "Enter the first line of the address"),
            ("town", "Enter the town or city"),
            ("postcode", "Enter the postcode"),
        ];
        if let Some((_, ask)) = needed.iter().find(|(part, _)| named.get(part).is_empty()) {
            return Err((*ask).to_owned());
        }
        if postcode(named.get("postcode")).is_none() {
            return Err("Enter a full UK postcode, such as LS1 4AP".to_owned());
        }
        for part in PARTS {
            fits(named.get(part), MAX_LENGTH, "each line of the address")?;
        }
        Ok(Value::text(lines(named).join(", ")))
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        match compound(answer).map(|parts| lines(&parts.named)) {
            Ok(lines) if !lines.is_empty() => lines.join("\n"),
            _ => as_entered(answer),
        }
    }

    fn ask(&self) -> &'static str {
        "Enter an address"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let parts = [
            ("line_1", "12 Mill Lane "),
            ("town", "Leeds"),
            ("postcode", "ls14ap"),
        ];
        let answer = Answer::Compound(Compound::named(parts));
        vec![(Self {}, answer, "12 Mill Lane\nLeeds\nLS1 4AP")]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn postcodes_of_every_form_are_known() {
        for text in [
            "M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "GIR 0AA", "bf1 3aa",
        ] {
            assert_eq!(postcode(text), Some(text.to_uppercase()));
        }
        for text in [
            "",
            "LS1",
            "LS1 4A",
            "QS1 4AP",
            "LS1 4CP",
            "LS1 AAP",
            "12345",
            "LS111 4AP",
            "ÉS1 4AP",
            "£££",
        ] {
            assert_eq!(postcode(text), None, "{text}");
        }
    }

    #[test]
    fn each_part_that_is_missing_is_asked_for() {
        let read = |parts: [(&str, &str); 3]| {
            Address {}.read(&Answer::Compound(Compound::named(parts)), &Table::default())
        };
        let whole = [
            ("line_1", "1 Mill Lane"),
            ("town", "Leeds"),
            ("postcode", "LS1 4AP"),
        ];
        assert_eq!(read(whole), Ok(Value::text("1 Mill Lane, Leeds, LS1 4AP")));
        let asks = [
            "Enter the first line of the address",
            "Enter the town or city",
            "Enter the postcode",
        ];
        for (index, ask) in asks.into_iter().enumerate() {
            let mut parts = whole;
            parts[index].1 = " ";
            assert_eq!(read(parts), Err(ask.into()));
        }
        let told = read([whole[0], whole[1], ("postcode", "LS1")]);
        assert_eq!(told, Err("Enter a full UK postcode, such as LS1 4AP".into()));
    }

    proptest! {
        /// Each letter or digit that may stand in a place, place by place, for each form that a postcode has.
        #[test]
        fn every_postcode_of_a_known_form_is_read(
            text in prop_oneof![
                "[A-PR-UWYZ][0-9]{1,2} ?[0-9][ABD-HJLNP-UW-Z]{2}",
                "[A-PR-UWYZ][0-9][ABCDEFGHJKPSTUW] ?[0-9][ABD-HJLNP-UW-Z]{2}",
                "[A-PR-UWYZ][A-HK-Y][0-9]{1,2} ?[0-9][ABD-HJLNP-UW-Z]{2}",
                "[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY] ?[0-9][ABD-HJLNP-UW-Z]{2}",
            ]
        ) {
            let told = postcode(&text);
            prop_assert_eq!(told.as_ref().map(|told| told.replace(' ', "")), Some(text.replace(' ', "")));
            prop_assert_eq!(told.as_deref().and_then(postcode), told);
        }

        #[test]
        fn no_text_of_another_form_is_read(text in "[A-Z0-9 ]{5,8}") {
            let plain: String = text.split_whitespace().collect();
            let shape: String = plain.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect();
            let shapes = ["A99AA", "A999AA", "A9A9AA", "AA99AA", "AA999AA", "AA9A9AA"];
            if postcode(&text).is_some() && plain != "GIR0AA" {
                prop_assert!(shapes.contains(&shape.as_str()), "{}", text);
            }
        }
    }
}
