//! What a release kept, every later one reads: under the same keys, from the same texts, in the same order.

use std::rc::Rc;

use engine::Subject;
use form::RowKey;
use proptest::prelude::*;
use record::{Action, PersonId, Role};
use uuid::Uuid;

use super::super::{Change, Memory, Place};
use super::*;
use crate::testing::{Server, address, cases, now, person};

const PERSON: &str = "00000000-0000-0000-0000-000000000001";
const RECORD: &str = "00000000-0000-0000-0000-000000000007";
const FORM: &str = "2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a";
const ID: &str = "01a0c450-6c00-7000-8000-000000000001";

fn keep(memory: &Memory) -> Rc<Keep> {
    Rc::new(Keep::new(
        Place::Memory(memory.clone()),
        PersonId(PERSON.parse().unwrap()),
    ))
}

fn record() -> RecordId {
    RECORD.parse().unwrap()
}

fn command(action: Action) -> Errand {
    Errand::Command(Command {
        id: EventId(ID.parse().unwrap()),
        noted_at: Timestamp::FIRST,
        form: None,
        action,
    })
}

fn answer(answer: Option<Answer>) -> Errand {
    command(Action::Answer {
        address: address("visit.note"),
        answer,
        over: Vec::new(),
    })
}

fn item(order: u64, errand: Errand) -> Item {
    Item {
        errand,
        form: FORM.parse().unwrap(),
        version: 1,
        order,
    }
}

fn start() -> Errand {
    let request = StartRecord {
        id: EventId(ID.parse().unwrap()),
        record: record(),
        noted_at: Timestamp::FIRST,
        form: FORM.parse().unwrap(),
        subjects: vec![RowKey::new("amy").unwrap()],
    };
    let amy = Subject {
        id: RowKey::new("amy").unwrap(),
        first_name: "Amy".into(),
        family_name: "Example".into(),
        born: None,
        expected: None,
    };
    Errand::Start {
        request,
        subjects: vec![amy],
    }
}

/// One of everything that is kept of somebody's work, as the first release wrote it: store, key, text.
///
/// Never changed. FORM, ID and RECORD stand for those above.
const FIRST_RELEASE: [(Store, &str, &str); 5] = [
    (
        Store::Typed,
        "RECORD/children[amy].words",
        r#"{"answer":{"text":"I like it here"},"over":["ID"],"noted_at":"1970-01-01T00:00:00.000Z"}"#,
    ),
    (
        Store::Outbox,
        "RECORD/0000000000/ID",
        concat!(
            r#"{"errand":{"start":{"request":{"id":"ID","record":"RECORD","noted_at":"1970-01-01T00:00:00.000Z","#,
            r#""form":"FORM","subjects":["amy"]},"#,
            r#""subjects":[{"id":"amy","first_name":"Amy","family_name":"Example"}]}},"form":"FORM","version":1}"#,
        ),
    ),
    (
        Store::Outbox,
        "RECORD/0000000012/ID",
        concat!(
            r#"{"errand":{"command":{"id":"ID","noted_at":"1970-01-01T00:00:00.000Z","#,
            r#""action":{"answer":{"address":"visit.note"}}}},"form":"FORM","version":1}"#,
        ),
    ),
    (
        Store::Outbox,
        "RECORD/0000000013/ID",
        concat!(
            r#"{"errand":{"file":{"id":"ID","sha256":"FORM","media_type":"image/png","name":"wall.png","size":12}},"#,
            r#""form":"FORM","version":1}"#,
        ),
    ),
    (
        Store::Refused,
        "RECORD/0000000003/ID",
        concat!(
            r#"{"item":{"errand":{"command":{"id":"ID","noted_at":"1970-01-01T00:00:00.000Z","#,
            r#""action":{"answer":{"address":"visit.note","answer":{"text":"Gran"}}}}},"form":"FORM","version":1},"#,
            r#""refused":{"code":"no-such-row","message":"The row is gone","address":"visit.people"},"#,
            r#""at":"1970-01-01T00:00:00.000Z"}"#,
        ),
    ),
];

fn file() -> Errand {
    Errand::File(FileToSend {
        id: EventId(ID.parse().unwrap()),
        sha256: FORM.parse().unwrap(),
        media_type: "image/png".to_owned(),
        name: "wall.png".to_owned(),
        size: 12,
    })
}

fn typed() -> Typed {
    Typed {
        answer: Some(Answer::Text("I like it here".into())),
        over: vec![EventId(ID.parse().unwrap())],
        noted_at: Timestamp::FIRST,
        form: None,
    }
}

fn returned() -> Returned {
    let refused = Refused {
        code: "no-such-row".to_owned(),
        message: "The row is gone".to_owned(),
        address: Some(address("visit.people")),
        faults: Vec::new(),
    };
    Returned {
        item: item(3, answer(Some(Answer::Text("Gran".into())))),
        refused,
        at: Timestamp::FIRST,
    }
}

#[test]
fn what_the_first_release_kept_is_read_and_would_be_written_the_same() {
    let memory = Memory::default();
    let full = |text: &str| {
        text.replace("FORM", FORM)
            .replace("ID", ID)
            .replace("RECORD", RECORD)
    };
    let changes = FIRST_RELEASE.map(|(store, key, text)| Change {
        store,
        key: format!("{PERSON}/{}", full(key)),
        text: Some(full(text)),
    });
    memory.write(changes.into()).unwrap();
    let kept = now(keep(&memory).record(record())).unwrap();
    assert_eq!(
        kept.typed,
        BTreeMap::from([(address("children[amy].words"), typed())])
    );
    assert_eq!(
        kept.items,
        [item(0, start()), item(12, answer(None)), item(13, file())]
    );
    let load = Load { changes: 3, files: 1 };
    assert_eq!(
        now(keep(&memory).unsent()).unwrap(),
        BTreeMap::from([(record(), load)])
    );
    assert_eq!(now(keep(&memory).refused()).unwrap(), [(record(), returned())]);

    let again = Memory::default();
    let page = keep(&again);
    page.keep_typed(record(), &address("children[amy].words"), Some(&typed()));
    page.keep_item(record(), &item(0, start()));
    page.keep_item(record(), &item(12, answer(None)));
    page.keep_item(record(), &item(13, file()));
    page.keep_refused(record(), &returned());
    now(page.write()).unwrap();
    for store in Store::ALL {
        assert_eq!(again.read(store, ""), memory.read(store, ""), "{store:?}");
    }
    assert_eq!(
        kept.form(),
        Some(FORM.parse().unwrap()),
        "as the order to start it says"
    );
}

#[test]
fn what_is_dealt_with_leaves_nothing_behind() {
    let memory = Memory::default();
    let page = keep(&memory);
    let server = Server::with_record(&person(1, Role::Practitioner));
    page.keep_event(&server.events[0]);
    page.keep_typed(record(), &address("visit.note"), Some(&typed()));
    page.keep_item(record(), &item(3, start()));
    page.keep_refused(record(), &returned());
    now(page.write()).unwrap();
    page.drop_event(&server.events[0]);
    page.keep_typed(record(), &address("visit.note"), None);
    page.drop_item(record(), &item(3, start()));
    page.drop_refused(record(), &returned());
    now(page.write()).unwrap();
    for store in Store::ALL {
        assert_eq!(memory.read(store, ""), [], "{store:?}");
    }
}

fn changes(changes: usize) -> Load {
    Load { changes, files: 0 }
}

#[test]
fn what_cannot_be_read_is_left_where_it_is_and_counted() {
    let memory = Memory::default();
    let page = keep(&memory);
    page.keep_item(record(), &item(1, answer(None)));
    for (store, key) in [
        (Store::Outbox, "0000000000/x"),
        (Store::Typed, "visit.note"),
        (Store::Refused, "x"),
    ] {
        page.set(
            store,
            &format!("{RECORD}/{key}"),
            Some("{\"of\":\"a later release\"}".to_owned()),
        );
    }
    now(page.write()).unwrap();
    let kept = now(keep(&memory).record(record())).unwrap();
    assert_eq!((kept.items.len(), kept.typed.len()), (1, 0));
    assert_eq!(now(page.refused()).unwrap(), []);
    assert_eq!(
        now(page.unsent()).unwrap(),
        BTreeMap::from([(record(), changes(3))])
    );
    page.drop_item(record(), &item(1, answer(None)));
    now(page.write()).unwrap();
    assert_eq!(
        now(page.unsent()).unwrap(),
        BTreeMap::from([(record(), changes(2))])
    );
}

#[test]
fn what_comes_after_a_gap_in_the_record_is_not_taken_for_what_came_next() {
    let mut server = Server::with_record(&person(1, Role::Practitioner));
    let mut device = crate::testing::Device::open(person(1, Role::Practitioner), &server);
    for words in ["One", "Two", "Three"] {
        device.type_in("visit.note", words);
        device.send_all(&mut server);
    }
    device.keep.drop_event(&server.events[2]);
    let kept = now(device.keep.record(device.record())).unwrap();
    assert_eq!(kept.events, server.events[..2]);
}

fn records() -> impl Strategy<Value = RecordId> {
    (0..4_u128).prop_map(|number| RecordId(Uuid::from_u128(number)))
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn items_come_back_as_they_were_and_in_their_order(
        items in prop::collection::btree_map((records(), 0..5_000_000_000_u64), prop::option::of(".*"), 0..20),
    ) {
        let memory = Memory::default();
        let page = keep(&memory);
        let mut model: BTreeMap<RecordId, Vec<Item>> = BTreeMap::new();
        for ((record, order), words) in items {
            let item = item(order, answer(words.map(Answer::Text)));
            page.keep_item(record, &item);
            model.entry(record).or_default().push(item);
        }
        now(page.write()).unwrap();
        let page = keep(&memory);
        let counts: BTreeMap<RecordId, Load> = model.iter().map(|(record, items)| (*record, changes(items.len()))).collect();
        prop_assert_eq!(now(page.unsent()).unwrap(), counts);
        for (record, items) in model {
            prop_assert_eq!(now(page.record(record)).unwrap().items, items);
        }
    }
}
