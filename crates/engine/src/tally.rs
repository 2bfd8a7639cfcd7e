//! How far a section has come, kept up to date edit by edit.

use std::ops::{AddAssign, Neg, Sub};

/// Counts over the questions that are shown in a section, group or row; for a question, its own part in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Questions a person can answer.
    pub asked: i32,
    /// Of those, answered.
    pub answered: i32,
    /// Of those, required and not answered.
    pub missing: i32,
    /// Answers that cannot be read, and checks of severity `submit` that do not hold.
    pub wrong: i32,
}

impl Tally {
    /// Nothing required is missing and nothing is wrong.
    pub fn complete(&self) -> bool {
        self.missing == 0 && self.wrong == 0
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.asked += other.asked;
        self.answered += other.answered;
        self.missing += other.missing;
        self.wrong += other.wrong;
    }
}

impl Neg for Tally {
    type Output = Self;
    fn neg(self) -> Self {
        Self {
            asked: -self.asked,
            answered: -self.answered,
            missing: -self.missing,
            wrong: -self.wrong,
        }
    }
}

impl Sub for Tally {
    type Output = Self;
    fn sub(mut self, other: Self) -> Self {
        self += -other;
        self
    }
}
