//! What the names of an expression stand for: the bridge between `feel`'s slots and a form.

use feel::{EntityKind, Slot};

use crate::ids::{Id, NodeId, ScopeId, TermId};

/// What a [`Slot`] means in a form. The numbers are part of the compiled form and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// The answer to a question, or the rows of a repeat or per-child section.
    Node(NodeId),
    /// A section or group inside a row, on the way to a question in it.
    Inside(NodeId),
    /// The child that the block at hand is about.
    Child,
    /// A fact about a child.
    Subject(SubjectProperty),
    /// What the rule pack of the record says.
    Term(TermId),
}

/// What is known of a child before a record begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectProperty {
    /// First name, or what they like to be called.
    FirstName,
    /// Given and family name.
    FullName,
    /// Date of birth; blank while unborn.
    BirthDate,
    /// Expected date of delivery, while unborn.
    DueDate,
    /// Not yet born when the record was last opened. Ages are worked out on the day of an event, by `age(…)`.
    Unborn,
}

impl SubjectProperty {
    /// Every property with the name it has in expressions.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::FirstName, "first_name"),
        (Self::FullName, "full_name"),
        (Self::BirthDate, "date_of_birth"),
        (Self::DueDate, "expected_date"),
        (Self::Unborn, "unborn"),
    ];

    /// The property of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(property, _)| *property)
    }

    /// The name it has in expressions.
    pub fn name(self) -> &'static str {
        let known = Self::ALL.iter().find(|(property, _)| *property == self);
        known.map_or("", |(_, name)| name)
    }

    /// What kind of value it has.
    pub fn value_type(self) -> feel::Type {
        match self {
            Self::FirstName | Self::FullName => feel::Type::Text,
            Self::BirthDate | Self::DueDate => feel::Type::Date,
            Self::Unborn => feel::Type::Boolean,
        }
    }
}

const INSIDE: u32 = 1 << 24;
const TERM: u32 = 1 << 29;
const CHILD: u32 = 1 << 30;
const SUBJECT: u32 = CHILD + 16;

impl Meaning {
    /// The slot that carries this meaning.
    pub fn slot(self) -> Slot {
        Slot(match self {
            Self::Node(node) => node.0,
            Self::Inside(node) => INSIDE | node.0,
            Self::Term(term) => TERM | term.0,
            Self::Child => CHILD,
            Self::Subject(property) => {
                let index = SubjectProperty::ALL
                    .iter()
                    .position(|(known, _)| *known == property);
                SUBJECT + u32::try_from(index.unwrap_or(0)).unwrap_or(0)
            }
        })
    }

    /// The meaning of a slot; nothing if no form can have given it out.
    pub fn of(slot: Slot) -> Option<Self> {
        Some(match slot.0 {
            node if node < INSIDE => Self::Node(NodeId(node)),
            inside if inside < INSIDE * 2 => Self::Inside(NodeId(inside - INSIDE)),
            term if (TERM..TERM + INSIDE).contains(&term) => Self::Term(TermId(term - TERM)),
            CHILD => Self::Child,
            property => {
                let index = property.checked_sub(SUBJECT)? as usize;
                Self::Subject(SubjectProperty::ALL.get(index)?.0)
            }
        })
    }
}

/// What an entity in an expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityOf {
    /// A row of a repeat or per-child section.
    Row(ScopeId),
    /// A section or group inside a row. Its entity carries the row's id.
    Part(NodeId),
    /// A child the record is about.
    Subject,
}

const PART: u32 = 1 << 24;
const SUBJECT_KIND: u32 = 1 << 30;

impl EntityOf {
    /// The kind that `feel` knows it by.
    pub fn kind(self) -> EntityKind {
        EntityKind(match self {
            Self::Row(scope) => scope.0,
            Self::Part(node) => PART | node.0,
            Self::Subject => SUBJECT_KIND,
        })
    }

    /// What a kind stands for; nothing if no form can have given it out.
    pub fn of(kind: EntityKind) -> Option<Self> {
        match kind.0 {
            row if row < PART => Some(Self::Row(ScopeId::at(row as usize))),
            part if part < PART * 2 => Some(Self::Part(NodeId(part - PART))),
            SUBJECT_KIND => Some(Self::Subject),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_and_kinds_keep_their_meaning() {
        let meanings = [
            Meaning::Node(NodeId(0)),
            Meaning::Node(NodeId(70_000)),
            Meaning::Inside(NodeId(3)),
        ]
        .into_iter()
        .chain([
            Meaning::Child,
            Meaning::Term(TermId(0)),
            Meaning::Term(TermId(900)),
        ])
        .chain(SubjectProperty::ALL.map(|(property, _)| Meaning::Subject(property)));
        for meaning in meanings {
            assert_eq!(Meaning::of(meaning.slot()), Some(meaning));
        }
        for entity in [
            EntityOf::Row(ScopeId(0)),
            EntityOf::Part(NodeId(9)),
            EntityOf::Subject,
        ] {
            assert_eq!(EntityOf::of(entity.kind()), Some(entity));
        }
        assert_eq!(Meaning::of(Slot(u32::MAX)), None);
        assert_eq!(EntityOf::of(EntityKind(u32::MAX)), None);
    }
}
