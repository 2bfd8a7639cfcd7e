//! The app: who is signed in, which page is shown, and what stands around every page.

pub mod bar;
pub mod heading;
pub mod status;

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::path;

use crate::account::{Account, Door};
use crate::desk::Desk;
use crate::pages;
use crate::widgets::focus;

pub use heading::Heading;

use bar::{Bar, BareBar};
use heading::Visits;
use status::Status;

/// The whole of what a person sees.
#[component]
pub fn App() -> impl IntoView {
    let door = Door::open();
    provide_context(door);
    provide_context(Visits::begin());
    let account = door.account();
    view! {
        <Router>
            {move || match account.get() {
                Account::Opening => ().into_any(),
                Account::Nobody => view! { <BareBar/> <pages::SignIn/> }.into_any(),
                Account::Somebody(desk) => view! { <SignedIn desk/> }.into_any(),
            }}
        </Router>
    }
}

/// The app of somebody who is signed in. Each page brings its own `main`, with the id `main`.
#[component]
fn SignedIn(desk: Desk) -> impl IntoView {
    provide_context(desk);
    pages::later::fetch_for(desk);
    // The router would make another address of it, and move nobody.
    let skip = |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus("main");
    };
    view! {
        <a class="skip" href="#main" on:click=skip>"Skip to the main part"</a>
        <Bar/>
        <Status/>
        // One route for all: `pages` reads the path, and the router has no types to make for each page.
        <FlatRoutes fallback=|| ()>
            <Route path=path!("/*page") view=Pages/>
        </FlatRoutes>
    }
}

/// The page that the address names.
#[component]
fn Pages() -> impl IntoView {
    let path = use_location().pathname;
    // What a page reads while it is made must not make it again.
    move || path.with(|path| untrack(|| pages::at(path)))
}
