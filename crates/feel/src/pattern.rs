//! Regular expressions as XPath has them (XQuery and XPath Functions 3.1, section 5.6.1), which FEEL takes over.
//!
//! The usual crates read another dialect, know neither back-references nor the subtraction of classes, and
//! weigh more than this whole crate. This one goes back over its own steps, but never tries the same thing at the same
//! place twice, so that its time grows with the pattern's length times the text's; only a pattern with
//! back-references can be slower, and stops when its steps are used up. `syntax` reads a pattern, `class`
//! has sets of characters, `program` matches.

mod class;
mod program;
mod syntax;

use std::fmt;
use std::ops::Range;

use program::Program;

/// The longest pattern, in bytes.
const PATTERN_BYTES: usize = 1_000;

/// A regular expression, ready to match.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    program: Program,
}

/// Why a text is no pattern, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadPattern(&'static str);

impl fmt::Display for BadPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How a pattern is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Flags {
    /// `s`: the point stands for the ends of lines too.
    dot_all: bool,
    /// `m`: `^` and `$` stand for the beginning and end of each line.
    multi_line: bool,
    /// `i`: capital and small letters are the same.
    ignore_case: bool,
    /// `x`: white space in the pattern means nothing.
    extended: bool,
    /// `q`: every character of the pattern stands for itself.
    quoted: bool,
}

impl Flags {
    fn read(text: &str) -> Result<Self, BadPattern> {
        let mut flags = Self::default();
        for flag in text.chars() {
            match flag {
                's' => flags.dot_all = true,
                'm' => flags.multi_line = true,
                'i' => flags.ignore_case = true,
                'x' => flags.extended = true,
                'q' => flags.quoted = true,
                _ => return Err(BadPattern("flags are `s`, `m`, `i`, `x` and `q`")),
            }
        }
        Ok(flags)
    }
}

/// What the groups of a match stand for: places in the text, the whole match first.
pub(crate) type Groups = Vec<Option<Range<usize>>>;

impl Pattern {
    /// Reads a pattern and its flags.
    pub(crate) fn new(pattern: &str, flags: &str) -> Result<Self, BadPattern> {
        if pattern.len() > PATTERN_BYTES {
            return Err(BadPattern("a pattern has at most 1000 bytes"));
        }
        let flags = Flags::read(flags)?;
        let expression = syntax::parse(pattern, flags)?;
        Ok(Self {
            program: Program::new(&expression, flags)?,
        })
    }

    /// How many groups the pattern has, the whole match not counted.
    pub(crate) fn groups(&self) -> usize {
        self.program.groups
    }

    /// How many steps it takes to read the pattern and to prepare for the text; `None` where the text is
    /// too long for the pattern.
    pub(crate) fn preparation(&self, text: &[char]) -> Option<usize> {
        self.program.preparation(text)
    }

    /// Every match in the text, one after the other, as places among its characters.
    ///
    /// `None` when the steps are used up; the steps that are left are what `steps` then says.
    pub(crate) fn matches(&self, text: &[char], limit: usize, steps: &mut usize) -> Option<Vec<Groups>> {
        let mut search = self.program.search(text)?;
        let mut matches: Vec<Groups> = Vec::new();
        let mut start = 0;
        while matches.len() < limit
            && let Some(groups) = search.next_from(start, steps)?
        {
            let Some(Some(whole)) = groups.first() else { break };
            // An empty match would be found again and again.
            start = if whole.is_empty() {
                whole.end + 1
            } else {
                whole.end
            };
            matches.push(groups);
        }
        Some(matches)
    }

    /// Does the pattern match an empty text?
    pub(crate) fn matches_nothing(&self) -> Option<bool> {
        let found = self.matches(&[], 1, &mut 10_000)?;
        Some(!found.is_empty())
    }
}

#[cfg(test)]
mod tests;
