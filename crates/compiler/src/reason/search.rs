//! Goes through the values of what conditions are about, and notes what a condition can come to.

use super::Possible;
use super::logic::{Logic, Truth};
use super::things::Settled;

/// How much work a search may be, in parts of conditions that are looked at.
pub(super) struct Budget {
    pub(super) left: usize,
}

/// The most work that one search may be.
const MOST_WORK: usize = 400_000;

/// What the condition can come to where all that must be so is; nothing if that would take too long to find out.
pub(super) fn search(
    settled: &Settled<'_>,
    asked: &Logic<'_>,
    musts: &[Logic<'_>],
    budget: &mut Budget,
) -> Option<Possible> {
    let most = MOST_WORK.min(budget.left);
    let mut search = Search {
        settled,
        asked,
        musts,
        decided: vec![None; settled.len()],
        found: Possible::default(),
        step: asked.size() + musts.iter().map(Logic::size).sum::<usize>(),
        left: most,
    };
    let done = search.from(0);
    budget.left -= most - search.left;
    done.map(|()| search.found)
}

struct Search<'s, 'f> {
    settled: &'s Settled<'f>,
    asked: &'s Logic<'f>,
    musts: &'s [Logic<'f>],
    decided: Vec<Option<usize>>,
    found: Possible,
    /// How much work it is to look at everything once.
    step: usize,
    left: usize,
}

impl Search<'_, '_> {
    /// Goes through the values of this thing and those behind it; nothing if that takes too long.
    fn from(&mut self, thing: usize) -> Option<()> {
        self.left = self.left.checked_sub(self.step)?;
        let asked = self.asked.truth(self.settled, &self.decided);
        let is_news = match asked {
            Some(Truth::Yes) => !self.found.yes,
            Some(Truth::No) => !self.found.no,
            Some(Truth::Blank) => !self.found.blank,
            None => true,
        };
        let mut musts = self.musts.iter();
        let can_be = musts.all(|must| {
            let truth = must.truth(self.settled, &self.decided);
            truth.is_none_or(|truth| truth == Truth::Yes)
        });
        if !is_news || !can_be {
            return Some(());
        }
        if thing == self.decided.len() {
            match asked {
                Some(Truth::Yes) => self.found.yes = true,
                Some(Truth::No) => self.found.no = true,
                Some(Truth::Blank) => self.found.blank = true,
                None => {}
            }
            return Some(());
        }
        for value in 0..self.settled.count(thing) {
            self.decide(thing, Some(value));
            self.from(thing + 1)?;
            // With these two nothing can be said any more.
            if self.found.yes && self.found.no {
                break;
            }
        }
        self.decide(thing, None);
        Some(())
    }

    fn decide(&mut self, thing: usize, value: Option<usize>) {
        if let Some(place) = self.decided.get_mut(thing) {
            *place = value;
        }
    }
}
