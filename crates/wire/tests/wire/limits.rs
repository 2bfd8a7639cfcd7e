//! What no person sends is refused before anything looks at it, and the problem says where it is.

use form::{Answer, CheckId, Compound, DateParts, Entry, Quote, RowKey};
use proptest::prelude::*;
use record::{
    Acknowledgement, Action, Command, Comment, CommentId, DraftHash, EventId, RecordId, ReturnReason,
    RevisionHash, Seq,
};
use uuid::Uuid;
use validator::Validate;
use wire::{MAX_ANSWER_BYTES, MAX_TEXT_CHARS, PostCommands, Problem, SignIn, StartRecord};

use crate::samples::*;

fn batch(actions: Vec<Action>) -> PostCommands {
    let commands = actions.into_iter().enumerate();
    let commands = commands.map(|(index, action)| Command {
        id: EventId(uuid(index as u128)),
        ..command(action)
    });
    PostCommands {
        after: Seq::NONE,
        commands: commands.collect(),
    }
}

fn holds(action: Action) -> bool {
    batch(vec![action]).validate().is_ok()
}

fn answer(answer: Answer) -> Action {
    Action::Answer {
        address: at("a.b"),
        answer: Some(answer),
        over: Vec::new(),
    }
}

fn revision() -> RevisionHash {
    HASH.parse().unwrap()
}

/// One action of each kind that carries text, with this text in the place where it is longest.
fn with_text(text: &str) -> Vec<Action> {
    let text = text.to_owned();
    let acknowledge = |message: &String, reason: &String| {
        let (message, reason) = (message.clone(), reason.clone());
        Action::Acknowledge(Acknowledgement {
            address: at("a"),
            check: CheckId(0),
            message,
            reason,
        })
    };
    let send_back = |note: &String, said: &String| Action::Return {
        revision: revision(),
        reasons: vec![ReturnReason::Voice],
        note: note.clone(),
        comments: vec![Comment {
            id: CommentId(uuid(1)),
            address: at("a"),
            text: said.clone(),
        }],
    };
    let short = "short".to_owned();
    vec![
        acknowledge(&text, &short),
        acknowledge(&short, &text),
        send_back(&text, &short),
        send_back(&short, &text),
        Action::Reply {
            comment: CommentId(uuid(1)),
            text: text.clone(),
        },
        Action::Approve {
            revision: revision(),
            oversight: text.clone(),
        },
        Action::Void { reason: text },
    ]
}

#[test]
fn every_text_has_a_limit_in_characters() {
    for longest in ["x".repeat(MAX_TEXT_CHARS), "\u{1F9F8}".repeat(MAX_TEXT_CHARS)] {
        assert!(with_text(&longest).into_iter().all(holds));
        for action in with_text(&format!("{longest}x")) {
            assert!(!holds(action.clone()), "{action:?}");
        }
    }
}

#[test]
fn every_answer_has_a_limit_in_bytes() {
    let quote = |words: String| Quote {
        id: "q".to_owned(),
        words,
        ..Quote::default()
    };
    let kinds = |bytes: usize| {
        let text = || "x".repeat(bytes);
        [
            Answer::Text(text()),
            Answer::Code(text()),
            Answer::Codes(vec![text()]),
            Answer::Date(DateParts {
                day: text(),
                ..DateParts::default()
            }),
            Answer::Quotes(vec![quote("x".repeat(bytes - 1))]),
            Answer::Compound(Compound::entries([Entry::new(
                "e",
                [("n", &*"x".repeat(bytes - 2))],
            )])),
        ]
    };
    assert!(
        kinds(MAX_ANSWER_BYTES)
            .into_iter()
            .all(|given| holds(answer(given)))
    );
    assert!(
        kinds(MAX_ANSWER_BYTES + 1)
            .into_iter()
            .all(|given| !holds(answer(given)))
    );
}

#[test]
fn every_list_has_a_limit() {
    let ids = |count: u128| (0..count).map(|number| EventId(uuid(number))).collect::<Vec<_>>();
    let answer_over = |over| Action::Answer {
        address: at("a"),
        answer: None,
        over,
    };
    let remove_over = |over| Action::RemoveRow {
        address: at("a"),
        key: RowKey::new("r").unwrap(),
        over,
    };
    assert!(holds(answer_over(ids(5_000))) && holds(remove_over(ids(5_000))));
    assert!(!holds(answer_over(ids(5_001))) && !holds(remove_over(ids(5_001))));
    assert!(holds(answer(Answer::Codes(vec!["x".to_owned(); 1_000]))));
    assert!(!holds(answer(Answer::Codes(vec!["x".to_owned(); 1_001]))));
    assert!(!holds(answer(Answer::Quotes(vec![Quote::default(); 1_001]))));
    let entries = vec![Entry::default(); 1_001];
    assert!(!holds(answer(Answer::Compound(Compound::entries(entries)))));
    let send_back = |reasons, comments: u128| {
        let comment = |number| Comment {
            id: CommentId(uuid(number)),
            address: at("a"),
            text: "Hm".to_owned(),
        };
        let comments = (0..comments).map(comment).collect();
        holds(Action::Return {
            revision: revision(),
            reasons,
            note: String::new(),
            comments,
        })
    };
    assert!(send_back(vec![ReturnReason::Plan; 50], 500));
    assert!(!send_back(vec![ReturnReason::Plan; 51], 500));
    assert!(!send_back(vec![ReturnReason::Plan; 50], 501));

    let submit = || Action::Submit {
        draft: DraftHash(hash()),
    };
    assert!(batch(vec![submit(); 500]).validate().is_ok());
    assert!(batch(vec![submit(); 501]).validate().is_err());
    assert!(batch(Vec::new()).validate().is_err());
}

#[test]
fn ids_are_new_ones_and_each_is_used_once() {
    let action = Action::Void {
        reason: "Twice".to_owned(),
    };
    let mut twice = batch(vec![action.clone(), action.clone()]);
    twice.commands[1].id = twice.commands[0].id;
    assert!(twice.validate().is_err());
    for old in [
        Uuid::nil(),
        Uuid::from_u128(0x0199_0000_0000_4000_8000_0000_0000_0001),
    ] {
        let mut batch = batch(vec![action.clone()]);
        batch.commands[0].id = EventId(old);
        assert!(batch.validate().is_err());
        let comment = Comment {
            id: CommentId(old),
            address: at("a"),
            text: "Hm".to_owned(),
        };
        let reasons = vec![ReturnReason::Voice];
        let action = Action::Return {
            revision: revision(),
            reasons,
            note: String::new(),
            comments: vec![comment],
        };
        assert!(!holds(action));
        assert!(
            StartRecord {
                id: EventId(old),
                ..start(1)
            }
            .validate()
            .is_err()
        );
        assert!(
            StartRecord {
                record: RecordId(old),
                ..start(1)
            }
            .validate()
            .is_err()
        );
    }
}

fn start(children: usize) -> StartRecord {
    let subjects = (0..children)
        .map(|number| RowKey::new(&format!("c-{number}")).unwrap())
        .collect();
    StartRecord {
        id: id(),
        record: record_id(),
        noted_at: moment(NOON),
        form: form::FormHash(hash()),
        subjects,
    }
}

#[test]
fn a_record_is_about_one_child_to_twenty() {
    assert!(start(1).validate().is_ok() && start(record::MAX_CHILDREN).validate().is_ok());
    assert!(start(0).validate().is_err() && start(record::MAX_CHILDREN + 1).validate().is_err());
}

#[test]
fn a_problem_says_where_and_repeats_nothing() {
    let sign_in = SignIn {
        login: String::new(),
        password: "hush".repeat(300),
    };
    let problem = Problem::from(&sign_in.validate().unwrap_err());
    assert_eq!((problem.status, problem.code.as_str()), (422, "invalid"));
    let told: Vec<(&str, &str)> = problem
        .errors
        .iter()
        .map(|error| (error.pointer.as_str(), error.detail.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("/login", "Enter your user name"),
            ("/password", "Enter your password")
        ]
    );
    assert!(!serde_json::to_string(&problem).unwrap().contains("hush"));

    let invalid = batch(with_text(&"x".repeat(MAX_TEXT_CHARS + 1)))
        .validate()
        .unwrap_err();
    let problem = Problem::from(&invalid);
    assert_eq!(problem.errors.len(), 1);
    assert_eq!(problem.errors[0].pointer, "/commands");
    assert_eq!(problem.errors[0].detail, "A text has at most 20,000 characters");
}

proptest! {
    /// Whatever is read as a request can be checked.
    #[test]
    fn checking_never_panics(text in ".{0,60}", count in 0_usize..5, version in 0_u128..16) {
        let id = Uuid::from_u128((version << 76) | 1);
        let mut request = batch(with_text(&text).into_iter().take(count).collect());
        for command in &mut request.commands {
            command.id = EventId(id);
        }
        prop_assert_eq!(request.validate().is_ok(), count == 1 && version == 7);
        let sign_in = SignIn { login: text.clone(), password: text.clone() };
        prop_assert_eq!(sign_in.validate().is_ok(), !text.is_empty());
    }
}
