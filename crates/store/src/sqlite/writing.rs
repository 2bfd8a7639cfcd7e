//! One write of several statements: whole, or not at all.

use sqlx::Sqlite;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::fault::fault;
use crate::Error;

/// A write under way. Dropped before [`Writing::commit`], it never happened.
///
/// Not sqlx's own transaction: SQLite rolls one back by itself when the disk is full, and sqlx then believes for ever
/// that the connection is still in it. Here a connection whose write failed is closed, which undoes whatever is left.
pub(super) struct Writing {
    connection: PoolConnection<Sqlite>,
    is_done: bool,
}

impl Writing {
    /// Begins a write. It takes the lock at once, so that what it reads cannot change before it writes.
    pub(super) async fn begin(writer: &SqlitePool) -> Result<Self, Error> {
        let connection = writer.acquire().await.map_err(fault)?;
        let mut writing = Self {
            connection,
            is_done: false,
        };
        writing.run("BEGIN IMMEDIATE").await?;
        Ok(writing)
    }

    /// Where its statements go.
    pub(super) fn on(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }

    /// Makes it happen. When this returns, it is on the disk.
    pub(super) async fn commit(mut self) -> Result<(), Error> {
        self.run("COMMIT").await?;
        self.is_done = true;
        Ok(())
    }

    async fn run(&mut self, statement: &'static str) -> Result<(), Error> {
        sqlx::query(statement).execute(self.on()).await.map_err(fault)?;
        Ok(())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if !self.is_done {
            self.connection.close_on_drop();
        }
    }
}
