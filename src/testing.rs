//! What the tests share: a small form, people, devices with memories that can be made to fail, and a server that
//! decides as the real one does and can be out of reach.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Waker};

use compiler::Sources;
use engine::{At, Edit, Subject};
use form::kinds::NamedFile;
use form::{Address, Answer, Form, Hash, Named, RowKey};
use proptest::test_runner::Config;
use record::{
    Actor, Decided, Event, EventId, FilesAtHand, PersonId, RecordId, Refusal, Role, Seq, Start, State,
    TeamId, decide,
};
use uuid::Uuid;
use wire::{Events, Posted, Problem, ProblemCode, StartRecord};

use crate::api::Trouble;
use crate::clock::{self, Clock};
use crate::keep::entries::{Errand, Item, Returned};
use crate::keep::{Keep, Memory, NotKept, Place};
use crate::ledger::Learned;
use crate::library::Library;
use crate::outbox::{Batch, Cargo, Verdict};
use crate::sheet::Sheet;

/// A question of each nature that matters here: free, read-only at times, in rows, for each child.
const SOURCE: &str = r#"
form notes version=1 {
  title "Notes"
  about children
  sign-off { stage team_manager; }
  section visit "The visit" {
    long_text note "What happened?" { required; }
    yes_no closed "Is it closed?"
    text reason "Why?" { read-only-when "closed = yes"; }
    number hours "For how long?" {
      check "hours <= 8" "That is long" severity=warn
    }
    attachment papers "Papers"
    repeat people "Whom did you meet?" {
      text name "Name"
      repeat calls "When did you call?" { text when "When"; }
    }
  }
  section children "{child.first_name}" for-each=child {
    text words "What did they say?"
  }
}
"#;

/// The form, compiled once: most of the laws' time would go into it otherwise.
static FORM: LazyLock<Arc<Form>> = LazyLock::new(|| compile(SOURCE));

/// The form.
pub(crate) fn form() -> Arc<Form> {
    Arc::clone(&FORM)
}

/// The form's next version: the note has another name, those who were met are people no more but others, and the hours
/// are not asked for.
static LATER: LazyLock<Arc<Form>> = LazyLock::new(|| {
    let migrate = r#"
  migrate from=1 {
    rename "visit.note" "visit.account"
    rename "visit.people" "visit.others"
    drop "visit.hours"
  }
  section visit"#;
    let hours = SOURCE.find("    number hours").unwrap();
    let people = SOURCE.find("    repeat people").unwrap();
    let source = format!("{}{}", &SOURCE[..hours], &SOURCE[people..]);
    let source = source
        .replace("version=1", "version=2")
        .replacen("\n  section visit", migrate, 1)
        .replace("long_text note", "long_text account")
        .replace("repeat people", "repeat others");
    compile(&source)
});

/// The form's next version.
pub(crate) fn later_form() -> Arc<Form> {
    Arc::clone(&LATER)
}

/// A form, from its text.
pub(crate) fn compile(source: &str) -> Arc<Form> {
    let mut sources = Sources::default();
    sources.insert("notes.kdl", source);
    let compiled = compiler::compile(&sources);
    assert!(!compiled.has_errors(), "{:#?}", compiled.diagnostics);
    Arc::new(compiled.forms.into_iter().next().unwrap().form)
}

/// The children a record here is about.
pub(crate) fn children() -> Vec<Subject> {
    ["amy", "ben"].map(child).into()
}

fn child(name: &str) -> Subject {
    Subject {
        id: RowKey::new(name).unwrap(),
        first_name: name.into(),
        family_name: "Example".into(),
        born: None,
        expected: None,
    }
}

/// A person of the one team there is.
pub(crate) fn person(number: u128, role: Role) -> Actor {
    Actor {
        id: PersonId(Uuid::from_u128(number)),
        name: format!("Person {number}").into(),
        roles: vec![role],
        team: TeamId(Uuid::from_u128(1)),
    }
}

pub(crate) fn address(text: &str) -> Address {
    text.parse().unwrap()
}

pub(crate) fn text(text: &str) -> Option<Answer> {
    Some(Answer::Text(text.into())).filter(|answer| !answer.is_blank())
}

/// So many cases of a law. One that fails becomes a test of its own, so no seeds are written beside the source.
pub(crate) fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

/// The outcome of a future that has nothing to wait for.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("this waits for something"),
    }
}

/// A server with one record, or none yet.
pub(crate) struct Server {
    pub(crate) form: Arc<Form>,
    pub(crate) events: Vec<Event>,
    /// The files that arrived, by the errand that brought each.
    pub(crate) files: BTreeMap<EventId, Hash>,
    /// Has it ever lost what it had told of?
    restored: bool,
    clock: Clock,
}

impl Server {
    pub(crate) fn new() -> Self {
        Self {
            form: form(),
            events: Vec::new(),
            files: BTreeMap::new(),
            restored: false,
            clock: clock::tests::still(),
        }
    }

    /// A server on which a person has started the record.
    pub(crate) fn with_record(actor: &Actor) -> Self {
        let mut server = Self::new();
        let request = server.order();
        server.start(actor, &request).unwrap();
        server
    }

    /// An order to start the record.
    pub(crate) fn order(&self) -> StartRecord {
        StartRecord {
            id: self.clock.event_id(),
            record: RecordId(Uuid::from_u128(7)),
            noted_at: self.clock.now(),
            form: self.form.hash(),
            subjects: children().into_iter().map(|child| child.id).collect(),
        }
    }

    /// The form, and its later version.
    pub(crate) fn library(&self) -> Rc<Library> {
        let library = Library::default();
        library.put(&self.form);
        library.put(&later_form());
        Rc::new(library)
    }

    pub(crate) fn state(&self) -> State {
        State::fold(&self.events).unwrap()
    }

    fn start(&mut self, actor: &Actor, request: &StartRecord) -> Result<Posted, Trouble> {
        if self.events.is_empty() {
            let begun = Start {
                id: request.id,
                record: request.record,
                noted_at: request.noted_at,
                subjects: children(),
                rule_pack: None,
            };
            self.events
                .push(record::start(&self.form, begun, actor, self.clock.now()).unwrap());
        }
        self.answer(&[(request.id, Ok(Seq(1)))], Seq::NONE)
    }

    /// Answers a request as the real server does.
    pub(crate) fn post(&mut self, actor: &Actor, batch: &Batch, after: Seq) -> Result<Posted, Trouble> {
        let commands = match batch {
            Batch::Start(request) => return self.start(actor, request),
            Batch::Commands(commands) => commands,
            Batch::File(_) => panic!("files are not posted"),
        };
        let files: BTreeSet<Hash> = self.files.values().copied().collect();
        let mut results: Vec<(EventId, Result<Seq, Refusal>)> = Vec::new();
        for command in commands {
            let decided = decide(
                &self.state(),
                &*self.library(),
                FilesAtHand::These(&files),
                command,
                actor,
                self.clock.now(),
            );
            let result = decided.map(|decided| match decided {
                Decided::Happened(seq) => seq,
                Decided::Happens(event) => {
                    let seq = event.seq;
                    self.events.push(*event);
                    seq
                }
            });
            results.push((command.id, result));
        }
        self.answer(&results, after)
    }

    fn answer(&self, results: &[(EventId, Result<Seq, Refusal>)], after: Seq) -> Result<Posted, Trouble> {
        Posted::answer(results, self.after(after)).map_err(Trouble::Problem)
    }

    /// It is restored from a backup that lacks the last so many events, though never the record's start.
    pub(crate) fn restore(&mut self, lost: usize) {
        self.events
            .truncate(self.events.len().saturating_sub(lost).max(1));
        self.restored = true;
    }

    /// What has happened after a place.
    pub(crate) fn after(&self, after: Seq) -> Events {
        Events {
            events: self
                .events
                .iter()
                .filter(|event| event.seq > after)
                .cloned()
                .collect(),
            head: self.events.last().unwrap().head(),
        }
    }
}

/// How a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Network {
    /// There and back.
    Fine,
    /// It never arrives.
    Lost,
    /// It arrives, and its answer does not.
    Deaf,
    /// The server breaks on it.
    Broken,
    /// The server cannot take it.
    Busy,
    /// Nobody is signed in.
    SignedOut,
    /// The server will not take it as it is.
    Rejected,
}

/// A person's device with the record open on it.
pub(crate) struct Device {
    pub(crate) actor: Actor,
    pub(crate) memory: Memory,
    pub(crate) keep: Rc<Keep>,
    pub(crate) sheet: Sheet,
    library: Rc<Library>,
}

impl Device {
    /// Opens the record that a server has.
    pub(crate) fn open(actor: Actor, server: &Server) -> Self {
        let memory = Memory::default();
        let keep = Rc::new(Keep::new(Place::Memory(memory.clone()), actor.id));
        for event in &server.events {
            keep.keep_event(event);
        }
        now(keep.write()).unwrap();
        Self::on(actor, memory, keep, server.library(), server.events[0].record)
    }

    /// Starts the record where no server knows of it.
    pub(crate) fn start(actor: Actor, server: &Server) -> Self {
        let memory = Memory::default();
        let keep = Rc::new(Keep::new(Place::Memory(memory.clone()), actor.id));
        let request = server.order();
        let record = request.record;
        let item = Item {
            errand: Errand::Start {
                request,
                subjects: children(),
            },
            form: server.form.hash(),
            version: 1,
            order: 0,
        };
        keep.keep_item(record, &item);
        now(keep.write()).unwrap();
        Self::on(actor, memory, keep, server.library(), record)
    }

    fn on(actor: Actor, memory: Memory, keep: Rc<Keep>, library: Rc<Library>, record: RecordId) -> Self {
        let device = now(keep.record(record)).unwrap();
        let clock = Rc::new(clock::tests::still());
        let sheet = Sheet::open(
            Rc::clone(&keep),
            clock,
            actor.clone(),
            Rc::clone(&library),
            device,
        )
        .unwrap();
        Self {
            actor,
            memory,
            keep,
            sheet,
            library,
        }
    }

    /// The page dies and is opened again: what is not written is gone.
    pub(crate) fn crash(self) -> Self {
        let record = self.record();
        let keep = Rc::new(Keep::new(Place::Memory(self.memory.clone()), self.actor.id));
        Self::on(self.actor, self.memory, keep, self.library, record)
    }

    pub(crate) fn record(&self) -> RecordId {
        self.sheet.ledger().state().record()
    }

    pub(crate) fn at(&self, place: &str) -> Option<At> {
        self.sheet.session().find(&address(place))
    }

    /// Types an answer.
    pub(crate) fn type_in(&mut self, place: &str, answer: &str) {
        let at = self.at(place).unwrap();
        let answer = text(answer);
        self.sheet.edit(Edit::Answer { at, answer }).unwrap();
    }

    /// What the page shows at a question.
    pub(crate) fn shown(&self, place: &str) -> Option<Answer> {
        self.sheet.session().view(self.at(place)?)?.answer
    }

    /// Writes what is to be kept.
    pub(crate) fn write(&self) -> Result<(), NotKept> {
        now(self.keep.write())
    }

    /// Adds a file with this in it to the record. Gives the parts by which an answer names it.
    pub(crate) fn attach(&mut self, content: &str) -> Named {
        let hash = Hash::of(content.as_bytes()).to_string();
        let size = content.len().to_string();
        let named = Named::from([
            ("name", content),
            ("type", "text/plain"),
            ("size", &size),
            ("sha256", &hash),
            ("shows", "What it says"),
        ]);
        let file = NamedFile::of(&named).unwrap();
        self.sheet.ledger_mut().attach(&file);
        named
    }

    /// Sends one batch of what is written, if there is one to send, and takes in what comes back.
    pub(crate) fn send(&mut self, server: &mut Server, network: Network) -> bool {
        self.send_cargo(server, Cargo::Words, network)
    }

    /// Sends one batch, if there is one to send, and takes in what comes back.
    pub(crate) fn send_cargo(&mut self, server: &mut Server, cargo: Cargo, network: Network) -> bool {
        let Some(batch) = self.sheet.ledger().next(cargo) else {
            return false;
        };
        let after = self.sheet.ledger().known();
        let mut arrive = || match &batch {
            Batch::File(file) => {
                server.files.insert(file.id, file.sha256);
                Verdict::Kept
            }
            words => Verdict::of(server.post(&self.actor, words, after)),
        };
        let verdict = match network {
            Network::Fine => arrive(),
            Network::Lost => Verdict::Unreachable,
            Network::Deaf => {
                arrive();
                Verdict::Unreachable
            }
            Network::Broken => Verdict::Broke,
            Network::Busy => Verdict::Busy,
            Network::SignedOut => Verdict::SignedOut,
            Network::Rejected => Verdict::of(Err(Trouble::Problem(Box::new(Problem::new(
                ProblemCode::Invalid,
            ))))),
        };
        let (_, learned) = self.sheet.answered(&batch, &verdict);
        self.look_again(server, &learned);
        true
    }

    /// Agrees to go on in the later version, having seen the record as it stands. Nothing comes of it while anything
    /// is unsent, or if somebody else was first.
    pub(crate) fn move_on(&mut self, server: &mut Server) -> bool {
        let ledger = self.sheet.ledger();
        let seen = ledger.state().head().hash;
        if ledger.unsent() > 0 || server.events.is_empty() {
            return false;
        }
        let batch = Batch::Commands(vec![ledger.move_to(later_form().hash(), seen)]);
        let Ok(posted) = server.post(&self.actor, &batch, ledger.known()) else {
            return false;
        };
        let (_, learned) = self.sheet.learn(&posted.events, posted.head);
        self.look_again(server, &learned);
        learned.moved
    }

    /// Fetches the record from its start, if what the server told does not follow from what it told before.
    fn look_again(&mut self, server: &Server, learned: &Learned) {
        if learned.diverged {
            assert!(server.restored, "it followed");
            let before = now(self.keep.record(self.record())).unwrap();
            self.sheet.relearn(&server.events, &before.events).unwrap();
        }
    }

    /// Sends everything, however long it takes.
    pub(crate) fn send_all(&mut self, server: &mut Server) {
        self.sheet.leave();
        clock::tests::wait(3_600_000);
        while self.send_cargo(server, Cargo::Files, Network::Fine) || self.send(server, Network::Fine) {}
        assert_eq!(self.sheet.ledger().unsent(), 0);
    }

    /// Learns what has happened on the server.
    pub(crate) fn refresh(&mut self, server: &Server) {
        if server.events.is_empty() {
            return;
        }
        let told = server.after(self.sheet.ledger().known());
        let (_, learned) = self.sheet.learn(&told.events, told.head);
        self.look_again(server, &learned);
    }

    /// What the server refused.
    pub(crate) fn refused(&self) -> Vec<Returned> {
        let refused = now(self.keep.refused()).unwrap();
        refused.into_iter().map(|(_, returned)| returned).collect()
    }
}
