//! The stores that the laws are tried on, empty.

use std::sync::Arc;

use store::{MemoryStore, SqliteStore, Store};

/// A store, and the folder it lies in, if it does, which goes when it goes.
pub(crate) struct Place {
    pub(crate) store: Arc<dyn Store>,
    _folder: Option<tempfile::TempDir>,
}

pub(crate) async fn memory() -> Place {
    Place {
        store: Arc::new(MemoryStore::new()),
        _folder: None,
    }
}

pub(crate) async fn sqlite() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("firsthand.db"))
        .await
        .unwrap();
    Place {
        store: Arc::new(store),
        _folder: Some(folder),
    }
}
