//! One round of sign-off: a revision, who signed it, and what was said if it was returned.

use std::sync::Arc;

use form::Address;

use crate::actor::ActorRef;
use crate::event::{Approved, Comment};
use crate::ids::{CommentId, PersonId};
use crate::return_reason::ReturnReason;
use crate::revision::{Revision, RevisionHash};
use crate::timestamp::Timestamp;

/// A revision that was sent for sign-off, and what came of it. Rounds are added, and those before the last never
/// change.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub(crate) revision: Arc<Revision>,
    pub(crate) hash: RevisionHash,
    pub(crate) approvals: Vec<Approved>,
    pub(crate) returned: Option<Return>,
}

/// How a round ended, if the record was sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// Who sent it back.
    pub by: ActorRef,
    /// When.
    pub at: Timestamp,
    /// The stage at which it was returned, counted from 0.
    pub stage: u16,
    /// The coded reasons.
    pub reasons: Vec<ReturnReason>,
    /// What was asked for.
    pub note: String,
    /// What was said about single places, with the replies.
    pub threads: Vec<Thread>,
}

/// A comment, and what the authors replied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The comment.
    pub comment: Comment,
    /// The replies, in order.
    pub replies: Vec<Reply>,
}

/// An author's reply to a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Who replied.
    pub by: ActorRef,
    /// When.
    pub at: Timestamp,
    /// What they say.
    pub text: String,
}

impl Round {
    /// What was sent.
    pub fn revision(&self) -> &Arc<Revision> {
        &self.revision
    }

    /// What a signature of it names.
    pub fn hash(&self) -> RevisionHash {
        self.hash
    }

    /// The signatures under it with their oversight notes, one for each stage approved, in order.
    pub fn approvals(&self) -> &[Approved] {
        &self.approvals
    }

    /// Why it was sent back, if it was.
    pub fn returned(&self) -> Option<&Return> {
        self.returned.as_ref()
    }

    /// Has this person signed it, at any stage?
    pub fn signed_by(&self, person: PersonId) -> bool {
        self.approvals
            .iter()
            .any(|approval| approval.signature.by.id == person)
    }
}

impl Return {
    /// What was said about a place.
    pub fn about(&self, address: &Address) -> impl Iterator<Item = &Thread> {
        self.threads
            .iter()
            .filter(move |thread| thread.comment.address == *address)
    }

    /// How many comments no author has replied to.
    pub fn unanswered(&self) -> usize {
        self.threads
            .iter()
            .filter(|thread| thread.replies.is_empty())
            .count()
    }

    pub(crate) fn thread_mut(&mut self, comment: CommentId) -> Option<&mut Thread> {
        self.threads
            .iter_mut()
            .find(|thread| thread.comment.id == comment)
    }
}
