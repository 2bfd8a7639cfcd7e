//! Deciding on a record: approving it with an oversight note, or returning it with reasons.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use record::{Refusal, ReturnReason, Round};

use super::error_summary::{Fault, Place, errors, lead_to_errors};
use super::news::{self, News};
use super::open::Book;
use super::paths;
use super::review::Comments;
use crate::widgets;

/// What a manager can decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Approve,
    Return,
}

/// What has been filled in so far.
#[derive(Clone, Copy)]
struct Form {
    choice: RwSignal<Option<Choice>>,
    oversight: RwSignal<String>,
    reasons: RwSignal<Vec<ReturnReason>>,
    note: RwSignal<String>,
    comments: Comments,
    faults: RwSignal<Vec<Fault>>,
}

/// The form with which a manager decides.
pub(crate) fn decision(book: Book, round: &Round, comments: Comments) -> AnyView {
    let form = Form {
        choice: RwSignal::new(None),
        oversight: RwSignal::new(String::new()),
        reasons: RwSignal::new(Vec::new()),
        note: RwSignal::new(String::new()),
        comments,
        faults: RwSignal::new(Vec::new()),
    };
    let author = round.revision().by.name.to_string();
    let navigate = use_navigate();
    let revision = round.hash();
    let decide = move |_| {
        let faults = form.check();
        if !faults.is_empty() {
            form.faults.set(faults);
            lead_to_errors();
            return;
        }
        let choice = form.choice.get_untracked();
        let result = match choice {
            Some(Choice::Approve) => book.filling.approve(revision, form.oversight.get_untracked()),
            Some(Choice::Return) => {
                let comments = form.written_comments();
                let (reasons, note) = (form.reasons.get_untracked(), form.note.get_untracked());
                book.filling.send_back(revision, reasons, note, comments)
            }
            None => return,
        };
        match result {
            Ok(()) => {
                news::tell(News {
                    what: match choice {
                        Some(Choice::Approve) => "Signed",
                        _ => "Returned",
                    },
                    record: book.name(),
                });
                navigate(paths::SIGN_OFF, leptos_router::NavigateOptions::default());
            }
            Err(refusal) => {
                form.faults.set(refused(&refusal));
                lead_to_errors();
            }
        }
    };
    let label = {
        let author = author.clone();
        move || match form.choice.get() {
            Some(Choice::Return) => format!("Return to {author}"),
            Some(Choice::Approve) => "Approve and sign".to_owned(),
            None => "Decide".to_owned(),
        }
    };
    let follows = move || match form.choice.get() {
        None => ().into_any(),
        Some(Choice::Approve) => oversight(form),
        Some(Choice::Return) => reasons(form, &author),
    };
    let choose = |choice: Choice, id: &'static str, label: &'static str, hint: String| {
        let hint_id = format!("{id}-hint");
        view! {
            <div class="choice">
                <input
                    class="choice-input"
                    type="radio"
                    name="decide"
                    id=id
                    aria-describedby=hint_id.clone()
                    prop:checked=move || form.choice.get() == Some(choice)
                    on:change=move |_| form.choice.set(Some(choice))
                />
                <label class="choice-label" for=id>{label}</label>
                <span class="choice-hint" id=hint_id>{hint}</span>
            </div>
        }
    };
    let author = round.revision().by.name.to_string();
    view! {
        <form class="card flow" aria-labelledby="decision" novalidate on:submit=|event| event.prevent_default()>
            {errors("It is not decided yet", form.faults.into())}
            <h2 id="decision" tabindex="-1">"Your decision"</h2>
            <fieldset class=form.style("decide") id="decide" aria-describedby="decide-said">
                <legend class="field-label">"What do you decide?" " " <span class="field-need">"required"</span></legend>
                {form.said("decide")}
                <div class="choices">
                    {choose(Choice::Approve, "approve", "Approve and sign", "Nobody can change the record after this".to_owned())}
                    {choose(Choice::Return, "return", "Return it with reasons", format!("{author} can change it and send it again"))}
                </div>
            </fieldset>
            {follows}
            <div class="actions"><button class="button" type="button" on:click=decide>{label}</button></div>
        </form>
    }
    .into_any()
}

fn oversight(form: Form) -> AnyView {
    area(
        form,
        "oversight",
        "Your oversight: why this, and what happens next",
        "It becomes part of each child’s record.",
        form.oversight,
        true,
    )
}

fn reasons(form: Form, author: &str) -> AnyView {
    let options = ReturnReason::ALL.iter().map(|&reason| {
        let id = format!("reason-{}", reason.code());
        let toggle = move |event| {
            let on = event_target_checked(&event);
            form.reasons.update(|reasons| {
                reasons.retain(|own| *own != reason);
                if on {
                    reasons.push(reason);
                }
            });
        };
        view! {
            <div class="choice">
                <input
                    class="choice-input"
                    type="checkbox"
                    id=id.clone()
                    prop:checked=move || form.reasons.with(|reasons| reasons.contains(&reason))
                    on:change=toggle
                />
                <label class="choice-label" for=id>{reason.label()}</label>
            </div>
        }
    });
    let comments = move || match form.written_comments().len() {
        0 => "You have made no comments on answers. To comment, go to the answer above.".to_owned(),
        1 => "Your 1 comment goes with it.".to_owned(),
        many => format!("Your {many} comments go with it."),
    };
    view! {
        <fieldset class=form.style("reasons") id="reasons" aria-describedby="reasons-hint reasons-said">
            <legend class="field-label">"Why do you return it?" " " <span class="field-need">"required"</span></legend>
            <p class="field-hint" id="reasons-hint">"Choose all that apply"</p>
            {form.said("reasons")}
            <div class="choices">{options.collect_view()}</div>
        </fieldset>
        {area(form, "note", &format!("What do you want {author} to know?"), "Say what is good as well as what is missing.", form.note, false)}
        <p class="soft">{comments}</p>
    }
    .into_any()
}

fn area(
    form: Form,
    id: &'static str,
    label: &str,
    hint: &'static str,
    text: RwSignal<String>,
    required: bool,
) -> AnyView {
    let need = required.then(|| view! { " " <span class="field-need">"required"</span> });
    let hint_id = format!("{id}-hint");
    let faults = form.faults;
    view! {
        <div class=form.style(id)>
            <label class="field-label" for=id>{label.to_owned()}{need}</label>
            <p class="field-hint" id=hint_id.clone()>{hint}</p>
            {form.said(id)}
            <textarea
                class="area"
                id=id
                rows="4"
                aria-describedby=format!("{hint_id} {id}-said")
                aria-invalid=move || faults.with(|faults| is_wrong(faults, id)).then_some("true")
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
        </div>
    }
    .into_any()
}

impl Form {
    /// The comments that say something.
    fn written_comments(self) -> Vec<(form::Address, String)> {
        let written = |(address, text): (&form::Address, &String)| {
            (!text.trim().is_empty()).then(|| (address.clone(), text.clone()))
        };
        self.comments
            .with(|comments| comments.iter().filter_map(written).collect())
    }

    /// What is still to be filled in. `record` decides what must be; here it gets a place on the page.
    fn check(self) -> Vec<Fault> {
        let here = |id: &str, words: &str| Fault {
            words: words.to_owned(),
            place: Place::Here(id.to_owned()),
        };
        let is_blank = |text: RwSignal<String>| text.with_untracked(|text| text.trim().is_empty());
        match self.choice.get_untracked() {
            None => vec![here("decide", "Choose what you decide")],
            Some(Choice::Approve) => {
                let comments = untrack(|| self.written_comments());
                let unsent = (!comments.is_empty()).then(|| {
                    here(
                        "decide",
                        "Return the record, or remove your comments: comments go with a return",
                    )
                });
                let blank = is_blank(self.oversight).then(|| {
                    here(
                        "oversight",
                        &Refusal::Blank(record::Needed::Oversight).to_string(),
                    )
                });
                unsent.into_iter().chain(blank).collect()
            }
            Some(Choice::Return) => {
                let reasons = self.reasons.get_untracked();
                let none = reasons
                    .is_empty()
                    .then(|| here("reasons", &Refusal::NoReason.to_string()));
                let unnamed = reasons.contains(&ReturnReason::Other) && is_blank(self.note);
                let unnamed =
                    unnamed.then(|| here("note", &Refusal::Blank(record::Needed::Note).to_string()));
                none.into_iter().chain(unnamed).collect()
            }
        }
    }

    fn style(self, id: &'static str) -> impl Fn() -> &'static str + Send + Sync + 'static {
        move || {
            if self.faults.with(|faults| is_wrong(faults, id)) {
                "field wrong"
            } else {
                "field"
            }
        }
    }

    /// What is wrong with one part.
    fn said(self, id: &'static str) -> AnyView {
        let said = move || {
            self.faults.with(|faults| {
                let own = faults
                    .iter()
                    .filter(|fault| fault.place == Place::Here(id.to_owned()));
                own.map(|fault| widgets::error(&fault.words)).collect_view()
            })
        };
        view! { <div class="field-said" id=format!("{id}-said")>{said}</div> }.into_any()
    }
}

fn is_wrong(faults: &[Fault], id: &str) -> bool {
    faults
        .iter()
        .any(|fault| fault.place == Place::Here(id.to_owned()))
}

/// Why the record does not take the decision.
fn refused(refusal: &Refusal) -> Vec<Fault> {
    let here = |words: String| Fault {
        words,
        place: Place::Here("decide".to_owned()),
    };
    let own = std::iter::once(here(refusal.to_string()));
    own.chain(refusal.faults().iter().map(|fault| here(fault.message.clone())))
        .collect()
}
