//! Checking the answers before they are sent: all of them to be read, what is missing first, and the warnings with
//! the reasons for letting them stand.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use record::Role;

use super::error_summary::{Fault, Place, errors, lead_to_errors, still};
use super::head::{back, head};
use super::known::{deadlines, known};
use super::open::Book;
use super::paths;
use super::sections::{Sections, nav};
use super::set_aside;
use super::summary::{self, Beside};
use super::telling::answers::{self, Answered, Part, Told};
use super::telling::needed::{self, Needed, Warning};
use super::telling::{due, names, outline};
use crate::widgets;

/// The check before sending.
pub(crate) fn check(book: Book) -> AnyView {
    let sections = Sections::new(book.filling);
    let pressed = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let needed = Memo::new(move |_| needed_now(book));
    let warnings = Memo::new(move |_| warnings_now(book));
    let faults = Signal::derive(move || {
        let needed = needed.get().into_iter().map(|needed| fault(book, needed));
        let unexplained = warnings
            .get()
            .into_iter()
            .filter(|warning| warning.reason.is_none())
            .map(unexplained);
        let refused = refused.get().map(|words| Fault {
            words,
            place: Place::Here("send".to_owned()),
        });
        if pressed.get() {
            needed.chain(unexplained).chain(refused).collect()
        } else {
            Vec::new()
        }
    });
    // Made anew only when an answer has changed: what moves under a finger is not hit.
    let parts = Memo::new(move |_| {
        book.filling.problems();
        book.filling.with_session(answers::parts)
    });
    let still_needed = move || {
        let list: Vec<Fault> = needed
            .get()
            .into_iter()
            .map(|needed| fault(book, needed))
            .collect();
        let title = match list.len() {
            1 => "Still needed before you can send: 1 answer".to_owned(),
            many => format!("Still needed before you can send: {many} answers"),
        };
        (!pressed.get() && !list.is_empty()).then(|| still(title, &list))
    };
    let children = book
        .filling
        .with_session(|session| session.env().subjects.clone());
    let lede = format!(
        "Read it as {} might one day. Then send it {}.",
        names::firsts(&children),
        to_whom(book)
    );
    let heading = view! { <p class="lede">{lede}</p> };
    view! {
        <div class="work">
            {nav(book.record, &sections, None)}
            <main class="main flow" id="main" tabindex="-1">
                {back(paths::record(book.record), "All parts")}
                {errors("It has not been sent yet", faults)}
                {head(Some((move || book.name()).into_any()), "Check your answers".to_owned(), heading)}
                {still_needed}
                <form class="flow" novalidate on:submit=|event| event.prevent_default()>
                    {move || parts.with(|parts| shown(book, parts))}
                    {set_aside::link(book)}
                    {warned(book, warnings, pressed)}
                    {send(book, needed, warnings, pressed, refused)}
                </form>
            </main>
            {beside(book)}
        </div>
    }
    .into_any()
}

fn needed_now(book: Book) -> Vec<Needed> {
    // Asking for what is wrong is what makes this follow edits.
    book.filling.problems();
    book.filling.with_state(|state| {
        book.filling
            .with_session(|session| needed::needed(session, state.draft()))
    })
}

fn warnings_now(book: Book) -> Vec<Warning> {
    book.filling.problems();
    book.filling.with_state(|state| {
        book.filling
            .with_session(|session| needed::warnings(session, state.draft()))
    })
}

fn fault(book: Book, needed: Needed) -> Fault {
    Fault {
        place: Place::There(paths::place(book.record, &needed.key, &needed.address)),
        words: needed.words,
    }
}

fn unexplained(warning: Warning) -> Fault {
    Fault {
        words: format!("Write why this may stand: {}", warning.message),
        place: Place::Here(reason_id(&warning)),
    }
}

/// Everything that was answered, each answer with a link to change it.
fn shown(book: Book, parts: &[Part]) -> AnyView {
    let record = book.record;
    let link = move |answered: &Answered, style: &'static str, words: AnyView| {
        let key = book
            .filling
            .with_session(|session| outline::key_of(session, answered.at))?;
        let to = paths::place(record, &key, &answered.address);
        Some(view! { <a class=style href=to>{words}</a> }.into_any())
    };
    let change = move |answered: &Answered| {
        let verb = if answered.told == Told::Nothing {
            "Answer"
        } else {
            "Change"
        };
        let question = answered.question.clone();
        let words = view! { {verb}<span class="unseen">": "{question}</span> }.into_any();
        if answered.asked {
            link(answered, "button plain", words)
        } else {
            None
        }
    };
    let gap = move |answered: &Answered| {
        let fault = answered.fault.clone()?;
        let shown = (answered.told != Told::Nothing).then(|| widgets::told(&answered.told));
        let link = link(answered, "summary-gap", fault.into_any())?;
        Some(view! { {shown} <p>{link}</p> }.into_any())
    };
    let beside = Beside {
        action: Some(Arc::new(change)),
        gap: Some(Arc::new(gap)),
        below: None,
    };
    parts
        .iter()
        .map(|part| summary::part(part, &beside))
        .collect_view()
        .into_any()
}

/// The warnings, each with a box for the reason why it may stand.
fn warned(book: Book, warnings: Memo<Vec<Warning>>, pressed: RwSignal<bool>) -> AnyView {
    let are_any = Memo::new(move |_| warnings.with(|warnings| !warnings.is_empty()));
    let card = move || {
        are_any.get().then(|| {
            view! {
                <section class="card flow" aria-labelledby="warnings">
                    <div class="card-head">
                        <h2 id="warnings">"To look at before you send"</h2>
                        <p class="card-note">"With your reason, these do not stop you"</p>
                    </div>
                    <For
                        each=move || warnings.get()
                        key=|warning| (warning.address.clone(), warning.check, warning.message.clone())
                        children=move |warning| acknowledgement(book, &warning, warnings, pressed)
                    />
                </section>
            }
        })
    };
    card.into_any()
}

fn acknowledgement(
    book: Book,
    warning: &Warning,
    warnings: Memo<Vec<Warning>>,
    pressed: RwSignal<bool>,
) -> AnyView {
    let id = reason_id(warning);
    let said_id = format!("{id}-said");
    let text = RwSignal::new(warning.reason.clone().unwrap_or_default());
    let lacks = {
        let id = id.clone();
        Memo::new(move |_| {
            let lacks = |warning: &Warning| reason_id(warning) == id && warning.reason.is_none();
            pressed.get() && warnings.with(|warnings| warnings.iter().any(lacks))
        })
    };
    let keep = {
        let own = warning.clone();
        move |_| {
            let text = text.get_untracked();
            if !text.trim().is_empty() {
                let Warning {
                    address,
                    check,
                    message,
                    ..
                } = own.clone();
                // What is refused here is refused when sending too, and told there.
                drop(book.filling.acknowledge(address, check, message, text));
            }
        }
    };
    let about = warning.about.as_ref().map(|name| format!("{name}: "));
    let to = paths::place(book.record, &warning.key, &warning.address);
    view! {
        <div class="notice look">
            <h3 class="field-warn">{about}{warning.message.clone()}</h3>
            <p><a href=to>"Go to where this comes from"</a></p>
            <div class=move || if lacks.get() { "field wrong" } else { "field" }>
                <label class="field-label" for=id.clone()>
                    {format!("Why may this stand? {} reads your reason", reader(book))}
                    " " <span class="field-need">"required"</span>
                </label>
                <div class="field-said" id=said_id.clone()>
                    {move || lacks.get().then(|| widgets::error("Write why this may stand"))}
                </div>
                <textarea
                    class="area"
                    id=id
                    rows="2"
                    aria-describedby=said_id
                    aria-invalid=move || lacks.get().then_some("true")
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                    on:change=keep
                ></textarea>
            </div>
        </div>
    }
    .into_any()
}

fn reason_id(warning: &Warning) -> String {
    format!("reason-{}-{}", warning.address, warning.check.0)
}

fn send(
    book: Book,
    needed: Memo<Vec<Needed>>,
    warnings: Memo<Vec<Warning>>,
    pressed: RwSignal<bool>,
    refused: RwSignal<Option<String>>,
) -> AnyView {
    let navigate = use_navigate();
    let again = book.filling.with_state(|state| state.last_return().is_some());
    let signed = !book.filling.form().stages.is_empty();
    let label = match (signed, again) {
        (true, false) => "Send for sign-off",
        (true, true) => "Send again for sign-off",
        (false, _) => "Complete this record",
    };
    let send = move |_| {
        pressed.set(true);
        refused.set(None);
        let unexplained =
            warnings.with_untracked(|warnings| warnings.iter().any(|warning| warning.reason.is_none()));
        if unexplained || needed.with_untracked(|needed| !needed.is_empty()) {
            lead_to_errors();
            return;
        }
        match book.filling.submit() {
            Ok(()) => navigate(
                &paths::sent(book.record),
                leptos_router::NavigateOptions::default(),
            ),
            Err(refusal) => {
                refused.set(Some(refusal.to_string()));
                lead_to_errors();
            }
        }
    };
    view! {
        <div class="foot">
            <button class="button" type="button" id="send" on:click=send>{label}</button>
            <a class="button quiet" href=paths::record(book.record)>"Not yet"</a>
        </div>
    }
    .into_any()
}

/// The role that reads the record next: "Team manager".
fn next_role(book: Book) -> Option<&'static str> {
    let form = book.filling.form();
    let stage = form.stages.first()?;
    Role::ALL
        .into_iter()
        .find(|role| role.name() == stage.role.as_str())
        .map(Role::label)
}

fn to_whom(book: Book) -> String {
    match next_role(book) {
        Some(role) => format!("to your {} for sign-off", role.to_lowercase()),
        None => "off: it needs no sign-off".to_owned(),
    }
}

fn reader(book: Book) -> String {
    next_role(book).map_or_else(
        || "Whoever reads the record".to_owned(),
        |role| format!("Your {}", role.to_lowercase()),
    )
}

fn beside(book: Book) -> AnyView {
    let due = move || {
        let clocks = book.clocks();
        if clocks.is_empty() {
            view! { <p class="soft">"Nothing is due yet."</p> }.into_any()
        } else {
            deadlines(&clocks, book.today())
        }
    };
    // As the rule pack of the record has it, which the form does not know.
    let within = book
        .filling
        .with_state(|state| state.form().stages.first().and_then(|stage| stage.within));
    let within = within.map(due::within);
    let next = next_role(book).map(|role| {
        let words = match within {
            Some(within) => format!(
                "Your {} signs it, or returns it to you with reasons, within {within} of your sending it.",
                role.to_lowercase()
            ),
            None => format!(
                "Your {} signs it, or returns it to you with reasons.",
                role.to_lowercase()
            ),
        };
        ("Who reads it next", view! { <p>{words}</p> }.into_any())
    });
    known(std::iter::once(("Due", due.into_any())).chain(next).collect())
}
