//! What there is to choose from: forms and families.

use engine::Subject;
use form::{About, Form, FormHash, Name};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The forms that a record can be started with: of each, the version now in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms {
    /// By title.
    pub forms: Vec<FormEntry>,
}

/// A form, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormEntry {
    /// Which form, exactly. Fetch it by this.
    pub hash: FormHash,
    /// Its name.
    pub name: Name,
    /// Its version.
    pub version: u32,
    /// What people read.
    pub title: String,
    /// A line about when to use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// How many children a record made with it is about.
    pub about: About,
}

impl From<&Form> for FormEntry {
    fn from(form: &Form) -> Self {
        Self {
            hash: form.hash(),
            name: form.name.clone(),
            version: form.version,
            title: form.title.clone(),
            summary: form.summary.clone(),
            about: form.about,
        }
    }
}

/// The families that the person may start a record about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Families {
    /// By name.
    pub families: Vec<Family>,
}

/// What tells one family from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FamilyId(pub Uuid);

/// Children who are brothers and sisters, or live together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Which family.
    pub id: FamilyId,
    /// What the department calls it.
    pub name: String,
    /// The eldest first; those not yet born last.
    pub children: Vec<Subject>,
}
