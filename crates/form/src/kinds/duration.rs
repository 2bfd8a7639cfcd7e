//! `duration`: how long something took or lasts.

use feel::{Days, ListId, Months, Type, Value};
use serde::{Deserialize, Serialize};

use super::{as_entered, compound};
use crate::answer::Answer;
use crate::compound::{Compound, Named};
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids::Table;
use crate::lists::CodeList;

/// A length of time, with a part for each unit, named after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Duration {
    /// What it is measured in, the largest first: units of the calendar, or of the clock, never both.
    pub units: Vec<Unit>,
}

/// What time is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Twelve months.
    Years,
    /// Months of the calendar.
    Months,
    /// Seven days.
    Weeks,
    /// Days of 24 hours.
    Days,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
}

impl Unit {
    /// Every unit, the largest first.
    pub const ALL: [Self; 6] = [
        Self::Years,
        Self::Months,
        Self::Weeks,
        Self::Days,
        Self::Hours,
        Self::Minutes,
    ];

    /// Its name, which is that of its part.
    pub fn name(self) -> &'static str {
        match self {
            Self::Years => "years",
            Self::Months => "months",
            Self::Weeks => "weeks",
            Self::Days => "days",
            Self::Hours => "hours",
            Self::Minutes => "minutes",
        }
    }

    /// What people read above its box.
    pub fn label(self) -> &'static str {
        match self {
            Self::Years => "Years",
            Self::Months => "Months",
            Self::Weeks => "Weeks",
            Self::Days => "Days",
            Self::Hours => "Hours",
            Self::Minutes => "Minutes",
        }
    }

    /// Is it measured by the calendar, where it has no certain length?
    fn is_of_calendar(self) -> bool {
        matches!(self, Self::Years | Self::Months)
    }

    /// How many of the smallest unit it is: months, or seconds.
    fn size(self) -> i64 {
        match self {
            Self::Years => 12,
            Self::Months => 1,
            Self::Weeks => 7 * 86_400,
            Self::Days => 86_400,
            Self::Hours => 3_600,
            Self::Minutes => 60,
        }
    }
}

const UNITS: SettingSpec = SettingSpec {
    name: "units",
    kind: SettingKind::Text,
    required: false,
    doc: "What it is measured in: some of \"weeks days hours minutes\", or of \"years months\". \
        Hours and minutes if not given.",
};

/// So much of a unit, as people say it: "1 hour", "2 hours".
fn count(amount: i64, unit: Unit) -> String {
    match amount {
        1 => format!("1 {}", unit.name().trim_end_matches('s')),
        many => format!("{many} {}", unit.name()),
    }
}

impl Duration {
    fn is_of_calendar(&self) -> bool {
        self.units.first().is_some_and(|unit| unit.is_of_calendar())
    }

    /// The amounts that were entered, by their unit.
    fn amounts(&self, named: &Named) -> Result<Vec<(Unit, i64)>, String> {
        let entered = self.units.iter().map(|&unit| (unit, named.get(unit.name())));
        let entered = entered.filter(|(_, text)| !text.is_empty());
        let amounts: Vec<(Unit, i64)> = entered
            .map(|(unit, text)| {
                let digits = text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
                let amount = digits.then(|| text.parse::<i64>().ok()).flatten();
                amount
                    .map(|amount| (unit, amount))
                    .ok_or_else(|| format!("Enter the {} as a whole number", unit.name()))
            })
            .collect::<Result<_, _>>()?;
        if amounts.is_empty() {
            return Err(self.ask().to_owned());
        }
        Ok(amounts)
    }
}

/// A length of time as people say it: "2 hours 30 minutes".
pub(super) fn days_in_words(days: Days) -> String {
    let whole = [
        (days.days(), Unit::Days),
        (days.hours(), Unit::Hours),
        (days.minutes(), Unit::Minutes),
    ];
    in_words(&whole, Unit::Minutes)
}

/// A length of time as people say it: "1 year 6 months".
pub(super) fn months_in_words(months: Months) -> String {
    in_words(
        &[(months.years(), Unit::Years), (months.months(), Unit::Months)],
        Unit::Months,
    )
}

fn in_words(amounts: &[(i64, Unit)], smallest: Unit) -> String {
    let parts = amounts.iter().filter(|(amount, _)| *amount != 0);
    let parts: Vec<String> = parts.map(|&(amount, unit)| count(amount, unit)).collect();
    if parts.is_empty() {
        return count(0, smallest);
    }
    parts.join(" ")
}

impl FieldKind for Duration {
    const NAME: &'static str = "duration";
    const DOC: &'static str = "How long something took or lasts, with a box for each unit.";
    const SETTINGS: &'static [SettingSpec] = &[UNITS];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let bad = |message: String| SettingError {
            setting: UNITS.name,
            message,
        };
        let words = settings.text(UNITS.name).unwrap_or("hours minutes");
        let mut units = Vec::new();
        for word in words.split_whitespace() {
            let unit = Unit::ALL.into_iter().find(|unit| unit.name() == word);
            let unit = unit.ok_or_else(|| {
                bad(format!(
                    "`{word}` is no unit of time; there are years, months, weeks, days, hours and minutes"
                ))
            })?;
            units.push(unit);
        }
        units.sort_unstable();
        units.dedup();
        let of_calendar = units.iter().filter(|unit| unit.is_of_calendar()).count();
        if units.is_empty() {
            return Err(bad("say at least one unit, such as \"hours\"".to_owned()));
        }
        if of_calendar != 0 && of_calendar != units.len() {
            return Err(bad(
                "months are not of one length, so years and months cannot stand beside weeks, days, hours or minutes"
                    .to_owned(),
            ));
        }
        Ok(Self { units })
    }

    fn value_type(&self) -> Type {
        if self.is_of_calendar() {
            Type::Months
        } else {
            Type::Days
        }
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let amounts = self.amounts(&compound(answer)?.named)?;
        let total = amounts
            .into_iter()
            .map(|(unit, amount)| amount * unit.size())
            .sum();
        Ok(if self.is_of_calendar() {
            Value::Months(Months::new(total))
        } else {
            Value::Days(Days::from_seconds(total))
        })
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let amounts = compound(answer).and_then(|parts| self.amounts(&parts.named));
        match amounts {
            Ok(amounts) => {
                let parts = amounts.into_iter().map(|(unit, amount)| count(amount, unit));
                parts.collect::<Vec<_>>().join(" ")
            }
            Err(_) => as_entered(answer),
        }
    }

    fn ask(&self) -> &'static str {
        "Enter how long"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let hours = Self {
            units: vec![Unit::Hours, Unit::Minutes],
        };
        let years = Self {
            units: vec![Unit::Years, Unit::Months],
        };
        let answer = |parts| Answer::Compound(Compound::named(parts));
        vec![
            (
                hours.clone(),
                answer([("hours", "1"), ("minutes", "30")]),
                "1 hour 30 minutes",
            ),
            (hours, answer([("hours", "a few"), ("minutes", "")]), "a few"),
            (years, answer([("years", "2"), ("months", "")]), "2 years"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(units: &[Unit], parts: [(&str, &str); 2]) -> String {
        let kind = Duration {
            units: units.to_vec(),
        };
        let read = kind.read(&Answer::Compound(Compound::named(parts)), &Table::default());
        read.map_or_else(|message| message, |value| value.to_string())
    }

    #[test]
    fn a_length_of_time_is_the_sum_of_its_parts() {
        let clock = [Unit::Hours, Unit::Minutes];
        assert_eq!(read(&clock, [("hours", "1"), ("minutes", "90")]), "PT2H30M");
        assert_eq!(read(&clock, [("hours", ""), ("minutes", "0")]), "PT0S");
        assert_eq!(read(&[Unit::Weeks], [("weeks", "2"), ("hours", "9")]), "P14D");
        let calendar = [Unit::Years, Unit::Months];
        assert_eq!(read(&calendar, [("years", "1"), ("months", "18")]), "P2Y6M");
    }

    #[test]
    fn what_is_no_amount_is_refused_with_what_to_do() {
        let clock = [Unit::Hours, Unit::Minutes];
        for text in ["1.5", "-1", "two", "100000"] {
            let told = read(&clock, [("hours", text), ("minutes", "5")]);
            assert_eq!(told, "Enter the hours as a whole number", "{text}");
        }
        assert_eq!(read(&clock, [("days", "1"), ("minutes", " ")]), "Enter how long");
    }

    #[test]
    fn a_worked_out_length_is_told_in_words() {
        assert_eq!(
            days_in_words(Days::from_seconds(93_660)),
            "1 day 2 hours 1 minute"
        );
        assert_eq!(days_in_words(Days::from_seconds(0)), "0 minutes");
        assert_eq!(months_in_words(Months::new(18)), "1 year 6 months");
    }
}
