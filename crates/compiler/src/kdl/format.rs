//! The usual layout of a document: the same words and comments, with the spaces and line ends that everyone uses.
//!
//! Two spaces for each block around a line, one space between words, at most one empty line in a row. A block that was
//! written on one line stays on it if it fits. Texts stay as they are written; those of several lines are indented
//! with what they belong to. It knows no forms, so whatever is KDL can be laid out.

use std::rc::Rc;

use super::token::{Token, TokenKind};
use super::{Document, Value};

/// The longest line that a block may stand on, in characters.
const WIDTH: usize = 110;
/// One step of indentation.
const INDENT: &str = "  ";

impl Document {
    /// The document in its usual layout; nothing if it has faults, so that no tool makes a mistake look intended.
    ///
    /// It holds the same nodes and comments, and laying it out again changes nothing.
    pub fn formatted(&self) -> Option<String> {
        if !self.faults.is_empty() {
            return None;
        }
        let mut layout = Layout {
            document: self,
            closes: closes(&self.tokens).into(),
            at: 0,
            out: String::with_capacity(self.text.len()),
            depth: 0,
            one_line: false,
            commented: false,
        };
        layout.nodes();
        let mut out = layout.out;
        if !out.is_empty() {
            out.push('\n');
        }
        Some(out)
    }
}

/// For each `{` the position of its `}`; for other tokens their own.
fn closes(tokens: &[Token]) -> Vec<usize> {
    let mut closes: Vec<usize> = (0..tokens.len()).collect();
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::BlockOpen => open.push(at),
            TokenKind::BlockClose => {
                if let Some(place) = open.pop().and_then(|open: usize| closes.get_mut(open)) {
                    *place = at;
                }
            }
            _ => {}
        }
    }
    closes
}

/// A document being laid out.
struct Layout<'d> {
    document: &'d Document,
    closes: Rc<[usize]>,
    at: usize,
    out: String,
    /// How many blocks stand around the line.
    depth: usize,
    /// Is all of it to stand on the line at hand?
    one_line: bool,
    /// Does the line at hand end in a `//` comment, so that nothing can follow on it?
    commented: bool,
}

impl<'d> Layout<'d> {
    fn peek(&self) -> Option<Token> {
        self.document.tokens.get(self.at).copied()
    }

    fn written(&self, token: Token) -> &'d str {
        self.document.text.get(token.span.range()).unwrap_or_default()
    }

    fn break_line(&mut self, indent: usize) {
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        self.out.push('\n');
        self.out.push_str(&INDENT.repeat(indent));
        self.commented = false;
    }

    /// Begins a line of the block at hand, behind so many line ends, of which at most one empty line is left.
    fn begin_line(&mut self, line_ends: usize, is_first: bool) {
        if self.out.is_empty() {
            return;
        }
        if line_ends > 1 && !is_first {
            self.break_line(0);
        }
        self.break_line(self.depth);
    }

    /// Writes a comment behind what stands on the line, or below it if that is a comment that fills its line.
    fn comment_behind(&mut self, comment: &str, indent: usize) {
        if self.commented {
            self.break_line(indent);
        } else {
            self.out.push(' ');
        }
        self.comment(comment);
    }

    fn comment(&mut self, comment: &str) {
        self.out
            .push_str(&comment.trim_end().replace("\r\n", "\n").replace('\r', "\n"));
        self.commented = comment.starts_with("//");
    }

    /// Writes the nodes of a block, each on lines of its own, up to its `}`, which is left, or the end.
    fn nodes(&mut self) {
        let (mut line_ends, mut is_first) = (0, true);
        // Does a comment on the line wait for the node that it stands before?
        let mut leads = false;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::BlockClose => return,
                TokenKind::Newline => {
                    line_ends += 1;
                    leads = false;
                }
                TokenKind::LineComment | TokenKind::Continuation => {
                    let comments = match token.kind {
                        TokenKind::Continuation => comments_of(self.written(token)),
                        _ => vec![self.written(token)],
                    };
                    for (index, comment) in comments.iter().enumerate() {
                        if index == 0 && (line_ends > 0 || self.out.is_empty()) {
                            self.begin_line(line_ends, is_first);
                            self.comment(comment);
                            is_first = false;
                        } else {
                            self.comment_behind(comment, self.depth);
                        }
                    }
                    // The line of a comment ends with the token that follows; a continuation holds its own end.
                    line_ends = match token.kind {
                        TokenKind::Continuation if comments.is_empty() => line_ends.max(1),
                        TokenKind::Continuation => 1,
                        _ => 0,
                    };
                    leads = false;
                }
                TokenKind::BlockComment => {
                    let comment = self.written(token);
                    if leads || line_ends == 0 && !is_first && self.ends_line() {
                        self.comment_behind(comment, self.depth);
                    } else {
                        self.begin_line(line_ends, is_first);
                        self.comment(comment);
                        (is_first, leads) = (false, true);
                    }
                    line_ends = 0;
                }
                TokenKind::Space | TokenKind::ByteOrderMark | TokenKind::Semicolon => {}
                _ => {
                    if leads {
                        self.out.push(' ');
                    } else {
                        self.begin_line(line_ends, is_first);
                    }
                    self.node();
                    (line_ends, is_first, leads) = (0, false, false);
                    continue;
                }
            }
            self.at += 1;
        }
    }

    /// Does nothing but comments follow on the line?
    fn ends_line(&self) -> bool {
        let rest = self.document.tokens.get(self.at..).unwrap_or_default();
        let next = rest
            .iter()
            .find(|token| !matches!(token.kind, TokenKind::Space | TokenKind::BlockComment));
        next.is_none_or(|token| {
            matches!(
                token.kind,
                TokenKind::Newline | TokenKind::LineComment | TokenKind::Continuation | TokenKind::BlockClose
            )
        })
    }

    /// Writes the nodes of a block on the line at hand, up to its `}`, which is left.
    fn nodes_on_line(&mut self) {
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::BlockClose => return,
                TokenKind::Space | TokenKind::Semicolon => self.at += 1,
                TokenKind::BlockComment => {
                    let comment = self.written(token);
                    self.comment_behind(comment, 0);
                    self.at += 1;
                }
                _ => {
                    self.out.push(' ');
                    self.node();
                    self.out.push(';');
                }
            }
        }
    }

    /// Writes a node, up to what ends it, which is left.
    fn node(&mut self) {
        // What is put between this and the next part: nothing at first, and behind signs that belong to what follows.
        let mut tight = true;
        let mut after_slashdash = false;
        // The comments of each place where the node goes on in the next line, since the last part.
        let mut continued: Vec<Vec<&str>> = Vec::new();
        while let Some(token) = self.peek() {
            let written = self.written(token);
            match token.kind {
                TokenKind::Newline | TokenKind::LineComment if !after_slashdash => break,
                TokenKind::Semicolon | TokenKind::BlockClose => break,
                TokenKind::Space | TokenKind::Newline | TokenKind::ByteOrderMark => {}
                TokenKind::LineComment => {
                    if self.go_on(&mut continued) {
                        self.comment(written);
                    } else {
                        self.comment_behind(written, self.depth + 2);
                    }
                    self.break_line(self.depth + 2);
                    tight = true;
                }
                TokenKind::Continuation => continued.push(comments_of(written)),
                kind => {
                    if self.go_on(&mut continued) {
                        tight = true;
                    }
                    if !tight && !matches!(kind, TokenKind::TypeClose | TokenKind::Equals) {
                        self.out.push(' ');
                    }
                    match kind {
                        TokenKind::BlockOpen => self.block(),
                        TokenKind::BlockComment => self.comment(written),
                        TokenKind::MultiLine | TokenKind::RawMultiLine => self.lines(token),
                        _ => self.out.push_str(written),
                    }
                    after_slashdash =
                        kind == TokenKind::Slashdash || after_slashdash && kind == TokenKind::BlockComment;
                    tight = matches!(
                        kind,
                        TokenKind::TypeOpen | TokenKind::TypeClose | TokenKind::Equals | TokenKind::Slashdash
                    );
                }
            }
            self.at += 1;
        }
        for comment in continued.into_iter().flatten() {
            self.comment_behind(comment, self.depth);
        }
    }

    /// Goes on in the next line if it was said so since the last part; says whether it did.
    fn go_on(&mut self, continued: &mut Vec<Vec<&str>>) -> bool {
        let asked = !continued.is_empty();
        let comments: Vec<&str> = continued.drain(..).flatten().collect();
        let ends = if asked { comments.len().max(1) } else { 0 };
        for index in 0..ends {
            self.out
                .push_str(if self.out.ends_with(' ') { "\\" } else { " \\" });
            if let Some(comment) = comments.get(index) {
                self.comment_behind(comment, 0);
            }
            self.break_line(self.depth + 2);
        }
        asked
    }

    /// Writes a block with its braces, and stops at its `}`.
    fn block(&mut self) {
        let close = self.closes.get(self.at).copied().unwrap_or(self.at);
        if let Some(line) = self.on_one_line(close) {
            self.out.push_str(&line);
            self.at = close;
            return;
        }
        self.out.push('{');
        self.at += 1;
        self.depth += 1;
        self.nodes();
        self.depth -= 1;
        self.break_line(self.depth);
        self.out.push('}');
    }

    /// The block that begins here on one line, if it was written so and fits.
    fn on_one_line(&self, close: usize) -> Option<String> {
        let inside = self.document.tokens.get(self.at + 1..close).unwrap_or_default();
        let says_nothing = |token: &Token| match token.kind {
            TokenKind::Space | TokenKind::Newline | TokenKind::Semicolon => true,
            TokenKind::Continuation => comments_of(self.written(*token)).is_empty(),
            _ => false,
        };
        if inside.iter().all(says_nothing) {
            return Some("{}".to_owned());
        }
        let line_start = self.out.rfind('\n').map_or(0, |newline| newline + 1);
        let before = self.out.get(line_start..).unwrap_or_default().chars().count();
        let length: u32 = inside.iter().map(|token| token.span.end - token.span.start).sum();
        // What is far too long need not be tried; a character has at most four bytes.
        let may_fit = self.one_line || length as usize <= WIDTH * 8;
        if !may_fit
            || inside
                .iter()
                .any(|token| self.written(*token).contains(['\n', '\r']) || ends_line(*token))
        {
            return None;
        }
        let mut line = Layout {
            document: self.document,
            closes: Rc::clone(&self.closes),
            at: self.at + 1,
            out: "{".to_owned(),
            depth: self.depth,
            one_line: true,
            commented: false,
        };
        line.nodes_on_line();
        line.out.push_str(" }");
        (self.one_line || before + line.out.chars().count() <= WIDTH).then_some(line.out)
    }

    /// Writes a text of several lines, indented one step deeper than the line that it belongs to.
    fn lines(&mut self, token: Token) {
        let written = self.written(token);
        let prefix = INDENT.repeat(self.depth + 1);
        match indented(written, &prefix).filter(|new| meant(new) == meant(written)) {
            Some(new) => self.out.push_str(&new),
            None => self.out.push_str(written),
        }
    }
}

/// Must a line end behind the token?
fn ends_line(token: Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Newline | TokenKind::LineComment | TokenKind::Continuation
    )
}

/// The comments in a continuation, in order.
fn comments_of(continuation: &str) -> Vec<&str> {
    let mut comments = Vec::new();
    let mut rest = continuation.trim_start_matches('\\').trim();
    while !rest.is_empty() {
        let length = match rest.strip_prefix("/*") {
            Some(inside) => 2 + block_length(inside),
            None => rest.len(),
        };
        let (comment, behind) = rest.split_at(length);
        comments.push(comment);
        rest = behind.trim_start();
    }
    comments
}

/// How long a block comment is behind its first sign. It may hold others.
fn block_length(inside: &str) -> usize {
    let mut depth = 1_usize;
    let mut at = 0;
    while depth > 0 {
        let Some(rest) = inside.get(at..) else { break };
        let (step, deeper) = match rest.as_bytes() {
            [b'*', b'/', ..] => (2, depth - 1),
            [b'/', b'*', ..] => (2, depth + 1),
            [] => break,
            _ => (rest.chars().next().map_or(1, char::len_utf8), depth),
        };
        (at, depth) = (at + step, deeper);
    }
    at
}

/// A text of several lines with this before each of them; nothing if it is not clear which lines it has.
fn indented(written: &str, prefix: &str) -> Option<String> {
    let written = written.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = written.split('\n');
    let (opening, closing) = (lines.next()?, written.rsplit('\n').next()?);
    let old = closing.get(..closing.find(['"', '#'])?)?;
    let mut new = opening.to_owned();
    for line in lines {
        new.push('\n');
        // White space alone is an empty line, whatever it is.
        if !line.trim().is_empty() {
            new.push_str(prefix);
            new.push_str(line.strip_prefix(old)?);
        }
    }
    Some(new)
}

/// What a text on its own means.
fn meant(written: &str) -> Option<String> {
    let document = Document::parse(format!("- {written}"));
    let node = document.nodes().next().filter(|_| document.faults.is_empty())?;
    match node.arguments().next()?.value() {
        Value::Text(text) => Some(text.get().into_owned()),
        _ => None,
    }
}
