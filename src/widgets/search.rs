//! Finding entries of a long list by some of their words. Knows no page.

/// Entries to be found, by their place in a list.
pub(crate) struct Index(Vec<Indexed>);

struct Indexed {
    code: String,
    label: String,
}

impl Index {
    /// An index of codes with their labels.
    pub(crate) fn new<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self(
            entries
                .map(|(code, label)| Indexed {
                    code: folded(code),
                    label: folded(label),
                })
                .collect(),
        )
    }

    /// The entries that have every word that was typed, at most so many, the likeliest first: the code or the label
    /// itself, then what begins as was typed, then what has a word that does, then the others. Every entry, if nothing
    /// was typed.
    pub(crate) fn find(&self, typed: &str, most: usize) -> Vec<usize> {
        let typed = folded(typed);
        let words: Vec<&str> = typed.split_whitespace().collect();
        let typed = words.join(" ");
        let mut found: Vec<(u8, usize)> = Vec::new();
        for (index, entry) in self.0.iter().enumerate() {
            if let Some(rank) = entry.rank(&typed, &words) {
                found.push((rank, index));
            }
        }
        found.sort_unstable();
        found.into_iter().take(most).map(|(_, index)| index).collect()
    }

    /// The one entry whose code or label is what was typed.
    pub(super) fn exactly(&self, typed: &str) -> Option<usize> {
        let typed = folded(typed.trim());
        let is_it = |entry: &Indexed| entry.code == typed || entry.label == typed;
        let mut found = self.0.iter().enumerate().filter(|(_, entry)| is_it(entry));
        match (found.next(), found.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    }
}

impl Indexed {
    fn rank(&self, typed: &str, words: &[&str]) -> Option<u8> {
        let has = |word: &&str| self.label.contains(word) || self.code.starts_with(word);
        if !words.iter().all(has) {
            return None;
        }
        let begins = |word: &str| {
            let mut own = self.label.split(|c: char| !c.is_alphanumeric());
            own.any(|own| own.starts_with(word))
        };
        Some(if self.code == typed || self.label == typed {
            0
        } else if self.label.starts_with(typed) {
            1
        } else if words.iter().all(|word| begins(word)) {
            2
        } else {
            3
        })
    }
}

/// The text as it is compared: in small letters, and without the accents that people leave out when they type.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        '’' => '\'',
        other => other,
    };
    text.to_lowercase().chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGUAGES: [(&str, &str); 6] = [
        ("per", "Persian (Farsi)"),
        ("far", "Faroese"),
        ("swa", "Swahili"),
        ("kur", "Kurdish, Northern"),
        ("ckb", "Kurdish, Central"),
        ("gkn", "Gã"),
    ];

    fn found(typed: &str) -> Vec<&'static str> {
        let index = Index::new(LANGUAGES.into_iter());
        index
            .find(typed, 3)
            .into_iter()
            .map(|at| LANGUAGES[at].0)
            .collect()
    }

    #[test]
    fn the_likeliest_comes_first() {
        assert_eq!(found("far"), ["far", "per"]);
        assert_eq!(found("fa"), ["far", "per"]);
        assert_eq!(found("ar"), ["per", "far"]);
        assert_eq!(found("central kurd"), ["ckb"]);
        assert_eq!(found("SWA"), ["swa"]);
        assert_eq!(found("ga"), ["gkn"]);
        assert_eq!(found("klingon"), [""; 0]);
        assert_eq!(found(" "), ["per", "far", "swa"]);
    }

    #[test]
    fn what_is_typed_in_full_is_known() {
        let index = Index::new(LANGUAGES.into_iter());
        assert_eq!(index.exactly(" swahili "), Some(2));
        assert_eq!(index.exactly("CKB"), Some(4));
        assert_eq!(index.exactly("kurdish"), None);
        assert_eq!(index.exactly(""), None);
    }

    #[test]
    fn thousands_are_searched() {
        let many: Vec<(String, String)> = (0..20_000)
            .map(|n| (format!("{n:05}"), format!("School number {n} of the town")))
            .collect();
        let index = Index::new(many.iter().map(|(code, label)| (code.as_str(), label.as_str())));
        assert_eq!(index.find("12345", 10), [12345]);
        assert_eq!(index.find("school", 10).len(), 10);
    }
}
