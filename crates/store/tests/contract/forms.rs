//! What must hold of published forms.

use std::sync::Arc;

use form::FormHash;
use store::{Again, Error, Published, Store, Thing};

use super::specimens::{hash, moment, published};

type Kept = Arc<dyn Store>;

pub(crate) async fn a_form_is_read_back_byte_for_byte(store: &Kept) {
    let form = published(1, "one");
    let bytes = [0, 159, 146, 150, b'\n'];
    store.publish(&form, &bytes, Again::Refuse).await.unwrap();
    assert_eq!(store.form(form.hash).await.unwrap(), Some(bytes.to_vec()));
    assert_eq!(store.version(&form.name, 1).await.unwrap(), Some(form.clone()));
    assert_eq!(store.version(&form.name, 2).await.unwrap(), None);
    assert_eq!(store.form(FormHash(hash("another"))).await.unwrap(), None);
}

pub(crate) async fn publishing_what_is_there_changes_nothing(store: &Kept) {
    let form = published(1, "one");
    store.publish(&form, b"one", Again::Refuse).await.unwrap();
    for again in [Again::Refuse, Again::Replace] {
        let later = Published {
            at: moment(60),
            ..form.clone()
        };
        store.publish(&later, b"one", again).await.unwrap();
        assert_eq!(store.version(&form.name, 1).await.unwrap(), Some(form.clone()));
        assert_eq!(store.form(form.hash).await.unwrap(), Some(b"one".to_vec()));
    }
}

pub(crate) async fn a_version_is_not_published_with_other_content(store: &Kept) {
    let (first, second) = (published(1, "one"), published(1, "two"));
    store.publish(&first, b"one", Again::Refuse).await.unwrap();
    let refused = store.publish(&second, b"two", Again::Refuse).await;
    assert!(matches!(refused, Err(Error::Taken(Thing::Form))), "{refused:?}");
    assert_eq!(store.form(second.hash).await.unwrap(), None);
    assert_eq!(store.version(&first.name, 1).await.unwrap(), Some(first));
}

pub(crate) async fn a_replaced_version_leaves_the_old_form_readable(store: &Kept) {
    let (first, second) = (published(1, "one"), published(1, "two"));
    store.publish(&first, b"one", Again::Refuse).await.unwrap();
    store.publish(&second, b"two", Again::Replace).await.unwrap();
    assert_eq!(store.version(&first.name, 1).await.unwrap(), Some(second));
    assert_eq!(store.form(first.hash).await.unwrap(), Some(b"one".to_vec()));
}
