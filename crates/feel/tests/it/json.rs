//! The form of values, types and expressions on disk, which is a promise: forms are kept for decades.
//! A change of any line here must still read what was written before.

use feel::{Expr, Type, Value};
use serde_json::json;

use crate::visit::{expr, value};

#[test]
fn values() {
    for (source, expected) in [
        ("null", json!(null)),
        ("true", json!(true)),
        ("\"a\"", json!("a")),
        ("-12.50", json!({"number": "-12.5"})),
        ("@\"2026-11-19\"", json!({"date": "2026-11-19"})),
        ("@\"14:30:00+01:00\"", json!({"time": "14:30:00+01:00"})),
        (
            "@\"2026-11-19T14:30:00Z\"",
            json!({"date_time": "2026-11-19T14:30:00Z"}),
        ),
        ("@\"P1DT2H\"", json!({"days": "P1DT2H"})),
        ("@\"P1Y6M\"", json!({"months": "P1Y6M"})),
        ("[1, \"a\", []]", json!([{"number": "1"}, "a", []])),
        (
            "[1..5)",
            json!({"range": {"from": {"number": "1"}, "before": {"number": "5"}}}),
        ),
        ("(\"a\"..\"c\"]", json!({"range": {"after": "a", "to": "c"}})),
        ("(>= 5)", json!({"range": {"from": {"number": "5"}}})),
        (
            "(null..5]",
            json!({"range": {"after": null, "to": {"number": "5"}}}),
        ),
    ] {
        let value = value(source);
        assert_eq!(serde_json::to_value(&value).unwrap(), expected, "{source}");
        assert_eq!(
            serde_json::from_value::<Value>(expected).unwrap(),
            value,
            "{source}"
        );
    }
    let entity = Value::Entity(feel::Entity {
        kind: feel::EntityKind(2),
        id: 7,
    });
    assert_eq!(serde_json::to_value(&entity).unwrap(), json!({"entity": [2, 7]}));
    assert_eq!(
        serde_json::from_value::<Value>(json!({"entity": [2, 7]})).unwrap(),
        entity
    );
}

#[test]
fn types() {
    for (ty, expected) in [
        (Type::Any, json!("any")),
        (Type::DateTime, json!("date_time")),
        (Type::Code(feel::ListId(3)), json!({"code": 3})),
        (Type::Number.list(), json!({"list": "number"})),
        (Type::Date.range(), json!({"range": "date"})),
        (Type::Entity(feel::EntityKind(1)), json!({"entity": 1})),
    ] {
        assert_eq!(serde_json::to_value(&ty).unwrap(), expected);
        assert_eq!(serde_json::from_value::<Type>(expected).unwrap(), ty);
    }
}

#[test]
fn expressions() {
    for (source, expected) in [
        ("null", r#"null"#),
        ("\"a\"", r#""a""#),
        ("12.5", r#"{"number":"12.5"}"#),
        ("[1, 2]", r#"["value",[{"number":"1"},{"number":"2"}]]"#),
        ("minutes", r#"["slot",5]"#),
        ("outcome = completed", r#"["=",["slot",2],"completed"]"#),
        (
            "seen and minutes > 3 and visit.date != null",
            r#"["and",["slot",7],[">",["slot",5],{"number":"3"}],["!=",["slot",1],null]]"#,
        ),
        (
            "minutes - 1 - 2 + 3",
            r#"["+",["-",["slot",5],{"number":"1"},{"number":"2"}],{"number":"3"}]"#,
        ),
        ("-minutes", r#"["negative",["slot",5]]"#),
        (
            "minutes between 1 and 2",
            r#"["between",["slot",5],{"number":"1"},{"number":"2"}]"#,
        ),
        (
            "outcome in (completed, no_answer)",
            r#"["in",["slot",2],"completed","no_answer"]"#,
        ),
        (
            "minutes in (1, < 3, [5..7])",
            r#"["in",["slot",5],{"number":"1"},["test","<",{"number":"3"}],{"range":{"from":{"number":"5"},"to":{"number":"7"}}}]"#,
        ),
        ("notes instance of string", r#"["instance of",["slot",4],"text"]"#),
        (
            "if seen then 1 else minutes",
            r#"["if",["slot",7],{"number":"1"},["slot",5]]"#,
        ),
        ("[minutes, 1]", r#"["list",["slot",5],{"number":"1"}]"#),
        ("(1..minutes]", r#"["(..]",{"number":"1"},["slot",5]]"#),
        ("(< minutes)", r#"["..)",["slot",5]]"#),
        ("(>= minutes)", r#"["[..",["slot",5]]"#),
        ("started.time offset", r#"["part",["slot",9],"time offset"]"#),
        (
            "rows[amount > 3].amount",
            r#"["property",["filter",["slot",10],[">",["property",["local",0],11],{"number":"3"}]],11]"#,
        ),
        (
            "for r in rows, i in 1..minutes return r.amount * i",
            r#"["for","r",["slot",10],",","i",{"number":"1"},"to",["slot",5],"return",["*",["property",["local",0],11],["local",1]]]"#,
        ),
        (
            "for i in 1..3 return count(partial)",
            r#"["for partial","i",{"number":"1"},"to",{"number":"3"},"return",["call","count",["local",0]]]"#,
        ),
        (
            "some r in rows satisfies r.paid",
            r#"["some","r",["slot",10],"satisfies",["property",["local",0],14]]"#,
        ),
        (
            "every w in ways satisfies w = phone",
            r#"["every","w",["slot",3],"satisfies",["=",["local",0],"phone"]]"#,
        ),
        (
            "string join(ways, \", \")",
            r#"["call","string join",["slot",3],", "]"#,
        ),
        ("today()", r#"["call","today"]"#),
    ] {
        let expr = expr(source);
        assert_eq!(serde_json::to_string(&expr).unwrap(), expected, "{source}");
        assert_eq!(serde_json::from_str::<Expr>(expected).unwrap(), expr, "{source}");
    }
}

#[test]
fn what_is_no_expression_is_refused() {
    for text in [
        "5",
        "1.5",
        "[]",
        "[1]",
        "[\"nope\"]",
        "[\"slot\"]",
        "[\"slot\",-1]",
        "[\"slot\",1,2]",
        "[\"=\",1]",
        "[\"=\",null]",
        "[\"=\",null,null,null]",
        "[\"call\",\"nope\"]",
        "[\"part\",null,\"nope\"]",
        "[\"test\",\"<\",null]",
        "[\"in\",null,[\"test\",\"nope\",null]]",
        "[\"for\",\"x\",null,\"nope\",null]",
        "[\"for\",\"x\",null,\"return\"]",
        "[\"[..\"]",
        "[\"a..b\",null,null]",
        "{\"number\":12}",
        "{\"number\":\"x\"}",
        "{\"nope\":1}",
        "{}",
        "{\"number\":\"1\",\"date\":\"2026-01-01\"}",
        "{\"range\":{\"from\":1}}",
        "{\"range\":{\"from\":null,\"after\":null}}",
        "{\"entity\":[1]}",
        "{\"date\":\"2026-02-30\"}",
        "[\"instance of\",null,\"nope\"]",
    ] {
        assert!(serde_json::from_str::<Expr>(text).is_err(), "{text}");
    }
}
