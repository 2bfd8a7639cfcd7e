//! How large things may become. Whatever is written and whatever is read, an expression is checked and
//! evaluated in bounded time and space, and never overflows the stack.

/// The longest expression, in bytes of its text.
pub const SOURCE_BYTES: usize = 16_384;

/// How deep expressions may be nested in one another. What is checked can be written as JSON and read
/// again by readers that stop at 128 levels, with half of them left to whatever the expression is part of.
pub const DEPTH: usize = 48;

/// The most values, names and operations in one expression.
pub const NODES: usize = 4_096;

/// The longest text an expression can make, in bytes.
pub const TEXT_BYTES: usize = 1_000_000;

/// The most values in a list an expression can make, those in its inner lists included.
pub const LIST_VALUES: usize = 100_000;

/// How deep the lists that an expression makes may be nested in one another.
pub const LIST_DEPTH: usize = 64;

/// The most steps of one evaluation: a round of a loop, a value put into a list, sixteen bytes put into
/// a text, a step of matching a pattern, and so on, each of which takes well under a microsecond. When they
/// are used up, what would take more is null.
pub const STEPS: u32 = 1_000_000;
