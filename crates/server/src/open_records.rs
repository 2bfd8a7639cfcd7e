//! Records that were read lately, so that a save costs what it changes and not what the record already holds.
//!
//! What is kept here is never trusted to be the latest: the events that came since are read and applied each time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use record::{RecordId, Seq, State};
use store::Store;

use crate::failure::Failure;

/// How many are kept: about as many as people write in at once.
const MOST: usize = 256;

/// Records as they stood when they were last read.
#[derive(Default)]
pub(crate) struct OpenRecords(Mutex<Open>);

#[derive(Default)]
struct Open {
    states: BTreeMap<RecordId, Kept>,
    /// How often anything was kept.
    turn: u64,
}

struct Kept {
    state: Arc<State>,
    last_used: u64,
}

impl OpenRecords {
    /// A record as it stands now; none if there is no such record.
    pub(crate) async fn read(
        &self,
        store: &dyn Store,
        record: RecordId,
    ) -> Result<Option<Arc<State>>, Failure> {
        let kept = self
            .lock()
            .states
            .get(&record)
            .map(|kept| Arc::clone(&kept.state));
        let after = kept.as_ref().map_or(Seq::NONE, |state| state.head().seq);
        let events = store.events(record, after).await?;
        let state = match kept {
            Some(mut state) => {
                for event in &events {
                    Arc::make_mut(&mut state)
                        .apply(event)
                        .map_err(|unfit| Failure::internal(&unfit))?;
                }
                state
            }
            None if events.is_empty() => return Ok(None),
            None => Arc::new(State::fold(&events).map_err(|unfit| Failure::internal(&unfit))?),
        };
        self.keep(&state);
        Ok(Some(state))
    }

    /// Keeps a record as it stands.
    pub(crate) fn keep(&self, state: &Arc<State>) {
        let mut open = self.lock();
        open.turn += 1;
        let kept = Kept {
            state: Arc::clone(state),
            last_used: open.turn,
        };
        open.states.insert(state.record(), kept);
        if open.states.len() > MOST {
            let oldest = open.states.iter().min_by_key(|(_, kept)| kept.last_used);
            if let Some(oldest) = oldest.map(|(&record, _)| record) {
                open.states.remove(&oldest);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
