//! Where there is nothing, and where something is that cannot be shown.

use leptos::prelude::*;

use super::head::head;
use super::paths;
use crate::Missing;

/// There is no page at this address.
pub(super) fn not_found() -> AnyView {
    view! {
        <main class="page flow" id="main" tabindex="-1">
            {head(None, "There is no page here".to_owned(), ())}
            <div class="prose">
                <p>
                    "If you typed the address, check it. If you followed a link, the record may have been moved, or you "
                    "may not be allowed to read it."
                </p>
                <p>"What you were writing is safe: it is in My work."</p>
            </div>
            {to_work()}
        </main>
    }
    .into_any()
}

/// A record that cannot be opened, and why.
pub(crate) fn missing(why: Missing, again: impl Fn() + 'static) -> AnyView {
    let (heading, words) = match why {
        Missing::NotFound => return not_found(),
        Missing::NotHere => (
            "This record is not on this device yet",
            "There is no connection at present. Try again when you have a signal. Records that you have opened before \
             can be read and written without one.",
        ),
        Missing::SignedOut => (
            "Sign in again to open this record",
            "It is not on this device yet, and the server has to know who asks for it. What you wrote is kept here.",
        ),
        Missing::DeviceUnreadable => (
            "This device could not be read",
            "What is kept on it is still there. Close other tabs of Firsthand and try again.",
        ),
        Missing::Unreadable => (
            "This record cannot be shown here",
            "Nothing in it is lost. Tell whoever looks after Firsthand, so that they can put it right.",
        ),
    };
    view! {
        <main class="page flow" id="main" tabindex="-1">
            {head(None, heading.to_owned(), ())}
            <div class="prose"><p>{words}</p></div>
            <p class="actions">
                <button class="button" type="button" on:click=move |_| again()>"Try again"</button>
                " "
                <a class="button quiet" href=paths::WORK>"Go to my work"</a>
            </p>
        </main>
    }
    .into_any()
}

/// A record that is being opened.
pub(crate) fn opening() -> AnyView {
    view! { <main class="page flow" id="main" tabindex="-1"><p class="loading" role="status">"Opening the record…"</p></main> }
        .into_any()
}

fn to_work() -> AnyView {
    view! { <p class="actions"><a class="button" href=paths::WORK>"Go to my work"</a></p> }.into_any()
}
