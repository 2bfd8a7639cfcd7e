//! `firsthand verify`: walks every record and says what is not as it was written.

use std::process::ExitCode;

use anyhow::{Context, Result};
use form::{Form, Hash};
use record::{RecordId, Seq, State, Summary};
use store::{Forms, Records, SqliteStore};

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
    let (mut records, mut events, mut wrong) = (0_u64, 0, 0_u64);
    let mut last = None;
    loop {
        let ids = store.ids(last, AT_A_TIME).await?;
        for &record in &ids {
            records += 1;
            match check(&store, record).await? {
                Ok(found) => events += found,
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
        "{records} records with {events} events are whole and as they were written"
    ));
    Ok(ExitCode::SUCCESS)
}

/// How many events a record has, or what is wrong with it. Fails when the database cannot be read at all.
async fn check(store: &SqliteStore, record: RecordId) -> Result<Result<u64, String>> {
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
    let hash = state.form().hash;
    let Some(bytes) = store.form(hash).await? else {
        return Ok(Err(format!("its form {hash} is not there")));
    };
    let form = Form::from_json(&bytes)
        .ok()
        .filter(|_| Hash::of(&bytes) == hash.0);
    let Some(form) = form else {
        return Ok(Err(format!("its form {hash} is not what it was")));
    };
    let kept = match store.summary(record).await {
        Ok(kept) => kept,
        Err(store::Error::Damaged(_)) => None,
        Err(other) => return Err(other).context("cannot read the database"),
    };
    // What lists show is worked out from the events; if it says something else, either was meddled with, or the last
    // events were cut off.
    match kept {
        Some(summary) if summary == Summary::of(&state, &form) => Ok(Ok(events.len() as u64)),
        Some(summary) if summary.head.seq > state.head().seq => Ok(Err(format!(
            "events are missing after {}: it had {}",
            state.head().seq,
            summary.head.seq
        ))),
        _ => Ok(Err("its summary is not that of its events".to_owned())),
    }
}
