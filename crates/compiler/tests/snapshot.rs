//! The compiled form is kept for decades and named by its hash: what it was made into it must always be made into.
//!
//! A difference here is a promise broken, unless it only adds. Then put what the test prints into
//! `snapshots/every_part.json`, and say in the commit why no form that exists is read differently.

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
    let compiled = compile(&sources);
    let told: Vec<String> = compiled
        .diagnostics
        .iter()
        .map(|told| told.render(&sources).to_string())
        .collect();
    assert_eq!(told, [""; 0]);
    let form = &compiled.forms[0].form;
    let json = String::from_utf8(form.to_json().to_vec()).unwrap();
    // One node, rule or other part on a line, so that a difference can be seen.
    let shown = format!("{}\n", json.replace("},{", "},\n{"));
    let kept = include_str!("snapshots/every_part.json");
    assert!(shown == kept, "the form is now compiled to\n{shown}");
    assert_eq!(
        form.hash().to_string(),
        "b85df1944649ed1d26f59cb2fc7da55b2239e98bbe338d53010f5cb071b57a41"
    );
}
