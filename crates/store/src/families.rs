//! The families that records are about. The little that starting a record needs: a council's own register of
//! children will stand behind the same trait.

use std::fmt;
use std::str::FromStr;

use async_trait::async_trait;
use engine::Subject;
use form::RowKey;
use uuid::Uuid;

use crate::Error;

/// What tells one family from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FamilyId(pub Uuid);

/// A family, with its children from the eldest to the youngest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// What tells it from others.
    pub id: FamilyId,
    /// What colleagues call it.
    pub name: String,
    /// Its children. A child is of one family.
    pub children: Vec<Subject>,
}

/// Where families and children are kept.
#[async_trait]
pub trait Families {
    /// Adds a family with its children.
    ///
    /// # Errors
    /// [`Error::Taken`] if its id, or one of the children's, is another's.
    async fn add_family(&self, family: &Family) -> Result<(), Error>;

    /// Every family, by name.
    async fn families(&self) -> Result<Vec<Family>, Error>;

    /// These children, in this order.
    ///
    /// # Errors
    /// [`Error::Missing`] if one of them is not on file.
    async fn children(&self, ids: &[RowKey]) -> Result<Vec<Subject>, Error>;
}

impl fmt::Display for FamilyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for FamilyId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}
