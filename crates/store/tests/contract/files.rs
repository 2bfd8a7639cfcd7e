//! What must hold of the files of records.

use std::sync::Arc;

use record::RecordId;
use store::{Attached, Content, Error, Store, Thing};

use super::specimens::{Making, moment, person, publish};

type Kept = Arc<dyn Store>;

/// A record that was begun, under this number.
async fn record(store: &Kept, number: u128) -> RecordId {
    let mut making = Making::begun(number, 1, 1, &[1]);
    making.keep(&**store).await.unwrap();
    making.record()
}

fn attached(record: RecordId, content: &Content) -> Attached {
    Attached {
        record,
        hash: content.hash(),
        media_type: "image/png".into(),
        size: content.size(),
        by: person(1).id,
        at: moment(5),
    }
}

async fn keep(store: &Kept, record: RecordId, bytes: &[u8]) -> Attached {
    let content = Content::of(bytes.to_vec());
    let file = attached(record, &content);
    store.keep_file(&file, &content).await.unwrap();
    file
}

pub(crate) async fn a_file_is_read_back_byte_for_byte(store: &Kept) {
    publish(&**store).await;
    let record = record(store, 1).await;
    let every_byte: Vec<u8> = (0..=255).cycle().take(1_000_003).collect();
    for bytes in [&every_byte[..], b"", b"\r\n\0", "Ünïcode".as_bytes()] {
        let file = keep(store, record, bytes).await;
        assert_eq!(store.file(record, file.hash).await.unwrap(), Some(file.clone()));
        let content = store.content(record, file.hash).await.unwrap().unwrap();
        assert_eq!(content.bytes(), bytes);
        assert_eq!(content.hash(), form::Hash::of(bytes));
    }
}

pub(crate) async fn keeping_a_file_again_changes_nothing(store: &Kept) {
    publish(&**store).await;
    let record = record(store, 1).await;
    let first = keep(store, record, b"a letter").await;
    let again = Attached {
        media_type: "text/html".into(),
        by: person(2).id,
        at: moment(60),
        ..first.clone()
    };
    store
        .keep_file(&again, &Content::of(&b"a letter"[..]))
        .await
        .unwrap();
    assert_eq!(store.files(record).await.unwrap(), [first]);
}

pub(crate) async fn a_file_is_of_the_records_that_it_was_given_to(store: &Kept) {
    publish(&**store).await;
    let (one, other) = (record(store, 1).await, record(store, 2).await);
    let mut files = vec![
        keep(store, one, b"a letter").await,
        keep(store, one, b"a picture").await,
    ];
    files.sort_by_key(|file| file.hash);
    assert_eq!(store.files(one).await.unwrap(), files);
    assert_eq!(store.files(other).await.unwrap(), []);
    for file in &files {
        assert_eq!(store.file(other, file.hash).await.unwrap(), None);
        assert_eq!(store.content(other, file.hash).await.unwrap(), None);
    }
    let shared = keep(store, other, b"a letter").await;
    assert_eq!(store.files(other).await.unwrap(), [shared]);
    assert_eq!(store.files(one).await.unwrap(), files);
}

pub(crate) async fn a_file_needs_a_record_that_is_there_and_its_own_content(store: &Kept) {
    publish(&**store).await;
    let here = record(store, 1).await;
    let content = Content::of(&b"a letter"[..]);
    let nowhere = attached(Making::begun(2, 1, 1, &[]).record(), &content);
    let refused = store.keep_file(&nowhere, &content).await;
    assert!(
        matches!(refused, Err(Error::Missing(Thing::Record))),
        "{refused:?}"
    );

    let told = attached(here, &content);
    let larger = Attached {
        size: 9,
        ..told.clone()
    };
    for (file, content) in [(&told, &Content::of(&b"A letter"[..])), (&larger, &content)] {
        let refused = store.keep_file(file, content).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
    }
    for file in [&nowhere, &told] {
        assert_eq!(store.files(file.record).await.unwrap(), []);
        assert_eq!(store.content(file.record, file.hash).await.unwrap(), None);
    }
}

pub(crate) async fn of_many_who_give_one_file_all_succeed(store: &Kept) {
    publish(&**store).await;
    let record = record(store, 1).await;
    let givers: Vec<_> = (0..8_u8)
        .map(|giver| {
            let store = Arc::clone(store);
            tokio::spawn(async move {
                keep(&store, record, b"a letter").await;
                keep(&store, record, &[giver]).await;
            })
        })
        .collect();
    for giver in givers {
        giver.await.unwrap();
    }
    assert_eq!(store.files(record).await.unwrap().len(), 9);
    for file in store.files(record).await.unwrap() {
        assert!(store.content(record, file.hash).await.unwrap().is_some());
    }
}
