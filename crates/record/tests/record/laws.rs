//! Whatever people do, in whatever order, on however old a view of the record: what must never happen does not.
//!
//! Long because the deeds, the world that they are done in and the laws are one argument, and each is read with the
//! others.

mod versions;

use std::collections::BTreeSet;

use form::{Address, Answer, CheckId};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use record::{
    Acknowledgement, Action, Actor, Body, Command, Comment, CommentId, Decided, Event, FilesAtHand,
    ReturnReason, State, Status, decide, files_named, verify,
};

use self::versions::{in_version, move_is_right, went};
use crate::desk::{Desk, asha, at, ben, code, date, dee, files, key, olu, sam, tess, text, theo, uuid};

/// One person doing one thing, having seen only part of what happened.
#[derive(Clone, Debug)]
struct Move {
    who: usize,
    /// How many of the last events they have not seen.
    behind: usize,
    deed: Deed,
}

#[derive(Clone, Debug)]
enum Deed {
    Answer(&'static str, Option<Answer>),
    /// Everything required, answered one after another.
    Fill,
    AddRow(&'static str, &'static str),
    RemoveRow(&'static str, &'static str),
    Acknowledge,
    Submit,
    Return(Vec<ReturnReason>),
    Reply,
    /// Names a file of this content.
    Attach(&'static str),
    /// A file of this content arrives.
    Arrive(&'static str),
    Approve,
    Void,
    /// Moves it to this version of its form.
    Move(u32),
    /// Fills it, sends it and has it sent back, each by whoever is best placed to.
    RoundTrip,
    /// Sends an earlier command again.
    Replay(prop::sample::Index),
}

fn people() -> [Actor; 7] {
    [asha(), ben(), tess(), theo(), sam(), olu(), dee()]
}

/// A person, by their place among [`people`], and what they do.
fn deed() -> impl Strategy<Value = (usize, Deed)> {
    let question = prop::sample::select(vec![
        "visit.outcome",
        "visit.why",
        "visit.hours",
        "next.plan",
        "next.plan",
        "next.plan",
        "children[c-1].seen",
        "visit.visitors[v-1].name",
        "visit.visitors[v-1].name",
        "visit.visitors[v-1].name",
        "visit.visitors[v-1].remarks[r-1].text",
        "visit.nothing",
    ]);
    let answer = prop::sample::select(vec![
        None,
        text("one"),
        text("two"),
        text("two"),
        text("two"),
        text("9"),
        code("yes"),
        code("completed"),
        code("no_answer"),
        date("1", "2", ""),
    ]);
    let row = prop::sample::select(vec![
        ("visit.visitors", "v-1"),
        ("visit.visitors[v-1].remarks", "r-1"),
    ]);
    let file = prop::sample::select(vec!["a letter", "a picture"]);
    let reasons = prop::sample::subsequence(vec![ReturnReason::Voice, ReturnReason::Plan], 0..=2);
    let writing = prop_oneof![
        12 => (question, answer).prop_map(|(question, answer)| Deed::Answer(question, answer)),
        3 => Just(Deed::Fill),
        6 => row.clone().prop_map(|(repeat, row)| Deed::AddRow(repeat, row)),
        5 => row.prop_map(|(repeat, row)| Deed::RemoveRow(repeat, row)),
        2 => Just(Deed::Acknowledge),
        6 => Just(Deed::Submit),
        2 => Just(Deed::Reply),
        2 => Just(Deed::RoundTrip),
        2 => file.clone().prop_map(Deed::Attach),
        3 => file.prop_map(Deed::Arrive),
        3 => (2..=3_u32).prop_map(Deed::Move),
        4 => any::<prop::sample::Index>().prop_map(Deed::Replay),
    ];
    let deciding = prop_oneof![
        3 => reasons.prop_map(Deed::Return),
        9 => Just(Deed::Approve),
        1 => Just(Deed::Void),
    ];
    // Mostly those who should, at times anybody.
    let anybody = || 0..people().len();
    prop_oneof![
        3 => (prop_oneof![12 => 0..2_usize, 1 => anybody()], writing),
        1 => (prop_oneof![6 => 2..5_usize, 1 => anybody()], deciding),
    ]
}

fn moves() -> impl Strategy<Value = (usize, Vec<Move>)> {
    let behind = prop_oneof![2 => Just(0_usize), 1 => 1..8_usize];
    let one = (deed(), behind).prop_map(|((who, deed), behind)| Move { who, behind, deed });
    (0..3_usize, prop::collection::vec(one, 1..60))
}

/// A record, all that was sent for it, and what came of it.
struct World {
    desk: Desk,
    sent: Vec<(usize, Command)>,
    accepted: Vec<(Command, Event)>,
    /// The version of the form that the record was filled in with after each of them.
    versions: Vec<u32>,
    refused: BTreeSet<&'static str>,
}

impl World {
    fn new(stages: usize) -> Self {
        let stages = &["team_manager", "service_manager"][..stages];
        Self {
            desk: Desk::with_stages(stages),
            sent: Vec::new(),
            accepted: Vec::new(),
            versions: Vec::new(),
            refused: BTreeSet::new(),
        }
    }

    fn make(&mut self, Move { who, behind, deed }: &Move) {
        let known = self.desk.events.len().saturating_sub(*behind).max(1);
        let seen = State::fold(&self.desk.events[..known]).unwrap();
        match deed {
            Deed::Replay(which) => {
                if !self.sent.is_empty() {
                    let (who, command) = which.get(&self.sent).clone();
                    self.send(who, command);
                }
            }
            Deed::Fill => self.fill(*who),
            Deed::RoundTrip => {
                let (asha, tess) = (0, 2);
                self.fill(asha);
                let submit = self.action(&Deed::Submit, &self.desk.state);
                self.ask(asha, submit, self.version());
                let send_back = self.action(&Deed::Return(vec![ReturnReason::Plan]), &self.desk.state);
                self.ask(tess, send_back, self.version());
            }
            Deed::Arrive(content) => self.desk.arrive(content),
            deed => {
                let action = self.action(deed, &seen);
                self.ask(*who, action, seen.form().version);
            }
        }
    }

    fn fill(&mut self, who: usize) {
        for (address, answer) in [
            ("visit.date", date("19", "11", "2026")),
            ("visit.outcome", code("completed")),
            ("visit.hours", None),
            ("children[c-1].seen", code("yes")),
            ("children[c-2].seen", code("no")),
            ("next.plan", text("Visit again")),
        ] {
            let address = in_version(address, self.version());
            let action = Action::answer(&self.desk.state, at(&address), answer);
            self.ask(who, action, self.version());
        }
    }

    /// The version of the form that the record is filled in with.
    fn version(&self) -> u32 {
        self.desk.state.form().version
    }

    fn action(&self, deed: &Deed, seen: &State) -> Action {
        // What stands to be decided on, or something that never did.
        let revision = match seen.last_round() {
            Some(round) => round.hash(),
            None => form::Hash::of(b"").to_string().parse().unwrap(),
        };
        let version = seen.form().version;
        let at = |address: &str| at(&in_version(address, version));
        match deed {
            // Some write the same, and some what nobody else has written.
            Deed::Answer(address, Some(Answer::Text(words))) if words == "two" => {
                Action::answer(seen, at(address), text(&format!("two {}", self.sent.len())))
            }
            Deed::Answer(address, answer) => Action::answer(seen, at(address), answer.clone()),
            Deed::Attach(content) => Action::answer(seen, at("next.files"), files(&[content])),
            Deed::AddRow(repeat, row) => Action::AddRow {
                address: at(repeat),
                key: key(row),
                before: None,
            },
            Deed::RemoveRow(repeat, row) => Action::remove_row(seen, at(repeat), key(row)),
            Deed::Acknowledge => Action::Acknowledge(Acknowledgement {
                address: at("visit.hours"),
                check: CheckId(u32::from(version > 1)),
                message: "Check the hours: it was a long visit".to_owned(),
                reason: "It was".to_owned(),
            }),
            Deed::Submit => Action::submit(seen).unwrap(),
            Deed::Return(reasons) => {
                let id = CommentId(uuid(7_000 + self.sent.len() as u128));
                let comment = Comment {
                    id,
                    address: at("next.plan"),
                    text: "By when?".to_owned(),
                };
                Action::Return {
                    revision,
                    reasons: reasons.clone(),
                    note: String::new(),
                    comments: vec![comment],
                }
            }
            Deed::Reply => {
                let comment = seen
                    .last_return()
                    .and_then(|(_, returned)| Some(returned.threads.first()?.comment.id));
                Action::Reply {
                    comment: comment.unwrap_or(CommentId(uuid(404))),
                    text: "On Monday".to_owned(),
                }
            }
            Deed::Move(version) => Action::Move {
                form: self.desk.version(*version).hash(),
                seen: seen.head().hash,
            },
            Deed::Approve => Action::Approve {
                revision,
                oversight: "Seen, and safe".to_owned(),
            },
            Deed::Void => Action::Void {
                reason: "Recorded twice".to_owned(),
            },
            Deed::Fill | Deed::RoundTrip | Deed::Replay(_) | Deed::Arrive(_) => {
                unreachable!("not one action")
            }
        }
    }

    /// Asks for something as it is in a version of the form.
    fn ask(&mut self, who: usize, action: Action, version: u32) {
        // An app from before there were moves does not say which version it is.
        let form = (version > 1).then(|| self.desk.version(version).hash());
        let command = Command {
            form,
            ..self.desk.command(action)
        };
        self.sent.push((who, command.clone()));
        self.send(who, command);
    }

    /// Sends a command and holds what comes of it to the laws of one step.
    fn send(&mut self, who: usize, command: Command) {
        let actor = &people()[who];
        let before = self.desk.state.clone();
        let known = before.seq_of(command.id);
        match self.desk.send(actor, &command) {
            Err(refusal) => {
                assert_eq!(self.desk.state, before, "a refused command changed something");
                self.refused.insert(refusal.code());
            }
            Ok(seq) if known.is_some() => {
                assert_eq!(known, Some(seq));
                assert_eq!(
                    self.desk.state, before,
                    "a command that was sent again changed something"
                );
            }
            Ok(seq) => {
                assert!(!before.status().is_final(), "a complete record was changed");
                assert_eq!(seq, before.head().seq.next());
                let event = self.desk.events.last().unwrap().clone();
                assert_eq!(event.id, command.id);
                let decides = matches!(
                    command.action,
                    Action::Return { .. } | Action::Approve { .. } | Action::Void { .. }
                );
                let is_author = self.desk.state.is_author(actor.id);
                assert_eq!(
                    is_author,
                    !decides || before.is_author(actor.id),
                    "{:?}",
                    command.action
                );
                if let Body::Approved(approved) = &event.body {
                    sign_is_right(&before, actor, approved);
                }
                if let Body::Approved(_) | Body::Submitted(_) = &event.body {
                    self.sent_files_are_here();
                }
                if let Body::Moved(moved) = &event.body {
                    move_is_right(&before, &self.desk.state, actor, moved);
                }
                self.accepted.push((command, event));
                self.versions.push(self.version());
            }
        }
        self.rounds_stay(&before);
    }

    /// Whatever is sent or signed names no file that has not arrived.
    fn sent_files_are_here(&self) {
        let sent = self.desk.state.last_round().unwrap().revision();
        let form = &self.desk.forms[&sent.form];
        let mut named = files_named(form, &sent.answers);
        assert!(named.all(|(_, file)| self.desk.files.contains(&file.hash)));
    }

    /// What was sent and signed is as it was, but for what comes after.
    fn rounds_stay(&self, before: &State) {
        for (was, is) in before.rounds().iter().zip(self.desk.state.rounds()) {
            assert_eq!((was.hash(), was.revision()), (is.hash(), is.revision()));
            assert_eq!(is.revision().hash().unwrap(), is.hash());
            let forms: Vec<_> = self.desk.state.forms().map(|form| form.hash).collect();
            assert!(forms.contains(&is.revision().form), "a revision of another form");
            assert!(is.approvals().starts_with(was.approvals()));
            assert!(
                is.approvals()
                    .iter()
                    .all(|approval| approval.signature.revision == is.hash())
            );
        }
        assert!(self.desk.state.rounds().len() >= before.rounds().len());
    }
}

fn sign_is_right(before: &State, actor: &Actor, approved: &record::Approved) {
    let Status::Waiting { revision, stage, .. } = before.status() else {
        panic!("signed out of turn")
    };
    let signature = &approved.signature;
    assert_eq!(
        (signature.revision, signature.stage, signature.by.id),
        (revision, stage, actor.id)
    );
    assert!(!before.is_author(actor.id), "an author signed");
    assert!(actor.holds(&signature.role) && before.stage().unwrap().role == signature.role);
    assert!(
        !before.last_round().unwrap().signed_by(actor.id),
        "one person signed two stages"
    );
    assert!(!approved.oversight.trim().is_empty());
}

/// The ids that an edit was made over.
fn over(command: &Command) -> &[record::EventId] {
    match &command.action {
        Action::Answer { over, .. } | Action::RemoveRow { over, .. } => over,
        _ => &[],
    }
}

impl World {
    /// Where the answer of an accepted event stands just before another: moves take it along. Nothing once it has been
    /// left behind.
    fn lineage(&self, index: usize, until: usize) -> Option<(String, Option<Answer>)> {
        let (Body::Answered(edit) | Body::Conflicting(edit)) = &self.accepted.get(index)?.1.body else {
            return None;
        };
        let mut version = self.versions[index];
        let mut place = (edit.address.to_string(), edit.answer.clone());
        for (_, event) in &self.accepted[index + 1..until] {
            if let Body::Moved(moved) = &event.body {
                while version < moved.form.version {
                    version += 1;
                    place = went(&place.0, place.1.as_ref(), version)?;
                }
            }
        }
        Some(place)
    }

    /// Every answer that was taken stands, or was replaced by someone who had it before them, or is told in full by
    /// the move that left it behind.
    fn no_answer_is_lost(&self) {
        for (index, (_, event)) in self.accepted.iter().enumerate() {
            let (Body::Answered(edit) | Body::Conflicting(edit)) = &event.body else {
                continue;
            };
            let goes_on = |until| self.lineage(index, until);
            let end = self.accepted.len();
            let stands =
                goes_on(end).is_some_and(|(place, answer)| self.stands(&at(&place), answer.as_ref()));
            if stands {
                continue;
            }
            let mut later = self.accepted.iter().enumerate().skip(index + 1);
            let is_accounted_for = later.any(|(step, (command, other))| {
                let Some((place, answer)) = goes_on(step) else {
                    return false;
                };
                // The same words, whoever wrote them.
                let mut same = (0..step).filter(|&other| {
                    let line = self.lineage(other, step);
                    line.as_ref() == Some(&(place.clone(), answer.clone()))
                });
                let saw = same.any(|same| over(command).contains(&self.accepted[same].1.id));
                match &other.body {
                    Body::Answered(other) | Body::Conflicting(other) => {
                        other.address.as_str() == place && (saw || answer.is_none())
                    }
                    Body::RowRemoved(row) => {
                        let start = format!("{}[{}].", row.address, row.key);
                        place.starts_with(&start) && (saw || answer.is_none())
                    }
                    Body::Moved(moved) => moved.left.iter().any(|left| {
                        left.at.as_str() == place
                            && (answer.is_none() || left.answers().any(|left| Some(left) == answer.as_ref()))
                    }),
                    _ => false,
                }
            });
            assert!(
                is_accounted_for,
                "{edit:?} was lost: {:?}",
                self.desk.state.draft()
            );
        }
    }

    fn stands(&self, address: &Address, answer: Option<&Answer>) -> bool {
        let draft = self.desk.state.draft();
        let rival = |rival: &record::Rival| rival.answer.as_ref() == answer;
        draft.answers().values.get(address) == answer || draft.rivals(address).iter().any(rival)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_must_never_happen_does_not((stages, moves) in moves()) {
        let mut world = World::new(stages);
        for one in &moves {
            world.make(one);
        }
        world.no_answer_is_lost();

        // The events are whole, and their fold is what was folded one by one.
        let Desk { events, state, .. } = &world.desk;
        prop_assert_eq!(verify(events), Ok(Some(state.head())));
        let refolded = State::fold(events).unwrap();
        prop_assert_eq!(&refolded, state);

        // Events that went over the wire are the same events.
        let sent = serde_json::to_string(events).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Vec<Event>>(&sent).unwrap(), events);

        // A signed record has every stage signed, each by another person, and by no author.
        if let Status::Approved { revision, .. } = state.status() {
            let round = state.last_round().unwrap();
            let signers: BTreeSet<_> = round.approvals().iter().map(|it| it.signature.by.id).collect();
            prop_assert_eq!((round.hash(), signers.len()), (revision, stages));
            prop_assert!(state.authors().iter().all(|author| !signers.contains(&author.id)));
        }
    }

    /// Sending all of it again, in any order, changes nothing.
    #[test]
    fn sending_again_changes_nothing((stages, moves) in moves(), order in any::<prop::sample::Index>()) {
        let mut world = World::new(stages);
        for one in &moves {
            world.make(one);
        }
        let before = world.desk.state.clone();
        let mut accepted: Vec<(usize, Command)> = world.sent.clone();
        accepted.retain(|(_, command)| before.seq_of(command.id).is_some());
        if !accepted.is_empty() {
            let turn = order.index(accepted.len());
            accepted.rotate_left(turn);
        }
        for (who, command) in accepted {
            world.send(who, command);
        }
        prop_assert_eq!(world.desk.state, before);
    }

    /// The browser, which has the same record, foresees what the server says.
    #[test]
    fn a_decision_depends_on_nothing_else((stages, moves) in moves()) {
        let mut world = World::new(stages);
        for one in &moves {
            world.make(one);
        }
        let Desk { forms, files, events, now, state, .. } = world.desk;
        let elsewhere = State::fold(&events).unwrap();
        for (who, command) in world.sent {
            let here = decide(&state, &forms, FilesAtHand::These(&files), &command, &people()[who], now);
            let there = decide(&elsewhere, &forms, FilesAtHand::These(&files), &command, &people()[who], now);
            prop_assert_eq!(&here, &there);
            if let Ok(Decided::Happens(event)) = here {
                prop_assert!(State::fold(events.iter().chain([&*event])).is_ok());
            }
        }
    }
}

#[test]
fn random_moves_reach_every_end() {
    // The laws above would hold of histories in which nothing happens.
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut ends = BTreeSet::new();
    let mut refusals = BTreeSet::new();
    for _ in 0..300 {
        let (stages, moves) = moves().new_tree(&mut runner).unwrap().current();
        let mut world = World::new(stages);
        for one in &moves {
            world.make(one);
        }
        refusals.append(&mut world.refused);
        ends.insert(match world.desk.state.status() {
            Status::Draft => "draft",
            Status::Waiting { .. } => "waiting",
            Status::Returned { .. } => "returned",
            Status::Approved { .. } => "approved",
            Status::Filed { .. } => "filed",
            Status::Voided { .. } => "voided",
        });
        ends.extend((world.desk.state.draft().conflicts().len() > 0).then_some("conflict"));
        ends.extend((world.desk.state.rounds().len() > 1).then_some("sent twice"));
        for moved in world.desk.state.moves() {
            ends.insert("moved");
            let rivals = moved
                .moved
                .carried
                .iter()
                .any(|carried| !carried.rivals.is_empty());
            ends.extend(rivals.then_some("moved with a conflict"));
            ends.extend(
                moved
                    .moved
                    .left
                    .iter()
                    .any(|left| left.answer.is_some())
                    .then_some("left behind"),
            );
            ends.extend((!moved.moved.warnings.is_empty()).then_some("moved with a warning"));
            ends.extend((!moved.moved.remarks.is_empty()).then_some("moved with a comment"));
        }
    }
    let all = [
        "approved",
        "conflict",
        "draft",
        "filed",
        "left behind",
        "moved",
        "moved with a comment",
        "moved with a conflict",
        "moved with a warning",
        "returned",
        "sent twice",
        "voided",
        "waiting",
    ];
    assert_eq!(ends, BTreeSet::from(all));
    for code in [
        "complete",
        "decided-before",
        "own-work",
        "not-ready",
        "row-not-seen",
        "other-role",
        "other-team",
        "not-later",
        "not-an-author",
        "changed-since",
        "no-longer-asked",
    ] {
        assert!(
            refusals.contains(code),
            "no history reached `{code}`: {refusals:?}"
        );
    }
}
