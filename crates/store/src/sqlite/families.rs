//! Families and children in SQLite.

use async_trait::async_trait;
use engine::Subject;
use form::RowKey;
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::fault::{clash, fault};
use super::rows::{damaged, get, parse, parse_if_any};
use super::writing::Writing;
use crate::families::{Families, Family, FamilyId};
use crate::{Error, Thing};

#[async_trait]
impl Families for SqliteStore {
    async fn add_family(&self, family: &Family) -> Result<(), Error> {
        let mut writing = Writing::begin(&self.writer).await?;
        sqlx::query("INSERT INTO families (id, name) VALUES (?, ?)")
            .bind(family.id.to_string())
            .bind(&family.name)
            .execute(writing.on())
            .await
            .map_err(|error| clash(error, Thing::Family, Thing::Family))?;
        for (place, child) in (0_i64..).zip(&family.children) {
            sqlx::query(
                "INSERT INTO children (id, family, place, first_name, family_name, born, expected) \
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(child.id.as_str())
            .bind(family.id.to_string())
            .bind(place)
            .bind(&child.first_name)
            .bind(&child.family_name)
            .bind(child.born.map(|day| day.to_string()))
            .bind(child.expected.map(|day| day.to_string()))
            .execute(writing.on())
            .await
            .map_err(|error| clash(error, Thing::Child, Thing::Family))?;
        }
        writing.commit().await
    }

    async fn families(&self) -> Result<Vec<Family>, Error> {
        let rows = sqlx::query(
            "SELECT families.name AS family_called, children.*, families.id AS family FROM families \
             LEFT JOIN children ON children.family = families.id \
             ORDER BY families.name, families.id, place",
        )
        .fetch_all(&self.readers)
        .await
        .map_err(fault)?;
        let mut families: Vec<Family> = Vec::new();
        for row in &rows {
            let id: FamilyId = parse(row, "family")?;
            if families.last().is_none_or(|last| last.id != id) {
                let name = get(row, "family_called")?;
                let children = Vec::new();
                families.push(Family { id, name, children });
            }
            if let (Some(family), Some(_)) = (families.last_mut(), get::<Option<&str>>(row, "id")?) {
                family.children.push(child(row)?);
            }
        }
        Ok(families)
    }

    async fn children(&self, ids: &[RowKey]) -> Result<Vec<Subject>, Error> {
        let mut children = Vec::with_capacity(ids.len());
        for id in ids {
            let row = sqlx::query("SELECT * FROM children WHERE id = ?")
                .bind(id.as_str())
                .fetch_optional(&self.readers)
                .await
                .map_err(fault)?;
            children.push(child(&row.ok_or(Error::Missing(Thing::Child))?)?);
        }
        Ok(children)
    }
}

fn child(row: &SqliteRow) -> Result<Subject, Error> {
    Ok(Subject {
        id: RowKey::new(get(row, "id")?).map_err(damaged)?,
        first_name: get(row, "first_name")?,
        family_name: get(row, "family_name")?,
        born: parse_if_any(row, "born")?,
        expected: parse_if_any(row, "expected")?,
    })
}
