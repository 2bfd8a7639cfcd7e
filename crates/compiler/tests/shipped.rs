//! The forms that come with the product, and the one that the browser tests add to them.

use std::fs;
use std::path::Path;

use compiler::{Compiled, Sources, compile};

/// Adds every file of a folder, and of the folders in it, under this path.
fn add(sources: &mut Sources, folder: &Path, path: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = format!("{path}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            add(sources, &entry.path(), &path);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            sources.insert(path, text);
        }
    }
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn shipped() -> Sources {
    let mut sources = Sources::default();
    add(&mut sources, &root().join("forms"), "forms");
    sources
}

fn told(compiled: &Compiled, sources: &Sources) -> String {
    let told = compiled
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.render(sources).to_string());
    told.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn nothing_is_wrong_or_doubtful_with_the_forms() {
    let sources = shipped();
    let compiled = compile(&sources);
    assert!(compiled.diagnostics.is_empty(), "{}", told(&compiled, &sources));
    assert!(
        compiled
            .forms
            .iter()
            .any(|compiled| compiled.form.name.as_str() == "home_visit")
    );
}

#[test]
fn a_form_is_added_by_adding_its_file() {
    let mut sources = shipped();
    let before = compile(&sources).forms.len();
    let text = fs::read_to_string(root().join("tests/flows/school_meeting.kdl")).unwrap();
    sources.insert("forms/school_meeting.kdl", text);
    let compiled = compile(&sources);
    assert!(compiled.diagnostics.is_empty(), "{}", told(&compiled, &sources));
    assert_eq!(compiled.forms.len(), before + 1);
}

#[test]
fn a_form_that_is_right_does_not_suffer_from_one_that_is_wrong() {
    let mut sources = shipped();
    let before = compile(&sources).forms.len();
    sources.insert(
        "forms/broken.kdl",
        "form broken version=1 { title \"Broken\"; section a \"A\" { dat b \"B\" } }",
    );
    sources.insert("forms/torn.kdl", "form torn version=1 { title \"Torn");
    let compiled = compile(&sources);
    assert_eq!(compiled.forms.len(), before);
    let files: Vec<&str> = compiled
        .diagnostics
        .iter()
        .map(|told| sources.path(told.place.file))
        .collect();
    assert_eq!(files, ["forms/broken.kdl", "forms/torn.kdl"]);
}
