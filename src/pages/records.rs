//! The pages of one record: each opens the record that its address names, and shows what that record allows.

use leptos::prelude::*;
use record::{RecordId, State};

use super::not_found::{missing, not_found, opening};
use super::open::Book;
use super::telling::outline::PageKey;
use super::{check, head, paths, print, read, review, section, sent, tasks, version};
use crate::Opened;
use crate::cabinet::use_cabinet;
use crate::filling::Access;
use crate::widgets::OfRecord;

/// A record: its parts while it can be written in, all of it otherwise.
pub(super) fn tasks(record: RecordId) -> AnyView {
    opened(record, |book| while_writing(book, tasks::tasks))
}

/// One part of a record, or one child's.
pub(super) fn section(record: RecordId, key: PageKey) -> AnyView {
    opened(record, move |book| {
        let key = key.clone();
        while_writing(book, move |book| {
            section::section(book, &key).unwrap_or_else(not_found)
        })
    })
}

/// Checking the answers, and sending them.
pub(super) fn check(record: RecordId) -> AnyView {
    opened(record, |book| while_writing(book, check::check))
}

/// A record that has just been sent.
pub(super) fn sent(record: RecordId) -> AnyView {
    opened(record, sent::sent)
}

/// Whether a record goes on in a newer version of its form.
pub(super) fn version(record: RecordId) -> AnyView {
    opened(record, |book| while_writing(book, version::version))
}

/// A record to be read.
pub(super) fn read(record: RecordId) -> AnyView {
    opened(record, reading)
}

/// A record on paper, as it is at each moment.
pub(super) fn print(record: RecordId) -> AnyView {
    opened(record, |book| at_each_moment(book, print::record))
}

/// A record to decide on.
pub(super) fn review(record: RecordId) -> AnyView {
    opened(record, |book| {
        // Whoever decides is not disturbed by anything but a decision.
        let status = Memo::new(move |_| book.filling.with_state(State::status));
        let page = move || {
            status.get();
            untrack(|| review::review(book))
        };
        page.into_any()
    })
}

/// Opens a record, and shows it.
fn opened(record: RecordId, show: impl Fn(Book) -> AnyView + Send + Sync + 'static) -> AnyView {
    let cabinet = use_cabinet();
    let opened = cabinet.open(record);
    provide_context(OfRecord(record));
    let page = move || match opened.get() {
        Opened::Opening => opening(),
        // What a page reads while it is made must not make it again.
        Opened::Open(filling) => untrack(|| {
            show(Book {
                record,
                cabinet,
                filling,
            })
        }),
        Opened::Missing(why) => missing(why, move || cabinet.look_again(record)),
    };
    page.into_any()
}

/// Shows a record to be read, as it is at each moment.
fn reading(book: Book) -> AnyView {
    at_each_moment(book, |book| read::read(book, None))
}

fn at_each_moment(book: Book, show: fn(Book) -> AnyView) -> AnyView {
    let head = Memo::new(move |_| book.filling.with_state(State::head));
    let page = move || {
        head.get();
        untrack(|| show(book))
    };
    page.into_any()
}

/// Shows a page on which people write, while they can; the record to be read, or where it is written, otherwise.
fn while_writing(book: Book, show: impl Fn(Book) -> AnyView + Send + Sync + 'static) -> AnyView {
    let access = book.filling.access();
    let page = move || match access.get() {
        Access::Write => untrack(|| show(book)),
        Access::Closed | Access::ReadOnly => untrack(|| reading(book)),
        Access::Elsewhere => untrack(|| elsewhere(book)),
    };
    page.into_any()
}

/// The record is open in another tab, where it is written in.
fn elsewhere(book: Book) -> AnyView {
    view! {
        <main class="page flow" id="main" tabindex="-1">
            {head::back(paths::WORK.to_owned(), "My work")}
            {head::head(None, Signal::derive(move || book.name()), ())}
            <div class="notice look">
                <h2 class="notice-title">"This record is open in another tab"</h2>
                <p>"A record is written in one tab at a time, so that nothing is overwritten."</p>
                <p class="actions">
                    <button class="button" type="button" on:click=move |_| book.filling.take_over()>"Write here instead"</button>
                    " "
                    <a class="button quiet" href=paths::read(book.record)>"Read it here"</a>
                </p>
            </div>
        </main>
    }
    .into_any()
}
