//! Sign-off stages and clocks: who must look at a record, and by when.

use feel::Expr;
use serde::{Deserialize, Serialize};

use crate::ids::{NodeId, TermId};
use crate::name::Name;

/// One stage of sign-off, in order. Each is decided by someone who decided none before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// The role that decides, such as `team_manager`.
    pub role: Name,
    /// How long after being sent for sign-off it is due; where rule packs say so, the latest of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
    /// What the rule packs say how soon it is due. A record has what its own pack says as `within`, and no term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<TermId>,
}

/// A statutory or local deadline that an answer starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// Its name.
    pub name: Name,
    /// What people read, such as "Write up".
    pub label: String,
    /// The date, or the date and time, that starts it.
    pub starts: NodeId,
    /// It runs only while this holds in the record itself; blank is no. Without a condition it always runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// How long it runs; where rule packs say so, the latest of them.
    pub due: Span,
    /// What the rule packs say how long it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<TermId>,
}

/// A length of time as the guidance counts it.
///
/// Working days are those of England and Wales (Banking and Financial Dealings Act 1971); hours are elapsed
/// hours; months end on the same day of the month, or the last one there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Until the end of the Nth working day after the day it started.
    WorkingDays(u16),
    /// Calendar days.
    Days(u16),
    /// Elapsed hours.
    Hours(u16),
    /// Weeks of seven days.
    Weeks(u16),
    /// Calendar months.
    Months(u16),
}
