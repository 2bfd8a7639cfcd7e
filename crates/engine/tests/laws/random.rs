//! Random forms, worlds and histories.
//!
//! A form is built straight into its parts. An expression reads only what stands before it in the document, which
//! gives the rules a lawful order without the compiler.

use engine::{Env, Subject};
use feel::{Binding, EntityKind, ListId, Names, Resolved, Type};
use form::kinds::{Choice, Choices, Computed, Date, Kind, Number, Text, YesNo};
use form::{
    About, Answer, Aspect, Body, Check, CheckId, Code, CodeList, DateParts, EntityOf, Field, Form, Formula,
    Meaning, Name, Need, Node, NodeId, Parts, Piece, Repeat, RowKey, Rule, Scope, ScopeId, Severity,
    SubjectProperty, Table, Template, Voice,
};
use proptest::prelude::*;

/// What a form is made from.
#[derive(Clone, Debug)]
pub(crate) struct Recipe {
    pub(crate) children: usize,
    sections: Vec<Item>,
}

/// A node and what is in it. Seeds pick expressions from what may be read at that point.
#[derive(Clone, Debug)]
enum Item {
    Field {
        kind: u8,
        need: u8,
        shown: Option<u32>,
        more: Option<(u8, u32)>,
        label: bool,
    },
    Group {
        shown: Option<u32>,
        check: Option<u32>,
        items: Vec<Item>,
    },
    Repeat {
        shown: Option<u32>,
        row_shown: Option<u32>,
        min: u16,
        items: Vec<Item>,
    },
    PerChild {
        row_shown: Option<u32>,
        items: Vec<Item>,
    },
}

/// One step of a history; numbers pick among what there is at that point.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Answer {
        place: usize,
        answer: (u8, u8),
    },
    AddRow {
        place: usize,
        key: u8,
        before: Option<u8>,
    },
    RemoveRow {
        place: usize,
        key: u8,
    },
}

pub(crate) fn recipe() -> impl Strategy<Value = Recipe> {
    let seed = || prop::option::weighted(0.4, any::<u32>());
    let field = (
        0..8_u8,
        0..4_u8,
        seed(),
        prop::option::weighted(0.5, (0..5_u8, any::<u32>())),
        any::<bool>(),
    )
        .prop_map(|(kind, need, shown, more, label)| Item::Field {
            kind,
            need,
            shown,
            more,
            label,
        });
    let item = field.prop_recursive(3, 24, 5, move |inner| {
        let items = || prop::collection::vec(inner.clone(), 1..5);
        prop_oneof![
            3 => inner.clone(),
            1 => (seed(), seed(), items())
                .prop_map(|(shown, check, items)| Item::Group { shown, check, items }),
            1 => (seed(), seed(), 0..3_u16, items())
                .prop_map(|(shown, row_shown, min, items)| Item::Repeat { shown, row_shown, min, items }),
        ]
    });
    let items = prop::collection::vec(item, 1..6);
    let section = prop_oneof![
        2 => (seed(), seed(), items.clone())
            .prop_map(|(shown, check, items)| Item::Group { shown, check, items }),
        1 => (seed(), items).prop_map(|(row_shown, items)| Item::PerChild { row_shown, items }),
    ];
    (1..4_usize, prop::collection::vec(section, 1..4))
        .prop_map(|(children, sections)| Recipe { children, sections })
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (any::<usize>(), (any::<u8>(), 0..6_u8)).prop_map(|(place, answer)| Step::Answer { place, answer }),
        2 => (any::<usize>(), 0..4_u8, prop::option::weighted(0.3, 0..4_u8))
            .prop_map(|(place, key, before)| Step::AddRow { place, key, before }),
        1 => (any::<usize>(), 0..4_u8).prop_map(|(place, key)| Step::RemoveRow { place, key }),
    ]
}

pub(crate) fn row_key(number: u8) -> RowKey {
    RowKey::new(&format!("r{number}")).unwrap()
}

pub(crate) fn env(children: usize) -> Env {
    let child = |index: usize| Subject {
        id: RowKey::new(&format!("c{index}")).unwrap(),
        first_name: format!("Child {index}"),
        family_name: "Example".into(),
        born: feel::Date::new(2015, 6, 1),
        expected: None,
    };
    Env {
        now: "2026-11-20T10:00:00".parse().unwrap(),
        today: feel::Date::new(2026, 11, 20).unwrap(),
        subjects: (0..children).map(child).collect(),
    }
}

/// An answer, fitting or not, for a field.
pub(crate) fn answer(field: &Field, (choice, number): &(u8, u8)) -> Option<Answer> {
    let code = || ["a", "b", "c", "gone"][usize::from(*number) % 4].to_owned();
    match (choice % 8, &field.kind) {
        (0, _) => None,
        (1, _) => Some(Answer::Text("not what was asked".into())),
        (_, Kind::Number(_)) => Some(Answer::Text(number.to_string())),
        (_, Kind::Choice(_) | Kind::YesNo(_)) => Some(Answer::Code(code())),
        (_, Kind::Choices(_)) => Some(Answer::Codes(vec!["a".into(), code()])),
        (_, Kind::Date(_)) => Some(Answer::Date(DateParts {
            day: number.to_string(),
            month: "2".into(),
            year: "2026".into(),
        })),
        _ => Some(Answer::Text(["x", "y", " "][usize::from(*number) % 3].into())),
    }
}

impl Recipe {
    pub(crate) fn form(&self) -> Form {
        let mut making = Making::default();
        making.parts.scopes.push(Scope {
            parent: None,
            rows: None,
        });
        making.lists();
        for section in &self.sections {
            making.item(section, None, ScopeId(0));
        }
        Form::from_parts(making.parts).unwrap()
    }
}

struct Making {
    parts: Parts,
    /// Repeats that are finished, and so may be read as lists.
    closed: Vec<NodeId>,
}

impl Default for Making {
    fn default() -> Self {
        let parts = Parts {
            name: Name::new("random").unwrap(),
            version: 1,
            title: "Random".into(),
            summary: None,
            about: About::Children,
            voice: Voice::None,
            stages: vec![],
            clocks: vec![],
            lists: Table::default(),
            scopes: Table::default(),
            nodes: Table::default(),
            checks: Table::default(),
            rules: Table::default(),
        };
        Self {
            parts,
            closed: vec![],
        }
    }
}

const LIST: ListId = ListId(0);

impl Making {
    fn lists(&mut self) {
        let code = |code: &str| Code {
            code: code.into(),
            label: code.to_uppercase(),
            ..Code::default()
        };
        self.parts.lists.push(CodeList {
            name: None,
            codes: ["a", "b", "c"].map(code).to_vec(),
        });
    }

    fn node(&mut self, parent: Option<NodeId>, scope: ScopeId, body: Body) -> NodeId {
        let name = Name::new(&format!("n{}", self.parts.nodes.len())).unwrap();
        let (label, hint, help, concept) = ("Label".to_owned(), None, None, None);
        self.parts.nodes.push(Node {
            name,
            parent,
            scope,
            label,
            hint,
            help,
            concept,
            body,
        })
    }

    fn item(&mut self, item: &Item, parent: Option<NodeId>, scope: ScopeId) {
        match item {
            Item::Field {
                kind,
                need,
                shown,
                more,
                label,
            } => {
                self.field(*kind, *need, *shown, *more, *label, parent, scope);
            }
            Item::Group { shown, check, items } => {
                let node = self.node(parent, scope, Body::Group);
                self.condition(node, Aspect::Shown, *shown);
                if let Some(seed) = check {
                    self.check(node, *seed);
                }
                items.iter().for_each(|item| self.item(item, Some(node), scope));
            }
            Item::Repeat {
                shown,
                row_shown,
                min,
                items,
            } => {
                self.rows(*shown, *row_shown, *min, false, items, parent, scope);
            }
            Item::PerChild { row_shown, items } => self.rows(None, *row_shown, 0, true, items, parent, scope),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one item, spelled out once"
    )]
    fn rows(
        &mut self,
        shown: Option<u32>,
        row_shown: Option<u32>,
        min: u16,
        for_each_child: bool,
        items: &[Item],
        parent: Option<NodeId>,
        scope: ScopeId,
    ) {
        let inner = ScopeId(self.parts.scopes.len() as u32);
        let repeat = Repeat {
            scope: inner,
            for_each_child,
            min,
            max: 3,
        };
        let rows = self.node(parent, scope, Body::Rows(repeat));
        self.parts.scopes.push(Scope {
            parent: Some(scope),
            rows: Some(rows),
        });
        self.condition(rows, Aspect::Shown, shown);
        let row = self.node(Some(rows), inner, Body::Row);
        self.condition(row, Aspect::Shown, row_shown);
        items.iter().for_each(|item| self.item(item, Some(row), inner));
        self.closed.push(rows);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one item, spelled out once"
    )]
    fn field(
        &mut self,
        kind: u8,
        need: u8,
        shown: Option<u32>,
        more: Option<(u8, u32)>,
        label: bool,
        parent: Option<NodeId>,
        scope: ScopeId,
    ) {
        let kind = match kind {
            0 | 1 => Kind::Number(Number {
                decimals: 0,
                ..Number::default()
            }),
            2 => Kind::YesNo(YesNo { list: LIST }),
            3 => Kind::Choice(Choice { list: LIST }),
            4 => Kind::Choices(Choices { list: LIST }),
            5 => Kind::Text(Text { max_length: 10 }),
            6 => Kind::Date(Date {}),
            _ => Kind::Computed(Computed { gives: Type::Number }),
        };
        let has_options = kind.list().is_some();
        let computed = !kind.answered();
        let need = (need > 0 && !computed).then(|| Need {
            ask: (need == 1).then(|| "Say so".to_owned()),
        });
        let needed = need.is_some();
        let node = self.node(
            parent,
            scope,
            Body::Field(Field {
                kind,
                need,
                read_only: false,
            }),
        );
        if computed {
            let seed = more.map_or(7, |(_, seed)| seed);
            self.rule(node, Aspect::Value, &|names| number(names, seed));
        }
        self.condition(node, Aspect::Shown, shown);
        match more {
            Some((0, seed)) if needed => self.condition(node, Aspect::Required, Some(seed)),
            Some((1, seed)) if !computed => self.condition(node, Aspect::ReadOnly, Some(seed)),
            Some((2, seed)) => self.check(node, seed),
            Some((3, seed)) if has_options => {
                self.condition(node, Aspect::Offered((seed % 3) as u16), Some(seed / 3))
            }
            _ => {}
        }
        if label {
            let name = self.expr(node, "if 1 = 1 then \"x\" else \"y\"");
            let pieces = vec![
                Piece::Text("About ".into()),
                Piece::Value(self.expr(node, &number(&self.readable(node), 3))),
                Piece::Value(name),
            ];
            let formula = Formula::Text(Template(pieces));
            self.parts.rules.push(Rule {
                target: node,
                aspect: Aspect::Label,
                formula,
            });
        }
    }

    fn condition(&mut self, node: NodeId, aspect: Aspect, seed: Option<u32>) {
        if let Some(seed) = seed {
            self.rule(node, aspect, &|names| truth(names, seed, 2));
        }
    }

    fn check(&mut self, node: NodeId, seed: u32) {
        let severity = [
            Severity::Submit,
            Severity::Warn,
            Severity::Nudge,
            Severity::Approve,
        ][seed as usize % 4];
        let value = self.expr(node, &number(&self.readable(node), seed / 5));
        let message = Template(vec![Piece::Text("It is ".into()), Piece::Value(value)]);
        let check: CheckId = self.parts.checks.push(Check {
            severity,
            message,
            concept: None,
        });
        self.rule(node, Aspect::Check(check), &|names| truth(names, seed, 2));
    }

    fn rule(&mut self, target: NodeId, aspect: Aspect, text: &dyn Fn(&[Readable]) -> String) {
        let text = text(&self.readable(target));
        let formula = Formula::Expr(self.expr(target, &text));
        self.parts.rules.push(Rule {
            target,
            aspect,
            formula,
        });
    }

    fn expr(&self, at: NodeId, text: &str) -> feel::Expr {
        let parsed = feel::parse(text);
        let checked = feel::check(
            &parsed.tree,
            &Scoped {
                parts: &self.parts,
                at,
            },
            None,
        );
        let errors: Vec<_> = parsed.diagnostics.iter().chain(&checked.diagnostics).collect();
        assert!(errors.is_empty(), "{text}: {errors:?}");
        checked.expr
    }

    /// What an expression at a node may read: fields before it in its own and outer scopes, and finished repeats.
    fn readable(&self, at: NodeId) -> Vec<Readable> {
        let around = |scope: ScopeId| {
            let own = self.parts.nodes.at(at).scope;
            std::iter::successors(Some(own), |&s| self.parts.scopes.at(s).parent).any(|s| s == scope)
        };
        let mut found = Vec::new();
        for (id, node) in self.parts.nodes.iter() {
            match &node.body {
                Body::Field(field) if id < at && around(node.scope) => {
                    found.push(Readable {
                        text: format!("n{}", id.0),
                        ty: field.kind.value_type(),
                        of: None,
                    });
                }
                Body::Field(field) if id < at => {
                    let rows = self.parts.scopes.at(node.scope).rows.unwrap();
                    if self.closed.contains(&rows) && around(self.parts.nodes.at(rows).scope) {
                        let of = Some(format!("n{}", rows.0));
                        found.push(Readable {
                            text: format!("n{}", id.0),
                            ty: field.kind.value_type(),
                            of,
                        });
                    }
                }
                _ => {}
            }
        }
        found
    }
}

struct Readable {
    text: String,
    ty: Type,
    of: Option<String>,
}

/// A text that gives a boolean or null.
fn truth(names: &[Readable], seed: u32, depth: u32) -> String {
    let (pick, rest) = (seed as usize, seed / 7);
    if depth > 0 && seed.is_multiple_of(5) {
        let (left, right) = (truth(names, rest, depth - 1), truth(names, rest / 3, depth - 1));
        return match seed % 3 {
            0 => format!("({left} and {right})"),
            1 => format!("({left} or {right})"),
            _ => format!("not({left})"),
        };
    }
    let Some(name) = names.get(pick % names.len().max(1)) else {
        return seed.is_multiple_of(2).to_string();
    };
    let code = ["a", "b", "c"][rest as usize % 3];
    let simple = |text: &str| match &name.ty {
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
fn number(names: &[Readable], seed: u32) -> String {
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

/// The names of a form under construction: `n7` is node 7.
struct Scoped<'a> {
    parts: &'a Parts,
    at: NodeId,
}

impl Scoped<'_> {
    fn binding(&self, name: &str) -> Option<Binding> {
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
