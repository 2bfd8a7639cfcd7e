//! The heart: one edit, and everything that follows from it, each rule worked out at most once.
//!
//! Rules stand in the form in an order in which each comes after all that it reads. The queue gives them back in
//! that order, so when a rule is worked out, everything it reads is settled already.

use std::cmp::Reverse;
use std::sync::Arc;

use feel::Value;
use form::{Answer, Answers, Aspect, Body, CheckId, Formula, NodeId, Repeat, RowKey, RuleId, Severity};

use crate::edit::{Changes, Edit, Refused};
use crate::frame::{At, Cell, FrameId};
use crate::plan::{Plan, Reader};
use crate::reads::Here;
use crate::session::Session;
use crate::tally::Tally;

impl Session {
    /// Makes one edit and brings everything that depends on it up to date.
    ///
    /// # Errors
    /// [`Refused`] if the edit cannot be made; then nothing has changed. An answer that breaks a rule or cannot
    /// be read is not refused: it is kept, and its view says what is wrong.
    pub fn apply(&mut self, edit: Edit) -> Result<Changes, Refused> {
        let at = edit.at();
        if self.is_here(at) && self.cell(at).read_only {
            return Err(Refused::ReadOnly);
        }
        self.follow(edit)
    }

    /// Makes an edit that was decided elsewhere, by somebody else or on another device. It reaches a question that
    /// cannot be edited at present too: it was made while it could be.
    ///
    /// # Errors
    /// [`Refused`], as with [`Session::apply`], but never [`Refused::ReadOnly`].
    pub fn follow(&mut self, edit: Edit) -> Result<Changes, Refused> {
        let fresh = match edit {
            Edit::Answer { at, answer } => {
                self.answer(at, answer)?;
                None
            }
            Edit::AddRow { rows, key, before } => Some(self.add_row(rows, key, before.as_ref())?),
            Edit::RemoveRow { rows, key } => {
                self.remove_row(rows, &key)?;
                None
            }
        };
        let mut last = None;
        while let Some(Reverse(next)) = self.queue.pop() {
            if last.replace(next) != Some(next) {
                self.work_out(next.0, next.1);
            }
        }
        Ok(self.take_changes(fresh))
    }

    fn answer(&mut self, at: At, answer: Option<Answer>) -> Result<(), Refused> {
        if !self.is_here(at) {
            return Err(Refused::NotHere);
        }
        if !self.takes_answers(at) {
            return Err(Refused::NotAnswered);
        }
        let answer = answer.filter(|answer| !answer.is_blank());
        if self.cell(at).answer != answer {
            self.change(at, |cell| cell.answer = answer);
            self.reread(at);
        }
        Ok(())
    }

    fn add_row(&mut self, rows: At, key: RowKey, before: Option<&RowKey>) -> Result<FrameId, Refused> {
        let plan = Arc::clone(&self.plan);
        let repeat = self.repeat_at(rows, &plan)?;
        if self.row(rows, &key).is_some() {
            return Err(Refused::RowExists);
        }
        let there = self.cell(rows).rows();
        if there.len() >= usize::from(repeat.max) {
            return Err(Refused::RowCount);
        }
        let place = match before {
            None => there.len(),
            Some(key) => {
                let next = self.row(rows, key).ok_or(Refused::NoSuchRow)?;
                there.iter().position(|&row| row == next).unwrap_or(there.len())
            }
        };
        let subject = self.frames.at(rows.frame).subject;
        let row = self.make_frame(repeat.scope, rows.frame, Some(key), subject, &Answers::default());
        self.change_rows(rows, |list| list.insert(place, row));
        if let Some(at) = self.row_at(rows.node, row) {
            self.refresh(at);
            let tally = self.fill_tally(at);
            self.add_tally(rows, tally);
        }
        self.stir(rows);
        self.queue_rows_rules(row);
        Ok(row)
    }

    /// Queues every rule of a new frame and of the frames in it.
    fn queue_rows_rules(&mut self, frame: FrameId) {
        let plan = Arc::clone(&self.plan);
        let scope = plan.scopes.at(self.frames.at(frame).scope);
        self.queue
            .extend(scope.rules.iter().map(|&rule| Reverse((rule, frame))));
        for &node in &scope.nodes {
            for row in self.cell(At { frame, node }).rows().to_vec() {
                self.queue_rows_rules(row);
            }
        }
    }

    fn remove_row(&mut self, rows: At, key: &RowKey) -> Result<(), Refused> {
        self.repeat_at(rows, &Arc::clone(&self.plan))?;
        let row = self.row(rows, key).ok_or(Refused::NoSuchRow)?;
        if let Some(at) = self.row_at(rows.node, row)
            && self.cell(at).shown
        {
            let tally = self.cell(at).tally;
            self.add_tally(rows, -tally);
        }
        self.change_rows(rows, |list| list.retain(|&other| other != row));
        self.drop_frame(row);
        self.stir(rows);
        Ok(())
    }

    /// The repeat at a place, if people add its rows.
    fn repeat_at<'a>(&self, rows: At, plan: &'a Plan) -> Result<&'a Repeat, Refused> {
        let repeat = plan
            .form
            .repeat(rows.node)
            .filter(|repeat| !repeat.for_each_child);
        repeat.filter(|_| self.is_here(rows)).ok_or(Refused::NotHere)
    }

    fn drop_frame(&mut self, frame: FrameId) {
        let cells = std::mem::take(&mut self.frames.at_mut(frame).cells);
        for row in cells.values().flat_map(Cell::rows) {
            self.drop_frame(*row);
        }
    }

    /// Works one rule out in one frame and puts its result where it belongs.
    pub(crate) fn work_out(&mut self, id: RuleId, frame: FrameId) {
        let plan = Arc::clone(&self.plan);
        let rule = plan.form.rules.at(id);
        let at = At {
            frame,
            node: rule.target,
        };
        if !self.is_here(at) {
            return;
        }
        let result = match &rule.formula {
            Formula::Expr(expr) => expr.eval(&Here { session: self, frame }),
            Formula::Text(text) => {
                Value::Text(text.fill(&Here { session: self, frame }, &plan.form.lists).into())
            }
        };
        let holds = result == Value::Boolean(true);
        match rule.aspect {
            Aspect::Shown => self.show(at, holds),
            Aspect::Required if self.cell(at).required != holds => {
                self.change(at, |cell| cell.required = holds)
            }
            Aspect::ReadOnly if self.cell(at).read_only != holds => {
                self.change(at, |cell| cell.read_only = holds)
            }
            Aspect::Required | Aspect::ReadOnly => {}
            Aspect::Value => self.set_value(at, result, None),
            Aspect::Default => self.set_default(at, &result),
            Aspect::Check(check) => {
                let message = &plan.form.checks.at(check).message;
                let fails = result == Value::Boolean(false);
                let message = fails.then(|| message.fill(&Here { session: self, frame }, &plan.form.lists));
                self.set_failing(at, check, message);
            }
            Aspect::Offered(index) => self.offer(at, index, holds),
            Aspect::Label => self.set_text(at, &result, |cell| &mut cell.more().label),
            Aspect::Hint => self.set_text(at, &result, |cell| &mut cell.more().hint),
        }
    }

    fn set_default(&mut self, at: At, value: &Value) {
        let field = self.plan.form.field(at.node);
        let answer = field.and_then(|field| Answer::of(value, &field.kind.value_type()));
        let known = self.cell(at).more.as_ref().and_then(|more| more.offered.as_ref());
        if known != answer.as_ref() {
            self.cell_mut(at).more().offered = answer;
            self.reread(at);
        }
    }

    /// Lets the default stand if it can be an answer now. One that cannot is none: nobody has entered it.
    fn settle_default(&mut self, at: At) {
        let Some(offered) = self.cell(at).more.as_ref().map(|more| more.offered.clone()) else {
            return;
        };
        let default = offered.filter(|answer| !answer.is_blank() && self.read(at, answer).is_ok());
        let known = self.cell(at).more.as_ref().and_then(|more| more.default.as_ref());
        if known == default.as_ref() {
            return;
        }
        let is_seen = self.cell(at).answer.is_none();
        self.change_quietly(at, |cell| cell.more().default = default);
        if is_seen {
            self.log_view(at);
        }
    }

    fn set_text(&mut self, at: At, result: &Value, text: fn(&mut Cell) -> &mut Option<String>) {
        let new = match result {
            Value::Text(new) => new.as_str(),
            _ => "",
        };
        if text(self.cell_mut(at)).as_deref() != Some(new) {
            self.change(at, |cell| *text(cell) = Some(new.to_owned()));
        }
    }

    fn set_failing(&mut self, at: At, check: CheckId, message: Option<String>) {
        let known = self
            .cell(at)
            .failing()
            .iter()
            .find(|(id, _)| *id == check)
            .map(|(_, message)| message);
        if known != message.as_ref() {
            self.change(at, |cell| {
                let failing = &mut cell.more().failing;
                failing.retain(|(id, _)| *id != check);
                failing.extend(message.map(|message| (check, message)));
                failing.sort_by_key(|(id, _)| *id);
            });
        }
    }

    fn offer(&mut self, at: At, index: u16, offered: bool) {
        let withheld = self
            .cell(at)
            .more
            .as_ref()
            .is_some_and(|more| more.withheld.contains(&index));
        if withheld == offered {
            self.change(at, |cell| {
                let withheld = &mut cell.more().withheld;
                withheld.retain(|&other| other != index);
                if !offered {
                    withheld.push(index);
                    withheld.sort_unstable();
                }
            });
            self.reread(at);
        }
    }

    fn show(&mut self, at: At, shown: bool) {
        if self.cell(at).shown == shown {
            return;
        }
        let before = self.effective(at);
        if let Some(holder) = self.holder(at) {
            let tally = self.cell(at).tally;
            self.add_tally(holder, if shown { tally } else { -tally });
        }
        self.change(at, |cell| cell.shown = shown);
        match self.plan.form.nodes.at(at.node).body {
            Body::Field(_) => self.stir_if_changed(at, &before),
            Body::Group | Body::Row | Body::Rows(_) => self.refresh(at),
        }
    }

    /// Reads the answer of a question again, after it or what is offered has changed.
    pub(crate) fn reread(&mut self, at: At) {
        if !self.takes_answers(at) {
            return;
        }
        self.settle_default(at);
        match self.cell(at).given().map(|answer| self.read(at, answer)) {
            None => self.set_value(at, Value::Null, None),
            Some(Ok(value)) => self.set_value(at, value, None),
            Some(Err(fault)) => self.set_value(at, Value::Null, Some(fault)),
        }
    }

    /// Reads an answer as the question at a place takes it now.
    fn read(&self, at: At, answer: &Answer) -> Result<Value, String> {
        let form = &self.plan.form;
        let Some(field) = form.field(at.node) else {
            return Ok(Value::Null);
        };
        let value = field.kind.read(answer, &form.lists)?;
        let list = field.kind.list().map(|list| &form.lists.at(list).codes);
        let withheld = self.cell(at).more.iter().flat_map(|more| &more.withheld);
        let gone = withheld
            .filter_map(|&i| list?.get(usize::from(i)))
            .any(|code| has(&value, &code.code));
        if gone {
            Err("Choose one of the answers offered".to_owned())
        } else {
            Ok(value)
        }
    }

    fn set_value(&mut self, at: At, value: Value, fault: Option<String>) {
        let before = self.effective(at);
        if self.cell(at).fault() != fault.as_deref() {
            self.change(at, |cell| cell.more().fault = fault);
        }
        if self.cell(at).value != value {
            let worked_out = !self.takes_answers(at);
            let cell = self.cell_mut(at);
            cell.value = value;
            // A widget shows a worked-out value; of an answered question it shows the answer.
            if worked_out {
                self.log_view(at);
            }
            self.stir_if_changed(at, &before);
        }
    }

    fn stir_if_changed(&mut self, at: At, before: &Value) {
        if self.effective(at) != *before {
            self.stir(at);
        }
    }

    /// Queues every rule that reads a place.
    fn stir(&mut self, at: At) {
        if self.log.opening {
            return;
        }
        let plan = Arc::clone(&self.plan);
        for reader in plan.readers.at(at.node) {
            let mut frame = at.frame;
            for _ in 0..reader.out {
                frame = self.frames.at(frame).parent;
            }
            self.queue_within(reader, frame, &reader.into);
        }
    }

    fn queue_within(&mut self, reader: &Reader, frame: FrameId, into: &[NodeId]) {
        match into.split_first() {
            None => self.queue.push(Reverse((reader.rule, frame))),
            Some((&node, rest)) => {
                for index in 0..self.cell(At { frame, node }).rows().len() {
                    if let Some(&row) = self.cell(At { frame, node }).rows().get(index) {
                        self.queue_within(reader, row, rest);
                    }
                }
            }
        }
    }

    /// Brings up to date whether what is in a place is shown, after the place or what holds it has changed.
    pub(crate) fn refresh(&mut self, at: At) {
        let active = self.cell(at).shown && self.holder_active(at);
        if self.cell(at).active == active {
            return;
        }
        self.cell_mut(at).active = active;
        let plan = Arc::clone(&self.plan);
        match plan.form.nodes.at(at.node).body {
            Body::Rows(_) => {
                self.stir(at);
                for row in self.cell(at).rows().to_vec() {
                    if let Some(row) = self.row_at(at.node, row) {
                        self.refresh(row);
                    }
                }
            }
            Body::Row | Body::Group => {
                if let (Body::Row, Some(rows)) = (&plan.form.nodes.at(at.node).body, self.holder(at)) {
                    self.stir(rows);
                }
                for &node in plan.stirred.at(at.node) {
                    let inner = At { node, ..at };
                    match plan.form.nodes.at(node).body {
                        Body::Field(_) if self.cell(inner).shown && self.cell(inner).value != Value::Null => {
                            self.stir(inner);
                        }
                        Body::Field(_) => {}
                        _ => self.refresh(inner),
                    }
                }
            }
            Body::Field(_) => {}
        }
    }

    /// Changes a cell, and notes its view and what it adds to the tallies around it.
    fn change(&mut self, at: At, how: impl FnOnce(&mut Cell)) {
        self.change_quietly(at, how);
        self.log_view(at);
    }

    /// Changes the rows of a repeat. Its view shows of them only how many are lacking.
    fn change_rows(&mut self, rows: At, how: impl FnOnce(&mut Vec<FrameId>)) {
        let lacking = self.lacking_rows(rows);
        self.change_quietly(rows, |cell| how(&mut cell.more().rows));
        if self.lacking_rows(rows) != lacking {
            self.log_view(rows);
        }
        self.log.rows.push(rows);
    }

    fn change_quietly(&mut self, at: At, how: impl FnOnce(&mut Cell)) {
        let before = self.own_tally(at);
        how(self.cell_mut(at));
        let delta = self.own_tally(at) - before;
        if delta != Tally::default() {
            self.add_tally(at, delta);
        }
    }

    /// What a place adds to the tallies around it by itself, without what is in it.
    pub(crate) fn own_tally(&self, at: At) -> Tally {
        let cell = self.cell(at);
        let stops = |check: &CheckId| self.plan.form.checks.at(*check).severity == Severity::Submit;
        let failing = cell.failing().iter().any(|(check, _)| stops(check));
        let asked = self.takes_answers(at);
        let answered = asked && cell.given().is_some();
        let missing = asked && !answered && cell.required || self.lacking_rows(at).is_some();
        Tally {
            asked: asked.into(),
            answered: answered.into(),
            missing: missing.into(),
            wrong: (cell.fault().is_some() || failing).into(),
        }
    }

    fn add_tally(&mut self, at: At, delta: Tally) {
        if self.log.opening || delta == Tally::default() {
            return;
        }
        let before = self.cell(at).tally;
        self.log.tallies.push((at, before));
        self.cell_mut(at).tally += delta;
        if self.cell(at).shown
            && let Some(holder) = self.holder(at)
        {
            self.add_tally(holder, delta);
        }
    }

    fn log_view(&mut self, at: At) {
        if !self.log.opening {
            self.log.views.push(at);
        }
    }

    fn take_changes(&mut self, fresh: Option<FrameId>) -> Changes {
        let log = std::mem::take(&mut self.log);
        let mut views = log.views;
        let mut tallies = log.tallies;
        // The first note of a place says how its tally stood before the edit; the sort keeps it first.
        tallies.sort_by_key(|(at, _)| *at);
        tallies.dedup_by_key(|(at, _)| *at);
        let changed = |(at, before): &(At, Tally)| self.is_here(*at) && self.cell(*at).tally != *before;
        views.extend(tallies.iter().filter(|entry| changed(entry)).map(|(at, _)| *at));
        // Frames are numbered as they are made: the new row's and those in it are all at or past it.
        views.retain(|at| self.is_here(*at) && fresh.is_none_or(|fresh| at.frame < fresh));
        views.sort_unstable();
        views.dedup();
        Changes {
            views,
            rows: log.rows,
        }
    }
}

/// Is this code the value, or one of its values?
fn has(value: &Value, code: &str) -> bool {
    match value {
        Value::Text(text) => text == code,
        Value::List(list) => list.iter().any(|value| has(value, code)),
        _ => false,
    }
}
