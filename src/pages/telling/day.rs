//! Days and moments as people say them: "Thursday 19 November", "yesterday", "Friday 20 November, 09:12".

use feel::{Date, Value};
use form::{Kind, Table, kinds};
use record::Timestamp;

/// The day with its year: "Thursday 19 November 2026".
pub(crate) fn in_full(day: Date) -> String {
    // The kind of field knows how days are written, so that there is one way of writing them.
    Kind::Date(kinds::Date::default()).tell_value(&Value::Date(day), &Table::default())
}

/// The day with its year, where nobody asks for the day of the week: "19 November 2026".
pub(crate) fn plain(day: Date) -> String {
    let full = in_full(day);
    full.split_once(' ')
        .map(|(_, plain)| plain.to_owned())
        .unwrap_or(full)
}

/// The day, with its year only where that is another than today's: "Thursday 19 November".
pub(crate) fn day(day: Date, today: Date) -> String {
    let full = in_full(day);
    if day.year() == today.year() {
        let year = format!(" {}", day.year());
        full.strip_suffix(&year).map(str::to_owned).unwrap_or(full)
    } else {
        full
    }
}

/// The day, by its distance where that is a day or less: "today", "yesterday", "tomorrow".
pub(crate) fn near(when: Date, today: Date) -> String {
    match when.days_since_1970() - today.days_since_1970() {
        0 => "today".to_owned(),
        -1 => "yesterday".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => day(when, today),
    }
}

/// What clocks in England and Wales showed: "09:12".
pub(crate) fn clock(at: Timestamp) -> String {
    let time = at.in_london().time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The day and what clocks showed: "Friday 20 November, 09:12".
pub(crate) fn moment(at: Timestamp, today: Date) -> String {
    format!("{}, {}", day(at.day_in_london(), today), clock(at))
}

/// The moment with its year, for what is read years later: "Friday 20 November 2026, 09:12".
pub(crate) fn moment_in_full(at: Timestamp) -> String {
    format!("{}, {}", in_full(at.day_in_london()), clock(at))
}

/// The moment, by its distance where that is a day or less: "today, 14:02".
pub(crate) fn near_moment(at: Timestamp, today: Date) -> String {
    format!("{}, {}", near(at.day_in_london(), today), clock(at))
}

/// A text as the beginning of a sentence: "Today".
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    #[test]
    fn the_year_is_said_only_where_it_is_not_this_one() {
        let today = on(2026, 11, 19);
        assert_eq!(day(on(2026, 11, 12), today), "Thursday 12 November");
        assert_eq!(day(on(2025, 12, 31), today), "Wednesday 31 December 2025");
        assert_eq!(in_full(today), "Thursday 19 November 2026");
    }

    #[test]
    fn days_close_by_are_told_by_their_distance() {
        let today = on(2026, 1, 1);
        let told: Vec<String> = [-2, -1, 0, 1, 2]
            .map(|days| near(today.add_days(days).unwrap(), today))
            .into();
        assert_eq!(
            told,
            [
                "Tuesday 30 December 2025",
                "yesterday",
                "today",
                "tomorrow",
                "Saturday 3 January"
            ]
        );
    }

    #[test]
    fn moments_are_told_as_clocks_in_england_showed_them() {
        let summer: Timestamp = "2026-07-01T23:30:00.000Z".to_owned().try_into().unwrap();
        assert_eq!(moment(summer, on(2026, 7, 5)), "Thursday 2 July, 00:30");
        assert_eq!(near_moment(summer, on(2026, 7, 3)), "yesterday, 00:30");
        assert_eq!(moment_in_full(summer), "Thursday 2 July 2026, 00:30");
    }

    #[test]
    fn a_sentence_begins_with_a_capital() {
        assert_eq!(["", "today", "éa"].map(capital), ["", "Today", "Éa"]);
    }
}
