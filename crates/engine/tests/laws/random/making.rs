//! From a recipe to a form.
//!
//! A form is built straight into its parts. An expression reads only what stands before it in the document, which
//! gives the rules a lawful order without the compiler.

use feel::{ListId, Type};
use form::kinds::{Choice, Choices, Computed, Date, Kind, Number, Text, YesNo};
use form::{
    About, Aspect, Body, Check, CheckId, Code, CodeList, Field, Form, Formula, Name, Need, Node, NodeId,
    Parts, Piece, Repeat, Rule, RulePack, Scope, ScopeId, Severity, Table, Template, Term, TermValue, Voice,
};

use super::expressions::{Readable, Scoped, default, number, truth};
use super::{Item, Recipe};

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
            variant: None,
            packs: packs(),
            migrations: vec![],
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

/// Two packs that say a number and a flag, each something else.
fn packs() -> Vec<RulePack> {
    let name = |name: &str| Name::new(name).unwrap();
    let pack = |called: &str, year, number: i64, flag| RulePack {
        name: name(called),
        title: called.to_owned(),
        from: feel::Date::new(year, 1, 1).unwrap(),
        terms: vec![
            Term {
                name: name("most"),
                value: TermValue::Number(number.into()),
            },
            Term {
                name: name("strict"),
                value: TermValue::Flag(flag),
            },
        ],
    };
    vec![pack("first", 2023, 1, false), pack("second", 2026, 3, true)]
}

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
            6 => Kind::Date(Date::default()),
            _ => Kind::Computed(Computed { gives: Type::Number }),
        };
        let has_options = kind.list().is_some();
        let asked = kind.clone();
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
            Some((4, seed)) if !computed => {
                self.rule(node, Aspect::Default, &|names| default(names, &asked, seed));
            }
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
