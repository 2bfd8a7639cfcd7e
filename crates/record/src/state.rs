//! A record as its events leave it: the fold of them, and nothing else.
//!
//! The next event is applied to what is there already; nothing is folded again. `fold.rs` has how.

use std::collections::BTreeMap;

use engine::{Env, Subject};
use feel::Date;
use form::{Address, Answers, Name, RowKey, Stage};

use crate::actor::ActorRef;
use crate::draft::{Draft, DraftHash};
use crate::event::{Created, FormRef, Head};
use crate::ids::{EventId, PersonId, RecordId, Seq};
use crate::moved::Move;
use crate::round::{Return, Round};
use crate::status::Status;
use crate::timestamp::Timestamp;
use crate::unwritable::Unwritable;

/// A record as it stands.
///
/// INVARIANT: every round's signatures name that round's revision, each stage is signed by another person, and no
/// signer is an author. Events that would say otherwise do not fold.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub(crate) record: RecordId,
    pub(crate) created: Created,
    pub(crate) form: FormRef,
    pub(crate) rule_pack: Option<Name>,
    pub(crate) moves: Vec<Move>,
    pub(crate) began: Date,
    pub(crate) created_at: Timestamp,
    pub(crate) changed_at: Timestamp,
    pub(crate) status: Status,
    pub(crate) draft: Draft,
    pub(crate) rounds: Vec<Round>,
    pub(crate) authors: Vec<ActorRef>,
    pub(crate) head: Head,
    pub(crate) known: BTreeMap<EventId, Known>,
}

/// What is remembered of an event, to know a command that is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) seq: Seq,
    pub(crate) by: PersonId,
    pub(crate) noted_at: Timestamp,
}

impl State {
    /// Which record it is.
    pub fn record(&self) -> RecordId {
        self.record
    }

    /// What it began with: form, children, team.
    pub fn created(&self) -> &Created {
        &self.created
    }

    /// The form it is filled in with: the one it began with, or the version that it moved to last.
    pub fn form(&self) -> &FormRef {
        &self.form
    }

    /// The rule pack it keeps to, if its form has any.
    pub fn rule_pack(&self) -> Option<&Name> {
        self.rule_pack.as_ref()
    }

    /// Its moves to later versions of its form, in order.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// Every version of its form that it was filled in with, in order; the last is [`State::form`].
    pub fn forms(&self) -> impl Iterator<Item = &FormRef> {
        let earlier = self.moves.iter().map(|earlier| &earlier.from);
        earlier.chain([&self.form])
    }

    /// The day it began, by the device of whoever started it.
    pub fn began(&self) -> Date {
        self.began
    }

    /// The children it is about.
    pub fn subjects(&self) -> &[Subject] {
        &self.created.subjects
    }

    /// When it was started.
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// When the last event happened.
    pub fn changed_at(&self) -> Timestamp {
        self.changed_at
    }

    /// Where it stands on its way to being signed.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The answers with who gave them, their conflicts and the warnings let stand.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The answers as they stand, for opening a session.
    pub fn answers(&self) -> &Answers {
        self.draft.answers()
    }

    /// What an edit of this question made now is made over.
    pub fn standing(&self, address: &Address) -> Vec<EventId> {
        self.draft.standing(address)
    }

    /// What the removal of this row made now takes with it.
    pub fn standing_in_row(&self, repeat: &Address, key: &RowKey) -> Vec<EventId> {
        self.draft.standing_in_row(repeat, key)
    }

    /// What somebody who sends the record for sign-off now has seen.
    ///
    /// # Errors
    /// [`Unwritable`], never in practice.
    pub fn draft_hash(&self) -> Result<DraftHash, Unwritable> {
        self.draft.hash()
    }

    /// Every round of sign-off, in order.
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// The round at hand, or the last there was.
    pub fn last_round(&self) -> Option<&Round> {
        self.rounds.last()
    }

    /// The last time the record was sent back: the round it ended, and what was said.
    pub fn last_return(&self) -> Option<(&Round, &Return)> {
        self.rounds
            .iter()
            .rev()
            .find_map(|round| Some((round, round.returned.as_ref()?)))
    }

    /// Everybody who wrote in it, in the order in which they first did. The first started it.
    pub fn authors(&self) -> &[ActorRef] {
        &self.authors
    }

    /// Did this person write in it?
    pub fn is_author(&self, person: PersonId) -> bool {
        self.authors.iter().any(|author| author.id == person)
    }

    /// How far it has come.
    pub fn head(&self) -> Head {
        self.head
    }

    /// The place of an event, if it is part of the record.
    pub fn seq_of(&self, event: EventId) -> Option<Seq> {
        self.known.get(&event).map(|known| known.seq)
    }

    /// The stage of sign-off at hand, while the record waits for one.
    pub fn stage(&self) -> Option<&Stage> {
        match self.status {
            Status::Waiting { stage, .. } => self.form.stages.get(usize::from(stage)),
            _ => None,
        }
    }

    /// The world in which the record is filled in at this moment.
    pub fn env(&self, now: Timestamp) -> Env {
        env(self.subjects(), self.rule_pack(), now)
    }
}

/// The world in which a record about these children, which keeps to this rule pack, is filled in at this moment.
pub fn env(subjects: &[Subject], rule_pack: Option<&Name>, now: Timestamp) -> Env {
    let local = now.in_london();
    Env {
        now: local,
        today: local.date(),
        subjects: subjects.to_vec(),
        rule_pack: rule_pack.cloned(),
    }
}
