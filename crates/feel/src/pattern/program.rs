//! Patterns as programs, and how they are run.

use std::ops::Range;

use super::class::{Class, same_but_for_case};
use super::syntax::{Expression, Repetition};
use super::{BadPattern, Flags, Groups};

/// The longest program.
const INSTRUCTIONS: usize = 5_000;
/// The most pairs of an instruction and a place in the text that a search keeps track of.
const PAIRS: usize = 64_000_000;

/// A pattern as a program.
#[derive(Clone, Debug)]
pub(super) struct Program {
    instructions: Vec<Instruction>,
    flags: Flags,
    pub(super) groups: usize,
    /// Does a match depend on what was matched before?
    has_back_references: bool,
}

#[derive(Clone, Debug)]
enum Instruction {
    Character(char),
    Class(Class),
    Any,
    Start,
    End,
    /// Go on at the first place, and if that leads nowhere, at the second.
    Split(usize, usize),
    Jump(usize),
    /// Keep the place in the text.
    Save(usize),
    /// Go on only if the text has moved on since that place was kept.
    Progress(usize),
    BackReference(usize),
    Match,
}

impl Program {
    pub(super) fn new(expression: &Expression, flags: Flags) -> Result<Self, BadPattern> {
        let mut writer = Writer {
            instructions: Vec::new(),
            groups: 0,
            loops: 0,
            has_back_references: false,
        };
        writer.count_groups(expression);
        writer.write(expression)?;
        writer.push(Instruction::Match)?;
        Ok(Self {
            instructions: writer.instructions,
            flags,
            groups: writer.groups,
            has_back_references: writer.has_back_references,
        })
    }

    /// How many steps it takes to write the program and to clear what a search keeps track of; `None` where
    /// that is too much.
    pub(super) fn preparation(&self, text: &[char]) -> Option<usize> {
        let pairs = self.pairs(text)?;
        (pairs <= PAIRS).then_some(self.instructions.len() + text.len() / 16 + pairs / 4096)
    }

    fn pairs(&self, text: &[char]) -> Option<usize> {
        self.instructions.len().checked_mul(text.len() + 1)
    }

    /// A search of a text; `None` where the text is too long for the pattern.
    pub(super) fn search<'a>(&'a self, text: &'a [char]) -> Option<Search<'a>> {
        let pairs = self.pairs(text).filter(|pairs| *pairs <= PAIRS)?;
        Some(Search {
            program: self,
            text,
            tried: vec![0; pairs.div_ceil(64)],
        })
    }
}

struct Writer {
    instructions: Vec<Instruction>,
    groups: usize,
    loops: usize,
    has_back_references: bool,
}

impl Writer {
    fn count_groups(&mut self, expression: &Expression) {
        match expression {
            Expression::Group(number, inner) => {
                self.groups = self.groups.max(*number);
                self.count_groups(inner);
            }
            Expression::Repeat(inner, _) => self.count_groups(inner),
            Expression::Sequence(parts) | Expression::Choice(parts) => {
                parts.iter().for_each(|part| self.count_groups(part));
            }
            Expression::BackReference(_) => self.has_back_references = true,
            _ => {}
        }
    }

    fn push(&mut self, instruction: Instruction) -> Result<usize, BadPattern> {
        if self.instructions.len() == INSTRUCTIONS {
            return Err(BadPattern("the pattern repeats too much"));
        }
        self.instructions.push(instruction);
        Ok(self.instructions.len() - 1)
    }

    /// Puts in an instruction that was not known when its place came.
    fn patch(&mut self, place: usize, instruction: Instruction) {
        if let Some(slot) = self.instructions.get_mut(place) {
            *slot = instruction;
        }
    }

    fn write(&mut self, expression: &Expression) -> Result<(), BadPattern> {
        match expression {
            Expression::Character(character) => self.push(Instruction::Character(*character)).map(drop),
            Expression::Class(class) => self.push(Instruction::Class(class.clone())).map(drop),
            Expression::Any => self.push(Instruction::Any).map(drop),
            Expression::Start => self.push(Instruction::Start).map(drop),
            Expression::End => self.push(Instruction::End).map(drop),
            Expression::BackReference(number) => self.push(Instruction::BackReference(*number)).map(drop),
            Expression::Sequence(parts) => parts.iter().try_for_each(|part| self.write(part)),
            Expression::Group(number, inner) => {
                self.push(Instruction::Save(number * 2))?;
                self.write(inner)?;
                self.push(Instruction::Save(number * 2 + 1)).map(drop)
            }
            Expression::Choice(branches) => self.choice(branches),
            Expression::Repeat(inner, repetition) => self.repeat(inner, *repetition),
        }
    }

    fn choice(&mut self, branches: &[Expression]) -> Result<(), BadPattern> {
        let mut ends = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            if index + 1 == branches.len() {
                self.write(branch)?;
                break;
            }
            let split = self.push(Instruction::Match)?;
            self.write(branch)?;
            ends.push(self.push(Instruction::Match)?);
            self.patch(split, Instruction::Split(split + 1, self.instructions.len()));
        }
        let end = self.instructions.len();
        ends.into_iter()
            .for_each(|place| self.patch(place, Instruction::Jump(end)));
        Ok(())
    }

    fn repeat(&mut self, inner: &Expression, repetition: Repetition) -> Result<(), BadPattern> {
        let Repetition { least, most, greedy } = repetition;
        let split = |on: usize, end: usize| {
            if greedy {
                Instruction::Split(on, end)
            } else {
                Instruction::Split(end, on)
            }
        };
        for _ in 0..least {
            self.write(inner)?;
        }
        let Some(most) = most else {
            let mark = (self.groups + 1) * 2 + self.loops;
            self.loops += 1;
            let start = self.push(Instruction::Match)?;
            self.push(Instruction::Save(mark))?;
            self.write(inner)?;
            self.push(Instruction::Progress(mark))?;
            self.push(Instruction::Jump(start))?;
            self.patch(start, split(start + 1, self.instructions.len()));
            return Ok(());
        };
        let mut skips = Vec::new();
        for _ in least..most {
            skips.push(self.push(Instruction::Match)?);
            self.write(inner)?;
        }
        let end = self.instructions.len();
        skips
            .into_iter()
            .for_each(|place| self.patch(place, split(place + 1, end)));
        Ok(())
    }
}

/// A search of one text.
pub(super) struct Search<'a> {
    program: &'a Program,
    text: &'a [char],
    /// A bit for each instruction at each place: has it been tried? What led nowhere once leads nowhere
    /// again, because without back-references nothing else matters.
    tried: Vec<u64>,
}

/// What to go back to.
enum Back {
    /// Go on with an instruction at a place.
    To(usize, usize),
    /// Forget where a group began or ended.
    Restore(usize, Option<usize>),
}

impl Search<'_> {
    /// The first match at or after a place. `None` when the steps are used up.
    pub(super) fn next_from(&mut self, start: usize, steps: &mut usize) -> Option<Option<Groups>> {
        for start in start..=self.text.len() {
            if let Some(groups) = self.match_at(start, steps)? {
                return Some(Some(groups));
            }
        }
        Some(None)
    }

    fn match_at(&mut self, start: usize, steps: &mut usize) -> Option<Option<Groups>> {
        let mut saved: Vec<Option<usize>> = vec![None; (self.program.groups + 1) * 2];
        let mut back = vec![Back::To(0, start)];
        while let Some(step) = back.pop() {
            let (mut instruction, mut place) = match step {
                Back::To(instruction, place) => (instruction, place),
                Back::Restore(slot, old) => {
                    *saved.get_mut(slot)? = old;
                    continue;
                }
            };
            loop {
                *steps = steps.checked_sub(1)?;
                if self.was_tried(instruction, place) {
                    break;
                }
                let next = match self.program.instructions.get(instruction)? {
                    Instruction::Match => {
                        let groups = saved.chunks_exact(2).map(|pair| match pair {
                            [Some(from), Some(to)] => Some(Range {
                                start: *from,
                                end: *to,
                            }),
                            _ => None,
                        });
                        let whole = std::iter::once(Some(start..place));
                        let found = whole.chain(groups.skip(1)).collect();
                        self.forget(place);
                        return Some(Some(found));
                    }
                    Instruction::Split(first, second) => {
                        back.push(Back::To(*second, place));
                        Some((*first, place))
                    }
                    Instruction::Jump(to) => Some((*to, place)),
                    Instruction::Save(slot) => {
                        if *slot >= saved.len() {
                            saved.resize(slot + 1, None);
                        }
                        let old = saved.get_mut(*slot)?;
                        back.push(Back::Restore(*slot, *old));
                        *old = Some(place);
                        Some((instruction + 1, place))
                    }
                    Instruction::Progress(slot) => {
                        (*saved.get(*slot)? != Some(place)).then_some((instruction + 1, place))
                    }
                    Instruction::BackReference(number) => self
                        .length_of_repeated(*number, &saved, place)
                        .map(|length| (instruction + 1, place + length)),
                    Instruction::Start => self.is_start(place).then_some((instruction + 1, place)),
                    Instruction::End => self.is_end(place).then_some((instruction + 1, place)),
                    consuming => self
                        .consumes(consuming, place)
                        .then_some((instruction + 1, place + 1)),
                };
                match next {
                    Some(next) => (instruction, place) = next,
                    None => break,
                }
            }
        }
        Some(None)
    }

    /// Tells whether it was tried before, and remembers that it is tried now.
    fn was_tried(&mut self, instruction: usize, place: usize) -> bool {
        if self.program.has_back_references {
            return false;
        }
        let pair = instruction * (self.text.len() + 1) + place;
        let bit = 1_u64 << (pair % 64);
        match self.tried.get_mut(pair / 64) {
            Some(bits) => {
                let before = *bits;
                *bits |= bit;
                before & bit != 0
            }
            None => true,
        }
    }

    /// Forgets what was tried where a match ends: it led somewhere, and may be where the next one begins.
    fn forget(&mut self, place: usize) {
        for instruction in 0..self.program.instructions.len() {
            let pair = instruction * (self.text.len() + 1) + place;
            if let Some(bits) = self.tried.get_mut(pair / 64) {
                *bits &= !(1 << (pair % 64));
            }
        }
    }

    fn consumes(&self, instruction: &Instruction, place: usize) -> bool {
        let Some(character) = self.text.get(place) else {
            return false;
        };
        let ignore_case = self.program.flags.ignore_case;
        match instruction {
            Instruction::Character(wanted) if ignore_case => same_but_for_case(*character, *wanted),
            Instruction::Character(wanted) => character == wanted,
            Instruction::Class(class) => class.contains(*character, ignore_case),
            Instruction::Any => self.program.flags.dot_all || !matches!(character, '\n' | '\r'),
            _ => false,
        }
    }

    fn is_start(&self, place: usize) -> bool {
        let after_line = || self.text.get(place - 1) == Some(&'\n') && place < self.text.len();
        place == 0 || self.program.flags.multi_line && after_line()
    }

    fn is_end(&self, place: usize) -> bool {
        place == self.text.len() || self.program.flags.multi_line && self.text.get(place) == Some(&'\n')
    }

    /// How many characters the group's match, occurring again here, has; one that matched nothing has none.
    fn length_of_repeated(&self, number: usize, saved: &[Option<usize>], place: usize) -> Option<usize> {
        let (Some(Some(from)), Some(Some(to))) = (saved.get(number * 2), saved.get(number * 2 + 1)) else {
            return Some(0);
        };
        let group = self.text.get(*from..*to)?;
        let here = self.text.get(place..place + group.len())?;
        let same = |(one, other): (&char, &char)| {
            one == other || self.program.flags.ignore_case && same_but_for_case(*one, *other)
        };
        group.iter().zip(here).all(same).then_some(group.len())
    }
}
