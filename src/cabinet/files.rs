//! The content of files: kept on this device under its hash, sent from here, and fetched where another device has sent
//! it. Nothing is believed to be a file that has not its hash.

use std::rc::Rc;

use form::Hash;
use form::kinds::NamedFile;
use record::RecordId;
use wire::{MediaType, Refused};

use super::Drawers;
use crate::api::{self, Trouble};
use crate::files;
use crate::keep::Store;
use crate::keep::entries::FileToSend;
use crate::link::Link;
use crate::outbox::Verdict;

/// Why a file cannot be shown here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoFile {
    /// The server does not have it either: it is on the device on which it was added.
    #[error("Not sent yet by the device on which it was added")]
    NotArrived,
    /// It is not on this device, and the server cannot be asked.
    #[error("Not on this device yet. It can be opened when you are online")]
    NotHere,
    /// What the server gave is another file.
    #[error("Damaged on its way. Open the page again to fetch it anew")]
    Damaged,
}

impl Drawers {
    /// Keeps a file on this device, as an address that holds its content.
    pub(crate) fn keep_file(&self, hash: Hash, address: String) {
        self.seat()
            .keep()
            .set(Store::Files, &hash.to_string(), Some(address));
    }

    /// A file of a record, as an address that holds its content: from this device if it is here, or else from the
    /// server; then it is kept.
    pub(crate) async fn file(&self, record: RecordId, file: &NamedFile) -> Result<String, NoFile> {
        if let Some(address) = self.kept_file(file.hash).await {
            return Ok(address);
        }
        let answer = api::file(record, file.hash).await;
        self.seat()
            .heard(&answer.as_ref().map(drop).map_err(Clone::clone));
        let bytes = answer.map_err(|trouble| match trouble {
            Trouble::Problem(problem) if problem.status == 404 => NoFile::NotArrived,
            _ => NoFile::NotHere,
        })?;
        if Hash::of(&bytes) != file.hash {
            return Err(NoFile::Damaged);
        }
        let media = MediaType::of(&file.name, &bytes).map_or("application/octet-stream", |media| media.name);
        let address = files::address_of(&bytes, media).await.ok_or(NoFile::Damaged)?;
        self.keep_file(file.hash, address.clone());
        Ok(address)
    }

    /// A file that this device keeps.
    pub(crate) async fn kept_file(&self, hash: Hash) -> Option<String> {
        let kept = self.seat().keep().reach(Store::Files, &hash.to_string()).await;
        kept.into_iter().next().map(|(_, address)| address)
    }

    /// Sends a file of a record.
    pub(super) async fn send_file(&self, record: RecordId, file: &FileToSend) -> Verdict {
        let kept = self.kept_file(file.sha256).await;
        let bytes = kept.and_then(|address| files::bytes_of(&address));
        let Some(bytes) = bytes.filter(|bytes| Hash::of(bytes) == file.sha256) else {
            return Verdict::Refused(Refused {
                code: "not-kept".to_owned(),
                message: format!("“{}” is not on this device any more. Add it again", file.name),
                address: None,
                faults: Vec::new(),
            });
        };
        Verdict::of_file(api::put_file(record, file.sha256, &file.media_type, &bytes).await)
    }

    /// Offers the files that a record names, the server lacks and this device has: those that were added before files
    /// were sent at all, and those that a server which was restored from a backup has lost.
    pub(super) async fn offer_files(self: &Rc<Self>, record: RecordId) {
        let Some(filling) = self.filling(record).filter(|filling| filling.is_held()) else {
            return;
        };
        let (named, known) = {
            let sheet = filling.sheet().borrow();
            let ledger = sheet.ledger();
            let state = ledger.state();
            let may_give = ledger.actor().may_write(state.created().team, state.authors());
            let named = if may_give {
                ledger.files_named()
            } else {
                Vec::new()
            };
            (named, ledger.there().is_some())
        };
        if named.is_empty() || !known || self.seat().link() != Link::Up {
            return;
        }
        let Ok(arrived) = api::files(record).await else {
            return;
        };
        for file in named {
            if !arrived.files.contains(&file.hash) && self.kept_file(file.hash).await.is_some() {
                filling.attach(&file);
            }
        }
    }
}
