//! The compiled form is kept for decades and named by its hash: what it was made into it must always be made into.
//!
//! A difference here is a promise broken, unless it only adds. Then put what the test prints into the file in
//! `snapshots/`, and say in the commit why no form that exists is read differently.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking; clippy spares only test functions themselves"
)]

use compiler::{Sources, compile};

#[test]
fn a_form_is_compiled_to_what_it_always_was() {
    let sources: Sources = [
        ("forms/every_part.kdl", include_str!("snapshots/every_part.kdl")),
        (
            "forms/components/hearing.kdl",
            "component hearing \"Hearing {child.first_name}\" {\n  yes_no met \"Met?\" { not-known; }\n  quote words \
             \"Words\" { concept \"voice.words\"; show-when \"met = yes\"; }\n}\n",
        ),
        ("forms/codes/reasons.kdl", "options reasons {\n  option ill \"Ill\"\n  option none \"No reason\" alone=#true\n}\n"),
    ]
    .into_iter()
    .collect();
    is_compiled_to(
        &sources,
        include_str!("snapshots/every_part.json"),
        "b85df1944649ed1d26f59cb2fc7da55b2239e98bbe338d53010f5cb071b57a41",
    );
}

#[test]
fn variants_defaults_and_rule_packs_are_compiled_to_what_they_always_were() {
    let sources: Sources = [
        ("forms/variants.kdl", include_str!("snapshots/variants.kdl")),
        (
            "forms/rules/wt2023.kdl",
            "rules wt2023 from=\"2023-12-15\" { title \"Working Together 2023\"; term limit \"45 working days\"; term \
             meeting #false; term from_age 4; }",
        ),
        ("forms/rules/wt2027.kdl", "rules wt2027 from=\"2027-04-01\" { term meeting #true; }"),
        (
            "forms/components/follow_up.kdl",
            "component follow_up \"Next\" { parameter since date; date next \"When next?\" { check \"next > since\" \
             \"Later than {since}\"; } }",
        ),
    ]
    .into_iter()
    .collect();
    is_compiled_to(
        &sources,
        include_str!("snapshots/variants.json"),
        "a08d6cc41fe9f15e304cabb86415b698041088abf51391ae2cb6bb0b5b48bf46",
    );
}

#[test]
fn what_is_due_when_and_shown_at_times_is_compiled_to_what_it_always_was() {
    let sources: Sources = [
        ("forms/oversight.kdl", include_str!("snapshots/oversight.kdl")),
        (
            "forms/rules/wt2023.kdl",
            "rules wt2023 from=\"2023-12-15\" { title \"Working Together 2023\"; term plan \"6 weeks\"; term plans #true; \
             term sign_off \"2 working days\"; }",
        ),
        (
            "forms/components/follow_up.kdl",
            "component follow_up \"Next\" { parameter since date; show-when \"since != null\"; date next \"When next?\"; }",
        ),
    ]
    .into_iter()
    .collect();
    is_compiled_to(
        &sources,
        include_str!("snapshots/oversight.json"),
        "677a593c1919abe9b56e529b18cae248b6e3e64d0bb6babe79ecc715cec1911d",
    );
}

fn is_compiled_to(sources: &Sources, kept: &str, hash: &str) {
    let compiled = compile(sources);
    let told: Vec<String> = compiled
        .diagnostics
        .iter()
        .map(|told| told.render(sources).to_string())
        .collect();
    assert_eq!(told, [""; 0]);
    let form = &compiled.forms[0].form;
    let json = String::from_utf8(form.to_json().to_vec()).unwrap();
    // One node, rule or other part on a line, so that a difference can be seen.
    let shown = format!("{}\n", json.replace("},{", "},\n{"));
    assert!(shown == kept, "the form is now compiled to\n{shown}");
    assert_eq!(form.hash().to_string(), hash);
}
