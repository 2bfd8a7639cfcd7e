//! Puts words and signs together to a tree. Whatever is wrong is told, and left out.

use super::fault::{Fault, Faults};
use super::token::{Token, TokenKind};
use super::tree::{EntryData, NodeData};
use crate::diagnostic::Code;
use crate::limits;
use crate::span::Span;

/// Makes a tree of the tokens of a text.
pub(super) fn parse(text: &str, tokens: &[Token], faults: &mut Faults) -> (Vec<NodeData>, Vec<EntryData>) {
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        nodes: Vec::with_capacity(tokens.len() / 8),
        entries: Vec::with_capacity(tokens.len() / 8),
        faults,
        depth: 0,
    };
    parser.nodes(None, false);
    while parser.at < tokens.len() {
        // Only a closing brace ends the nodes before the text does.
        parser.fault(
            Code::Stray,
            "this `}` closes nothing",
            "delete it, or open a block with `{` before it",
        );
        parser.at += 1;
        parser.nodes(None, false);
    }
    (parser.nodes, parser.entries)
}

struct Parser<'t, 'f> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    nodes: Vec<NodeData>,
    entries: Vec<EntryData>,
    faults: &'f mut Faults,
    depth: usize,
}

/// What may still follow in a node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// Arguments and properties, a block, the end.
    Entries,
    /// A block that is commented out was there: a block, the end.
    CommentedBlock,
    /// The block was there: blocks that are commented out, the end.
    Block,
}

impl Parser<'_, '_> {
    fn kind(&self) -> Option<TokenKind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    fn span(&self) -> Span {
        let end = Span::from(self.text.len()..self.text.len());
        self.tokens.get(self.at).map_or(end, |token| token.span)
    }

    /// The current token as it is written, or the beginning of it, in one line.
    fn written(&self) -> String {
        let written = self.text.get(self.span().range()).unwrap_or_default();
        let (shown, rest) = match written.char_indices().nth(20) {
            Some((cut, _)) => (written.get(..cut).unwrap_or_default(), "…"),
            None => (written, ""),
        };
        shown.split_whitespace().collect::<Vec<_>>().join(" ") + rest
    }

    fn position(&self) -> u32 {
        count(self.at)
    }

    fn fault(&mut self, code: Code, message: &str, help: &str) {
        let fault = Fault::new(code, self.span(), message).help(help);
        self.faults.push(fault);
    }

    fn skip(&mut self, skips: impl Fn(TokenKind) -> bool) -> bool {
        let start = self.at;
        while self.kind().is_some_and(&skips) {
            self.at += 1;
        }
        self.at > start
    }

    fn skip_node_space(&mut self) -> bool {
        self.skip(TokenKind::is_node_space)
    }

    /// Reads nodes up to a closing brace, which is left, or the end of the text.
    fn nodes(&mut self, parent: Option<u32>, commented: bool) {
        loop {
            self.skip(TokenKind::is_line_space);
            let mut this_commented = commented;
            let slashdash = self.span();
            if self.kind() == Some(TokenKind::Slashdash) {
                self.at += 1;
                self.skip(TokenKind::is_line_space);
                this_commented = true;
            }
            match self.kind() {
                Some(kind) if kind.is_value() || kind == TokenKind::TypeOpen => {
                    self.node(parent, this_commented);
                }
                None | Some(TokenKind::BlockClose) => {
                    if this_commented != commented {
                        let fault = Fault::new(
                            Code::Stray,
                            slashdash,
                            "nothing follows that `/-` could comment out",
                        );
                        self.faults.push(fault.help("delete it"));
                    }
                    return;
                }
                Some(_) => self.stray_at_line_start(),
            }
        }
    }

    /// Tells of what cannot begin a node, and goes past the rest of its line.
    fn stray_at_line_start(&mut self) {
        match self.kind() {
            // The lexer has told of it.
            Some(TokenKind::Unknown) => {}
            Some(TokenKind::Semicolon) => self.fault(Code::Stray, "this `;` ends nothing", "delete it"),
            Some(TokenKind::BlockOpen) => {
                self.fault(
                    Code::Stray,
                    "this block has no name before its `{`",
                    "put a name in front",
                );
            }
            Some(TokenKind::Slashdash) => {
                self.fault(Code::Stray, "a second `/-` changes nothing", "delete one");
                self.at += 1;
                return;
            }
            _ => {
                let message = format!("a line cannot begin with `{}`", self.written());
                self.fault(Code::Stray, &message, "begin it with a name");
            }
        }
        self.skip_line(None, true);
    }

    /// Goes to where the next node may begin. A block on the way is read as part of `parent`.
    fn skip_line(&mut self, parent: Option<u32>, commented: bool) {
        while let Some(kind) = self.kind() {
            match kind {
                TokenKind::Newline | TokenKind::Semicolon => {
                    self.at += 1;
                    return;
                }
                TokenKind::BlockClose => return,
                TokenKind::BlockOpen => {
                    self.block(parent, commented);
                }
                _ => self.at += 1,
            }
        }
    }

    /// Reads a block, from its opening brace on. Gives its braces.
    fn block(&mut self, parent: Option<u32>, commented: bool) -> (u32, Option<u32>) {
        let open = self.position();
        let opening = self.span();
        self.at += 1;
        if self.depth == limits::BLOCK_DEPTH {
            let message = format!(
                "blocks stand more than {} deep in one another",
                limits::BLOCK_DEPTH
            );
            let fault = Fault::new(Code::TooLarge, opening, message);
            self.faults.push(fault.help("split the form into components"));
            self.skip_block();
        } else {
            self.depth += 1;
            self.nodes(parent, commented);
            self.depth -= 1;
        }
        if self.kind() == Some(TokenKind::BlockClose) {
            self.at += 1;
            return (open, Some(self.position() - 1));
        }
        let mut fault = Fault::new(Code::UnclosedBrace, opening, "this block has no end");
        if let Some(name) = parent
            .and_then(|parent| self.nodes.get(parent as usize))
            .map(|node| node.name)
            && let Some(name) = self.tokens.get(name as usize)
        {
            fault = fault.label(name.span, "the block of this");
        }
        self.faults.push(fault.help("close it with `}`"));
        (open, None)
    }

    /// Goes to the closing brace of a block, past all that is in it.
    fn skip_block(&mut self) {
        let mut inner = 0_usize;
        while let Some(kind) = self.kind() {
            match kind {
                TokenKind::BlockOpen => inner += 1,
                TokenKind::BlockClose if inner == 0 => return,
                TokenKind::BlockClose => inner -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Reads a node, from its type annotation or name on.
    fn node(&mut self, parent: Option<u32>, commented: bool) {
        let start = self.position();
        let annotation = self.annotation();
        let id = count(self.nodes.len());
        let first_entry = count(self.entries.len());
        match self.kind() {
            Some(kind) if kind.is_text() => {}
            Some(kind) if kind.is_value() => {
                let message = format!("a line cannot begin with `{}`", self.written());
                self.fault(
                    Code::Stray,
                    &message,
                    "begin it with a name, or put this in quotes",
                );
            }
            _ => {
                self.fault(
                    Code::Stray,
                    "a name is missing here",
                    "behind `(…)` stands the name of what it describes",
                );
                self.skip_line(parent, commented);
                return;
            }
        }
        self.nodes.push(NodeData {
            name: self.position(),
            annotation,
            entries: first_entry..first_entry,
            end: id + 1,
            parent,
            tokens: start..start + 1,
            block: None,
            commented,
            broken: false,
        });
        self.at += 1;
        self.rest_of_node(id, commented);
        let (end, last) = (count(self.nodes.len()), self.last_part(start));
        if let Some(node) = self.nodes.get_mut(id as usize) {
            node.end = end;
            node.tokens.end = last;
        }
    }

    /// Just past the last token that is more than space, before the current one.
    fn last_part(&self, start: u32) -> u32 {
        let own = self.tokens.get(start as usize..self.at).unwrap_or_default();
        let trailing = own
            .iter()
            .rev()
            .take_while(|token| token.kind.is_line_space() || token.kind == TokenKind::Semicolon)
            .count();
        count(self.at - trailing.min(own.len()))
    }

    /// Reads what follows a node's name, up to and with what ends it.
    fn rest_of_node(&mut self, id: u32, commented: bool) {
        let mut stage = Stage::Entries;
        // The lexer has told of what means nothing; that it does not stand apart need not be told, too.
        let mut after_unknown = false;
        loop {
            let mut spaced = self.skip_node_space() || std::mem::take(&mut after_unknown);
            let slashdash = self.span();
            let mut off = false;
            if self.kind() == Some(TokenKind::Slashdash) {
                self.at += 1;
                self.skip(TokenKind::is_line_space);
                (off, spaced) = (true, true);
            }
            match self.kind() {
                Some(TokenKind::BlockOpen) => {
                    if stage == Stage::Block && !off {
                        self.fault(
                            Code::Stray,
                            "a second block follows the first",
                            "put everything in one pair of braces",
                        );
                    }
                    let ignored = off || stage == Stage::Block;
                    let braces = self.block(Some(id), commented || ignored);
                    if let Some(node) = self.nodes.get_mut(id as usize).filter(|_| !ignored) {
                        node.block = Some(braces);
                    }
                    stage = stage.max(if off { Stage::CommentedBlock } else { Stage::Block });
                }
                Some(kind) if kind.is_value() || kind == TokenKind::TypeOpen => {
                    if stage != Stage::Entries {
                        let message = format!("`{}` stands behind a block", self.written());
                        self.fault(
                            Code::Stray,
                            &message,
                            "put it before the `{`, or on a line of its own",
                        );
                        self.skip_line(Some(id), true);
                        return;
                    }
                    if !spaced {
                        let message = format!("a space is missing before `{}`", self.written());
                        self.fault(Code::Stray, &message, "put a space between the two");
                    }
                    if !self.entry(commented || off) {
                        self.skip_line(Some(id), true);
                        return;
                    }
                    // Entries only stand before any block, so a node's own stand side by side.
                    let entries_end = count(self.entries.len());
                    if let Some(node) = self.nodes.get_mut(id as usize) {
                        node.entries.end = entries_end;
                    }
                }
                _ if off => {
                    let fault = Fault::new(
                        Code::Stray,
                        slashdash,
                        "nothing follows that `/-` could comment out",
                    );
                    self.faults.push(fault.help("delete it"));
                }
                None | Some(TokenKind::BlockClose) => return,
                Some(TokenKind::Newline | TokenKind::Semicolon) => {
                    self.at += 1;
                    return;
                }
                Some(TokenKind::LineComment) => {
                    self.at += 1;
                    return;
                }
                Some(TokenKind::Unknown) => {
                    self.at += 1;
                    after_unknown = true;
                }
                Some(_) => {
                    let message = format!("`{}` means nothing here", self.written());
                    let help = "put a text with such signs in quotes";
                    self.fault(Code::Stray, &message, help);
                    self.skip_line(Some(id), true);
                    return;
                }
            }
        }
    }

    /// Reads an argument or a property; says whether it made sense.
    fn entry(&mut self, commented: bool) -> bool {
        let start = self.position();
        let mut annotation = self.annotation();
        let annotated = annotation.is_some();
        if !self.kind().is_some_and(TokenKind::is_value) {
            self.fault(
                Code::Stray,
                "a value is missing here",
                "behind `(…)` stands the value that it describes",
            );
            return false;
        }
        let mut value = self.position();
        let is_text = self.kind().is_some_and(TokenKind::is_text);
        self.at += 1;
        let behind = self.at;
        self.skip_node_space();
        let mut key = None;
        if self.kind() == Some(TokenKind::Equals) {
            if !is_text || annotated {
                let fault = Fault::new(Code::Stray, self.span(), "`=` must follow the name of a property");
                self.faults
                    .push(fault.help("write `name=value`, with a name that is no number and has no `(…)`"));
            }
            self.at += 1;
            self.skip_node_space();
            key = Some(value);
            annotation = self.annotation();
            if !self.kind().is_some_and(TokenKind::is_value) {
                self.fault(
                    Code::Stray,
                    "a value is missing behind this `=`",
                    "write `name=value`",
                );
                return false;
            }
            value = self.position();
            self.at += 1;
        } else {
            self.at = behind;
        }
        self.entries.push(EntryData {
            key,
            annotation,
            value,
            tokens: start..self.position(),
            commented,
        });
        true
    }

    /// Reads a type annotation, if there is one, and the space behind it.
    fn annotation(&mut self) -> Option<u32> {
        if self.kind() != Some(TokenKind::TypeOpen) {
            return None;
        }
        self.at += 1;
        self.skip_node_space();
        let name = self.position();
        if !self.kind().is_some_and(TokenKind::is_text) {
            self.fault(Code::Stray, "a name is missing behind this `(`", "write `(name)`");
            return None;
        }
        self.at += 1;
        self.skip_node_space();
        if self.kind() == Some(TokenKind::TypeClose) {
            self.at += 1;
            self.skip_node_space();
        } else {
            self.fault(Code::Stray, "a `)` is missing here", "write `(name)`");
        }
        Some(name)
    }
}

/// A position in one of the document's lists. A text is never so long that one would not fit.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
