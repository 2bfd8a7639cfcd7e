//! A diagnostic on the screen: the words, the line, and a mark under what is meant.

use std::fmt::{self, Display};

use super::{Diagnostic, Place, Severity};
use crate::sources::Sources;

/// A diagnostic as people read it. Every line but the first begins with spaces, a number or a rule.
#[derive(Clone, Copy, Debug)]
pub struct Rendered<'s> {
    diagnostic: &'s Diagnostic,
    sources: &'s Sources,
}

/// A place as people count: lines and characters from 1.
struct Excerpt<'s> {
    path: &'s str,
    line: usize,
    column: usize,
    /// How many characters of the line are not shown before the text.
    left_out: usize,
    text: &'s str,
    /// How many characters are meant: at least one.
    width: usize,
    message: Option<&'s str>,
}

/// The most characters of a line that are shown.
const LONGEST_LINE: usize = 200;

impl Excerpt<'_> {
    /// Writes the line and the mark under it; the mark alone if the line is the last that was written.
    fn write(&self, f: &mut fmt::Formatter<'_>, gutter: usize, last: Option<(&str, usize)>) -> fmt::Result {
        if last != Some((self.path, self.line)) || self.left_out > 0 {
            let corner = if last.is_none() { '╭' } else { '├' };
            // A tab is shown as one space, so that the mark stands under what it means.
            let text = self.text.replace('\t', " ");
            write!(
                f,
                "\n{:gutter$} {corner}─ {}:{}:{}",
                "", self.path, self.line, self.column
            )?;
            write!(f, "\n{:gutter$} │ {}", self.line, text.trim_end())?;
        }
        let indent = self.column - 1 - self.left_out;
        write!(f, "\n{:gutter$} │ {:indent$}{}", "", "", "─".repeat(self.width))?;
        match self.message {
            Some(message) => write!(f, " {message}"),
            None => Ok(()),
        }
    }
}

impl<'s> Rendered<'s> {
    pub(super) fn new(diagnostic: &'s Diagnostic, sources: &'s Sources) -> Self {
        Self { diagnostic, sources }
    }

    fn excerpt(&self, place: Place, message: Option<&'s str>) -> Excerpt<'s> {
        let text = self.sources.text(place.file);
        let start = text.floor_char_boundary(place.span.start as usize);
        let end = text.floor_char_boundary(place.span.end as usize).max(start);
        let before = text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text.get(line_start..).unwrap_or_default();
        let line = line.split(['\n', '\r']).next().unwrap_or_default();
        let meant = text
            .get(start..end.min(line_start + line.len()))
            .unwrap_or_default();
        let column = text.get(line_start..start).unwrap_or_default().chars().count() + 1;
        // Of a very long line only what stands around the mark is shown.
        let left_out = match line.chars().nth(LONGEST_LINE) {
            Some(_) => column.saturating_sub(LONGEST_LINE / 2),
            None => 0,
        };
        let window = line.char_indices().skip(left_out).take(LONGEST_LINE);
        let window_start = window.clone().next().map_or(line.len(), |(at, _)| at);
        let window_end = window.last().map_or(line.len(), |(at, c)| at + c.len_utf8());
        let room = (LONGEST_LINE + left_out).saturating_sub(column);
        Excerpt {
            path: self.sources.path(place.file),
            line: before.matches('\n').count() + 1,
            column,
            left_out,
            text: line.get(window_start..window_end).unwrap_or_default(),
            width: meant.chars().count().clamp(1, room.max(1)),
            message,
        }
    }
}

impl Display for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic {
            code,
            message,
            note,
            labels,
            help,
            place,
        } = self.diagnostic;
        let word = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{word}[{code}]: {message}")?;
        let first = self.excerpt(*place, note.as_deref());
        let others = labels
            .iter()
            .map(|label| self.excerpt(label.place, Some(label.message.as_str())));
        let excerpts: Vec<Excerpt<'_>> = std::iter::once(first).chain(others).collect();
        let last_line = excerpts.iter().map(|excerpt| excerpt.line).max().unwrap_or(1);
        let gutter = last_line.to_string().len();
        let mut last: Option<(&str, usize)> = None;
        for excerpt in &excerpts {
            excerpt.write(f, gutter, last)?;
            last = Some((excerpt.path, excerpt.line));
        }
        match help {
            Some(help) => write!(f, "\n{:gutter$} help: {help}", ""),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::sources::FileId;
    use crate::span::Span;

    fn place(sources: &Sources, path: &str, meant: &str) -> Place {
        let file = sources.find(path).unwrap();
        let start = sources.text(file).find(meant).unwrap();
        Place {
            file,
            span: Span::from(start..start + meant.len()),
        }
    }

    #[test]
    fn a_diagnostic_shows_the_line_and_what_is_meant_in_it() {
        let mut sources = Sources::default();
        sources.insert("forms/visit.kdl", "form visit {\n\tcheck \"é = vist_date\"\n}\n");
        let place = place(&sources, "forms/visit.kdl", "vist_date");
        let diagnostic = Diagnostic::new(Code::Stray, place, "no question is called `vist_date`")
            .help("did you mean `visit_date`?");
        let expected = "\
error[stray]: no question is called `vist_date`
  ╭─ forms/visit.kdl:2:13
2 │  check \"é = vist_date\"
  │             ─────────
  help: did you mean `visit_date`?";
        assert_eq!(diagnostic.render(&sources).to_string(), expected);
    }

    #[test]
    fn every_place_is_shown_with_what_is_there() {
        let mut sources = Sources::default();
        sources.insert("forms/a.kdl", "\n\n\n\n\n\n\n\n\none\n");
        sources.insert("forms/b.kdl", "two");
        let diagnostic = Diagnostic::new(Code::Stray, place(&sources, "forms/a.kdl", "one"), "they are two")
            .note("the first")
            .label(place(&sources, "forms/b.kdl", "two"), "the second");
        let diagnostic = diagnostic.label(place(&sources, "forms/b.kdl", "wo"), "in it");
        let expected = "\
error[stray]: they are two
   ╭─ forms/a.kdl:10:1
10 │ one
   │ ─── the first
   ├─ forms/b.kdl:1:1
 1 │ two
   │ ─── the second
   │  ── in it";
        assert_eq!(diagnostic.render(&sources).to_string(), expected);
    }

    #[test]
    fn of_a_long_line_what_stands_around_the_mark_is_shown() {
        let mut sources = Sources::default();
        sources.insert("a.kdl", format!("{}here{}", "é".repeat(1_000), "z".repeat(1_000)));
        let here = place(&sources, "a.kdl", "here");
        let shown = Diagnostic::new(Code::Stray, here, "m")
            .render(&sources)
            .to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[1], "  ╭─ a.kdl:1:1001");
        let at = |line: &str, what: char| line.chars().position(|c| c == what);
        assert_eq!(at(lines[2], 'h'), at(lines[3], '─'));
        assert!(lines[2].chars().count() < 220);
        let all = Place {
            span: Span::from(0..3_000),
            ..here
        };
        let shown = Diagnostic::new(Code::Stray, all, "m")
            .render(&sources)
            .to_string();
        assert!(shown.lines().all(|line| line.chars().count() < 220));
    }

    #[test]
    fn a_place_outside_its_file_does_no_harm() {
        let mut sources = Sources::default();
        sources.insert("a", "é");
        for (start, end) in [(1, 1), (0, 9), (9, 9), (2, 0)] {
            let span = Span { start, end };
            for file in [FileId(0), FileId(7)] {
                let diagnostic = Diagnostic::new(Code::Stray, Place { file, span }, "m");
                assert!(
                    diagnostic
                        .render(&sources)
                        .to_string()
                        .starts_with("error[stray]: m\n")
                );
            }
        }
    }
}
