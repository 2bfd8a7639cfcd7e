//! What the fuzz targets share: files out of one text, a record to fill in, and changes that keep to a language.
//!
//! Each target in `fuzz_targets/` states laws of one part of Firsthand and must know nothing of the others. `cargo
//! xtask fuzz` builds and runs them; a law that does not hold, a panic, a hang and too much memory all end a run, and
//! the text that did it is kept in `artifacts/`.

pub mod files;
pub mod filling;
pub mod laws;
pub mod mutate;
