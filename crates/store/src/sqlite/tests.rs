//! What only a database in a file can suffer: a full disk, a lock, a file that may not be written or is not ours.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use record::{RecordId, Seq};
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use tempfile::TempDir;

use super::*;
use crate::{Attached, Content, Files, Forms, People, Records, Why};
use specimens::{Making, publish, published, team};

#[expect(dead_code, reason = "shared with the contract suite, which uses all of it")]
#[path = "../../tests/contract/specimens.rs"]
mod specimens;

/// Too short to wait for, long enough for everything that does not have to wait.
const IMPATIENT: Duration = Duration::from_millis(300);

async fn place() -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open_with(&file(&folder), IMPATIENT).await.unwrap();
    (folder, store)
}

fn file(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("firsthand.db")
}

/// Another program with the same file open.
async fn beside(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path).busy_timeout(IMPATIENT);
    SqliteConnection::connect_with(&options).await.unwrap()
}

/// Gives a record a file.
async fn attach(store: &SqliteStore, record: RecordId, bytes: &'static [u8]) -> Attached {
    let content = Content::of(bytes);
    let file = Attached {
        record,
        hash: content.hash(),
        media_type: "text/plain".into(),
        size: content.size(),
        by: specimens::person(1).id,
        at: specimens::moment(9),
    };
    store.keep_file(&file, &content).await.unwrap();
    file
}

/// Where the content of a file lies.
fn on_shelf(folder: &TempDir, file: &Attached) -> std::path::PathBuf {
    let name = file.hash.to_string();
    folder.path().join("files").join(&name[..2]).join(&name)
}

fn is_unavailable<T>(outcome: Result<T, Error>, expected: Why) -> bool {
    matches!(outcome, Err(Error::Unavailable { why, .. }) if why == expected)
}

#[tokio::test]
async fn what_was_acknowledged_is_there_when_the_file_is_opened_again() {
    let (folder, store) = place().await;
    publish(&store).await;
    let mut making = Making::begun(1, 1, 1, &[1]).answered(1, "a");
    making.keep(&store).await.unwrap();
    let epoch = store.epoch().await.unwrap();
    // As when the program is killed: nobody closes anything.
    std::mem::forget(store);
    let store = SqliteStore::open(&file(&folder)).await.unwrap();
    let events = store.events(making.record(), Seq::NONE).await.unwrap();
    assert_eq!(events, making.events);
    assert_eq!(
        store.summary(making.record()).await.unwrap(),
        Some(making.summary())
    );
    assert_eq!(store.epoch().await.unwrap(), epoch);
    assert_eq!(
        store.form(published(1, "the form").hash).await.unwrap(),
        Some(b"the form".to_vec())
    );
}

#[tokio::test]
async fn closing_leaves_one_whole_file_and_the_folder_beside_it() {
    let (folder, store) = place().await;
    store.add_team(&team(1)).await.unwrap();
    store.close().await;
    let left = std::fs::read_dir(folder.path()).unwrap();
    let mut left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["files", "firsthand.db"]);
    let store = SqliteStore::open(&file(&folder)).await.unwrap();
    assert_eq!(store.teams().await.unwrap(), [team(1)]);
}

#[tokio::test]
async fn a_full_disk_is_said_and_changes_nothing() {
    let (_folder, store) = place().await;
    publish(&store).await;
    let mut small = Making::begun(1, 1, 1, &[1]);
    small.keep(&store).await.unwrap();
    sqlx::query("PRAGMA max_page_count = 1")
        .execute(&store.writer)
        .await
        .unwrap();
    let large = "what she said. ".repeat(100_000);
    let mut grown = small.clone().answered(2, "fits").answered(2, &large);
    let refused = grown.keep(&store).await;
    assert!(is_unavailable(refused, Why::Full));
    let events = store.events(small.record(), Seq::NONE).await.unwrap();
    assert_eq!(events, small.events);
    assert_eq!(
        store.summary(small.record()).await.unwrap(),
        Some(small.summary())
    );

    sqlx::query("PRAGMA max_page_count = 1000000")
        .execute(&store.writer)
        .await
        .unwrap();
    grown.keep(&store).await.unwrap();
    let events = store.events(small.record(), Seq::NONE).await.unwrap();
    assert_eq!(
        events, grown.events,
        "the same events are kept once there is room"
    );
}

#[tokio::test]
async fn a_locked_database_is_said_can_still_be_read_and_changes_nothing() {
    let (folder, store) = place().await;
    publish(&store).await;
    let mut making = Making::begun(1, 1, 1, &[1]);
    making.keep(&store).await.unwrap();
    let mut other = beside(&file(&folder)).await;
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let mut grown = making.clone().answered(1, "while it is locked");
    assert!(is_unavailable(grown.keep(&store).await, Why::Locked));
    assert!(is_unavailable(store.add_team(&team(1)).await, Why::Locked));
    let events = store.events(making.record(), Seq::NONE).await.unwrap();
    assert_eq!(events, making.events);
    lock.rollback().await.unwrap();
    grown.keep(&store).await.unwrap();
}

#[tokio::test]
async fn a_database_that_may_only_be_read_is_said() {
    let (_folder, store) = place().await;
    sqlx::query("PRAGMA query_only = on")
        .execute(&store.writer)
        .await
        .unwrap();
    assert!(is_unavailable(store.add_team(&team(1)).await, Why::ReadOnly));
    assert_eq!(store.teams().await.unwrap(), []);
}

#[tokio::test]
async fn what_cannot_be_opened_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = SqliteStore::open(&folder.path().join("no such folder/firsthand.db")).await;
    assert!(is_unavailable(nowhere, Why::OutOfReach));
    std::fs::write(file(&folder), "Dear diary, ".repeat(1_000)).unwrap();
    let not_ours = SqliteStore::open(&file(&folder)).await;
    assert!(matches!(not_ours, Err(Error::Damaged(_))), "{not_ours:?}");
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_not_touched() {
    let (folder, store) = place().await;
    store.close().await;
    let mut newer = beside(&file(&folder)).await;
    sqlx::query("INSERT INTO _sqlx_migrations VALUES (9999, 'of the future', '2030-01-01', TRUE, x'00', 1)")
        .execute(&mut newer)
        .await
        .unwrap();
    newer.close().await.unwrap();
    let refused = SqliteStore::open(&file(&folder)).await;
    assert!(matches!(refused, Err(Error::Damaged(_))), "{refused:?}");
}

#[tokio::test]
async fn nobody_changes_what_happened_or_what_was_published() {
    let (folder, store) = place().await;
    publish(&store).await;
    let mut making = Making::begun(1, 1, 1, &[1]).answered(1, "a");
    making.keep(&store).await.unwrap();
    attach(&store, making.record(), b"a letter").await;
    let mut other = beside(&file(&folder)).await;
    for statement in [
        "UPDATE events SET event = '{}'",
        "DELETE FROM events",
        "UPDATE forms SET bytes = x'00'",
        "DELETE FROM forms",
        "UPDATE files SET media_type = 'text/html'",
        "DELETE FROM files",
    ] {
        let refused = sqlx::query(statement).execute(&mut other).await;
        assert!(refused.is_err(), "{statement}");
    }
    let events = store.events(making.record(), Seq::NONE).await.unwrap();
    assert_eq!(events, making.events);
}

#[tokio::test]
async fn a_damaged_event_is_said_and_not_left_out() {
    let (folder, store) = place().await;
    publish(&store).await;
    let mut making = Making::begun(1, 1, 1, &[1]);
    making.keep(&store).await.unwrap();
    let mut other = beside(&file(&folder)).await;
    for statement in [
        "DROP TRIGGER events_are_never_changed",
        "UPDATE events SET event = substr(event, 2)",
    ] {
        sqlx::query(statement).execute(&mut other).await.unwrap();
    }
    let read = store.events(making.record(), Seq::NONE).await;
    assert!(matches!(read, Err(Error::Damaged(_))), "{read:?}");
}

#[tokio::test]
async fn a_file_outlives_its_program_and_one_that_is_damaged_or_gone_is_said() {
    let (folder, store) = place().await;
    publish(&store).await;
    let mut making = Making::begun(1, 1, 1, &[1]);
    making.keep(&store).await.unwrap();
    let letter = attach(&store, making.record(), b"a letter").await;
    std::mem::forget(store);
    let store = SqliteStore::open(&file(&folder)).await.unwrap();
    let read = async || store.content(letter.record, letter.hash).await;
    assert_eq!(read().await.unwrap(), Some(Content::of(&b"a letter"[..])));

    std::fs::write(on_shelf(&folder, &letter), "another letter").unwrap();
    assert!(matches!(read().await, Err(Error::Damaged(_))));
    std::fs::remove_file(on_shelf(&folder, &letter)).unwrap();
    assert!(matches!(read().await, Err(Error::Damaged(_))));
    // Whoever still has it can give it again.
    attach(&store, letter.record, b"a letter").await;
    assert_eq!(read().await.unwrap(), Some(Content::of(&b"a letter"[..])));
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_not_said_to_be_kept() {
    let (folder, store) = place().await;
    publish(&store).await;
    let mut making = Making::begun(1, 1, 1, &[1]);
    making.keep(&store).await.unwrap();
    let shelf = folder.path().join("files");
    std::fs::remove_dir(&shelf).unwrap();
    std::fs::write(&shelf, "no folder").unwrap();
    let content = Content::of(&b"a letter"[..]);
    let letter = Attached {
        record: making.record(),
        hash: content.hash(),
        media_type: "text/plain".into(),
        size: content.size(),
        by: specimens::person(1).id,
        at: specimens::moment(9),
    };
    assert!(is_unavailable(
        store.keep_file(&letter, &content).await,
        Why::OutOfReach
    ));
    assert_eq!(store.files(making.record()).await.unwrap(), []);
}

#[tokio::test]
async fn every_write_waits_for_the_disk() {
    let (_folder, store) = place().await;
    for (pragma, expected) in [("PRAGMA synchronous", 2_i64), ("PRAGMA foreign_keys", 1)] {
        let set: i64 = sqlx::query_scalar(pragma).fetch_one(&store.writer).await.unwrap();
        assert_eq!(set, expected, "{pragma}");
    }
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&store.writer)
        .await
        .unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_dropped_happened_wholly_or_not_at_all() {
    let (_folder, store) = place().await;
    publish(&store).await;
    let store = Arc::new(store);
    let mut kept = 0;
    for number in 0..60_u128 {
        let making = Making::begun(number, 1, 1, &[1])
            .answered(1, "a")
            .answered(1, "b");
        let patience = Duration::from_micros(u64::try_from(number).unwrap() * 25);
        let write = {
            let (store, mut making) = (Arc::clone(&store), making.clone());
            async move { making.keep(&*store).await }
        };
        let acknowledged = matches!(tokio::time::timeout(patience, write).await, Ok(Ok(())));
        let events = store.events(making.record(), Seq::NONE).await.unwrap();
        assert!(
            events == making.events || events.is_empty() && !acknowledged,
            "{number}: {} of 3 events",
            events.len()
        );
        kept += usize::from(!events.is_empty());
    }
    assert!(kept < 60, "some were dropped before they could be kept");
}
