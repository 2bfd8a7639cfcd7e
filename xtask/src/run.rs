//! `cargo xtask run`: builds the front end and the server and starts them with a demonstration.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::web::{self, Profile};
use crate::workspace::{self, Metadata};
use crate::{refuse_rest, split_at_dashes};

/// The command.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let (own, options) = split_at_dashes(args);
    let (profile, rest) = Profile::from_args(own);
    refuse_rest(rest)?;
    web::build(profile)?;
    let mut serve = serve(&server()?, options);
    // The server takes this program's place, so that Ctrl-C reaches it and nothing else.
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(serve.exec()).context("cannot start the server")
    }
    #[cfg(not(unix))]
    {
        workspace::run(&mut serve)
    }
}

/// Builds the server. Gives the path of the binary.
pub(crate) fn server() -> Result<PathBuf> {
    Ok(workspace::build(&Metadata::read()?, "cli", "firsthand", &[])?.binary)
}

/// The server with a demonstration in `data/`, at an address of this machine alone; `options` say otherwise.
pub(crate) fn serve(server: &Path, options: &[String]) -> Command {
    let root = workspace::root();
    let mut command = Command::new(server);
    command.args(["serve", "--demo"]);
    for (option, value) in [
        ("--listen", "127.0.0.1:8080".into()),
        ("--data", root.join("data").into_os_string()),
        ("--dist", web::folder().into_os_string()),
    ] {
        let is_given = |given: &String| given.split('=').next() == Some(option);
        if !options.iter().any(is_given) {
            command.arg(option).arg(value);
        }
    }
    command.args(options.iter().filter(|given| *given != "--demo"));
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(options: &[&str]) -> Vec<String> {
        let options: Vec<String> = options.iter().map(|&option| option.to_owned()).collect();
        let command = serve(Path::new("firsthand"), &options);
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn an_option_that_is_given_replaces_the_usual_one() {
        for given in [&["--listen", "127.0.0.1:8123"][..], &["--listen=127.0.0.1:8123"]] {
            let words = words(given);
            assert_eq!(
                words.iter().filter(|word| word.starts_with("--listen")).count(),
                1,
                "{words:?}"
            );
            assert!(
                words.ends_with(&given.iter().map(|&word| word.to_owned()).collect::<Vec<_>>()),
                "{words:?}"
            );
        }
    }

    #[test]
    fn the_demonstration_is_asked_for_once() {
        assert_eq!(words(&["--demo"]), words(&[]));
    }
}
