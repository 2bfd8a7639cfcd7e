//! The pages of a record: its sections in order, with a page of its own for each child.

use engine::{At, Session, Subject};
use form::{Address, Body, Name, RowKey};

use super::age;

/// What tells the pages of a record apart, in its addresses too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PageKey {
    /// The section.
    pub(crate) section: Name,
    /// The child, if each has a page of the section.
    pub(crate) child: Option<RowKey>,
}

/// A page of a record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    /// What it shows.
    pub(crate) at: At,
    /// The section that holds it, if that is not what it shows.
    pub(crate) around: Option<At>,
    /// Which page it is.
    pub(crate) key: PageKey,
    /// What it is called in a list: "The visit", "Maisie, 5".
    pub(crate) title: String,
    /// What its heading says: "The visit", "Maisie, 5 years".
    pub(crate) heading: String,
    /// The child it is about.
    pub(crate) child: Option<Subject>,
}

impl Page {
    /// What it is called where something follows: "The visit", "Maisie", "What Maisie said".
    pub(crate) fn short_title(&self) -> &str {
        let name = self.child.as_ref().map(|child| &child.first_name);
        // Behind a child's name stands the age.
        name.filter(|name| self.title.starts_with(&format!("{name}, ")))
            .unwrap_or(&self.title)
    }
}

/// The pages that a record may have, in order, shown at present or not.
pub(crate) fn all_pages(session: &Session) -> Vec<Page> {
    let sections = session.sections().into_iter();
    let pages = sections.flat_map(|section| match is_for_each_child(session, section) {
        true => session
            .inside(section)
            .into_iter()
            .map(|at| (at, Some(section)))
            .collect(),
        false => vec![(section, None)],
    });
    pages
        .filter_map(|(at, around)| page(session, at, around))
        .collect()
}

/// The pages that a record has at present, in order.
pub(crate) fn pages(session: &Session) -> Vec<Page> {
    let all = all_pages(session).into_iter();
    all.filter(|page| session.is_shown(page.at)).collect()
}

/// The page that a place is on, shown or not.
pub(crate) fn key_of(session: &Session, at: At) -> Option<PageKey> {
    let around: Vec<At> = std::iter::successors(Some(at), |&at| session.holder(at)).collect();
    let section = *around.last()?;
    let row = around.iter().rev().nth(1).copied();
    let row = row.filter(|_| is_for_each_child(session, section));
    Some(PageKey {
        section: session.form().nodes.at(section.node).name.clone(),
        child: row.and_then(|row| session.row_key(row).cloned()),
    })
}

/// The page that an address is on, whatever it leads to: a question, a group, a row.
pub(crate) fn key_of_address(session: &Session, address: &Address) -> Option<PageKey> {
    let step = address.steps().into_iter().next()?;
    let sections = session.sections().into_iter();
    let mut sections = sections.filter(|section| session.form().nodes.at(section.node).name == step.name);
    let section = sections.next()?;
    Some(PageKey {
        section: step.name,
        child: step.row.filter(|_| is_for_each_child(session, section)),
    })
}

fn page(session: &Session, at: At, around: Option<At>) -> Option<Page> {
    let label = session.view(at)?.label;
    let child = session
        .subject(at)
        .and_then(|index| session.env().subjects.get(index))
        .cloned();
    let today = session.env().today;
    let (title, heading) = match &child {
        Some(child) if label == child.first_name => (
            format!("{label}, {}", age::short(child, today)),
            format!("{label}, {}", age::age(child, today)),
        ),
        Some(_) | None => (label.clone(), label),
    };
    Some(Page {
        at,
        around,
        key: key_of(session, at)?,
        title,
        heading,
        child,
    })
}

fn is_for_each_child(session: &Session, at: At) -> bool {
    match &session.form().nodes.at(at.node).body {
        Body::Rows(repeat) => repeat.for_each_child,
        Body::Group | Body::Row | Body::Field(_) => false,
    }
}
