//! Reading columns. What cannot be read was not written by us: the database is damaged.

use std::error::Error as Cause;
use std::str::FromStr;

use record::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Row, Sqlite, Type};

use super::fault::fault;
use crate::Error;

/// A column as SQLite has it.
pub(super) fn get<'r, T>(row: &'r SqliteRow, column: &str) -> Result<T, Error>
where
    T: Decode<'r, Sqlite> + Type<Sqlite>,
{
    row.try_get(column).map_err(fault)
}

/// A column that holds the text of something.
pub(super) fn parse<T>(row: &SqliteRow, column: &str) -> Result<T, Error>
where
    T: FromStr<Err: Cause + Send + Sync + 'static>,
{
    text(get(row, column)?)
}

/// A column that holds the text of something, or nothing.
pub(super) fn parse_if_any<T>(row: &SqliteRow, column: &str) -> Result<Option<T>, Error>
where
    T: FromStr<Err: Cause + Send + Sync + 'static>,
{
    get::<Option<&str>>(row, column)?.map(text).transpose()
}

/// A column that holds a moment.
pub(super) fn moment(row: &SqliteRow, column: &str) -> Result<Timestamp, Error> {
    Timestamp::from_millis(get(row, column)?).map_err(damaged)
}

/// A column that holds a count.
pub(super) fn count<T: TryFrom<i64, Error: Cause + Send + Sync + 'static>>(
    row: &SqliteRow,
    column: &str,
) -> Result<T, Error> {
    T::try_from(get::<i64>(row, column)?).map_err(damaged)
}

/// What was kept makes no sense.
pub(super) fn damaged(cause: impl Into<Box<dyn Cause + Send + Sync>>) -> Error {
    Error::Damaged(cause.into())
}

fn text<T>(text: &str) -> Result<T, Error>
where
    T: FromStr<Err: Cause + Send + Sync + 'static>,
{
    text.parse().map_err(damaged)
}
