//! The few messages of the Language Server Protocol, version 3.17, that are spoken here.
//!
//! Only what is used of each: the crates that have all of them take longer to compile than this whole program.

use serde::Deserialize;
use serde_json::{Value, json};

/// `textDocument/didOpen`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Opened {
    pub(super) text_document: WithText,
}

/// A file with its text.
#[derive(Deserialize)]
pub(super) struct WithText {
    pub(super) uri: String,
    pub(super) text: String,
}

/// `textDocument/didChange`, each change being the whole text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Changed {
    pub(super) text_document: Named,
    pub(super) content_changes: Vec<Text>,
}

/// A text.
#[derive(Deserialize)]
pub(super) struct Text {
    pub(super) text: String,
}

/// A file.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) uri: String,
}

/// `textDocument/didClose`, and other messages about a whole file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Closed {
    pub(super) text_document: Named,
}

/// A place in a file that is asked about.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct At {
    pub(super) text_document: Named,
    pub(super) position: Position,
}

/// A place in a text: line and UTF-16 code unit, from 0.
#[derive(Deserialize)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) character: u32,
}

/// What is told an editor when it begins: what it can ask.
pub(super) fn abilities() -> Value {
    json!({
        "capabilities": {
            // Whole texts: forms are short.
            "textDocumentSync": { "openClose": true, "change": 1 },
            "completionProvider": { "triggerCharacters": ["\"", "{", ".", " ", "("] },
            "hoverProvider": true,
            "definitionProvider": true,
            "documentFormattingProvider": true,
        },
        "serverInfo": { "name": "firsthand", "version": env!("CARGO_PKG_VERSION") },
    })
}
