//! What SQLite says, in the store's words.

use sqlx::error::{DatabaseError, ErrorKind};

use crate::{Error, Thing, Why};

/// The primary result codes of SQLite that are about its surroundings (<https://www.sqlite.org/rescode.html>).
/// The low byte of an extended code is its primary one.
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READ_ONLY: i32 = 8;
const IO: i32 = 10;
const FULL: i32 = 13;
const CANNOT_OPEN: i32 = 14;

/// The fault behind an error that no statement expects.
pub(super) fn fault(error: sqlx::Error) -> Error {
    let why = match &error {
        sqlx::Error::Database(database) => match primary_code(database.as_ref()) {
            Some(FULL) => Why::Full,
            Some(BUSY | LOCKED) => Why::Locked,
            Some(READ_ONLY) => Why::ReadOnly,
            Some(IO | CANNOT_OPEN) => Why::OutOfReach,
            _ => return Error::Damaged(error.into()),
        },
        // All connections are in use for longer than anyone waits.
        sqlx::Error::PoolTimedOut => Why::Locked,
        sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Why::OutOfReach,
        _ => return Error::Damaged(error.into()),
    };
    Error::Unavailable {
        why,
        source: error.into(),
    }
}

/// As [`fault`], where a second `unique` must not be, and the `needed` that is referred to must.
pub(super) fn clash(error: sqlx::Error, unique: Thing, needed: Thing) -> Error {
    match error.as_database_error().map(DatabaseError::kind) {
        Some(ErrorKind::UniqueViolation) => Error::Taken(unique),
        Some(ErrorKind::ForeignKeyViolation) => Error::Missing(needed),
        _ => fault(error),
    }
}

fn primary_code(error: &dyn DatabaseError) -> Option<i32> {
    let extended: i32 = error.code()?.parse().ok()?;
    Some(extended & 0xff)
}
