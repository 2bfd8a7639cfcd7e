//! Versions of a form: what is different between two of them, and what becomes of the answers of a record that moves.
//!
//! The two halves are held to each other: where no difference breaks anything, no answer may be lost.

use compiler::{Change, Class, Sources, compile, differences};
use form::{Address, Answer, AnswerChange, Answers, Compound, DateParts, Entry, Form, Loss, RowKey, migrate};
use proptest::prelude::*;

/// The form in this text; nothing with what is wrong with it, if something is.
fn compiled(text: &str) -> Result<Form, String> {
    let sources: Sources = [("forms/visit.kdl", text)].into_iter().collect();
    let compiled = compile(&sources);
    let told = compiled.diagnostics.iter().filter(|told| told.is_error());
    let told: Vec<String> = told.map(|told| told.render(&sources).to_string()).collect();
    match compiled.forms.into_iter().next() {
        Some(only) if told.is_empty() => Ok(only.form),
        _ => Err(format!("{}\n{text}", told.join("\n"))),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Visit,
    Plan,
    Children,
    Rows,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    LongText,
    Number,
    Date,
    Scale,
    Email,
    YesNo,
    Choice,
    Choices,
    Person,
    People,
}

const KINDS: [Kind; 11] = [
    Kind::Text,
    Kind::LongText,
    Kind::Number,
    Kind::Date,
    Kind::Scale,
    Kind::Email,
    Kind::YesNo,
    Kind::Choice,
    Kind::Choices,
    Kind::Person,
    Kind::People,
];

/// A question as it is asked in a version.
#[derive(Clone, Debug)]
struct Question {
    name: String,
    place: Place,
    kind: Kind,
    codes: Vec<String>,
}

impl Question {
    fn path(&self) -> String {
        let before = match self.place {
            Place::Visit => "visit",
            Place::Plan => "plan.group",
            Place::Children => "children",
            Place::Rows => "visit.rows",
        };
        format!("{before}.{}", self.name)
    }

    fn address(&self) -> Address {
        let path = match self.place {
            Place::Children => format!("children[ada].{}", self.name),
            Place::Rows => format!("visit.rows[r-1].{}", self.name),
            Place::Visit | Place::Plan => self.path(),
        };
        path.parse().unwrap_or_else(|_| unreachable!("{path}"))
    }

    fn line(&self) -> String {
        let kind = match self.kind {
            Kind::Text => "text",
            Kind::LongText => "long_text",
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::Scale => "scale",
            Kind::Email => "email",
            Kind::YesNo => "yes_no",
            Kind::Person => "person",
            Kind::People => "people",
            Kind::Choice | Kind::Choices => {
                let kind = if self.kind == Kind::Choice {
                    "choice"
                } else {
                    "choices"
                };
                let options: String = self
                    .codes
                    .iter()
                    .map(|code| format!("option {code} \"{code}\"; "))
                    .collect();
                return format!("{kind} {} \"Choose\" {{ {options} }}\n", self.name);
            }
        };
        format!("{kind} {} \"Write\"\n", self.name)
    }

    fn answer(&self, dice: u8) -> Answer {
        let code = self.codes.get(usize::from(dice) % self.codes.len());
        let code = code.cloned().unwrap_or_default();
        let person = Compound::named([("name", "Pat"), ("role", "grandmother")]);
        match self.kind {
            Kind::Text | Kind::LongText => Answer::Text("words".into()),
            Kind::Number => Answer::Text(dice.to_string()),
            Kind::Date => Answer::Date(feel::Date::new(2026, 2, 1).map(DateParts::of).unwrap_or_default()),
            Kind::Scale => Answer::Text((dice % 11).to_string()),
            Kind::Email => Answer::Text("pat@example.com".into()),
            Kind::YesNo | Kind::Choice => Answer::Code(code),
            Kind::Choices => Answer::Codes(vec![code]),
            Kind::Person => Answer::Compound(person),
            Kind::People => Answer::Compound(Compound::entries([Entry {
                id: "a".into(),
                named: person.named,
            }])),
        }
    }
}

fn definition(version: u32, questions: &[Question], migrate: &str) -> String {
    let lines = |place: Place| -> String {
        questions
            .iter()
            .filter(|question| question.place == place)
            .map(Question::line)
            .collect()
    };
    let migrate = match migrate {
        "" => String::new(),
        steps => format!("migrate from=1 {{\n{steps}}}\n"),
    };
    format!(
        "form visit version={version} {{\ntitle \"Visit\"\n{migrate}section visit \"V\" {{\ntext a_keep \"Keep\"\n{}\
         repeat rows \"Rows\" {{\ntext b_keep \"Keep\"\n{}}}\n}}\n\
         section plan \"P\" {{\ngroup group \"G\" {{\ntext c_keep \"Keep\"\n{}}}\n}}\n\
         section children \"{{child.first_name}}\" for-each=child {{\ntext d_keep \"Keep\"\n{}}}\n}}\n",
        lines(Place::Visit),
        lines(Place::Rows),
        lines(Place::Plan),
        lines(Place::Children),
    )
}

fn place() -> impl Strategy<Value = Place> {
    prop::sample::select(vec![Place::Visit, Place::Plan, Place::Children, Place::Rows])
}

fn question() -> impl Strategy<Value = (Place, Kind)> {
    (place(), prop::sample::select(KINDS.to_vec()))
}

/// What a version does to a question.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Keep,
    Rename,
    Move(Place),
    Remove,
    RenameCode,
    RemoveCode,
    ChangeKind(Kind),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => Just(Edit::Keep),
        1 => Just(Edit::Rename),
        1 => place().prop_map(Edit::Move),
        1 => Just(Edit::Remove),
        1 => Just(Edit::RenameCode),
        1 => Just(Edit::RemoveCode),
        1 => question().prop_map(|(_, kind)| Edit::ChangeKind(kind)),
    ]
}

/// Two versions, and answers to the first.
fn versions() -> impl Strategy<Value = (String, String, Answers)> {
    let each = (question(), edit(), any::<bool>(), any::<bool>(), any::<u8>());
    prop::collection::vec(each, 1..6).prop_map(|all| {
        let (mut old, mut new, mut steps, mut answers) =
            (Vec::new(), Vec::new(), String::new(), Answers::default());
        for (index, ((place, kind), edit, is_said, is_answered, dice)) in all.into_iter().enumerate() {
            let was = Question {
                name: format!("q{index}"),
                place,
                kind,
                codes: match kind {
                    Kind::YesNo => vec!["yes".into(), "no".into()],
                    _ => vec!["one".into(), "two".into(), "three".into()],
                },
            };
            let mut is = was.clone();
            let mut said = String::new();
            match edit {
                Edit::Keep => {}
                Edit::Rename => {
                    is.name = format!("new{index}");
                    said = format!("rename {} {}\n", was.path(), is.path());
                }
                Edit::Move(place) => {
                    is.place = place;
                    said = format!("rename {} {}\n", was.path(), is.path());
                }
                Edit::Remove => said = format!("drop {}\n", was.path()),
                Edit::RenameCode if kind == Kind::Choice => {
                    is.codes = vec!["first".into(), "two".into(), "three".into()];
                    said = format!("recode {} one first\n", was.path());
                }
                Edit::RemoveCode if kind == Kind::Choice => {
                    is.codes.remove(0);
                    said = format!("recode {} one two\n", was.path());
                }
                Edit::RenameCode | Edit::RemoveCode => {}
                Edit::ChangeKind(kind) => is.kind = kind,
            }
            if is_said {
                steps += &said;
            }
            if is_answered {
                answers.set(was.address(), Some(was.answer(dice)));
            }
            if !matches!(edit, Edit::Remove) {
                new.push(is);
            }
            old.push(was);
        }
        let rows = "visit.rows"
            .parse()
            .unwrap_or_else(|_| unreachable!("an address"));
        answers
            .rows
            .insert(rows, RowKey::new("r-1").into_iter().collect());
        (definition(1, &old, ""), definition(2, &new, &steps), answers)
    })
}

fn is_harmless(changes: &[Change]) -> bool {
    !changes
        .iter()
        .any(|change| matches!(change.class, Class::Breaking | Class::NeedsMigration))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_answer_is_lost_in_silence((old, new, answers) in versions()) {
        let (old, new) = (compiled(&old).unwrap(), compiled(&new).unwrap());
        let migrated = migrate(&old, &new, &answers).unwrap();
        let lost = migrated.changes.iter().filter(|change| matches!(change, AnswerChange::Lost { .. })).count();
        prop_assert_eq!(migrated.answers.values.len() + lost, answers.values.len());
        let untouched = answers.values.iter().filter(|(at, answer)| migrated.answers.values.get(*at) == Some(*answer));
        let named = |change: &AnswerChange| !matches!(change, AnswerChange::Unreadable { .. });
        prop_assert!(untouched.count() + migrated.changes.iter().filter(|c| named(c)).count() >= answers.values.len());
    }

    #[test]
    fn what_is_called_harmless_loses_nothing_and_stays_readable((old, new, answers) in versions()) {
        let (old, new) = (compiled(&old).unwrap(), compiled(&new).unwrap());
        let changes = differences(&old, &new);
        let migrated = migrate(&old, &new, &answers).unwrap();
        if is_harmless(&changes) {
            for change in &migrated.changes {
                let harmless = match change {
                    AnswerChange::Lost { why, .. } => *why == Loss::Dropped,
                    AnswerChange::Unreadable { .. } => false,
                    AnswerChange::Moved { .. } | AnswerChange::Recoded { .. } => true,
                };
                prop_assert!(harmless, "{change:?}\n{changes:?}");
            }
        }
    }

    #[test]
    fn a_version_that_changes_nothing_moves_everything((old, _, answers) in versions()) {
        let form = compiled(&old).unwrap();
        let migrated = migrate(&form, &form, &answers).unwrap();
        prop_assert_eq!(&migrated.answers, &answers);
        prop_assert_eq!(&migrated.changes, &[]);
        prop_assert_eq!(differences(&form, &form), &[]);
    }

    #[test]
    fn the_way_back_leads_to_where_it_began(dice: u8, (from, kind) in question()) {
        let there = Question { name: "there".into(), place: from, kind, codes: vec!["yes".into(), "no".into()] };
        let here = Question { name: "here".into(), ..there.clone() };
        let steps = format!("rename {} {}\n", there.path(), here.path());
        let back = format!("rename {} {}\n", here.path(), there.path());
        let old = compiled(&definition(1, std::slice::from_ref(&there), "")).unwrap();
        let two_steps = definition(3, std::slice::from_ref(&there), &steps).replace(
            "section visit", &format!("migrate from=2 {{\n{back}}}\nsection visit"));
        let new = compiled(&two_steps).unwrap();
        let mut answers = Answers::default();
        answers.set(there.address(), Some(there.answer(dice)));
        answers.rows.insert("visit.rows".parse().unwrap(), vec![RowKey::new("r-1").unwrap()]);
        let migrated = migrate(&old, &new, &answers).unwrap();
        prop_assert_eq!((migrated.answers, migrated.changes), (answers, vec![]));
    }
}

#[test]
fn harmless_versions_are_common_enough_to_say_something() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let harmless = (0..200).filter(|_| {
        let (old, new, _) = versions().new_tree(&mut runner).unwrap().current();
        is_harmless(&differences(&compiled(&old).unwrap(), &compiled(&new).unwrap()))
    });
    let count = harmless.count();
    assert!((30..170).contains(&count), "{count}");
}

#[test]
fn a_clock_that_runs_at_other_times_is_a_difference() {
    let form = |version: u32, when: &str| {
        let text = format!(
            "form visit version={version} {{\ntitle \"Visit\"\nclock again \"Again\" {{\nstarts day\n{when}\ndue \"2 days\"\n}}\n\
             section visit \"The visit\" {{\ndate day \"When?\"\nyes_no seen \"Seen?\"\n}}\n}}"
        );
        compiled(&text).unwrap()
    };
    let told = |old: &str, new: &str| -> Vec<String> {
        let changes = differences(&form(1, old), &form(2, new));
        changes
            .iter()
            .map(|change| format!("{}: {change}", change.class))
            .collect()
    };
    let (seen, unseen) = ("when \"seen = yes\"", "when \"seen = no\"");
    assert_eq!(told(seen, seen), [""; 0]);
    for (old, new) in [("", seen), (seen, ""), (seen, unseen)] {
        assert_eq!(told(old, new), ["safe: its clocks are different"]);
    }
}

#[test]
fn each_difference_is_told_with_what_it_means() {
    let old = compiled(
        "form visit version=1 {\ntitle \"Visit\"\nsection visit \"The visit\" {\ndate day \"When?\"\n\
         choice result \"What?\" { concept \"visit.outcome\"; option gone \"Gone\"; option seen \"Seen\"; option ill \"Ill\"; }\n\
         text notes \"Notes\"\ntext lost \"Lost\"\ntext mood \"Mood\" { show-when \"result = seen\"; }\n}\n}",
    )
    .unwrap();
    let new = compiled(
        "form visit version=2 {\ntitle \"Visit\"\nmigrate from=1 {\nrename visit.result visit.outcome\n\
         recode visit.outcome gone no_answer\ndrop visit.notes\n}\nsection visit \"The visit\" {\ndate day \"Which day?\"\n\
         choice outcome \"What?\" { concept \"visit.result\"; option no_answer \"Gone\"; option seen \"Seen\"; option away \"Away\"; }\n\
         text mood \"Mood\" { show-when \"outcome != seen\"; required; }\n}\n}",
    )
    .unwrap();
    let told: Vec<String> = differences(&old, &new)
        .iter()
        .map(|change| format!("{}: {change}", change.class))
        .collect();
    assert_eq!(
        told,
        [
            "breaking: visit.result: meant `visit.outcome` outside the form, and means `visit.result` now",
            "needs migration: visit.lost: is gone, and its answers would be lost; say in `migrate` where they go with \
             `rename`, or that they may be lost with `drop`",
            "needs migration: visit.result: lacks `ill` now, which an answer may hold; say in `migrate` with `recode` \
             what each becomes",
            "migrated: visit.notes: is gone, and its answers are not taken along",
            "migrated: visit.result: is `visit.outcome` now",
            "migrated: visit.result: the option `gone` is `no_answer` now",
            "safe: visit.day: reads “Which day?” now",
            "safe: visit.mood: is shown when `visit.outcome != \"seen\"` now",
            "safe: visit.mood: may have to be answered now",
            "safe: visit.result: offers `away` too",
        ]
    );
}

/// What is said of a question that is of another kind in the next version, and what becomes of an answer to it.
fn told_of_kind(old: &str, new: &str, answer: Answer) -> Result<(String, Option<Answer>), String> {
    let version = |number: u32, question: &str| {
        compiled(&format!(
            "form visit version={number} {{\ntitle \"Visit\"\nsection visit \"V\" {{\ntext keep \"Keep\"\n{question}\n}}\n}}"
        ))
    };
    let (old, new) = (version(1, old)?, version(2, new)?);
    let told: Vec<String> = differences(&old, &new)
        .iter()
        .map(|change| format!("{}: {change}", change.class))
        .collect();
    let at: Address = "visit.q".parse().map_err(|_| "no address")?;
    let mut answers = Answers::default();
    answers.set(at.clone(), Some(answer));
    let migrated = migrate(&old, &new, &answers).map_err(|refused| refused.to_string())?;
    Ok((told.join("; "), migrated.answers.values.get(&at).cloned()))
}

#[test]
fn a_question_becomes_a_wider_one_and_its_answers_go_along() {
    let code = |code: &str| Answer::Code(code.into());
    let options = "option yes \"Yes\"; option no \"No\"; option partly \"Partly\"";
    let (choice, choices) = (
        format!("choice q \"Seen?\" {{ {options} }}"),
        format!("choices q \"Seen?\" {{ {options} }}"),
    );

    let (told, answer) = told_of_kind("yes_no q \"Seen?\"", &choice, code("no")).unwrap();
    assert_eq!(
        told,
        "safe: visit.q: offers `partly` too; safe: visit.q: was a `yes_no`, and is a `choice` now"
    );
    assert_eq!(answer, Some(code("no")));

    let (told, answer) = told_of_kind(&choice, &choices, code("partly")).unwrap();
    assert_eq!(
        told,
        "safe: visit.q: was a `choice`, and is a `choices` now; an answer is taken along as the only one of several"
    );
    assert_eq!(answer, Some(Answer::Codes(vec!["partly".into()])));

    let (told, answer) = told_of_kind(&choice, "yes_no q \"Seen?\"", code("partly")).unwrap();
    assert_eq!(
        told,
        "needs migration: visit.q: lacks `partly` now, which an answer may hold; say in `migrate` with `recode` what \
         each becomes; safe: visit.q: was a `choice`, and is a `yes_no` now"
    );
    assert_eq!(answer, Some(code("partly")), "it is kept, and must be mended");

    let words = Answer::Text("words".into());
    let (told, answer) = told_of_kind("text q \"Why?\"", "email q \"Why?\"", words.clone()).unwrap();
    assert_eq!(told, "breaking: visit.q: was a `text`, and is a `email` now");
    assert_eq!(answer, Some(words), "it is kept, and must be mended");
}

#[test]
fn a_changed_form_must_have_another_version() {
    let one = definition(1, &[], "");
    let (old, changed) = (
        compiled(&one).unwrap(),
        compiled(&one.replace("Keep", "Kept")).unwrap(),
    );
    let changes = differences(&old, &changed);
    let first = changes.first().unwrap();
    assert_eq!(
        (first.class, first.what.as_str()),
        (Class::Breaking, "it is changed, and still version 1; raise it")
    );
    let other = compiled(&one.replace("form visit", "form other")).unwrap_err();
    assert!(other.contains("this file is called `visit`"));
    assert!(
        migrate(
            &compiled(&definition(2, &[], "")).unwrap(),
            &old,
            &Answers::default()
        )
        .is_err()
    );
}
