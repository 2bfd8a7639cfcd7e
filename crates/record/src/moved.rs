//! Taking a record that is being written along to a later version of its form: what is said to have happened, and how
//! that is worked out from the two versions.
//!
//! A fold reads no forms, so the event says all that it must know: what stands elsewhere or in other codes, and what
//! has no place any more, word for word. What it does not name stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use form::{Address, Answer, CheckId, Form, Loss, Moving, Name, RowKey};
use serde::{Deserialize, Serialize};

use crate::actor::ActorRef;
use crate::decide::suits;
use crate::draft::{Draft, Rival};
use crate::event::FormRef;
use crate::ids::{CommentId, Seq};
use crate::refusal::Refusal;
use crate::state::State;
use crate::timestamp::Timestamp;

/// What became of a draft when it moved to a later version of its form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// What it is filled in with from here on.
    pub form: FormRef,
    /// The rule pack it keeps to from here on: the one it kept to, if the version has it, or the version's that was in
    /// force when the record began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_pack: Option<Name>,
    /// All rows, as the version has them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<Address, Vec<RowKey>>,
    /// The answers that stand elsewhere, or in other codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<Carried>,
    /// The answers that have no place in the version. They are in the record for good, here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<LeftBehind>,
    /// The warnings let stand that the version gives as well. The others must be looked at again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<StillStands>,
    /// The comments of the last return whose place is another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// A question's answer that stands elsewhere, or in other codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Where it was.
    pub from: Address,
    /// Where it is.
    pub to: Address,
    /// As it is; none if it was cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// The answers that stand against it, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rivals: Vec<Option<Answer>>,
}

/// A question's answer that has no place any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftBehind {
    /// Where it was.
    pub at: Address,
    /// The answer; none if it was cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// The answers that stood against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rivals: Vec<Option<Answer>>,
    /// Why it has none.
    pub why: Loss,
}

/// A warning let stand that both versions give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StillStands {
    /// Where it stood.
    pub from: Address,
    /// Which check of the old version gave it.
    pub was: CheckId,
    /// Where it stands.
    pub to: Address,
    /// Which check of the new version gives it.
    pub is: CheckId,
}

/// A comment whose place is another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The comment.
    pub comment: CommentId,
    /// What it is about now.
    pub at: Address,
}

/// A move as it is remembered.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// What the record was filled in with until then.
    pub from: FormRef,
    /// What became of it.
    pub moved: Moved,
    /// Who agreed to it.
    pub by: ActorRef,
    /// When.
    pub at: Timestamp,
    /// Its place in the record.
    pub seq: Seq,
}

impl LeftBehind {
    /// Everything that was written there, the answer first.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.answer.iter().chain(self.rivals.iter().flatten())
    }
}

impl Moved {
    /// What would become of a record's draft: what its writer is shown before they agree, and what happens if they do.
    ///
    /// # Errors
    /// [`Refusal::NotLater`] if the new form is no later version of the old one; [`Refusal::WrongChildren`] if it
    /// cannot be about the record's children.
    pub fn of(state: &State, old: &Form, new: &Form) -> Result<Self, Refusal> {
        let moving = Moving::new(old, new).map_err(|_| Refusal::NotLater)?;
        if new.version <= old.version {
            return Err(Refusal::NotLater);
        }
        if !suits(new, state.subjects().len()) {
            return Err(Refusal::WrongChildren);
        }
        let draft = state.draft();
        let rows = moving.rows(&draft.answers().rows);
        let (carried, left) = places(draft, &moving, &rows);
        let kept = state
            .rule_pack()
            .filter(|kept| new.packs.iter().any(|pack| pack.name == **kept));
        let in_force = || new.pack_on(state.began()).map(|pack| pack.name.clone());
        let rule_pack = kept.cloned().or_else(in_force);
        Ok(Self {
            form: FormRef::of(new, rule_pack.as_ref()),
            rule_pack,
            rows,
            carried,
            left,
            warnings: warnings(draft, &moving),
            remarks: remarks(state, &moving),
        })
    }
}

/// What becomes of each question at which anybody gave an answer.
fn places(
    draft: &Draft,
    moving: &Moving<'_>,
    rows: &BTreeMap<Address, Vec<RowKey>>,
) -> (Vec<Carried>, Vec<LeftBehind>) {
    let mut questions: Vec<_> = draft
        .questions()
        .map(|(from, answer, rivals)| (from, answer, rivals, moving.question(from, rows)))
        .collect();
    // Words have a place before a blank has one, and what stays where it is before what comes from elsewhere.
    questions.sort_by_key(|(from, answer, rivals, to)| {
        let is_blank = answer.is_none() && rivals.is_empty();
        (is_blank, to.as_ref() != Ok(*from), *from)
    });
    let (mut carried, mut left) = (Vec::new(), Vec::new());
    let mut taken = BTreeSet::new();
    for (from, answer, rivals, to) in questions {
        let to = to.and_then(|to| match taken.insert(to.clone()) {
            true => Ok(to),
            false => Err(Loss::Taken),
        });
        let of_rivals = |said: &dyn Fn(&Answer) -> Answer| -> Vec<Option<Answer>> {
            rivals
                .iter()
                .map(|rival| rival.answer.as_ref().map(said))
                .collect()
        };
        match to {
            Err(why) => left.push(LeftBehind {
                at: from.clone(),
                answer: answer.cloned(),
                rivals: of_rivals(&Answer::clone),
                why,
            }),
            Ok(to) => {
                let said = |answer: &Answer| moving.answer(from, answer);
                let (now, against) = (answer.map(said), of_rivals(&said));
                let is_same = to == *from && now.as_ref() == answer && against == of_rivals(&Answer::clone);
                if !is_same {
                    carried.push(Carried {
                        from: from.clone(),
                        to,
                        answer: now,
                        rivals: against,
                    });
                }
            }
        }
    }
    carried.sort_by(|one, other| one.from.cmp(&other.from));
    left.sort_by(|one, other| one.at.cmp(&other.at));
    (carried, left)
}

fn warnings(draft: &Draft, moving: &Moving<'_>) -> Vec<StillStands> {
    let still = draft.acknowledged().filter_map(|found| {
        let (from, was) = (&found.what.address, found.what.check);
        Some(StillStands {
            from: from.clone(),
            was,
            to: moving.place(from).ok()?,
            is: moving.check(from, was)?,
        })
    });
    still.collect()
}

fn remarks(state: &State, moving: &Moving<'_>) -> Vec<Remark> {
    let returned = state.last_round().and_then(|round| round.returned());
    let threads = returned.map_or(&[][..], |returned| &returned.threads);
    let elsewhere = threads.iter().filter_map(|thread| {
        let at = moving.place(&thread.comment.address).ok()?;
        (at != thread.comment.address).then_some(Remark {
            comment: thread.comment.id,
            at,
        })
    });
    elsewhere.collect()
}

impl Draft {
    /// The draft after a move; none if the move is not one of this draft: it forgets an answer, tells one otherwise
    /// than it was given, or puts two in one place.
    pub(crate) fn taken_along(&self, moved: &Moved) -> Option<Self> {
        let carried: BTreeMap<&Address, &Carried> = moved
            .carried
            .iter()
            .map(|carried| (&carried.from, carried))
            .collect();
        let left: BTreeMap<&Address, &LeftBehind> = moved.left.iter().map(|left| (&left.at, left)).collect();
        let named: BTreeSet<&Address> = carried.keys().chain(left.keys()).copied().collect();
        let is_told_once = named.len() == moved.carried.len() + moved.left.len();
        if !is_told_once || named.iter().any(|address| self.given(address).is_none()) {
            return None;
        }
        let mut draft = Self::in_rows(moved.rows.clone());
        for (from, answer, rivals) in self.questions() {
            if let Some(left) = left.get(from) {
                let against = rivals.iter().map(|rival| &rival.answer);
                if left.answer.as_ref() != answer || !left.rivals.iter().eq(against) {
                    return None;
                }
                continue;
            }
            let mut rivals = rivals.to_vec();
            let (to, answer) = match carried.get(from) {
                None => (from, answer.cloned()),
                Some(carried) => {
                    let is_whole = carried.answer.is_some() == answer.is_some()
                        && carried.rivals.len() == rivals.len()
                        && said_alike(&carried.rivals, &rivals);
                    if !is_whole {
                        return None;
                    }
                    for (rival, now) in rivals.iter_mut().zip(&carried.rivals) {
                        rival.answer.clone_from(now);
                    }
                    (&carried.to, carried.answer.clone())
                }
            };
            draft.put(to, answer, self.given(from)?.clone(), rivals)?;
        }
        for still in &moved.warnings {
            draft.acknowledge(self.still_acknowledged(still)?);
        }
        Some(draft)
    }

    fn still_acknowledged(&self, still: &StillStands) -> Option<crate::revision::Acknowledged> {
        let mut found = self
            .acknowledged()
            .find(|found| found.what.address == still.from && found.what.check == still.was)?
            .clone();
        found.what.address = still.to.clone();
        found.what.check = still.is;
        Some(found)
    }
}

/// Is each of them an answer where it was one?
fn said_alike(now: &[Option<Answer>], before: &[Rival]) -> bool {
    now.iter()
        .zip(before)
        .all(|(now, before)| now.is_some() == before.answer.is_some())
}
