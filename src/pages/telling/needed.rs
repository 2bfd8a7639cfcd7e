//! What stands between a record and being sent for sign-off: answers that are missing or wrong, and warnings.
//!
//! What counts is decided by the engine and by `record`, which refuses a record with exactly these faults; here they
//! get words that can be read away from their question.

use engine::{At, Problem, Session, Subject, Trouble};
use form::{Address, CheckId, Severity};
use record::Draft;

use super::outline::{self, PageKey};

/// Something to be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Needed {
    /// The page it is on.
    pub(crate) key: PageKey,
    /// The question, or whatever else it is about.
    pub(crate) address: Address,
    /// What to do, with enough of the question to know which: "Maisie: What happened? Choose an answer".
    pub(crate) words: String,
}

/// A warning, which may stand if somebody says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Warning {
    /// The page it is on.
    pub(crate) key: PageKey,
    /// The question, or whatever else it is about.
    pub(crate) address: Address,
    /// Which check gave it.
    pub(crate) check: CheckId,
    /// What it says.
    pub(crate) message: String,
    /// The child it is about, if its words do not say so.
    pub(crate) about: Option<String>,
    /// Why somebody let it stand.
    pub(crate) reason: Option<String>,
}

/// Everything to be put right before the record can be sent, in document order. Where two people's answers stand
/// against each other, that comes first.
pub(crate) fn needed(session: &Session, draft: &Draft) -> Vec<Needed> {
    let conflicts = draft.conflicts().filter_map(|address| {
        let at = session.find(address)?;
        let label = session.view(at)?.label;
        entry(session, at, at_question(&label, "Choose between two answers"))
    });
    let wrong = session
        .problems()
        .into_iter()
        .filter(|(_, problem)| problem.severity == Severity::Submit);
    let wrong = wrong.filter_map(|(at, problem)| entry(session, at, in_words(session, at, &problem)));
    conflicts.chain(wrong).collect()
}

/// The warnings that stand, in document order.
pub(crate) fn warnings(session: &Session, draft: &Draft) -> Vec<Warning> {
    let problems = session.problems().into_iter();
    let warnings = problems.filter(|(_, problem)| problem.severity == Severity::Warn);
    warnings
        .filter_map(|(at, problem)| {
            let Trouble::Check(check) = problem.trouble else {
                return None;
            };
            let address = session.address(at)?;
            let acknowledged = draft.acknowledgement(&address, check, &problem.message);
            Some(Warning {
                key: outline::key_of(session, at)?,
                check,
                reason: acknowledged.map(|found| found.what.reason.clone()),
                about: unsaid_name(session, at, &problem.message).map(str::to_owned),
                address,
                message: problem.message,
            })
        })
        .collect()
}

/// What is wrong at a place, in words that say which place.
pub(crate) fn in_words(session: &Session, at: At, problem: &Problem) -> String {
    let form = session.form();
    let asks_itself = form
        .field(at.node)
        .and_then(|field| field.need.as_ref())
        .is_some_and(|need| need.ask.is_some());
    match problem.trouble {
        // The form's designer wrote this message for this very question.
        Trouble::Check(_) => problem.message.clone(),
        Trouble::Missing if asks_itself => problem.message.clone(),
        Trouble::Missing | Trouble::Unreadable => {
            let label = session.view(at).map(|view| view.label).unwrap_or_default();
            at_question(&label, &problem.message)
        }
    }
}

/// What is said at a question, after the question.
fn at_question(label: &str, message: &str) -> String {
    let between = if label.ends_with(['?', '.', '!']) {
        " "
    } else {
        ": "
    };
    format!("{label}{between}{message}")
}

fn entry(session: &Session, at: At, words: String) -> Option<Needed> {
    let words = match unsaid_name(session, at, &words) {
        Some(name) => format!("{name}: {words}"),
        None => words,
    };
    Some(Needed {
        key: outline::key_of(session, at)?,
        address: session.address(at)?,
        words,
    })
}

/// The first name of the child that a place is about, where a text does not say it.
pub(crate) fn unsaid_name<'a>(session: &'a Session, at: At, text: &str) -> Option<&'a str> {
    let child: &Subject = session.env().subjects.get(session.subject(at)?)?;
    let name = child.first_name.as_str();
    (!name.is_empty() && !text.contains(name)).then_some(name)
}
