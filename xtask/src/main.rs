//! `cargo xtask`: the only build tool a person needs to know. One file per command; start with `web.rs`.
//!
//! It knows how Firsthand is built, run and checked, and nothing of what Firsthand does.
#![expect(
    clippy::print_stdout,
    reason = "a build tool talks to the terminal it was started from"
)]

mod bench;
mod ci;
mod conformance;
mod dev;
mod dist;
mod fuzz;
mod parts;
mod run;
mod setup;
mod shell;
mod site;
mod style;
mod test;
mod web;
mod workspace;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  run [--debug] [-- OPTIONS]    build everything, start the server with a demonstration and print its address;
                                OPTIONS go to `firsthand serve`: --listen ADDRESS, --data FOLDER, ...
  dev [-- OPTIONS]              the same, rebuilding on every change and reloading the page
  web [--release | --debug]     build the front end into dist/ and print its sizes (release unless told)
  test [--only PART] [-- ARGS]  run every test, or one part of them: rust, doc, conformance, e2e or
                                fuzz; ARGS go to that part's runner, a test's name for one
  fuzz [TARGET ...] [--seconds N] [-- OPTIONS]
                                look for inputs that break a law of fuzz/, for N seconds a target (60 unless told);
                                OPTIONS go to libFuzzer: FILE tries one input alone
  ci [CHECK ...]                run every check that is not a test, or the checks named
  bench [--scroll] [--quick] [--peers FOLDER] [-- OPTIONS]
                                build the page of the side-by-side benchmark and serve it; with its driver's folder,
                                measure and keep the figures in bench/RESULTS.md; OPTIONS go to the driver;
                                with `--scroll`, measure only how a long page scrolls, and print it
  setup                         install what building and testing need; `web` and `test` see to their own
  help                          print this
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (command, args) = match args.split_first() {
        Some((command, args)) => (command.as_str(), args),
        None => ("help", &[][..]),
    };
    let outcome = match command {
        "run" => run::run(args),
        "dev" => dev::dev(args),
        "web" => web::web(args),
        "test" => test::test(args),
        "fuzz" => fuzz::fuzz(args),
        "ci" => ci::ci(args),
        "bench" => bench::bench(args),
        "setup" => setup::setup(args),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        unknown => Err(anyhow::anyhow!("there is no command `{unknown}`\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Refuses what a command does not understand, so that a mistyped option never passes for a default.
fn refuse_rest(rest: &[String]) -> anyhow::Result<()> {
    match rest.first() {
        None => Ok(()),
        Some(unknown) => anyhow::bail!("`{unknown}` is not understood here\n\n{HELP}"),
    }
}

/// Splits a command's own arguments from those after `--`, which are for the program it starts.
fn split_at_dashes(args: &[String]) -> (&[String], &[String]) {
    match args.iter().position(|arg| arg == "--") {
        Some(at) => (
            args.get(..at).unwrap_or_default(),
            args.get(at + 1..).unwrap_or_default(),
        ),
        None => (args, &[]),
    }
}

/// Arguments as they come from the terminal.
#[cfg(test)]
fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
