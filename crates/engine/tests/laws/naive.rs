//! The oracle: works everything out from nothing, one question at a time, each from its definition.
//!
//! It shares with the engine only the form and the expression language. No order, no cache, no increments.

use std::collections::BTreeMap;

use engine::{Env, Problem, Tally, Trouble, View};
use feel::{Date, DateTime, Entity, Slot, Value};
use form::{
    Address, Answer, Answers, Aspect, Body, EntityOf, Form, Formula, Meaning, NodeId, RowKey, Rule, ScopeId,
    Severity, SubjectProperty,
};

/// A node in one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) node: NodeId,
    frame: usize,
}

struct Frame {
    scope: ScopeId,
    parent: usize,
    keys: Vec<RowKey>,
    subject: Option<u32>,
}

pub(crate) struct Naive<'a> {
    form: &'a Form,
    env: &'a Env,
    answers: &'a Answers,
    frames: Vec<Frame>,
}

impl<'a> Naive<'a> {
    pub(crate) fn new(form: &'a Form, env: &'a Env, answers: &'a Answers) -> Self {
        let mut naive = Self {
            form,
            env,
            answers,
            frames: Vec::new(),
        };
        naive.frames.push(Frame {
            scope: ScopeId(0),
            parent: 0,
            keys: Vec::new(),
            subject: None,
        });
        let mut next = 0;
        while next < naive.frames.len() {
            for (id, node) in form.nodes.iter() {
                if let Body::Rows(repeat) = &node.body
                    && node.scope == naive.frames[next].scope
                {
                    for (key, subject) in naive.rows_of(Place {
                        node: id,
                        frame: next,
                    }) {
                        let keys = naive.frames[next].keys.iter().cloned().chain([key]).collect();
                        naive.frames.push(Frame {
                            scope: repeat.scope,
                            parent: next,
                            keys,
                            subject,
                        });
                    }
                }
            }
            next += 1;
        }
        naive
    }

    fn rows_of(&self, place: Place) -> Vec<(RowKey, Option<u32>)> {
        let repeat = self.form.repeat(place.node).unwrap();
        if repeat.for_each_child {
            return self
                .env
                .subjects
                .iter()
                .map(|child| child.id.clone())
                .zip((0..).map(Some))
                .collect();
        }
        let keys = self.answers.rows.get(&self.address(place)).into_iter().flatten();
        keys.map(|key| (key.clone(), self.frames[place.frame].subject))
            .collect()
    }

    fn address(&self, place: Place) -> Address {
        self.form
            .address(place.node, &self.frames[place.frame].keys)
            .unwrap()
    }

    /// Every place in document order.
    pub(crate) fn places(&self) -> Vec<Place> {
        let sections = self.form.sections().iter().map(|&node| Place { node, frame: 0 });
        sections.flat_map(|place| self.places_from(place)).collect()
    }

    fn places_from(&self, place: Place) -> Vec<Place> {
        let inner = self
            .inside(place)
            .into_iter()
            .flat_map(|inner| self.places_from(inner));
        [place].into_iter().chain(inner).collect()
    }

    fn inside(&self, place: Place) -> Vec<Place> {
        match &self.form.nodes.at(place.node).body {
            Body::Rows(repeat) => {
                let row_node = self.form.inside(place.node)[0];
                let keys = self.rows_of(place);
                let frame = |key: &RowKey| {
                    self.frames.iter().position(|frame| {
                        frame.scope == repeat.scope
                            && frame.parent == place.frame
                            && frame.keys.last() == Some(key)
                    })
                };
                keys.iter()
                    .map(|(key, _)| Place {
                        node: row_node,
                        frame: frame(key).unwrap(),
                    })
                    .collect()
            }
            _ => self
                .form
                .inside(place.node)
                .iter()
                .map(|&node| Place { node, ..place })
                .collect(),
        }
    }

    fn rules(&self, node: NodeId) -> impl Iterator<Item = &'a Rule> {
        self.form.rules.values().filter(move |rule| rule.target == node)
    }

    fn rule(&self, place: Place, aspect: Aspect) -> Option<Value> {
        let rule = self.rules(place.node).find(|rule| rule.aspect == aspect)?;
        let here = Here {
            naive: self,
            frame: place.frame,
        };
        Some(match &rule.formula {
            Formula::Expr(expr) => expr.eval(&here),
            Formula::Text(text) => Value::Text(text.fill(&here, &self.form.lists).into()),
        })
    }

    fn shown(&self, place: Place) -> bool {
        self.rule(place, Aspect::Shown)
            .is_none_or(|value| value == Value::Boolean(true))
    }

    pub(crate) fn active(&self, place: Place) -> bool {
        let holder =
            self.form
                .nodes
                .at(place.node)
                .parent
                .map(|node| match self.form.nodes.at(place.node).body {
                    Body::Row => Place {
                        node,
                        frame: self.frames[place.frame].parent,
                    },
                    _ => Place { node, ..place },
                });
        self.shown(place) && holder.is_none_or(|holder| self.active(holder))
    }

    fn answer(&self, place: Place) -> Option<&Answer> {
        self.answers
            .values
            .get(&self.address(place))
            .filter(|answer| !answer.is_blank())
    }

    fn withheld(&self, place: Place) -> Vec<smol_str::SmolStr> {
        let Some(list) = self.form.field(place.node).and_then(|field| field.kind.list()) else {
            return vec![];
        };
        let codes = self.form.lists.at(list).codes.iter().zip(0..);
        let gone = codes.filter(|(_, index)| {
            self.rule(place, Aspect::Offered(*index))
                .is_some_and(|value| value != Value::Boolean(true))
        });
        gone.map(|(code, _)| code.code.clone()).collect()
    }

    /// The default: what a person would enter for the value of the rule, as long as it could be entered.
    fn default(&self, place: Place) -> Option<Answer> {
        let field = self.form.field(place.node)?;
        let answer = Answer::of(&self.rule(place, Aspect::Default)?, &field.kind.value_type())?;
        (!answer.is_blank() && self.taken(place, &answer).is_ok()).then_some(answer)
    }

    /// The answer that counts.
    fn given(&self, place: Place) -> Option<Answer> {
        self.answer(place).cloned().or_else(|| self.default(place))
    }

    /// The answers that would be sent: those that count and are shown.
    pub(crate) fn submission(&self) -> BTreeMap<Address, Answer> {
        let shown = self.places().into_iter().filter(|place| self.active(*place));
        let asked = shown.filter(|place| {
            self.form
                .field(place.node)
                .is_some_and(|field| field.kind.answered())
        });
        asked
            .filter_map(|place| Some((self.address(place), self.given(place)?)))
            .collect()
    }

    fn read(&self, place: Place) -> Result<Value, String> {
        let field = self.form.field(place.node).unwrap();
        if !field.kind.answered() {
            return Ok(self.rule(place, Aspect::Value).unwrap_or(Value::Null));
        }
        match self.given(place) {
            Some(answer) => self.taken(place, &answer),
            None => Ok(Value::Null),
        }
    }

    /// What an answer reads as, if the question takes it.
    fn taken(&self, place: Place, answer: &Answer) -> Result<Value, String> {
        let field = self.form.field(place.node).unwrap();
        let value = field.kind.read(answer, &self.form.lists)?;
        let chosen = match &value {
            Value::List(list) => list.to_vec(),
            other => vec![other.clone()],
        };
        let withheld: Vec<Value> = self.withheld(place).into_iter().map(Value::Text).collect();
        if chosen.iter().any(|code| withheld.contains(code)) {
            return Err("Choose one of the answers offered".into());
        }
        Ok(value)
    }

    pub(crate) fn effective(&self, place: Place) -> Value {
        match &self.form.nodes.at(place.node).body {
            Body::Field(_) if self.active(place) => self.read(place).unwrap_or(Value::Null),
            Body::Rows(repeat) if self.active(place) => {
                let rows = self.inside(place).into_iter().filter(|row| self.active(*row));
                let kind = EntityOf::Row(repeat.scope).kind();
                Value::List(
                    rows.map(|row| {
                        Value::Entity(Entity {
                            kind,
                            id: row.frame as u32,
                        })
                    })
                    .collect(),
                )
            }
            _ => Value::Null,
        }
    }

    fn failing(&self, place: Place) -> Vec<Problem> {
        let mut found = Vec::new();
        for (check, body) in self.form.checks.iter() {
            if self.rule(place, Aspect::Check(check)) == Some(Value::Boolean(false)) {
                let message = body.message.fill(
                    &Here {
                        naive: self,
                        frame: place.frame,
                    },
                    &self.form.lists,
                );
                found.push(Problem {
                    trouble: Trouble::Check(check),
                    severity: body.severity,
                    message,
                });
            }
        }
        found
    }

    fn required(&self, place: Place) -> bool {
        let always = self
            .form
            .field(place.node)
            .is_some_and(|field| field.need.is_some());
        self.rule(place, Aspect::Required)
            .map_or(always, |value| value == Value::Boolean(true))
    }

    fn problems(&self, place: Place) -> Vec<Problem> {
        let submit = |trouble, message| Problem {
            trouble,
            severity: Severity::Submit,
            message,
        };
        let mut found = Vec::new();
        if let Some(field) = self.form.field(place.node) {
            let blank = self.given(place).is_none();
            if blank && self.required(place) {
                let ask = field.need.as_ref().and_then(|need| need.ask.clone());
                found.push(submit(Trouble::Missing, ask.unwrap_or(field.kind.ask().into())));
            }
            if let Err(fault) = self.read(place) {
                found.push(submit(Trouble::Unreadable, fault));
            }
        }
        if let Some(repeat) = self
            .form
            .repeat(place.node)
            .filter(|repeat| !repeat.for_each_child)
        {
            match usize::from(repeat.min).saturating_sub(self.rows_of(place).len()) {
                0 => {}
                1 => found.push(submit(Trouble::Missing, "Add one more".into())),
                many => found.push(submit(Trouble::Missing, format!("Add {many} more"))),
            }
        }
        found.extend(self.failing(place));
        found.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        found
    }

    fn tally(&self, place: Place) -> Tally {
        let problems = self.problems(place);
        let any = |test: fn(&Problem) -> bool| i32::from(problems.iter().any(test));
        let asked = self
            .form
            .field(place.node)
            .is_some_and(|field| field.kind.answered());
        let mut tally = Tally {
            asked: asked.into(),
            answered: (asked && self.given(place).is_some()).into(),
            missing: any(|problem| problem.trouble == Trouble::Missing),
            wrong: any(|p| p.trouble != Trouble::Missing && p.severity == Severity::Submit),
        };
        for inner in self.inside(place) {
            if self.shown(inner) {
                tally += self.tally(inner);
            }
        }
        tally
    }

    pub(crate) fn view(&self, place: Place) -> View {
        let node = self.form.nodes.at(place.node);
        let text = |aspect| match self.rule(place, aspect) {
            Some(Value::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        let shows_value = self.form.field(place.node).filter(|field| !field.kind.answered());
        let read_only = self
            .rule(place, Aspect::ReadOnly)
            .map(|value| value == Value::Boolean(true));
        View {
            shown: self.shown(place),
            required: self.required(place),
            read_only: read_only.unwrap_or(self.form.field(place.node).is_some_and(|field| field.read_only)),
            label: text(Aspect::Label).unwrap_or(node.label.clone()),
            hint: text(Aspect::Hint).or(node.hint.clone()),
            answer: self.form.field(place.node).and_then(|_| self.given(place)),
            is_default: self.answer(place).is_none() && self.default(place).is_some(),
            value: shows_value.map(|field| {
                field
                    .kind
                    .tell_value(&self.read(place).unwrap_or(Value::Null), &self.form.lists)
            }),
            withheld: self.withheld(place),
            problems: self.problems(place),
            tally: self.tally(place),
        }
    }

    fn around(&self, node: NodeId, frame: usize) -> Option<Place> {
        let scope = self.form.nodes.get(node)?.scope;
        let mut chain = std::iter::successors(Some(frame), |&f| (f != 0).then(|| self.frames[f].parent));
        chain
            .find(|&frame| self.frames[frame].scope == scope)
            .map(|frame| Place { node, frame })
    }
}

struct Here<'a> {
    naive: &'a Naive<'a>,
    frame: usize,
}

impl feel::Reads for Here<'_> {
    fn read(&self, slot: Slot) -> Value {
        match Meaning::of(slot) {
            Some(Meaning::Node(node)) => self
                .naive
                .around(node, self.frame)
                .map_or(Value::Null, |place| self.naive.effective(place)),
            Some(Meaning::Child) => self.naive.frames[self.frame].subject.map_or(Value::Null, |id| {
                Value::Entity(Entity {
                    kind: EntityOf::Subject.kind(),
                    id,
                })
            }),
            Some(Meaning::Term(term)) => {
                let named = |pack: &&form::RulePack| Some(&pack.name) == self.naive.env.rule_pack.as_ref();
                let packs = &self.naive.form.packs;
                let pack = packs.iter().find(named).or(packs.last()).unwrap();
                pack.terms[term.0 as usize].value.value()
            }
            _ => Value::Null,
        }
    }

    fn property(&self, entity: Entity, slot: Slot) -> Value {
        match Meaning::of(slot) {
            Some(Meaning::Subject(SubjectProperty::FirstName)) => Value::Text(
                self.naive.env.subjects[entity.id as usize]
                    .first_name
                    .as_str()
                    .into(),
            ),
            Some(Meaning::Node(node)) => {
                let place = self.naive.around(node, entity.id as usize);
                place.map_or(Value::Null, |place| self.naive.effective(place))
            }
            _ => Value::Null,
        }
    }

    fn now(&self) -> DateTime {
        self.naive.env.now
    }

    fn today(&self) -> Date {
        self.naive.env.today
    }
}
