//! `quote`: a child's own words, one entry at a time, each with what led to them.
//!
//! The entries on the page are those of the answer and, between them, those that nobody has written in yet: an answer
//! keeps no blank ones, and a box must not vanish from under whoever has just emptied it.

use form::{Answer, Quote, kinds};
use leptos::prelude::*;

use super::focus::{focus, focus_first};
use super::paper::Question;
use super::shell;

/// Entries for a child's own words.
pub(super) fn widget(question: &Question, _: &kinds::Quote) -> AnyView {
    let words = Words::new(question);
    let add = {
        let words = words.clone();
        move |_| words.add()
    };
    let add_label = {
        let (words, whose) = (words.clone(), words.whose.clone());
        move || {
            let more = if words.entries.with(Vec::is_empty) {
                ""
            } else {
                "more of "
            };
            format!("Add {more}{whose} words")
        }
    };
    let read_only = question.read_only();
    let ids = {
        let words = words.clone();
        Memo::new(move |_| {
            words
                .entries
                .with(|entries| entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>())
        })
    };
    let entry = {
        let words = words.clone();
        move |id: String| entry(&words, id, ids, read_only)
    };
    let controls = view! {
        <ol class="words" role="list">
            <For each=move || ids.get() key=String::clone children=entry/>
        </ol>
        {undo(&words)}
        <p class="words-add" hidden=read_only>
            <button class="button quiet add" type="button" id=question.part("add") on:click=add>{add_label}</button>
        </p>
    };
    shell::grouped(question, controls.into_any())
}

/// The entries on the page, and the question they answer.
#[derive(Clone)]
struct Words {
    question: Question,
    /// Whose they are: "Maisie’s".
    whose: String,
    /// Who said them: "Maisie".
    who: String,
    entries: RwSignal<Vec<Quote>>,
    removed: RwSignal<Option<(usize, Quote)>>,
}

impl Words {
    fn new(question: &Question) -> Self {
        let child = question.paper.child(question.at);
        let answer = quotes(question.answered().as_ref());
        let entries = if answer.is_empty() {
            vec![blank(question.paper.new_id())]
        } else {
            answer
        };
        let entries = RwSignal::new(entries);
        let view = question.view;
        // An answer that somebody else gave, or that was undone, takes its place among the entries.
        Effect::new(move |_| {
            let answer = view.with(|view| quotes(view.answer.as_ref()));
            if entries.with_untracked(|entries| written(entries) != answer) {
                entries.update(|entries| *entries = reconciled(entries, &answer));
            }
        });
        Self {
            question: question.clone(),
            whose: child
                .as_deref()
                .map_or_else(|| "the child’s".to_owned(), |name| format!("{name}’s")),
            who: child.unwrap_or_else(|| "the child".to_owned()),
            entries,
            removed: RwSignal::new(None),
        }
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Quote)) {
        self.entries.update(|entries| {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) {
                change(entry);
            }
        });
        self.send();
    }

    fn add(&self) {
        let entry = blank(self.question.paper.new_id());
        let id = self.entry_id(&entry.id);
        self.entries.update(|entries| entries.push(entry));
        focus_first(&id);
    }

    fn remove(&self, id: &str) {
        let place = self
            .entries
            .with_untracked(|entries| entries.iter().position(|entry| entry.id == id));
        let Some(place) = place else { return };
        let entry = self.entries.try_update(|entries| entries.remove(place));
        let entry = entry.filter(|entry| !is_blank(entry));
        // Whoever presses "remove" goes on from a button that is near by: the way back, if something is lost.
        let next = if entry.is_some() { "undo" } else { "add" };
        self.removed.set(entry.map(|entry| (place, entry)));
        self.send();
        focus(&self.question.part(next));
    }

    fn undo(&self) {
        let Some((place, entry)) = self.removed.try_update(Option::take).flatten() else {
            return;
        };
        let id = self.entry_id(&entry.id);
        self.entries
            .update(|entries| entries.insert(place.min(entries.len()), entry));
        self.send();
        focus_first(&id);
    }

    fn send(&self) {
        let written = self.entries.with_untracked(|entries| written(entries));
        self.question.answer(Some(Answer::Quotes(written)));
    }

    fn entry_id(&self, id: &str) -> String {
        self.question.part(id)
    }
}

fn entry(words: &Words, id: String, ids: Memo<Vec<String>>, read_only: Signal<bool>) -> AnyView {
    let dom_id = words.entry_id(&id);
    let [asked_id, words_id] = ["asked", "words"].map(|part| format!("{dom_id}-{part}"));
    let nth = {
        let id = id.clone();
        move || ids.with(|ids| nth(ids, &id))
    };
    let read = |part: fn(&Quote) -> &str| {
        let (entries, id) = (words.entries, id.clone());
        move || {
            entries.with(|entries| {
                find(entries, &id)
                    .map(|entry| part(entry).to_owned())
                    .unwrap_or_default()
            })
        }
    };
    let write = |part: fn(&mut Quote) -> &mut String| {
        let (words, id) = (words.clone(), id.clone());
        move |event| words.change(&id, |entry| *part(entry) = event_target_value(&event))
    };
    let remove = {
        let (words, id) = (words.clone(), id.clone());
        move |_| words.remove(&id)
    };
    view! {
        <li class="words-entry" id=dom_id.clone()>
            <fieldset class="flow tight">
                <legend class="words-title">{capital(&words.whose)}" words"{nth.clone()}</legend>
                <div class="field">
                    <label class="field-label" for=asked_id.clone()>"What was asked, or what was going on"</label>
                    <textarea
                        class="area"
                        id=asked_id
                        rows="1"
                        readonly=read_only
                        prop:value=read(|entry| &entry.asked)
                        on:input=write(|entry| &mut entry.asked)
                    ></textarea>
                </div>
                <div class="field">
                    <label class="field-label" for=words_id.clone()>{format!("What {} said, exactly", words.who)}</label>
                    <textarea
                        class="area spoken"
                        id=words_id
                        rows="2"
                        spellcheck="false"
                        autocapitalize="off"
                        readonly=read_only
                        prop:value=read(|entry| &entry.words)
                        on:input=write(|entry| &mut entry.words)
                    ></textarea>
                </div>
                {prompted(words, &id, &dom_id, read_only)}
                <p class="words-do" hidden=read_only>
                    <button class="button plain grave" type="button" on:click=remove>
                        "Remove these words"<span class="unseen">" of "{words.whose.clone()}{nth}</span>
                    </button>
                </p>
            </fieldset>
        </li>
    }
    .into_any()
}

/// Was the question a leading one, or the child prompted further?
fn prompted(words: &Words, id: &str, dom_id: &str, read_only: Signal<bool>) -> AnyView {
    let name = format!("{dom_id}-prompted");
    let choice = |value: bool, label: &'static str| {
        let own_id = format!("{name}-{value}");
        let is_chosen = {
            let (entries, id) = (words.entries, id.to_owned());
            move || {
                entries.with(|entries| find(entries, &id).is_some_and(|entry| entry.prompted == Some(value)))
            }
        };
        let choose = {
            let (words, id) = (words.clone(), id.to_owned());
            move |_| words.change(&id, |entry| entry.prompted = Some(value))
        };
        view! {
            <div class="choice">
                <input
                    class="choice-input"
                    type="radio"
                    name=name.clone()
                    id=own_id.clone()
                    disabled=read_only
                    prop:checked=is_chosen
                    on:change=choose
                />
                <label class="choice-label" for=own_id>{label}</label>
            </div>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="field-label">"Was this prompted, or the question a leading one?"</legend>
            <div class="choices row">{choice(false, "No")}{choice(true, "Yes")}</div>
        </fieldset>
    }
    .into_any()
}

/// The way back after words were removed.
fn undo(words: &Words) -> AnyView {
    let words = words.clone();
    let undo_id = words.question.part("undo");
    let line = move || {
        let (removed, undo) = (words.removed, words.clone());
        let id = undo_id.clone();
        removed.with(|removed| {
            removed.as_ref().map(|(_, entry)| {
                let beginning = beginning(if entry.words.trim().is_empty() {
                    &entry.asked
                } else {
                    &entry.words
                });
                view! {
                    <p class="undo">
                        <span>{format!("Removed: {beginning}")}</span>
                        " "
                        <button class="button quiet" type="button" id=id on:click=move |_| undo.undo()>
                            "Put them back"
                        </button>
                    </p>
                }
            })
        })
    };
    line.into_any()
}

fn capital(text: &str) -> String {
    crate::pages::telling::day::capital(text)
}

/// The first words of a text, enough to know it by.
fn beginning(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}

fn blank(id: String) -> Quote {
    Quote {
        id,
        ..Quote::default()
    }
}

fn is_blank(entry: &Quote) -> bool {
    entry.words.trim().is_empty() && entry.asked.trim().is_empty()
}

fn find<'a>(entries: &'a [Quote], id: &str) -> Option<&'a Quote> {
    entries.iter().find(|entry| entry.id == id)
}

fn quotes(answer: Option<&Answer>) -> Vec<Quote> {
    match answer {
        Some(Answer::Quotes(quotes)) => quotes.clone(),
        _ => Vec::new(),
    }
}

/// The entries that an answer keeps.
fn written(entries: &[Quote]) -> Vec<Quote> {
    entries.iter().filter(|entry| !is_blank(entry)).cloned().collect()
}

/// Which entry it is, where there are others: ", 1 of 2".
fn nth(ids: &[String], id: &str) -> String {
    match ids.iter().position(|own| own == id) {
        Some(index) if ids.len() > 1 => format!(", {} of {}", index + 1, ids.len()),
        _ => String::new(),
    }
}

/// The entries on the page once an answer came from elsewhere: each as the answer has it, the blank ones where they
/// were, and what is new at the end.
fn reconciled(entries: &[Quote], answer: &[Quote]) -> Vec<Quote> {
    let stayed = entries.iter().filter_map(|entry| {
        let answered = find(answer, &entry.id).cloned();
        answered.or_else(|| is_blank(entry).then(|| entry.clone()))
    });
    let new = answer
        .iter()
        .filter(|entry| find(entries, &entry.id).is_none())
        .cloned();
    let mut entries: Vec<Quote> = stayed.chain(new).collect();
    // The box that a page without words begins with is not kept beside words that came from elsewhere.
    if let [only, ..] = &entries[..]
        && is_blank(only)
        && entries.len() == answer.len() + 1
    {
        entries.remove(0);
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(id: &str, words: &str) -> Quote {
        Quote {
            id: id.into(),
            words: words.into(),
            ..Quote::default()
        }
    }

    #[test]
    fn a_box_that_was_emptied_stays_where_it_is() {
        let entries = [said("1", "one"), said("2", ""), said("3", "three")];
        let answer = [said("1", "one!"), said("3", "three")];
        assert_eq!(
            reconciled(&entries, &answer),
            [said("1", "one!"), said("2", ""), said("3", "three")]
        );
    }

    #[test]
    fn what_somebody_else_removed_goes_and_what_they_added_comes() {
        let entries = [said("1", "one"), said("2", "two")];
        let answer = [said("2", "two"), said("3", "three")];
        assert_eq!(reconciled(&entries, &answer), answer);
    }

    #[test]
    fn words_from_elsewhere_take_the_place_of_the_first_empty_box() {
        assert_eq!(
            reconciled(&[said("1", "")], &[said("2", "two")]),
            [said("2", "two")]
        );
    }

    #[test]
    fn an_answer_keeps_no_blank_entry_but_keeps_a_question_without_words() {
        let asked = Quote {
            asked: "What happens at bedtime?".into(),
            ..said("2", "")
        };
        assert_eq!(written(&[said("1", " "), asked.clone()]), [asked]);
    }

    #[test]
    fn entries_are_counted_where_there_are_several() {
        let ids = ["a", "b"].map(String::from);
        assert_eq!(nth(&ids, "b"), ", 2 of 2");
        assert_eq!(nth(&ids[..1], "a"), "");
    }

    #[test]
    fn a_long_text_is_known_by_its_beginning() {
        assert_eq!(beginning(" short "), "short");
        assert_eq!(beginning(&"é".repeat(70)), format!("{}…", "é".repeat(60)));
    }
}
