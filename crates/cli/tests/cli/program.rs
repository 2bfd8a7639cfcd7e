//! Running the program, and speaking HTTP to it with nothing but a socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use ::form::{Answer, Hash};
use record::{Action, Command as Ask, EventId, RecordId, Seq};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use uuid::Uuid;
use wire::{PostCommands, SignIn, StartRecord, paths};

use crate::form::small_form;

/// A folder to run in, with a built front end of one page and one form.
pub(crate) struct Place {
    folder: TempDir,
}

/// A running server.
pub(crate) struct Running {
    child: Child,
    pub(crate) address: String,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// What speaks to a server, and keeps the cookie that it is given.
#[derive(Clone)]
pub(crate) struct Browser {
    address: String,
    pub(crate) cookie: Option<String>,
}

/// A UUID of version 7 that no other call gives.
pub(crate) fn fresh() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = u128::from(NEXT.fetch_add(1, Ordering::Relaxed));
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + number)
}

/// The program with these arguments.
pub(crate) fn firsthand(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firsthand"));
    command.args(arguments);
    command
}

/// Runs the program to its end with this input.
pub(crate) fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = firsthand(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may end without reading what it is given.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What a program said: its exit code, its output and its errors.
pub(crate) fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");
        std::fs::create_dir_all(dist.join("forms")).unwrap();
        std::fs::write(dist.join("index.html"), "<!doctype html><title>Firsthand</title>").unwrap();
        let form = small_form(1, "Small visit");
        std::fs::write(dist.join("forms/small_visit.json"), form.to_json()).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn data(&self) -> String {
        self.path().join("data").display().to_string()
    }

    pub(crate) fn dist(&self) -> String {
        self.path().join("dist").display().to_string()
    }

    /// Where the content of a file lies.
    pub(crate) fn content(&self, text: &str) -> PathBuf {
        let hash = Hash::of(text.as_bytes()).to_string();
        self.path().join("data/files").join(&hash[..2]).join(hash)
    }

    /// The same data in another place, as from a backup.
    pub(crate) fn restored(&self, contents: &[&str]) -> Self {
        let place = Self::new();
        std::fs::create_dir(place.path().join("data")).unwrap();
        std::fs::copy(self.database(), place.database()).unwrap();
        for text in contents {
            std::fs::create_dir_all(place.content(text).parent().unwrap()).unwrap();
            std::fs::copy(self.content(text), place.content(text)).unwrap();
        }
        place
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path().join("data/firsthand.db")
    }

    /// Starts a server here, and waits until it listens.
    pub(crate) fn serve(&self, more: &[&str]) -> Running {
        let (data, dist) = (self.data(), self.dist());
        let arguments = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            &data,
            "--dist",
            &dist,
        ];
        let mut child = firsthand(&[&arguments, more].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let output = child.stdout.as_mut().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        let address = line
            .trim_end()
            .strip_prefix("listening on http://")
            .unwrap_or_else(|| panic!("it said {line:?}"));
        let address = address.to_owned();
        Running { child, address }
    }
}

impl Running {
    pub(crate) fn browser(&self) -> Browser {
        Browser {
            address: self.address.clone(),
            cookie: None,
        }
    }

    /// Asks the server to end, and waits until it has.
    pub(crate) fn stop(mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(&id).status().unwrap().success());
        self.child.wait().unwrap()
    }

    /// Ends the server as a power cut would end it.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answered {
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Browser {
    /// The same browser before another server.
    pub(crate) fn before(&self, running: &Running) -> Self {
        Self {
            address: running.address.clone(),
            cookie: self.cookie.clone(),
        }
    }

    /// Sends a request; nothing if the server is gone before it has answered.
    pub(crate) fn try_send(&mut self, method: &str, path: &str, body: &str) -> Option<Answered> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        let cookie = self
            .cookie
            .as_ref()
            .map_or(String::new(), |cookie| format!("Cookie: {cookie}\r\n"));
        let kind = match method {
            "PUT" => "text/plain",
            _ => "application/json",
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{cookie}\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        if let Some((_, set)) = head.split_once("set-cookie: ") {
            self.cookie = set.split(';').next().map(str::to_owned);
        }
        Some(Answered {
            status,
            body: body.to_owned(),
        })
    }

    pub(crate) fn get(&mut self, path: &str) -> Answered {
        self.try_send("GET", path, "").unwrap()
    }

    pub(crate) fn post(&mut self, path: &str, body: &impl Serialize) -> Option<Answered> {
        self.try_send("POST", path, &serde_json::to_string(body).unwrap())
    }

    /// Gives a record a file with this text in it.
    pub(crate) fn attach(&mut self, record: RecordId, text: &str) {
        let path = paths::file(record, Hash::of(text.as_bytes()));
        assert_eq!(self.try_send("PUT", &path, text).unwrap().status, 204);
    }

    pub(crate) fn sign_in(&mut self, login: &str, password: &str) -> u16 {
        let request = SignIn {
            login: login.to_owned(),
            password: password.to_owned(),
        };
        self.post(paths::SESSION, &request).unwrap().status
    }

    /// Starts a record about the demonstration's first family.
    pub(crate) fn start_record(&mut self) -> RecordId {
        let families: wire::Families = self.get(paths::FAMILIES).json();
        let request = StartRecord {
            id: EventId(fresh()),
            record: RecordId(fresh()),
            noted_at: "2026-11-19T14:02:11.250Z".parse().unwrap(),
            form: small_form(1, "Small visit").hash(),
            subjects: families.families[0]
                .children
                .iter()
                .map(|child| child.id.clone())
                .collect(),
        };
        let answer = self.post(paths::RECORDS, &request).unwrap();
        assert_eq!(answer.status, 200, "{answer:?}");
        request.record
    }
}

/// A request to do one thing to a record.
pub(crate) fn ask(action: Action) -> PostCommands {
    let command = Ask {
        id: EventId(fresh()),
        noted_at: "2026-11-19T14:02:11.250Z".parse().unwrap(),
        form: None,
        action,
    };
    PostCommands {
        after: Seq::NONE,
        commands: vec![command],
    }
}

/// A request to write these notes in a record, each over nothing.
pub(crate) fn notes(notes: &[String]) -> PostCommands {
    let command = |text: &String| Ask {
        id: EventId(fresh()),
        noted_at: "2026-11-19T14:02:11.250Z".parse().unwrap(),
        form: None,
        action: Action::Answer {
            address: "visit.note".parse().unwrap(),
            answer: Some(Answer::Text(text.clone())),
            over: Vec::new(),
        },
    };
    PostCommands {
        after: Seq::NONE,
        commands: notes.iter().map(command).collect(),
    }
}
