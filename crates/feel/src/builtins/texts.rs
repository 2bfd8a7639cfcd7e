//! Functions on texts that need no patterns: DMN 1.4, table 74. Positions count characters, not bytes.

use super::Call;
use super::signature::{any, number, text, texts};
use crate::{Type, Value};

super::builtins! {
    string "string" &[&[any("from")]], |_| Type::Text,
        "The value as a text.",
        "string(1.50) = \"1.5\" and string(@\"2026-11-19\") = \"2026-11-19\"";
    substring "substring" &[&[text("string"), number("start position"), number("length").optional()]], |_| Type::Text,
        "The part of a text from a position on, counted from 1, or from the end where negative.",
        "substring(\"foobar\", 3, 2) = \"ob\" and substring(\"foobar\", -2) = \"ar\"";
    string_length "string length" &[&[text("string")]], |_| Type::Number,
        "How many characters the text has.",
        "string length(\"foo\") = 3";
    upper_case "upper case" &[&[text("string")]], |_| Type::Text,
        "The text in capital letters.",
        "upper case(\"aBc4\") = \"ABC4\"";
    lower_case "lower case" &[&[text("string")]], |_| Type::Text,
        "The text in small letters.",
        "lower case(\"aBc4\") = \"abc4\"";
    substring_before "substring before" &[&[text("string"), text("match")]], |_| Type::Text,
        "What comes before the first place where the other text is found; an empty text if it is not.",
        "substring before(\"foobar\", \"bar\") = \"foo\"";
    substring_after "substring after" &[&[text("string"), text("match")]], |_| Type::Text,
        "What comes after the first place where the other text is found; an empty text if it is not.",
        "substring after(\"foobar\", \"foo\") = \"bar\"";
    contains "contains" &[&[text("string"), text("match")]], |_| Type::Boolean,
        "Is the other text in it?",
        "contains(\"foobar\", \"oba\")";
    starts_with "starts with" &[&[text("string"), text("match")]], |_| Type::Boolean,
        "Does it begin with the other text?",
        "starts with(\"foobar\", \"foo\")";
    ends_with "ends with" &[&[text("string"), text("match")]], |_| Type::Boolean,
        "Does it end with the other text?",
        "ends with(\"foobar\", \"bar\")";
    string_join "string join" &[&[texts("list"), text("delimiter").optional()]], |_| Type::Text,
        "The texts one after another, with the delimiter between them; blanks are left out.",
        "string join([\"a\", null, \"c\"], \" and \") = \"a and c\"";
}

fn string(call: &mut Call<'_, '_>) -> Option<Value> {
    match call.value(0) {
        Value::Null => None,
        Value::Text(text) => Some(Value::Text(text.clone())),
        value => call.new_text(value.to_string()),
    }
}

fn substring(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.text(0)?;
    let start = call.integer(1)?;
    let characters = text.chars().count();
    let distance = usize::try_from(start.unsigned_abs()).ok()?;
    let skipped = if start > 0 {
        distance.checked_sub(1)?
    } else {
        characters.checked_sub(distance)?
    };
    if skipped >= characters {
        return None;
    }
    let length = if call.has(2) {
        usize::try_from(call.integer(2)?)
            .ok()
            .filter(|length| *length > 0)?
    } else {
        characters
    };
    call.new_text(text.chars().skip(skipped).take(length).collect())
}

fn string_length(call: &mut Call<'_, '_>) -> Option<Value> {
    let text = call.text(0)?;
    Some(Value::Number(text.chars().count().into()))
}

fn upper_case(call: &mut Call<'_, '_>) -> Option<Value> {
    call.new_text(call.text(0)?.to_uppercase())
}

fn lower_case(call: &mut Call<'_, '_>) -> Option<Value> {
    call.new_text(call.text(0)?.to_lowercase())
}

fn substring_before(call: &mut Call<'_, '_>) -> Option<Value> {
    let found = call.text(0)?.split_once(call.text(1)?.as_str());
    call.new_text(found.map_or("", |(before, _)| before).to_owned())
}

fn substring_after(call: &mut Call<'_, '_>) -> Option<Value> {
    let found = call.text(0)?.split_once(call.text(1)?.as_str());
    call.new_text(found.map_or("", |(_, after)| after).to_owned())
}

fn contains(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(call.text(0)?.contains(call.text(1)?.as_str()).into())
}

fn starts_with(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(call.text(0)?.starts_with(call.text(1)?.as_str()).into())
}

fn ends_with(call: &mut Call<'_, '_>) -> Option<Value> {
    Some(call.text(0)?.ends_with(call.text(1)?.as_str()).into())
}

fn string_join(call: &mut Call<'_, '_>) -> Option<Value> {
    let delimiter = if call.has(1) { call.text(1)?.as_str() } else { "" };
    let mut joined = String::new();
    let mut first = true;
    for member in call.list(0)? {
        call.spend(1)?;
        match member {
            Value::Null => continue,
            Value::Text(text) => {
                if !first {
                    joined.push_str(delimiter);
                }
                joined.push_str(text);
                first = false;
                if joined.len() > crate::limits::TEXT_BYTES {
                    break;
                }
            }
            _ => return None,
        }
    }
    call.new_text(joined)
}
