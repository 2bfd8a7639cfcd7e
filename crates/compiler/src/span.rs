//! Where something stands in a text.

use std::ops::Range;

/// A stretch of a text, in bytes. Both ends stand between characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Where it begins.
    pub start: u32,
    /// Where it ends: just past its last byte.
    pub end: u32,
}

impl Span {
    /// From the beginning of one stretch to the end of another that does not begin before it.
    #[must_use]
    pub fn to(self, end: Self) -> Self {
        Self {
            start: self.start,
            end: end.end.max(self.start),
        }
    }

    /// The stretch as a range, to take it from a text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Does it hold the byte at this offset, or end there?
    pub fn touches(self, offset: u32) -> bool {
        (self.start..=self.end).contains(&offset)
    }
}

impl From<Range<usize>> for Span {
    /// A text is never longer than [`crate::limits::SOURCE_BYTES`], so every offset fits.
    fn from(range: Range<usize>) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: offset(range.start),
            end: offset(range.end),
        }
    }
}
