//! The forms on which Firsthand is measured, in its own language.
//!
//! The driver of the side-by-side benchmark describes a form in no engine's notation ([`Spec`]); [`prepare`] writes it
//! down as a form designer would. It knows nothing of how a form is shown or filled in: `page.rs` does.

mod kdl;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A form as the benchmark's driver describes it. Names are unique over the form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Spec {
    /// What stands in it, in order.
    pub items: Vec<Item>,
}

/// One thing that stands in a form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Item {
    /// Questions that are shown or hidden together.
    Section {
        /// What it is called.
        name: String,
        /// What stands in it.
        items: Vec<Item>,
        /// When it is shown; always if there is nothing here.
        #[serde(rename = "visibleIf")]
        shown: Option<Condition>,
    },
    /// Questions that are asked in every row.
    Repeat {
        /// What it is called.
        name: String,
        /// How many rows there are at first.
        rows: u32,
        /// What stands in each row.
        items: Vec<Item>,
    },
    /// A yes or a no.
    YesNo(Question),
    /// A line of text.
    Text(Question),
    /// A whole number.
    Number(Question),
    /// One of five options.
    Choice(Question),
    /// A day.
    Date(Question),
    /// A sum, which is shown and not entered. Blanks count as nothing.
    Sum {
        /// What it is called.
        name: String,
        /// Of what; nothing if it is over the rows of a repeat.
        #[serde(default)]
        of: Vec<String>,
        /// Over which rows, if it is.
        #[serde(rename = "ofRows")]
        of_rows: Option<Rows>,
    },
}

/// What all questions have.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Question {
    /// What it is called.
    pub name: String,
    /// When it is shown; always if there is nothing here.
    #[serde(rename = "visibleIf")]
    pub shown: Option<Condition>,
    /// When it must be answered; never if there is nothing here.
    #[serde(rename = "requiredIf")]
    pub required: Option<Condition>,
}

/// One question, over the rows of a repeat.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rows {
    /// The repeat.
    pub repeat: String,
    /// The question.
    pub field: String,
}

/// What another question must come to. Blank counts as 0.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Condition {
    /// The question.
    pub field: String,
    /// The option that it must be.
    pub is: Option<String>,
    /// What it must be more than.
    pub above: Option<i64>,
    /// What it must be less than.
    pub below: Option<i64>,
}

/// A form as a designer would write it, and what must be known to find its questions on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// The definition.
    pub text: String,
    /// The rows that there are before anybody adds one: the address of the repeat, and how many.
    pub rows: Option<(String, u32)>,
    /// The address of each question outside rows.
    pub places: BTreeMap<String, String>,
}

/// Writes a form down in the language of form designers.
pub fn prepare(spec: &Spec) -> Prepared {
    kdl::Writer::default().form(&spec.items)
}

#[cfg(test)]
mod tests {
    use compiler::{Sources, compile};
    use form::Address;

    use super::*;

    /// As `logicalForm` of the side-by-side benchmark makes it, with one or two of each kind of item.
    const SECTIONS: &str = r#"{ "shape": "dense", "fields": 20, "items": [
        { "kind": "section", "name": "s0", "items": [
            { "kind": "yesno", "name": "s0_yn" },
            { "kind": "text", "name": "s0_det", "visibleIf": { "field": "s0_yn", "is": "yes" } },
            { "kind": "number", "name": "s0_n0" },
            { "kind": "number", "name": "s0_n1" },
            { "kind": "choice", "name": "s0_dd" },
            { "kind": "date", "name": "s0_date" },
            { "kind": "text", "name": "s0_req", "requiredIf": { "field": "s0_yn", "is": "yes" } } ] },
        { "kind": "sum", "name": "s0_sum", "of": ["s0_n0", "s0_n1"] },
        { "kind": "section", "name": "s1", "visibleIf": { "field": "s0_sum", "below": 1000 }, "items": [
            { "kind": "text", "name": "s1_t0" } ] },
        { "kind": "sum", "name": "total", "of": ["s0_sum"] },
        { "kind": "text", "name": "final", "visibleIf": { "field": "total", "above": 20 } } ] }"#;
    const REPEAT: &str = r#"{ "shape": "repeat", "rows": 3, "items": [
        { "kind": "repeat", "name": "rows", "rows": 3, "items": [
            { "kind": "yesno", "name": "yn" },
            { "kind": "text", "name": "det", "visibleIf": { "field": "yn", "is": "yes" } },
            { "kind": "number", "name": "n0" },
            { "kind": "sum", "name": "rsum", "of": ["n0"] } ] },
        { "kind": "sum", "name": "total", "ofRows": { "repeat": "rows", "field": "rsum" } },
        { "kind": "text", "name": "final", "visibleIf": { "field": "total", "above": 20 } } ] }"#;

    /// The form compiles without a word of complaint, and every place leads to a question of it.
    fn check(spec: &str) -> Prepared {
        let prepared = prepare(&serde_json::from_str(spec).unwrap());
        let mut sources = Sources::default();
        sources.insert("bench.kdl", prepared.text.clone());
        let compiled = compile(&sources);
        assert!(compiled.diagnostics.is_empty(), "{:#?}", compiled.diagnostics);
        let form = &compiled.forms.first().unwrap().form;
        let repeat = prepared.rows.iter().map(|(place, _)| place);
        for place in prepared.places.values().chain(repeat) {
            let address: Address = place.parse().unwrap();
            assert!(form.find(&address).is_some(), "{place}");
        }
        prepared
    }

    #[test]
    fn sections_are_written_as_groups_of_one_page() {
        let prepared = check(SECTIONS);
        assert_eq!(prepared.rows, None);
        assert_eq!(prepared.places["s0_n1"], "all.s0.s0_n1");
        assert_eq!(prepared.places["final"], "all.final");
        for line in [
            "show-when \"s0_yn = yes\"",
            "required-when \"s0_yn = yes\"",
            "show-when \"s0_sum < 1000\"",
            "show-when \"total > 20\"",
            "value \"total(s0_n0, s0_n1)\"",
        ] {
            assert!(prepared.text.contains(line), "{line} is not in {}", prepared.text);
        }
    }

    #[test]
    fn rows_are_written_as_a_repeat_with_room_for_more() {
        let prepared = check(REPEAT);
        assert_eq!(prepared.rows, Some(("all.rows".to_owned(), 3)));
        assert!(
            prepared.text.contains("value \"total(rows.rsum)\""),
            "{}",
            prepared.text
        );
        assert!(!prepared.places.contains_key("n0"));
    }
}
