//! The functions of FEEL (DMN 1.4, section 10.3.4), and some of our own.
//!
//! One function is one entry in the table of its family: its name, what it takes, the type of what it
//! gives, a sentence, an example that is true, and the Rust function that does it. To add one is to add an entry.
//! What is needed to evaluate is kept apart from what is needed to check and to document, so that a
//! program that only evaluates does not carry the latter.

mod booleans;
mod call;
mod dates;
mod extensions;
mod lists;
mod numbers;
#[cfg(feature = "matching")]
mod patterns;
mod ranges;
mod signature;
mod statistics;
mod texts;

use std::fmt;

use crate::{Type, Value};

pub(crate) use call::Call;
pub(crate) use signature::is_ordered;
pub use signature::{Kind, Param, Role};

/// What does a function's work; `None` is null.
type Run = fn(&mut Call<'_, '_>) -> Option<Value>;

/// What is needed of a function to evaluate it.
struct Entry {
    name: &'static str,
    run: Run,
}

/// What there is to know about a function.
#[derive(Debug)]
pub struct About {
    /// Its name, as it is written in an expression.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// An expression that uses it, and is true.
    pub example: &'static str,
    /// What it takes, in each of the ways it can be called.
    pub signatures: &'static [&'static [Param]],
    /// The type of what it gives, by the types of what it is given.
    pub(crate) result: fn(&[Type]) -> Type,
}

impl About {
    /// Every way to call it, with its parameters in place of arguments: `substring(string, start position)`.
    pub fn usages(&self) -> impl Iterator<Item = String> {
        self.signatures.iter().map(|params| {
            let params: Vec<String> = params.iter().map(Param::to_string).collect();
            format!("{}({})", self.name, params.join(", "))
        })
    }
}

/// Writes the tables of one family of functions.
macro_rules! builtins {
    ($($run:ident $name:literal $signatures:expr, $result:expr, $doc:literal, $example:literal;)*) => {
        pub(super) static ENTRIES: &[super::Entry] = &[$(super::Entry { name: $name, run: $run }),*];

        pub(super) static ABOUT: &[super::About] = &[$(super::About {
            name: $name,
            doc: $doc,
            example: $example,
            signatures: $signatures,
            result: $result,
        }),*];
    };
}

use builtins;

static ENTRIES: &[&[Entry]] = &[
    booleans::ENTRIES,
    numbers::ENTRIES,
    statistics::ENTRIES,
    texts::ENTRIES,
    #[cfg(feature = "matching")]
    patterns::ENTRIES,
    lists::ENTRIES,
    ranges::ENTRIES,
    dates::ENTRIES,
    extensions::ENTRIES,
];

static ABOUT: &[&[About]] = &[
    booleans::ABOUT,
    numbers::ABOUT,
    statistics::ABOUT,
    texts::ABOUT,
    #[cfg(feature = "matching")]
    patterns::ABOUT,
    lists::ABOUT,
    ranges::ABOUT,
    dates::ABOUT,
    extensions::ABOUT,
];

/// Every function there is, family by family, for reference pages and completion.
pub fn functions() -> impl Iterator<Item = &'static About> {
    ABOUT.iter().copied().flatten()
}

/// One of the language's functions.
#[derive(Clone, Copy)]
pub struct Function(&'static Entry);

impl Function {
    /// The function of that name.
    pub fn named(name: &str) -> Option<Self> {
        ENTRIES
            .iter()
            .copied()
            .flatten()
            .find(|entry| entry.name == name)
            .map(Self)
    }

    /// The name, as it is written in an expression.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Does what it gives depend on the present date or time?
    pub fn reads_clock(self) -> bool {
        matches!(self.name(), "now" | "today")
    }

    /// What there is to know about it.
    pub fn about(self) -> Option<&'static About> {
        functions().find(|about| about.name == self.name())
    }

    pub(crate) fn run(self, call: &mut Call<'_, '_>) -> Option<Value> {
        (self.0.run)(call)
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Function {}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
