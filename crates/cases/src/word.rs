//! The words that cases are made of: what each means, and where it can stand.

/// Where a word can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Block {
    /// In `cases`.
    Cases,
    /// In `case`.
    Case,
    /// In `given`, where questions stand too; and in what stands in it.
    Given,
    /// In `then`.
    Then,
    /// In a `child` or `row` in `then`.
    ThenInside,
}

impl Block {
    /// What one calls it, with an article where it has one.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Cases => "`cases`",
            Self::Case => "a case",
            Self::Given => "`given`",
            Self::Then => "`then`",
            Self::ThenInside => "a part of `then`",
        }
    }

    /// The words that can stand in it.
    pub fn words(self) -> impl Iterator<Item = Word> + Clone {
        Word::ALL.iter().copied().filter(move |word| word.stands_in(self))
    }
}

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal [$($block:ident)*])*) => {
        /// A word that begins a line of cases.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Word {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Word {
            /// Every word there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means, in a sentence or two for form designers.
            pub fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim_ascii(),)* }
            }

            /// Can it stand there?
            pub fn stands_in(self, block: Block) -> bool {
                match self { $(Self::$variant => [$(Block::$block),*].contains(&block),)* }
            }
        }
    };
}

impl Word {
    /// The word of this name that can stand there.
    pub fn find(name: &str, block: Block) -> Option<Self> {
        block.words().find(|word| word.name() == name)
    }
}

words! {
    /// The day on which the record is filled in, or the moment: "2026-11-19", "2026-11-19T17:30:00".
    Today "today" [Cases Case]
    /// A child that records can be about: a short name, what people call the child, and `born=` or `expected=` with a
    /// date. In `given` and `then`, what is about that child stands in its braces.
    Child "child" [Cases Given Then]
    /// An example: a title in quotes, `given` and `then`. With `from=` it begins with all that is given in another.
    Case "case" [Cases]
    /// Which of the children the record is about; all of them if it is not said.
    About "about" [Case]
    /// What was entered: a line for each question, with its answer.
    Given "given" [Case]
    /// What must follow.
    Then "then" [Case]
    /// A row of a repeat: the name of the repeat, and a short name for the row. What is in the row stands in its braces.
    Row "row" [Given Then ThenInside]
    /// These are on the page.
    Shown "shown" [Then ThenInside]
    /// These are not on the page.
    Hidden "hidden" [Then ThenInside]
    /// These must be answered before the record is sent.
    Required "required" [Then ThenInside]
    /// These are on the page, and need not be answered.
    Optional "optional" [Then ThenInside]
    /// These cannot be edited.
    ReadOnly "read-only" [Then ThenInside]
    /// These can be edited.
    Editable "editable" [Then ThenInside]
    /// The answer stands in the way of sending the record: a check does not hold, or it cannot be read. A text behind
    /// it is what the page says.
    Refused "refused" [Then ThenInside]
    /// A check stands in the way of approving the record.
    Unapproved "unapproved" [Then ThenInside]
    /// A check warns: it must be acknowledged with a reason.
    Warned "warned" [Then ThenInside]
    /// A check says something beside the answer.
    Nudged "nudged" [Then ThenInside]
    /// Nothing is wrong with these, except perhaps that they are blank.
    Accepted "accepted" [Then ThenInside]
    /// What a value comes to, as people read it or as an expression would write it; `#null` if it is blank.
    Computed "computed" [Then ThenInside]
    /// These options of a question can be chosen.
    Offered "offered" [Then ThenInside]
    /// These options of a question cannot be chosen at present.
    Withheld "withheld" [Then ThenInside]
    /// What people read above it.
    Label "label" [Then ThenInside]
    /// These clocks run.
    Running "running" [Then]
    /// These clocks do not run: nothing has started them, or their condition does not hold.
    Idle "idle" [Then]
    /// Nothing stands in the way of sending the record.
    Complete "complete" [Then]
    /// Something stands in the way of sending the record.
    Incomplete "incomplete" [Then]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_explained_and_stands_somewhere() {
        for word in Word::ALL {
            assert!(
                word.doc().ends_with('.') || word.doc().ends_with("\"."),
                "{}",
                word.name()
            );
            let blocks = [
                Block::Cases,
                Block::Case,
                Block::Given,
                Block::Then,
                Block::ThenInside,
            ];
            let found = blocks.into_iter().filter(|block| word.stands_in(*block));
            assert!(
                found
                    .clone()
                    .all(|block| Word::find(word.name(), block) == Some(*word))
            );
            assert!(found.count() > 0);
        }
    }
}
