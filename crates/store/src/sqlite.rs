//! The store in one SQLite file, with a folder beside it for the content of files: the embedded default, which needs
//! nothing else on the machine.
//!
//! Nothing is acknowledged before it is on the disk: write-ahead log, `synchronous=FULL`. One connection writes, so
//! that writers queue here rather than collide in the file; several read beside it.

mod families;
mod fault;
mod files;
mod forms;
mod people;
mod records;
mod rows;
mod sessions;
mod shelf;
#[cfg(test)]
mod tests;
mod writing;

use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use uuid::Uuid;

use crate::{Error, Store};
use fault::fault;
use rows::parse;
use shelf::Shelf;

/// The changes that made the database what it is, in order. One that was released is never edited: add another.
const MIGRATIONS: [(&str, &str); 2] = [
    ("begin", include_str!("sqlite/0001_begin.sql")),
    ("files", include_str!("sqlite/0002_files.sql")),
];

/// How many connections read at once.
const READERS: u32 = 4;
/// How long a call waits, beyond a lock, for the calls before it.
const QUEUE: Duration = Duration::from_secs(10);

/// The folder with the content of files, beside the database.
const FILES: &str = "files";

/// A store in one SQLite file and the folder beside it.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    shelf: Shelf,
}

impl SqliteStore {
    /// How long a write waits for another program to let go of the file.
    pub const PATIENCE: Duration = Duration::from_secs(5);

    /// Opens the database at this path, making it if it is not there and bringing it up to date if it is older. The
    /// content of files lies in the folder `files` beside it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if it cannot be opened or written, [`Error::Damaged`] if it is not a database of ours
    /// or was last written by a newer program.
    pub async fn open(path: &Path) -> Result<Self, Error> {
        Self::open_with(path, Self::PATIENCE).await
    }

    /// As [`SqliteStore::open`], waiting for other programs for so long.
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub async fn open_with(path: &Path, patience: Duration) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(patience);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(patience + QUEUE)
            .connect_with(options.clone().create_if_missing(true))
            .await
            .map_err(fault)?;
        migrations().run(&writer).await.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error)
            | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => fault(error),
            other => Error::Damaged(other.into()),
        })?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(patience + QUEUE)
            .connect_with(options.pragma("query_only", "on"))
            .await
            .map_err(fault)?;
        let shelf = Shelf::folder(&path.with_file_name(FILES))?;
        let store = Self {
            writer,
            readers,
            shelf,
        };
        store.name_epoch().await?;
        Ok(store)
    }

    /// Gives a store that was just made what it is known by.
    async fn name_epoch(&self) -> Result<(), Error> {
        sqlx::query("INSERT INTO store (one, epoch) VALUES (1, ?) ON CONFLICT DO NOTHING")
            .bind(Uuid::new_v4().to_string())
            .execute(&self.writer)
            .await
            .map_err(fault)?;
        Ok(())
    }

    /// Closes the file when everything under way is done, leaving no log beside it.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn epoch(&self) -> Result<Uuid, Error> {
        let row = sqlx::query("SELECT epoch FROM store")
            .fetch_one(&self.readers)
            .await
            .map_err(fault)?;
        parse(&row, "epoch")
    }
}

fn migrations() -> Migrator {
    let numbered = (1..).zip(MIGRATIONS).map(|(version, (name, sql))| {
        Migration::new(
            version,
            Cow::Borrowed(name),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(numbered.collect())
}
