//! What is wrong with a definition, in words for the person who wrote it.
//!
//! `code` lists every kind of diagnostic, `render` puts one on the screen.

mod code;
mod render;

pub use code::{Code, Severity};
pub use render::Rendered;

use crate::kdl::Fault;
use crate::sources::{FileId, Sources};
use crate::span::Span;

/// One thing that is wrong with a definition, or doubtful about it.
///
/// Its texts are in lower case without a final full stop, with the person's own words in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing it is.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to say of the place itself, if there are others.
    pub note: Option<String>,
    /// Other places that have to do with it.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A stretch of one of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which file.
    pub file: FileId,
    /// Where in it.
    pub span: Span,
}

impl Place {
    /// The place as people write it: the file, and line and character from 1.
    pub fn locate(self, sources: &Sources) -> String {
        let text = sources.text(self.file);
        let before = text.get(..self.span.start as usize).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        let line = before.matches('\n').count() + 1;
        format!("{}:{line}:{column}", sources.path(self.file))
    }
}

/// A place that has to do with a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is there.
    pub message: String,
}

fn in_one_line(message: String) -> String {
    if message.contains('\n') {
        message.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        message
    }
}

impl Diagnostic {
    /// A diagnostic without help and labels. Its message may quote texts of several lines; it is told in one.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            place,
            message: in_one_line(message.into()),
            note: None,
            labels: Vec::new(),
            help: None,
        }
    }

    /// What is wrong with a file as KDL.
    pub fn of_fault(file: FileId, fault: &Fault) -> Self {
        let place = |span| Place { file, span };
        let mut diagnostic = Self::new(fault.code, place(fault.span), fault.message.clone());
        if let Some((span, text)) = fault.label {
            diagnostic = diagnostic.label(place(span), text);
        }
        diagnostic.maybe_help(fault.help.clone())
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with what to do about it, if something can be said.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// The same with what to say of the place itself.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The same with another place that has to do with it.
    #[must_use]
    pub fn label(mut self, place: Place, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            place,
            message: message.into(),
        });
        self
    }

    /// Does it stop a form from being used?
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    /// The diagnostic as people read it, with the lines of the files it is about.
    pub fn render<'s>(&'s self, sources: &'s Sources) -> Rendered<'s> {
        Rendered::new(self, sources)
    }
}
