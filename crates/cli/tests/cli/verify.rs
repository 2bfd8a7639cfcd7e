//! Verifying: a whole store is whole, and whatever was meddled with is named.

use std::process::Command;

use record::{Action, Seq, State};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection, Executor};
use wire::paths;

use crate::program::{Place, ask, notes, run, said};

/// What is attached to the first record, and to the second.
const LETTERS: [&str; 2] = ["Dear Alex", "Dear Sam"];

/// A store with two records of four events and a letter each.
fn with_two_records() -> (Place, [String; 2]) {
    let place = Place::new();
    let running = place.serve(&["--demo"]);
    let mut browser = running.browser();
    browser.sign_in("alex", "demonstration only");
    let records = LETTERS.map(|letter| {
        let record = browser.start_record();
        let request = notes(&["a".into(), "b".into(), "c".into()]);
        assert_eq!(
            browser.post(&paths::commands(record), &request).unwrap().status,
            200
        );
        browser.attach(record, letter);
        record.to_string()
    });
    running.stop();
    (place, records)
}

/// Does this to the database, as someone who has the file can.
fn meddle(place: &Place, statement: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new()
            .filename(place.database())
            .foreign_keys(false);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        for trigger in [
            "events_are_never_changed",
            "events_are_never_removed",
            "forms_are_never_changed",
            "files_are_never_removed",
        ] {
            let drop = format!("DROP TRIGGER IF EXISTS {trigger}");
            connection.execute(AssertSqlSafe(drop)).await.unwrap();
        }
        let done = connection
            .execute(AssertSqlSafe(statement.to_owned()))
            .await
            .unwrap();
        assert!(done.rows_affected() > 0, "{statement}");
        connection.close().await.unwrap();
    });
}

#[test]
fn a_whole_store_is_said_to_be_whole() {
    let (place, _) = with_two_records();
    let (exit, output, errors) = said(&run(&["verify", "--data", &place.data()], ""));
    assert_eq!(exit, Some(0), "{errors}");
    assert_eq!(
        output,
        "2 records with 8 events and 2 files are whole and as they were written\n"
    );
}

#[test]
fn whatever_was_meddled_with_is_named_and_the_rest_is_not() {
    let (whole, [first, second]) = with_two_records();
    for (change, named) in [
        (
            "UPDATE events SET event = replace(event, '\"text\":\"b\"', '\"text\":\"x\"') WHERE record = '{}'",
            "has been altered",
        ),
        (
            "DELETE FROM events WHERE record = '{}' AND seq = 2",
            "is not at its place",
        ),
        (
            "DELETE FROM events WHERE record = '{}' AND seq = 4",
            "events are missing after 3: it had 4",
        ),
        ("DELETE FROM events WHERE record = '{}'", "its events are missing"),
        (
            "UPDATE events SET seq = 9 - seq WHERE record = '{}' AND seq IN (3, 4)",
            "is not at its place",
        ),
        (
            "UPDATE events SET event = '{' WHERE record = '{}' AND seq = 2",
            "cannot be read",
        ),
        (
            "UPDATE records SET summary = replace(summary, 'Alex', 'Alan') WHERE id = '{}'",
            "its summary is not that of its events",
        ),
        (
            "DELETE FROM records WHERE id = '{}'",
            "its summary is not that of its events",
        ),
    ] {
        let place = whole.restored(&LETTERS);
        meddle(&place, &change.replace("{}", &second));
        let (exit, output, errors) = said(&run(&["verify", "--data", &place.data()], ""));
        assert_eq!(exit, Some(3), "{change}: {output}{errors}");
        assert!(
            output.contains(&format!("record {second}: ")),
            "{change}: {output}"
        );
        assert!(output.contains(named), "{change}: {output}");
        assert!(!output.contains(first.as_str()), "{change}: {output}");
        assert!(
            output.ends_with("1 of 2 records are not as they were written\n"),
            "{output}"
        );
    }
}

#[test]
fn a_file_that_is_not_what_it_was_or_not_in_the_backup_is_named() {
    let (whole, [first, second]) = with_two_records();
    let altered = whole.restored(&LETTERS);
    std::fs::write(altered.content(LETTERS[1]), "Dear Sir").unwrap();
    let left_out = whole.restored(&LETTERS[..1]);
    for (place, named) in [
        (altered, "is not what it was"),
        (left_out, "is not in its folder"),
    ] {
        let (exit, output, _) = said(&run(&["verify", "--data", &place.data()], ""));
        assert_eq!(exit, Some(3), "{output}");
        let hash = ::form::Hash::of(LETTERS[1].as_bytes());
        assert!(output.contains(&format!("record {second}: ")), "{output}");
        assert!(
            output.contains(named) && output.contains(&hash.to_string()),
            "{output}"
        );
        assert!(!output.contains(first.as_str()), "{output}");
    }
}

#[test]
fn a_file_that_was_sent_for_sign_off_and_is_not_known_any_more_is_named() {
    let place = Place::new();
    let running = place.serve(&["--demo"]);
    let mut browser = running.browser();
    browser.sign_in("alex", "demonstration only");
    let record = browser.start_record();
    browser.attach(record, "Dear Alex");
    let hash = ::form::Hash::of(b"Dear Alex").to_string();
    let parts = [
        ("name", "letter.txt"),
        ("size", "9"),
        ("sha256", &*hash),
        ("shows", "What school writes"),
    ];
    let letter = ::form::Compound::entries([::form::Entry::new("1", parts)]);
    let answer = Action::Answer {
        address: "papers.files".parse().unwrap(),
        answer: Some(::form::Answer::Compound(letter)),
        over: Vec::new(),
    };
    let wrote = notes(&["Seen at home".to_owned()]);
    assert_eq!(
        browser.post(&paths::commands(record), &wrote).unwrap().status,
        200
    );
    assert_eq!(
        browser
            .post(&paths::commands(record), &ask(answer))
            .unwrap()
            .status,
        200
    );
    let events: wire::Events = browser.get(&paths::events(record, Seq::NONE)).json();
    let submit = Action::submit(&State::fold(&events.events).unwrap()).unwrap();
    let sent = browser.post(&paths::commands(record), &ask(submit)).unwrap();
    assert_eq!(sent.status, 200, "{sent:?}");
    running.stop();

    meddle(&place, "DELETE FROM files");
    let (exit, output, _) = said(&run(&["verify", "--data", &place.data()], ""));
    assert_eq!(exit, Some(3));
    let named = format!("record {record}: a file that was sent with it is not there: {hash}");
    assert!(output.contains(&named), "{output}");
}

#[test]
fn a_changed_form_is_named_with_every_record_made_with_it() {
    let (place, records) = with_two_records();
    meddle(
        &place,
        "UPDATE forms SET bytes = CAST(replace(CAST(bytes AS TEXT), 'plan', 'plot') AS BLOB)",
    );
    let (exit, output, _) = said(&run(&["verify", "--data", &place.data()], ""));
    assert_eq!(exit, Some(3));
    for record in records {
        assert!(output.contains(&format!("record {record}: its form")), "{output}");
    }
}

#[test]
fn there_must_be_something_to_verify() {
    let place = Place::new();
    let (exit, _, errors) = said(&run(&["verify", "--data", &place.data()], ""));
    assert_eq!(exit, Some(1));
    assert!(errors.contains("there is no database"), "{errors}");
    assert!(
        !place.path().join("data").exists(),
        "and nothing is made by looking"
    );
    let help = Command::new(env!("CARGO_BIN_EXE_firsthand")).output().unwrap();
    assert_eq!(
        help.status.code(),
        Some(2),
        "without a command it says what there is"
    );
}
