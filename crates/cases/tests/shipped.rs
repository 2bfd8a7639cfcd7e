//! The cases that come with the product: they hold, and leave nothing of their forms unseen.

use std::fs;
use std::path::Path;

use compiler::{Compiled, Sources, compile};

fn shipped() -> Sources {
    let mut sources = Sources::default();
    let mut waiting = vec![String::from("forms")];
    while let Some(folder) = waiting.pop() {
        let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(&folder);
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            match fs::read_to_string(entry.path()) {
                Ok(text) => sources.insert(name, text),
                Err(_) => waiting.push(name),
            }
        }
    }
    sources
}

fn told(sources: &Sources, compiled: &Compiled) -> Vec<String> {
    let told = cases::run(sources, compiled).diagnostics;
    told.iter().map(|told| told.render(sources).to_string()).collect()
}

#[test]
fn every_form_does_what_its_cases_say() {
    let sources = shipped();
    let compiled = compile(&sources);
    assert_eq!(told(&sources, &compiled), [""; 0]);
    let report = cases::run(&sources, &compiled);
    assert_eq!(report.forms.len(), compiled.forms.len(), "a form has no cases");
    for tested in &report.forms {
        assert_eq!(tested.failed, 0);
        assert!(tested.passed > 0, "{}", tested.compiled.form.name);
        let checks = &tested.coverage.checks;
        assert!(
            checks.iter().all(cases::Seen::is_covered),
            "a check of {}",
            tested.compiled.form.name
        );
        let conditions = &tested.coverage.conditions;
        let covered = conditions.iter().filter(|seen| seen.is_covered()).count();
        assert!(
            covered * 100 >= conditions.len() * 95,
            "{}",
            tested.compiled.form.name
        );
    }
}

#[test]
fn a_change_of_a_form_is_noticed_by_its_cases() {
    let (visit, seeing) = ("forms/home_visit.kdl", "forms/components/seeing.kdl");
    for (file, written, changed) in [
        (seeing, "show-when \"seen = no\"", "show-when \"seen = yes\""),
        (
            visit,
            "visit_date <= today()",
            "visit_date < today() - @\\\"P30D\\\"",
        ),
        (seeing, "when=\"child.unborn\"", "when=\"not(child.unborn)\""),
        (
            seeing,
            "Did you see {child.first_name}?",
            "Was {child.first_name} seen?",
        ),
        (visit, "severity=warn", "severity=submit"),
        (
            visit,
            "age(child.date_of_birth, visit_date)",
            "age(child.date_of_birth, visit_date) + 1",
        ),
    ] {
        let mut sources = shipped();
        let text = sources.text(sources.find(file).unwrap()).to_owned();
        assert!(text.contains(written), "{written}");
        sources.insert(file, text.replacen(written, changed, 1));
        let compiled = compile(&sources);
        assert!(!compiled.has_errors(), "{changed}");
        assert!(!told(&sources, &compiled).is_empty(), "{changed}");
    }
}
