//! Holds what is said of conditions to what they come to: every answer to every question of a small form is tried out, and
//! each condition worked out by the expression language itself.
//!
//! Nothing is said that one of these records contradicts. And where conditions only compare answers with constants,
//! everything is said that holds in all of them.

mod making;

use std::sync::Arc;

use engine::{At, Edit, Env, Session};
use feel::{Date, DateTime, Entity, Reads, Slot, Value};
use form::{Address, Answer, Answers, Form, Formula, Meaning, NodeId, RuleId, TermValue};
use proptest::prelude::*;

use super::*;
use crate::outline::NamedId;
use crate::reason::Possible;
use making::{Asked, Making};

/// A form whatever is wrong with its conditions, with what is said of each of them: of its rules, then of its clocks.
fn said_of(text: &str) -> (Form, Vec<Option<Possible>>) {
    let packs = [
        (
            "forms/rules/one.kdl",
            "rules one from=\"2020-01-01\" { term strict #false; term most 1; term wait \"1 working days\"; term later \"1 days\"; }",
        ),
        (
            "forms/rules/two.kdl",
            "rules two from=\"2026-01-01\" { term strict #true; term most 2; term wait \"2 working days\"; term later \"2 days\"; }",
        ),
    ];
    let files = [
        (
            "forms/components/inner.kdl",
            "component inner \"Inner\" { text inner \"Inner\"; }",
        ),
        ("forms/f.kdl", text),
    ];
    let sources: Sources = packs.into_iter().chain(files).collect();
    let documents: Vec<(FileId, Document)> = sources
        .iter()
        .map(|(file, _, text)| (file, Document::parse(text)))
        .collect();
    let mut report = Report::default();
    let library = Library::new(&sources, &documents, &mut report);
    let packs = Packs::read(&library, &mut report);
    let mut outline = Outline::read(library.forms[0], &library, &mut report).unwrap();
    let names = Names::new(&outline, &packs);
    let mut rules = rules::read(&outline, &names, &mut report);
    let oversight = Oversight::read(&outline, &names, &rules, &mut report);
    let wrong: Vec<String> = report
        .diagnostics
        .iter()
        .map(|told| told.render(&sources).to_string())
        .collect();
    assert_eq!(wrong, [""; 0], "{text}");
    rules.terms = names.into_terms();
    let reason = Reason::new(&outline, &rules, &packs);
    let of_clock = |&(id, starts): &(NamedId, NodeId)| {
        let (_, when) = rules.apart.iter().find(|(apart, _)| *apart == id)?;
        let known = reason.guards(Some(starts)).map(|(guard, _)| guard).collect();
        reason.possible(when, starts, known)
    };
    let clocks = oversight.conditions.iter().map(of_clock);
    let said = rules
        .rules
        .ids()
        .map(|id| reason.of_rule(id))
        .chain(clocks)
        .collect();
    let packs = packs.with(&rules.terms);
    build_computed(&mut outline, &rules, &mut report);
    let parts = parts(outline, rules, oversight, packs).unwrap();
    (Form::from_parts(parts).unwrap(), said)
}

/// What an expression reads in a session of a form without rows.
struct Read<'s>(&'s Session);

impl Reads for Read<'_> {
    fn read(&self, slot: Slot) -> Value {
        let form = self.0.form();
        match Meaning::of(slot) {
            Some(Meaning::Node(node)) => self.0.value(place(self.0, node)),
            Some(Meaning::Term(term)) => {
                let pack = form.pack(self.0.env().rule_pack.as_ref());
                let said = pack.and_then(|pack| pack.term(term));
                said.map_or(Value::Null, TermValue::value)
            }
            _ => Value::Null,
        }
    }
    fn property(&self, _: Entity, _: Slot) -> Value {
        Value::Null
    }
    fn now(&self) -> DateTime {
        self.0.env().now
    }
    fn today(&self) -> Date {
        self.0.env().today
    }
}

fn place(session: &Session, node: NodeId) -> At {
    At {
        node,
        ..session.sections()[0]
    }
}

/// What the rules come to in every record there can be, wherever it matters.
fn seen_of(form: &Form, asked: &[Asked]) -> Vec<Possible> {
    let form = Arc::new(form.clone());
    let mut seen = vec![Possible::default(); form.rules.len() + form.clocks.len()];
    let addresses: Vec<Address> = (0..asked.len())
        .map(|index| {
            let named = |node: &NodeId| form.nodes.at(*node).name.as_str() == format!("q{index}");
            let node = form.nodes.ids().find(|node| named(node)).unwrap();
            form.address(node, &[]).unwrap()
        })
        .collect();
    let choices: Vec<Vec<Option<Answer>>> = asked.iter().map(|asked| asked.answers()).collect();
    let mut chosen = vec![0; asked.len()];
    let session = |rule_pack| {
        let env = Env {
            now: "2026-03-03T10:00:00".parse().unwrap(),
            today: Date::new(2026, 3, 3).unwrap(),
            subjects: Vec::new(),
            rule_pack,
        };
        Session::new(Arc::clone(&form), env, &Answers::default())
    };
    let mut sessions = match form.packs.as_slice() {
        [] => vec![session(None)],
        packs => packs
            .iter()
            .map(|pack| session(Some(pack.name.clone())))
            .collect(),
    };
    loop {
        for session in &sessions {
            let of_rules = form.rules.values().map(|rule| {
                let from = match rule.aspect {
                    form::Aspect::Shown => form.nodes.at(rule.target).parent,
                    _ => Some(rule.target),
                };
                match &rule.formula {
                    Formula::Expr(expr) => (from, Some(expr)),
                    Formula::Text(_) => (from, None),
                }
            });
            let of_clocks = form
                .clocks
                .iter()
                .map(|clock| (Some(clock.starts), clock.when.as_ref()));
            for (index, (from, expr)) in of_rules.chain(of_clocks).enumerate() {
                let matters = from.is_none_or(|node| session.is_shown(place(session, node)));
                if let (true, Some(expr)) = (matters, expr) {
                    match expr.eval(&Read(session)) {
                        Value::Boolean(true) => seen[index].yes = true,
                        Value::Boolean(false) => seen[index].no = true,
                        _ => seen[index].blank = true,
                    }
                }
            }
        }
        let Some(next) = (0..chosen.len()).find(|&index| chosen[index] + 1 < choices[index].len()) else {
            return seen;
        };
        chosen[next] += 1;
        chosen[..next].fill(0);
        for session in &mut sessions {
            for index in 0..=next {
                let at = session.find(&addresses[index]).unwrap();
                let answer = choices[index][chosen[index]].clone();
                session.follow(Edit::Answer { at, answer }).unwrap();
            }
        }
    }
}

/// What can be said: never true, never false, always true.
fn claims(possible: Possible) -> [bool; 3] {
    let always = !possible.no && !possible.blank;
    [!possible.yes, !possible.no, always]
}

fn agree(rolls: &[u8], is_plain: bool) -> Result<[usize; 3], TestCaseError> {
    let (text, asked) = Making::new(rolls, is_plain).form();
    let (form, said) = said_of(&text);
    let seen = seen_of(&form, &asked);
    let mut counted = [0; 3];
    for (index, (said, seen)) in said.into_iter().zip(seen).enumerate() {
        let rules = form.rules.len();
        let condition = match index < rules {
            true => format!("{:?}", form.rules.at(RuleId(index as u32))),
            false => format!("{:?}", form.clocks[index - rules]),
        };
        if seen == Possible::default() {
            // It never matters: the place is never shown.
            continue;
        }
        let so = claims(seen);
        let said = said.map_or([false; 3], claims);
        for (claim, name) in ["never true", "never false", "always true"]
            .into_iter()
            .enumerate()
        {
            prop_assert!(
                so[claim] || !said[claim],
                "{name} is wrong of {condition} in\n{text}"
            );
            prop_assert!(
                !is_plain || said[claim] || !so[claim],
                "{name} is not said of {condition} in\n{text}"
            );
            counted[claim] += usize::from(said[claim]);
        }
    }
    Ok(counted)
}

fn cases() -> ProptestConfig {
    ProptestConfig {
        cases: std::env::var("COMPILER_FORMS")
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(256),
        max_shrink_iters: 4_000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_is_said_that_a_record_contradicts(rolls in prop::collection::vec(any::<u8>(), 40..160)) {
        agree(&rolls, false)?;
    }

    #[test]
    fn of_comparisons_with_constants_all_is_said(rolls in prop::collection::vec(any::<u8>(), 40..160)) {
        agree(&rolls, true)?;
    }
}

/// Without this, conditions of which nothing can be said would prove nothing.
#[test]
fn random_conditions_give_cause_for_every_claim() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut counted = [0; 3];
    for _ in 0..60 {
        let tree = prop::collection::vec(any::<u8>(), 80..160)
            .new_tree(&mut runner)
            .unwrap();
        let rolls = proptest::strategy::ValueTree::current(&tree);
        for (all, own) in counted.iter_mut().zip(agree(&rolls, true).unwrap()) {
            *all += own;
        }
    }
    assert!(
        counted.iter().all(|&count| count >= 5),
        "never true, never false, always true: {counted:?}"
    );
}
