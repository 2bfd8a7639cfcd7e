//! `time`: a time of day.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::as_entered;
use super::text::typed;
use crate::answer::Answer;
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A time of day, to the minute.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Time {}

/// Reads "14:30", "14.30", "1430", "2:30pm", "2pm" and "2 pm" as hour and minute.
fn read_time(text: &str) -> Option<(u8, u8)> {
    let lower = text.trim().to_lowercase();
    let (clock, half) = match lower
        .strip_suffix('m')
        .and_then(|rest| rest.strip_suffix(['a', 'p']))
    {
        Some(rest) => (rest.trim_end(), Some(lower.ends_with("pm"))),
        None => (lower.as_str(), None),
    };
    let (hour, minute) = match clock.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if clock.len() > 2 => clock.split_at_checked(clock.len() - 2)?,
        // A bare "14" may be an hour or a slip; only "2pm" says which.
        None => (half.map(|_| clock)?, "0"),
    };
    let two_digits = |part: &str| {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u8>().ok()).flatten()
    };
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    let hour = match half {
        Some(afternoon) if (1..=12).contains(&hour) => hour % 12 + if afternoon { 12 } else { 0 },
        Some(_) => return None,
        None => hour,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// Reads a time of day, or says what to enter. Shared with `date_time`.
pub(super) fn read_minute(text: &str) -> Result<feel::Time, String> {
    let time = read_time(text).and_then(|(hour, minute)| feel::Time::new(hour, minute, 0));
    time.ok_or_else(|| "Enter a time, such as 14:30 or 2:30pm".to_owned())
}

/// The time as people write it: "14:30".
pub(super) fn in_words(time: feel::Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

impl FieldKind for Time {
    const NAME: &'static str = "time";
    const DOC: &'static str = "A time of day, to the minute: 14:30 or 2:30pm.";

    fn build(_: &dyn Settings) -> Result<Self, SettingError> {
        Ok(Self {})
    }

    fn value_type(&self) -> Type {
        Type::Time
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        read_minute(typed(answer)?).map(Value::Time)
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let time = typed(answer).and_then(read_minute);
        time.map_or_else(|_| as_entered(answer), in_words)
    }

    fn ask(&self) -> &'static str {
        "Enter a time"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        vec![
            (Self {}, Answer::Text("2:30pm".into()), "14:30"),
            (Self {}, Answer::Text("half two".into()), "half two"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::read_time;

    #[test]
    fn times_are_read_as_people_write_them() {
        let same = [
            ("14:30", 14, 30),
            ("14.30", 14, 30),
            ("1430", 14, 30),
            ("2:30pm", 14, 30),
            ("2.30 PM", 14, 30),
        ];
        let more = [
            ("9am", 9, 0),
            ("12am", 0, 0),
            ("12pm", 12, 0),
            ("930", 9, 30),
            ("00:00", 0, 0),
        ];
        for (text, hour, minute) in same.into_iter().chain(more) {
            assert_eq!(read_time(text), Some((hour, minute)), "{text}");
        }
        for text in [
            "", "14", "25:00", "12:60", "1:5", "13pm", "0am", "1:2:3", "é:30", "12345", "m", "pm", "-1:30",
        ] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }
}
