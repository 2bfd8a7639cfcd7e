//! The pages: one file each, named after what a person does there.

use leptos::prelude::*;

use crate::app::Heading;

macro_rules! pages {
    ($($(#[$doc:meta])* $page:ident $title:literal)*) => {$(
        $(#[$doc])*
        #[component]
        pub fn $page() -> impl IntoView {
            view! {
                <main class="page flow" id="main" tabindex="-1">
                    <Heading text=$title.to_owned()/>
                </main>
            }
        }
    )*};
}

pages! {
    /// Signing in.
    SignIn "Sign in"
    /// One's own records.
    MyWork "My work"
    /// Starting a record.
    Start "Start a record"
    /// The records that wait for one's decision.
    SignOff "Sign-off"
    /// What the server refused.
    Attention "Needs attention"
    /// The sections of a record.
    Tasks "Record"
    /// One section, or one child's block of it.
    Section "Section"
    /// Checking one's answers before sending them.
    Check "Check your answers"
    /// Reading a record, and deciding on it.
    Read "Read"
    /// There is no such page.
    NotFound "There is no such page"
    /// A page could not be shown.
    Failed "This page could not be shown"
}
