//! Lists of options: those of one question, and those in files of their own.

use std::collections::HashMap;

use feel::ListId;
use form::kinds::KindInfo;
use form::{Aspect, Code as Entry, CodeList, Id as _, Name, NodeId, Table};
use smol_str::SmolStr;

use super::build::Builder;
use crate::diagnostic::{Code, Diagnostic};
use crate::kdl::Node;
use crate::library::{Definition, Found, Shelf};
use crate::limits;
use crate::line::{Line, Words};
use crate::vocabulary::{Key, Within};

/// The lists of options of a form.
#[derive(Default)]
pub(crate) struct Lists {
    table: Table<ListId, CodeList>,
    /// What each is called in diagnostics: its own name, or that of the question it was first made for.
    called: Vec<String>,
    /// By name; nothing for a list that cannot be read.
    named: HashMap<String, Option<ListId>>,
    /// The lists that kinds bring themselves.
    own: Vec<ListId>,
}

impl Lists {
    fn push(&mut self, list: CodeList, called: &str) -> ListId {
        self.called.push(called.to_owned());
        self.table.push(list)
    }

    /// The list that a kind brings itself. Equal ones are one list, so that their answers can be compared.
    pub(super) fn own(&mut self, list: CodeList) -> ListId {
        let same = self.own.iter().find(|id| *self.table.at(**id) == list);
        if let Some(&same) = same {
            return same;
        }
        let called: Vec<&str> = list.codes.iter().map(|code| code.code.as_str()).collect();
        let called = called.join("/");
        let id = self.push(list, &called);
        self.own.push(id);
        id
    }

    /// The list of this id, if it is one of these.
    pub(crate) fn get(&self, list: ListId) -> Option<&CodeList> {
        self.table.get(list)
    }

    /// What the list is called in diagnostics.
    pub(crate) fn called(&self, list: ListId) -> &str {
        self.called.get(list.index()).map_or("", String::as_str)
    }

    /// The lists so far.
    pub(crate) fn table(&self) -> &Table<ListId, CodeList> {
        &self.table
    }

    /// The lists as the compiled form has them.
    pub(crate) fn into_table(self) -> Table<ListId, CodeList> {
        self.table
    }
}

/// Options, and the conditions of those that have one.
struct Options<'d> {
    codes: Vec<Entry>,
    when: Vec<(u16, Words<'d>)>,
}

impl<'d> Builder<'d, '_, '_> {
    /// The list of options of this name, read when it is first asked for; nothing if there is none.
    pub(super) fn named_list(&mut self, words: &Words<'d>) -> Option<ListId> {
        let name = words.as_str();
        if let Some(known) = self.lists.named.get(name) {
            return *known;
        }
        let list = match self.library.list(name) {
            Found::Known(definition) => self.read_list(definition, name),
            Found::Damaged => {
                self.lacks_files = true;
                None
            }
            Found::Missing => {
                let message = format!("there is no list of options `{name}`");
                let help = feel::did_you_mean(name, self.library.names(Shelf::Lists));
                let help = help.unwrap_or_else(|| format!("define it in `codes/{name}.kdl`"));
                self.tell(Diagnostic::new(Code::UnknownList, words.place(), message).help(help));
                None
            }
        };
        let id = list.map(|list| self.lists.push(list, name));
        self.lists.named.insert(name.to_owned(), id);
        id
    }

    /// Reads a list of options in a file of its own; nothing if any of it cannot be read.
    pub(super) fn read_list(&mut self, definition: Definition<'d>, name: &str) -> Option<CodeList> {
        let around = std::mem::replace(&mut self.file, definition.file);
        self.files.insert(definition.file);
        let mut line = self.line(definition.node);
        let named = line.name();
        line.finish();
        let mut nodes = Vec::new();
        let mut sound = named.is_some();
        for node in definition.node.children() {
            if node.is_broken() {
                sound = false;
            } else if let Some(key) = Key::find(&node.name().get(), Within::Options) {
                nodes.extend((key == Key::Option).then_some(node));
            } else {
                self.unknown(node, Within::Options);
                sound = false;
            }
        }
        if nodes.is_empty() && sound {
            let message = format!("the list `{name}` has no options");
            let help = "give it lines such as `option yes \"Yes\"`";
            self.tell(Diagnostic::new(Code::EmptyBlock, definition.place(), message).help(help));
            sound = false;
        }
        let options = self.options(&nodes, &["hint", "alone"]);
        self.file = around;
        let options = options.filter(|_| sound)?;
        Some(CodeList {
            name: Name::new(name).ok(),
            codes: options.codes,
        })
    }

    /// Makes a list of a question's own `option` lines.
    pub(super) fn own_options(&mut self, info: &KindInfo, nodes: &[Node<'d>], id: NodeId) -> Option<ListId> {
        // An option stands alone among several answers; where there is only one, all of them do.
        let properties: &[&'static str] = match info.name {
            "choices" => &["when", "hint", "alone"],
            _ => &["when", "hint"],
        };
        let options = self.options(nodes, properties)?;
        for (index, words) in options.when {
            self.want(id, Aspect::Offered(index), words);
        }
        let called = self.items.at(id).name.to_string();
        let list = CodeList {
            name: None,
            codes: options.codes,
        };
        Some(self.lists.push(list, &called))
    }

    /// Reads `option` lines, which may have these properties; nothing if one cannot be read.
    fn options(&mut self, nodes: &[Node<'d>], properties: &[&'static str]) -> Option<Options<'d>> {
        let mut options = Options {
            codes: Vec::with_capacity(nodes.len()),
            when: Vec::new(),
        };
        let mut first: HashMap<SmolStr, Node<'d>> = HashMap::new();
        let mut sound = true;
        for (index, &node) in nodes.iter().enumerate() {
            if index == limits::OPTIONS {
                let message = format!("a list can have {} options", limits::OPTIONS);
                let place = self.place(node);
                self.tell(Diagnostic::new(Code::TooLarge, place, message));
                return None;
            }
            if node.is_broken() {
                sound = false;
                continue;
            }
            let (entry, when) = self.option(node, properties);
            let Some(entry) = entry else {
                sound = false;
                continue;
            };
            if let Some(earlier) = first.get(&entry.code).copied() {
                let place = self.place(node);
                let message = format!("two options have the code `{}`", entry.code);
                let earlier = self.place(earlier);
                let diagnostic = Diagnostic::new(Code::DuplicateOption, place, message);
                self.tell(
                    diagnostic
                        .label(earlier, "the first")
                        .help("give one of them another code"),
                );
                sound = false;
                continue;
            }
            first.insert(entry.code.clone(), node);
            if let Some(when) = when {
                options
                    .when
                    .push((u16::try_from(index).unwrap_or(u16::MAX), when));
            }
            options.codes.push(entry);
        }
        sound.then_some(options)
    }

    /// Reads one `option` line: the option, and when it is offered.
    fn option(&mut self, node: Node<'d>, properties: &[&'static str]) -> (Option<Entry>, Option<Words<'d>>) {
        let mut line = self.line(node);
        line.no_block();
        let code = read_code(&mut line);
        // Without a code the line is told of already.
        let label = match code {
            Some(_) => line.label(),
            None => line.next_words(),
        };
        let has = |name| properties.contains(&name);
        let hint = has("hint").then(|| line.text_property("hint")).flatten();
        let when = has("when").then(|| line.text_property("when")).flatten();
        let alone = has("alone") && line.flag_property("alone");
        line.finish();
        let label = label.map(|words| self.fixed(&words));
        let hint = hint.map(|words| self.fixed(&words));
        let entry = code.zip(label).map(|(code, label)| Entry {
            code,
            label,
            hint,
            alone,
        });
        (entry, when)
    }
}

/// The longest code of an option, in characters.
const CODE_LENGTH: usize = 64;

fn read_code(line: &mut Line<'_, '_>) -> Option<SmolStr> {
    let words = line.words("a code")?;
    let code = words.as_str();
    let well_made = (1..=CODE_LENGTH).contains(&code.chars().count())
        && code.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if well_made {
        return Some(SmolStr::new(code));
    }
    let message = format!("`{code}` cannot be the code of an option");
    let help =
        format!("a code has at most {CODE_LENGTH} characters and no spaces; the label comes behind it");
    line.tell(Diagnostic::new(Code::BadName, words.place(), message).help(help));
    None
}
