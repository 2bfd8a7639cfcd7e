//! What conditions read, and which of its values make a difference.

use std::cmp::Ordering as Order;

use feel::syntax::Comparison;
use feel::{Bound, Date, Expr, ListId, Number, Slot, Type, Value};
use form::{Id as _, Kind, Meaning, NodeId, SubjectProperty, TermId, TermValue};
use smol_str::SmolStr;

use super::logic::Truth;
use super::{Query, Reason};
use crate::outline::{Item, Question, What};

/// What tells things apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Key<'f> {
    /// An answer.
    Slot(Slot),
    /// The rule pack of the record.
    Pack,
    /// A fact about the child.
    OfChild(SubjectProperty),
    /// What a condition comes to that cannot be followed.
    Whole(&'f Expr),
    /// Which of two values is greater.
    Order(&'f Expr, &'f Expr),
}

/// Which values a thing can have.
#[derive(Clone, Debug)]
pub(super) enum Domain {
    /// One of these.
    Values(Vec<Value>),
    /// Any number that can be entered, or any at all; and where it makes a difference which.
    Numbers(Option<Bounds>, Vec<Number>),
    /// Any day, and where it makes a difference which.
    Days(Vec<Date>),
    /// Any text, and those that make a difference.
    Texts(Vec<SmolStr>),
    /// Any of the codes of a list together, and those that make a difference.
    Members(ListId, Vec<SmolStr>),
    /// Anything that a condition can come to.
    Truth,
    /// Any order of two values.
    Order,
}

/// Which numbers can be entered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    least: Option<Number>,
    most: Option<Number>,
    decimals: i32,
}

/// Which of two values is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ordering {
    Less,
    Equal,
    Greater,
    OneBlank,
    BothBlank,
}

impl Ordering {
    pub(super) const ALL: [Self; 5] = [
        Self::Less,
        Self::Equal,
        Self::Greater,
        Self::OneBlank,
        Self::BothBlank,
    ];

    /// What a comparison of the two comes to.
    pub(super) fn truth(self, comparison: Comparison) -> Truth {
        let order = match self {
            Self::Less => Some(Order::Less),
            Self::Equal => Some(Order::Equal),
            Self::Greater => Some(Order::Greater),
            Self::OneBlank | Self::BothBlank => None,
        };
        let is_equal = matches!(self, Self::Equal | Self::BothBlank);
        let holds = match comparison {
            Comparison::Equal => Some(is_equal),
            Comparison::NotEqual => Some(!is_equal),
            Comparison::Less => order.map(Order::is_lt),
            Comparison::LessOrEqual => order.map(Order::is_le),
            Comparison::Greater => order.map(Order::is_gt),
            Comparison::GreaterOrEqual => order.map(Order::is_ge),
        };
        match holds {
            Some(true) => Truth::Yes,
            Some(false) => Truth::No,
            None => Truth::Blank,
        }
    }
}

/// How far from zero, and how fine, the numbers are that are reasoned about: those next to them are exact.
const MOST_DECIMALS: i32 = 12;

impl Domain {
    /// How many values there are; nothing while that depends on where they make a difference.
    pub(super) fn size(&self) -> Option<usize> {
        match self {
            Self::Values(values) => Some(values.len()),
            _ => None,
        }
    }

    /// Notes that the thing is compared so. Can that be followed?
    pub(super) fn compare(&mut self, comparison: Comparison, value: &Value) -> bool {
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        match (self, value) {
            (Self::Values(_), _) => true,
            (Self::Members(..) | Self::Texts(_), Value::Null) => is_equality,
            (Self::Numbers(..) | Self::Days(_), Value::Null) => true,
            (Self::Texts(texts), Value::Text(text)) if is_equality => {
                texts.push(text.clone());
                true
            }
            (Self::Numbers(_, numbers), Value::Number(number)) => {
                numbers.push(*number);
                is_plain(*number)
            }
            (Self::Days(days), Value::Date(day)) => {
                days.push(*day);
                true
            }
            _ => false,
        }
    }

    /// Notes that it is asked whether the thing is in this. Can that be followed?
    pub(super) fn within(&mut self, operand: &Value) -> bool {
        match operand {
            Value::List(members) => members.iter().all(|member| self.within(member)),
            Value::Range(range) => [&range.start, &range.end]
                .into_iter()
                .filter_map(Bound::value)
                .all(|end| self.compare(Comparison::Less, end)),
            value => self.compare(Comparison::Equal, value),
        }
    }

    /// Notes that it is asked whether the thing has this code. Can that be followed?
    pub(super) fn holds(&mut self, code: &SmolStr) -> bool {
        match self {
            Self::Members(_, codes) | Self::Texts(codes) => {
                codes.push(code.clone());
                true
            }
            _ => false,
        }
    }

    fn join(&mut self, other: Self) {
        match (self, other) {
            (Self::Numbers(_, own), Self::Numbers(_, other)) => own.extend(other),
            (Self::Days(own), Self::Days(other)) => own.extend(other),
            (Self::Texts(own), Self::Texts(other)) | (Self::Members(_, own), Self::Members(_, other)) => {
                own.extend(other);
            }
            _ => {}
        }
    }
}

fn is_plain(number: Number) -> bool {
    let far = Number::from(1_000_000_000_000_i64);
    let is_fine = number.rescale(MOST_DECIMALS, feel::Rounding::Down) == Some(number);
    number.abs() < far && is_fine
}

/// The things that a question is about.
#[derive(Default)]
pub(super) struct Things<'f> {
    all: Vec<(Key<'f>, Domain)>,
}

impl<'f> Things<'f> {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.all.truncate(len);
    }

    pub(super) fn key(&self, index: usize) -> Option<Key<'f>> {
        self.all.get(index).map(|(key, _)| *key)
    }

    pub(super) fn find(&self, key: &Key<'_>) -> Option<usize> {
        self.all.iter().position(|(known, _)| known == key)
    }

    /// Notes a thing, or where it makes a difference what it is.
    pub(super) fn note(&mut self, key: Key<'f>, domain: Domain) -> usize {
        if let Some(index) = self.find(&key) {
            if let Some((_, known)) = self.all.get_mut(index) {
                known.join(domain);
            }
            return index;
        }
        self.all.push((key, domain));
        self.all.len() - 1
    }

    /// Notes that it makes a difference whether a thing has this code.
    pub(super) fn mention(&mut self, thing: usize, code: &SmolStr) {
        if let Some((_, domain)) = self.all.get_mut(thing) {
            domain.holds(code);
        }
    }

    /// The values that make a difference; nothing if there are too many.
    pub(super) fn settled(self, reason: &Reason<'_, '_>) -> Option<Settled<'f>> {
        let settle = |(key, domain): (Key<'f>, Domain)| {
            let values = match domain {
                Domain::Values(values) => values,
                Domain::Numbers(bounds, numbers) => with_blank(around_numbers(bounds, numbers)),
                Domain::Days(days) => with_blank(around_days(days)),
                Domain::Texts(texts) => with_blank(around_texts(texts)),
                Domain::Members(list, codes) => with_blank(members(reason, list, codes)?),
                Domain::Truth => vec![Value::Null; Truth::ALL.len()],
                Domain::Order => vec![Value::Null; Ordering::ALL.len()],
            };
            Some((key, values))
        };
        let all = self.all.into_iter().map(settle);
        let terms = (0..reason.rules.terms.len()).map(|term| reason.terms(TermId::at(term)).collect());
        Some(Settled {
            packs: terms.collect(),
            all: all.collect::<Option<_>>()?,
        })
    }
}

/// Things, each with the values that make a difference.
pub(super) struct Settled<'s> {
    /// What each rule pack says of each thing.
    packs: Vec<Vec<Value>>,
    all: Vec<(Key<'s>, Vec<Value>)>,
}

impl Settled<'_> {
    /// What this rule pack says of something.
    pub(super) fn said(&self, pack: Number, term: TermId) -> Value {
        let index = pack.to_i64().and_then(|index| usize::try_from(index).ok());
        let said = self.packs.get(term.0 as usize).and_then(|said| said.get(index?));
        said.cloned().unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn count(&self, thing: usize) -> usize {
        self.all.get(thing).map_or(0, |(_, values)| values.len())
    }

    pub(super) fn value(&self, thing: usize, value: usize) -> Value {
        let values = self.all.get(thing).map(|(_, values)| values.as_slice());
        values
            .and_then(|values| values.get(value))
            .cloned()
            .unwrap_or_default()
    }

    pub(super) fn find(&self, key: &Key<'_>) -> Option<usize> {
        self.all.iter().position(|(known, _)| known == key)
    }
}

fn with_blank(mut values: Vec<Value>) -> Vec<Value> {
    values.push(Value::Null);
    values
}

/// A number for each stretch between, and at, those that make a difference.
fn around_numbers(bounds: Option<Bounds>, mut numbers: Vec<Number>) -> Vec<Value> {
    let fits = |number: &Number| {
        bounds.is_none_or(|Bounds { least, most, .. }| {
            least.is_none_or(|least| *number >= least) && most.is_none_or(|most| *number <= most)
        })
    };
    numbers.sort_unstable();
    numbers.dedup();
    let mut found: Vec<Number> = Vec::new();
    match bounds {
        // What can be entered has so many decimals: the next below and above are where a stretch begins and ends.
        Some(Bounds {
            least,
            most,
            decimals,
        }) => {
            let step = Number::new(1, -decimals);
            for number in numbers.into_iter().chain(least).chain(most) {
                let below = number.rescale(decimals, feel::Rounding::Floor);
                found.extend(below);
                found.extend(below.zip(step).and_then(|(below, step)| below.checked_sub(step)));
                found.extend(below.zip(step).and_then(|(below, step)| below.checked_add(step)));
            }
        }
        None => {
            let one = Number::from(1);
            let half = Number::new(5, -1);
            found.extend(numbers.first().and_then(|first| first.checked_sub(one)));
            found.extend(numbers.last().and_then(|last| last.checked_add(one)));
            for (one, next) in numbers.iter().zip(numbers.iter().skip(1)) {
                let between = one.checked_add(*next).zip(half);
                found.extend(between.and_then(|(sum, half)| sum.checked_mul(half)));
            }
            found.extend(numbers);
        }
    }
    if found.is_empty() {
        found.push(Number::default());
    }
    found.retain(fits);
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(Value::Number).collect()
}

fn around_days(days: Vec<Date>) -> Vec<Value> {
    let near = |day: &Date| [day.add_days(-1), Some(*day), day.add_days(1)];
    let mut found: Vec<Date> = days.iter().flat_map(near).flatten().collect();
    if found.is_empty() {
        found.push(Date::UNIX_EPOCH);
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(Value::Date).collect()
}

fn around_texts(mut texts: Vec<SmolStr>) -> Vec<Value> {
    texts.sort_unstable();
    texts.dedup();
    // Longer than each of them, so it is none of them.
    let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
    texts.push("x".repeat(longest + 1).into());
    texts.into_iter().map(Value::Text).collect()
}

/// The most codes of a list that are gone through one by one. Of longer ones only those are that make a difference.
const MOST_VALUES: usize = 16;

/// The most codes of one list that are looked at in every combination.
const MOST_CODES: usize = 6;

/// The combinations of codes that make a difference; nothing if there are too many.
fn members(reason: &Reason<'_, '_>, list: ListId, mut codes: Vec<SmolStr>) -> Option<Vec<Value>> {
    codes.sort_unstable();
    codes.dedup();
    let list = reason.outline.lists.get(list)?;
    let known = codes.iter().filter_map(|code| list.find(code));
    let mut looked_at: Vec<&form::Code> = known.collect();
    if looked_at.len() > MOST_CODES {
        return None;
    }
    // All others are as good as one of them; where there is a choice, one that goes with others.
    let others = || list.codes.iter().filter(|code| !codes.contains(&code.code));
    looked_at.extend(others().find(|code| !code.alone).or_else(|| others().next()));
    let combinations = (1..1_usize << looked_at.len()).filter_map(|chosen| {
        let chosen = looked_at
            .iter()
            .enumerate()
            .filter(|(index, _)| chosen >> index & 1 == 1);
        let chosen: Vec<&form::Code> = chosen.map(|(_, code)| *code).collect();
        let fits = chosen.len() == 1 || !chosen.iter().any(|code| code.alone);
        fits.then(|| Value::list(chosen.iter().map(|code| Value::Text(code.code.clone()))))
    });
    Some(combinations.collect())
}

impl Reason<'_, '_> {
    /// What each rule pack says of something.
    pub(super) fn terms(&self, term: TermId) -> impl Iterator<Item = Value> + '_ {
        self.packs.of(term, &self.rules.terms).map(TermValue::value)
    }
}

impl Query<'_, '_, '_> {
    /// Which values a thing can have; nothing if they cannot be told apart one by one.
    pub(super) fn domain(&self, key: &Key<'_>) -> Option<Domain> {
        if *key == Key::Pack {
            let packs = (0..self.reason.packs.len()).map(|pack| Value::Number(pack.into()));
            return Some(Domain::Values(packs.collect()));
        }
        let item = match key {
            Key::Slot(slot) => match Meaning::of(*slot) {
                Some(Meaning::Node(node)) => Some(node),
                _ => None,
            },
            _ => None,
        };
        let blank = || Value::Null;
        Some(match self.type_of_key(key)? {
            // Who has no date of birth is unborn: that much is always known of a child.
            Type::Boolean if matches!(key, Key::OfChild(_)) => {
                Domain::Values([true, false].map(Value::Boolean).to_vec())
            }
            Type::Boolean => Domain::Values([Value::Boolean(true), Value::Boolean(false), blank()].to_vec()),
            Type::Code(list) => {
                let list = self.reason.outline.lists.get(list)?;
                if list.codes.len() > MOST_VALUES {
                    return Some(Domain::Texts(Vec::new()));
                }
                let codes = list.codes.iter().map(|code| Value::Text(code.code.clone()));
                Domain::Values(codes.chain([blank()]).collect())
            }
            Type::List(member) => match *member {
                Type::Code(list) => Domain::Members(list, Vec::new()),
                _ => return None,
            },
            Type::Number => Domain::Numbers(item.and_then(|node| self.bounds(node)), Vec::new()),
            Type::Date => Domain::Days(Vec::new()),
            Type::Text => Domain::Texts(Vec::new()),
            _ => return None,
        })
    }

    /// Which numbers can be entered.
    fn bounds(&self, node: NodeId) -> Option<Bounds> {
        match &self.reason.outline.items.get(node)?.what {
            What::Field(Question {
                kind: Ok(Kind::Number(number)),
                ..
            }) => {
                let ends = [number.min, number.max];
                let is_plain = ends.into_iter().flatten().all(is_plain);
                is_plain.then_some(Bounds {
                    least: number.min,
                    most: number.max,
                    decimals: i32::try_from(number.decimals).unwrap_or(MOST_DECIMALS),
                })
            }
            _ => None,
        }
    }
}

impl Item {
    /// The list that it chooses from, if it does.
    pub(super) fn list(&self) -> Option<ListId> {
        match &self.what {
            What::Field(Question { kind: Ok(kind), .. }) => kind.list(),
            _ => None,
        }
    }
}
