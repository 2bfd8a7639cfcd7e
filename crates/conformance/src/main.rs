//! Tells what an input comes to on this machine: reads it from the standard input, and writes the words to the output.

use std::error::Error;
use std::io::{Read, Write, stdin, stdout};

use conformance::results;

fn main() -> Result<(), Box<dyn Error>> {
    let mut input = String::new();
    stdin().read_to_string(&mut input)?;
    stdout().write_all(results(&input)?.as_bytes())?;
    Ok(())
}
