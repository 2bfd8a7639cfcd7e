//! The front end's first breath: puts the app on the page. It knows nothing of forms, records or the network.

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    mount_to_body(App);
}

/// The whole of what a person sees.
#[component]
fn App() -> impl IntoView {
    view! {
        <main>
            <h1>"Firsthand"</h1>
            <p>"What children told us, kept in their own words."</p>
        </main>
    }
}
