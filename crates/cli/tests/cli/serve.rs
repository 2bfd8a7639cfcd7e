//! Serving: where it listens, what it keeps, how it stops, and when it will not start.

use crate::program::{Place, notes, run, said};
use wire::{Demonstration, Events, paths};

#[test]
fn it_says_where_it_listens_answers_there_and_ends_well_when_told_to() {
    let place = Place::new();
    let running = place.serve(&["--demo"]);
    let mut browser = running.browser();
    let health = browser.get("/api/health");
    assert_eq!((health.status, health.body.as_str()), (200, r#"{"status":"ok"}"#));
    assert!(browser.get("/").body.contains("<title>Firsthand</title>"));
    let listed: Demonstration = browser.get(paths::DEMONSTRATION).json();
    assert_eq!(
        browser.sign_in(&listed.people[0].login, &listed.people[0].password),
        200
    );
    assert_eq!(running.stop().code(), Some(0));
    let left = std::fs::read_dir(place.path().join("data")).unwrap();
    let mut left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["files", "firsthand.db"], "the database is one whole file");
}

#[test]
fn stopped_and_started_again_on_the_same_folder_nothing_is_gone() {
    let place = Place::new();
    let running = place.serve(&["--demo"]);
    let mut browser = running.browser();
    browser.sign_in("alex", "demonstration only");
    let record = browser.start_record();
    let request = notes(&["seen at home".into()]);
    assert_eq!(
        browser.post(&paths::commands(record), &request).unwrap().status,
        200
    );
    let path = paths::events(record, record::Seq::NONE);
    let before: Events = browser.get(&path).json();
    running.stop();

    let running = place.serve(&["--demo"]);
    let mut again = running.browser();
    again.cookie = browser.cookie;
    let after: Events = again.get(&path).json();
    assert_eq!(after, before);
}

#[cfg(unix)]
#[test]
fn what_it_keeps_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let running = place.serve(&[]);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place.path().join("data")), 0o700);
    for file in std::fs::read_dir(place.path().join("data")).unwrap() {
        let file = file.unwrap().path();
        let expected = if file.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(&file), expected, "{}", file.display());
    }
    drop(running);
}

#[test]
fn it_does_not_start_where_it_cannot_do_its_work_and_says_why() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (data, dist) = (place.data(), place.dist());
    let empty = place.path().join("empty").display().to_string();
    std::fs::create_dir(&empty).unwrap();
    let file = format!("{dist}/index.html");
    for (arguments, code, reason) in [
        (
            &["--data", &data, "--dist", &dist, "--listen", &running.address][..],
            1,
            "cannot listen on",
        ),
        (
            &["--data", &data, "--dist", &empty],
            1,
            "holds no built front end",
        ),
        (&["--data", &file, "--dist", &dist], 1, "cannot make"),
        (
            &["--data", &data, "--dist", &dist, "--listen", "0.0.0.0:0"],
            1,
            "--origin https://",
        ),
        (
            &[
                "--data",
                &data,
                "--dist",
                &dist,
                "--origin",
                "http://records.example.gov.uk",
            ],
            2,
            "only sent over TLS",
        ),
        (&["--listen", "localhost"], 2, "--listen"),
        (&["--data", &data, "--dist", &dist, "--log", "loud"], 2, "--log"),
    ] {
        let (exit, output, errors) = said(&run(&[&["serve"], arguments].concat(), ""));
        assert_eq!(exit, Some(code), "{arguments:?}: {errors}");
        assert!(errors.contains(reason), "{arguments:?}: {errors}");
        assert_eq!(output, "", "{arguments:?}");
    }
}

/// A program built for development has none; a release has the one that was built before it.
#[cfg(debug_assertions)]
#[test]
fn without_a_front_end_it_says_how_to_name_one() {
    let place = Place::new();
    let (exit, _, errors) = said(&run(&["serve", "--data", &place.data()], ""));
    assert_eq!(exit, Some(1));
    assert!(
        errors.contains("built without the front end") && errors.contains("--dist"),
        "{errors}"
    );
    assert!(!place.path().join("data").exists());
}

#[test]
fn a_database_that_is_none_of_ours_is_left_as_it_is() {
    let place = Place::new();
    std::fs::create_dir(place.path().join("data")).unwrap();
    let diary = "Dear diary, ".repeat(1_000);
    std::fs::write(place.database(), &diary).unwrap();
    let (exit, _, errors) = said(&run(
        &["serve", "--data", &place.data(), "--dist", &place.dist()],
        "",
    ));
    assert_eq!(exit, Some(1));
    assert!(
        errors.contains("firsthand.db") && errors.contains("damaged"),
        "{errors}"
    );
    assert_eq!(std::fs::read_to_string(place.database()).unwrap(), diary);
}
