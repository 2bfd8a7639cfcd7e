//! Decisions about sign-off: sending a record, returning it, approving it, setting it aside.

use std::sync::Arc;

use engine::{At, Problem, Session, Trouble};
use form::{Address, Severity};

use super::{Case, written};
use crate::actor::{ActorRef, Permission};
use crate::draft::DraftHash;
use crate::event::{Approved, Body, Comment, Returned, Submitted, Voided};
use crate::places::Places;
use crate::refusal::{Fault, Needed, Refusal, Why};
use crate::return_reason::ReturnReason;
use crate::revision::{Acknowledged, Revision, RevisionHash, Signature};
use crate::round::Round;
use crate::status::Status;

impl Case<'_> {
    pub(super) fn submit(&self, draft: DraftHash) -> Result<Body, Refusal> {
        self.writable()?;
        if self.state.draft.hash()? != draft {
            return Err(Refusal::DraftChanged);
        }
        let session = self.session();
        let acknowledgements = self.ready(&session)?;
        let answers = session.submission();
        self.files.all_of(self.form, &answers)?;
        let number = u32::try_from(self.state.rounds.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let revision = Revision {
            record: self.state.record,
            number,
            form: self.form.hash(),
            rule_pack: self.state.rule_pack.clone(),
            env: session.env().clone(),
            answers,
            acknowledgements,
            by: ActorRef::from(self.actor),
            at: self.now,
        };
        Ok(Body::Submitted(Submitted {
            revision: Arc::new(revision),
        }))
    }

    /// The acknowledgements of the warnings that stand, if nothing else stands in the way.
    fn ready(&self, session: &Session) -> Result<Vec<Acknowledged>, Refusal> {
        let mut faults: Vec<Fault> = self.state.draft.conflicts().map(conflict).collect();
        let mut acknowledged = Vec::new();
        for (at, problem) in session.problems() {
            let why = match problem.severity {
                Severity::Submit => Why::Wrong,
                Severity::Warn => Why::Warning,
                Severity::Approve | Severity::Nudge => continue,
            };
            let Some(address) = session.address(at) else {
                continue;
            };
            match (self.let_stand(&address, &problem), why) {
                (Some(found), Why::Warning) => acknowledged.push(found.clone()),
                _ => faults.push(Fault {
                    address,
                    why,
                    message: problem.message,
                }),
            }
        }
        if faults.is_empty() {
            Ok(acknowledged)
        } else {
            Err(Refusal::NotReady(faults))
        }
    }

    fn let_stand(&self, address: &Address, problem: &Problem) -> Option<&Acknowledged> {
        match problem.trouble {
            Trouble::Check(check) => self.state.draft.acknowledgement(address, check, &problem.message),
            Trouble::Missing | Trouble::Unreadable => None,
        }
    }

    pub(super) fn send_back(
        &self,
        revision: RevisionHash,
        reasons: &[ReturnReason],
        note: &str,
        comments: &[Comment],
    ) -> Result<Body, Refusal> {
        let (stage, round) = self.decidable(revision)?;
        if reasons.is_empty() {
            return Err(Refusal::NoReason);
        }
        if reasons.contains(&ReturnReason::Other) {
            written(note, Needed::Note)?;
        }
        let sent = round.revision();
        let places = Places {
            form: self.form,
            subjects: &sent.env.subjects,
            rows: &sent.answers.rows,
        };
        for (index, comment) in comments.iter().enumerate() {
            places.find(&comment.address)?;
            written(&comment.text, Needed::Comment)?;
            let earlier = self.state.rounds.iter().filter_map(Round::returned);
            let mut earlier = earlier
                .flat_map(|returned| &returned.threads)
                .map(|thread| &thread.comment);
            let mut others = comments.iter().skip(index + 1);
            if others.any(|other| other.id == comment.id) || earlier.any(|other| other.id == comment.id) {
                return Err(Refusal::CommentExists);
            }
        }
        let mut reasons = reasons.to_vec();
        reasons.sort_unstable();
        reasons.dedup();
        Ok(Body::Returned(Returned {
            revision,
            stage,
            reasons,
            note: note.to_owned(),
            comments: comments.to_vec(),
        }))
    }

    pub(super) fn approve(&self, revision: RevisionHash, oversight: &str) -> Result<Body, Refusal> {
        let (stage, round) = self.decidable(revision)?;
        let oversight = written(oversight, Needed::Oversight)?;
        let session = self.session_of(round.revision());
        let stops = |(_, problem): &(At, Problem)| problem.severity == Severity::Approve;
        let faults: Vec<Fault> = session
            .problems()
            .into_iter()
            .filter(stops)
            .filter_map(|(at, problem)| {
                Some(Fault {
                    address: session.address(at)?,
                    why: Why::Wrong,
                    message: problem.message,
                })
            })
            .collect();
        if !faults.is_empty() {
            return Err(Refusal::NotApprovable(faults));
        }
        self.files.all_of(self.form, &round.revision().answers)?;
        let role = self.state.stage().ok_or(Refusal::NotWaiting)?.role.clone();
        let signature = Signature {
            revision,
            role,
            stage,
            by: ActorRef::from(self.actor),
            at: self.now,
        };
        Ok(Body::Approved(Approved { signature, oversight }))
    }

    /// The stage and round that the person may decide on, if it is this revision that waits for them.
    fn decidable(&self, revision: RevisionHash) -> Result<(u16, &Round), Refusal> {
        self.allowed(Permission::DecideSignOff)?;
        self.not_final()?;
        let Status::Waiting {
            revision: waiting,
            stage,
            ..
        } = self.state.status
        else {
            return Err(Refusal::NotWaiting);
        };
        self.state.impartial(self.actor.id)?;
        if !self
            .state
            .stage()
            .is_some_and(|stage| self.actor.holds(&stage.role))
        {
            return Err(Refusal::OtherRole);
        }
        if revision != waiting {
            return Err(Refusal::RevisionChanged);
        }
        let round = self.state.last_round().ok_or(Refusal::NotWaiting)?;
        Ok((stage, round))
    }

    pub(super) fn void(&self, reason: &str) -> Result<Body, Refusal> {
        self.allowed(Permission::VoidRecords)?;
        self.not_final()?;
        // While it waits it is in the hands of those who decide on it.
        if let Status::Waiting { .. } = self.state.status
            && !self.actor.may(Permission::DecideSignOff)
        {
            return Err(Refusal::Waiting);
        }
        let reason = written(reason, Needed::Reason)?;
        Ok(Body::Voided(Voided { reason }))
    }
}

fn conflict(address: &Address) -> Fault {
    let message = "Decide between the answers that stand here".to_owned();
    Fault {
        address: address.clone(),
        why: Why::Conflict,
        message,
    }
}
