//! The answers as they stand, who gave each, and where two people's answers stand against each other.
//!
//! An edit names the edits that its author saw standing and meant to replace. One that was not seen is never
//! replaced: it stays, and the new one stands beside it as a rival until somebody who has seen both decides. So no
//! answer leaves the draft but by the hand of a person who had it before them.

use std::collections::{BTreeMap, BTreeSet};

use form::{Address, Answer, Answers, CheckId, Hash, RowKey, canonical_json};
use serde::{Deserialize, Serialize};

use crate::actor::ActorRef;
use crate::event::{Answered, RowAdded, RowRemoved};
use crate::ids::{EventId, Seq};
use crate::revision::Acknowledged;
use crate::timestamp::Timestamp;
use crate::unwritable::Unwritable;

/// The answers of a record as they stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    answers: Answers,
    /// INVARIANT: has every address that `answers` has, and those whose answer was cleared.
    given: BTreeMap<Address, Given>,
    /// INVARIANT: none says what the answer says or what another rival of its question says, and none is listed
    /// without a rival.
    rivals: BTreeMap<Address, Vec<Rival>>,
    acknowledged: BTreeMap<(Address, CheckId), Acknowledged>,
}

/// Who gave an answer, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The edits that gave it: one, or more where several people gave the same answer.
    pub edits: Vec<EventId>,
    /// Who gave it last.
    pub by: ActorRef,
    /// When the server took that edit.
    pub at: Timestamp,
    /// When the person made it, by their device's clock.
    pub noted_at: Timestamp,
    /// That edit's place in the record.
    pub seq: Seq,
}

/// An answer that stands against another, because neither author had seen the other's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// As entered; none if the answer was cleared.
    pub answer: Option<Answer>,
    /// Who gave it, and when.
    pub given: Given,
}

/// The SHA-256 of a draft's answers: what somebody who sends a record for sign-off says that they saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftHash(pub Hash);

impl Given {
    fn is_among(&self, seen: &BTreeSet<EventId>) -> bool {
        self.edits.iter().any(|edit| seen.contains(edit))
    }
}

impl Draft {
    /// The answers and rows. Where two stand against each other, the one that came first.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Who gave the answer that stands at a question, or cleared it, and when.
    pub fn given(&self, address: &Address) -> Option<&Given> {
        self.given.get(address)
    }

    /// The answers that stand against the one at a question.
    pub fn rivals(&self, address: &Address) -> &[Rival] {
        self.rivals.get(address).map_or(&[], Vec::as_slice)
    }

    /// The questions at which answers stand against each other, by address.
    pub fn conflicts(&self) -> impl ExactSizeIterator<Item = &Address> {
        self.rivals.keys()
    }

    /// The warnings that people let stand, with their reasons. Some may stand no longer.
    pub fn acknowledged(&self) -> impl ExactSizeIterator<Item = &Acknowledged> {
        self.acknowledged.values()
    }

    /// The acknowledgement of a warning, if it was given to what the warning says now.
    pub fn acknowledgement(&self, address: &Address, check: CheckId, message: &str) -> Option<&Acknowledged> {
        let found = self.acknowledged.get(&(address.clone(), check))?;
        (found.what.message == message).then_some(found)
    }

    /// The edits that stand at a question: what a person who sees it now has before them.
    pub fn standing(&self, address: &Address) -> Vec<EventId> {
        let answer = self.given.get(address).into_iter();
        let rivals = self.rivals(address).iter().map(|rival| &rival.given);
        answer
            .chain(rivals)
            .flat_map(|given| given.edits.iter().copied())
            .collect()
    }

    /// The edits that stand in a row of a repeat, and in the rows inside it.
    pub fn standing_in_row(&self, repeat: &Address, key: &RowKey) -> Vec<EventId> {
        let addresses = row_start(repeat, key)
            .map(|row| under(&self.given, &row))
            .unwrap_or_default();
        addresses
            .iter()
            .flat_map(|address| self.standing(address))
            .collect()
    }

    /// The hash of the answers and rows.
    ///
    /// # Errors
    /// [`Unwritable`], never in practice: answers can be written as JSON.
    pub fn hash(&self) -> Result<DraftHash, Unwritable> {
        let bytes = canonical_json(&self.answers).map_err(|_| Unwritable)?;
        Ok(DraftHash(Hash::of(&bytes)))
    }

    /// May an answer take the place of the one there is? So it may if its author saw that one, or saw a blank where
    /// one is, or says the same.
    pub(crate) fn gives_way(&self, address: &Address, answer: Option<&Answer>, over: &[EventId]) -> bool {
        let Some(given) = self.given.get(address) else {
            return true;
        };
        let current = self.answers.values.get(address);
        let saw_blank = current.is_none() && over.is_empty();
        saw_blank || current == answer || given.edits.iter().any(|edit| over.contains(edit))
    }

    /// Has everything that stands in a row been seen?
    pub(crate) fn row_is_seen(&self, repeat: &Address, key: &RowKey, over: &[EventId]) -> bool {
        let seen: BTreeSet<EventId> = over.iter().copied().collect();
        let addresses = row_start(repeat, key)
            .map(|row| under(&self.given, &row))
            .unwrap_or_default();
        addresses.iter().all(|address| {
            let blank = !self.answers.values.contains_key(address);
            let answer_seen = self
                .given
                .get(address)
                .is_none_or(|given| blank || given.is_among(&seen));
            answer_seen
                && self
                    .rivals(address)
                    .iter()
                    .all(|rival| rival.given.is_among(&seen))
        })
    }

    /// Every question at which anybody gave an answer: the one that stands, none if it was cleared, and those that
    /// stand against it.
    pub(crate) fn questions(&self) -> impl Iterator<Item = (&Address, Option<&Answer>, &[Rival])> {
        let answer = |address| self.answers.values.get(address);
        let questions = self.given.keys();
        questions.map(move |address| (address, answer(address), self.rivals(address)))
    }

    /// A draft with these rows and nothing in them.
    pub(crate) fn in_rows(rows: BTreeMap<Address, Vec<RowKey>>) -> Self {
        let mut draft = Self::default();
        draft.answers.rows = rows;
        draft
    }

    /// Puts all that was given at a question where nothing was given yet; none if something was.
    pub(crate) fn put(
        &mut self,
        address: &Address,
        answer: Option<Answer>,
        mut given: Given,
        rivals: Vec<Rival>,
    ) -> Option<()> {
        // Two who chose different options may have said the same by now.
        let mut apart: Vec<Rival> = Vec::new();
        for rival in rivals {
            let same = apart.iter_mut().find(|other| other.answer == rival.answer);
            match same {
                _ if rival.answer == answer => given.edits.extend(rival.given.edits),
                Some(other) => other.given.edits.extend(rival.given.edits),
                None => apart.push(rival),
            }
        }
        if self.given.insert(address.clone(), given).is_some() {
            return None;
        }
        self.answers.set(address.clone(), answer);
        if !apart.is_empty() {
            self.rivals.insert(address.clone(), apart);
        }
        Some(())
    }

    /// Puts an answer in the place of the one there is.
    pub(crate) fn answer(&mut self, edit: &Answered, mut given: Given) {
        let Answered {
            address,
            answer,
            over,
        } = edit;
        if let Some(before) = self.given.get(address)
            && self.answers.values.get(address) == answer.as_ref()
        {
            given.edits.extend(&before.edits);
        }
        // What its author saw beside it is decided; what says the same agrees with it.
        let seen = over.iter().copied().collect();
        self.rivals_mut(address, |rivals| {
            rivals.retain(|rival| !rival.given.is_among(&seen));
            for same in rivals.extract_if(.., |rival| rival.answer == *answer) {
                given.edits.extend(same.given.edits);
            }
        });
        self.given.insert(address.clone(), given);
        self.answers.set(address.clone(), answer.clone());
    }

    /// Puts an answer beside the one there is.
    pub(crate) fn rival(&mut self, edit: &Answered, given: Given) {
        let Answered {
            address,
            answer,
            over,
        } = edit;
        let seen = over.iter().copied().collect();
        let same = |rival: &&mut Rival| rival.answer == *answer;
        self.rivals_mut(address, |rivals| {
            rivals.retain(|rival| !rival.given.is_among(&seen) || rival.answer == *answer);
            match rivals.iter_mut().find(same) {
                Some(rival) => {
                    let before = std::mem::replace(&mut rival.given, given);
                    rival.given.edits.extend(before.edits);
                }
                None => rivals.push(Rival {
                    answer: answer.clone(),
                    given,
                }),
            }
        });
    }

    fn rivals_mut(&mut self, address: &Address, change: impl FnOnce(&mut Vec<Rival>)) {
        let mut rivals = self.rivals.remove(address).unwrap_or_default();
        change(&mut rivals);
        if !rivals.is_empty() {
            self.rivals.insert(address.clone(), rivals);
        }
    }

    /// Is there a row of this key?
    pub(crate) fn has_row(&self, repeat: &Address, key: &RowKey) -> bool {
        self.answers
            .rows
            .get(repeat)
            .is_some_and(|keys| keys.contains(key))
    }

    /// Adds a row that is not there yet.
    pub(crate) fn add_row(&mut self, row: &RowAdded) {
        let keys = self.answers.rows.entry(row.address.clone()).or_default();
        let next = row
            .before
            .as_ref()
            .and_then(|before| keys.iter().position(|key| key == before));
        keys.insert(next.unwrap_or(keys.len()), row.key.clone());
    }

    /// Takes out a row and all that is in it.
    pub(crate) fn remove_row(&mut self, row: &RowRemoved) {
        if let Some(keys) = self.answers.rows.get_mut(&row.address) {
            keys.retain(|key| *key != row.key);
            if keys.is_empty() {
                self.answers.rows.remove(&row.address);
            }
        }
        let Some(start) = row_start(&row.address, &row.key) else {
            return;
        };
        remove_under(&mut self.answers.values, &start);
        remove_under(&mut self.answers.rows, &start);
        remove_under(&mut self.given, &start);
        remove_under(&mut self.rivals, &start);
        self.acknowledged
            .retain(|(address, _), _| !address.as_str().starts_with(start.as_str()));
    }

    /// Notes that a warning may stand.
    pub(crate) fn acknowledge(&mut self, acknowledged: Acknowledged) {
        let place = (acknowledged.what.address.clone(), acknowledged.what.check);
        self.acknowledged.insert(place, acknowledged);
    }
}

/// The address of a row, with which all addresses in it begin. None if there cannot be anything in it, because its
/// address would be too long.
fn row_start(repeat: &Address, key: &RowKey) -> Option<Address> {
    format!("{repeat}[{key}]").parse().ok()
}

/// The keys that begin with this address. They stand together: a map of addresses is ordered as texts are.
fn under<T>(map: &BTreeMap<Address, T>, start: &Address) -> Vec<Address> {
    let from_here = map.range(start.clone()..).map(|(address, _)| address);
    from_here
        .take_while(|address| address.as_str().starts_with(start.as_str()))
        .cloned()
        .collect()
}

fn remove_under<T>(map: &mut BTreeMap<Address, T>, start: &Address) {
    for address in under(map, start) {
        map.remove(&address);
    }
}
