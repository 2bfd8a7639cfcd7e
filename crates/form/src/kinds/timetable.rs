//! `timetable`: a week by parts of the day.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::grid;
use crate::answer::Answer;
use crate::compound::{Compound, Entry};
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::{Code, CodeList};

/// A week, day by day, in parts of the day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timetable {
    /// The parts of a day, the earliest first.
    pub parts: Vec<Code>,
    /// Is it Monday to Friday alone?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub weekdays: bool,
}

const DAYS: [(&str, &str); 7] = [
    ("monday", "Monday"),
    ("tuesday", "Tuesday"),
    ("wednesday", "Wednesday"),
    ("thursday", "Thursday"),
    ("friday", "Friday"),
    ("saturday", "Saturday"),
    ("sunday", "Sunday"),
];
const PARTS: [(&str, &str); 3] = [
    ("morning", "Morning"),
    ("afternoon", "Afternoon"),
    ("evening", "Evening"),
];

/// The most parts of a day.
const MAX_PARTS: usize = 8;

impl Timetable {
    /// The days, the first of the week first.
    pub fn days(&self) -> Vec<Code> {
        let days = DAYS.iter().take(if self.weekdays { 5 } else { 7 });
        days.map(|(code, label)| grid::code(code, label)).collect()
    }
}

impl FieldKind for Timetable {
    const NAME: &'static str = "timetable";
    const DOC: &'static str = "A week by parts of the day, with a box for each. In expressions it is the list of the \
        days, and each day the list of its parts.";
    const SETTINGS: &'static [SettingSpec] = &[
        SettingSpec {
            name: "part",
            kind: SettingKind::Lines,
            required: false,
            doc: "A part of the day, with its label; a line for each. Morning, afternoon and evening if there is none.",
        },
        SettingSpec {
            name: "weekdays",
            kind: SettingKind::Flag,
            required: false,
            doc: "Has Monday to Friday alone.",
        },
    ];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let mut parts = settings.lines("part");
        if parts.is_empty() {
            parts = PARTS
                .iter()
                .map(|(code, label)| grid::code(code, label))
                .collect();
        }
        if parts.len() > MAX_PARTS {
            return Err(SettingError {
                setting: "part",
                message: format!("a day has at most {MAX_PARTS} parts"),
            });
        }
        Ok(Self {
            parts,
            weekdays: settings.flag("weekdays"),
        })
    }

    fn value_type(&self) -> Type {
        Type::Text.list().list()
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        grid::read(answer, &self.days(), &self.parts, |text| Ok(Value::text(text)))
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        grid::tell(answer, &self.days(), &self.parts)
    }

    fn ask(&self) -> &'static str {
        "Enter something for at least one day"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let kind = Self {
            parts: vec![grid::code("morning", "Morning"), grid::code("night", "Night")],
            weekdays: true,
        };
        let days = [
            Entry::new("friday", [("night", "at Dad's")]),
            Entry::new("monday", [("morning", "school"), ("night", "at Mum's")]),
        ];
        let answer = Answer::Compound(Compound::entries(days));
        vec![(
            kind,
            answer,
            "Monday: Morning: school, Night: at Mum's\nFriday: Night: at Dad's",
        )]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_a_week_are_its_rows() {
        let whole = Timetable {
            parts: vec![grid::code("day", "Day")],
            weekdays: false,
        };
        let sunday = Answer::Compound(Compound::entries([Entry::new("sunday", [("day", "church")])]));
        let Ok(Value::List(days)) = whole.read(&sunday, &Table::default()) else {
            panic!("a list of days")
        };
        assert_eq!(days.len(), 7);
        assert_eq!(days.last(), Some(&Value::list([Value::text("church")])));
        let weekdays = Timetable {
            weekdays: true,
            ..whole
        };
        assert_eq!(weekdays.days().len(), 5);
        // What stood at a day that the form no longer asks for is not lost.
        assert_eq!(weekdays.tell(&sunday, &Table::default()), "church");
    }
}
