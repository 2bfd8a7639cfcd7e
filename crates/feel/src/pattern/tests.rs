//! What XPath says patterns match, and what it says are none.

use super::Pattern;

/// From the examples of XQuery and XPath Functions 3.1, section 5.6.3.
const POEM: &str = "Kaum hat dies der Hahn gesehen,\nFängt er auch schon an zu krähen";

fn matches(text: &str, pattern: &str, flags: &str) -> Option<bool> {
    let pattern = Pattern::new(pattern, flags).ok()?;
    let text: Vec<char> = text.chars().collect();
    pattern
        .matches(&text, 1, &mut 1_000_000)
        .map(|matches| !matches.is_empty())
}

#[test]
fn patterns_match_as_in_xpath() {
    for (text, pattern, flags, expected) in [
        ("abracadabra", "bra", "", true),
        ("abracadabra", "^a.*a$", "", true),
        ("abracadabra", "^bra", "", false),
        (POEM, "Kaum.*krähen", "", false),
        (POEM, "Kaum.*krähen", "s", true),
        (POEM, "^Fängt er.*krähen$", "m", true),
        (POEM, "HAHN", "i", true),
        ("eins\nzwei\ndrei", "^zwei$", "m", true),
        ("eins\nzwei\ndrei", "^zwei$", "", false),
        ("helloworld", "hello world", "x", true),
        ("helloworld", "hello[ ]world", "x", false),
        ("hello world", "hello\\ sworld", "x", true),
        ("a.b", "a.b", "q", true),
        ("axb", "a.b", "q", false),
        ("A.B", "a.b", "qi", true),
        ("abab", "(ab)\\1", "", true),
        ("abac", "(ab)\\1", "", false),
        ("\"x\"", "(['\"]).*?\\1", "", true),
        ("aXbxc", "(x).\\1", "i", true),
        ("x", "[A-Z-[OI]]", "i", true),
        ("O", "[A-Z-[OI]]", "i", false),
        ("o", "[A-Z-[OI]]", "", false),
        ("q", "[^Q]", "i", false),
        ("\u{212A}", "[A-Z]", "i", true),
        ("k", "\u{212A}", "i", true),
        ("-", "[a-]", "", true),
        ("-", "[-a]", "", true),
        ("aab", "^a{2}b$", "", true),
        ("aaab", "^a{2}b$", "", false),
        ("aaaab", "^a{2,}b$", "", true),
        ("aaaab", "^a{2,3}b$", "", false),
        ("", "^$", "", true),
        ("", "^(a*)*$", "", true),
        ("aaa", "^(a|aa)+$", "", true),
        ("é", "\\w", "", true),
        ("-", "\\w", "", false),
        ("É", "\\p{Lu}", "", true),
        ("é", "\\P{Lu}", "", true),
        ("7", "\\d", "", true),
        ("x7", "^\\i\\c*$", "", true),
        ("7x", "^\\i\\c*$", "", false),
        ("aba", "^(?:a|b)+$", "", true),
        ("SW1A 1AA", "^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}$", "", true),
    ] {
        assert_eq!(
            matches(text, pattern, flags),
            Some(expected),
            "{text:?} {pattern:?} {flags:?}"
        );
    }
}

#[test]
fn what_xpath_refuses_is_no_pattern() {
    for pattern in [
        "(",
        ")",
        "[",
        "]",
        "[]",
        "{",
        "a{",
        "a{2",
        "a{3,2}",
        "*",
        "+a",
        "?",
        "a**",
        "\\",
        "\\z",
        "\\1",
        "(a)\\2",
        "(.)\\3",
        "(a\\1)",
        "[\\1]",
        "\\p",
        "\\p{",
        "\\p{Nope}",
        "[z-a]",
        "[a-\\d]",
        "(?=a)",
        "[a-[b]c]",
        "[[a]]",
        "[a-b-c]",
        "}",
        "a{,2}",
        "a{9999}",
    ] {
        assert!(Pattern::new(pattern, "").is_err(), "{pattern}");
    }
    for flags in ["p", " ", "X", "si "] {
        assert!(Pattern::new("a", flags).is_err(), "{flags}");
    }
}

#[test]
fn hostile_patterns_end() {
    let text: Vec<char> = "a".repeat(5_000).chars().collect();
    let nested = Pattern::new("^(a+)+$|(a|a)*b", "").unwrap();
    let mut steps = 4_000_000;
    assert_eq!(
        nested.matches(&text, 1, &mut steps).map(|matches| matches.len()),
        Some(1)
    );
    let referring = Pattern::new("^(a+)+(\\1)+b$", "").unwrap();
    assert_eq!(referring.matches(&text, 1, &mut 1_000_000), None);
    assert!(Pattern::new("((a{100}){100}){100}", "").is_err());
    assert!(Pattern::new(&"(".repeat(500), "").is_err());
}
