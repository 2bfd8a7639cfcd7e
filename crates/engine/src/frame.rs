//! Where state is kept: one frame for the record, one for each child and each row, and a cell for each node.

use form::{Answer, CheckId, Id, NodeId, RowKey, ScopeId, Table};

use crate::tally::Tally;

/// One set of answers: the record's own (0), a child's, or a row's. Never reused, even after its row is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameId(pub(crate) u32);

/// One place in a record: a node of the form, in one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Which row, child or the record itself.
    pub frame: FrameId,
    /// Which node of the form.
    pub node: NodeId,
}

/// A cell's position in its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(pub(crate) u32);

impl Id for FrameId {
    fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
    fn index(self) -> usize {
        self.0 as usize
    }
}

impl Id for Place {
    fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
    fn index(self) -> usize {
        self.0 as usize
    }
}

pub(crate) const RECORD: FrameId = FrameId(0);

/// The answers of one row, and what follows from them.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) scope: ScopeId,
    /// The frame around it; the record's is its own.
    pub(crate) parent: FrameId,
    pub(crate) key: Option<RowKey>,
    /// The child, for the row of a per-child section or anything inside one.
    pub(crate) subject: Option<u32>,
    /// INVARIANT: one cell for each node of the scope, until the row is removed; then none.
    pub(crate) cells: Table<Place, Cell>,
}

/// What is known of one node in one frame.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) answer: Option<Answer>,
    /// What the answer reads as, or what was worked out. Not yet blanked for being hidden.
    pub(crate) value: feel::Value,
    /// Its own condition holds. What stands around it may still be hidden.
    pub(crate) shown: bool,
    /// For what holds others: it is shown, and so is everything around it.
    pub(crate) active: bool,
    pub(crate) required: bool,
    pub(crate) read_only: bool,
    /// For what holds others: the sum over what is shown in it. For a question: its own part.
    pub(crate) tally: Tally,
    /// What few cells have.
    pub(crate) more: Option<Box<More>>,
}

/// The state that most cells go without.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct More {
    /// Why the answer cannot be read.
    pub(crate) fault: Option<String>,
    /// The default that the form gives, fitting or not.
    pub(crate) offered: Option<Answer>,
    /// The default, where it can be an answer. It stands while a person has given none.
    pub(crate) default: Option<Answer>,
    /// Checks that do not hold, with their messages, in order.
    pub(crate) failing: Vec<(CheckId, String)>,
    /// Options not offered at present, by position, in order.
    pub(crate) withheld: Vec<u16>,
    pub(crate) label: Option<String>,
    pub(crate) hint: Option<String>,
    /// The rows of a repeat, in order.
    pub(crate) rows: Vec<FrameId>,
}

impl Cell {
    pub(crate) fn new() -> Self {
        Self {
            answer: None,
            value: feel::Value::Null,
            shown: true,
            active: false,
            required: false,
            read_only: false,
            tally: Tally::default(),
            more: None,
        }
    }

    pub(crate) fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// The answer that counts: a person's, or else the default.
    pub(crate) fn given(&self) -> Option<&Answer> {
        let default = || self.more.as_ref()?.default.as_ref();
        self.answer.as_ref().or_else(default)
    }

    pub(crate) fn fault(&self) -> Option<&str> {
        self.more.as_ref()?.fault.as_deref()
    }

    pub(crate) fn failing(&self) -> &[(CheckId, String)] {
        self.more.as_ref().map_or(&[], |more| &more.failing)
    }

    pub(crate) fn rows(&self) -> &[FrameId] {
        self.more.as_ref().map_or(&[], |more| &more.rows)
    }
}
