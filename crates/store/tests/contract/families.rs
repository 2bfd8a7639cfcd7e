//! What must hold of families and children.

use std::sync::Arc;

use engine::Subject;
use form::RowKey;
use store::{Error, Family, Store, Thing};

use super::specimens::{child, family};

type Kept = Arc<dyn Store>;

pub(crate) async fn families_are_listed_with_their_children_in_order(store: &Kept) {
    let families = [family(1, [3, 1, 2]), family(2, []), family(3, [4])];
    for family in families.iter().rev() {
        store.add_family(family).await.unwrap();
    }
    assert_eq!(store.families().await.unwrap(), families);
    let same_name = Family {
        name: family(2, []).name,
        ..family(4, [5])
    };
    store.add_family(&same_name).await.unwrap();
    let [first, second, third] = families;
    assert_eq!(
        store.families().await.unwrap(),
        [first, second, same_name, third],
        "two families may have one name"
    );
}

pub(crate) async fn children_are_found_in_the_order_asked_for(store: &Kept) {
    store.add_family(&family(1, [1, 2])).await.unwrap();
    store.add_family(&family(2, [3])).await.unwrap();
    let ids: Vec<RowKey> = [3, 1].map(|number| child(number).id).into();
    let found: Vec<Subject> = store.children(&ids).await.unwrap();
    assert_eq!(found, [child(3), child(1)]);
    let refused = store.children(&[child(1).id, child(9).id]).await;
    assert!(
        matches!(refused, Err(Error::Missing(Thing::Child))),
        "{refused:?}"
    );
}

pub(crate) async fn a_child_is_of_one_family(store: &Kept) {
    store.add_family(&family(1, [1])).await.unwrap();
    let same_family = store.add_family(&family(1, [2])).await;
    assert!(
        matches!(same_family, Err(Error::Taken(Thing::Family))),
        "{same_family:?}"
    );
    for children in [[2, 1], [3, 3]] {
        let refused = store.add_family(&family(2, children)).await;
        assert!(matches!(refused, Err(Error::Taken(Thing::Child))), "{refused:?}");
    }
    assert_eq!(store.families().await.unwrap(), [family(1, [1])]);
}
