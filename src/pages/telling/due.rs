//! What is due when, and how pressing that is.

use feel::Date;
use form::Span;
use record::{Due, Left};

use super::day::{clock, day};

/// By when: "By Monday 23 November", "By 14:00 on Monday 23 November".
pub(crate) fn by(due: Due, today: Date) -> String {
    match due {
        Due::EndOf(last) => format!("By {}", day(last, today)),
        Due::At(moment) => format!("By {} on {}", clock(moment), day(moment.day_in_london(), today)),
    }
}

/// The word of the style sheets for how pressing it is: of `tag`.
pub(crate) fn style(left: Left) -> &'static str {
    if left.is_over() {
        "late"
    } else if left.is_soon() {
        "soon"
    } else {
        ""
    }
}

/// For how long something has waited: "1 working day".
pub(crate) fn working_days(count: u32) -> String {
    record::Amount::WorkingDays(count).to_string()
}

/// A length of time: "2 working days".
pub(crate) fn within(span: Span) -> String {
    let several = |count: u16, what: &str| match count {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    };
    match span {
        Span::WorkingDays(count) => several(count, "working day"),
        Span::Days(count) => several(count, "day"),
        Span::Hours(count) => several(count, "hour"),
        Span::Weeks(count) => several(count, "week"),
        Span::Months(count) => several(count, "month"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::{Amount, Calendar, Timestamp};

    #[test]
    fn what_is_pressing_looks_so() {
        assert_eq!(style(Left::Over(Amount::WorkingDays(2))), "late");
        assert_eq!(style(Left::Today), "soon");
        assert_eq!(style(Left::Left(Amount::WorkingDays(1))), "soon");
        assert_eq!(style(Left::Left(Amount::WorkingDays(2))), "");
    }

    #[test]
    fn a_deadline_names_its_day_or_its_hour() {
        let today = Date::new(2026, 11, 19).unwrap();
        let moment: Timestamp = "2026-11-20T14:00:00.000Z".to_owned().try_into().unwrap();
        let two_days = Due::of_day(&Calendar::new(), today, Span::WorkingDays(2));
        assert_eq!(by(two_days, today), "By Monday 23 November");
        assert_eq!(by(Due::At(moment), today), "By 14:00 on Friday 20 November");
        assert_eq!(working_days(1), "1 working day");
        assert_eq!(within(Span::WorkingDays(2)), "2 working days");
        assert_eq!(within(Span::Months(1)), "1 month");
    }
}
