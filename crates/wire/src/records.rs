//! Starting a record, asking for things to be done to it, and learning what happened.

use form::{Address, FormHash, Hash, RowKey};
use record::{Command, Event, EventId, Fault, Head, RecordId, Refusal, Seq, Timestamp};
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::limits;
use crate::problem::Problem;

/// Starts a record about children who are on file. Sent again, it is the same record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
pub struct StartRecord {
    /// The id of its first event, made by the device.
    #[validate(custom(function = "limits::event_id"))]
    pub id: EventId,
    /// The record's id, made by the device.
    #[validate(custom(function = "limits::record_id"))]
    pub record: RecordId,
    /// When the person started it, by their device's clock.
    pub noted_at: Timestamp,
    /// The form to fill in.
    pub form: FormHash,
    /// The children, in the order in which they are written about.
    #[validate(length(min = 1, max = 20, message = "Choose from 1 to 20 children"))]
    pub subjects: Vec<RowKey>,
}

/// Asks for things to be done to a record, in this order. One that is refused stops no other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
pub struct PostCommands {
    /// The place up to and with which the sender knows the record's events.
    #[serde(default)]
    pub after: Seq,
    /// What is asked for. Those taken before are taken once.
    #[validate(
        length(
            min = 1,
            max = "limits::MAX_COMMANDS",
            message = "Send from 1 to 500 commands"
        ),
        custom(function = "limits::commands")
    )]
    pub commands: Vec<Command>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Posted {
    /// One for each command, in order. A command leaves its outbox when it is named here, and not before.
    pub outcomes: Vec<Outcome>,
    /// The events that the sender did not know, those that came of the commands among them.
    pub events: Vec<Event>,
    /// The last event of the record, given here or not.
    pub head: Head,
}

/// Events of a record, one after another, and how far it has come.
///
/// A server may give fewer than there are; whoever is not at the head yet asks again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Events {
    /// The events after the place that was known.
    pub events: Vec<Event>,
    /// The last event of the record, given here or not.
    pub head: Head,
}

/// Which files of a record have arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    /// The hashes of their contents.
    pub files: Vec<Hash>,
}

/// What came of one command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The receipt: it is kept for good.
    Taken {
        /// The command.
        id: EventId,
        /// The place of the event that came of it.
        seq: Seq,
    },
    /// Nothing came of it. It goes to the tray of what needs a person's attention.
    Refused {
        /// The command.
        id: EventId,
        /// Why.
        refused: Refused,
    },
}

/// Why nothing came of a command: a [`Refusal`] as it is sent, and as it waits in the tray.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// [`Refusal::code`].
    pub code: String,
    /// A sentence for the person.
    pub message: String,
    /// The place it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// What is to be put right, if that is why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}

impl From<&Refusal> for Refused {
    fn from(refusal: &Refusal) -> Self {
        Self {
            code: refusal.code().to_owned(),
            message: refusal.to_string(),
            address: refusal.address().cloned(),
            faults: refusal.faults().to_vec(),
        }
    }
}

impl Outcome {
    /// The outcome of a command.
    pub fn of(id: EventId, result: &Result<Seq, Refusal>) -> Self {
        match result {
            Ok(seq) => Self::Taken { id, seq: *seq },
            Err(refusal) => Self::Refused {
                id,
                refused: Refused::from(refusal),
            },
        }
    }

    /// Which command it is the outcome of.
    pub fn id(&self) -> EventId {
        match self {
            Self::Taken { id, .. } | Self::Refused { id, .. } => *id,
        }
    }
}

impl Posted {
    /// What a server answers: what came of the commands and what is new, or a problem if nothing came of any.
    ///
    /// # Errors
    /// The [`Problem`] that the first refusal is, with all of this in it, so that whoever sent a batch reads it as if
    /// it were the answer.
    pub fn answer(results: &[(EventId, Result<Seq, Refusal>)], news: Events) -> Result<Self, Box<Problem>> {
        let outcomes = results
            .iter()
            .map(|(id, result)| Outcome::of(*id, result))
            .collect();
        let posted = Self {
            outcomes,
            events: news.events,
            head: news.head,
        };
        let mut refusals = results.iter().map(|(_, result)| result.as_ref().err());
        match refusals.next().flatten() {
            Some(first) if refusals.all(|refusal| refusal.is_some()) => {
                let posted = Some(Box::new(posted));
                Err(Box::new(Problem {
                    posted,
                    ..Problem::from(first)
                }))
            }
            _ => Ok(posted),
        }
    }
}
