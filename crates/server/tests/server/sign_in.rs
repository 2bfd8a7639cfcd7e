//! Signing in, staying so, and signing out.

use axum::http::{StatusCode, header};
use wire::{Me, paths};

use crate::office::{Browser, Office, PASSWORD, on_each_store};

on_each_store! {
    a_person_signs_in_and_out
    neither_the_name_nor_the_password_alone_is_enough
    an_unknown_name_and_a_wrong_password_look_the_same
    a_session_ends_an_hour_after_its_person_last_did_something
    a_session_ends_after_a_day_of_work_whatever_its_person_does
    signing_in_again_gives_a_new_secret_and_ends_the_old
    signing_out_ends_a_session_on_the_server
    a_session_is_good_before_another_server
    after_five_wrong_passwords_a_name_waits
    many_guesses_at_once_are_counted_as_many
    a_right_password_forgives_the_wrong_ones
    another_site_cannot_send_requests
}

const WRONG: &str = "wrong horse battery";

async fn is_signed_in(browser: &mut Browser) -> bool {
    let me: Option<Me> = browser.get(paths::SESSION).await.json();
    // Whoever is nobody is told so, and told nothing else.
    let lets_in = browser.get(paths::WORK).await.status == StatusCode::OK;
    assert_eq!(me.is_some(), lets_in);
    lets_in
}

async fn a_person_signs_in_and_out(office: Office) {
    let mut browser = office.browser();
    assert!(!is_signed_in(&mut browser).await);
    let answer = browser.sign_in(" ASHA ", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let me: Me = answer.json();
    assert_eq!(
        (me.actor.name.as_str(), me.team_name.as_str()),
        ("asha of the office", "North")
    );
    assert!(!String::from_utf8_lossy(&answer.body).contains("argon2"));
    let cookie = answer.header(header::SET_COOKIE);
    for guard in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
        assert!(cookie.contains(guard), "{cookie}");
    }
    assert_eq!(browser.get(paths::SESSION).await.json::<Me>(), me);
    assert_eq!(
        browser.delete(paths::SESSION).await.status,
        StatusCode::NO_CONTENT
    );
    assert!(!is_signed_in(&mut browser).await);
    assert_eq!(
        browser.delete(paths::SESSION).await.status,
        StatusCode::NO_CONTENT
    );
}

async fn neither_the_name_nor_the_password_alone_is_enough(office: Office) {
    for (login, password) in [
        ("asha", WRONG),
        ("nobody", PASSWORD),
        ("not a name", PASSWORD),
        ("ben", "asha"),
    ] {
        let mut browser = office.browser();
        let answer = browser.sign_in(login, password).await;
        assert_eq!(answer.code(), (401, "wrong-password".into()), "{login}");
        assert_eq!(browser.cookie, None);
    }
    for (login, password) in [("", PASSWORD), ("asha", ""), ("asha", &"x".repeat(1_001))] {
        let answer = office.browser().sign_in(login, password).await;
        assert_eq!(answer.code(), (422, "invalid".into()), "{login}");
        assert!(!String::from_utf8_lossy(&answer.body).contains(PASSWORD));
    }
}

async fn an_unknown_name_and_a_wrong_password_look_the_same(office: Office) {
    let mut answers = Vec::new();
    for login in ["asha", "nobody"] {
        for _ in 0..7 {
            let answer = office.browser().sign_in(login, WRONG).await;
            let retry = answer.header(header::RETRY_AFTER).to_owned();
            answers.push((answer.status, retry, answer.body));
        }
    }
    let (known, unknown) = answers.split_at(7);
    assert_eq!(known, unknown);
}

async fn a_session_ends_an_hour_after_its_person_last_did_something(office: Office) {
    let mut asha = office.as_person("asha").await;
    for _ in 0..5 {
        office.after_minutes(59);
        assert!(is_signed_in(&mut asha).await);
    }
    office.after_minutes(60);
    assert!(!is_signed_in(&mut asha).await);
    office.after_minutes(-30);
    assert!(!is_signed_in(&mut asha).await, "what ended stays ended");
}

async fn a_session_ends_after_a_day_of_work_whatever_its_person_does(office: Office) {
    let mut asha = office.as_person("asha").await;
    for _ in 0..(12 * 60 / 40 - 1) {
        office.after_minutes(40);
        assert!(is_signed_in(&mut asha).await);
    }
    office.after_minutes(40);
    assert!(!is_signed_in(&mut asha).await);
}

async fn signing_in_again_gives_a_new_secret_and_ends_the_old(office: Office) {
    let mut asha = office.as_person("asha").await;
    let mut old = asha.clone();
    assert_eq!(asha.sign_in("asha", PASSWORD).await.status, StatusCode::OK);
    assert_ne!(asha.cookie, old.cookie);
    assert!(is_signed_in(&mut asha).await);
    assert!(!is_signed_in(&mut old).await);

    // A secret that someone planted is not taken over.
    let planted = format!("firsthand={}", "a".repeat(64));
    let mut browser = office.browser();
    browser.cookie = Some(planted.clone());
    assert_eq!(browser.sign_in("asha", PASSWORD).await.status, StatusCode::OK);
    assert_ne!(browser.cookie, Some(planted));
}

async fn signing_out_ends_a_session_on_the_server(office: Office) {
    let mut asha = office.as_person("asha").await;
    let mut stolen = asha.clone();
    let mut elsewhere = office.as_person("asha").await;
    asha.delete(paths::SESSION).await;
    assert!(!is_signed_in(&mut stolen).await);
    assert!(
        is_signed_in(&mut elsewhere).await,
        "her other browser stays signed in"
    );
}

async fn a_session_is_good_before_another_server(office: Office) {
    let asha = office.as_person("asha").await;
    let other = office.another_server().await;
    assert!(is_signed_in(&mut asha.before(other.clone())).await);
    asha.clone().delete(paths::SESSION).await;
    assert!(!is_signed_in(&mut asha.before(other)).await);
}

async fn after_five_wrong_passwords_a_name_waits(office: Office) {
    for _ in 0..5 {
        let answer = office.browser().sign_in("asha", WRONG).await;
        assert_eq!(answer.code(), (401, "wrong-password".into()));
    }
    for login in ["asha", "ASHA"] {
        let answer = office.browser().sign_in(login, PASSWORD).await;
        assert_eq!(
            answer.code(),
            (429, "too-many".into()),
            "even the right one waits"
        );
        assert_eq!(answer.header(header::RETRY_AFTER), "30");
        let detail = answer.problem().detail.unwrap();
        assert!(detail.contains("Try again in a minute"), "{detail}");
    }
    assert_eq!(
        office.browser().sign_in("ben", PASSWORD).await.status,
        StatusCode::OK
    );
    office.after_minutes(1);
    assert_eq!(
        office.browser().sign_in("asha", WRONG).await.status,
        StatusCode::UNAUTHORIZED
    );
    let answer = office.browser().sign_in("asha", PASSWORD).await;
    assert_eq!(answer.header(header::RETRY_AFTER), "60", "each doubles the wait");
    office.after_minutes(1);
    assert_eq!(
        office.browser().sign_in("asha", PASSWORD).await.status,
        StatusCode::OK
    );
}

async fn many_guesses_at_once_are_counted_as_many(office: Office) {
    let guesses = (0..24).map(|_| {
        let mut browser = office.browser();
        tokio::spawn(async move { browser.sign_in("asha", WRONG).await.status })
    });
    let mut checked = 0;
    for guess in guesses.collect::<Vec<_>>() {
        match guess.await.unwrap() {
            StatusCode::UNAUTHORIZED => checked += 1,
            status => assert_eq!(status, StatusCode::TOO_MANY_REQUESTS),
        }
    }
    assert!(checked <= 5, "{checked} passwords were checked");
}

async fn a_right_password_forgives_the_wrong_ones(office: Office) {
    for _ in 0..3 {
        for _ in 0..4 {
            office.browser().sign_in("asha", WRONG).await;
        }
        let answer = office.browser().sign_in("asha", PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }
}

async fn another_site_cannot_send_requests(office: Office) {
    let asha = office.as_person("asha").await;
    for (name, value, is_ours) in [
        ("origin", "https://evil.example", false),
        ("origin", "null", false),
        ("sec-fetch-site", "cross-site", false),
        ("sec-fetch-site", "same-site", false),
        ("sec-fetch-site", "same-origin", true),
        ("origin", "http://127.0.0.1:8080", true),
    ] {
        let request = office.start_record();
        let body = serde_json::to_string(&request).unwrap();
        let request_of = axum::http::Request::post(paths::RECORDS)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::HOST, "127.0.0.1:8080")
            .header(name, value);
        let answer = asha.clone().send(request_of.body(body.into()).unwrap()).await;
        let started = office.store.summary(request.record).await.unwrap().is_some();
        assert_eq!(started, is_ours, "{name}: {value}");
        if !is_ours {
            assert_eq!(answer.code(), (403, "forbidden".into()));
        }
        // Reading is what `SameSite` and the missing CORS headers guard; a link from elsewhere may open a page.
        let page = axum::http::Request::get("/").header(name, value);
        let answer = office
            .browser()
            .send(page.body(axum::body::Body::empty()).unwrap())
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}
