//! The top bar: the name, where one can go, and who is signed in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use record::Permission;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::account::use_door;
use crate::desk::use_desk;
use crate::kept::Load;
use crate::pages::paths;

/// The top bar.
#[component]
pub fn Bar() -> impl IntoView {
    let desk = use_desk();
    let door = use_door();
    let actor = desk.actor();
    let open = RwSignal::new(false);
    let refused = desk.refused();
    let unsent = desk.unsent();
    let asked = RwSignal::new(false);
    let role = actor
        .roles
        .first()
        .map(|role| role.label().to_lowercase())
        .unwrap_or_default();
    let who = format!("{}, {role}", actor.name);
    let sign_out = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            // What was written a moment ago counts too.
            desk.count().await;
            let waits = unsent.get_untracked().is_none_or(Load::is_some)
                || refused.get_untracked().is_none_or(|refused| refused > 0);
            if waits && !asked.get_untracked() {
                asked.set(true);
            } else {
                door.sign_out().await;
            }
        });
    };
    let pressed = move |event: leptos::ev::MouseEvent| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a").ok().flatten());
        let Some(link) = link else { return };
        open.set(false);
        // Whoever presses where they are already wants to see it as it is now.
        if link.has_attribute("aria-current") {
            desk.refresh();
        }
    };
    view! {
        <header class="bar">
            <A href=paths::WORK attr:class="brand">"Firsthand"</A>
            <button
                class="menu"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls="nav"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "Menu"
            </button>
            <nav class="nav" id="nav" aria-label="Firsthand" on:click=pressed>
                <ul class="nav-list" role="list">
                    <li><A href=paths::WORK exact=true attr:class="nav-link">"My work"</A></li>
                    {actor
                        .may(Permission::StartRecords)
                        .then(|| view! { <li><A href=paths::START attr:class="nav-link">"Start a record"</A></li> })}
                    {actor
                        .may(Permission::DecideSignOff)
                        .then(|| view! { <li><A href=paths::SIGN_OFF attr:class="nav-link">"Sign-off"</A></li> })}
                    {move || {
                        let waiting = refused.get().unwrap_or_default();
                        (waiting > 0)
                            .then(|| view! {
                                <li>
                                    <A href=paths::ATTENTION attr:class="nav-link">
                                        "Needs attention "<span class="nav-count">{waiting}</span>
                                    </A>
                                </li>
                            })
                    }}
                </ul>
                <form class="who" on:submit=sign_out>
                    <span>{who}</span>
                    <button class="button plain">
                        {move || if asked.get() { "Sign out all the same" } else { "Sign out" }}
                    </button>
                    <p role="alert">
                        {move || asked.get().then(|| left_behind(unsent.get(), refused.get()))}
                    </p>
                </form>
            </nav>
        </header>
    }
}

/// The top bar while nobody is signed in: the name alone.
#[component]
pub fn BareBar() -> impl IntoView {
    view! {
        <header class="bar">
            <A href="/" attr:class="brand">"Firsthand"</A>
        </header>
    }
}

/// What a person who signs out leaves on the device, in words.
fn left_behind(unsent: Option<Load>, refused: Option<usize>) -> String {
    let (Some(unsent), Some(refused)) = (unsent, refused) else {
        return "It is not known yet whether everything has been sent. What has not stays on this device, and is sent \
                when you sign in here again."
            .to_owned();
    };
    let to_send = format!("{} to be sent", unsent.words());
    let refused = Load {
        changes: refused,
        files: 0,
    };
    let to_look_at = format!("{} in need of attention", refused.words());
    let waits = match (unsent.is_some(), refused.is_some()) {
        (_, false) => to_send,
        (false, true) => to_look_at,
        (true, true) => format!("{to_send}, {to_look_at}"),
    };
    format!(
        "Not everything has been sent: {waits}. It stays on this device, and is sent when you sign in here again."
    )
}
