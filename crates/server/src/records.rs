//! Starting records and doing things to them: reads what happened, asks `record` what follows, keeps what comes of it,
//! and begins again when someone else was first.
//!
//! It decides nothing itself but who may know that a record is there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use form::{Form, FormHash, Hash};
use record::{
    Action, Actor, Command, Decided, Event, EventId, FilesAtHand, Forms, RecordId, Refusal, Seq, Start,
    State, Summary, Timestamp, decide,
};
use store::{Append, Error, Thing};
use wire::{Events, PostCommands, Posted, Problem, ProblemCode, StartRecord};

use crate::app::App;
use crate::failure::Failure;

/// How often it is tried to be first. Each try is lost only to another that was kept.
const TRIES: usize = 8;

/// What came of each command, in order.
type Results = Vec<(EventId, Result<Seq, Refusal>)>;

/// Starts a record, or finds that it was started by this very request before.
pub(crate) async fn start(app: &App, actor: &Actor, request: &StartRecord) -> Result<Posted, Failure> {
    for _ in 0..TRIES {
        if let Some(state) = app.records.read(&*app.store, request.record).await? {
            let begun = app.store.events(request.record, Seq::NONE).await?;
            let is_same = begun.first().is_some_and(|first| {
                first.id == request.id && first.actor.id == actor.id && first.noted_at == request.noted_at
            });
            if !is_same {
                return Err(Problem::from(&Refusal::IdTaken).into());
            }
            let results = Vec::from([(request.id, Ok(Seq::NONE.next()))]);
            return answer(&results, news(begun, &state));
        }
        let Some(form) = app.form(request.form).await? else {
            return Err(Failure::of(ProblemCode::NoSuchForm));
        };
        let subjects = match app.store.children(&request.subjects).await {
            Err(Error::Missing(Thing::Child)) => return Err(Failure::of(ProblemCode::NoSuchChild)),
            children => children?,
        };
        let start = Start {
            id: request.id,
            record: request.record,
            noted_at: request.noted_at,
            subjects,
            rule_pack: None,
        };
        let event =
            record::start(&form, start, actor, app.clock.now()).map_err(|refusal| Problem::from(&refusal))?;
        let state = State::begin(&event).map_err(|unfit| Failure::internal(&unfit))?;
        match append(app, None, std::slice::from_ref(&event), &state, &form).await {
            Ok(()) => {
                let state = Arc::new(state);
                app.records.keep(&state);
                let results = Vec::from([(event.id, Ok(event.seq))]);
                return answer(&results, news(Vec::from([event]), &state));
            }
            Err(Error::Conflict { .. }) => {}
            Err(Error::Taken(Thing::Event)) => return Err(Problem::from(&Refusal::IdTaken).into()),
            Err(error) => return Err(error.into()),
        }
    }
    Err(overtaken())
}

/// Does to a record what is asked for, as far as it may be done.
pub(crate) async fn post(
    app: &App,
    actor: &Actor,
    record: RecordId,
    request: &PostCommands,
) -> Result<Posted, Failure> {
    let mut elsewhere = BTreeSet::new();
    for _ in 0..TRIES {
        let before = seen(app, actor, record).await?;
        let forms = forms_of(app, &before, &request.commands).await?;
        // What has arrived stays, so what is decided on it still holds when it is appended.
        let files = files_of(app, record, &request.commands).await?;
        let now = app.clock.now();
        let mut state = Arc::clone(&before);
        let given = Given {
            forms: &forms,
            files: FilesAtHand::These(&files),
            elsewhere: &elsewhere,
            actor,
            now,
        };
        let (results, events) = decide_all(&mut state, &given, &request.commands)?;
        let kept = match events.is_empty() {
            true => Ok(()),
            false => {
                let form = forms.find(state.form().hash);
                let form = form.ok_or_else(|| Failure::internal(&Error::Missing(Thing::Form)))?;
                append(app, Some(&before), &events, &state, &form).await
            }
        };
        match kept {
            Ok(()) => {
                app.records.keep(&state);
                let events = app.store.events(record, request.after).await?;
                return answer(&results, news(events, &state));
            }
            Err(Error::Conflict { .. }) => {}
            Err(Error::Taken(Thing::Event)) => {
                elsewhere = of_other_records(app, record, &request.commands).await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(overtaken())
}

/// The events of a record after a place.
pub(crate) async fn events(
    app: &App,
    actor: &Actor,
    record: RecordId,
    after: Seq,
) -> Result<Events, Failure> {
    let state = seen(app, actor, record).await?;
    let events = app.store.events(record, after).await?;
    Ok(news(events, &state))
}

/// A record that the person may see. Of one that they may not see, they are not told that it is there.
pub(crate) async fn seen(app: &App, actor: &Actor, record: RecordId) -> Result<Arc<State>, Failure> {
    let state = app.records.read(&*app.store, record).await?;
    let seen = state.filter(|state| actor.may_see(state.created().team, state.authors()));
    seen.ok_or_else(|| Failure::of(ProblemCode::NotFound))
}

/// The forms that deciding needs: those that the record was filled in with, and those that it is asked to move to, as
/// far as they were published. What becomes of its answers is worked out from these, whatever a device foresaw.
pub(crate) async fn forms_of(
    app: &App,
    state: &State,
    commands: &[Command],
) -> Result<BTreeMap<FormHash, Arc<Form>>, Failure> {
    let asked_for = commands.iter().filter_map(|command| match command.action {
        Action::Move { form, .. } => Some(form),
        _ => None,
    });
    let hashes: BTreeSet<FormHash> = state.forms().map(|form| form.hash).chain(asked_for).collect();
    let mut forms = BTreeMap::new();
    for hash in hashes {
        if let Some(form) = app.form(hash).await? {
            forms.insert(hash, form);
        }
    }
    Ok(forms)
}

/// The files of a record that have arrived, if anything is asked for that depends on them.
async fn files_of(app: &App, record: RecordId, commands: &[Command]) -> Result<BTreeSet<Hash>, Failure> {
    let relies = |command: &Command| matches!(command.action, Action::Submit { .. } | Action::Approve { .. });
    let files = match commands.iter().any(relies) {
        true => app.store.files(record).await?,
        false => Vec::new(),
    };
    Ok(files.iter().map(|file| file.hash).collect())
}

/// What commands are decided on, besides the record.
struct Given<'a> {
    forms: &'a BTreeMap<FormHash, Arc<Form>>,
    files: FilesAtHand<'a>,
    /// The commands that were taken in another record.
    elsewhere: &'a BTreeSet<EventId>,
    actor: &'a Actor,
    now: Timestamp,
}

/// Decides each command on what the ones before it left, and brings the state there.
fn decide_all(
    state: &mut Arc<State>,
    given: &Given<'_>,
    commands: &[Command],
) -> Result<(Results, Vec<Event>), Failure> {
    let mut results = Vec::with_capacity(commands.len());
    let mut events = Vec::new();
    for command in commands {
        let decided = if given.elsewhere.contains(&command.id) {
            Err(Refusal::IdTaken)
        } else {
            decide(state, given.forms, given.files, command, given.actor, given.now)
        };
        let result = match decided {
            Ok(Decided::Happens(event)) => {
                Arc::make_mut(state)
                    .apply(&event)
                    .map_err(|unfit| Failure::internal(&unfit))?;
                let seq = event.seq;
                events.push(*event);
                Ok(seq)
            }
            Ok(Decided::Happened(seq)) => Ok(seq),
            Err(refusal) => Err(refusal),
        };
        results.push((command.id, result));
    }
    Ok((results, events))
}

async fn append(
    app: &App,
    before: Option<&Arc<State>>,
    events: &[Event],
    state: &State,
    form: &Arc<Form>,
) -> Result<(), Error> {
    let append = Append {
        after: before.map(|before| before.head()),
        events,
        summary: &Summary::of(state, form),
    };
    app.store.append(append).await
}

/// The commands whose id is that of an event of another record.
async fn of_other_records(
    app: &App,
    record: RecordId,
    commands: &[Command],
) -> Result<BTreeSet<EventId>, Failure> {
    let mut found = BTreeSet::new();
    for command in commands {
        let of = app.store.record_of(command.id).await?;
        if of.is_some_and(|other| other != record) {
            found.insert(command.id);
        }
    }
    Ok(found)
}

/// Events to send, and how far their record has come: no less far than they go.
fn news(events: Vec<Event>, state: &State) -> Events {
    let last = events.last().map(Event::head);
    let head = last
        .filter(|last| last.seq > state.head().seq)
        .unwrap_or_else(|| state.head());
    Events { events, head }
}

fn answer(results: &[(EventId, Result<Seq, Refusal>)], news: Events) -> Result<Posted, Failure> {
    Posted::answer(results, news).map_err(|problem| Failure::from(*problem))
}

/// Others were first, time and again. The same request will succeed when they pause.
fn overtaken() -> Failure {
    Failure::of(ProblemCode::Unavailable)
        .saying("Many people are writing in this record at once. Your work is kept and will be sent again.")
        .retry_after(1)
}
