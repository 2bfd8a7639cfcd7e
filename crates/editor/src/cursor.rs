//! What the cursor is in: which line of which block, and if it is an expression, which name in it.

use compiler::kdl::{Document, Node, Token, TokenKind};
use compiler::{Span, Within};

/// What the cursor is in.
pub(crate) struct Cursor<'d> {
    pub(crate) document: &'d Document,
    pub(crate) offset: u32,
    /// The word or text at the cursor, if there is one.
    pub(crate) token: Option<Token>,
    /// The line that the cursor is on, if it has begun.
    pub(crate) line: Option<Node<'d>>,
    /// What the line stands in; nothing at the top of the file.
    pub(crate) block: Option<Node<'d>>,
}

/// Which part of a line the cursor is in.
pub(crate) enum Part {
    /// Its first word.
    Word,
    /// An argument, counted from 0.
    Argument(usize),
    /// The value of a property.
    Property(String),
}

impl<'d> Cursor<'d> {
    pub(crate) fn at(document: &'d Document, offset: u32) -> Self {
        let touches = |token: &&Token| {
            let is_word = token.kind.is_value() && token.span.touches(offset);
            is_word || token.span.start < offset && offset < token.span.end
        };
        let token = document.tokens().iter().rev().find(|token| touches(token));
        let token = token.filter(|token| token.kind.is_value()).copied();
        let mut block = None;
        let mut level = document.nodes();
        let line = loop {
            let mut before = None;
            let here = level.find(|node| {
                if node.span().end < offset {
                    before = Some(*node);
                }
                node.span().touches(offset)
            });
            let Some(node) = here else {
                // Behind the last word of a line, where the next one is about to begin.
                break before.filter(|before| before.block().is_none() && goes_on(document, *before, offset));
            };
            let inside = node
                .block()
                .filter(|block| block.start < offset && (offset < block.end || is_open(document, *block)));
            if inside.is_none() {
                break Some(node);
            }
            block = Some(node);
            level = node.children();
        };
        Self {
            document,
            offset,
            token,
            line,
            block,
        }
    }

    /// Which part of its line the cursor is in. A part that has not begun counts.
    pub(crate) fn part(&self) -> Option<Part> {
        let line = self.line?;
        if line.name().span().touches(self.offset) {
            return Some(Part::Word);
        }
        for entry in line.entries() {
            if let (Some(key), true) = (entry.key(), entry.span().touches(self.offset)) {
                return Some(Part::Property(key.get().into_owned()));
            }
        }
        let before = line
            .arguments()
            .filter(|argument| argument.span().end < self.offset);
        Some(Part::Argument(before.count()))
    }

    /// What can stand in the block around the line.
    pub(crate) fn within(&self) -> Option<Within> {
        within(&self.block?.name().get())
    }

    /// The part of a text at the cursor that is an expression, and where it stands.
    pub(crate) fn expression(&self) -> Option<Span> {
        let (line, token) = (self.line?, self.token?);
        if !matches!(token.kind, TokenKind::Quoted | TokenKind::Raw) {
            return None;
        }
        let word = line.name().get();
        let hashes = matches!(token.kind, TokenKind::Raw).then(|| {
            self.written(token.span)
                .bytes()
                .take_while(|b| *b == b'#')
                .count()
        });
        let quotes = u32::try_from(hashes.unwrap_or_default()).unwrap_or_default() + 1;
        let inside = Span {
            start: token.span.start + quotes,
            end: token
                .span
                .end
                .saturating_sub(quotes)
                .max(token.span.start + quotes),
        };
        let whole = match (&*word, self.part()?) {
            (
                "show-when" | "required-when" | "read-only-when" | "finish-when" | "value" | "check",
                Part::Argument(0),
            )
            | ("when", Part::Argument(0))
            | ("condition", Part::Argument(1)) => true,
            ("use", Part::Property(key)) => key != "as",
            (_, Part::Property(key)) => key == "when",
            _ => false,
        };
        if whole {
            return Some(inside);
        }
        // In a text an expression stands between braces.
        let text = self.written(inside);
        let at = (self.offset.checked_sub(inside.start)?) as usize;
        let open = text
            .get(..at)?
            .rfind(['{', '}'])
            .filter(|&open| text.get(open..).is_some_and(|rest| rest.starts_with('{')))?;
        let close = text.get(at..)?.find('}').map_or(text.len(), |close| at + close);
        let offset = |at: usize| inside.start + u32::try_from(at).unwrap_or_default();
        Some(Span {
            start: offset(open + 1),
            end: offset(close),
        })
    }

    /// The dotted name at the cursor in an expression, and where it stands; empty if none has begun.
    pub(crate) fn name_in(&self, expression: Span) -> (String, Span) {
        let text = self.written(expression);
        let at = (self.offset.saturating_sub(expression.start) as usize).min(text.len());
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let before = text.get(..at).unwrap_or_default();
        let start = before.len()
            - before
                .chars()
                .rev()
                .take_while(|c| is_part(*c))
                .map(char::len_utf8)
                .sum::<usize>();
        let behind = text.get(at..).unwrap_or_default();
        let end = at
            + behind
                .chars()
                .take_while(|c| is_part(*c))
                .map(char::len_utf8)
                .sum::<usize>();
        let offset = |at: usize| expression.start + u32::try_from(at).unwrap_or_default();
        let span = Span {
            start: offset(start),
            end: offset(end),
        };
        (text.get(start..end).unwrap_or_default().to_owned(), span)
    }

    pub(crate) fn written(&self, span: Span) -> &'d str {
        self.document.text().get(span.range()).unwrap_or_default()
    }
}

/// Is the closing brace of a block missing?
fn is_open(document: &Document, block: Span) -> bool {
    !document
        .text()
        .get(block.range())
        .is_some_and(|written| written.ends_with('}') && written.len() > 1)
}

/// Is there nothing but spaces between a node and the offset?
fn goes_on(document: &Document, node: Node<'_>, offset: u32) -> bool {
    let between = document.text().get(node.span().end as usize..offset as usize);
    between.is_some_and(|between| between.bytes().all(|byte| matches!(byte, b' ' | b'\t')))
}

/// What can stand in the block of a line that begins with this word.
pub(crate) fn within(word: &str) -> Option<Within> {
    Some(match word {
        "form" => Within::Form,
        "section" => Within::Section,
        "group" => Within::Group,
        "component" => Within::Component,
        "repeat" => Within::Repeat,
        "sign-off" => Within::SignOff,
        "clock" => Within::Clock,
        "options" => Within::Options,
        "rules" => Within::Rules,
        "migrate" => Within::Migrate,
        kind => match form::Kind::info(kind)?.answered {
            true => Within::Question,
            false => Within::Shown,
        },
    })
}
