//! What a person does to a record, and what follows.

use form::{Answer, RowKey};

use crate::frame::At;

/// One thing a person does.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Answers a question, or clears it.
    Answer {
        /// The question.
        at: At,
        /// As entered; `None` or a blank answer clears it.
        answer: Option<Answer>,
    },
    /// Adds a row to a repeat.
    AddRow {
        /// The repeat.
        rows: At,
        /// The new row's key.
        key: RowKey,
        /// The row it goes before; at the end if `None`.
        before: Option<RowKey>,
    },
    /// Takes a row, with its answers, out of a repeat.
    RemoveRow {
        /// The repeat.
        rows: At,
        /// The row's key.
        key: RowKey,
    },
}

impl Edit {
    /// The question or repeat that it changes.
    pub fn at(&self) -> At {
        match self {
            Self::Answer { at, .. } => *at,
            Self::AddRow { rows, .. } | Self::RemoveRow { rows, .. } => *rows,
        }
    }
}

/// Which places look different after an edit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Places whose view changed, in order, each once. Rows just added are all new and not listed.
    pub views: Vec<At>,
    /// Repeats whose rows changed.
    pub rows: Vec<At>,
}

/// Why an edit was not made. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The form has no such place, or its row is gone.
    #[error("there is no such question in this record")]
    NotHere,
    /// It is not a question that people answer.
    #[error("this is not answered by a person")]
    NotAnswered,
    /// The question cannot be edited at present.
    #[error("this answer cannot be edited")]
    ReadOnly,
    /// A row of this key is there already.
    #[error("this row is there already")]
    RowExists,
    /// No row of this key is there.
    #[error("there is no such row")]
    NoSuchRow,
    /// No more rows fit, or no fewer may be left.
    #[error("there cannot be so many or so few rows")]
    RowCount,
}
