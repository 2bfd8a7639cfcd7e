//! What must hold whatever people, networks, devices and servers do, in any order:
//!
//! - a device holds everything that was written on it, wherever the page dies, until the server has it and after;
//! - an item leaves the outbox only once the server has it, or into the tray of what was refused;
//! - no words are replaced by somebody who has not had them before them: conflicting texts both survive;
//! - every page shows what stands, and never moves the words under a writer's hands;
//! - in the end everyone has the same record, and all that was written is in its history or in a tray.
//!
//! [`World`] takes the steps and holds them to these laws.
//!
//! Long because the steps, the world that takes them and the laws are one argument, and each is read with the others.

use std::collections::{BTreeMap, BTreeSet};

use engine::Edit;
use form::{Address, Answer, RowKey};
use proptest::prelude::*;
use record::{Action, Body, EventId, Role, State};

use crate::clock;
use crate::keep::NotKept;
use crate::keep::entries::{Errand, Item};
use crate::outbox::Cargo;
use crate::testing::{Device, Network, Server, address, cases, now, person};

/// The questions that are typed at.
const QUESTIONS: [&str; 5] = [
    "visit.note",
    "visit.hours",
    "children[ben].words",
    "visit.people[r1].name",
    "visit.people[r2].calls[r3].when",
];
/// Repeats, and the rows that come and go in them.
const ROWS: [(&str, &str); 3] = [
    ("visit.people", "r1"),
    ("visit.people", "r2"),
    ("visit.people[r2].calls", "r3"),
];

/// Something that happens on one of two devices, or to the server.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Types at a question; the words are new each time.
    Type(usize),
    /// Clears a question.
    Clear(usize),
    /// Decides between answers that stand against each other, if there are any.
    Decide(usize),
    Pause,
    Leave,
    AddRow(usize),
    RemoveRow(usize),
    /// Writes to the device.
    Write,
    /// The device is full, or has room again.
    Full(bool),
    Send(Network),
    /// Adds one of a few files.
    Attach(u8),
    SendFile(Network),
    Refresh,
    /// Agrees to go on in the later version of the form, if all is sent and nobody else has written since.
    Move,
    /// The page dies and is opened again.
    Crash,
    /// The server is restored from a backup that lacks the last so many events.
    Restore(usize),
    /// So many seconds pass.
    Wait(i64),
}

/// All goes well for a while: what is typed is asked for and sent, and what others did is learnt.
const SYNC: [Step; 4] = [
    Step::Pause,
    Step::Wait(600),
    Step::Send(Network::Fine),
    Step::Refresh,
];

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let question = || prop_oneof![3 => Just(0), 2 => 0..QUESTIONS.len()];
    let row = 0..ROWS.len();
    let network = prop_oneof![
        8 => Just(Network::Fine),
        2 => Just(Network::Lost),
        3 => Just(Network::Deaf),
        1 => Just(Network::Broken),
        1 => Just(Network::Busy),
        1 => Just(Network::SignedOut),
        1 => Just(Network::Rejected),
    ];
    let step = prop_oneof![
        16 => question().prop_map(Step::Type),
        2 => question().prop_map(Step::Clear),
        2 => question().prop_map(Step::Decide),
        5 => Just(Step::Pause),
        4 => Just(Step::Leave),
        5 => row.clone().prop_map(Step::AddRow),
        2 => row.prop_map(Step::RemoveRow),
        8 => Just(Step::Write),
        2 => any::<bool>().prop_map(Step::Full),
        14 => network.clone().prop_map(Step::Send),
        2 => (0..3_u8).prop_map(Step::Attach),
        3 => network.prop_map(Step::SendFile),
        6 => Just(Step::Refresh),
        2 => Just(Step::Crash),
        2 => Just(Step::Move),
        1 => (1..4_usize).prop_map(Step::Restore),
        4 => (1..600_i64).prop_map(Step::Wait),
    ];
    let steps = prop_oneof![
        6 => step.prop_map(|step| vec![step]),
        1 => Just(SYNC.to_vec()),
    ];
    let steps =
        (0..2_usize, steps).prop_map(|(which, steps)| steps.into_iter().map(move |step| (which, step)));
    prop::collection::vec(steps, 1..50).prop_map(|steps| steps.into_iter().flatten().collect())
}

/// All that a device holds of somebody's work, as it would be found there.
#[derive(Clone, Default)]
struct Work {
    /// The words, wherever they are: typed, waiting, refused, or in the record as the device knows it.
    words: BTreeSet<String>,
    waiting: BTreeSet<EventId>,
    refused: BTreeSet<EventId>,
}

impl Work {
    fn of(device: &Device) -> Self {
        let kept = now(device.keep.record(device.record())).unwrap();
        let ledger = device.sheet.ledger();
        assert_eq!(kept.typed, *ledger.typed(), "what is typed is kept");
        let waiting: Vec<Item> = ledger.queue().items().cloned().collect();
        assert_eq!(kept.items, waiting, "what waits is kept");
        let known = kept.events.last().map(|event| event.head());
        assert_eq!(known, ledger.there().map(State::head), "what happened is kept");

        let refused: Vec<Item> = device
            .refused()
            .into_iter()
            .map(|returned| returned.item)
            .collect();
        let typed = kept.typed.values().filter_map(|typed| words_of(&typed.answer));
        let items = kept.items.iter().chain(&refused).filter_map(words_of_item);
        let events = kept
            .events
            .iter()
            .filter(|event| event.actor.id == device.actor.id);
        let ids = |items: &[Item]| items.iter().map(|item| item.errand.id()).collect();
        Self {
            words: typed
                .chain(items)
                .chain(events.filter_map(|event| words_of_event(&event.body)))
                .collect(),
            waiting: ids(&kept.items),
            refused: ids(&refused),
        }
    }
}

struct Desk {
    device: Option<Device>,
    /// What the device would be found to hold if its page went on, and if it died.
    work: Work,
    written: Work,
    /// All the words that the page has ever shown.
    seen: BTreeSet<String>,
}

/// Two people at their devices, or one person at two, and a server.
struct World {
    server: Server,
    /// The record as far as its events have been looked at.
    stands: State,
    desks: [Desk; 2],
    /// Where a thing was asked for, and the words that had been seen there when it was.
    asked: BTreeMap<EventId, (usize, BTreeSet<String>)>,
    steps: usize,
}

impl World {
    fn new(people: [u128; 2]) -> Self {
        let people = people.map(|number| person(number, Role::Practitioner));
        let server = Server::with_record(&people[0]);
        let desks = people.map(|person| Desk {
            device: Some(Device::open(person, &server)),
            work: Work::default(),
            written: Work::default(),
            seen: BTreeSet::new(),
        });
        Self {
            stands: server.state(),
            server,
            desks,
            asked: BTreeMap::new(),
            steps: 0,
        }
    }

    fn step(&mut self, which: usize, step: Step) {
        self.steps += 1;
        let words = format!("{which}:{}", self.steps);
        let desk = &mut self.desks[which];
        let device = desk.device.take().unwrap();
        let replaced = match step {
            // All but the last keystroke of a word give way to the next.
            Step::Type(at) | Step::Clear(at) => {
                let ledger = device.sheet.ledger();
                let place = in_version(QUESTIONS[at], ledger.form().version);
                ledger.typed().get(&address(&place))
            }
            _ => None,
        };
        let replaced = replaced.and_then(|typed| words_of(&typed.answer));
        let hands = under_hands(&device);

        let device = act(device, step, words, &mut self.server);

        check_page(&device);
        if let (Step::Send(_) | Step::Refresh | Step::Write | Step::Pause, Some(hands)) = (step, hands) {
            assert!(
                under_hands(&device).is_none_or(|now| now == hands),
                "words moved under the writer's hands"
            );
        }
        let before = if let Step::Crash = step {
            &desk.written
        } else {
            &desk.work
        };
        let after = Work::of(&device);
        for words in before.words.difference(&after.words) {
            assert_eq!(Some(words), replaced.as_ref(), "these are on the device no more");
        }
        for id in before.waiting.difference(&after.waiting) {
            let is_received =
                self.server.events.iter().any(|event| event.id == *id) || self.server.files.contains_key(id);
            assert!(
                is_received || after.refused.contains(id),
                "it left the outbox without a receipt"
            );
        }
        assert!(
            before.refused.is_subset(&after.refused),
            "only a person takes something out of the tray"
        );
        for id in &after.waiting {
            self.asked
                .entry(*id)
                .or_insert_with(|| (which, desk.seen.clone()));
        }
        if !device.keep.is_behind() {
            desk.written = after.clone();
        }
        desk.work = after;
        desk.seen.extend(shown(&device));
        desk.device = Some(device);
        self.check_what_was_replaced();
    }

    /// Whoever replaced somebody's words had seen them.
    fn check_what_was_replaced(&mut self) {
        if self.server.events.len() < self.stands.head().seq.0 as usize {
            self.stands = self.server.state();
        }
        for event in self.server.after(self.stands.head().seq).events {
            let before = words_in(&self.stands);
            self.stands.apply(&event).unwrap();
            let after = words_in(&self.stands);
            if let Body::Moved(moved) = &event.body {
                let left = moved.left.iter().flat_map(|left| left.answers().cloned());
                let left = left.filter_map(|answer| words_of(&Some(answer))).collect();
                assert_eq!(
                    before,
                    &after | &left,
                    "a move leaves behind what it tells, and no more"
                );
                continue;
            }
            let (which, seen) = &self.asked[&event.id];
            for words in before.difference(&after) {
                let is_own = words.starts_with(&format!("{which}:"));
                assert!(
                    is_own || seen.contains(words),
                    "{words} was replaced by {event:?}"
                );
            }
        }
    }

    /// Everything works at last, and everybody has time.
    fn settle(&mut self) {
        for which in [0, 1, 0, 1] {
            for step in [Step::Full(false), Step::Leave, Step::Refresh, Step::Wait(3_600)] {
                self.step(which, step);
            }
            for (cargo, step) in [
                (Cargo::Files, Step::SendFile as fn(_) -> _),
                (Cargo::Words, Step::Send),
            ] {
                while self.desks[which]
                    .device
                    .as_ref()
                    .unwrap()
                    .sheet
                    .ledger()
                    .next(cargo)
                    .is_some()
                {
                    self.step(which, step(Network::Fine));
                }
            }
            assert_eq!(
                self.desks[which].device.as_ref().unwrap().sheet.ledger().unsent(),
                0
            );
        }
        let history = self
            .server
            .events
            .iter()
            .filter_map(|event| words_of_event(&event.body));
        let trays = self
            .desks
            .iter()
            .flat_map(|desk| desk.device.as_ref().unwrap().refused());
        let arrived: BTreeSet<String> = history
            .chain(trays.filter_map(|returned| words_of_item(&returned.item)))
            .collect();
        for which in [0, 1] {
            self.step(which, Step::Refresh);
            self.step(which, Step::Write);
            for step in [Step::Wait(0), Step::Crash] {
                self.step(which, step);
                let Desk { device, work, .. } = &self.desks[which];
                let sheet = &device.as_ref().unwrap().sheet;
                let nowhere: Vec<_> = work.words.difference(&arrived).collect();
                assert_eq!(nowhere, [""; 0], "these are neither in the record nor in a tray");
                assert_eq!(
                    *sheet.ledger().state(),
                    self.server.state(),
                    "the device agrees with the server"
                );
                assert_eq!(
                    sheet.session().answers(),
                    *self.stands.answers(),
                    "and so does the page"
                );
            }
        }
    }
}

fn act(mut device: Device, step: Step, words: String, server: &mut Server) -> Device {
    let version = device.sheet.ledger().form().version;
    let address = |place: &str| address(&in_version(place, version));
    let row = |row: usize| (address(ROWS[row].0), RowKey::new(ROWS[row].1).unwrap());
    match step {
        Step::Type(question) => {
            if let Some(at) = device.at(address(QUESTIONS[question]).as_str()) {
                let answer = Some(Answer::Text(words));
                device.sheet.edit(Edit::Answer { at, answer }).unwrap();
            }
        }
        Step::Clear(question) => {
            if let Some(at) = device.at(address(QUESTIONS[question]).as_str()) {
                device.sheet.edit(Edit::Answer { at, answer: None }).unwrap();
            }
        }
        Step::Decide(question) => {
            let address = address(QUESTIONS[question]);
            if !device.sheet.marks(&address).rivals.is_empty() {
                let answer = Some(Answer::Text(words));
                device
                    .sheet
                    .ask(|state| Ok(Action::answer(state, address, answer)))
                    .unwrap();
            }
        }
        Step::Pause => drop(device.sheet.pause()),
        Step::Leave => drop(device.sheet.leave()),
        Step::AddRow(number) => {
            let (rows, key) = row(number);
            if let Some(rows) = device.sheet.session().find(&rows) {
                // The row may be there already.
                let _ = device.sheet.edit(Edit::AddRow {
                    rows,
                    key,
                    before: None,
                });
            }
        }
        Step::RemoveRow(number) => {
            let (rows, key) = row(number);
            if let Some(rows) = device.sheet.session().find(&rows) {
                // The row may not be there, or hold what has not been seen.
                let _ = device.sheet.edit(Edit::RemoveRow { rows, key });
            }
        }
        Step::Write => drop(device.write()),
        Step::Full(full) => device.memory.fail(full.then_some(NotKept::Full)),
        Step::Send(network) => drop(device.send(server, network)),
        Step::Attach(file) => drop(device.attach(&format!("file {file}"))),
        Step::SendFile(network) => drop(device.send_cargo(server, Cargo::Files, network)),
        Step::Refresh => device.refresh(server),
        Step::Move => drop(device.move_on(server)),
        Step::Crash => return device.crash(),
        Step::Restore(lost) => server.restore(lost),
        Step::Wait(seconds) => clock::tests::wait(seconds * 1_000),
    }
    device
}

/// A place in a version of the form, where it goes by the name that it had in the first.
fn in_version(place: &str, version: u32) -> String {
    match version {
        1 => place.to_owned(),
        _ => place
            .replace("visit.note", "visit.account")
            .replace("visit.people", "visit.others"),
    }
}

/// The page shows what stands, and what is being typed on top of it.
fn check_page(device: &Device) {
    let ledger = device.sheet.ledger();
    let mut stands = ledger.state().answers().clone();
    for (address, typed) in ledger.typed() {
        stands.set(address.clone(), typed.answer.clone());
    }
    let mut shown = device.sheet.session().answers();
    if let Some(writing) = ledger.writing() {
        // Where somebody writes, the page keeps what they wrote until they leave.
        stands.set(writing.clone(), None);
        shown.set(writing.clone(), None);
    }
    // What is typed in a row that is no longer there is asked for all the same.
    let strays = device.sheet.session().strays(&stands);
    stands.values.retain(|address, _| !strays.contains(address));
    assert_eq!(shown, stands);
}

/// The question being written at, and what the page shows there.
fn under_hands(device: &Device) -> Option<(Address, Option<Answer>)> {
    let writing = device.sheet.ledger().writing()?;
    let at = device.at(writing.as_str())?;
    Some((writing.clone(), device.sheet.session().view(at)?.answer))
}

/// All the words that the page shows: the answers, and at each conflict all that stand there.
fn shown(device: &Device) -> BTreeSet<String> {
    let answers = device.sheet.session().answers().values;
    let mut shown: BTreeSet<String> = answers
        .into_values()
        .filter_map(|answer| words_of(&Some(answer)))
        .collect();
    let state = device.sheet.ledger().state();
    for address in state.draft().conflicts() {
        shown.extend(
            state
                .answers()
                .values
                .get(address)
                .and_then(|answer| words_of(&Some(answer.clone()))),
        );
        shown.extend(
            state
                .draft()
                .rivals(address)
                .iter()
                .filter_map(|rival| words_of(&rival.answer)),
        );
    }
    shown
}

/// All the words that stand in a record.
fn words_in(state: &State) -> BTreeSet<String> {
    let answers = state.answers().values.values().cloned().map(Some);
    let rivals = state
        .draft()
        .conflicts()
        .flat_map(|address| state.draft().rivals(address));
    let rivals = rivals.map(|rival| rival.answer.clone());
    answers
        .chain(rivals)
        .filter_map(|answer| words_of(&answer))
        .collect()
}

fn words_of(answer: &Option<Answer>) -> Option<String> {
    match answer {
        Some(Answer::Text(words)) => Some(words.clone()),
        _ => None,
    }
}

fn words_of_item(item: &Item) -> Option<String> {
    match &item.errand {
        Errand::Command(command) => match &command.action {
            Action::Answer { answer, .. } => words_of(answer),
            _ => None,
        },
        Errand::Start { .. } | Errand::File(_) => None,
    }
}

fn words_of_event(body: &Body) -> Option<String> {
    match body {
        Body::Answered(edit) | Body::Conflicting(edit) => words_of(&edit.answer),
        _ => None,
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_laws_hold_for_two_people_and_for_one_at_two_devices(one_person: bool, steps in steps()) {
        let mut world = World::new([1, if one_person { 1 } else { 2 }]);
        for (which, step) in steps {
            world.step(which, step);
        }
        world.settle();
    }
}
