//! Conformance cases, as whoever has another file of them runs them.

use std::path::Path;

use crate::forms::{folder, with};

#[test]
fn the_committed_cases_end_with_their_count() {
    let cases = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/conformance/feel-cases.jsonl"
    ));
    let (code, output, _) = with(&["eval", "--cases"], cases);
    let count = output.lines().last().unwrap();
    let numbers: Vec<usize> = count.split(' ').filter_map(|word| word.parse().ok()).collect();
    let [passed, failed, beyond] = numbers[..] else {
        panic!("{count}")
    };
    assert_eq!(
        count,
        format!("{passed} passed, {failed} failed, {beyond} out of profile")
    );
    assert_eq!(passed + failed + beyond, 1_308);
    assert!(passed * 100 >= (passed + failed) * 97);
    let lines = |start: &str| output.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((lines("failed "), lines("out of profile ")), (failed, beyond));
    assert_eq!(code, Some(i32::from(failed > 0)));
}

#[test]
fn each_failure_and_each_reason_is_printed() {
    let cases = [
        r#"{"id": "sum", "expression": "1 + 1", "expected": {"type": "decimal", "value": "3"}}"#,
        r#"{"id": "context", "expression": "{a: 1}.a", "expected": {"type": "decimal", "value": "1"}}"#,
        r#"{"id": "typed", "expression": "abs(\"x\")", "expected": {"type": "null"}}"#,
    ];
    let folder = folder(&[("cases.jsonl", &cases.join("\n")), ("torn.jsonl", "{}")]);
    let path = folder.path().join("cases.jsonl");
    let (code, output, _) = with(&["eval", "--refused", "--cases"], &path);
    assert_eq!(code, Some(1));
    let expected = "out of profile context: contexts\n\
        refused before it is run typed: type-mismatch\n\
        failed sum: 1 + 1\n  expected 3\n  found    2\n\
        1 passed, 1 failed, 1 out of profile\n";
    assert_eq!(output, expected);
    let (code, _, errors) = with(&["eval", "--cases"], &folder.path().join("torn.jsonl"));
    assert_eq!(code, Some(1));
    assert!(errors.contains("line 1 is no conformance case"), "{errors}");
}
