//! `email`: an email address.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::as_entered;
use super::text::typed;
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// An email address. Whether anybody reads what is sent there is not known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Email {}

/// Is it an address that mail can be sent to? What RFC 5321 allows, without what nobody has: quoted names and
/// addresses of machines by number.
fn is_address(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_atom = |atom: &str| {
        let is_text = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b);
        !atom.is_empty() && atom.bytes().all(is_text)
    };
    let is_label = |label: &str| {
        let within = (1..=63).contains(&label.len());
        let made_well = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        within && made_well && !label.starts_with('-') && !label.ends_with('-')
    };
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    let top_fits = top.len() >= 2 && !top.bytes().any(|b| b.is_ascii_digit()) || top.starts_with("xn--");
    name.len() <= 64
        && text.len() <= 254
        && name.split('.').all(is_atom)
        && domain.split('.').all(is_label)
        && top_fits
}

impl FieldKind for Email {
    const NAME: &'static str = "email";
    const DOC: &'static str = "An email address. Whether anybody reads what is sent there is not known.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::Text
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let text = typed(answer)?;
        if is_address(text) {
            Ok(Value::text(text))
        } else {
            Err("Enter an email address in the correct format, like name@example.com".to_owned())
        }
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        as_entered(answer)
    }

    fn ask(&self) -> &'static str {
        "Enter an email address"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let answer = Answer::Text("pat@example.com ".into());
        vec![(Self {}, answer, "pat@example.com")]
    }
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for text in [
            "pat@example.com",
            "o'neil+school@mail.example.co.uk",
            "a.b-c_d@sub.example.org",
            "x@xn--bcher-kva.example",
        ] {
            assert!(is_address(text), "{text}");
        }
        let long = format!("{}@example.com", "x".repeat(65));
        for text in [
            "",
            "@",
            "pat",
            "pat@",
            "@example.com",
            "pat@example",
            "pat@@example.com",
            "pat smith@example.com",
            ".pat@example.com",
            "pat.@example.com",
            "p..at@example.com",
            "pat@-example.com",
            "pat@example..com",
            "pat@example.c",
            "pat@192.168.0.1",
            "pat@example.com.",
            "pät@example.com",
            &long,
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
