//! Reads patterns: XML Schema part 2, appendix F, with XPath's additions.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::class::{Class, Property};
use super::{BadPattern, Flags};

/// How deep groups and classes may be nested in one another.
const DEPTH: usize = 40;
/// The most rounds a repetition can be told to go.
const ROUNDS: u32 = 1_000;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    Character(char),
    Class(Class),
    /// Any character, but for the ends of lines.
    Any,
    Start,
    End,
    Sequence(Vec<Expression>),
    Choice(Vec<Expression>),
    /// What a group with this number stands for.
    Group(usize, Box<Expression>),
    BackReference(usize),
    Repeat(Box<Expression>, Repetition),
}

/// How often something may occur.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Repetition {
    pub(super) least: u32,
    /// `None` for any number of times.
    pub(super) most: Option<u32>,
    /// As often as possible, or as seldom?
    pub(super) greedy: bool,
}

pub(super) fn parse(pattern: &str, flags: Flags) -> Result<Expression, BadPattern> {
    if flags.quoted {
        return Ok(Expression::Sequence(
            pattern.chars().map(Expression::Character).collect(),
        ));
    }
    let characters = if flags.extended {
        without_space(pattern)
    } else {
        pattern.chars().collect()
    };
    let mut reader = Reader {
        rest: characters.into_iter().peekable(),
        opened: 0,
        closed: Vec::new(),
        depth: 0,
    };
    let expression = reader.choice()?;
    match reader.rest.next() {
        None => Ok(expression),
        Some(_) => Err(BadPattern("a group is closed that was never opened")),
    }
}

/// The pattern without white space, except in classes.
fn without_space(pattern: &str) -> Vec<char> {
    let (mut depth, mut escaped) = (0_usize, false);
    let keep = |character: &char| {
        let kept = depth > 0 || !matches!(character, ' ' | '\t' | '\n' | '\r');
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        kept
    };
    pattern.chars().filter(keep).collect()
}

struct Reader {
    rest: Peekable<IntoIter<char>>,
    /// How many groups have been opened, and which of them are closed.
    opened: usize,
    closed: Vec<usize>,
    depth: usize,
}

impl Reader {
    fn take(&mut self, wanted: char) -> bool {
        self.rest.next_if_eq(&wanted).is_some()
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, BadPattern>) -> Result<T, BadPattern> {
        if self.depth == DEPTH {
            return Err(BadPattern("groups are nested too deeply"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn choice(&mut self) -> Result<Expression, BadPattern> {
        let mut branches = vec![self.branch()?];
        while self.take('|') {
            branches.push(self.branch()?);
        }
        match <[Expression; 1]>::try_from(branches) {
            Ok([only]) => Ok(only),
            Err(branches) => Ok(Expression::Choice(branches)),
        }
    }

    fn branch(&mut self) -> Result<Expression, BadPattern> {
        let mut pieces = Vec::new();
        while let Some(next) = self.rest.peek()
            && !matches!(next, '|' | ')')
        {
            let atom = self.atom()?;
            pieces.push(self.repeated(atom)?);
        }
        Ok(Expression::Sequence(pieces))
    }

    fn atom(&mut self) -> Result<Expression, BadPattern> {
        match self.rest.next() {
            Some('.') => Ok(Expression::Any),
            Some('^') => Ok(Expression::Start),
            Some('$') => Ok(Expression::End),
            Some('(') => self.deeper(Self::group),
            Some('[') => self.deeper(Self::class).map(Expression::Class),
            Some('\\') => self.escape(),
            Some('?' | '*' | '+') => Err(BadPattern("there is nothing before `?`, `*` or `+` to repeat")),
            Some('{' | '}' | ']') => Err(BadPattern(
                "write `\\` before a brace or bracket that stands for itself",
            )),
            Some(character) => Ok(Expression::Character(character)),
            None => Err(BadPattern("the pattern ends too early")),
        }
    }

    fn group(&mut self) -> Result<Expression, BadPattern> {
        if self.take('?') {
            if !self.take(':') {
                return Err(BadPattern("after `(?` only `:` is allowed"));
            }
            let inner = self.choice()?;
            return if self.take(')') {
                Ok(inner)
            } else {
                Err(BadPattern("a group is never closed"))
            };
        }
        self.opened += 1;
        let number = self.opened;
        let inner = self.choice()?;
        if !self.take(')') {
            return Err(BadPattern("a group is never closed"));
        }
        self.closed.push(number);
        Ok(Expression::Group(number, Box::new(inner)))
    }

    fn escape(&mut self) -> Result<Expression, BadPattern> {
        if let Some(digit) = self.rest.peek().and_then(|next| next.to_digit(10)) {
            self.rest.next();
            return self.back_reference(digit as usize);
        }
        Ok(match self.escaped_class()? {
            Class::Range(first, last) if first == last => Expression::Character(first),
            class => Expression::Class(class),
        })
    }

    /// Reads the number of a group: as many digits as make one there is.
    fn back_reference(&mut self, mut number: usize) -> Result<Expression, BadPattern> {
        while let Some(digit) = self.rest.peek().and_then(|next| next.to_digit(10)) {
            let longer = number * 10 + digit as usize;
            if longer > self.opened {
                break;
            }
            self.rest.next();
            number = longer;
        }
        if self.closed.contains(&number) {
            Ok(Expression::BackReference(number))
        } else {
            Err(BadPattern("there is no closed group of that number"))
        }
    }

    /// Reads what follows a backslash, of what may stand in a class too.
    fn escaped_class(&mut self) -> Result<Class, BadPattern> {
        let single = |character: char| Ok(Class::Range(character, character));
        match self.rest.next() {
            Some('n') => single('\n'),
            Some('r') => single('\r'),
            Some('t') => single('\t'),
            Some(
                character @ ('\\' | '|' | '.' | '?' | '*' | '+' | '(' | ')' | '{' | '}' | '-' | '[' | ']'
                | '^' | '$'),
            ) => single(character),
            Some(letter @ ('p' | 'P')) => self.property(letter == 'P'),
            Some(letter) => {
                Class::escaped(letter).ok_or(BadPattern("this character has no meaning after a backslash"))
            }
            None => Err(BadPattern("nothing follows the backslash")),
        }
    }

    fn property(&mut self, negative: bool) -> Result<Class, BadPattern> {
        if !self.take('{') {
            return Err(BadPattern("after `\\p` a name in braces is expected"));
        }
        let mut name = String::new();
        loop {
            match self.rest.next() {
                Some('}') => break,
                Some(character) => name.push(character),
                None => return Err(BadPattern("a brace is never closed")),
            }
        }
        let property =
            Property::named(&name).ok_or(BadPattern("there is no class of characters of that name"))?;
        let class = Class::Property(property);
        Ok(if negative {
            Class::Not(Box::new(class))
        } else {
            class
        })
    }

    /// Reads a class up to the bracket that closes it.
    fn class(&mut self) -> Result<Class, BadPattern> {
        let negative = self.take('^');
        let mut members = Vec::new();
        let mut without = None;
        while !self.take(']') {
            if self.take('-') {
                if self.take('[') {
                    without = Some(self.deeper(Self::class)?);
                    if !self.take(']') {
                        return Err(BadPattern("a class ends after what is taken away from it"));
                    }
                    break;
                }
                // A hyphen stands for itself at the beginning and at the end of a class.
                if !members.is_empty() && self.rest.peek() != Some(&']') {
                    return Err(BadPattern("write `\\-` for a hyphen in the middle of a class"));
                }
                members.push(Class::Range('-', '-'));
                continue;
            }
            let first = self.class_member()?;
            members.push(self.range_from(first)?);
        }
        if members.is_empty() {
            return Err(BadPattern("a class has nothing in it"));
        }
        let class = Class::Union(members);
        let class = if negative {
            Class::Not(Box::new(class))
        } else {
            class
        };
        Ok(match without {
            Some(without) => Class::Without(Box::new([class, without])),
            None => class,
        })
    }

    fn class_member(&mut self) -> Result<Class, BadPattern> {
        match self.rest.next() {
            Some('\\') => self.escaped_class(),
            Some('[') => Err(BadPattern("write `\\[` for a bracket in a class")),
            Some(character) => Ok(Class::Range(character, character)),
            None => Err(BadPattern("a class is never closed")),
        }
    }

    /// Reads the other end of a range of characters, if there is one.
    fn range_from(&mut self, first: Class) -> Result<Class, BadPattern> {
        let mut ahead = self.rest.clone();
        let Class::Range(low, _) = first else {
            return Ok(first);
        };
        if ahead.next() != Some('-') || matches!(ahead.next(), None | Some(']' | '[')) {
            return Ok(first);
        }
        self.rest.next();
        match self.class_member()? {
            Class::Range(high, last) if high == last && low <= high => Ok(Class::Range(low, high)),
            _ => Err(BadPattern(
                "a range of characters goes from a lower to a higher one",
            )),
        }
    }

    fn repeated(&mut self, atom: Expression) -> Result<Expression, BadPattern> {
        let (least, most) = match self.rest.peek() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('{') => return self.counted(atom),
            _ => return Ok(atom),
        };
        self.rest.next();
        let greedy = !self.take('?');
        Ok(Expression::Repeat(
            Box::new(atom),
            Repetition { least, most, greedy },
        ))
    }

    /// Reads `{2}`, `{2,}` or `{2,5}`.
    fn counted(&mut self, atom: Expression) -> Result<Expression, BadPattern> {
        self.rest.next();
        let least = self
            .count()?
            .ok_or(BadPattern("a number is expected after `{`"))?;
        let most = if self.take(',') {
            self.count()?
        } else {
            Some(least)
        };
        if !self.take('}') {
            return Err(BadPattern("a repetition is written as `{2}`, `{2,}` or `{2,5}`"));
        }
        if most.is_some_and(|most| most < least) {
            return Err(BadPattern("a repetition goes from a lower to a higher number"));
        }
        let greedy = !self.take('?');
        Ok(Expression::Repeat(
            Box::new(atom),
            Repetition { least, most, greedy },
        ))
    }

    fn count(&mut self) -> Result<Option<u32>, BadPattern> {
        let mut count: Option<u32> = None;
        while let Some(digit) = self.rest.peek().and_then(|next| next.to_digit(10)) {
            self.rest.next();
            let larger = count.unwrap_or(0) * 10 + digit;
            if larger > ROUNDS {
                return Err(BadPattern("a repetition goes to 1000 at most"));
            }
            count = Some(larger);
        }
        Ok(count)
    }
}
