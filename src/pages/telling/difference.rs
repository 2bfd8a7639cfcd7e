//! What became of a text, word by word, so that one sees at a glance what somebody changed.

/// A stretch of a text that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Stayed.
    Same(String),
    /// Went.
    Was(String),
    /// Came.
    Now(String),
}

/// The most comparisons of words that a difference may cost. Beyond it, what lies between the two ends that stayed is
/// told as replaced.
const MOST_COMPARISONS: usize = 1_000_000;

/// What became of a text. None if so little of it stayed that it is easier to read the two one after the other.
pub(crate) fn difference(before: &str, after: &str) -> Option<Vec<Piece>> {
    let (old, new) = (words(before), words(after));
    let start = old
        .iter()
        .zip(&new)
        .take_while(|(one, other)| one == other)
        .count();
    let (old_rest, new_rest) = (old.get(start..)?, new.get(start..)?);
    let ends = old_rest.iter().rev().zip(new_rest.iter().rev());
    let end = ends.take_while(|(one, other)| one == other).count();
    let old_middle = old_rest.get(..old_rest.len() - end)?;
    let new_middle = new_rest.get(..new_rest.len() - end)?;

    let mut pieces = Pieces::default();
    pieces.same(old.get(..start)?);
    for (went, came, stayed) in hunks(old_middle, new_middle) {
        pieces.was(went);
        pieces.now(came);
        pieces.same(stayed);
    }
    pieces.same(old_rest.get(old_rest.len() - end..)?);

    let stayed = pieces.0.iter().map(|piece| match piece {
        Piece::Same(text) => text.len(),
        Piece::Was(_) | Piece::Now(_) => 0,
    });
    let enough = before.len().max(after.len()) / 3;
    (stayed.sum::<usize>() >= enough.max(1)).then_some(pieces.0)
}

/// The words of a text, each with the space before it, so that joined they are the text again. Before and not behind:
/// people add at the end more than anywhere, and the word that was the last is still the same one then.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let space = rest.len() - rest.trim_start().len();
        let word = rest.get(space..).and_then(|word| word.find(char::is_whitespace));
        let end = word.map_or(rest.len(), |word| space + word);
        let (word, after) = rest.split_at(end);
        words.push(word);
        rest = after;
    }
    words
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn same(&mut self, words: &[&str]) {
        if words.is_empty() {
            return;
        }
        let more = words.concat();
        match self.0.last_mut() {
            Some(Piece::Same(text)) => text.push_str(&more),
            _ => self.0.push(Piece::Same(more)),
        }
    }

    fn was(&mut self, words: &[&str]) {
        if !words.is_empty() {
            self.0.push(Piece::Was(words.concat()));
        }
    }

    fn now(&mut self, words: &[&str]) {
        if !words.is_empty() {
            self.0.push(Piece::Now(words.concat()));
        }
    }
}

/// What went, what came in its place, and what stayed after it; one after another.
type Hunk<'a, 'b> = (&'b [&'a str], &'b [&'a str], &'b [&'a str]);

fn hunks<'a, 'b>(old: &'b [&'a str], new: &'b [&'a str]) -> Vec<Hunk<'a, 'b>> {
    let mut found = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    for run in runs(&common(old, new)) {
        let (Some(went), Some(came), Some(stayed)) = (
            old.get(old_at..run.old),
            new.get(new_at..run.new),
            old.get(run.old..run.old + run.length),
        ) else {
            break;
        };
        found.push((went, came, stayed));
        (old_at, new_at) = (run.old + run.length, run.new + run.length);
    }
    if let (Some(went), Some(came)) = (old.get(old_at..), new.get(new_at..)) {
        found.push((went, came, &[]));
    }
    found
}

/// A stretch of words that both texts have.
struct Run {
    old: usize,
    new: usize,
    length: usize,
}

fn runs(common: &[(usize, usize)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for &(old, new) in common {
        match runs.last_mut() {
            Some(run) if run.old + run.length == old && run.new + run.length == new => run.length += 1,
            _ => runs.push(Run { old, new, length: 1 }),
        }
    }
    runs
}

/// The positions of a longest common subsequence, by the textbook's table of lengths from the end.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > MOST_COMPARISONS {
        return Vec::new();
    }
    let width = new.len() + 1;
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    let at = |lengths: &[u32], i: usize, j: usize| lengths.get(i * width + j).copied().unwrap_or(0);
    for (i, word) in old.iter().enumerate().rev() {
        for (j, other) in new.iter().enumerate().rev() {
            let length = if word == other {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(cell) = lengths.get_mut(i * width + j) {
                *cell = length;
            }
        }
    }
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(word), Some(other)) = (old.get(i), new.get(j)) {
        if word == other {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_that_was_replaced_stands_beside_the_one_that_came() {
        let pieces = difference("School told next week.", "School told today. Safe.").unwrap();
        let [same, was, now] = &pieces[..] else {
            panic!("{pieces:?}")
        };
        assert_eq!(*same, Piece::Same("School told".into()));
        assert_eq!(*was, Piece::Was(" next week.".into()));
        assert_eq!(*now, Piece::Now(" today. Safe.".into()));
    }

    #[test]
    fn what_was_added_at_the_end_is_all_that_came() {
        let pieces = difference("That is too much.", "That is too much. It could be habit.").unwrap();
        let expected = [
            Piece::Same("That is too much.".into()),
            Piece::Now(" It could be habit.".into()),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn texts_with_little_in_common_are_told_whole() {
        assert_eq!(
            difference(
                "It was not possible",
                "Maisie did not want to, and understands why"
            ),
            None
        );
        assert_eq!(difference("", "anything"), None);
    }

    #[test]
    fn texts_too_long_to_compare_keep_their_ends() {
        let middle = |word: &str| format!("{word} ").repeat(2_000);
        let end = "the same end ".repeat(2_000);
        let pieces = difference(&format!("{}{end}", middle("a")), &format!("{}{end}", middle("b"))).unwrap();
        assert!(
            matches!(&pieces[..], [Piece::Was(_), Piece::Now(_), Piece::Same(same)] if same.trim_start() == end)
        );
    }

    proptest! {
        #[test]
        fn what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(
            before in "[ab ]{0,40}",
            after in "[ab\n ]{0,40}",
        ) {
            if let Some(pieces) = difference(&before, &after) {
                let side = |skip: fn(&Piece) -> bool| -> String {
                    pieces.iter().filter(|piece| !skip(piece)).map(|piece| match piece {
                        Piece::Same(text) | Piece::Was(text) | Piece::Now(text) => text.as_str(),
                    }).collect()
                };
                prop_assert_eq!(side(|piece| matches!(piece, Piece::Now(_))), before);
                prop_assert_eq!(side(|piece| matches!(piece, Piece::Was(_))), after);
            }
        }
    }
}
