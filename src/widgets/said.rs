//! What is said at a question about its answer, and when: nothing while somebody is still writing it for the first
//! time; once they have left it, or have had the page checked, all of it, and as they type.

use engine::{Problem, View};
use form::Severity;

/// What is said at a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// What must be put right before the record is sent.
    pub(crate) errors: Vec<String>,
    /// What needs a reason, or must be put right before the record is approved.
    pub(crate) warnings: Vec<String>,
    /// What to think about.
    pub(crate) nudges: Vec<String>,
    /// Two people's answers stand against each other.
    pub(crate) disputed: bool,
}

/// How far somebody has come with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// They have not answered it yet, or are about to for the first time.
    New,
    /// They have answered it and gone on, or have had the page checked.
    Judged,
}

impl Said {
    /// What is said of a question at this moment.
    pub(crate) fn of(view: &View, seen: Seen, disputed: bool) -> Self {
        let mut said = Self {
            disputed,
            ..Self::default()
        };
        if seen == Seen::New {
            return said;
        }
        for Problem {
            severity, message, ..
        } in &view.problems
        {
            let kept = match severity {
                Severity::Submit => &mut said.errors,
                Severity::Approve | Severity::Warn => &mut said.warnings,
                Severity::Nudge => &mut said.nudges,
            };
            kept.push(message.clone());
        }
        said
    }

    /// Must something be put right?
    pub(crate) fn is_wrong(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The style sheets' words for the question's shell, after its first.
    pub(crate) fn style(&self) -> &'static str {
        if self.is_wrong() {
            " wrong"
        } else if self.warnings.is_empty() && !self.disputed {
            ""
        } else {
            " doubted"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::{Tally, Trouble};

    fn view(severities: &[Severity]) -> View {
        let problem = |&severity| Problem {
            trouble: Trouble::Missing,
            severity,
            message: format!("{severity:?}"),
        };
        View {
            shown: true,
            required: true,
            read_only: false,
            label: String::new(),
            hint: None,
            answer: None,
            is_default: false,
            value: None,
            withheld: Vec::new(),
            problems: severities.iter().map(problem).collect(),
            tally: Tally::default(),
        }
    }

    #[test]
    fn nothing_is_said_while_somebody_first_writes() {
        let view = view(&[Severity::Submit, Severity::Warn]);
        assert_eq!(Said::of(&view, Seen::New, false), Said::default());
        assert!(Said::of(&view, Seen::New, true).disputed);
    }

    #[test]
    fn each_severity_is_said_in_its_own_way() {
        let all = [
            Severity::Submit,
            Severity::Approve,
            Severity::Warn,
            Severity::Nudge,
        ];
        let said = Said::of(&view(&all), Seen::Judged, false);
        assert_eq!(said.errors, ["Submit"]);
        assert_eq!(said.warnings, ["Approve", "Warn"]);
        assert_eq!(said.nudges, ["Nudge"]);
        assert_eq!(said.style(), " wrong");
        assert_eq!(
            Said::of(&view(&all[1..]), Seen::Judged, false).style(),
            " doubted"
        );
        assert_eq!(Said::of(&view(&all[3..]), Seen::Judged, false).style(), "");
    }
}
