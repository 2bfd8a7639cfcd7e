//! The way to a signature, and that nobody goes round it: not the author, not with another role, not afterwards.

use axum::http::{Method, StatusCode};
use record::{Action, Comment, CommentId, RecordId, ReturnReason, RevisionHash, Status};
use wire::{SignOffList, WorkList, paths};

use crate::office::{Browser, Office, at, fresh, on_each_store, write};

on_each_store! {
    a_record_is_written_returned_written_again_and_signed
    nobody_approves_what_they_wrote_in
    a_role_without_the_stage_does_not_decide
    what_is_signed_is_never_changed_by_anyone
    of_two_decisions_at_once_one_is_made
}

/// Writes what is needed, and sends the record for sign-off.
async fn submit(office: &Office, author: &mut Browser, record: RecordId) -> RevisionHash {
    let write = office.command(write("visit.note", "seen at home"));
    author.done(record, &[write]).await;
    let draft = office.state(record).await.draft_hash().unwrap();
    author
        .done(record, &[office.command(Action::Submit { draft })])
        .await;
    waiting(office, record).await
}

async fn waiting(office: &Office, record: RecordId) -> RevisionHash {
    match office.state(record).await.status() {
        Status::Waiting { revision, .. } => revision,
        other => panic!("not waiting but {other:?}"),
    }
}

fn approve(revision: RevisionHash) -> Action {
    Action::Approve {
        revision,
        oversight: "Seen alone, and her words are here. Visit again within ten days.".into(),
    }
}

async fn a_record_is_written_returned_written_again_and_signed(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let first = submit(&office, &mut asha, record).await;

    office.after_minutes(60 * 24);
    let mut tess = office.as_person("tess").await;
    let list: SignOffList = tess.get(paths::SIGN_OFF).await.json();
    assert_eq!(list.items.len(), 1);
    assert_eq!(list.items[0].record, record);
    assert!(list.items[0].due.is_some());
    assert_eq!(list.items[0].barred, None);

    let comment = Comment {
        id: CommentId(fresh()),
        address: at("visit.note"),
        text: "Whose words are these?".into(),
    };
    let back = Action::Return {
        revision: first,
        reasons: vec![ReturnReason::ALL[0]],
        note: String::new(),
        comments: vec![comment.clone()],
    };
    tess.done(record, &[office.command(back)]).await;
    let mut asha = office.as_person("asha").await;
    let list: WorkList = asha.get(paths::WORK).await.json();
    assert_eq!((list.items[0].returns, list.items[0].unanswered), (1, 1));
    let reply = Action::Reply {
        comment: comment.id,
        text: "Hers. I have put them in.".into(),
    };
    let note = Action::Answer {
        address: at("visit.note"),
        answer: Some(form::Answer::Text("\"I like it here\"".into())),
        over: office.state(record).await.standing(&at("visit.note")),
    };
    asha.done(record, &[office.command(reply), office.command(note)])
        .await;
    let draft = office.state(record).await.draft_hash().unwrap();
    asha.done(record, &[office.command(Action::Submit { draft })])
        .await;
    let second = waiting(&office, record).await;
    assert_ne!(first, second);

    // The one that was returned can no longer be signed.
    let stale = tess.command(record, &[office.command(approve(first))]).await;
    assert_eq!(stale.code(), (409, "revision-changed".into()));
    tess.done(record, &[office.command(approve(second))]).await;
    let state = office.state(record).await;
    assert!(
        matches!(state.status(), Status::Approved { revision, .. } if revision == second),
        "{:?}",
        state.status()
    );
    let approvals = state.last_round().unwrap().approvals();
    assert_eq!(approvals.len(), 1);
    assert_eq!(approvals[0].signature.revision, second);
    assert_eq!(approvals[0].signature.by.name, "tess of the office");
}

async fn nobody_approves_what_they_wrote_in(office: Office) {
    let mut asha = office.as_person("asha").await;
    let mut robin = office.as_person("robin").await;
    // Robin manages the team. Of this record Robin is the author.
    let own = office.record_of(&mut robin).await;
    let revision = submit(&office, &mut robin, own).await;
    let answer = robin.command(own, &[office.command(approve(revision))]).await;
    assert_eq!(answer.code(), (403, "own-work".into()));
    // Of this one, a co-author.
    let shared = office.record_of(&mut asha).await;
    robin
        .done(
            shared,
            &[office.command(write("visit.plan", "one line of Robin's"))],
        )
        .await;
    let revision = submit(&office, &mut asha, shared).await;
    let answer = robin.command(shared, &[office.command(approve(revision))]).await;
    assert_eq!(answer.code(), (403, "own-work".into()));
    let list: SignOffList = robin.get(paths::SIGN_OFF).await.json();
    assert_eq!(list.items.len(), 2);
    for item in &list.items {
        let barred = item.barred.as_ref().map(|refused| refused.code.as_str());
        assert_eq!(barred, Some("own-work"), "the list says so before Robin tries");
    }
    for record in [own, shared] {
        assert!(matches!(
            office.state(record).await.status(),
            Status::Waiting { .. }
        ));
    }
    // Nor does it help to sign in elsewhere, or to send it to another server.
    let mut elsewhere = robin.before(office.another_server().await);
    let answer = elsewhere
        .command(shared, &[office.command(approve(revision))])
        .await;
    assert_eq!(answer.code(), (403, "own-work".into()));
    // Who wrote nothing in it may.
    let mut tess = office.as_person("tess").await;
    tess.done(shared, &[office.command(approve(revision))]).await;
}

async fn a_role_without_the_stage_does_not_decide(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let revision = submit(&office, &mut asha, record).await;
    for (login, expected) in [
        ("asha", (403, "not-allowed")),
        ("ben", (403, "not-allowed")),
        ("dee", (403, "forbidden")),
        ("sid", (403, "other-role")),
        ("olu", (404, "not-found")),
    ] {
        let mut browser = office.as_person(login).await;
        let answer = browser
            .command(record, &[office.command(approve(revision))])
            .await;
        assert_eq!(answer.code(), (expected.0, expected.1.into()), "{login}");
    }
    assert_eq!(waiting(&office, record).await, revision);
}

async fn what_is_signed_is_never_changed_by_anyone(office: Office) {
    let mut asha = office.as_person("asha").await;
    let mut tess = office.as_person("tess").await;
    let record = office.record_of(&mut asha).await;
    let revision = submit(&office, &mut asha, record).await;
    tess.done(record, &[office.command(approve(revision))]).await;
    let signed = office.store.events(record, record::Seq::NONE).await.unwrap();
    let summary = office.store.summary(record).await.unwrap();
    let draft = office.state(record).await.draft_hash().unwrap();
    let actions = [
        write("visit.note", "changed"),
        Action::Answer {
            address: at("visit.note"),
            answer: None,
            over: vec![signed[1].id],
        },
        Action::Submit { draft },
        approve(revision),
        Action::Return {
            revision,
            reasons: vec![ReturnReason::ALL[0]],
            note: "again".into(),
            comments: Vec::new(),
        },
        Action::Reply {
            comment: CommentId(fresh()),
            text: "too late".into(),
        },
        Action::Void {
            reason: "made in error".into(),
        },
    ];
    for login in ["asha", "ben", "tess", "robin", "dee", "olu", "sid"] {
        let mut browser = office.as_person(login).await;
        for action in &actions {
            let answer = browser.command(record, &[office.command(action.clone())]).await;
            let (status, code) = answer.code();
            assert!(
                matches!(status, 403 | 404 | 409),
                "{login}: {action:?}: {status} {code}"
            );
        }
        let (status, code) = browser.put_text(record, "a file that came too late").await.code();
        assert!(matches!(status, 403 | 404 | 409), "{login}: {status} {code}");
        // And nothing but these routes is there: whatever else is tried, at whatever the API has, changes nothing.
        for route in &office.routes {
            let path = route.path.replace("{record}", &record.to_string());
            for method in [Method::PUT, Method::PATCH, Method::DELETE] {
                let takes = |other: &server::Route| other.path == route.path && other.verb.method() == method;
                if path.contains("record") && !office.routes.iter().any(takes) {
                    let answer = browser.ask(method.clone(), &path).await;
                    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
                }
            }
        }
    }
    assert_eq!(
        office.store.events(record, record::Seq::NONE).await.unwrap(),
        signed
    );
    assert_eq!(office.store.summary(record).await.unwrap(), summary);
    assert_eq!(office.store.files(record).await.unwrap(), []);
}

async fn of_two_decisions_at_once_one_is_made(office: Office) {
    let mut asha = office.as_person("asha").await;
    let tess = office.as_person("tess").await;
    let robin = office.as_person("robin").await;
    let other_server = office.another_server().await;
    for _ in 0..4 {
        let record = office.record_of(&mut asha).await;
        let revision = submit(&office, &mut asha, record).await;
        let deciders = [tess.clone(), robin.before(other_server.clone())].map(|mut browser| {
            let command = office.command(approve(revision));
            tokio::spawn(async move { browser.command(record, &[command]).await.status })
        });
        let mut made = 0;
        for decider in deciders {
            match decider.await.unwrap() {
                StatusCode::OK => made += 1,
                status => assert_eq!(status, StatusCode::CONFLICT),
            }
        }
        assert_eq!(made, 1);
        let state = office.state(record).await;
        assert_eq!(state.last_round().unwrap().approvals().len(), 1);
    }
}
