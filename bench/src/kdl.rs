//! Writes a form of the benchmark in KDL.
//!
//! All of it stands in one section, because a section is a page and the benchmark has one page; the sections of the
//! description become groups, which the product shows as cards.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{Condition, Item, Prepared, Question, Rows};

/// The section that everything stands in.
const SECTION: &str = "all";
/// The options of every choice.
const OPTIONS: [&str; 5] = ["a", "b", "c", "d", "e"];
/// As many rows as the language lets a repeat have.
const MOST_ROWS: u32 = 1_000;

/// What has been written so far.
#[derive(Default)]
pub(crate) struct Writer {
    text: String,
    rows: Option<(String, u32)>,
    places: BTreeMap<String, String>,
}

impl Writer {
    /// The whole form.
    pub(crate) fn form(mut self, items: &[Item]) -> Prepared {
        self.text += "form bench version=1 {\n  title \"Bench\"\n  about children\n";
        self.text += "  sign-off {\n    stage team_manager\n  }\n";
        self.block(1, &format!("section {SECTION} \"All\""), |own| {
            own.items(2, items, Some(SECTION));
        });
        self.text += "}\n";
        Prepared {
            text: self.text,
            rows: self.rows,
            places: self.places,
        }
    }

    /// `inside` is the address of what the items stand in; nothing in a row, whose questions have one in each.
    fn items(&mut self, depth: usize, items: &[Item], inside: Option<&str>) {
        for item in items {
            self.item(depth, item, inside);
        }
    }

    fn item(&mut self, depth: usize, item: &Item, inside: Option<&str>) {
        match item {
            Item::Section { name, items, shown } => {
                let own = inside.map(|inside| format!("{inside}.{name}"));
                self.block(depth, &format!("group {name} \"{name}\""), |writer| {
                    writer.condition(depth + 1, "show-when", shown.as_ref());
                    writer.items(depth + 1, items, own.as_deref());
                });
            }
            Item::Repeat { name, rows, items } => {
                self.rows = inside.map(|inside| (format!("{inside}.{name}"), *rows));
                self.block(depth, &format!("repeat {name} \"{name}\""), |writer| {
                    writer.line(depth + 1, &format!("max {MOST_ROWS}"));
                    writer.items(depth + 1, items, None);
                });
            }
            Item::YesNo(question) => self.question(depth, "yes_no", question, inside, &[]),
            Item::Text(question) => self.question(depth, "text", question, inside, &[]),
            Item::Number(question) => self.question(depth, "number", question, inside, &[]),
            Item::Date(question) => self.question(depth, "date", question, inside, &[]),
            Item::Choice(question) => {
                let options = OPTIONS.map(|code| format!("option {code} \"{code}\""));
                self.question(depth, "choice", question, inside, &options);
            }
            Item::Sum { name, of, of_rows } => {
                self.note(name, inside);
                let of = match of_rows {
                    Some(Rows { repeat, field }) => format!("{repeat}.{field}"),
                    None => of.join(", "),
                };
                self.block(depth, &format!("computed {name} \"{name}\""), |writer| {
                    writer.line(depth + 1, &format!("value \"total({of})\""));
                });
            }
        }
    }

    fn question(
        &mut self,
        depth: usize,
        kind: &str,
        question: &Question,
        inside: Option<&str>,
        more: &[String],
    ) {
        let Question {
            name,
            shown,
            required,
        } = question;
        self.note(name, inside);
        let head = format!("{kind} {name} \"{name}\"");
        if shown.is_none() && required.is_none() && more.is_empty() {
            return self.line(depth, &head);
        }
        self.block(depth, &head, |writer| {
            for line in more {
                writer.line(depth + 1, line);
            }
            writer.condition(depth + 1, "show-when", shown.as_ref());
            writer.condition(depth + 1, "required-when", required.as_ref());
        });
    }

    fn condition(&mut self, depth: usize, key: &str, condition: Option<&Condition>) {
        let Some(Condition {
            field,
            is,
            above,
            below,
        }) = condition
        else {
            return;
        };
        let mut parts = Vec::new();
        parts.extend(is.as_ref().map(|is| format!("{field} = {is}")));
        parts.extend(above.map(|above| format!("{field} > {above}")));
        parts.extend(below.map(|below| format!("{field} < {below}")));
        self.line(depth, &format!("{key} \"{}\"", parts.join(" and ")));
    }

    fn note(&mut self, name: &str, inside: Option<&str>) {
        if let Some(inside) = inside {
            self.places.insert(name.to_owned(), format!("{inside}.{name}"));
        }
    }

    fn block(&mut self, depth: usize, head: &str, inner: impl FnOnce(&mut Self)) {
        self.line(depth, &format!("{head} {{"));
        inner(self);
        self.line(depth, "}");
    }

    fn line(&mut self, depth: usize, line: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{:width$}{line}", "", width = depth * 2);
    }
}
