//! Names of people, one after another as one says them.

use engine::Subject;
use wire::ChildName;

/// Somebody with a first and a family name.
pub(crate) trait Named {
    /// First name, or what they like to be called.
    fn first(&self) -> &str;
    /// Family name; blank if not known.
    fn family(&self) -> &str;
}

impl Named for Subject {
    fn first(&self) -> &str {
        &self.first_name
    }
    fn family(&self) -> &str {
        &self.family_name
    }
}

impl Named for ChildName {
    fn first(&self) -> &str {
        &self.first_name
    }
    fn family(&self) -> &str {
        &self.family_name
    }
}

/// The names of children, the family name once where they share it: "Jordan, Maisie and Teddy Hale".
pub(crate) fn children<T: Named>(children: &[T]) -> String {
    let Some((last, others)) = children.split_last() else {
        return String::new();
    };
    if others.iter().all(|child| child.family() == last.family()) {
        let firsts: Vec<&str> = children.iter().map(Named::first).collect();
        format!("{} {}", list(&firsts), last.family())
            .trim_end()
            .to_owned()
    } else {
        let full = |child: &T| format!("{} {}", child.first(), child.family()).trim().to_owned();
        list(&children.iter().map(full).collect::<Vec<_>>())
    }
}

/// The first names of children: "Jordan, Maisie and Teddy".
pub(crate) fn firsts<T: Named>(children: &[T]) -> String {
    list(&children.iter().map(Named::first).collect::<Vec<_>>())
}

/// Several things, as one says them: "a, b and c".
pub(crate) fn list<T: AsRef<str>>(things: &[T]) -> String {
    let things: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
    match things.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// The first letters of a name, to tell people apart at a glance: "AS".
pub(crate) fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|part| part.chars().next());
    let first = letters.next();
    let last = letters.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::RowKey;

    fn child(first: &str, family: &str) -> ChildName {
        ChildName {
            id: RowKey::new("a").unwrap(),
            first_name: first.into(),
            family_name: family.into(),
        }
    }

    #[test]
    fn a_family_name_that_is_shared_is_said_once() {
        let [jordan, maisie] = [child("Jordan", "Hale"), child("Maisie", "Hale")];
        let [leo, unnamed] = [child("Leo", "Novak"), child("Baby", "")];
        assert_eq!(
            children(&[jordan.clone(), maisie.clone()]),
            "Jordan and Maisie Hale"
        );
        assert_eq!(
            children(&[jordan.clone(), maisie.clone(), leo]),
            "Jordan Hale, Maisie Hale and Leo Novak"
        );
        assert_eq!(children(&[unnamed]), "Baby");
        assert_eq!(children::<ChildName>(&[]), "");
        assert_eq!(firsts(&[jordan, maisie]), "Jordan and Maisie");
    }

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(
            ["Amira Siddiqui", "Tom", "Ana Maria de la Cruz", "", "élan vert"].map(initials),
            ["AS", "T", "AC", "", "ÉV"]
        );
    }
}
