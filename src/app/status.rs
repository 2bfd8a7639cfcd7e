//! The line that always tells the truth about the work.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::desk::use_desk;
use crate::kept::Kept;
use crate::pages::paths;

/// The truth about the record at hand, or where there is none, about all work on this device.
#[component]
pub fn Status() -> impl IntoView {
    let desk = use_desk();
    // A truth that says the same again is not told again.
    let kept = Memo::new(move |_| desk.kept());
    let sentence = move || kept.get().sentence(desk.now().day_in_london());
    view! {
        <section class=move || format!("status {}", class(kept.get())) aria-label="Where your work is">
            <p class="status-line">
                {sentence}
                {move || match kept.get() {
                    Kept::NeedsAttention { .. } => {
                        Some(view! { " "<A href=paths::ATTENTION attr:class="status-link">"See what to do"</A> }.into_any())
                    }
                    Kept::NotKept { .. } => {
                        let save = move |_| desk.export();
                        Some(view! {
                            " "
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
        Kept::Keeping | Kept::Here { .. } => "kept",
        Kept::Sending { .. } | Kept::Waiting { .. } => "waiting",
        Kept::NeedsAttention { .. } | Kept::NotKept { .. } => "attention",
    }
}
