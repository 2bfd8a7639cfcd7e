//! Which form a record is made with: each by its title and when to use it, and where there are many, a box that finds
//! one by any of its words.

use std::collections::BTreeSet;
use std::sync::Arc;

use form::FormHash;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wire::{FormEntry, Forms};

use super::Entry;
use crate::widgets;

/// So many are taken in at a glance; among more than these one searches.
const FEW: usize = 6;

/// The forms to choose from.
pub(super) fn which_form(entry: Entry, forms: &Forms) -> AnyView {
    let forms: Arc<[FormEntry]> = forms.forms.clone().into();
    let typed = RwSignal::new(String::new());
    let found = Memo::new({
        let forms = forms.clone();
        move |_| typed.with(|typed| found(&forms, typed))
    });
    let is_only = forms.len() == 1;
    let options = forms.iter().enumerate().map(|(index, form)| {
        let hash = form.hash;
        let is_chosen = move || is_only || entry.form.get() == Some(hash);
        // What is chosen stays in sight: nobody should start what they do not see.
        let is_out_of_sight = move || !found.with(|found| found.contains(&index)) && !is_chosen();
        option(entry, index, form, is_chosen, is_out_of_sight)
    });
    let options = options.collect_view();
    let search = (forms.len() > FEW).then(|| search(entry, &forms, typed, found));
    view! {
        <fieldset class=entry.style("form") id="form" aria-describedby="form-said">
            <legend class="field-label">"What do you want to record?" " " <span class="field-need">"required"</span></legend>
            {entry.said("form")}
            {search}
            <div class="choices many">{options}</div>
        </fieldset>
    }
    .into_any()
}

fn option(
    entry: Entry,
    index: usize,
    form: &FormEntry,
    is_chosen: impl Fn() -> bool + Send + Sync + 'static,
    is_out_of_sight: impl Fn() -> bool + Send + Sync + 'static,
) -> AnyView {
    let (id, hash) = (option_id(index), form.hash);
    let hint_id = format!("{id}-hint");
    let hint = form.summary.clone().map(|summary| {
        view! { <span class="choice-hint" id=hint_id.clone()>{summary}</span> }
    });
    view! {
        <div class="choice" hidden=is_out_of_sight>
            <input
                class="choice-input"
                type="radio"
                name="form"
                id=id.clone()
                aria-describedby=form.summary.is_some().then_some(hint_id)
                prop:checked=is_chosen
                on:change=move |_| entry.form.set(Some(hash))
            />
            <label class="choice-label" for=id>{form.title.clone()}</label>
            {hint}
        </div>
    }
    .into_any()
}

/// The box to find a form with. Enter chooses the one that is left, and never sends the page.
fn search(
    entry: Entry,
    forms: &Arc<[FormEntry]>,
    typed: RwSignal<String>,
    found: Memo<BTreeSet<usize>>,
) -> AnyView {
    let keys = {
        let forms = forms.clone();
        move |event: KeyboardEvent| {
            if event.key() != "Enter" {
                return;
            }
            event.prevent_default();
            if let Some((index, form)) = found.with_untracked(|found| only(&forms, found)) {
                entry.form.set(Some(form));
                widgets::focus(&option_id(index));
            }
        }
    };
    let all = forms.len();
    let told = move || {
        typed
            .with(|typed| !typed.trim().is_empty())
            .then(|| found.with(|found| counted(found.len(), all)))
    };
    view! {
        <div class="field">
            <label class="field-hint" for="form-search">"Find it by a word, such as “visit” or “plan”"</label>
            <input
                class="input w20"
                type="search"
                id="form-search"
                autocomplete="off"
                aria-describedby="form-found"
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=keys
            />
            <p class="field-hint" id="form-found" role="status">{told}</p>
        </div>
    }
    .into_any()
}

fn option_id(index: usize) -> String {
    format!("form-{index}")
}

/// The forms that have every word that was typed, in their title or in what is said of them.
fn found(forms: &[FormEntry], typed: &str) -> BTreeSet<usize> {
    let texts: Vec<String> = forms
        .iter()
        .map(|form| format!("{} {}", form.title, form.summary.as_deref().unwrap_or_default()))
        .collect();
    let texts = forms.iter().zip(&texts);
    let index = widgets::Index::new(texts.map(|(form, text)| (form.name.as_str(), text.as_str())));
    index.find(typed, forms.len()).into_iter().collect()
}

/// The form that was found, if it is the only one.
fn only(forms: &[FormEntry], found: &BTreeSet<usize>) -> Option<(usize, FormHash)> {
    let index = found.first().copied().filter(|_| found.len() == 1)?;
    forms.get(index).map(|form| (index, form.hash))
}

/// How many forms were found, in words.
fn counted(found: usize, all: usize) -> String {
    match found {
        0 => "Nothing has these words. Try another word, or take it out to see everything.".to_owned(),
        1 => format!("1 of {all}. Press Enter to choose it."),
        many => format!("{many} of {all}"),
    }
}

#[cfg(test)]
mod tests {
    use form::{About, Hash, Name};

    use super::*;

    const FORMS: [(&str, &str); 4] = [
        ("Case note", "For a call, a meeting or a message"),
        ("Home visit", "For every visit to a family at home"),
        (
            "Section 47 enquiry",
            "When a strategy discussion has decided on one",
        ),
        (
            "Visit",
            "Child protection, child in need and other statutory visits",
        ),
    ];

    fn forms() -> Vec<FormEntry> {
        let form = |(title, summary): (&str, &str)| FormEntry {
            hash: FormHash(Hash::of(title.as_bytes())),
            name: Name::new(&title.to_lowercase().replace(' ', "_")).unwrap(),
            version: 1,
            title: title.into(),
            summary: Some(summary.into()),
            about: About::Children,
        };
        FORMS.into_iter().map(form).collect()
    }

    fn titles(typed: &str) -> Vec<&'static str> {
        let found = found(&forms(), typed);
        found.into_iter().map(|index| FORMS[index].0).collect()
    }

    #[test]
    fn a_form_is_found_by_words_of_its_title_or_of_what_is_said_of_it() {
        assert_eq!(titles("visit"), ["Home visit", "Visit"]);
        assert_eq!(titles("VISIT prot"), ["Visit"]);
        assert_eq!(titles("strategy"), ["Section 47 enquiry"]);
        assert_eq!(titles("47"), ["Section 47 enquiry"]);
        assert_eq!(titles("call"), ["Case note"]);
        assert_eq!(titles("adoption"), [""; 0]);
        assert_eq!(titles("  ").len(), FORMS.len());
    }

    #[test]
    fn only_what_is_left_alone_is_chosen_by_enter() {
        let forms = forms();
        let chosen = |typed: &str| only(&forms, &found(&forms, typed)).map(|(index, _)| index);
        assert_eq!(chosen("47"), Some(2));
        assert_eq!(chosen("visit"), None);
        assert_eq!(chosen("adoption"), None);
    }
}
