//! An editor that speaks the Language Server Protocol with the program: real messages over real pipes.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::forms::folder;
use crate::program::firsthand;

const FORM: &str = "form visit version=1 {
  title \"Visit\"
  section visit \"The visit\" {
    choice outcome \"Größe 𝄞\" { option seen \"Seen\"; option gone \"Gone\"; }
    text why \"Why?\" { show-when \"outcome = gone\"; }
  }
}
";

struct Editor {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    notified: VecDeque<Value>,
    next: u32,
}

impl Editor {
    fn start() -> Self {
        let mut child = firsthand(&["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (
            child.stdin.take().unwrap(),
            BufReader::new(child.stdout.take().unwrap()),
        );
        let mut editor = Self {
            child,
            input,
            output,
            notified: VecDeque::new(),
            next: 0,
        };
        let begun = editor.ask(
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": {} }),
        );
        assert_eq!(begun["capabilities"]["hoverProvider"], json!(true));
        editor.notify("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the program ended");
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", bytes)) => length = bytes.parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// Asks, and gives the whole answer. What comes in between is kept.
    fn answer(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == json!(id) {
                return message;
            }
            self.notified.push_back(message);
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let mut answer = self.answer(method, params);
        assert_eq!(answer["error"], Value::Null, "{answer}");
        answer["result"].take()
    }

    /// What is told of a file next.
    fn told(&mut self, uri: &str) -> Vec<Value> {
        loop {
            let message = match self.notified.pop_front() {
                Some(message) => message,
                None => self.receive(),
            };
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri {
                return message["params"]["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    fn open(&mut self, uri: &str, text: &str) {
        let file = json!({ "uri": uri, "languageId": "kdl", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": file }));
    }

    fn change(&mut self, uri: &str, text: &str) {
        let params =
            json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": text }] });
        self.notify("textDocument/didChange", params);
    }

    fn end(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        assert!(self.child.wait().unwrap().success());
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

#[test]
fn mistakes_are_told_while_a_form_is_written() {
    let folder = folder(&[("forms/visit.kdl", FORM)]);
    let uri = uri(&folder.path().join("forms/visit.kdl"));
    let mut editor = Editor::start();
    editor.open(&uri, &FORM.replace("= gone", "= gon"));
    let told = editor.told(&uri);
    let [only] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(
        (&only["code"], &only["severity"]),
        (&json!("unknown-code"), &json!(1))
    );
    assert!(
        only["message"]
            .as_str()
            .unwrap()
            .contains("help: did you mean `gone`?"),
        "{only}"
    );
    assert_eq!(only["range"]["start"], json!({ "line": 4, "character": 43 }));
    assert_eq!(only["range"]["end"], json!({ "line": 4, "character": 46 }));
    editor.change(&uri, FORM);
    assert_eq!(editor.told(&uri), [Value::Null; 0]);
    // A mistake in another file of the folder is told there, and again when that file is closed unsaved.
    let other = uri.replace("visit.kdl", "codes/unused.kdl");
    editor.open(&other, "options unused {");
    assert_eq!(editor.told(&other).len(), 1);
    editor.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": other } }),
    );
    assert_eq!(editor.told(&other), [Value::Null; 0]);
    editor.end();
}

#[test]
fn what_an_editor_asks_is_answered() {
    let folder = folder(&[("forms/visit.kdl", FORM)]);
    let uri = uri(&folder.path().join("forms/visit.kdl"));
    let mut editor = Editor::start();
    let completions = editor.ask("textDocument/completion", at(&uri, 4, 43));
    let labels: Vec<&str> = completions
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|item| item["label"].as_str())
        .collect();
    assert_eq!(labels, ["gone", "seen"]);
    let hover = editor.ask("textDocument/hover", at(&uri, 4, 34));
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .starts_with("choice: Größe 𝄞\n- `seen`: Seen"),
        "{hover}"
    );
    // Characters are counted in UTF-16, in which the clef is two.
    let found = editor.ask("textDocument/definition", at(&uri, 4, 45));
    assert_eq!(found["uri"], json!(uri));
    assert_eq!(found["range"]["start"], json!({ "line": 3, "character": 59 }));
    editor.open(&uri, &FORM.replace("  title", "\t\ttitle"));
    let edits = editor.ask(
        "textDocument/formatting",
        json!({ "textDocument": { "uri": uri }, "options": {} }),
    );
    assert_eq!(edits[0]["newText"], json!(FORM));
    assert_eq!(
        editor.ask("textDocument/hover", at("untitled:Untitled-1", 0, 0)),
        Value::Null
    );
    assert_eq!(
        editor.ask("textDocument/definition", at(&uri, 900, 900)),
        Value::Null
    );
    let unknown = editor.answer("textDocument/rename", json!({}));
    assert_eq!(unknown["error"]["code"], json!(-32601));
    let unreadable = editor.answer("textDocument/hover", json!({ "position": 7 }));
    assert_eq!(unreadable["error"]["code"], json!(-32602));
    editor.end();
}
