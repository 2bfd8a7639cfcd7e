//! Our reader of KDL against another: what one accepts the other accepts, and both read the same in it.

use compiler::Code;
use compiler::kdl::{Document, Node, Value};
use kdl::{KdlDocument, KdlNode, KdlValue};
use proptest::prelude::*;

/// A node in a form in which both readers can be compared.
#[derive(Debug, PartialEq)]
struct Plain {
    annotation: Option<String>,
    name: String,
    arguments: Vec<(Option<String>, String)>,
    /// By name; a later one replaces an earlier one.
    properties: Vec<(String, Option<String>, String)>,
    children: Vec<Plain>,
}

impl Plain {
    fn new(annotation: Option<String>, name: String, children: Vec<Self>) -> Self {
        Self {
            annotation,
            name,
            arguments: Vec::new(),
            properties: Vec::new(),
            children,
        }
    }

    fn add(&mut self, key: Option<String>, annotation: Option<String>, value: String) {
        let Some(key) = key else {
            self.arguments.push((annotation, value));
            return;
        };
        self.properties.retain(|(known, _, _)| *known != key);
        self.properties.push((key, annotation, value));
        self.properties.sort();
    }
}

fn ours(node: Node<'_>) -> Plain {
    let text = |text: compiler::kdl::Text<'_>| text.get().into_owned();
    let children = node.children().map(ours).collect();
    let mut plain = Plain::new(node.annotation().map(text), text(node.name()), children);
    for entry in node.entries() {
        let value = match entry.value() {
            Value::Text(value) => format!("{:?}", text(value)),
            Value::Number(number) => number_in_words(number.plain()),
            Value::Flag(flag) => flag.to_string(),
            Value::Other => "other".to_owned(),
        };
        plain.add(entry.key().map(text), entry.annotation().map(text), value);
    }
    plain
}

fn number_in_words(plain: Option<String>) -> String {
    let plain = plain.unwrap_or_default();
    match (plain.parse::<i128>(), plain.parse::<f64>()) {
        (Ok(whole), _) => whole.to_string(),
        (_, Ok(float)) => format!("{float:e}"),
        _ => "no number".to_owned(),
    }
}

fn theirs(node: &KdlNode) -> Plain {
    let text = |name: &kdl::KdlIdentifier| name.value().to_owned();
    let children = node
        .children()
        .map(|inside| inside.nodes().iter().map(theirs).collect());
    let mut plain = Plain::new(
        node.ty().map(text),
        text(node.name()),
        children.unwrap_or_default(),
    );
    for entry in node.entries() {
        let value = match entry.value() {
            KdlValue::String(text) => format!("{text:?}"),
            KdlValue::Integer(whole) => whole.to_string(),
            KdlValue::Float(float) if float.is_finite() => format!("{float:e}"),
            KdlValue::Bool(flag) => flag.to_string(),
            KdlValue::Float(_) | KdlValue::Null => "other".to_owned(),
        };
        plain.add(entry.name().map(text), entry.ty().map(text), value);
    }
    plain
}

/// Both readers accept the text and read the same in it, or both refuse it. Says whether they accept it.
fn agree(text: &str) -> bool {
    let document = Document::parse(text);
    let cover: String = document
        .tokens()
        .iter()
        .map(|token| &text[token.span.range()])
        .collect();
    assert_eq!(cover, text, "the tokens do not cover {text:?}");
    for fault in document.faults() {
        assert!(!fault.message.contains(['\n', '\r']), "{text:?}: {fault:?}");
    }
    let accepted = document.faults().is_empty();
    match KdlDocument::parse_v2(text) {
        Ok(other) if accepted => {
            let ours: Vec<Plain> = document.nodes().map(ours).collect();
            let theirs: Vec<Plain> = other.nodes().iter().map(theirs).collect();
            assert_eq!(ours, theirs, "{text:?}");
        }
        Ok(_) => assert!(
            other_is_lax(&document),
            "we refuse {text:?}: {:?}",
            document.faults()
        ),
        Err(_) => assert!(!accepted || text.contains("/-"), "we accept {text:?}"),
    }
    accepted
}

/// Does the text hold one of the few things where the other reader does not keep to the grammar?
///
/// It allows characters in comments that the specification allows nowhere, and U+007F everywhere; a raw text of one
/// line that begins with two quotes; and no end behind a node that is commented out. It also refuses some of what
/// the grammar allows around `/-`. What holds a `/-` is tested one by one, below.
fn other_is_lax(document: &Document) -> bool {
    let text = document.text();
    let bad_character = document
        .faults()
        .iter()
        .any(|fault| fault.code == Code::BadCharacter);
    let raw = text.contains("#\"\"\"");
    bad_character || raw || text.contains("/-")
}

#[test]
fn well_made_documents_are_read() {
    for text in [
        "",
        "\u{FEFF}node",
        "/- kdl-version 2\nnode",
        "node 1 \"two\" three=3 #true #null { child; \"other child\" /- 4 5 }\nnext",
        "a;b;c",
        "a { b {}; c }",
        "node \\\n  1 \\ // still the same\n  2",
        "node /-1 2 /-key=3 /-{ gone } { here } /-{ gone }",
        "/-node { inside }\nother",
        "/- \n // a comment\n node\nother",
        "(type)node (u8)1 key=(date)\"2026-11-19\" ( spaced ) a",
        "node key = /* why */ 1",
        "node \"\\n\\t\\\\\\\"\\s\\u{1F600}\" \"a \\   \n   b\"",
        "node #\"raw \\ \"quoted\" text\"# ##\"with \"# inside\"##",
        "node \"\"\"\n  one\n    two\n\n  three \"\"quoted\"\"\n  \"\"\"",
        "node \"\"\"\n  one \\\n     two\n  \"\"\" #\"\"\"\n\ta\\b\n\t\"\"\"#",
        "node \"\"\"\n\"\"\" \"\"\"\n  \"\"\"",
        "n 0xff -0o17 0b1_01 1_000.5e-3 +7 -0.0 1E3",
        "n - -- +a .a -.a . +",
        "n\u{2028}m\u{85}o\r\np\rq\u{0B}r",
        "größe Käse=\"Brot\" 日本",
        "n /* a /* nested */ comment */ 1 // and another\nm",
        "n{a}\nm{b;c}",
        "n /-\n1",
    ] {
        assert!(agree(text), "{text:?}");
    }
}

#[test]
fn badly_made_documents_are_refused() {
    for text in [
        "node /-",
        "/-",
        "/- /- node",
        "node /-;",
        "node {\n/-\n}",
        "node /-{ a } b",
        "node { one } /-{ two } { three }",
        "node key = /-1",
        "node key /- = 1",
        "/-a{}\"b\"",
        "(t)/-node",
        "node (t)/-1",
        "node (/-t)1",
    ] {
        assert!(!Document::parse(text).faults().is_empty(), "{text:?}");
    }
    for text in [
        "node {",
        "node }",
        "}",
        "node \"open",
        "node \"two\nlines\"",
        "node #\"open\"",
        "node \"\"\"one line\"\"\"",
        "node \"\"\"\n  a\n b\n  \"\"\"",
        "node \"\"\"\n  a\n  b\"\"\"",
        "node \"\\q\"",
        "node \"\\u{110000}\"",
        "node \"\\u{D800}\"",
        "node 1.",
        "node .5",
        "node 0xg",
        "node 1a",
        "node true",
        "node #yes",
        "true",
        "1 2",
        "#true",
        "node a\"b\"",
        "node\"a\"",
        "node a=",
        "node =a",
        "node 1=2",
        "node (t)a=1",
        "node ()a",
        "node (t",
        "(t)",
        "node { a } { b }",
        "node { a } b",
        "node {} other",
        "node a \\ b",
        "node [a]",
        "node a/b",
        "/* open",
        "node \u{202E}",
        "node a\u{FEFF}",
        ";",
        "node;;",
        "{ a }",
    ] {
        assert!(!agree(text), "{text:?}");
    }
}

#[test]
fn all_mistakes_are_told_and_what_is_right_is_kept() {
    let document = Document::parse("a 1.\nb \"\\q\" 2\nc true\nd }\ne [\nf \"well\" { g }\n");
    let places: Vec<&str> = document
        .faults()
        .iter()
        .map(|f| &document.text()[f.span.range()])
        .collect();
    assert_eq!(places, ["1.", "\\q", "true", "}", "["]);
    let names: Vec<_> = document.nodes().map(|node| node.name().written()).collect();
    assert_eq!(names, ["a", "b", "c", "d", "e", "f"]);
    let broken: Vec<_> = document
        .nodes()
        .filter(|node| node.is_broken())
        .map(|node| node.name().written())
        .collect();
    assert_eq!(broken, ["a", "b", "c", "e"]);
    assert!(document.is_reliable());
    assert!(!Document::parse("a { b").is_reliable());
}

#[test]
fn what_stands_on_several_lines_is_told_on_one() {
    let text = "a \"b\"\"\"\"\n\n  days, make two of them\n  \"\"\"\n";
    assert!(!agree(text));
    let told: Vec<String> = Document::parse(text)
        .faults()
        .iter()
        .map(|fault| fault.message.clone())
        .collect();
    assert_eq!(told, ["a space is missing before `\"\"\" days, make tw…`"]);
}

#[test]
fn hostile_depth_and_repetition_are_refused_without_harm() {
    let deep = "a{".repeat(100_000);
    assert!(!Document::parse(deep).faults().is_empty());
    let commented = "/*".repeat(100_000);
    assert!(!Document::parse(commented).faults().is_empty());
    let faulty = Document::parse("= ".repeat(100_000));
    assert_eq!(
        faulty.faults().len(),
        compiler::limits::FAULTS.min(faulty.faults().len())
    );
    let wide = Document::parse("a;".repeat(100_000));
    assert_eq!((wide.nodes().count(), wide.faults()), (100_000, &[][..]));
}

#[test]
fn the_node_at_a_place_is_the_innermost() {
    let document = Document::parse("a {\n  b 1 {\n    c\n  }\n}\nd");
    let name_at = |offset| document.node_at(offset).map(|node| node.name().written());
    assert_eq!(
        [0, 6, 16, 21, 24].map(name_at),
        [Some("a"), Some("b"), Some("c"), Some("b"), Some("d")]
    );
    let inner = document.node_at(16).unwrap();
    assert_eq!(inner.parent().map(|node| node.name().written()), Some("b"));
    let b = inner.parent().unwrap();
    assert_eq!(&document.text()[b.head().range()], "b 1");
    assert_eq!(&document.text()[b.block().unwrap().range()], "{\n    c\n  }");
    assert_eq!(&document.text()[b.span().range()], "b 1 {\n    c\n  }");
}

/// Pieces of which documents are made, well and badly.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "a",
        "b ",
        "node ",
        " ",
        " ",
        "  ",
        "\n",
        "\n",
        ";",
        "{",
        "}",
        "{ ",
        " }",
        "(t)",
        "(",
        ")",
        "=",
        "= ",
        "1",
        "-2.5 ",
        "0x1f",
        "#true",
        "#null ",
        "\"q\"",
        "\"\\n\" ",
        "\"\\\n  \"",
        "#\"r\"# ",
        "\"\"\"\n  x\n   y\n  \"\"\"",
        "#\"\"\"\n z\n \"\"\"#",
        "//c\n",
        "/* c */",
        "/-",
        "/- ",
        "\\\n",
        "\\ // c\n",
        "\"",
        "\"\"\"",
        "\\",
        "#",
        "/",
        "true",
        "é",
        "\u{FEFF}",
        "\r\n",
    ])
}

/// A well-made node, in one of the many ways to write it.
fn node() -> impl Strategy<Value = String> {
    let text = || {
        prop::sample::select(vec![
            "a",
            "-",
            "\"b c\"",
            "\"\\u{e9}\\t\"",
            "#\"\\\"#",
            "\"\"\"\n \t d\n \t\n \t \"\"\"",
            "ü",
        ])
    };
    let value = || {
        let other = prop::sample::select(vec![
            "1",
            "-0.5e2",
            "0b11",
            "1_0",
            "#true",
            "#null",
            "(t)2",
            "( t ) \"x\"",
        ]);
        prop_oneof![text().prop_map(str::to_owned), other.prop_map(str::to_owned)]
    };
    let space = || prop::sample::select(vec![" ", "\t", "  ", " /*c*/ ", " \\\n ", " \\ //c\n"]);
    let entry = (
        prop::option::of(text()),
        prop::sample::select(vec!["", "", "/-"]),
        value(),
    );
    let entry = entry.prop_map(|(key, off, value)| match key {
        Some(key) => format!("{off}{key}={value}"),
        None => format!("{off}{value}"),
    });
    let entries = prop::collection::vec(
        (space(), entry).prop_map(|(space, entry)| format!("{space}{entry}")),
        0..4,
    );
    let head = (prop::sample::select(vec!["", "", "(t)", "/-"]), text(), entries);
    let leaf = head.prop_map(|(before, name, entries)| format!("{before}{name}{}", entries.concat()));
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let end = prop::sample::select(vec![";", "\n", " //c\n", " ;\n", "\n\n"]);
        let inside = prop::collection::vec((inner.clone(), end).prop_map(|(node, end)| node + end), 0..4);
        let block = prop::sample::select(vec!["{", " {", " /-{", "{ "]);
        (inner, block, inside).prop_map(|(node, open, inside)| match node.ends_with('}') {
            true => node,
            false => format!("{node}{open}{}}}", inside.concat()),
        })
    })
}

proptest! {
    #[test]
    fn both_readers_agree_on_any_pieces(pieces in prop::collection::vec(piece(), 0..14)) {
        agree(&pieces.concat());
    }

    #[test]
    fn both_readers_agree_on_well_made_nodes(nodes in prop::collection::vec(node(), 0..4)) {
        prop_assert!(agree(&nodes.join("\n")));
    }

    #[test]
    fn both_readers_agree_on_any_text(text in ".{0,40}") {
        agree(&text);
    }
}
