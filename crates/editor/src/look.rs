//! What the cursor points at: what it is, and where it is defined.

use cases::Word;
use compiler::kdl::Entry;
use compiler::{FileId, Key, Place, Span};
use form::{Kind, SubjectProperty};

use crate::complete::{around, described, is_about_clocks};
use crate::cursor::{Cursor, Part};
use crate::index::{Choice, Declared, Folder, find};
use crate::{Desk, Hover};

/// What is pointed at.
enum Target<'d> {
    /// Something with a name.
    Declared(Declared<'d>),
    /// An option of a question.
    Option(Choice),
    /// A component or a list of options, in this file.
    File(Folder, FileId),
    /// A word of the language, a kind, a setting or a function.
    Word(String),
}

pub(crate) fn hover(desk: &Desk<'_>, file: FileId, offset: u32) -> Option<Hover> {
    let cursor = Cursor::at(desk.document(file)?, offset);
    let (target, span) = target(desk, file, &cursor)?;
    let text = match target {
        Target::Word(text) => text,
        Target::Option(choice) => format!("`{}`: {}", choice.code, choice.label),
        Target::Declared(declared) => {
            let mut text = described(&declared);
            for option in desk.options(declared.node, declared.file) {
                text += &format!("\n- `{}`: {}", option.code, option.label);
            }
            text
        }
        Target::File(folder, inside) => {
            let node = desk.document(inside)?.nodes().next()?;
            let lines: Vec<String> = match folder {
                Folder::Codes => {
                    let options = desk.options(node, inside).into_iter();
                    options
                        .map(|option| format!("- `{}`: {}", option.code, option.label))
                        .collect()
                }
                Folder::Components => node
                    .arguments()
                    .filter_map(Entry::text)
                    .map(|text| text.get().into_owned())
                    .collect(),
            };
            lines.join("\n")
        }
    };
    Some(Hover { span, text })
}

pub(crate) fn definition(desk: &Desk<'_>, file: FileId, offset: u32) -> Option<Place> {
    let cursor = Cursor::at(desk.document(file)?, offset);
    match target(desk, file, &cursor)?.0 {
        Target::Declared(declared) => Some(declared.place),
        Target::Option(choice) => Some(choice.place),
        Target::File(_, file) => {
            let name = desk.document(file)?.nodes().next()?.arguments().next()?;
            Some(Place {
                file,
                span: name.value_span(),
            })
        }
        Target::Word(_) => None,
    }
}

fn target<'d>(desk: &'d Desk<'_>, file: FileId, cursor: &Cursor<'_>) -> Option<(Target<'d>, Span)> {
    let line = cursor.line?;
    if cases::is_cases(desk.sources.path(file)) {
        return in_cases(desk, file, cursor);
    }
    if let Some(expression) = cursor.expression() {
        return in_expression(desk, file, cursor, expression);
    }
    let word = line.name();
    match cursor.part()? {
        Part::Word => Some((Target::Word(of_word(cursor, &word.get())?), word.span())),
        Part::Argument(0) => {
            let named = line.arguments().next()?.text()?;
            let in_folder = |folder| Some(Target::File(folder, desk.file_in(folder, &named.get())?));
            let found = match &*word.get() {
                "use" => in_folder(Folder::Components),
                "options" => in_folder(Folder::Codes),
                "starts" | "variant" => declared(desk, file, &named.get(), &[]),
                _ => None,
            };
            Some((found?, named.span()))
        }
        _ => None,
    }
}

/// What a word that begins a line means.
fn of_word(cursor: &Cursor<'_>, word: &str) -> Option<String> {
    let setting = || {
        let info = Kind::info(&cursor.block?.name().get())?;
        Some(
            info.settings
                .iter()
                .find(|setting| setting.name == word)?
                .doc
                .to_owned(),
        )
    };
    let key = || Some(Key::find(word, cursor.within()?)?.doc().to_owned());
    let kind = || {
        let info = Kind::info(word)?;
        let settings = info
            .settings
            .iter()
            .map(|setting| format!("\n- `{}`: {}", setting.name, setting.doc));
        Some(
            format!("{}\n{}", info.doc, settings.collect::<String>())
                .trim_end()
                .to_owned(),
        )
    };
    let option = || (word == "option").then(|| Key::Option.doc().to_owned());
    setting().or_else(key).or_else(kind).or_else(option)
}

fn declared<'d>(desk: &'d Desk<'_>, file: FileId, name: &str, around: &[String]) -> Option<Target<'d>> {
    let all = desk.declared(file);
    find(&all, name, around).cloned().map(Target::Declared)
}

fn in_expression<'d>(
    desk: &'d Desk<'_>,
    file: FileId,
    cursor: &Cursor<'_>,
    expression: Span,
) -> Option<(Target<'d>, Span)> {
    let (name, span) = cursor.name_in(expression);
    if name.is_empty() {
        return None;
    }
    if let Some(property) = name.strip_prefix("child.") {
        SubjectProperty::named(property)?;
        return Some((
            Target::Word(format!("`{property}` of the child that the page is about")),
            span,
        ));
    }
    let around = around(cursor);
    if let Some(found) = declared(desk, file, &name, &around) {
        return Some((found, span));
    }
    if let Some(about) = feel::builtins::functions().find(|about| about.name == name) {
        let usages: Vec<String> = about.usages().map(|usage| format!("`{usage}`")).collect();
        return Some((Target::Word(usages.join("\n\n")), span));
    }
    // What is neither may be an option of a question that the expression names.
    let text = cursor.written(expression);
    let all = desk.declared(file);
    let names = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'));
    let questions = names.filter_map(|named| find(&all, named, &around));
    let mut options = questions.flat_map(|question| desk.options(question.node, question.file));
    Some((Target::Option(options.find(|option| option.code == name)?), span))
}

fn in_cases<'d>(desk: &'d Desk<'_>, file: FileId, cursor: &Cursor<'_>) -> Option<(Target<'d>, Span)> {
    let line = cursor.line?;
    let word = line.name();
    if let Part::Word = cursor.part()? {
        let meant = Word::ALL.iter().find(|known| known.name() == word.get());
        let found = match (meant, declared(desk, file, &word.get(), &[])) {
            (Some(word), None) => Target::Word(word.doc().to_owned()),
            (_, found) => found?,
        };
        return Some((found, word.span()));
    }
    let entry = line
        .arguments()
        .find(|entry| entry.span().touches(cursor.offset))?;
    let text = entry.text()?;
    if is_about_clocks(&word.get()) {
        let clocks = desk.clocks(file);
        let clock = find(&clocks, &text.get(), &[])?.clone();
        return Some((Target::Declared(clock), text.span()));
    }
    let all = desk.declared(file);
    let question = find(&all, &word.get(), &[]);
    let mut options = question
        .map(|question| desk.options(question.node, question.file))
        .unwrap_or_default()
        .into_iter();
    let found = match options.find(|option| option.code == text.get()) {
        Some(option) => Target::Option(option),
        None => declared(desk, file, &text.get(), &[])?,
    };
    Some((found, text.span()))
}
