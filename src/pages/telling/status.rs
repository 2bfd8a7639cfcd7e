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
