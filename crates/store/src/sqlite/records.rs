//! Records and their events in SQLite.

use async_trait::async_trait;
use form::{Hash, Name, canonical_json};
use record::{Event, EventHash, EventId, Head, RecordId, Seq, Summary};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite};

use super::SqliteStore;
use super::fault::{clash, fault};
use super::rows::{count, damaged, get, parse};
use super::writing::Writing;
use crate::records::{Append, Mark, Reach, Records, Slice, Sought, awaits};
use crate::{Error, Thing};

#[async_trait]
impl Records for SqliteStore {
    async fn append(&self, append: Append<'_>) -> Result<(), Error> {
        append.check()?;
        let mut writing = Writing::begin(&self.writer).await?;
        let found = standing(&mut writing, append.summary.record).await?;
        if found != append.after {
            return Err(Error::Conflict {
                expected: append.after,
                found,
            });
        }
        for event in append.events {
            insert_event(&mut writing, event).await?;
        }
        put_summary(&mut writing, append.summary).await?;
        writing.commit().await
    }

    async fn events(&self, record: RecordId, after: Seq) -> Result<Vec<Event>, Error> {
        let rows = sqlx::query("SELECT event FROM events WHERE record = ? AND seq > ? ORDER BY seq")
            .bind(record.to_string())
            .bind(number(after.0))
            .fetch_all(&self.readers)
            .await
            .map_err(fault)?;
        let event = |row| serde_json::from_str(get(row, "event")?).map_err(unreadable);
        rows.iter().map(event).collect()
    }

    async fn record_of(&self, event: EventId) -> Result<Option<RecordId>, Error> {
        let row = sqlx::query("SELECT record FROM events WHERE id = ?")
            .bind(event.to_string())
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.map(|row| parse(&row, "record")).transpose()
    }

    async fn summary(&self, record: RecordId) -> Result<Option<Summary>, Error> {
        let row = sqlx::query("SELECT summary FROM records WHERE id = ?")
            .bind(record.to_string())
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.as_ref().map(summary).transpose()
    }

    async fn summaries(&self, sought: &Sought, slice: Slice) -> Result<Vec<Summary>, Error> {
        let mut query = QueryBuilder::new("SELECT summary FROM records WHERE ");
        narrow(&mut query, sought);
        if let Some(Mark { changed_at, record }) = slice.after {
            query.push(" AND (changed_at, id) < (");
            query.push_bind(changed_at.as_millis());
            query.push(", ");
            query.push_bind(record.to_string());
            query.push(")");
        }
        query.push(" ORDER BY changed_at DESC, id DESC LIMIT ");
        query.push_bind(i64::from(slice.limit));
        let rows = query.build().fetch_all(&self.readers).await.map_err(fault)?;
        rows.iter().map(summary).collect()
    }

    async fn ids(&self, after: Option<RecordId>, limit: u32) -> Result<Vec<RecordId>, Error> {
        let after = after.map(|id| id.to_string()).unwrap_or_default();
        // Of a damaged database, either table may know of a record that the other does not.
        let rows = sqlx::query(
            "SELECT id FROM records WHERE id > ?1 UNION SELECT record FROM events WHERE record > ?1 \
             ORDER BY 1 LIMIT ?2",
        )
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await
        .map_err(fault)?;
        rows.iter().map(|row| parse(row, "id")).collect()
    }
}

/// Where a record stands, under the write lock.
async fn standing(writing: &mut Writing, record: RecordId) -> Result<Option<Head>, Error> {
    let row = sqlx::query("SELECT seq, hash FROM records WHERE id = ?")
        .bind(record.to_string())
        .fetch_optional(writing.on())
        .await
        .map_err(fault)?;
    let head = row.map(|row| {
        Ok(Head {
            seq: Seq(count(&row, "seq")?),
            hash: EventHash(parse::<Hash>(&row, "hash")?),
        })
    });
    head.transpose()
}

async fn insert_event(writing: &mut Writing, event: &Event) -> Result<(), Error> {
    let bytes = canonical_json(event).map_err(damaged)?;
    sqlx::query("INSERT INTO events (record, seq, id, event) VALUES (?, ?, ?, ?)")
        .bind(event.record.to_string())
        .bind(number(event.seq.0))
        .bind(event.id.to_string())
        .bind(String::from_utf8(bytes).map_err(damaged)?)
        .execute(writing.on())
        .await
        .map_err(|error| clash(error, Thing::Event, Thing::Event))?;
    Ok(())
}

/// Puts a summary in the place of the one before. Authors only come, and children stay.
async fn put_summary(writing: &mut Writing, summary: &Summary) -> Result<(), Error> {
    let record = summary.record.to_string();
    sqlx::query(
        "INSERT INTO records (id, seq, hash, form, team, finished, awaits, changed_at, summary) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, form = excluded.form, \
         team = excluded.team, finished = excluded.finished, awaits = excluded.awaits, \
         changed_at = excluded.changed_at, summary = excluded.summary",
    )
    .bind(&record)
    .bind(number(summary.head.seq.0))
    .bind(summary.head.hash.0.to_string())
    .bind(summary.form.hash.to_string())
    .bind(summary.team.to_string())
    .bind(summary.status.is_final())
    .bind(awaits(summary).map(Name::as_str))
    .bind(summary.changed_at.as_millis())
    .bind(serde_json::to_string(summary).map_err(damaged)?)
    .execute(writing.on())
    .await
    .map_err(|error| clash(error, Thing::Event, Thing::Form))?;
    for author in &summary.authors {
        sqlx::query("INSERT INTO record_authors (record, person) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(&record)
            .bind(author.id.to_string())
            .execute(writing.on())
            .await
            .map_err(fault)?;
    }
    for child in &summary.subjects {
        sqlx::query("INSERT INTO record_children (record, child) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(&record)
            .bind(child.id.as_str())
            .execute(writing.on())
            .await
            .map_err(fault)?;
    }
    Ok(())
}

/// Adds what is sought to a query that ends where a condition belongs.
fn narrow(query: &mut QueryBuilder<Sqlite>, sought: &Sought) {
    let Sought {
        seen_by,
        author,
        child,
        finished,
        awaits,
    } = sought;
    match seen_by {
        Reach::EveryTeam => {
            query.push("1 = 1");
        }
        Reach::Team { team, person } => {
            query.push("(team = ");
            query.push_bind(team.to_string());
            query.push(" OR id IN (SELECT record FROM record_authors WHERE person = ");
            query.push_bind(person.to_string());
            query.push("))");
        }
    }
    if let Some(author) = author {
        query.push(" AND id IN (SELECT record FROM record_authors WHERE person = ");
        query.push_bind(author.to_string());
        query.push(")");
    }
    if let Some(child) = child {
        query.push(" AND id IN (SELECT record FROM record_children WHERE child = ");
        query.push_bind(child.to_string());
        query.push(")");
    }
    if let Some(finished) = finished {
        query.push(" AND finished = ");
        query.push_bind(*finished);
    }
    if let Some(roles) = awaits {
        query.push(" AND awaits IN (");
        let mut list = query.separated(", ");
        for role in roles {
            list.push_bind(role.to_string());
        }
        query.push(")");
    }
}

fn summary(row: &SqliteRow) -> Result<Summary, Error> {
    serde_json::from_str(get(row, "summary")?).map_err(unreadable)
}

/// What was kept cannot be read. The error's own words may quote it, and it is about children: they reach no log.
fn unreadable(error: serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    damaged(format!(
        "{:?} error at line {line}, column {column}",
        error.classify()
    ))
}

/// A count as the database keeps it. No record has so many events that it would not fit.
fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
