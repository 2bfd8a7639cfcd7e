//! Fills in a case with the engine, and looks whether what must follow does.

use std::collections::HashMap;
use std::sync::Arc;

use compiler::{Code, CompiledForm, Diagnostic};
use engine::{At, Env, Problem, Session, Trouble, View};
use form::{Answers, Aspect, Body, Form, RowKey, Severity};

use crate::coverage::Coverage;
use crate::place::path;
use crate::suite::{Case, Expectation, Expected, Given, Spot, Suite, Written, plain};

/// Fills in a case, notes what it has seen, and tells what is not as it says.
pub(crate) fn fill_in(suite: &Suite<'_>, case: &Case, coverage: &mut Coverage) -> Vec<Diagnostic> {
    let Some(now) = case.now else {
        return Vec::new();
    };
    let env = Env {
        now,
        today: now.date(),
        subjects: case.children.clone(),
        // A case is of a record that begins on its day.
        rule_pack: suite.form.pack_on(now.date()).map(|pack| pack.name.clone()),
    };
    let session = Session::new(Arc::clone(&suite.form), env, &answers(&suite.form, case));
    let filling = Filling {
        compiled: suite.compiled,
        case,
        spots: spots(&session),
        session: &session,
    };
    coverage.note(&session);
    let failures = case
        .expected
        .iter()
        .filter_map(|expected| filling.failure(expected));
    failures.collect()
}

/// All that a case gives. What comes later stands in place of what came before.
fn answers(form: &Form, case: &Case) -> Answers {
    let mut answers = Answers::default();
    for given in &case.given {
        match given {
            Given::Answer(spot, answer) => {
                if let Some(address) = form.address(spot.node, &spot.keys) {
                    answers.set(address, answer.clone());
                }
            }
            Given::Row(spot, key) => {
                if let Some(address) = form.address(spot.node, &spot.keys) {
                    let rows = answers.rows.entry(address).or_default();
                    if !rows.contains(key) {
                        rows.push(key.clone());
                    }
                }
            }
        }
    }
    answers
}

/// Every place of the record, by its node and the rows that it stands in.
fn spots(session: &Session) -> HashMap<Spot, At> {
    let mut spots = HashMap::new();
    let mut waiting: Vec<(At, Vec<RowKey>)> = session
        .sections()
        .into_iter()
        .map(|at| (at, Vec::new()))
        .collect();
    while let Some((at, mut keys)) = waiting.pop() {
        if matches!(session.form().nodes.at(at.node).body, Body::Row) {
            keys.extend(session.row_key(at).cloned());
        }
        waiting.extend(session.inside(at).into_iter().map(|inner| (inner, keys.clone())));
        spots.insert(Spot { node: at.node, keys }, at);
    }
    spots
}

/// A case that is filled in.
struct Filling<'a> {
    compiled: &'a CompiledForm,
    case: &'a Case,
    spots: HashMap<Spot, At>,
    session: &'a Session,
}

impl Filling<'_> {
    /// What is wrong with what was expected, if something is.
    fn failure(&self, expected: &Expected) -> Option<Diagnostic> {
        let (spot, message, help) = match &expected.what {
            Expectation::Complete => (None, self.incomplete()?, None),
            Expectation::Incomplete => {
                let none = self.incomplete().is_none();
                (
                    None,
                    none.then(|| "nothing stands in the way of sending this".to_owned())?,
                    None,
                )
            }
            Expectation::Value(spot, written) => {
                let (message, help) = self.other_value(spot, written)?;
                (Some(spot), message, help)
            }
            Expectation::Refused(spot, severity, message) => {
                let (message, help) = self.not_refused(spot, *severity, message.as_deref())?;
                (Some(spot), message, help)
            }
            Expectation::Running(index) => (None, self.not_running(*index)?, None),
            Expectation::Idle(index) => {
                let runs = self.not_running(*index).is_none();
                let clock = self.compiled.form.clocks.get(*index)?;
                (
                    None,
                    runs.then(|| format!("the clock `{}` runs", clock.name))?,
                    None,
                )
            }
            other => {
                let spot = spot_of(other)?;
                (Some(spot), self.otherwise(spot, other)?, None)
            }
        };
        let mut diagnostic = Diagnostic::new(Code::CaseFailed, expected.place, message)
            .maybe_help(help)
            .label(self.case.place, "in this case");
        let hidden = spot.and_then(|spot| self.hides(spot));
        if let Some((place, words)) = hidden {
            diagnostic = diagnostic.label(place, words);
        }
        Some(diagnostic)
    }

    /// The place and its view; nothing if its row is not there.
    fn look(&self, spot: &Spot) -> Option<(At, View)> {
        let at = *self.spots.get(spot)?;
        Some((at, self.session.view(at)?))
    }

    fn is_shown(&self, spot: &Spot) -> bool {
        self.look(spot).is_some_and(|(at, _)| self.session.is_shown(at))
    }

    fn name(&self, spot: &Spot) -> String {
        path(&self.compiled.form, spot.node).join(".")
    }

    /// The condition that keeps something off the page, if it is not on it.
    fn hides(&self, spot: &Spot) -> Option<(compiler::Place, String)> {
        let (at, _) = self.look(spot)?;
        let around = std::iter::successors(Some(at), |&at| self.session.holder(at));
        let hiding = around
            .filter(|&at| self.session.view(at).is_some_and(|view| !view.shown))
            .last()?;
        let mut rules = self.compiled.form.rules.iter();
        let (rule, _) = rules.find(|(_, rule)| rule.target == hiding.node && rule.aspect == Aspect::Shown)?;
        let name = &self.compiled.form.nodes.at(hiding.node).name;
        Some((
            *self.compiled.places.rules.get(rule)?,
            format!("this does not hold, so `{name}` is hidden"),
        ))
    }

    /// What is so instead of what was expected; nothing if that is so.
    fn otherwise(&self, spot: &Spot, expected: &Expectation) -> Option<String> {
        let name = self.name(spot);
        let Some((at, view)) = self.look(spot) else {
            return Some(format!("there is no such row with `{name}` in it"));
        };
        let shown = self.session.is_shown(at);
        let hidden = || format!("`{name}` is hidden");
        match expected {
            Expectation::Hidden(_) => return shown.then(|| format!("`{name}` is shown")),
            _ if !shown => return Some(hidden()),
            _ => {}
        }
        let offers = |code: &str| !view.withheld.iter().any(|withheld| withheld == code);
        match expected {
            Expectation::Required(_) => (!view.required).then(|| format!("`{name}` need not be answered")),
            Expectation::Optional(_) => view.required.then(|| format!("`{name}` must be answered")),
            Expectation::ReadOnly(_) => (!view.read_only).then(|| format!("`{name}` can be edited")),
            Expectation::Editable(_) => view.read_only.then(|| format!("`{name}` cannot be edited")),
            Expectation::Accepted(_) => {
                let problem = view
                    .problems
                    .iter()
                    .find(|problem| problem.trouble != Trouble::Missing)?;
                Some(format!("`{name}` is not accepted: {}", problem.message))
            }
            Expectation::Offered(_, code) => (!offers(code)).then(|| format!("`{code}` is not offered")),
            Expectation::Withheld(_, code) => offers(code).then(|| format!("`{code}` is offered")),
            Expectation::Label(_, label) => {
                (view.label != *label).then(|| format!("the label of `{name}` is “{}”", view.label))
            }
            _ => None,
        }
    }

    /// What a value is instead, and what is entered there.
    fn other_value(&self, spot: &Spot, written: &Written) -> Option<(String, Option<String>)> {
        let name = self.name(spot);
        let Some((at, view)) = self.look(spot) else {
            return Some((format!("there is no such row with `{name}` in it"), None));
        };
        let value = self.session.value(at);
        let form = &self.compiled.form;
        let told = form
            .field(spot.node)
            .map(|field| field.kind.tell_value(&value, &form.lists));
        let told = told.unwrap_or_default();
        if written.is(&value, &told) {
            return None;
        }
        let message = match (plain(&value), told) {
            _ if value == feel::Value::Null => format!("`{name}` is blank"),
            (plain, told) if told.is_empty() || plain == told => format!("`{name}` is `{plain}`"),
            (plain, told) => format!("`{name}` is `{plain}`, which reads “{told}”"),
        };
        let problem = view.problems.first();
        Some((
            message,
            problem.map(|problem| format!("the page says “{}”", problem.message)),
        ))
    }

    /// Why something is not refused as it was expected, and what is wrong with it instead.
    fn not_refused(
        &self,
        spot: &Spot,
        severity: Severity,
        expected: Option<&str>,
    ) -> Option<(String, Option<String>)> {
        let name = self.name(spot);
        if !self.is_shown(spot) {
            return Some((format!("`{name}` is hidden, so nothing is said of it"), None));
        }
        let (_, view) = self.look(spot)?;
        let counts = |problem: &&Problem| problem.trouble != Trouble::Missing && problem.severity == severity;
        let found: Vec<&Problem> = view.problems.iter().filter(counts).collect();
        let is_it = |problem: &&Problem| expected.is_none_or(|words| words == problem.message);
        if found.iter().any(is_it) {
            return None;
        }
        let verb = match severity {
            Severity::Submit => "refuses",
            Severity::Approve => "keeps from approval",
            Severity::Warn => "warns of",
            Severity::Nudge => "nudges at",
        };
        let message = match found.as_slice() {
            [] => format!("nothing {verb} `{name}`"),
            _ => format!("something else {verb} `{name}`"),
        };
        let others: Vec<String> = view
            .problems
            .iter()
            .map(|problem| format!("“{}”", problem.message))
            .collect();
        let help = (!others.is_empty()).then(|| format!("the page says {}", others.join(" and ")));
        Some((message, help))
    }

    /// Why a clock does not run, if it does not.
    fn not_running(&self, index: usize) -> Option<String> {
        let form = &self.compiled.form;
        let clock = form.clocks.get(index)?;
        let starts = path(form, clock.starts).join(".");
        match (self.session.start_of(clock), self.session.lets_run(clock)) {
            (None, _) => Some(format!("`{}` does not run: `{starts}` is blank", clock.name)),
            (Some(_), false) => Some(format!(
                "`{}` does not run: its condition does not hold",
                clock.name
            )),
            (Some(_), true) => None,
        }
    }

    /// What stands in the way of sending the record, if anything does.
    fn incomplete(&self) -> Option<String> {
        let problems = self.session.problems();
        let blocking: Vec<&(At, Problem)> = problems
            .iter()
            .filter(|(_, problem)| problem.severity == Severity::Submit)
            .collect();
        let (at, problem) = blocking.first()?;
        let name = path(&self.compiled.form, at.node).join(".");
        let more = match blocking.len() {
            1 => String::new(),
            many => format!(", and {} more", many - 1),
        };
        Some(format!(
            "this cannot be sent: `{name}` says “{}”{more}",
            problem.message
        ))
    }
}

/// What an expectation is about, if it is about one thing.
fn spot_of(expected: &Expectation) -> Option<&Spot> {
    match expected {
        Expectation::Shown(spot)
        | Expectation::Hidden(spot)
        | Expectation::Required(spot)
        | Expectation::Optional(spot)
        | Expectation::ReadOnly(spot)
        | Expectation::Editable(spot)
        | Expectation::Refused(spot, ..)
        | Expectation::Accepted(spot)
        | Expectation::Value(spot, _)
        | Expectation::Offered(spot, _)
        | Expectation::Withheld(spot, _)
        | Expectation::Label(spot, _) => Some(spot),
        Expectation::Running(_) | Expectation::Idle(_) | Expectation::Complete | Expectation::Incomplete => {
            None
        }
    }
}
