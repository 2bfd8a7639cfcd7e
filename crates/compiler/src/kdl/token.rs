//! The words and signs of a document.

use crate::span::Span;

/// A word or sign, with where it stands. The tokens of a text stand side by side and cover all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
}

/// What a [`Token`] is (KDL 2.0.0, "Full Grammar"). What is written wrongly keeps the kind it was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The mark that some editors put at the very start of a file.
    ByteOrderMark,
    /// Spaces and tabs.
    Space,
    /// The end of a line.
    Newline,
    /// `// …`, without the end of the line.
    LineComment,
    /// `/* … */`.
    BlockComment,
    /// `\` at the end of a line, with the end of the line: the node goes on.
    Continuation,
    /// `/-`: what follows is commented out.
    Slashdash,
    /// A text without quotes.
    Word,
    /// `"…"`.
    Quoted,
    /// `#"…"#`.
    Raw,
    /// `"""…"""` over several lines.
    MultiLine,
    /// `#"""…"""#` over several lines.
    RawMultiLine,
    /// A number in digits.
    Number,
    /// `#true`, `#false`, `#null`, `#inf`, `#-inf` or `#nan`.
    Keyword,
    /// `{`.
    BlockOpen,
    /// `}`.
    BlockClose,
    /// `(`.
    TypeOpen,
    /// `)`.
    TypeClose,
    /// `=`.
    Equals,
    /// `;`.
    Semicolon,
    /// What means nothing.
    Unknown,
}

impl TokenKind {
    /// Is it a text, in quotes or not?
    pub fn is_text(self) -> bool {
        use TokenKind as T;
        matches!(
            self,
            T::Word | T::Quoted | T::Raw | T::MultiLine | T::RawMultiLine
        )
    }

    /// Can it be a value?
    pub fn is_value(self) -> bool {
        self.is_text() || matches!(self, Self::Number | Self::Keyword)
    }

    /// May it stand between the parts of a node? The specification's `node-space`.
    pub(super) fn is_node_space(self) -> bool {
        matches!(self, Self::Space | Self::BlockComment | Self::Continuation)
    }

    /// May it stand between nodes? The specification's `line-space`.
    pub(super) fn is_line_space(self) -> bool {
        self.is_node_space() || matches!(self, Self::Newline | Self::LineComment | Self::ByteOrderMark)
    }
}

/// Is it one of the specification's `newline`s? A carriage return with its line feed is one, too.
pub(super) fn is_newline(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Is it one of the specification's `unicode-space`s?
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        '\t' | ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// May it stand nowhere in a document, not even in a comment? Control characters and those that turn text around.
pub(super) fn is_disallowed(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{08}'
            | '\u{0E}'..='\u{1F}'
            | '\u{7F}'
            | '\u{200E}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

/// May it stand in a text without quotes?
pub(super) fn is_word(c: char) -> bool {
    match c {
        '\\' | '/' | '(' | ')' | '{' | '}' | ';' | '[' | ']' | '"' | '#' | '=' => false,
        '!'..='~' => true,
        _ => !is_space(c) && !is_newline(c) && !is_disallowed(c),
    }
}
