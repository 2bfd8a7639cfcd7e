//! A page's heading, which is also its title in the browser's window and where the focus goes when one comes to it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use leptos::html;
use leptos::prelude::*;

use crate::device;

/// Which pages one has come by, and how far down each was scrolled. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Visits(StoredValue<Log, LocalStorage>);

#[derive(Default)]
struct Log {
    scrolled: RefCell<BTreeMap<String, f64>>,
    /// A page has been opened before, so the next takes the focus.
    moved: Cell<bool>,
    /// The next page is come to by the browser's own Back or Forward.
    returned: Cell<bool>,
}

impl Visits {
    /// Begins to remember.
    pub(super) fn begin() -> Self {
        let visits = Self(StoredValue::new_local(Log::default()));
        let window = window();
        device::whenever(&window, "scroll", move |_| {
            let down = leptos::prelude::window().scroll_y().unwrap_or(0.0);
            visits
                .0
                .with_value(|log| log.scrolled.borrow_mut().insert(path(), down));
        });
        device::whenever(&window, "popstate", move |_| {
            visits.0.with_value(|log| log.returned.set(true))
        });
        visits
    }

    /// A page has been opened: puts the person at its heading, or where they were on it.
    fn arrive(self, heading: &web_sys::HtmlElement) {
        self.0.with_value(|log| {
            let returned = log.returned.replace(false);
            if !log.moved.replace(true) {
                return;
            }
            // A heading that cannot take the focus is read where it stands.
            let _ = heading.focus();
            let down = log.scrolled.borrow().get(&path()).copied();
            if let Some(down) = down.filter(|_| returned) {
                window().scroll_to_with_x_and_y(0.0, down);
            }
        });
    }
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The heading of a page: its `h1`, its title in the browser's window, and where the focus goes when one comes to it.
#[component]
pub fn Heading(
    /// What it says.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let visits: Visits = expect_context();
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move |_| document().set_title(&format!("{} – Firsthand", text.get())));
    heading.on_load(move |heading| visits.arrive(&heading));
    view! { <h1 tabindex="-1" node_ref=heading>{text}</h1> }
}
