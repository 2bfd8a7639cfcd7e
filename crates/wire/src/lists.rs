//! The two lists that people work from: their own records, and those that wait for their decision.

use engine::Subject;
use feel::Date;
use form::RowKey;
use record::{Actor, ActorRef, Calendar, Due, Head, Left, RecordId, Sent, Status, Summary, Timestamp};
use serde::{Deserialize, Serialize};

use crate::records::Refused;

/// A person's own records: those they wrote in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkList {
    /// What is due first, first; then what has no date, and what is complete, the latest first.
    pub items: Vec<WorkItem>,
}

/// One of a person's own records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkItem {
    /// The record.
    pub record: RecordId,
    /// The form's title.
    pub title: String,
    /// The children it is about.
    pub children: Vec<ChildName>,
    /// Where it stands.
    pub status: Status,
    /// The day it is about, if its form has a clock that starts on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<Date>,
    /// When anything last happened to it.
    pub changed_at: Timestamp,
    /// How it was last sent for sign-off, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
    /// How many times it was returned.
    pub returns: u32,
    /// Questions at which two people's answers stand against each other.
    pub conflicts: u32,
    /// Comments that nobody has replied to.
    pub unanswered: u32,
    /// When the next thing is due: writing up while it is written, the decision while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// How much time is left until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Left>,
    /// How far it has come: a device that is not as far has something to fetch.
    pub head: Head,
}

/// The records that wait for a person's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffList {
    /// What is due first, first; what has no date last, the longest waiting first.
    pub items: Vec<SignOffItem>,
}

/// A record that waits for a person's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffItem {
    /// The record.
    pub record: RecordId,
    /// The form's title.
    pub title: String,
    /// The children it is about.
    pub children: Vec<ChildName>,
    /// The day it is about, if its form has a clock that starts on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<Date>,
    /// Who started it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<ActorRef>,
    /// How it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
    /// How many times it was returned.
    pub returns: u32,
    /// Since when it waits at this stage.
    pub since: Timestamp,
    /// For how many working days it has waited at this stage.
    pub waited: u32,
    /// When the decision is due, if its form says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// How much time is left until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Left>,
    /// Why somebody else must decide on it, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barred: Option<Refused>,
    /// How far it has come.
    pub head: Head,
}

/// A child, as lists name one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildName {
    /// The child.
    pub id: RowKey,
    /// First name, or what the child likes to be called.
    pub first_name: String,
    /// Family name.
    pub family_name: String,
}

impl From<&Subject> for ChildName {
    fn from(child: &Subject) -> Self {
        Self {
            id: child.id.clone(),
            first_name: child.first_name.clone(),
            family_name: child.family_name.clone(),
        }
    }
}

impl WorkList {
    /// The list of a person, out of these records.
    pub fn of<'a>(
        actor: &Actor,
        records: impl IntoIterator<Item = &'a Summary>,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Self {
        let own = |summary: &&Summary| summary.authors.iter().any(|author| author.id == actor.id);
        let own = records.into_iter().filter(own);
        Self::new(own.map(|summary| WorkItem::of(summary, calendar, now)).collect())
    }

    /// The list of these, in its order.
    pub fn new(mut items: Vec<WorkItem>) -> Self {
        let dated = |item: &WorkItem| item.due.map_or(Timestamp::LAST, Due::passes_at);
        items.sort_by_key(|item| {
            (
                dated(item),
                item.status.is_final(),
                std::cmp::Reverse(item.changed_at),
            )
        });
        Self { items }
    }
}

impl WorkItem {
    /// The line of one record.
    pub fn of(summary: &Summary, calendar: &Calendar, now: Timestamp) -> Self {
        let due = summary.due(calendar);
        Self {
            record: summary.record,
            title: summary.form.title.clone(),
            children: summary.subjects.iter().map(ChildName::from).collect(),
            status: summary.status,
            happened: summary.day(),
            changed_at: summary.changed_at,
            sent: summary.sent.clone(),
            returns: summary.returns,
            conflicts: summary.conflicts,
            unanswered: summary.unanswered,
            due,
            left: due.map(|due| Left::until(calendar, due, now)),
            head: summary.head,
        }
    }
}

impl SignOffList {
    /// The list of a person, out of these records.
    pub fn of<'a>(
        actor: &Actor,
        records: impl IntoIterator<Item = &'a Summary>,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Self {
        let waiting = records.into_iter().filter(|summary| summary.waits_for(actor));
        let items = waiting.filter_map(|summary| SignOffItem::of(actor, summary, calendar, now));
        let mut items: Vec<SignOffItem> = items.collect();
        let dated = |item: &SignOffItem| item.due.map_or(Timestamp::LAST, Due::passes_at);
        items.sort_by_key(|item| (dated(item), item.since));
        Self { items }
    }
}

impl SignOffItem {
    /// The line of one record; none if it does not wait.
    fn of(actor: &Actor, summary: &Summary, calendar: &Calendar, now: Timestamp) -> Option<Self> {
        let Status::Waiting { since, .. } = summary.status else {
            return None;
        };
        let due = summary.due(calendar);
        let waited = calendar.count(since.day_in_london(), now.day_in_london());
        Some(Self {
            record: summary.record,
            title: summary.form.title.clone(),
            children: summary.subjects.iter().map(ChildName::from).collect(),
            happened: summary.day(),
            author: summary.authors.first().cloned(),
            sent: summary.sent.clone(),
            returns: summary.returns,
            since,
            waited: u32::try_from(waited).unwrap_or(0),
            due,
            left: due.map(|due| Left::until(calendar, due, now)),
            barred: summary.bars(actor).map(|refusal| Refused::from(&refusal)),
            head: summary.head,
        })
    }
}
