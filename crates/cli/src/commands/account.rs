//! `firsthand account`: the accounts that people sign in with, where a council has no sign-in of its own.

use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use record::{PersonId, Role, TeamId};
use server::{LONGEST, Passwords, SHORTEST};
use store::{Account, Error, Login, People, SqliteStore, Team, Thing};
use uuid::Uuid;

use crate::data::Data;
use crate::terminal::{ask_secret, say};

/// What to do.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Add a person who may sign in. Their password is asked for, or read as one line of the input.
    Add(Add),
}

/// Whom to add.
#[derive(clap::Args)]
pub(crate) struct Add {
    #[command(flatten)]
    data: Data,
    /// What they sign in with, such as their e-mail address.
    #[arg(long, value_parser = Login::new)]
    login: Login,
    /// Their name, as colleagues read it.
    #[arg(long)]
    name: String,
    /// What they are: practitioner, team_manager, service_manager or form_designer. May be given more than once.
    #[arg(long = "role", value_parser = role, required = true)]
    roles: Vec<Role>,
    /// Their team. It is made if there is none of this name.
    #[arg(long)]
    team: String,
}

/// The command.
pub(crate) async fn account(command: Command) -> Result<ExitCode> {
    let Command::Add(add) = command;
    let store = add.data.open_or_make().await?;
    let added = add_to(&store, add).await;
    store.close().await;
    added
}

async fn add_to(store: &SqliteStore, add: Add) -> Result<ExitCode> {
    let Add {
        data: _,
        login,
        name,
        roles,
        team,
    } = add;
    ensure!(
        !name.trim().is_empty() && !team.trim().is_empty(),
        "a person and a team need names"
    );
    let accounts = store.accounts().await?;
    if accounts.iter().any(|account| account.demonstration) {
        bail!("this folder holds a demonstration; give people a folder of their own");
    }
    ensure!(
        accounts.iter().all(|account| account.login != login),
        "someone signs in as {} already",
        login.as_str()
    );
    let password = ask_secret(&format!("Password for {}: ", login.as_str()))?;
    let length = password.chars().count();
    ensure!(
        length >= SHORTEST,
        "a password has at least {SHORTEST} characters: three random words are easy to remember"
    );
    ensure!(length <= LONGEST, "a password has at most {LONGEST} characters");
    let account = Account {
        id: PersonId(Uuid::new_v4()),
        login,
        name: name.trim().to_owned(),
        roles: roles.into_iter().collect(),
        team: team_named(store, team.trim()).await?,
        password: Passwords::new()?.hash(password).await?,
        demonstration: false,
    };
    store
        .add_account(&account)
        .await
        .context("the account was not added")?;
    say(&format!(
        "{} can sign in as {}",
        account.name,
        account.login.as_str()
    ));
    Ok(ExitCode::SUCCESS)
}

/// The team of this name, made if there is none.
async fn team_named(store: &SqliteStore, name: &str) -> Result<TeamId> {
    let find = async || {
        let teams = store.teams().await?;
        let team = teams.into_iter().find(|team| team.name == name);
        anyhow::Ok(team.map(|team| team.id))
    };
    if let Some(team) = find().await? {
        return Ok(team);
    }
    let team = Team {
        id: TeamId(Uuid::new_v4()),
        name: name.to_owned(),
    };
    match store.add_team(&team).await {
        // Someone else added it meanwhile.
        Err(Error::Taken(Thing::Team)) => find().await?.context("the team is not there"),
        added => Ok(added.map(|()| team.id)?),
    }
}

fn role(name: &str) -> Result<Role, String> {
    let mut roles = Role::ALL.into_iter();
    roles.find(|role| role.name() == name).ok_or_else(|| {
        let names = Role::ALL.map(Role::name).join(", ");
        format!("there is no such role; there are {names}")
    })
}
