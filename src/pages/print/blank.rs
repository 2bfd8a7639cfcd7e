//! A blank form on paper: every question in its order, with when it is asked and room for the answer.

use std::sync::Arc;

use form::{About, Form, FormHash, Name};
use leptos::prelude::*;

use super::room::{cell, line, room};
use super::{on_each_sheet, print_button};
use crate::cabinet::use_cabinet;
use crate::pages::head::{back, head};
use crate::pages::lists::freshness;
use crate::pages::not_found::opening;
use crate::pages::paths;
use crate::pages::telling::blank::{self, Asked, Block, Need, Part, Question};
use crate::widgets;

/// For how many children a form can be printed at a time. The parts of more are printed again.
const MOST_CHILDREN: usize = 6;
/// For how many children the head of a form has a line.
const NAMED_CHILDREN: usize = 4;

/// The form of this name, as one starts records with it now.
pub(crate) fn blank(name: &Name) -> AnyView {
    let cabinet = use_cabinet();
    let seen = cabinet.forms();
    let name = name.clone();
    let entry = Memo::new(move |_| {
        seen.with(|seen| {
            let (forms, _) = seen.list.as_ref()?;
            Some(
                forms
                    .forms
                    .iter()
                    .find(|form| form.name == name)
                    .map(|form| form.hash),
            )
        })
    });
    let form = LocalResource::new(move || {
        let hash: Option<FormHash> = entry.get().flatten();
        async move {
            match hash {
                Some(hash) => Some(cabinet.form(hash).await),
                None => None,
            }
        }
    });
    let page = move || match (entry.get(), form.get()) {
        (Some(None), _) => crate::pages::not_found::not_found(),
        (Some(Some(_)), Some(Some(Ok(form)))) => shown(&form),
        (Some(Some(_)), Some(Some(Err(why)))) => away(widgets::error(&format!(
            "This form is not on this device yet. {why}"
        ))),
        (None, _) => away(seen.with(freshness)),
        (Some(Some(_)), Some(None) | None) => opening(),
    };
    page.into_any()
}

/// The form cannot be shown, or not yet.
fn away(why: AnyView) -> AnyView {
    view! {
        <main class="page flow" id="main" tabindex="-1">
            {back(paths::START.to_owned(), "Start a record")}
            {head(None, "Print a blank form".to_owned(), ())}
            {why}
        </main>
    }
    .into_any()
}

fn shown(form: &Arc<Form>) -> AnyView {
    let parts = Arc::new(blank::parts(form));
    let by_child = form.about == About::Children && parts.iter().any(|part| part.for_each_child);
    let children = RwSignal::new(1_usize);
    on_each_sheet(&format!(
        "{}, version {}, filled in by hand",
        form.title, form.version
    ));
    let more = view! {
        {form.summary.clone().map(|summary| view! { <p class="lede">{summary}</p> })}
        <p class="soft">{format!("Version {}", form.version)}</p>
    };
    let sheets = {
        let parts = Arc::clone(&parts);
        move || {
            let children = children.get();
            sheets(&parts, children)
        }
    };
    view! {
        <main class="page wide flow paper" id="main" tabindex="-1">
            {back(paths::START.to_owned(), "Start a record")}
            <div class="flow tight screen-only">
                {by_child.then(|| how_many(children))}
                <p class="actions">{print_button("Print this form")}</p>
            </div>
            {head(None, form.title.clone(), more)}
            {how_to(form)}
            {about(form)}
            {sheets}
            {signing(form)}
        </main>
    }
    .into_any()
}

/// The choice for how many children there is room.
fn how_many(children: RwSignal<usize>) -> AnyView {
    let options = (1..=MOST_CHILDREN).map(|count| {
        view! { <option value=count.to_string() selected=count == 1>{count}</option> }
    });
    let choose = move |event| {
        if let Ok(count) = event_target_value(&event).parse() {
            children.set(count);
        }
    };
    view! {
        <p class="field">
            <label class="field-label" for="children">"For how many children?"</label>
            <select class="input w4" id="children" on:change=choose>{options.collect_view()}</select>
        </p>
    }
    .into_any()
}

/// How to fill the form in, and what becomes of it.
fn how_to(form: &Form) -> AnyView {
    let enter = format!(
        "When Firsthand works again, choose “Start a record” and “{}”, and enter what is written here, word for word. Keep \
         these sheets until the record has been sent.",
        form.title
    );
    view! {
        <ul class="paper-how">
            <li>"Write in black ink. Tick one box where they are round, and any number where they are square."</li>
            <li>"Write a child’s own words exactly as they were said, and only there."</li>
            <li>{enter}</li>
        </ul>
    }
    .into_any()
}

/// Whom the record is about, and who fills it in.
fn about(form: &Form) -> AnyView {
    let (title, rows) = match form.about {
        About::Child => ("Which child it is about", 1),
        About::Children => ("Which children it is about", NAMED_CHILDREN),
    };
    let rows = (0..rows).map(|_| {
        view! { <div class="paper-row">{line("Full name", "wide")}{line("Date of birth", "")}</div> }
    });
    view! {
        <section class="paper-about" aria-label=title>
            <p class="paper-asked">{title}</p>
            {rows.collect_view()}
            <p class="paper-asked">"Who fills this in"</p>
            <div class="paper-row">{line("Name and role", "wide")}{line("Day and time", "")}</div>
        </section>
    }
    .into_any()
}

/// The parts in their order, those of the children as often as there are children.
fn sheets(parts: &[Part], children: usize) -> AnyView {
    let sheets = parts.iter().flat_map(|part| {
        let copies = if part.for_each_child { children } else { 1 };
        (0..copies).map(move |copy| sheet(part, copy))
    });
    sheets.collect_view().into_any()
}

fn sheet(part: &Part, copy: usize) -> AnyView {
    let name = part.for_each_child.then(|| {
        view! {
            <div class="paper-row">{line("This child’s name", "wide")}</div>
            {(copy == 0).then(|| view! {
                <p class="paper-hint">"Each child has a part of their own: copy these sheets if there are more children."</p>
            })}
        }
    });
    let when = part.when.clone().map(only_if);
    view! {
        <section class=if part.for_each_child { "paper-part child" } else { "paper-part" }>
            <h2>{part.title.clone()}</h2>
            {part.hint.clone().map(|hint| view! { <p class="paper-hint">{hint}</p> })}
            {when}
            {name}
            {blocks(&part.blocks, 3)}
        </section>
    }
    .into_any()
}

fn only_if(words: String) -> AnyView {
    view! { <p class="paper-if">{format!("Answer only if {words}.")}</p> }.into_any()
}

fn blocks(blocks: &[Block], rank: u8) -> AnyView {
    let views = blocks.iter().map(|one| block(one, rank));
    views.collect_view().into_any()
}

fn block(block: &Block, rank: u8) -> AnyView {
    match block {
        Block::Question(asked) => question(asked),
        Block::Note(texts) => {
            let texts = texts.iter().map(|text| view! { <p>{text.clone()}</p> });
            view! { <div class="paper-note">{texts.collect_view()}</div> }.into_any()
        }
        Block::Group {
            title,
            hint,
            blocks: inner,
        } => view! {
            <div class="paper-group">
                {heading(title, rank)}
                {hint.clone().map(|hint| view! { <p class="paper-hint">{hint}</p> })}
                {blocks(inner, rank + 1)}
            </div>
        }
        .into_any(),
        Block::OnlyIf { words, blocks: inner } => view! {
            <div class="paper-only-if">{only_if(words.clone())}{blocks(inner, rank)}</div>
        }
        .into_any(),
        Block::Entries {
            title,
            hint,
            copies,
            asked,
        } => view! {
            <div class="paper-group">
                {heading(title, rank)}
                {hint.clone().map(|hint| view! { <p class="paper-hint">{hint}</p> })}
                {entries(asked, *copies, rank + 1)}
                <p class="paper-hint">"If there are more, go on on another sheet."</p>
            </div>
        }
        .into_any(),
    }
}

fn entries(asked: &Asked, copies: usize, rank: u8) -> AnyView {
    match asked {
        Asked::Columns(columns) => {
            let heads = columns.iter().map(|column| {
                view! { <th scope="col">{asked_words(column)}</th> }
            });
            let rows = (1..=copies).map(|number| {
                let cells = columns
                    .iter()
                    .map(|column| view! { <td>{cell(&column.room)}</td> });
                view! { <tr><th scope="row">{number}</th>{cells.collect_view()}</tr> }
            });
            view! {
                <table class="paper-table">
                    <thead><tr><td></td>{heads.collect_view()}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            }
            .into_any()
        }
        Asked::Blocks(inner) => {
            let copies = (1..=copies).map(|number| {
                view! { <li class="paper-entry"><span class="paper-number">{number}</span>{blocks(inner, rank)}</li> }
            });
            view! { <ol class="paper-entries" role="list">{copies.collect_view()}</ol> }.into_any()
        }
    }
}

fn question(question: &Question) -> AnyView {
    view! { <div class="paper-question">{asked_words(question)}{room(&question.room)}</div> }.into_any()
}

/// What is asked, whether it must be answered, and the line under it.
fn asked_words(question: &Question) -> AnyView {
    let need = match &question.need {
        Need::No => None,
        Need::Yes => Some(view! { <span class="paper-need">"required"</span> }.into_any()),
        Need::If(words) => {
            Some(view! { <span class="paper-need">{format!("required if {words}")}</span> }.into_any())
        }
    };
    view! {
        <p class="paper-asked">{question.label.clone()}{need.map(|need| view! { " " {need} })}</p>
        {question.hint.clone().map(|hint| view! { <p class="paper-hint">{hint}</p> })}
    }
    .into_any()
}

fn heading(title: &str, rank: u8) -> AnyView {
    let title = title.to_owned();
    match rank {
        3 => view! { <h3>{title}</h3> }.into_any(),
        4 => view! { <h4>{title}</h4> }.into_any(),
        _ => view! { <h5>{title}</h5> }.into_any(),
    }
}

/// Where a manager signs while there is no other way.
fn signing(form: &Form) -> AnyView {
    let stages = form.stages.iter().map(|stage| {
        let role = record::Role::ALL
            .into_iter()
            .find(|role| role.name() == stage.role.as_str());
        let role = role.map_or_else(|| stage.role.to_string(), |role| role.label().to_owned());
        view! {
            <div class="paper-question">
                <p class="paper-asked">{role}</p>
                <div class="paper-row">{line("Name", "wide")}{line("Day and time", "")}</div>
                <div class="paper-row">{line("Signature", "wide")}</div>
            </div>
        }
    });
    let stages: Vec<_> = stages.collect();
    if stages.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="paper-part">
            <h2>"If it must be signed before Firsthand works again"</h2>
            <p class="paper-hint">"The record is signed in Firsthand all the same, once it has been entered."</p>
            {stages}
        </section>
    }
    .into_any()
}
