//! The part of the app that is fetched after the first page, so that this one is there sooner: every page of records,
//! and the [`cabinet`](crate::cabinet) that those are in.
//!
//! `cargo xtask web` cuts the app at the function that is marked `wasm_split`: what only that one reaches is in the
//! later part. Both parts of a build belong together. They are on the device once the app has been opened there with a
//! signal: `shell/service_worker.js` keeps them.

use std::rc::Rc;
use std::sync::OnceLock;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::head::head;
use super::my_work::MyWork;
use super::paths::Page;
use super::{attention, kinds, print, records, sign_off, start};
use crate::cabinet::Cabinet;
use crate::desk::Desk;

/// How long after the part could not be fetched it is asked for again, in milliseconds.
const TRY_AGAIN_MS: u32 = 10_000;

/// What the later part offers.
#[derive(Clone, Copy)]
struct Later {
    /// Opens the cabinet beside a desk.
    open: fn(Desk),
    /// Shows a page.
    page: fn(Page) -> AnyView,
}

/// The part, once it is here.
static HERE: OnceLock<Later> = OnceLock::new();

#[wasm_split(records, wasm_split_path = leptos::wasm_split, fallible)]
fn fetch() -> Result<Later, SplitLoaderError> {
    Ok(Later {
        open: |desk| Cabinet::of(desk).prepare_to_start(),
        page: |page| match page {
            Page::Work => view! { <MyWork/> }.into_any(),
            Page::Start => view! { <start::Start/> }.into_any(),
            Page::SignOff => view! { <sign_off::SignOff/> }.into_any(),
            Page::Attention => view! { <attention::Attention/> }.into_any(),
            Page::Kinds => view! { <kinds::Kinds/> }.into_any(),
            Page::Review(record) => records::review(record),
            Page::Record(record) => records::tasks(record),
            Page::Section(record, key) => records::section(record, key),
            Page::Check(record) => records::check(record),
            Page::Version(record) => records::version(record),
            Page::Read(record) => records::read(record),
            Page::Sent(record) => records::sent(record),
            Page::Print(record) => records::print(record),
            Page::PrintBlank(form) => print::blank(&form),
        },
    })
}

/// The part, fetched unless it is here. To ask again after it could not be fetched is to try again.
async fn get() -> Result<Later, SplitLoaderError> {
    if let Some(here) = HERE.get() {
        return Ok(*here);
    }
    let fetched = fetch().await?;
    Ok(*HERE.get_or_init(|| fetched))
}

/// Fetches the part for whoever is signed in and opens their cabinet, so that what waits to be sent is sent. That is
/// tried until it is done.
pub(crate) fn fetch_for(desk: Desk) {
    let seat = Rc::downgrade(&desk.seat());
    spawn_local(async move {
        loop {
            let fetched = get().await;
            // Nothing is opened for somebody who has gone meanwhile.
            if seat.upgrade().is_none_or(|seat| seat.is_left()) {
                return;
            }
            if let Ok(later) = fetched {
                return (later.open)(desk);
            }
            TimeoutFuture::new(TRY_AGAIN_MS).await;
        }
    });
}

/// A page of the later part: at once if that is here, or else a page that says so until it is.
pub(super) fn show(page: Page) -> AnyView {
    if let Some(later) = HERE.get() {
        return (later.page)(page);
    }
    let fetched = RwSignal::new(None);
    let fetch = move || {
        fetched.set(None);
        spawn_local(async move {
            let later = get().await.ok();
            // Whoever waited for it may have gone on.
            let _ = fetched.try_set(Some(later));
        });
    };
    fetch();
    let view = move || match fetched.get() {
        None => waiting(view! { <p class="loading" role="status">"Opening…"</p> }.into_any()),
        Some(Some(later)) => untrack(|| (later.page)(page.clone())),
        Some(None) => waiting(failed(fetch)),
    };
    view.into_any()
}

fn failed(again: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    view! {
        {head(None, "Not here yet".to_owned(), ())}
        <div class="notice look" role="alert">
            <p>
                "This part of Firsthand could not be fetched. Nothing you have written is lost. Try again when you have a \
                 signal; if that does not help, reload the page."
            </p>
            <p class="actions">
                <button class="button" type="button" on:click=move |_| again()>"Try again"</button>
            </p>
        </div>
    }
    .into_any()
}

fn waiting(inner: AnyView) -> AnyView {
    view! { <main class="page flow" id="main" tabindex="-1">{inner}</main> }.into_any()
}
