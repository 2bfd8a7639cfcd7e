//! Whether the record has the place that an address names: a node of the form, in rows that are there.

use std::collections::BTreeMap;

use engine::Subject;
use form::{Address, Body, Form, NodeId, RowKey, ScopeId};

use crate::refusal::Refusal;

/// The places of a record, or of a revision of one.
pub(crate) struct Places<'a> {
    pub(crate) form: &'a Form,
    pub(crate) subjects: &'a [Subject],
    pub(crate) rows: &'a BTreeMap<Address, Vec<RowKey>>,
}

impl Places<'_> {
    /// What stands at an address.
    ///
    /// # Errors
    /// [`Refusal::NoSuchPlace`] if the form has no such place, [`Refusal::NoSuchRow`] if a row on the way is not there.
    pub(crate) fn find(&self, address: &Address) -> Result<NodeId, Refusal> {
        let no_place = || Refusal::NoSuchPlace(address.clone());
        let (node, keys) = self.form.place(address).ok_or_else(no_place)?;
        let inner = self.form.nodes.at(node).scope;
        let mut scopes: Vec<ScopeId> =
            std::iter::successors(Some(inner), |&scope| self.form.scopes.at(scope).parent).collect();
        // The outermost is the record's own, which has no row.
        scopes.pop();
        for (depth, (scope, key)) in scopes.into_iter().rev().zip(&keys).enumerate() {
            let repeat = self.form.scopes.at(scope).rows.ok_or_else(no_place)?;
            let around = keys.get(..depth).unwrap_or_default();
            if !self.has_row(repeat, around, key) {
                return Err(Refusal::NoSuchRow(address.clone()));
            }
        }
        Ok(node)
    }

    fn has_row(&self, repeat: NodeId, around: &[RowKey], key: &RowKey) -> bool {
        match &self.form.nodes.at(repeat).body {
            Body::Rows(rows) if rows.for_each_child => self.subjects.iter().any(|child| child.id == *key),
            _ => {
                let address = self.form.address(repeat, around);
                address
                    .and_then(|address| self.rows.get(&address))
                    .is_some_and(|keys| keys.contains(key))
            }
        }
    }
}
