//! Accounts: a council can begin without a demonstration.

use crate::program::{Place, run, said};

/// Adds a person with this password.
fn add(place: &Place, login: &str, password: &str) -> (Option<i32>, String, String) {
    let data = place.data();
    let arguments = [
        "account",
        "add",
        "--data",
        &data,
        "--login",
        login,
        "--name",
        "Asha Moss",
    ];
    let more = [
        "--role",
        "practitioner",
        "--role",
        "team_manager",
        "--team",
        "North",
    ];
    said(&run(&[&arguments[..], &more].concat(), &format!("{password}\n")))
}

/// Does this person get in?
fn signs_in(place: &Place, login: &str, password: &str) -> bool {
    let running = place.serve(&[]);
    match running.browser().sign_in(login, password) {
        200 => true,
        status => {
            assert_eq!(status, 401);
            false
        }
    }
}

#[test]
fn a_person_who_was_added_signs_in() {
    let place = Place::new();
    let (exit, output, errors) = add(&place, "Asha.Moss@example.gov.uk", "three random words");
    assert_eq!(exit, Some(0), "{errors}");
    assert_eq!(output, "Asha Moss can sign in as asha.moss@example.gov.uk\n");
    let (exit, _, errors) = add(&place, "ben", "three other words");
    assert_eq!(exit, Some(0), "the team is there already: {errors}");
    assert!(signs_in(&place, "asha.moss@example.gov.uk", "three random words"));
    assert!(!signs_in(&place, "asha.moss@example.gov.uk", "three random word"));
    let database = std::fs::read(place.database()).unwrap();
    let holds = |text: &str| {
        database
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    assert!(holds("asha.moss@example.gov.uk") && !holds("three random words"));
}

#[test]
fn someone_can_be_added_while_the_server_runs() {
    let place = Place::new();
    let running = place.serve(&[]);
    let (exit, _, errors) = add(&place, "asha", "three random words");
    assert_eq!(exit, Some(0), "{errors}");
    assert_eq!(running.browser().sign_in("asha", "three random words"), 200);
}

#[test]
fn what_cannot_be_added_is_refused_with_its_reason() {
    let place = Place::new();
    add(&place, "asha", "three random words");
    for (login, password, code, reason) in [
        (
            "ASHA",
            "three random words",
            1,
            "someone signs in as asha already",
        ),
        ("ben", "too short", 1, "at least 15 characters"),
        ("ben", "", 1, "at least 15 characters"),
        ("ben", &"x".repeat(257), 1, "at most 256 characters"),
        ("not a name", "three random words", 2, "a user name is"),
    ] {
        let (exit, output, errors) = add(&place, login, password);
        assert_eq!((exit, output.as_str()), (Some(code), ""), "{login}: {errors}");
        assert!(errors.contains(reason), "{login}: {errors}");
    }
    assert!(!signs_in(&place, "ben", "too short"));
    let data = place.data();
    let arguments = [
        "account", "add", "--data", &data, "--login", "x", "--name", "X", "--team", "T",
    ];
    let (exit, _, errors) = said(&run(&[&arguments[..], &["--role", "queen"]].concat(), ""));
    assert_eq!(exit, Some(2));
    assert!(errors.contains("practitioner, team_manager"), "{errors}");
}

#[test]
fn people_and_a_demonstration_do_not_share_a_folder() {
    let place = Place::new();
    place.serve(&["--demo"]).stop();
    let (exit, _, errors) = add(&place, "asha", "three random words");
    assert_eq!(exit, Some(1));
    assert!(errors.contains("holds a demonstration"), "{errors}");

    let place = Place::new();
    add(&place, "asha", "three random words");
    let (data, dist) = (place.data(), place.dist());
    let (exit, _, errors) = said(&run(&["serve", "--demo", "--data", &data, "--dist", &dist], ""));
    assert_eq!(exit, Some(1));
    assert!(errors.contains("folder to itself"), "{errors}");
}
