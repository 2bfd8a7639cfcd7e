//! `firsthand lsp`: answers an editor over the Language Server Protocol, version 3.17, on standard input and output.
//!
//! `protocol` has the messages, `folders` the texts that are open and what is told of them.

mod folders;
mod protocol;

use std::process::ExitCode;

use anyhow::{Context, Result};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use folders::Folders;
use protocol::{At, Changed, Closed, Opened};

/// The command has no options: what an editor wants it says in messages.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// What some editors add to say how they speak; it is the only way there is.
    #[arg(long, hide = true)]
    stdio: bool,
}

/// The command. It ends when the editor says so, or stops speaking.
pub(crate) fn lsp(_: &Options) -> Result<ExitCode> {
    let (connection, threads) = Connection::stdio();
    let (id, _) = connection
        .initialize_start()
        .context("the editor does not speak as it should")?;
    connection
        .initialize_finish(id, protocol::abilities())
        .context("the editor does not speak as it should")?;
    serve(&connection)?;
    // The threads end when nobody can send any more.
    drop(connection);
    threads.join().context("the connection broke")?;
    Ok(ExitCode::SUCCESS)
}

/// Answers until the editor is done.
fn serve(connection: &Connection) -> Result<()> {
    let mut folders = Folders::default();
    for message in &connection.receiver {
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request)? {
                    return Ok(());
                }
                connection.sender.send(answer(request, &folders).into())?;
            }
            Message::Notification(notification) => take(notification, &mut folders),
            Message::Response(_) => {}
        }
        // Whoever types is told of the last letter, not of each.
        if connection.receiver.is_empty() {
            for told in folders.tell() {
                let method = "textDocument/publishDiagnostics".to_owned();
                connection.sender.send(Notification::new(method, told).into())?;
            }
        }
    }
    Ok(())
}

/// Takes note of what an editor says. What it says of anything else is left alone.
fn take(Notification { method, params }: Notification, folders: &mut Folders) {
    match method.as_str() {
        "textDocument/didOpen" => {
            if let Some(opened) = read::<Opened>(params) {
                folders.open(&opened.text_document.uri, opened.text_document.text);
            }
        }
        "textDocument/didChange" => {
            if let Some(changed) = read::<Changed>(params)
                && let Some(last) = changed.content_changes.into_iter().next_back()
            {
                folders.open(&changed.text_document.uri, last.text);
            }
        }
        "textDocument/didClose" => {
            if let Some(closed) = read::<Closed>(params) {
                folders.close(&closed.text_document.uri);
            }
        }
        _ => {}
    }
}

/// Answers a question.
fn answer(Request { id, method, params }: Request, folders: &Folders) -> Response {
    let result = match method.as_str() {
        "textDocument/completion" => read::<At>(params).map(|at| folders.complete(&at)),
        "textDocument/hover" => read::<At>(params).map(|at| folders.hover(&at)),
        "textDocument/definition" => read::<At>(params).map(|at| folders.definition(&at)),
        "textDocument/formatting" => {
            read::<Closed>(params).map(|file| folders.format(&file.text_document.uri))
        }
        _ => {
            let message = format!("{method} is not answered here");
            return Response::new_err(id, ErrorCode::MethodNotFound as i32, message);
        }
    };
    match result {
        Some(result) => Response::new_ok(id, result.unwrap_or(Value::Null)),
        None => Response::new_err(
            id,
            ErrorCode::InvalidParams as i32,
            json!("this cannot be read").to_string(),
        ),
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}
