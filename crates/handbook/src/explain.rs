//! What a diagnostic means: its own words, and an example of the manual in which it is told.

use std::fmt::Write as _;

use compiler::{Code, Severity};

use crate::Page;
use crate::html::{self, text, with_code};

macro_rules! manual {
    ($($page:literal)*) => {
        /// The manual, page by page.
        pub(crate) const MANUAL: &[(&str, &str)] = &[$(
            ($page, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/lang/", $page, ".md"))),
        )*];
    };
}

manual! {
    "README"
    "forms" "writing" "questions" "kinds" "options" "conditions" "checks" "children" "repeats" "components" "sign_off"
    "variants" "rules" "analysis" "versions" "cases" "editor"
}

/// An example of the manual.
struct Example {
    page: &'static str,
    heading: &'static str,
    lines: Vec<&'static str>,
}

/// The page of a diagnostic's code, to be read in a terminal; nothing if there is no such code.
pub fn explain(code: &str) -> Option<String> {
    let code = Code::all().find(|known| known.as_str() == code)?;
    let mut page = format!("{}\n\n{}\n", heading(code), folded(code.doc()));
    if let Some(example) = example(code) {
        let _ = write!(page, "\nFor example:\n\n");
        for line in &example.lines {
            let _ = writeln!(page, "    {line}");
        }
        let _ = write!(
            page,
            "\nMore: “{}” in tests/lang/{}.md\n",
            example.heading, example.page
        );
    }
    Some(page)
}

/// Every code that can be explained.
pub fn known_codes() -> impl Iterator<Item = &'static str> {
    Code::all().map(Code::as_str)
}

/// The page of all codes.
pub(crate) fn page() -> Page {
    let title = "What is wrong, and what it means";
    let mut body = format!("<h1>{title}</h1>\n");
    for code in Code::all() {
        let _ = writeln!(
            body,
            "<h2 id=\"{code}\">{}</h2>\n<p>{}</p>",
            text(&heading(code)),
            with_code(&code.doc().replace("  ", " "))
        );
        if let Some(example) = example(code) {
            let _ = writeln!(body, "<pre>{}</pre>", text(&example.lines.join("\n")));
        }
    }
    Page {
        file: "diagnostics.html".to_owned(),
        title: title.to_owned(),
        html: html::page(title, &body),
    }
}

fn heading(code: Code) -> String {
    match code.severity() {
        Severity::Error => format!("error[{code}]"),
        Severity::Warning => format!("warning[{code}]"),
    }
}

/// The first example that the manual gives of a code.
fn example(code: Code) -> Option<Example> {
    let told = format!("[{code}]: ");
    MANUAL.iter().find_map(|(page, text)| {
        let mut heading = "";
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line.starts_with('#') {
                heading = line.trim_start_matches('#').trim();
            }
            if line.starts_with("```") {
                let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                if inside.iter().any(|line| line.contains(&told)) {
                    return Some(Example {
                        page,
                        heading,
                        lines: inside,
                    });
                }
            }
        }
        None
    })
}

/// A text in lines of a length that one can read.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if length > 0 && length + width + 1 > 80 {
            folded.push('\n');
            length = 0;
        } else if length > 0 {
            folded.push(' ');
            length += 1;
        }
        folded.push_str(word);
        length += width;
    }
    folded
}
