//! Starting a record: what to record, and which children it is about.

mod which_form;

use std::collections::BTreeSet;

use engine::Subject;
use form::{About, FormHash, RowKey};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wire::{Families, Family, FormEntry, Forms};

use super::error_summary::{Fault, Place, errors, lead_to_errors};
use super::head::{back, head};
use super::lists::as_seen;
use super::paths;
use super::telling::{age, day};
use crate::cabinet::{Cabinet, use_cabinet};
use crate::lists::Seen;
use crate::widgets;
use which_form::which_form;

/// Starting a record.
#[component]
pub fn Start() -> impl IntoView {
    let cabinet = use_cabinet();
    let entry = Entry {
        cabinet,
        forms: cabinet.forms(),
        families: cabinet.families(),
        form: RwSignal::new(None),
        children: RwSignal::new(BTreeSet::new()),
        faults: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
    };
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let navigate = navigate.clone();
        entry.start(move |path| navigate(path, NavigateOptions::default()));
    };
    let label = move || match (entry.busy.get(), entry.chosen_form()) {
        (true, _) => "Starting…".to_owned(),
        (false, Some(form)) => format!("Start the {}", form.title.to_lowercase()),
        (false, None) => "Start".to_owned(),
    };
    // For the day on which nothing can be started. It takes the same room before a form is chosen and after.
    let blank = move || match entry.chosen_form() {
        Some(form) => view! {
            <a class="button plain" href=paths::print_blank(&form.name)>
                "Print it blank"<span class="unseen">{format!(": {}", form.title)}</span>
            </a>
        }
        .into_any(),
        None => "What you choose can be printed blank, to be filled in by hand.".into_any(),
    };
    view! {
        <main class="page flow" id="main" tabindex="-1">
            {back(paths::WORK.to_owned(), "My work")}
            {errors("It has not been started yet", entry.faults.into())}
            {head(None, "Start a record".to_owned(), ())}
            <form class="flow" novalidate on:submit=submit>
                {as_seen(entry.forms, move |forms| which_form(entry, forms))}
                <p class="by-hand">{blank}</p>
                {as_seen(entry.families, move |families| which_children(entry, families))}
                <div class="foot">
                    <button class="button" aria-disabled=move || entry.busy.get().then_some("true")>{label}</button>
                    <a class="button quiet" href=paths::WORK>"Not now"</a>
                </div>
            </form>
        </main>
    }
}

/// What has been chosen.
#[derive(Clone, Copy)]
struct Entry {
    cabinet: Cabinet,
    forms: ReadSignal<Seen<Forms>>,
    families: ReadSignal<Seen<Families>>,
    form: RwSignal<Option<FormHash>>,
    children: RwSignal<BTreeSet<RowKey>>,
    faults: RwSignal<Vec<Fault>>,
    busy: RwSignal<bool>,
}

impl Entry {
    fn start(self, go: impl Fn(&str) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        let (form, subjects) = untrack(|| (self.chosen_form(), self.chosen_children()));
        let faults = faults(form.as_ref(), subjects.len());
        let form = form.filter(|_| faults.is_empty());
        self.faults.set(faults);
        let Some(form) = form else { return lead_to_errors() };
        self.busy.set(true);
        spawn_local(async move {
            match self.cabinet.start(form.hash, subjects).await {
                Ok(record) => go(&paths::record(record)),
                Err(why) => {
                    self.busy.set(false);
                    self.faults.set(vec![fault("form", &why.to_string())]);
                    lead_to_errors();
                }
            }
        });
    }

    /// The form that is chosen; the only one there is needs no choosing. Tracks.
    fn chosen_form(self) -> Option<FormEntry> {
        let chosen = self.form.get();
        self.forms.with(|seen| {
            let (forms, _) = seen.list.as_ref()?;
            match (&forms.forms[..], chosen) {
                ([only], _) => Some(only.clone()),
                (many, chosen) => many.iter().find(|form| Some(form.hash) == chosen).cloned(),
            }
        })
    }

    /// The children that are chosen, in the order in which their families list them. Tracks.
    fn chosen_children(self) -> Vec<Subject> {
        self.families.with(|seen| {
            let families = seen.list.iter().flat_map(|(list, _)| &list.families);
            let children = families.flat_map(|family| &family.children);
            self.children.with(|chosen| {
                children
                    .filter(|child| chosen.contains(&child.id))
                    .cloned()
                    .collect()
            })
        })
    }

    fn words_at(self, id: &'static str) -> Option<String> {
        let place = Place::Here(id.to_owned());
        self.faults.with(|faults| {
            faults
                .iter()
                .find(|fault| fault.place == place)
                .map(|fault| fault.words.clone())
        })
    }

    fn style(self, id: &'static str) -> impl Fn() -> &'static str + Send + Sync + 'static {
        move || {
            if self.words_at(id).is_some() {
                "field wrong"
            } else {
                "field"
            }
        }
    }

    fn said(self, id: &'static str) -> AnyView {
        let said = move || self.words_at(id).map(|words| widgets::error(&words));
        view! { <div class="field-said" id=format!("{id}-said")>{said}</div> }.into_any()
    }
}

/// What must be chosen before a record can be started.
fn faults(form: Option<&FormEntry>, children: usize) -> Vec<Fault> {
    let no_form = form
        .is_none()
        .then(|| fault("form", "Choose what you want to record"));
    let wrong_children = match (form.map(|form| form.about), children) {
        (_, 0) => Some("Choose the children it is about"),
        (Some(About::Child), 2..) => Some("Choose one child: this kind of record is about one"),
        (_, count) if count > record::MAX_CHILDREN => {
            Some("Choose fewer children: a record is about 20 at most")
        }
        _ => None,
    };
    no_form
        .into_iter()
        .chain(wrong_children.map(|words| fault("children", words)))
        .collect()
}

fn fault(id: &str, words: &str) -> Fault {
    Fault {
        words: words.to_owned(),
        place: Place::Here(id.to_owned()),
    }
}

fn which_children(entry: Entry, families: &Families) -> AnyView {
    let families = families.families.iter().map(|family| one_family(entry, family));
    view! {
        <fieldset class=entry.style("children") id="children" aria-describedby="children-hint children-said">
            <legend class="field-label">
                "Which children is it about?" " " <span class="field-need">"required"</span>
            </legend>
            <p class="field-hint" id="children-hint">"Each child you choose gets a part of their own."</p>
            {entry.said("children")}
            <div class="flow">{families.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn one_family(entry: Entry, family: &Family) -> AnyView {
    let today = entry.cabinet.desk().now().day_in_london();
    let options = family.children.iter().map(|child| one_child(entry, child, today));
    let ids: BTreeSet<RowKey> = family.children.iter().map(|child| child.id.clone()).collect();
    let all_chosen = {
        let ids = ids.clone();
        Memo::new(move |_| entry.children.with(|chosen| ids.is_subset(chosen)))
    };
    let (count, name) = (ids.len(), family.name.clone());
    let toggle = move |_| {
        let all = all_chosen.get_untracked();
        entry.children.update(|chosen| {
            if all {
                chosen.retain(|child| !ids.contains(child));
            } else {
                chosen.extend(ids.iter().cloned());
            }
        });
    };
    let whole = (count > 1).then(|| {
        let words = move || match (all_chosen.get(), count) {
            (true, _) => "Choose none of them".to_owned(),
            (false, 2) => "Choose both".to_owned(),
            (false, many) => format!("Choose all {}", in_letters(many)),
        };
        let family = name.clone();
        view! {
            <p class="field-do">
                <button class="button quiet" type="button" on:click=toggle>
                    {words}<span class="unseen">{format!(" of the {family} family")}</span>
                </button>
            </p>
        }
    });
    view! {
        <fieldset class="field card">
            <legend class="field-label">{name}</legend>
            {whole}
            <div class="choices">{options.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn one_child(entry: Entry, child: &Subject, today: feel::Date) -> AnyView {
    let (id, key) = (format!("child-{}", child.id), child.id.clone());
    let hint_id = format!("{id}-hint");
    let is_chosen = {
        let key = key.clone();
        move || entry.children.with(|chosen| chosen.contains(&key))
    };
    let toggle = move |event| {
        let on = event_target_checked(&event);
        entry.children.update(|chosen| {
            if on {
                chosen.insert(key.clone());
            } else {
                chosen.remove(&key);
            }
        });
    };
    let age = day::capital(&age::age(child, today));
    let hint = match age::birth(child) {
        Some(birth) => format!("{age}. {birth}"),
        None => age,
    };
    view! {
        <div class="choice">
            <input
                class="choice-input"
                type="checkbox"
                id=id.clone()
                aria-describedby=hint_id.clone()
                prop:checked=is_chosen
                on:change=toggle
            />
            <label class="choice-label" for=id>{child.full_name()}</label>
            <span class="choice-hint" id=hint_id>{hint}</span>
        </div>
    }
    .into_any()
}

/// A small number as one writes it in a sentence.
fn in_letters(count: usize) -> String {
    const LETTERS: [&str; 10] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    LETTERS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Hash;

    fn form(about: About) -> FormEntry {
        FormEntry {
            hash: FormHash(Hash::of(b"a form")),
            name: form::Name::new("case_note").unwrap(),
            version: 1,
            title: "Case note".into(),
            summary: None,
            about,
        }
    }

    fn found(form: Option<FormEntry>, children: usize) -> Vec<String> {
        faults(form.as_ref(), children)
            .into_iter()
            .map(|fault| fault.words)
            .collect()
    }

    #[test]
    fn a_record_needs_a_form_and_as_many_children_as_the_form_is_about() {
        assert_eq!(
            found(None, 0),
            [
                "Choose what you want to record",
                "Choose the children it is about"
            ]
        );
        assert_eq!(
            found(Some(form(About::Children)), 0),
            ["Choose the children it is about"]
        );
        assert!(found(Some(form(About::Children)), 3).is_empty());
        assert!(found(Some(form(About::Child)), 1).is_empty());
        assert_eq!(
            found(Some(form(About::Child)), 3),
            ["Choose one child: this kind of record is about one"]
        );
        assert_eq!(
            found(Some(form(About::Children)), 21),
            ["Choose fewer children: a record is about 20 at most"]
        );
    }

    #[test]
    fn small_numbers_are_written_in_letters() {
        assert_eq!([3, 9, 10].map(in_letters), ["three", "nine", "10"]);
    }
}
