//! How what a person does becomes something asked for: what is typed, once they pause or leave, and everything else at
//! once. Each command says in which version of the form it was meant.

use std::collections::{BTreeMap, BTreeSet};

use form::kinds::NamedFile;
use form::{Address, FormHash, Hash};
use record::{Action, Command, EventHash, EventId, Forms, Refusal, Timestamp, files_named};

use super::{Ledger, Writing, form_of};
use crate::keep::entries::{Errand, FileToSend, Typed};

impl Ledger {
    /// Asks for everything that is typed, and says where that was. The writer may go on.
    pub(crate) fn ask_typed(&mut self) -> BTreeSet<Address> {
        let typed = std::mem::take(&mut self.typed);
        let places = typed.keys().cloned().collect();
        for (address, typed) in typed {
            let stands = self.here.answers().values.get(&address);
            let before = if stands == typed.answer.as_ref() && self.here.draft().rivals(&address).is_empty() {
                self.keep.keep_typed(self.here.record(), &address, None);
                self.stands(&address)
            } else {
                vec![self.ask_for(address.clone(), typed)]
            };
            if let Some(writing) = &mut self.writing
                && writing.address == address
            {
                writing.before = before;
            }
        }
        places
    }

    /// Asks for what was typed at a question, in the version of the form that it was typed in.
    pub(super) fn ask_for(&mut self, address: Address, typed: Typed) -> EventId {
        self.keep.keep_typed(self.here.record(), &address, None);
        let action = Action::Answer {
            address,
            answer: typed.answer,
            over: typed.over,
        };
        let command = Command {
            form: typed.form,
            ..self.command(action, typed.noted_at)
        };
        let id = command.id;
        // What the record refuses now, the server may take, or tell why not. Either way nothing is lost here.
        let _ = self.foresee_one(&command);
        self.push(Errand::Command(command));
        id
    }

    /// Asks for everything that is typed, and says where that was. The writer has left the question they were at.
    pub(crate) fn leave(&mut self) -> BTreeSet<Address> {
        let mut places = self.ask_typed();
        places.extend(self.writing.take().map(|writing| writing.address));
        places
    }

    /// A row has gone from the page, whose address begins so. Whoever was writing in it is so no more.
    pub(crate) fn leave_row(&mut self, start: &str) {
        self.writing
            .take_if(|writing| writing.address.as_str().starts_with(start));
    }

    /// Has another's answer come in, at a question in this row, where the page still shows what is being written?
    pub(crate) fn has_news_under_hands(&self, start: &str) -> bool {
        let in_row = |writing: &&Writing| writing.address.as_str().starts_with(start);
        self.writing.as_ref().filter(in_row).is_some_and(|writing| {
            let stands = self.stands(&writing.address);
            self.here.answers().values.contains_key(&writing.address)
                && !stands.iter().any(|edit| writing.before.contains(edit))
        })
    }

    /// Asks for something to be done to the record.
    ///
    /// # Errors
    /// [`Refusal`] if it is certain that nothing would come of it. Then nothing is asked for.
    pub(crate) fn ask(&mut self, action: Action) -> Result<EventId, Refusal> {
        let command = self.command(action, self.clock.now());
        let id = command.id;
        self.foresee_one(&command)?;
        self.push(Errand::Command(command));
        Ok(id)
    }

    /// Asks for a file to be kept, whose content this device keeps under its hash. Asked for twice, it is sent once.
    pub(crate) fn attach(&mut self, file: &NamedFile) {
        if self.queue.files().any(|waiting| waiting.sha256 == file.hash) {
            return;
        }
        let file = FileToSend {
            id: self.clock.event_id(),
            sha256: file.hash,
            media_type: file.media_type.clone(),
            name: file.name.clone(),
            size: file.size,
        };
        self.push(Errand::File(file));
    }

    /// The files that the record names, as it is here and as it was sent.
    pub(crate) fn files_named(&self) -> Vec<NamedFile> {
        let drafted = std::iter::once((self.here.form().hash, self.here.answers()));
        let sent = self.here.rounds().iter().map(|round| round.revision());
        let sent = sent.map(|revision| (revision.form, &revision.answers));
        let mut found: BTreeMap<Hash, NamedFile> = BTreeMap::new();
        for (hash, answers) in drafted.chain(sent) {
            if let Some(form) = self.library.find(hash) {
                found.extend(files_named(&form, answers).map(|(_, file)| (file.hash, file)));
            }
        }
        found.into_values().collect()
    }

    pub(super) fn command(&self, action: Action, noted_at: Timestamp) -> Command {
        Command {
            id: self.clock.event_id(),
            noted_at,
            form: Some(self.form.hash()),
            action,
        }
    }

    /// The command to go on in a later version of the form, for whoever has seen the record as it stands there. It is
    /// sent at once or not at all: what was agreed to today is not to happen to a record of next week.
    pub(crate) fn move_to(&self, form: FormHash, seen: EventHash) -> Command {
        self.command(Action::Move { form, seen }, self.clock.now())
    }

    pub(super) fn push(&mut self, errand: Errand) {
        let item = self.queue.push(errand, form_of(&self.here));
        self.keep.keep_item(self.here.record(), &item);
    }
}
