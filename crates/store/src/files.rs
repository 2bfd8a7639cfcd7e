//! Files that were attached to records: their content under its hash, and which record has which.

use std::fmt;

use async_trait::async_trait;
use bytes::Bytes;
use form::Hash;
use record::{PersonId, RecordId, Timestamp};

use crate::Error;

/// Bytes with their hash, which is worked out from them and never believed.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    hash: Hash,
    bytes: Bytes,
}

/// A file that a record has, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// The record.
    pub record: RecordId,
    /// The hash of the content.
    pub hash: Hash,
    /// Its media type (RFC 6838).
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// Who gave it first.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Where files are kept. What is kept is never changed and never taken away.
#[async_trait]
pub trait Files {
    /// Keeps a file of a record. When this returns, it is on the disk. Keeping what is there changes nothing, whatever
    /// else is said of it this time.
    ///
    /// # Errors
    /// [`Error::Missing`] if there is no such record; [`Error::Refused`] if the content is not the one that is told of.
    async fn keep_file(&self, file: &Attached, content: &Content) -> Result<(), Error>;

    /// The files of a record, by hash.
    async fn files(&self, record: RecordId) -> Result<Vec<Attached>, Error>;

    /// One file of a record, by the hash of its content.
    async fn file(&self, record: RecordId, hash: Hash) -> Result<Option<Attached>, Error>;

    /// The content of a file of a record, exactly as it was kept. The same content of another record is not found.
    ///
    /// # Errors
    /// [`Error::Damaged`] if what lies there is not what was kept.
    async fn content(&self, record: RecordId, hash: Hash) -> Result<Option<Content>, Error>;
}

impl Content {
    /// These bytes.
    pub fn of(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self {
            hash: Hash::of(&bytes),
            bytes,
        }
    }

    /// Their hash.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// How many they are.
    pub fn size(&self) -> u64 {
        self.bytes.len() as u64
    }
}

/// What somebody attached to a record about a child is shown in no log.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("hash", &self.hash)
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}

impl Attached {
    /// Is this content the one that is told of?
    pub(crate) fn check(&self, content: &Content) -> Result<(), Error> {
        if self.hash == content.hash() && self.size == content.size() {
            Ok(())
        } else {
            Err(Error::Refused("a file is not the one that is told of"))
        }
    }
}
