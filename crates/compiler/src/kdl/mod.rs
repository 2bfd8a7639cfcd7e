//! KDL 2.0.0 documents (<https://kdl.dev/spec>), as they are written: every space, comment and mistake is kept.
//!
//! [`Document::parse`] always gives a tree, with all that is wrong in the text beside it. One tree serves whoever
//! works on the text a person wrote: the compiler, and tools that format or change it. It knows no forms.
//!
//! `lexer` cuts the text into tokens, `parser` makes nodes of them, `tree` is what one walks, `text` and `number`
//! read values, `format` lays a document out as usual.

mod fault;
mod format;
mod lexer;
mod number;
mod parser;
mod text;
mod token;
mod tree;

pub use fault::Fault;
pub use text::Decoded;
pub use token::{Token, TokenKind};
pub use tree::{Entry, Node, Nodes, Number, Text, Value};

use crate::diagnostic::Code;
use crate::limits;
use fault::Faults;
use tree::{EntryData, NodeData};

/// A document: its text, tokens and nodes, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    // INVARIANT: they stand side by side and cover the text.
    tokens: Vec<Token>,
    // INVARIANT: in the order in which they are written, each before its children.
    nodes: Vec<NodeData>,
    entries: Vec<EntryData>,
    faults: Vec<Fault>,
}

impl Document {
    /// Reads a document. A text that is too long has no nodes, and a fault that says so.
    pub fn parse(text: impl Into<String>) -> Self {
        let text = text.into();
        let mut faults = Faults::default();
        if text.len() > limits::SOURCE_BYTES {
            let message = format!("the file is longer than {} MiB", limits::SOURCE_BYTES >> 20);
            faults.push(Fault::new(Code::TooLarge, 0..0, message));
            return Self {
                text: String::new(),
                tokens: Vec::new(),
                nodes: Vec::new(),
                entries: Vec::new(),
                faults: faults.0,
            };
        }
        let tokens = lexer::lex(&text, &mut faults);
        let (nodes, entries) = parser::parse(&text, &tokens, &mut faults);
        let mut faults = faults.0;
        if faults.iter().any(Fault::is_open) {
            // Where a quote is missing, braces seem missing too, and much seems to stand where it does not.
            faults.retain(|fault| !matches!(fault.code, Code::UnclosedBrace | Code::Stray));
        }
        faults.sort_by_key(|fault| fault.span);
        let mut document = Self {
            text,
            tokens,
            nodes,
            entries,
            faults,
        };
        document.mark_broken();
        document
    }

    /// Marks the nodes that have a fault before their block. What is wrong inside it is no fault of theirs.
    fn mark_broken(&mut self) {
        let broken: Vec<u32> = self
            .faults
            .iter()
            .filter_map(|fault| {
                let node = self.node_at(fault.span.start)?;
                let in_block = node.block().is_some_and(|block| fault.span.start >= block.start);
                (!in_block).then(|| node.id())
            })
            .collect();
        for id in broken {
            if let Some(node) = self.nodes.get_mut(id as usize) {
                node.broken = true;
            }
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words, signs, spaces and comments, side by side: together they are the text.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The nodes that stand in no other, in order.
    pub fn nodes(&self) -> Nodes<'_> {
        Nodes {
            document: self,
            next: 0,
            end: u32::try_from(self.nodes.len()).unwrap_or(u32::MAX),
        }
    }

    /// The innermost node that stands at an offset, or ends there.
    pub fn node_at(&self, offset: u32) -> Option<Node<'_>> {
        let mut found = None;
        let mut level = self.nodes();
        while let Some(node) = level.find(|node| node.span().touches(offset)) {
            found = Some(node);
            level = node.children();
        }
        found
    }

    /// What is wrong with it, in the order of the text.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Is it known which braces and quotes belong together? Else most of what the tree says may be an effect of
    /// one that is missing.
    pub fn is_reliable(&self) -> bool {
        !self.faults.iter().any(Fault::is_structural)
    }
}
