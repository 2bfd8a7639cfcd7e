//! The files of records: taken from whoever may write, given to whoever may see, run by nobody, and waited for before
//! anything is sent or signed.

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode, header};
use form::{Answer, Compound, Entry, Hash};
use record::{Action, RecordId, Status};
use server::Verb;
use wire::{Files, MAX_FILE_BYTES, paths};

use crate::office::{Answered, Browser, Office, at, on_each_store, uuid, write};

on_each_store! {
    a_file_comes_back_byte_for_byte_and_sending_it_again_changes_nothing
    what_is_not_what_it_is_said_to_be_is_refused_and_not_kept
    whoever_may_write_gives_a_file_and_whoever_may_see_has_it
    no_browser_runs_what_was_attached
    what_a_person_has_is_not_sent_again
    a_record_is_not_sent_before_its_files_have_arrived
    what_a_record_names_is_taken_when_it_takes_nothing_else
}

/// A picture of one point.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

fn hash(bytes: &[u8]) -> Hash {
    Hash::of(bytes)
}

/// Which files of a record have arrived.
async fn arrived(browser: &mut Browser, record: RecordId) -> Vec<Hash> {
    let answer = browser.get(&paths::files(record)).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.json::<Files>().files
}

async fn file(browser: &mut Browser, record: RecordId, bytes: &[u8]) -> Answered {
    browser.get(&paths::file(record, hash(bytes))).await
}

/// Names a letter in a record.
fn name_a_letter(letter: &str) -> Action {
    let (size, hash) = (letter.len().to_string(), hash(letter.as_bytes()).to_string());
    let parts = [
        ("name", "letter.txt"),
        ("type", "text/plain"),
        ("size", &size),
        ("sha256", &hash),
        ("shows", "What school writes"),
    ];
    Action::Answer {
        address: at("papers.files"),
        answer: Some(Answer::Compound(Compound::entries([Entry::new("1", parts)]))),
        over: Vec::new(),
    }
}

async fn a_file_comes_back_byte_for_byte_and_sending_it_again_changes_nothing(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    assert_eq!(arrived(&mut asha, record).await, []);
    for _ in 0..2 {
        let answer = asha.put_as(record, hash(PNG), "image/png", PNG).await;
        assert_eq!((answer.status, answer.body.len()), (StatusCode::NO_CONTENT, 0));
        assert_eq!(arrived(&mut asha, record).await, [hash(PNG)]);
    }
    let answer = file(&mut asha, record, PNG).await;
    assert_eq!((answer.status, &answer.body[..]), (StatusCode::OK, PNG));
    assert_eq!(answer.header(header::CONTENT_TYPE), "image/png");
    // It is no event: the record is as it was.
    assert_eq!(asha.events(record).await.events.len(), 1);
    // Another record of the same person does not have it.
    let other = office.record_of(&mut asha).await;
    assert_eq!(
        file(&mut asha, other, PNG).await.code(),
        (404, "not-found".into())
    );
}

async fn what_is_not_what_it_is_said_to_be_is_refused_and_not_kept(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let page: &[u8] = b"<!doctype html><script>alert(1)</script>";
    let not_text: &[u8] = b"MZ\x90\0";
    for (named, kind, bytes, status, code) in [
        (hash(b"another"), "image/png", PNG, 422, "other-content"),
        (hash(PNG), "image/png", &PNG[..20], 422, "other-content"),
        (hash(page), "text/html", page, 415, "wrong-type"),
        (hash(page), "image/svg+xml", page, 415, "wrong-type"),
        (hash(page), "application/xhtml+xml", page, 415, "wrong-type"),
        (hash(page), "", page, 415, "wrong-type"),
        (hash(page), "image/png", page, 415, "wrong-type"),
        (hash(PNG), "image/jpeg", PNG, 415, "wrong-type"),
        (hash(not_text), "text/plain", not_text, 415, "wrong-type"),
        (hash(b""), "text/plain", b"", 415, "wrong-type"),
    ] {
        let answer = asha.put_as(record, named, kind, bytes).await;
        assert_eq!(answer.code(), (status, code.into()), "{kind}");
        assert_eq!(arrived(&mut asha, record).await, []);
    }
    let two = Request::put(paths::file(record, hash(PNG)))
        .header(header::CONTENT_TYPE, "image/png")
        .header(header::CONTENT_TYPE, "text/plain");
    let answer = asha.send(two.body(Body::from(PNG)).unwrap()).await;
    assert_eq!(answer.code(), (415, "wrong-type".into()));
    for path in [
        "/files/abc",
        "/files/..%2f..%2fetc%2fpasswd",
        &format!("/files/{}", "A".repeat(64)),
    ] {
        let path = format!("/api/records/{record}{path}");
        for method in [Method::PUT, Method::GET] {
            assert_eq!(
                asha.ask(method, &path).await.code(),
                (404, "not-found".into()),
                "{path}"
            );
        }
    }
    assert_eq!(arrived(&mut asha, record).await, []);
}

fn in_pieces(pieces: Vec<std::io::Result<Bytes>>) -> Body {
    Body::from_stream(futures_util::stream::iter(pieces))
}

/// Sends so many bytes of text in pieces, without saying how many there will be.
async fn put_unannounced(browser: &mut Browser, record: RecordId, bytes: usize) -> Answered {
    let text = vec![b'a'; bytes];
    let named = hash(&text);
    let pieces: Vec<_> = text
        .chunks(1 << 20)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    let body = in_pieces(pieces);
    browser.put_as(record, named, "text/plain", body).await
}

#[tokio::test]
async fn a_file_is_as_large_as_is_stated_and_no_larger() {
    let office = Office::in_memory().await;
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    assert_eq!(MAX_FILE_BYTES, 20_000_000);
    let too_large = |answer: Answered| {
        assert_eq!(answer.code(), (413, "too-large".into()));
        assert_eq!(
            answer.problem().detail.unwrap(),
            "A file may have 20.0 MB at most."
        );
    };
    too_large(put_unannounced(&mut asha, record, MAX_FILE_BYTES + 1).await);
    // What says so itself is refused before it is read.
    let announced = Request::put(paths::file(record, hash(b"a")))
        .header(header::CONTENT_TYPE, "text/plain")
        .header(header::CONTENT_LENGTH, "20000001");
    too_large(asha.send(announced.body(Body::from("a")).unwrap()).await);
    assert_eq!(arrived(&mut asha, record).await, []);

    let answer = put_unannounced(&mut asha, record, MAX_FILE_BYTES).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    assert_eq!(arrived(&mut asha, record).await.len(), 1);
}

#[tokio::test]
async fn a_file_that_breaks_off_is_not_kept() {
    let office = Office::in_memory().await;
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let body = in_pieces(vec![
        Ok(Bytes::from(&PNG[..20])),
        Err(std::io::Error::other("gone")),
    ]);
    let answer = asha.put_as(record, hash(PNG), "image/png", body).await;
    assert_eq!(answer.code(), (400, "malformed".into()));
    assert_eq!(arrived(&mut asha, record).await, []);
}

async fn whoever_may_write_gives_a_file_and_whoever_may_see_has_it(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    assert_eq!(
        asha.put_text(record, "a letter").await.status,
        StatusCode::NO_CONTENT
    );
    for (login, sees, gives) in [
        // Of the team.
        ("ben", Ok(()), Ok(())),
        ("tess", Ok(()), Ok(())),
        // Of every team, but writes in none.
        ("sid", Ok(()), Err((403, "forbidden"))),
        // Of another team: they are not told that it is there.
        ("olu", Err((404, "not-found")), Err((404, "not-found"))),
        // Sees no record at all.
        ("dee", Err((403, "forbidden")), Err((403, "forbidden"))),
    ] {
        let mut browser = office.as_person(login).await;
        let answer = file(&mut browser, record, b"a letter").await;
        let listed = browser.get(&paths::files(record)).await;
        match sees {
            Ok(()) => {
                assert_eq!(&answer.body[..], b"a letter", "{login}");
                assert!(listed.status.is_success());
            }
            Err((status, code)) => {
                assert_eq!(answer.code(), (status, code.into()), "{login}");
                assert_eq!(listed.code(), (status, code.into()), "{login}");
            }
        }
        let before = office.store.files(record).await.unwrap();
        let answer = browser.put_text(record, &format!("by {login}")).await;
        match gives {
            Ok(()) => assert_eq!(answer.status, StatusCode::NO_CONTENT, "{login}"),
            Err((status, code)) => {
                assert_eq!(answer.code(), (status, code.into()), "{login}");
                assert_eq!(office.store.files(record).await.unwrap(), before);
            }
        }
    }
    // Nor is anybody told of the files of a record that is not there.
    let nowhere = RecordId(uuid(9));
    assert_eq!(
        asha.put_text(nowhere, "a letter").await.code(),
        (404, "not-found".into())
    );
    assert_eq!(
        asha.get(&paths::files(nowhere)).await.code(),
        (404, "not-found".into())
    );
}

async fn no_browser_runs_what_was_attached(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    // A page and a drawing with a script in them are texts, and no more than that.
    for hostile in [
        "<!doctype html><script>fetch('/api/work')</script>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    ] {
        assert_eq!(
            asha.put_text(record, hostile).await.status,
            StatusCode::NO_CONTENT
        );
        let answer = file(&mut asha, record, hostile.as_bytes()).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert_eq!(policy, "default-src 'none'; sandbox; frame-ancestors 'none'");
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/plain");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        let name = &hash(hostile.as_bytes()).to_string()[..12];
        assert_eq!(
            answer.header(header::CONTENT_DISPOSITION),
            format!("attachment; filename=\"{name}.txt\"")
        );
    }
    // Another site cannot have a file put, whoever is signed in.
    let request = Request::put(paths::file(record, hash(PNG)))
        .header(header::CONTENT_TYPE, "image/png")
        .header("sec-fetch-site", "cross-site")
        .header(header::ORIGIN, "https://evil.example");
    let answer = asha.send(request.body(Body::from(PNG)).unwrap()).await;
    assert_eq!(answer.code(), (403, "forbidden".into()));
    // Nothing but these two is done at its address.
    let verbs = office.routes.iter().filter(|route| route.path == paths::FILE);
    assert_eq!(
        verbs.map(|route| route.verb).collect::<Vec<_>>(),
        [Verb::Put, Verb::Get]
    );
    for method in [Method::DELETE, Method::POST, Method::PATCH] {
        let answer = asha.ask(method, &paths::file(record, hash(PNG))).await;
        assert_eq!(answer.code(), (405, "wrong-method".into()));
    }
}

async fn what_a_person_has_is_not_sent_again(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    asha.put_text(record, "a letter").await;
    let answer = file(&mut asha, record, b"a letter").await;
    let tag = answer.header(header::ETAG).to_owned();
    assert_eq!(tag, format!("\"{}\"", hash(b"a letter")));
    assert_eq!(
        answer.header(header::CACHE_CONTROL),
        "private, max-age=31536000, immutable"
    );
    // Whoever signs in next at this browser is asked who they are.
    assert_eq!(answer.header(header::VARY), "cookie");

    let ask = |known: &str| {
        let request = Request::get(paths::file(record, hash(b"a letter")));
        request
            .header(header::IF_NONE_MATCH, known)
            .body(Body::empty())
            .unwrap()
    };
    for (known, status, size) in [
        (tag.as_str(), 304, 0),
        (&format!("\"x\", W/{tag}"), 304, 0),
        ("*", 304, 0),
        ("\"x\"", 200, 8),
        ("", 200, 8),
    ] {
        let answer = asha.send(ask(known)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.body.len()),
            (status, size),
            "{known}"
        );
        assert_eq!(answer.header(header::ETAG), tag);
    }
    // Knowing what is in a file is no way to learn whether a record has it.
    let mut olu = office.as_person("olu").await;
    assert_eq!(olu.send(ask(&tag)).await.code(), (404, "not-found".into()));
}

/// Sends the record for sign-off as it stands.
async fn submit(office: &Office, author: &mut Browser, record: RecordId) -> Answered {
    let draft = office.state(record).await.draft_hash().unwrap();
    author
        .command(record, &[office.command(Action::Submit { draft })])
        .await
}

async fn a_record_is_not_sent_before_its_files_have_arrived(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let other = office.record_of(&mut asha).await;
    let wrote = [write("visit.note", "seen at home"), name_a_letter("Dear Asha")];
    asha.done(record, &wrote.map(|action| office.command(action)))
        .await;
    // The same file in another record is not this one's.
    asha.put_text(other, "Dear Asha").await;

    let refused = submit(&office, &mut asha, record).await.problem();
    assert_eq!((refused.status, &*refused.code), (422, "files-missing"));
    assert_eq!(refused.faults.len(), 1);
    assert_eq!(refused.faults[0].address, at("papers.files"));
    assert!(refused.faults[0].message.contains("letter.txt"));
    assert_eq!(office.state(record).await.status(), Status::Draft);

    asha.put_text(record, "Dear Asha").await;
    let sent = submit(&office, &mut asha, record).await;
    assert_eq!(sent.status, StatusCode::OK, "{sent:?}");
    let mut tess = office.as_person("tess").await;
    assert_eq!(
        &file(&mut tess, record, b"Dear Asha").await.body[..],
        b"Dear Asha"
    );
}

async fn what_a_record_names_is_taken_when_it_takes_nothing_else(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    asha.done(record, &[office.command(name_a_letter("Dear Asha"))])
        .await;
    let reason = "Recorded twice".to_owned();
    asha.done(record, &[office.command(Action::Void { reason })])
        .await;
    let refused = asha.put_text(record, "something else").await;
    assert_eq!(refused.code(), (409, "voided".into()));
    let taken = asha.put_text(record, "Dear Asha").await;
    assert_eq!(taken.status, StatusCode::NO_CONTENT);
    assert_eq!(arrived(&mut asha, record).await, [hash(b"Dear Asha")]);
}
