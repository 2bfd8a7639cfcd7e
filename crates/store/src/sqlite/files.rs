//! Which record has which file, in SQLite; the contents lie on the shelf beside it.

use async_trait::async_trait;
use form::Hash;
use record::{PersonId, RecordId};
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::SqliteStore;
use super::fault::{clash, fault};
use super::rows::{count, damaged, get, moment, parse};
use crate::files::{Attached, Content, Files};
use crate::{Error, Thing};

#[async_trait]
impl Files for SqliteStore {
    async fn keep_file(&self, file: &Attached, content: &Content) -> Result<(), Error> {
        file.check(content)?;
        self.shelf.put(content).await?;
        sqlx::query(
            "INSERT INTO files (record, hash, media_type, size, person, at) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (record, hash) DO NOTHING",
        )
        .bind(file.record.to_string())
        .bind(file.hash.to_string())
        .bind(&file.media_type)
        .bind(i64::try_from(file.size).map_err(damaged)?)
        .bind(file.by.to_string())
        .bind(file.at.as_millis())
        .execute(&self.writer)
        .await
        .map_err(|error| clash(error, Thing::Record, Thing::Record))?;
        Ok(())
    }

    async fn files(&self, record: RecordId) -> Result<Vec<Attached>, Error> {
        let rows = sqlx::query("SELECT * FROM files WHERE record = ? ORDER BY hash")
            .bind(record.to_string())
            .fetch_all(&self.readers)
            .await
            .map_err(fault)?;
        rows.iter().map(attached).collect()
    }

    async fn file(&self, record: RecordId, hash: Hash) -> Result<Option<Attached>, Error> {
        let row = sqlx::query("SELECT * FROM files WHERE record = ? AND hash = ?")
            .bind(record.to_string())
            .bind(hash.to_string())
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.as_ref().map(attached).transpose()
    }

    async fn content(&self, record: RecordId, hash: Hash) -> Result<Option<Content>, Error> {
        match self.file(record, hash).await? {
            Some(file) => self.shelf.get(file.hash).await.map(Some),
            None => Ok(None),
        }
    }
}

fn attached(row: &SqliteRow) -> Result<Attached, Error> {
    Ok(Attached {
        record: parse(row, "record")?,
        hash: parse(row, "hash")?,
        media_type: get(row, "media_type")?,
        size: count(row, "size")?,
        by: PersonId(parse::<Uuid>(row, "person")?),
        at: moment(row, "at")?,
    })
}
