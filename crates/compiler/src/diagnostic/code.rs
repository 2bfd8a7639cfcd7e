//! Every kind of diagnostic, with what it means: the one list of them.

use std::fmt;

/// Does it stop a form from being used?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The form means something, though perhaps not what was meant.
    Warning,
    /// The form cannot be used.
    Error,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $severity:ident)*) => {
        /// The kind of a diagnostic: stable, so that pages of documentation and allowances can name it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)*
            /// Something is wrong in an expression.
            Expression(feel::Code),
        }

        const OWN: &[Code] = &[$(Code::$variant),*];

        impl Code {
            /// The code as people see it: `unknown-kind`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Expression(code) => code.as_str(),
                }
            }

            /// Does it stop a form from being used?
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)*
                    Self::Expression(code) => match code.severity() {
                        feel::Severity::Error => Severity::Error,
                        feel::Severity::Lint => Severity::Warning,
                    },
                }
            }

            /// What it means and what to do, in a few sentences for form designers.
            pub fn doc(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii(),)*
                    Self::Expression(code) => code.doc(),
                }
            }
        }
    };
}

impl Code {
    /// Every code there is: first those of definitions, then those of expressions.
    pub fn all() -> impl Iterator<Item = Self> {
        let own = OWN.iter().copied();
        own.chain(feel::Code::ALL.iter().copied().map(Self::Expression))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

codes! {
    /// Something stands where it means nothing: a bracket without its partner, a sign outside quotes, two things
    /// without a space between them.
    Stray "stray" Error
    /// A text is opened with a quote and never closed.
    UnclosedQuote "unclosed-quote" Error
    /// A block is opened with `{` and never closed.
    UnclosedBrace "unclosed-brace" Error
    /// A comment is opened with `/*` and never closed.
    UnclosedComment "unclosed-comment" Error
    /// A backslash in a text is followed by something it cannot be followed by.
    BadEscape "bad-escape" Error
    /// Something begins like a number and is none.
    BadNumber "bad-number" Error
    /// A reserved word stands without its `#`, or an unknown word with one.
    BadWord "bad-word" Error
    /// A text of several lines is not laid out as it must be: quotes on lines of their own, and every line indented
    /// at least like the closing ones.
    BadText "bad-text" Error
    /// An invisible character stands in the file. Some of them turn text around, so that it reads differently from
    /// what it does.
    BadCharacter "bad-character" Error
    /// A file, a form or the depth of its blocks is over the limit.
    TooLarge "too-large" Error
    /// A file does not define what belongs into its folder: a form in `forms/`, a component in `forms/components/`, a
    /// list of options in `forms/codes/`; each alone in its file, and called like it.
    WrongFile "wrong-file" Error
    /// A line begins with a word that means nothing where it stands, or has a property that it cannot have.
    UnknownKey "unknown-key" Error
    /// There is no such kind of question.
    UnknownKind "unknown-kind" Error
    /// Only a few words can stand here, and this is none of them.
    UnknownValue "unknown-value" Error
    /// There is no list of options of this name in `forms/codes/`.
    UnknownList "unknown-list" Error
    /// There is no component of this name in `forms/components/`.
    UnknownComponent "unknown-component" Error
    /// Nobody with this role can sign off a record.
    UnknownRole "unknown-role" Error
    /// A question, section or other thing that needs a name has none. Answers are kept under the name.
    MissingName "missing-name" Error
    /// A name is made of small letters, digits and single underscores, and begins with a letter.
    BadName "bad-name" Error
    /// A word that means something in every expression cannot be the name of a question, nor `index` that of a form:
    /// the list of all forms is published under it.
    ReservedName "reserved-name" Error
    /// Two things that stand side by side have the same name, so an answer could belong to either.
    DuplicateName "duplicate-name" Error
    /// A question or section has no words for people to read.
    MissingLabel "missing-label" Error
    /// A line that must be there is not.
    MissingKey "missing-key" Error
    /// A line that can only stand once stands twice.
    RepeatedKey "repeated-key" Error
    /// Of two lines only one can be there, because they contradict each other.
    Contradiction "contradiction" Error
    /// A line lacks what it is about: a condition, a text, a number.
    MissingValue "missing-value" Error
    /// A line has more on it than it can have.
    ExtraValue "extra-value" Error
    /// A value is not what must stand here, such as a text instead of a number.
    BadValue "bad-value" Error
    /// A setting of a question cannot be as it is.
    BadSetting "bad-setting" Error
    /// Two options of one question have the same code.
    DuplicateOption "duplicate-option" Error
    /// Something stands where it cannot, such as a section in a section.
    Misplaced "misplaced" Error
    /// A section, group, repeat or component asks nothing.
    EmptyBlock "empty-block" Error
    /// The braces of a text do not match, or the text cannot change with the answers.
    BadPlaceholder "bad-placeholder" Error
    /// A value in the braces of a text is none that people can read, such as a child or a list of rows.
    UnreadableValue "unreadable-value" Error
    /// A component uses itself, directly or through others.
    ComponentCycle "component-cycle" Error
    /// Conditions or calculations depend on each other in a circle, so none can be worked out first.
    Cycle "cycle" Error
    /// A default that would change what people are thought to have said: of a kind of answer that only a person can
    /// give, of a fact that the law wants to know, or one that depends on the day on which somebody looks.
    BadDefault "bad-default" Error
    /// A component is given something of another type than its parameter has.
    ParameterMismatch "parameter-mismatch" Error
    /// The variants of a form are the options of one of its choices, and this is none.
    NoVariants "no-variants" Error
    /// Rule packs contradict each other: two come into force on the same day, or say things of different types under
    /// one name.
    PacksDisagree "packs-disagree" Error
    /// A clock can only start at a date that the record has once.
    NoDateToStart "no-date-to-start" Error
    /// A child's own words stand outside the part that is about one child, so nobody could tell whose they are.
    WordsWithoutChild "words-without-child" Error
    /// The form says that it hears each child, and has no place for what it must ask.
    ChildNotHeard "child-not-heard" Error
    /// A condition holds in no record: it contradicts itself, or what must hold for it to be asked at all.
    NeverHolds "never-holds" Error
    /// A question must be answered, and there is no record in which it is shown.
    RequiredNeverShown "required-never-shown" Error
    /// There is no record in which the option is offered.
    UnreachableOption "unreachable-option" Error
    /// Whatever is answered, the check is not met.
    CheckNeverPasses "check-never-passes" Error
    /// A concept stands for another kind of answer than this question takes, or for none that there is.
    WrongConcept "wrong-concept" Error
    /// A published version was changed. Records that were made with it would no longer be what was signed.
    PublishedChanged "published-changed" Error
    /// A line of the list of published forms cannot be read.
    BadPublished "bad-published" Error
    /// A condition holds in every record in which it is asked, so it decides nothing.
    AlwaysHolds "always-holds" Warning
    /// Two questions that can be on the page together have the same words.
    SameLabel "same-label" Warning
    /// Nothing uses the condition or parameter.
    UnusedName "unused-name" Warning
    /// A line allows a warning that is not there.
    UnusedAllow "unused-allow" Warning
    /// What a case says of its form is not so. Either the form does not do what was meant, or the case is wrong.
    CaseFailed "case-failed" Error
    /// A case, or a line of `migrate`, names something that the form does not have there.
    UnknownPlace "unknown-place" Error
    /// No form uses the component.
    UnusedComponent "unused-component" Warning
    /// No form uses the list of options.
    UnusedList "unused-list" Warning
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_named_once_in_the_usual_way_and_explained() {
        let mut names = BTreeSet::new();
        for code in Code::all() {
            let name = code.as_str();
            assert!(names.insert(name), "{name} stands twice");
            assert!(
                name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{name}"
            );
            assert!(
                code.doc().ends_with('.') && code.doc().len() > 20,
                "{name} is not explained"
            );
        }
    }
}
