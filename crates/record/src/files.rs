//! The files that answers name: which they are, whether whoever decides has them, and who may give one to a record.
//!
//! An answer names a file by the hash of its content. The content is no part of any event: it is kept beside the
//! record, and this crate never sees it.

use std::collections::BTreeSet;

use form::kinds::NamedFile;
use form::{Address, Answers, Form, Hash};

use crate::actor::{Actor, Permission};
use crate::decide::{Forms, allowed, not_final};
use crate::refusal::{Fault, Refusal, Why};
use crate::state::State;

/// The files that are at hand where a decision is made. No revision is sent or signed that names another.
#[derive(Clone, Copy, Debug)]
pub enum FilesAtHand<'a> {
    /// Whichever are named: on a device, which sends a file before it asks for what relies on it.
    Any,
    /// These and no others: on the server, which has what arrived and must not believe in the rest.
    These(&'a BTreeSet<Hash>),
}

impl FilesAtHand<'_> {
    fn has(self, file: &Hash) -> bool {
        match self {
            Self::Any => true,
            Self::These(files) => files.contains(file),
        }
    }

    /// Are all files at hand that these answers name?
    pub(crate) fn all_of(self, form: &Form, answers: &Answers) -> Result<(), Refusal> {
        let missing = files_named(form, answers).filter(|(_, file)| !self.has(&file.hash));
        let faults: Vec<Fault> = missing.map(|(address, file)| fault(address, &file)).collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Refusal::FilesMissing(faults))
        }
    }
}

fn fault(address: &Address, file: &NamedFile) -> Fault {
    Fault {
        address: address.clone(),
        why: Why::Wrong,
        message: format!(
            "Send “{}” from the device on which it was added, or add it again",
            file.name
        ),
    }
}

/// Every file that answers name, with the question at which it is named.
pub fn files_named<'a>(
    form: &'a Form,
    answers: &'a Answers,
) -> impl Iterator<Item = (&'a Address, NamedFile)> + 'a {
    answers.values.iter().flat_map(|(address, answer)| {
        let field = form.place(address).and_then(|(node, _)| form.field(node));
        let files = field.map(|field| field.kind.files(answer)).unwrap_or_default();
        files.into_iter().map(move |file| (address, file))
    })
}

/// May this person give a file of this hash to a record now?
///
/// Whoever may write in a record may, while it takes changes. One that it names is taken at any time: what was written
/// while it could be is not left without its file because the record was sent, or set aside, before the file arrived.
///
/// # Errors
/// [`Refusal`] if they may not. Nothing depends on whether the file is there already.
pub fn may_give_file(state: &State, forms: &dyn Forms, actor: &Actor, file: &Hash) -> Result<(), Refusal> {
    allowed(state, actor, Permission::WriteRecords)?;
    if state.status().takes_edits() || is_named(state, forms, file) {
        return Ok(());
    }
    not_final(state)?;
    Err(Refusal::Waiting)
}

/// Does the record name this file, in its draft or in anything that was sent?
fn is_named(state: &State, forms: &dyn Forms, file: &Hash) -> bool {
    let drafted = std::iter::once((state.form().hash, state.answers()));
    let sent = state
        .rounds()
        .iter()
        .map(|round| (round.revision().form, &round.revision().answers));
    drafted.chain(sent).any(|(hash, answers)| {
        let form = forms.find(hash);
        form.is_some_and(|form| files_named(&form, answers).any(|(_, named)| named.hash == *file))
    })
}
