//! Guesses what was meant by a name that is not known.

/// "Did you mean …", if there is a name near enough. Hosts that tell of unknown names can guess with it, too.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, known.into_iter()).map(|nearest| format!("did you mean `{nearest}`?"))
}

/// "Did you mean …", or, where nothing is near enough, the first of what there is.
pub(super) fn did_you_mean_or_one_of(name: &str, known: &[String], beginning: &str) -> Option<String> {
    const SHOWN: usize = 8;
    did_you_mean(name, known.iter().map(String::as_str)).or_else(|| {
        let shown: Vec<String> = known
            .iter()
            .take(SHOWN)
            .map(|known| format!("`{known}`"))
            .collect();
        let more = if known.len() > SHOWN { ", …" } else { "" };
        (!shown.is_empty()).then(|| format!("{beginning} {}{more}", shown.join(", ")))
    })
}

/// The known name that differs in the fewest letters, if they are few; of several the first.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = name.chars().count() / 3 + 1;
    let distances = known.map(|known| (distance(name, known), known));
    distances
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour to get from one
/// name to the other: the optimal string alignment distance. Capital and small letters are the same.
fn distance(one: &str, other: &str) -> usize {
    let [one, other] = [one, other].map(|name| name.to_lowercase().chars().collect::<Vec<char>>());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other_letter) in other.iter().enumerate() {
            let at = |costs: &[usize], index: usize| costs.get(index).copied().unwrap_or(usize::MAX - 1);
            let changed = at(&last, column) + usize::from(letter != other_letter);
            let shifted = at(&last, column + 1).min(at(&current, column)) + 1;
            let swapped = match (row.checked_sub(1), column.checked_sub(1)) {
                (Some(row), Some(before))
                    if one.get(row) == Some(other_letter) && other.get(before) == Some(letter) =>
                {
                    at(&before_last, before) + 1
                }
                _ => usize::MAX,
            };
            current.push(changed.min(shifted).min(swapped));
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distances_count_letters() {
        for (one, other, expected) in [
            ("", "abc", 3),
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("visit_dat", "visit_date", 1),
            ("a", "B", 1),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn what_is_too_far_is_no_guess() {
        assert_eq!(
            nearest("complete", ["partly", "completed"].into_iter()),
            Some("completed")
        );
        assert_eq!(nearest("seen", ["partly", "completed"].into_iter()), None);
    }
}
