//! How long it takes to read and compile forms, and how that grows with their size.
//!
//! The goal is 50 forms of 100 questions in under 100 ms together.

use std::hint::black_box;

use compiler::kdl::Document;
use compiler::{Sources, compile};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// A form of so many questions, twenty to a section: choices, conditions, checks and calculations as a form has them.
fn form(name: &str, questions: usize) -> String {
    let mut text = format!("form {name} version=1 {{\n  title \"A form\"\n");
    for section in 0..questions.div_ceil(20) {
        text += &format!("  section s{section} \"Section {section}\" {{\n");
        for index in section * 20..questions.min(section * 20 + 20) {
            text += &question(index);
        }
        text += "  }\n";
    }
    text + "}\n"
}

fn question(index: usize) -> String {
    let before = |back: usize| index.saturating_sub(back);
    match index % 5 {
        0 => format!(
            "    choice q{index} \"What happened on visit {index}?\" {{\n      required\n      option completed \"It took \
             place\"\n      option partly \"Some were not there\"\n      option no_answer \"Nobody answered\"\n    }}\n"
        ),
        1 => format!(
            "    long_text q{index} \"What did you do on visit {index}?\" {{\n      show-when \"q{} in (no_answer, \
             partly)\"\n      hint \"Calls, messages, a note through the door\"\n    }}\n",
            before(1)
        ),
        2 => format!(
            "    number q{index} \"How many people did you meet on visit {index}?\" {{\n      min 0\n      \
             required-when \"q{} = completed\"\n    }}\n",
            before(2)
        ),
        3 => format!(
            "    date q{index} \"When was visit {index}?\" {{\n      check \"q{index} <= today()\" \"The visit cannot be \
             in the future\"\n    }}\n"
        ),
        _ => format!(
            "    computed q{index} \"People and you\" {{\n      value \"if q{} > 3 then q{} + 1 else 0\"\n    }}\n",
            before(2),
            before(2)
        ),
    }
}

fn forms(count: usize, questions: usize) -> Sources {
    let names = (0..count).map(|index| format!("form_{index}"));
    names
        .map(|name| (format!("forms/{name}.kdl"), form(&name, questions)))
        .collect()
}

fn bytes(sources: &Sources) -> u64 {
    sources.iter().map(|(_, _, text)| text.len() as u64).sum()
}

fn reading(criterion: &mut Criterion) {
    let text = form("form", 1_000);
    let mut group = criterion.benchmark_group("read KDL");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("1000 questions", |bencher| {
        bencher.iter(|| Document::parse(black_box(text.as_str())))
    });
    group.finish();
}

fn compiling(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compile");
    group.sample_size(20);
    for (count, questions) in [(1, 100), (50, 100), (1, 1_000), (1, 10_000)] {
        let sources = forms(count, questions);
        assert_eq!(compile(&sources).forms.len(), count, "the forms have mistakes");
        group.throughput(Throughput::Bytes(bytes(&sources)));
        let id = BenchmarkId::from_parameter(format!("{count} x {questions} questions"));
        group.bench_with_input(id, &sources, |bencher, sources| {
            bencher.iter(|| compile(black_box(sources)))
        });
    }
    group.finish();
}

criterion_group!(benches, reading, compiling);
criterion_main!(benches);
