//! The front end's files as a browser gets them.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use crate::office::{Answered, Office};

const SCRIPT: &str = "/assets/app-0123456789ab.js";

async fn ask(office: &Office, path: &str, headers: &[(&str, &str)]) -> Answered {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    office.browser().send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_page_and_whatever_keeps_its_name_are_asked_for_again() {
    let office = Office::in_memory().await;
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/service_worker.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = ask(&office, path, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-cache", "{path}");
        assert_eq!(answer.header(header::CONTENT_TYPE), kind, "{path}");
        let tag = answer.header(header::ETAG).to_owned();
        let again = ask(&office, path, &[("if-none-match", &tag)]).await;
        assert_eq!(
            (again.status, again.body.len()),
            (StatusCode::NOT_MODIFIED, 0),
            "{path}"
        );
        let other = ask(&office, path, &[("if-none-match", "\"other\"")]).await;
        assert_eq!(other.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_file_named_by_its_content_is_kept_for_ever_and_sent_as_small_as_it_can_be() {
    let office = Office::in_memory().await;
    for (accepts, coding, body) in [
        ("gzip, deflate, br, zstd", "br", "brotli script"),
        ("gzip", "gzip", "gzip script"),
        ("br;q=0, gzip;q=0.5", "gzip", "gzip script"),
        ("identity", "", "plain script"),
        ("", "", "plain script"),
    ] {
        let answer = ask(&office, SCRIPT, &[("accept-encoding", accepts)]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.body, body, "{accepts}");
        assert_eq!(answer.header(header::CONTENT_ENCODING), coding, "{accepts}");
        assert_eq!(answer.header(header::VARY), "Accept-Encoding");
        assert_eq!(
            answer.header(header::CONTENT_TYPE),
            "text/javascript; charset=utf-8"
        );
        assert!(answer.header(header::CACHE_CONTROL).contains("immutable"));
    }
}

#[tokio::test]
async fn only_a_person_going_to_a_page_gets_the_page() {
    let office = Office::in_memory().await;
    let page = "text/html,application/xhtml+xml,*/*;q=0.8";
    for path in ["/work", "/records/1/visit", "/sign-off?team=north"] {
        let answer = ask(&office, path, &[("accept", page)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.body.starts_with(b"<!doctype html>"), "{path}");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-cache", "{path}");
        for accepts in ["*/*", "application/json"] {
            let answer = ask(&office, path, &[("accept", accepts)]).await;
            assert_eq!(answer.code(), (404, "not-found".into()), "{path} {accepts}");
        }
    }
    for path in [
        "/assets/app-of-an-older-build.js",
        "/missing.css",
        "/api/nothing",
        "/../Cargo.toml",
        "/assets/%2e%2e/index.html",
        "/.env",
    ] {
        let answer = ask(&office, path, &[("accept", page)]).await;
        assert_eq!(answer.code(), (404, "not-found".into()), "{path}");
    }
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let office = Office::in_memory().await;
    let answer = office.browser().ask(Method::HEAD, "/").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
}
