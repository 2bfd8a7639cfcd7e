//! A record goes on in a later version of its form: who may move it, and what the server makes of what it is told.

use axum::http::StatusCode;
use form::{Answer, Form, FormHash, Hash, Mapping, Migration};
use record::{Action, Body, Command, EventHash, RecordId, Seq};
use serde_json::{Value, json};
use store::{Again, Published};
use wire::{Outcome, PostCommands, Posted, WorkList, paths};

use crate::form::{small_form, small_form_with};
use crate::office::{Browser, Office, at, on_each_store, write};

on_each_store! {
    a_record_moves_with_all_that_is_in_it
    only_an_author_moves_a_record_and_only_while_it_is_written
    it_moves_only_to_a_later_version_that_was_published
    what_was_agreed_to_is_what_was_seen
    a_move_that_is_not_as_it_should_be_is_refused
    what_others_wrote_before_a_move_follows_or_comes_back
    a_form_that_cannot_be_read_moves_nothing
}

/// A later version, which calls the plan otherwise and asks whether each child was heard instead of seen.
fn later_form() -> Form {
    let steps = vec![
        Mapping::Rename {
            old: at("visit.plan"),
            new: at("visit.next"),
        },
        Mapping::Drop {
            at: at("children.seen"),
        },
    ];
    let migrations = vec![Migration { from: 1, steps }];
    small_form_with(2, "Later small visit", ["next", "heard"], migrations)
}

async fn publish(office: &Office, form: &Form) {
    publish_as(office, form, form.to_json()).await;
}

async fn publish_as(office: &Office, form: &Form, bytes: &[u8]) {
    let published = Published {
        hash: form.hash(),
        name: form.name.clone(),
        version: form.version,
        title: form.title.clone(),
        at: office.now(),
    };
    office
        .store
        .publish(&published, bytes, Again::Refuse)
        .await
        .unwrap();
}

/// Agrees to go on in this form, having seen the record as it is.
async fn go_on(office: &Office, record: RecordId, form: FormHash) -> Command {
    let seen = office.state(record).await.head().hash;
    office.command(Action::Move { form, seen })
}

fn seen(code: &str) -> Action {
    Action::Answer {
        address: at("children[c-1].seen"),
        answer: Some(Answer::Code(code.to_owned())),
        over: Vec::new(),
    }
}

/// A record with an answer of each fate.
async fn written(office: &Office, browser: &mut Browser) -> RecordId {
    let record = office.record_of(browser).await;
    let answers = [
        write("visit.note", "Calm"),
        write("visit.plan", "Call"),
        seen("yes"),
    ];
    let commands = answers.map(|answer| office.command(answer));
    browser.done(record, &commands).await;
    record
}

/// Nothing came of it.
async fn refused(
    office: &Office,
    browser: &mut Browser,
    record: RecordId,
    command: Command,
) -> (u16, String) {
    let before = office.state(record).await;
    let answer = browser.command(record, &[command]).await;
    assert_eq!(
        office.state(record).await,
        before,
        "a refused move changed something"
    );
    answer.code()
}

async fn a_record_moves_with_all_that_is_in_it(office: Office) {
    let later = later_form();
    publish(&office, &later).await;
    let mut asha = office.as_person("asha").await;
    let record = written(&office, &mut asha).await;
    let command = go_on(&office, record, later.hash()).await;
    let posted = asha.done(record, std::slice::from_ref(&command)).await;
    let Some(Body::Moved(moved)) = posted.events.last().map(|event| &event.body) else {
        panic!("{posted:?}")
    };
    assert_eq!((moved.form.hash, moved.form.version), (later.hash(), 2));
    assert_eq!(moved.left[0].answer, Some(Answer::Code("yes".into())));
    let state = office.state(record).await;
    let answers = &state.answers().values;
    assert_eq!(answers.get(&at("visit.next")), Some(&Answer::Text("Call".into())));
    assert_eq!(answers.get(&at("visit.note")), Some(&Answer::Text("Calm".into())));
    assert_eq!(answers.len(), 2);

    // Lists tell the new version, a retry changes nothing, and it goes on to its signature.
    let list: WorkList = asha.get(paths::WORK).await.json();
    assert_eq!(list.items[0].title, "Later small visit");
    asha.done(record, &[command]).await;
    assert_eq!(office.state(record).await, state);
    let heard = Command {
        form: Some(later.hash()),
        ..office.command(Action::Answer {
            address: at("children[c-1].heard"),
            answer: Some(Answer::Code("yes".to_owned())),
            over: Vec::new(),
        })
    };
    asha.done(record, &[heard]).await;
    let draft = office.state(record).await.draft_hash().unwrap();
    let submit = Command {
        form: Some(later.hash()),
        ..office.command(Action::Submit { draft })
    };
    asha.done(record, &[submit]).await;
    let state = office.state(record).await;
    let revision = state.rounds()[0].revision();
    assert_eq!(revision.form, later.hash());

    // A server that has not read it yet makes the same of it.
    let mut elsewhere = asha.before(office.another_server().await);
    assert_eq!(elsewhere.events(record).await.head, state.head());
}

async fn only_an_author_moves_a_record_and_only_while_it_is_written(office: Office) {
    let later = later_form();
    publish(&office, &later).await;
    let mut asha = office.as_person("asha").await;
    let record = written(&office, &mut asha).await;
    for (login, expected) in [
        ("ben", (403, "not-an-author")),
        ("tess", (403, "not-an-author")),
        ("olu", (404, "not-found")),
    ] {
        let mut browser = office.as_person(login).await;
        let command = go_on(&office, record, later.hash()).await;
        let (status, code) = refused(&office, &mut browser, record, command).await;
        assert_eq!((status, code.as_str()), expected, "{login}");
    }
    let mut nobody = office.browser();
    let command = go_on(&office, record, later.hash()).await;
    let told = refused(&office, &mut nobody, record, command).await;
    assert_eq!(told, (401, "not-signed-in".into()));

    let draft = office.state(record).await.draft_hash().unwrap();
    asha.done(record, &[office.command(Action::Submit { draft })])
        .await;
    let command = go_on(&office, record, later.hash()).await;
    let told = refused(&office, &mut asha, record, command).await;
    assert_eq!(told, (409, "waiting".into()));
    let revision = office.state(record).await.last_round().unwrap().hash();
    let mut tess = office.as_person("tess").await;
    let oversight = "Seen, and safe".to_owned();
    tess.done(record, &[office.command(Action::Approve { revision, oversight })])
        .await;
    let command = go_on(&office, record, later.hash()).await;
    let told = refused(&office, &mut asha, record, command).await;
    assert_eq!(told, (409, "complete".into()));
}

async fn it_moves_only_to_a_later_version_that_was_published(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = written(&office, &mut asha).await;
    let later = later_form();
    let command = go_on(&office, record, later.hash()).await;
    let told = refused(&office, &mut asha, record, command).await;
    assert_eq!(told, (422, "no-such-form".into()), "it was never published");
    publish(&office, &later).await;
    let command = go_on(&office, record, office.form.hash()).await;
    let told = refused(&office, &mut asha, record, command).await;
    assert_eq!(told, (422, "not-later".into()));
    let command = go_on(&office, record, later.hash()).await;
    asha.done(record, &[command]).await;
    let command = go_on(&office, record, office.form.hash()).await;
    let told = refused(&office, &mut asha, record, command).await;
    assert_eq!(told, (422, "not-later".into()), "there is no way back");
}

async fn what_was_agreed_to_is_what_was_seen(office: Office) {
    let later = later_form();
    publish(&office, &later).await;
    let (mut asha, mut ben) = (office.as_person("asha").await, office.as_person("ben").await);
    let record = written(&office, &mut asha).await;
    let command = go_on(&office, record, later.hash()).await;
    let answer = Action::Answer {
        address: at("children[c-2].seen"),
        answer: Some(Answer::Code("no".to_owned())),
        over: Vec::new(),
    };
    ben.done(record, &[office.command(answer)]).await;
    let told = refused(&office, &mut asha, record, command).await;
    assert_eq!(told, (409, "changed-since".into()));
}

async fn a_move_that_is_not_as_it_should_be_is_refused(office: Office) {
    let later = later_form();
    publish(&office, &later).await;
    let mut asha = office.as_person("asha").await;
    let record = written(&office, &mut asha).await;
    let good = go_on(&office, record, later.hash()).await;
    let good = serde_json::to_value(PostCommands {
        after: Seq::NONE,
        commands: vec![good],
    });
    let good = good.unwrap();
    let before = office.state(record).await;
    let changes: [(&str, Value); 5] = [
        ("/commands/0/action/move/form", json!("abc")),
        ("/commands/0/action/move/seen", json!(7)),
        ("/commands/0/action/move", json!({})),
        ("/commands/0/form", json!("abc")),
        // Answers of one's own making are nothing that anybody reads.
        ("/commands/0/action/move/answers", json!({ "values": {} })),
    ];
    for (pointer, value) in changes {
        let mut body = good.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[key] = value;
        let answer = asha.post(&paths::commands(record), &body).await;
        assert_eq!(answer.code(), (422, "invalid".into()), "{pointer}");
    }
    let never = EventHash(Hash::of(b"never"));
    let form = later.hash();
    let command = office.command(Action::Move { form, seen: never });
    let told = refused(&office, &mut asha, record, command).await;
    assert_eq!(told, (409, "changed-since".into()));
    let unheard = Command {
        form: Some(later.hash()),
        ..office.command(write("visit.note", "From a version that it was never in"))
    };
    let told = refused(&office, &mut asha, record, unheard).await;
    assert_eq!(told, (409, "other-form".into()));
    assert_eq!(office.state(record).await, before);
}

async fn what_others_wrote_before_a_move_follows_or_comes_back(office: Office) {
    let later = later_form();
    publish(&office, &later).await;
    let (mut asha, mut ben) = (office.as_person("asha").await, office.as_person("ben").await);
    let record = written(&office, &mut asha).await;
    let over = office.state(record).await.standing(&at("visit.plan"));
    let command = go_on(&office, record, later.hash()).await;
    asha.done(record, &[command]).await;
    // Ben was in a car without a signal all the while.
    let plan = Command {
        form: Some(office.form.hash()),
        ..office.command(Action::Answer {
            address: at("visit.plan"),
            answer: Some(Answer::Text("Call at nine".into())),
            over,
        })
    };
    // An app that knows of no moves does not say which version it was.
    let commands = [plan, office.command(seen("no"))];
    let answer = ben.command(record, &commands).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let posted: Posted = answer.json();
    assert!(matches!(posted.outcomes[0], Outcome::Taken { .. }), "{posted:?}");
    let Outcome::Refused { refused, .. } = &posted.outcomes[1] else {
        panic!("{posted:?}")
    };
    assert_eq!(
        (refused.code.as_str(), &refused.address),
        ("no-longer-asked", &Some(at("children[c-1].seen")))
    );
    let state = office.state(record).await;
    assert_eq!(
        state.answers().values.get(&at("visit.next")),
        Some(&Answer::Text("Call at nine".into()))
    );
    assert_eq!(state.draft().conflicts().len(), 0);
}

async fn a_form_that_cannot_be_read_moves_nothing(office: Office) {
    let later = small_form(2, "Small visit");
    publish_as(&office, &later, b"{ half of").await;
    let mut asha = office.as_person("asha").await;
    let record = written(&office, &mut asha).await;
    let command = go_on(&office, record, later.hash()).await;
    let told = refused(&office, &mut asha, record, command).await;
    assert_eq!(told, (500, "internal".into()));
}
