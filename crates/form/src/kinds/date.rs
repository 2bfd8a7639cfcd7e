//! `date`: a day, entered part by part.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::{as_entered, wrong_shape};
use crate::answer::{Answer, DateParts};
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A day, or as much of it as is known where the definition allows that.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Date {
    /// Is a month and year, or a year alone, an answer too?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
    /// May the person say that the date is estimated?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
}

/// As much of a date as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Day(feel::Date),
    Month(u8, u16),
    Year(u16),
}

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
    let month = month_name(date.month());
    format!("{weekday} {} {month} {}", date.day(), date.year())
}

fn month_name(month: u8) -> &'static str {
    let index = usize::from(month).checked_sub(1);
    index
        .and_then(|index| MONTHS.get(index))
        .copied()
        .unwrap_or_default()
}

impl Known {
    fn in_words(self) -> String {
        match self {
            Self::Day(day) => in_words(day),
            Self::Month(month, year) => format!("{} {year}", month_name(month)),
            Self::Year(year) => year.to_string(),
        }
    }
}

/// Reads a whole day, or says what to enter. Shared with `date_time`.
pub(super) fn read_day(parts: &DateParts) -> Result<feel::Date, String> {
    match read_known(parts, false)? {
        Known::Day(day) => Ok(day),
        Known::Month(..) | Known::Year(_) => Err(wrong_shape()),
    }
}

/// Reads the parts, or says what to enter.
fn read_known(parts: &DateParts, partial: bool) -> Result<Known, String> {
    let [day, month, year] = [&parts.day, &parts.month, &parts.year].map(|part| part.trim());
    let no_month = month.is_empty() && !(partial && day.is_empty());
    let missing: Vec<&str> = [
        (day.is_empty() && !partial, "a day"),
        (no_month, "a month"),
        (year.is_empty(), "a year"),
    ]
    .into_iter()
    .filter_map(|(is_missing, name)| is_missing.then_some(name))
    .collect();
    if !missing.is_empty() {
        return Err(format!("Enter {} for the date", missing.join(" and ")));
    }
    let year = match year.parse::<u16>() {
        Ok(number) if year.len() == 4 && number >= 1800 => number,
        _ => return Err("Enter the year as 4 digits, such as 2026".to_owned()),
    };
    if month.is_empty() {
        return Ok(Known::Year(year));
    }
    let month = read_month(month).ok_or("Enter the month as a number from 1 to 12, or its name")?;
    if day.is_empty() {
        return Ok(Known::Month(month, year));
    }
    let date = day.parse::<u8>().ok().filter(|day| (1..=31).contains(day));
    let day = date.ok_or("Enter the day as a number from 1 to 31")?;
    let date = feel::Date::new(i32::from(year), month, day);
    date.map(Known::Day).ok_or_else(|| {
        format!(
            "Enter a day that exists: {} {year} has no day {day}",
            month_name(month)
        )
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
    const SETTINGS: &'static [SettingSpec] = &[
        SettingSpec {
            name: "partial",
            kind: SettingKind::Flag,
            required: false,
            doc: "Takes a month and year, or a year alone, where no more is known. Expressions see only a whole date.",
        },
        SettingSpec {
            name: "estimated",
            kind: SettingKind::Flag,
            required: false,
            doc: "Lets the person say that the date is estimated.",
        },
    ];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {
            partial: settings.flag("partial"),
            estimated: settings.flag("estimated"),
        })
    }

    fn value_type(&self) -> Type {
        Type::Date
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let Answer::Date(parts) = answer else {
            return Err(wrong_shape());
        };
        Ok(match read_known(parts, self.partial)? {
            Known::Day(day) => Value::Date(day),
            // Compared with a day, half a date would be wrong as often as right.
            Known::Month(..) | Known::Year(_) => Value::Null,
        })
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let Answer::Date(parts) = answer else {
            return as_entered(answer);
        };
        let told = read_known(parts, self.partial).map_or_else(|_| as_entered(answer), Known::in_words);
        if parts.estimated {
            format!("{told} (estimated)")
        } else {
            told
        }
    }

    fn ask(&self) -> &'static str {
        "Enter a date"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let parts = |day: &str, month: &str, year: &str| DateParts {
            day: day.into(),
            month: month.into(),
            year: year.into(),
            estimated: false,
        };
        let partial = Self {
            partial: true,
            estimated: true,
        };
        let estimated = DateParts {
            estimated: true,
            ..parts("", "11", "2026")
        };
        vec![
            (
                Self::default(),
                Answer::Date(parts("19", "11", "2026")),
                "Thursday 19 November 2026",
            ),
            (
                Self::default(),
                Answer::Date(parts("1", "sept", "2026")),
                "Tuesday 1 September 2026",
            ),
            (
                Self::default(),
                Answer::Date(parts("31", "2", "2026")),
                "31/2/2026",
            ),
            (
                partial.clone(),
                Answer::Date(estimated),
                "November 2026 (estimated)",
            ),
            (partial, Answer::Date(parts("", "", "2019")), "2019"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(day: &str, month: &str, year: &str) -> DateParts {
        DateParts {
            day: day.into(),
            month: month.into(),
            year: year.into(),
            estimated: false,
        }
    }

    #[test]
    fn of_a_partial_date_the_smaller_parts_may_be_missing() {
        let read = |day: &str, month: &str, year: &str| read_known(&parts(day, month, year), true);
        assert_eq!(read("", "nov", "2026"), Ok(Known::Month(11, 2026)));
        assert_eq!(read("", "", "2026"), Ok(Known::Year(2026)));
        assert_eq!(read("2", "", "2026"), Err("Enter a month for the date".into()));
        assert_eq!(read("", "11", ""), Err("Enter a year for the date".into()));
        assert_eq!(
            read("2", "", ""),
            Err("Enter a month and a year for the date".into())
        );
    }

    #[test]
    fn each_mistake_is_told_apart() {
        let read = |day: &str, month: &str, year: &str| {
            read_day(&parts(day, month, year))
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
