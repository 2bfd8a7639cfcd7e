//! A file of a record: its picture where it is one, where it is, and a copy of it for whoever wants to open it. It is
//! looked for on this device, then on the server, and then kept here.

use form::kinds::{NamedFile, size_in_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use record::RecordId;
use wire::MediaType;

use crate::cabinet::{Cabinet, NoFile, use_cabinet};
use crate::device;
use crate::files;
use crate::filling::Filling;
use crate::link::Link;

/// The record that a page is about, for the files in its answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfRecord(pub(crate) RecordId);

/// What was found of a file: an address that holds its content, or why there is none. Nothing while it is looked for.
type Found = RwSignal<Option<Result<String, NoFile>>>;

/// Files in an answer, to be looked at.
pub(super) fn files(named: &[NamedFile]) -> AnyView {
    let cabinet = use_cabinet();
    let record = use_context::<OfRecord>();
    let each = named.iter().map(|file| {
        let content = record.map(|OfRecord(record)| shown(cabinet, record, file, None));
        let shows = Some(file.shows.clone()).filter(|shows| !shows.is_empty());
        view! {
            <li class="file flow tight">
                <p><strong>{file.name.clone()}</strong>" "<span class="soft">{size_in_words(file.size)}</span></p>
                {shows.map(|shows| view! { <p class="as-typed">{shows}</p> })}
                {content}
            </li>
        }
    });
    view! { <ul class="files" role="list">{each.collect_view()}</ul> }.into_any()
}

/// The content of a file, with what is to be said of it. `writing` is the record it is being added to.
pub(super) fn shown(
    cabinet: Cabinet,
    record: RecordId,
    file: &NamedFile,
    writing: Option<Filling>,
) -> AnyView {
    let found = look_for(cabinet, record, file);
    let is_picture = MediaType::named(&file.media_type).is_some_and(MediaType::is_picture);
    let picture = move || {
        let address = found.get()?.ok().filter(|_| is_picture)?;
        Some(view! { <img class="preview" src=address alt=""/> })
    };
    let hash = file.hash;
    let state = move || match (found.get(), writing) {
        (None, _) => Some("Being fetched…".to_owned()),
        (Some(Err(why)), _) => Some(why.to_string()),
        (Some(Ok(_)), Some(filling)) if filling.is_unsent(hash) => {
            Some("On this device, and not sent yet".to_owned())
        }
        (Some(Ok(_)), Some(_)) => Some("Sent".to_owned()),
        (Some(Ok(_)), None) => None,
    };
    let state = move || state().map(|words| view! { <p class="file-state soft small">{words}</p> });
    let name = file.name.clone();
    let save = move || {
        let address = found.get()?.ok()?;
        let (name, own) = (name.clone(), name.clone());
        let save = move |_| offer(&own, &address);
        Some(view! {
            <p><button class="button plain" type="button" on:click=save>
                "Save a copy"<span class="unseen">{format!(" of {name}")}</span>
            </button></p>
        })
    };
    view! { {picture} {state} {save} }.into_any()
}

/// Looks for a file now and, where the server could not be asked, once it can.
fn look_for(cabinet: Cabinet, record: RecordId, file: &NamedFile) -> Found {
    let found: Found = RwSignal::new(None);
    let (link, file) = (cabinet.desk().link(), file.clone());
    Effect::new(move |again: Option<()>| {
        let is_up = link.get() == Link::Up;
        let is_here = found.with_untracked(|found| matches!(found, Some(Ok(_))));
        if is_here || again.is_some() && !is_up {
            return;
        }
        let file = file.clone();
        spawn_local(async move {
            let outcome = cabinet.drawers().file(record, &file).await;
            // The page may have gone meanwhile.
            let _ = found.try_set(Some(outcome));
        });
    });
    found
}

fn offer(name: &str, address: &str) {
    let bytes = files::bytes_of(address).unwrap_or_default();
    let offered =
        files::blob(&bytes, "application/octet-stream").and_then(|file| device::offer_file(name, &file));
    if offered.is_err() {
        leptos::logging::warn!("this browser cannot make files");
    }
}
