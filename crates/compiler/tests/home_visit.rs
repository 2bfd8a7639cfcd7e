//! What the home visit asks of whom, as the engine has it: a teenager, a five-year-old, a baby and one not yet born.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking; clippy spares only test functions themselves"
)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use compiler::{Sources, compile};
use engine::{At, Edit, Env, Session, Subject};
use form::{Answer, DateParts, Form, Quote, RowKey, Severity};

const TEEN: &str = "teen";
const FIVE: &str = "five";
const BABY: &str = "baby";
const UNBORN: &str = "unborn";

fn form() -> Form {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut sources = Sources::default();
    for folder in ["forms", "forms/components", "forms/codes", "forms/rules"] {
        for entry in fs::read_dir(root.join(folder))
            .unwrap()
            .flatten()
            .filter(|entry| entry.path().is_file())
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            sources.insert(
                format!("{folder}/{name}"),
                fs::read_to_string(entry.path()).unwrap(),
            );
        }
    }
    let compiled = compile(&sources).forms.into_iter();
    compiled
        .map(|compiled| compiled.form)
        .find(|form| form.name.as_str() == "home_visit")
        .unwrap()
}

fn day(year: i32, month: u8, day: u8) -> feel::Date {
    feel::Date::new(year, month, day).unwrap()
}

/// A record on 20 November 2026, about four children.
struct Visit(Session);

impl Visit {
    fn new() -> Self {
        let today = day(2026, 11, 20);
        let child = |id: &str, name: &str, born: Option<feel::Date>| Subject {
            id: RowKey::new(id).unwrap(),
            first_name: name.to_owned(),
            family_name: "Example".to_owned(),
            born,
            expected: born.is_none().then_some(day(2027, 2, 1)),
        };
        let env = Env {
            now: feel::DateTime::new(today, feel::Time::MIDNIGHT.with_offset(Some(feel::Offset::UTC))),
            today,
            subjects: vec![
                child(TEEN, "Tola", Some(day(2012, 5, 1))),
                child(FIVE, "Finn", Some(day(2021, 3, 9))),
                child(BABY, "Bea", Some(day(2026, 7, 30))),
                child(UNBORN, "Baby", None),
            ],
            rule_pack: None,
        };
        let mut visit = Self(Session::new(Arc::new(form()), env, &form::Answers::default()));
        visit.answer("visit.visit_date", Answer::Date(DateParts::of(day(2026, 11, 19))));
        visit
    }

    fn at(&self, address: &str) -> At {
        self.0.find(&address.parse().unwrap()).unwrap()
    }

    fn of(child: &str, rest: &str) -> String {
        format!("children[{child}].{rest}")
    }

    fn answer(&mut self, address: &str, answer: Answer) {
        let at = self.at(address);
        let answer = Some(answer);
        self.0.apply(Edit::Answer { at, answer }).unwrap();
    }

    fn choose(&mut self, address: &str, code: &str) {
        self.answer(address, Answer::Code(code.to_owned()));
    }

    fn is_shown(&self, address: &str) -> bool {
        self.0.is_shown(self.at(address))
    }

    fn must(&self, address: &str) -> bool {
        self.is_shown(address) && self.0.view(self.at(address)).unwrap().required
    }

    fn label(&self, address: &str) -> String {
        self.0.view(self.at(address)).unwrap().label
    }

    fn offers(&self, address: &str, code: &str) -> bool {
        !self
            .0
            .view(self.at(address))
            .unwrap()
            .withheld
            .iter()
            .any(|withheld| withheld == code)
    }

    /// What stands in the way, or is to be acknowledged, but for what is merely missing.
    fn problems(&self, severity: Severity) -> Vec<String> {
        let problems = self.0.problems().into_iter().map(|(_, problem)| problem);
        let checks = problems.filter(|problem| matches!(problem.trouble, engine::Trouble::Check(_)));
        checks
            .filter(|problem| problem.severity == severity)
            .map(|problem| problem.message)
            .collect()
    }
}

#[test]
fn each_child_has_a_page_of_their_own_name() {
    let visit = Visit::new();
    let pages = visit
        .0
        .pages()
        .into_iter()
        .map(|page| visit.0.view(page).unwrap().label);
    assert_eq!(
        pages.collect::<Vec<_>>(),
        [
            "The visit",
            "Tola",
            "Finn",
            "Bea",
            "Baby",
            "The home",
            "What happens next"
        ]
    );
    assert_eq!(visit.label(&Visit::of(FIVE, "seeing.seen")), "Did you see Finn?");
}

#[test]
fn what_is_asked_depends_on_the_age_on_the_day_of_the_visit() {
    let mut visit = Visit::new();
    for child in [TEEN, FIVE, BABY] {
        visit.choose(&Visit::of(child, "seeing.seen"), "yes");
        visit.choose(&Visit::of(child, "voice.heard"), "in_person");
    }
    for (child, words, shown, awake) in [
        (TEEN, true, false, false),
        (FIVE, true, false, false),
        (BABY, false, true, true),
    ] {
        assert_eq!(visit.must(&Visit::of(child, "voice.words")), words, "{child}");
        assert_eq!(visit.must(&Visit::of(child, "voice.shown")), shown, "{child}");
        assert_eq!(visit.must(&Visit::of(child, "seeing.awake")), awake, "{child}");
        assert!(visit.must(&Visit::of(child, "voice.understanding")), "{child}");
        assert!(!visit.is_shown(&Visit::of(child, "life_ahead")), "{child}");
    }
    assert!(visit.must(&Visit::of(UNBORN, "life_ahead")));
    assert!(!visit.is_shown(&Visit::of(UNBORN, "voice.heard")));
    assert!(visit.offers(&Visit::of(UNBORN, "seeing.seen"), "not_born"));
    assert!(!visit.offers(&Visit::of(UNBORN, "seeing.seen"), "yes"));
    assert!(!visit.offers(&Visit::of(TEEN, "seeing.seen"), "not_born"));
}

#[test]
fn a_child_who_was_not_seen_or_not_alone_is_explained_by_the_regulations_reasons() {
    let mut visit = Visit::new();
    visit.choose(&Visit::of(TEEN, "seeing.seen"), "no");
    assert!(visit.must(&Visit::of(TEEN, "seeing.not_seen_reason")));
    assert!(visit.must(&Visit::of(TEEN, "seeing.not_seen_plan")));
    assert!(!visit.is_shown(&Visit::of(TEEN, "alone.seen_alone")));

    visit.choose(&Visit::of(FIVE, "seeing.seen"), "yes");
    assert!(visit.must(&Visit::of(FIVE, "alone.seen_alone")));
    visit.choose(&Visit::of(FIVE, "alone.seen_alone"), "no");
    assert!(visit.must(&Visit::of(FIVE, "alone.not_alone_reason")));
    visit.choose(&Visit::of(FIVE, "alone.not_alone_reason"), "reg29c");
    assert!(visit.must(&Visit::of(FIVE, "alone.unable_reason")));
    assert!(visit.must(&Visit::of(FIVE, "alone.not_alone_plan")));
}

#[test]
fn contradictions_are_told_with_the_childs_name() {
    let mut visit = Visit::new();
    visit.choose(&Visit::of(TEEN, "seeing.seen"), "no");
    visit.choose(&Visit::of(TEEN, "voice.heard"), "in_person");
    let told = visit.problems(Severity::Submit);
    assert_eq!(
        told,
        ["You say that you did not see Tola, and that they told you something in person"]
    );

    visit.choose(&Visit::of(TEEN, "voice.heard"), "another_way");
    visit.choose("visit.outcome", "completed");
    let told = visit.problems(Severity::Submit);
    assert_eq!(
        told,
        ["You chose that you saw every child, and below one of them was not seen"]
    );

    visit.choose("visit.outcome", "no_answer");
    visit.choose(&Visit::of(TEEN, "seeing.seen"), "yes");
    let told = visit.problems(Severity::Submit);
    assert_eq!(
        told,
        ["You say that nobody answered or the family cancelled, and that you saw Tola"]
    );
}

#[test]
fn alone_means_without_family_in_the_room() {
    let mut visit = Visit::new();
    visit.choose("visit.outcome", "completed");
    visit.choose(&Visit::of(FIVE, "seeing.seen"), "yes");
    visit.choose(&Visit::of(FIVE, "alone.seen_alone"), "played");
    let present = |codes: &[&str]| Answer::Codes(codes.iter().map(|&code| code.to_owned()).collect());
    visit.answer(
        &Visit::of(FIVE, "alone.who_present"),
        present(&["interpreter", "professional"]),
    );
    assert_eq!(visit.problems(Severity::Submit), [""; 0]);
    visit.answer(
        &Visit::of(FIVE, "alone.who_present"),
        present(&["interpreter", "sibling"]),
    );
    assert_eq!(visit.problems(Severity::Submit).len(), 1);
}

#[test]
fn what_is_unusual_is_to_be_acknowledged_and_not_refused() {
    let mut visit = Visit::new();
    visit.choose(&Visit::of(BABY, "seeing.seen"), "yes");
    visit.choose(&Visit::of(BABY, "alone.seen_alone"), "played");
    visit.choose(&Visit::of(FIVE, "voice.heard"), "not_sought");
    assert_eq!(
        visit.problems(Severity::Warn),
        [
            "Every child is asked. Say why Finn was not",
            "Bea is under one. Say what being alone with them meant"
        ]
    );
    assert_eq!(visit.problems(Severity::Submit), [""; 0]);
    visit.answer("visit.visit_date", Answer::Date(DateParts::of(day(2026, 11, 21))));
    assert_eq!(
        visit.problems(Severity::Submit),
        ["The visit cannot be in the future"]
    );
}

#[test]
fn words_are_kept_while_they_are_hidden_and_not_sent() {
    let mut visit = Visit::new();
    let words = Visit::of(TEEN, "voice.words");
    visit.choose(&Visit::of(TEEN, "voice.heard"), "in_person");
    let said = Quote {
        words: "I want to stay with Nan".to_owned(),
        asked: "Where would you like to live?".to_owned(),
        ..Quote::default()
    };
    visit.answer(&words, Answer::Quotes(vec![said]));
    visit.choose(&Visit::of(TEEN, "voice.heard"), "declined");
    let address = words.parse().unwrap();
    assert!(visit.0.answers().values.contains_key(&address));
    assert!(!visit.0.submission().values.contains_key(&address));
}
