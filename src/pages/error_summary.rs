//! What stands in the way, at the top of a page, each linked to its place. It takes the focus when it appears.

use leptos::prelude::*;

use crate::widgets::{focus, focus_place};

const ID: &str = "errors";

/// Something that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What to do about it.
    pub(crate) words: String,
    /// Where.
    pub(crate) place: Place,
}

/// Where something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// On this page, in the element of this id.
    Here(String),
    /// On another page, at this address.
    There(String),
}

/// What stands in the way, once somebody has pressed a button; nothing while the list is empty.
pub(crate) fn errors(title: &'static str, faults: Signal<Vec<Fault>>) -> AnyView {
    let are_any = Memo::new(move |_| faults.with(|faults| !faults.is_empty()));
    let summary = move || {
        are_any.get().then(|| {
            view! {
                <div class="errors" id=ID tabindex="-1" role="alert" aria-labelledby="errors-title">
                    <h2 class="errors-title" id="errors-title">{title}</h2>
                    <ul class="errors-list" role="list">{move || links(&faults.get())}</ul>
                </div>
            }
        })
    };
    summary.into_any()
}

/// What is still to do, before anyone has pressed a button: no mistake yet.
pub(crate) fn still(title: String, faults: &[Fault]) -> AnyView {
    view! {
        <section class="errors still" aria-labelledby="still-title">
            <h2 class="errors-title" id="still-title">{title}</h2>
            <ul class="errors-list" role="list">{links(faults)}</ul>
        </section>
    }
    .into_any()
}

/// Leads to the summary, once it is on the page.
pub(crate) fn lead_to_errors() {
    focus(ID);
}

fn links(faults: &[Fault]) -> AnyView {
    let links = faults.iter().map(|fault| {
        let link = match &fault.place {
            Place::There(path) => {
                view! { <a class="errors-link" href=path.clone()>{fault.words.clone()}</a> }.into_any()
            }
            Place::Here(id) => {
                let target = id.clone();
                let go = move |event: leptos::ev::MouseEvent| {
                    event.prevent_default();
                    focus_place(&target);
                };
                view! { <a class="errors-link" href=format!("#{id}") on:click=go>{fault.words.clone()}</a> }
                    .into_any()
            }
        };
        view! { <li>{link}</li> }
    });
    links.collect_view().into_any()
}
