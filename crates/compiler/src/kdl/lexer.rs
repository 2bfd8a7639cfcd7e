//! Cuts a text into words and signs. Whatever is written, the tokens cover all of it.

use super::fault::{Fault, Faults};
use super::number;
use super::text;
use super::token::{Token, TokenKind, is_disallowed, is_newline, is_space, is_word};
use crate::diagnostic::Code;
use crate::span::Span;

/// Cuts the text.
pub(super) fn lex(text: &str, faults: &mut Faults) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, faults };
    // A form has a token for every five bytes or so, its spaces included.
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    while let Some(first) = lexer.peek() {
        let start = lexer.at;
        let kind = lexer.token(first);
        tokens.push(Token {
            kind,
            span: Span::from(start..lexer.at),
        });
    }
    tokens
}

struct Lexer<'t, 'f> {
    text: &'t str,
    at: usize,
    faults: &'f mut Faults,
}

impl<'t> Lexer<'t, '_> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn peek(&self) -> Option<char> {
        match self.byte(0) {
            Some(byte) if byte.is_ascii() => Some(char::from(byte)),
            Some(_) => self.rest().chars().next(),
            None => None,
        }
    }

    /// Goes past the characters for which this holds.
    fn skip_while(&mut self, holds: impl Fn(char) -> bool) {
        while let Some(c) = self.peek().filter(|&c| holds(c)) {
            self.at += c.len_utf8();
        }
    }

    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Goes past one token, which begins with this character.
    fn token(&mut self, first: char) -> TokenKind {
        let sign = |lexer: &mut Self, kind| {
            lexer.at += first.len_utf8();
            kind
        };
        match first {
            ' ' | '\t' => self.space(),
            '{' => sign(self, TokenKind::BlockOpen),
            '}' => sign(self, TokenKind::BlockClose),
            '(' => sign(self, TokenKind::TypeOpen),
            ')' => sign(self, TokenKind::TypeClose),
            '=' => sign(self, TokenKind::Equals),
            ';' => sign(self, TokenKind::Semicolon),
            '"' => self.quoted(0),
            '#' => self.hash(),
            '/' => self.slash(),
            '\\' => self.continuation(),
            '\u{FEFF}' if self.at == 0 => sign(self, TokenKind::ByteOrderMark),
            c if is_newline(c) => {
                self.newline(c);
                TokenKind::Newline
            }
            c if is_word(c) => self.word(),
            c if is_space(c) => self.space(),
            c => {
                self.at += c.len_utf8();
                self.unknown(c)
            }
        }
    }

    fn space(&mut self) -> TokenKind {
        self.skip_while(is_space);
        TokenKind::Space
    }

    fn newline(&mut self, first: char) {
        self.at += first.len_utf8();
        if first == '\r' && self.byte(0) == Some(b'\n') {
            self.at += 1;
        }
    }

    fn unknown(&mut self, c: char) -> TokenKind {
        let span = self.at - c.len_utf8()..self.at;
        let fault = if is_disallowed(c) {
            disallowed(c, span)
        } else {
            Fault::new(Code::Stray, span, format!("`{c}` means nothing here"))
                .help("put a text with such signs in quotes")
        };
        self.fault(fault);
        TokenKind::Unknown
    }

    /// A word or a number: they end where no character of a word follows.
    fn word(&mut self) -> TokenKind {
        let start = self.at;
        self.skip_while(is_word);
        let word = self.text.get(start..self.at).unwrap_or_default();
        let span = Span::from(start..self.at);
        let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
        if unsigned.starts_with(|c: char| c.is_ascii_digit()) {
            if !number::is_number(word) {
                self.fault(number::fault(word, span));
            }
            return TokenKind::Number;
        }
        if let Some(after) = unsigned.strip_prefix('.')
            && after.starts_with(|c: char| c.is_ascii_digit())
        {
            self.fault(number::fault(word, span));
            return TokenKind::Number;
        }
        if matches!(word, "true" | "false" | "null" | "inf" | "-inf" | "nan") {
            let fault = Fault::new(Code::BadWord, span, format!("`{word}` is a reserved word"));
            self.fault(fault.help(format!(
                "write `#{word}` for the value, or put the text in quotes"
            )));
        }
        TokenKind::Word
    }

    /// A raw text or a keyword.
    fn hash(&mut self) -> TokenKind {
        let hashes = self.rest().bytes().take_while(|&byte| byte == b'#').count();
        if self.byte(hashes) == Some(b'"') {
            return self.quoted(hashes);
        }
        let start = self.at;
        self.at += hashes;
        self.skip_while(is_word);
        let word = self.text.get(start..self.at).unwrap_or_default();
        if !matches!(word, "#true" | "#false" | "#null" | "#inf" | "#-inf" | "#nan") {
            let fault = Fault::new(Code::BadWord, start..self.at, format!("`{word}` is no value"));
            self.fault(fault.help("write `#true`, `#false` or `#null`, or put the text in quotes"));
        }
        TokenKind::Keyword
    }

    fn slash(&mut self) -> TokenKind {
        let start = self.at;
        self.at += 1;
        match self.byte(0) {
            Some(b'/') => {
                self.line_comment();
                TokenKind::LineComment
            }
            Some(b'*') => {
                self.block_comment(start);
                TokenKind::BlockComment
            }
            Some(b'-') => {
                self.at += 1;
                TokenKind::Slashdash
            }
            _ => self.unknown('/'),
        }
    }

    /// Goes to the end of the line, from anywhere in its comment.
    fn line_comment(&mut self) {
        while let Some(c) = self.peek().filter(|&c| !is_newline(c)) {
            if is_disallowed(c) {
                self.fault(disallowed(c, self.at..self.at + c.len_utf8()));
            }
            self.at += c.len_utf8();
        }
    }

    /// Goes past a comment that may hold others, from just past its first sign.
    fn block_comment(&mut self, start: usize) {
        self.at += 1;
        let mut depth = 1_usize;
        while depth > 0 {
            let Some(c) = self.peek() else {
                let fault = Fault::new(Code::UnclosedComment, start..start + 2, "this comment has no end");
                self.fault(fault.help("close it with `*/`"));
                return;
            };
            match (c, self.byte(1)) {
                ('*', Some(b'/')) => {
                    depth -= 1;
                    self.at += 2;
                }
                ('/', Some(b'*')) => {
                    depth += 1;
                    self.at += 2;
                }
                _ => {
                    if is_disallowed(c) {
                        self.fault(disallowed(c, self.at..self.at + c.len_utf8()));
                    }
                    self.at += c.len_utf8();
                }
            }
        }
    }

    /// `\`, and all up to the end of the line, where nothing but comments may stand.
    fn continuation(&mut self) -> TokenKind {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                None => return TokenKind::Continuation,
                Some(c) if is_space(c) => self.at += c.len_utf8(),
                Some(c) if is_newline(c) => {
                    self.newline(c);
                    return TokenKind::Continuation;
                }
                Some('/') if self.byte(1) == Some(b'/') => self.line_comment(),
                Some('/') if self.byte(1) == Some(b'*') => {
                    let comment = self.at;
                    self.at += 1;
                    self.block_comment(comment);
                }
                Some(_) => {
                    let fault = Fault::new(
                        Code::Stray,
                        start..start + 1,
                        "`\\` must be the last thing on its line",
                    );
                    self.fault(fault.help("it says that the line goes on in the next one"));
                    return TokenKind::Continuation;
                }
            }
        }
    }

    /// A text in quotes, after this many `#`.
    fn quoted(&mut self, hashes: usize) -> TokenKind {
        let start = self.at;
        let raw = hashes > 0;
        let triple = self
            .rest()
            .get(hashes..)
            .is_some_and(|rest| rest.starts_with("\"\"\""));
        let quotes = if triple { 3 } else { 1 };
        self.at += hashes + quotes;
        let closed = self.find_close(hashes, quotes);
        let (kind, ending) = match (raw, triple) {
            (false, false) => (TokenKind::Quoted, "\""),
            (true, false) => (TokenKind::Raw, "\""),
            (false, true) => (TokenKind::MultiLine, "\"\"\""),
            (true, true) => (TokenKind::RawMultiLine, "\"\"\""),
        };
        if !closed {
            let message = "this text has no end";
            let close = format!("close it with `{ending}{}`", "#".repeat(hashes));
            let help = if triple {
                close
            } else {
                format!("{close}, or use `\"\"\"` for a text of several lines")
            };
            let opening = start..start + hashes + quotes;
            self.fault(Fault::new(Code::UnclosedQuote, opening, message).help(help));
            return kind;
        }
        let inside = start + hashes + quotes..self.at - quotes - hashes;
        match kind {
            TokenKind::MultiLine | TokenKind::RawMultiLine => {
                text::dedent(self.text, inside, raw, self.faults);
            }
            // Escapes are rare: most texts are as they are written.
            TokenKind::Quoted
                if self
                    .text
                    .get(inside.clone())
                    .is_some_and(|inside| inside.contains('\\')) =>
            {
                text::unescape(self.text, inside, self.faults);
            }
            _ => {}
        }
        kind
    }

    /// Goes past the end of a text in quotes. If there is none, stops where the text must have ended: at the end of
    /// the line, or of the file for a text of several lines.
    fn find_close(&mut self, hashes: usize, quotes: usize) -> bool {
        let (raw, triple) = (hashes > 0, quotes == 3);
        while let Some(c) = self.peek() {
            match c {
                '"' => {
                    let run = self.rest().bytes().take_while(|&byte| byte == b'"').count();
                    let ends = |from: usize| {
                        let after = self.rest().get(from..).unwrap_or_default();
                        after.bytes().take(hashes).filter(|&byte| byte == b'#').count() == hashes
                    };
                    // In a raw text the last of many quotes may be the ones that close it.
                    let close = if raw {
                        (run >= quotes && ends(run)).then_some(run)
                    } else {
                        (run >= quotes).then_some(quotes)
                    };
                    if let Some(close) = close {
                        self.at += close + hashes;
                        return true;
                    }
                    self.at += run;
                }
                '\\' if !raw => {
                    self.at += 1;
                    match self.peek() {
                        // Escaped white space may hold the ends of lines, even where the text has one line.
                        Some(c) if is_newline(c) || is_space(c) => {
                            self.skip_while(|c| is_newline(c) || is_space(c));
                        }
                        Some(c) => self.at += c.len_utf8(),
                        None => {}
                    }
                }
                c if is_newline(c) && !triple => return false,
                c => {
                    if is_disallowed(c) {
                        self.fault(disallowed(c, self.at..self.at + c.len_utf8()));
                    }
                    self.at += c.len_utf8();
                }
            }
        }
        false
    }
}

fn disallowed(c: char, span: std::ops::Range<usize>) -> Fault {
    let code = u32::from(c);
    Fault::new(
        Code::BadCharacter,
        span,
        format!("an invisible character (U+{code:04X}) stands here"),
    )
    .help("delete it; text pasted from elsewhere may bring such characters with it")
}
