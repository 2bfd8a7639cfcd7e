//! Texts with expressions in braces: where the expressions are.

use std::ops::Range;

/// A stretch of a text with expressions in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Characters as they are meant: `{{` and `}}` stand for single braces.
    Text(String),
    /// Where an expression stands, without its braces.
    Expression(Range<usize>),
}

/// A brace without its partner: where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LoneBrace(pub(crate) usize);

/// Cuts a text at its braces. Quotes inside an expression keep the braces in them.
pub(crate) fn stretches(text: &str) -> Result<Vec<Stretch>, LoneBrace> {
    let mut stretches = Vec::new();
    let mut plain = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '{' | '}' if chars.peek().is_some_and(|&(_, next)| next == c) => {
                chars.next();
                plain.push(c);
            }
            '{' => {
                let mut quoted = false;
                let close = chars.find(|&(_, c)| {
                    quoted ^= c == '"';
                    c == '}' && !quoted
                });
                let (close, _) = close.ok_or(LoneBrace(at))?;
                if !plain.is_empty() {
                    stretches.push(Stretch::Text(std::mem::take(&mut plain)));
                }
                stretches.push(Stretch::Expression(at + 1..close));
            }
            '}' => return Err(LoneBrace(at)),
            c => plain.push(c),
        }
    }
    if !plain.is_empty() || stretches.is_empty() {
        stretches.push(Stretch::Text(plain));
    }
    Ok(stretches)
}

/// The text as it is meant, if there are no expressions in it; else where the first one stands.
pub(crate) fn fixed(text: &str) -> Result<Result<String, Range<usize>>, LoneBrace> {
    if !text.contains(['{', '}']) {
        return Ok(Ok(text.to_owned()));
    }
    let mut meant = String::new();
    for stretch in stretches(text)? {
        match stretch {
            Stretch::Text(part) => meant.push_str(&part),
            Stretch::Expression(range) => return Ok(Err(range)),
        }
    }
    Ok(Ok(meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_stand_in_single_braces() {
        let text = |text: &str| Stretch::Text(text.to_owned());
        for (written, expected) in [
            ("", vec![text("")]),
            ("Plain", vec![text("Plain")]),
            ("{a}", vec![Stretch::Expression(1..2)]),
            (
                "Was {a.b} seen?",
                vec![text("Was "), Stretch::Expression(5..8), text(" seen?")],
            ),
            (
                "{a}{b}",
                vec![Stretch::Expression(1..2), Stretch::Expression(4..5)],
            ),
            ("{{a}} {b}", vec![text("{a} "), Stretch::Expression(7..8)]),
            ("{if a = \"}\" then b else c}", vec![Stretch::Expression(1..25)]),
            ("é{ü}", vec![text("é"), Stretch::Expression(3..5)]),
        ] {
            assert_eq!(stretches(written), Ok(expected), "{written}");
        }
        for (written, at) in [("{a", 0), ("a}", 1), ("{{a}", 3), ("{\"}", 0)] {
            assert_eq!(stretches(written), Err(LoneBrace(at)), "{written}");
        }
    }

    #[test]
    fn a_fixed_text_has_no_expressions() {
        assert_eq!(fixed("a {{b}}"), Ok(Ok("a {b}".to_owned())));
        assert_eq!(fixed("a {b}"), Ok(Err(3..4)));
        assert_eq!(fixed("a }"), Err(LoneBrace(2)));
    }
}
