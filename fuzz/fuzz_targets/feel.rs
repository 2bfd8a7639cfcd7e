//! The expression language: whatever the text, it is read, checked and evaluated within the limits, and what is well
//! written reads back as it was.

#![no_main]

use std::sync::LazyLock;

use compiler::{Sources, compile};
use feel::{Expr, NoNames, Tree, check, parse};
use fuzz::{laws, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

/// A form whose names an expression may use, before and behind the expression.
const FORM: [&str; 2] = [
    "form example version=1 {
  title \"Example\"
  section page \"Page\" {
    number number \"A number\"
    text text \"A text\"
    date day \"A day\"
    time hour \"A time\"
    yes_no flag \"Yes or no\"
    choice one \"One\" { option a \"A\"; option b \"B\" }
    choices many \"Many\" { option a \"A\"; option b \"B\" }
    repeat rows \"Rows\" { number amount \"Amount\"; text note \"Note\" }
    computed result \"Result\" {
      value \"",
    "\"
    }
  }
}",
];

static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let functions = feel::builtins::functions().map(|function| function.name);
    let words = [
        "(",
        ")",
        "[",
        "]",
        "..",
        ".",
        ",",
        "+",
        "-",
        "*",
        "/",
        "**",
        "=",
        "!=",
        "<",
        "<=",
        "if ",
        " then ",
        " else ",
        "for ",
        " in ",
        " return ",
        "some ",
        " satisfies ",
        " and ",
        " or ",
        " between ",
        " instance of ",
        "null",
        "number",
        "text",
        "day",
        "hour",
        "flag",
        "one",
        "many",
        "rows",
        "rows.amount",
        "a",
        "item",
        "partial",
        "1",
        "0.5",
        "1e99",
        "@\"2024-02-29\"",
        "@\"P1Y\"",
        "@\"-P9999999D\"",
        "\"",
        "list<",
        "999999999999999999",
    ];
    functions.chain(words).collect()
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::text(data, size, max, seed, &WORDS)
});

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let parsed = parse(&text);
    let checked = check(&parsed.tree, &NoNames, None);
    for told in parsed.diagnostics.iter().chain(&checked.diagnostics) {
        let spans = told.labels.iter().map(|label| &label.span).chain([&told.span]);
        for span in spans {
            assert!(text.get(span.clone()).is_some(), "{told:?} stands nowhere");
        }
    }
    checked.expr.eval(&NoNames);
    keeps(&checked.expr);
    if parsed.diagnostics.is_empty() {
        reads_back(&parsed.tree);
    }
    let [before, after] = FORM;
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    let form = format!("{before}{escaped}{after}");
    let sources: Sources = [("forms/example.kdl", form)].into_iter().collect();
    laws::is_well_compiled(&compile(&sources), &sources);
});

fn reads_back(tree: &Tree) {
    let written = tree.to_string();
    let again = parse(&written);
    assert_eq!(again.diagnostics, [], "{written}");
    assert_eq!(&again.tree, tree, "{written}");
}

fn keeps(expr: &Expr) {
    let kept = serde_json::to_vec(expr).ok();
    let read: Option<Expr> = kept.and_then(|kept| serde_json::from_slice(&kept).ok());
    assert_eq!(read.as_ref(), Some(expr), "an expression is another once kept");
}
