//! `date_time`: a day and a time of it.

use feel::{DateTime as Moment, ListId, Offset, Time, Type, Value};
use serde::{Deserialize, Serialize};

use super::{as_entered, compound, date, time};
use crate::answer::{Answer, DateParts};
use crate::compound::{Compound, Named};
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A day and a time of it, as clocks in England and Wales show them. The parts are `day`, `month`, `year` and `time`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DateTime {}

fn read_moment(named: &Named) -> Result<Moment, String> {
    let day = date::read_day(&DateParts {
        day: named.get("day").to_owned(),
        month: named.get("month").to_owned(),
        year: named.get("year").to_owned(),
        estimated: false,
    })?;
    let time = time::read_minute(named.get("time"))?;
    in_london(day, time)
        .ok_or_else(|| "Enter a time that exists: on this night the clocks go from 01:00 to 02:00".to_owned())
}

/// The moment at which clocks in England and Wales show a time: Greenwich mean time, or an hour ahead of it in summer
/// time (Summer Time Act 1972 as amended by the Summer Time Order 2002, SI 2002/262). Nothing for a time that they leap
/// over; the first of the two where they show it twice.
fn in_london(day: feel::Date, time: Time) -> Option<Moment> {
    let (begins, ends) = (last_sunday(day.year(), 3)?, last_sunday(day.year(), 10)?);
    let leaps = day == begins && time.hour() == 1;
    let is_ahead = match time.hour() {
        0 | 1 => begins < day && day <= ends,
        _ => begins <= day && day < ends,
    };
    let offset = Offset::from_seconds(if is_ahead { 3600 } else { 0 });
    (!leaps).then(|| Moment::new(day, time.with_offset(offset)))
}

/// The last Sunday of a month of 31 days.
fn last_sunday(year: i32, month: u8) -> Option<feel::Date> {
    let last = feel::Date::new(year, month, 31)?;
    last.add_days(-i64::from(last.weekday() % 7))
}

/// The moment as people write it: "Thursday 19 November 2026, 14:30".
pub(super) fn in_words(moment: Moment) -> String {
    format!(
        "{}, {}",
        date::in_words(moment.date()),
        time::in_words(moment.time())
    )
}

impl FieldKind for DateTime {
    const NAME: &'static str = "date_time";
    const DOC: &'static str =
        "A day and a time of it, as clocks here show them. It can be compared with `now()`.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::DateTime
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        read_moment(&compound(answer)?.named).map(Value::DateTime)
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let Ok(parts) = compound(answer) else {
            return as_entered(answer);
        };
        read_moment(&parts.named).map_or_else(
            |_| {
                let parts = ["day", "month", "year"].map(|part| parts.named.get(part));
                let day = parts.join("/");
                format!(
                    "{day} {}",
                    compound(answer).map_or("", |parts| parts.named.get("time"))
                )
            },
            in_words,
        )
    }

    fn ask(&self) -> &'static str {
        "Enter a date and a time"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let answer = |day, time| {
            let parts = [("day", day), ("month", "11"), ("year", "2026"), ("time", time)];
            Answer::Compound(Compound::named(parts))
        };
        vec![
            (
                Self {},
                answer("19", "2.30pm"),
                "Thursday 19 November 2026, 14:30",
            ),
            (Self {}, answer("31", "noon"), "31/11/2026 noon"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(day: &str, month: &str, year: &str, time: &str) -> String {
        let parts = Compound::named([("day", day), ("month", month), ("year", year), ("time", time)]);
        let read = DateTime {}.read(&Answer::Compound(parts), &Table::default());
        read.map_or_else(|message| message, |value| value.to_string())
    }

    #[test]
    fn a_time_is_that_of_clocks_in_england() {
        assert_eq!(read("19", "11", "2026", "14:30"), "2026-11-19T14:30:00Z");
        assert_eq!(read("1", "6", "2026", "2pm"), "2026-06-01T14:00:00+01:00");
        // Clocks went forward on 29 March 2026 and go back on 25 October.
        assert_eq!(read("29", "3", "2026", "00:59"), "2026-03-29T00:59:00Z");
        assert_eq!(read("29", "3", "2026", "02:00"), "2026-03-29T02:00:00+01:00");
        assert_eq!(read("25", "10", "2026", "01:59"), "2026-10-25T01:59:00+01:00");
        assert_eq!(read("25", "10", "2026", "02:00"), "2026-10-25T02:00:00Z");
    }

    #[test]
    fn each_mistake_is_told_apart() {
        assert_eq!(read("", "3", "2026", "1pm"), "Enter a day for the date");
        assert_eq!(
            read("29", "3", "2026", ""),
            "Enter a time, such as 14:30 or 2:30pm"
        );
        let leapt = "Enter a time that exists: on this night the clocks go from 01:00 to 02:00";
        assert_eq!(read("29", "3", "2026", "01:30"), leapt);
    }
}
