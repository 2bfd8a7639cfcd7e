//! Decisions about what authors write: answers, rows, warnings let stand, replies.

use form::{Address, Answer, Aspect, Repeat, RowKey, Severity};

use super::{Case, written};
use crate::actor::Permission;
use crate::event::{Answered, Body, Replied, RowAdded, RowRemoved};
use crate::ids::{CommentId, EventId};
use crate::refusal::{Needed, Refusal};
use crate::revision::Acknowledgement;
use crate::status::Status;

impl Case<'_> {
    /// May the person write in the record, and does it take writing at present?
    pub(super) fn writable(&self) -> Result<(), Refusal> {
        self.allowed(Permission::WriteRecords)?;
        self.not_final()?;
        if self.state.status.takes_edits() {
            Ok(())
        } else {
            Err(Refusal::Waiting)
        }
    }

    pub(super) fn answer(
        &self,
        address: &Address,
        answer: Option<&Answer>,
        over: &[EventId],
    ) -> Result<Body, Refusal> {
        self.writable()?;
        let node = self.places().find(address)?;
        let field = self.form.field(node);
        if field.is_none_or(|field| field.read_only || !field.kind.answered()) {
            return Err(Refusal::NotAQuestion(address.clone()));
        }
        let answer = answer.filter(|answer| !answer.is_blank());
        let gives_way = self.state.draft.gives_way(address, answer, over);
        let edit = Answered {
            address: address.clone(),
            answer: answer.cloned(),
            over: over.to_vec(),
        };
        Ok(if gives_way {
            Body::Answered(edit)
        } else {
            Body::Conflicting(edit)
        })
    }

    pub(super) fn add_row(
        &self,
        address: &Address,
        key: &RowKey,
        before: Option<&RowKey>,
    ) -> Result<Body, Refusal> {
        self.writable()?;
        let repeat = self.repeat(address)?;
        if self.state.draft.has_row(address, key) {
            return Err(Refusal::RowExists(address.clone()));
        }
        let there = self.state.answers().rows.get(address).map_or(0, Vec::len);
        if there >= usize::from(repeat.max) {
            return Err(Refusal::TooManyRows(address.clone()));
        }
        // The row it was to stand before may have been removed meanwhile. That is no reason to lose the new one.
        let before = before
            .filter(|before| self.state.draft.has_row(address, before))
            .cloned();
        Ok(Body::RowAdded(RowAdded {
            address: address.clone(),
            key: key.clone(),
            before,
        }))
    }

    pub(super) fn remove_row(
        &self,
        address: &Address,
        key: &RowKey,
        over: &[EventId],
    ) -> Result<Body, Refusal> {
        self.writable()?;
        self.repeat(address)?;
        if !self.state.draft.has_row(address, key) {
            return Err(Refusal::NoSuchRow(address.clone()));
        }
        if !self.state.draft.row_is_seen(address, key, over) {
            return Err(Refusal::RowNotSeen(address.clone()));
        }
        Ok(Body::RowRemoved(RowRemoved {
            address: address.clone(),
            key: key.clone(),
        }))
    }

    /// The repeat at an address, if people add its rows.
    fn repeat(&self, address: &Address) -> Result<&Repeat, Refusal> {
        let node = self.places().find(address)?;
        let repeat = self.form.repeat(node).filter(|repeat| !repeat.for_each_child);
        repeat.ok_or_else(|| Refusal::NotARepeat(address.clone()))
    }

    pub(super) fn acknowledge(&self, what: &Acknowledgement) -> Result<Body, Refusal> {
        self.writable()?;
        let node = self.places().find(&what.address)?;
        // Whether the warning stands at this moment does not matter: it counts only if it stands when the record is
        // sent, and then only if it still says the same.
        let warns = self
            .form
            .checks
            .get(what.check)
            .is_some_and(|check| check.severity == Severity::Warn);
        let stands_here = |rule: &form::Rule| rule.aspect == Aspect::Check(what.check) && rule.target == node;
        if !warns || !self.form.rules.values().any(stands_here) {
            return Err(Refusal::NoSuchWarning(what.address.clone()));
        }
        written(&what.reason, Needed::Reason)?;
        Ok(Body::Acknowledged(what.clone()))
    }

    pub(super) fn reply(&self, comment: CommentId, text: &str) -> Result<Body, Refusal> {
        self.writable()?;
        let Status::Returned { .. } = self.state.status else {
            return Err(Refusal::NotReturned);
        };
        let returned = self.state.last_round().and_then(|round| round.returned());
        let threads = returned.map_or(&[][..], |returned| &returned.threads);
        if !threads.iter().any(|thread| thread.comment.id == comment) {
            return Err(Refusal::NoSuchComment);
        }
        let text = written(text, Needed::Comment)?;
        Ok(Body::Replied(Replied { comment, text }))
    }
}
