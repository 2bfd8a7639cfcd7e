//! Every kind of diagnostic, with what it means: the one list of them.

use std::fmt;

/// Does it stop a form from being used?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The form means something, though perhaps not what was meant.
    Warning,
    /// The form cannot be used.
    Error,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $severity:ident)*) => {
        /// The kind of a diagnostic: stable, so that pages of documentation and allowances can name it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)*
            /// Something is wrong in an expression.
            Expression(feel::Code),
        }

        const OWN: &[Code] = &[$(Code::$variant),*];

        impl Code {
            /// The code as people see it: `unknown-kind`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Expression(code) => code.as_str(),
                }
            }

            /// Does it stop a form from being used?
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)*
                    Self::Expression(code) => match code.severity() {
                        feel::Severity::Error => Severity::Error,
                        feel::Severity::Lint => Severity::Warning,
                    },
                }
            }

            /// What it means and what to do, in a few sentences for form designers.
            pub fn doc(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii(),)*
                    Self::Expression(code) => code.doc(),
                }
            }
        }
    };
}

impl Code {
    /// Every code there is: first those of definitions, then those of expressions.
    pub fn all() -> impl Iterator<Item = Self> {
        let own = OWN.iter().copied();
        own.chain(feel::Code::ALL.iter().copied().map(Self::Expression))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

codes! {
    /// Something stands where it means nothing: a bracket without its partner, a sign outside quotes, two things
    /// without a space between them.
    Stray "stray" Error
    /// A text is opened with a quote and never closed.
    UnclosedQuote "unclosed-quote" Error
    /// A block is opened with `{` and never closed.
    UnclosedBrace "unclosed-brace" Error
    /// A comment is opened with `/*` and never closed.
    UnclosedComment "unclosed-comment" Error
    /// A backslash in a text is followed by something it cannot be followed by.
    BadEscape "bad-escape" Error
    /// Something begins like a number and is none.
    BadNumber "bad-number" Error
    /// A reserved word stands without its `#`, or an unknown word with one.
    BadWord "bad-word" Error
    /// A text of several lines is not laid out as it must be: quotes on lines of their own, and every line indented
    /// at least like the closing ones.
    BadText "bad-text" Error
    /// An invisible character stands in the file. Some of them turn text around, so that it reads differently from
    /// what it does.
    BadCharacter "bad-character" Error
    /// A file, a form or the depth of its blocks is over the limit.
    TooLarge "too-large" Error
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_named_once_in_the_usual_way_and_explained() {
        let mut names = BTreeSet::new();
        for code in Code::all() {
            let name = code.as_str();
            assert!(names.insert(name), "{name} stands twice");
            assert!(
                name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{name}"
            );
            assert!(
                code.doc().ends_with('.') && code.doc().len() > 20,
                "{name} is not explained"
            );
        }
    }
}
