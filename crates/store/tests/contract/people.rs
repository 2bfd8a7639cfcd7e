//! What must hold of accounts, teams and counted attempts.

use std::sync::Arc;

use store::{Account, Attempts, Error, Login, Store, Team, Thing};

use super::specimens::{account, hash, moment, person, team};

type Kept = Arc<dyn Store>;

pub(crate) async fn accounts_are_found_by_person_and_by_name(store: &Kept) {
    store.add_team(&team(1)).await.unwrap();
    let mut accounts: Vec<Account> = (0..3).map(|number| account(number, &team(1))).collect();
    accounts[1].roles.clear();
    for account in accounts.iter().rev() {
        store.add_account(account).await.unwrap();
    }
    for account in &accounts {
        assert_eq!(store.account(account.id).await.unwrap().as_ref(), Some(account));
        let named = store.account_named(&account.login).await.unwrap();
        assert_eq!(named.as_ref(), Some(account));
    }
    assert_eq!(store.accounts().await.unwrap(), accounts);
    assert_eq!(store.account(person(9).id).await.unwrap(), None);
    let nobody = Login::new("nobody").unwrap();
    assert_eq!(store.account_named(&nobody).await.unwrap(), None);
}

pub(crate) async fn a_user_name_is_one_persons_in_any_case(store: &Kept) {
    store.add_team(&team(1)).await.unwrap();
    let first = account(1, &team(1));
    store.add_account(&first).await.unwrap();
    let same_name = Account {
        login: Login::new(&first.login.as_str().to_uppercase()).unwrap(),
        ..account(2, &team(1))
    };
    let same_person = Account {
        id: first.id,
        ..account(3, &team(1))
    };
    for other in [same_name, same_person] {
        let refused = store.add_account(&other).await;
        assert!(
            matches!(refused, Err(Error::Taken(Thing::Account))),
            "{refused:?}"
        );
    }
    assert_eq!(store.accounts().await.unwrap(), [first]);
}

pub(crate) async fn an_account_needs_a_team_that_is_there(store: &Kept) {
    let refused = store.add_account(&account(1, &team(1))).await;
    assert!(matches!(refused, Err(Error::Missing(Thing::Team))), "{refused:?}");
    assert_eq!(store.accounts().await.unwrap(), []);
}

pub(crate) async fn teams_are_unlike_each_other(store: &Kept) {
    store.add_team(&team(2)).await.unwrap();
    store.add_team(&team(1)).await.unwrap();
    let same_id = Team {
        name: "Another".into(),
        ..team(1)
    };
    let same_name = Team {
        name: team(1).name,
        ..team(3)
    };
    for other in [same_id, same_name] {
        let refused = store.add_team(&other).await;
        assert!(matches!(refused, Err(Error::Taken(Thing::Team))), "{refused:?}");
    }
    assert_eq!(store.teams().await.unwrap(), [team(1), team(2)]);
}

fn attempts(wrong: u32, seconds: i64) -> Attempts {
    Attempts {
        wrong,
        last: moment(seconds),
    }
}

pub(crate) async fn attempts_are_counted_one_at_a_time(store: &Kept) {
    let name = hash("a name");
    let (first, second) = (attempts(1, 10), attempts(2, 20));
    assert_eq!(store.attempts(&name).await.unwrap(), None);
    assert!(!store.count_attempt(&name, Some(first), second).await.unwrap());
    assert!(store.count_attempt(&name, None, first).await.unwrap());
    assert!(!store.count_attempt(&name, None, second).await.unwrap());
    assert_eq!(store.attempts(&name).await.unwrap(), Some(first));
    assert!(store.count_attempt(&name, Some(first), second).await.unwrap());
    assert!(!store.count_attempt(&name, Some(first), second).await.unwrap());

    // However many try at once, each count is one attempt's.
    let tries = (0..8).map(|_| {
        let store = Arc::clone(store);
        tokio::spawn(async move { store.count_attempt(&name, Some(second), attempts(3, 30)).await })
    });
    let mut counted = 0;
    for attempt in tries.collect::<Vec<_>>() {
        counted += usize::from(attempt.await.unwrap().unwrap());
    }
    assert_eq!(counted, 1);
    assert_eq!(store.attempts(&name).await.unwrap(), Some(attempts(3, 30)));
}

pub(crate) async fn attempts_are_forgotten_by_name_and_by_age(store: &Kept) {
    let names = ["old", "older", "new"].map(hash);
    for (name, seconds) in names.iter().zip([10, 5, 20]) {
        assert!(
            store
                .count_attempt(name, None, attempts(1, seconds))
                .await
                .unwrap()
        );
    }
    store.forget_attempts(&names[0]).await.unwrap();
    assert_eq!(store.attempts(&names[0]).await.unwrap(), None);
    assert_eq!(store.attempts(&names[1]).await.unwrap(), Some(attempts(1, 5)));
    store.forget_attempts_before(moment(20)).await.unwrap();
    assert_eq!(store.attempts(&names[1]).await.unwrap(), None);
    assert_eq!(store.attempts(&names[2]).await.unwrap(), Some(attempts(1, 20)));
}
