//! What could stand at the cursor.

use cases::{Block, Word};
use compiler::kdl::Node;
use compiler::{FileId, Within};
use form::{Kind, SubjectProperty};

use crate::cursor::{Cursor, Part};
use crate::index::{Declared, Folder, find};
use crate::{Completion, Desk, Sort};

pub(crate) fn complete(desk: &Desk<'_>, file: FileId, offset: u32) -> Option<Vec<Completion>> {
    let document = desk.document(file)?;
    let cursor = Cursor::at(document, offset);
    if cases::is_cases(desk.sources.path(file)) {
        return Some(in_cases(desk, file, &cursor));
    }
    if let Some(expression) = cursor.expression() {
        return Some(in_expression(desk, file, &cursor, expression));
    }
    let Some(line) = cursor.line else {
        return Some(words(cursor.within(), cursor.block));
    };
    match cursor.part()? {
        Part::Word => Some(words(cursor.within(), cursor.block)),
        part => Some(values(desk, file, line, &part)),
    }
}

fn completion(text: impl Into<String>, sort: Sort, doc: impl Into<String>) -> Completion {
    Completion {
        text: text.into(),
        sort,
        doc: doc.into(),
    }
}

/// The words that can begin a line of a block.
fn words(within: Option<Within>, block: Option<Node<'_>>) -> Vec<Completion> {
    let Some(within) = within else {
        let files = ["form", "component", "options", "rules"];
        return match block {
            None => files.map(|word| completion(word, Sort::Word, "")).to_vec(),
            Some(_) => Vec::new(),
        };
    };
    let keys = compiler::Key::ALL.iter().filter(|key| key.stands_in(within));
    let mut found: Vec<Completion> = keys
        .map(|key| completion(key.name(), Sort::Word, key.doc()))
        .collect();
    if within.holds_questions() {
        found.extend(
            form::kinds::ALL
                .iter()
                .map(|kind| completion(kind.name, Sort::Kind, kind.doc)),
        );
    }
    if let Some(info) = block.and_then(|block| Kind::info(&block.name().get())) {
        found.extend(
            info.settings
                .iter()
                .map(|setting| completion(setting.name, Sort::Word, setting.doc)),
        );
        if info.settings.iter().any(|setting| setting.name == "options") {
            found.push(completion("option", Sort::Word, compiler::Key::Option.doc()));
        }
    }
    found
}

/// What can stand behind the first word of a line.
fn values(desk: &Desk<'_>, file: FileId, line: Node<'_>, part: &Part) -> Vec<Completion> {
    let few = |words: &[&str]| {
        words
            .iter()
            .map(|word| completion(*word, Sort::Value, ""))
            .collect()
    };
    let files = |folder| {
        let files = desk.files_in(folder).into_iter();
        files
            .map(|(name, label)| completion(name, Sort::File, label))
            .collect()
    };
    match (&*line.name().get(), part) {
        ("use", Part::Argument(0)) => files(Folder::Components),
        ("options", Part::Argument(0)) => files(Folder::Codes),
        ("starts" | "variant", Part::Argument(0)) => names(&desk.declared(file)),
        ("about", Part::Argument(0)) => few(&["children", "child"]),
        ("voice", Part::Argument(0)) => few(&["none", "short", "full"]),
        ("stage", Part::Argument(0)) => few(&["team_manager", "service_manager"]),
        ("section", Part::Property(key)) if key == "for-each" => few(&["child"]),
        ("check", Part::Property(key)) if key == "severity" => few(&["submit", "approve", "warn", "nudge"]),
        ("allow", Part::Argument(0)) => {
            let codes = compiler::Code::all().filter(|code| code.severity() == compiler::Severity::Warning);
            codes
                .map(|code| completion(code.as_str(), Sort::Value, code.doc()))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn names(declared: &[Declared<'_>]) -> Vec<Completion> {
    let names = declared
        .iter()
        .map(|declared| completion(&declared.name, Sort::Name, described(declared)));
    names.collect()
}

/// What one calls a declared thing, in a line.
pub(crate) fn described(declared: &Declared<'_>) -> String {
    match declared.label.as_str() {
        "" => declared.word.clone(),
        label => format!("{}: {label}", declared.word),
    }
}

/// What can stand in an expression: names, options of what is compared, functions.
fn in_expression(
    desk: &Desk<'_>,
    file: FileId,
    cursor: &Cursor<'_>,
    expression: compiler::Span,
) -> Vec<Completion> {
    let declared = desk.declared(file);
    let around = around(cursor);
    let (name, span) = cursor.name_in(expression);
    if let Some((holder, _)) = name.rsplit_once('.') {
        if holder == "child" {
            let properties = SubjectProperty::ALL.iter();
            return properties
                .map(|(_, name)| completion(*name, Sort::Name, "what is known of the child"))
                .collect();
        }
        let last = holder.rsplit('.').next().unwrap_or_default();
        let inside: Vec<Declared<'_>> = declared
            .into_iter()
            .filter(|inner| inner.around.iter().any(|name| name == last))
            .collect();
        return names(&inside);
    }
    let before = cursor.written(compiler::Span {
        start: expression.start,
        end: span.start,
    });
    let mut found = Vec::new();
    let compared = compared(before).and_then(|name| find(&declared, name, &around));
    if let Some(question) = compared {
        let options = desk.options(question.node, question.file).into_iter();
        found.extend(options.map(|option| completion(option.code, Sort::Value, option.label)));
    }
    if found.is_empty() {
        found.extend(names(&declared));
        found.push(completion(
            "child",
            Sort::Name,
            "the child that the page is about",
        ));
        let functions = feel::builtins::functions();
        found.extend(functions.map(|about| {
            let usage = about.usages().next().unwrap_or_default();
            completion(about.name, Sort::Function, usage)
        }));
    }
    found
}

/// The name that is compared with what comes next, in what stands before it.
fn compared(before: &str) -> Option<&str> {
    let before = before.trim_end();
    let left = match before.rsplit_once('(') {
        // One of the values behind `in (`.
        Some((left, values)) if left.trim_end().ends_with(" in") && !values.contains(')') => {
            left.trim_end().strip_suffix("in")?
        }
        _ => before.strip_suffix("!=").or_else(|| before.strip_suffix('='))?,
    };
    let left = left.trim_end();
    let name = left
        .rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
        .next()?;
    Some(name).filter(|name| !name.is_empty())
}

/// The names of what stands around the cursor, outermost first.
pub(crate) fn around(cursor: &Cursor<'_>) -> Vec<String> {
    let holders = std::iter::successors(cursor.block.or(cursor.line), |node| node.parent());
    let mut names: Vec<String> = holders
        .filter(|node| matches!(&*node.name().get(), "section" | "group" | "repeat"))
        .filter_map(|node| Some(node.arguments().next()?.text()?.get().into_owned()))
        .collect();
    names.reverse();
    names
}

/// Does a line of cases that begins with this word name clocks?
pub(crate) fn is_about_clocks(word: &str) -> bool {
    [Word::Running, Word::Idle]
        .iter()
        .any(|known| known.name() == word)
}

/// What can stand in a file of cases.
fn in_cases(desk: &Desk<'_>, file: FileId, cursor: &Cursor<'_>) -> Vec<Completion> {
    let declared = desk.declared(file);
    let holders: Vec<Node<'_>> = std::iter::successors(cursor.block, |node| node.parent()).collect();
    let inner = |word: &str| holders.iter().any(|node| node.name().get() == word);
    let block = match holders
        .first()
        .map(|node| node.name().get().into_owned())
        .as_deref()
    {
        None => return vec![completion("cases", Sort::Word, "the cases of a form")],
        Some("cases") => Block::Cases,
        Some("case") => Block::Case,
        _ if inner("given") => Block::Given,
        Some("then") => Block::Then,
        _ => Block::ThenInside,
    };
    let begins = cursor.line.is_none() || matches!(cursor.part(), Some(Part::Word));
    if begins {
        let words = block
            .words()
            .map(|word| completion(word.name(), Sort::Word, word.doc()));
        let questions = if block == Block::Given {
            names(&declared)
        } else {
            Vec::new()
        };
        return words.chain(questions).collect();
    }
    let Some(line) = cursor.line else {
        return Vec::new();
    };
    let word = line.name().get();
    let question = match block {
        Block::Given if Word::find(&word, block).is_none() => find(&declared, &word, &[]),
        Block::Then if is_about_clocks(&word) => return names(&desk.clocks(file)),
        Block::Then | Block::ThenInside if matches!(cursor.part(), Some(Part::Argument(1..))) => {
            let named = line.arguments().next().and_then(|named| named.text());
            let is_about_options = matches!(&*word, "offered" | "withheld" | "computed");
            named
                .filter(|_| is_about_options)
                .and_then(|named| find(&declared, &named.get(), &[]))
        }
        Block::Then | Block::ThenInside => return names(&declared),
        _ => None,
    };
    let options = question
        .map(|question| desk.options(question.node, question.file))
        .unwrap_or_default();
    match (options.is_empty(), block) {
        (true, Block::Then | Block::ThenInside) => names(&declared),
        _ => options
            .into_iter()
            .map(|option| completion(option.code, Sort::Value, option.label))
            .collect(),
    }
}
