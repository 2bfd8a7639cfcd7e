//! Where the content of files lies: in a folder beside the database, each under its hash.
//!
//! INVARIANT: what [`Shelf::put`] acknowledged is on the disk, whole, and its entry in the folder too. It comes before
//! the database knows of the file, so what the database knows of is always there; what a crash leaves between the two
//! is found by nobody and does no harm.

use std::error::Error as Cause;
use std::fs::DirBuilder;
use std::io::{self, ErrorKind};
use std::path::Path as FolderPath;
use std::sync::Arc;

use form::Hash;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use crate::files::Content;
use crate::{Error, Why};

/// A place for contents. Clones are the same place.
#[derive(Clone, Debug)]
pub(super) struct Shelf(Arc<dyn ObjectStore>);

impl Shelf {
    /// The folder at this path, made for its owner alone if it is not there.
    pub(super) fn folder(path: &FolderPath) -> Result<Self, Error> {
        make(path).map_err(|error| unavailable(why(&error), error))?;
        let folder = LocalFileSystem::new_with_prefix(path).map_err(fault)?;
        Ok(Self(Arc::new(folder.with_fsync(true))))
    }

    /// Keeps a content. One that is there already is written anew, which mends it if it was damaged.
    pub(super) async fn put(&self, content: &Content) -> Result<(), Error> {
        let payload = PutPayload::from(content.bytes().clone());
        let put = self.0.put(&place(content.hash()), payload).await;
        put.map(drop).map_err(fault)
    }

    /// The content of this hash, which is known to have been kept.
    pub(super) async fn get(&self, hash: Hash) -> Result<Content, Error> {
        let found = match self.0.get(&place(hash)).await {
            Err(object_store::Error::NotFound { .. }) => return Err(gone("a file is not in its folder")),
            found => found.map_err(fault)?,
        };
        let content = Content::of(found.bytes().await.map_err(fault)?);
        if content.hash() == hash {
            Ok(content)
        } else {
            Err(gone("a file in the folder is not what it was"))
        }
    }
}

fn make(path: &FolderPath) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Where a content lies. Two digits more make folders of a size that every file system bears.
fn place(hash: Hash) -> Path {
    let name = hash.to_string();
    Path::from_iter([name.get(..2).unwrap_or_default(), &name])
}

fn gone(what: &'static str) -> Error {
    Error::Damaged(what.into())
}

fn fault(error: object_store::Error) -> Error {
    let mut cause: Option<&(dyn Cause + 'static)> = Some(&error);
    let mut found = None;
    while let Some(inner) = cause {
        found = found.or_else(|| inner.downcast_ref::<io::Error>().map(why));
        cause = inner.source();
    }
    unavailable(found.unwrap_or(Why::OutOfReach), error)
}

fn why(error: &io::Error) -> Why {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Why::Full,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Why::ReadOnly,
        _ => Why::OutOfReach,
    }
}

fn unavailable(why: Why, source: impl Cause + Send + Sync + 'static) -> Error {
    Error::Unavailable {
        why,
        source: Box::new(source),
    }
}
