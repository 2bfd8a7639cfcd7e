//! Changes that keep to a language. Bytes changed at random seldom pass for anything; words and values put where
//! others of them stood get to what lies behind the reader.

use std::collections::VecDeque;

use libfuzzer_sys::fuzzer_mutate;
use serde_json::Value;

/// Changes a text: its bytes as libFuzzer does, or its words, some of which come from `known`. Gives the new length.
pub fn text(data: &mut [u8], size: usize, max: usize, seed: u32, known: &[&str]) -> usize {
    let mut dice = Dice(u64::from(seed));
    let text = data.get(..size).and_then(|text| std::str::from_utf8(text).ok());
    match text {
        Some(text) if dice.throw(3) > 0 => write(data, max, change_words(text, known, &mut dice).as_bytes()),
        _ => fuzzer_mutate(data, size, max),
    }
}

/// Changes JSON: its bytes as libFuzzer does, or its values. Gives the new length.
pub fn json(data: &mut [u8], size: usize, max: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed));
    let tree = data
        .get(..size)
        .and_then(|text| serde_json::from_slice(text).ok());
    match tree {
        Some(mut tree) if dice.throw(8) > 0 => {
            for _ in 0..=dice.throw(3) {
                change_value(&mut tree, &mut dice);
            }
            write(data, max, tree.to_string().as_bytes())
        }
        _ => fuzzer_mutate(data, size, max),
    }
}

/// As much of the bytes as there is room for.
fn write(data: &mut [u8], max: usize, bytes: &[u8]) -> usize {
    let length = bytes.len().min(max).min(data.len());
    for (to, from) in data.iter_mut().zip(bytes.iter().take(length)) {
        *to = *from;
    }
    length
}

fn change_words(text: &str, known: &[&str], dice: &mut Dice) -> String {
    let mut words = words(text);
    for _ in 0..=dice.throw(4) {
        let from = dice.throw(words.len() + 1);
        // Mostly a few words, now and then a whole block of them.
        let reach = [2, 4, 40].into_iter().nth(dice.throw(3)).unwrap_or(2);
        let to = (from + dice.throw(reach)).min(words.len());
        match dice.throw(5) {
            0 => drop(words.drain(from..to)),
            1 => {
                let taken: Vec<&str> = words.drain(from..to).collect();
                let at = dice.throw(words.len() + 1);
                words.splice(at..at, taken);
            }
            2 => {
                let copied = words.get(from..to).unwrap_or_default().to_vec();
                let at = dice.throw(words.len() + 1);
                words.splice(at..at, copied);
            }
            3 => {
                let other = words.get(dice.throw(words.len())).copied();
                words.splice(from..to, other);
            }
            _ => {
                let word = known.get(dice.throw(known.len())).copied();
                words.splice(from..to, word);
            }
        }
    }
    words.concat()
}

/// A text cut between words, spaces and signs.
fn words(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        '_' | '-' => 0,
        c if c.is_alphanumeric() => 0,
        ' ' => 1,
        _ => 2,
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = 2;
    for (at, c) in text.char_indices() {
        if class(c) == 2 || class(c) != last {
            words.extend(text.get(start..at).filter(|word| !word.is_empty()));
            start = at;
        }
        last = class(c);
    }
    words.extend(text.get(start..).filter(|word| !word.is_empty()));
    words
}

/// Changes one value: puts a copy of another there, takes something out of it, or makes it another of its kind.
fn change_value(tree: &mut Value, dice: &mut Dice) {
    let count = count(tree);
    let other = nth(tree, dice.throw(count)).map(|value| value.clone());
    let Some(chosen) = nth(tree, dice.throw(count)) else {
        return;
    };
    match (dice.throw(3), chosen, other) {
        (0, chosen, Some(other)) => *chosen = other,
        (_, Value::Array(items), other) => {
            let at = dice.throw(items.len() + 1);
            match dice.throw(3) {
                0 if at < items.len() => drop(items.remove(at)),
                1 => items.extend(items.get(at).cloned()),
                _ => items.extend(other),
            }
        }
        (_, Value::Object(entries), other) => {
            let keys: Vec<String> = entries.keys().cloned().collect();
            let Some(key) = keys.get(dice.throw(keys.len())) else {
                return;
            };
            match other {
                Some(other) if dice.throw(2) == 0 => drop(entries.insert(key.clone(), other)),
                _ => drop(entries.remove(key)),
            }
        }
        (_, Value::Bool(flag), _) => *flag = !*flag,
        (_, chosen @ Value::Number(_), _) => {
            let number = chosen.as_i64().unwrap_or_default();
            let others = [0, 1, number + 1, number - 1, i64::from(u32::MAX), 65_535, -1];
            *chosen = others.into_iter().nth(dice.throw(7)).into();
        }
        (_, Value::String(text), _) => *text = change_words(text, &["", "0", "é", "1e9"], dice),
        (_, chosen @ Value::Null, other) => *chosen = other.unwrap_or_default(),
    }
}

fn inner(value: &mut Value) -> Vec<&mut Value> {
    match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(entries) => entries.values_mut().collect(),
        _ => Vec::new(),
    }
}

fn count(tree: &mut Value) -> usize {
    1 + inner(tree).into_iter().map(count).sum::<usize>()
}

/// The nth value of a tree, level by level.
fn nth(tree: &mut Value, n: usize) -> Option<&mut Value> {
    let mut waiting = VecDeque::from([tree]);
    for _ in 0..n {
        let value = waiting.pop_front()?;
        waiting.extend(inner(value));
    }
    waiting.pop_front()
}

/// Chances that follow from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    /// A number below `sides`; 0 if there are none.
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(sides.max(1)).unwrap_or(1)).unwrap_or_default()
    }
}
