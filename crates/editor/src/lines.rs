//! Lines and characters as editors count them: from 0, in UTF-16 code units (LSP 3.17, "Position").

/// A text, with where its lines begin.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub fn of(text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// The offset of a position. Past the end of a line it is that end, past the last line that of the text.
    pub fn offset(&self, line: u32, character: u32) -> u32 {
        let Some(&start) = self.starts.get(line as usize) else {
            return to_u32(self.text.len());
        };
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let (mut at, mut units) = (0, 0);
        for c in line.chars() {
            if units >= character as usize {
                break;
            }
            at += c.len_utf8();
            units += c.len_utf16();
        }
        to_u32(start + at)
    }

    /// The line and character of an offset.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        (to_u32(line), to_u32(before.encode_utf16().count()))
    }
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_counted_in_utf_16() {
        let text = "a\r\né𝄞b\n";
        let lines = Lines::of(text);
        for (line, character, offset) in [
            (0, 0, 0),
            (0, 1, 1),
            (1, 0, 3),
            (1, 1, 5),
            (1, 3, 9),
            (1, 4, 10),
            (2, 0, 11),
        ] {
            assert_eq!(lines.offset(line, character), offset);
            assert_eq!(lines.position(offset), (line, character));
        }
        assert_eq!((lines.offset(0, 9), lines.offset(9, 9)), (1, 11));
        assert_eq!(lines.position(4), (1, 0));
    }
}
