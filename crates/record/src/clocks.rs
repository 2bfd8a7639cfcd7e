//! The deadlines that a record's answers have started.

use engine::Session;
use feel::{Calendar, Date, Value};
use form::{Clock, Name, Span};
use serde::{Deserialize, Serialize};

use crate::due::Due;
use crate::timestamp::Timestamp;

/// A clock that an answer has started. When it is due is worked out when it is asked, because a government may
/// declare a holiday at any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The clock's name.
    pub name: Name,
    /// What people read, such as "Write up".
    pub label: String,
    /// The day it started.
    pub from: Date,
    /// The moment it started, where the answer says the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// How long it runs.
    pub span: Span,
}

impl Running {
    /// When it is due.
    pub fn due(&self, calendar: &Calendar) -> Due {
        match self.at {
            Some(at) => Due::of(calendar, at, self.span),
            None => Due::of_day(calendar, self.from, self.span),
        }
    }
}

/// The clocks of a form that its answers have started, in the form's order, as the rule pack of their record has them.
/// A date that cannot be read, or is not shown, starts none; nor does one whose clock has a condition that does not
/// hold.
pub fn clocks(session: &Session) -> Vec<Running> {
    let clocks = session.form().clocks.iter();
    clocks.filter_map(|clock| running(session, clock)).collect()
}

/// The day that a record is about: that on which the first of its form's clocks starts, whether or not it runs.
pub fn happened(session: &Session) -> Option<Date> {
    let clocks = session.form().clocks.iter();
    let mut starts = clocks.filter_map(|clock| session.start_of(clock));
    match starts.next()? {
        Value::Date(day) => Some(day),
        Value::DateTime(moment) => Some(moment.date()),
        _ => None,
    }
}

fn running(session: &Session, clock: &Clock) -> Option<Running> {
    let form = session.form();
    let (from, at) = match session.running(clock)? {
        Value::Date(day) => (day, None),
        Value::DateTime(moment) => (moment.date(), Timestamp::of(moment).ok()),
        _ => return None,
    };
    Some(Running {
        name: clock.name.clone(),
        label: clock.label.clone(),
        from,
        at,
        span: form.length(clock, session.env().rule_pack.as_ref()),
    })
}
