//! `firsthand`: the program that a council runs. One file per command; start with `commands/serve.rs`.
//!
//! It reads arguments, opens folders and talks to the terminal. What a server does is `server`'s; what is kept, and
//! how, is `store`'s.

mod commands;
mod data;
mod definitions;
mod front;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{account, check, diff, docs, eval, explain, fmt, lsp, new, serve, test, verify};

/// Case recording for children's services.
#[derive(Parser)]
#[command(name = "firsthand", version, arg_required_else_help = true)]
#[command(
    after_help = "Ends with 0 when all went well, 1 when it could not be done or a check failed, 2 when the command \
    line cannot be understood, and 3 when `verify` found something wrong."
)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve Firsthand to browsers, until interrupted or told to stop.
    Serve(serve::Options),
    /// Check that every record is whole and as it was written.
    Verify(verify::Options),
    /// Write a form to begin with.
    New(new::Options),
    /// Tell everything that is wrong or doubtful in forms.
    Check(check::Options),
    /// Give forms their usual layout.
    Fmt(fmt::Options),
    /// Run the cases of forms, and tell what no case has seen.
    Test(test::Options),
    /// Compare two versions of forms, and say what each difference means for open records.
    Diff(diff::Options),
    /// Say what a diagnostic means.
    Explain(explain::Options),
    /// Write pages about forms for people to read.
    Docs(docs::Options),
    /// Answer an editor while someone writes forms.
    Lsp(lsp::Options),
    /// Run conformance cases for expressions.
    Eval(eval::Options),
    /// See to the accounts that people sign in with.
    #[command(subcommand)]
    Account(account::Command),
}

fn main() -> ExitCode {
    let program = Program::parse();
    let outcome = match program.command {
        Command::Serve(options) => run(serve::serve(options)),
        Command::Verify(options) => run(verify::verify(options)),
        Command::Check(options) => check::check(&options),
        Command::Fmt(options) => fmt::fmt(&options),
        Command::Test(options) => test::test(&options),
        Command::Diff(options) => diff::diff(&options),
        Command::New(options) => new::new(&options),
        Command::Explain(options) => explain::explain(&options),
        Command::Docs(options) => docs::docs(&options),
        Command::Lsp(options) => lsp::lsp(&options),
        Command::Eval(options) => eval::eval(&options),
        Command::Account(command) => run(account::account(command)),
    };
    outcome.unwrap_or_else(|error| {
        terminal::complain(&format!("error: {error:#}"));
        ExitCode::FAILURE
    })
}

/// Runs a command to its end.
fn run(command: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(command)
}
