//! From one version of a form to a later one, place by place: where a question, its rows, its answer and its warnings
//! stand now. `migration.rs` takes a whole set of answers along with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::address::{Address, RowKey, Step};
use crate::answer::Answer;
use crate::form::Form;
use crate::ids::{CheckId, NodeId, ScopeId};
use crate::migration::{Loss, Mapping, NotLater, follow, recode, steps_after};
use crate::node::Body;
use crate::rule::{Aspect, Check, Piece};
use crate::widening::Widening;

/// A move from one version of a form to another that is no earlier.
pub struct Moving<'f> {
    old: &'f Form,
    new: &'f Form,
    steps: Vec<&'f Mapping>,
}

impl<'f> Moving<'f> {
    /// The move between these versions.
    ///
    /// # Errors
    /// [`NotLater`] if they are of two forms, or the new one is the earlier.
    pub fn new(old: &'f Form, new: &'f Form) -> Result<Self, NotLater> {
        if old.name != new.name || old.version > new.version {
            let called = |form: &Form| format!("{} {}", form.name, form.version);
            return Err(NotLater {
                old: called(old),
                new: called(new),
            });
        }
        Ok(Self {
            old,
            new,
            steps: steps_after(new, old.version).collect(),
        })
    }

    /// Where a place stands now: a question, a repeat, a row, a section. Whether its rows are there is not asked.
    ///
    /// # Errors
    /// [`Loss`] if it has no place any more.
    pub fn place(&self, address: &Address) -> Result<Address, Loss> {
        let (node, keys) = self.lead(address)?;
        self.new.address(node, &keys).ok_or(Loss::NoPlace)
    }

    /// The rows of all repeats, as far as the new version has a place for them.
    pub fn rows(&self, rows: &BTreeMap<Address, Vec<RowKey>>) -> BTreeMap<Address, Vec<RowKey>> {
        let moved = rows.iter().filter_map(|(address, keys)| {
            let (node, around) = self.lead(address).ok()?;
            let repeat = self.new.repeat(node).filter(|repeat| !repeat.for_each_child)?;
            let kept = keys.iter().take(usize::from(repeat.max)).cloned().collect();
            Some((self.new.address(node, &around)?, kept))
        });
        moved.collect()
    }

    /// Where the answer of a question goes, in these rows of the new version.
    ///
    /// # Errors
    /// [`Loss`] if it has no place: no question takes it, or a row around it has not come along.
    pub fn question(
        &self,
        address: &Address,
        rows: &BTreeMap<Address, Vec<RowKey>>,
    ) -> Result<Address, Loss> {
        let (node, keys) = self.lead(address)?;
        let field = self.new.field(node).filter(|field| field.kind.answered());
        let to = self.new.address(node, &keys).filter(|_| field.is_some());
        let to = to.ok_or(Loss::NoPlace)?;
        let mut before: Vec<Step> = Vec::new();
        for step in to.steps() {
            before.push(Step {
                row: None,
                ..step.clone()
            });
            if let Some(key) = &step.row {
                let around = Address::from_steps(&before).map_err(|_| Loss::NoPlace)?;
                let is_child = self.new.find(&around).and_then(|(rows, _)| self.new.repeat(rows));
                let is_child = is_child.is_some_and(|repeat| repeat.for_each_child);
                if !is_child && !rows.get(&around).is_some_and(|keys| keys.contains(key)) {
                    return Err(Loss::NoPlace);
                }
            }
            if let Some(last) = before.last_mut() {
                last.row = step.row;
            }
        }
        Ok(to)
    }

    /// An answer of the old version as the new one takes it: with the codes that its options have now, and as one of
    /// several where its question takes several.
    pub fn answer(&self, from: &Address, answer: &Answer) -> Answer {
        let recoded = self.recoded(from, answer);
        match self.widening(from) {
            Some(widening) => widening.widen(&recoded),
            None => recoded,
        }
    }

    /// What becomes of answers here, if the question is of a wider kind now.
    fn widening(&self, from: &Address) -> Option<Widening> {
        let (old, _) = self.old.find(from)?;
        let (new, _) = self.lead(from).ok()?;
        Widening::between(&self.old.field(old)?.kind, &self.new.field(new)?.kind)
    }

    fn recoded(&self, from: &Address, answer: &Answer) -> Answer {
        let recode = |code: &String| recode(self.steps.iter().copied(), from.names(), code).to_string();
        match answer {
            Answer::Code(code) => Answer::Code(recode(code)),
            Answer::Codes(codes) => {
                let mut seen = BTreeSet::new();
                let codes = codes.iter().map(recode).filter(|code| seen.insert(code.clone()));
                Answer::Codes(codes.collect())
            }
            other => other.clone(),
        }
    }

    /// What the page will say of an answer that the old version could read and the new one cannot.
    pub fn unreadable(&self, from: &Address, answer: &Answer) -> Option<String> {
        let (old, _) = self.old.find(from)?;
        let was_read = self.old.field(old)?.kind.read(answer, &self.old.lists).is_ok();
        let (new, _) = self.lead(from).ok()?;
        let reads = self
            .new
            .field(new)?
            .kind
            .read(&self.answer(from, answer), &self.new.lists);
        reads.err().filter(|_| was_read)
    }

    /// The check at a place that says what an old one said there, as severely; none if there is none, or more than
    /// one.
    pub fn check(&self, from: &Address, check: CheckId) -> Option<CheckId> {
        let said = self.old.checks.get(check)?;
        let (node, _) = self.lead(from).ok()?;
        let mut alike = self.new.rules.values().filter_map(|rule| match rule.aspect {
            Aspect::Check(id) if rule.target == node => {
                let other = self.new.checks.get(id)?;
                (other.severity == said.severity && words(other) == words(said)).then_some(id)
            }
            _ => None,
        });
        alike.next().filter(|_| alike.next().is_none())
    }

    /// Where an old address leads now, and the rows on the way.
    fn lead(&self, address: &Address) -> Result<(NodeId, Vec<RowKey>), Loss> {
        let (old, keys) = self.old.place(address).ok_or(Loss::NoPlace)?;
        let names = follow(self.steps.iter().copied(), address.names()).ok_or(Loss::Dropped)?;
        let mut new = self.new.named(&names).ok_or(Loss::NoPlace)?;
        if let Body::Row = self.old.nodes.at(old).body {
            let row = self.new.repeat(new).and_then(|_| self.new.inside(new).first());
            new = *row.ok_or(Loss::NoPlace)?;
        }
        // A row that a person added is none of a child's, and the reverse.
        if rows_around(self.old, old) == rows_around(self.new, new) {
            Ok((new, keys))
        } else {
            Err(Loss::NoPlace)
        }
    }
}

/// What a check says, but for what it works out when it says it.
fn words(check: &Check) -> Vec<Option<&str>> {
    let pieces = check.message.0.iter();
    pieces
        .map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Value(_) | Piece::Label(..) => None,
        })
        .collect()
}

/// Of the rows around a place, outermost first: are they those of children?
fn rows_around(form: &Form, node: NodeId) -> Vec<bool> {
    let scopes = std::iter::successors(Some(form.nodes.at(node).scope), |&id: &ScopeId| {
        form.scopes.at(id).parent
    });
    let mut kinds: Vec<bool> = scopes
        .filter_map(|scope| form.repeat(form.scopes.at(scope).rows?))
        .map(|repeat| repeat.for_each_child)
        .collect();
    kinds.reverse();
    kinds
}
