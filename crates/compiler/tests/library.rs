//! What `forms/README.md` says of the library is so: the forms it has, and where it checks which rules of the census.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms")
}

/// What stands under a heading of the README.
fn under(heading: &str) -> String {
    let text = fs::read_to_string(folder().join("README.md")).unwrap_or_default();
    let mut parts = text.split("\n## ").filter_map(|part| part.split_once('\n'));
    let found = parts.find(|(title, _)| *title == heading);
    found.map_or_else(String::new, |(_, text)| text.to_owned())
}

/// The first two cells of the rows of the table under a heading.
fn table(heading: &str) -> Vec<(String, String)> {
    let text = under(heading);
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    });
    rows.skip_while(|(cell, _)| cell != "---").skip(1).collect()
}

/// What stands in backticks.
fn names(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The texts of the forms and components, by their names.
fn definitions() -> BTreeMap<String, String> {
    let folders = [folder(), folder().join("components")];
    let files = folders.iter().filter_map(|folder| fs::read_dir(folder).ok());
    let named = files.flatten().flatten().filter_map(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        let name = name
            .strip_suffix(".kdl")
            .filter(|name| !name.ends_with(".cases"))?;
        Some((name.to_owned(), fs::read_to_string(file.path()).ok()?))
    });
    named.collect()
}

/// The rules of the census that a definition quotes to whoever fills in a form, or names in a concept.
fn quoted(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let quotes = text
        .split("census rule")
        .skip(1)
        .filter_map(|rest| rest.split(['(', ')', '"']).next());
    let concepts = text
        .split("concept=\"cin.")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let words = quotes
        .chain(concepts)
        .flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
    let rules = words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    rules.map(str::to_owned).collect()
}

/// The definitions that begin with this word.
fn defined(word: &str) -> BTreeSet<String> {
    let begins = |text: &str| text.lines().any(|line| line.starts_with(word));
    let found = definitions().into_iter().filter(|(_, text)| begins(text));
    found.map(|(name, _)| name).collect()
}

#[test]
fn every_form_has_its_line() {
    let listed: BTreeSet<String> = table("Which form")
        .iter()
        .flat_map(|(form, _)| names(form))
        .collect();
    assert!(!listed.is_empty());
    assert_eq!(listed, defined("form "));
}

#[test]
fn every_component_is_named() {
    let text = under("Components");
    let named: BTreeSet<String> = names(&text).into_iter().filter(|name| name != "use").collect();
    assert_eq!(named, defined("component "));
}

#[test]
fn every_rule_is_checked_where_it_is_said_to_be_and_nowhere_else() {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (rule, places) in table("Rules of the census that are checked") {
        assert_eq!(
            said.insert(rule.clone(), names(&places)),
            None,
            "rule {rule} stands twice"
        );
    }
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, text) in definitions() {
        for rule in quoted(&text) {
            found.entry(rule).or_default().insert(name.clone());
        }
    }
    assert_eq!(said, found);
}

/// Of the 121 rules of the census of 2026-27, 94 are about one record; the others need a whole return or a whole year.
#[test]
fn every_rule_about_a_record_is_accounted_for_once() {
    let checked = table("Rules of the census that are checked");
    let unchecked = table("Rules of the census that are not checked");
    let rules: Vec<&str> = checked
        .iter()
        .chain(&unchecked)
        .flat_map(|(rules, _)| rules.split(", "))
        .collect();
    let once: BTreeSet<&str> = rules.iter().copied().collect();
    assert_eq!(once.len(), rules.len(), "a rule stands twice");
    assert_eq!(rules.len(), 94);
}

/// Does a definition hold people to this question: must it be answered there, or is there a check of it?
fn holds(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let names = |line: &str| line.split(|c: char| !is_word(c)).any(|word| word == name);
    let asks = |line: &str| {
        let mut words = line.split_whitespace();
        let is_question = words.next().is_some_and(|kind| form::Kind::info(kind).is_some());
        is_question && words.next() == Some(name)
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut from = lines.iter().skip_while(|line| !asks(line));
    let depth = from.next().map(|line| indent(line));
    let mut block = from.take_while(|line| depth.is_some_and(|depth| indent(line) > depth));
    let binds = |line: &str| {
        ["required", "check "]
            .iter()
            .any(|word| line.trim_start().starts_with(word))
    };
    let checks = |line: &&str| line.trim_start().starts_with("check ") && names(line);
    lines.iter().any(checks) || block.any(|line| binds(line))
}

#[test]
fn every_rule_about_hearing_children_is_where_it_is_said_to_be() {
    let text = under("Rules about hearing children that are checked");
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('`'));
    let definitions = definitions();
    let mut count = 0;
    for row in rows {
        let cells: Vec<&str> = row.split(" | ").collect();
        let (places, questions) = (names(cells[1]), names(cells[2]));
        for question in &questions {
            let is_held = places.iter().any(|place| holds(&definitions[place], question));
            assert!(is_held, "nothing holds `{question}`: {row}");
        }
        for place in &places {
            let is_one = questions
                .iter()
                .any(|question| holds(&definitions[place], question));
            assert!(is_one, "`{place}` holds none of it: {row}");
        }
        count += 1;
    }
    assert!(count > 10, "{count}");
}

/// Where a message tells how long something may take, the number stands beside the length, and is the same.
#[test]
fn what_packs_say_twice_they_say_alike() {
    let folder = folder().join("rules");
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let texts: Vec<String> = files
        .filter_map(|file| fs::read_to_string(file.path()).ok())
        .collect();
    let terms: BTreeMap<&str, &str> = texts
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.trim().strip_prefix("term ")?.split_once(' '))
        .collect();
    let mut count = 0;
    for (name, length) in &terms {
        for unit in ["hours", "days", "weeks", "months"] {
            if let Some(number) = terms.get(format!("{name}_{unit}").as_str()) {
                assert_eq!(*length, format!("\"{number} {unit}\""), "{name}");
                count += 1;
            }
        }
    }
    assert!(count > 0);
}
