//! The words a definition is made of, besides the kinds of question: what each means, and where it can stand.

use form::kinds;

/// Where a word can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Within {
    /// In `form`.
    Form,
    /// In `section`, and in `section … for-each=child`.
    Section,
    /// In `group`.
    Group,
    /// In `component`.
    Component,
    /// In `repeat`.
    Repeat,
    /// In a question that a person answers.
    Question,
    /// In a `note` or a `computed` value, which nobody answers.
    Shown,
    /// In `sign-off`.
    SignOff,
    /// In `clock`.
    Clock,
    /// In `options`, a list of options in a file of its own.
    Options,
    /// In `rules`, a rule pack in a file of its own.
    Rules,
    /// In `migrate`.
    Migrate,
}

impl Within {
    /// What one calls it, with an article.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Form => "a form",
            Self::Section => "a section",
            Self::Group => "a group",
            Self::Component => "a component",
            Self::Repeat => "a repeat",
            Self::Question => "a question",
            Self::Shown => "something nobody answers",
            Self::SignOff => "`sign-off`",
            Self::Clock => "a clock",
            Self::Options => "a list of options",
            Self::Rules => "a rule pack",
            Self::Migrate => "`migrate`",
        }
    }

    /// Can questions stand in it?
    pub fn holds_questions(self) -> bool {
        matches!(self, Self::Section | Self::Group | Self::Component | Self::Repeat)
    }

    /// The words that can stand in it, kinds of question included.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let keys = Key::ALL.iter().filter(move |key| key.stands_in(self));
        let kinds = kinds::ALL.iter().filter(move |_| self.holds_questions());
        keys.map(|key| key.name()).chain(kinds.map(|kind| kind.name))
    }
}

macro_rules! keys {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $times:ident [$($within:ident)*])*) => {
        /// A word that begins a line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Key {
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
            pub fn stands_in(self, within: Within) -> bool {
                match self { $(Self::$variant => [$(Within::$within),*].contains(&within),)* }
            }

            /// May it stand more than once in the same place?
            pub fn repeats(self) -> bool {
                match self { $(Self::$variant => keys!(@$times),)* }
            }
        }
    };
    (@once) => { false };
    (@often) => { true };
}

impl Key {
    /// The word of this name that can stand there.
    pub fn find(name: &str, within: Within) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|key| key.name() == name && key.stands_in(within))
    }
}

keys! {
    /// What people call the form or rule pack.
    Title "title" once [Form Rules]
    /// A line about when to use the form.
    Summary "summary" once [Form]
    /// Whom a record is about: `children`, which is one or more, or `child`, which is exactly one.
    About "about" once [Form]
    /// How fully the form must hear each child: `none`, `short` or `full`.
    Voice "voice" once [Form]
    /// Who must look at a record before it is done, one `stage` after the other.
    SignOff "sign-off" once [Form]
    /// A role that decides, such as `team_manager`, and with `within=` how soon: a length of time, or the name of what
    /// rule packs say.
    Stage "stage" often [SignOff]
    /// A deadline that a date, or a date and time, in the record starts.
    Clock "clock" often [Form]
    /// The question whose answer starts the clock: a date, or a date and time.
    Starts "starts" once [Clock]
    /// The clock runs only while the condition holds.
    When "when" once [Clock]
    /// How long the clock runs: "2 working days", "24 hours", "6 weeks".
    Due "due" once [Clock]
    /// The question whose answer says which variant of the form is filled in, such as a review.
    Variant "variant" once [Form]
    /// A condition with a name, which other conditions can use.
    Condition "condition" often [Form Section Group Component Repeat]
    /// What a component is told where it is used: its name, and what kind of value it is.
    Parameter "parameter" often [Component]
    /// Something that a rule pack says: its name, and a length of time, a number, or `#true` or `#false`.
    Term "term" often [Rules]
    /// What becomes of the answers in records that were begun with an earlier version: `from=` says after which one.
    Migrate "migrate" often [Form]
    /// A question, section or group stands elsewhere now: where it was, where it is.
    Rename "rename" often [Migrate]
    /// An option has another code now: the question, the old code, the new one.
    Recode "recode" often [Migrate]
    /// The answers to a question that is gone are not taken along.
    Drop "drop" often [Migrate]
    /// A page of the form. With `for-each=child` there is one for each child.
    Section "section" often [Form]
    /// Questions that belong together.
    Group "group" often [Section Group Component Repeat]
    /// Questions that are asked again for each row that a person adds.
    Repeat "repeat" often [Section Group Component Repeat]
    /// Puts a component here, as a group of its name. `as=` gives it another, and with `show-when=` it is shown only
    /// while that holds.
    Use "use" often [Section Group Component Repeat]
    /// A line under the label.
    Hint "hint" once [Section Group Component Repeat Question Shown]
    /// Guidance that a person can open, in paragraphs.
    Help "help" once [Section Group Component Repeat Question Shown]
    /// What the answer means outside this form, such as `voice.words`.
    Concept "concept" once [Section Group Component Repeat Question Shown]
    /// The answer that stands while nobody has given one. It can be replaced.
    Default "default" once [Question]
    /// The question must be answered. A text behind it is what to say while it is not.
    Required "required" once [Question]
    /// The question must be answered while the condition holds. A second text is what to say while it is not.
    RequiredWhen "required-when" once [Question]
    /// It is shown only while the condition holds.
    ShowWhen "show-when" once [Section Group Component Repeat Question Shown]
    /// It is shown only in these variants of the form.
    OnlyIn "only-in" once [Section Group Component Repeat Question Shown]
    /// While the condition holds, the form ends with this section: those after it are not shown.
    FinishWhen "finish-when" once [Section]
    /// It cannot be edited while the condition holds.
    ReadOnlyWhen "read-only-when" once [Repeat Question]
    /// A condition that answers must meet, and what to say when they do not. `severity=` says when it counts.
    Check "check" often [Section Group Component Repeat Question Shown]
    /// One of the answers to choose from: its code, its label. With `when=` it is only offered while that holds.
    Option "option" often [Options]
    /// Lets a warning about what it stands in be, with the reason why.
    Allow "allow" often [Form Section Group Component Repeat Question Shown Options Rules]
    /// The fewest rows that a complete record has.
    Min "min" once [Repeat]
    /// The most rows there may be.
    Max "max" once [Repeat]
    /// What people read above each row.
    RowLabel "row-label" once [Repeat]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_one_thing_in_one_place() {
        for key in Key::ALL {
            assert!(key.doc().ends_with('.'), "{} is not explained", key.name());
            assert!(
                kinds::ALL.iter().all(|kind| kind.name != key.name()),
                "{} is also a kind",
                key.name()
            );
            for kind in kinds::ALL {
                let within = if kind.answered {
                    Within::Question
                } else {
                    Within::Shown
                };
                for setting in kind.settings {
                    assert!(
                        Key::find(setting.name, within).is_none(),
                        "{}.{}",
                        kind.name,
                        setting.name
                    );
                }
            }
        }
    }
}
