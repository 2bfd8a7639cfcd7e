//! The reader of KDL: whatever the text, the tree covers it, and every value in it can be read.

#![no_main]

use compiler::kdl::{Document, Node};
use fuzz::mutate;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

const SIGNS: &[&str] = &[
    "{",
    "}",
    "\"",
    "\"\"\"",
    "#\"",
    "\"#",
    "/*",
    "*/",
    "//",
    "/-",
    "\\",
    ";",
    "=",
    "(t)",
    "\n",
    "\r\n",
    "#true",
    "#null",
    "#inf",
    "0x",
    "1e9",
    "\\u{10FFFF}",
    "\u{FEFF}",
    "\u{2028}",
    "  ",
];

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::text(data, size, max, seed, SIGNS)
});

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let document = Document::parse(&*text);
    let mut end = 0;
    for token in document.tokens() {
        let span = token.span.range();
        assert_eq!(span.start, end, "tokens stand side by side");
        assert!(text.get(span.clone()).is_some_and(|token| !token.is_empty()));
        end = span.end;
    }
    assert_eq!(end, text.len(), "the tokens are the text");
    for fault in document.faults() {
        assert!(text.get(fault.span.range()).is_some(), "{fault:?} stands nowhere");
    }
    for node in document.nodes() {
        walk(node, &text);
    }
});

fn walk(node: Node<'_>, text: &str) {
    let within = |inner: std::ops::Range<usize>, outer: std::ops::Range<usize>| {
        outer.start <= inner.start && inner.end <= outer.end && text.get(inner).is_some()
    };
    let span = node.span().range();
    assert!(within(node.head().range(), span.clone()) && within(node.name().span().range(), span.clone()));
    let _ = (node.name().decode(), node.annotation().map(|text| text.get()));
    for entry in node.entries() {
        assert!(within(entry.span().range(), span.clone()));
        let _ = (
            entry.key().map(|key| key.get()),
            entry.text().map(|text| text.decode()),
        );
        if let compiler::kdl::Value::Number(number) = entry.value() {
            let _ = number.plain();
        }
    }
    for inner in node.children() {
        assert!(within(inner.span().range(), span.clone()));
        walk(inner, text);
    }
}
