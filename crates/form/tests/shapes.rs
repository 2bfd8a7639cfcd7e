//! The JSON of answers, which is kept for decades. Each shape is a promise: what is written today is read for ever, and
//! says the same. Add to them; never change one.

#![cfg(test)]

use form::{Answer, Answers, Compound, DateParts, Entry, Named, Quote};
use serde_json::{Value, json};

/// The answer is written as this JSON, and this JSON is read as the answer.
#[track_caller]
fn promise(answer: &Answer, json: Value) {
    assert_eq!(serde_json::to_value(answer).unwrap(), json);
    assert_eq!(&serde_json::from_value::<Answer>(json).unwrap(), answer);
}

#[test]
fn what_was_typed_or_chosen() {
    promise(&Answer::Text(" 2.30pm".into()), json!({ "text": " 2.30pm" }));
    promise(&Answer::Code("no_answer".into()), json!({ "code": "no_answer" }));
    promise(
        &Answer::Codes(vec!["home".into(), "health".into()]),
        json!({ "codes": ["home", "health"] }),
    );
}

#[test]
fn a_date_part_by_part() {
    let date = DateParts {
        day: "31".into(),
        month: "feb".into(),
        year: "2026".into(),
        estimated: false,
    };
    promise(
        &Answer::Date(date),
        json!({ "date": { "day": "31", "month": "feb", "year": "2026" } }),
    );
    let about = DateParts {
        year: "2019".into(),
        estimated: true,
        ..DateParts::default()
    };
    promise(
        &Answer::Date(about),
        json!({ "date": { "year": "2019", "estimated": true } }),
    );
}

#[test]
fn a_childs_own_words() {
    let quote = Quote {
        id: "1".into(),
        words: "I like it here".into(),
        asked: "What is it like?".into(),
        prompted: Some(false),
    };
    let only_words = Quote {
        id: "2".into(),
        words: "Mostly".into(),
        ..Quote::default()
    };
    promise(
        &Answer::Quotes(vec![quote, only_words]),
        json!({ "quotes": [
            { "id": "1", "words": "I like it here", "asked": "What is it like?", "prompted": false },
            { "id": "2", "words": "Mostly" },
        ] }),
    );
}

#[test]
fn an_answer_of_several_parts() {
    let address = Compound::named([("line_1", "1 Mill Lane"), ("town", " Leeds"), ("county", "")]);
    promise(
        &Answer::Compound(address),
        json!({ "compound": { "named": { "line_1": "1 Mill Lane", "town": " Leeds" } } }),
    );
    let people = [
        Entry::new("1", [("name", "Pat"), ("role", "uncle")]),
        Entry::new("2", []),
    ];
    promise(
        &Answer::Compound(Compound::entries(people.clone())),
        json!({ "compound": { "entries": [{ "id": "1", "named": { "name": "Pat", "role": "uncle" } }, { "id": "2" }] } }),
    );
    let both = Compound {
        named: Named::from([("description", "A house")]),
        entries: people[..1].to_vec(),
    };
    promise(
        &Answer::Compound(both),
        json!({ "compound": {
            "named": { "description": "A house" },
            "entries": [{ "id": "1", "named": { "name": "Pat", "role": "uncle" } }],
        } }),
    );
}

#[test]
fn the_answers_of_a_record() {
    let mut answers = Answers::default();
    let address: form::Address = "visit.who".parse().unwrap();
    answers.set(address.clone(), Some(Answer::Text("Gran".into())));
    answers.rows.insert(
        "visit.visitors".parse().unwrap(),
        vec![form::RowKey::new("v-1").unwrap()],
    );
    let json =
        json!({ "values": { "visit.who": { "text": "Gran" } }, "rows": { "visit.visitors": ["v-1"] } });
    assert_eq!(serde_json::to_value(&answers).unwrap(), json);
    assert_eq!(serde_json::from_value::<Answers>(json).unwrap(), answers);
    // A blank answer is none.
    answers.set(
        address,
        Some(Answer::Compound(Compound::entries([Entry::new(
            "1",
            [("name", " ")],
        )]))),
    );
    assert!(answers.values.is_empty());
}
