//! What a widget is told about one place.

use form::{Answer, CheckId, Severity};
use smol_str::SmolStr;

use crate::tally::Tally;

/// Everything a widget shows of one place. It holds no rule: the engine has worked all of it out.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Its own condition holds. What is inside something hidden is not on the page either, whatever this says.
    pub shown: bool,
    /// Must be answered before the record is sent for sign-off.
    pub required: bool,
    /// Cannot be edited at present.
    pub read_only: bool,
    /// What people read.
    pub label: String,
    /// The line under the label.
    pub hint: Option<String>,
    /// The answer as entered, kept also while it is not shown; without one, the form's default.
    pub answer: Option<Answer>,
    /// The answer is the form's default: nobody has entered one.
    pub is_default: bool,
    /// A worked-out value, in words.
    pub value: Option<String>,
    /// Codes of the list that are not offered at present.
    pub withheld: Vec<SmolStr>,
    /// What is wrong, worst first.
    pub problems: Vec<Problem>,
    /// How far a section, group or row has come.
    pub tally: Tally,
}

/// Something wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub trouble: Trouble,
    /// When it stands in the way.
    pub severity: Severity,
    /// What the practitioner should do; starts with a verb where the form's designer wrote it so.
    pub message: String,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Required and blank.
    Missing,
    /// Cannot be read.
    Unreadable,
    /// A check does not hold.
    Check(CheckId),
}
