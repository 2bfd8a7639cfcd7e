//! Opening a session, and making the frames of rows.

use std::collections::BinaryHeap;
use std::sync::Arc;

use form::{Address, Answers, Body, Form, NodeId, RowKey, ScopeId, Table};

use crate::env::Env;
use crate::frame::{At, Cell, Frame, FrameId, RECORD};
use crate::plan::Plan;
use crate::session::{Log, Session};
use crate::tally::Tally;

impl Session {
    /// Opens a record: the form, the world, and the answers given so far.
    ///
    /// Answers that the form has no place for are left out of the session; see [`Session::strays`].
    pub fn new(form: Arc<Form>, env: Env, answers: &Answers) -> Self {
        let mut session = Self {
            plan: Arc::new(Plan::new(form)),
            env,
            frames: Table::default(),
            queue: BinaryHeap::new(),
            log: Log {
                opening: true,
                ..Log::default()
            },
        };
        session.make_frame(ScopeId(0), RECORD, None, None, answers);
        for (address, answer) in &answers.values {
            let Some(at) = session.find(address).filter(|at| session.takes_answers(*at)) else {
                continue;
            };
            if !answer.is_blank() {
                session.cell_mut(at).answer = Some(answer.clone());
                session.reread(at);
            }
        }
        let plan = Arc::clone(&session.plan);
        for &node in plan.form.sections() {
            session.refresh(At { frame: RECORD, node });
        }
        for (rule, body) in plan.form.rules.iter() {
            for frame in session.frames_of(plan.form.nodes.at(body.target).scope) {
                session.work_out(rule, frame);
            }
        }
        for &node in plan.form.sections() {
            session.fill_tally(At { frame: RECORD, node });
        }
        session.log = Log::default();
        session
    }

    /// The addresses among these answers that the form has no place for.
    pub fn strays(&self, answers: &Answers) -> Vec<Address> {
        let addresses = answers.values.keys();
        addresses
            .filter(|a| self.find(a).is_none_or(|at| !self.takes_answers(at)))
            .cloned()
            .collect()
    }

    /// Is this a question that a person answers?
    pub(crate) fn takes_answers(&self, at: At) -> bool {
        self.plan
            .form
            .field(at.node)
            .is_some_and(|field| field.kind.answered())
    }

    /// Makes a frame with its cells, and the frames of every row in it.
    pub(crate) fn make_frame(
        &mut self,
        scope: ScopeId,
        parent: FrameId,
        key: Option<RowKey>,
        subject: Option<u32>,
        answers: &Answers,
    ) -> FrameId {
        let plan = Arc::clone(&self.plan);
        let nodes = &plan.scopes.at(scope).nodes;
        let cells = nodes.iter().map(|&node| first_cell(&plan, node)).collect();
        let frame = self.frames.push(Frame {
            scope,
            parent,
            key,
            subject,
            cells,
        });
        for &node in nodes {
            let Body::Rows(repeat) = &plan.form.nodes.at(node).body else {
                continue;
            };
            let at = At { frame, node };
            let keys: Vec<(RowKey, Option<u32>)> = if repeat.for_each_child {
                self.env
                    .subjects
                    .iter()
                    .map(|child| child.id.clone())
                    .zip((0..).map(Some))
                    .collect()
            } else {
                let address = self.address(at);
                let keys = address.and_then(|address| answers.rows.get(&address));
                let keys = keys.into_iter().flatten().take(usize::from(repeat.max));
                keys.map(|key| (key.clone(), subject)).collect()
            };
            let rows: Vec<FrameId> = keys
                .into_iter()
                .map(|(key, subject)| self.make_frame(repeat.scope, frame, Some(key), subject, answers))
                .collect();
            if !rows.is_empty() {
                self.cell_mut(at).more().rows = rows;
            }
        }
        frame
    }

    /// Every frame of a scope, in document order.
    fn frames_of(&self, scope: ScopeId) -> Vec<FrameId> {
        match self.plan.form.scopes.at(scope).rows {
            None => vec![RECORD],
            Some(node) => {
                let around = self.frames_of(self.plan.form.nodes.at(node).scope);
                around
                    .into_iter()
                    .flat_map(|frame| self.cell(At { frame, node }).rows())
                    .copied()
                    .collect()
            }
        }
    }

    /// Counts a place and everything in it from nothing.
    pub(crate) fn fill_tally(&mut self, at: At) -> Tally {
        let mut tally = self.own_tally(at);
        for inner in self.inside(at) {
            let part = self.fill_tally(inner);
            if self.cell(inner).shown {
                tally += part;
            }
        }
        self.cell_mut(at).tally = tally;
        tally
    }
}

/// A cell before any rule has been worked out: what depends on a rule stands at no.
fn first_cell(plan: &Plan, node: NodeId) -> Cell {
    let mut cell = Cell::new();
    if let Some(field) = plan.form.field(node) {
        cell.required = field.need.is_some() && !plan.need_varies.at(node);
        cell.read_only = field.read_only;
    }
    cell
}
