//! Things to keep: teams, people, families, forms, and records whose events follow each other.

use std::sync::Arc;

use engine::Subject;
use form::{Form, FormHash, Hash, RowKey, Stage};
use record::{
    ActorRef, Answered, Body, Created, Event, EventHash, EventId, FormRef, Head, PersonId, RecordId, Role,
    Seq, State, Summary, TeamId, Timestamp,
};
use store::{Account, Again, Append, Family, FamilyId, Login, Published, Store, Team};
use uuid::Uuid;

/// A moment, so many seconds after a certain one.
pub(crate) fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_790_000_000_000 + seconds * 1_000).unwrap()
}

pub(crate) fn hash(of: &str) -> Hash {
    Hash::of(of.as_bytes())
}

fn id(kind: u128, number: u128) -> Uuid {
    Uuid::from_u128(kind << 64 | number)
}

pub(crate) fn team(number: u128) -> Team {
    Team {
        id: TeamId(id(1, number)),
        name: format!("Team {number}"),
    }
}

pub(crate) fn person(number: u128) -> ActorRef {
    ActorRef {
        id: PersonId(id(2, number)),
        name: format!("Person {number}").into(),
    }
}

pub(crate) fn account(number: u128, team: &Team) -> Account {
    Account {
        id: person(number).id,
        login: Login::new(&format!("person.{number}")).unwrap(),
        name: format!("Person {number}"),
        roles: [Role::Practitioner, Role::TeamManager].into(),
        team: team.id,
        password: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".into(),
        demonstration: number.is_multiple_of(2),
    }
}

pub(crate) fn child(number: u128) -> Subject {
    Subject {
        id: RowKey::new(&id(3, number).to_string()).unwrap(),
        first_name: format!("Child {number}"),
        family_name: "Example".into(),
        born: number.is_multiple_of(2).then(|| "2019-02-28".parse().unwrap()),
        expected: (!number.is_multiple_of(2)).then(|| "2027-03-01".parse().unwrap()),
    }
}

pub(crate) fn family(number: u128, children: impl IntoIterator<Item = u128>) -> Family {
    Family {
        id: FamilyId(id(4, number)),
        name: format!("Family {number}"),
        children: children.into_iter().map(child).collect(),
    }
}

pub(crate) fn published(version: u32, content: &str) -> Published {
    Published {
        hash: FormHash(hash(content)),
        name: "home_visit".parse_name(),
        version,
        title: "Home visit".into(),
        at: moment(0),
    }
}

/// A form that asks nothing.
fn form() -> Arc<Form> {
    let parts = serde_json::json!({
        "name": "home_visit", "version": 1, "title": "Home visit",
        "lists": [], "scopes": [{}], "nodes": [], "checks": [], "rules": [],
    });
    Arc::new(Form::from_json(parts.to_string().as_bytes()).unwrap())
}

/// Publishes the form that all records here are filled in with.
pub(crate) async fn publish(store: &dyn Store) {
    let form = published(1, "the form");
    store.publish(&form, b"the form", Again::Refuse).await.unwrap();
}

fn stage(role: &str) -> Stage {
    Stage {
        role: role.parse_name(),
        within: None,
        term: None,
    }
}

/// A record in the making: its events so far.
#[derive(Clone, Debug)]
pub(crate) struct Making {
    pub(crate) events: Vec<Event>,
    /// Where the record stood before the events that are not yet kept.
    kept: Option<Head>,
    next_id: u128,
}

impl Making {
    /// A record that was begun by a person, about children, in a team.
    pub(crate) fn begun(number: u128, author: u128, in_team: u128, children: &[u128]) -> Self {
        let form = published(1, "the form");
        let created = Created {
            form: FormRef {
                hash: form.hash,
                name: form.name,
                version: form.version,
                title: form.title,
                stages: ["team_manager", "service_manager"].map(stage).into(),
            },
            subjects: children.iter().copied().map(child).collect(),
            team: team(in_team).id,
            rule_pack: None,
        };
        let mut making = Self {
            events: Vec::new(),
            kept: None,
            next_id: number << 32,
        };
        let event = making.sealed(RecordId(id(5, number)), author, Body::Created(created));
        making.events.push(event);
        making
    }

    /// The same record after a question was answered.
    pub(crate) fn answered(mut self, author: u128, text: &str) -> Self {
        let answered = Answered {
            address: "visit.note".parse().unwrap(),
            answer: Some(form::Answer::Text(text.into())),
            over: self.state().standing(&"visit.note".parse().unwrap()),
        };
        let event = self.sealed(self.record(), author, Body::Answered(answered));
        self.events.push(event);
        self
    }

    /// The same record with its last event under another id.
    pub(crate) fn under_id(mut self, event: EventId) -> Self {
        let last = self.events.last_mut().unwrap();
        last.id = event;
        last.hash = last.content_hash().unwrap();
        self
    }

    pub(crate) fn record(&self) -> RecordId {
        self.events[0].record
    }

    pub(crate) fn state(&self) -> State {
        State::fold(&self.events).unwrap()
    }

    /// What lists show of it. Its form has no clocks, so any form without clocks will do.
    pub(crate) fn summary(&self) -> Summary {
        Summary::of(&self.state(), &form())
    }

    pub(crate) fn head(&self) -> Option<Head> {
        self.events.last().map(Event::head)
    }

    /// Keeps the events that are not yet kept.
    pub(crate) async fn keep(&mut self, store: &dyn Store) -> Result<(), store::Error> {
        let from = self.kept.map_or(0, |head| usize::try_from(head.seq.0).unwrap());
        let append = Append {
            after: self.kept,
            events: &self.events[from..],
            summary: &self.summary(),
        };
        store.append(append).await?;
        self.kept = self.head();
        Ok(())
    }

    fn sealed(&mut self, record: RecordId, author: u128, body: Body) -> Event {
        self.next_id += 1;
        let seconds = i64::try_from(self.events.len()).unwrap();
        let mut event = Event {
            id: EventId(id(6, self.next_id)),
            record,
            seq: self.head().map_or(Seq::NONE, |head| head.seq).next(),
            actor: person(author),
            at: moment(seconds),
            noted_at: moment(seconds - 1),
            body,
            prev: self.head().map(|head| head.hash),
            hash: EventHash(hash("not yet known")),
        };
        event.hash = event.content_hash().unwrap();
        event
    }
}

/// Reads names in one word.
pub(crate) trait ParseName {
    fn parse_name(&self) -> form::Name;
}

impl ParseName for str {
    fn parse_name(&self) -> form::Name {
        form::Name::new(self).unwrap()
    }
}
