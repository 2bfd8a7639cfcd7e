//! People, and a record that goes back and forth between them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::Subject;
use form::{Address, Answer, Compound, DateParts, Entry, Form, FormHash, Hash, RowKey};
use record::{
    Action, Actor, Command, CommentId, Decided, Event, EventId, FilesAtHand, PersonId, RecordId, Refusal,
    RevisionHash, Role, Seq, Start, State, Status, TeamId, Timestamp, decide, start,
};
use uuid::Uuid;

use crate::small_form::versions;

/// A UUID of version 7 that tells this number.
pub(crate) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub(crate) fn at(text: &str) -> Address {
    text.parse().unwrap()
}

pub(crate) fn key(text: &str) -> RowKey {
    RowKey::new(text).unwrap()
}

pub(crate) fn text(text: &str) -> Option<Answer> {
    Some(Answer::Text(text.to_owned()))
}

pub(crate) fn code(code: &str) -> Option<Answer> {
    Some(Answer::Code(code.to_owned()))
}

pub(crate) fn date(day: &str, month: &str, year: &str) -> Option<Answer> {
    Some(Answer::Date(DateParts {
        day: day.into(),
        month: month.into(),
        year: year.into(),
        ..DateParts::default()
    }))
}

pub(crate) fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A person of the first team.
pub(crate) fn person(number: u128, name: &str, roles: &[Role]) -> Actor {
    let (id, team) = (PersonId(uuid(1_000 + number)), TeamId(uuid(2_001)));
    Actor {
        id,
        name: name.into(),
        roles: roles.to_vec(),
        team,
    }
}

pub(crate) fn asha() -> Actor {
    person(1, "Asha", &[Role::Practitioner])
}

pub(crate) fn ben() -> Actor {
    person(2, "Ben", &[Role::Practitioner])
}

pub(crate) fn tess() -> Actor {
    person(3, "Tess", &[Role::TeamManager])
}

pub(crate) fn theo() -> Actor {
    person(4, "Theo", &[Role::TeamManager, Role::ServiceManager])
}

/// Of another team.
pub(crate) fn sam() -> Actor {
    Actor {
        team: TeamId(uuid(2_002)),
        ..person(5, "Sam", &[Role::ServiceManager])
    }
}

/// A practitioner and manager of another team.
pub(crate) fn olu() -> Actor {
    Actor {
        team: TeamId(uuid(2_002)),
        ..person(6, "Olu", &[Role::Practitioner, Role::TeamManager])
    }
}

pub(crate) fn dee() -> Actor {
    person(7, "Dee", &[Role::FormDesigner])
}

pub(crate) fn child(id: &str, first_name: &str) -> Subject {
    Subject {
        id: key(id),
        first_name: first_name.to_owned(),
        family_name: "Moss".to_owned(),
        born: feel::Date::new(2021, 5, 4),
        expected: None,
    }
}

/// An answer that names the files of these contents.
pub(crate) fn files(contents: &[&str]) -> Option<Answer> {
    let entry = |content: &&str| {
        let hash = Hash::of(content.as_bytes()).to_string();
        let size = content.len().to_string();
        let parts = [
            ("name", *content),
            ("type", "text/plain"),
            ("size", &size),
            ("sha256", &hash),
            ("shows", "What it says"),
        ];
        Entry::new(content, parts)
    };
    Some(Answer::Compound(Compound::entries(contents.iter().map(entry))))
}

/// A record with its events, as a server has them.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) form: Arc<Form>,
    /// Every version of it that there is.
    pub(crate) forms: BTreeMap<FormHash, Arc<Form>>,
    pub(crate) events: Vec<Event>,
    pub(crate) state: State,
    /// The files that have arrived.
    pub(crate) files: BTreeSet<Hash>,
    pub(crate) now: Timestamp,
    next_id: u128,
}

impl Desk {
    /// A record that Asha has just started about two children, to be signed off by the team's manager.
    pub(crate) fn new() -> Self {
        Self::with_stages(&["team_manager"])
    }

    pub(crate) fn with_stages(stages: &[&str]) -> Self {
        Self::with_forms(versions(stages).into())
    }

    /// A record that is filled in with the first of these forms.
    pub(crate) fn with_forms(versions: Vec<Arc<Form>>) -> Self {
        let form = Arc::clone(&versions[0]);
        let now = moment("2026-11-19T14:00:00.000Z");
        let begin = Start {
            id: EventId(uuid(1)),
            record: RecordId(uuid(3_001)),
            noted_at: now,
            subjects: vec![child("c-1", "Ada"), child("c-2", "Bo")],
            rule_pack: None,
        };
        let event = start(&form, begin, &asha(), now).unwrap();
        let state = State::begin(&event).unwrap();
        Self {
            form,
            forms: versions.into_iter().map(|form| (form.hash(), form)).collect(),
            events: vec![event],
            state,
            files: BTreeSet::new(),
            now,
            next_id: 10,
        }
    }

    /// A command that nobody has sent yet.
    pub(crate) fn command(&mut self, action: Action) -> Command {
        self.next_id += 1;
        self.now = Timestamp::from_millis(self.now.as_millis() + 60_000).unwrap();
        Command {
            id: EventId(uuid(self.next_id)),
            noted_at: self.now,
            form: Some(self.state.form().hash),
            action,
        }
    }

    /// A version of the form.
    pub(crate) fn version(&self, version: u32) -> &Arc<Form> {
        let mut forms = self.forms.values();
        forms.find(|form| form.version == version).unwrap()
    }

    /// Agrees to go on in a version of the form.
    pub(crate) fn move_to(&mut self, actor: &Actor, version: u32) -> Result<Seq, Refusal> {
        let action = Action::Move {
            form: self.version(version).hash(),
            seen: self.state.head().hash,
        };
        self.ask(actor, action)
    }

    /// What the server makes of a command.
    pub(crate) fn send(&mut self, actor: &Actor, command: &Command) -> Result<Seq, Refusal> {
        match decide(
            &self.state,
            &self.forms,
            FilesAtHand::These(&self.files),
            command,
            actor,
            self.now,
        )? {
            Decided::Happened(seq) => Ok(seq),
            Decided::Happens(event) => {
                self.state.apply(&event).unwrap();
                let seq = event.seq;
                self.events.push(*event);
                Ok(seq)
            }
        }
    }

    pub(crate) fn ask(&mut self, actor: &Actor, action: Action) -> Result<Seq, Refusal> {
        let command = self.command(action);
        self.send(actor, &command)
    }

    /// Answers a question as one who sees the record as it stands.
    pub(crate) fn answer(&mut self, actor: &Actor, address: &str, answer: Option<Answer>) {
        let action = Action::answer(&self.state, at(address), answer);
        self.ask(actor, action).unwrap();
    }

    /// Answers everything that must be answered.
    pub(crate) fn fill(&mut self, actor: &Actor) {
        self.answer(actor, "visit.date", date("19", "11", "2026"));
        self.answer(actor, "visit.outcome", code("completed"));
        self.answer(actor, "children[c-1].seen", code("yes"));
        self.answer(actor, "children[c-2].seen", code("no"));
        self.answer(actor, "next.plan", text("Visit again on Monday"));
    }

    pub(crate) fn submit(&mut self, actor: &Actor) -> Result<Seq, Refusal> {
        let action = Action::submit(&self.state).unwrap();
        self.ask(actor, action)
    }

    /// A file of this content arrives.
    pub(crate) fn arrive(&mut self, content: &str) {
        self.files.insert(Hash::of(content.as_bytes()));
    }

    /// What waits for a decision.
    pub(crate) fn waiting(&self) -> RevisionHash {
        match self.state.status() {
            Status::Waiting { revision, .. } => revision,
            other => panic!("nothing waits: {other:?}"),
        }
    }

    pub(crate) fn approve(&mut self, actor: &Actor) -> Result<Seq, Refusal> {
        let action = Action::Approve {
            revision: self.waiting(),
            oversight: "Seen, and safe".to_owned(),
        };
        self.ask(actor, action)
    }

    /// Returns the record with a comment on its plan.
    pub(crate) fn send_back(&mut self, actor: &Actor) -> CommentId {
        let id = CommentId(uuid(5_000 + self.next_id));
        let comment = record::Comment {
            id,
            address: at("next.plan"),
            text: "By when?".to_owned(),
        };
        let action = Action::Return {
            revision: self.waiting(),
            reasons: vec![record::ReturnReason::Plan],
            note: String::new(),
            comments: vec![comment],
        };
        self.ask(actor, action).unwrap();
        id
    }
}
