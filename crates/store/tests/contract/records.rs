//! What must hold of records and their events.

use std::collections::BTreeSet;
use std::sync::Arc;

use record::{RecordId, Seq, Status, Summary};
use store::{Append, Error, Mark, Reach, Slice, Sought, Store, Thing};

use super::specimens::{Making, ParseName, child, person, publish, team};

type Kept = Arc<dyn Store>;

const ALL: Slice = Slice {
    after: None,
    limit: u32::MAX,
};

pub(crate) async fn events_are_read_back_as_they_were(store: &Kept) {
    publish(&**store).await;
    let mut making = Making::begun(1, 1, 1, &[1, 2]).answered(2, "Ünïcode \u{0} \"quoted\"\n");
    making.keep(&**store).await.unwrap();
    let events = store.events(making.record(), Seq::NONE).await.unwrap();
    assert_eq!(events, making.events);
    assert_eq!(record::verify(&events).unwrap(), making.head());
    for event in &events {
        let record = store.record_of(event.id).await.unwrap();
        assert_eq!(record, Some(making.record()));
    }
    let unknown = Making::begun(2, 1, 1, &[]).events[0].id;
    assert_eq!(store.record_of(unknown).await.unwrap(), None);
    assert_eq!(
        store.summary(making.record()).await.unwrap(),
        Some(making.summary())
    );
}

pub(crate) async fn events_are_read_from_any_place(store: &Kept) {
    publish(&**store).await;
    let mut making = Making::begun(1, 1, 1, &[1]).answered(1, "a").answered(1, "b");
    making.keep(&**store).await.unwrap();
    for after in 0..=4 {
        let events = store.events(making.record(), Seq(after)).await.unwrap();
        let expected = making.events.iter().skip(usize::try_from(after).unwrap());
        assert!(events.iter().eq(expected), "after {after}");
    }
    let other = Making::begun(2, 1, 1, &[1]);
    assert_eq!(store.events(other.record(), Seq::NONE).await.unwrap(), []);
    assert_eq!(store.summary(other.record()).await.unwrap(), None);
}

pub(crate) async fn an_append_that_does_not_follow_the_head_conflicts(store: &Kept) {
    publish(&**store).await;
    let mut first = Making::begun(1, 1, 1, &[1]);
    let unborn = first.clone().answered(1, "to a record that is not there");
    let late = Append {
        after: first.head(),
        events: &unborn.events[1..],
        summary: &unborn.summary(),
    };
    let refused = store.append(late).await;
    assert!(
        matches!(refused, Err(Error::Conflict { found: None, .. })),
        "{refused:?}"
    );

    first.keep(&**store).await.unwrap();
    let mut ours = first.clone().answered(1, "ours");
    let mut theirs = first
        .clone()
        .answered(2, "theirs")
        .under_id(Making::begun(9, 1, 1, &[]).events[0].id);
    ours.keep(&**store).await.unwrap();
    let refused = theirs.keep(&**store).await;
    assert!(
        matches!(refused, Err(Error::Conflict { expected, found }) if expected == first.head() && found == ours.head()),
        "{refused:?}"
    );
    assert_eq!(
        store.events(first.record(), Seq::NONE).await.unwrap(),
        ours.events
    );
    assert_eq!(store.summary(first.record()).await.unwrap(), Some(ours.summary()));

    let again = Making::begun(1, 2, 1, &[1]).keep(&**store).await;
    assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
}

pub(crate) async fn of_many_appends_at_one_head_exactly_one_is_kept(store: &Kept) {
    publish(&**store).await;
    let mut shared = Making::begun(1, 1, 1, &[1]);
    shared.keep(&**store).await.unwrap();
    for _ in 0..8 {
        let writers = (0..8_u128).map(|writer| {
            let other = Making::begun(
                100 + writer + u128::from(shared.head().unwrap().seq.0) * 100,
                1,
                1,
                &[],
            );
            let mut mine = shared
                .clone()
                .answered(writer, &format!("of {writer}"))
                .under_id(other.events[0].id);
            let store = Arc::clone(store);
            tokio::spawn(async move { mine.keep(&*store).await.map(|()| mine) })
        });
        let mut kept = Vec::new();
        for writer in writers.collect::<Vec<_>>() {
            match writer.await.unwrap() {
                Ok(making) => kept.push(making),
                Err(Error::Conflict { .. }) => {}
                Err(other) => panic!("lost for another reason: {other:?}"),
            }
        }
        assert_eq!(kept.len(), 1, "one writer is first, and only one");
        shared = kept.remove(0);
        let events = store.events(shared.record(), Seq::NONE).await.unwrap();
        assert_eq!(events, shared.events);
    }
}

pub(crate) async fn an_event_id_is_used_once_and_in_one_record(store: &Kept) {
    publish(&**store).await;
    let mut first = Making::begun(1, 1, 1, &[1]);
    first.keep(&**store).await.unwrap();
    let known = first.events[0].id;
    let mut same_record = first.clone().answered(1, "again").under_id(known);
    let mut other_record = Making::begun(2, 1, 1, &[1]).under_id(known);
    for (what, again) in [
        // A record cannot fold an event twice, so its summary is that of the event before.
        ("in the same record", {
            let summary = Summary {
                head: same_record.head().unwrap(),
                ..first.summary()
            };
            let append = Append {
                after: first.head(),
                events: &same_record.events.split_off(1),
                summary: &summary,
            };
            store.append(append).await
        }),
        ("in another record", other_record.keep(&**store).await),
    ] {
        assert!(
            matches!(again, Err(Error::Taken(Thing::Event))),
            "{what}: {again:?}"
        );
    }
    assert_eq!(
        store.events(first.record(), Seq::NONE).await.unwrap(),
        first.events
    );
    assert_eq!(store.summary(other_record.record()).await.unwrap(), None);
}

pub(crate) async fn a_batch_is_kept_wholly_or_not_at_all(store: &Kept) {
    publish(&**store).await;
    let mut other = Making::begun(2, 1, 1, &[1]);
    other.keep(&**store).await.unwrap();
    let mut first = Making::begun(1, 1, 1, &[1]);
    first.keep(&**store).await.unwrap();
    let mut batch = first
        .clone()
        .answered(2, "kept with the next or not at all")
        .answered(2, "under an id that another record has")
        .under_id(other.events[0].id);
    let refused = batch.keep(&**store).await;
    assert!(matches!(refused, Err(Error::Taken(Thing::Event))), "{refused:?}");
    assert_eq!(
        store.events(first.record(), Seq::NONE).await.unwrap(),
        first.events
    );
    assert_eq!(
        store.summary(first.record()).await.unwrap(),
        Some(first.summary())
    );
    let of_second = Sought {
        author: Some(person(2).id),
        ..Sought::default()
    };
    assert_eq!(store.summaries(&of_second, ALL).await.unwrap(), []);
}

pub(crate) async fn events_that_contradict_each_other_are_refused(store: &Kept) {
    publish(&**store).await;
    let whole = Making::begun(1, 1, 1, &[1]).answered(1, "a").answered(1, "b");
    let summary = whole.summary();
    let [first, second, third] = &whole.events[..] else {
        panic!("three events, not {:?}", whole.events)
    };
    let other = Making::begun(2, 1, 1, &[1]);
    let mut unlinked = second.clone();
    unlinked.prev = Some(third.hash);
    let cases = [
        ("none at all", vec![]),
        ("one is left out", vec![first.clone(), third.clone()]),
        (
            "in the wrong order",
            vec![second.clone(), first.clone(), third.clone()],
        ),
        (
            "one of another record",
            vec![other.events[0].clone(), second.clone(), third.clone()],
        ),
        (
            "one that is not linked",
            vec![first.clone(), unlinked, third.clone()],
        ),
        (
            "fewer than the summary counts",
            vec![first.clone(), second.clone()],
        ),
    ];
    for (what, events) in cases {
        let append = Append {
            after: None,
            events: &events,
            summary: &summary,
        };
        let refused = store.append(append).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{what}: {refused:?}");
    }
    assert_eq!(store.summary(summary.record).await.unwrap(), None);
}

pub(crate) async fn a_record_of_an_unpublished_form_is_refused(store: &Kept) {
    let mut making = Making::begun(1, 1, 1, &[1]);
    let refused = making.keep(&**store).await;
    assert!(matches!(refused, Err(Error::Missing(Thing::Form))), "{refused:?}");
    assert_eq!(store.events(making.record(), Seq::NONE).await.unwrap(), []);
}

pub(crate) async fn a_summary_is_replaced_with_each_append(store: &Kept) {
    publish(&**store).await;
    let mut making = Making::begun(1, 1, 1, &[1]);
    making.keep(&**store).await.unwrap();
    let by_second = Sought {
        author: Some(person(2).id),
        ..Sought::default()
    };
    assert_eq!(store.summaries(&by_second, ALL).await.unwrap(), []);
    making = making.answered(2, "a co-author");
    making.keep(&**store).await.unwrap();
    assert_eq!(
        store.summaries(&by_second, ALL).await.unwrap(),
        [making.summary()]
    );
    let all = store.summaries(&Sought::default(), ALL).await.unwrap();
    assert_eq!(all, [making.summary()]);
}

/// Twelve records of two authors, two teams and many children. Every third has a second author, every fourth waits for
/// a decision, and two are finished.
async fn a_dozen(store: &Kept) -> Vec<Summary> {
    publish(&**store).await;
    let mut summaries = Vec::new();
    for number in 0..12 {
        let mut making = Making::begun(number, number % 2, number / 2 % 2, &[number / 4, 9]);
        if number % 3 == 0 {
            making = making.answered(7, "a second author");
        }
        let mut summary = making.summary();
        // A whole round of sign-off takes longer to make than a summary that says so, which is all that lists read.
        if number % 4 == 0 {
            summary.status = Status::Waiting {
                revision: "00".repeat(32).parse().unwrap(),
                stage: u16::from(number == 0),
                since: summary.changed_at,
            };
        } else if number % 5 == 1 {
            summary.status = Status::Voided {
                at: summary.changed_at,
            };
        }
        let append = Append {
            after: None,
            events: &making.events,
            summary: &summary,
        };
        store.append(append).await.unwrap();
        summaries.push(summary);
    }
    summaries.sort_by_key(|summary| std::cmp::Reverse(Mark::of(summary)));
    summaries
}

pub(crate) async fn records_are_found_by_every_mixture_of_what_is_sought(store: &Kept) {
    let all = a_dozen(store).await;
    let reaches = [
        Reach::EveryTeam,
        Reach::Team {
            team: team(0).id,
            person: person(1).id,
        },
        Reach::Team {
            team: team(5).id,
            person: person(7).id,
        },
    ];
    let authors = [None, Some(person(0).id), Some(person(7).id), Some(person(8).id)];
    let children = [None, Some(child(1).id), Some(child(9).id), Some(child(8).id)];
    let roles: [Option<BTreeSet<_>>; 4] = [
        None,
        Some(["team_manager".parse_name()].into()),
        Some(["team_manager".parse_name(), "service_manager".parse_name()].into()),
        Some([].into()),
    ];
    let mut found_some = 0;
    for seen_by in reaches {
        for author in authors {
            for child in &children {
                for awaits in &roles {
                    for finished in [None, Some(false), Some(true)] {
                        let sought = Sought {
                            seen_by,
                            author,
                            child: child.clone(),
                            finished,
                            awaits: awaits.clone(),
                        };
                        let fitting = all.iter().filter(|summary| fits(summary, &sought));
                        let expected: Vec<Summary> = fitting.cloned().collect();
                        let found = store.summaries(&sought, ALL).await.unwrap();
                        assert_eq!(found, expected, "{sought:?}");
                        found_some += usize::from(!expected.is_empty());
                    }
                }
            }
        }
    }
    assert!(found_some > 80, "only {found_some} mixtures find anything");
}

/// What [`Sought`] says, in the fewest words.
fn fits(summary: &Summary, sought: &Sought) -> bool {
    let wrote = |person| summary.authors.iter().any(|author| author.id == person);
    let seen = match sought.seen_by {
        Reach::EveryTeam => true,
        Reach::Team { team, person } => summary.team == team || wrote(person),
    };
    let author = sought.author.is_none_or(wrote);
    let child = match &sought.child {
        None => true,
        Some(id) => summary.subjects.iter().any(|child| child.id == *id),
    };
    let finished = match sought.finished {
        None => true,
        Some(finished) => matches!(summary.status, Status::Voided { .. }) == finished,
    };
    let awaits = match (&sought.awaits, summary.status) {
        (None, _) => true,
        (Some(roles), Status::Waiting { stage, .. }) => {
            roles.contains(&summary.form.stages[usize::from(stage)].role)
        }
        (Some(_), _) => false,
    };
    seen && author && child && finished && awaits
}

pub(crate) async fn a_list_in_slices_is_the_whole_list(store: &Kept) {
    let all = a_dozen(store).await;
    for limit in [1, 5, 12, 13] {
        let mut found: Vec<Summary> = Vec::new();
        loop {
            let slice = Slice {
                after: found.last().map(Mark::of),
                limit,
            };
            let next = store.summaries(&Sought::default(), slice).await.unwrap();
            assert!(next.len() <= limit as usize);
            if next.is_empty() {
                break;
            }
            found.extend(next);
        }
        assert_eq!(found, all, "in slices of {limit}");
    }
}

pub(crate) async fn every_record_is_listed_by_its_id(store: &Kept) {
    let mut expected: Vec<RecordId> = a_dozen(store)
        .await
        .iter()
        .map(|summary| summary.record)
        .collect();
    expected.sort();
    let mut found: Vec<RecordId> = Vec::new();
    loop {
        let next = store.ids(found.last().copied(), 5).await.unwrap();
        if next.is_empty() {
            break;
        }
        found.extend(next);
    }
    assert_eq!(found, expected);
}
