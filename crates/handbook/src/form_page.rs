//! The page of a form: its questions in order, what there is to choose from, and when each is asked.

use std::fmt::Write as _;

use feel::Expr;
use form::blank::{self, Condition, label};
use form::{Aspect, Body, Field, Form, Formula, Node, NodeId, Severity, Span, Voice};

use crate::Page;
use crate::html::{self, text};

/// The most options that a page lists. A national list has thousands.
const MOST_OPTIONS: usize = 60;

/// The page of a form.
pub(crate) fn page(form: &Form) -> Page {
    let mut writer = Writer {
        form,
        out: String::new(),
    };
    writer.head();
    for &section in form.sections() {
        writer.place(section, 2);
    }
    Page {
        file: format!("{}.html", form.name),
        title: form.title.clone(),
        html: html::page(&form.title, &writer.out),
    }
}

struct Writer<'f> {
    form: &'f Form,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        // Writing to a text does not fail.
        let _ = writeln!(self.out, "{line}");
    }

    fn head(&mut self) {
        let form = self.form;
        self.line(&format!("<h1>{}</h1>", text(&form.title)));
        if let Some(summary) = &form.summary {
            self.line(&format!("<p>{}</p>", text(summary)));
        }
        self.line(&format!(
            "<p class=\"name\"><code>{}</code>, version {}</p>",
            form.name, form.version
        ));
        let mut facts = Vec::new();
        match form.voice {
            Voice::None => {}
            Voice::Short => facts.push("Each child is heard, in short.".to_owned()),
            Voice::Full => facts.push("Each child is heard, in full.".to_owned()),
        }
        for stage in &form.stages {
            let role = stage.role.as_str().replace('_', " ");
            let within = stage.within.map(|within| format!(", within {}", length(within)));
            facts.push(format!("Signed off by a {role}{}.", within.unwrap_or_default()));
        }
        for clock in &form.clocks {
            let starts = text(&label(form, clock.starts));
            let when = clock
                .when
                .as_ref()
                .map(|when| format!(", if {}", self.words(when)));
            facts.push(format!(
                "{}: {} after “{starts}”{}.",
                text(&clock.label),
                length(clock.due),
                when.unwrap_or_default()
            ));
        }
        if !facts.is_empty() {
            let facts: String = facts.iter().map(|fact| format!("<li>{fact}</li>")).collect();
            self.line(&format!("<ul>{facts}</ul>"));
        }
    }

    /// Writes a section, group or repeat with all in it, or a question.
    fn place(&mut self, id: NodeId, level: usize) {
        let form = self.form;
        let node = form.nodes.at(id);
        match &node.body {
            Body::Field(field) => self.question(id, node, field),
            Body::Row => self.block(id, node, level),
            Body::Rows(repeat) if repeat.for_each_child => {
                for &row in form.inside(id) {
                    self.place(row, level);
                }
            }
            Body::Group | Body::Rows(_) => {
                self.line("<section>");
                self.block(id, node, level);
                self.line("</section>");
            }
        }
    }

    fn block(&mut self, id: NodeId, node: &Node, level: usize) {
        let form = self.form;
        let around = node.parent.and_then(|rows| form.repeat(rows));
        // A row goes by the heading of its repeat.
        if !matches!(node.body, Body::Row) || around.is_some_and(|repeat| repeat.for_each_child) {
            let heading = level.min(6);
            self.line(&format!("<h{heading}>{}</h{heading}>", text(&label(form, id))));
        }
        if around.is_some_and(|repeat| repeat.for_each_child) {
            self.line("<p>Once for each child.</p>");
        }
        if let Body::Rows(repeat) = &node.body {
            self.line(&format!("<p>As often as needed, up to {} times.</p>", repeat.max));
        }
        if let Some(hint) = blank::hint(form, id) {
            self.line(&format!("<p>{}</p>", text(&hint)));
        }
        self.rules(id, "p");
        let mut is_open = false;
        for &inner in form.inside(id) {
            let is_question = form.field(inner).is_some();
            if is_question != is_open {
                self.line(if is_question { "<dl>" } else { "</dl>" });
                is_open = is_question;
            }
            self.place(inner, level + 1);
        }
        if is_open {
            self.line("</dl>");
        }
    }

    fn question(&mut self, id: NodeId, node: &Node, field: &Field) {
        let kind = field.kind.name().replace('_', " ");
        let need = match (&field.need, self.has_rule(id, Aspect::Required)) {
            (Some(_), false) => ", must be answered",
            _ => "",
        };
        let label = text(&label(self.form, id));
        self.line(&format!(
            "<dt>{label}</dt>\n<dd><span class=\"kind\">{kind}{need}</span>"
        ));
        for words in blank::hint(self.form, id).iter().chain(&node.help) {
            self.line(&format!("<p>{}</p>", text(words)));
        }
        self.rules(id, "p");
        self.options(id, field);
        self.line("</dd>");
    }

    fn options(&mut self, id: NodeId, field: &Field) {
        let form = self.form;
        let Some(list) = field.kind.list().map(|list| form.lists.at(list)) else {
            return;
        };
        self.line("<ul>");
        for (index, option) in list.codes.iter().enumerate().take(MOST_OPTIONS) {
            let when = form.rules.values().find(|rule| {
                rule.target == id && rule.aspect == Aspect::Offered(u16::try_from(index).unwrap_or(u16::MAX))
            });
            let when = match when.map(|rule| &rule.formula) {
                Some(Formula::Expr(expr)) => format!(" <span class=\"when\">if {}</span>", self.words(expr)),
                _ => String::new(),
            };
            self.line(&format!("<li>{}{when}</li>", text(&option.label)));
        }
        if let Some(more) = list
            .codes
            .len()
            .checked_sub(MOST_OPTIONS)
            .filter(|more| *more > 0)
        {
            self.line(&format!("<li>and {more} more</li>"));
        }
        self.line("</ul>");
    }

    fn has_rule(&self, id: NodeId, aspect: Aspect) -> bool {
        self.form
            .rules
            .values()
            .any(|rule| rule.target == id && rule.aspect == aspect)
    }

    /// Writes when a place is asked for, and what its answers must meet.
    fn rules(&mut self, id: NodeId, tag: &str) {
        for rule in self.form.rules.values().filter(|rule| rule.target == id) {
            let Formula::Expr(expr) = &rule.formula else {
                continue;
            };
            let line = match rule.aspect {
                Aspect::Shown => format!("Asked if {}.", self.words(expr)),
                Aspect::Required => format!("Must be answered if {}.", self.words(expr)),
                Aspect::ReadOnly => format!("Cannot be edited if {}.", self.words(expr)),
                Aspect::Value => format!("Worked out: {}.", self.words(expr)),
                Aspect::Default => format!("At first: {}.", self.words(expr)),
                Aspect::Check(check) => {
                    let check = self.form.checks.at(check);
                    let counts = match check.severity {
                        Severity::Submit => "Refused",
                        Severity::Approve => "Cannot be approved",
                        Severity::Warn => "A warning",
                        Severity::Nudge => "A word",
                    };
                    let message = text(&blank::message(self.form, &check.message));
                    let line = format!("{counts} unless {}: “{message}”", self.words(expr));
                    self.line(&format!("<{tag} class=\"check\">{line}</{tag}>"));
                    continue;
                }
                Aspect::Offered(_) | Aspect::Label | Aspect::Hint => continue,
            };
            self.line(&format!("<{tag} class=\"when\">{line}</{tag}>"));
        }
    }

    /// A condition in words, or else as it is written.
    fn words(&self, expr: &Expr) -> String {
        match Condition::of(self.form, expr) {
            Condition::Always => "in every record".to_owned(),
            Condition::Never => "in no record".to_owned(),
            Condition::When(words) => text(&words),
            Condition::GoesBy(_) => {
                let name = |node: NodeId| self.form.nodes.at(node).name.to_string();
                format!("<code>{}</code>", text(&self.form.source(expr, &name)))
            }
        }
    }
}

fn length(span: Span) -> String {
    let (number, unit) = match span {
        Span::WorkingDays(days) => (days, "working day"),
        Span::Days(days) => (days, "day"),
        Span::Hours(hours) => (hours, "hour"),
        Span::Weeks(weeks) => (weeks, "week"),
        Span::Months(months) => (months, "month"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
