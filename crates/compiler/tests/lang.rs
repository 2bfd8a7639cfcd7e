//! Runs the manual: every definition in `tests/lang/*.md` is compiled, and what is told of it must be what stands
//! beside it.
//!
//! The definitions under one heading are compiled together; one of the same file begins anew. What is expected of a line
//! stands in a comment below it, marked where it is meant:
//!
//! ```text
//! check "visit_dat <= today()" "The visit cannot be in the future"
//! //     ───────── error[unknown-name]: nothing is called `visit_dat` here
//! //     help: did you mean `visit_date`?
//! ```
//!
//! or, wherever in the line it is meant, in a comment behind it. The help may be left out. A definition that is no
//! whole file is put into a form, and if it needs one into a section. Cases are run, too.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use compiler::{Code, Compiled, Diagnostic, Key, Sources, Within, compile};

/// What is expected to be told of a line.
#[derive(Debug)]
struct Expected {
    line: usize,
    /// The first character that is meant, and how many are; from 1.
    mark: Option<(usize, usize)>,
    /// `error[unknown-name]: …`, as it is shown.
    told: String,
    help: Option<String>,
}

/// A definition of the manual.
struct Block {
    path: String,
    text: String,
    /// How many lines stand in front that the manual does not show.
    added: usize,
    /// The line of the manual that its first line is.
    line: usize,
}

/// The definitions under one heading.
struct Example {
    heading: String,
    blocks: Vec<Block>,
}

fn manual() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lang");
    let mut pages: Vec<(PathBuf, String)> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md"))
        .filter_map(|entry| Some((entry.path(), fs::read_to_string(entry.path()).ok()?)))
        .collect();
    pages.sort();
    pages
}

fn examples(page: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut current = Example {
        heading: String::new(),
        blocks: Vec::new(),
    };
    let mut lines = page.lines().enumerate();
    while let Some((_, line)) = lines.next() {
        if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim().to_owned();
            let blocks = Vec::new();
            examples.push(std::mem::replace(&mut current, Example { heading, blocks }));
        }
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let first = lines.clone().next().map_or(0, |(number, _)| number + 1);
        let inside: Vec<&str> = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| *line != "```")
            .collect();
        let mut info = info.split(' ');
        if matches!(info.next(), Some("kdl" | "lock")) {
            let block = block(&inside, info.next().filter(|path| !path.is_empty()), first);
            if current.blocks.iter().any(|other| other.path == block.path) {
                let heading = current.heading.clone();
                let blocks = Vec::new();
                examples.push(std::mem::replace(&mut current, Example { heading, blocks }));
            }
            current.blocks.push(block);
        }
    }
    examples.push(current);
    examples
}

fn block(inside: &[&str], path: Option<&str>, line: usize) -> Block {
    let text = inside.join("\n") + "\n";
    let first = inside
        .iter()
        .map(|line| line.trim())
        .find(|line| !line.is_empty() && !line.starts_with("//"));
    let mut words = first.unwrap_or_default().split([' ', '{']);
    let (word, name) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or("example"),
    );
    let in_form = [
        "section", "title", "about", "voice", "sign-off", "clock", "summary",
    ];
    let (usual, before, after) = match word {
        _ if path.is_some() => (String::new(), "", ""),
        "form" => (format!("{name}.kdl"), "", ""),
        "cases" => (format!("{name}.cases.kdl"), "", ""),
        "component" => (format!("components/{name}.kdl"), "", ""),
        "options" if first.is_some_and(|line| line.ends_with('{')) => (format!("codes/{name}.kdl"), "", ""),
        "title" => ("example.kdl".to_owned(), "form example version=1 {\n", "}\n"),
        word if in_form.contains(&word) => (
            "example.kdl".to_owned(),
            "form example version=1 {\ntitle \"Example\"\n",
            "}\n",
        ),
        _ => (
            "example.kdl".to_owned(),
            "form example version=1 {\ntitle \"Example\"\nsection page \"Page\" {\n",
            "}\n}\n",
        ),
    };
    Block {
        path: format!("forms/{}", path.map_or(usual, str::to_owned)),
        text: format!("{before}{text}{after}"),
        added: before.lines().count(),
        line,
    }
}

/// What the comments of a definition expect.
fn expected(block: &Block) -> Vec<Expected> {
    let mut found: Vec<Expected> = Vec::new();
    let mut about = 0;
    for (index, line) in block.text.lines().enumerate() {
        let line_number = index + 1;
        let (before, comment) = match line.rsplit_once("//") {
            Some((before, comment)) => (before, comment.trim()),
            None => (line, ""),
        };
        let alone = before.trim().is_empty() && line.contains("//");
        let (marks, told) = comment.split_at(comment.find(|c| c != '─').unwrap_or(comment.len()));
        let told = told.trim();
        let is_told = told.starts_with("error[") || told.starts_with("warning[");
        if alone && let (Some(help), Some(last)) = (comment.strip_prefix("help: "), found.last_mut()) {
            last.help = Some(help.to_owned());
        } else if alone && is_told {
            let start = line.chars().position(|c| c == '─').map_or(1, |at| at + 1);
            found.push(Expected {
                line: about,
                mark: Some((start, marks.chars().count())),
                told: told.to_owned(),
                help: None,
            });
        } else {
            about = line_number;
            if is_told {
                found.push(Expected {
                    line: line_number,
                    mark: None,
                    told: told.to_owned(),
                    help: None,
                });
            }
        }
    }
    found
}

/// Where a diagnostic stands, as people count: line, first character, how many.
fn position(diagnostic: &Diagnostic, text: &str) -> (usize, usize, usize) {
    let span = diagnostic.place.span.range();
    let before = text.get(..span.start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let meant = text.get(span).unwrap_or_default();
    let meant = meant.lines().next().unwrap_or_default().chars().count();
    (
        before.matches('\n').count() + 1,
        text.get(line_start..before.len())
            .unwrap_or_default()
            .chars()
            .count()
            + 1,
        meant,
    )
}

fn is_met(expected: &Expected, diagnostic: &Diagnostic, text: &str) -> bool {
    let (line, start, width) = position(diagnostic, text);
    let word = if diagnostic.is_error() { "error" } else { "warning" };
    line == expected.line
        && format!("{word}[{}]: {}", diagnostic.code, diagnostic.message) == expected.told
        && expected.mark.is_none_or(|mark| mark == (start, width.max(1)))
        && expected
            .help
            .as_ref()
            .is_none_or(|help| diagnostic.help.as_ref() == Some(help))
}

/// What of an example is not as the manual says.
fn failures(example: &Example) -> Vec<String> {
    let files = example
        .blocks
        .iter()
        .map(|block| (block.path.clone(), block.text.clone()));
    let sources: Sources = files.collect();
    let compiled = compile(&sources);
    let of_cases = cases::run(&sources, &compiled).diagnostics;
    let Compiled {
        mut diagnostics,
        forms,
    } = compiled;
    diagnostics.extend(of_cases);
    let mut failures = Vec::new();
    let mut met = BTreeSet::new();
    for block in &example.blocks {
        for expected in expected(block) {
            let found = diagnostics.iter().enumerate().find(|(index, diagnostic)| {
                sources.path(diagnostic.place.file) == block.path
                    && !met.contains(index)
                    && is_met(&expected, diagnostic, &block.text)
            });
            match found {
                Some((index, _)) => {
                    met.insert(index);
                }
                None => {
                    let line = (expected.line + block.line).saturating_sub(block.added + 1);
                    let help = expected.help.as_deref().unwrap_or_default();
                    failures.push(format!("line {line} expects\n{}\n{help}", expected.told));
                }
            }
        }
    }
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if !met.contains(&index) {
            failures.push(format!("nobody expects\n{}", diagnostic.render(&sources)));
        }
    }
    let defines_forms = example.blocks.iter().any(|block| block.text.starts_with("form "));
    if defines_forms && forms.is_empty() && !diagnostics.iter().any(Diagnostic::is_error) {
        failures.push("nothing is wrong, and there is no form".to_owned());
    }
    failures
}

#[test]
fn every_definition_of_the_manual_is_told_what_stands_beside_it() {
    let mut report = String::new();
    for (path, page) in manual() {
        for example in examples(&page) {
            for failure in failures(&example) {
                let page = path.file_name().unwrap_or_default().to_string_lossy();
                report += &format!("\n── {page}, “{}”: {failure}\n", example.heading);
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_code_has_a_place_in_the_manual() {
    let told: BTreeSet<String> = manual()
        .iter()
        .flat_map(|(_, page)| examples(page))
        .flat_map(|example| example.blocks)
        .flat_map(|block| expected(&block))
        .filter_map(|expected| Some(expected.told.split_once('[')?.1.split_once(']')?.0.to_owned()))
        .collect();
    let missing: Vec<&str> = Code::all()
        .map(Code::as_str)
        .filter(|code| !told.contains(*code))
        .collect();
    assert_eq!(missing, [""; 0], "no page of the manual shows these");
    for code in told {
        assert!(
            Code::all().any(|known| known.as_str() == code),
            "there is no code `{code}`"
        );
    }
}

#[test]
fn every_word_and_every_kind_has_a_place_in_the_manual() {
    let written: BTreeSet<String> = manual()
        .iter()
        .flat_map(|(_, page)| examples(page))
        .flat_map(|example| example.blocks)
        .flat_map(|block| {
            block
                .text
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let keys = Key::ALL.iter().map(|key| key.name());
    let kinds = form::kinds::ALL
        .iter()
        .flat_map(|kind| std::iter::once(kind.name).chain(kind.settings.iter().map(|setting| setting.name)));
    let of_cases = cases::Word::ALL.iter().map(|word| word.name());
    let missing: Vec<&str> = keys
        .chain(kinds)
        .chain(of_cases)
        .filter(|word| !written.contains(*word))
        .collect();
    assert_eq!(missing, [""; 0], "no page of the manual uses these");
    assert!(Within::Form.words().count() > 5);
}
