//! The tree of a document: nodes with their arguments, properties and children.
//!
//! Nodes are kept in one list in the order in which they are written, so a node's children stand behind it. What
//! is commented out with `/-` is kept and marked: the walks leave it out.

use std::borrow::Cow;
use std::ops::Range;

use super::Document;
use super::number;
use super::text::{Decoded, decode};
use super::token::{Token, TokenKind};
use crate::span::Span;

/// A node as it is kept: positions in the document's lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NodeData {
    pub(super) name: u32,
    pub(super) annotation: Option<u32>,
    pub(super) entries: Range<u32>,
    /// Just past its last descendant.
    pub(super) end: u32,
    pub(super) parent: Option<u32>,
    /// Its tokens, the block included.
    pub(super) tokens: Range<u32>,
    /// The braces of its block. The closing one may be missing.
    pub(super) block: Option<(u32, Option<u32>)>,
    pub(super) commented: bool,
    pub(super) broken: bool,
}

/// An argument or property as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntryData {
    pub(super) key: Option<u32>,
    pub(super) annotation: Option<u32>,
    pub(super) value: u32,
    pub(super) tokens: Range<u32>,
    pub(super) commented: bool,
}

/// A node: a name, then arguments and properties, then children in braces.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    document: &'d Document,
    id: u32,
}

/// An argument, or a property with its name.
#[derive(Clone, Copy)]
pub struct Entry<'d> {
    document: &'d Document,
    data: &'d EntryData,
}

/// A text: a name, or a value.
#[derive(Clone, Copy)]
pub struct Text<'d> {
    document: &'d Document,
    token: Token,
}

/// What a value is.
#[derive(Clone, Copy)]
pub enum Value<'d> {
    /// A text, in quotes or not.
    Text(Text<'d>),
    /// A number, as it is written.
    Number(Number<'d>),
    /// `#true` or `#false`.
    Flag(bool),
    /// `#null`, `#inf`, `#-inf`, `#nan`.
    Other,
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number<'d>(&'d str);

impl Number<'_> {
    /// The number in plain decimal digits, with an exponent if it was written with one; nothing if it is larger
    /// than 128 bits in another base than ten.
    pub fn plain(self) -> Option<String> {
        number::plain(self.0)
    }
}

impl<'d> Node<'d> {
    pub(super) fn new(document: &'d Document, id: u32) -> Option<Self> {
        document.nodes.get(id as usize)?;
        Some(Self { document, id })
    }

    /// Its position in the document's list.
    pub(super) fn id(self) -> u32 {
        self.id
    }

    fn data(self) -> &'d NodeData {
        /// Stands in for a node that is not there, which cannot be: a [`Node`] is only made of one that is.
        static NONE: NodeData = NodeData {
            name: 0,
            annotation: None,
            entries: 0..0,
            end: 0,
            parent: None,
            tokens: 0..0,
            block: None,
            commented: true,
            broken: true,
        };
        self.document.nodes.get(self.id as usize).unwrap_or(&NONE)
    }

    /// Its name.
    pub fn name(self) -> Text<'d> {
        self.document.text_at(self.data().name)
    }

    /// Its type annotation, the word in `(…)` before its name.
    pub fn annotation(self) -> Option<Text<'d>> {
        self.data().annotation.map(|token| self.document.text_at(token))
    }

    /// Its arguments and properties as they are written.
    pub fn entries(self) -> impl Iterator<Item = Entry<'d>> {
        let Range { start, end } = self.data().entries;
        let entries = self
            .document
            .entries
            .get(start as usize..end as usize)
            .unwrap_or_default();
        entries
            .iter()
            .filter(|data| !data.commented)
            .map(move |data| Entry {
                document: self.document,
                data,
            })
    }

    /// Its arguments in order.
    pub fn arguments(self) -> impl Iterator<Item = Entry<'d>> {
        self.entries().filter(|entry| entry.key().is_none())
    }

    /// The property of this name; the last one, if there are several.
    pub fn property(self, name: &str) -> Option<Entry<'d>> {
        let named = |entry: &Entry<'d>| entry.key().is_some_and(|key| key.get() == name);
        self.entries().filter(named).last()
    }

    /// The nodes in its braces.
    pub fn children(self) -> Nodes<'d> {
        Nodes {
            document: self.document,
            next: self.id + 1,
            end: self.data().end,
        }
    }

    /// The node in whose braces it stands.
    pub fn parent(self) -> Option<Self> {
        Self::new(self.document, self.data().parent?)
    }

    /// All of it, from its name or type annotation to its last entry or closing brace.
    pub fn span(self) -> Span {
        let Range { start, end } = self.data().tokens;
        self.document.span_of(start, end.saturating_sub(1))
    }

    /// Its name, arguments and properties, without its block.
    pub fn head(self) -> Span {
        let last = self.entries().last().map(|entry| entry.span());
        self.name().span().to(last.unwrap_or(self.name().span()))
    }

    /// Its block with the braces, if it has one.
    pub fn block(self) -> Option<Span> {
        let (open, close) = self.data().block?;
        let last = close.unwrap_or(self.data().tokens.end.saturating_sub(1));
        Some(self.document.span_of(open, last.max(open)))
    }

    /// Is something wrong with its name, arguments or properties, so that they cannot be relied on?
    pub fn is_broken(self) -> bool {
        self.data().broken
    }
}

impl<'d> Entry<'d> {
    /// The property's name; nothing for an argument.
    pub fn key(self) -> Option<Text<'d>> {
        self.data.key.map(|token| self.document.text_at(token))
    }

    /// Its type annotation, the word in `(…)` before its value.
    pub fn annotation(self) -> Option<Text<'d>> {
        self.data.annotation.map(|token| self.document.text_at(token))
    }

    /// Its value.
    pub fn value(self) -> Value<'d> {
        let text = self.document.text_at(self.data.value);
        match text.token.kind {
            TokenKind::Number => Value::Number(Number(text.written())),
            TokenKind::Keyword => match text.written() {
                "#true" => Value::Flag(true),
                "#false" => Value::Flag(false),
                _ => Value::Other,
            },
            _ => Value::Text(text),
        }
    }

    /// Its value, if that is a text.
    pub fn text(self) -> Option<Text<'d>> {
        match self.value() {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// All of it: for a property, name and value.
    pub fn span(self) -> Span {
        let Range { start, end } = self.data.tokens;
        self.document.span_of(start, end.saturating_sub(1))
    }

    /// Its value alone.
    pub fn value_span(self) -> Span {
        self.document.text_at(self.data.value).span()
    }
}

impl<'d> Text<'d> {
    /// The text as it is meant.
    pub fn get(self) -> Cow<'d, str> {
        match self.token.kind {
            TokenKind::Word => Cow::Borrowed(self.written()),
            _ => self.decode().text,
        }
    }

    /// The text as it is meant, with the way back to where it is written.
    pub fn decode(self) -> Decoded<'d> {
        decode(self.document.text(), self.token)
    }

    /// The text as it is written, with its quotes.
    pub fn written(self) -> &'d str {
        self.document
            .text()
            .get(self.token.span.range())
            .unwrap_or_default()
    }

    /// Where it stands, with its quotes.
    pub fn span(self) -> Span {
        self.token.span
    }

    /// Does it stand in quotes?
    pub fn is_quoted(self) -> bool {
        self.token.kind != TokenKind::Word
    }
}

/// The nodes of a block, in order.
#[derive(Clone)]
pub struct Nodes<'d> {
    pub(super) document: &'d Document,
    pub(super) next: u32,
    pub(super) end: u32,
}

impl<'d> Iterator for Nodes<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        while self.next < self.end {
            let node = Node::new(self.document, self.next)?;
            self.next = node.data().end;
            if !node.data().commented {
                return Some(node);
            }
        }
        None
    }
}

impl Document {
    fn text_at(&self, token: u32) -> Text<'_> {
        /// Stands in for a token that is not there, which cannot be: the parser only keeps positions of those it saw.
        const NONE: Token = Token {
            kind: TokenKind::Unknown,
            span: Span { start: 0, end: 0 },
        };
        Text {
            document: self,
            token: self.tokens.get(token as usize).copied().unwrap_or(NONE),
        }
    }

    fn span_of(&self, first: u32, last: u32) -> Span {
        self.text_at(first).span().to(self.text_at(last).span())
    }
}
