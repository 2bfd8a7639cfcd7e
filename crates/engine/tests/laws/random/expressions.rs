//! The texts of random expressions, and what the names in them mean.
//!
//! It must not know the recipe: it works from a seed and from what may be read.

use feel::{Binding, EntityKind, ListId, Names, Resolved, Type};
use form::{Body, EntityOf, Kind, Meaning, NodeId, Parts, SubjectProperty, TermId};

/// What an expression may read: a field, perhaps of the rows of a list.
pub(super) struct Readable {
    pub(super) text: String,
    pub(super) ty: Type,
    pub(super) of: Option<String>,
}

/// A text that gives a boolean or null.
pub(super) fn truth(names: &[Readable], seed: u32, depth: u32) -> String {
    let (pick, rest) = (seed as usize, seed / 7);
    if depth > 0 && seed.is_multiple_of(5) {
        let (left, right) = (truth(names, rest, depth - 1), truth(names, rest / 3, depth - 1));
        return match seed % 3 {
            0 => format!("({left} and {right})"),
            1 => format!("({left} or {right})"),
            _ => format!("not({left})"),
        };
    }
    if seed.is_multiple_of(11) {
        return "strict".to_owned();
    }
    let Some(name) = names.get(pick % names.len().max(1)) else {
        return seed.is_multiple_of(2).to_string();
    };
    let code = ["a", "b", "c"][rest as usize % 3];
    let simple = |text: &str| match &name.ty {
        Type::Number if rest % 5 == 4 => format!("{text} > most"),
        Type::Number => format!("{text} > {}", rest % 5),
        Type::Code(_) => format!("{text} = {code}"),
        Type::List(_) => format!("{code} in {text}"),
        Type::Date => format!("{text} > date(2026, 2, 3)"),
        _ => format!("{text} = \"x\""),
    };
    match &name.of {
        None if rest % 4 == 0 => format!("{} = null", name.text),
        None => simple(&name.text),
        Some(rows) => match rest % 3 {
            0 => format!("count({rows}) > {}", rest % 3),
            1 => format!(
                "(some x in {rows} satisfies {})",
                simple(&format!("x.{}", name.text))
            ),
            _ => format!("count({rows}[{}]) = 1", simple(&name.text)),
        },
    }
}

/// A text that gives a number or null.
pub(super) fn number(names: &[Readable], seed: u32) -> String {
    let numbers: Vec<&Readable> = names.iter().filter(|name| name.ty == Type::Number).collect();
    let pick = |seed: u32| numbers.get(seed as usize % numbers.len().max(1));
    match (pick(seed), pick(seed / 3)) {
        (
            Some(Readable {
                text, of: Some(rows), ..
            }),
            _,
        ) => format!("total({rows}.{text})"),
        (Some(one), Some(other)) if other.of.is_none() => format!("{} + total({}, 1)", one.text, other.text),
        (Some(one), _) => format!("{} * 2", one.text),
        (None, _) => (seed % 9).to_string(),
    }
}

/// A text that gives a default for a question of this kind, at times none and at times one that does not fit.
pub(super) fn default(names: &[Readable], kind: &Kind, seed: u32) -> String {
    let code = ["\"a\"", "\"b\"", "\"gone\""][seed as usize % 3];
    let value = match kind {
        Kind::Number(_) => number(names, seed / 5),
        Kind::Choices(_) => format!("[{code}]"),
        Kind::Date(_) => "date(2026, 2, 4)".to_owned(),
        Kind::Text(_) => "if true then \"x\" else \"\"".to_owned(),
        _ => code.to_owned(),
    };
    match seed % 4 {
        0 => value,
        1 => "null".to_owned(),
        _ => format!("if {} then {value} else null", truth(names, seed / 7, 1)),
    }
}

/// The names of a form under construction: `n7` is node 7.
pub(super) struct Scoped<'a> {
    pub(super) parts: &'a Parts,
    pub(super) at: NodeId,
}

impl Scoped<'_> {
    fn binding(&self, name: &str) -> Option<Binding> {
        let term = [("most", Type::Number), ("strict", Type::Boolean)];
        if let Some(index) = term.iter().position(|(known, _)| *known == name) {
            return Some(Binding {
                slot: Meaning::Term(TermId(index as u32)).slot(),
                ty: term[index].1.clone(),
            });
        }
        let id = NodeId(name.strip_prefix('n')?.parse().ok()?);
        let ty = match &self.parts.nodes.get(id)?.body {
            Body::Field(field) => field.kind.value_type(),
            Body::Rows(repeat) => Type::List(Box::new(Type::Entity(EntityOf::Row(repeat.scope).kind()))),
            Body::Group | Body::Row => return None,
        };
        Some(Binding {
            slot: Meaning::Node(id).slot(),
            ty,
        })
    }
}

impl Names for Scoped<'_> {
    fn name(&self, path: &[&str]) -> Resolved {
        assert_ne!(self.at, NodeId(u32::MAX));
        match self.binding(path[0]) {
            Some(binding) => Resolved::Found { binding, used: 1 },
            None => Resolved::Missing,
        }
    }
    fn property(&self, of: EntityKind, name: &str) -> Option<Binding> {
        match EntityOf::of(of)? {
            EntityOf::Row(_) => self.binding(name),
            EntityOf::Subject => {
                let property = SubjectProperty::named(name)?;
                Some(Binding {
                    slot: Meaning::Subject(property).slot(),
                    ty: property.value_type(),
                })
            }
            EntityOf::Part(_) => None,
        }
    }
    fn has_code(&self, list: ListId, code: &str) -> bool {
        self.parts.lists.at(list).find(code).is_some()
    }
    fn suggest(&self) -> Vec<String> {
        vec![]
    }
    fn properties(&self, _: EntityKind) -> Vec<String> {
        vec![]
    }
    fn codes(&self, _: ListId) -> Vec<String> {
        vec![]
    }
    fn entity_name(&self, _: EntityKind) -> String {
        "row".into()
    }
    fn list_name(&self, _: ListId) -> String {
        "list".into()
    }
}
