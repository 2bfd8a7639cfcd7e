//! `attachment`: files that are chosen, each with a picture of it where it is one, its hash, and a box for what it shows.

use form::{Answer, Entry, Hash, Named, kinds};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, File, HtmlInputElement};

use super::focus::focus;
use super::paper::Question;
use super::parts::{Part, part_box, part_id, write};
use super::shell;
use crate::files;

const SHOWS: Part = Part {
    name: "shows",
    label: "What it shows, in words",
    style: "input",
    keypad: "text",
};

/// The files there are, and a way to choose more.
pub(super) fn widget(question: &Question, kind: &kinds::Attachment) -> AnyView {
    let (view, read_only, most) = (question.view, question.read_only(), kind.most as usize);
    let ids = Memo::new(move |_| {
        view.with(|view| match &view.answer {
            Some(Answer::Compound(parts)) => parts.entries.iter().map(|entry| entry.id.clone()).collect(),
            _ => Vec::<String>::new(),
        })
    });
    let wrong = RwSignal::new(None::<String>);
    let choose = {
        let question = question.clone();
        move |event: Event| {
            let input = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let Some((input, files)) = input.and_then(|input| input.files().map(|files| (input, files)))
            else {
                return;
            };
            wrong.set(None);
            for file in (0..files.length()).filter_map(|at| files.get(at)) {
                let question = question.clone();
                spawn_local(async move {
                    if let Err(why) = add(&question, &file).await {
                        wrong.set(Some(why));
                    }
                });
            }
            // The same file can be chosen again after it was removed.
            input.set_value("");
        }
    };
    let each = {
        let question = question.clone();
        move |id: String| one(&question, &id)
    };
    let is_full = move || read_only.get() || ids.with(Vec::len) >= most;
    let (choose_id, kept_id) = (question.part("choose"), question.part("kept"));
    let controls = view! {
        <ol class="entries" role="list"><For each=move || ids.get() key=String::clone children=each/></ol>
        <div class="part" hidden=is_full>
            <label class="part-name" for=choose_id.clone()>"Choose files"</label>
            <input
                class="input file"
                type="file"
                multiple={most > 1}
                id=choose_id
                aria-describedby=kept_id.clone()
                on:change=choose
            />
            <p class="field-hint" id=kept_id>
                "The record keeps the name, the size and the hash of each file. The file itself is kept on this device, and \
                 not sent."
            </p>
        </div>
        <div role="alert">{move || wrong.get().map(|why| shell::error(&why))}</div>
    };
    shell::grouped(question, controls.into_any())
}

/// Keeps a file on the device and adds it to the answer.
async fn add(question: &Question, file: &File) -> Result<(), String> {
    let (name, size) = (file.name(), file.size());
    if size > kinds::Attachment::MAX_BYTES as f64 {
        return Err(format!("Choose a smaller file than “{name}”"));
    }
    let unreadable = || format!("Choose “{name}” again: it could not be read");
    let bytes = files::bytes(file).await.ok_or_else(unreadable)?;
    let hash = Hash::of(&bytes).to_string();
    let address = files::data_url(file).await.ok_or_else(unreadable)?;
    question.paper.desk.keep_file(&hash, address);
    let size = bytes.len().to_string();
    let named = Named::from([
        ("name", &*name),
        ("type", &*file.type_()),
        ("size", &*size),
        ("sha256", &*hash),
    ]);
    let id = question.paper.new_id();
    let box_id = part_id(question, Some(&id), SHOWS.name);
    write(question, |parts| parts.entries.push(Entry { id, named }));
    focus(&box_id);
    Ok(())
}

fn one(question: &Question, id: &str) -> AnyView {
    let heading = part_id(question, Some(id), "heading");
    let read_only = question.read_only();
    let named = super::parts::compound(question)
        .entry(id)
        .map(|entry| entry.named.clone())
        .unwrap_or_default();
    let (name, hash) = (named.get("name").to_owned(), named.get("sha256").to_owned());
    let preview = RwSignal::new(None::<String>);
    if named.get("type").starts_with("image/") {
        let (desk, hash) = (question.paper.desk, hash.clone());
        spawn_local(async move { preview.set(desk.kept_file(&hash).await) });
    }
    let (own, entry) = (question.clone(), id.to_owned());
    let remove = move |_| {
        write(&own, |parts| parts.entries.retain(|other| other.id != entry));
        focus(&own.part("choose"));
    };
    let size = named
        .get("size")
        .parse()
        .map(kinds::size_in_words)
        .unwrap_or_default();
    let short: String = hash.chars().take(12).collect();
    view! {
        <li class="entry">
            <div class="flow tight" role="group" aria-labelledby=heading.clone()>
                <div class="entry-head">
                    <p id=heading.clone()><strong>{name.clone()}</strong></p>
                    <button class="button plain grave" type="button" hidden=read_only on:click=remove>
                        "Remove"<span class="unseen">{format!(" {name}")}</span>
                    </button>
                </div>
                {move || preview.get().map(|address| view! { <img class="preview" src=address alt=""/> })}
                <p class="soft"><span>{size}</span>", SHA-256 "<code title=hash>{short}"…"</code></p>
                {part_box(question, Some(id), &SHOWS)}
            </div>
        </li>
    }
    .into_any()
}
