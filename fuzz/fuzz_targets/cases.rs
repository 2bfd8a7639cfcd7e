//! Cases of a form: whatever is written, it is told what is wrong with it, or they are run.

#![no_main]

use std::sync::LazyLock;

use cases::Word;
use compiler::{Sources, compile};
use fuzz::{files, laws, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

/// Every word of the cases.
static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let words = Word::ALL.iter().map(|word| word.name());
    words
        .chain([
            "{\n", "}\n", "\"", "\n", ".", " ", "[", "]", "#null", "child", "1",
        ])
        .collect()
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::text(data, size, max, seed, &WORDS)
});

fuzz_target!(|data: &[u8]| {
    let sources: Sources = files::sources(&String::from_utf8_lossy(data));
    let compiled = compile(&sources);
    let report = cases::run(&sources, &compiled);
    laws::are_well_told(&report.diagnostics, &sources);
    for tested in &report.forms {
        assert!(
            tested.failed == 0 || !report.diagnostics.is_empty(),
            "a case fails silently"
        );
    }
});
