//! The headers that guard every answer, whatever it is.

use std::sync::Arc;

use axum::http::header;
use server::{Clock, Config, Files, Server};
use store::MemoryStore;
use wire::paths;

use crate::office::{FRONT, Office};

#[tokio::test]
async fn every_answer_carries_them_and_no_answer_of_the_api_is_kept() {
    let office = Office::in_memory().await;
    let mut asha = office.as_person("asha").await;
    for (path, status) in [
        ("/", 200),
        ("/missing.js", 404),
        ("/api/health", 200),
        ("/api/nothing", 404),
        (paths::SESSION, 200),
        (paths::RECORDS, 405),
        (paths::FAMILIES, 200),
    ] {
        let answer = asha.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"));
        assert!(!policy.contains("unsafe-inline"));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.header("permissions-policy").contains("geolocation=()"));
        assert_eq!(answer.header("strict-transport-security"), "", "not over TLS");
        if path.starts_with("/api") {
            assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{path}");
        }
    }
}

#[tokio::test]
async fn over_tls_browsers_are_kept_to_it_and_cookies_are_secure() {
    let server = Server::start(Config {
        store: Arc::new(MemoryStore::new()),
        clock: Clock::system(),
        front: Files::Embedded(&FRONT),
        origin: Some("https://records.example.gov.uk".parse().unwrap()),
        demonstration: true,
    });
    let office = Office::in_memory().await;
    let mut browser = office.browser().before(server.await.unwrap().router());
    let answer = browser.get("/").await;
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
    let answer = browser.sign_in("alex", "demonstration only").await;
    let cookie = answer.header(header::SET_COOKIE);
    assert!(
        cookie.starts_with("__Host-firsthand=") && cookie.contains("; Secure"),
        "{cookie}"
    );
    assert_eq!(browser.get(paths::WORK).await.status, 200);
}
