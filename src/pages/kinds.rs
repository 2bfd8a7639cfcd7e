//! Every kind of question, for designers of forms to see and to try: a record made with the form of the demonstration,
//! about a made-up child. There is no such page where people work.

use form::FormHash;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::head::{back, head};
use super::not_found::{not_found, opening};
use super::paths;
use crate::account::use_door;
use crate::cabinet::{Cabinet, NotStarted, use_cabinet};
use crate::widgets;

/// What one can do on the page, and a button that does it.
#[component]
pub fn Kinds() -> impl IntoView {
    let (door, cabinet) = (use_door(), use_cabinet());
    let demonstration = LocalResource::new(move || async move { door.demonstration().await.ok() });
    move || match demonstration.get() {
        None => opening(),
        Some(found) => match found.and_then(|demonstration| demonstration.kinds) {
            Some(form) => shown(cabinet, form),
            None => not_found(),
        },
    }
}

fn shown(cabinet: Cabinet, form: FormHash) -> AnyView {
    let navigate = use_navigate();
    let families = cabinet.families();
    let trouble = RwSignal::new(None::<NotStarted>);
    let child = Memo::new(move |_| {
        families.with(|seen| {
            let families = seen.list.iter().flat_map(|(list, _)| &list.families);
            families.flat_map(|family| &family.children).next().cloned()
        })
    });
    let start = move |_| {
        let navigate = navigate.clone();
        let child = child.get_untracked();
        spawn_local(async move {
            match cabinet.start(form, child.into_iter().collect()).await {
                Ok(record) => navigate(&paths::record(record), NavigateOptions::default()),
                Err(why) => trouble.set(Some(why)),
            }
        });
    };
    view! {
        <main class="page flow" id="main" tabindex="-1">
            {back(paths::WORK.to_owned(), "My work")}
            {head(None, "Every kind of question".to_owned(), ())}
            <p class="lede">
                "A form in which each kind of question stands once. Fill it in as you like: the child is made up, and what \
                 you write is a record like any other, to be checked, sent and read."
            </p>
            <div role="alert">{move || trouble.get().map(|why| widgets::error(&why.to_string()))}</div>
            // Which child it is about is known a moment after the page is.
            <p hidden=move || child.with(Option::is_none)>
                <button class="button" type="button" on:click=start>"Try every kind"</button>
            </p>
        </main>
    }
    .into_any()
}
