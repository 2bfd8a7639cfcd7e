//! Sending, returning, approving: who may, when, and what stands in the way.

use form::{Answers, CheckId};
use record::{Acknowledgement, Action, Body, Needed, Refusal, ReturnReason, Role, Status, Why};

use crate::desk::{Desk, asha, at, ben, code, date, dee, olu, sam, tess, text, theo};

fn sent() -> Desk {
    let mut desk = Desk::new();
    desk.fill(&asha());
    desk.submit(&asha()).unwrap();
    desk
}

fn approved() -> Desk {
    let mut desk = sent();
    desk.approve(&tess()).unwrap();
    desk
}

#[test]
fn a_record_is_written_sent_returned_answered_sent_again_and_signed() {
    let mut desk = sent();
    assert!(matches!(desk.state.status(), Status::Waiting { stage: 0, .. }));
    let first = desk.waiting();
    let comment = desk.send_back(&tess());
    assert_eq!(desk.state.last_return().unwrap().1.unanswered(), 1);

    desk.ask(
        &asha(),
        Action::Reply {
            comment,
            text: "By Monday".to_owned(),
        },
    )
    .unwrap();
    desk.answer(&asha(), "next.plan", text("Visit again on Monday at four"));
    desk.submit(&asha()).unwrap();
    let second = desk.waiting();
    assert_ne!(first, second);
    let (round, returned) = desk.state.last_return().unwrap();
    assert_eq!((round.hash(), returned.unanswered()), (first, 0));
    assert_eq!(
        returned.about(&at("next.plan")).next().unwrap().replies[0].text,
        "By Monday"
    );

    desk.approve(&tess()).unwrap();
    assert!(matches!(desk.state.status(), Status::Approved { revision, .. } if revision == second));
    let signature = &desk.state.last_round().unwrap().approvals()[0].signature;
    assert_eq!((signature.revision, signature.by.id), (second, tess().id));
    assert_eq!(signature.role.as_str(), "team_manager");
    // The first revision is still to be read as it was sent, unsigned.
    assert_eq!(desk.state.rounds()[0].approvals(), []);
    assert_eq!(desk.state.rounds()[0].revision().hash().unwrap(), first);
}

#[test]
fn a_draft_is_kept_however_wrong_and_sent_only_when_it_is_right() {
    let mut desk = Desk::new();
    desk.answer(&asha(), "visit.date", date("31", "2", "26"));
    desk.answer(&asha(), "visit.outcome", code("no_answer"));
    desk.answer(&asha(), "visit.hours", text("nine"));
    desk.answer(&asha(), "children[c-1].seen", code("yes"));
    let Err(Refusal::NotReady(faults)) = desk.submit(&asha()) else {
        panic!("it was sent")
    };
    let places: Vec<&str> = faults.iter().map(|fault| fault.address.as_str()).collect();
    assert_eq!(
        places,
        [
            "visit.date",
            "visit.hours",
            "children[c-1].seen",
            "children[c-2].seen"
        ]
    );
    assert_eq!(faults[2].message, "Check who was seen");
    assert!(faults.iter().all(|fault| fault.why == Why::Wrong));
}

#[test]
fn what_is_hidden_is_kept_in_the_draft_and_left_out_of_what_is_sent() {
    let mut desk = Desk::new();
    desk.answer(&asha(), "visit.outcome", code("no_answer"));
    desk.answer(&asha(), "visit.why", text("Nobody came to the door"));
    desk.fill(&asha());
    desk.submit(&asha()).unwrap();
    assert!(desk.state.answers().values.contains_key(&at("visit.why")));
    let sent = &desk.state.last_round().unwrap().revision().answers;
    assert!(!sent.values.contains_key(&at("visit.why")));
    assert_eq!(sent.values.len(), 5);
}

#[test]
fn a_warning_is_let_stand_with_a_reason_that_is_sent_along() {
    let mut desk = Desk::new();
    desk.fill(&asha());
    desk.answer(&asha(), "visit.hours", text("9"));
    let Err(Refusal::NotReady(faults)) = desk.submit(&asha()) else {
        panic!("it was sent")
    };
    assert_eq!((faults.len(), faults[0].why), (1, Why::Warning));

    let warning = |address: &str, check: u32, reason: &str| {
        Action::Acknowledge(Acknowledgement {
            address: at(address),
            check: CheckId(check),
            message: faults[0].message.clone(),
            reason: reason.to_owned(),
        })
    };
    assert_eq!(
        desk.ask(&asha(), warning("visit.hours", 0, " ")),
        Err(Refusal::Blank(Needed::Reason))
    );
    // Not a warning, not this one's place, and not a check at all.
    for (address, check) in [("next.plan", 2), ("visit.date", 0), ("visit.hours", 99)] {
        let refusal = Refusal::NoSuchWarning(at(address));
        assert_eq!(
            desk.ask(&asha(), warning(address, check, "So it was")),
            Err(refusal)
        );
    }
    desk.ask(&asha(), warning("visit.hours", 0, "We waited for the doctor"))
        .unwrap();
    desk.submit(&asha()).unwrap();
    let sent = desk.state.last_round().unwrap().revision();
    assert_eq!(sent.acknowledgements[0].what.reason, "We waited for the doctor");
    assert_eq!(sent.acknowledgements[0].by.id, asha().id);
}

#[test]
fn an_acknowledgement_of_other_words_does_not_count() {
    let mut desk = Desk::new();
    desk.fill(&asha());
    desk.answer(&asha(), "visit.hours", text("9"));
    let what = Acknowledgement {
        address: at("visit.hours"),
        check: CheckId(0),
        message: "Something it used to say".to_owned(),
        reason: "Fine".to_owned(),
    };
    desk.ask(&asha(), Action::Acknowledge(what)).unwrap();
    assert!(matches!(desk.submit(&asha()), Err(Refusal::NotReady(_))));
}

#[test]
fn nobody_sends_what_they_have_not_seen() {
    let mut desk = Desk::new();
    desk.fill(&asha());
    let action = Action::submit(&desk.state).unwrap();
    desk.answer(&ben(), "next.plan", text("Something that Asha has not seen"));
    assert_eq!(desk.ask(&asha(), action), Err(Refusal::DraftChanged));
}

#[test]
fn an_author_cannot_decide_whatever_their_roles() {
    let mut desk = sent();
    let mut promoted = asha();
    promoted.roles.push(Role::TeamManager);
    assert_eq!(desk.approve(&promoted), Err(Refusal::OwnWork));
    let action = Action::Return {
        revision: desk.waiting(),
        reasons: vec![ReturnReason::Plan],
        note: String::new(),
        comments: Vec::new(),
    };
    assert_eq!(desk.ask(&promoted, action), Err(Refusal::OwnWork));
}

#[test]
fn a_manager_who_writes_in_a_record_becomes_its_author_and_cannot_sign() {
    let mut desk = Desk::new();
    desk.fill(&asha());
    desk.answer(&tess(), "next.plan", text("Visit on Friday"));
    desk.submit(&asha()).unwrap();
    assert_eq!(desk.approve(&tess()), Err(Refusal::OwnWork));
    desk.approve(&theo()).unwrap();
}

#[test]
fn only_the_role_of_the_stage_and_the_team_of_the_record_decide() {
    let mut desk = sent();
    assert_eq!(desk.approve(&ben()), Err(Refusal::NotAllowed));
    assert_eq!(desk.approve(&dee()), Err(Refusal::NotAllowed));
    assert_eq!(desk.approve(&olu()), Err(Refusal::OtherTeam));
    assert_eq!(desk.approve(&sam()), Err(Refusal::OtherRole));
    desk.approve(&tess()).unwrap();
}

#[test]
fn each_stage_is_decided_by_somebody_else() {
    let mut desk = Desk::with_stages(&["team_manager", "service_manager"]);
    desk.fill(&asha());
    desk.submit(&asha()).unwrap();
    assert_eq!(desk.approve(&sam()), Err(Refusal::OtherRole));
    desk.approve(&theo()).unwrap();
    assert!(matches!(desk.state.status(), Status::Waiting { stage: 1, .. }));
    // Theo has both roles.
    assert_eq!(desk.approve(&theo()), Err(Refusal::DecidedBefore));
    desk.approve(&sam()).unwrap();
    assert!(matches!(desk.state.status(), Status::Approved { .. }));
    let stages: Vec<u16> = desk.state.rounds()[0]
        .approvals()
        .iter()
        .map(|it| it.signature.stage)
        .collect();
    assert_eq!(stages, [0, 1]);
}

#[test]
fn a_return_at_a_later_stage_starts_the_stages_again() {
    let mut desk = Desk::with_stages(&["team_manager", "service_manager"]);
    desk.fill(&asha());
    desk.submit(&asha()).unwrap();
    desk.approve(&tess()).unwrap();
    desk.send_back(&sam());
    desk.submit(&asha()).unwrap();
    assert!(matches!(desk.state.status(), Status::Waiting { stage: 0, .. }));
    // The same manager signs again: it is another revision.
    desk.approve(&tess()).unwrap();
    desk.approve(&sam()).unwrap();
    assert_eq!(
        desk.state
            .rounds()
            .iter()
            .map(|round| round.approvals().len())
            .collect::<Vec<_>>(),
        [1, 2]
    );
}

#[test]
fn a_form_without_stages_is_filed_when_it_is_sent() {
    let mut desk = Desk::with_stages(&[]);
    desk.fill(&asha());
    desk.submit(&asha()).unwrap();
    assert!(matches!(desk.state.status(), Status::Filed { .. }));
    let action = Action::answer(&desk.state, at("next.plan"), text("More"));
    assert_eq!(desk.ask(&asha(), action), Err(Refusal::Complete));
}

#[test]
fn what_must_be_right_at_approval_stops_it_and_oversight_is_written() {
    let mut desk = Desk::new();
    desk.fill(&asha());
    desk.answer(&asha(), "next.plan", None);
    desk.submit(&asha()).unwrap();
    let Err(Refusal::NotApprovable(faults)) = desk.approve(&tess()) else {
        panic!("it was approved")
    };
    assert_eq!(
        (faults[0].address.as_str(), &*faults[0].message),
        ("next.plan", "Say what happens next")
    );

    let mut desk = sent();
    let action = Action::Approve {
        revision: desk.waiting(),
        oversight: "  ".to_owned(),
    };
    assert_eq!(desk.ask(&tess(), action), Err(Refusal::Blank(Needed::Oversight)));
}

#[test]
fn a_decision_is_about_the_revision_that_was_read() {
    let mut desk = sent();
    let first = desk.waiting();
    desk.send_back(&tess());
    assert_eq!(
        desk.ask(
            &tess(),
            Action::Approve {
                revision: first,
                oversight: "Fine".to_owned()
            }
        ),
        Err(Refusal::NotWaiting)
    );
    desk.submit(&asha()).unwrap();
    assert_eq!(
        desk.ask(
            &tess(),
            Action::Approve {
                revision: first,
                oversight: "Fine".to_owned()
            }
        ),
        Err(Refusal::RevisionChanged)
    );
}

#[test]
fn a_return_has_a_reason_and_its_comments_have_a_place() {
    let mut desk = sent();
    let give_back = |desk: &mut Desk, reasons: &[ReturnReason], note: &str, places: &[(u128, &str, &str)]| {
        let comment = |(id, address, said): &(u128, &str, &str)| record::Comment {
            id: record::CommentId(crate::desk::uuid(*id)),
            address: at(address),
            text: (*said).to_owned(),
        };
        let action = Action::Return {
            revision: desk.waiting(),
            reasons: reasons.to_vec(),
            note: note.to_owned(),
            comments: places.iter().map(comment).collect(),
        };
        desk.ask(&tess(), action)
    };
    let voice = [ReturnReason::Voice];
    assert_eq!(give_back(&mut desk, &[], "", &[]), Err(Refusal::NoReason));
    assert_eq!(
        give_back(&mut desk, &[ReturnReason::Other], " ", &[]),
        Err(Refusal::Blank(Needed::Note))
    );
    let nowhere = give_back(&mut desk, &voice, "", &[(1, "next.nothing", "Hm")]);
    assert_eq!(nowhere, Err(Refusal::NoSuchPlace(at("next.nothing"))));
    let no_child = give_back(&mut desk, &voice, "", &[(1, "children[c-9].words", "Hm")]);
    assert_eq!(no_child, Err(Refusal::NoSuchRow(at("children[c-9].words"))));
    let silent = give_back(&mut desk, &voice, "", &[(1, "next.plan", "")]);
    assert_eq!(silent, Err(Refusal::Blank(Needed::Comment)));
    let twice = [(1, "next.plan", "When?"), (1, "next.plan", "Who?")];
    assert_eq!(
        give_back(&mut desk, &voice, "", &twice),
        Err(Refusal::CommentExists)
    );

    // A question, a child's block and a section can all be commented on.
    let places = [
        (1, "children[c-1].words", "Whose words?"),
        (2, "children[c-2]", "Seen?"),
        (3, "next", "When?"),
    ];
    give_back(
        &mut desk,
        &[ReturnReason::Voice, ReturnReason::Seen, ReturnReason::Voice],
        "",
        &places,
    )
    .unwrap();
    let (_, returned) = desk.state.last_return().unwrap();
    assert_eq!(returned.reasons, [ReturnReason::Voice, ReturnReason::Seen]);
    assert_eq!(returned.unanswered(), 3);

    desk.submit(&asha()).unwrap();
    let again = [(2, "next", "Still?")];
    assert_eq!(
        give_back(&mut desk, &voice, "", &again),
        Err(Refusal::CommentExists)
    );
}

#[test]
fn replies_go_to_comments_that_were_made() {
    let mut desk = Desk::new();
    let reply = |comment, text: &str| Action::Reply {
        comment,
        text: text.to_owned(),
    };
    let nobody = record::CommentId(crate::desk::uuid(77));
    assert_eq!(
        desk.ask(&asha(), reply(nobody, "Why?")),
        Err(Refusal::NotReturned)
    );
    desk.fill(&asha());
    desk.submit(&asha()).unwrap();
    let comment = desk.send_back(&tess());
    assert_eq!(
        desk.ask(&asha(), reply(nobody, "Why?")),
        Err(Refusal::NoSuchComment)
    );
    assert_eq!(
        desk.ask(&asha(), reply(comment, "")),
        Err(Refusal::Blank(Needed::Comment))
    );
    desk.ask(&ben(), reply(comment, "On Monday")).unwrap();
    assert!(desk.state.is_author(ben().id));
}

#[test]
fn nothing_changes_while_a_record_waits_or_once_it_is_signed_or_set_aside() {
    let mut voided = Desk::new();
    voided
        .ask(
            &asha(),
            Action::Void {
                reason: "Wrong family".to_owned(),
            },
        )
        .unwrap();
    for (mut desk, expected) in [
        (sent(), Refusal::Waiting),
        (approved(), Refusal::Complete),
        (voided, Refusal::Voided),
    ] {
        let before = desk.state.clone();
        let mut actions = vec![
            Action::answer(&desk.state, at("next.plan"), text("More")),
            Action::AddRow {
                address: at("visit.visitors"),
                key: crate::desk::key("v"),
                before: None,
            },
            Action::remove_row(&desk.state, at("visit.visitors"), crate::desk::key("v")),
            Action::submit(&desk.state).unwrap(),
            Action::Reply {
                comment: record::CommentId(crate::desk::uuid(1)),
                text: "Well".to_owned(),
            },
        ];
        if expected != Refusal::Waiting {
            let revision = sent().waiting();
            actions.push(Action::Approve {
                revision,
                oversight: "Fine".to_owned(),
            });
            actions.push(Action::Void {
                reason: "No".to_owned(),
            });
            let reasons = vec![ReturnReason::Plan];
            actions.push(Action::Return {
                revision,
                reasons,
                note: String::new(),
                comments: Vec::new(),
            });
        }
        for action in actions {
            for mut actor in [asha(), tess(), theo()] {
                actor.roles = Role::ALL.to_vec();
                assert_eq!(
                    desk.ask(&actor, action.clone()),
                    Err(expected.clone()),
                    "{action:?}"
                );
            }
        }
        assert_eq!(desk.state, before);
    }
}

#[test]
fn a_record_is_set_aside_with_a_reason_and_while_it_waits_only_by_who_decides() {
    let mut desk = sent();
    let void = |reason: &str| Action::Void {
        reason: reason.to_owned(),
    };
    assert_eq!(desk.ask(&asha(), void("Wrong family")), Err(Refusal::Waiting));
    assert_eq!(desk.ask(&tess(), void(" ")), Err(Refusal::Blank(Needed::Reason)));
    assert_eq!(desk.ask(&olu(), void("Mine")), Err(Refusal::OtherTeam));
    desk.ask(&tess(), void("Recorded against the wrong family"))
        .unwrap();
    assert!(matches!(desk.state.status(), Status::Voided { .. }));
    assert!(
        matches!(&desk.events.last().unwrap().body, Body::Voided(voided) if voided.reason.starts_with("Rec"))
    );
}

#[test]
fn a_record_is_started_about_children_whom_its_form_fits() {
    let desk = Desk::new();
    let begin = |children: &[&str], actor: &record::Actor| {
        let begin = record::Start {
            id: record::EventId(crate::desk::uuid(1)),
            record: record::RecordId(crate::desk::uuid(2)),
            noted_at: desk.now,
            subjects: children.iter().map(|id| crate::desk::child(id, "Ada")).collect(),
            rule_pack: None,
        };
        record::start(&desk.form, begin, actor, desk.now).map(|event| event.actor.id)
    };
    assert_eq!(begin(&["c-1"], &asha()), Ok(asha().id));
    assert_eq!(begin(&[], &asha()), Err(Refusal::WrongChildren));
    assert_eq!(
        begin(&["c-1", "c-2", "c-1"], &asha()),
        Err(Refusal::WrongChildren)
    );
    assert_eq!(begin(&["c-1"], &dee()), Err(Refusal::NotAllowed));
    assert_eq!(begin(&["c-1"], &sam()), Err(Refusal::NotAllowed));
}

#[test]
fn answers_are_empty_until_somebody_gives_one() {
    let desk = Desk::new();
    assert_eq!(desk.state.answers(), &Answers::default());
    assert_eq!(desk.state.authors().len(), 1);
    assert_eq!(desk.state.env(desk.now).today.to_string(), "2026-11-19");
}
