//! What the line about the work says, over every combination of facts: never more than is so.

use super::*;

const AT: i64 = 1_753_794_120_000;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis).unwrap()
}

/// All the facts there can be, as far as they make a difference.
fn all() -> impl Iterator<Item = Facts> {
    let links = [Link::Up, Link::Down, Link::Busy, Link::SignedOut];
    let troubles = [None, Some(NotKept::Full)];
    let counts =
        (0..3).flat_map(|unsent| (0..=unsent).flat_map(move |ready| (0..3).map(move |n| (unsent, ready, n))));
    counts.flat_map(move |(unsent, ready, refused)| {
        links.into_iter().flat_map(move |link| {
            troubles.into_iter().flat_map(move |trouble| {
                [false, true].map(|behind| Facts {
                    unsent: Load {
                        changes: unsent / 2,
                        files: unsent - unsent / 2,
                    },
                    ready,
                    refused,
                    behind,
                    trouble,
                    written_at: at(AT),
                    sent_at: Some(at(AT)),
                    link,
                })
            })
        })
    })
}

#[test]
fn nothing_is_said_to_be_kept_or_sent_that_is_not() {
    for facts in all() {
        let kept = Kept::of(facts);
        let has_work = facts.unsent.total() + facts.refused > 0;
        let is_lost_with_the_page = facts.behind && facts.trouble.is_some() && has_work;
        assert_eq!(
            matches!(kept, Kept::NotKept { .. }),
            is_lost_with_the_page,
            "{facts:?}"
        );
        assert_eq!(matches!(kept, Kept::Sent { .. }), !has_work, "{facts:?}");
        if matches!(
            kept,
            Kept::Here { .. } | Kept::Sending { .. } | Kept::Waiting { .. }
        ) {
            assert!(!facts.behind && facts.unsent.is_some(), "{facts:?}");
        }
        if let Kept::Sending { .. } | Kept::Here { .. } = kept {
            assert_eq!(
                facts.link,
                Link::Up,
                "nothing is promised that cannot be done now: {facts:?}"
            );
        }
    }
}

#[test]
fn what_needs_a_person_is_worrying_and_the_rest_is_not() {
    for facts in all() {
        let kept = Kept::of(facts);
        let is_at_ease = facts.link == Link::Up && facts.refused == 0 && facts.trouble.is_none();
        assert!(!(is_at_ease && kept.is_worrying()), "{facts:?}");
        if facts.refused > 0 && !facts.behind {
            assert!(kept.is_worrying(), "{facts:?}");
        }
    }
}

#[test]
fn the_truth_is_a_sentence() {
    let today = at(AT).day_in_london();
    let tomorrow = at(AT + 86_400_000).day_in_london();
    let load = |changes, files| Load { changes, files };
    let waiting = |changes, why| {
        Kept::Waiting {
            load: load(changes, 0),
            why,
        }
        .sentence(today)
    };
    // British Summer Time: an hour ahead of Greenwich.
    assert_eq!(
        Kept::Here { at: at(AT) }.sentence(today),
        "Kept on this device, 14:02"
    );
    assert_eq!(
        Kept::Sent { at: Some(at(AT)) }.sentence(tomorrow),
        "Everything is sent. Last change on Tuesday 29 July 2025"
    );
    assert_eq!(Kept::Sent { at: None }.sentence(today), "Everything is sent");
    assert_eq!(
        waiting(1, Link::SignedOut),
        "1 change is kept on this device. It will be sent when you have signed in again"
    );
    assert_eq!(
        waiting(2, Link::Down),
        "2 changes are kept on this device. They will be sent when you are back online"
    );
    assert_eq!(
        waiting(1, Link::Busy),
        "1 change is kept on this device. The server cannot take work at present. It will be sent when it can"
    );
    let files = |load| {
        Kept::Waiting {
            load,
            why: Link::Down,
        }
        .sentence(today)
    };
    assert_eq!(
        files(load(0, 1)),
        "1 file is kept on this device. It will be sent when you are back online"
    );
    assert_eq!(
        files(load(1, 2)),
        "1 change and 2 files are kept on this device. They will be sent when you are back online"
    );
    assert_eq!(
        Kept::Sending { load: load(0, 1) }.sentence(today),
        "Sending 1 file. It is kept on this device"
    );
    assert_eq!(
        Kept::NotKept { why: NotKept::Full }.sentence(today),
        "Not kept on this device. This device is full. Free some space, or send your work before you close this page"
    );
}
