//! How many bytes an open record takes for each of its questions: the session with its answers, and what it shares
//! with other records of the same form. Printed, not timed: the counting of every allocation is slow.
#![expect(clippy::print_stdout, reason = "it prints what it has counted")]

mod sized;

use std::sync::Arc;

use engine::Session;

#[global_allocator]
static COUNTING: dhat::Alloc = dhat::Alloc;

fn main() {
    let _profiler = dhat::Profiler::builder().testing().build();
    let now = || dhat::HeapStats::get().curr_bytes;
    println!(
        "{:>9} {:>14} {:>14}",
        "questions", "form, B each", "record, B each"
    );
    for size in [100, 1_000, 10_000] {
        let before = now();
        let form = sized::form(size);
        let compiled = now();
        let answers = sized::answers(&form);
        let answered = now();
        let session = Session::new(Arc::clone(&form), sized::env(), &answers);
        let opened = now();
        println!(
            "{size:>9} {:>14} {:>14}",
            (compiled - before) / size,
            (opened - answered) / size
        );
        drop(session);
    }
}
