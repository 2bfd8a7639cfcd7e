//! Cuts the front end's WebAssembly into what a page loads first and parts that it loads later.
//!
//! `src/pages/later.rs` says which. The cut is made at the functions that are marked there: what only those call goes
//! into their part.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use crate::web::{bytes, text};

/// The script that fetches the later parts, by wasm-bindgen's name for it.
const LOADER: &str = "parts.js";

/// The parts that are loaded later.
pub(crate) struct Later {
    /// The script that fetches them, by the names of `parts`.
    pub(crate) loader: String,
    /// Each with its name.
    pub(crate) parts: Vec<(String, Vec<u8>)>,
}

/// Cuts cargo's `wasm` into what is loaded first, which it gives, and parts that are loaded later, which it writes into
/// `staging` together with the script that fetches them.
///
/// # Errors
/// The module has no relocations (`.cargo/config.toml` asks for them), or a file cannot be read or written.
pub(crate) fn cut(wasm: &Path, name: &str, staging: &Path) -> Result<Vec<u8>> {
    let whole = bytes(wasm)?;
    let first = staging.join(format!("{name}_first.wasm"));
    let (loader, main_module) = (format!("./{LOADER}"), format!("./{name}.js"));
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = staging;
    options.main_out_path = &first;
    options.link_name = &loader;
    options.main_module = &main_module;
    wasm_split_cli_support::transform(options)
        .map_err(|why| anyhow!("cannot cut {} into parts: {why:#}", wasm.display()))?;
    let cut = bytes(&first)?;
    fs::remove_file(&first).with_context(|| format!("cannot remove {}", first.display()))?;
    Ok(cut)
}

/// What [`cut`] wrote for the app of this name, in order of name.
///
/// # Errors
/// It was not cut, or a file cannot be read.
pub(crate) fn later(staging: &Path, app: &str) -> Result<Later> {
    let first = format!("{app}_bg");
    let mut parts = Vec::new();
    for entry in fs::read_dir(staging).with_context(|| format!("cannot read {}", staging.display()))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.extension().is_some_and(|ending| ending == "wasm") && name != first {
            parts.push((name.into_owned(), without_custom(&bytes(&path)?)?));
        }
    }
    parts.sort();
    let loader = text(&staging.join(LOADER))?;
    Ok(Later { loader, parts })
}

/// A module without its custom sections, which tell debuggers names and linkers places (WebAssembly Core 2.0, 5.5.3).
///
/// # Errors
/// It is no module.
pub(crate) fn without_custom(module: &[u8]) -> Result<Vec<u8>> {
    let (preamble, mut rest) = module.split_at_checked(8).context("no WebAssembly module")?;
    let mut kept = preamble.to_vec();
    while let Some((&kind, after)) = rest.split_first() {
        let (size, length) = unsigned(after);
        let (section, next) = rest
            .split_at_checked(1 + length + size)
            .context("a section is cut off")?;
        if kind != 0 {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    Ok(kept)
}

/// A number in LEB128 at the start of these bytes, and how many of them it takes (WebAssembly Core 2.0, 5.2.2).
fn unsigned(bytes: &[u8]) -> (usize, usize) {
    let (mut number, mut length) = (0, 0);
    for byte in bytes.iter().take(5) {
        number |= usize::from(byte & 0x7f) << (7 * length);
        length += 1;
        if byte & 0x80 == 0 {
            break;
        }
    }
    (number, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_loaded_without_the_names_of_its_functions() {
        let preamble = b"\0asm\x01\0\0\0".to_vec();
        let long = vec![7; 200];
        let section = |kind: u8, content: &[u8]| {
            // 200 takes two bytes of LEB128.
            let mut section = vec![
                kind,
                0x80 | (content.len() & 0x7f) as u8,
                (content.len() >> 7) as u8,
            ];
            section.extend_from_slice(content);
            section
        };
        let module = [
            preamble.clone(),
            section(0, &long),
            section(10, &long),
            section(0, b"a name"),
        ]
        .concat();
        assert_eq!(
            without_custom(&module).unwrap(),
            [preamble, section(10, &long)].concat()
        );
        assert!(without_custom(module.split_last().unwrap().1).is_err());
    }
}
