//! Values as JSON. Its form is kept for decades: see [`Value`], and the snapshot in `tests/json.rs`.

use std::fmt;
use std::sync::Arc;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Bound, Range, Value};

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(members) => serializer.collect_seq(members.iter()),
            Self::Number(value) => tagged(serializer, "number", value),
            Self::Date(value) => tagged(serializer, "date", value),
            Self::Time(value) => tagged(serializer, "time", value),
            Self::DateTime(value) => tagged(serializer, "date_time", value),
            Self::Days(value) => tagged(serializer, "days", value),
            Self::Months(value) => tagged(serializer, "months", value),
            Self::Range(value) => tagged(serializer, "range", &**value),
            Self::Entity(value) => tagged(serializer, "entity", value),
        }
    }
}

fn tagged<S: Serializer>(serializer: S, tag: &str, value: &impl Serialize) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(tag, value)?;
    map.end()
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value: null, true, false, a text, a list, or an object such as {\"number\":\"12.5\"}")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Boolean(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_element()? {
            members.push(member);
        }
        Ok(Value::List(members.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        const TAGS: &[&str] = &[
            "number",
            "date",
            "time",
            "date_time",
            "days",
            "months",
            "range",
            "entity",
        ];
        let tag = access
            .next_key::<String>()?
            .ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let value = match tag.as_str() {
            "number" => Value::Number(access.next_value()?),
            "date" => Value::Date(access.next_value()?),
            "time" => Value::Time(access.next_value()?),
            "date_time" => Value::DateTime(access.next_value()?),
            "days" => Value::Days(access.next_value()?),
            "months" => Value::Months(access.next_value()?),
            "range" => Value::Range(Arc::new(access.next_value()?)),
            "entity" => Value::Entity(access.next_value()?),
            other => return Err(A::Error::unknown_field(other, TAGS)),
        };
        match access.next_key::<String>()? {
            None => Ok(value),
            Some(_) => Err(A::Error::invalid_length(2, &self)),
        }
    }
}

/// The four ways to write an end; what is left out is unbounded.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "present"
    )]
    from: Option<Value>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "present"
    )]
    after: Option<Value>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "present"
    )]
    to: Option<Value>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        default,
        deserialize_with = "present"
    )]
    before: Option<Value>,
}

/// An end that is there is an end, also where it is null.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Serialize for Range {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let split = |bound: &Bound| match bound.clone() {
            Bound::Unbounded => (None, None),
            Bound::Open(value) => (None, Some(value)),
            Bound::Closed(value) => (Some(value), None),
        };
        let ((from, after), (to, before)) = (split(&self.start), split(&self.end));
        Ends {
            from,
            after,
            to,
            before,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Range {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Ends {
            from,
            after,
            to,
            before,
        } = Ends::deserialize(deserializer)?;
        let join = |closed, open| match (closed, open) {
            (None, None) => Ok(Bound::Unbounded),
            (Some(value), None) => Ok(Bound::Closed(value)),
            (None, Some(value)) => Ok(Bound::Open(value)),
            (Some(_), Some(_)) => Err(D::Error::custom("a range ends once on either side")),
        };
        Ok(Self {
            start: join(from, after)?,
            end: join(to, before)?,
        })
    }
}
