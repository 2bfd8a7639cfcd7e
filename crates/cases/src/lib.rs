//! Cases: examples of how a form is filled in, and of what must follow, written beside the form by who designs it.
//!
//! [`run`] reads the files `<form>.cases.kdl` among the sources, fills in each case with the real engine, and tells
//! whatever is not as the case says, at the line that says it. It also tells which conditions and checks of a form no
//! case has seen both ways. The crate does no I/O and knows no program that runs it.
//!
//! Start reading at `suite.rs`, which is what a file says; `read` and `lines` read it, `place` finds what names mean,
//! `answer` makes answers of words, `filling` opens a session and looks, `coverage` counts. `word` is the vocabulary.

mod answer;
mod coverage;
mod filling;
mod lines;
mod place;
mod read;
mod suite;
mod word;

use compiler::{Compiled, CompiledForm, Diagnostic, FileId, Sources};

pub use coverage::{Coverage, Seen, What};
pub use word::{Block, Word};

/// What running cases gives.
#[derive(Debug, Default)]
pub struct Report<'c> {
    /// What is wrong with the cases as they are written, and what does not hold; in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// Each form that has cases.
    pub forms: Vec<Tested<'c>>,
}

/// A form whose cases were run.
#[derive(Debug)]
pub struct Tested<'c> {
    /// The form.
    pub compiled: &'c CompiledForm,
    /// The file of its cases.
    pub file: FileId,
    /// How many cases hold.
    pub passed: usize,
    /// How many do not, or cannot be read.
    pub failed: usize,
    /// What the cases have seen of the form.
    pub coverage: Coverage,
}

/// Runs the cases among these files, of the forms that were made of them.
pub fn run<'c>(sources: &Sources, compiled: &'c Compiled) -> Report<'c> {
    let mut report = Report::default();
    for (file, path, text) in sources.iter().filter(|(_, path, _)| is_cases(path)) {
        let mut told = Vec::new();
        if let Some(suite) = read::suite(file, path, text, sources, compiled, &mut told) {
            let mut tested = Tested {
                compiled: suite.compiled,
                file,
                passed: 0,
                failed: suite.unread,
                coverage: Coverage::of(suite.compiled),
            };
            for case in &suite.cases {
                let failures = filling::fill_in(&suite, case, &mut tested.coverage);
                match failures.is_empty() {
                    true => tested.passed += 1,
                    false => tested.failed += 1,
                }
                told.extend(failures);
            }
            report.forms.push(tested);
        }
        told.sort_by_key(|diagnostic: &Diagnostic| diagnostic.place);
        report.diagnostics.append(&mut told);
    }
    coverage::share(&mut report.forms);
    report
}

/// Does the file at this path hold cases?
pub fn is_cases(path: &str) -> bool {
    path.ends_with(read::ENDING)
}
