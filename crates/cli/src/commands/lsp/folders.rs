//! The folders of forms in which an editor has files open: their texts as they are on the screen, and what is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use compiler::kdl::Document;
use compiler::{Diagnostic, FileId, Place, Sources, Span};
use editor::{Desk, Lines, Sort};
use serde_json::{Value, json};

use super::protocol::At;
use crate::definitions::{folder_of, name_of, read_folder};

/// The files that are open, and which files something was last told of.
#[derive(Default)]
pub(super) struct Folders {
    open: BTreeMap<PathBuf, String>,
    /// The folders in which something has changed since they were last told of.
    changed: BTreeSet<PathBuf>,
    told: BTreeMap<PathBuf, BTreeSet<String>>,
}

impl Folders {
    /// Takes the text of a file as it is on the screen.
    pub(super) fn open(&mut self, uri: &str, text: String) {
        if let Some(path) = path_of(uri) {
            self.changed.insert(folder_of(&path));
            self.open.insert(path, text);
        }
    }

    /// Goes back to the text of a file as it was saved.
    pub(super) fn close(&mut self, uri: &str) {
        if let Some(path) = path_of(uri) {
            self.changed.insert(folder_of(&path));
            self.open.remove(&path);
        }
    }

    /// What is wrong in the folders that have changed: a message for each file in which something is or was wrong.
    pub(super) fn tell(&mut self) -> Vec<Value> {
        let mut messages = Vec::new();
        for root in std::mem::take(&mut self.changed) {
            let sources = self.sources(&root);
            let compiled = compiler::compile(&sources);
            let mut of_file: BTreeMap<String, Vec<Value>> = BTreeMap::new();
            let told = self.told.remove(&root).unwrap_or_default();
            let open = self
                .open
                .keys()
                .filter(|path| folder_of(path) == root)
                .map(|path| uri_of(&name_of(path)));
            for uri in told.into_iter().chain(open) {
                of_file.entry(uri).or_default();
            }
            let of_cases = cases::run(&sources, &compiled).diagnostics;
            for told in compiled.diagnostics.iter().chain(&of_cases) {
                let uri = uri_of(sources.path(told.place.file));
                of_file.entry(uri).or_default().push(diagnostic(told, &sources));
            }
            let faulty = of_file.iter().filter(|(_, all)| !all.is_empty());
            self.told
                .insert(root, faulty.map(|(uri, _)| uri.clone()).collect());
            messages.extend(
                of_file
                    .into_iter()
                    .map(|(uri, all)| json!({ "uri": uri, "diagnostics": all })),
            );
        }
        messages
    }

    /// What could stand at a place.
    pub(super) fn complete(&self, at: &At) -> Option<Value> {
        self.ask(at, |desk, file, offset, _| {
            let items = desk.complete(file, offset).into_iter().map(|completion| {
                json!({
                    "label": completion.text,
                    "kind": kind(completion.sort),
                    "detail": completion.doc,
                })
            });
            Some(items.collect())
        })
    }

    /// What stands at a place.
    pub(super) fn hover(&self, at: &At) -> Option<Value> {
        self.ask(at, |desk, file, offset, sources| {
            let hover = desk.hover(file, offset)?;
            let range = range(
                Place {
                    file,
                    span: hover.span,
                },
                sources,
            );
            Some(json!({ "contents": { "kind": "markdown", "value": hover.text }, "range": range }))
        })
    }

    /// Where what stands at a place is defined.
    pub(super) fn definition(&self, at: &At) -> Option<Value> {
        self.ask(at, |desk, file, offset, sources| {
            Some(location(desk.definition(file, offset)?, sources))
        })
    }

    /// What makes the layout of a file the usual one; nothing if it has a mistake in its quotes or braces.
    pub(super) fn format(&self, uri: &str) -> Option<Value> {
        let path = path_of(uri)?;
        let sources = self.sources(&folder_of(&path));
        let file = sources.find(&name_of(&path))?;
        let text = sources.text(file);
        let formatted = Document::parse(text).formatted()?;
        let all = Place {
            file,
            span: Span::from(0..text.len()),
        };
        Some(match formatted == text {
            true => json!([]),
            false => json!([{ "range": range(all, &sources), "newText": formatted }]),
        })
    }

    fn ask(
        &self,
        at: &At,
        answer: impl Fn(&Desk<'_>, FileId, u32, &Sources) -> Option<Value>,
    ) -> Option<Value> {
        let path = path_of(&at.text_document.uri)?;
        let sources = self.sources(&folder_of(&path));
        let file = sources.find(&name_of(&path))?;
        let offset = Lines::of(sources.text(file)).offset(at.position.line, at.position.character);
        answer(&Desk::new(&sources), file, offset, &sources)
    }

    /// The files of a folder, those that are open as they are on the screen. A folder that cannot be read has no others.
    fn sources(&self, root: &Path) -> Sources {
        let mut sources = read_folder(root).unwrap_or_default();
        for (path, text) in self.open.iter().filter(|(path, _)| folder_of(path) == root) {
            sources.insert(name_of(path), text.clone());
        }
        sources
    }
}

/// The number of a sort of completion (LSP 3.17, `CompletionItemKind`).
fn kind(sort: Sort) -> u32 {
    match sort {
        Sort::Name => 6,
        Sort::Value => 12,
        Sort::Word => 14,
        Sort::Kind => 7,
        Sort::Function => 3,
        Sort::File => 17,
    }
}

fn diagnostic(told: &Diagnostic, sources: &Sources) -> Value {
    let message = match &told.help {
        Some(help) => format!("{}\nhelp: {help}", told.message),
        None => told.message.clone(),
    };
    let related: Vec<Value> = told
        .labels
        .iter()
        .map(|label| json!({ "location": location(label.place, sources), "message": label.message }))
        .collect();
    json!({
        "range": range(told.place, sources),
        "severity": if told.is_error() { 1 } else { 2 },
        "code": told.code.as_str(),
        "source": "firsthand",
        "message": message,
        "relatedInformation": related,
    })
}

fn location(place: Place, sources: &Sources) -> Value {
    json!({ "uri": uri_of(sources.path(place.file)), "range": range(place, sources) })
}

fn range(place: Place, sources: &Sources) -> Value {
    let lines = Lines::of(sources.text(place.file));
    let position = |offset: u32| {
        let (line, character) = lines.position(offset);
        json!({ "line": line, "character": character })
    };
    json!({ "start": position(place.span.start), "end": position(place.span.end) })
}

/// The path of a `file:` URI (RFC 8089); nothing for any other.
fn path_of(uri: &str) -> Option<PathBuf> {
    let encoded = uri.strip_prefix("file://")?;
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    // On Windows a drive stands behind the slash.
    let drive = path.strip_prefix('/').filter(|path| path.get(1..2) == Some(":"));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// The URI of a file, by the name that diagnostics have for it.
fn uri_of(name: &str) -> String {
    let mut uri = String::from("file://");
    if !name.starts_with('/') {
        uri.push('/');
    }
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte))
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_goes_by_its_uri() {
        for (path, uri) in [
            ("/home/ada/forms/visit.kdl", "file:///home/ada/forms/visit.kdl"),
            ("/a b/größe.kdl", "file:///a%20b/gr%C3%B6%C3%9Fe.kdl"),
        ] {
            assert_eq!(uri_of(path), uri);
            assert_eq!(path_of(uri), Some(PathBuf::from(path)));
        }
        assert_eq!(
            path_of("file:///c%3A/forms/visit.kdl"),
            Some(PathBuf::from("c:/forms/visit.kdl"))
        );
        for uri in ["untitled:1", "file:///%zz", "file:///%ff", "file:///%2"] {
            assert_eq!(path_of(uri), None, "{uri}");
        }
    }
}
