//! How long the engine takes for one edit and to open a record, and how that grows with the size of the form.
//!
//! The goals: one edit on which ten places depend, in a form of 10,000 questions, in under 20 microseconds; a record
//! of 1,000 questions with its answers opened in under 2 milliseconds; and an edit that costs the same in any form.

mod sized;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use engine::{At, Edit, Session};
use form::{Address, Answer};

/// From a form that fits a page to one that nobody would fill in.
const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];

fn editing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("edit");
    for size in SIZES {
        let form = sized::form(size);
        let answers = sized::answers(&form);
        let mut session = Session::new(form, sized::env(), &answers);
        let address = "all.first".parse::<Address>().ok();
        let Some(first) = address.and_then(|address| session.find(&address)) else {
            continue;
        };
        let depending = session.apply(answer(first, 6)).map(|changes| changes.views.len());
        // The question and its section change, and the chain of five; the rest comes out as it was.
        assert_eq!(depending, Ok(6), "what depends on the question has changed");
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            let mut number = 0;
            bencher.iter(|| {
                number = (number + 1) % 10;
                session.apply(black_box(answer(first, number)))
            });
        });
    }
    group.finish();
}

/// Answers a question.
fn answer(at: At, number: u32) -> Edit {
    Edit::Answer {
        at,
        answer: Some(Answer::Text(number.to_string())),
    }
}

fn opening(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("open");
    group.sample_size(20);
    for size in SIZES {
        let form = sized::form(size);
        let answers = sized::answers(&form);
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| Session::new(Arc::clone(&form), sized::env(), black_box(&answers)));
        });
    }
    group.finish();
}

criterion_group!(benches, editing, opening);
criterion_main!(benches);
