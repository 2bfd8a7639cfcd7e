//! Starting records and writing in them: retries, two people at once, and who sees what.

use axum::http::StatusCode;
use form::Answer;
use record::{Action, Event, Seq};
use wire::{Events, Outcome, PostCommands, Posted, SignOffList, StartRecord, WorkList, paths};

use crate::office::{Office, at, fresh, on_each_store, write};

on_each_store! {
    a_record_is_started_once_however_often_it_is_asked_for
    an_id_is_not_taken_for_another_record_or_person
    a_command_is_done_once_however_often_it_is_sent
    of_a_batch_each_command_has_its_own_outcome
    an_id_that_another_record_has_is_refused_alone
    what_two_people_write_at_once_is_all_kept
    two_answers_to_one_question_are_both_kept
    many_writers_of_one_record_lose_nothing
    an_invalid_draft_is_kept
    only_what_is_new_is_told
    a_record_of_another_team_is_not_there
    a_person_sees_their_own_records_in_their_list
    a_record_started_with_an_older_form_is_kept
}

async fn a_record_is_started_once_however_often_it_is_asked_for(office: Office) {
    let mut asha = office.as_person("asha").await;
    let request = office.start_record();
    let first: Posted = asha.post(paths::RECORDS, &request).await.json();
    asha.done(
        request.record,
        &[office.command(write("visit.note", "written meanwhile"))],
    )
    .await;
    office.after_minutes(5);
    let again: Posted = asha.post(paths::RECORDS, &request).await.json();
    assert_eq!(again.outcomes, first.outcomes);
    assert_eq!(
        first.outcomes,
        [Outcome::Taken {
            id: request.id,
            seq: Seq(1)
        }]
    );
    assert_eq!(
        again.events[..1],
        first.events,
        "the same event, of the same moment"
    );
    assert_eq!(again.head.seq, Seq(2));

    let same = request.clone();
    let starts = (0..6).map(|_| {
        let (mut asha, other) = (asha.clone(), StartRecord { ..same.clone() });
        tokio::spawn(async move { asha.post(paths::RECORDS, &other).await.status })
    });
    for start in starts.collect::<Vec<_>>() {
        assert_eq!(start.await.unwrap(), StatusCode::OK);
    }
    assert_eq!(office.store.ids(None, 10).await.unwrap(), [request.record]);
}

async fn an_id_is_not_taken_for_another_record_or_person(office: Office) {
    let mut asha = office.as_person("asha").await;
    let mut ben = office.as_person("ben").await;
    let request = office.start_record();
    assert_eq!(asha.post(paths::RECORDS, &request).await.status, StatusCode::OK);
    let same_record = StartRecord {
        id: office.start_record().id,
        ..request.clone()
    };
    let same_event = StartRecord {
        record: office.start_record().record,
        ..request.clone()
    };
    for other in [&same_record, &same_event] {
        let code = asha.post(paths::RECORDS, other).await.code();
        assert_eq!(code, (409, "id-taken".into()));
    }
    let code = ben.post(paths::RECORDS, &request).await.code();
    assert_eq!(code, (409, "id-taken".into()));
    assert_eq!(office.store.ids(None, 10).await.unwrap(), [request.record]);
    assert_eq!(office.state(request.record).await.head().seq, Seq(1));
}

async fn a_command_is_done_once_however_often_it_is_sent(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let command = office.command(write("visit.note", "once"));
    let first = asha.done(record, std::slice::from_ref(&command)).await;
    let later = office.command(write("visit.plan", "later"));
    let again = asha.done(record, &[command.clone(), later]).await;
    assert_eq!(again.outcomes[0], first.outcomes[0]);
    assert_eq!(office.state(record).await.head().seq, Seq(3));

    // Sent again by someone else, or as something else, it is not the same.
    let mut ben = office.as_person("ben").await;
    let code = ben.command(record, std::slice::from_ref(&command)).await.code();
    assert_eq!(code, (409, "id-taken".into()));
    let sends = (0..6).map(|_| {
        let (mut asha, command) = (asha.clone(), office.command(write("visit.plan", "at once")));
        tokio::spawn(async move {
            let (one, other) = (asha.clone(), &mut asha);
            let mut one = one;
            let batch = [command];
            let (one, other) = tokio::join!(one.command(record, &batch), other.command(record, &batch));
            (one.status, other.status)
        })
    });
    for sent in sends.collect::<Vec<_>>() {
        assert_eq!(sent.await.unwrap(), (StatusCode::OK, StatusCode::OK));
    }
    assert_eq!(office.state(record).await.head().seq, Seq(9));
}

async fn of_a_batch_each_command_has_its_own_outcome(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let commands = [
        office.command(write("visit.note", "taken")),
        office.command(write("visit.nothing", "refused")),
        office.command(write("visit.plan", "taken too")),
    ];
    let answer = asha.command(record, &commands).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let posted: Posted = answer.json();
    let outcomes = posted.outcomes;
    assert_eq!(
        outcomes.iter().map(Outcome::id).collect::<Vec<_>>(),
        commands.iter().map(|command| command.id).collect::<Vec<_>>()
    );
    assert!(
        matches!(outcomes[0], Outcome::Taken { seq: Seq(2), .. }),
        "{outcomes:?}"
    );
    assert!(
        matches!(&outcomes[1], Outcome::Refused { refused, .. } if refused.code == "no-such-place"),
        "{outcomes:?}"
    );
    assert!(
        matches!(outcomes[2], Outcome::Taken { seq: Seq(3), .. }),
        "{outcomes:?}"
    );
    assert_eq!(posted.events, asha.events(record).await.events);
}

async fn an_id_that_another_record_has_is_refused_alone(office: Office) {
    let mut asha = office.as_person("asha").await;
    let one = office.record_of(&mut asha).await;
    let other = office.record_of(&mut asha).await;
    let command = office.command(write("visit.note", "of the first"));
    asha.done(one, std::slice::from_ref(&command)).await;
    let batch = [office.command(write("visit.plan", "kept")), command];
    let posted: Posted = asha.command(other, &batch).await.json();
    assert!(matches!(posted.outcomes[0], Outcome::Taken { .. }), "{posted:?}");
    assert!(
        matches!(&posted.outcomes[1], Outcome::Refused { refused, .. } if refused.code == "id-taken"),
        "{posted:?}"
    );
    assert_eq!(office.state(other).await.head().seq, Seq(2));
}

async fn what_two_people_write_at_once_is_all_kept(office: Office) {
    let mut asha = office.as_person("asha").await;
    let mut ben = office.as_person("ben").await;
    let record = office.record_of(&mut asha).await;
    // Both know the record as it began; they write in different places.
    asha.done(record, &[office.command(write("visit.note", "hers"))])
        .await;
    ben.done(record, &[office.command(write("visit.plan", "his"))])
        .await;
    let state = office.state(record).await;
    let answers = &state.answers().values;
    assert_eq!(answers.get(&at("visit.note")), Some(&Answer::Text("hers".into())));
    assert_eq!(answers.get(&at("visit.plan")), Some(&Answer::Text("his".into())));
    assert_eq!(state.draft().conflicts().len(), 0);
    assert_eq!(state.authors().len(), 2);
}

async fn two_answers_to_one_question_are_both_kept(office: Office) {
    let mut asha = office.as_person("asha").await;
    let mut ben = office.as_person("ben").await;
    let record = office.record_of(&mut asha).await;
    let hers = office.command(write("visit.note", "she was calm"));
    let his = office.command(write("visit.note", "she was upset"));
    asha.done(record, std::slice::from_ref(&hers)).await;
    let posted = ben.done(record, std::slice::from_ref(&his)).await;
    assert_eq!(posted.events.len(), 3, "he is told what she wrote");
    let state = office.state(record).await;
    let place = at("visit.note");
    assert_eq!(
        state.answers().values.get(&place),
        Some(&Answer::Text("she was calm".into()))
    );
    let rivals = state.draft().rivals(&place);
    assert_eq!(rivals.len(), 1);
    assert_eq!(rivals[0].answer, Some(Answer::Text("she was upset".into())));
    assert_eq!(rivals[0].given.by.name, "ben of the office");

    // Until one of them, who has seen both, decides.
    let decided = Action::Answer {
        address: place.clone(),
        answer: Some(Answer::Text("first calm, then upset".into())),
        over: vec![hers.id, his.id],
    };
    asha.done(record, &[office.command(decided)]).await;
    assert_eq!(office.state(record).await.draft().conflicts().len(), 0);
}

async fn many_writers_of_one_record_lose_nothing(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let other_server = office.another_server().await;
    let mut sent = Vec::new();
    for turn in 0..5 {
        let writers = (0..4).map(|writer| {
            let mut browser = if writer % 2 == 0 {
                asha.clone()
            } else {
                asha.before(other_server.clone())
            };
            let command = office.command(write("visit.note", &format!("{turn} of {writer}")));
            tokio::spawn(async move { (command.id, browser.command(record, &[command]).await) })
        });
        for writer in writers.collect::<Vec<_>>() {
            let (id, answer) = writer.await.unwrap();
            assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
            sent.push(id);
        }
    }
    let state = office.state(record).await;
    assert_eq!(state.head().seq, Seq(21));
    assert!(sent.iter().all(|&id| state.seq_of(id).is_some()));
}

async fn an_invalid_draft_is_kept(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let nonsense = Action::Answer {
        address: at("children[c-1].seen"),
        answer: Some(Answer::Code("perhaps".into())),
        over: Vec::new(),
    };
    let too_long = write("visit.note", &"x".repeat(5_000));
    asha.done(record, &[office.command(nonsense), office.command(too_long)])
        .await;
    let state = office.state(record).await;
    assert_eq!(state.answers().values.len(), 2);
    let draft = state.draft_hash().unwrap();
    let answer = asha
        .command(record, &[office.command(Action::Submit { draft })])
        .await;
    let problem = answer.problem();
    assert_eq!((problem.status, problem.code.as_str()), (422, "not-ready"));
    assert_eq!(problem.faults.len(), 2, "{problem:?}");
}

async fn only_what_is_new_is_told(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    for text in ["a", "b", "c"] {
        let over = office.state(record).await.standing(&at("visit.note"));
        let answer = Action::Answer {
            address: at("visit.note"),
            answer: Some(Answer::Text(text.into())),
            over,
        };
        asha.done(record, &[office.command(answer)]).await;
    }
    let all = asha.events(record).await;
    assert_eq!(all.events.len(), 4);
    assert_eq!(all.head, all.events.last().unwrap().head());
    for after in 0..=5 {
        let some: Events = asha.get(&paths::events(record, Seq(after))).await.json();
        let expected: Vec<&Event> = all.events.iter().filter(|event| event.seq.0 > after).collect();
        assert_eq!(some.events.iter().collect::<Vec<_>>(), expected);
        assert_eq!(some.head, all.head);
    }
    let request = PostCommands {
        after: Seq(3),
        commands: vec![office.command(write("visit.plan", "d"))],
    };
    let posted: Posted = asha.post(&paths::commands(record), &request).await.json();
    assert_eq!(
        posted.events.iter().map(|event| event.seq).collect::<Vec<_>>(),
        [Seq(4), Seq(5)]
    );
}

async fn a_record_of_another_team_is_not_there(office: Office) {
    let mut asha = office.as_person("asha").await;
    let record = office.record_of(&mut asha).await;
    let mut olu = office.as_person("olu").await;
    let events = paths::events(record, Seq::NONE);
    let unknown = paths::events(record::RecordId(fresh()), Seq::NONE);
    let (hidden, missing) = (olu.get(&events).await, olu.get(&unknown).await);
    assert_eq!(hidden.code(), (404, "not-found".into()));
    assert_eq!(hidden.body, missing.body, "nothing tells one from the other");
    let answer = olu
        .command(record, &[office.command(write("visit.note", "x"))])
        .await;
    assert_eq!(answer.code(), (404, "not-found".into()));
    assert_eq!(office.state(record).await.head().seq, Seq(1));
    for login in ["ben", "tess", "sid"] {
        let mut browser = office.as_person(login).await;
        assert_eq!(browser.get(&events).await.status, StatusCode::OK, "{login}");
    }
}

async fn a_person_sees_their_own_records_in_their_list(office: Office) {
    let mut asha = office.as_person("asha").await;
    let mut ben = office.as_person("ben").await;
    let first = office.record_of(&mut asha).await;
    office.after_minutes(1);
    let second = office.record_of(&mut asha).await;
    ben.done(second, &[office.command(write("visit.note", "co-written"))])
        .await;
    let void = Action::Void {
        reason: "Started twice".into(),
    };
    asha.done(first, &[office.command(void)]).await;
    let listed = |list: WorkList| list.items.iter().map(|item| item.record).collect::<Vec<_>>();
    assert_eq!(listed(asha.get(paths::WORK).await.json()), [second, first]);
    assert_eq!(listed(ben.get(paths::WORK).await.json()), [second]);
    let mut tess = office.as_person("tess").await;
    assert_eq!(listed(tess.get(paths::WORK).await.json()), []);
    let waiting: SignOffList = tess.get(paths::SIGN_OFF).await.json();
    assert_eq!(waiting.items, []);
}

async fn a_record_started_with_an_older_form_is_kept(office: Office) {
    let old = crate::form::small_form(0, "An older small visit");
    let published = store::Published {
        hash: old.hash(),
        name: old.name.clone(),
        version: old.version,
        title: old.title.clone(),
        at: office.now(),
    };
    office
        .store
        .publish(&published, old.to_json(), store::Again::Refuse)
        .await
        .unwrap();
    // Started in a car without a signal, before the app was upgraded.
    let mut asha = office.as_person("asha").await;
    let request = StartRecord {
        form: old.hash(),
        ..office.start_record()
    };
    assert_eq!(asha.post(paths::RECORDS, &request).await.status, StatusCode::OK);
    asha.done(request.record, &[office.command(write("visit.note", "kept"))])
        .await;
    let forms: wire::Forms = asha.get(paths::FORMS).await.json();
    assert_eq!(
        forms.forms.iter().map(|form| form.version).collect::<Vec<_>>(),
        [1],
        "though none is started with it any more"
    );
}
