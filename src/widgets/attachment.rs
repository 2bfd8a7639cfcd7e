//! `attachment`: files that are chosen, each with a picture of it where it is one, its hash, and a box for what it shows.

use form::kinds::NamedFile;
use form::{Answer, Entry, Hash, Named, kinds};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, File, HtmlInputElement};
use wire::MediaType;

use super::file;
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
                class="input files-input"
                type="file"
                accept=endings()
                multiple={most > 1}
                id=choose_id
                aria-describedby=kept_id.clone()
                on:change=choose
            />
            <p class="field-hint" id=kept_id>{about()}</p>
        </div>
        <div role="alert">{move || wrong.get().map(|why| shell::error(&why))}</div>
    };
    shell::grouped(question, controls.into_any())
}

/// Keeps a file on the device, asks for it to be sent, and adds it to the answer.
async fn add(question: &Question, file: &File) -> Result<(), String> {
    let (name, size) = (file.name(), file.size());
    if size > kinds::Attachment::MAX_BYTES as f64 {
        let most = kinds::size_in_words(kinds::Attachment::MAX_BYTES);
        return Err(format!("Choose a smaller file than “{name}”: {most} at most"));
    }
    let unreadable = || format!("Choose “{name}” again: it could not be read");
    let bytes = files::bytes(file).await.ok_or_else(unreadable)?;
    let media = MediaType::of(&name, &bytes).ok_or_else(|| {
        let kept = MediaType::IN_WORDS;
        format!("Choose another file than “{name}”: Firsthand keeps {kept}")
    })?;
    let address = files::address_of(&bytes, media.name)
        .await
        .ok_or_else(unreadable)?;
    let (hash, size) = (Hash::of(&bytes).to_string(), bytes.len().to_string());
    let named = Named::from([
        ("name", &*name),
        ("type", media.name),
        ("size", &*size),
        ("sha256", &*hash),
    ]);
    if let Some(file) = NamedFile::of(&named)
        && question.paper.filling.attach(&file, address).is_err()
    {
        // The record has just been sent or taken over elsewhere; the page says so.
        return Ok(());
    }
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
    let paper = &question.paper;
    let content = NamedFile::of(&named)
        .map(|file| file::shown(paper.cabinet, paper.filling.record(), &file, Some(paper.filling)));
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
                {content}
                <p class="soft"><span>{size}</span>", SHA-256 "<code title=hash>{short}"…"</code></p>
                {part_box(question, Some(id), &SHOWS)}
            </div>
        </li>
    }
    .into_any()
}

/// The endings of the names of files that can be chosen, as a browser asks for them.
fn endings() -> String {
    let endings = MediaType::ALL.iter().flat_map(|media| media.endings);
    endings
        .map(|ending| format!(".{ending}"))
        .collect::<Vec<_>>()
        .join(",")
}

/// What can be chosen, and what becomes of it.
fn about() -> String {
    let most = kinds::size_in_words(kinds::Attachment::MAX_BYTES);
    let kinds = MediaType::IN_WORDS;
    format!(
        "Up to {most} each: {kinds}. A file is kept on this device at once, and sent when there is a connection. The \
         record can be sent for sign-off when all of its files have arrived."
    )
}
