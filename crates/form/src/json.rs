//! Reads JSON into the types of a record, in little code: the app carries a reader of each of them to every phone.
//!
//! serde's derive makes a reader for each pair of a type and a format. For a format that says little, such as the
//! tree here, that reader is less than half of what it is for a text: a struct is an object and never a list, and
//! what is wrong has no words. Whoever needs the words, as the server does of what it was sent, reads with serde_json.

use std::fmt;
use std::vec;

use serde::de::value::StringDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value, map};

/// Some bytes are not the JSON of what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this cannot be read")
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Reads one value from JSON.
///
/// # Errors
/// [`Unreadable`] if the bytes are not JSON, or not of this type.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    let tree = serde_json::from_slice(bytes).map_err(|_| Unreadable)?;
    T::deserialize(Tree(tree))
}

/// A value that has been read, to be made into what it is of.
struct Tree(Value);

impl<'de> Deserializer<'de> for Tree {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(is) => visitor.visit_bool(is),
            Value::Number(number) => number.deserialize_any(visitor).map_err(|_| Unreadable),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => items_to(items, visitor),
            Value::Object(entries) => entries_to(entries, visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Array(items) => items_to(items, visitor),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Object(entries) => entries_to(entries, visitor),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(match self.0 {
            Value::String(name) => Variant(name, Value::Null),
            Value::Object(entries) => {
                let mut entries = entries.into_iter();
                match (entries.next(), entries.next()) {
                    (Some((name, inner)), None) => Variant(name, inner),
                    _ => return Err(Unreadable),
                }
            }
            _ => return Err(Unreadable),
        })
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::String(text) => visitor.visit_string(text),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Bool(is) => visitor.visit_bool(is),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct identifier
    }
}

fn items_to<'de, V: Visitor<'de>>(items: Vec<Value>, visitor: V) -> Result<V::Value, Unreadable> {
    let mut items = Items(items.into_iter());
    let made = visitor.visit_seq(&mut items)?;
    // What is left over would be lost.
    if items.0.len() == 0 {
        Ok(made)
    } else {
        Err(Unreadable)
    }
}

fn entries_to<'de, V: Visitor<'de>>(entries: Map<String, Value>, visitor: V) -> Result<V::Value, Unreadable> {
    visitor.visit_map(Entries(entries.into_iter(), Value::Null))
}

/// The items of a list, one after the other.
struct Items(vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for &mut Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|item| seed.deserialize(Tree(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The entries of an object, and the value of the one whose name was read last.
struct Entries(map::IntoIter, Value);

impl<'de> MapAccess<'de> for Entries {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let Some((name, value)) = self.0.next() else {
            return Ok(None);
        };
        self.1 = value;
        seed.deserialize(Tree(Value::String(name))).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(Tree(self.1.take()))
    }
}

/// One of several, by its name, with what it holds.
struct Variant(String, Value);

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unreadable;
    type Variant = Tree;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Tree), Unreadable> {
        let name: StringDeserializer<Unreadable> = self.0.into_deserializer();
        Ok((seed.deserialize(name)?, Tree(self.1)))
    }
}

impl<'de> VariantAccess<'de> for Tree {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        if self.0.is_null() { Ok(()) } else { Err(Unreadable) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::answer::{Answer, DateParts, Quote};

    /// One of each shape that serde tells apart.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    enum Shape {
        Unit,
        Newtype(Wrapped),
        Pair(i64, String),
        #[serde(rename_all = "kebab-case")]
        Named {
            in_full: Option<Box<Shape>>,
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            many: Vec<Shape>,
            is_so: bool,
        },
        Answered(Answer),
        Nothing(()),
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Wrapped(u32);

    fn answer() -> impl Strategy<Value = Answer> {
        let text = "[a-z \"é\n]{0,6}";
        prop_oneof![
            text.prop_map(Answer::Text),
            prop::collection::vec(text, 0..3).prop_map(Answer::Codes),
            (text, text).prop_map(|(day, year)| Answer::Date(DateParts {
                day,
                year,
                ..DateParts::default()
            })),
            (text, any::<Option<bool>>()).prop_map(|(words, prompted)| {
                Answer::Quotes(vec![Quote {
                    words,
                    prompted,
                    ..Quote::default()
                }])
            }),
        ]
    }

    fn shape() -> impl Strategy<Value = Shape> {
        let leaf = prop_oneof![
            Just(Shape::Unit),
            Just(Shape::Nothing(())),
            any::<u32>().prop_map(|number| Shape::Newtype(Wrapped(number))),
            (any::<i64>(), ".{0,4}").prop_map(|(number, text)| Shape::Pair(number, text)),
            answer().prop_map(Shape::Answered),
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            (
                prop::option::of(inner.clone()),
                prop::collection::vec(inner, 0..4),
                any::<bool>(),
            )
                .prop_map(|(one, many, is_so)| Shape::Named {
                    in_full: one.map(Box::new),
                    many,
                    is_so,
                })
        })
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(shape in shape()) {
            let text = serde_json::to_vec(&shape).unwrap();
            prop_assert_eq!(read::<Shape>(&text), Ok(shape));
        }

        #[test]
        fn what_was_damaged_is_read_as_serde_json_would_or_refused(
            shape in shape(),
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
            cut in any::<bool>(),
        ) {
            let mut text = serde_json::to_vec(&shape).unwrap();
            let at = at.index(text.len());
            if cut { text.truncate(at) } else { text[at] = byte }
            if let Ok(read) = read::<Shape>(&text) {
                prop_assert_eq!(serde_json::from_slice::<Shape>(&text).unwrap(), read);
            }
        }
    }

    #[test]
    fn a_struct_is_no_list_and_one_of_several_has_one_name() {
        assert_eq!(read::<Answer>(br#"{"date":["1","2","3"]}"#), Err(Unreadable));
        assert_eq!(read::<Answer>(br#"{"text":"a","code":"b"}"#), Err(Unreadable));
        assert_eq!(read::<Answer>(br#"{"drawing":"a"}"#), Err(Unreadable));
        assert_eq!(read::<(u8, u8)>(b"[1,2,3]"), Err(Unreadable));
    }
}
