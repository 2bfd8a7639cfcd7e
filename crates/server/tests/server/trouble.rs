//! When the database cannot be written or read: a clear answer, nothing changed, and no detail of ours in it.

use std::time::Duration;

use axum::http::{StatusCode, header};
use record::Seq;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Executor};
use wire::paths;

use crate::office::{Office, write};

/// The database of an office, as another program opens it.
async fn beside(office: &Office) -> SqliteConnection {
    let path = office.folder.as_ref().unwrap().path().join("firsthand.db");
    let options = SqliteConnectOptions::new().filename(path);
    SqliteConnection::connect_with(&options).await.unwrap()
}

#[tokio::test]
async fn a_locked_database_is_a_clear_answer_and_the_same_request_succeeds_later() {
    let office = Office::in_sqlite_that_waits(Duration::from_millis(300)).await;
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let command = [office.command(write("visit.note", "while it is locked"))];
    let mut other = beside(&office).await;
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let answer = asha.command(record, &command).await;
    let problem = answer.problem();
    assert_eq!((problem.status, problem.code.as_str()), (503, "unavailable"));
    assert!(
        problem
            .detail
            .unwrap()
            .contains("Your work is kept on this device")
    );
    assert!(problem.instance.unwrap().starts_with("urn:uuid:"));
    assert_ne!(answer.header(header::RETRY_AFTER), "");
    assert_eq!(asha.events(record).await.events.len(), 1, "it can still be read");
    other.execute("ROLLBACK").await.unwrap();
    asha.done(record, &command).await;
    assert_eq!(office.state(record).await.head().seq, Seq(2));
}

#[tokio::test]
async fn a_fault_of_ours_tells_nothing_but_where_to_look() {
    let office = Office::in_sqlite().await;
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let mut other = beside(&office).await;
    for statement in [
        "DROP TRIGGER events_are_never_changed",
        "UPDATE events SET event = '{\"secret\": \"what she said\"'",
    ] {
        other.execute(statement).await.unwrap();
    }
    // Another server has not read the record before, so it meets the damage.
    let mut asha = asha.before(office.another_server().await);
    let answer = asha.get(&paths::events(record, Seq::NONE)).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let problem = answer.problem();
    assert_eq!(problem.code, "internal");
    assert!(problem.instance.unwrap().starts_with("urn:uuid:"));
    let body = String::from_utf8_lossy(&answer.body);
    for detail in ["secret", "what she said", "events", "line", "sqlite"] {
        assert!(!body.contains(detail), "{body}");
    }
}

#[tokio::test]
async fn a_server_whose_store_does_not_answer_is_not_healthy() {
    let office = Office::in_sqlite().await;
    let healthy = office.browser().get("/api/health").await;
    assert_eq!(
        (healthy.status, &healthy.body[..]),
        (StatusCode::OK, &br#"{"status":"ok"}"#[..])
    );
    let mut other = beside(&office).await;
    other.execute("DROP TABLE store").await.unwrap();
    let ill = office.browser().get("/api/health").await;
    assert_eq!(ill.code(), (500, "internal".into()));
}
