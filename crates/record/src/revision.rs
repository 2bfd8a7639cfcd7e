//! What is sent for sign-off, and what a signature stands for.

use std::fmt;
use std::str::FromStr;

use engine::Env;
use form::{Address, Answers, CheckId, FormHash, Hash, Name, canonical_json};
use serde::{Deserialize, Serialize};

use crate::actor::ActorRef;
use crate::ids::RecordId;
use crate::timestamp::Timestamp;
use crate::unwritable::Unwritable;

/// The record exactly as it was sent for sign-off. Never changed afterwards: a later change makes a new revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// The record it is of.
    pub record: RecordId,
    /// The first is 1.
    pub number: u32,
    /// The form it was filled in with.
    pub form: FormHash,
    /// The rule pack in force when the record began, if it keeps to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_pack: Option<Name>,
    /// The world as it was then: the day, the moment and the children.
    pub env: Env,
    /// The answers that were shown. What was hidden is not part of what is sent.
    pub answers: Answers,
    /// The warnings that stood, with the reasons given for each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acknowledgements: Vec<Acknowledged>,
    /// Who sent it.
    pub by: ActorRef,
    /// When.
    pub at: Timestamp,
}

/// The SHA-256 of a revision's canonical bytes: what a signature names.
///
/// It is worked out from a revision or read from where one was kept; there is no other way to have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, std::hash::Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RevisionHash(Hash);

impl Revision {
    /// The hash of the canonical bytes.
    ///
    /// # Errors
    /// [`Unwritable`], never in practice: everything in a revision can be written as JSON.
    pub fn hash(&self) -> Result<RevisionHash, Unwritable> {
        let bytes = canonical_json(self).map_err(|_| Unwritable)?;
        Ok(RevisionHash(Hash::of(&bytes)))
    }
}

impl fmt::Display for RevisionHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for RevisionHash {
    type Err = <Hash as FromStr>::Err;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A decision to let a warning stand, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// Where the warning stands.
    pub address: Address,
    /// Which check of the form gave it.
    pub check: CheckId,
    /// What it said. If it says something else later, the acknowledgement no longer counts.
    pub message: String,
    /// Why it was let stand, for the manager to read.
    pub reason: String,
}

/// An [`Acknowledgement`] with who made it, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// What was acknowledged.
    pub what: Acknowledgement,
    /// Who let it stand.
    pub by: ActorRef,
    /// When.
    pub at: Timestamp,
}

/// One person's signature under one revision, at one stage of its sign-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// What is signed.
    pub revision: RevisionHash,
    /// The role in which it is signed, as the form names it.
    pub role: Name,
    /// The stage, counted from 0.
    pub stage: u16,
    /// Who signs.
    pub by: ActorRef,
    /// When.
    pub at: Timestamp,
}
