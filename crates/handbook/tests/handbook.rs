//! The handbook of the forms that come with the product: it says what they say, and is well made.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cases::Seen;
use compiler::kdl::Document;
use compiler::{Compiled, Sources, compile};
use form::blank::Condition;
use form::{Body, Name, Node};
use handbook::{explain, known_codes, pages, starter};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn shipped() -> Compiled {
    let mut sources = Sources::default();
    let mut waiting = vec![String::from("forms")];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(root().join(&folder)).into_iter().flatten().flatten() {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            match fs::read_to_string(entry.path()) {
                Ok(text) => sources.insert(name, text),
                Err(_) => waiting.push(name),
            }
        }
    }
    compile(&sources)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The tags of a page that are opened and not closed, or closed and not opened.
fn unbalanced(html: &str) -> Vec<String> {
    let mut open = Vec::new();
    let mut wrong = Vec::new();
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.split(' ').next().unwrap_or_default();
        match name.strip_prefix('/') {
            _ if name.starts_with('!') || name == "meta" => {}
            Some(closed) if open.last() == Some(&closed) => {
                open.pop();
            }
            Some(closed) => wrong.push(format!("/{closed}")),
            None => open.push(name),
        }
    }
    wrong.extend(open.into_iter().map(str::to_owned));
    wrong
}

#[test]
fn every_question_and_option_is_on_the_page_of_its_form() {
    let compiled = shipped();
    let pages = pages(compiled.forms.iter().map(|compiled| &compiled.form));
    for compiled in &compiled.forms {
        let form = &compiled.form;
        let page = pages
            .iter()
            .find(|page| page.file == format!("{}.html", form.name))
            .unwrap();
        // What is asked of each child goes by the heading of a child's page, and every other row by that of its repeat.
        let has_heading = |node: &Node| {
            let around = node.parent.and_then(|rows| form.repeat(rows));
            match &node.body {
                Body::Rows(repeat) => !repeat.for_each_child,
                Body::Row => around.is_some_and(|repeat| repeat.for_each_child),
                Body::Group | Body::Field(_) => true,
            }
        };
        for node in form.nodes.values().filter(|node| has_heading(node)) {
            let label = node.label.replace("{child.first_name}", "the child");
            // What else stands in braces is told as what it can be, by the law below.
            assert!(
                label.contains('{') || page.html.to_lowercase().contains(&escaped(&label).to_lowercase()),
                "{label}"
            );
        }
        for option in form.lists.values().flat_map(|list| list.codes.iter().take(60)) {
            assert!(page.html.contains(&escaped(&option.label)), "{}", option.label);
        }
        for check in form.checks.values() {
            if let [form::Piece::Text(message)] = check.message.0.as_slice() {
                assert!(page.html.contains(&escaped(message)), "{message}");
            }
        }
    }
}

#[test]
fn every_page_is_well_made_and_found_from_the_first() {
    let compiled = shipped();
    let pages = pages(compiled.forms.iter().map(|compiled| &compiled.form));
    let index = pages.first().unwrap();
    assert_eq!(index.file, "index.html");
    for page in &pages {
        assert_eq!(unbalanced(&page.html), [""; 0], "{}", page.file);
        assert_eq!(page.html.matches("<h1>").count(), 1, "{}", page.file);
        assert!(page.file == index.file || index.html.contains(&format!("href=\"{}\"", page.file)));
    }
    let kinds = pages.iter().find(|page| page.file == "kinds.html").unwrap();
    for info in form::kinds::ALL {
        assert!(
            kinds.html.contains(&format!("<h2 id=\"{}\">", info.name)),
            "{}",
            info.name
        );
        for setting in info.settings {
            assert!(
                kinds.html.contains(&format!("<code>{}</code>", setting.name)),
                "{}",
                setting.name
            );
        }
    }
}

#[test]
fn what_differs_from_record_to_record_is_told_as_what_it_can_be() {
    let form = r#"form visit version=1 {
        title "Visit"
        section visit "The visit" {
          yes_no told "Do they know?"
          text who "{if told = yes then \"Who told them?\" else \"Who will tell them?\"}"
          text when "When will {who} do it, {lower case(who)}?" { hint "As {who} says"; }
          check "who != when" "{who} is no day"
          use area topic="\"Time\""
        }
        section children "{child.first_name}" for-each=child {
          text seen "Where was {child.full_name} seen?"
        }
      }"#;
    let area = r#"component area "{topic}" { parameter topic text; text good "What is good about it?"; }"#;
    let sources = [("forms/visit.kdl", form), ("forms/components/area.kdl", area)];
    let compiled = compile(&sources.into_iter().collect());
    assert_eq!(compiled.diagnostics, []);
    let pages = pages(compiled.forms.iter().map(|compiled| &compiled.form));
    let page = pages.iter().find(|page| page.file == "visit.html").unwrap();
    for told in [
        "<dt>Who told them? / Who will tell them?</dt>",
        "<h3>Time</h3>",
        "<h2>The child</h2>",
        "<dt>Where was the child seen?</dt>",
        "<dt>When will … do it, …?</dt>",
        "<p>As … says</p>",
        "“… is no day”",
    ] {
        assert!(page.html.contains(told), "{told} is not in\n{}", page.html);
    }
    let body = page.html.split("<body").last().unwrap();
    assert!(!body.contains('{'), "{body}");
}

#[test]
fn what_is_written_in_a_form_is_never_markup() {
    let text = "form hostile version=1 {\ntitle \"<script>\"\nsection a \"<b>&\" {\ntext q \"\\\"<i>\" {\nhint \"</dd>\"\n\
                check \"q != \\\"<x>\\\"\" \"<u>\"\n}\n}\n}";
    let compiled = compile(&[("forms/hostile.kdl", text)].into_iter().collect());
    let pages = pages(compiled.forms.iter().map(|compiled| &compiled.form));
    for page in pages {
        assert_eq!(unbalanced(&page.html), [""; 0]);
        assert!(!page.html.contains("<script") && !page.html.contains("<i>") && !page.html.contains("<u>"));
    }
}

#[test]
fn a_condition_is_told_as_a_person_would_say_it() {
    let text = |condition: &str| {
        format!(
            "form visit version=1 {{\ntitle \"Visit\"\nsection a \"A\" {{\ndate day \"Which day?\"\nnumber rooms \"How many rooms?\"\n\
             choice outcome \"What happened?\" {{ option seen \"I saw them\"; option gone \"They were out\"; option ill \"Ill\"; }}\n\
             yes_no warm \"Is it warm?\"\ndate seen \"When seen?\"\nchoices noises \"What noises?\" {{ option loud \"Loud\"; option late \"Late\"; option odd \"Odd\"; }}\n\
             repeat callers \"Who called?\" {{ yes_no came \"Did they come?\"; yes_no late \"Was it late?\"; }}\n}}\nsection b \"B\" for-each=child {{\ntext q \"Q\" {{ show-when #\"{condition}\"# }}\n}}\n}}"
        )
    };
    for (condition, words) in [
        ("outcome = gone", Some("“What happened?” is “They were out”")),
        ("outcome != gone", Some("“What happened?” is not “They were out”")),
        (
            "not(outcome = gone)",
            Some("“What happened?” is not “They were out”"),
        ),
        (
            "outcome in (gone, ill)",
            Some("“What happened?” is “They were out” or “Ill”"),
        ),
        (
            "warm = yes and rooms > 3",
            Some("“Is it warm?” is “Yes” and “How many rooms?” is more than 3"),
        ),
        (
            "(warm = no or rooms < 2) and outcome = seen",
            Some(
                "(“Is it warm?” is “No” or “How many rooms?” is less than 2) and “What happened?” is “I saw them”",
            ),
        ),
        ("day <= today()", Some("“Which day?” is at most today")),
        ("rooms = null", Some("“How many rooms?” is blank")),
        ("child.unborn", Some("the child is not born yet")),
        ("not(child.unborn)", Some("the child is born")),
        (
            "age(child.date_of_birth, day) >= 2",
            Some("the child is 2 or older"),
        ),
        (
            "not(age(child.date_of_birth, day) < 2)",
            Some("the child is 2 or older"),
        ),
        (
            "not(outcome in (gone, ill))",
            Some("“What happened?” is neither “They were out” nor “Ill”"),
        ),
        ("blank(rooms) and true", Some("“How many rooms?” is blank")),
        ("rooms = 2 or true", Some("Always")),
        (
            "if warm = no then false else true",
            Some("“Is it warm?” is not “No”"),
        ),
        (
            "some noise in noises satisfies noise in (loud, late)",
            Some("“What noises?” includes “Loud” or “Late”"),
        ),
        (
            "not(late in noises)",
            Some("“What noises?” does not include “Late”"),
        ),
        ("count(noises) > 0", Some("“What noises?” is answered")),
        (
            "some row in callers satisfies row.came = yes",
            Some("for at least one entry, “Did they come?” is “Yes”"),
        ),
        (
            "every row in callers satisfies row.came = yes",
            Some("for every entry, “Did they come?” is “Yes”"),
        ),
        (
            "not(some row in callers satisfies row.came = yes)",
            Some("for no entry, “Did they come?” is “Yes”"),
        ),
        (
            "not(some row in callers satisfies row.came = yes and row.late = yes)",
            Some("for no entry, (“Did they come?” is “Yes” and “Was it late?” is “Yes”)"),
        ),
        ("count(callers) = 0", Some("“Who called?” is blank")),
        (
            "working days(day, seen) > 3",
            Some("the working days from “Which day?” to “When seen?” are more than 3"),
        ),
        ("modulo(rooms, 2) = 1", None),
    ] {
        let compiled = compile(&[("forms/visit.kdl", text(condition))].into_iter().collect());
        let form = &compiled
            .forms
            .first()
            .unwrap_or_else(|| panic!("{condition}"))
            .form;
        let rule = form.rules.values().next().unwrap();
        let form::Formula::Expr(expr) = &rule.formula else {
            panic!("{condition}")
        };
        let told = match Condition::of(form, expr) {
            Condition::When(words) => Some(words),
            Condition::GoesBy(questions) => {
                assert!(!questions.is_empty(), "{condition}");
                None
            }
            fixed => Some(format!("{fixed:?}")),
        };
        assert_eq!(told.as_deref(), words, "{condition}");
    }
}

#[test]
fn every_code_is_explained_with_an_example() {
    for code in known_codes() {
        let page = explain(code).unwrap();
        assert!(
            page.contains(&format!("[{code}]")) && page.contains("For example:"),
            "{page}"
        );
        assert!(page.contains("in tests/lang/"), "{page}");
    }
    assert_eq!(explain("no-such-code"), None);
}

#[test]
fn every_page_of_the_manual_is_in_the_program() {
    let listed: BTreeSet<String> =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/explain.rs"))
            .unwrap()
            .lines()
            .skip_while(|line| *line != "manual! {")
            .skip(1)
            .take_while(|line| *line != "}")
            .flat_map(|line| {
                line.split('"')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect();
    let pages = fs::read_dir(root().join("tests/lang")).unwrap().flatten();
    let pages = pages.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".md").map(str::to_owned));
    let there: BTreeSet<String> = pages.collect();
    assert_eq!(listed, there);
}

#[test]
fn a_new_form_is_whole_laid_out_as_usual_and_does_what_its_cases_say() {
    for name in ["meeting", "a", "return_home_interview"] {
        let (form, cases) = starter(&Name::new(name).unwrap());
        for text in [&form, &cases] {
            assert_eq!(Document::parse(text.as_str()).formatted().as_ref(), Some(text));
        }
        let sources: Sources = [
            (format!("forms/{name}.kdl"), form),
            (format!("forms/{name}.cases.kdl"), cases),
        ]
        .into_iter()
        .collect();
        let compiled = compile(&sources);
        let report = cases::run(&sources, &compiled);
        let told = compiled.diagnostics.iter().chain(&report.diagnostics);
        let told: Vec<String> = told.map(|told| told.render(&sources).to_string()).collect();
        assert_eq!(told, [""; 0]);
        let coverage = &report.forms[0].coverage;
        assert!(
            coverage
                .conditions
                .iter()
                .chain(&coverage.checks)
                .all(Seen::is_covered)
        );
    }
}

#[test]
fn a_page_says_when_a_clock_runs_and_a_component_is_asked() {
    let sources: Sources = [
        (
            "forms/components/marks.kdl",
            "component marks \"Marks\" { text where \"Where?\"; }",
        ),
        (
            "forms/back.kdl",
            "form back version=1 {\ntitle \"Back\"\nclock talk \"Talk\" { starts back_at; when \"away = yes\"; due \"72 hours\"; }\n\
             section s \"S\" {\ndate_time back_at \"When was that <then>?\"\nyes_no away \"Were they away?\"\n\
             use marks show-when=\"away = no\"\n}\n}",
        ),
    ]
    .into_iter()
    .collect();
    let compiled = compile(&sources);
    let pages = pages(compiled.forms.iter().map(|found| &found.form));
    let page = pages.iter().find(|page| page.file == "back.html").unwrap();
    for said in [
        "<li>Talk: 72 hours after “When was that &lt;then&gt;?”, if ",
        "“Were they away?” is “Yes”",
        "“Were they away?” is “No”",
    ] {
        assert!(page.html.contains(said), "{said}\n{}", page.html);
    }
}
