//! Forms that no compiler makes: what would be opened without end, or not at all, is refused when it is read.

use form::Form;
use serde_json::{Value, json};

fn read(scopes: &[Value], nodes: &[Value]) -> Result<usize, String> {
    let form = json!({
        "name": "hostile", "version": 1, "title": "Hostile",
        "lists": [], "scopes": scopes, "nodes": nodes, "checks": [], "rules": [],
    });
    match Form::from_json(form.to_string().as_bytes()) {
        Ok(form) => Ok(form.nodes.len()),
        Err(damaged) => Err(damaged.0),
    }
}

fn group(name: &str, parent: Option<usize>) -> Value {
    json!({ "name": name, "label": name, "parent": parent, "scope": 0, "body": "group" })
}

#[test]
fn groups_stand_only_so_deep_in_one_another() {
    let nested = |count: usize| -> Vec<Value> {
        (0..count)
            .map(|index| group("inner", index.checked_sub(1)))
            .collect()
    };
    assert_eq!(read(&[json!({})], &nested(100)), Ok(100));
    for count in [1_000, 100_000] {
        assert_eq!(
            read(&[json!({})], &nested(count)),
            Err("inner stands too deep".to_owned())
        );
    }
}

#[test]
fn many_sections_are_read_in_no_time_and_each_has_a_name_of_its_own() {
    let mut nodes: Vec<Value> = (0..100_000)
        .map(|index| group(&format!("s{index}"), None))
        .collect();
    assert_eq!(read(&[json!({})], &nodes), Ok(100_000));
    nodes.push(group("s0", None));
    assert_eq!(
        read(&[json!({})], &nodes),
        Err("two nodes named s0 stand together".to_owned())
    );
}

/// Each level would double the places of a record with two children.
#[test]
fn blocks_for_each_child_stand_in_no_other() {
    let rows = |name: &str, parent: Option<usize>, scope: usize| {
        let body = json!({ "rows": { "scope": scope + 1, "for_each_child": true, "max": 9 } });
        json!({ "name": name, "label": name, "parent": parent, "scope": scope, "body": body })
    };
    let row = |parent: usize, scope: usize| json!({ "name": "row", "label": "", "parent": parent, "scope": scope, "body": "row" });
    let scopes = [
        json!({}),
        json!({ "parent": 0, "rows": 0 }),
        json!({ "parent": 1, "rows": 2 }),
    ];
    let nodes = [
        rows("outer", None, 0),
        row(0, 1),
        rows("inner", Some(1), 1),
        row(2, 2),
    ];
    assert_eq!(read(&scopes[..2], &nodes[..2]), Ok(2));
    assert_eq!(
        read(&scopes, &nodes),
        Err("inner asks of each child in every row".to_owned())
    );
}

/// A clock and a stage are worked out by what they point at, which must be there.
#[test]
fn clocks_and_stages_point_at_what_is_there() {
    let read = |clock: Value, stage: Value| {
        let day = json!({ "name": "day", "label": "Day", "parent": 0, "scope": 0, "body": { "field": { "kind": { "date": {} } } } });
        let form = json!({
            "name": "hostile", "version": 1, "title": "Hostile", "lists": [], "scopes": [{}], "checks": [], "rules": [],
            "nodes": [group("s", None), day], "clocks": [clock], "stages": [stage],
        });
        match Form::from_json(form.to_string().as_bytes()) {
            Ok(form) => Ok(form.clocks.len()),
            Err(damaged) => Err(damaged.0),
        }
    };
    let clock = |starts: u32, when: Value| json!({ "name": "c", "label": "C", "starts": starts, "due": { "days": 1 }, "when": when });
    let stage = json!({ "role": "team_manager" });
    let reads = |slot: u32| json!(["!=", ["slot", slot], null]);
    assert_eq!(read(clock(1, reads(1)), stage.clone()), Ok(1));
    assert_eq!(
        read(clock(0, reads(1)), stage.clone()),
        Err("the clock c starts at no question of the record".to_owned())
    );
    assert_eq!(
        read(clock(1, reads(2)), stage),
        Err("the clock c reads what is not there".to_owned())
    );
    let of_no_pack = json!({ "role": "team_manager", "within": { "days": 1 }, "term": 0 });
    assert_eq!(
        read(clock(1, reads(1)), of_no_pack),
        Err("a clock or a stage keeps to no rule pack".to_owned())
    );
}
