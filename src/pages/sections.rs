//! Where one is in a record: its pages with how far each has come, always up to date, and what comes before and after.

use engine::{Session, Tally};
use leptos::prelude::*;
use record::{RecordId, State};

use super::paths;
use super::telling::outline::{self, Page, PageKey};
use super::telling::progress::Progress;
use crate::filling::Filling;

/// The pages of a record as they stand in the document: all there may be, each shown while its section is.
#[derive(Clone)]
pub(crate) struct Sections {
    filling: Filling,
    /// All pages of the form, in order. Which there are does not change while a record is open; which are shown does.
    all: Vec<Page>,
}

impl Sections {
    pub(crate) fn new(filling: Filling) -> Self {
        Self {
            filling,
            all: filling.with_session(outline::all_pages),
        }
    }

    /// All pages there may be, in order.
    pub(crate) fn pages(&self) -> &[Page] {
        &self.all
    }

    /// The page of this key, shown or not.
    pub(crate) fn find(&self, key: &PageKey) -> Option<&Page> {
        self.all.iter().find(|page| page.key == *key)
    }

    /// The pages that are shown at present. Tracks.
    pub(crate) fn shown(&self) -> Vec<&Page> {
        self.all.iter().filter(|page| self.is_shown(page)).collect()
    }

    /// Is a page shown at present? Tracks.
    pub(crate) fn is_shown(&self, page: &Page) -> bool {
        let around = page
            .around
            .is_none_or(|section| self.filling.view(section).with(|view| view.shown));
        around && self.filling.view(page.at).with(|view| view.shown)
    }

    /// How far a page has come. Tracks.
    pub(crate) fn tally(&self, page: &Page) -> Tally {
        self.filling.view(page.at).with(|view| view.tally)
    }

    /// The page before this one and the one after it, of those that are shown. Tracks.
    pub(crate) fn beside(&self, key: &PageKey) -> (Option<&Page>, Option<&Page>) {
        let shown = self.shown();
        let here = shown.iter().position(|page| page.key == *key);
        let before = here
            .and_then(|here| here.checked_sub(1))
            .and_then(|before| shown.get(before).copied());
        let after = here.and_then(|here| shown.get(here + 1).copied());
        (before, after)
    }

    /// The first page on which something that must be done is left. Tracks.
    pub(crate) fn next_to_do(&self) -> Option<&Page> {
        self.shown()
            .into_iter()
            .find(|page| !Progress::of(self.tally(page)).is_done())
    }

    /// How many pages there are, and how many of them are done. Tracks.
    pub(crate) fn done(&self) -> (usize, usize) {
        let shown = self.shown();
        let done = shown
            .iter()
            .filter(|page| Progress::of(self.tally(page)).is_done());
        (done.count(), shown.len())
    }

    /// How many comments on a page nobody has replied to. Tracks.
    pub(crate) fn comments(&self, page: &Page) -> usize {
        let filling = self.filling;
        filling.with_state(|state| filling.with_session(|session| unanswered(session, state, &page.key)))
    }
}

/// How many comments on a page of a returned record nobody has replied to.
fn unanswered(session: &Session, state: &State, key: &PageKey) -> usize {
    if !matches!(state.status(), record::Status::Returned { .. }) {
        return 0;
    }
    let threads = state
        .last_return()
        .map(|(_, returned)| returned.threads.as_slice())
        .unwrap_or_default();
    let open = threads.iter().filter(|thread| thread.replies.is_empty());
    open.filter(|thread| outline::key_of_address(session, &thread.comment.address).as_ref() == Some(key))
        .count()
}

/// What is said of a page in a list of them: its word for the style sheets and its words. Tracks.
pub(crate) fn standing(sections: &Sections, page: &Page, is_here: bool) -> (&'static str, String) {
    let comments = sections.comments(page);
    if comments > 0 {
        let words = if comments == 1 {
            "1 comment".to_owned()
        } else {
            format!("{comments} comments")
        };
        return ("wrong", words);
    }
    let tally = sections.tally(page);
    let progress = if is_here {
        Progress::while_writing(tally)
    } else {
        Progress::of(tally)
    };
    (progress.style(), progress.words())
}

/// The pages of a record, to go from one to another.
pub(crate) fn nav(record: RecordId, sections: &Sections, here: Option<&PageKey>) -> AnyView {
    let open = RwSignal::new(false);
    let links = sections
        .all
        .iter()
        .map(|page| link(record, sections, page, here == Some(&page.key)));
    let place = {
        let (sections, here) = (sections.clone(), here.cloned());
        move || {
            let shown = sections.shown();
            let index = here
                .as_ref()
                .and_then(|here| shown.iter().position(|page| page.key == *here));
            // Checking and sending comes after the last of them.
            format!("{} of {}", index.unwrap_or(shown.len()) + 1, shown.len() + 1)
        }
    };
    view! {
        <nav class="sections" aria-label="Parts of this record">
            <button
                class="sections-toggle"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls="sections"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span>"Go to another part"</span> " " <span>{place}</span>
            </button>
            <ol class="sections-list" role="list" id="sections">
                {links.collect_view()}
                <li>
                    <a class="sections-link" href=paths::check(record) aria-current=here.is_none().then_some("page")>
                        <span>"Check and send"</span>
                    </a>
                </li>
            </ol>
        </nav>
    }
    .into_any()
}

fn link(record: RecordId, sections: &Sections, page: &Page, is_here: bool) -> AnyView {
    let (own, sections) = (page.clone(), sections.clone());
    let hidden = {
        let (own, sections) = (own.clone(), sections.clone());
        move || !sections.is_shown(&own)
    };
    let state = move || {
        let (style, words) = standing(&sections, &own, is_here);
        let style = if style.is_empty() {
            "sections-state".to_owned()
        } else {
            format!("sections-state {style}")
        };
        view! { <span class=style>{words}</span> }
    };
    view! {
        <li hidden=hidden>
            <a class="sections-link" href=paths::page(record, &page.key) aria-current=is_here.then_some("page")>
                <span>{page.title.clone()}</span> " " {state}
            </a>
        </li>
    }
    .into_any()
}
