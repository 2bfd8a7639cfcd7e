//! Paper: a form to fill in by hand on a day when nothing else works, and a record for whoever reads it printed.
//!
//! What is seen here is what is printed, but for what only a screen has: see `style/print.css`.

mod blank;
mod record;
mod room;

use leptos::prelude::*;

use crate::device;

pub(crate) use blank::blank;
pub(crate) use record::record;

/// The button that prints the page.
fn print_button(words: &'static str) -> AnyView {
    let print = |_: leptos::ev::MouseEvent| {
        // A browser that cannot print does nothing, which is all there is to do.
        drop(window().print());
    };
    view! { <button class="button" type="button" on:click=print>{words}</button> }.into_any()
}

/// Says at the foot of every sheet of paper what it is of, so that one that goes astray finds its way back.
fn on_each_sheet(words: &str) {
    let take_away = StoredValue::new_local(Some(device::on_each_sheet(words)));
    on_cleanup(move || {
        if let Some(take_away) = take_away.try_update_value(Option::take).flatten() {
            take_away();
        }
    });
}
