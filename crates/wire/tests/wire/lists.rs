//! The two lists that people work from: what is on them, and in which order.

use feel::Date;
use form::{Name, Span};
use record::{Calendar, Due, Left, RecordId, Role, Running, Status, Summary, TeamId, Timestamp};
use wire::{SignOffList, WorkList};

use crate::samples::*;

fn started(summary: Summary, day: Date) -> Summary {
    let (name, label) = (Name::new("write_up").unwrap(), "Write up".to_owned());
    Summary {
        clocks: vec![Running {
            name,
            label,
            from: day,
            at: None,
            span: Span::WorkingDays(2),
        }],
        ..summary
    }
}

fn waiting(number: u128, since: &str) -> Summary {
    summary(
        number,
        Status::Waiting {
            revision: HASH.parse().unwrap(),
            stage: 0,
            since: moment(since),
        },
    )
}

fn day(day: u8) -> Date {
    Date::new(2026, 11, day).unwrap()
}

/// Thursday 19 November 2026, in the morning.
fn now() -> Timestamp {
    moment("2026-11-19T09:00:00.000Z")
}

fn order<T>(items: &[T], record: impl Fn(&T) -> RecordId) -> Vec<u128> {
    items
        .iter()
        .map(|item| record(item).0.as_u128() - uuid(0).as_u128())
        .collect()
}

#[test]
fn ones_own_records_stand_by_what_is_due_first() {
    let at = moment(NOON);
    let revision = HASH.parse().unwrap();
    let done = |number, changed| Summary {
        changed_at: moment(changed),
        ..started(summary(number, Status::Approved { revision, at }), day(2))
    };
    let mut other = started(summary(9, Status::Draft), day(1));
    other.authors.clear();
    let records = [
        done(1, "2026-11-01T12:00:00.000Z"),
        summary(2, Status::Draft),
        started(summary(3, Status::Draft), day(18)),
        started(
            summary(
                4,
                Status::Returned {
                    revision,
                    stage: 0,
                    at,
                },
            ),
            day(16),
        ),
        waiting(5, "2026-11-17T12:00:00.000Z"),
        done(6, "2026-11-10T12:00:00.000Z"),
        other,
    ];
    let list = WorkList::of(&asha(), &records, &Calendar::new(), now());
    assert_eq!(order(&list.items, |item| item.record), [4, 5, 3, 2, 6, 1]);
    let left: Vec<String> = list
        .items
        .iter()
        .filter_map(|item| Some(item.left?.to_string()))
        .collect();
    assert_eq!(left, ["1 working day over", "Due today", "1 working day left"]);
    assert_eq!(list.items[0].happened, Some(day(16)));
    assert_eq!(list.items[0].due, Some(Due::EndOf(day(18))));
}

#[test]
fn what_waits_for_one_stands_by_what_is_due_first() {
    let mut another_team = waiting(4, "2026-11-02T12:00:00.000Z");
    another_team.team = TeamId(uuid(99));
    let mut of_tess = waiting(5, "2026-11-19T08:00:00.000Z");
    of_tess.authors.push((&tess()).into());
    let mut whenever = waiting(6, "2026-10-19T08:00:00.000Z");
    whenever.form.stages[0].within = None;
    let records = [
        waiting(1, "2026-11-18T12:00:00.000Z"),
        waiting(2, "2026-11-13T18:00:00.000Z"),
        summary(3, Status::Draft),
        another_team,
        of_tess,
        whenever,
    ];
    let list = SignOffList::of(&tess(), &records, &Calendar::new(), now());
    assert_eq!(order(&list.items, |item| item.record), [2, 1, 5, 6]);
    let waited: Vec<u32> = list.items.iter().map(|item| item.waited).collect();
    assert_eq!(waited, [4, 1, 0, 23]);
    let left: Vec<Option<Left>> = list.items.iter().map(|item| item.left).collect();
    assert_eq!(left[0].unwrap().to_string(), "2 working days over");
    assert_eq!(left[1].unwrap().to_string(), "1 working day left");
    assert_eq!(left[3], None);
    // She sees that it waits, and why not for her.
    let barred: Vec<bool> = list.items.iter().map(|item| item.barred.is_some()).collect();
    assert_eq!(barred, [false, false, true, false]);
    assert_eq!(list.items[2].barred.as_ref().unwrap().code, "own-work");

    assert_eq!(
        SignOffList::of(&asha(), &records, &Calendar::new(), now()).items,
        []
    );
    let everywhere = record::Actor {
        roles: vec![Role::ServiceManager],
        ..tess()
    };
    assert_eq!(
        SignOffList::of(&everywhere, &records, &Calendar::new(), now()).items,
        []
    );
}
