//! What every kind of field must be able to say for itself.

use feel::{ListId, Number, Type, Value};

use crate::answer::Answer;
use crate::ids::Table;
use crate::kinds::NamedFile;
use crate::lists::{Code, CodeList};

/// A kind of field. One kind is one file in `kinds/`, with its documentation, settings, samples and tests.
pub trait FieldKind: Sized + 'static {
    /// The kind's name in a definition.
    const NAME: &'static str;
    /// What the kind is for, in a sentence or two for form designers.
    const DOC: &'static str;
    /// What may be set, besides what every field has.
    const SETTINGS: &'static [SettingSpec] = &[];
    /// Does a person answer it? A note or a computed value is only shown.
    const ANSWERED: bool = true;

    /// Makes the kind from its settings.
    ///
    /// # Errors
    /// The setting that cannot be so, with the reason. Unknown settings and wrong types were refused before.
    fn build(settings: &dyn Settings) -> Result<Self, SettingError>;

    /// The type that expressions see.
    fn value_type(&self) -> Type;

    /// Reads an answer that is not blank.
    ///
    /// # Errors
    /// What the practitioner should do, as a sentence that starts with a verb: "Enter the year as 4 digits".
    fn read(&self, answer: &Answer, lists: &Table<ListId, CodeList>) -> Result<Value, String>;

    /// The answer in words, for reading on a page or in print. An answer that cannot be read is told as entered.
    fn tell(&self, answer: &Answer, lists: &Table<ListId, CodeList>) -> String;

    /// What to say while a required answer is blank; starts with a verb.
    fn ask(&self) -> &'static str;

    /// The files that an answer names.
    fn files(&self, _: &Answer) -> Vec<NamedFile> {
        Vec::new()
    }

    /// Answers and the words they are told in. `lists` holds "a" to "e", labelled "A" to "E", as list 0.
    fn samples() -> Vec<(Self, Answer, &'static str)>;
}

/// A setting a kind takes in a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettingSpec {
    /// Its name in a definition.
    pub name: &'static str,
    /// What may be written there.
    pub kind: SettingKind,
    /// Must it be given?
    pub required: bool,
    /// What it does, in a sentence for form designers.
    pub doc: &'static str,
}

/// What may be written for a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// Present or absent: `unknown`.
    Flag,
    /// A whole number, 0 or more: `max-length 400`.
    Whole,
    /// A decimal number: `min 0.5`.
    Number,
    /// A text: `unit "kg"`.
    Text,
    /// Any number of lines of a name and a label: `row morning "Morning"`.
    Lines,
    /// `option` nodes, or `options` with the name of a code list.
    Options,
    /// A FEEL expression that gives the value: `value "a + b"`.
    Formula,
}

/// The settings found in a definition, already of the right shape.
pub trait Settings {
    /// Is the flag there?
    fn flag(&self, name: &str) -> bool;
    /// A whole number.
    fn whole(&self, name: &str) -> Option<u32>;
    /// A decimal number.
    fn number(&self, name: &str) -> Option<Number>;
    /// A text.
    fn text(&self, name: &str) -> Option<&str>;
    /// The names and labels of a setting's lines, in order; no name stands twice.
    fn lines(&self, name: &str) -> Vec<Code>;
    /// The code list the field chooses from. A kind that lists [`SettingKind::Options`] always has one.
    fn list(&self) -> ListId;
    /// The list of fixed codes that a kind brings itself, such as yes and no.
    fn own_list(&self, list: CodeList) -> ListId;
    /// The type of the value that a [`SettingKind::Formula`] gives.
    fn formula_type(&self) -> Type;
}

/// A setting that cannot be as it is written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SettingError {
    /// Which setting.
    pub setting: &'static str,
    /// What is wrong with it, in small letters and without a full stop.
    pub message: String,
}
