//! A child's age, as one says it of a child: a baby's in days, weeks and months, from two in years.

use engine::Subject;
use feel::Date;

/// The age on a day: "14 years", "7 months", "3 weeks", "born today", "not born yet".
pub(crate) fn age(child: &Subject, on: Date) -> String {
    match child.born {
        Some(born) if born <= on => since(born, on),
        _ => "not born yet".to_owned(),
    }
}

/// The age as it stands after a name in a list: "14", but "7 months".
pub(crate) fn short(child: &Subject, on: Date) -> String {
    let age = age(child, on);
    age.strip_suffix(" years").map(str::to_owned).unwrap_or(age)
}

/// When the child was born, or is expected: "Born 21 June 2021".
pub(crate) fn birth(child: &Subject) -> Option<String> {
    let born = child.born.map(|day| format!("Born {}", super::day::plain(day)));
    born.or_else(|| {
        child
            .expected
            .map(|day| format!("Expected {}", super::day::plain(day)))
    })
}

fn since(born: Date, on: Date) -> String {
    let months = born.months_until(on);
    let (years, months) = (months.years(), months.years() * 12 + months.months());
    let days = on.days_since_1970() - born.days_since_1970();
    match (years, months, days) {
        (_, _, 0) => "born today".to_owned(),
        (_, 0, ..14) => several(days, "day"),
        (_, 0, _) => several(days / 7, "week"),
        (..2, ..) => several(months, "month"),
        _ => several(years, "year"),
    }
}

fn several(count: i64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::RowKey;

    fn child(born: Option<Date>) -> Subject {
        Subject {
            id: RowKey::new("a").unwrap(),
            first_name: "Maisie".into(),
            family_name: "Hale".into(),
            born,
            expected: None,
        }
    }

    #[test]
    fn the_unit_grows_with_the_child() {
        let on = Date::new(2026, 11, 19).unwrap();
        let age_of = |year, month, day| age(&child(Date::new(year, month, day)), on);
        assert_eq!(age_of(2026, 11, 19), "born today");
        assert_eq!(age_of(2026, 11, 18), "1 day");
        assert_eq!(age_of(2026, 11, 6), "13 days");
        assert_eq!(age_of(2026, 11, 5), "2 weeks");
        assert_eq!(age_of(2026, 10, 20), "4 weeks");
        assert_eq!(age_of(2026, 10, 19), "1 month");
        assert_eq!(age_of(2026, 4, 11), "7 months");
        assert_eq!(age_of(2024, 11, 20), "23 months");
        assert_eq!(age_of(2024, 11, 19), "2 years");
        assert_eq!(age_of(2021, 6, 21), "5 years");
        assert_eq!(age_of(2026, 11, 20), "not born yet");
        assert_eq!(age(&child(None), on), "not born yet");
        assert_eq!(
            birth(&child(Date::new(2021, 6, 21))).as_deref(),
            Some("Born 21 June 2021")
        );
        assert_eq!(short(&child(Date::new(2012, 3, 3)), on), "14");
        assert_eq!(short(&child(Date::new(2026, 4, 11)), on), "7 months");
    }
}
