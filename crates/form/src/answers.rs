//! All the answers of one record, by address.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::address::{Address, RowKey};
use crate::answer::Answer;

/// The answers of a record, and the rows that people added to its repeats.
///
/// Ordered by address, so that equal sets have equal canonical bytes. A blank answer is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Answers by the address of their question.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<Address, Answer>,
    /// Rows, in order, by the address of their repeat. The children of a record are not listed: they are its own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<Address, Vec<RowKey>>,
}

impl Answers {
    /// Puts an answer in, or takes it out if it is blank.
    pub fn set(&mut self, address: Address, answer: Option<Answer>) {
        match answer.filter(|answer| !answer.is_blank()) {
            Some(answer) => self.values.insert(address, answer),
            None => self.values.remove(&address),
        };
    }
}
