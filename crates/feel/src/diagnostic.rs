//! What is wrong with an expression, in words for the person who wrote it.

use std::fmt;
use std::ops::Range;

/// One thing that is wrong with an expression, or doubtful about it.
///
/// The message is in lower case without a final full stop, with the person's own words in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing it is.
    pub code: Code,
    /// Where: a range of bytes of the expression's text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places that have to do with it.
    pub labels: Vec<Label>,
}

/// A place that has to do with a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where: a range of bytes of the expression's text.
    pub span: Range<usize>,
    /// What is there: `this is a number`.
    pub message: String,
}

/// Does it stop an expression from being used?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The expression means something, though perhaps not what was meant.
    Lint,
    /// The expression cannot be used.
    Error,
}

impl Diagnostic {
    /// A diagnostic without help and labels.
    pub fn new(code: Code, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            code,
            span,
            message: message.into(),
            help: None,
            labels: Vec::new(),
        }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with what to do about it, if that is known.
    #[must_use]
    pub(crate) fn maybe_help(self, help: Option<String>) -> Self {
        Self { help, ..self }
    }

    /// The same with another place that has to do with it.
    #[must_use]
    pub fn label(mut self, span: Range<usize>, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            message: message.into(),
        });
        self
    }

    /// Does it stop the expression from being used?
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, " ({help})"))
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $severity:ident)*) => {
        /// The kind of a diagnostic: stable, so that pages of documentation and allowances can name it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as people see it: `unknown-name`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Does it stop an expression from being used?
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)*
                }
            }

            /// What it means, in a sentence.
            pub fn doc(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii(),)*
                }
            }
        }
    };
}

codes! {
    /// The text is not an expression: something is missing, or stands where it cannot.
    Syntax "syntax" Error
    /// A text, a comment or a bracket is opened and never closed.
    Unclosed "unclosed" Error
    /// A date, time, duration or number is written in a way that makes none.
    BadLiteral "bad-literal" Error
    /// The expression uses a part of FEEL that is not supported: contexts, functions as values, named zones.
    Unsupported "unsupported" Error
    /// The expression is longer, deeper or larger than the limits.
    Limit "limit" Error
    /// No field, list entry or other thing has this name.
    UnknownName "unknown-name" Error
    /// The name belongs to several things.
    AmbiguousName "ambiguous-name" Error
    /// The value has no property of this name.
    UnknownProperty "unknown-property" Error
    /// There is no function of this name.
    UnknownFunction "unknown-function" Error
    /// The function takes other arguments, or fewer, or more.
    WrongArguments "wrong-arguments" Error
    /// An operation is given a value of a type it cannot work with.
    TypeMismatch "type-mismatch" Error
    /// The list of codes has no such code.
    UnknownCode "unknown-code" Error
    /// The name is taken as a code, though there is a field of the same name.
    CodeHidesName "code-hides-name" Lint
    /// The pattern of a text function is not a regular expression that XPath knows.
    BadPattern "bad-pattern" Error
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
