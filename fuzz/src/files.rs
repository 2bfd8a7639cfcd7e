//! The files of a form in one text, as the manual shows them one below the other.
//!
//! A line that begins with `===` ends a file, and may name the path of the next. Without a path, the first word says
//! where a file belongs; one that is no whole file is put into a form.

use compiler::Sources;

/// What begins the line between two files.
const BETWEEN: &str = "===";

/// The files that a text holds.
pub fn sources(text: &str) -> Sources {
    let mut sources = Sources::default();
    let mut path = "";
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(named) = line.strip_prefix(BETWEEN) {
            insert(&mut sources, path, text.get(start..at).unwrap_or_default());
            path = named.trim();
            start = at + line.len();
        }
        at += line.len();
    }
    insert(&mut sources, path, text.get(start..).unwrap_or_default());
    sources
}

fn insert(sources: &mut Sources, path: &str, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    let lines = text.lines().map(str::trim);
    let first = lines
        .filter(|line| !line.starts_with("//"))
        .find(|line| !line.is_empty());
    let mut words = first.unwrap_or_default().split([' ', '{', '"']);
    let word = words.next().unwrap_or_default();
    let name = words.next().filter(|name| !name.is_empty()).unwrap_or("example");
    let (usual, before, after) = match word {
        _ if !path.is_empty() => (path.to_owned(), "", ""),
        "form" => (format!("{name}.kdl"), "", ""),
        "cases" => (format!("{name}.cases.kdl"), "", ""),
        "component" => (format!("components/{name}.kdl"), "", ""),
        "options" => (format!("codes/{name}.kdl"), "", ""),
        "rules" => (format!("rules/{name}.kdl"), "", ""),
        "title" => ("example.kdl".to_owned(), "form example version=1 {\n", "}\n"),
        "section" | "about" | "voice" | "sign-off" | "clock" | "summary" => {
            let before = "form example version=1 {\ntitle \"Example\"\n";
            ("example.kdl".to_owned(), before, "}\n")
        }
        _ => {
            let before = "form example version=1 {\ntitle \"Example\"\nsection page \"Page\" {\n";
            ("example.kdl".to_owned(), before, "}\n}\n")
        }
    };
    sources.insert(format!("forms/{usual}"), format!("{before}{text}{after}"));
}
