//! How far a part of a record has come, in two or three words.

use engine::Tally;

/// How far a part has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// It asks nothing at present.
    Nothing,
    /// No question is answered.
    NotStarted,
    /// Some questions are answered, and some that must be are not.
    Begun {
        /// Answered.
        answered: i32,
        /// All there are at present.
        asked: i32,
    },
    /// So many answers cannot stand as they are.
    Wrong(i32),
    /// Nothing that must be answered is missing, and nothing is wrong.
    Done,
}

impl Progress {
    /// What a tally says.
    pub(crate) fn of(tally: Tally) -> Self {
        match tally {
            Tally { asked: 0, .. } => Self::Nothing,
            Tally { answered: 0, .. } => Self::NotStarted,
            Tally { wrong: 1.., .. } => Self::Wrong(tally.wrong),
            _ if tally.complete() => Self::Done,
            Tally { asked, answered, .. } => Self::Begun { answered, asked },
        }
    }

    /// What a tally says of a part that somebody is writing in: a date half typed is no mistake yet.
    pub(crate) fn while_writing(tally: Tally) -> Self {
        match Self::of(tally) {
            Self::Wrong(_) => Self::Begun {
                answered: tally.answered,
                asked: tally.asked,
            },
            other => other,
        }
    }

    /// What people read: "4 of 9".
    pub(crate) fn words(self) -> String {
        match self {
            Self::Nothing => "Nothing to answer".to_owned(),
            Self::NotStarted => "Not started".to_owned(),
            Self::Begun { answered, asked } => format!("{answered} of {asked}"),
            Self::Wrong(count) => format!("{count} to put right"),
            Self::Done => "Done".to_owned(),
        }
    }

    /// The word of the style sheets for it: of `tag` and of `sections-state`.
    pub(crate) fn style(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Wrong(_) => "wrong",
            Self::Nothing | Self::NotStarted | Self::Begun { .. } => "",
        }
    }

    /// Is there nothing left that must be done?
    pub(crate) fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_done_when_nothing_needed_is_missing_and_nothing_is_wrong() {
        let tally = |asked, answered, missing, wrong| Tally {
            asked,
            answered,
            missing,
            wrong,
        };
        let told = |tally| Progress::of(tally).words();
        assert_eq!(told(tally(0, 0, 0, 0)), "Nothing to answer");
        assert_eq!(told(tally(9, 0, 3, 0)), "Not started");
        assert_eq!(told(tally(9, 0, 0, 0)), "Not started");
        assert_eq!(told(tally(9, 4, 2, 0)), "4 of 9");
        assert_eq!(told(tally(9, 4, 0, 0)), "Done");
        assert_eq!(told(tally(9, 9, 0, 1)), "1 to put right");
        assert_eq!(Progress::while_writing(tally(9, 9, 0, 1)).words(), "9 of 9");
        assert_eq!(Progress::while_writing(tally(9, 9, 0, 0)).words(), "Done");
    }
}
