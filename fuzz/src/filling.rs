//! Filling in a form: the world it is done in, and all that a session says.

use engine::{At, Env, Session, Subject, View};
use feel::{Date, DateTime, Value};
use form::{Address, RowKey};

/// A world with two children in it, one of them unborn.
pub fn env() -> Env {
    let today = Date::UNIX_EPOCH;
    let now = DateTime::new(today, feel::Time::MIDNIGHT.with_offset(Some(feel::Offset::UTC)));
    let child = |name: &str| {
        Some(Subject {
            id: RowKey::new(name).ok()?,
            first_name: name.to_owned(),
            family_name: "Testerton".to_owned(),
            born: None,
            expected: None,
        })
    };
    let mut subjects: Vec<Subject> = ["jordan", "casey"].into_iter().filter_map(child).collect();
    if let Some(first) = subjects.first_mut() {
        first.born = Some(today);
    }
    Env {
        now,
        today,
        subjects,
        rule_pack: None,
    }
}

/// What a session says of a place, in terms that mean the same in every session.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Where a person's answer to it is kept.
    pub address: Option<Address>,
    /// What a widget shows.
    pub view: Option<View>,
    /// Is it on the page?
    pub shown: bool,
    /// What expressions see.
    pub value: Value,
}

/// All that a session says.
pub fn told(session: &Session) -> Vec<Told> {
    let tell = |at: At| Told {
        address: session.address(at),
        view: session.view(at),
        shown: session.is_shown(at),
        value: plain(session.value(at)),
    };
    session.places().into_iter().map(tell).collect()
}

/// A value without entities, whose numbers mean nothing outside their session.
fn plain(value: Value) -> Value {
    match value {
        Value::List(list) => Value::list(list.iter().cloned().map(plain)),
        Value::Entity(_) => Value::Boolean(true),
        other => other,
    }
}
