//! Published forms: kept for ever by their hash, so that every record can be read as it was asked.

use async_trait::async_trait;
use form::{FormHash, Name};
use record::Timestamp;

use crate::Error;

/// A form that was published, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// What it is named by, for ever.
    pub hash: FormHash,
    /// The form's name.
    pub name: Name,
    /// Its version.
    pub version: u32,
    /// What people read.
    pub title: String,
    /// When it was published first.
    pub at: Timestamp,
}

/// What becomes of a version that is published a second time with other content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It is refused: a published version never changes.
    Refuse,
    /// The version's name goes over to the new content; the old stays readable by its hash. For demonstrations only,
    /// where a designer tries a version until it is right.
    Replace,
}

/// Where published forms are kept.
#[async_trait]
pub trait Forms {
    /// Publishes a form: its canonical bytes, whose hash `form.hash` is. Publishing what is there already changes
    /// nothing, whatever `form.at` says.
    ///
    /// # Errors
    /// [`Error::Taken`] if this version of this form is there with other content, and `again` refuses that.
    async fn publish(&self, form: &Published, bytes: &[u8], again: Again) -> Result<(), Error>;

    /// The canonical bytes of a form, exactly as they were published.
    async fn form(&self, hash: FormHash) -> Result<Option<Vec<u8>>, Error>;

    /// The form that a version of a name stands for now.
    async fn version(&self, name: &Name, version: u32) -> Result<Option<Published>, Error>;
}
