//! What has just been done, told at the top of the page that one is led to.

use std::cell::RefCell;

use leptos::prelude::*;

/// Something that has just been done to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct News {
    /// What was done: "Signed".
    pub(crate) what: &'static str,
    /// What the record is called.
    pub(crate) record: String,
}

thread_local! {
    /// What the page to come is to tell. There is one page, and it is of this thread.
    static NEWS: RefCell<Option<News>> = const { RefCell::new(None) };
}

/// Something has been done; the page to come tells it.
pub(crate) fn tell(news: News) {
    NEWS.with_borrow_mut(|board| *board = Some(news));
}

/// The news, told once.
pub(crate) fn told() -> AnyView {
    let news = NEWS.with_borrow_mut(Option::take);
    let news = news.map(|news| {
        view! {
            <section class="notice done" role="status">
                <p><strong>{news.what}": "</strong>{news.record}</p>
            </section>
        }
    });
    news.into_any()
}
