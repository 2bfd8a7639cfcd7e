//! What a server answers to a batch, and where things are.

use record::{EventId, Refusal, Seq};
use wire::{Events, Outcome, Posted, Problem, ProblemCode, Refused, paths, status_of};

use crate::samples::*;

fn news() -> Events {
    Events {
        events: vec![event()],
        head: head(),
    }
}

#[test]
fn one_that_is_refused_stops_no_other() {
    let results = [
        (id(), Err(Refusal::NoSuchPlace(at("a.b")))),
        (EventId(uuid(8)), Ok(Seq(4))),
    ];
    let posted = Posted::answer(&results, news()).unwrap();
    assert_eq!(
        posted.outcomes.iter().map(Outcome::id).collect::<Vec<_>>(),
        [id(), EventId(uuid(8))]
    );
    let Outcome::Refused { refused, .. } = &posted.outcomes[0] else {
        panic!("it was taken")
    };
    assert_eq!(
        (refused.code.as_str(), refused.address.clone()),
        ("no-such-place", Some(at("a.b")))
    );
    assert_eq!(
        posted.outcomes[1],
        Outcome::Taken {
            id: EventId(uuid(8)),
            seq: Seq(4)
        }
    );
    assert_eq!((posted.events, posted.head), (news().events, news().head));
}

#[test]
fn where_nothing_is_taken_the_first_refusal_is_the_answer_with_all_of_it_inside() {
    let results = [
        (id(), Err(Refusal::OwnWork)),
        (EventId(uuid(8)), Err(Refusal::Waiting)),
    ];
    let problem = Posted::answer(&results, news()).unwrap_err();
    assert_eq!((problem.status, problem.code.as_str()), (403, "own-work"));
    assert_eq!(
        problem.detail.as_deref(),
        Some("You wrote in this record, so somebody else must decide on it")
    );
    let posted = problem.posted.unwrap();
    assert_eq!(posted.outcomes.len(), 2);
    assert_eq!((posted.events, posted.head), (news().events, news().head));
}

#[test]
fn faults_are_told_with_a_refusal() {
    let message = "Write an answer".to_owned();
    let fault = record::Fault {
        address: at("a.b"),
        why: record::Why::Wrong,
        message,
    };
    let refusal = Refusal::NotReady(vec![fault.clone()]);
    assert_eq!(Refused::from(&refusal).faults, std::slice::from_ref(&fault));
    let problem = Problem::from(&refusal);
    assert_eq!((problem.status, problem.faults), (422, vec![fault]));
}

#[test]
fn what_the_person_may_not_do_is_told_apart_from_what_cannot_be_done_now() {
    assert_eq!(status_of(&Refusal::NotAllowed), 403);
    assert_eq!(status_of(&Refusal::Complete), 409);
    assert_eq!(status_of(&Refusal::DraftChanged), 409);
    assert_eq!(status_of(&Refusal::NoSuchPlace(at("a"))), 422);
    assert!(
        ProblemCode::ALL
            .iter()
            .all(|code| (400..600).contains(&code.status()))
    );
}

#[test]
fn an_address_fits_the_pattern_that_it_is_routed_by() {
    fn fits(pattern: &str, address: &str) -> bool {
        let path = address.split_once('?').map_or(address, |(path, _)| path);
        let (wanted, found): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
        wanted.len() == found.len()
            && wanted
                .iter()
                .zip(&found)
                .all(|(wanted, found)| wanted == found || wanted.starts_with('{'))
            && !path.contains('{')
    }
    assert!(fits(paths::FORM, &paths::form(form::FormHash(hash()))));
    assert!(fits(paths::EVENTS, &paths::events(record_id(), Seq(12))));
    assert!(fits(paths::COMMANDS, &paths::commands(record_id())));
    assert!(fits(paths::FILES, &paths::files(record_id())));
    assert!(fits(paths::FILE, &paths::file(record_id(), hash())));
    assert!(paths::events(record_id(), Seq(12)).ends_with("/events?after=12"));
}
