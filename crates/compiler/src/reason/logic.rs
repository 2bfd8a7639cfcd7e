//! What conditions are made of, and what they come to while only some of what they read is known.

use std::cell::RefCell;

use feel::syntax::{Comparison, Operator, Test};
use feel::{Entity, Expr, NoNames, Reads, Slot, Type, Value};
use form::{EntityOf, Meaning};
use smol_str::SmolStr;

use super::things::{Domain, Key, Ordering, Settled};
use super::{MOST_THINGS, Query};

/// What a condition comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    /// Neither, because something is blank.
    Blank,
}

impl Truth {
    pub(super) const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Blank];

    fn of(value: &Value) -> Self {
        match value {
            Value::Boolean(true) => Self::Yes,
            Value::Boolean(false) => Self::No,
            _ => Self::Blank,
        }
    }
}

/// A condition, as far as it can be followed. Numbers are those of the things that it is about.
pub(super) enum Logic<'f> {
    Constant(Truth),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    If(Box<[Self; 3]>),
    /// What the expression language makes of it, thing by thing.
    Leaf(Leaf<'f>),
    /// It may be anything.
    Free(usize),
    /// Which of two values is greater.
    Order(usize, Comparison),
    /// If this has a value, that holds.
    WhileThere(usize, Box<Self>),
    /// If this is chosen, that holds.
    WhileChosen(usize, SmolStr, Box<Self>),
}

/// A condition that the expression language works out.
pub(super) struct Leaf<'f> {
    expr: &'f Expr,
    things: Vec<usize>,
    /// What it came to before, by the values of the things.
    known: RefCell<Vec<Option<Truth>>>,
}

/// Which value each thing has, as far as that is decided.
pub(super) type Decided = [Option<usize>];

impl Logic<'_> {
    /// How many parts it has.
    pub(super) fn size(&self) -> usize {
        1 + match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::size).sum(),
            Self::Not(part) | Self::WhileThere(_, part) | Self::WhileChosen(_, _, part) => part.size(),
            Self::If(parts) => parts.iter().map(Self::size).sum(),
            Self::Constant(_) | Self::Leaf(_) | Self::Free(_) | Self::Order(..) => 0,
        }
    }

    /// What it comes to; nothing while that depends on what is not decided.
    pub(super) fn truth(&self, settled: &Settled, decided: &Decided) -> Option<Truth> {
        let value = |thing: usize| decided.get(thing).copied().flatten();
        match self {
            Self::Constant(truth) => Some(*truth),
            Self::All(parts) => junction(parts, Truth::No, settled, decided),
            Self::Any(parts) => junction(parts, Truth::Yes, settled, decided),
            Self::Not(part) => Some(match part.truth(settled, decided)? {
                Truth::Yes => Truth::No,
                Truth::No => Truth::Yes,
                Truth::Blank => Truth::Blank,
            }),
            Self::If(parts) => {
                let [condition, one, other] = &**parts;
                match condition.truth(settled, decided)? {
                    Truth::Yes => one.truth(settled, decided),
                    Truth::No | Truth::Blank => other.truth(settled, decided),
                }
            }
            Self::Leaf(leaf) => leaf.truth(settled, decided),
            Self::Free(thing) => Truth::ALL.get(value(*thing)?).copied(),
            Self::Order(thing, comparison) => Some(Ordering::ALL.get(value(*thing)?)?.truth(*comparison)),
            Self::WhileThere(thing, part) => {
                let is_there = value(*thing).map(|value| !settled.value(*thing, value).is_null());
                follows(is_there, part, settled, decided)
            }
            Self::WhileChosen(thing, code, part) => {
                let is_chosen = value(*thing).map(|value| chooses(&settled.value(*thing, value), code));
                follows(is_chosen, part, settled, decided)
            }
        }
    }
}

/// Does `then` hold if this is so?
fn follows(is_so: Option<bool>, then: &Logic<'_>, settled: &Settled, decided: &Decided) -> Option<Truth> {
    if is_so == Some(false) {
        return Some(Truth::Yes);
    }
    let holds = then.truth(settled, decided).map(|truth| truth == Truth::Yes);
    match (is_so, holds) {
        (_, Some(true)) => Some(Truth::Yes),
        (Some(true), Some(false)) => Some(Truth::No),
        _ => None,
    }
}

fn chooses(value: &Value, code: &str) -> bool {
    match value {
        Value::Text(text) => text == code,
        Value::List(values) => values.iter().any(|value| chooses(value, code)),
        _ => false,
    }
}

/// `and`, or `or`, whichever is decided by one part of this truth.
fn junction(parts: &[Logic<'_>], decisive: Truth, settled: &Settled, decided: &Decided) -> Option<Truth> {
    let mut result = Some(match decisive {
        Truth::No => Truth::Yes,
        _ => Truth::No,
    });
    for part in parts {
        match part.truth(settled, decided) {
            Some(truth) if truth == decisive => return Some(decisive),
            Some(Truth::Blank) => result = result.map(|_| Truth::Blank),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

impl Leaf<'_> {
    fn truth(&self, settled: &Settled, decided: &Decided) -> Option<Truth> {
        let (mut index, mut count) = (0, 1);
        for thing in &self.things {
            index += count * decided.get(*thing).copied().flatten()?;
            count *= settled.count(*thing);
        }
        let mut known = self.known.borrow_mut();
        if known.len() < count {
            known.resize(count, None);
        }
        let place = known.get_mut(index)?;
        if place.is_none() {
            let world = World { settled, decided };
            *place = Some(Truth::of(&self.expr.eval(&world)));
        }
        *place
    }
}

/// A record in which these things have these values.
struct World<'w> {
    settled: &'w Settled<'w>,
    decided: &'w Decided,
}

impl World<'_> {
    fn value(&self, key: &Key<'_>) -> Value {
        let thing = self.settled.find(key);
        let value = thing.and_then(|thing| Some((thing, self.decided.get(thing).copied().flatten()?)));
        value.map_or(Value::Null, |(thing, value)| self.settled.value(thing, value))
    }
}

impl Reads for World<'_> {
    fn read(&self, slot: Slot) -> Value {
        match Meaning::of(slot) {
            Some(Meaning::Child) => Value::Entity(Entity {
                kind: EntityOf::Subject.kind(),
                id: 0,
            }),
            Some(Meaning::Term(term)) => match self.value(&Key::Pack) {
                Value::Number(pack) => self.settled.said(pack, term),
                _ => Value::Null,
            },
            _ => self.value(&Key::Slot(slot)),
        }
    }

    fn property(&self, _: Entity, slot: Slot) -> Value {
        match Meaning::of(slot) {
            Some(Meaning::Subject(property)) => self.value(&Key::OfChild(property)),
            _ => Value::Null,
        }
    }

    fn now(&self) -> feel::DateTime {
        NoNames.now()
    }

    fn today(&self) -> feel::Date {
        NoNames.today()
    }
}

/// The most values that the things of one leaf may have together.
const MOST_VALUES: usize = 256;

impl<'f> Query<'_, 'f, '_> {
    /// A condition as far as it can be followed.
    pub(super) fn logic(&mut self, expr: &'f Expr) -> Logic<'f> {
        self.is_full |= self.things.len() > MOST_THINGS;
        if self.is_full {
            return Logic::Constant(Truth::Blank);
        }
        match expr {
            Expr::Chain(Operator::And, parts) => {
                Logic::All(parts.iter().map(|part| self.logic(part)).collect())
            }
            Expr::Chain(Operator::Or, parts) => {
                Logic::Any(parts.iter().map(|part| self.logic(part)).collect())
            }
            Expr::If(parts) => Logic::If(Box::new(parts.each_ref().map(|part| self.logic(part)))),
            Expr::Call(function, parts) if function.name() == "not" && parts.len() == 1 => {
                match parts.first() {
                    Some(part) => Logic::Not(Box::new(self.logic(part))),
                    None => self.free(expr),
                }
            }
            Expr::Value(value) => Logic::Constant(Truth::of(value)),
            _ => self.atom(expr),
        }
    }

    /// A condition without `and`, `or`, `not` and `if` around it.
    fn atom(&mut self, expr: &'f Expr) -> Logic<'f> {
        if expr.reads_clock() {
            return self.order(expr).unwrap_or_else(|| self.free(expr));
        }
        let mut keys = Vec::new();
        if !self.reads_of(expr, &mut keys) {
            return self.order(expr).unwrap_or_else(|| self.free(expr));
        }
        let domains: Option<Vec<Domain>> = keys.iter().map(|key| self.domain(key)).collect();
        let Some(domains) = domains else {
            return self.order(expr).unwrap_or_else(|| self.free(expr));
        };
        let finite: Option<usize> = domains.iter().map(Domain::size).product();
        if let Some(1..=MOST_VALUES) = finite {
            return self.leaf(expr, keys.into_iter().zip(domains).collect());
        }
        if let ([key], Ok([mut domain])) = (keys.as_slice(), <[Domain; 1]>::try_from(domains))
            && mentions(expr, key, &mut domain)
        {
            return self.leaf(expr, vec![(*key, domain)]);
        }
        self.order(expr).unwrap_or_else(|| self.free(expr))
    }

    fn leaf(&mut self, expr: &'f Expr, things: Vec<(Key<'f>, Domain)>) -> Logic<'f> {
        let things = things
            .into_iter()
            .map(|(key, domain)| self.things.note(key, domain));
        Logic::Leaf(Leaf {
            expr,
            things: things.collect(),
            known: RefCell::default(),
        })
    }

    fn free(&mut self, expr: &'f Expr) -> Logic<'f> {
        Logic::Free(self.things.note(Key::Whole(expr), Domain::Truth))
    }

    /// A comparison of two values of which either may change.
    fn order(&mut self, expr: &'f Expr) -> Option<Logic<'f>> {
        let Expr::Compare(comparison, sides) = expr else {
            return None;
        };
        let [left, right] = &**sides;
        let (one, other) = (self.type_of(left)?, self.type_of(right)?);
        if one != other || !matches!(one, Type::Number | Type::Date | Type::Text) {
            return None;
        }
        if let Some(thing) = self.things.find(&Key::Order(right, left)) {
            return Some(Logic::Order(thing, flipped(*comparison)));
        }
        let thing = self.things.note(Key::Order(left, right), Domain::Order);
        Some(Logic::Order(thing, *comparison))
    }

    /// The type of an expression, where that can be seen at once.
    fn type_of(&self, expr: &Expr) -> Option<Type> {
        match expr {
            Expr::Value(value) => Some(Type::of(value)),
            Expr::Slot(slot) => match Meaning::of(*slot)? {
                Meaning::Term(term) => self.reason.terms(term).next().as_ref().map(Type::of),
                _ => self.type_of_key(&Key::Slot(*slot)),
            },
            Expr::Property(of, slot) if is_child(of) => match Meaning::of(*slot)? {
                Meaning::Subject(property) => Some(property.value_type()),
                _ => None,
            },
            Expr::Call(function, _) if function.name() == "today" => Some(Type::Date),
            _ => None,
        }
    }

    pub(super) fn type_of_key(&self, key: &Key<'_>) -> Option<Type> {
        match key {
            Key::Slot(slot) => match Meaning::of(*slot)? {
                Meaning::Node(node) => {
                    let item = self.reason.outline.items.get(node)?;
                    let is_asked = matches!(item.what, crate::outline::What::Field(_));
                    let is_one = is_asked && self.scopes.contains(&item.scope);
                    is_one.then(|| self.reason.type_of(node).cloned()).flatten()
                }
                _ => None,
            },
            Key::OfChild(property) => Some(property.value_type()),
            Key::Pack => Some(Type::Number),
            Key::Whole(_) | Key::Order(..) => None,
        }
    }

    /// Adds all that an expression reads, each once; no if it reads what cannot be followed.
    fn reads_of(&self, expr: &'f Expr, keys: &mut Vec<Key<'f>>) -> bool {
        let key = match expr {
            Expr::Slot(slot) => match Meaning::of(*slot) {
                Some(Meaning::Term(_)) => Key::Pack,
                _ => Key::Slot(*slot),
            },
            Expr::Property(of, slot) if is_child(of) => match Meaning::of(*slot) {
                Some(Meaning::Subject(property)) => Key::OfChild(property),
                _ => return false,
            },
            Expr::Property(..) => return false,
            _ => {
                let mut sound = true;
                let mut parts: Vec<&'f Expr> = Vec::new();
                each_part(expr, &mut parts);
                for part in parts {
                    sound = sound && self.reads_of(part, keys);
                }
                return sound;
            }
        };
        if self.type_of_key(&key).is_none() {
            return false;
        }
        if !keys.contains(&key) {
            keys.push(key);
        }
        true
    }
}

/// The direct parts of an expression.
fn each_part<'f>(expr: &'f Expr, parts: &mut Vec<&'f Expr>) {
    match expr {
        Expr::Value(_) | Expr::Slot(_) | Expr::Local(_) => {}
        Expr::Property(of, _) | Expr::Part(of, _) | Expr::Negation(of) | Expr::InstanceOf(of, _) => {
            parts.push(of)
        }
        Expr::Chain(_, inner) | Expr::List(inner) | Expr::Call(_, inner) => parts.extend(inner),
        Expr::Compare(_, inner) | Expr::Filter(inner) | Expr::At(inner) => parts.extend(inner.iter()),
        Expr::Between(inner) | Expr::If(inner) => parts.extend(inner.iter()),
        Expr::In(value, tests) => {
            parts.push(value);
            parts.extend(tests.iter().map(Test::operand));
        }
        Expr::For(each) => {
            for one in &each.loops {
                parts.push(&one.from);
                parts.extend(&one.to);
            }
            parts.push(&each.body);
        }
        Expr::Quantified(_, loops, body) => {
            for one in loops {
                parts.push(&one.from);
                parts.extend(&one.to);
            }
            parts.push(body);
        }
        Expr::Range(ends) => parts.extend(ends.iter().filter_map(feel::syntax::End::at)),
    }
}

fn is_child(expr: &Expr) -> bool {
    matches!(expr, Expr::Slot(slot) if Meaning::of(*slot) == Some(Meaning::Child))
}

fn flipped(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::Equal,
        Comparison::NotEqual => Comparison::NotEqual,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
    }
}

/// Is this exactly what the key stands for?
fn is_read_of(expr: &Expr, key: &Key<'_>) -> bool {
    match (expr, key) {
        (Expr::Slot(slot), Key::Slot(own)) => slot == own,
        (Expr::Property(of, slot), Key::OfChild(own)) => {
            is_child(of) && Meaning::of(*slot) == Some(Meaning::Subject(*own))
        }
        _ => false,
    }
}

/// The value of an expression that reads nothing.
fn constant(expr: &Expr) -> Option<Value> {
    if let Expr::Value(value) = expr {
        return Some(value.clone());
    }
    let mut reads = expr.reads_clock();
    expr.visit(&mut |part| reads |= matches!(part, Expr::Slot(_) | Expr::Property(..)));
    (!reads).then(|| expr.eval(&NoNames))
}

/// Does the expression do nothing but compare the thing with constants? Then they are noted: they are where it makes a
/// difference what the thing is.
fn mentions(expr: &Expr, key: &Key<'_>, domain: &mut Domain) -> bool {
    match expr {
        Expr::Compare(comparison, sides) => {
            let [left, right] = &**sides;
            let other = match (is_read_of(left, key), is_read_of(right, key)) {
                (true, false) => right,
                (false, true) => left,
                _ => return false,
            };
            constant(other).is_some_and(|value| domain.compare(*comparison, &value))
        }
        Expr::Between(parts) => {
            let [value, low, high] = &**parts;
            let mut ends = [low, high].into_iter().map(constant);
            is_read_of(value, key)
                && ends.all(|end| end.is_some_and(|end| domain.compare(Comparison::Less, &end)))
        }
        Expr::In(value, tests) if is_read_of(value, key) => tests.iter().all(|test| {
            let Some(operand) = constant(test.operand()) else {
                return false;
            };
            match test {
                Test::Within(_) => domain.within(&operand),
                Test::Compares(comparison, _) => domain.compare(*comparison, &operand),
            }
        }),
        Expr::In(value, tests) => match (constant(value), tests.as_slice()) {
            (Some(Value::Text(code)), [Test::Within(other)]) if is_read_of(other, key) => domain.holds(&code),
            _ => false,
        },
        _ => false,
    }
}
