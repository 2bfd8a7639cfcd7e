//! The app: who is signed in, which page is shown, and what stands around every page.

pub mod bar;
pub mod heading;
pub mod status;

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::account::{Account, Door};
use crate::desk::Desk;
use crate::pages;

pub use heading::Heading;

use bar::Bar;
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
                Account::Nobody => view! { <pages::SignIn/> }.into_any(),
                Account::Somebody(desk) => view! { <SignedIn desk/> }.into_any(),
            }}
        </Router>
    }
}

/// The app of somebody who is signed in. Each page brings its own `main`, with the id `main`.
#[component]
fn SignedIn(desk: Desk) -> impl IntoView {
    provide_context(desk);
    view! {
        <a class="skip" href="#main">"Skip to the main part"</a>
        <Bar/>
        <Status/>
        <FlatRoutes fallback=|| view! { <pages::NotFound/> }>
            <Route path=path!("/") view=pages::MyWork/>
            <Route path=path!("/start") view=pages::Start/>
            <Route path=path!("/sign-off") view=pages::SignOff/>
            <Route path=path!("/sign-off/:record") view=pages::Review/>
            <Route path=path!("/attention") view=pages::Attention/>
            <Route path=path!("/records/:record") view=pages::Tasks/>
            <Route path=path!("/records/:record/write/:section") view=pages::Section/>
            <Route path=path!("/records/:record/write/:section/:row") view=pages::Section/>
            <Route path=path!("/records/:record/check") view=pages::Check/>
            <Route path=path!("/records/:record/read") view=pages::Read/>
            <Route path=path!("/records/:record/sent") view=pages::Sent/>
        </FlatRoutes>
    }
}
