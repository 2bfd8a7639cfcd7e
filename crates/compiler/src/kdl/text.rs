//! Texts as they are written and as they are meant, and the way between the two.

use std::borrow::Cow;
use std::ops::Range;

use super::fault::{Fault, Faults};
use super::token::{Token, TokenKind, is_newline, is_space};
use crate::diagnostic::Code;
use crate::span::Span;

/// A text as it is meant, with the place in the document that each part of it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'d> {
    /// The text.
    pub text: Cow<'d, str>,
    // INVARIANT: in order, and the first stands at 0 unless the text is empty.
    pieces: Vec<Piece>,
    empty_at: u32,
}

/// A stretch of a decoded text. Either it stands in the document as it is, or it is one escape or one line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the decoded text.
    at: usize,
    /// Where it stands in the document.
    source: Span,
}

impl Decoded<'_> {
    /// Where a stretch of the text stands in the document.
    pub fn source(&self, range: Range<usize>) -> Span {
        let piece = |at: usize| {
            let after = self.pieces.partition_point(|piece| piece.at <= at);
            let piece = self.pieces.get(after.checked_sub(1)?)?;
            let next = self.pieces.get(after).map_or(self.text.len(), |next| next.at);
            Some((*piece, next))
        };
        let inside = |at: usize, piece: Piece| {
            let ahead = u32::try_from(at - piece.at).unwrap_or(u32::MAX);
            piece.source.start.saturating_add(ahead).min(piece.source.end)
        };
        let start = match piece(range.start) {
            Some((piece, next)) if range.start >= next => piece.source.end,
            Some((piece, _)) => inside(range.start, piece),
            None => self.empty_at,
        };
        let end = match range.end.checked_sub(1).and_then(piece) {
            Some((piece, next)) if range.end >= next => piece.source.end,
            Some((piece, _)) => inside(range.end, piece),
            None => start,
        };
        Span {
            start,
            end: end.max(start),
        }
    }

    fn push(&mut self, text: &str, source: Range<usize>) {
        self.pieces.push(Piece {
            at: self.text.len(),
            source: source.into(),
        });
        self.text.to_mut().push_str(text);
    }

    fn push_escape(&mut self, meant: Option<char>, source: Range<usize>) {
        self.push(meant.map(String::from).unwrap_or_default().as_str(), source);
    }
}

/// The text of a token that is one; of any other token, what is written.
pub(super) fn decode<'d>(document: &'d str, token: Token) -> Decoded<'d> {
    let whole = token.span.range();
    let written = document.get(whole.clone()).unwrap_or_default();
    let hashes = written.bytes().take_while(|&byte| byte == b'#').count();
    let quotes = match token.kind {
        TokenKind::Quoted | TokenKind::Raw => 1,
        TokenKind::MultiLine | TokenKind::RawMultiLine => 3,
        _ => return as_written(document, whole),
    };
    let opening = hashes + quotes;
    let closing = format!(
        "{}{}",
        &"\"\"\"".get(..quotes).unwrap_or_default(),
        "#".repeat(hashes)
    );
    let inside_len = written
        .get(opening..)
        .map_or(0, |rest| rest.strip_suffix(&closing).unwrap_or(rest).len());
    let inside = whole.start + opening..whole.start + opening + inside_len;
    let mut faults = Faults::default();
    match token.kind {
        TokenKind::Quoted
            if document
                .get(inside.clone())
                .is_some_and(|text| text.contains('\\')) =>
        {
            unescape(document, inside, &mut faults)
        }
        TokenKind::Quoted | TokenKind::Raw => as_written(document, inside),
        _ => dedent(document, inside, hashes > 0, &mut faults),
    }
}

fn as_written(document: &str, range: Range<usize>) -> Decoded<'_> {
    let source = Span::from(range.clone());
    Decoded {
        text: Cow::Borrowed(document.get(range).unwrap_or_default()),
        pieces: vec![Piece { at: 0, source }],
        empty_at: source.start,
    }
}

/// What stands in a text in quotes.
enum Part<'d> {
    /// Characters as they are.
    Plain(&'d str),
    /// The end of a line.
    LineEnd,
    /// An escape, and what it stands for.
    Escape(Option<char>),
}

/// Calls `each` with every part of a text in quotes, and where it stands. Escaped white space is left out.
fn parts<'d>(
    document: &'d str,
    inside: Range<usize>,
    raw: bool,
    faults: &mut Faults,
    mut each: impl FnMut(Part<'d>, Range<usize>),
) {
    let text = document.get(..inside.end).unwrap_or_default();
    let mut at = inside.start;
    let mut plain_from = at;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let special = is_newline(c) || c == '\\' && !raw;
        if !special {
            at += c.len_utf8();
            continue;
        }
        if let Some(plain) = text.get(plain_from..at).filter(|plain| !plain.is_empty()) {
            each(Part::Plain(plain), plain_from..at);
        }
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let start = at;
        if c == '\\' {
            let space = rest.trim_start_matches(|c| is_space(c) || is_newline(c));
            let skipped = rest.len() - space.len();
            if skipped > 0 {
                at += 1 + skipped;
            } else {
                let (len, meant) = escape(rest, start, faults);
                at += 1 + len;
                each(Part::Escape(meant), start..at);
            }
        } else {
            let both = c == '\r' && rest.starts_with('\n');
            at += c.len_utf8() + usize::from(both);
            each(Part::LineEnd, start..at);
        }
        plain_from = at;
    }
    if let Some(plain) = text.get(plain_from..at).filter(|plain| !plain.is_empty()) {
        each(Part::Plain(plain), plain_from..at);
    }
}

/// How long an escape is behind its `\`, and what it stands for.
fn escape(rest: &str, start: usize, faults: &mut Faults) -> (usize, Option<char>) {
    let first = rest.chars().next();
    let meant = match first {
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('\\') => '\\',
        Some('"') => '"',
        Some('b') => '\u{08}',
        Some('f') => '\u{0C}',
        Some('s') => ' ',
        Some('u') => return unicode_escape(rest, start, faults),
        _ => {
            let len = first.map_or(0, char::len_utf8);
            let written = first.map(String::from).unwrap_or_default();
            let fault = Fault::new(
                Code::BadEscape,
                start..start + 1 + len,
                format!("`\\{written}` stands for nothing"),
            );
            faults.push(fault.help("write `\\\\` for a backslash"));
            return (len, first);
        }
    };
    (1, Some(meant))
}

/// `u{…}`, with up to six hexadecimal digits of a Unicode scalar value.
fn unicode_escape(rest: &str, start: usize, faults: &mut Faults) -> (usize, Option<char>) {
    let braced = rest.strip_prefix("u{").and_then(|rest| rest.split_once('}'));
    let digits = braced.map(|(digits, _)| digits).filter(|digits| {
        (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    let meant = digits
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .and_then(char::from_u32);
    let len = digits.map_or(1, |digits| digits.len() + 3);
    if meant.is_none() {
        let written = rest.get(..len).unwrap_or_default();
        let fault = Fault::new(
            Code::BadEscape,
            start..start + 1 + len,
            format!("`\\{written}` is no character"),
        );
        faults.push(fault.help("write the character itself, or its code as in `\\u{2019}`"));
    }
    (len, meant)
}

/// The text inside quotes on one line.
pub(super) fn unescape<'d>(document: &'d str, inside: Range<usize>, faults: &mut Faults) -> Decoded<'d> {
    let mut decoded = Decoded {
        text: Cow::Owned(String::new()),
        pieces: Vec::new(),
        empty_at: Span::from(inside.clone()).start,
    };
    parts(document, inside, false, faults, |part, source| match part {
        Part::Plain(text) => decoded.push(text, source),
        Part::LineEnd => decoded.push("\n", source),
        Part::Escape(meant) => decoded.push_escape(meant, source),
    });
    decoded
}

/// A line of a text of several lines.
#[derive(Default)]
struct Line<'d> {
    parts: Vec<(Part<'d>, Range<usize>)>,
    end: Option<Range<usize>>,
}

impl<'d> Line<'d> {
    /// Does it hold nothing but white space, as written?
    fn is_blank(&self) -> bool {
        self.parts
            .iter()
            .all(|(part, _)| matches!(part, Part::Plain(text) if text.chars().all(is_space)))
    }

    /// The white space it begins with; where escaped white space stood between, both halves.
    fn indent(&self) -> String {
        let mut indent = String::new();
        for (part, _) in &self.parts {
            let Part::Plain(text) = part else { break };
            let rest = text.trim_start_matches(is_space);
            indent.push_str(text.get(..text.len() - rest.len()).unwrap_or_default());
            if !rest.is_empty() {
                break;
            }
        }
        indent
    }

    fn source(&self) -> Option<Range<usize>> {
        let (first, last) = (self.parts.first()?, self.parts.last()?);
        Some(first.1.start..last.1.end)
    }
}

/// The text inside `"""`: without its first line end, and without the white space of its last line on each line.
pub(super) fn dedent<'d>(
    document: &'d str,
    inside: Range<usize>,
    raw: bool,
    faults: &mut Faults,
) -> Decoded<'d> {
    let mut lines = vec![Line::default()];
    parts(document, inside.clone(), raw, faults, |part, source| {
        if let Part::LineEnd = part {
            if let Some(line) = lines.last_mut() {
                line.end = Some(source);
            }
            lines.push(Line::default());
        } else if let Some(line) = lines.last_mut() {
            line.parts.push((part, source));
        }
    });
    let mut decoded = Decoded {
        text: Cow::Owned(String::new()),
        pieces: Vec::new(),
        empty_at: Span::from(inside.clone()).start,
    };
    let opens_well = lines.first().is_some_and(|line| line.parts.is_empty()) && lines.len() > 1
        // Not even escaped white space may stand behind the opening quotes.
        && document.get(inside.clone()).is_some_and(|text| text.starts_with(is_newline));
    if !opens_well {
        let fault = Fault::new(
            Code::BadText,
            inside.start.saturating_sub(3)..inside.start,
            "a text in `\"\"\"` must begin on a line of its own",
        );
        faults.push(fault.help("go to a new line behind `\"\"\"`, or use a single `\"` on both sides"));
        return decoded;
    }
    let last = lines.pop().unwrap_or_default();
    if !last.is_blank() {
        let fault = Fault::new(
            Code::BadText,
            last.source().unwrap_or(inside.clone()),
            "a text in `\"\"\"` must end with a line of its own",
        );
        faults.push(fault.help("put the closing `\"\"\"` on the next line"));
        return decoded;
    }
    let prefix = last.indent();
    let mut gap: Option<Range<usize>> = None;
    for line in lines.into_iter().skip(1) {
        if let Some(gap) = gap.take() {
            decoded.push("\n", gap);
        }
        gap = line.end.clone();
        if line.is_blank() {
            continue;
        }
        if !line.indent().starts_with(&prefix) {
            let fault = Fault::new(
                Code::BadText,
                line.source().unwrap_or(inside.clone()),
                "this line is indented less than the closing `\"\"\"`",
            );
            faults.push(
                fault.help("begin every line with the same spaces or tabs as the line of the closing quotes"),
            );
            continue;
        }
        push_line(&mut decoded, line, prefix.len());
    }
    decoded
}

/// Adds a line without its first `cut` bytes, which are white space.
fn push_line(decoded: &mut Decoded<'_>, line: Line<'_>, mut cut: usize) {
    for (part, source) in line.parts {
        match part {
            Part::Plain(text) => {
                let left_out = cut.min(text.len());
                cut -= left_out;
                if let Some(text) = text.get(left_out..).filter(|text| !text.is_empty()) {
                    decoded.push(text, source.start + left_out..source.end);
                }
            }
            Part::Escape(meant) => decoded.push_escape(meant, source),
            Part::LineEnd => decoded.push("\n", source),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::kdl::Document;

    /// The first argument of the first node, as it is meant.
    fn argument(text: &str) -> (Document, String) {
        let document = Document::parse(text);
        assert_eq!(document.faults(), [], "{text}");
        let meant = document.nodes().next().unwrap().arguments().next().unwrap();
        let meant = meant.text().unwrap().decode().text.into_owned();
        (document, meant)
    }

    #[test]
    fn a_part_of_a_text_is_found_where_it_was_written() {
        for (written, part, found) in [
            ("n \"a = b\"", "b", "b"),
            ("n \"a = \\\"x\\\" and b\"", "b", "b"),
            ("n \"a = \\\"x\\\" and b\"", "\"x\"", "\\\"x\\\""),
            ("n \"\\u{e9}t\\u{e9} z\"", "été", "\\u{e9}t\\u{e9}"),
            ("n #\"a \"b\" c\"#", "\"b\"", "\"b\""),
            ("n \"one \\\n   two\"", "two", "two"),
            ("n \"\"\"\n    one\n      two\\n three\n    \"\"\"", "two", "two"),
            (
                "n \"\"\"\n    one\n      two\\n three\n    \"\"\"",
                "three",
                "three",
            ),
            ("n \"\"\"\r\n  one\r\n  two\r\n  \"\"\"", "two", "two"),
        ] {
            let (document, meant) = argument(written);
            let at = meant.find(part).unwrap();
            let node = document.nodes().next().unwrap();
            let decoded = node.arguments().next().unwrap().text().unwrap().decode();
            let span = decoded.source(at..at + part.len());
            assert_eq!(&written[span.range()], found, "{written}");
        }
    }

    #[test]
    fn the_end_of_a_text_is_just_before_its_closing_quotes() {
        for written in ["n \"abc\"", "n \"\"", "n \"ab\\n\"", "n \"\\\n \""] {
            let document = Document::parse(written);
            let node = document.nodes().next().unwrap();
            let decoded = node.arguments().next().unwrap().text().unwrap().decode();
            let span = decoded.source(decoded.text.len()..decoded.text.len());
            assert!(
                span.start as usize >= 3 && (span.end as usize) < written.len(),
                "{written}: {span:?}"
            );
        }
    }
}
