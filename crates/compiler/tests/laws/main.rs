//! What holds for any definition: the order of rules, the same result every time, and no harm from any text.

mod random;

use std::collections::BTreeSet;

use compiler::{Code, Compiled, Sources, compile};
use form::{Aspect, Body, Form, Meaning, NodeId};
use proptest::prelude::*;
use random::random_form;

fn one(text: &str) -> (Sources, Compiled) {
    let sources: Sources = [("forms/random.kdl", text)].into_iter().collect();
    let compiled = compile(&sources);
    (sources, compiled)
}

/// What must be settled before this place can be read: the rules that decide its value, what it offers and whether it
/// is shown, and whether all around it is shown; for rows also whether each of them is.
fn decides(form: &Form, node: NodeId) -> BTreeSet<usize> {
    let mut holders = vec![node];
    if let Body::Rows(_) = form.nodes.at(node).body {
        holders.extend(form.inside(node));
    }
    let mut around = form.nodes.at(node).parent;
    while let Some(holder) = around {
        holders.push(holder);
        around = form.nodes.at(holder).parent;
    }
    let rules = form.rules.values().enumerate();
    let decisive = rules.filter(|(_, rule)| match rule.aspect {
        Aspect::Shown => holders.contains(&rule.target),
        Aspect::Value | Aspect::Default | Aspect::Offered(_) => rule.target == node,
        _ => false,
    });
    decisive.map(|(index, _)| index).collect()
}

/// Every rule comes after all that decides what it reads.
fn is_in_order(form: &Form) -> Result<(), String> {
    for (index, rule) in form.rules.values().enumerate() {
        let mut slots = rule.formula.slots();
        if let Aspect::Check(check) = rule.aspect {
            slots.extend(form.checks.at(check).message.slots());
        }
        for node in slots.into_iter().filter_map(|slot| match Meaning::of(slot) {
            Some(Meaning::Node(node)) => Some(node),
            _ => None,
        }) {
            if let Some(late) = decides(form, node).into_iter().find(|&other| other >= index) {
                let name = &form.nodes.at(node).name;
                return Err(format!("rule {index} reads {name}, which rule {late} decides"));
            }
        }
    }
    Ok(())
}

/// What is told stands in order, inside its file and between characters, and can be shown.
fn is_well_told(sources: &Sources, compiled: &Compiled) -> Result<(), String> {
    let places: Vec<_> = compiled
        .diagnostics
        .iter()
        .map(|told| (told.place, told.code))
        .collect();
    if !places.is_sorted() {
        return Err("the diagnostics are out of order".to_owned());
    }
    for told in &compiled.diagnostics {
        let all = told.labels.iter().map(|label| label.place).chain([told.place]);
        for place in all {
            if sources.text(place.file).get(place.span.range()).is_none() {
                return Err(format!("{told:?} stands nowhere"));
            }
        }
        let shown = told.render(sources).to_string();
        let first = shown.lines().next().unwrap_or_default();
        if told.message.ends_with('.') || first.contains('\n') || told.message.is_empty() {
            return Err(format!("badly told: {shown}"));
        }
    }
    Ok(())
}

/// The home visit with what it uses, one of the files changed.
fn changed_forms(change: impl Fn(String) -> String, which: usize) -> Sources {
    let files = [
        (
            "forms/home_visit.kdl",
            include_str!("../../../../forms/home_visit.kdl"),
        ),
        (
            "forms/components/voice.kdl",
            include_str!("../../../../forms/components/voice.kdl"),
        ),
        (
            "forms/codes/not_seen_reasons.kdl",
            include_str!("../../../../forms/codes/not_seen_reasons.kdl"),
        ),
        (
            "forms/codes/not_alone_reasons.kdl",
            include_str!("../../../../forms/codes/not_alone_reasons.kdl"),
        ),
        (
            "forms/codes/not_heard_reasons.kdl",
            include_str!("../../../../forms/codes/not_heard_reasons.kdl"),
        ),
        (
            "forms/codes/people_present.kdl",
            include_str!("../../../../forms/codes/people_present.kdl"),
        ),
        (
            "forms/codes/unable_reasons.kdl",
            include_str!("../../../../forms/codes/unable_reasons.kdl"),
        ),
    ];
    let files = files.into_iter().enumerate();
    files
        .map(|(index, (path, text))| match index == which {
            true => (path, change(text.to_owned())),
            false => (path, text.to_owned()),
        })
        .collect()
}

/// Cuts something out of a text, and puts something in.
fn edited(text: &str, at: usize, cut: usize, put: &str) -> String {
    let at = text.floor_char_boundary(at % (text.len() + 1));
    let end = text.floor_char_boundary((at + cut).min(text.len()));
    format!(
        "{}{put}{}",
        text.get(..at).unwrap_or_default(),
        text.get(end..).unwrap_or_default()
    )
}

fn fragment() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "",
        "",
        "{",
        "}",
        "\"",
        "\"\"\"",
        "/*",
        "/-",
        "\\",
        ";",
        "=",
        "(t)",
        "\n",
        "child",
        "use voice\n",
        "required\n",
        "show-when \"a\"\n",
        "section s \"S\" {",
        "text a \"A\"\n",
        "é",
        "\u{202E}",
        "#true",
        "1e9",
        "for-each=child",
    ]);
    prop_oneof![known.prop_map(str::to_owned), "\\PC{0,6}"]
}

proptest! {
    // Few forms have rules that only just come in order: it takes many to see all that could go wrong.
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn every_form_is_made_in_order_or_goes_in_circles(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let text = random_form(&bytes);
        let (sources, compiled) = one(&text);
        is_well_told(&sources, &compiled).map_err(TestCaseError::fail)?;
        match compiled.forms.as_slice() {
            [only] => {
                prop_assert!(!compiled.has_errors());
                is_in_order(&only.form).map_err(TestCaseError::fail)?;
            }
            _ => {
                let circles = compiled.diagnostics.iter().filter(|told| told.is_error());
                for told in circles {
                    prop_assert_eq!(told.code, Code::Cycle, "{}\n{}", text, told.render(&sources));
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn a_form_is_the_same_however_it_is_kept(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let text = random_form(&bytes);
        let (_, compiled) = one(&text);
        let (_, again) = one(&text);
        prop_assert_eq!(&compiled.diagnostics, &again.diagnostics);
        for (one, other) in compiled.forms.iter().zip(&again.forms) {
            prop_assert_eq!(&one.form, &other.form);
            let kept = Form::from_json(one.form.to_json()).unwrap();
            prop_assert_eq!(kept.hash(), one.form.hash());
            prop_assert_eq!(&kept, &one.form);
        }
    }

    /// Against a closure worked out by hand: questions in groups, which are shown depending on others.
    #[test]
    fn circles_are_found_exactly_where_they_are(
        groups in prop::collection::vec(prop::option::of(0..9_usize), 3),
        questions in prop::collection::vec(prop::collection::vec(0..9_usize, 0..3), 9),
    ) {
        let mut text = "form random version=1 {\ntitle \"Random\"\nsection s \"S\" {\n".to_owned();
        let mut needs = [[false; 12]; 12];
        let condition = |needed: &[usize]| {
            let all: Vec<String> = needed.iter().map(|other| format!("q{other} = yes")).collect();
            if all.is_empty() { String::new() } else { format!("show-when \"{}\"\n", all.join(" or ")) }
        };
        for (group, needed) in groups.iter().enumerate() {
            let needed: Vec<usize> = needed.iter().copied().collect();
            text += &format!("group g{group} \"G\" {{\n{}", condition(&needed));
            for other in needed {
                needs[9 + group][other] = true;
            }
            for question in group * 3..group * 3 + 3 {
                text += &format!("yes_no q{question} \"Q\" {{\n{}}}\n", condition(&questions[question]));
                needs[question][9 + group] = true;
                for &other in &questions[question] {
                    needs[question][other] = true;
                }
            }
            text += "}\n";
        }
        text += "}\n}\n";
        for middle in 0..12 {
            for one in 0..12 {
                for other in 0..12 {
                    needs[one][other] |= needs[one][middle] && needs[middle][other];
                }
            }
        }
        let circles = (0..12).any(|vertex| needs[vertex][vertex]);
        let (_, compiled) = one(&text);
        let told = compiled.diagnostics.iter().any(|told| told.code == Code::Cycle);
        prop_assert_eq!(told, circles, "{}", text);
        prop_assert_eq!(compiled.forms.len(), usize::from(!circles));
    }

    #[test]
    fn no_change_to_a_definition_does_harm(
        which in 0..7_usize,
        edits in prop::collection::vec((any::<u16>(), 0..40_usize, fragment()), 1..4),
    ) {
        let change = |text: String| {
            edits.iter().fold(text, |text, (at, cut, put)| edited(&text, usize::from(*at), *cut, put))
        };
        let sources = changed_forms(change, which);
        let compiled = compile(&sources);
        is_well_told(&sources, &compiled).map_err(TestCaseError::fail)?;
        prop_assert_eq!(compiled.forms.is_empty(), compiled.has_errors());
        for compiled in &compiled.forms {
            is_in_order(&compiled.form).map_err(TestCaseError::fail)?;
        }
        prop_assert_eq!(&compile(&sources).diagnostics, &compiled.diagnostics);
    }

    #[test]
    fn no_text_at_all_does_harm(text in "(\\PC|\n|form x version=1 \\{|section|\\}|\"){0,60}") {
        let (sources, compiled) = one(&text);
        is_well_told(&sources, &compiled).map_err(TestCaseError::fail)?;
    }
}

#[test]
fn files_may_come_in_any_order() {
    let files = [
        ("forms/b.kdl", "form b {"),
        ("forms/a.kdl", "form a {"),
        ("forms/components/c.kdl", "component {"),
    ];
    let forwards: Sources = files.into_iter().collect();
    let backwards: Sources = files.into_iter().rev().collect();
    assert_eq!(compile(&forwards).diagnostics, compile(&backwards).diagnostics);
}

#[test]
fn components_within_components_do_not_grow_without_end() {
    let mut sources = Sources::default();
    sources.insert(
        "forms/big.kdl",
        "form big version=1 { title \"Big\"; section s \"S\" { use c0; } }",
    );
    for level in 0..7 {
        let uses: String = (0..9)
            .map(|index| format!("group g{index} \"G\" {{ use c{}; }}\n", level + 1))
            .collect();
        sources.insert(
            format!("forms/components/c{level}.kdl"),
            format!("component c{level} \"C\" {{\n{uses}}}"),
        );
    }
    sources.insert("forms/components/c7.kdl", "component c7 \"C\" { text t \"T\"; }");
    let compiled = compile(&sources);
    assert!(compiled.forms.is_empty());
    assert!(
        compiled
            .diagnostics
            .iter()
            .any(|told| told.code == Code::TooLarge)
    );
}

#[test]
fn a_long_component_used_everywhere_does_not_grow_without_end() {
    let uses: String = (0..1_000)
        .map(|index| format!("group g{index} \"G{index}\" {{ use long; }}\n"))
        .collect();
    let form = format!("form big version=1 {{\ntitle \"Big\"\nsection s \"S\" {{\n{uses}}}\n}}\n");
    let long = format!(
        "component long \"Long\" {{ text t \"{}\"; }}\n",
        "long ".repeat(20_000)
    );
    let sources: Sources = [("forms/big.kdl", form), ("forms/components/long.kdl", long)]
        .into_iter()
        .collect();
    let compiled = compile(&sources);
    assert!(compiled.forms.is_empty());
    let told: Vec<Code> = compiled.diagnostics.iter().map(|told| told.code).collect();
    assert_eq!(told, [Code::TooLarge]);
}

#[test]
fn a_text_of_several_lines_is_quoted_in_one() {
    let (_, compiled) = one(
        "form random version=1 {\ntitle \"R\"\nsection s \"S\" {\ntext q \"Q\" {\n\"\"\"\n  Two\n  lines\n  \"\"\"\n}\n}\n}\n",
    );
    let told: Vec<&str> = compiled
        .diagnostics
        .iter()
        .map(|told| told.message.as_str())
        .collect();
    assert_eq!(told, ["`Two lines` means nothing in a question"]);
}

#[test]
fn questions_that_all_read_the_same_are_told_in_no_time() {
    let same: String = (0..20_000)
        .map(|index| format!("text q{index} \"Q\"\n"))
        .collect();
    let (_, compiled) = one(&format!(
        "form random version=1 {{\ntitle \"Same\"\nsection s \"S\" {{\n{same}}}\n}}\n"
    ));
    assert_eq!(compiled.forms.len(), 1);
    assert_eq!(compiled.diagnostics.len(), compiler::limits::DIAGNOSTICS);
}

#[test]
fn one_mistake_made_everywhere_is_told_often_enough() {
    let mut text = "form random version=1 {\ntitle \"Random\"\nsection s \"S\" {\n".to_owned();
    for index in 0..3_000 {
        text += &format!(
            "group g{index} \"G\" {{\ntext same \"Q\" {{\nshow-when \"sane != g{index}.other\"\n}}\n}}\n"
        );
    }
    text += "}\n}\n";
    let (_, compiled) = one(&text);
    assert!(compiled.forms.is_empty());
    assert_eq!(compiled.diagnostics.len(), compiler::limits::DIAGNOSTICS);
}

#[test]
fn a_long_chain_of_conditions_and_values_is_worked_through() {
    let mut text = "form random version=1 {\ntitle \"Long\"\nsection s \"S\" {\n".to_owned();
    for index in 0..3_000 {
        let next = index + 1;
        text +=
            &format!("computed q{index} \"Q\" {{\nvalue \"q{next} + 1\"\nshow-when \"q{next} > 1\"\n}}\n");
    }
    text += "number q3000 \"Q\"\n}\n}\n";
    let (sources, compiled) = one(&text);
    let told: Vec<String> = compiled
        .diagnostics
        .iter()
        .map(|told| told.render(&sources).to_string())
        .collect();
    assert_eq!(told, [""; 0]);
    assert_eq!(compiled.forms.len(), 1);
}
