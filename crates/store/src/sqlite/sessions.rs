//! Sessions in SQLite.

use async_trait::async_trait;
use form::Hash;
use record::Timestamp;

use super::SqliteStore;
use super::fault::{clash, fault};
use super::rows::{moment, parse};
use crate::sessions::{Session, Sessions};
use crate::{Error, Thing};

#[async_trait]
impl Sessions for SqliteStore {
    async fn begin(&self, session: &Session) -> Result<(), Error> {
        sqlx::query("INSERT INTO sessions (key, person, seen, ends) VALUES (?, ?, ?, ?)")
            .bind(session.key.to_string())
            .bind(session.person.to_string())
            .bind(session.seen.as_millis())
            .bind(session.ends.as_millis())
            .execute(&self.writer)
            .await
            .map_err(|error| clash(error, Thing::Session, Thing::Account))?;
        Ok(())
    }

    async fn session(&self, key: &Hash) -> Result<Option<Session>, Error> {
        let row = sqlx::query("SELECT key, person, seen, ends FROM sessions WHERE key = ?")
            .bind(key.to_string())
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        let session = row.map(|row| {
            Ok(Session {
                key: parse(&row, "key")?,
                person: parse(&row, "person")?,
                seen: moment(&row, "seen")?,
                ends: moment(&row, "ends")?,
            })
        });
        session.transpose()
    }

    async fn touch(&self, key: &Hash, seen: Timestamp) -> Result<(), Error> {
        sqlx::query("UPDATE sessions SET seen = ? WHERE key = ?")
            .bind(seen.as_millis())
            .bind(key.to_string())
            .execute(&self.writer)
            .await
            .map_err(fault)?;
        Ok(())
    }

    async fn end(&self, key: &Hash) -> Result<(), Error> {
        sqlx::query("DELETE FROM sessions WHERE key = ?")
            .bind(key.to_string())
            .execute(&self.writer)
            .await
            .map_err(fault)?;
        Ok(())
    }

    async fn end_overdue(&self, now: Timestamp, idle: Timestamp) -> Result<(), Error> {
        sqlx::query("DELETE FROM sessions WHERE ends <= ? OR seen < ?")
            .bind(now.as_millis())
            .bind(idle.as_millis())
            .execute(&self.writer)
            .await
            .map_err(fault)?;
        Ok(())
    }
}
