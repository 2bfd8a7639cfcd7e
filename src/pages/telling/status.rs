//! Where a record stands, in a word or two.

use record::Status;

/// What people read of where a record stands: "Waiting for sign-off".
pub(crate) fn words(status: Status) -> &'static str {
    match status {
        Status::Draft => "Being written",
        Status::Waiting { .. } => "Waiting for sign-off",
        Status::Returned { .. } => "Returned",
        Status::Approved { .. } => "Signed",
        Status::Filed { .. } => "Complete",
        Status::Voided { .. } => "Set aside",
    }
}

/// The word of the style sheets for it: of `tag`.
pub(crate) fn style(status: Status) -> &'static str {
    match status {
        Status::Returned { .. } => "late",
        Status::Approved { .. } | Status::Filed { .. } => "signed",
        Status::Draft | Status::Waiting { .. } | Status::Voided { .. } => "",
    }
}

/// What whoever holds a record printed must be told before they read it, in a word and a sentence; nothing of one that
/// is complete. Nobody may take a draft for a signed record.
pub(crate) fn unsigned(status: Status) -> Option<(&'static str, &'static str)> {
    Some(match status {
        Status::Draft => (
            "Draft",
            "It is being written. It may still change, and nobody has signed it.",
        ),
        Status::Returned { .. } => (
            "Draft",
            "It was returned by whoever signs it, and is being written again. It may still change.",
        ),
        Status::Waiting { .. } => (
            "Not signed yet",
            "It was sent for sign-off, and waits for a decision.",
        ),
        Status::Voided { .. } => (
            "Set aside",
            "It was made in error. It is kept, and does not count.",
        ),
        Status::Approved { .. } | Status::Filed { .. } => return None,
    })
}
