//! Laws of the queue: order, portions, waits, and that nothing leaves it without the server's word.

use std::collections::BTreeSet;

use form::RowKey;
use proptest::prelude::*;
use record::{Acknowledgement, DraftHash};
use wire::Posted;

use super::*;
use crate::clock::{self, Clock};
use crate::testing::{Server, address, cases, form};

const NOW: Timestamp = Timestamp::FIRST;

fn later(millis: i64) -> Timestamp {
    Timestamp::from_millis(NOW.as_millis() + millis).unwrap()
}

fn answer(place: &str) -> Action {
    Action::Answer {
        address: address(place),
        answer: None,
        over: Vec::new(),
    }
}

fn add_row(rows: &str, key: &str) -> Action {
    Action::AddRow {
        address: address(rows),
        key: RowKey::new(key).unwrap(),
        before: None,
    }
}

fn submit() -> Action {
    Action::Submit {
        draft: DraftHash(form::Hash::of(b"as seen")),
    }
}

fn errand(clock: &Clock, action: Action) -> Errand {
    Errand::Command(Command {
        id: clock.event_id(),
        noted_at: NOW,
        form: None,
        action,
    })
}

fn file(clock: &Clock) -> Errand {
    let id = clock.event_id();
    Errand::File(FileToSend {
        id,
        sha256: form::Hash::of(id.to_string().as_bytes()),
        media_type: "text/plain".to_owned(),
        name: "letter.txt".to_owned(),
        size: 9,
    })
}

fn push(queue: &mut Queue, action: Action) -> EventId {
    let errand = errand(&clock::tests::still(), action);
    queue.push(errand, (form().hash(), 1)).errand.id()
}

fn push_file(queue: &mut Queue) -> EventId {
    let file = file(&clock::tests::still());
    queue.push(file, (form().hash(), 1)).errand.id()
}

fn queue(actions: impl IntoIterator<Item = Action>) -> (Queue, Vec<EventId>) {
    let mut queue = Queue::default();
    let ids = actions
        .into_iter()
        .map(|action| push(&mut queue, action))
        .collect();
    (queue, ids)
}

fn ids(batch: &Batch) -> Vec<EventId> {
    match batch {
        Batch::Start(request) => vec![request.id],
        Batch::File(file) => vec![file.id],
        Batch::Commands(commands) => commands.iter().map(|command| command.id).collect(),
    }
}

fn refused() -> Refused {
    Refused {
        code: "no".to_owned(),
        message: "No".to_owned(),
        address: None,
        faults: Vec::new(),
    }
}

/// The server's word on each of a batch: taken, or refused if it is among these.
fn posted(batch: &Batch, bad: &BTreeSet<EventId>) -> Verdict {
    if let Batch::File(file) = batch {
        return match bad.contains(&file.id) {
            true => Verdict::Refused(refused()),
            false => Verdict::Kept,
        };
    }
    let outcome = |id| match bad.contains(&id) {
        true => Outcome::Refused {
            id,
            refused: refused(),
        },
        false => Outcome::Taken {
            id,
            seq: record::Seq(1),
        },
    };
    Verdict::Posted(Box::new(Posted {
        outcomes: ids(batch).into_iter().map(outcome).collect(),
        events: Vec::new(),
        head: Server::with_record(&crate::testing::person(1, record::Role::Practitioner))
            .state()
            .head(),
    }))
}

/// What may happen to a queue.
#[derive(Clone, Debug)]
enum Happening {
    /// Something new waits: one of [`actions`].
    Push(usize),
    /// A file waits.
    PushFile,
    /// What is due is sent, and this comes of it.
    Send(Cargo, Kind),
    /// The first of what waits is seen in the record.
    Seen,
    Hurry,
    Wait(i64),
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Taken,
    /// Every second item is refused.
    Mixed,
    Refused,
    Broke,
    Busy,
    Unreachable,
    SignedOut,
}

fn actions() -> Vec<Action> {
    vec![
        answer("visit.note"),
        answer("visit.hours"),
        add_row("visit.people", "r1"),
        answer("visit.people[r1].name"),
        answer("visit.people[r2].name"),
        submit(),
    ]
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    use Kind::*;
    let kind = [Taken, Mixed, Refused, Broke, Broke, Busy, Unreachable, SignedOut];
    let happening = prop_oneof![
        4 => (0..actions().len()).prop_map(Happening::Push),
        1 => Just(Happening::PushFile),
        6 => prop::sample::select(kind.to_vec()).prop_map(|kind| Happening::Send(Cargo::Words, kind)),
        2 => prop::sample::select(kind.to_vec()).prop_map(|kind| Happening::Send(Cargo::Files, kind)),
        1 => Just(Happening::Seen),
        1 => Just(Happening::Hurry),
        3 => (1..200_000_i64).prop_map(Happening::Wait),
    ];
    prop::collection::vec(happening, 1..80)
}

fn verdict(batch: &Batch, kind: Kind) -> Verdict {
    match kind {
        Kind::Taken => posted(batch, &BTreeSet::new()),
        Kind::Mixed => posted(batch, &ids(batch).into_iter().step_by(2).collect()),
        Kind::Refused => Verdict::Refused(refused()),
        Kind::Broke => Verdict::Broke,
        Kind::Busy => Verdict::Busy,
        Kind::Unreachable => Verdict::Unreachable,
        Kind::SignedOut => Verdict::SignedOut,
    }
}

/// What is sent is in order, and never before something that it follows.
fn check_order(queue: &Queue, batch: &Batch) {
    let sent = ids(batch);
    let waiting: Vec<&Errand> = queue.items().map(|item| &item.errand).collect();
    let places: Vec<usize> = sent
        .iter()
        .map(|id| waiting.iter().position(|errand| errand.id() == *id).unwrap())
        .collect();
    assert!(places.is_sorted());
    for place in places {
        for earlier in &waiting[..place] {
            assert!(!follows(waiting[place], earlier) || sent.contains(&earlier.id()));
        }
    }
}

/// When nothing is due, the next moment is the first at which something is.
fn check_alarm(queue: &Queue, now: Timestamp) {
    let due = |at| queue.next(Cargo::Words, at).is_some() || queue.next(Cargo::Files, at).is_some();
    if due(now) {
        return;
    }
    let Some(at) = queue.next_at() else {
        assert_eq!(queue.items().len(), 0, "something waits for ever");
        return;
    };
    let just_before = Timestamp::from_millis(at.as_millis() - 1).unwrap();
    assert!(at > now, "the alarm has rung for nothing");
    assert!(due(at) && !due(just_before));
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn an_item_leaves_only_by_the_servers_word_and_the_rest_keep_their_order(happenings in happenings()) {
        let (mut queue, mut model) = queue([]);
        let mut now = NOW;
        for happening in happenings {
            match happening {
                Happening::Push(action) => model.push(push(&mut queue, actions().swap_remove(action))),
                Happening::PushFile => model.push(push_file(&mut queue)),
                Happening::Wait(millis) => now = Timestamp::from_millis(now.as_millis() + millis).unwrap(),
                Happening::Hurry => queue.hurry(),
                Happening::Seen => {
                    if let Some(first) = model.first().copied() {
                        prop_assert_eq!(queue.seen(first).map(|item| item.errand.id()), Some(first));
                        model.remove(0);
                    }
                }
                Happening::Send(cargo, kind) => {
                    let Some(batch) = queue.next(cargo, now) else { continue };
                    check_order(&queue, &batch);
                    let sent = ids(&batch);
                    let settled = queue.answered(&batch, &verdict(&batch, kind), now, 0);
                    let receipts: Vec<_> = settled.receipts.iter().map(|item| item.errand.id()).collect();
                    let refused: Vec<_> = settled.refused.iter().map(|(item, _)| item.errand.id()).collect();
                    let odd = sent.iter().copied().skip(1).step_by(2).collect();
                    let even = sent.iter().copied().step_by(2).collect();
                    let expected = match kind {
                        Kind::Taken => (sent, vec![]),
                        Kind::Mixed => (odd, even),
                        Kind::Refused if sent.len() == 1 => (vec![], sent),
                        _ => (vec![], vec![]),
                    };
                    model.retain(|id| !expected.0.contains(id) && !expected.1.contains(id));
                    prop_assert_eq!((receipts, refused), expected);
                }
            }
            let waiting: Vec<_> = queue.items().map(|item| item.errand.id()).collect();
            prop_assert_eq!(&waiting, &model);
            prop_assert!(queue.items().map(|item| item.order).is_sorted_by(|one, next| one < next));
            check_alarm(&queue, now);
        }
    }

    #[test]
    fn one_bad_item_holds_up_no_other(count in 2..20_usize, bad: prop::sample::Index, breaks: bool) {
        let (mut queue, all) = queue((0..count).map(|number| answer(&format!("visit.q{number:02}"))));
        let bad = all[bad.index(count)];
        let mut delivered = BTreeSet::new();
        let mut returned = Vec::new();
        // No time passes: the others need not wait for the bad one, nor it for more than its turn.
        while let Some(batch) = queue.next(Cargo::Words, NOW) {
            let verdict = match (ids(&batch).contains(&bad), breaks) {
                (false, _) => posted(&batch, &BTreeSet::new()),
                (true, true) => Verdict::Broke,
                (true, false) => Verdict::Refused(refused()),
            };
            let settled = queue.answered(&batch, &verdict, NOW, 0);
            delivered.extend(settled.receipts.iter().map(|item| item.errand.id()));
            returned.extend(settled.refused.iter().map(|(item, _)| item.errand.id()));
        }
        let others: BTreeSet<_> = all.into_iter().filter(|id| *id != bad).collect();
        prop_assert_eq!(delivered, others);
        let left: Vec<_> = queue.items().map(|item| item.errand.id()).collect();
        prop_assert_eq!((left, returned), if breaks { (vec![bad], vec![]) } else { (vec![], vec![bad]) });
    }

    #[test]
    fn waits_double_up_to_a_limit_and_are_spread_over_half_as_much_again(failures: u32, chance: u8) {
        let millis = |failures, chance| wait(NOW, failures, chance).as_millis() - NOW.as_millis();
        let least = millis(failures, 0);
        prop_assert!((FIRST_WAIT_MS..=LONGEST_WAIT_MS).contains(&least));
        prop_assert!((least..=least + least / 2).contains(&millis(failures, chance)));
        let next = millis(failures.saturating_add(1), 0);
        prop_assert!(next == least * 2 || next == LONGEST_WAIT_MS);
        prop_assert_eq!(wait(Timestamp::LAST, failures, chance), Timestamp::LAST);
    }
}

#[test]
fn words_do_not_wait_for_a_file_and_only_what_sends_the_record_does() {
    let mut queue = Queue::default();
    let letter = push_file(&mut queue);
    let note = push(&mut queue, answer("visit.note"));
    let sent = push(&mut queue, submit());
    let words = queue.next(Cargo::Words, NOW).unwrap();
    assert_eq!(ids(&words), [note]);
    let batch = queue.next(Cargo::Files, NOW).unwrap();
    assert_eq!(ids(&batch), [letter]);

    // A connection that is too bad for the file does for the words.
    queue.answered(&batch, &Verdict::Unreachable, NOW, 0);
    assert_eq!(queue.next(Cargo::Files, NOW), None);
    assert_eq!(queue.next(Cargo::Words, NOW), Some(words.clone()));
    queue.answered(&words, &posted(&words, &BTreeSet::new()), NOW, 0);
    assert_eq!(
        queue.next(Cargo::Words, later(1_000_000)),
        None,
        "its file has not arrived"
    );

    queue.hurry();
    assert_eq!(queue.next(Cargo::Files, NOW), Some(batch.clone()));
    queue.answered(&batch, &Verdict::Kept, NOW, 0);
    assert_eq!(ids(&queue.next(Cargo::Words, NOW).unwrap()), [sent]);
    assert_eq!(queue.files().count(), 0);
}

#[test]
fn a_file_that_is_refused_goes_with_the_reason_and_holds_up_nothing() {
    let mut queue = Queue::default();
    let letter = push_file(&mut queue);
    let sent = push(&mut queue, submit());
    let batch = queue.next(Cargo::Files, NOW).unwrap();
    let settled = queue.answered(&batch, &Verdict::Refused(refused()), NOW, 0);
    assert_eq!(settled.refused.len(), 1);
    assert_eq!(settled.refused[0].0.errand.id(), letter);
    // What comes of the rest is for the server to say.
    assert_eq!(ids(&queue.next(Cargo::Words, NOW).unwrap()), [sent]);
}

#[test]
fn a_portion_has_no_more_bytes_than_the_server_takes_unless_one_command_alone_has() {
    let written = |length: usize| Action::Answer {
        address: address("visit.note"),
        answer: Some(form::Answer::Text("x".repeat(length))),
        over: Vec::new(),
    };
    let (mut queue, _) = queue([100_000, 100_000, 100_000, 300_000, 1].map(written));
    let mut portions = Vec::new();
    while let Some(batch) = queue.next(Cargo::Words, NOW) {
        portions.push(batch.len());
        queue.answered(&batch, &posted(&batch, &BTreeSet::new()), NOW, 0);
    }
    assert_eq!(portions, [2, 1, 1, 1]);
}

#[test]
fn a_portion_has_no_more_commands_than_the_server_takes() {
    let most = usize::try_from(MAX_COMMANDS).unwrap();
    let (queue, all) = queue((0..=most).map(|_| answer("visit.note")));
    assert_eq!(ids(&queue.next(Cargo::Words, NOW).unwrap()), all[..most]);
}

#[test]
fn a_record_is_started_before_anything_is_done_to_it() {
    let request = Server::new().order();
    let start = Errand::Start {
        request: request.clone(),
        subjects: Vec::new(),
    };
    let mut queue = Queue::default();
    queue.push(start, (form().hash(), 1));
    let note = push(&mut queue, answer("visit.note"));
    let letter = push_file(&mut queue);
    let batch = queue.next(Cargo::Words, NOW).unwrap();
    assert_eq!(batch, Batch::Start(request));
    assert_eq!(queue.next(Cargo::Files, NOW), None);

    queue.answered(&batch, &Verdict::Broke, NOW, 0);
    assert_eq!(
        queue.next(Cargo::Words, NOW),
        None,
        "nothing can be done to a record that is not there"
    );
    let again = queue.next(Cargo::Words, queue.next_at().unwrap()).unwrap();
    assert_eq!(again, batch);
    queue.answered(&again, &posted(&again, &BTreeSet::new()), NOW, 0);
    assert_eq!(ids(&queue.next(Cargo::Words, NOW).unwrap()), [note]);
    assert_eq!(ids(&queue.next(Cargo::Files, NOW).unwrap()), [letter]);
}

#[test]
fn each_failure_in_a_row_waits_longer_and_an_answer_starts_over() {
    let (mut queue, _) = queue([answer("visit.note"), answer("visit.hours")]);
    let batch = queue.next(Cargo::Words, NOW).unwrap();
    for expected in [2_000, 4_000, 8_000] {
        queue.answered(&batch, &Verdict::Unreachable, NOW, 0);
        assert_eq!(queue.next_at(), Some(later(expected)));
        assert_eq!(queue.next(Cargo::Words, later(expected - 1)), None);
        assert_eq!(
            queue.next(Cargo::Words, later(expected)),
            Some(batch.clone()),
            "the same again"
        );
    }
    queue.hurry();
    assert_eq!(
        queue.next(Cargo::Words, NOW),
        Some(batch.clone()),
        "when there is reason to believe that it will work"
    );
    queue.answered(&batch, &posted(&batch, &BTreeSet::new()), NOW, 0);
    push(&mut queue, answer("visit.note"));
    let batch = queue.next(Cargo::Words, NOW).unwrap();
    queue.answered(&batch, &Verdict::Busy, NOW, 0);
    assert_eq!(queue.next_at(), Some(later(2_000)));
}

#[test]
fn what_follows_an_item_is_what_is_about_the_same_place_or_the_whole_record() {
    let clock = clock::tests::still();
    let follow = |later, earlier| follows(&errand(&clock, later), &errand(&clock, earlier));
    let acknowledge = |place| {
        Action::Acknowledge(Acknowledgement {
            address: address(place),
            check: form::CheckId(0),
            message: "Long".into(),
            reason: "So it was".into(),
        })
    };
    assert!(follow(answer("visit.note"), answer("visit.note")));
    assert!(!follow(answer("visit.note"), answer("visit.hours")));
    assert!(follow(
        answer("visit.people[r1].name"),
        add_row("visit.people", "r1")
    ));
    assert!(!follow(
        answer("visit.people[r2].name"),
        add_row("visit.people", "r1")
    ));
    assert!(follow(
        add_row("visit.people", "r1"),
        answer("visit.people[r1].name")
    ));
    assert!(follow(
        add_row("visit.people[r1].calls", "c1"),
        add_row("visit.people", "r1")
    ));
    assert!(follow(acknowledge("visit.hours"), answer("visit.hours")));
    assert!(follow(submit(), answer("visit.note")));
    assert!(follow(answer("visit.note"), submit()));
}
