//! Ids into the tables of a form, and the tables themselves.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

/// A position in one kind of [`Table`]: a small copyable number that cannot be mixed up with another kind's.
pub trait Id: Copy {
    /// The id of the `index`th row, counted from 0.
    fn at(index: usize) -> Self;
    /// The row this id names, counted from 0.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl Id for $name {
            fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A section, group, repeat, question or note of a form, in document order.
    NodeId
    /// What a set of answers belongs to: the record itself (0), one child of it, or one row of a repeat.
    ScopeId
    /// A condition, calculation or check, in an order in which they can be worked out.
    RuleId
    /// A check, with its message and severity.
    CheckId
    /// Something that rule packs say.
    TermId
}

impl Id for feel::ListId {
    fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// A vector that is indexed by its own kind of [`Id`].
///
/// INVARIANT: ids are handed out by the form that owns the table, and `Form::from_parts` has checked
/// each one, so [`Table::at`] cannot fail for an id of the same form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Table<I, T> {
    rows: Vec<T>,
    #[serde(skip)]
    id: PhantomData<fn(I) -> I>,
}

impl<I: Id, T> Table<I, T> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Is the table without rows?
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a row and says which id it got.
    pub fn push(&mut self, row: T) -> I {
        self.rows.push(row);
        I::at(self.rows.len() - 1)
    }

    /// The row, or nothing if the id is another form's.
    pub fn get(&self, id: I) -> Option<&T> {
        self.rows.get(id.index())
    }

    /// The rows in order.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// The rows in order, to change in place.
    pub fn values_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.rows.iter_mut()
    }

    /// The rows in order, taken out of the table.
    pub fn into_values(self) -> std::vec::IntoIter<T> {
        self.rows.into_iter()
    }

    /// Ids and rows in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.rows
            .iter()
            .enumerate()
            .map(|(index, row)| (I::at(index), row))
    }

    /// The ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.rows.len()).map(I::at)
    }
}

impl<I: Id, T: Clone> Table<I, T> {
    /// A table of `len` equal rows.
    pub fn filled(row: T, len: usize) -> Self {
        Self::from(vec![row; len])
    }
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            id: PhantomData,
        }
    }
}

impl<I, T> From<Vec<T>> for Table<I, T> {
    fn from(rows: Vec<T>) -> Self {
        Self {
            rows,
            id: PhantomData,
        }
    }
}

impl<I: Id, T> FromIterator<T> for Table<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(rows: A) -> Self {
        Self::from(rows.into_iter().collect::<Vec<_>>())
    }
}

impl<I: Id, T> Table<I, T> {
    /// The row of an id of this table's own form.
    #[expect(
        clippy::indexing_slicing,
        reason = "the table's invariant: its ids are its own"
    )]
    pub fn at(&self, id: I) -> &T {
        &self.rows[id.index()]
    }

    /// The row of an id of this table's own form, to change.
    #[expect(
        clippy::indexing_slicing,
        reason = "the table's invariant: its ids are its own"
    )]
    pub fn at_mut(&mut self, id: I) -> &mut T {
        &mut self.rows[id.index()]
    }
}
