//! `date`: a day, entered part by part.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::{as_entered, wrong_shape};
use crate::answer::{Answer, DateParts};
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Date {}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The day as people write it: "Thursday 19 November 2026".
pub(super) fn in_words(date: feel::Date) -> String {
    let weekday = WEEKDAYS
        .get(usize::from(date.weekday()) - 1)
        .copied()
        .unwrap_or_default();
    let month = MONTHS
        .get(usize::from(date.month()) - 1)
        .copied()
        .unwrap_or_default();
    format!("{weekday} {} {month} {}", date.day(), date.year())
}

/// Reads the parts, or says what to enter.
fn read_parts(parts: &DateParts) -> Result<feel::Date, String> {
    let [day, month, year] = [&parts.day, &parts.month, &parts.year].map(|part| part.trim());
    let missing: Vec<&str> = [(day, "a day"), (month, "a month"), (year, "a year")]
        .into_iter()
        .filter_map(|(part, name)| part.is_empty().then_some(name))
        .collect();
    if !missing.is_empty() {
        return Err(format!("Enter {} for the date", missing.join(" and ")));
    }
    let year: i32 = match year.parse::<u16>() {
        Ok(number) if year.len() == 4 && number >= 1800 => i32::from(number),
        _ => return Err("Enter the year as 4 digits, such as 2026".to_owned()),
    };
    let month = read_month(month).ok_or("Enter the month as a number from 1 to 12, or its name")?;
    let date = day.parse::<u8>().ok().filter(|day| (1..=31).contains(day));
    let day = date.ok_or("Enter the day as a number from 1 to 31")?;
    feel::Date::new(year, month, day).ok_or_else(|| {
        let name = MONTHS.get(usize::from(month) - 1).copied().unwrap_or_default();
        format!("Enter a day that exists: {name} {year} has no day {day}")
    })
}

fn read_month(text: &str) -> Option<u8> {
    if let Ok(number) = text.parse::<u8>() {
        return (1..=12).contains(&number).then_some(number);
    }
    // Three letters tell the months apart.
    let lower = text.to_lowercase();
    let index = MONTHS
        .iter()
        .position(|name| lower.len() >= 3 && name.to_lowercase().starts_with(&lower))?;
    u8::try_from(index + 1).ok()
}

impl FieldKind for Date {
    const NAME: &'static str = "date";
    const DOC: &'static str = "A day, entered as day, month and year. A month may be given by name.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::Date
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        match answer {
            Answer::Date(parts) => read_parts(parts).map(Value::Date),
            _ => Err(wrong_shape()),
        }
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        match answer {
            Answer::Date(parts) => read_parts(parts).map_or_else(|_| as_entered(answer), in_words),
            _ => as_entered(answer),
        }
    }

    fn ask(&self) -> &'static str {
        "Enter a date"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let parts = |day: &str, month: &str, year: &str| {
            Answer::Date(DateParts {
                day: day.into(),
                month: month.into(),
                year: year.into(),
            })
        };
        vec![
            (Self {}, parts("19", "11", "2026"), "Thursday 19 November 2026"),
            (Self {}, parts("1", "sept", "2026"), "Tuesday 1 September 2026"),
            (Self {}, parts("31", "2", "2026"), "31/2/2026"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_is_told_apart() {
        let read = |day: &str, month: &str, year: &str| {
            read_parts(&DateParts {
                day: day.into(),
                month: month.into(),
                year: year.into(),
            })
            .map(|date| date.to_string())
            .unwrap_or_else(|message| message)
        };
        assert_eq!(read("19", "november", "2026"), "2026-11-19");
        assert_eq!(read("", "11", "2026"), "Enter a day for the date");
        assert_eq!(read("", "", "2026"), "Enter a day and a month for the date");
        assert_eq!(
            read("1", "13", "2026"),
            "Enter the month as a number from 1 to 12, or its name"
        );
        assert_eq!(
            read("1", "Ju", "2026"),
            "Enter the month as a number from 1 to 12, or its name"
        );
        assert_eq!(read("1", "1", "26"), "Enter the year as 4 digits, such as 2026");
        assert_eq!(read("32", "1", "2026"), "Enter the day as a number from 1 to 31");
        assert_eq!(
            read("29", "2", "2026"),
            "Enter a day that exists: February 2026 has no day 29"
        );
    }
}
