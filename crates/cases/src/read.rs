//! Reads a file of cases: the children, the days, and what each case begins with.

use std::collections::BTreeSet;
use std::sync::Arc;

use compiler::kdl::{Document, Entry, Node, Text};
use compiler::{Code, Compiled, CompiledForm, Diagnostic, FileId, Place, Sources, Span};
use engine::Subject;
use feel::{Date, DateTime, Offset, Time};
use form::{Form, Name, RowKey};

use crate::lines;
use crate::suite::{Case, Suite};
use crate::word::{Block, Word};

/// How the name of a file of cases ends; before it stands the name of the form.
pub(crate) const ENDING: &str = ".cases.kdl";
/// What a file of cases begins with.
const CASES: &str = "cases";
/// The most cases of one form.
const MOST_CASES: usize = 10_000;

/// A file of cases being read.
pub(crate) struct Reader<'c, 'r> {
    pub(crate) form: &'c Form,
    pub(crate) file: FileId,
    pub(crate) told: &'r mut Vec<Diagnostic>,
}

/// What cases have in common.
struct Common {
    now: Option<DateTime>,
    children: Vec<Child>,
}

/// A child that records can be about.
struct Child {
    name: String,
    subject: Subject,
}

/// Reads the file at this path; nothing if its form cannot be used.
pub(crate) fn suite<'c>(
    file: FileId,
    path: &str,
    text: &str,
    sources: &Sources,
    compiled: &'c Compiled,
    told: &mut Vec<Diagnostic>,
) -> Option<Suite<'c>> {
    let document = Document::parse(text);
    told.extend(
        document
            .faults()
            .iter()
            .map(|fault| Diagnostic::of_fault(file, fault)),
    );
    if !document.is_reliable() {
        return None;
    }
    let stem = path.strip_suffix(ENDING).unwrap_or(path);
    let head = head(file, stem, &document, told)?;
    let compiled = form_beside(file, stem, head, sources, compiled, told)?;
    let mut reader = Reader {
        form: &compiled.form,
        file,
        told,
    };
    let common = reader.common(head);
    let (cases, unread) = reader.cases(head, &common);
    Some(Suite {
        compiled,
        form: Arc::new(compiled.form.clone()),
        cases,
        unread,
    })
}

/// The one node of the file, which must be about the form that the file is called after.
fn head<'d>(
    file: FileId,
    stem: &str,
    document: &'d Document,
    told: &mut Vec<Diagnostic>,
) -> Option<Node<'d>> {
    let place = |span| Place { file, span };
    let name = stem.rsplit('/').next().unwrap_or_default();
    let help = format!("begin the file with `{CASES} {name} {{`");
    let mut nodes = document.nodes();
    let Some(head) = nodes.next() else {
        if document.faults().is_empty() {
            let message = "this file has no cases";
            told.push(Diagnostic::new(Code::WrongFile, place((0..0).into()), message).help(help));
        }
        return None;
    };
    let named = head.arguments().next().and_then(Entry::text);
    if head.name().get() != CASES || named.is_none_or(|named| named.get() != name) {
        let message = format!("these are no cases of `{name}`, which the file is called after");
        told.push(Diagnostic::new(Code::WrongFile, place(head.head()), message).help(help));
        return None;
    }
    for other in nodes {
        let message = "a file has the cases of one form, and this is something else";
        let diagnostic = Diagnostic::new(Code::WrongFile, place(other.head()), message);
        told.push(diagnostic.help("put it into the braces above"));
    }
    Some(head)
}

/// The form in the same folder.
fn form_beside<'c>(
    file: FileId,
    stem: &str,
    head: Node<'_>,
    sources: &Sources,
    compiled: &'c Compiled,
    told: &mut Vec<Diagnostic>,
) -> Option<&'c CompiledForm> {
    let beside = format!("{stem}.kdl");
    let mut forms = compiled.forms.iter();
    if let Some(found) = forms.find(|compiled| sources.path(compiled.file) == beside) {
        return Some(found);
    }
    let place = Place {
        file,
        span: head.head(),
    };
    let diagnostic = match sources.find(&beside) {
        Some(_) => Diagnostic::new(
            Code::CaseFailed,
            place,
            "the form has mistakes, so no case of it can be filled in",
        )
        .help("mend the form first; `firsthand check` tells what is wrong with it"),
        None => Diagnostic::new(Code::WrongFile, place, format!("there is no form in `{beside}`"))
            .help("cases stand in the folder of their form, and the file is called like the form's"),
    };
    told.push(diagnostic);
    None
}

impl<'c> Reader<'c, '_> {
    pub(crate) fn place(&self, span: Span) -> Place {
        Place {
            file: self.file,
            span,
        }
    }

    pub(crate) fn tell(&mut self, diagnostic: Diagnostic) {
        self.told.push(diagnostic);
    }

    /// The word that a line begins with; tells if it means nothing there.
    pub(crate) fn word(&mut self, node: Node<'_>, block: Block) -> Option<Word> {
        let name = node.name().get();
        let word = Word::find(&name, block);
        if word.is_none() && !node.is_broken() {
            let words = block.words().map(Word::name);
            let help = feel::did_you_mean(&name, words.clone()).unwrap_or_else(|| {
                let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
                format!("here can stand {}", words.join(", "))
            });
            let message = format!("`{name}` means nothing in {}", block.describe());
            self.tell(Diagnostic::new(Code::UnknownKey, self.place(node.name().span()), message).help(help));
        }
        word.filter(|_| !node.is_broken())
    }

    /// The text that must stand behind a word, as its first value.
    pub(crate) fn text<'d>(&mut self, node: Node<'d>, what: &str) -> Option<Text<'d>> {
        let text = node.arguments().next().and_then(Entry::text);
        if text.is_none() {
            let message = format!("`{}` lacks {what}", node.name().get());
            self.tell(Diagnostic::new(
                Code::MissingValue,
                self.place(node.name().span()),
                message,
            ));
        }
        text
    }

    /// Tells of properties that a line cannot have, and of values past the most that it can.
    pub(crate) fn finish(&mut self, node: Node<'_>, values: usize, properties: &[&str]) {
        let word = node.name().get();
        for extra in node.arguments().skip(values) {
            let message = format!("`{word}` has more on its line than it can have");
            self.tell(Diagnostic::new(
                Code::ExtraValue,
                self.place(extra.span()),
                message,
            ));
        }
        for key in node.entries().filter_map(Entry::key) {
            let name = key.get();
            if !properties.contains(&&*name) {
                let message = format!("`{word}` cannot have `{name}=` on its line");
                let help = feel::did_you_mean(&name, properties.iter().copied());
                let diagnostic = Diagnostic::new(Code::UnknownKey, self.place(key.span()), message);
                self.tell(diagnostic.maybe_help(help));
            }
        }
    }

    fn common(&mut self, head: Node<'_>) -> Common {
        self.finish(head, 1, &[]);
        let mut common = Common {
            now: None,
            children: Vec::new(),
        };
        for node in head.children() {
            match self.word(node, Block::Cases) {
                Some(Word::Today) => common.now = self.today(node),
                Some(Word::Child) => {
                    if let Some(child) = self.child(node, &common.children) {
                        common.children.push(child);
                    }
                }
                _ => {}
            }
        }
        common
    }

    fn today(&mut self, node: Node<'_>) -> Option<DateTime> {
        let text = self.text(node, "a day")?;
        self.finish(node, 1, &[]);
        let written = text.get();
        // A day alone stands for its noon. What a record knows of the moment has an offset, and one without could not be
        // compared with it.
        let noon = |day| Some(DateTime::new(day, Time::new(12, 0, 0)?));
        let moment = match written.parse::<Date>() {
            Ok(day) => noon(day),
            Err(_) => written.parse::<DateTime>().ok(),
        };
        let moment = moment.map(|moment| {
            let offset = moment.time().offset().unwrap_or(Offset::UTC);
            DateTime::new(moment.date(), moment.time().with_offset(Some(offset)))
        });
        if moment.is_none() {
            let message = format!("`{written}` is no day");
            let diagnostic = Diagnostic::new(Code::BadValue, self.place(text.span()), message);
            self.tell(diagnostic.help("write it as in \"2026-11-19\""));
        }
        moment
    }

    fn child(&mut self, node: Node<'_>, known: &[Child]) -> Option<Child> {
        let text = self.text(node, "a short name")?;
        self.finish(node, 2, &["born", "expected"]);
        let name = text.get().into_owned();
        let place = self.place(text.span());
        if Name::new(&name).is_err() {
            let message = format!("`{name}` cannot be a short name");
            let help = "it has small letters, digits and underscores, and begins with a letter";
            self.tell(Diagnostic::new(Code::BadName, place, message).help(help));
            return None;
        }
        if known.iter().any(|child| child.name == name) {
            let message = format!("two children here are called `{name}`");
            self.tell(Diagnostic::new(Code::DuplicateName, place, message));
            return None;
        }
        let called = node.arguments().nth(1).and_then(Entry::text);
        let born = self.day_property(node, "born");
        let expected = self.day_property(node, "expected");
        if born.is_some() == expected.is_some() {
            let message = format!("it is not clear whether `{name}` is born");
            let help = "write either `born=` or `expected=`, with a date";
            self.tell(Diagnostic::new(Code::MissingKey, place, message).help(help));
            return None;
        }
        let subject = Subject {
            id: key(&name)?,
            first_name: called.map_or_else(|| name.clone(), |called| called.get().into_owned()),
            family_name: "Example".to_owned(),
            born,
            expected,
        };
        Some(Child { name, subject })
    }

    fn day_property(&mut self, node: Node<'_>, name: &str) -> Option<Date> {
        let entry = node.property(name)?;
        let day = entry.text().and_then(|text| text.get().parse().ok());
        if day.is_none() {
            let diagnostic =
                Diagnostic::new(Code::BadValue, self.place(entry.value_span()), "this is no day");
            self.tell(diagnostic.help("write it as in \"2026-11-19\""));
        }
        day
    }

    /// Reads the cases in order. Those with mistakes are counted, and left out.
    fn cases(&mut self, head: Node<'_>, common: &Common) -> (Vec<Case>, usize) {
        let mut cases: Vec<Case> = Vec::new();
        let (mut unread, mut unread_titles) = (0, BTreeSet::new());
        for node in head
            .children()
            .filter(|node| node.name().get() == Word::Case.name())
        {
            if cases.len() == MOST_CASES {
                let message = format!("a form can have {MOST_CASES} cases");
                self.tell(Diagnostic::new(Code::TooLarge, self.place(node.head()), message));
                break;
            }
            let before = self.told.len();
            let case = self.case(node, common, &cases, &unread_titles);
            match case {
                Some(case) if self.told.len() == before => cases.push(case),
                _ => {
                    unread += 1;
                    let title = node.arguments().next().and_then(Entry::text);
                    unread_titles.extend(title.map(|title| title.get().into_owned()));
                }
            }
        }
        (cases, unread)
    }

    fn case(
        &mut self,
        node: Node<'_>,
        common: &Common,
        earlier: &[Case],
        unread: &BTreeSet<String>,
    ) -> Option<Case> {
        if node.is_broken() {
            return None;
        }
        let title = self.text(node, "a title")?;
        self.finish(node, 1, &["from"]);
        let place = self.place(title.span());
        let words = title.get().into_owned();
        if earlier.iter().any(|case| case.title == words) {
            let message = "two cases have the same title";
            self.tell(Diagnostic::new(Code::DuplicateName, place, message));
        }
        let mut case = match node.property("from") {
            Some(from) => self.base(from, earlier, unread)?,
            None => Case {
                title: String::new(),
                place,
                now: common.now,
                children: common
                    .children
                    .iter()
                    .map(|child| child.subject.clone())
                    .collect(),
                given: Vec::new(),
                expected: Vec::new(),
            },
        };
        (case.title, case.place) = (words, place);
        case.expected.clear();
        let mut thens = Vec::new();
        for line in node.children() {
            match self.word(line, Block::Case) {
                Some(Word::Today) => case.now = self.today(line),
                Some(Word::About) => case.children = self.about(line, common),
                Some(Word::Given) => {
                    self.finish(line, 0, &[]);
                    case.given.extend(lines::given(self, line, &case.children));
                }
                Some(Word::Then) => thens.push(line),
                _ => {}
            }
        }
        if case.now.is_none() {
            let diagnostic = Diagnostic::new(Code::MissingKey, place, "nothing says on which day this is");
            self.tell(diagnostic.help("write `today \"2026-11-19\"` before the cases, or in this one"));
        }
        if thens.is_empty() {
            let diagnostic = Diagnostic::new(Code::MissingKey, place, "nothing is expected of this case");
            self.tell(diagnostic.help("write what must follow into `then { … }`"));
        }
        for line in thens {
            self.finish(line, 0, &[]);
            let expected = lines::expected(self, line, &case.children);
            case.expected.extend(expected);
        }
        Some(case)
    }

    /// The earlier case that a case begins with.
    fn base(&mut self, from: Entry<'_>, earlier: &[Case], unread: &BTreeSet<String>) -> Option<Case> {
        let title = from
            .text()
            .map(|text| text.get().into_owned())
            .unwrap_or_default();
        if let Some(case) = earlier.iter().find(|case| case.title == title) {
            return Some(case.clone());
        }
        // What is wrong with a case that cannot be read was told there.
        if !unread.contains(&title) {
            let message = format!("no case above is called `{title}`");
            let help = feel::did_you_mean(&title, earlier.iter().map(|case| case.title.as_str()));
            let place = self.place(from.value_span());
            self.tell(Diagnostic::new(Code::UnknownValue, place, message).maybe_help(help));
        }
        None
    }

    fn about(&mut self, line: Node<'_>, common: &Common) -> Vec<Subject> {
        self.finish(line, usize::MAX, &[]);
        let mut children: Vec<Subject> = Vec::new();
        for entry in line.arguments() {
            let name = entry
                .text()
                .map(|text| text.get().into_owned())
                .unwrap_or_default();
            match common.children.iter().find(|child| child.name == name) {
                Some(child) if !children.contains(&child.subject) => children.push(child.subject.clone()),
                Some(_) => {}
                None => {
                    let message = format!("no child is called `{name}`");
                    let names = common.children.iter().map(|child| child.name.as_str());
                    let help = feel::did_you_mean(&name, names);
                    let place = self.place(entry.value_span());
                    self.tell(Diagnostic::new(Code::UnknownValue, place, message).maybe_help(help));
                }
            }
        }
        children
    }
}

/// The key that goes by a short name. A key has no underscores.
pub(crate) fn key(name: &str) -> Option<RowKey> {
    RowKey::new(&name.replace('_', "-")).ok()
}
