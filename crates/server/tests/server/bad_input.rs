//! A malformed or hostile request gets a 4xx with a problem document, and changes nothing.

use axum::body::Body;
use axum::http::{Method, Request, header};
use record::{Action, RecordId, Seq};
use serde_json::{Value, json};
use wire::{MAX_BODY_BYTES, PostCommands, StartRecord, paths};

use crate::office::{Browser, Office, key, on_each_store, uuid, write};

on_each_store! {
    what_cannot_be_read_is_refused
    what_is_not_as_it_should_be_is_refused_with_its_place
    what_nobody_reads_is_refused_rather_than_dropped
    a_body_of_another_type_is_refused
    a_body_that_is_too_large_is_refused
    what_is_not_there_is_not_found
    another_method_is_refused
    an_unknown_form_or_child_starts_nothing
    an_edit_of_a_field_that_does_not_exist_is_refused
    a_stale_revision_is_refused
}

/// Sends a body to start a record with, and looks that nothing was started.
async fn starts_nothing(office: &Office, browser: &mut Browser, body: &str) -> (u16, String) {
    let answer = browser.post_text(paths::RECORDS, body).await;
    assert_eq!(office.store.ids(None, 10).await.unwrap(), [], "{body}");
    answer.code()
}

async fn what_cannot_be_read_is_refused(office: Office) {
    let mut asha = office.as_person("asha").await;
    let whole = serde_json::to_string(&office.start_record()).unwrap();
    let deep = "[".repeat(100_000);
    for body in [
        "",
        "{",
        "nonsense",
        "\u{0}",
        &whole[..whole.len() - 1],
        &format!("{whole}{whole}"),
        &format!("{whole} x"),
        &deep,
    ] {
        let code = starts_nothing(&office, &mut asha, body).await;
        assert_eq!(
            code,
            (400, "malformed".into()),
            "{}",
            &body[..body.len().min(200)]
        );
    }
    let not_utf8 = Request::post(paths::RECORDS)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(&b"{\"id\": \"\xff\"}"[..]))
        .unwrap();
    assert_eq!(asha.send(not_utf8).await.code(), (400, "malformed".into()));
}

async fn what_is_not_as_it_should_be_is_refused_with_its_place(office: Office) {
    let mut asha = office.as_person("asha").await;
    let good = serde_json::to_value(office.start_record()).unwrap();
    let changed = |key: &str, value: Value| {
        let mut body = good.clone();
        body[key] = value;
        body
    };
    let without = |key: &str| {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(key);
        body
    };
    for (body, pointer) in [
        (json!([]), ""),
        (json!(null), ""),
        (json!({}), ""),
        (without("form"), ""),
        (changed("id", json!("not a uuid")), "/id"),
        (
            changed("id", json!("2fd5a5a4-9d5c-4c4e-8a0b-0a51f4c3a3b5")),
            "/id",
        ),
        (changed("record", json!(7)), "/record"),
        (changed("form", json!("abc")), "/form"),
        (changed("noted_at", json!("yesterday")), "/noted_at"),
        (changed("subjects", json!([])), "/subjects"),
        (changed("subjects", json!(["c-1", "not a key!"])), "/subjects/1"),
        (changed("subjects", json!(vec!["c-1"; 21])), "/subjects"),
    ] {
        let answer = asha.post(paths::RECORDS, &body).await;
        assert_eq!(answer.code(), (422, "invalid".into()), "{body}");
        let problem = answer.problem();
        let pointers: Vec<&str> = problem
            .errors
            .iter()
            .map(|error| error.pointer.as_str())
            .collect();
        assert_eq!(pointers, [pointer], "{body}: {problem:?}");
    }
    assert_eq!(office.store.ids(None, 10).await.unwrap(), []);
}

async fn what_nobody_reads_is_refused_rather_than_dropped(office: Office) {
    let mut asha = office.as_person("asha").await;
    let mut body = serde_json::to_value(office.start_record()).unwrap();
    body["place/of~visit"] = json!("school");
    let answer = asha.post(paths::RECORDS, &body).await;
    assert_eq!(answer.code(), (422, "invalid".into()));
    assert_eq!(answer.problem().errors[0].pointer, "/place~1of~0visit");
    assert_eq!(office.store.ids(None, 10).await.unwrap(), []);

    let record = office.record_of(&mut asha).await;
    let command = office.command(write("visit.note", "kept"));
    let mut body = serde_json::to_value(PostCommands {
        after: Seq::NONE,
        commands: vec![command],
    })
    .unwrap();
    body["commands"][0]["action"]["answer"]["mood"] = json!("calm");
    let answer = asha.post(&paths::commands(record), &body).await;
    assert_eq!(answer.code(), (422, "invalid".into()));
    assert!(
        answer.problem().errors[0].pointer.ends_with("/mood"),
        "{answer:?}"
    );
    assert_eq!(office.state(record).await.head().seq, Seq(1));
}

async fn a_body_of_another_type_is_refused(office: Office) {
    let mut asha = office.as_person("asha").await;
    let body = serde_json::to_string(&office.start_record()).unwrap();
    let typed = |kind: Option<&str>| {
        let mut request = Request::post(paths::RECORDS);
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        request.body(Body::from(body.clone())).unwrap()
    };
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("application/jsonp"),
        Some("text/plain; application/json"),
    ] {
        let answer = asha.send(typed(kind)).await;
        assert_eq!(answer.code(), (415, "wrong-type".into()), "{kind:?}");
    }
    let mut twice = typed(Some("application/json"));
    twice
        .headers_mut()
        .append(header::CONTENT_TYPE, "text/plain".parse().unwrap());
    assert_eq!(asha.send(twice).await.code(), (415, "wrong-type".into()));
    assert_eq!(office.store.ids(None, 10).await.unwrap(), []);
    let answer = asha.send(typed(Some("Application/JSON; charset=utf-8"))).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

async fn a_body_that_is_too_large_is_refused(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let most = " ".repeat(MAX_BODY_BYTES);
    let answer = asha
        .post_text(&paths::commands(record), &(most.clone() + "x"))
        .await;
    assert_eq!(answer.code(), (413, "too-large".into()));
    let answer = asha.post_text(&paths::commands(record), &most).await;
    assert_eq!(
        answer.code(),
        (400, "malformed".into()),
        "just small enough to be read"
    );
    // Beyond what one request may hold, though small enough to be received.
    for commands in [
        vec![office.command(write("visit.note", &"x".repeat(400_001)))],
        (0..501)
            .map(|_| office.command(write("visit.note", "x")))
            .collect(),
        vec![],
    ] {
        let answer = asha.command(record, &commands).await;
        assert_eq!(answer.code(), (422, "invalid".into()));
    }
    assert_eq!(office.state(record).await.head().seq, Seq(1));
}

async fn what_is_not_there_is_not_found(office: Office) {
    let mut asha = office.as_person("asha").await;
    let nowhere = uuid(77);
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/records/../session/x",
        "/api/records/not-a-uuid/events",
        "/api/forms/not-a-hash",
        &format!("/api/forms/{}", "0".repeat(64)),
        &format!("/api/records/{nowhere}/events"),
        "/api/demonstration",
        "/problems/not-found.json",
    ] {
        let answer = asha.get(path).await;
        assert_eq!(answer.code(), (404, "not-found".into()), "{path}");
    }
    let answer = asha
        .command(RecordId(nowhere), &[office.command(write("visit.note", "x"))])
        .await;
    assert_eq!(answer.code(), (404, "not-found".into()));
    for query in ["after=minus", "after=-1", "after=1&after=2", "before=1", "after"] {
        let answer = asha.get(&format!("/api/records/{nowhere}/events?{query}")).await;
        assert_eq!(answer.code(), (400, "malformed".into()), "{query}");
    }
}

async fn another_method_is_refused(office: Office) {
    let mut asha = office.as_person("asha").await;
    for (method, path) in [
        (Method::PUT, paths::RECORDS),
        (Method::GET, paths::RECORDS),
        (Method::PATCH, paths::SESSION),
        (Method::DELETE, paths::FORMS),
        (Method::POST, "/"),
        (Method::PUT, "/index.html"),
    ] {
        let answer = asha.ask(method.clone(), path).await;
        assert_eq!(answer.code(), (405, "wrong-method".into()), "{method} {path}");
    }
    let answer = asha.ask(Method::DELETE, paths::FORMS).await;
    assert_eq!(answer.header(header::ALLOW), "GET,HEAD");
}

async fn an_unknown_form_or_child_starts_nothing(office: Office) {
    let mut asha = office.as_person("asha").await;
    let good = office.start_record();
    for (request, expected) in [
        (
            StartRecord {
                form: "f".repeat(64).parse().unwrap(),
                ..good.clone()
            },
            "no-such-form",
        ),
        (
            StartRecord {
                subjects: vec![key("c-1"), key("nobody")],
                ..good.clone()
            },
            "no-such-child",
        ),
        (
            StartRecord {
                subjects: vec![key("c-1"), key("c-1")],
                ..good.clone()
            },
            "wrong-children",
        ),
    ] {
        let code = asha.post(paths::RECORDS, &request).await.code();
        assert_eq!(code, (422, expected.into()));
        assert_eq!(office.store.ids(None, 10).await.unwrap(), []);
    }
}

async fn an_edit_of_a_field_that_does_not_exist_is_refused(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    for (address, code) in [
        ("visit.nothing", "no-such-place"),
        ("note", "no-such-place"),
        ("visit", "not-a-question"),
        ("children[c-9].seen", "no-such-row"),
    ] {
        let answer = asha.command(record, &[office.command(write(address, "x"))]).await;
        let problem = answer.problem();
        assert_eq!((problem.status, problem.code.as_str()), (422, code), "{address}");
        assert!(problem.posted.is_some(), "what came of each command is told");
    }
    assert_eq!(office.state(record).await.head().seq, Seq(1));
}

async fn a_stale_revision_is_refused(office: Office) {
    let mut asha = office.as_person("asha").await;
    let mut tess = office.as_person("tess").await;
    let record = office.record_of(&mut asha).await;
    asha.done(record, &[office.command(write("visit.note", "seen at home"))])
        .await;
    let stale = office.state(record).await.draft_hash().unwrap();
    asha.done(record, &[office.command(write("visit.plan", "visit again"))])
        .await;
    let submit = |draft| office.command(Action::Submit { draft });
    let answer = asha.command(record, &[submit(stale)]).await;
    assert_eq!(answer.code(), (409, "draft-changed".into()));

    let draft = office.state(record).await.draft_hash().unwrap();
    asha.done(record, &[submit(draft)]).await;
    let approve = office.command(Action::Approve {
        revision: "0".repeat(64).parse().unwrap(),
        oversight: "Well done".into(),
    });
    let answer = tess.command(record, &[approve]).await;
    assert_eq!(answer.code(), (409, "revision-changed".into()));
    assert_eq!(office.state(record).await.head().seq, Seq(4));
}
