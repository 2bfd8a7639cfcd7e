//! The formatter: what is laid out stays as it is when laid out again, and compiles to the same form.

#![no_main]

use compiler::kdl::Document;
use compiler::{Compiled, Sources, compile, is_definition};
use fuzz::{files, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

const SIGNS: &[&str] = &[
    "{", "}", "\"", "\"\"\"", "#\"", "\"#", "/* a */", "/*", "*/", "// b\n", "/-", "\\\n", ";", "=", "(t)",
    "\n", "\n\n", "\r\n", "\t", " ",
];

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::text(data, size, max, seed, SIGNS)
});

fuzz_target!(|data: &[u8]| {
    let before = files::sources(&String::from_utf8_lossy(data));
    let mut after = Sources::default();
    for (_, path, text) in before.iter() {
        let formatted = match is_definition(path) {
            true => Document::parse(text).formatted(),
            false => None,
        };
        if let Some(once) = &formatted {
            let twice = Document::parse(once.as_str()).formatted();
            assert_eq!(twice.as_ref(), Some(once), "laid out twice it is another");
        }
        after.insert(path, formatted.unwrap_or_else(|| text.to_owned()));
    }
    let told = |compiled: &Compiled| {
        let told = compiled.diagnostics.iter();
        let mut told: Vec<_> = told
            .map(|told| (told.place.file, told.code, told.message.clone()))
            .collect();
        told.sort();
        told
    };
    let (before, after) = (compile(&before), compile(&after));
    assert_eq!(told(&before), told(&after), "laid out it is told of otherwise");
    for (before, after) in before.forms.iter().zip(&after.forms) {
        assert_eq!(before.form, after.form, "laid out it is another form");
    }
});
