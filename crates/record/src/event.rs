//! What happened to a record: one event after another, each sealed to the one before it.

use std::sync::Arc;

use engine::Subject;
use form::{Address, Answer, Form, FormHash, Hash, Name, RowKey, Stage, canonical_json};
use serde::{Deserialize, Serialize};

use crate::actor::ActorRef;
use crate::ids::{CommentId, EventId, RecordId, Seq, TeamId};
use crate::moved::Moved;
use crate::return_reason::ReturnReason;
use crate::revision::{Acknowledgement, Revision, RevisionHash, Signature};
use crate::timestamp::Timestamp;
use crate::unwritable::Unwritable;

/// One thing that happened to a record.
///
/// The serialised shape is kept for decades: fields are added with a default, never renamed or removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The command that asked for it has the same id.
    pub id: EventId,
    /// The record it happened to.
    pub record: RecordId,
    /// Its place in the record.
    pub seq: Seq,
    /// Who did it.
    pub actor: ActorRef,
    /// When the server took it.
    pub at: Timestamp,
    /// When the person did it, by their device's clock.
    pub noted_at: Timestamp,
    /// What happened.
    pub body: Body,
    /// The hash of the event before it; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prev: Option<EventHash>,
    /// The hash of all of the above.
    pub hash: EventHash,
}

/// The SHA-256 of an event's canonical bytes, all but the hash itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, std::hash::Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventHash(pub Hash);

/// How far a record has come: its last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The last event's place.
    pub seq: Seq,
    /// The last event's hash, which seals all before it.
    pub hash: EventHash,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The record was started. Always the first event, and only the first.
    Created(Created),
    /// A question was answered, or its answer cleared. It takes the place of the answer there was.
    Answered(Answered),
    /// A question was answered by someone who had not seen the answer there was. Both are kept until a person decides.
    Conflicting(Answered),
    /// A row was added to a repeat.
    RowAdded(RowAdded),
    /// A row was taken out of a repeat, with what was in it.
    RowRemoved(RowRemoved),
    /// A warning was let stand, with a reason.
    Acknowledged(Acknowledgement),
    /// The record was sent for sign-off.
    Submitted(Submitted),
    /// The record was sent back to its authors.
    Returned(Returned),
    /// An author replied to a comment.
    Replied(Replied),
    /// An author took the record along to a later version of its form.
    Moved(Moved),
    /// A stage of sign-off was approved.
    Approved(Approved),
    /// The record was set aside as made in error.
    Voided(Voided),
}

/// How a record began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Created {
    /// The form it is filled in with, unless an author moves it to a later version.
    pub form: FormRef,
    /// The children it is about, as they were known then.
    pub subjects: Vec<Subject>,
    /// The team it belongs to.
    pub team: TeamId,
    /// The rule pack in force, if the form keeps to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_pack: Option<Name>,
}

/// What of a form a record must know without reading the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormRef {
    /// Which form, exactly.
    pub hash: FormHash,
    /// Its name.
    pub name: Name,
    /// Its version.
    pub version: u32,
    /// What people read.
    pub title: String,
    /// The stages of its sign-off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
}

impl FormRef {
    /// What a record must know that is filled in with this form and keeps to this rule pack.
    pub fn of(form: &Form, rule_pack: Option<&Name>) -> Self {
        Self {
            hash: form.hash(),
            name: form.name.clone(),
            version: form.version,
            title: form.title.clone(),
            stages: form.stages_under(rule_pack),
        }
    }
}

/// An answer, and which answers its author had before them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The question.
    pub address: Address,
    /// As entered; none if it was cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// The edits of this question that its author saw standing, and meant to replace.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub over: Vec<EventId>,
}

/// A row that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowAdded {
    /// The repeat.
    pub address: Address,
    /// The new row's key.
    pub key: RowKey,
    /// The row it stands before; at the end if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<RowKey>,
}

/// A row that was taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowRemoved {
    /// The repeat.
    pub address: Address,
    /// The row's key.
    pub key: RowKey,
}

/// What was sent for sign-off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submitted {
    /// All of it. Shared, because it is large and never changes.
    pub revision: Arc<Revision>,
}

/// Why a record was sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// What was read.
    pub revision: RevisionHash,
    /// The stage at which it was returned, counted from 0.
    pub stage: u16,
    /// At least one.
    pub reasons: Vec<ReturnReason>,
    /// What the manager asks for, in their own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What they say about single answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
}

/// A remark on one place of a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Tells it from others, so that it can be replied to.
    pub id: CommentId,
    /// The question, repeat, row or section it is about.
    pub address: Address,
    /// What is said.
    pub text: String,
}

/// An author's reply to a [`Comment`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replied {
    /// What is replied to.
    pub comment: CommentId,
    /// The reply.
    pub text: String,
}

/// A stage that was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// The signature under the revision.
    pub signature: Signature,
    /// Why this decision, and what happens next, in the manager's words.
    pub oversight: String,
}

/// Why a record was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    /// In the words of whoever did it.
    pub reason: String,
}

/// An event before it has been given its place in the record.
pub(crate) struct Unsealed {
    pub(crate) id: EventId,
    pub(crate) record: RecordId,
    pub(crate) actor: ActorRef,
    pub(crate) at: Timestamp,
    pub(crate) noted_at: Timestamp,
    pub(crate) body: Body,
}

impl Unsealed {
    /// Puts the event after the head of its record, or first in it.
    pub(crate) fn seal(self, after: Option<Head>) -> Result<Event, Unwritable> {
        let Self {
            id,
            record,
            actor,
            at,
            noted_at,
            body,
        } = self;
        let seq = after.map_or(Seq::NONE, |head| head.seq).next();
        let prev = after.map(|head| head.hash);
        let content = Content {
            id,
            record,
            seq,
            actor: &actor,
            at,
            noted_at,
            body: &body,
            prev,
        };
        let hash = content.hash()?;
        Ok(Event {
            id,
            record,
            seq,
            actor,
            at,
            noted_at,
            body,
            prev,
            hash,
        })
    }
}

/// What an event's hash is the hash of.
#[derive(Serialize)]
struct Content<'a> {
    id: EventId,
    record: RecordId,
    seq: Seq,
    actor: &'a ActorRef,
    at: Timestamp,
    noted_at: Timestamp,
    body: &'a Body,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev: Option<EventHash>,
}

impl Content<'_> {
    fn hash(&self) -> Result<EventHash, Unwritable> {
        let bytes = canonical_json(self).map_err(|_| Unwritable)?;
        Ok(EventHash(Hash::of(&bytes)))
    }
}

impl Event {
    /// The hash that the event's content has, whatever it says of itself.
    ///
    /// # Errors
    /// [`Unwritable`], never in practice: everything in an event can be written as JSON.
    pub fn content_hash(&self) -> Result<EventHash, Unwritable> {
        let Self {
            id,
            record,
            seq,
            actor,
            at,
            noted_at,
            body,
            prev,
            hash: _,
        } = self;
        let (id, record, seq, at, noted_at, prev) = (*id, *record, *seq, *at, *noted_at, *prev);
        Content {
            id,
            record,
            seq,
            actor,
            at,
            noted_at,
            body,
            prev,
        }
        .hash()
    }

    /// Where the record stands once this has happened.
    pub fn head(&self) -> Head {
        Head {
            seq: self.seq,
            hash: self.hash,
        }
    }
}

impl Body {
    /// Does doing this make one an author of the record? Whoever only reads and decides is none.
    pub fn is_authorship(&self) -> bool {
        !matches!(self, Self::Returned(_) | Self::Approved(_) | Self::Voided(_))
    }
}
