//! What of the world a form may ask for.

use feel::{Date, DateTime};
use form::{Name, RowKey};
use serde::{Deserialize, Serialize};

/// The world as it was when a record was opened.
///
/// A parameter, never read from the machine, so that a record can be worked out again years later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Env {
    /// The moment, in local time (Europe/London).
    pub now: DateTime,
    /// The day, in local time.
    pub today: Date,
    /// The children the record is about, in the order in which their blocks stand.
    pub subjects: Vec<Subject>,
    /// The rule pack that the record keeps to; without one, the form's latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_pack: Option<Name>,
}

/// A child a record is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The child's id, which also tells the child's answers from a sibling's.
    pub id: RowKey,
    /// First name, or what the child likes to be called.
    pub first_name: String,
    /// Family name.
    pub family_name: String,
    /// Date of birth; none while unborn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<Date>,
    /// Expected date of delivery, while unborn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Date>,
}

impl Subject {
    /// Given and family name.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.family_name)
            .trim()
            .to_owned()
    }
}
