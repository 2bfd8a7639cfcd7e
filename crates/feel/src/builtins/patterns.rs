//! Functions on texts and patterns: DMN 1.4, table 74, and XQuery and XPath Functions 3.1, section 5.6.

use super::Call;
use super::signature::text;
use crate::pattern::{Groups, Pattern};
use crate::{Type, Value};

super::builtins! {
    matches "matches" &[&[text("input"), text("pattern"), text("flags").optional()]], |_| Type::Boolean,
        "Does the pattern, a regular expression of XPath's, match somewhere in the text?",
        "matches(\"foobar\", \"^fo*b\") and matches(\"ABC\", \"b\", \"i\")";
    replace "replace" &[&[text("input"), text("pattern"), text("replacement"), text("flags").optional()]],
        |_| Type::Text,
        "The text with every match of the pattern replaced; `$1` stands for what the first group matched.",
        "replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\") = \"[1=ab][2=]cd\"";
    split "split" &[&[text("string"), text("delimiter")]], |_| Type::Text.list(),
        "The parts of the text between the matches of the delimiter, which is a pattern.",
        "split(\"John Doe\", \"\\s\") = [\"John\", \"Doe\"]";
    extract "extract" &[&[text("string"), text("pattern"), text("flags").optional()]], |_| Type::Text.list(),
        "Every match of the pattern in the text. Not in FEEL.",
        "extract(\"1 of 23\", \"[0-9]+\") = [\"1\", \"23\"]";
}

/// The text of the first argument as characters, and where in it the pattern of the second matches.
fn search(call: &mut Call<'_, '_>, flags: usize, limit: usize) -> Option<(Vec<char>, Pattern, Vec<Groups>)> {
    let flags = if call.has(flags) {
        call.text(flags)?.as_str()
    } else {
        ""
    };
    let pattern = Pattern::new(call.text(1)?, flags).ok()?;
    let input: Vec<char> = call.text(0)?.chars().collect();
    call.spend(pattern.preparation(&input)?)?;
    let before = call.steps();
    let mut steps = before;
    let matches = pattern.matches(&input, limit, &mut steps);
    call.spend(before - steps)?;
    Some((input, pattern, matches?))
}

/// The same for what goes on after each match, which therefore must not be empty.
fn search_all(call: &mut Call<'_, '_>, flags: usize) -> Option<(Vec<char>, Pattern, Vec<Groups>)> {
    let found = search(call, flags, usize::MAX)?;
    (!found.1.matches_nothing()?).then_some(found)
}

fn matches(call: &mut Call<'_, '_>) -> Option<Value> {
    let (_, _, matches) = search(call, 2, 1)?;
    Some((!matches.is_empty()).into())
}

fn replace(call: &mut Call<'_, '_>) -> Option<Value> {
    let (input, pattern, matches) = search_all(call, 3)?;
    let quoted = call.has(3) && call.text(3)?.contains('q');
    let replacement = call.text(2)?;
    let parts = if quoted {
        vec![Part::Text(replacement)]
    } else {
        parts(replacement, pattern.groups())?
    };
    let mut replaced = String::new();
    let mut done = 0;
    for groups in &matches {
        let whole = groups.first()?.clone()?;
        replaced.extend(input.get(done..whole.start)?);
        for part in &parts {
            match part {
                Part::Text(text) => replaced.push_str(text),
                Part::Group(number) => {
                    if let Some(Some(group)) = groups.get(*number) {
                        replaced.extend(input.get(group.clone())?);
                    }
                }
            }
        }
        (replaced.len() <= crate::limits::TEXT_BYTES).then_some(())?;
        done = whole.end;
    }
    replaced.extend(input.get(done..)?);
    call.new_text(replaced)
}

/// A part of a replacement.
enum Part<'a> {
    Text(&'a str),
    Group(usize),
}

/// Reads a replacement. A `$` is followed by the number of a group, as many digits as make one there is;
/// a backslash by another one or by a `$`.
fn parts(replacement: &str, groups: usize) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = replacement;
    while let Some(place) = rest.find(['$', '\\']) {
        let (text, sign) = rest.split_at_checked(place)?;
        parts.push(Part::Text(text));
        if let Some(after) = sign.strip_prefix('\\') {
            parts.push(Part::Text(
                after.get(..1).filter(|escaped| matches!(*escaped, "$" | "\\"))?,
            ));
            rest = after.get(1..)?;
            continue;
        }
        let digits = sign.get(1..)?;
        let mut number = usize::try_from(digits.chars().next()?.to_digit(10)?).ok()?;
        let mut length = 1;
        while let Some(digit) = digits
            .get(length..)
            .and_then(|rest| rest.chars().next()?.to_digit(10))
        {
            let longer = number * 10 + usize::try_from(digit).ok()?;
            if longer > groups {
                break;
            }
            number = longer;
            length += 1;
        }
        parts.push(Part::Group(number));
        rest = digits.get(length..)?;
    }
    parts.push(Part::Text(rest));
    Some(parts)
}

fn split(call: &mut Call<'_, '_>) -> Option<Value> {
    let (input, _, matches) = search_all(call, 2)?;
    let mut parts = Vec::new();
    let mut done = 0;
    for groups in &matches {
        let whole = groups.first()?.clone()?;
        parts.push(piece(call, &input, done..whole.start)?);
        done = whole.end;
    }
    parts.push(piece(call, &input, done..input.len())?);
    call.new_list(parts)
}

fn extract(call: &mut Call<'_, '_>) -> Option<Value> {
    let (input, _, matches) = search(call, 2, usize::MAX)?;
    let mut found = Vec::new();
    for groups in &matches {
        found.push(piece(call, &input, groups.first()?.clone()?)?);
    }
    call.new_list(found)
}

fn piece(call: &mut Call<'_, '_>, input: &[char], place: std::ops::Range<usize>) -> Option<Value> {
    call.new_text(input.get(place)?.iter().collect())
}
