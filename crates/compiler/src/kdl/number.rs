//! Numbers as they are written.

use super::fault::Fault;
use crate::diagnostic::Code;
use crate::span::Span;

/// Is it a number: decimal, or hexadecimal, octal or binary after `0x`, `0o` or `0b`?
pub(super) fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    match based(unsigned) {
        Some((digits, base)) => is_run(digits, base),
        None => is_decimal(unsigned),
    }
}

/// The digits after `0x`, `0o` or `0b`, and their base.
fn based(unsigned: &str) -> Option<(&str, u32)> {
    let base = |prefix, base| Some((unsigned.strip_prefix(prefix)?, base));
    base("0x", 16).or_else(|| base("0o", 8)).or_else(|| base("0b", 2))
}

fn is_decimal(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let exponent = exponent.map(|digits| digits.strip_prefix(['+', '-']).unwrap_or(digits));
    is_run(whole, 10)
        && [fraction, exponent]
            .into_iter()
            .flatten()
            .all(|digits| is_run(digits, 10))
}

/// A digit, then digits and underscores.
fn is_run(digits: &str, base: u32) -> bool {
    digits.starts_with(|c: char| c.is_digit(base)) && digits.chars().all(|c| c == '_' || c.is_digit(base))
}

/// What to say of a word that looks like a number and is none.
pub(super) fn fault(word: &str, span: Span) -> Fault {
    let unsigned = word.trim_start_matches(['+', '-']);
    let help = if unsigned.starts_with('.') {
        format!("write the zero: `{}`", word.replacen('.', "0.", 1))
    } else if based(unsigned).is_some() {
        "after `0x`, `0o` or `0b` stand digits of that base".to_owned()
    } else if unsigned
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '_'))
    {
        "a number has digits, and at most one point with digits on both sides".to_owned()
    } else {
        "put a text that begins with a digit in quotes".to_owned()
    };
    Fault::new(Code::BadNumber, span, format!("`{word}` is no number")).help(help)
}

/// The number in plain decimal digits, with an exponent if it was written with one; nothing if it is larger than
/// 128 bits in another base than ten.
pub(super) fn plain(word: &str) -> Option<String> {
    let digits: String = word.chars().filter(|&c| c != '_').collect();
    let (sign, unsigned) = match digits.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", digits.strip_prefix('+').unwrap_or(&digits)),
    };
    match based(unsigned) {
        Some((digits, base)) => Some(format!("{sign}{}", u128::from_str_radix(digits, base).ok()?)),
        None => Some(format!("{sign}{unsigned}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_what_only_looks_like_one() {
        for number in [
            "0", "007", "-1", "+1.50", "1_000", "1e3", "1.5E-3_0", "0xFf_", "-0o17", "0b1_0",
        ] {
            assert!(is_number(number), "{number}");
        }
        for other in [
            "", "-", "1.", ".5", "1e", "1e+", "1._5", "1.2.3", "0x", "0x_1", "0o8", "0b2", "1,5", "1a", "--1",
        ] {
            assert!(!is_number(other), "{other}");
        }
    }

    #[test]
    fn numbers_are_read_whatever_their_base() {
        for (written, plainly) in [
            ("1_000", "1000"),
            ("+1.5e3", "1.5e3"),
            ("-0xff", "-255"),
            ("0b1_01", "5"),
            ("-0", "-0"),
        ] {
            assert_eq!(plain(written).as_deref(), Some(plainly));
        }
        assert_eq!(plain(&format!("0x{}", "f".repeat(33))), None);
    }
}
