//! Expressions as JSON. Its form is kept for decades: see [`Expr`], and the snapshot in `tests/json.rs`.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeSeq, Serializer};
use serde::{Deserialize, Deserializer, Serialize};
use smol_str::SmolStr;

use super::{Expr, For, Loop, Part};
use crate::builtins::Function;
use crate::syntax::{Comparison, End, Operator, Quantifier, Test};
use crate::{Slot, Value};

impl Serialize for Expr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tag = match self {
            Self::Value(Value::List(_)) => "value",
            Self::Value(value) => return value.serialize(serializer),
            Self::Slot(_) => "slot",
            Self::Local(_) => "local",
            Self::Property(..) => "property",
            Self::Part(..) => "part",
            Self::Negation(_) => "negative",
            Self::Chain(operator, _) => operator.as_str(),
            Self::Compare(comparison, _) => comparison.as_str(),
            Self::Between(_) => "between",
            Self::In(..) => "in",
            Self::InstanceOf(..) => "instance of",
            Self::If(_) => "if",
            Self::For(each) if each.partial => "for partial",
            Self::For(_) => "for",
            Self::Quantified(Quantifier::Some, ..) => "some",
            Self::Quantified(Quantifier::Every, ..) => "every",
            Self::List(_) => "list",
            Self::Range(ends) => range_tag(ends),
            Self::Filter(_) => "filter",
            Self::At(_) => "at",
            Self::Call(..) => "call",
        };
        let mut seq = serializer.serialize_seq(None)?;
        seq.serialize_element(tag)?;
        match self {
            Self::Value(value) => seq.serialize_element(value)?,
            Self::Slot(slot) => seq.serialize_element(slot)?,
            Self::Local(index) => seq.serialize_element(index)?,
            Self::Property(of, slot) => {
                seq.serialize_element(of)?;
                seq.serialize_element(slot)?;
            }
            Self::Part(of, part) => {
                seq.serialize_element(of)?;
                seq.serialize_element(part.name())?;
            }
            Self::InstanceOf(value, ty) => {
                seq.serialize_element(value)?;
                seq.serialize_element(ty)?;
            }
            Self::In(value, tests) => {
                seq.serialize_element(value)?;
                tests.iter().try_for_each(|test| seq.serialize_element(test))?;
            }
            Self::For(each) => {
                serialize_loops(&mut seq, &each.loops, "return")?;
                seq.serialize_element(&each.body)?;
            }
            Self::Quantified(_, loops, body) => {
                serialize_loops(&mut seq, loops, "satisfies")?;
                seq.serialize_element(body)?;
            }
            Self::Call(function, arguments) => {
                seq.serialize_element(function.name())?;
                arguments
                    .iter()
                    .try_for_each(|argument| seq.serialize_element(argument))?;
            }
            parts => {
                let mut result = Ok(());
                parts.for_each_part(&mut |part| {
                    if result.is_ok() {
                        result = seq.serialize_element(part);
                    }
                });
                result?;
            }
        }
        seq.end()
    }
}

fn serialize_loops<S: SerializeSeq>(seq: &mut S, loops: &[Loop], last: &str) -> Result<(), S::Error> {
    for (index, each) in loops.iter().enumerate() {
        seq.serialize_element(&each.name)?;
        seq.serialize_element(&each.from)?;
        if let Some(to) = &each.to {
            seq.serialize_element("to")?;
            seq.serialize_element(to)?;
        }
        seq.serialize_element(if index + 1 == loops.len() { last } else { "," })?;
    }
    Ok(())
}

/// Brackets as they are written, with nothing where there is no end.
fn range_tag([start, end]: &[End<Expr>; 2]) -> &'static str {
    match (start, end) {
        (End::Closed(_), End::Closed(_)) => "[..]",
        (End::Closed(_), End::Open(_)) => "[..)",
        (End::Open(_), End::Closed(_)) => "(..]",
        (End::Open(_), End::Open(_)) => "(..)",
        (End::Closed(_), End::Unbounded) => "[..",
        (End::Open(_), End::Unbounded) => "(..",
        (End::Unbounded, End::Closed(_)) => "..]",
        (End::Unbounded, End::Open(_)) => "..)",
        (End::Unbounded, End::Unbounded) => "..",
    }
}

impl Serialize for Test<Expr> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Within(operand) => operand.serialize(serializer),
            Self::Compares(comparison, operand) => {
                ("test", comparison.as_str(), operand).serialize(serializer)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(TestVisitor)? {
            Test::Within(expr) => Ok(expr),
            Test::Compares(..) => Err(D::Error::custom("a test is no expression")),
        }
    }
}

impl<'de> Deserialize<'de> for Test<Expr> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TestVisitor)
    }
}

/// Reads a test, of which expressions are the plain ones.
struct TestVisitor;

impl<'de> Visitor<'de> for TestVisitor {
    type Value = Test<Expr>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an expression: a value, or an array such as [\"slot\", 3]")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Test::Within(Expr::NULL))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Test::Within(Expr::Value(value.into())))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Test::Within(Expr::Value(Value::text(value))))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(access)).map(|value| Test::Within(Expr::Value(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
        let mut parts = Parts(access);
        let tag: SmolStr = parts.next()?;
        let test = if tag == "test" {
            let sign: SmolStr = parts.next()?;
            let comparison =
                comparison(&sign).ok_or_else(|| A::Error::custom("there is no such comparison"))?;
            Test::Compares(comparison, parts.next()?)
        } else {
            Test::Within(parts.expr(&tag)?)
        };
        match parts.0.next_element::<IgnoredAny>()? {
            None => Ok(test),
            Some(_) => Err(A::Error::custom(format!("`{tag}` has too many parts"))),
        }
    }
}

/// What follows the tag in an array.
struct Parts<A>(A);

impl<'de, A: SeqAccess<'de>> Parts<A> {
    fn next<T: Deserialize<'de>>(&mut self) -> Result<T, A::Error> {
        self.0
            .next_element()?
            .ok_or_else(|| A::Error::custom("a part of the expression is missing"))
    }

    fn boxed(&mut self) -> Result<Box<Expr>, A::Error> {
        self.next().map(Box::new)
    }

    fn pair(&mut self) -> Result<Box<[Expr; 2]>, A::Error> {
        Ok(Box::new([self.next()?, self.next()?]))
    }

    fn triple(&mut self) -> Result<Box<[Expr; 3]>, A::Error> {
        Ok(Box::new([self.next()?, self.next()?, self.next()?]))
    }

    fn rest<T: Deserialize<'de>>(&mut self) -> Result<Vec<T>, A::Error> {
        let mut rest = Vec::new();
        while let Some(part) = self.0.next_element()? {
            rest.push(part);
        }
        Ok(rest)
    }

    /// Reads loops up to the word that ends them.
    fn loops(&mut self, last: &str) -> Result<Vec<Loop>, A::Error> {
        let mut loops = Vec::new();
        loop {
            let (name, from) = (self.next()?, self.next()?);
            let mut word: SmolStr = self.next()?;
            let mut to = None;
            if word == "to" {
                to = Some(self.next()?);
                word = self.next()?;
            }
            loops.push(Loop { name, from, to });
            if word == last {
                return Ok(loops);
            }
            if word != "," {
                return Err(A::Error::custom(format!("`{last}` is missing")));
            }
        }
    }

    fn expr(&mut self, tag: &str) -> Result<Expr, A::Error> {
        let expr = match tag {
            "value" => Expr::Value(self.next()?),
            "slot" => Expr::Slot(self.next()?),
            "local" => Expr::Local(self.next()?),
            "property" => Expr::Property(self.boxed()?, self.next::<Slot>()?),
            "part" => {
                let (of, name) = (self.boxed()?, self.next::<SmolStr>()?);
                let part = Part::named(&name).ok_or_else(|| A::Error::custom("there is no such part"))?;
                Expr::Part(of, part)
            }
            "negative" => Expr::Negation(self.boxed()?),
            "between" => Expr::Between(self.triple()?),
            "in" => Expr::In(self.boxed()?, self.rest()?),
            "instance of" => Expr::InstanceOf(self.boxed()?, self.next()?),
            "if" => Expr::If(self.triple()?),
            "for" | "for partial" => {
                let (loops, body) = (self.loops("return")?, self.next()?);
                Expr::For(Box::new(For {
                    loops,
                    body,
                    partial: tag == "for partial",
                }))
            }
            "some" => Expr::Quantified(Quantifier::Some, self.loops("satisfies")?, self.boxed()?),
            "every" => Expr::Quantified(Quantifier::Every, self.loops("satisfies")?, self.boxed()?),
            "list" => Expr::List(self.rest()?),
            "filter" => Expr::Filter(self.pair()?),
            "at" => Expr::At(self.pair()?),
            "call" => {
                let name: SmolStr = self.next()?;
                let function = Function::named(&name)
                    .ok_or_else(|| A::Error::custom(format!("there is no function `{name}`")))?;
                Expr::Call(function, self.rest()?)
            }
            _ => match (operator(tag), comparison(tag), self.range(tag)?) {
                (Some(operator), ..) => Expr::Chain(operator, self.rest()?),
                (_, Some(comparison), _) => Expr::Compare(comparison, self.pair()?),
                (.., Some(range)) => range,
                _ => return Err(A::Error::custom(format!("there is no expression `{tag}`"))),
            },
        };
        Ok(expr)
    }

    fn range(&mut self, tag: &str) -> Result<Option<Expr>, A::Error> {
        let Some((open, close)) = tag.split_once("..") else {
            return Ok(None);
        };
        let start = match open {
            "[" => End::Closed(self.next()?),
            "(" => End::Open(self.next()?),
            "" => End::Unbounded,
            _ => return Ok(None),
        };
        let end = match close {
            "]" => End::Closed(self.next()?),
            ")" => End::Open(self.next()?),
            "" => End::Unbounded,
            _ => return Ok(None),
        };
        Ok(Some(Expr::Range(Box::new([start, end]))))
    }
}

fn operator(sign: &str) -> Option<Operator> {
    use Operator::{Add, And, Divide, Multiply, Or, Power, Subtract};
    [Or, And, Add, Subtract, Multiply, Divide, Power]
        .into_iter()
        .find(|operator| operator.as_str() == sign)
}

fn comparison(sign: &str) -> Option<Comparison> {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let all = [Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual];
    all.into_iter().find(|comparison| comparison.as_str() == sign)
}
