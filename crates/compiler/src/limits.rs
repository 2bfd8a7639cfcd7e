//! How large things may become. Whatever is written, it is compiled or refused in time and space that grow with its
//! length, and nothing overflows the stack. What is over a limit gets a diagnostic that says which.

/// The longest file, in bytes.
pub const SOURCE_BYTES: usize = 64 << 20;

/// How deep blocks may stand in one another in a file.
pub const BLOCK_DEPTH: usize = 64;

/// The most mistakes told of one file's braces, quotes and words. Past it, one cause likely has many effects.
pub const FAULTS: usize = 100;
