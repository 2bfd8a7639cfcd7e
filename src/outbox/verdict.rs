//! What the server's answer to a request means for what was sent.

use wire::{Posted, Problem, Refused};

use crate::api::Trouble;

/// What came of sending a batch.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// The server says what came of each item.
    Posted(Box<Posted>),
    /// The server has the file that was sent.
    Kept,
    /// The server will not take the request as it is. Something in it is bad.
    Refused(Refused),
    /// The server broke on it. Perhaps on one item only.
    Broke,
    /// The server cannot take anything at present.
    Busy,
    /// Nobody is signed in, or somebody else.
    SignedOut,
    /// There was no answer, or none of Firsthand's.
    Unreachable,
}

impl Verdict {
    /// The verdict in the answer to a request.
    pub(crate) fn of(answer: Result<Posted, Trouble>) -> Self {
        match answer {
            Ok(posted) => Self::Posted(Box::new(posted)),
            Err(Trouble::Unreachable | Trouble::Unreadable) => Self::Unreachable,
            Err(Trouble::SignedOut(_)) => Self::SignedOut,
            Err(Trouble::Problem(problem)) => Self::of_problem(*problem),
        }
    }

    /// The verdict in the answer to a file.
    pub(crate) fn of_file(answer: Result<(), Trouble>) -> Self {
        match answer {
            Ok(()) => Self::Kept,
            // Of a file this is about what is in it, and no other server will take it.
            Err(Trouble::Problem(problem)) if problem.status == 415 => Self::Refused(refused(*problem)),
            Err(Trouble::Problem(problem)) => Self::of_problem(*problem),
            Err(Trouble::SignedOut(_)) => Self::SignedOut,
            Err(Trouble::Unreachable | Trouble::Unreadable) => Self::Unreachable,
        }
    }

    fn of_problem(problem: Problem) -> Self {
        if let Some(posted) = problem.posted {
            return Self::Posted(posted);
        }
        match problem.status {
            500 => Self::Broke,
            // Not the fault of what was sent: an app too old for its server, a server that wants time.
            405 | 408 | 415 | 425 | 429 | 501.. => Self::Busy,
            _ => Self::Refused(refused(problem)),
        }
    }
}

fn refused(problem: Problem) -> Refused {
    Refused {
        message: problem.detail.unwrap_or(problem.title),
        code: problem.code,
        address: None,
        faults: problem.faults,
    }
}

#[cfg(test)]
mod tests;
