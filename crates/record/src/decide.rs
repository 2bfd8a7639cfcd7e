//! The decision: what comes of a command, or why nothing does. All of Firsthand's rules about who may do what to a
//! record, and when, are here and in the files beside it.
//!
//! A decision depends on the record, the form, the files at hand, the command, the person and the moment, and on nothing
//! else, so the browser foresees what the server will say.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Session, Subject};
use form::{About, Form, FormHash, Name};

use crate::actor::{Actor, ActorRef, Permission};
use crate::command::{Action, Command};
use crate::event::{Body, Created, Event, FormRef, Unsealed};
use crate::files::FilesAtHand;
use crate::ids::{EventId, RecordId, Seq};
use crate::places::Places;
use crate::refusal::{Needed, Refusal};
use crate::revision::Revision;
use crate::state::{State, env};
use crate::status::Status;
use crate::timestamp::Timestamp;

mod moving;
mod sign_off;
mod writing;

/// The most children one record may be about.
pub const MAX_CHILDREN: usize = 20;

/// What comes of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Decided {
    /// This happens next.
    Happens(Box<Event>),
    /// It was taken before and happened at this place. Sending a command again changes nothing.
    Happened(Seq),
}

/// What a record begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The first event's id, made by the device.
    pub id: EventId,
    /// The record's id, made by the device.
    pub record: RecordId,
    /// When the person started it, by their device's clock.
    pub noted_at: Timestamp,
    /// The children, as they are on file.
    pub subjects: Vec<Subject>,
    /// The rule pack to keep to; without one, the form's that was in force when it began.
    pub rule_pack: Option<Name>,
}

/// Starts a record. It belongs to the team of whoever starts it.
///
/// # Errors
/// [`Refusal`] if the person may not start records, or the children are not such as the form is about.
pub fn start(form: &Form, start: Start, actor: &Actor, now: Timestamp) -> Result<Event, Refusal> {
    if !actor.may(Permission::StartRecords) {
        return Err(Refusal::NotAllowed);
    }
    let Start {
        id,
        record,
        noted_at,
        subjects,
        rule_pack,
    } = start;
    let twice =
        |(index, child): (usize, &Subject)| subjects.iter().skip(index + 1).any(|other| other.id == child.id);
    if !suits(form, subjects.len()) || subjects.iter().enumerate().any(twice) {
        return Err(Refusal::WrongChildren);
    }
    let began = noted_at.day_in_london();
    let rule_pack = rule_pack.or_else(|| form.pack_on(began).map(|pack| pack.name.clone()));
    let created = Created {
        form: FormRef::of(form, rule_pack.as_ref()),
        subjects,
        team: actor.team,
        rule_pack,
    };
    let body = Body::Created(created);
    Ok(Unsealed {
        id,
        record,
        actor: ActorRef::from(actor),
        at: now,
        noted_at,
        body,
    }
    .seal(None)?)
}

/// Can a record that is filled in with this form be about so many children?
pub(crate) fn suits(form: &Form, children: usize) -> bool {
    match form.about {
        About::Child => children == 1,
        About::Children => (1..=MAX_CHILDREN).contains(&children),
    }
}

/// Where forms are found by their hash.
pub trait Forms {
    /// The form of this hash, if it is here.
    fn find(&self, hash: FormHash) -> Option<Arc<Form>>;
}

/// One form, of a record that has not moved.
impl Forms for Arc<Form> {
    fn find(&self, hash: FormHash) -> Option<Arc<Form>> {
        (self.hash() == hash).then(|| Arc::clone(self))
    }
}

impl Forms for BTreeMap<FormHash, Arc<Form>> {
    fn find(&self, hash: FormHash) -> Option<Arc<Form>> {
        self.get(&hash).cloned()
    }
}

/// Decides what comes of a command. Of the forms it needs the one that the record is filled in with, the one that it
/// is to move to, and, for a command from before a move, all between the one that it was written in and this.
///
/// A draft is never refused for being incomplete or wrong, nor for a file that has not arrived: that stands in the way
/// of sending it and of signing it, which is why `files` is asked for here and not where files are kept. Only the conditions that answers set, such as a question
/// being read-only for now, are left to the session of whoever edits: an answer written while it could be is kept.
///
/// # Errors
/// [`Refusal`] if nothing comes of it.
pub fn decide(
    state: &State,
    forms: &dyn Forms,
    files: FilesAtHand<'_>,
    command: &Command,
    actor: &Actor,
    now: Timestamp,
) -> Result<Decided, Refusal> {
    if let Some(known) = state.known.get(&command.id) {
        let is_same = known.by == actor.id && known.noted_at == command.noted_at;
        return if is_same {
            Ok(Decided::Happened(known.seq))
        } else {
            Err(Refusal::IdTaken)
        };
    }
    let form = &forms.find(state.form.hash).ok_or(Refusal::OtherForm)?;
    let action = &*moving::up_to_date(state, forms, command)?;
    let case = Case {
        state,
        form,
        files,
        actor,
        now,
    };
    let body = match action {
        Action::Answer {
            address,
            answer,
            over,
        } => case.answer(address, answer.as_ref(), over),
        Action::AddRow { address, key, before } => case.add_row(address, key, before.as_ref()),
        Action::RemoveRow { address, key, over } => case.remove_row(address, key, over),
        Action::Acknowledge(what) => case.acknowledge(what),
        Action::Reply { comment, text } => case.reply(*comment, text),
        Action::Submit { draft } => case.submit(*draft),
        Action::Return {
            revision,
            reasons,
            note,
            comments,
        } => case.send_back(*revision, reasons, note, comments),
        Action::Approve { revision, oversight } => case.approve(*revision, oversight),
        Action::Void { reason } => case.void(reason),
        Action::Move { form, seen } => case.move_on(forms.find(*form).as_deref(), *seen),
    }?;
    let unsealed = Unsealed {
        id: command.id,
        record: state.record,
        actor: ActorRef::from(actor),
        at: now,
        noted_at: command.noted_at,
        body,
    };
    Ok(Decided::Happens(Box::new(unsealed.seal(Some(state.head))?)))
}

/// What a decision depends on, but for the command.
struct Case<'a> {
    state: &'a State,
    form: &'a Arc<Form>,
    files: FilesAtHand<'a>,
    actor: &'a Actor,
    now: Timestamp,
}

impl Case<'_> {
    /// May the person do this to a record that they may see?
    fn allowed(&self, permission: Permission) -> Result<(), Refusal> {
        allowed(self.state, self.actor, permission)
    }

    /// Is there anything left that may happen to the record?
    fn not_final(&self) -> Result<(), Refusal> {
        not_final(self.state)
    }

    /// The places of the record as it is being written.
    fn places(&self) -> Places<'_> {
        Places {
            form: self.form,
            subjects: self.state.subjects(),
            rows: &self.state.answers().rows,
        }
    }

    /// The draft as the engine sees it at this moment.
    fn session(&self) -> Session {
        Session::new(
            Arc::clone(self.form),
            self.state.env(self.now),
            self.state.answers(),
        )
    }

    /// A revision as the engine sees it at this moment, which may be days after it was sent.
    fn session_of(&self, revision: &Revision) -> Session {
        let env = env(&revision.env.subjects, revision.rule_pack.as_ref(), self.now);
        Session::new(Arc::clone(self.form), env, &revision.answers)
    }
}

/// May the person do this to a record that they may see?
pub(crate) fn allowed(state: &State, actor: &Actor, permission: Permission) -> Result<(), Refusal> {
    if !actor.may(permission) {
        Err(Refusal::NotAllowed)
    } else if !actor.may_see(state.created.team, &state.authors) {
        Err(Refusal::OtherTeam)
    } else {
        Ok(())
    }
}

/// Is there anything left that may happen to the record?
pub(crate) fn not_final(state: &State) -> Result<(), Refusal> {
    match state.status {
        Status::Approved { .. } | Status::Filed { .. } => Err(Refusal::Complete),
        Status::Voided { .. } => Err(Refusal::Voided),
        Status::Draft | Status::Waiting { .. } | Status::Returned { .. } => Ok(()),
    }
}

/// A text that says something.
fn written(text: &str, needed: Needed) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        Err(Refusal::Blank(needed))
    } else {
        Ok(text.to_owned())
    }
}
