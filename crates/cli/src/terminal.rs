//! Talking to whoever started the program. Nobody listening is no reason to fail.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, Result};

/// Says a line to whoever reads the program's output.
pub(crate) fn say(line: &str) {
    let mut output = io::stdout();
    let _ = writeln!(output, "{line}").and_then(|()| output.flush());
}

/// Says a line to whoever reads its errors.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Asks for something secret: of a person at a terminal without showing it, else as one line of the input.
pub(crate) fn ask_secret(question: &str) -> Result<String> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password(question).context("cannot read from the terminal");
    }
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .context("cannot read the input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
