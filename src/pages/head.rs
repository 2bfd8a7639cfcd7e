//! The head of a page: what it belongs to, its heading, and what follows.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::app::Heading;
use crate::widgets::focus_place;

/// A page's heading, with what it belongs to above and what follows below.
pub(crate) fn head(
    crumb: Option<AnyView>,
    heading: impl Into<Signal<String>>,
    more: impl IntoView,
) -> AnyView {
    let heading = heading.into();
    view! {
        <div class="head flow">
            {crumb.map(|crumb| view! { <p class="crumb">{crumb}</p> })}
            <Heading text=heading/>
            {more.into_view()}
        </div>
    }
    .into_any()
}

/// The heading of a page about one child, with a mark so that no child is taken for another.
pub(crate) fn child_head(
    crumb: AnyView,
    first_name: &str,
    heading: String,
    facts: Option<String>,
    more: impl IntoView,
) -> AnyView {
    view! {
        <div class="head flow">
            <p class="crumb">{crumb}</p>
            <div class="child-head">
                <span class="child-mark" aria-hidden="true">{mark(first_name)}</span>
                <Heading text=heading/>
            </div>
            {facts.map(|facts| view! { <p class="child-facts">{facts}</p> })}
            {more.into_view()}
        </div>
    }
    .into_any()
}

/// Leads to the place on the page that its address names, as a link to a question does.
pub(crate) fn lead_to_place() {
    // The router knows the new address before the browser does.
    let address = use_location().hash.get_untracked();
    let place = address.trim_start_matches('#');
    if !place.is_empty() {
        focus_place(place);
    }
}

/// The first letter of a child's name, by which one sees at once whom something is about.
pub(crate) fn mark(name: &str) -> String {
    name.chars()
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default()
}

/// A link back.
pub(crate) fn back(to: String, words: &'static str) -> AnyView {
    view! { <a class="back" href=to>{words}</a> }.into_any()
}
