//! What an expression sees when it is worked out in a frame.

use feel::{Date, DateTime, Entity, Slot, Value};
use form::{Body, EntityOf, Id, Meaning, NodeId, SubjectProperty, TermId, TermValue};

use crate::frame::{At, FrameId};
use crate::session::Session;

/// A session seen from one frame.
pub(crate) struct Here<'a> {
    pub(crate) session: &'a Session,
    pub(crate) frame: FrameId,
}

impl Here<'_> {
    fn node(&self, node: NodeId, from: FrameId) -> Value {
        match self.session.frame_around(node, from) {
            Some(frame) => self.session.effective(At { frame, node }),
            None => Value::Null,
        }
    }

    fn subject(&self, index: u32, property: SubjectProperty) -> Value {
        let Some(subject) = self.session.env.subjects.get(index as usize) else {
            return Value::Null;
        };
        let date = |date: Option<Date>| date.map_or(Value::Null, Value::Date);
        match property {
            SubjectProperty::FirstName => Value::Text(subject.first_name.as_str().into()),
            SubjectProperty::FullName => Value::Text(subject.full_name().into()),
            SubjectProperty::BirthDate => date(subject.born),
            SubjectProperty::DueDate => date(subject.expected),
            SubjectProperty::Unborn => Value::Boolean(subject.born.is_none()),
        }
    }
}

impl feel::Reads for Here<'_> {
    fn read(&self, slot: Slot) -> Value {
        match Meaning::of(slot) {
            Some(Meaning::Node(node)) => self.node(node, self.frame),
            Some(Meaning::Child) => {
                let index = self
                    .session
                    .frames
                    .get(self.frame)
                    .and_then(|frame| frame.subject);
                index.map_or(Value::Null, |id| {
                    Value::Entity(Entity {
                        kind: EntityOf::Subject.kind(),
                        id,
                    })
                })
            }
            Some(Meaning::Term(term)) => self.session.term(term),
            // The rest are read from an entity.
            Some(Meaning::Inside(_) | Meaning::Subject(_)) | None => Value::Null,
        }
    }

    fn property(&self, entity: Entity, slot: Slot) -> Value {
        match (EntityOf::of(entity.kind), Meaning::of(slot)) {
            (Some(EntityOf::Subject), Some(Meaning::Subject(property))) => self.subject(entity.id, property),
            (Some(EntityOf::Row(_) | EntityOf::Part(_)), Some(Meaning::Node(node))) => {
                self.node(node, FrameId::at(entity.id as usize))
            }
            (Some(EntityOf::Row(_) | EntityOf::Part(_)), Some(Meaning::Inside(part))) => {
                Value::Entity(Entity {
                    kind: EntityOf::Part(part).kind(),
                    id: entity.id,
                })
            }
            _ => Value::Null,
        }
    }

    fn now(&self) -> DateTime {
        self.session.env.now
    }

    fn today(&self) -> Date {
        self.session.env.today
    }
}

impl Session {
    /// What the rule pack of the record says of something.
    fn term(&self, term: TermId) -> Value {
        let pack = self.plan.form.pack(self.env.rule_pack.as_ref());
        let said = pack.and_then(|pack| pack.term(term));
        said.map_or(Value::Null, TermValue::value)
    }

    /// The frame, at or around `from`, that a node has its cell in; none if there is no such frame.
    pub(crate) fn frame_around(&self, node: NodeId, from: FrameId) -> Option<FrameId> {
        let scope = self.plan.form.nodes.get(node)?.scope;
        let mut id = from;
        loop {
            let frame = self.frames.get(id).filter(|frame| !frame.cells.is_empty())?;
            if frame.scope == scope {
                return Some(id);
            }
            if frame.parent == id {
                return None;
            }
            id = frame.parent;
        }
    }

    /// What expressions see of a place: its value while it is shown, and nothing while it is not.
    pub(crate) fn effective(&self, at: At) -> Value {
        let cell = self.cell(at);
        match self.plan.form.nodes.at(at.node).body {
            Body::Field(_) if cell.shown && self.holder_active(at) => cell.value.clone(),
            Body::Rows(ref repeat) if cell.active => {
                let kind = EntityOf::Row(repeat.scope).kind();
                let rows = cell.rows().iter().filter(|&&row| self.row_active(at.node, row));
                Value::List(
                    rows.map(|row| Value::Entity(Entity { kind, id: row.0 }))
                        .collect(),
                )
            }
            _ => Value::Null,
        }
    }

    /// Is what directly holds a place shown, with all around it?
    pub(crate) fn holder_active(&self, at: At) -> bool {
        self.holder(at).is_none_or(|holder| self.cell(holder).active)
    }

    /// Is a row of a repeat shown, with all around it?
    pub(crate) fn row_active(&self, rows: NodeId, row: FrameId) -> bool {
        self.row_at(rows, row).is_some_and(|at| self.cell(at).active)
    }
}
