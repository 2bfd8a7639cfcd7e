//! The handbook: what people read about forms. A page for each form, the kinds of question, what each diagnostic
//! means, and a form to begin with.
//!
//! All of it is made of what the language says of itself: the compiled forms, the kinds, the codes and the manual. The
//! crate does no I/O: whoever asks for a page puts it where it belongs.
//!
//! `form_page` makes a form's page, `kinds_page` the reference of kinds, `explain` the page
//! of a diagnostic, `starter` a new form, `html` the frame around pages.

mod explain;
mod form_page;
mod html;
mod kinds_page;
mod starter;

use form::Form;

pub use explain::{explain, known_codes};
pub use html::STYLE;
pub use starter::starter;

/// One page of the handbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The name of its file.
    pub file: String,
    /// What it is called.
    pub title: String,
    /// The page, in HTML.
    pub html: String,
}

/// All pages about these forms, the list of them first.
pub fn pages<'f>(forms: impl IntoIterator<Item = &'f Form>) -> Vec<Page> {
    let mut pages: Vec<Page> = forms.into_iter().map(form_page::page).collect();
    pages.push(kinds_page::page());
    pages.push(explain::page());
    let list: String = pages
        .iter()
        .map(|page| {
            format!(
                "<li><a href=\"{}\">{}</a></li>\n",
                page.file,
                html::text(&page.title)
            )
        })
        .collect();
    let index = html::page("Forms", &format!("<h1>Forms</h1>\n<ul>\n{list}</ul>\n"));
    pages.insert(
        0,
        Page {
            file: "index.html".to_owned(),
            title: "Forms".to_owned(),
            html: index,
        },
    );
    pages
}
