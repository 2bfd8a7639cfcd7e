//! A box to type in with a list of what matches below it: the combobox pattern of the ARIA Authoring Practices Guide,
//! with suggestions and without completing what is typed. Knows no kind: what is found, and what becomes of what is
//! typed or chosen, is for whoever shows it.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::paper::Question;
use super::parts::Wire;
use super::shell;

/// The most that is offered at once. Whoever does not find it among these types some more.
pub(super) const MOST: usize = 12;

/// Something that matches what was typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Match {
    /// What tells it from the others.
    pub(super) key: String,
    /// What people read.
    pub(super) label: String,
    /// A few words more, to tell it from others of that name.
    pub(super) note: Option<String>,
}

/// Finds what matches a text.
pub(super) type Find = dyn Fn(&str) -> Vec<Match> + Send + Sync;

/// What a combobox does.
#[derive(Clone)]
pub(super) struct Combobox {
    /// The id of the box.
    pub(super) id: String,
    /// What describes the box, besides how many match.
    pub(super) described_by: String,
    /// What was typed, and what becomes of what is typed.
    pub(super) wire: Wire,
    /// What matches a text.
    pub(super) find: Arc<Find>,
    /// What becomes of what is chosen.
    pub(super) choose: Arc<dyn Fn(Match) + Send + Sync>,
    /// What becomes of what stands in the box when it loses the focus.
    pub(super) leave: Arc<dyn Fn() + Send + Sync>,
}

/// The list below the box.
#[derive(Clone, Copy)]
struct Listed {
    matches: RwSignal<Vec<Match>>,
    open: RwSignal<bool>,
    /// Which of them Enter would choose.
    active: RwSignal<Option<usize>>,
}

impl Listed {
    fn offer(self, matches: Vec<Match>) {
        self.open.set(!matches.is_empty());
        self.matches.set(matches);
        self.active.set(None);
    }

    fn close(self) {
        self.open.set(false);
        self.active.set(None);
    }

    /// Goes so many down the list, from either end of it to the other.
    fn step(self, by: isize) {
        let count = self.matches.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        let next = match self.active.get_untracked() {
            Some(at) => (at as isize + by).rem_euclid(count as isize) as usize,
            None if by > 0 => 0,
            None => count - 1,
        };
        self.active.set(Some(next));
    }

    fn at_hand(self) -> Option<Match> {
        let active = self.active.get_untracked()?;
        self.matches
            .with_untracked(|matches| matches.get(active).cloned())
    }
}

/// A box with a list of what matches.
pub(super) fn combobox(question: &Question, combobox: Combobox) -> AnyView {
    let Combobox {
        id,
        described_by,
        wire,
        find,
        choose,
        leave,
    } = combobox;
    let listed = Listed {
        matches: RwSignal::new(Vec::new()),
        open: RwSignal::new(false),
        active: RwSignal::new(None),
    };
    let (list_id, count_id) = (format!("{id}-list"), format!("{id}-count"));
    let read_only = question.read_only();
    let Wire { typed, typing } = wire;
    let choose: Arc<dyn Fn(Match) + Send + Sync> = Arc::new(move |chosen| {
        choose(chosen);
        listed.close();
    });
    let offer = {
        let (typed, find) = (typed.clone(), find.clone());
        move || listed.offer(find(&untrack(|| typed())))
    };
    let input = move |event| {
        let text = event_target_value(&event);
        listed.offer(if text.trim().is_empty() {
            Vec::new()
        } else {
            find(&text)
        });
        typing(text);
    };
    let keys = {
        let choose = choose.clone();
        move |event: KeyboardEvent| {
            if read_only.get_untracked() {
                return;
            }
            let is_open = listed.open.get_untracked();
            match event.key().as_str() {
                "ArrowDown" | "ArrowUp" => {
                    if !is_open {
                        offer();
                    }
                    listed.step(if event.key() == "ArrowDown" { 1 } else { -1 });
                    reveal_active();
                }
                "Enter" => match listed.at_hand() {
                    Some(chosen) if is_open => choose(chosen),
                    _ => listed.close(),
                },
                "Escape" if is_open => listed.close(),
                _ => return,
            }
            event.prevent_default();
        }
    };
    let active_id = {
        let list_id = list_id.clone();
        move || listed.active.get().map(|at| format!("{list_id}-{at}"))
    };
    let count = move || {
        listed.open.get().then(|| match listed.matches.with(Vec::len) {
            1 => "1 answer matches. Go to it with the arrow keys.".to_owned(),
            MOST => {
                format!("{MOST} answers or more match. Go through them with the arrow keys, or type more.")
            }
            many => format!("{many} answers match. Go through them with the arrow keys."),
        })
    };
    let options = {
        let list_id = list_id.clone();
        move || {
            let matches = listed.matches.get().into_iter().enumerate();
            matches
                .map(|(at, found)| option(&list_id, at, found, listed, choose.clone()))
                .collect_view()
        }
    };
    view! {
        <div class="combobox">
            <input
                class="input"
                id=id.clone()
                type="text"
                role="combobox"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-autocomplete="list"
                aria-expanded=move || if listed.open.get() { "true" } else { "false" }
                aria-controls=list_id.clone()
                aria-activedescendant=active_id
                aria-describedby=described_by
                aria-invalid=shell::invalid(question)
                readonly=read_only
                prop:value=move || typed()
                on:input=input
                on:keydown=keys
                on:blur=move |_| {
                    listed.close();
                    leave();
                }
            />
            <ul class="combobox-list" id=list_id role="listbox" aria-label="Answers that match" hidden=move || !listed.open.get()>
                {options}
            </ul>
            <p class="unseen" role="status" id=count_id>{count}</p>
        </div>
    }
    .into_any()
}

fn option(
    list_id: &str,
    at: usize,
    found: Match,
    listed: Listed,
    choose: Arc<dyn Fn(Match) + Send + Sync>,
) -> AnyView {
    let (label, note) = (found.label.clone(), found.note.clone());
    let is_active = move || listed.active.get() == Some(at);
    view! {
        <li
            class="combobox-option"
            id=format!("{list_id}-{at}")
            role="option"
            aria-selected=move || if is_active() { "true" } else { "false" }
            // The box keeps the focus while something is chosen below it.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| choose(found.clone())
        >
            {label}
            {note.map(|note| view! { " " <span class="combobox-note">{note}</span> })}
        </li>
    }
    .into_any()
}

/// Brings what the arrow keys have gone to into sight, where the list is longer than its room.
fn reveal_active() {
    request_animation_frame(|| {
        let active = document()
            .query_selector("[role=option][aria-selected=true]")
            .ok()
            .flatten();
        let Some(active) = active.and_then(|active| active.dyn_into::<web_sys::HtmlElement>().ok()) else {
            return;
        };
        let Some(list) = active.parent_element() else {
            return;
        };
        let (top, height) = (active.offset_top(), active.offset_height());
        if top < list.scroll_top() {
            list.set_scroll_top(top);
        } else if top + height > list.scroll_top() + list.client_height() {
            list.set_scroll_top(top + height - list.client_height());
        }
    });
}
