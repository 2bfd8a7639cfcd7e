//! The room that a form on paper leaves for an answer, by the kind of the question.

use form::{Aspect, Code, Form, Formula, Kind, NodeId};

use super::blank::When;

/// More options than these are written out by hand rather than ticked.
const MOST_TICKS: usize = 26;
/// The fewest lines of a box for an account: on paper nothing grows.
const FEWEST_LINES: u32 = 4;
/// How many people a list of them has room for.
const PEOPLE: usize = 4;

/// The room for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// One line, with what stands before and after it: a pound sign, a unit.
    Line {
        /// Before it.
        before: &'static str,
        /// After it.
        after: String,
        /// Does it take the whole width?
        long: bool,
    },
    /// Lines, each with its name: of an address, of a person.
    Lines(Vec<&'static str>),
    /// A day: day, month and year.
    Day,
    /// A time of day.
    Time,
    /// A day and a time.
    Moment,
    /// Amounts, each with its unit behind it.
    Amounts(Vec<&'static str>),
    /// So many ruled lines in a box.
    Account(u32),
    /// A child's own words, each with what was asked.
    Words,
    /// Boxes to tick.
    Ticks {
        /// May several be ticked?
        many: bool,
        /// What there is to tick.
        options: Vec<Tick>,
    },
    /// Numbers to circle one of, and what the ends mean.
    Scale {
        /// The numbers.
        steps: Vec<u32>,
        /// What the first means, and the last.
        ends: [Option<String>; 2],
    },
    /// Rows by columns.
    Grid {
        /// The rows, from above.
        rows: Vec<String>,
        /// The columns, from the left.
        columns: Vec<String>,
    },
    /// Somebody's name, who they are, and their signature.
    Signature,
    /// The outline of a child from the front and from the back, to mark.
    Figure,
    /// An empty sheet to draw on.
    Sheet,
    /// What is kept with the form, to be listed.
    Papers,
}

/// Something to tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tick {
    /// What it says.
    pub(crate) label: String,
    /// A line of explanation.
    pub(crate) hint: Option<String>,
    /// When it may be ticked, if not always.
    pub(crate) when: Option<String>,
}

impl Room {
    /// The room for an answer to this question; none if nobody answers it by hand.
    pub(crate) fn of(form: &Form, node: NodeId, kind: &Kind) -> Option<Self> {
        let line = |long: bool| Self::Line {
            before: "",
            after: String::new(),
            long,
        };
        let ticks = |many: bool| Self::Ticks {
            many,
            options: options(form, node, kind),
        };
        Some(match kind {
            Kind::Text(_) | Kind::Email(_) | Kind::Tags(_) => line(true),
            Kind::Phone(_) | Kind::NhsNumber(_) | Kind::Upn(_) => line(false),
            Kind::Number(kind) => Self::Line {
                before: "",
                after: kind.unit.clone().unwrap_or_default(),
                long: false,
            },
            Kind::Money(_) => Self::Line {
                before: "£",
                after: String::new(),
                long: false,
            },
            Kind::LongText(kind) => Self::Account(kind.rows.max(FEWEST_LINES)),
            Kind::Date(_) => Self::Day,
            Kind::Time(_) => Self::Time,
            Kind::DateTime(_) => Self::Moment,
            Kind::Duration(kind) => Self::Amounts(kind.units.iter().map(|unit| unit.label()).collect()),
            Kind::YesNo(_) | Kind::Choice(_) => ticks(false),
            Kind::Choices(_) | Kind::Declaration(_) => ticks(true),
            Kind::Code(kind) if form.lists.at(kind.list).codes.len() > MOST_TICKS => line(true),
            Kind::Code(_) => ticks(false),
            Kind::Scale(kind) => Self::Scale {
                steps: (kind.min..=kind.max).collect(),
                ends: [kind.low.clone(), kind.high.clone()],
            },
            Kind::Person(kind) if kind.name_only => Self::Lines(vec!["Name"]),
            Kind::Person(_) => Self::Lines(vec!["Name", "Who they are"]),
            Kind::People(_) => Self::Grid {
                rows: (1..=PEOPLE).map(|number| number.to_string()).collect(),
                columns: vec!["Name".to_owned(), "Who they are".to_owned()],
            },
            Kind::Address(_) => Self::Lines(vec!["Address", "", "Town", "Postcode"]),
            Kind::Table(kind) => Self::Grid {
                rows: labels(&kind.rows),
                columns: labels(&kind.columns),
            },
            Kind::Timetable(kind) => Self::Grid {
                rows: labels(&kind.days()),
                columns: labels(&kind.parts),
            },
            Kind::Quote(_) => Self::Words,
            Kind::Drawing(_) => Self::Sheet,
            Kind::BodyMap(_) => Self::Figure,
            Kind::Attachment(_) => Self::Papers,
            Kind::Signature(_) => Self::Signature,
            Kind::Computed(_) | Kind::Echo(_) | Kind::Note(_) => return None,
        })
    }

    /// Is it so little that it can stand in a cell of a table?
    pub(crate) fn fits_a_cell(&self) -> bool {
        match self {
            Self::Line { .. } | Self::Day | Self::Time => true,
            Self::Lines(names) => names.len() == 1,
            Self::Ticks { options, .. } => {
                let letters: usize = options.iter().map(|tick| tick.label.chars().count()).sum();
                options.len() <= 4 && letters <= 40
            }
            _ => false,
        }
    }
}

fn labels(codes: &[Code]) -> Vec<String> {
    codes.iter().map(|code| code.label.clone()).collect()
}

fn options(form: &Form, node: NodeId, kind: &Kind) -> Vec<Tick> {
    let codes = kind.list().map(|list| form.lists.at(list).codes.as_slice());
    let codes = codes.unwrap_or_default().iter().enumerate();
    codes
        .map(|(index, code)| Tick {
            label: code.label.clone(),
            hint: code.hint.clone(),
            when: offered(form, node, index),
        })
        .collect()
}

/// When an option may be chosen, if not always.
fn offered(form: &Form, node: NodeId, index: usize) -> Option<String> {
    let aspect = Aspect::Offered(u16::try_from(index).ok()?);
    let mut rules = form.rules.values();
    let rule = rules.find(|rule| rule.target == node && rule.aspect == aspect)?;
    match &rule.formula {
        Formula::Expr(expr) => When::of(form, expr).words(),
        Formula::Text(_) => None,
    }
}
