//! What is done with an item for each answer of the server: refused only if it can never pass.

use proptest::prelude::*;
use wire::ProblemCode;

use super::*;
use crate::testing::cases;

fn of(problem: Problem) -> Verdict {
    Verdict::of(Err(Trouble::Problem(Box::new(problem))))
}

#[test]
fn every_problem_of_the_server_has_its_verdict() {
    for &code in ProblemCode::ALL {
        let verdict = of(Problem::new(code).detail("This is why"));
        match code {
            ProblemCode::Internal => assert_eq!(verdict, Verdict::Broke),
            ProblemCode::WrongMethod
            | ProblemCode::WrongType
            | ProblemCode::TooMany
            | ProblemCode::Unavailable => assert_eq!(verdict, Verdict::Busy, "{code:?}"),
            ProblemCode::Malformed
            | ProblemCode::Forbidden
            | ProblemCode::NotFound
            | ProblemCode::TooLarge
            | ProblemCode::Invalid
            | ProblemCode::OtherContent
            | ProblemCode::NoSuchForm
            | ProblemCode::NoSuchChild => {
                let Verdict::Refused(refused) = verdict else {
                    panic!("{code:?}: {verdict:?}")
                };
                assert_eq!(
                    (refused.code.as_str(), refused.message.as_str()),
                    (code.code(), "This is why")
                );
            }
            // These are told apart before: `Trouble::SignedOut`.
            ProblemCode::NotSignedIn | ProblemCode::WrongPassword => {}
        }
    }
    let signed_out = Problem::new(ProblemCode::NotSignedIn);
    assert_eq!(
        Verdict::of(Err(Trouble::SignedOut(Box::new(signed_out)))),
        Verdict::SignedOut
    );
    assert_eq!(Verdict::of(Err(Trouble::Unreachable)), Verdict::Unreachable);
    assert_eq!(Verdict::of(Err(Trouble::Unreadable)), Verdict::Unreachable);
}

#[test]
fn a_file_that_is_none_of_ours_is_refused_for_good_and_other_problems_are_as_with_words() {
    let of_file = |code| Verdict::of_file(Err(Trouble::Problem(Box::new(Problem::new(code)))));
    assert_eq!(Verdict::of_file(Ok(())), Verdict::Kept);
    for &code in ProblemCode::ALL {
        if code == ProblemCode::WrongType {
            assert!(matches!(of_file(code), Verdict::Refused(_)));
        } else {
            assert_eq!(of_file(code), of(Problem::new(code)), "{code:?}");
        }
    }
    assert_eq!(Verdict::of_file(Err(Trouble::Unreachable)), Verdict::Unreachable);
}

proptest! {
    #![proptest_config(cases(256))]

    /// Also for statuses that no server of today sends.
    #[test]
    fn what_may_pass_is_never_refused(status in 400..1_000_u16) {
        let problem = Problem { status, ..Problem::new(ProblemCode::Internal) };
        let trouble = Trouble::Problem(Box::new(problem.clone()));
        if trouble.may_pass() {
            prop_assert!(!matches!(of(problem), Verdict::Refused(_)));
        }
    }
}
