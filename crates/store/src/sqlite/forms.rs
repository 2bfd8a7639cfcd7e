//! Published forms in SQLite.

use async_trait::async_trait;
use form::{FormHash, Name};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::fault::fault;
use super::rows::{count, damaged, get, moment, parse};
use super::writing::Writing;
use crate::forms::{Again, Forms, Published};
use crate::{Error, Thing};

#[async_trait]
impl Forms for SqliteStore {
    async fn publish(&self, form: &Published, bytes: &[u8], again: Again) -> Result<(), Error> {
        let mut writing = Writing::begin(&self.writer).await?;
        sqlx::query("INSERT INTO forms (hash, name, version, title, at, bytes) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING")
            .bind(form.hash.to_string())
            .bind(form.name.as_str())
            .bind(i64::from(form.version))
            .bind(&form.title)
            .bind(form.at.as_millis())
            .bind(bytes)
            .execute(writing.on())
            .await
            .map_err(fault)?;
        let version = match again {
            Again::Refuse => {
                "INSERT INTO form_versions (name, version, hash) VALUES (?, ?, ?) ON CONFLICT (name, version) DO NOTHING"
            }
            Again::Replace => {
                "INSERT INTO form_versions (name, version, hash) VALUES (?, ?, ?) ON CONFLICT (name, version) DO UPDATE SET hash = excluded.hash"
            }
        };
        sqlx::query(version)
            .bind(form.name.as_str())
            .bind(i64::from(form.version))
            .bind(form.hash.to_string())
            .execute(writing.on())
            .await
            .map_err(fault)?;
        let standing = sqlx::query("SELECT hash FROM form_versions WHERE name = ? AND version = ?")
            .bind(form.name.as_str())
            .bind(i64::from(form.version))
            .fetch_one(writing.on())
            .await
            .map_err(fault)?;
        if parse::<FormHash>(&standing, "hash")? != form.hash {
            return Err(Error::Taken(Thing::Form));
        }
        writing.commit().await
    }

    async fn form(&self, hash: FormHash) -> Result<Option<Vec<u8>>, Error> {
        let row = sqlx::query("SELECT bytes FROM forms WHERE hash = ?")
            .bind(hash.to_string())
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.map(|row| row.try_get("bytes").map_err(fault)).transpose()
    }

    async fn version(&self, name: &Name, version: u32) -> Result<Option<Published>, Error> {
        let row = sqlx::query(
            "SELECT forms.* FROM form_versions JOIN forms USING (hash) \
             WHERE form_versions.name = ? AND form_versions.version = ?",
        )
        .bind(name.as_str())
        .bind(i64::from(version))
        .fetch_optional(&self.readers)
        .await
        .map_err(fault)?;
        row.as_ref().map(published).transpose()
    }
}

fn published(row: &SqliteRow) -> Result<Published, Error> {
    Ok(Published {
        hash: parse(row, "hash")?,
        name: Name::new(get(row, "name")?).map_err(damaged)?,
        version: count(row, "version")?,
        title: get(row, "title")?,
        at: moment(row, "at")?,
    })
}
