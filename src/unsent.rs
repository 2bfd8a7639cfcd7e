//! Records of which the server does not have everything yet, as they stand on this device, and a person's own records
//! with these among them.

use record::RecordId;
use wire::{SignOffItem, SignOffList, WorkItem, WorkList};

use crate::kept::Load;

/// A record of which the server does not have everything.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsent {
    /// How it stands once the server has it all.
    pub item: WorkItem,
    /// How much of it the server does not have.
    pub load: Load,
}

/// A person's own records in order, each with how much of it the server does not have: as the server listed
/// them, but where this device is ahead of it, as they are here.
pub fn own_records(listed: Option<&WorkList>, unsent: &[Unsent]) -> Vec<(WorkItem, Load)> {
    let listed = listed.map(|list| list.items.as_slice()).unwrap_or_default();
    let there = listed
        .iter()
        .filter(|item| find(unsent, item.record).is_none())
        .cloned();
    let here = unsent.iter().map(|unsent| unsent.item.clone());
    let all = WorkList::new(there.chain(here).collect());
    let load = |item: &WorkItem| find(unsent, item.record).map_or(Load::default(), |unsent| unsent.load);
    let items = all.items.into_iter();
    items
        .map(|item| {
            let load = load(&item);
            (item, load)
        })
        .collect()
}

/// The records that wait for a person's decision, without those on which they have decided here already.
pub fn undecided<'a>(listed: &'a SignOffList, unsent: &[Unsent]) -> Vec<&'a SignOffItem> {
    let waits = |item: &&SignOffItem| {
        let here = find(unsent, item.record);
        here.is_none_or(|unsent| matches!(unsent.item.status, record::Status::Waiting { .. }))
    };
    listed.items.iter().filter(waits).collect()
}

fn find(unsent: &[Unsent], record: RecordId) -> Option<&Unsent> {
    unsent.iter().find(|unsent| unsent.item.record == record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use feel::Date;
    use record::{Due, Head, Left, Seq, Status, Timestamp};
    use uuid::Uuid;

    const DRAFT: Status = Status::Draft;
    const SET_ASIDE: Status = Status::Voided { at: Timestamp::LAST };

    fn id(number: u128) -> RecordId {
        RecordId(Uuid::from_u128(number))
    }

    fn load(changes: usize) -> Load {
        Load { changes, files: 0 }
    }

    fn item(number: u128, status: Status, due: Option<u8>) -> WorkItem {
        WorkItem {
            record: id(number),
            title: "Home visit".into(),
            children: Vec::new(),
            status,
            happened: None,
            changed_at: Timestamp::LAST,
            sent: None,
            returns: 0,
            conflicts: 0,
            unanswered: 0,
            due: due.map(|day| Due::EndOf(Date::new(2026, 11, day).unwrap())),
            left: due.map(|_| Left::Today),
            head: Head {
                seq: Seq(1),
                hash: record::EventHash(form::Hash::of(b"its last event")),
            },
        }
    }

    fn told(list: Option<&WorkList>, unsent: &[Unsent]) -> Vec<(RecordId, Status, usize)> {
        let own = own_records(list, unsent).into_iter();
        own.map(|(item, load)| (item.record, item.status, load.total()))
            .collect()
    }

    #[test]
    fn what_the_server_does_not_know_of_is_among_ones_records() {
        let started_here = Unsent {
            item: item(2, DRAFT, Some(18)),
            load: load(4),
        };
        let listed = WorkList {
            items: vec![item(1, DRAFT, Some(20))],
        };
        assert_eq!(
            told(Some(&listed), std::slice::from_ref(&started_here)),
            [(id(2), DRAFT, 4), (id(1), DRAFT, 0)]
        );
        assert_eq!(told(None, &[started_here]), [(id(2), DRAFT, 4)]);
    }

    #[test]
    fn a_record_stands_as_it_does_on_this_device() {
        let set_aside_here = Unsent {
            item: item(1, SET_ASIDE, None),
            load: load(1),
        };
        let listed = WorkList {
            items: vec![item(1, DRAFT, Some(20))],
        };
        assert_eq!(told(Some(&listed), &[set_aside_here]), [(id(1), SET_ASIDE, 1)]);
    }

    #[test]
    fn what_was_decided_here_waits_no_more() {
        let waiting = |number| SignOffItem {
            record: id(number),
            title: "Home visit".into(),
            children: Vec::new(),
            happened: None,
            author: None,
            sent: None,
            returns: 0,
            since: Timestamp::LAST,
            waited: 0,
            due: None,
            left: None,
            barred: None,
            head: item(number, DRAFT, None).head,
        };
        let listed = SignOffList {
            items: vec![waiting(1), waiting(2)],
        };
        let decided_here = Unsent {
            item: item(1, SET_ASIDE, None),
            load: load(1),
        };
        let left = undecided(&listed, &[decided_here]);
        assert_eq!(left.iter().map(|item| item.record).collect::<Vec<_>>(), [id(2)]);
    }
}
