//! How large things may become. Whatever is written, it is compiled or refused in time and space that grow with its
//! length, and nothing overflows the stack. What is over a limit gets a diagnostic that says which.

/// The longest file, in bytes.
pub const SOURCE_BYTES: usize = 16 << 20;

/// The most bytes of components in a form, each as long as it is written wherever it is used. A short text could else
/// be made into a form of any size.
pub const COMPONENT_BYTES: usize = 16 << 20;

/// How deep blocks may stand in one another in a file.
pub const BLOCK_DEPTH: usize = 64;

/// The most mistakes told of one file's braces, quotes and words. Past it, one cause likely has many effects.
pub const FAULTS: usize = 100;

/// The most mistakes told of one form, whose components may make the same one many times.
pub const DIAGNOSTICS: usize = 200;

/// The most sections, groups and questions in a form, with its components put in.
pub const FORM_NODES: usize = 200_000;

/// How deep sections, groups and repeats may stand in one another in a form, with its components put in.
pub const FORM_DEPTH: usize = 32;

/// The most options of one question.
pub const OPTIONS: usize = 50_000;
