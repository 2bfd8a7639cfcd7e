//! What the language asks of whoever hosts it: what names mean while an expression is checked, and what
//! they hold while it is evaluated. The language itself knows no forms, no records and no clock.

use serde::{Deserialize, Serialize};

use crate::{Date, DateTime, Type, Value};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);
    )*};
}

ids! {
    /// What a host calls one of its names, or one property of a kind of its things.
    Slot
    /// A kind of host thing that has properties: a child, a person, a row of a repeat.
    EntityKind
    /// A host's code list: the options of a choice.
    ListId
}

/// One of the host's things. The language passes it around, and asks the host for its properties.
///
/// As JSON it is the pair of its kind and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(EntityKind, u32)", into = "(EntityKind, u32)")]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Which one of its kind it is.
    pub id: u32,
}

impl From<(EntityKind, u32)> for Entity {
    fn from((kind, id): (EntityKind, u32)) -> Self {
        Self { kind, id }
    }
}

impl From<Entity> for (EntityKind, u32) {
    fn from(entity: Entity) -> Self {
        (entity.kind, entity.id)
    }
}

/// What a name is bound to: where its value is read, and what type it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where the value is read.
    pub slot: Slot,
    /// What the value is, when it is not null.
    pub ty: Type,
}

/// What a host makes of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// The first `used` parts of the name are bound; what follows them are properties of the value.
    Found {
        /// What they are bound to.
        binding: Binding,
        /// How many parts: at least one.
        used: usize,
    },
    /// There is no such name.
    Missing,
    /// There are several, written here as they would have to be written in order to be told apart.
    Ambiguous(Vec<String>),
}

/// What names mean while an expression is checked.
pub trait Names {
    /// What the longest bound beginning of a dotted name, such as `visit.outcome`, is bound to.
    fn name(&self, path: &[&str]) -> Resolved;

    /// What a property of such a thing is bound to.
    fn property(&self, of: EntityKind, name: &str) -> Option<Binding>;

    /// Is this a code of that list?
    fn has_code(&self, list: ListId, code: &str) -> bool;

    /// The names there are, for "did you mean".
    fn suggest(&self) -> Vec<String>;

    /// The properties such a thing has, for "did you mean".
    fn properties(&self, of: EntityKind) -> Vec<String>;

    /// The codes of the list, for "did you mean".
    fn codes(&self, list: ListId) -> Vec<String>;

    /// What people call one such thing: `child`, `row of Visitors`.
    fn entity_name(&self, kind: EntityKind) -> String;

    /// What people call the list: `outcome`.
    fn list_name(&self, list: ListId) -> String;
}

/// What names hold while an expression is evaluated.
pub trait Reads {
    /// The value that is bound to the slot; null where there is none.
    fn read(&self, slot: Slot) -> Value;

    /// A property of one of the host's things; null where there is none.
    fn property(&self, entity: Entity, slot: Slot) -> Value;

    /// The date and time to take as the present, with its offset from Greenwich.
    fn now(&self) -> DateTime;

    /// The day to take as today, where the people are.
    fn today(&self) -> Date;
}

/// A host without any names, as for the conformance suite and for fuzzing.
///
/// Its clock stands at the first moment of 1970.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoNames;

impl Names for NoNames {
    fn name(&self, _: &[&str]) -> Resolved {
        Resolved::Missing
    }

    fn property(&self, _: EntityKind, _: &str) -> Option<Binding> {
        None
    }

    fn has_code(&self, _: ListId, _: &str) -> bool {
        false
    }

    fn suggest(&self) -> Vec<String> {
        Vec::new()
    }

    fn properties(&self, _: EntityKind) -> Vec<String> {
        Vec::new()
    }

    fn codes(&self, _: ListId) -> Vec<String> {
        Vec::new()
    }

    fn entity_name(&self, _: EntityKind) -> String {
        "entry".to_owned()
    }

    fn list_name(&self, _: ListId) -> String {
        "list".to_owned()
    }
}

impl Reads for NoNames {
    fn read(&self, _: Slot) -> Value {
        Value::Null
    }

    fn property(&self, _: Entity, _: Slot) -> Value {
        Value::Null
    }

    fn now(&self) -> DateTime {
        let time = crate::Time::MIDNIGHT.with_offset(Some(crate::Offset::UTC));
        DateTime::new(Date::UNIX_EPOCH, time)
    }

    fn today(&self) -> Date {
        Date::UNIX_EPOCH
    }
}
