//! What is wrong with a document as KDL.

use crate::diagnostic::Code;
use crate::limits;
use crate::span::Span;

/// One thing that is wrong with a document as KDL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of thing it is.
    pub code: Code,
    /// Where.
    pub span: Span,
    /// What is wrong, in small letters and without a full stop.
    pub message: String,
    /// Another place that has to do with it, with what is there.
    pub label: Option<(Span, &'static str)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Fault {
    pub(super) fn new(code: Code, span: impl Into<Span>, message: impl Into<String>) -> Self {
        Self {
            code,
            span: span.into(),
            message: message.into(),
            label: None,
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn label(mut self, span: Span, text: &'static str) -> Self {
        self.label = Some((span, text));
        self
    }

    /// Is it a text or comment without an end, which may have swallowed anything?
    pub(super) fn is_open(&self) -> bool {
        matches!(self.code, Code::UnclosedQuote | Code::UnclosedComment)
    }

    /// Does it leave in doubt which braces and quotes belong together?
    pub(super) fn is_structural(&self) -> bool {
        self.is_open() || matches!(self.code, Code::UnclosedBrace | Code::TooLarge)
    }
}

/// Faults as they are found, at most [`limits::FAULTS`] of them.
#[derive(Debug, Default)]
pub(super) struct Faults(pub(super) Vec<Fault>);

impl Faults {
    pub(super) fn push(&mut self, fault: Fault) {
        if self.0.len() < limits::FAULTS {
            self.0.push(fault);
        }
    }
}
