//! What is to be sent of one record: in which order, in what portions, when, and what an answer does to it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use form::Address;
use record::{Action, Command, EventId, Timestamp};
use wire::{MAX_COMMANDS, Outcome, Refused, StartRecord};

use super::Verdict;
use crate::keep::entries::{Errand, FileToSend, Item, write_text};

/// The most bytes of commands in one request, unless a single one is larger.
const MAX_BYTES: usize = 256 * 1024;
/// The first wait after a failure; each further one doubles it.
const FIRST_WAIT_MS: i64 = 2_000;
/// The longest wait.
const LONGEST_WAIT_MS: i64 = 5 * 60_000;

/// The outbox of one record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    /// INVARIANT: in the order in which they were made, which is that of `Item::order`.
    items: VecDeque<Item>,
    /// How many items are to be sent one by one, because something among them is bad.
    singly: usize,
    failures: u32,
    /// Nothing is sent before this.
    wait_until: Option<Timestamp>,
    /// Items on which the server broke, with how often, and when to try again. The others need not wait for them.
    broke_on: BTreeMap<EventId, (u32, Timestamp)>,
}

/// One request's worth.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Batch {
    /// To start the record.
    Start(StartRecord),
    /// To do things to it.
    Commands(Vec<Command>),
    /// To keep a file of it.
    File(FileToSend),
}

/// What one carrier takes. A file takes as long as its size asks for, so another carries it, and words never wait
/// behind a photograph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cargo {
    /// What is written and decided.
    Words,
    /// Files that were added.
    Files,
}

/// What an answer did.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settled {
    /// Items that the server has for good.
    pub(crate) receipts: Vec<Item>,
    /// Items that it refused, and why.
    pub(crate) refused: Vec<(Item, Refused)>,
}

impl Queue {
    /// The queue of these items, in order.
    pub(crate) fn new(items: Vec<Item>) -> Self {
        Self {
            items: items.into(),
            ..Self::default()
        }
    }

    /// Everything that is waiting, in order.
    pub(crate) fn items(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.items.iter()
    }

    /// The commands that are waiting, in order.
    pub(crate) fn commands(&self) -> impl Iterator<Item = &Command> {
        self.items.iter().filter_map(|item| match &item.errand {
            Errand::Command(command) => Some(command),
            Errand::Start { .. } | Errand::File(_) => None,
        })
    }

    /// Puts an item at the end and says what it became.
    pub(crate) fn push(&mut self, errand: Errand, form: (form::FormHash, u32)) -> Item {
        let (form, version) = form;
        let order = self.items.back().map_or(0, |last| last.order + 1);
        let item = Item {
            errand,
            form,
            version,
            order,
        };
        self.items.push_back(item.clone());
        item
    }

    /// The files that are waiting, in order.
    pub(crate) fn files(&self) -> impl Iterator<Item = &FileToSend> {
        self.items.iter().filter_map(|item| match &item.errand {
            Errand::File(file) => Some(file),
            Errand::Start { .. } | Errand::Command(_) => None,
        })
    }

    /// What to send at this moment, if anything.
    pub(crate) fn next(&self, cargo: Cargo, now: Timestamp) -> Option<Batch> {
        let mut commands: Vec<Command> = Vec::new();
        let mut bytes = 0;
        let most = match self.singly {
            0 => usize::try_from(MAX_COMMANDS).unwrap_or(usize::MAX),
            _ => 1,
        };
        for item in self.ready(cargo, now) {
            let command = match &item.errand {
                Errand::Start { request, .. } => return Some(Batch::Start(request.clone())),
                Errand::File(file) => return Some(Batch::File(file.clone())),
                Errand::Command(command) => command,
            };
            bytes += write_text(command).len();
            if commands.len() >= most || !commands.is_empty() && bytes > MAX_BYTES {
                break;
            }
            commands.push(command.clone());
        }
        (!commands.is_empty()).then_some(Batch::Commands(commands))
    }

    /// The items of this cargo that need not wait at this moment: neither for time to pass nor for an earlier item that
    /// must, or that another carries.
    fn ready(&self, cargo: Cargo, now: Timestamp) -> impl Iterator<Item = &Item> {
        let all_wait = self.wait_until.is_some_and(|until| now < until);
        let mut left_out: Vec<&Errand> = Vec::new();
        self.items.iter().filter(move |item| {
            let broke_on = self.broke_on.get(&item.errand.id());
            let waits = Cargo::of(&item.errand) != cargo
                || all_wait
                || broke_on.is_some_and(|(_, until)| now < *until)
                || left_out.iter().any(|earlier| follows(&item.errand, earlier));
            if waits {
                left_out.push(&item.errand);
            }
            !waits
        })
    }

    /// When there will be something to send, if nothing else happens and there is nothing now.
    pub(crate) fn next_at(&self) -> Option<Timestamp> {
        let broke_on = self.broke_on.values().map(|(_, until)| *until);
        let ends: BTreeSet<Timestamp> = self.wait_until.into_iter().chain(broke_on).collect();
        let all = [Cargo::Words, Cargo::Files];
        let is_any = |end: &Timestamp| all.iter().any(|cargo| self.ready(*cargo, *end).next().is_some());
        ends.into_iter().find(is_any)
    }

    /// Forgets every wait for a better connection: there is a reason to believe that it will go better now.
    pub(crate) fn hurry(&mut self) {
        self.wait_until = None;
        for item in &self.items {
            if let Errand::File(file) = &item.errand {
                self.broke_on.remove(&file.id);
            }
        }
    }

    /// Takes in what came of sending a batch. `chance` spreads the retries of many devices.
    pub(crate) fn answered(
        &mut self,
        batch: &Batch,
        verdict: &Verdict,
        now: Timestamp,
        chance: u8,
    ) -> Settled {
        let mut settled = Settled::default();
        match verdict {
            Verdict::Posted(posted) => {
                self.made_way(batch);
                for outcome in &posted.outcomes {
                    let Some(item) = self.take(outcome.id()) else {
                        continue;
                    };
                    match outcome {
                        Outcome::Taken { .. } => settled.receipts.push(item),
                        Outcome::Refused { refused, .. } => settled.refused.push((item, refused.clone())),
                    }
                }
            }
            Verdict::Refused(refused) => match batch.only() {
                Some(id) => {
                    self.made_way(batch);
                    settled
                        .refused
                        .extend(self.take(id).map(|item| (item, refused.clone())));
                }
                None => self.singly = batch.len(),
            },
            Verdict::Kept => {
                self.made_way(batch);
                settled.receipts.extend(batch.only().and_then(|id| self.take(id)));
            }
            Verdict::Broke => match batch.only() {
                Some(id) => {
                    self.made_way(batch);
                    self.broke(id, now, chance);
                }
                None => self.singly = batch.len(),
            },
            // A connection that is too bad for a file may still do for words.
            Verdict::Busy | Verdict::Unreachable if matches!(batch, Batch::File(_)) => {
                if let Some(id) = batch.only() {
                    self.broke(id, now, chance);
                }
            }
            Verdict::Busy | Verdict::Unreachable => {
                self.wait_until = Some(wait(now, self.failures, chance));
                self.failures += 1;
            }
            // Signing in wakes it. Until then there is nothing to wait for.
            Verdict::SignedOut => {}
        }
        settled
    }

    /// Takes out an item whose event has been seen in the record: that is a receipt too.
    pub(crate) fn seen(&mut self, event: EventId) -> Option<Item> {
        self.take(event)
    }

    /// An item waits by itself, longer each time.
    fn broke(&mut self, id: EventId, now: Timestamp, chance: u8) {
        let times = self.broke_on.get(&id).map_or(0, |(times, _)| *times);
        self.broke_on.insert(id, (times + 1, wait(now, times, chance)));
    }

    /// The server took in a request.
    fn made_way(&mut self, batch: &Batch) {
        if let Batch::File(_) = batch {
            // What is bad among the words is no better for it.
            return;
        }
        self.singly = self.singly.saturating_sub(batch.len());
        self.failures = 0;
        self.wait_until = None;
    }

    fn take(&mut self, id: EventId) -> Option<Item> {
        let place = self.items.iter().position(|item| item.errand.id() == id)?;
        self.broke_on.remove(&id);
        self.items.remove(place)
    }
}

impl Batch {
    fn len(&self) -> usize {
        match self {
            Self::Start(_) | Self::File(_) => 1,
            Self::Commands(commands) => commands.len(),
        }
    }

    /// The item, if there is only one.
    fn only(&self) -> Option<EventId> {
        match self {
            Self::Start(request) => Some(request.id),
            Self::File(file) => Some(file.id),
            Self::Commands(commands) => match commands.as_slice() {
                [command] => Some(command.id),
                _ => None,
            },
        }
    }
}

impl Cargo {
    fn of(errand: &Errand) -> Self {
        match errand {
            Errand::File(_) => Self::Files,
            Errand::Start { .. } | Errand::Command(_) => Self::Words,
        }
    }
}

/// Can an errand make sense only once an earlier one has been taken?
fn follows(later: &Errand, earlier: &Errand) -> bool {
    match (later, earlier) {
        // A file needs no more than its record, and is needed by nothing but what sends that for sign-off.
        (Errand::File(_), earlier) => return matches!(earlier, Errand::Start { .. }),
        (later, Errand::File(_)) => return is_submit(later),
        _ => {}
    }
    match (place(later), place(earlier)) {
        (Some(later), Some(earlier)) => later.starts_with(&earlier) || earlier.starts_with(&later),
        // Whatever is about the record as a whole comes after all that was written before it, and before the rest.
        _ => true,
    }
}

fn is_submit(errand: &Errand) -> bool {
    matches!(errand, Errand::Command(command) if matches!(command.action, Action::Submit { .. }))
}

/// The start of every address that an errand is about; none if it is about the record as a whole.
fn place(errand: &Errand) -> Option<String> {
    let Errand::Command(command) = errand else {
        return None;
    };
    match &command.action {
        Action::Answer { address, .. } => Some(address.to_string()),
        Action::AddRow { address, key, .. } | Action::RemoveRow { address, key, .. } => {
            Some(format!("{address}[{key}]"))
        }
        Action::Acknowledge(what) => Some(what.address.to_string()),
        Action::Submit { .. }
        | Action::Return { .. }
        | Action::Reply { .. }
        | Action::Move { .. }
        | Action::Approve { .. }
        | Action::Void { .. } => None,
    }
}

/// The place that a command changes, for a page that must look at it again when nothing came of it.
pub(crate) fn place_of(action: &Action) -> Option<&Address> {
    match action {
        Action::Answer { address, .. }
        | Action::AddRow { address, .. }
        | Action::RemoveRow { address, .. } => Some(address),
        Action::Acknowledge(what) => Some(&what.address),
        _ => None,
    }
}

/// The end of a wait after so many failures: each twice as long, up to a limit, and spread over half as much again.
fn wait(now: Timestamp, failures: u32, chance: u8) -> Timestamp {
    let doubled = FIRST_WAIT_MS.saturating_mul(1 << failures.min(16));
    let wait = doubled.min(LONGEST_WAIT_MS);
    let spread = wait / 2 * i64::from(chance) / 255;
    Timestamp::from_millis(now.as_millis() + wait + spread).unwrap_or(Timestamp::LAST)
}

#[cfg(test)]
mod tests;
