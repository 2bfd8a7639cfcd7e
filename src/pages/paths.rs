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

/// What the server refused.
pub(crate) const ATTENTION: &str = "/attention";

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

/// The version of its form that a record is filled in with, and whether there is a newer one.
pub(crate) fn version(record: RecordId) -> String {
    format!("/records/{record}/version")
}

/// A record on paper.
pub(crate) fn print(record: RecordId) -> String {
    format!("/records/{record}/print")
}

/// A form on paper, to be filled in by hand.
pub(crate) fn print_blank(form: &Name) -> String {
    format!("/print/{form}")
}

/// A record that waits for a decision, for whoever decides.
pub(crate) fn review(record: RecordId) -> String {
    format!("/sign-off/{record}")
}

/// A page, as an address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Work,
    Start,
    SignOff,
    Review(RecordId),
    Attention,
    Kinds,
    Record(RecordId),
    Section(RecordId, PageKey),
    Check(RecordId),
    Read(RecordId),
    Sent(RecordId),
    Version(RecordId),
    Print(RecordId),
    PrintBlank(Name),
}

impl Page {
    /// The page at this path, if there is one.
    pub(crate) fn at(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        Some(match *parts {
            [] => Self::Work,
            ["start"] => Self::Start,
            ["sign-off"] => Self::SignOff,
            ["sign-off", record] => Self::Review(record.parse().ok()?),
            ["attention"] => Self::Attention,
            ["kinds"] => Self::Kinds,
            ["print", form] => Self::PrintBlank(Name::new(form).ok()?),
            ["records", record, ref rest @ ..] => Self::of_record(record.parse().ok()?, rest)?,
            _ => return None,
        })
    }

    fn of_record(record: RecordId, rest: &[&str]) -> Option<Self> {
        Some(match *rest {
            [] => Self::Record(record),
            ["write", section] => Self::Section(record, page_key(section, None)?),
            ["write", section, child] => Self::Section(record, page_key(section, Some(child))?),
            ["check"] => Self::Check(record),
            ["read"] => Self::Read(record),
            ["sent"] => Self::Sent(record),
            ["version"] => Self::Version(record),
            ["print"] => Self::Print(record),
            _ => return None,
        })
    }
}

fn page_key(section: &str, child: Option<&str>) -> Option<PageKey> {
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
    fn every_address_leads_back_to_its_page() {
        let id = RecordId("01940c2e-77aa-7000-8000-000000000001".parse().unwrap());
        let key = |child: Option<&str>| page_key("children", child).unwrap();
        let form = Name::new("home_visit").unwrap();
        let pages = [
            (WORK.to_owned(), Page::Work),
            (START.to_owned(), Page::Start),
            (SIGN_OFF.to_owned(), Page::SignOff),
            (ATTENTION.to_owned(), Page::Attention),
            ("/kinds".to_owned(), Page::Kinds),
            (review(id), Page::Review(id)),
            (record(id), Page::Record(id)),
            (page(id, &key(None)), Page::Section(id, key(None))),
            (
                page(id, &key(Some("01940c2e-77aa"))),
                Page::Section(id, key(Some("01940c2e-77aa"))),
            ),
            (check(id), Page::Check(id)),
            (read(id), Page::Read(id)),
            (sent(id), Page::Sent(id)),
            (version(id), Page::Version(id)),
            (print(id), Page::Print(id)),
            (print_blank(&form), Page::PrintBlank(form.clone())),
        ];
        for (path, page) in pages {
            assert_eq!(Page::at(&path), Some(page), "{path}");
        }
    }

    #[test]
    fn what_can_be_no_page_is_none() {
        let id = "01940c2e-77aa-7000-8000-000000000001";
        let paths = [
            "/nowhere",
            "/start/now",
            "/records",
            "/records/1",
            "/sign-off/1",
            "/print",
            "/print/Home%20visit",
        ];
        let of_record = [
            "/print/now",
            "/write",
            "/write/The%20visit",
            "/write/children/a%20b",
            "/write/a/b/c",
        ];
        let of_record = of_record.map(|rest| format!("/records/{id}{rest}"));
        for path in paths.iter().copied().chain(of_record.iter().map(String::as_str)) {
            assert_eq!(Page::at(path), None, "{path}");
        }
    }
}
