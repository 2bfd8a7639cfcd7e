//! The codes that programs know, and what people read with them.

use record::{Fault, Refusal, ReturnReason, Why};

use super::*;

#[test]
fn what_stands_in_the_way() {
    for (why, told) in [
        (Why::Wrong, "wrong"),
        (Why::Warning, "warning"),
        (Why::Conflict, "conflict"),
    ] {
        let fault = Fault {
            address: plan(),
            why,
            message: "Write an answer".to_owned(),
        };
        promise(
            &fault,
            json!({ "address": "next.plan", "why": told, "message": "Write an answer" }),
        );
    }
}

#[test]
fn the_codes_of_refusals() {
    let codes: Vec<&str> = every_refusal().iter().map(Refusal::code).collect();
    assert_eq!(
        codes,
        [
            "not-allowed",
            "other-team",
            "waiting",
            "complete",
            "voided",
            "not-waiting",
            "not-returned",
            "no-such-place",
            "no-such-row",
            "not-a-question",
            "not-a-repeat",
            "row-exists",
            "too-many-rows",
            "row-not-seen",
            "no-such-warning",
            "blank",
            "no-reason",
            "comment-exists",
            "no-such-comment",
            "draft-changed",
            "revision-changed",
            "not-ready",
            "not-approvable",
            "files-missing",
            "own-work",
            "decided-before",
            "other-role",
            "wrong-children",
            "id-taken",
            "other-form",
            "no-such-form",
            "not-later",
            "not-an-author",
            "changed-since",
            "no-longer-asked",
            "unwritable",
        ]
    );
    // A sentence for a person, without a full stop, as errors are written everywhere.
    for refusal in every_refusal() {
        let told = refusal.to_string();
        assert!(told.len() > 10 && !told.ends_with('.'), "{told}");
    }
}

fn every_refusal() -> Vec<Refusal> {
    use Refusal::*;
    vec![
        NotAllowed,
        OtherTeam,
        Waiting,
        Complete,
        Voided,
        NotWaiting,
        NotReturned,
        NoSuchPlace(plan()),
        NoSuchRow(plan()),
        NotAQuestion(plan()),
        NotARepeat(plan()),
        RowExists(plan()),
        TooManyRows(plan()),
        RowNotSeen(plan()),
        NoSuchWarning(plan()),
        Blank(record::Needed::Reason),
        NoReason,
        CommentExists,
        NoSuchComment,
        DraftChanged,
        RevisionChanged,
        NotReady(Vec::new()),
        NotApprovable(Vec::new()),
        FilesMissing(Vec::new()),
        OwnWork,
        DecidedBefore,
        OtherRole,
        WrongChildren,
        IdTaken,
        OtherForm,
        NoSuchForm,
        NotLater,
        NotAnAuthor,
        ChangedSince,
        NoLongerAsked(plan()),
        Refusal::Unwritable(record::Unwritable),
    ]
}

#[test]
fn the_codes_of_returns() {
    for (index, reason) in ReturnReason::ALL.iter().enumerate() {
        let code = format!("RR{:02}", index + 1);
        assert_eq!(reason.code(), code);
        promise(reason, json!(code));
        assert!(reason.label().len() > 10);
    }
    assert_eq!(ReturnReason::ALL.len(), 17);
}
