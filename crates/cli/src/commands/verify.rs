//! `firsthand verify`: walks every record and says what is not as it was written.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use form::{Form, FormHash, Hash};
use record::{RecordId, Seq, State, Summary, files_named};
use store::{Files, Forms, Records, SqliteStore};

use crate::data::Data;
use crate::terminal::say;

/// How many records are listed at a time.
const AT_A_TIME: u32 = 1_000;
/// What the program ends with when something is wrong.
const SOMETHING_WRONG: u8 = 3;

/// What to check.
#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    data: Data,
}

/// The command.
pub(crate) async fn verify(options: Options) -> Result<ExitCode> {
    let store = options.data.open().await?;
    let (mut records, mut events, mut files, mut wrong) = (0_u64, 0, 0, 0_u64);
    let mut last = None;
    loop {
        let ids = store.ids(last, AT_A_TIME).await?;
        for &record in &ids {
            records += 1;
            match check(&store, record).await? {
                Ok(whole) => {
                    events += whole.events;
                    files += whole.files;
                }
                Err(fault) => {
                    wrong += 1;
                    say(&format!("record {record}: {fault}"));
                }
            }
        }
        match ids.last() {
            Some(&record) => last = Some(record),
            None => break,
        }
    }
    store.close().await;
    if wrong > 0 {
        say(&format!(
            "{wrong} of {records} records are not as they were written"
        ));
        return Ok(ExitCode::from(SOMETHING_WRONG));
    }
    say(&format!(
        "{records} records with {events} events and {files} files are whole and as they were written"
    ));
    Ok(ExitCode::SUCCESS)
}

/// What a record has that is as it was written.
struct Whole {
    events: u64,
    files: u64,
}

/// How much a record has, or what is wrong with it. Fails when the database cannot be read at all.
async fn check(store: &SqliteStore, record: RecordId) -> Result<Result<Whole, String>> {
    let events = match store.events(record, Seq::NONE).await {
        Ok(events) => events,
        Err(store::Error::Damaged(cause)) => return Ok(Err(format!("an event cannot be read: {cause}"))),
        Err(other) => return Err(other).context("cannot read the database"),
    };
    if events.is_empty() {
        return Ok(Err("its events are missing".to_owned()));
    }
    if let Err(broken) = record::verify(&events) {
        return Ok(Err(broken.to_string()));
    }
    let state = match State::fold(&events) {
        Ok(state) => state,
        Err(unfit) => return Ok(Err(format!("its events do not fit together: {unfit}"))),
    };
    let form = match form(store, state.form().hash).await? {
        Ok(form) => form,
        Err(fault) => return Ok(Err(fault)),
    };
    let files = match files(store, &state).await? {
        Ok(files) => files,
        Err(fault) => return Ok(Err(fault)),
    };
    let kept = match store.summary(record).await {
        Ok(kept) => kept,
        Err(store::Error::Damaged(_)) => None,
        Err(other) => return Err(other).context("cannot read the database"),
    };
    // What lists show is worked out from the events; if it says something else, either was meddled with, or the last
    // events were cut off.
    match kept {
        Some(summary) if summary == Summary::of(&state, &form) => Ok(Ok(Whole {
            events: events.len() as u64,
            files,
        })),
        Some(summary) if summary.head.seq > state.head().seq => Ok(Err(format!(
            "events are missing after {}: it had {}",
            state.head().seq,
            summary.head.seq
        ))),
        _ => Ok(Err("its summary is not that of its events".to_owned())),
    }
}

/// A form as it was published, or what is wrong with it.
async fn form(store: &SqliteStore, hash: FormHash) -> Result<Result<Arc<Form>, String>> {
    let Some(bytes) = store.form(hash).await? else {
        return Ok(Err(format!("its form {hash} is not there")));
    };
    let form = Form::from_json(&bytes).ok();
    let form = form.filter(|_| Hash::of(&bytes) == hash.0);
    Ok(form
        .map(Arc::new)
        .ok_or_else(|| format!("its form {hash} is not what it was")))
}

/// How many files a record has, or which of them is not as it was, or not there though it was sent.
async fn files(store: &SqliteStore, state: &State) -> Result<Result<u64, String>> {
    let kept = store.files(state.record()).await?;
    for file in &kept {
        match store.content(file.record, file.hash).await {
            Ok(_) => {}
            Err(store::Error::Damaged(cause)) => return Ok(Err(format!("{cause}: {}", file.hash))),
            Err(other) => return Err(other).context("cannot read the files"),
        }
    }
    for round in state.rounds() {
        let sent = round.revision();
        let form = match form(store, sent.form).await? {
            Ok(form) => form,
            Err(fault) => return Ok(Err(fault)),
        };
        let mut named = files_named(&form, &sent.answers).map(|(_, file)| file.hash);
        if let Some(missing) = named.find(|hash| kept.iter().all(|file| file.hash != *hash)) {
            return Ok(Err(format!(
                "a file that was sent with it is not there: {missing}"
            )));
        }
    }
    Ok(Ok(kept.len() as u64))
}
