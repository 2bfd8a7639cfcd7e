//! The deadlines that a record's answers have started.

use feel::{Date, Value};
use form::{Answers, Clock, Form, Name, Span};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Due};

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
        calendar.due_from_day(self.from, self.span)
    }
}

/// The clocks of a form that these answers have started, in the form's order, as the rule pack of their record has
/// them. A date that cannot be read starts none.
pub fn clocks(form: &Form, answers: &Answers, rule_pack: Option<&Name>) -> Vec<Running> {
    form.clocks
        .iter()
        .filter_map(|clock| running(form, answers, clock, rule_pack))
        .collect()
}

fn running(form: &Form, answers: &Answers, clock: &Clock, rule_pack: Option<&Name>) -> Option<Running> {
    let answer = answers.values.get(&form.address(clock.starts, &[])?)?;
    let Ok(Value::Date(from)) = form.field(clock.starts)?.kind.read(answer, &form.lists) else {
        return None;
    };
    Some(Running {
        name: clock.name.clone(),
        label: clock.label.clone(),
        from,
        span: form.length(clock, rule_pack),
    })
}
