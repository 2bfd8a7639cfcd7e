//! The compiler, whole: any texts make diagnostics or forms, and the same ones every time.

#![no_main]

use std::sync::LazyLock;

use compiler::{Key, compile};
use fuzz::{files, laws, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

/// Every word of the language, so that none is to be guessed.
static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let keys = Key::ALL.iter().map(|key| key.name());
    let kinds = form::kinds::ALL.iter();
    let kinds = kinds.flat_map(|kind| {
        kind.settings
            .iter()
            .map(|setting| setting.name)
            .chain([kind.name])
    });
    let functions = feel::builtins::functions().map(|function| function.name);
    let signs = [
        "{\n", "}\n", "\"", "\n", "=", " ", "(", ")", "child", "row", "null", "===\n", "and", "today()",
    ];
    keys.chain(kinds).chain(functions).chain(signs).collect()
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::text(data, size, max, seed, &WORDS)
});

fuzz_target!(|data: &[u8]| {
    let sources = files::sources(&String::from_utf8_lossy(data));
    let compiled = compile(&sources);
    laws::is_well_compiled(&compiled, &sources);
    assert_eq!(
        compile(&sources).diagnostics,
        compiled.diagnostics,
        "told otherwise the second time"
    );
});
