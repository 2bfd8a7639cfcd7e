//! The store in memory: for tests, and to say in the plainest way what a store does. It forgets everything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use engine::Subject;
use form::{FormHash, Hash, Name, RowKey};
use record::{Event, EventId, PersonId, RecordId, Seq, Summary, TeamId, Timestamp};
use uuid::Uuid;

use crate::records::awaits;
use crate::{
    Account, Again, Append, Attached, Attempts, Content, Error, Families, Family, Files, Forms, Login, Mark,
    People, Published, Reach, Records, Session, Sessions, Slice, Sought, Store, Team, Thing,
};

/// A store in memory.
#[derive(Debug)]
pub struct MemoryStore {
    epoch: Uuid,
    kept: Mutex<Kept>,
}

/// INVARIANT: a method either returns before it changes anything, or makes the whole of its change.
#[derive(Debug, Default)]
struct Kept {
    events: BTreeMap<RecordId, Vec<Event>>,
    summaries: BTreeMap<RecordId, Summary>,
    files: BTreeMap<(RecordId, Hash), (Attached, Content)>,
    forms: BTreeMap<FormHash, (Published, Vec<u8>)>,
    versions: BTreeMap<(Name, u32), FormHash>,
    teams: BTreeMap<TeamId, Team>,
    accounts: BTreeMap<PersonId, Account>,
    attempts: BTreeMap<Hash, Attempts>,
    sessions: BTreeMap<Hash, Session>,
    families: Vec<Family>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self {
            epoch: Uuid::new_v4(),
            kept: Mutex::default(),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing panics between two changes of one method, so what a panic elsewhere left is whole.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn epoch(&self) -> Result<Uuid, Error> {
        Ok(self.epoch)
    }
}

#[async_trait]
impl Records for MemoryStore {
    async fn append(&self, append: Append<'_>) -> Result<(), Error> {
        append.check()?;
        let mut kept = self.kept();
        let record = append.summary.record;
        let found = kept.summaries.get(&record).map(|summary| summary.head);
        if found != append.after {
            return Err(Error::Conflict {
                expected: append.after,
                found,
            });
        }
        let is_known = |id| kept.events.values().flatten().any(|event| event.id == id);
        let repeats =
            |at: usize, event: &Event| append.events.iter().take(at).any(|before| before.id == event.id);
        let mut events = append.events.iter().enumerate();
        if events.any(|(at, event)| is_known(event.id) || repeats(at, event)) {
            return Err(Error::Taken(Thing::Event));
        }
        if !kept.forms.contains_key(&append.summary.form.hash) {
            return Err(Error::Missing(Thing::Form));
        }
        kept.events
            .entry(record)
            .or_default()
            .extend_from_slice(append.events);
        kept.summaries.insert(record, append.summary.clone());
        Ok(())
    }

    async fn events(&self, record: RecordId, after: Seq) -> Result<Vec<Event>, Error> {
        let kept = self.kept();
        let events = kept.events.get(&record).into_iter().flatten();
        Ok(events.filter(|event| event.seq > after).cloned().collect())
    }

    async fn record_of(&self, event: EventId) -> Result<Option<RecordId>, Error> {
        let kept = self.kept();
        let mut events = kept.events.values().flatten();
        Ok(events.find(|known| known.id == event).map(|known| known.record))
    }

    async fn summary(&self, record: RecordId) -> Result<Option<Summary>, Error> {
        Ok(self.kept().summaries.get(&record).cloned())
    }

    async fn summaries(&self, sought: &Sought, slice: Slice) -> Result<Vec<Summary>, Error> {
        let kept = self.kept();
        let is_next = |summary: &Summary| slice.after.is_none_or(|mark| Mark::of(summary) < mark);
        let mut found: Vec<Summary> = kept
            .summaries
            .values()
            .filter(|summary| is_sought(summary, sought) && is_next(summary))
            .cloned()
            .collect();
        found.sort_by_key(|summary| std::cmp::Reverse(Mark::of(summary)));
        found.truncate(slice.limit as usize);
        Ok(found)
    }

    async fn ids(&self, after: Option<RecordId>, limit: u32) -> Result<Vec<RecordId>, Error> {
        let kept = self.kept();
        let ids = kept.summaries.keys().copied().filter(|&id| Some(id) > after);
        Ok(ids.take(limit as usize).collect())
    }
}

fn is_sought(summary: &Summary, sought: &Sought) -> bool {
    let wrote = |person| summary.authors.iter().any(|author| author.id == person);
    let about = |child: &RowKey| summary.subjects.iter().any(|subject| subject.id == *child);
    let waits = |roles: &BTreeSet<Name>| awaits(summary).is_some_and(|role| roles.contains(role));
    let seen = match sought.seen_by {
        Reach::EveryTeam => true,
        Reach::Team { team, person } => summary.team == team || wrote(person),
    };
    seen && sought.author.is_none_or(wrote)
        && sought.child.as_ref().is_none_or(about)
        && sought
            .finished
            .is_none_or(|finished| summary.status.is_final() == finished)
        && sought.awaits.as_ref().is_none_or(waits)
}

#[async_trait]
impl Files for MemoryStore {
    async fn keep_file(&self, file: &Attached, content: &Content) -> Result<(), Error> {
        file.check(content)?;
        let mut kept = self.kept();
        if !kept.summaries.contains_key(&file.record) {
            return Err(Error::Missing(Thing::Record));
        }
        kept.files
            .entry((file.record, file.hash))
            .or_insert_with(|| (file.clone(), content.clone()));
        Ok(())
    }

    async fn files(&self, record: RecordId) -> Result<Vec<Attached>, Error> {
        let kept = self.kept();
        let files = kept.files.values().map(|(file, _)| file);
        Ok(files.filter(|file| file.record == record).cloned().collect())
    }

    async fn file(&self, record: RecordId, hash: Hash) -> Result<Option<Attached>, Error> {
        let kept = self.kept();
        Ok(kept.files.get(&(record, hash)).map(|(file, _)| file.clone()))
    }

    async fn content(&self, record: RecordId, hash: Hash) -> Result<Option<Content>, Error> {
        let kept = self.kept();
        Ok(kept
            .files
            .get(&(record, hash))
            .map(|(_, content)| content.clone()))
    }
}

#[async_trait]
impl Forms for MemoryStore {
    async fn publish(&self, form: &Published, bytes: &[u8], again: Again) -> Result<(), Error> {
        let mut kept = self.kept();
        let version = (form.name.clone(), form.version);
        let other = kept.versions.get(&version).is_some_and(|hash| *hash != form.hash);
        if other && again == Again::Refuse {
            return Err(Error::Taken(Thing::Form));
        }
        kept.versions.insert(version, form.hash);
        kept.forms
            .entry(form.hash)
            .or_insert_with(|| (form.clone(), bytes.to_vec()));
        Ok(())
    }

    async fn form(&self, hash: FormHash) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.kept().forms.get(&hash).map(|(_, bytes)| bytes.clone()))
    }

    async fn version(&self, name: &Name, version: u32) -> Result<Option<Published>, Error> {
        let kept = self.kept();
        let hash = kept.versions.get(&(name.clone(), version));
        Ok(hash
            .and_then(|hash| kept.forms.get(hash))
            .map(|(form, _)| form.clone()))
    }
}

#[async_trait]
impl People for MemoryStore {
    async fn add_team(&self, team: &Team) -> Result<(), Error> {
        let mut kept = self.kept();
        let like = |other: &Team| other.id == team.id || other.name == team.name;
        if kept.teams.values().any(like) {
            return Err(Error::Taken(Thing::Team));
        }
        kept.teams.insert(team.id, team.clone());
        Ok(())
    }

    async fn teams(&self) -> Result<Vec<Team>, Error> {
        let mut teams: Vec<Team> = self.kept().teams.values().cloned().collect();
        teams.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(teams)
    }

    async fn add_account(&self, account: &Account) -> Result<(), Error> {
        let mut kept = self.kept();
        let like = |other: &Account| other.id == account.id || other.login == account.login;
        if kept.accounts.values().any(like) {
            return Err(Error::Taken(Thing::Account));
        }
        if !kept.teams.contains_key(&account.team) {
            return Err(Error::Missing(Thing::Team));
        }
        kept.accounts.insert(account.id, account.clone());
        Ok(())
    }

    async fn account(&self, id: PersonId) -> Result<Option<Account>, Error> {
        Ok(self.kept().accounts.get(&id).cloned())
    }

    async fn account_named(&self, name: &Login) -> Result<Option<Account>, Error> {
        let kept = self.kept();
        Ok(kept
            .accounts
            .values()
            .find(|account| account.login == *name)
            .cloned())
    }

    async fn accounts(&self) -> Result<Vec<Account>, Error> {
        let mut accounts: Vec<Account> = self.kept().accounts.values().cloned().collect();
        accounts.sort_by(|one, other| one.login.cmp(&other.login));
        Ok(accounts)
    }

    async fn attempts(&self, name: &Hash) -> Result<Option<Attempts>, Error> {
        Ok(self.kept().attempts.get(name).copied())
    }

    async fn count_attempt(&self, name: &Hash, seen: Option<Attempts>, now: Attempts) -> Result<bool, Error> {
        let mut kept = self.kept();
        let unchanged = kept.attempts.get(name).copied() == seen;
        if unchanged {
            kept.attempts.insert(*name, now);
        }
        Ok(unchanged)
    }

    async fn forget_attempts(&self, name: &Hash) -> Result<(), Error> {
        self.kept().attempts.remove(name);
        Ok(())
    }

    async fn forget_attempts_before(&self, moment: Timestamp) -> Result<(), Error> {
        self.kept().attempts.retain(|_, attempts| attempts.last >= moment);
        Ok(())
    }
}

#[async_trait]
impl Families for MemoryStore {
    async fn add_family(&self, family: &Family) -> Result<(), Error> {
        let mut kept = self.kept();
        if kept.families.iter().any(|other| other.id == family.id) {
            return Err(Error::Taken(Thing::Family));
        }
        let on_file = kept.families.iter().flat_map(|family| &family.children);
        let mut known: Vec<&RowKey> = on_file.map(|child| &child.id).collect();
        for child in &family.children {
            if known.contains(&&child.id) {
                return Err(Error::Taken(Thing::Child));
            }
            known.push(&child.id);
        }
        kept.families.push(family.clone());
        Ok(())
    }

    async fn families(&self) -> Result<Vec<Family>, Error> {
        let mut families = self.kept().families.clone();
        families.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        Ok(families)
    }

    async fn children(&self, ids: &[RowKey]) -> Result<Vec<Subject>, Error> {
        let kept = self.kept();
        let find = |id: &RowKey| {
            let mut on_file = kept.families.iter().flat_map(|family| &family.children);
            on_file
                .find(|child| child.id == *id)
                .cloned()
                .ok_or(Error::Missing(Thing::Child))
        };
        ids.iter().map(find).collect()
    }
}

#[async_trait]
impl Sessions for MemoryStore {
    async fn begin(&self, session: &Session) -> Result<(), Error> {
        let mut kept = self.kept();
        if kept.sessions.contains_key(&session.key) {
            return Err(Error::Taken(Thing::Session));
        }
        if !kept.accounts.contains_key(&session.person) {
            return Err(Error::Missing(Thing::Account));
        }
        kept.sessions.insert(session.key, *session);
        Ok(())
    }

    async fn session(&self, key: &Hash) -> Result<Option<Session>, Error> {
        Ok(self.kept().sessions.get(key).copied())
    }

    async fn touch(&self, key: &Hash, seen: Timestamp) -> Result<(), Error> {
        if let Some(session) = self.kept().sessions.get_mut(key) {
            session.seen = seen;
        }
        Ok(())
    }

    async fn end(&self, key: &Hash) -> Result<(), Error> {
        self.kept().sessions.remove(key);
        Ok(())
    }

    async fn end_overdue(&self, now: Timestamp, idle: Timestamp) -> Result<(), Error> {
        self.kept()
            .sessions
            .retain(|_, session| session.ends > now && session.seen >= idle);
        Ok(())
    }
}
