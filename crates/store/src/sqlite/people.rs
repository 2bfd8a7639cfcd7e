//! Accounts, teams and attempts in SQLite.

use std::collections::BTreeMap;

use async_trait::async_trait;
use form::Hash;
use record::{PersonId, Role, Timestamp};
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::fault::{clash, fault};
use super::rows::{count, damaged, get, moment, parse};
use super::writing::Writing;
use crate::people::{Account, Attempts, Login, People, Team};
use crate::{Error, Thing};

#[async_trait]
impl People for SqliteStore {
    async fn add_team(&self, team: &Team) -> Result<(), Error> {
        sqlx::query("INSERT INTO teams (id, name) VALUES (?, ?)")
            .bind(team.id.to_string())
            .bind(&team.name)
            .execute(&self.writer)
            .await
            .map_err(|error| clash(error, Thing::Team, Thing::Team))?;
        Ok(())
    }

    async fn teams(&self) -> Result<Vec<Team>, Error> {
        let rows = sqlx::query("SELECT id, name FROM teams ORDER BY name")
            .fetch_all(&self.readers)
            .await
            .map_err(fault)?;
        let team = |row: &SqliteRow| {
            Ok(Team {
                id: parse(row, "id")?,
                name: get(row, "name")?,
            })
        };
        rows.iter().map(team).collect()
    }

    async fn add_account(&self, account: &Account) -> Result<(), Error> {
        let mut writing = Writing::begin(&self.writer).await?;
        sqlx::query(
            "INSERT INTO accounts (id, login, name, team, password, demonstration) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(account.id.to_string())
        .bind(account.login.as_str())
        .bind(&account.name)
        .bind(account.team.to_string())
        .bind(&account.password)
        .bind(account.demonstration)
        .execute(writing.on())
        .await
        .map_err(|error| clash(error, Thing::Account, Thing::Team))?;
        for role in &account.roles {
            sqlx::query("INSERT INTO account_roles (account, role) VALUES (?, ?)")
                .bind(account.id.to_string())
                .bind(role.name())
                .execute(writing.on())
                .await
                .map_err(fault)?;
        }
        writing.commit().await
    }

    async fn account(&self, id: PersonId) -> Result<Option<Account>, Error> {
        let found = sqlx::query(
            "SELECT accounts.*, role FROM accounts LEFT JOIN account_roles ON account = id WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_all(&self.readers)
        .await
        .map_err(fault)?;
        Ok(gathered(&found)?.pop())
    }

    async fn account_named(&self, name: &Login) -> Result<Option<Account>, Error> {
        let found = sqlx::query(
            "SELECT accounts.*, role FROM accounts LEFT JOIN account_roles ON account = id WHERE login = ?",
        )
        .bind(name.as_str())
        .fetch_all(&self.readers)
        .await
        .map_err(fault)?;
        Ok(gathered(&found)?.pop())
    }

    async fn accounts(&self) -> Result<Vec<Account>, Error> {
        let found =
            sqlx::query("SELECT accounts.*, role FROM accounts LEFT JOIN account_roles ON account = id")
                .fetch_all(&self.readers)
                .await
                .map_err(fault)?;
        gathered(&found)
    }

    async fn attempts(&self, name: &Hash) -> Result<Option<Attempts>, Error> {
        let row = sqlx::query("SELECT wrong, last FROM attempts WHERE name = ?")
            .bind(name.to_string())
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        let attempts = row.map(|row| {
            Ok(Attempts {
                wrong: count(&row, "wrong")?,
                last: moment(&row, "last")?,
            })
        });
        attempts.transpose()
    }

    async fn count_attempt(&self, name: &Hash, seen: Option<Attempts>, now: Attempts) -> Result<bool, Error> {
        let query = match seen {
            None => sqlx::query(
                "INSERT INTO attempts (wrong, last, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(i64::from(now.wrong))
            .bind(now.last.as_millis())
            .bind(name.to_string()),
            Some(seen) => sqlx::query(
                "UPDATE attempts SET wrong = ?, last = ? WHERE name = ? AND wrong = ? AND last = ?",
            )
            .bind(i64::from(now.wrong))
            .bind(now.last.as_millis())
            .bind(name.to_string())
            .bind(i64::from(seen.wrong))
            .bind(seen.last.as_millis()),
        };
        let counted = query.execute(&self.writer).await.map_err(fault)?;
        Ok(counted.rows_affected() == 1)
    }

    async fn forget_attempts(&self, name: &Hash) -> Result<(), Error> {
        sqlx::query("DELETE FROM attempts WHERE name = ?")
            .bind(name.to_string())
            .execute(&self.writer)
            .await
            .map_err(fault)?;
        Ok(())
    }

    async fn forget_attempts_before(&self, moment: Timestamp) -> Result<(), Error> {
        sqlx::query("DELETE FROM attempts WHERE last < ?")
            .bind(moment.as_millis())
            .execute(&self.writer)
            .await
            .map_err(fault)?;
        Ok(())
    }
}

/// The accounts in rows of which each names one role, by user name.
fn gathered(rows: &[SqliteRow]) -> Result<Vec<Account>, Error> {
    let mut accounts: BTreeMap<Login, Account> = BTreeMap::new();
    for row in rows {
        let account = account(row)?;
        let account = accounts.entry(account.login.clone()).or_insert(account);
        if let Some(name) = get::<Option<&str>>(row, "role")? {
            account.roles.insert(role(name)?);
        }
    }
    Ok(accounts.into_values().collect())
}

fn account(row: &SqliteRow) -> Result<Account, Error> {
    Ok(Account {
        id: parse(row, "id")?,
        login: Login::new(get(row, "login")?).map_err(damaged)?,
        name: get(row, "name")?,
        roles: [].into(),
        team: parse(row, "team")?,
        password: get(row, "password")?,
        demonstration: get(row, "demonstration")?,
    })
}

fn role(name: &str) -> Result<Role, Error> {
    let mut roles = Role::ALL.into_iter();
    roles
        .find(|role| role.name() == name)
        .ok_or_else(|| damaged(format!("there is no role `{name}`")))
}
