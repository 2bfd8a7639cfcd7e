//! What changed between two revisions: what a manager who returned a record reads first when it comes back.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::Subject;
use form::{Address, Answer, Answers, Body, Form, NodeId, RowKey, migrate};

use crate::decide::Forms;
use crate::revision::Revision;
use crate::state::State;

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The question or repeat.
    pub address: Address,
    /// How it changed.
    pub change: Change,
}

/// How a question or a repeat changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The answer is another.
    Answer {
        /// As it was; none if there was none.
        before: Option<Answer>,
        /// As it is; none if there is none.
        after: Option<Answer>,
    },
    /// Rows were added or taken out.
    Rows {
        /// New rows, in order.
        added: Vec<RowKey>,
        /// Rows that are gone, in the order in which they were.
        removed: Vec<RowKey>,
    },
}

/// What changed from one set of answers to another, in document order.
///
/// Compare what was sent with what was sent: a draft also has the answers that are hidden.
pub fn differences(form: &Form, subjects: &[Subject], before: &Answers, after: &Answers) -> Vec<Difference> {
    let sides = Sides {
        form,
        subjects,
        before: &before.rows,
        after: &after.rows,
    };
    let mut found: Vec<(Path, Difference)> = Vec::new();
    let questions: BTreeSet<&Address> = before.values.keys().chain(after.values.keys()).collect();
    for address in questions {
        let (before, after) = (before.values.get(address), after.values.get(address));
        if before != after {
            let change = Change::Answer {
                before: before.cloned(),
                after: after.cloned(),
            };
            found.push((
                sides.path(address),
                Difference {
                    address: address.clone(),
                    change,
                },
            ));
        }
    }
    let repeats: BTreeSet<&Address> = before.rows.keys().chain(after.rows.keys()).collect();
    for address in repeats {
        let keys = |rows: &BTreeMap<Address, Vec<RowKey>>| rows.get(address).cloned().unwrap_or_default();
        let (mut removed, mut added) = (keys(&before.rows), keys(&after.rows));
        let stayed: BTreeSet<RowKey> = removed
            .iter()
            .filter(|key| added.contains(key))
            .cloned()
            .collect();
        removed.retain(|key| !stayed.contains(key));
        added.retain(|key| !stayed.contains(key));
        if !(added.is_empty() && removed.is_empty()) {
            let change = Change::Rows { added, removed };
            found.push((
                sides.path(address),
                Difference {
                    address: address.clone(),
                    change,
                },
            ));
        }
    }
    found.sort_by(|(path, _), (other, _)| path.cmp(other));
    found.into_iter().map(|(_, difference)| difference).collect()
}

impl State {
    /// What changed from the revision that was last returned to the one that was sent after it, in document order.
    /// None if the record was never returned, or has not been sent again.
    ///
    /// Where it moved to a later version of its form in between, what was returned is compared as that version has
    /// it. None as well if a form on the way is not here.
    pub fn changed_since_return(&self, forms: &dyn Forms) -> Option<Vec<Difference>> {
        let last = self.last_round().filter(|round| round.returned().is_none())?;
        let (returned, _) = self.last_return()?;
        let (before, after) = (returned.revision(), last.revision());
        let form = forms.find(self.form().hash)?;
        Some(differences(
            &form,
            self.subjects(),
            &*self.answers_of(before, forms)?,
            &*self.answers_of(after, forms)?,
        ))
    }

    /// The answers of a revision as the version of the form has them that the record is filled in with now. None if a
    /// form on the way there is not here.
    pub fn answers_of<'r>(&self, revision: &'r Revision, forms: &dyn Forms) -> Option<Cow<'r, Answers>> {
        let way = self
            .forms()
            .map(|form| form.hash)
            .skip_while(|hash| *hash != revision.form);
        let way: Vec<Arc<Form>> = way.map(|hash| forms.find(hash)).collect::<Option<_>>()?;
        let mut answers = Cow::Borrowed(&revision.answers);
        for (old, new) in way.iter().zip(way.iter().skip(1)) {
            answers = Cow::Owned(migrate(old, new, &answers).ok()?.answers);
        }
        Some(answers)
    }
}

/// Where a place stands in the document: the repeats around it, each with the position of the row, and itself.
type Path = Vec<(NodeId, usize)>;

/// Two sets of rows. A row that is gone stands after those that are left.
struct Sides<'a> {
    form: &'a Form,
    subjects: &'a [Subject],
    before: &'a BTreeMap<Address, Vec<RowKey>>,
    after: &'a BTreeMap<Address, Vec<RowKey>>,
}

impl Sides<'_> {
    fn path(&self, address: &Address) -> Path {
        // INVARIANT: node ids are in document order, so what the form does not have stands after all it has.
        let Some((node, keys)) = self.form.find(address) else {
            return vec![(NodeId(u32::MAX), 0)];
        };
        let scope = self.form.nodes.at(node).scope;
        let around = std::iter::successors(Some(scope), |&scope| self.form.scopes.at(scope).parent);
        let mut repeats: Vec<NodeId> = around
            .filter_map(|scope| self.form.scopes.at(scope).rows)
            .collect();
        repeats.reverse();
        let rows = repeats.into_iter().zip(&keys).enumerate();
        let mut path: Path = rows
            .map(|(depth, (repeat, key))| {
                (
                    repeat,
                    self.position(repeat, keys.get(..depth).unwrap_or_default(), key),
                )
            })
            .collect();
        path.push((node, 0));
        path
    }

    fn position(&self, repeat: NodeId, around: &[RowKey], key: &RowKey) -> usize {
        if let Body::Rows(rows) = &self.form.nodes.at(repeat).body
            && rows.for_each_child
        {
            return self
                .subjects
                .iter()
                .position(|child| child.id == *key)
                .unwrap_or(usize::MAX);
        }
        let address = self.form.address(repeat, around);
        let keys = |rows: &'_ BTreeMap<Address, Vec<RowKey>>| -> Vec<RowKey> {
            address
                .as_ref()
                .and_then(|address| rows.get(address))
                .cloned()
                .unwrap_or_default()
        };
        let (before, after) = (keys(self.before), keys(self.after));
        let gone = || {
            before
                .iter()
                .position(|old| old == key)
                .map(|index| after.len() + index)
        };
        after
            .iter()
            .position(|new| new == key)
            .or_else(gone)
            .unwrap_or(usize::MAX)
    }
}
