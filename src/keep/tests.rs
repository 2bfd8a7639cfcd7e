//! Laws of the keep: it reads what was set last, writes all or none, and holds each person's apart.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::testing::{cases, now};

fn keep(memory: &Memory, person: u128) -> Rc<Keep> {
    Rc::new(Keep::new(
        Place::Memory(memory.clone()),
        PersonId(Uuid::from_u128(person)),
    ))
}

fn read(keep: &Keep, store: Store, start: &str) -> Vec<(String, String)> {
    now(keep.read(store, start)).unwrap()
}

/// What may happen to a keep.
#[derive(Clone, Debug)]
enum Happening {
    Set(Store, String, Option<String>),
    Write,
    /// The device is full, or has room again.
    Full(bool),
    /// The page dies and another opens.
    Crash,
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let store = prop::sample::select(vec![Store::Typed, Store::Outbox]);
    let text = prop::option::weighted(0.7, "[a-z]{0,2}");
    let happening = prop_oneof![
        8 => (store, "[ab/]{0,3}", text).prop_map(|(store, key, text)| Happening::Set(store, key, text)),
        4 => Just(Happening::Write),
        1 => any::<bool>().prop_map(Happening::Full),
        1 => Just(Happening::Crash),
    ];
    prop::collection::vec(happening, 1..60)
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_page_reads_what_it_set_last_and_the_next_page_what_was_written_last(happenings in happenings()) {
        let memory = Memory::default();
        let mut page = keep(&memory, 1);
        let other = keep(&memory, 2);
        for store in [Store::Typed, Store::Outbox] {
            other.set(store, "a", Some("another's".to_owned()));
        }
        now(other.write()).unwrap();
        let mut set: BTreeMap<(Store, String), String> = BTreeMap::new();
        let (mut written, mut full) = (set.clone(), false);
        for happening in happenings {
            match happening {
                Happening::Set(store, key, text) => {
                    page.set(store, &key, text.clone());
                    match text {
                        Some(text) => set.insert((store, key), text),
                        None => set.remove(&(store, key)),
                    };
                }
                Happening::Write => {
                    let result = now(page.write());
                    // With nothing to write there is nothing to fail.
                    prop_assert!(result == Ok(()) || full && result == Err(NotKept::Full));
                    prop_assert_eq!(page.is_behind(), result.is_err());
                    if result.is_ok() {
                        written = set.clone();
                    }
                }
                Happening::Full(is_full) => {
                    full = is_full;
                    memory.fail(full.then_some(NotKept::Full));
                }
                Happening::Crash => {
                    page = keep(&memory, 1);
                    set = written.clone();
                }
            }
            for (store, start) in [(Store::Typed, ""), (Store::Outbox, "a"), (Store::Outbox, "b/")] {
                let expected: Vec<(String, String)> = set
                    .iter()
                    .filter(|((found, key), _)| *found == store && key.starts_with(start))
                    .map(|((_, key), text)| (key.clone(), text.clone()))
                    .collect();
                prop_assert_eq!(read(&page, store, start), expected);
            }
        }
        for store in [Store::Typed, Store::Outbox] {
            prop_assert_eq!(read(&other, store, ""), [("a".to_owned(), "another's".to_owned())]);
        }
    }
}

#[test]
fn what_changes_while_a_write_is_under_way_is_written_by_the_next() {
    let memory = Memory::default();
    let page = keep(&memory, 1);
    page.set(Store::Typed, "a", Some("S".to_owned()));
    page.set(Store::Typed, "b", Some("done".to_owned()));
    let writing = page.write();
    page.set(Store::Typed, "a", Some("She".to_owned()));
    now(writing).unwrap();
    assert!(page.is_behind());
    assert_eq!(
        read(&keep(&memory, 1), Store::Typed, "a"),
        [("a".to_owned(), "S".to_owned())]
    );
    now(page.write()).unwrap();
    assert!(!page.is_behind());
    assert_eq!(
        read(&keep(&memory, 1), Store::Typed, "a"),
        [("a".to_owned(), "She".to_owned())]
    );
}

#[test]
fn the_writer_is_woken_once_for_all_that_changes_until_it_has_written() {
    let page = keep(&Memory::default(), 1);
    let woken = Rc::new(Cell::new(0));
    let counter = Rc::clone(&woken);
    page.on_change(Rc::new(move || counter.set(counter.get() + 1)));
    for _ in 0..3 {
        page.set(Store::Typed, "a", Some("x".to_owned()));
    }
    assert_eq!(woken.get(), 1);
    now(page.write()).unwrap();
    page.set(Store::Typed, "a", None);
    assert_eq!(woken.get(), 2);
}

#[test]
fn why_a_write_failed_is_told_until_one_succeeds() {
    let memory = Memory::failing(NotKept::Nowhere);
    let page = keep(&memory, 1);
    assert_eq!(page.trouble(), None);
    page.set(Store::Outbox, "a", Some("x".to_owned()));
    assert_eq!(now(page.write()), Err(NotKept::Nowhere));
    assert_eq!(
        (page.trouble(), page.is_behind_with_work()),
        (Some(NotKept::Nowhere), true)
    );
    memory.fail(None);
    assert_eq!(now(page.write()), Ok(()));
    assert_eq!((page.trouble(), page.is_behind_with_work()), (None, false));
}

#[test]
fn it_is_known_which_record_is_not_written_and_whether_that_would_lose_anything() {
    let page = keep(&Memory::default(), 1);
    let records = [1, 2].map(|number| RecordId(Uuid::from_u128(number)));
    page.set(
        Store::Events,
        &format!("{}/0000000001", records[0]),
        Some("{}".to_owned()),
    );
    assert_eq!(records.map(|record| page.is_behind_with(record)), [true, false]);
    assert!(!page.is_behind_with_work(), "the server has it");
    page.set(
        Store::Refused,
        &format!("{}/0000000000/x", records[1]),
        Some("{}".to_owned()),
    );
    assert_eq!(records.map(|record| page.is_behind_with(record)), [true, true]);
    assert!(page.is_behind_with_work());
}

#[test]
fn forms_are_kept_for_everyone() {
    let memory = Memory::default();
    let page = keep(&memory, 1);
    page.set_shared(Store::Forms, "hash", "form".to_owned());
    now(page.write()).unwrap();
    assert_eq!(
        memory.read(Store::Forms, "hash"),
        [("hash".to_owned(), "form".to_owned())]
    );
}

/// What a release kept under these names, every later one looks for there.
#[test]
fn the_names_of_the_stores_stay_as_they_are() {
    let names = Store::ALL.map(Store::name);
    assert_eq!(
        names,
        [
            "events", "typed", "outbox", "refused", "lists", "forms", "files", "device"
        ]
    );
}
