//! Where Firsthand keeps things: records with their events and files, published forms, people, families and sessions.
//!
//! [`Store`] says what any database must do; [`MemoryStore`] and [`SqliteStore`] do it, and one contract suite
//! (`tests/contract/`) holds each to it. The crate does not know what a record means, who may see it or what is sent
//! over a network: it keeps what it is given, whole or not at all.
//!
//! INVARIANT: what a method acknowledged is on the disk, and events, files and forms are never changed afterwards.

// The tests of an implementation share the contract suite's specimens, which know this crate by its name.
#[cfg(test)]
extern crate self as store;

mod error;
mod families;
mod files;
mod forms;
mod memory;
mod people;
mod records;
mod sessions;
mod sqlite;

use async_trait::async_trait;
use uuid::Uuid;

pub use error::{Error, Thing, Why};
pub use families::{Families, Family, FamilyId};
pub use files::{Attached, Content, Files};
pub use forms::{Again, Forms, Published};
pub use memory::MemoryStore;
pub use people::{Account, Attempts, BadLogin, Login, People, Team};
pub use records::{Append, Mark, Reach, Records, Slice, Sought};
pub use sessions::{Session, Sessions};
pub use sqlite::SqliteStore;

/// A place to keep everything a server must not forget.
///
/// It is used as `Arc<dyn Store>`. Its methods may be called at the same time from anywhere; a call that is dropped
/// before it returns has happened wholly or not at all.
#[async_trait]
pub trait Store: Records + Files + Forms + People + Families + Sessions + Send + Sync {
    /// What tells this store from any other, and from its own past once it is restored from a backup. Made with it.
    ///
    /// Also the way to ask whether the store answers at all.
    async fn epoch(&self) -> Result<Uuid, Error>;
}
