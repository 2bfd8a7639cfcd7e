//! The formatter, held to its laws: it changes the layout and nothing else, and what it has laid out it leaves alone.

use std::fs;
use std::path::{Path, PathBuf};

use compiler::kdl::{Document, Node, TokenKind, Value};
use compiler::{Sources, compile};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

fn formatted(text: &str) -> String {
    let document = Document::parse(text);
    assert_eq!(document.faults(), [], "{text}");
    document.formatted().unwrap_or_default()
}

/// All that a node says, in one text.
fn meaning(node: Node<'_>) -> String {
    let annotation = |text: Option<compiler::kdl::Text<'_>>| match text {
        Some(text) => format!("({:?})", text.get()),
        None => String::new(),
    };
    let mut all = format!("{}{:?}", annotation(node.annotation()), node.name().get());
    for entry in node.entries() {
        let key = entry
            .key()
            .map(|key| format!("{:?}=", key.get()))
            .unwrap_or_default();
        let value = match entry.value() {
            Value::Text(text) => format!("{:?}", text.get()),
            Value::Number(number) => format!("{:?}", number.plain()),
            Value::Flag(flag) => flag.to_string(),
            Value::Other => "other".to_owned(),
        };
        all += &format!(" {key}{}{value}", annotation(entry.annotation()));
    }
    let inside: Vec<String> = node.children().map(meaning).collect();
    format!("{all} {{{}}}", inside.join("; "))
}

/// The comments of a document in order, what is commented out with `/-` aside, without their spaces.
fn comments(document: &Document) -> String {
    let tokens = document.tokens().iter();
    let comments = tokens.filter_map(|token| {
        let written = &document.text()[token.span.range()];
        match token.kind {
            TokenKind::LineComment | TokenKind::BlockComment => Some(written),
            TokenKind::Continuation => Some(&written[1..]),
            _ => None,
        }
    });
    let words: Vec<&str> = comments.flat_map(str::split_whitespace).collect();
    words.concat()
}

/// How many things are commented out with `/-`.
fn slashdashes(document: &Document) -> usize {
    let is_one = |token: &&compiler::kdl::Token| token.kind == TokenKind::Slashdash;
    document.tokens().iter().filter(is_one).count()
}

/// The laws of one text; nothing is claimed of one that has faults, except that it is left alone.
fn hold(text: &str) -> Result<(), TestCaseError> {
    let before = Document::parse(text);
    let Some(once) = before.formatted() else {
        prop_assert!(!before.faults().is_empty());
        return Ok(());
    };
    let after = Document::parse(once.as_str());
    prop_assert_eq!(after.faults(), &[], "from\n{}\nto\n{}", text, once);
    let all = |document: &Document| document.nodes().map(meaning).collect::<Vec<_>>();
    prop_assert_eq!(all(&before), all(&after), "from\n{}\nto\n{}", text, once);
    prop_assert_eq!(
        comments(&before),
        comments(&after),
        "from\n{}\nto\n{}",
        text,
        once
    );
    prop_assert_eq!(slashdashes(&before), slashdashes(&after));
    let twice = after.formatted();
    prop_assert_eq!(twice.as_deref(), Some(once.as_str()), "from\n{}", text);
    prop_assert!(once.lines().all(|line| line.trim_end() == line) || text.contains(['"', '*']));
    Ok(())
}

#[test]
fn a_document_is_laid_out_as_usual() {
    for (written, expected) in [
        ("", ""),
        ("\n\n", ""),
        ("a", "a\n"),
        ("\u{FEFF}a;b ; c", "a\nb\nc\n"),
        ("\n\na\n\n\n\nb\n\n", "a\n\nb\n"),
        ("a   1\t\"two\"   three = 3", "a 1 \"two\" three=3\n"),
        ("( t ) a ( t ) 1 k = ( t ) 2", "(t)a (t)1 k=(t)2\n"),
        ("a{b;c}", "a { b; c; }\n"),
        ("a{\nb}", "a {\n  b\n}\n"),
        (
            "a {\n\n b\n\n\n c { d\n }\n\n}",
            "a {\n  b\n\n  c {\n    d\n  }\n}\n",
        ),
        ("a{b{c;};d}", "a { b { c; }; d; }\n"),
        ("a{}\nb {\n}", "a {}\nb {}\n"),
        ("a {\n\\\n}\nb {\\\n}", "a {}\nb {}\n"),
        (
            "// one \n\n//two\na //three\n//four",
            "// one\n\n//two\na //three\n//four\n",
        ),
        ("a { // why\n\n b }", "a { // why\n  b\n}\n"),
        ("a {\n  // why\n}", "a {\n  // why\n}\n"),
        (
            "a /*x*/ 1 /*y*/\n/*z*/ b\n/*\n  all\n*/\nc",
            "a /*x*/ 1 /*y*/\n/*z*/ b\n/*\n  all\n*/\nc\n",
        ),
        ("a; /*x*/ b; /*y*/ // z\nc", "a\n/*x*/ b /*y*/ // z\nc\n"),
        (
            "/- a {\n b\n}\nc /- 1 2 /- { d }",
            "/-a {\n  b\n}\nc /-1 2 /-{ d; }\n",
        ),
        ("/- // off\n\n a", "/- // off\n    a\n"),
        ("/- \\ // on\n // c\n a", "/- \\ // on\n    // c\n    a\n"),
        ("a \\\n 1 \\ // more\n 2", "a \\\n    1 \\ // more\n    2\n"),
        ("a \\ /* x */  // y\n 1", "a \\ /* x */\n    \\ // y\n    1\n"),
        ("a \\\n\nb \\ // end\n\nc", "a\nb // end\nc\n"),
        (
            "a { help \"\"\"\n one\n\n   two\n \"\"\"\n }",
            "a {\n  help \"\"\"\n    one\n\n      two\n    \"\"\"\n}\n",
        ),
        ("a #\"\"\"\n\t\tb\\\n\t\t\"\"\"#", "a #\"\"\"\n  b\\\n  \"\"\"#\n"),
        ("a\r\nb {\r\n  c\r\n}\r\n", "a\nb {\n  c\n}\n"),
    ] {
        assert_eq!(formatted(written), expected, "{written}");
        assert_eq!(formatted(expected), expected, "{written}, again");
    }
}

#[test]
fn a_block_stays_on_its_line_only_if_it_fits() {
    let of_length = |length: usize| format!("a {{ b \"{}\"; }}\n", "x".repeat(length - 11));
    assert_eq!(formatted(&of_length(110)), of_length(110));
    let longer = formatted(&of_length(111));
    assert_eq!(longer, format!("a {{\n  b \"{}\"\n}}\n", "x".repeat(100)));
}

#[test]
fn a_document_with_mistakes_is_left_alone() {
    for text in ["a {", "a \"", "a true", "a }"] {
        assert_eq!(Document::parse(text).formatted(), None, "{text}");
    }
}

#[test]
fn deep_and_wide_documents_are_laid_out_in_no_time() {
    let deep = "a{".repeat(60) + &"}".repeat(60);
    assert!(formatted(&deep).len() > 60);
    let wide = "a{b;c{d}}\n".repeat(50_000);
    assert_eq!(formatted(&wide), "a { b; c { d; }; }\n".repeat(50_000));
}

/// The definitions of the repository, by path.
fn definitions() -> Vec<(String, String)> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut waiting: Vec<PathBuf> = vec![root.join("forms"), root.join("tests/flows")];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "kdl") {
                let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    found
}

#[test]
fn the_forms_compile_to_the_same_in_any_layout() {
    let files = definitions();
    assert!(files.len() > 6);
    let forms = |change: &dyn Fn(&str) -> String| {
        let sources: Sources = files
            .iter()
            .map(|(path, text)| (path.as_str(), change(text)))
            .collect();
        let compiled = compile(&sources);
        assert_eq!(compiled.diagnostics, []);
        let hashes = compiled.forms.iter().map(|compiled| compiled.form.hash());
        hashes.collect::<Vec<_>>()
    };
    let as_written = forms(&str::to_owned);
    assert_eq!(as_written, forms(&formatted));
    // Without the indentation there is something to do; in texts of several lines it has a meaning.
    let flat = |text: &str| match text.contains("\"\"\"") {
        true => text.to_owned(),
        false => text
            .lines()
            .map(|line| line.trim().to_owned() + "\n\n\n")
            .collect(),
    };
    assert_eq!(as_written, forms(&|text| formatted(&flat(text))));
}

/// What stands between the parts of a node.
fn gap() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        " ",
        " ",
        " ",
        "\t",
        "   ",
        " /* c */ ",
        "/*c*/",
        " /* two\n  lines */ ",
        " \\\n ",
        " \\ // on\n",
        " \\ /* x */  // y\n",
        " \\\n\\\n",
    ])
}

fn text() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "a",
        "visit_date",
        "\"b c\"",
        "\"\\u{e9}\\t\"",
        "\"one \\\n   line\"",
        "#\"\\\"#",
        "\"\"\"\n \t d\n\n \t   e \n \t \"\"\"",
        "\"\"\"\nx\\n\n\"\"\"",
        "\"\"\"\n  x \\\n y\n  \"\"\"",
        "\"\"\"\r\n  x\r\n\r\n  y\r\n  \"\"\"",
        "#\"\"\"\n\"\"x\\\n\"\"\"#",
    ])
}

fn entry() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        text().prop_map(str::to_owned),
        prop::sample::select(vec!["1", "-0.5e2", "#true", "(t)2", "( t ) x"]).prop_map(str::to_owned),
    ];
    let off = prop::sample::select(vec![
        "",
        "",
        "",
        "/-",
        "/- ",
        "/-\n",
        "/- // off\n",
        "/-/*c*/ // off\n",
    ]);
    let equals = prop::sample::select(vec!["=", " = ", "=/*c*/", " \\\n= "]);
    (off, prop::option::of((text(), equals)), value).prop_map(|(off, key, value)| {
        let key = key
            .map(|(key, equals)| format!("{key}{equals}"))
            .unwrap_or_default();
        format!("{off}{key}{value}")
    })
}

/// Well-made nodes with comments and spaces wherever they can stand.
fn nodes() -> impl Strategy<Value = String> {
    let head = (
        prop::sample::select(vec!["", "", "", "(t)", "( t )", "/-", "/-\n\n", "/- // off\n"]),
        text(),
        prop::collection::vec((gap(), entry()), 0..4),
        prop::sample::select(vec!["", "", " ", " /* c */", " \\\n", " \\ // c\n"]),
    );
    let leaf = head.prop_map(|(before, name, entries, after)| {
        let entries: String = entries
            .into_iter()
            .map(|(gap, entry)| format!("{gap}{entry}"))
            .collect();
        format!("{before}{name}{entries}{after}")
    });
    let end = || {
        prop::sample::select(vec![
            ";",
            "\n",
            "\n\n\n",
            " // c \n",
            "; // c\n",
            ";/* c */",
            "\r\n",
            "\n// own\n",
            "\n/* own */\n",
            "\n\\\n",
            ";\\ // c\n",
            "\n /* x */ /* y */ ",
        ])
    };
    let node = leaf.prop_recursive(4, 24, 4, move |inner| {
        let inside = prop::collection::vec((inner.clone(), end()).prop_map(|(node, end)| node + end), 0..4);
        let open = prop::sample::select(vec!["{", " {", " /-{", "{ ", "{ // c\n", "{\n\n", "{ /* c */"]);
        let close = prop::sample::select(vec!["}", " }", "\n}", "} /-{ off }"]);
        (inner, open, inside, close).prop_map(|(node, open, inside, close)| match node.contains('{') {
            true => node,
            false => format!("{node}{open}{}{close}", inside.concat()),
        })
    });
    prop::collection::vec((node, end()).prop_map(|(node, end)| node + end), 0..5)
        .prop_map(|nodes| nodes.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_layout_changes_nothing_but_the_layout(text in nodes()) {
        hold(&text)?;
    }

    #[test]
    fn any_pieces_are_laid_out_or_left_alone(
        pieces in prop::collection::vec(prop_oneof![text(), gap(), prop::sample::select(vec![
            "{", "}", ";", "\n", "=", "(t)", "/-", "1", "#true", "// c\n", "\"", "\\",
        ])], 0..16)
    ) {
        hold(&pieces.concat())?;
    }
}

#[test]
fn most_random_documents_are_well_made() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let well_made = (0..200).filter(|_| {
        let text = nodes().new_tree(&mut runner).unwrap().current();
        Document::parse(text).faults().is_empty()
    });
    assert!(well_made.count() > 120);
}
