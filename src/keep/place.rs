//! Where texts are kept: the browser's IndexedDB, or this page's memory where there is none.

use std::pin::Pin;

use super::indexed::Indexed;
use super::{Memory, NotKept, Store};

/// One text to be kept, or taken away.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// Among which.
    pub(crate) store: Store,
    /// Under which key.
    pub(crate) key: String,
    /// The text; none to take away what is there.
    pub(crate) text: Option<String>,
}

/// How a write ends.
pub(crate) type Writing = Pin<Box<dyn Future<Output = Result<(), NotKept>>>>;

/// A place to keep texts. Clones are the same place.
#[derive(Clone)]
pub(crate) enum Place {
    /// On the device, for good.
    Indexed(Indexed),
    /// In the page's memory, until it is closed.
    Memory(Memory),
}

impl Place {
    /// The best place the browser has. Where it has none, a memory that says so with every write.
    pub(crate) async fn of_the_device() -> Self {
        match Indexed::open().await {
            Ok(indexed) => Self::Indexed(indexed),
            Err(why) => Self::Memory(Memory::failing(why)),
        }
    }

    /// Makes all of these changes or none. The write has begun when this returns; the future says how it ended.
    pub(crate) fn write(&self, changes: Vec<Change>) -> Writing {
        match self {
            Self::Indexed(indexed) => Box::pin(indexed.write(&changes)),
            Self::Memory(memory) => Box::pin(std::future::ready(memory.write(changes))),
        }
    }

    /// The texts whose keys begin so, by key.
    pub(crate) async fn read(&self, store: Store, start: &str) -> Result<Vec<(String, String)>, NotKept> {
        match self {
            Self::Indexed(indexed) => indexed.read(store, start).await,
            Self::Memory(memory) => Ok(memory.read(store, start)),
        }
    }
}
