//! Where the pages are: the addresses in the browser's bar, kept for as long as people have bookmarks.

use form::{Address, Name, RowKey};
use record::RecordId;

use super::telling::outline::PageKey;

/// One's own records. What opens first.
pub(crate) const WORK: &str = "/";
/// Starting a record.
pub(crate) const START: &str = "/start";
/// The records that wait for one's decision.
pub(crate) const SIGN_OFF: &str = "/sign-off";

/// A record: its sections while it is written, all of it once it has been sent.
pub(crate) fn record(record: RecordId) -> String {
    format!("/records/{record}")
}

/// A page of a record that is being written.
pub(crate) fn page(record: RecordId, key: &PageKey) -> String {
    match &key.child {
        Some(child) => format!("/records/{record}/write/{}/{child}", key.section),
        None => format!("/records/{record}/write/{}", key.section),
    }
}

/// A place on a page of a record.
pub(crate) fn place(record: RecordId, key: &PageKey, address: &Address) -> String {
    format!("{}#{address}", page(record, key))
}

/// Checking the answers before sending them.
pub(crate) fn check(record: RecordId) -> String {
    format!("/records/{record}/check")
}

/// What is told once a record has been sent.
pub(crate) fn sent(record: RecordId) -> String {
    format!("/records/{record}/sent")
}

/// A record to be read, whether or not it can be written in.
pub(crate) fn read(record: RecordId) -> String {
    format!("/records/{record}/read")
}

/// A record that waits for a decision, for whoever decides.
pub(crate) fn review(record: RecordId) -> String {
    format!("/sign-off/{record}")
}

/// The page that the parts of an address name, if they are such as [`page`] writes.
pub(crate) fn page_key(section: &str, child: Option<&str>) -> Option<PageKey> {
    Some(PageKey {
        section: Name::new(section).ok()?,
        child: match child {
            Some(child) => Some(RowKey::new(child).ok()?),
            None => None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_page_leads_back_to_it() {
        let id = RecordId("01940c2e-77aa-7000-8000-000000000001".parse().unwrap());
        for child in [None, Some("01940c2e-77aa")] {
            let key = page_key("children", child).unwrap();
            let path = page(id, &key);
            let mut parts = path.strip_prefix("/records/").unwrap().split('/').skip(2);
            assert_eq!(page_key(parts.next().unwrap(), parts.next()), Some(key));
        }
    }

    #[test]
    fn what_cannot_be_a_page_is_none() {
        assert_eq!(page_key("The visit", None), None);
        assert_eq!(page_key("visit", Some("a b")), None);
    }
}
