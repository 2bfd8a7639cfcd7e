//! Where the focus goes when code moves it: never lost, and always where the person would look next.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

/// What a person can fill in or press, as the browser selects it.
const CONTROLS: &str = "input:not([disabled]), textarea, select, button, summary, a[href]";

/// Gives the focus to an element, once what has just changed is in the document.
pub(crate) fn focus(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            give(&element, false);
        }
    });
}

/// Leads to a place of a record: its label comes into sight and its first control gets the focus.
pub(crate) fn focus_place(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        let Some(place) = document().get_element_by_id(&id) else {
            return;
        };
        let shell = place.closest(".field").ok().flatten();
        shell.as_ref().unwrap_or(&place).scroll_into_view();
        let is_control = place.matches(CONTROLS).unwrap_or(false);
        let inner = if is_control {
            None
        } else {
            place.query_selector(CONTROLS).ok().flatten()
        };
        let control = inner.unwrap_or(place);
        give(&chosen(&control).unwrap_or(control), true);
    });
}

/// Of the options of a question the one that is chosen, where the browser would put the focus too.
fn chosen(option: &Element) -> Option<Element> {
    let is_option = option.matches("input[type=radio]").unwrap_or(false);
    let options = option.closest("fieldset").ok().flatten().filter(|_| is_option)?;
    options.query_selector("input[type=radio]:checked").ok().flatten()
}

/// Gives the focus to the first control inside an element.
pub(super) fn focus_first(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        let inner = document()
            .get_element_by_id(&id)
            .and_then(|element| element.query_selector(CONTROLS).ok().flatten());
        if let Some(inner) = inner {
            give(&inner, false);
        }
    });
}

fn give(element: &Element, stay: bool) {
    let Some(element) = element.dyn_ref::<HtmlElement>() else {
        return;
    };
    let options = FocusOptions::new();
    options.set_prevent_scroll(stay);
    // An element that has left the document takes no focus; nothing is lost by that.
    drop(element.focus_with_options(&options));
}
