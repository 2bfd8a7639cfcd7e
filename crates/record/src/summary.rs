//! A record in a few lines: what lists show of it, without its answers.
//!
//! It can be worked out again from the record at any time, so a store may keep it beside the events and a device may
//! make its own.

use std::sync::Arc;

use engine::{Session, Subject};
use feel::{Calendar, Date};
use form::Form;
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, ActorRef, Permission};
use crate::clocks::{Running, clocks, happened};
use crate::due::Due;
use crate::event::{FormRef, Head};
use crate::ids::{RecordId, TeamId};
use crate::refusal::Refusal;
use crate::round::Return;
use crate::state::State;
use crate::status::Status;
use crate::timestamp::Timestamp;

/// What lists show of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The record.
    pub record: RecordId,
    /// The form it is filled in with.
    pub form: FormRef,
    /// The children it is about.
    pub subjects: Vec<Subject>,
    /// The team it belongs to.
    pub team: TeamId,
    /// Where it stands.
    pub status: Status,
    /// Everybody who wrote in it, the one who started it first.
    pub authors: Vec<ActorRef>,
    /// Who has signed the revision at hand, stage by stage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed: Vec<ActorRef>,
    /// When it was started.
    pub created_at: Timestamp,
    /// When the last event happened.
    pub changed_at: Timestamp,
    /// How it was last sent for sign-off, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
    /// How many times it was returned.
    #[serde(default)]
    pub returns: u32,
    /// Questions at which two people's answers stand against each other.
    #[serde(default)]
    pub conflicts: u32,
    /// Comments of the last return that nobody has replied to.
    #[serde(default)]
    pub unanswered: u32,
    /// The deadlines its answers have started.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Running>,
    /// The day that it is about, as far as its answers tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<Date>,
    /// How far it has come.
    pub head: Head,
}

/// How a record was sent for sign-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Who sent it.
    pub by: ActorRef,
    /// When.
    pub at: Timestamp,
    /// The revision's number: 2 when it was sent for the second time.
    pub number: u32,
}

impl Summary {
    /// The summary of a record that is filled in with this form.
    pub fn of(state: &State, form: &Arc<Form>) -> Self {
        let last = state.last_round();
        let (clocks, happened) = dated(state, form);
        let sent = last.map(|round| round.revision());
        let approvals = last.map_or(&[][..], |round| round.approvals());
        let returns = state.rounds().iter().filter(|round| round.returned().is_some());
        let last_return = last.and_then(|round| round.returned());
        Self {
            record: state.record(),
            form: state.form().clone(),
            subjects: state.subjects().to_vec(),
            team: state.created().team,
            status: state.status(),
            authors: state.authors().to_vec(),
            signed: approvals
                .iter()
                .map(|approval| approval.signature.by.clone())
                .collect(),
            created_at: state.created_at(),
            changed_at: state.changed_at(),
            sent: sent.map(|sent| Sent {
                by: sent.by.clone(),
                at: sent.at,
                number: sent.number,
            }),
            returns: number(returns.count()),
            conflicts: number(state.draft().conflicts().len()),
            unanswered: number(last_return.map_or(0, Return::unanswered)),
            clocks,
            happened,
            head: state.head(),
        }
    }

    /// The day that the record is about. A summary that was kept before there was such a day has it of its first clock.
    pub fn day(&self) -> Option<Date> {
        self.happened.or_else(|| Some(self.clocks.first()?.from))
    }

    /// When the next thing is due: the decision, while it waits for one; else the first of the clocks its answers
    /// have started, while it is being written.
    pub fn due(&self, calendar: &Calendar) -> Option<Due> {
        match self.status {
            Status::Waiting { stage, since, .. } => {
                let within = self.form.stages.get(usize::from(stage))?.within?;
                Some(Due::of(calendar, since, within))
            }
            Status::Draft | Status::Returned { .. } => {
                let dues = self.clocks.iter().map(|clock| clock.due(calendar));
                dues.min_by_key(|due| due.passes_at())
            }
            Status::Approved { .. } | Status::Filed { .. } | Status::Voided { .. } => None,
        }
    }

    /// May this person see the record?
    pub fn may_be_seen_by(&self, actor: &Actor) -> bool {
        actor.may_see(self.team, &self.authors)
    }

    /// Does the record wait for a decision of this person's role?
    pub fn waits_for(&self, actor: &Actor) -> bool {
        let Status::Waiting { stage, .. } = self.status else {
            return false;
        };
        let stage = self.form.stages.get(usize::from(stage));
        let is_theirs = stage.is_some_and(|stage| actor.holds(&stage.role));
        is_theirs && actor.may(Permission::DecideSignOff) && self.may_be_seen_by(actor)
    }

    /// Why this person may not decide on it although their role may, if they may not.
    pub fn bars(&self, actor: &Actor) -> Option<Refusal> {
        let is_among = |people: &[ActorRef]| people.iter().any(|person| person.id == actor.id);
        if is_among(&self.authors) {
            Some(Refusal::OwnWork)
        } else if is_among(&self.signed) {
            Some(Refusal::DecidedBefore)
        } else {
            None
        }
    }
}

/// The clocks that run, and the day that the record is about. What a form shows may depend on the day, and then the day
/// of the last change counts.
fn dated(state: &State, form: &Arc<Form>) -> (Vec<Running>, Option<Date>) {
    if form.clocks.is_empty() {
        return (Vec::new(), None);
    }
    let env = state.env(state.changed_at());
    let session = Session::new(Arc::clone(form), env, state.answers());
    (clocks(&session), happened(&session))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
