//! An answer to be read: words, paragraphs, drawings, files, or a child's own words, which look the same wherever they are read.

use form::kinds::Drawing;
use form::{Entry, Quote};
use leptos::prelude::*;

use super::drawing::drawn;
use super::file;
use crate::pages::telling::answers::Told;

/// An answer to be read.
pub(crate) fn told(told: &Told) -> AnyView {
    match told {
        Told::Nothing => view! { <span class="summary-none">"Not answered"</span> }.into_any(),
        Told::Words(words) => words.clone().into_any(),
        Told::Text(text) => view! { <p class="as-typed">{text.clone()}</p> }.into_any(),
        Told::Files(files) => file::files(files),
        Told::Drawn(strokes, words) => drawing(strokes, words),
        Told::Spoken(quotes) => quotes.iter().map(said).collect_view().into_any(),
    }
}

fn drawing(strokes: &[Entry], words: &str) -> AnyView {
    view! {
        <figure class="drawn">
            <svg class="sheet" viewBox=format!("0 0 {} {}", Drawing::WIDTH, Drawing::HEIGHT) aria-hidden="true">
                {drawn(strokes)}
            </svg>
            <figcaption>{words.to_owned()}</figcaption>
        </figure>
    }
    .into_any()
}

fn said(quote: &Quote) -> AnyView {
    let asked = Some(quote.asked.trim())
        .filter(|asked| !asked.is_empty())
        .map(|asked| {
            // What was asked is a question; anything else is what was going on.
            if asked.ends_with('?') {
                format!("Asked: “{asked}”")
            } else {
                asked.to_owned()
            }
        });
    let prompted = quote.prompted.map(|prompted| {
        if prompted {
            "Prompted, or the question was a leading one"
        } else {
            "Not prompted"
        }
    });
    view! {
        <figure class="said">
            {asked.map(|asked| view! { <figcaption class="said-asked">{asked}</figcaption> })}
            <blockquote class="said-words">{quote.words.trim().to_owned()}</blockquote>
            {prompted.map(|prompted| view! { <p class="said-note">{prompted}</p> })}
        </figure>
    }
    .into_any()
}
