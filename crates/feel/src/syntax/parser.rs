//! Puts words, literals and signs together into a tree.
//!
//! INVARIANT: the parser always moves on or returns, and goes no deeper than `limits::DEPTH`. What is
//! wrong is reported once at its place; a missing node stands in for it, and reading goes on behind it.
//! `terms` reads what an expression is made of; here is what holds terms together.

mod terms;

use std::ops::Range;

use super::lexer::{Keyword, Token, tokens};
use super::print::Level;
use super::{Comparison, End, Kind, Loop, Name, Node, Operator, Parsed, Quantifier, Test, Tree};
use crate::limits::{DEPTH, NODES, SOURCE_BYTES};
use crate::{Code, Diagnostic};

pub(super) fn parse(text: &str) -> Parsed {
    if text.len() > SOURCE_BYTES {
        let message = format!(
            "this expression is too long: {} bytes, and {SOURCE_BYTES} are allowed",
            text.len()
        );
        let diagnostic = Diagnostic::new(Code::Limit, 0..text.len(), message);
        let root = Node::new(Kind::Missing, 0..text.len());
        return Parsed {
            tree: Tree { root },
            diagnostics: vec![diagnostic.help("give a part of it a name of its own")],
        };
    }
    let (tokens, diagnostics) = tokens(text);
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        depth: 0,
        nodes: 0,
        diagnostics,
        reported: None,
        closers: Vec::new(),
    };
    let root = parser.expression();
    if *parser.peek() != Token::End {
        parser.expected("an operator");
    }
    parser.diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    Parsed {
        tree: Tree { root },
        diagnostics: parser.diagnostics,
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    /// How many things are being read in one another.
    depth: usize,
    /// How many nodes have been made.
    nodes: usize,
    diagnostics: Vec<Diagnostic>,
    /// The token at which something was reported last: one report is enough.
    reported: Option<usize>,
    /// What closes the brackets that are open, from the outside in.
    closers: Vec<&'static str>,
}

impl Parser<'_> {
    /// Reads a whole expression.
    fn expression(&mut self) -> Node {
        self.operand(Level::Or)
    }

    /// Reads an operand that holds together at least so tightly.
    fn operand(&mut self, level: Level) -> Node {
        let left = self.unary();
        self.climb(left, level)
    }

    /// Reads the operators that follow `left` and hold together at least so tightly.
    fn climb(&mut self, mut left: Node, level: Level) -> Node {
        loop {
            let start = left.span.start;
            let comparisons = level <= Level::Comparison;
            left = if let Some(operator) = self.operator().filter(|operator| operator.level() >= level) {
                self.chain(left, operator)
            } else if let Some(comparison) = self.comparison().filter(|_| comparisons) {
                self.advance();
                let right = self.operand(Level::Additive);
                self.node(Kind::Compare(comparison, Box::new([left, right])), start)
            } else if comparisons && self.take_keyword(Keyword::Between) {
                let low = self.operand(Level::Additive);
                self.expect_keyword(Keyword::And);
                let high = self.operand(Level::Additive);
                self.node(Kind::Between(Box::new([left, low, high])), start)
            } else if comparisons && self.take_keyword(Keyword::In) {
                let tests = self.deeper(Self::tests).unwrap_or_default();
                self.node(Kind::In(Box::new(left), tests), start)
            } else if level <= Level::Instance && self.take_keyword(Keyword::Instance) {
                self.instance_of(left, start)
            } else {
                return left;
            };
        }
    }

    /// Reads the run of operands with the same operator between them.
    fn chain(&mut self, first: Node, operator: Operator) -> Node {
        let start = first.span.start;
        let tighter = match operator {
            Operator::Or => Level::And,
            Operator::And => Level::Comparison,
            Operator::Add | Operator::Subtract => Level::Multiplicative,
            Operator::Multiply | Operator::Divide => Level::Power,
            Operator::Power => Level::Instance,
        };
        let mut nodes = vec![first];
        while self.operator() == Some(operator) {
            self.advance();
            nodes.push(self.operand(tighter));
        }
        self.node(Kind::Chain(operator, nodes), start)
    }

    fn operator(&self) -> Option<Operator> {
        match self.peek() {
            Token::Keyword(Keyword::Or) => Some(Operator::Or),
            Token::Keyword(Keyword::And) => Some(Operator::And),
            Token::Sign("+") => Some(Operator::Add),
            Token::Sign("-") => Some(Operator::Subtract),
            Token::Sign("*") => Some(Operator::Multiply),
            Token::Sign("/") => Some(Operator::Divide),
            Token::Sign("**") => Some(Operator::Power),
            _ => None,
        }
    }

    fn comparison(&self) -> Option<Comparison> {
        match self.peek() {
            Token::Sign("=") => Some(Comparison::Equal),
            Token::Sign("!=") => Some(Comparison::NotEqual),
            Token::Sign("<") => Some(Comparison::Less),
            Token::Sign("<=") => Some(Comparison::LessOrEqual),
            Token::Sign(">") => Some(Comparison::Greater),
            Token::Sign(">=") => Some(Comparison::GreaterOrEqual),
            _ => None,
        }
    }

    /// Reads what follows `in`: one test, or several in brackets.
    fn tests(&mut self) -> Vec<Test<Node>> {
        let opening = self.span();
        if !self.take_sign("(") {
            return vec![self.test(Level::Additive)];
        }
        self.closers.push(")");
        let mut tests = Vec::new();
        loop {
            match self.test(Level::Or) {
                // What looked like brackets around tests is a range without its start, as in `x in (1..5]`.
                Test::Within(low) if tests.is_empty() && self.take_sign("..") => {
                    self.closers.pop();
                    let range = self.range_from(End::Open(low), &opening);
                    return vec![Test::Within(self.climb(range, Level::Additive))];
                }
                test => tests.push(test),
            }
            if !self.take_comma() {
                break;
            }
        }
        self.close(&opening);
        match <[Test<Node>; 1]>::try_from(tests) {
            // Brackets around one test may also be the beginning of a longer value, as in `x in (a)[1]`.
            Ok([Test::Within(node)]) => vec![Test::Within(self.longer(node))],
            Ok([Test::Compares(comparison, node)]) if self.goes_on() => {
                let range = self.one_sided_range(comparison, node, &opening);
                vec![Test::Within(self.longer(range))]
            }
            Ok(test) => test.into(),
            Err(tests) => tests,
        }
    }

    /// Does something follow that belongs to the value before it?
    fn goes_on(&self) -> bool {
        let operator = self
            .operator()
            .is_some_and(|operator| operator.level() >= Level::Additive);
        operator
            || matches!(
                self.peek(),
                Token::Sign("." | "[" | "(") | Token::Keyword(Keyword::Instance)
            )
    }

    /// Reads what follows a value in brackets and belongs to it.
    fn longer(&mut self, node: Node) -> Node {
        let node = self.postfix(node);
        self.climb(node, Level::Additive)
    }

    fn test(&mut self, level: Level) -> Test<Node> {
        match self.comparison() {
            Some(comparison) => {
                self.advance();
                Test::Compares(comparison, self.operand(Level::Additive))
            }
            None if level == Level::Or => Test::Within(self.expression()),
            None => Test::Within(self.operand(level)),
        }
    }

    /// Reads the end of a range and what closes it.
    fn range_from(&mut self, start: End<Node>, opening: &Range<usize>) -> Node {
        self.closers.push(")");
        let high = self.operand(Level::Additive);
        let end = if self.take_sign("]") {
            self.closers.pop();
            End::Closed(high)
        } else if self.take_sign("[") {
            self.closers.pop();
            End::Open(high)
        } else {
            self.close(opening);
            End::Open(high)
        };
        self.node(Kind::Range(Box::new([start, end])), opening.start)
    }

    fn unary(&mut self) -> Node {
        let mut signs = Vec::new();
        while *self.peek() == Token::Sign("-") {
            signs.push(self.span().start);
            self.advance();
        }
        let term = self.deeper(|parser| {
            let term = parser.term();
            parser.postfix(term)
        });
        let mut node = term.unwrap_or_else(|| self.missing());
        for sign in signs.into_iter().rev() {
            node = self.node(Kind::Negation(Box::new(node)), sign);
        }
        node
    }

    /// Reads something within what is being read, unless that is too deep.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth == DEPTH {
            self.too_deep(self.span());
            return None;
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        Some(read)
    }

    /// Reads the names of `for`, `some` and `every`, and the lists they go over.
    fn loops(&mut self) -> Vec<Loop> {
        let mut loops = Vec::new();
        loop {
            let name = self.name();
            self.expect_keyword(Keyword::In);
            let from = self.expression();
            let to = self.take_sign("..").then(|| self.operand(Level::Additive));
            loops.push(Loop { name, from, to });
            if !self.take_sign(",") {
                return loops;
            }
        }
    }

    fn for_loop(&mut self, start: usize) -> Node {
        let loops = self.loops();
        self.expect_keyword(Keyword::Return);
        let body = self.expression();
        self.node(Kind::For(loops, Box::new(body)), start)
    }

    fn quantified(&mut self, quantifier: Quantifier, start: usize) -> Node {
        let loops = self.loops();
        self.expect_keyword(Keyword::Satisfies);
        let body = self.expression();
        self.node(Kind::Quantified(quantifier, loops, Box::new(body)), start)
    }

    fn conditional(&mut self, start: usize) -> Node {
        let condition = self.expression();
        self.expect_keyword(Keyword::Then);
        let one = self.expression();
        self.expect_keyword(Keyword::Else);
        let other = self.expression();
        self.node(Kind::If(Box::new([condition, one, other])), start)
    }

    fn peek(&self) -> &Token {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> &Token {
        self.tokens
            .get(self.at + ahead)
            .map_or(&Token::End, |(token, _)| token)
    }

    /// Where the token ahead stands.
    fn span(&self) -> Range<usize> {
        self.tokens
            .get(self.at)
            .map_or(self.text.len()..self.text.len(), |(_, span)| span.clone())
    }

    /// Where the token just read ends.
    fn end(&self) -> usize {
        self.at
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .map_or(0, |(_, span)| span.end)
    }

    fn advance(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len());
    }

    fn take_sign(&mut self, sign: &'static str) -> bool {
        let found = *self.peek() == Token::Sign(sign);
        if found {
            self.advance();
        }
        found
    }

    fn take_keyword(&mut self, keyword: Keyword) -> bool {
        let found = *self.peek() == Token::Keyword(keyword);
        if found {
            self.advance();
        }
        found
    }

    fn expect_keyword(&mut self, keyword: Keyword) {
        if !self.take_keyword(keyword) {
            self.expected(&format!("`{}`", keyword.as_str()));
            self.recover();
            self.take_keyword(keyword);
        }
    }

    /// Reads a comma between things in brackets, if there is one, stepping over what makes no sense before it.
    fn take_comma(&mut self) -> bool {
        let closer = self.closers.last().copied().unwrap_or_default();
        if !matches!(self.peek(), Token::Sign(sign) if *sign == "," || *sign == closer)
            && *self.peek() != Token::End
        {
            self.expected(&format!("`,` or `{closer}`"));
            self.recover();
        }
        self.take_sign(",")
    }

    /// Reads what closes the innermost open bracket, or says that it is never closed.
    fn close(&mut self, opening: &Range<usize>) {
        let Some(closer) = self.closers.last().copied() else {
            return;
        };
        if *self.peek() != Token::Sign(closer) && *self.peek() != Token::End {
            self.expected(&format!("`{closer}`"));
            self.recover();
        }
        self.closers.pop();
        if !self.take_sign(closer) {
            let bracket = self.text.get(opening.clone()).unwrap_or_default();
            let message = format!("this `{bracket}` is never closed");
            let diagnostic = Diagnostic::new(Code::Unclosed, opening.clone(), message);
            self.report(diagnostic.help(format!("add `{closer}` where it ends")));
        }
    }

    /// Goes on to what may end the part that makes no sense.
    fn recover(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                Token::End => return,
                Token::Sign("(" | "[" | "{") => open += 1,
                Token::Sign(")" | "]" | "}") if open > 0 => open -= 1,
                // What closes nothing that is open is stepped over too.
                Token::Sign(sign) if open == 0 && (*sign == "," || self.closers.contains(sign)) => return,
                Token::Keyword(Keyword::Then | Keyword::Else | Keyword::Return | Keyword::Satisfies)
                    if open == 0 =>
                {
                    return;
                }
                _ => {}
            }
            self.advance();
        }
    }

    /// Reports that something else should stand here.
    fn expected(&mut self, what: &str) {
        let span = self.span();
        let diagnostic = match self.text.get(span.clone()) {
            Some(found) if !found.is_empty() => {
                Diagnostic::new(Code::Syntax, span, format!("expected {what}, found `{found}`"))
            }
            _ => Diagnostic::new(
                Code::Syntax,
                span,
                format!("the expression ends where {what} is expected"),
            ),
        };
        self.report(diagnostic);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.reported != Some(self.at) && *self.peek() != Token::Wrong {
            self.reported = Some(self.at);
            self.diagnostics.push(diagnostic);
        }
    }

    /// Makes a node of what has been read from `start` on.
    fn node(&mut self, kind: Kind, start: usize) -> Node {
        let node = Node::new(kind, start..self.end().max(start));
        self.nodes += 1;
        if self.nodes > NODES {
            let message = format!("this expression has too many parts: {NODES} are allowed");
            self.stop(Diagnostic::new(Code::Limit, node.span.clone(), message));
            return self.missing();
        }
        if node.height > DEPTH {
            self.too_deep(node.span.clone());
            return self.missing();
        }
        node
    }

    fn too_deep(&mut self, span: Range<usize>) {
        let message = format!("this expression is nested too deeply: {DEPTH} levels are allowed");
        self.stop(Diagnostic::new(Code::Limit, span, message));
    }

    /// Gives up: nothing that follows is read or reported.
    fn stop(&mut self, diagnostic: Diagnostic) {
        self.report(diagnostic.help("give a part of it a name of its own"));
        self.at = self.tokens.len();
        self.reported = Some(self.at);
    }

    fn missing(&self) -> Node {
        Node::new(Kind::Missing, self.span())
    }
}
