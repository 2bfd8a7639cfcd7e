//! The demonstration: everyone in it can sign in, and nobody of it once it is over.

use std::sync::Arc;

use axum::http::StatusCode;
use record::Role;
use server::{Clock, Config, Files, Server, StartError};
use store::{MemoryStore, Store};
use wire::{Demonstration, Families, Me, paths};

use crate::office::{Browser, FRONT, Office};

async fn start(store: &Arc<dyn Store>, demonstration: bool) -> Result<Server, StartError> {
    let config = Config {
        store: Arc::clone(store),
        clock: Clock::system(),
        front: Files::Embedded(&FRONT),
        origin: None,
        demonstration,
    };
    Server::start(config).await
}

async fn before(office: &Office, store: &Arc<dyn Store>, demonstration: bool) -> Browser {
    let router = start(store, demonstration).await.unwrap().router();
    office.browser().before(router)
}

#[tokio::test]
async fn everyone_listed_can_sign_in_and_is_what_the_list_says() {
    let office = Office::in_memory().await;
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let mut browser = before(&office, &store, true).await;
    let listed: Demonstration = browser.get(paths::DEMONSTRATION).await.json();
    let with = |roles: &[Role]| {
        listed
            .people
            .iter()
            .filter(|person| person.roles == roles)
            .count()
    };
    assert_eq!(with(&[Role::Practitioner]), 2);
    assert_eq!(with(&[Role::TeamManager]), 1);
    assert_eq!(with(&[Role::Practitioner, Role::TeamManager]), 1);
    for person in &listed.people {
        let mut browser = browser.clone();
        let answer = browser.sign_in(&person.login, &person.password).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", person.login);
        let me: wire::Me = answer.json();
        assert_eq!(
            (me.actor.name.as_str(), &me.team_name),
            (person.name.as_str(), &person.team_name)
        );
        assert_eq!(me.actor.roles, person.roles);
    }
}

#[tokio::test]
async fn there_is_a_family_with_a_teenager_a_five_year_old_and_a_baby() {
    let office = Office::in_memory().await;
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let mut browser = before(&office, &store, true).await;
    browser.sign_in("alex", "demonstration only").await;
    let families: Families = browser.get(paths::FAMILIES).await.json();
    assert_eq!(families.families.len(), 2);
    let today = Clock::system().now().day_in_london().days_since_1970();
    let ages: Vec<i64> = families.families[0]
        .children
        .iter()
        .map(|child| (today - child.born.unwrap().days_since_1970()) / 365)
        .collect();
    assert_eq!(ages, [15, 5, 0]);
}

#[tokio::test]
async fn starting_again_loses_nothing_and_adds_nothing() {
    let office = Office::in_memory().await;
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let mut browser = before(&office, &store, true).await;
    browser.sign_in("alex", "demonstration only").await;
    let accounts = store.accounts().await.unwrap();
    let families = store.families().await.unwrap();
    let mut again = browser.before(start(&store, true).await.unwrap().router());
    assert_eq!(store.accounts().await.unwrap(), accounts);
    assert_eq!(store.families().await.unwrap(), families);
    let me: Option<Me> = again.get(paths::SESSION).await.json();
    assert!(me.is_some(), "even the session");
}

#[tokio::test]
async fn when_it_is_over_nobody_of_it_is_let_in() {
    let office = Office::in_memory().await;
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let mut browser = before(&office, &store, true).await;
    browser.sign_in("alex", "demonstration only").await;
    let mut over = browser.before(start(&store, false).await.unwrap().router());
    assert_eq!(over.get(paths::SESSION).await.json::<Option<Me>>(), None);
    assert_eq!(over.get(paths::WORK).await.code(), (401, "not-signed-in".into()));
    assert_eq!(
        over.get(paths::DEMONSTRATION).await.code(),
        (404, "not-found".into())
    );
    let answer = over.sign_in("alex", "demonstration only").await;
    assert_eq!(answer.code(), (401, "wrong-password".into()));
}

#[tokio::test]
async fn it_is_not_put_beside_real_people() {
    let office = Office::in_memory().await;
    let before = office.store.accounts().await.unwrap();
    let refused = start(&office.store, true).await.err().unwrap();
    assert!(matches!(refused, StartError::Seed(_)), "{refused}");
    assert_eq!(office.store.accounts().await.unwrap(), before);
}
