//! Forms: published when the server starts, read by their hash for ever.

use std::sync::Arc;

use axum::http::header;
use form::Form;
use server::{Clock, Config, Embedded, Files, Server, StartError};
use store::{MemoryStore, Store};
use wire::{Forms, paths};

use crate::form::small_form;
use crate::office::{Office, on_each_store};

on_each_store! {
    a_form_is_read_by_its_hash_for_ever
}

async fn a_form_is_read_by_its_hash_for_ever(office: Office) {
    let mut asha = office.as_person("asha").await;
    let forms: Forms = asha.get(paths::FORMS).await.json();
    let [entry] = &forms.forms[..] else {
        panic!("one form, not {forms:?}")
    };
    assert_eq!(
        (entry.name.as_str(), entry.version, entry.title.as_str()),
        ("small_visit", 1, "Small visit")
    );
    let answer = asha.form(entry.hash).await;
    assert_eq!(
        answer.header(header::CACHE_CONTROL),
        "private, max-age=31536000, immutable"
    );
    assert_eq!(Form::from_json(&answer.body).unwrap(), office.form);
    assert_eq!(answer.body, office.form.to_json());
    assert_eq!(Form::from_json(&answer.body).unwrap().hash(), entry.hash);
}

/// A server on this store whose front end has these files.
async fn start(
    store: &Arc<dyn Store>,
    files: &[(&'static str, Vec<u8>)],
    demonstration: bool,
) -> Result<Server, StartError> {
    let files: Vec<Embedded> = files
        .iter()
        .map(|(path, bytes)| (*path, &*bytes.clone().leak()))
        .collect();
    let config = Config {
        store: Arc::clone(store),
        clock: Clock::system(),
        front: Files::Embedded(files.leak()),
        origin: None,
        demonstration,
    };
    Server::start(config).await
}

fn built(form: &Form) -> (&'static str, Vec<u8>) {
    ("forms/small_visit.json", form.to_json().to_vec())
}

#[tokio::test]
async fn a_changed_form_needs_a_new_version() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let (first, changed, raised) = (
        small_form(1, "One"),
        small_form(1, "Changed"),
        small_form(2, "Changed"),
    );
    for _ in 0..2 {
        start(&store, &[built(&first)], false).await.unwrap();
    }
    let refused = start(&store, &[built(&changed)], false).await.err().unwrap();
    assert!(refused.to_string().contains("raise its version"), "{refused}");
    start(&store, &[built(&raised)], false).await.unwrap();
    assert!(store.form(first.hash()).await.unwrap().is_some());
    assert!(store.form(raised.hash()).await.unwrap().is_some());
    assert_eq!(store.form(changed.hash()).await.unwrap(), None);
}

#[tokio::test]
async fn a_demonstration_lets_a_designer_try_a_version_until_it_is_right() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let (first, changed) = (small_form(1, "One"), small_form(1, "Changed"));
    start(&store, &[built(&first)], true).await.unwrap();
    start(&store, &[built(&changed)], true).await.unwrap();
    assert!(
        store.form(first.hash()).await.unwrap().is_some(),
        "records made with it stay readable"
    );
}

#[tokio::test]
async fn the_form_of_the_demonstration_is_there_only_in_one_and_never_offered() {
    for demonstration in [true, false] {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let shown = small_form(1, "Every kind");
        let files = [("demonstration/kinds.json", shown.to_json().to_vec())];
        start(&store, &files, demonstration).await.unwrap();
        assert_eq!(store.form(shown.hash()).await.unwrap().is_some(), demonstration);
    }
}

#[tokio::test]
async fn a_file_that_is_no_form_stops_the_start_and_names_itself() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    for bytes in [&b"{}"[..], b"", b"nonsense"] {
        let files = [("forms/broken.json", bytes.to_vec())];
        let refused = start(&store, &files, false).await.err().unwrap();
        assert!(refused.to_string().contains("forms/broken.json"), "{refused}");
    }
    let beside = [
        ("forms/index.json", b"[]".to_vec()),
        ("forms/small_visit.json.br", b"compressed".to_vec()),
    ];
    start(&store, &beside, false).await.unwrap();
}

#[tokio::test]
async fn forms_are_found_in_a_folder_too() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("forms")).unwrap();
    let form = small_form(1, "One");
    std::fs::write(folder.path().join("forms/small_visit.json"), form.to_json()).unwrap();
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let config = Config {
        store: Arc::clone(&store),
        clock: Clock::system(),
        front: Files::Folder(folder.path().to_owned()),
        origin: None,
        demonstration: false,
    };
    Server::start(config).await.unwrap();
    assert!(store.form(form.hash()).await.unwrap().is_some());
}
