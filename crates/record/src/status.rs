//! Where a record stands on its way from a draft to a signed record.

use serde::{Deserialize, Serialize};

use crate::revision::RevisionHash;
use crate::timestamp::Timestamp;

/// Where a record stands.
///
/// ```text
/// Draft ──submit──> Waiting ──approve, at each stage──> Approved
///   │                │   ▲
///   │             return submit
///   │                ▼   │
///   │               Returned
///   └──submit, where the form asks for no sign-off────> Filed
/// ```
///
/// From anywhere but `Approved` and `Filed` it can be voided. The last three are for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being written.
    Draft,
    /// Sent for sign-off, and cannot be changed while it waits.
    Waiting {
        /// What is to be read and decided on.
        revision: RevisionHash,
        /// The stage at hand, counted from 0.
        stage: u16,
        /// When this stage began.
        since: Timestamp,
    },
    /// Sent back to its authors, and being written again.
    Returned {
        /// What was read.
        revision: RevisionHash,
        /// The stage at which it was returned, counted from 0.
        stage: u16,
        /// When.
        at: Timestamp,
    },
    /// Signed at every stage.
    Approved {
        /// What was signed.
        revision: RevisionHash,
        /// When the last stage was.
        at: Timestamp,
    },
    /// Complete; its form asks for no sign-off.
    Filed {
        /// What was sent.
        revision: RevisionHash,
        /// When.
        at: Timestamp,
    },
    /// Set aside as made in error. Kept, and readable.
    Voided {
        /// When.
        at: Timestamp,
    },
}

impl Status {
    /// May its authors write in it?
    pub fn takes_edits(self) -> bool {
        matches!(self, Self::Draft | Self::Returned { .. })
    }

    /// Can nothing change it any more?
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Approved { .. } | Self::Filed { .. } | Self::Voided { .. }
        )
    }
}
