//! The deadlines that a record's answers have started.

use engine::Session;
use feel::{Calendar, Date, Value};
use form::{Clock, Name, Span};
use serde::{Deserialize, Serialize};

use crate::due::Due;

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
    /// How long it runs.
    pub span: Span,
}

impl Running {
    /// When it is due.
    pub fn due(&self, calendar: &Calendar) -> Due {
        Due::of_day(calendar, self.from, self.span)
    }
}

/// The clocks of a form that its answers have started, in the form's order, as the rule pack of their record has them.
/// A date that cannot be read, or is not shown, starts none.
pub fn clocks(session: &Session) -> Vec<Running> {
    let clocks = session.form().clocks.iter();
    clocks.filter_map(|clock| running(session, clock)).collect()
}

fn running(session: &Session, clock: &Clock) -> Option<Running> {
    let form = session.form();
    let at = session.find(&form.address(clock.starts, &[])?)?;
    let Value::Date(from) = session.value(at) else {
        return None;
    };
    Some(Running {
        name: clock.name.clone(),
        label: clock.label.clone(),
        from,
        span: form.length(clock, session.env().rule_pack.as_ref()),
    })
}
