//! "Did you mean": the known name that is nearest to one that is not known.

/// `did you mean …?` for the nearest of the known names, if one is near enough to be meant.
pub(crate) fn did_you_mean<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let allowed = (written.chars().count() / 3).max(1);
    let near = known.into_iter().filter_map(|name| {
        let distance = distance(written, name, allowed)?;
        Some((distance, name))
    });
    // Of names that are equally near the first in the alphabet is taken, whatever order they came in.
    near.min().map(|(_, name)| format!("did you mean `{name}`?"))
}

/// How many letters must be changed, added, left out or swapped with their neighbour to come from one word to the
/// other; nothing if more than `limit`.
fn distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    let one: Vec<char> = one.chars().map(fold).collect();
    let other: Vec<char> = other.chars().map(fold).collect();
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, &a) in one.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        for (j, &b) in other.iter().enumerate() {
            let change = at(&above, j) + usize::from(a != b);
            let shift = at(&above, j + 1).min(at(&row, j)) + 1;
            let swapped = i > 0 && j > 0 && one.get(i - 1) == Some(&b) && other.get(j - 1) == Some(&a);
            let swap = if swapped {
                at(&before, j - 1) + 1
            } else {
                usize::MAX
            };
            row.push(change.min(shift).min(swap));
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|&distance| distance <= limit)
}

/// Hyphens and underscores, and large and small letters, are easily taken for each other.
fn fold(c: char) -> char {
    if c == '-' { '_' } else { c.to_ascii_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_meant() {
        let known = ["visit_date", "visit_time", "outcome"];
        let meant = |written| did_you_mean(written, known);
        for written in ["visit_dat", "visit-date", "Visit_Date", "vist_date", "visti_date"] {
            assert_eq!(
                meant(written).as_deref(),
                Some("did you mean `visit_date`?"),
                "{written}"
            );
        }
        assert_eq!(meant("weather"), None);
        assert_eq!(
            did_you_mean("a", ["b", "ab"]).as_deref(),
            Some("did you mean `ab`?")
        );
    }

    #[test]
    fn the_order_of_the_known_names_does_not_matter() {
        assert_eq!(
            did_you_mean("cat", ["cut", "cot"]),
            did_you_mean("cat", ["cot", "cut"])
        );
    }
}
