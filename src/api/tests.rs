//! What an answer is taken for: Firsthand's word, or anybody else's.

use proptest::prelude::*;
use record::{Role, Seq};
use wire::ProblemCode;

use super::*;
use crate::outbox::Verdict;
use crate::testing::{Server, cases, person};

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

fn verdict(status: u16, kind: &str, text: String) -> Verdict {
    Verdict::of(understand(status, kind, text).and_then(|text| read(&text)))
}

fn posted() -> Posted {
    let server = Server::with_record(&person(1, Role::Practitioner));
    let events = server.after(Seq::NONE);
    Posted {
        outcomes: Vec::new(),
        events: events.events,
        head: events.head,
    }
}

#[test]
fn firsthands_own_answers_are_read_whatever_their_type_is_written_like() {
    for kind in [
        JSON,
        "application/json; charset=utf-8",
        "Application/JSON ;charset=UTF-8",
    ] {
        let posted = posted();
        assert_eq!(
            verdict(200, kind, write_text(&posted)),
            Verdict::Posted(Box::new(posted)),
            "{kind}"
        );
    }
    assert_eq!(understand(204, "", String::new()), Ok(String::new()));
    for kind in [
        PROBLEM,
        "application/problem+json; charset=utf-8",
        "Application/Problem+JSON",
    ] {
        let problem = Problem::new(ProblemCode::Invalid).detail("Too long");
        let trouble = understand(422, kind, write_text(&problem)).unwrap_err();
        assert_eq!(trouble.to_string(), "Too long");
        assert_eq!(trouble, Trouble::Problem(Box::new(problem)));
    }
}

#[test]
fn whoever_is_not_signed_in_is_told_so_whatever_the_reason() {
    for code in [ProblemCode::NotSignedIn, ProblemCode::WrongPassword] {
        let problem = Problem::new(code);
        let trouble = understand(401, PROBLEM, write_text(&problem));
        assert_eq!(trouble, Err(Trouble::SignedOut(Box::new(problem))));
    }
}

#[test]
fn a_gateway_that_stands_in_for_the_server_is_no_answer_and_may_pass() {
    for (status, kind) in [(502, "text/html"), (503, "text/plain"), (504, ""), (500, JSON)] {
        let trouble = understand(status, kind, "<h1>Away</h1>".to_owned()).unwrap_err();
        assert_eq!(
            (trouble.may_pass(), trouble),
            (true, Trouble::Unreachable),
            "{status}"
        );
    }
}

proptest! {
    #![proptest_config(cases(512))]

    /// The sign-in page of a hotel, a proxy's refusal, half of an answer: none of them takes anything out of an outbox.
    #[test]
    fn nobody_elses_answer_settles_anything(
        status in 100..1_000_u16,
        kind in prop_oneof![Just(""), Just("text/html"), Just("text/plain"), Just(JSON), Just(PROBLEM), Just("json")],
        text in prop_oneof![Just(String::new()), Just("<html>".to_owned()), Just("{}".to_owned()), ".*"],
    ) {
        prop_assert_eq!(verdict(status, kind, text), Verdict::Unreachable);
    }

    #[test]
    fn half_of_an_answer_settles_nothing(cut: prop::sample::Index) {
        let text = write_text(&posted());
        let half = text.chars().take(cut.index(text.chars().count())).collect();
        prop_assert_eq!(verdict(200, JSON, half), Verdict::Unreachable);
    }
}
