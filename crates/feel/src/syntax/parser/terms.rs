//! Reads what an expression is made of: literals, names, calls, brackets, and what follows them closely.

use std::ops::Range;

use smol_str::SmolStr;

use super::super::{Arguments, Feature};
use super::{Comparison, End, Keyword, Kind, Level, Name, Node, Parser, Quantifier, Token};
use crate::{Code, Diagnostic, Type};

/// Names of functions with a keyword in them.
const PHRASES: [&[&str]; 2] = [&["date", "and", "time"], &["years", "and", "months", "duration"]];

/// The types that can follow `instance of`, by their words.
const TYPES: [(&[&str], Type); 12] = [
    (&["Any"], Type::Any),
    (&["Null"], Type::Null),
    (&["boolean"], Type::Boolean),
    (&["number"], Type::Number),
    (&["string"], Type::Text),
    (&["date", "and", "time"], Type::DateTime),
    (&["date"], Type::Date),
    (&["time"], Type::Time),
    (&["days", "and", "time", "duration"], Type::Days),
    (&["day", "time", "duration"], Type::Days),
    (&["years", "and", "months", "duration"], Type::Months),
    (&["year", "month", "duration"], Type::Months),
];

impl Parser<'_> {
    /// Reads a literal, a name, a call, or anything in brackets.
    pub(super) fn term(&mut self) -> Node {
        let span = self.span();
        let start = span.start;
        let kind = match self.peek().clone() {
            Token::Number(number) => Kind::Number(number),
            Token::Text(text) => Kind::Text(text),
            Token::Keyword(Keyword::Null) => Kind::Null,
            Token::Keyword(Keyword::True) => Kind::Boolean(true),
            Token::Keyword(Keyword::False) => Kind::Boolean(false),
            Token::Word(_) => return self.name_or_call(),
            Token::Keyword(Keyword::If) => return self.within(|parser| parser.conditional(start)),
            Token::Keyword(Keyword::For) => return self.within(|parser| parser.for_loop(start)),
            Token::Keyword(Keyword::Some) => {
                return self.within(|parser| parser.quantified(Quantifier::Some, start));
            }
            Token::Keyword(Keyword::Every) => {
                return self.within(|parser| parser.quantified(Quantifier::Every, start));
            }
            Token::Keyword(Keyword::Function) => return self.within(|parser| parser.function(start)),
            Token::Sign("@") => return self.within(|parser| parser.at_literal(&span)),
            Token::Sign("(") => return self.within(|parser| parser.group(&span)),
            Token::Sign("[") => return self.within(|parser| parser.list(&span)),
            // A range can also be opened by a bracket that faces away from it.
            Token::Sign("]") if starts_expression(self.peek_at(1)) => {
                return self.within(|parser| {
                    let low = parser.operand(Level::Additive);
                    parser.rest_of_range(End::Open(low), &span)
                });
            }
            Token::Sign("{") => return self.within(|parser| parser.context(start)),
            _ => {
                self.expected("a value");
                return self.missing();
            }
        };
        self.advance();
        self.node(kind, start)
    }

    /// Steps over the token ahead and goes on with what it begins.
    fn within(&mut self, read: impl FnOnce(&mut Self) -> Node) -> Node {
        self.advance();
        read(self)
    }

    /// Reads the properties, filters and calls that follow a term.
    pub(super) fn postfix(&mut self, mut node: Node) -> Node {
        loop {
            let start = node.span.start;
            let span = self.span();
            node = match self.peek() {
                Token::Sign(".") => {
                    self.advance();
                    let name = self.name();
                    self.node(Kind::Path(Box::new(node), name), start)
                }
                // A bracket with nothing in it that could be a filter closes a range instead: `[1..10[`.
                Token::Sign("[") if starts_expression(self.peek_at(1)) => {
                    self.advance();
                    self.closers.push("]");
                    let filter = self.expression();
                    self.close(&span);
                    self.node(Kind::Filter(Box::new([node, filter])), start)
                }
                Token::Sign("(") if node.kind != Kind::Missing => {
                    self.advance();
                    self.arguments(&span);
                    self.unsupported(Feature::Functions, start)
                }
                _ => return node,
            };
        }
    }

    fn name_or_call(&mut self) -> Node {
        let start = self.span().start;
        let name = self.phrase().unwrap_or_else(|| self.name());
        let opening = self.span();
        if self.take_sign("(") {
            let arguments = self.arguments(&opening);
            return self.node(Kind::Call(name, arguments), start);
        }
        self.node(Kind::Name(name.text), start)
    }

    /// Reads the name of a function that has a keyword in it.
    fn phrase(&mut self) -> Option<Name> {
        let start = self.span().start;
        let words = PHRASES
            .into_iter()
            .find(|words| self.has_words(words) && *self.peek_at(words.len()) == Token::Sign("("))?;
        words.iter().for_each(|_| self.advance());
        Some(Name {
            text: words.join(" ").into(),
            span: start..self.end(),
        })
    }

    fn has_words(&self, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(ahead, word)| match self.peek_at(ahead) {
                Token::Word(found) => found == word,
                Token::Keyword(found) => found.as_str() == *word,
                _ => false,
            })
    }

    /// Reads a name: all the words that stand side by side.
    pub(super) fn name(&mut self) -> Name {
        let start = self.span().start;
        let mut words: Vec<SmolStr> = Vec::new();
        while let Token::Word(word) = self.peek() {
            words.push(word.clone());
            self.advance();
        }
        if words.is_empty() {
            self.expected("a name");
            return Name {
                text: SmolStr::default(),
                span: self.span(),
            };
        }
        Name {
            text: words.join(" ").into(),
            span: start..self.end(),
        }
    }

    fn at_literal(&mut self, sign: &Range<usize>) -> Node {
        let Token::Text(text) = self.peek().clone() else {
            self.expected("a date, time or duration in quotes");
            return self.missing();
        };
        self.advance();
        self.node(Kind::At(text), sign.start)
    }

    /// Reads what follows an opening bracket: an expression, or a range that does not include its start.
    fn group(&mut self, opening: &Range<usize>) -> Node {
        self.closers.push(")");
        if let Some(comparison) = self.comparison() {
            self.advance();
            let end = self.operand(Level::Additive);
            self.close(opening);
            return self.one_sided_range(comparison, end, opening);
        }
        let node = self.expression();
        if *self.peek() == Token::Sign("..") {
            self.closers.pop();
            return self.rest_of_range(End::Open(node), opening);
        }
        self.close(opening);
        Node {
            span: opening.start..self.end().max(opening.start),
            ..node
        }
    }

    /// Makes a range of what stands in brackets as `(< 5)` and its like.
    pub(super) fn one_sided_range(
        &mut self,
        comparison: Comparison,
        end: Node,
        opening: &Range<usize>,
    ) -> Node {
        let ends = match comparison {
            Comparison::Less => [End::Unbounded, End::Open(end)],
            Comparison::LessOrEqual => [End::Unbounded, End::Closed(end)],
            Comparison::Greater => [End::Open(end), End::Unbounded],
            Comparison::GreaterOrEqual => [End::Closed(end), End::Unbounded],
            Comparison::Equal | Comparison::NotEqual => {
                let message = format!("`{}` has nothing on its left to compare", comparison.as_str());
                let span = opening.start..self.end();
                self.diagnostics
                    .push(Diagnostic::new(Code::Syntax, span, message));
                return self.missing();
            }
        };
        self.node(Kind::Range(Box::new(ends)), opening.start)
    }

    /// Reads what follows an opening square bracket: a list, or a range that includes its start.
    fn list(&mut self, opening: &Range<usize>) -> Node {
        if self.take_sign("]") {
            return self.node(Kind::List(Vec::new()), opening.start);
        }
        self.closers.push("]");
        let mut members = Vec::new();
        loop {
            let member = self.expression();
            if members.is_empty() && *self.peek() == Token::Sign("..") {
                self.closers.pop();
                return self.rest_of_range(End::Closed(member), opening);
            }
            members.push(member);
            if !self.take_comma() {
                break;
            }
        }
        self.close(opening);
        self.node(Kind::List(members), opening.start)
    }

    fn rest_of_range(&mut self, start: End<Node>, opening: &Range<usize>) -> Node {
        if !self.take_sign("..") {
            self.expected("`..`");
        }
        self.range_from(start, opening)
    }

    fn arguments(&mut self, opening: &Range<usize>) -> Arguments {
        if self.take_sign(")") {
            return Arguments::Positional(Vec::new());
        }
        self.closers.push(")");
        let (mut positional, mut named) = (Vec::new(), Vec::new());
        loop {
            let span = self.span();
            let name = self.is_named_argument().then(|| self.name());
            if name.is_some() {
                self.take_sign(":");
            }
            let value = self.expression();
            match name {
                Some(name) if positional.is_empty() => named.push((name, value)),
                None if named.is_empty() => positional.push(value),
                _ => {
                    let message = "either all arguments have a name, or none of them";
                    self.diagnostics
                        .push(Diagnostic::new(Code::Syntax, span, message));
                }
            }
            if !self.take_comma() {
                break;
            }
        }
        self.close(opening);
        if named.is_empty() {
            Arguments::Positional(positional)
        } else {
            Arguments::Named(named)
        }
    }

    fn is_named_argument(&self) -> bool {
        let words = (0..)
            .take_while(|ahead| matches!(self.peek_at(*ahead), Token::Word(_)))
            .count();
        words > 0 && *self.peek_at(words) == Token::Sign(":")
    }

    /// Steps over a context.
    fn context(&mut self, start: usize) -> Node {
        self.skip_to_close();
        self.unsupported(Feature::Contexts, start)
    }

    /// Steps over a function's parameters, and reads its body.
    fn function(&mut self, start: usize) -> Node {
        if self.take_sign("(") {
            self.skip_to_close();
        }
        self.expression();
        self.unsupported(Feature::Functions, start)
    }

    /// Steps over everything up to the bracket that closes the one just read.
    fn skip_to_close(&mut self) {
        let mut open = 1;
        while open > 0 && *self.peek() != Token::End {
            match self.peek() {
                Token::Sign("(" | "[" | "{") => open += 1,
                Token::Sign(")" | "]" | "}") => open -= 1,
                _ => {}
            }
            self.advance();
        }
    }

    fn unsupported(&mut self, feature: Feature, start: usize) -> Node {
        let span = start..self.end().max(start);
        self.diagnostics.push(feature.diagnostic(span));
        self.node(Kind::Unsupported(feature), start)
    }

    /// Reads what follows `instance`.
    pub(super) fn instance_of(&mut self, value: Node, start: usize) -> Node {
        if self.has_words(&["of"]) {
            self.advance();
        } else {
            self.expected("`of`");
        }
        match self.type_name() {
            Ok(ty) => self.node(Kind::InstanceOf(Box::new(value), ty), start),
            Err(feature) => self.unsupported(feature, start),
        }
    }

    fn type_name(&mut self) -> Result<Type, Feature> {
        self.deeper(Self::type_within).unwrap_or(Ok(Type::Any))
    }

    fn type_within(&mut self) -> Result<Type, Feature> {
        if let Some((words, ty)) = TYPES.into_iter().find(|(words, _)| self.has_words(words)) {
            words.iter().for_each(|_| self.advance());
            return Ok(ty);
        }
        if self.take_keyword(Keyword::Function) {
            self.skip_parameters()?;
            if self.take_sign("-") && self.take_sign(">") {
                self.type_name()?;
            }
            return Err(Feature::Functions);
        }
        for (word, of) in [("list", Type::list as fn(Type) -> Type), ("range", Type::range)] {
            if self.has_words(&[word]) {
                self.advance();
                return self.type_parameter().map(of);
            }
        }
        if self.has_words(&["context"]) {
            self.advance();
            self.skip_parameters()?;
            return Err(Feature::Contexts);
        }
        self.expected("a type");
        Ok(Type::Any)
    }

    fn type_parameter(&mut self) -> Result<Type, Feature> {
        let opening = self.span();
        if !self.take_sign("<") {
            return Ok(Type::Any);
        }
        self.closers.push(">");
        let ty = self.type_name();
        self.close(&opening);
        ty
    }

    /// Steps over what stands in angle brackets.
    fn skip_parameters(&mut self) -> Result<(), Feature> {
        if !self.take_sign("<") {
            return Ok(());
        }
        let mut open = 1;
        while open > 0 && *self.peek() != Token::End {
            match (self.peek(), self.peek_at(1)) {
                (Token::Sign("-"), Token::Sign(">")) => self.advance(),
                (Token::Sign("<"), _) => open += 1,
                (Token::Sign(">"), _) => open -= 1,
                _ => {}
            }
            self.advance();
        }
        Ok(())
    }
}

impl Feature {
    /// Says that the language has no such thing.
    pub(crate) fn diagnostic(self, span: Range<usize>) -> Diagnostic {
        let (message, help) = match self {
            Self::Contexts => (
                "contexts in braces are not supported here",
                "write the value itself",
            ),
            Self::Functions => (
                "functions as values are not supported here",
                "write the expression itself",
            ),
            Self::Zones => (
                "time zones by their names are not supported here",
                "write the distance from Greenwich, as in `10:30:00+01:00`",
            ),
        };
        Diagnostic::new(Code::Unsupported, span, message).help(help)
    }
}

/// Can an expression begin with this?
fn starts_expression(token: &Token) -> bool {
    match token {
        Token::Number(_) | Token::Text(_) | Token::Word(_) => true,
        Token::Keyword(keyword) => matches!(
            keyword,
            Keyword::Null
                | Keyword::True
                | Keyword::False
                | Keyword::If
                | Keyword::For
                | Keyword::Some
                | Keyword::Every
                | Keyword::Function
        ),
        Token::Sign(sign) => matches!(*sign, "(" | "[" | "-" | "@" | "{"),
        Token::Wrong | Token::End => false,
    }
}
