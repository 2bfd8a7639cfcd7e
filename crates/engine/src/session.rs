//! A filling-in of a form: what may be asked of it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use feel::Value;
use form::{Address, Answers, Body, Clock, Form, Formula, RowKey, RuleId, ScopeId, Severity, Table};
use smol_str::SmolStr;

use crate::env::Env;
use crate::frame::{At, Cell, Frame, FrameId, RECORD};
use crate::plan::Plan;
use crate::reads::Here;
use crate::tally::Tally;
use crate::view::{Problem, Trouble, View};

/// One filling-in of a form.
#[derive(Clone, Debug)]
pub struct Session {
    pub(crate) plan: Arc<Plan>,
    pub(crate) env: Env,
    pub(crate) frames: Table<FrameId, Frame>,
    /// Rules to be worked out again, the earliest first.
    pub(crate) queue: BinaryHeap<Reverse<(RuleId, FrameId)>>,
    pub(crate) log: Log,
}

/// What an edit has touched so far. While a session opens nothing is noted: all of it is new.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    pub(crate) opening: bool,
    pub(crate) views: Vec<At>,
    pub(crate) rows: Vec<At>,
    /// Each tally touched, as it was before.
    pub(crate) tallies: Vec<(At, Tally)>,
}

impl Session {
    /// The form being filled in.
    pub fn form(&self) -> &Arc<Form> {
        &self.plan.form
    }

    /// The world it is filled in.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// The sections of the form in order, those made of a block for each child among them.
    pub fn sections(&self) -> Vec<At> {
        self.plan
            .form
            .sections()
            .iter()
            .map(|&node| At { frame: RECORD, node })
            .collect()
    }

    /// The pages of the record in order: each section, or each child's or row's block of one. Hidden ones too.
    pub fn pages(&self) -> Vec<At> {
        let sections = self.plan.form.sections().iter();
        sections
            .flat_map(|&node| self.rows_or_self(At { frame: RECORD, node }))
            .collect()
    }

    /// What stands directly inside a place, in order, hidden or not. A repeat holds its rows.
    pub fn inside(&self, at: At) -> Vec<At> {
        if !self.is_here(at) {
            return Vec::new();
        }
        match self.plan.form.nodes.at(at.node).body {
            Body::Rows(_) => self.rows_or_self(at),
            _ => self
                .plan
                .form
                .inside(at.node)
                .iter()
                .map(|&node| At { node, ..at })
                .collect(),
        }
    }

    /// Every place in document order, hidden or not: what holds others before what is in it.
    pub fn places(&self) -> Vec<At> {
        let mut found = Vec::new();
        let mut waiting = self.sections();
        waiting.reverse();
        while let Some(at) = waiting.pop() {
            found.push(at);
            waiting.extend(self.inside(at).into_iter().rev());
        }
        found
    }

    /// What directly holds a place; nothing for a section.
    pub fn holder(&self, at: At) -> Option<At> {
        let node = self.plan.form.nodes.get(at.node)?.parent?;
        let frame = match self.plan.form.nodes.at(at.node).body {
            Body::Row => self.frames.get(at.frame)?.parent,
            _ => at.frame,
        };
        Some(At { frame, node })
    }

    /// The child that a place is about, as an index into [`Env::subjects`].
    pub fn subject(&self, at: At) -> Option<usize> {
        self.frames.get(at.frame)?.subject.map(|index| index as usize)
    }

    /// The key of the row that a place stands in; none in the record itself.
    pub fn row_key(&self, at: At) -> Option<&RowKey> {
        self.frames.get(at.frame)?.key.as_ref()
    }

    /// The place an address leads to: a question or a repeat. Nothing if a row on the way is not there.
    pub fn find(&self, address: &Address) -> Option<At> {
        let (node, keys) = self.plan.form.find(address)?;
        let mut scopes: Vec<ScopeId> =
            std::iter::successors(Some(self.plan.form.nodes.at(node).scope), |&id| {
                self.plan.form.scopes.at(id).parent
            })
            .collect();
        scopes.pop();
        let mut frame = RECORD;
        for (scope, key) in scopes.into_iter().rev().zip(&keys) {
            let rows = At {
                frame,
                node: self.plan.form.scopes.at(scope).rows?,
            };
            frame = self.row(rows, key)?;
        }
        Some(At { frame, node })
    }

    /// The address of a question or repeat.
    pub fn address(&self, at: At) -> Option<Address> {
        let mut keys: Vec<RowKey> = Vec::new();
        let mut frame = self.frames.get(at.frame)?;
        while let Some(key) = &frame.key {
            keys.push(key.clone());
            frame = self.frames.get(frame.parent)?;
        }
        keys.reverse();
        self.plan.form.address(at.node, &keys)
    }

    /// What a widget shows of a place; nothing if the place is not there.
    pub fn view(&self, at: At) -> Option<View> {
        if !self.is_here(at) {
            return None;
        }
        let node = self.plan.form.nodes.at(at.node);
        let cell = self.cell(at);
        let more = cell.more.as_deref();
        let value = self
            .plan
            .form
            .field(at.node)
            .filter(|field| !field.kind.answered());
        Some(View {
            shown: cell.shown,
            required: cell.required,
            read_only: cell.read_only,
            label: more
                .and_then(|more| more.label.clone())
                .unwrap_or_else(|| node.label.clone()),
            hint: more
                .and_then(|more| more.hint.clone())
                .or_else(|| node.hint.clone()),
            answer: cell.given().cloned(),
            is_default: cell.answer.is_none() && cell.given().is_some(),
            value: value.map(|field| field.kind.tell_value(&cell.value, &self.plan.form.lists)),
            withheld: self.withheld(at),
            problems: self.problems_at(at),
            tally: cell.tally,
        })
    }

    /// Is a place on the page: shown, and everything around it too?
    pub fn is_shown(&self, at: At) -> bool {
        self.is_here(at) && self.cell(at).shown && self.holder_active(at)
    }

    /// The value that expressions see at a place: blank while it is not shown.
    pub fn value(&self, at: At) -> Value {
        if self.is_here(at) {
            self.effective(at)
        } else {
            Value::Null
        }
    }

    /// What a condition, calculation or check comes to in a frame of its target's, as things stand. Nothing for a rule
    /// that gives a text, or in a frame that is not its own.
    pub fn outcome(&self, rule: RuleId, frame: FrameId) -> Option<Value> {
        let rule = self.plan.form.rules.get(rule)?;
        let at = At {
            frame,
            node: rule.target,
        };
        match &rule.formula {
            Formula::Expr(expr) if self.is_here(at) => Some(expr.eval(&Here { session: self, frame })),
            Formula::Expr(_) | Formula::Text(_) => None,
        }
    }

    /// The date, or date and time, from which a clock of the form runs, as things stand; nothing while it does not run.
    pub fn running(&self, clock: &Clock) -> Option<Value> {
        self.start_of(clock).filter(|_| self.lets_run(clock))
    }

    /// The answer that starts a clock of the form, whether or not its condition holds.
    pub fn start_of(&self, clock: &Clock) -> Option<Value> {
        let at = At {
            frame: RECORD,
            node: clock.starts,
        };
        match self.value(at) {
            start @ (Value::Date(_) | Value::DateTime(_)) => Some(start),
            _ => None,
        }
    }

    /// Does the condition of a clock of the form hold, or has it none?
    pub fn lets_run(&self, clock: &Clock) -> bool {
        let record = Here {
            session: self,
            frame: RECORD,
        };
        let when = clock.when.as_ref();
        when.is_none_or(|when| when.eval(&record) == Value::Boolean(true))
    }

    /// Everything wrong in what is shown, in document order.
    pub fn problems(&self) -> Vec<(At, Problem)> {
        let mut found = Vec::new();
        self.walk_shown(&mut |session, at| {
            found.extend(session.problems_at(at).into_iter().map(|problem| (at, problem)));
        });
        found
    }

    /// Every answer that a person gave, shown or not: what a draft keeps.
    pub fn answers(&self) -> Answers {
        let mut answers = Answers::default();
        for at in self.places() {
            self.note_answers(at, &mut answers);
        }
        answers
    }

    /// The answers that are shown, defaults among them: what is sent for sign-off.
    pub fn submission(&self) -> Answers {
        let mut answers = Answers::default();
        self.walk_shown(&mut |session, at| {
            session.note_answers(at, &mut answers);
            if let (Some(answer), Some(address)) = (session.cell(at).given(), session.address(at)) {
                answers.set(address, Some(answer.clone()));
            }
        });
        answers
    }

    /// Visits every place that is shown, in document order: what holds others before what is in it.
    pub fn walk_shown(&self, visit: &mut dyn FnMut(&Self, At)) {
        for section in self.sections() {
            self.walk_from(section, visit);
        }
    }

    fn walk_from(&self, at: At, visit: &mut dyn FnMut(&Self, At)) {
        if self.cell(at).shown {
            visit(self, at);
            for inner in self.inside(at) {
                self.walk_from(inner, visit);
            }
        }
    }

    fn note_answers(&self, at: At, answers: &mut Answers) {
        let Some(address) = self.address(at) else { return };
        match &self.plan.form.nodes.at(at.node).body {
            Body::Field(_) => answers.set(address, self.cell(at).answer.clone()),
            Body::Rows(repeat) if !repeat.for_each_child => {
                let rows = self.cell(at).rows().iter();
                let keys: Vec<RowKey> = rows.filter_map(|&row| self.frames.at(row).key.clone()).collect();
                if !keys.is_empty() {
                    answers.rows.insert(address, keys);
                }
            }
            Body::Rows(_) | Body::Row | Body::Group => {}
        }
    }

    /// What is wrong at a place, whether or not it is shown, worst first.
    pub(crate) fn problems_at(&self, at: At) -> Vec<Problem> {
        let form = &self.plan.form;
        let cell = self.cell(at);
        let mut problems = Vec::new();
        if let Some(field) = form.field(at.node)
            && cell.required
            && cell.given().is_none()
        {
            let ask = field.need.as_ref().and_then(|need| need.ask.as_deref());
            let message = ask.unwrap_or(field.kind.ask()).to_owned();
            problems.push(Problem {
                trouble: Trouble::Missing,
                severity: Severity::Submit,
                message,
            });
        }
        if let Some(lacking) = self.lacking_rows(at) {
            let message = match lacking {
                1 => "Add one more".to_owned(),
                many => format!("Add {many} more"),
            };
            problems.push(Problem {
                trouble: Trouble::Missing,
                severity: Severity::Submit,
                message,
            });
        }
        if let Some(fault) = cell.fault() {
            let message = fault.to_owned();
            problems.push(Problem {
                trouble: Trouble::Unreadable,
                severity: Severity::Submit,
                message,
            });
        }
        for (check, message) in cell.failing() {
            let severity = form.checks.at(*check).severity;
            problems.push(Problem {
                trouble: Trouble::Check(*check),
                severity,
                message: message.clone(),
            });
        }
        problems.sort_by_key(|problem| Reverse(problem.severity));
        problems
    }

    /// How many rows a repeat is short of, if it is.
    pub(crate) fn lacking_rows(&self, at: At) -> Option<usize> {
        let repeat = self.plan.form.repeat(at.node)?;
        let lacking = usize::from(repeat.min).saturating_sub(self.cell(at).rows().len());
        (lacking > 0 && !repeat.for_each_child).then_some(lacking)
    }

    fn withheld(&self, at: At) -> Vec<SmolStr> {
        let Some(list) = self.plan.form.field(at.node).and_then(|field| field.kind.list()) else {
            return Vec::new();
        };
        let positions = self.cell(at).more.as_ref().map_or(&[][..], |more| &more.withheld);
        let codes = &self.plan.form.lists.at(list).codes;
        positions
            .iter()
            .filter_map(|&i| codes.get(usize::from(i)))
            .map(|code| code.code.clone())
            .collect()
    }

    /// Does the form have this place, and is its row still there?
    pub(crate) fn is_here(&self, at: At) -> bool {
        let frame = self.frames.get(at.frame);
        let node = self.plan.form.nodes.get(at.node);
        frame
            .zip(node)
            .is_some_and(|(frame, node)| frame.scope == node.scope && !frame.cells.is_empty())
    }

    /// The cell of a place that is there.
    pub(crate) fn cell(&self, at: At) -> &Cell {
        self.frames.at(at.frame).cells.at(*self.plan.place.at(at.node))
    }

    /// The cell of a place that is there, to change.
    pub(crate) fn cell_mut(&mut self, at: At) -> &mut Cell {
        self.frames
            .at_mut(at.frame)
            .cells
            .at_mut(*self.plan.place.at(at.node))
    }

    /// The frame of a row of a repeat.
    pub(crate) fn row(&self, rows: At, key: &RowKey) -> Option<FrameId> {
        let rows = self.cell(rows).rows().iter();
        rows.copied()
            .find(|&row| self.frames.at(row).key.as_ref() == Some(key))
    }

    /// The place of a row: the first node in its frame.
    pub(crate) fn row_at(&self, rows: form::NodeId, row: FrameId) -> Option<At> {
        self.plan
            .form
            .inside(rows)
            .first()
            .map(|&node| At { frame: row, node })
    }

    fn rows_or_self(&self, at: At) -> Vec<At> {
        match self.plan.form.nodes.at(at.node).body {
            Body::Rows(_) => self
                .cell(at)
                .rows()
                .iter()
                .filter_map(|&row| self.row_at(at.node, row))
                .collect(),
            _ => vec![at],
        }
    }
}
