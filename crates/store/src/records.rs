//! Records: their events for ever, and a summary of each, by which lists find it.

use std::collections::BTreeSet;

use async_trait::async_trait;
use form::{Name, RowKey};
use record::{Event, EventId, Head, PersonId, RecordId, Seq, Status, Summary, TeamId, Timestamp};

use crate::Error;

/// What is to be added to a record: all of it, or nothing.
#[derive(Clone, Copy, Debug)]
pub struct Append<'a> {
    /// Where the record stood when this was decided; nothing for its beginning.
    pub after: Option<Head>,
    /// What happened, in order. At least one, and each follows from the one before.
    pub events: &'a [Event],
    /// The record as they leave it.
    pub summary: &'a Summary,
}

/// Which records are sought. Each part that is set narrows what is found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sought {
    /// Those that someone may see.
    pub seen_by: Reach,
    /// Those that this person wrote in.
    pub author: Option<PersonId>,
    /// Those about this child.
    pub child: Option<RowKey>,
    /// Those that are complete or set aside, or those that are not.
    pub finished: Option<bool>,
    /// Those that wait for the decision of one of these roles.
    pub awaits: Option<BTreeSet<Name>>,
}

/// How far someone sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Every team's records.
    #[default]
    EveryTeam,
    /// One team's, and those that a person wrote in.
    Team {
        /// The team.
        team: TeamId,
        /// The person.
        person: PersonId,
    },
}

/// A part of a list: the first so many, or those that follow what was shown before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The last record of the part before.
    pub after: Option<Mark>,
    /// How many at most.
    pub limit: u32,
}

/// A record's place in a list: the latest change comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// When its last event happened.
    pub changed_at: Timestamp,
    /// Which record, to tell those of one moment apart.
    pub record: RecordId,
}

/// Where records are kept.
#[async_trait]
pub trait Records {
    /// Adds events to a record, or begins one, and puts its summary in the place of the one before. When this returns,
    /// they are on the disk.
    ///
    /// # Errors
    /// [`Error::Conflict`] if the record does not stand where the events follow from; [`Error::Taken`] if an event of
    /// such an id is there, in whatever record; [`Error::Missing`] if the form was never published;
    /// [`Error::Refused`] if the events or the summary contradict each other.
    async fn append(&self, append: Append<'_>) -> Result<(), Error>;

    /// The events of a record after this place, in order; none if there is no such record.
    async fn events(&self, record: RecordId, after: Seq) -> Result<Vec<Event>, Error>;

    /// The record that an event is part of.
    async fn record_of(&self, event: EventId) -> Result<Option<RecordId>, Error>;

    /// The summary of a record.
    async fn summary(&self, record: RecordId) -> Result<Option<Summary>, Error>;

    /// The records sought, the one that changed last first.
    async fn summaries(&self, sought: &Sought, slice: Slice) -> Result<Vec<Summary>, Error>;

    /// The records after this one, in the order of their ids: all of which anything is kept.
    async fn ids(&self, after: Option<RecordId>, limit: u32) -> Result<Vec<RecordId>, Error>;
}

impl Mark {
    /// The place of a record.
    pub fn of(summary: &Summary) -> Self {
        Self {
            changed_at: summary.changed_at,
            record: summary.record,
        }
    }
}

/// The role whose decision a record waits for.
pub(crate) fn awaits(summary: &Summary) -> Option<&Name> {
    match summary.status {
        Status::Waiting { stage, .. } => Some(&summary.form.stages.get(usize::from(stage))?.role),
        _ => None,
    }
}

impl Append<'_> {
    /// Do the events and the summary agree with each other, and follow from `after`?
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut head = self.after;
        for event in self.events {
            if event.record != self.summary.record {
                return Err(Error::Refused("an event belongs to another record"));
            }
            if event.seq != head.map_or(Seq::NONE, |head| head.seq).next()
                || event.prev != head.map(|head| head.hash)
            {
                return Err(Error::Refused("an event does not follow from the one before it"));
            }
            head = Some(event.head());
        }
        if self.events.is_empty() {
            return Err(Error::Refused("there is nothing to add"));
        }
        if head != Some(self.summary.head) {
            return Err(Error::Refused("the summary is not of the last event"));
        }
        Ok(())
    }
}
