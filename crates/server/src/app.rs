//! What every handler has before it: the store, the clock, the forms, and how this server is reached.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use form::{Form, FormHash};
use record::Calendar;
use store::Store;
use wire::FormEntry;

use crate::clock::Clock;
use crate::failure::Failure;
use crate::front::Files;
use crate::open_records::OpenRecords;
use crate::origin::Origin;
use crate::sign_in::Passwords;

/// A running server's parts. It holds nothing that the store does not: another server beside it would answer alike.
pub(crate) struct App {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Clock,
    pub(crate) calendar: Calendar,
    pub(crate) passwords: Passwords,
    pub(crate) front: Files,
    /// The forms that a record can be started with, by title.
    pub(crate) catalogue: Vec<FormEntry>,
    /// Forms that were read. A form never changes under its hash.
    pub(crate) forms: ReadForms,
    pub(crate) records: OpenRecords,
    /// The demonstration's form with every kind of question. It is in no catalogue: people's work has no place in it.
    pub(crate) kinds: Option<FormHash>,
    /// Whether this is a demonstration.
    pub(crate) demonstration: bool,
    /// Where people reach the server; on this machine alone, if nothing is said.
    pub(crate) origin: Option<Origin>,
}

/// Published forms that were read already.
#[derive(Default)]
pub(crate) struct ReadForms(Mutex<BTreeMap<FormHash, Arc<Form>>>);

impl App {
    /// Whether people reach the server over TLS.
    pub(crate) fn is_tls(&self) -> bool {
        self.origin.as_ref().is_some_and(Origin::is_tls)
    }

    /// A published form, of whatever age; none if there is none of this hash.
    pub(crate) async fn form(&self, hash: FormHash) -> Result<Option<Arc<Form>>, Failure> {
        let read = |forms: &ReadForms| forms.lock().get(&hash).cloned();
        if let Some(form) = read(&self.forms) {
            return Ok(Some(form));
        }
        let Some(bytes) = self.store.form(hash).await? else {
            return Ok(None);
        };
        let form = Form::from_json(&bytes).map_err(|damaged| Failure::internal(&damaged))?;
        let form = Arc::new(form);
        self.forms.lock().insert(hash, Arc::clone(&form));
        Ok(Some(form))
    }
}

impl ReadForms {
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<FormHash, Arc<Form>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
