//! Cuts the text of an expression into words, literals and signs.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use smol_str::SmolStr;

use crate::{Code, Diagnostic, Number};

/// A word, literal or sign.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Number(Number),
    Text(SmolStr),
    /// A word that is no keyword: a name, or a part of one.
    Word(SmolStr),
    Keyword(Keyword),
    /// A sign, such as `+` or `<=`.
    Sign(&'static str),
    /// What has no meaning, and is reported already.
    Wrong,
    /// The end of the text.
    End,
}

macro_rules! keywords {
    ($($variant:ident $word:literal),* $(,)?) => {
        /// A word that is never a name by itself.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Keyword {
            $($variant),*
        }

        impl Keyword {
            fn of(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }

            pub(crate) fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),*
                }
            }
        }
    };
}

keywords! {
    And "and", Between "between", Else "else", Every "every", False "false", For "for", Function "function",
    If "if", In "in", Instance "instance", Null "null", Or "or", Return "return", Satisfies "satisfies",
    Some "some", Then "then", True "true",
}

/// The words, literals and signs of the text, the end last, and what is wrong with them.
pub(crate) fn tokens(text: &str) -> (Vec<(Token, Range<usize>)>, Vec<Diagnostic>) {
    let mut lexer = Lexer {
        text,
        rest: text.char_indices().peekable(),
        tokens: Vec::new(),
        diagnostics: Vec::new(),
    };
    lexer.run();
    lexer.tokens.push((Token::End, text.len()..text.len()));
    (lexer.tokens, lexer.diagnostics)
}

struct Lexer<'a> {
    text: &'a str,
    rest: Peekable<CharIndices<'a>>,
    tokens: Vec<(Token, Range<usize>)>,
    diagnostics: Vec<Diagnostic>,
}

/// Signs of more than one character come before those they begin with.
const SIGNS: [&str; 23] = [
    "**", "..", "!=", "<=", ">=", "+", "-", "*", "/", "(", ")", "[", "]", "{", "}", ",", ":", ".", "=", "<",
    ">", "@", ";",
];

/// What people write who know other languages, what it is here, and what to tell them.
const FOREIGN_SIGNS: [(&str, &str, &str); 7] = [
    ("==", "=", "write `=` to compare two values"),
    ("<>", "!=", "write `!=` for \"is not\""),
    ("&&", "and", "write `and`"),
    ("||", "or", "write `or`"),
    ("≠", "!=", "write `!=` for \"is not\""),
    ("≤", "<=", "write `<=`"),
    ("≥", ">=", "write `>=`"),
];

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some((start, first)) = self.rest.peek().copied() {
            if is_space(first) {
                self.rest.next();
            } else if self.tail(start).starts_with("//") {
                self.take_while(|character| !matches!(character, '\n' | '\r'));
            } else if self.tail(start).starts_with("/*") {
                self.comment(start);
            } else if first.is_ascii_digit() || first == '.' && self.tail(start + 1).starts_with(is_digit) {
                self.number(start);
            } else if let Some(closing) = self.closing_quote(start, first) {
                self.quoted(start, closing);
            } else if is_name_start(first) {
                self.word(start);
            } else {
                self.sign(start, first);
            }
        }
    }

    fn tail(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or_default()
    }

    fn position(&mut self) -> usize {
        self.rest
            .peek()
            .map_or(self.text.len(), |(position, _)| *position)
    }

    /// Goes on to a position, which must be ahead.
    fn skip_to(&mut self, end: usize) {
        while self.rest.next_if(|(position, _)| *position < end).is_some() {}
    }

    fn take_while(&mut self, matches: impl Fn(char) -> bool) {
        while self.rest.next_if(|(_, character)| matches(*character)).is_some() {}
    }

    fn push(&mut self, token: Token, start: usize) {
        let end = self.position();
        self.tokens.push((token, start..end));
    }

    fn comment(&mut self, start: usize) {
        match self.tail(start + 2).find("*/") {
            Some(length) => self.skip_to(start + length + 4),
            None => {
                self.skip_to(self.text.len());
                let opening = start..start + 2;
                let diagnostic = Diagnostic::new(Code::Unclosed, opening, "this comment is never closed");
                self.diagnostics
                    .push(diagnostic.help("end the comment with `*/`"));
            }
        }
    }

    fn number(&mut self, start: usize) {
        self.take_while(is_digit);
        let point = self.position();
        if self
            .tail(point)
            .strip_prefix('.')
            .is_some_and(|fraction| fraction.starts_with(is_digit))
        {
            self.rest.next();
            self.take_while(is_digit);
        }
        let end = self.position();
        if let Some(exponent) = self.tail(end).strip_prefix(['e', 'E'])
            && exponent
                .strip_prefix(['+', '-'])
                .unwrap_or(exponent)
                .starts_with(is_digit)
        {
            self.skip_to(end + 2);
            self.take_while(is_digit);
        }
        let span = start..self.position();
        let number = self.text.get(span.clone()).and_then(|text| text.parse().ok());
        if number.is_none() {
            let message = "this number is too large";
            self.diagnostics
                .push(Diagnostic::new(Code::BadLiteral, span, message));
        }
        self.push(Token::Number(number.unwrap_or_default()), start);
    }

    /// What ends the text that begins here, if one does. Quotes of other kinds are reported, but read.
    fn closing_quote(&self, start: usize, first: char) -> Option<&'static [char]> {
        let closed = |quotes: &'static [char]| {
            let rest = self.tail(start + first.len_utf8());
            rest.contains(quotes).then_some(quotes)
        };
        match first {
            '"' => Some(&['"']),
            '“' | '”' => closed(&['“', '”']),
            '\'' => closed(&['\'']),
            '‘' | '’' => closed(&['‘', '’']),
            _ => None,
        }
    }

    fn quoted(&mut self, start: usize, closing: &[char]) {
        self.rest.next();
        let mut text = String::new();
        let mut closed = false;
        while let Some((position, character)) = self.rest.next() {
            match character {
                quote if closing.contains(&quote) => {
                    closed = true;
                    break;
                }
                '\\' => self.escape(position, &mut text),
                other => text.push(other),
            }
        }
        if !closed {
            let diagnostic = Diagnostic::new(Code::Unclosed, start..start + 1, "this text is never closed");
            self.diagnostics.push(diagnostic.help("end the text with `\"`"));
        } else if !closing.contains(&'"') {
            let span = start..self.position();
            let diagnostic = Diagnostic::new(Code::Syntax, span, "a text stands in straight double quotes");
            self.diagnostics
                .push(diagnostic.help("write `\"` before and after it"));
        }
        self.push(Token::Text(text.into()), start);
    }

    /// Reads what follows a backslash. One that begins no escape stands for itself, so that patterns can
    /// be written as `"\d+"`.
    fn escape(&mut self, start: usize, text: &mut String) {
        let simple = match self.rest.peek() {
            Some((_, '"')) => '"',
            Some((_, '\'')) => '\'',
            Some((_, '\\')) => '\\',
            Some((_, 'n')) => '\n',
            Some((_, 'r')) => '\r',
            Some((_, 't')) => '\t',
            Some((_, 'u')) => return self.code_point(start, 4, text),
            Some((_, 'U')) => return self.code_point(start, 6, text),
            _ => return text.push('\\'),
        };
        self.rest.next();
        text.push(simple);
    }

    /// Reads `\u0041` or `\U01F40E`. Two of the former can make one character, as in UTF-16.
    fn code_point(&mut self, start: usize, digits: usize, text: &mut String) {
        let code = |at: usize, digits: usize| {
            let hexadecimal = self.text.get(at + 2..at + 2 + digits)?;
            hexadecimal
                .bytes()
                .all(|digit| digit.is_ascii_hexdigit())
                .then_some(())?;
            u32::from_str_radix(hexadecimal, 16).ok()
        };
        let Some(first) = code(start, digits) else {
            return text.push('\\');
        };
        let end = start + 2 + digits;
        let second = if self.tail(end).starts_with("\\u") {
            code(end, 4)
        } else {
            None
        };
        let (character, end) = match (char::from_u32(first), second) {
            (Some(character), _) => (character, end),
            (None, Some(second)) => {
                let pair = [first, second].map(|unit| u16::try_from(unit).unwrap_or_default());
                match char::decode_utf16(pair).next() {
                    Some(Ok(character)) => (character, end + 6),
                    _ => (char::REPLACEMENT_CHARACTER, end),
                }
            }
            (None, None) => (char::REPLACEMENT_CHARACTER, end),
        };
        self.skip_to(end);
        if character == char::REPLACEMENT_CHARACTER && first != u32::from(character) {
            self.diagnostics.push(Diagnostic::new(
                Code::BadLiteral,
                start..end,
                "there is no such character",
            ));
        }
        text.push(character);
    }

    fn word(&mut self, start: usize) {
        self.take_while(is_name_part);
        let end = self.position();
        let word = self.text.get(start..end).unwrap_or_default();
        let token = Keyword::of(word).map_or_else(|| Token::Word(word.into()), Token::Keyword);
        self.push(token, start);
    }

    fn sign(&mut self, start: usize, first: char) {
        let tail = self.tail(start);
        if let Some((foreign, native, help)) = FOREIGN_SIGNS
            .into_iter()
            .find(|(foreign, ..)| tail.starts_with(foreign))
        {
            let span = start..start + foreign.len();
            self.skip_to(span.end);
            let message = format!("`{foreign}` is not an operator here");
            self.diagnostics
                .push(Diagnostic::new(Code::Syntax, span, message).help(help));
            return self.push(
                Keyword::of(native).map_or(Token::Sign(native), Token::Keyword),
                start,
            );
        }
        match SIGNS.into_iter().find(|sign| tail.starts_with(sign)) {
            Some(sign) => {
                self.skip_to(start + sign.len());
                self.push(Token::Sign(sign), start);
            }
            None => {
                self.rest.next();
                let span = start..start + first.len_utf8();
                let message = format!("`{first}` has no meaning in an expression");
                let diagnostic = Diagnostic::new(Code::Syntax, span, message);
                self.push(Token::Wrong, start);
                self.diagnostics.push(match first {
                    '!' => diagnostic.help("write `not(…)`"),
                    '£' | '$' | '€' | '%' => diagnostic.help("write the number alone"),
                    _ => diagnostic,
                });
            }
        }
    }
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

/// White space as FEEL has it: grammar rules 61 and 62.
fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{180E}' | '\u{200B}' | '\u{FEFF}')
}

/// What a name can begin with: grammar rule 28.
fn is_name_start(character: char) -> bool {
    matches!(character,
        'A'..='Z' | 'a'..='z' | '_' | '?'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
        && !is_space(character)
}

/// What a name can go on with: grammar rule 29.
fn is_name_part(character: char) -> bool {
    is_name_start(character)
        || matches!(character, '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}
