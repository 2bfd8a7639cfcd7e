//! What an editor asks while someone writes a form: what could stand here, what this is, where it is defined.
//!
//! Everything is read off the texts as they are, so that it can be answered in the middle of a word, when nothing
//! compiles. The crate does no I/O and knows no protocol; the visual designer can ask the same in a browser.
//!
//! `cursor` finds what the cursor is in, `index` what the files define, `complete` and `look` answer; `lines` counts
//! as editors do.

mod complete;
mod cursor;
mod index;
mod lines;
mod look;

use std::collections::BTreeMap;

use compiler::kdl::Document;
use compiler::{FileId, Place, Sources, Span};

pub use lines::Lines;

/// Something that could stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Completion {
    /// What would be written.
    pub text: String,
    /// What it is.
    pub sort: Sort,
    /// What it says, in a line or two.
    pub doc: String,
}

/// What a [`Completion`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A question, section, group or other thing with a name.
    Name,
    /// An option, or one of a few words that can stand there.
    Value,
    /// A word that begins a line.
    Word,
    /// A kind of question.
    Kind,
    /// A function of expressions.
    Function,
    /// A file: a component or a list of options.
    File,
}

/// What something is, for whoever points at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What is pointed at.
    pub span: Span,
    /// What it is, in Markdown.
    pub text: String,
}

/// The files of a folder of forms, read once for all that is asked of them.
pub struct Desk<'s> {
    sources: &'s Sources,
    documents: BTreeMap<FileId, Document>,
}

impl<'s> Desk<'s> {
    /// Reads the files.
    pub fn new(sources: &'s Sources) -> Self {
        let definitions = sources.iter().filter(|(_, path, _)| path.ends_with(".kdl"));
        let documents = definitions.map(|(file, _, text)| (file, Document::parse(text)));
        Self {
            sources,
            documents: documents.collect(),
        }
    }

    /// What could stand at an offset of a file; what is written there already may be its beginning.
    pub fn complete(&self, file: FileId, offset: u32) -> Vec<Completion> {
        let mut found = complete::complete(self, file, offset).unwrap_or_default();
        found.sort();
        found.dedup_by(|one, other| one.text == other.text);
        found
    }

    /// What stands at an offset of a file.
    pub fn hover(&self, file: FileId, offset: u32) -> Option<Hover> {
        look::hover(self, file, offset)
    }

    /// Where what is named at an offset of a file is defined.
    pub fn definition(&self, file: FileId, offset: u32) -> Option<Place> {
        look::definition(self, file, offset)
    }

    fn document(&self, file: FileId) -> Option<&Document> {
        self.documents.get(&file)
    }
}
