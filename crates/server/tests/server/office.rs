//! An office to test in: a server with people, a family and a form, and browsers that send requests to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::{self, HeaderMap};
use axum::http::{Method, Request, StatusCode};
use engine::Subject;
use form::{Address, Answer, Form, FormHash, Hash, RowKey};
use http_body_util::BodyExt;
use record::{Action, Command, EventId, PersonId, RecordId, Role, Seq, State, TeamId, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use server::{Clock, Config, Embedded, Files, Passwords, Route, Server};
use store::{Account, Family, FamilyId, Login, MemoryStore, SqliteStore, Store, Team};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tower::ServiceExt;
use uuid::Uuid;
use wire::{Events, PostCommands, Posted, Problem, SignIn, StartRecord, paths};

use crate::form::small_form;

pub(crate) const PASSWORD: &str = "correct horse battery";

/// Who works here. All but the last two are of one team.
pub(crate) const PEOPLE: [(&str, &[Role]); 7] = [
    ("asha", &[Role::Practitioner]),
    ("ben", &[Role::Practitioner]),
    ("tess", &[Role::TeamManager]),
    ("robin", &[Role::Practitioner, Role::TeamManager]),
    ("dee", &[Role::FormDesigner]),
    ("olu", &[Role::Practitioner, Role::TeamManager]),
    ("sid", &[Role::ServiceManager]),
];

/// The front end's files, in order of path.
pub(crate) const FRONT: [Embedded; 6] = [
    ("assets/app-0123456789ab.js", b"plain script"),
    ("assets/app-0123456789ab.js.br", b"brotli script"),
    ("assets/app-0123456789ab.js.gz", b"gzip script"),
    ("index.html", b"<!doctype html><title>Firsthand</title>"),
    ("manifest.json", b"{}"),
    ("service_worker.js", b"self"),
];

/// A UUID of version 7 that tells this number.
pub(crate) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + number)
}

/// A UUID of version 7 that no other call gives.
pub(crate) fn fresh() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    uuid(1 << 40 | u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// A server and what it stands on.
pub(crate) struct Office {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) form: Form,
    pub(crate) routes: Vec<Route>,
    pub(crate) router: Router,
    now: Arc<AtomicI64>,
    /// Where the store lies, if it does.
    pub(crate) folder: Option<TempDir>,
}

impl Office {
    pub(crate) async fn in_memory() -> Self {
        Self::on(Arc::new(MemoryStore::new()), None).await
    }

    pub(crate) async fn in_sqlite() -> Self {
        Self::in_sqlite_that_waits(SqliteStore::PATIENCE).await
    }

    /// As [`Office::in_sqlite`], waiting so long for a lock.
    pub(crate) async fn in_sqlite_that_waits(patience: Duration) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("firsthand.db");
        let store = SqliteStore::open_with(&path, patience).await.unwrap();
        Self::on(Arc::new(store), Some(folder)).await
    }

    async fn on(store: Arc<dyn Store>, folder: Option<TempDir>) -> Self {
        static HASH: OnceCell<String> = OnceCell::const_new();
        let hash = HASH.get_or_init(async || {
            let passwords = Passwords::new().unwrap();
            passwords.hash(PASSWORD.to_owned()).await.unwrap()
        });
        let hash = hash.await;
        let teams = [("North", 1), ("South", 2)].map(|(name, number)| Team {
            id: TeamId(uuid(number)),
            name: name.to_owned(),
        });
        for team in &teams {
            store.add_team(team).await.unwrap();
        }
        for (number, (login, roles)) in (0..).zip(PEOPLE) {
            let account = Account {
                id: PersonId(uuid(100 + number)),
                login: Login::new(login).unwrap(),
                name: format!("{login} of the office"),
                roles: roles.iter().copied().collect(),
                team: teams[usize::from(number > 4)].id,
                password: hash.clone(),
                demonstration: false,
            };
            store.add_account(&account).await.unwrap();
        }
        let family = Family {
            id: FamilyId(uuid(200)),
            name: "Moss".to_owned(),
            children: ["c-1", "c-2"].map(child).into(),
        };
        store.add_family(&family).await.unwrap();
        let form = small_form(1, "Small visit");
        let now = Arc::new(AtomicI64::new(1_790_000_000_000));
        let server = Server::start(config(&store, &now, &form)).await.unwrap();
        Self {
            routes: server.routes().to_vec(),
            router: server.router(),
            form,
            store,
            now,
            folder,
        }
    }

    /// Another server on the same store.
    pub(crate) async fn another_server(&self) -> Router {
        let server = Server::start(config(&self.store, &self.now, &self.form)).await;
        server.unwrap().router()
    }

    pub(crate) fn now(&self) -> Timestamp {
        read(&self.now)
    }

    /// Lets time pass.
    pub(crate) fn after_minutes(&self, minutes: i64) {
        self.now.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }

    /// A browser in which nobody is signed in.
    pub(crate) fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookie: None,
        }
    }

    /// A browser in which this person has signed in.
    pub(crate) async fn as_person(&self, login: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(login, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        browser
    }

    pub(crate) fn start_record(&self) -> StartRecord {
        StartRecord {
            id: EventId(fresh()),
            record: RecordId(fresh()),
            noted_at: self.now(),
            form: self.form.hash(),
            subjects: vec![key("c-1"), key("c-2")],
        }
    }

    /// A record that this person has started.
    pub(crate) async fn record_of(&self, browser: &mut Browser) -> RecordId {
        let request = self.start_record();
        let answer = browser.post(paths::RECORDS, &request).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        request.record
    }

    pub(crate) fn command(&self, action: Action) -> Command {
        Command {
            id: EventId(fresh()),
            noted_at: self.now(),
            form: None,
            action,
        }
    }

    /// The record as its events leave it.
    pub(crate) async fn state(&self, record: RecordId) -> State {
        let events = self.store.events(record, Seq::NONE).await.unwrap();
        record::verify(&events).unwrap();
        State::fold(&events).unwrap()
    }
}

fn config(store: &Arc<dyn Store>, now: &Arc<AtomicI64>, form: &Form) -> Config {
    let now = Arc::clone(now);
    let mut files = FRONT.to_vec();
    let bytes: &'static [u8] = form.to_json().to_vec().leak();
    files.push(("forms/small_visit.json", bytes));
    files.sort();
    Config {
        store: Arc::clone(store),
        clock: Clock::that_reads(move || read(&now)),
        front: Files::Embedded(files.leak()),
        origin: None,
        demonstration: false,
    }
}

fn read(now: &AtomicI64) -> Timestamp {
    Timestamp::from_millis(now.load(Ordering::SeqCst)).unwrap()
}

pub(crate) fn key(text: &str) -> RowKey {
    RowKey::new(text).unwrap()
}

pub(crate) fn child(id: &str) -> Subject {
    Subject {
        id: key(id),
        first_name: format!("Child {id}"),
        family_name: "Moss".to_owned(),
        born: Some("2019-05-04".parse().unwrap()),
        expected: None,
    }
}

pub(crate) fn at(address: &str) -> Address {
    address.parse().unwrap()
}

/// Answers a question over nothing.
pub(crate) fn write(address: &str, text: &str) -> Action {
    Action::Answer {
        address: at(address),
        answer: Some(Answer::Text(text.to_owned())),
        over: Vec::new(),
    }
}

/// What was answered, whole.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answered {
    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The problem it is, which it must be, in every respect.
    pub(crate) fn problem(&self) -> Problem {
        assert_eq!(
            self.header(header::CONTENT_TYPE),
            "application/problem+json",
            "{self:?}"
        );
        let problem: Problem = self.json();
        assert_eq!(problem.status, self.status.as_u16());
        assert_eq!(problem.kind, format!("/problems/{}", problem.code));
        problem
    }

    /// The status and the code of the problem.
    pub(crate) fn code(&self) -> (u16, String) {
        (self.status.as_u16(), self.problem().code)
    }
}

/// What sends requests, and keeps the cookie that it is given.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookie: Option<String>,
}

impl Browser {
    /// The same browser before another server.
    pub(crate) fn before(&self, router: Router) -> Self {
        Self {
            router,
            cookie: self.cookie.clone(),
        }
    }

    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answered {
        if let Some(cookie) = &self.cookie {
            let cookie = cookie.parse().unwrap();
            request.headers_mut().insert(header::COOKIE, cookie);
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        if let Some(set) = parts.headers.get(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            let gone = set.contains("Max-Age=0");
            self.cookie = (!gone).then(|| set.split(';').next().unwrap().to_owned());
        }
        Answered {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answered {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn delete(&mut self, path: &str) -> Answered {
        self.send(Request::delete(path).body(Body::empty()).unwrap())
            .await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &impl Serialize) -> Answered {
        self.post_text(path, &serde_json::to_string(body).unwrap()).await
    }

    pub(crate) async fn post_text(&mut self, path: &str, body: &str) -> Answered {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(body.to_owned().into()).unwrap()).await
    }

    /// Sends a file of a record under a hash, as of this type.
    pub(crate) async fn put_as(
        &mut self,
        record: RecordId,
        hash: Hash,
        kind: &str,
        bytes: impl Into<Body>,
    ) -> Answered {
        let request = Request::put(paths::file(record, hash)).header(header::CONTENT_TYPE, kind);
        self.send(request.body(bytes.into()).unwrap()).await
    }

    /// Sends a text to a record, as what it is.
    pub(crate) async fn put_text(&mut self, record: RecordId, text: &str) -> Answered {
        let hash = Hash::of(text.as_bytes());
        self.put_as(record, hash, "text/plain", text.to_owned()).await
    }

    pub(crate) async fn ask(&mut self, method: Method, path: &str) -> Answered {
        let request = Request::builder().method(method).uri(path);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn sign_in(&mut self, login: &str, password: &str) -> Answered {
        let request = SignIn {
            login: login.to_owned(),
            password: password.to_owned(),
        };
        self.post(paths::SESSION, &request).await
    }

    /// Asks for something to be done to a record that nothing is known of.
    pub(crate) async fn command(&mut self, record: RecordId, commands: &[Command]) -> Answered {
        let request = PostCommands {
            after: Seq::NONE,
            commands: commands.to_vec(),
        };
        self.post(&paths::commands(record), &request).await
    }

    /// As [`Browser::command`], where all of it is done.
    pub(crate) async fn done(&mut self, record: RecordId, commands: &[Command]) -> Posted {
        let answer = self.command(record, commands).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        let posted: Posted = answer.json();
        for outcome in &posted.outcomes {
            assert!(
                matches!(outcome, wire::Outcome::Taken { .. }),
                "{outcome:?} of {commands:?}"
            );
        }
        posted
    }

    pub(crate) async fn events(&mut self, record: RecordId) -> Events {
        let answer = self.get(&paths::events(record, Seq::NONE)).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.json()
    }

    pub(crate) async fn form(&mut self, hash: FormHash) -> Answered {
        self.get(&paths::form(hash)).await
    }
}

/// Makes a test of each of these for each store.
macro_rules! on_each_store {
    ($($test:ident)*) => {
        mod in_memory {
            $(#[tokio::test]
            async fn $test() {
                super::$test(crate::office::Office::in_memory().await).await;
            })*
        }
        mod in_sqlite {
            $(#[tokio::test]
            async fn $test() {
                super::$test(crate::office::Office::in_sqlite().await).await;
            })*
        }
    };
}
pub(crate) use on_each_store;
