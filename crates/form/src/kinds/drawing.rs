//! `drawing`: what a child or a worker drew, and what it shows in words.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::text::fits;
use super::{as_entered, compound, wrong_shape};
use crate::answer::Answer;
use crate::compound::{Compound, Entry, Named};
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A drawing, an entry for each stroke in the order in which they were made. The part `shows` says what it shows; those
/// of a stroke are `ink`, and `points`: pairs such as `120,80`, with spaces between them, on a sheet of [`Drawing::WIDTH`]
/// by [`Drawing::HEIGHT`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drawing {}

/// The most strokes, and the most characters of what the drawing shows.
const MAX_STROKES: usize = 900;
const MAX_LENGTH: usize = 2_000;

impl Drawing {
    /// How wide the sheet is.
    pub const WIDTH: u16 = 800;
    /// How high it is.
    pub const HEIGHT: u16 = 500;
}

/// Are these points on the sheet?
fn are_points(text: &str) -> bool {
    let on_sheet = |part: &str, most: u16| {
        let digits = part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
        digits && part.parse::<u16>().is_ok_and(|at| at <= most)
    };
    let is_point = |pair: &str| {
        pair.split_once(',')
            .is_some_and(|(x, y)| on_sheet(x, Drawing::WIDTH) && on_sheet(y, Drawing::HEIGHT))
    };
    !text.is_empty() && text.split(' ').all(is_point)
}

impl FieldKind for Drawing {
    const NAME: &'static str = "drawing";
    const DOC: &'static str = "What somebody drew with a finger or a mouse, and what it shows in words, for whoever cannot \
        see it. In expressions it is those words.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::Text
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let Compound { named, entries } = compound(answer)?;
        if entries.len() > MAX_STROKES {
            return Err("Begin another drawing: this one has no room for more".to_owned());
        }
        if !entries
            .iter()
            .all(|stroke| are_points(stroke.named.get("points")))
        {
            return Err(wrong_shape());
        }
        let shows = named.get("shows");
        if shows.is_empty() {
            return Err("Write what the drawing shows".to_owned());
        }
        fits(shows, MAX_LENGTH, "what the drawing shows")?;
        Ok(Value::text(shows))
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        match compound(answer) {
            Ok(parts) => match (parts.entries.is_empty(), parts.named.get("shows")) {
                (false, "") => "A drawing, not told in words yet".to_owned(),
                (false, shows) => format!("A drawing: {shows}"),
                (true, "") => as_entered(answer),
                (true, shows) => shows.to_owned(),
            },
            Err(_) => as_entered(answer),
        }
    }

    fn ask(&self) -> &'static str {
        "Add a drawing, or write what you would draw"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let stroke = Entry::new("1", [("ink", "blue"), ("points", "0,0 120,80 800,500")]);
        let answer = Compound {
            named: Named::from([("shows", "Our house, with the dog outside")]),
            entries: vec![stroke],
        };
        vec![(
            Self {},
            Answer::Compound(answer),
            "A drawing: Our house, with the dog outside",
        )]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_are_points_on_the_sheet() {
        for text in ["0,0", "800,500 1,2"] {
            assert!(are_points(text), "{text}");
        }
        for text in [
            "", "1", "1,2,3", "801,0", "0,501", "-1,2", "1,2  3,4", "a,b", "0001,2", "1,2 ",
        ] {
            assert!(!are_points(text), "{text}");
        }
    }

    #[test]
    fn a_drawing_is_told_in_words() {
        let read = |shows, points| {
            let answer = Compound {
                named: Named::from([("shows", shows)]),
                entries: vec![Entry::new("1", [("points", points)])],
            };
            Drawing {}.read(&Answer::Compound(answer), &Table::default())
        };
        assert_eq!(read("A dog", "1,2"), Ok(Value::text("A dog")));
        assert_eq!(read("", "1,2"), Err("Write what the drawing shows".into()));
        assert_eq!(read("A dog", "1;2"), Err(wrong_shape()));
    }
}
