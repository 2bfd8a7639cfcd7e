//! What the language's own constructs come to when a form is filled in: conditions with a name, components that are
//! told something, variants, early ends, defaults and rule packs.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking; clippy spares only test functions themselves"
)]

use std::sync::Arc;

use compiler::{Sources, compile};
use engine::{Edit, Env, Session, Subject};
use form::{Answer, Answers, DateParts, Form, Name, RowKey, Span};

fn day(year: i32, month: u8, day: u8) -> feel::Date {
    feel::Date::new(year, month, day).unwrap()
}

/// The one form among these files.
fn form(files: &[(&str, &str)]) -> Form {
    let sources: Sources = files.iter().copied().collect();
    let mut compiled = compile(&sources);
    let told: Vec<String> = compiled
        .diagnostics
        .iter()
        .map(|told| told.render(&sources).to_string())
        .collect();
    assert_eq!(told, [""; 0]);
    compiled.forms.pop().expect("a form").form
}

fn session(form: Form, rule_pack: Option<&str>) -> Session {
    let today = day(2026, 11, 20);
    let child = Subject {
        id: RowKey::new("ada").unwrap(),
        first_name: "Ada".to_owned(),
        family_name: "Example".to_owned(),
        born: Some(day(2021, 3, 9)),
        expected: None,
    };
    let env = Env {
        now: "2026-11-20T10:00:00".parse().unwrap(),
        today,
        subjects: vec![child],
        rule_pack: rule_pack.map(|pack| Name::new(pack).unwrap()),
    };
    Session::new(Arc::new(form), env, &Answers::default())
}

fn answer(session: &mut Session, address: &str, answer: Option<Answer>) {
    let at = session.find(&address.parse().unwrap()).expect(address);
    session.apply(Edit::Answer { at, answer }).unwrap();
}

fn choose(session: &mut Session, address: &str, code: &str) {
    answer(session, address, Some(Answer::Code(code.to_owned())));
}

/// Which of these are shown.
fn shown<'a>(session: &Session, addresses: &[&'a str]) -> Vec<&'a str> {
    let is_shown = |address: &&&str| {
        let found = session.find(&address.parse().unwrap()).expect(address);
        session.is_shown(found)
    };
    addresses.iter().filter(is_shown).copied().collect()
}

#[test]
fn a_condition_with_a_name_means_what_it_says() {
    let written_out = form(&[(
        "forms/f.kdl",
        "form f version=1 { title \"F\"; section s \"S\" { number a \"A\"; repeat r \"R\" { number b \"B\"; }\n\
         text t \"T\" { show-when \"not(a > 2) or (some x in r satisfies x.b > 1 and (a > 2) and x.b < 9)\"; }\n\
         text u \"About {if (a > 2) then \\\"many\\\" else \\\"few\\\"}\"; } }",
    )]);
    let named = form(&[(
        "forms/f.kdl",
        "form f version=1 { title \"F\"; condition many \"a > 2\"; condition again \"many\"; section s \"S\" { number a \
         \"A\"; repeat r \"R\" { number b \"B\"; }\n\
         text t \"T\" { show-when \"not(many) or (some x in r satisfies x.b > 1 and again and x.b < 9)\"; }\n\
         text u \"About {if many then \\\"many\\\" else \\\"few\\\"}\"; } }",
    )]);
    assert_eq!(named.rules, written_out.rules);
}

#[test]
fn a_component_is_told_what_its_user_means() {
    let component = (
        "forms/components/next.kdl",
        "component next \"Next\" { parameter since date; parameter urgent condition\n\
         date on \"When?\" { check \"on > since\" \"Later\"; }\n\
         text why \"Why, after {since}?\" { show-when \"urgent\"; } }",
    );
    let mut session = session(
        form(&[
            component,
            (
                "forms/f.kdl",
                "form f version=1 { title \"F\"; section s \"S\" { date on \"On\"; yes_no bad \"Bad?\"\n\
                 use next since=\"on\" urgent=\"bad = yes\"\n\
                 use next as=\"third\" since=\"next.on\" urgent=\"bad = no\"; } }",
            ),
        ]),
        None,
    );
    let both = ["s.next.why", "s.third.why"];
    assert_eq!(shown(&session, &both), [""; 0]);
    choose(&mut session, "s.bad", "yes");
    assert_eq!(shown(&session, &both), ["s.next.why"]);
    choose(&mut session, "s.bad", "no");
    assert_eq!(shown(&session, &both), ["s.third.why"]);
    let date = |date| Some(Answer::Date(DateParts::of(date)));
    answer(&mut session, "s.on", date(day(2026, 11, 2)));
    answer(&mut session, "s.next.on", date(day(2026, 11, 3)));
    answer(&mut session, "s.third.on", date(day(2026, 11, 3)));
    let wrong: Vec<String> = session
        .problems()
        .iter()
        .map(|(at, _)| session.address(*at).unwrap().to_string())
        .collect();
    assert_eq!(wrong, ["s.third.on"]);
    let why = session.find(&"s.third.why".parse().unwrap()).unwrap();
    assert_eq!(
        session.view(why).unwrap().label,
        "Why, after Tuesday 3 November 2026?"
    );
}

const ASSESSMENT: &str = "form f version=1 { title \"F\"; variant purpose\n\
    section start \"Start\" {\n\
      finish-when \"told = no\"\n\
      choice purpose \"What for?\" { option first \"First\"; option again \"Again\"; option review \"Review\"; }\n\
      yes_no told \"Told?\"\n\
    }\n\
    section history \"History\" { only-in first again; text past \"Past\" { show-when \"purpose = first\"; }; text all \"All\"; }\n\
    section agreed \"Agreed\" { only-in review; show-when \"told = yes\"; text what \"What?\"; }\n\
    section children \"{child.first_name}\" for-each=child { text how \"How?\" { required; }; } }";

#[test]
fn variants_and_early_ends_show_and_skip_sections() {
    let mut session = session(form(&[("forms/f.kdl", ASSESSMENT)]), None);
    let all = ["history.past", "history.all", "agreed.what", "children[ada].how"];
    assert_eq!(shown(&session, &all), ["children[ada].how"]);
    choose(&mut session, "start.purpose", "first");
    assert_eq!(
        shown(&session, &all),
        ["history.past", "history.all", "children[ada].how"]
    );
    choose(&mut session, "start.purpose", "again");
    assert_eq!(shown(&session, &all), ["history.all", "children[ada].how"]);
    choose(&mut session, "start.purpose", "review");
    assert_eq!(shown(&session, &all), ["children[ada].how"]);
    choose(&mut session, "start.told", "yes");
    assert_eq!(shown(&session, &all), ["agreed.what", "children[ada].how"]);
    assert_eq!(session.problems().len(), 1);
    choose(&mut session, "start.told", "no");
    assert_eq!(shown(&session, &all), [""; 0]);
    assert_eq!(session.problems().len(), 0);
}

#[test]
fn a_default_counts_until_it_is_replaced() {
    let text = "form f version=1 { title \"F\"; section s \"S\" {\n\
        yes_no term \"In term time?\"\n\
        choice place \"Where?\" { option home \"Home\"; option school \"School\"; required\n\
          default \"if term = yes then school else home\"; }\n\
        text who \"Which teacher?\" { show-when \"place = school\"; } } }";
    let mut session = session(form(&[("forms/f.kdl", text)]), None);
    let sent = |session: &Session| {
        session
            .submission()
            .values
            .get(&"s.place".parse().unwrap())
            .cloned()
    };
    let code = |code: &str| Some(Answer::Code(code.to_owned()));
    assert_eq!(session.problems().len(), 0);
    assert_eq!(sent(&session), code("home"));
    choose(&mut session, "s.term", "yes");
    assert_eq!(sent(&session), code("school"));
    assert_eq!(shown(&session, &["s.who"]), ["s.who"]);
    assert!(!session.answers().values.contains_key(&"s.place".parse().unwrap()));
    choose(&mut session, "s.place", "home");
    assert_eq!(sent(&session), code("home"));
    answer(&mut session, "s.place", None);
    assert_eq!(sent(&session), code("school"));
}

#[test]
fn a_record_keeps_to_the_rule_pack_it_began_under() {
    let files = [
        (
            "forms/rules/old.kdl",
            "rules old from=\"2023-12-15\" { title \"Old\"; term limit \"45 working days\"; term age 4; term strict \
             #false; term other 1; }",
        ),
        (
            "forms/rules/new.kdl",
            "rules new from=\"2027-04-01\" { term limit \"6 weeks\"; term strict #true; }",
        ),
        (
            "forms/f.kdl",
            "form f version=1 { title \"F\"; clock c { starts on; due \"rules.limit\"; }\n\
             section s \"S\" { date on \"On\"; text a \"A\" { show-when \"rules.strict and rules.age = 4\"; } } }",
        ),
    ];
    let form = form(&files);
    let name = |name: &str| Name::new(name).unwrap();
    let pack_on = |date| form.pack_on(date).map(|pack| pack.name.clone());
    assert_eq!(pack_on(day(2027, 3, 31)), Some(name("old")));
    assert_eq!(pack_on(day(2027, 4, 1)), Some(name("new")));
    assert_eq!(pack_on(day(2020, 1, 1)), Some(name("old")));
    let clock = form.clocks.first().unwrap();
    assert_eq!(form.length(clock, Some(&name("old"))), Span::WorkingDays(45));
    assert_eq!(form.length(clock, Some(&name("new"))), Span::Weeks(6));
    // What the form does not use of them is no part of it.
    let kept = form.packs.iter().map(|pack| pack.terms.len()).collect::<Vec<_>>();
    assert_eq!(kept, [3, 3]);
    assert_eq!(shown(&session(form.clone(), Some("old")), &["s.a"]), [""; 0]);
    assert_eq!(shown(&session(form, Some("new")), &["s.a"]), ["s.a"]);
}

#[test]
fn a_stage_is_due_as_the_rule_pack_of_the_record_says() {
    let files = [
        (
            "forms/rules/old.kdl",
            "rules old from=\"2023-12-15\" { term sign_off \"2 working days\"; }",
        ),
        (
            "forms/rules/new.kdl",
            "rules new from=\"2027-04-01\" { term sign_off \"24 hours\"; }",
        ),
        (
            "forms/f.kdl",
            "form f version=1 { title \"F\"; sign-off { stage team_manager within=\"rules.sign_off\"; \
             stage service_manager; }\nsection s \"S\" { text a \"A\"; } }",
        ),
    ];
    let form = form(&files);
    let within = |pack: Option<&str>| {
        let pack = pack.map(|pack| Name::new(pack).unwrap());
        let of_record = record::FormRef::of(&form, pack.as_ref());
        let stages = of_record.stages.into_iter();
        stages.map(|stage| (stage.within, stage.term)).collect::<Vec<_>>()
    };
    assert_eq!(
        within(Some("old")),
        [(Some(Span::WorkingDays(2)), None), (None, None)]
    );
    assert_eq!(within(Some("new")), [(Some(Span::Hours(24)), None), (None, None)]);
    assert_eq!(within(None), within(Some("new")));
}

#[test]
fn a_length_of_time_is_a_number_of_working_days_or_a_duration() {
    let files = [
        (
            "forms/rules/old.kdl",
            "rules old from=\"2023-12-15\" { term wd \"2 working days\"; term h \"36 hours\"; term d \"2 days\"; term w \
             \"1 weeks\"; term m \"1 months\"; }",
        ),
        (
            "forms/rules/new.kdl",
            "rules new from=\"2027-04-01\" { term wd \"3 working days\"; term h \"2 days\"; }",
        ),
        (
            "forms/f.kdl",
            "form f version=1 { title \"F\"; section s \"S\" { date on \"On\"; date by \"By\"\n\
             text wd \"WD\" { show-when \"working days(on, by) > rules.wd\"; }\n\
             text h \"H\" { show-when \"by - on > rules.h\"; }\n\
             text d \"D\" { show-when \"by > on + rules.d\"; }\n\
             text w \"W\" { show-when \"by > on + rules.w\"; }\n\
             text m \"M\" { show-when \"by > on + rules.m\"; } } }",
        ),
    ];
    let form = form(&files);
    // From Friday 6 November 2026 on.
    let shown_on = |pack: &str, by: feel::Date| {
        let mut session = session(form.clone(), Some(pack));
        for (address, day) in [("s.on", day(2026, 11, 6)), ("s.by", by)] {
            answer(&mut session, address, Some(Answer::Date(DateParts::of(day))));
        }
        shown(&session, &["s.wd", "s.h", "s.d", "s.w", "s.m"]).join(" ")
    };
    assert_eq!(shown_on("old", day(2026, 11, 7)), "");
    assert_eq!(shown_on("old", day(2026, 11, 8)), "s.h");
    assert_eq!(shown_on("new", day(2026, 11, 8)), "");
    assert_eq!(shown_on("old", day(2026, 11, 10)), "s.h s.d");
    assert_eq!(shown_on("old", day(2026, 11, 11)), "s.wd s.h s.d");
    assert_eq!(shown_on("new", day(2026, 11, 11)), "s.h s.d");
    assert_eq!(shown_on("old", day(2026, 11, 14)), "s.wd s.h s.d s.w");
    assert_eq!(shown_on("old", day(2026, 12, 6)), "s.wd s.h s.d s.w");
    assert_eq!(shown_on("old", day(2026, 12, 7)), "s.wd s.h s.d s.w s.m");
}

#[test]
fn a_clock_runs_while_its_condition_holds() {
    let text = "form f version=1 { title \"F\"; condition missing \"away = yes\"\n\
        clock talk { starts back_at; when \"missing and not(count(sightings[by = police]) > 1)\"; due \"72 hours\"; }\n\
        clock write_up { starts back_at; due \"2 working days\"; }\n\
        section s \"S\" { date_time back_at \"Back?\"; yes_no away \"Away?\"\n\
        repeat sightings \"Sightings\" { choice by \"By?\" { option police \"Police\"; option other \"Other\"; } } } }";
    let mut session = session(form(&[("forms/f.kdl", text)]), None);
    let due = |session: &Session| {
        let due = |clock: record::Running| (clock.name.to_string(), clock.due(&record::Calendar::new()));
        record::clocks(session).into_iter().map(due).collect::<Vec<_>>()
    };
    choose(&mut session, "s.away", "yes");
    assert_eq!(due(&session), []);
    let at = [
        ("day", "24"),
        ("month", "10"),
        ("year", "2026"),
        ("time", "14:30"),
    ];
    answer(
        &mut session,
        "s.back_at",
        Some(Answer::Compound(form::Compound::named(at))),
    );
    // In the night after, clocks went back: after 72 hours they show an hour less.
    let talk = record::Due::At("2026-10-27T13:30:00.000Z".parse().unwrap());
    let write_up = record::Due::EndOf(day(2026, 10, 27));
    let both = [("talk".to_owned(), talk), ("write_up".to_owned(), write_up)];
    assert_eq!(due(&session), both);
    for row in ["a", "b"] {
        let repeat = session.find(&"s.sightings".parse().unwrap()).unwrap();
        let key = RowKey::new(row).unwrap();
        session
            .apply(Edit::AddRow {
                rows: repeat,
                key,
                before: None,
            })
            .unwrap();
        assert_eq!(due(&session), both);
        choose(&mut session, &format!("s.sightings[{row}].by"), "police");
    }
    assert_eq!(due(&session), both[1..]);
    choose(&mut session, "s.sightings[a].by", "other");
    assert_eq!(due(&session), both);
    choose(&mut session, "s.away", "no");
    assert_eq!(due(&session), both[1..]);
    // The record is about that day all the same.
    assert_eq!(record::happened(&session), Some(day(2026, 10, 24)));
    answer(&mut session, "s.back_at", None);
    assert_eq!(record::happened(&session), None);
}

#[test]
fn a_component_is_shown_while_all_that_is_said_of_it_holds() {
    let files = [
        (
            "forms/components/marks.kdl",
            "component marks \"Marks\" { parameter day date; show-when \"day != null\"; yes_no any \"Any?\"; use where \
             show-when=\"any = yes\"; }",
        ),
        (
            "forms/components/where.kdl",
            "component where \"Where\" { text place \"Where?\" { required; }; }",
        ),
        (
            "forms/f.kdl",
            "form f version=1 { title \"F\"; section s \"S\" { date on \"On\"; yes_no any \"Seen any?\"\n\
             use marks day=\"on\" show-when=\"any = yes\"; } }",
        ),
    ];
    let mut session = session(form(&files), None);
    let all = ["s.marks.any", "s.marks.where.place"];
    assert_eq!(shown(&session, &all), [""; 0]);
    choose(&mut session, "s.any", "yes");
    assert_eq!(shown(&session, &all), [""; 0]);
    answer(
        &mut session,
        "s.on",
        Some(Answer::Date(DateParts::of(day(2026, 11, 2)))),
    );
    assert_eq!(shown(&session, &all), ["s.marks.any"]);
    choose(&mut session, "s.marks.any", "yes");
    assert_eq!(shown(&session, &all), all);
    assert_eq!(session.problems().len(), 1);
    choose(&mut session, "s.any", "no");
    assert_eq!(shown(&session, &all), [""; 0]);
    assert_eq!(session.problems().len(), 0);
}

#[test]
fn conditions_that_name_each_other_stay_small() {
    let mut text = String::from("form f version=1 { title \"F\"; condition c0 \"a > 1\"\n");
    for index in 1..40 {
        text += &format!("condition c{index} \"c{0} and c{0} or not(c{0})\"\n", index - 1);
    }
    text += "section s \"S\" { number a \"A\"; text t \"T\" { show-when \"c39\"; } } }";
    let sources: Sources = [("forms/f.kdl", text.as_str())].into_iter().collect();
    let compiled = compile(&sources);
    let codes: Vec<&str> = compiled
        .diagnostics
        .iter()
        .map(|told| told.code.as_str())
        .collect();
    assert_eq!(codes, ["too-large"]);
}

/// Conditions about many things that cannot be followed, each of which would take a million million steps to go through:
/// they are left alone, and not one of them takes long.
#[test]
fn what_takes_too_long_to_find_out_is_not_said() {
    let all = |join: &str, part: &dyn Fn(usize) -> String| {
        let parts: Vec<String> = (0..7).map(part).collect();
        parts.join(join)
    };
    let mut text = String::from("form f version=1 { title \"F\"; section s \"S\" {\n");
    for index in 0..40 {
        text += &format!("number n{index} \"N {index}\"\n");
    }
    for index in 0..600 {
        let one = |at: usize| format!("n{} + {index} > n{}", (index + at) % 40, (index + at + 1) % 40);
        let other = |at: usize| format!("n{} * 2 = {index}", (index + at) % 40);
        let some = all(" and ", &|at| format!("({} or {})", one(at), other(at)));
        let none = all(" and ", &|at| {
            format!("not({}) and not({})", other(6 - at), one(6 - at))
        });
        text += &format!("text t{index} \"T {index}\" {{ show-when \"{some} and {none}\"; }}\n");
    }
    text += "} }";
    let sources: Sources = [("forms/f.kdl", text.as_str())].into_iter().collect();
    let told = compile(&sources).diagnostics;
    assert!(told.iter().all(|told| told.code.as_str() == "never-holds"));
}
