//! The line that always tells the truth about the work.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

use crate::account::use_door;
use crate::desk::use_desk;
use crate::kept::Kept;
use crate::link::Link;
use crate::pages::paths;

/// The truth about the record at hand, or where there is none, about all work on this device.
#[component]
pub fn Status() -> impl IntoView {
    let (desk, door) = (use_desk(), use_door());
    // A truth that says the same again is not told again.
    let kept = Memo::new(move |_| desk.kept());
    let sentence = move || kept.get().sentence(desk.now().day_in_london());
    view! {
        <section class=move || format!("status {}", class(kept.get())) aria-label="Where your work is">
            <p class="status-line">
                {sentence}
                {move || match kept.get() {
                    Kept::NeedsAttention { .. } => {
                        Some(view! { ". "<A href=paths::ATTENTION attr:class="status-link">"See what to do"</A> }.into_any())
                    }
                    Kept::Waiting { why: Link::SignedOut, .. } => {
                        // What waits stays here while one signs in, and so does the page's address.
                        let sign_in = move |_| spawn_local(door.sign_out());
                        Some(view! {
                            ". "
                            <button class="button plain status-link" type="button" on:click=sign_in>"Sign in"</button>
                        }.into_any())
                    }
                    Kept::NotKept { .. } => {
                        let save = move |_| desk.export();
                        Some(view! {
                            ". "
                            <button class="button plain status-link" type="button" on:click=save>"Save a copy"</button>
                        }.into_any())
                    }
                    _ => None,
                }}
            </p>
        </section>
        // Read out only when something is wrong: a voice after every sentence written would be no help.
        <p class="unseen" role="status">
            {move || kept.get().is_worrying().then(sentence)}
        </p>
    }
}

fn class(kept: Kept) -> &'static str {
    match kept {
        Kept::Sent { .. } => "sent",
        Kept::Uncounted | Kept::Keeping | Kept::Here { .. } => "kept",
        Kept::Sending { .. } | Kept::Waiting { .. } => "waiting",
        Kept::NeedsAttention { .. } | Kept::NotKept { .. } => "attention",
    }
}
