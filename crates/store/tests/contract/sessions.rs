//! What must hold of sessions, and of the store's epoch.

use std::sync::Arc;

use store::{Error, Session, Store, Thing};

use super::specimens::{account, hash, moment, person, team};

type Kept = Arc<dyn Store>;

fn session(key: &str, seen: i64, ends: i64) -> Session {
    Session {
        key: hash(key),
        person: person(1).id,
        seen: moment(seen),
        ends: moment(ends),
    }
}

async fn add_person(store: &Kept) {
    store.add_team(&team(1)).await.unwrap();
    store.add_account(&account(1, &team(1))).await.unwrap();
}

pub(crate) async fn a_session_is_found_until_it_ends(store: &Kept) {
    add_person(store).await;
    let first = session("first", 0, 100);
    store.begin(&first).await.unwrap();
    store.begin(&session("second", 0, 100)).await.unwrap();
    assert_eq!(store.session(&first.key).await.unwrap(), Some(first));
    store.touch(&first.key, moment(50)).await.unwrap();
    assert_eq!(
        store.session(&first.key).await.unwrap(),
        Some(session("first", 50, 100))
    );
    store.end(&first.key).await.unwrap();
    store.end(&first.key).await.unwrap();
    store.touch(&first.key, moment(60)).await.unwrap();
    assert_eq!(store.session(&first.key).await.unwrap(), None);
    assert!(store.session(&hash("second")).await.unwrap().is_some());
}

pub(crate) async fn a_session_needs_a_person_and_a_key_of_its_own(store: &Kept) {
    let first = session("first", 0, 100);
    let refused = store.begin(&first).await;
    assert!(
        matches!(refused, Err(Error::Missing(Thing::Account))),
        "{refused:?}"
    );
    add_person(store).await;
    store.begin(&first).await.unwrap();
    let refused = store.begin(&session("first", 1, 200)).await;
    assert!(
        matches!(refused, Err(Error::Taken(Thing::Session))),
        "{refused:?}"
    );
    assert_eq!(store.session(&first.key).await.unwrap(), Some(first));
}

pub(crate) async fn overdue_sessions_end_and_others_stay(store: &Kept) {
    add_person(store).await;
    let sessions = [
        (session("over", 90, 100), false),
        (session("idle", 79, 200), false),
        (session("just in time", 80, 101), true),
    ];
    for (session, _) in &sessions {
        store.begin(session).await.unwrap();
    }
    store.end_overdue(moment(100), moment(80)).await.unwrap();
    for (session, stays) in sessions {
        let found = store.session(&session.key).await.unwrap();
        assert_eq!(found, stays.then_some(session));
    }
}

pub(crate) async fn the_epoch_stays(store: &Kept) {
    let epoch = store.epoch().await.unwrap();
    add_person(store).await;
    assert_eq!(store.epoch().await.unwrap(), epoch);
}
