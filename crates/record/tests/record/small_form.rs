//! A home visit in a few questions, compiled by hand: conditions, checks of three severities, a block for each child,
//! and a repeat within a repeat. It has two later versions, each of which changes what happened before it.

use std::sync::Arc;

use feel::{Binding, EntityKind, ListId, Names, Resolved, Slot, Type};
use form::kinds::{Attachment, Choice, Date, LongText, Note, Number, Quote, Text, YesNo};
use form::{
    About, Address, Aspect, Body, Check, CheckId, Clock, Code, CodeList, Field, Form, Formula, Kind, Mapping,
    Meaning, Migration, Name, Need, Node, NodeId, Parts, Repeat, Rule, Scope, ScopeId, Severity, Span, Stage,
    Table, Template, Voice,
};

/// The form, with these stages of sign-off.
pub(crate) fn small_form(stages: &[&str]) -> Arc<Form> {
    small_form_in(1, stages, Vec::new())
}

/// Its three versions, with these stages of sign-off.
///
/// The second calls the visitors callers and the plan steps, has another code for "partly", does not ask why, and has
/// one more check before all others. The third asks why again, which is another question, and not how many hours.
pub(crate) fn versions(stages: &[&str]) -> [Arc<Form>; 3] {
    let rename = |old: &str, new: &str| Mapping::Rename {
        old: at(old),
        new: at(new),
    };
    let second = Migration {
        from: 1,
        steps: vec![
            rename("visit.visitors", "visit.callers"),
            rename("next.plan", "next.steps"),
            Mapping::Recode {
                at: at("visit.outcome"),
                old: "partly".into(),
                new: "some".into(),
            },
            Mapping::Drop { at: at("visit.why") },
        ],
    };
    let third = Migration {
        from: 2,
        steps: vec![Mapping::Drop {
            at: at("visit.hours"),
        }],
    };
    [
        small_form(stages),
        small_form_in(2, stages, vec![second.clone()]),
        small_form_in(3, stages, vec![second, third]),
    ]
}

fn at(text: &str) -> Address {
    text.parse().unwrap()
}

/// A version of the form that does this with the answers of those before it.
pub(crate) fn small_form_in(version: u32, stages: &[&str], migrations: Vec<Migration>) -> Arc<Form> {
    let or = |first: &'static str, later: &'static str| if version == 1 { first } else { later };
    let stages = stages.iter().map(|role| Stage {
        role: name(role),
        within: Some(Span::WorkingDays(2)),
        term: None,
    });
    let mut draft = Draft {
        stages: stages.collect(),
        ..Draft::default()
    };
    draft.list(&["completed", or("partly", "some"), "no_answer"]);
    draft.list(&["yes", "no"]);

    let visit = draft.group("visit", None);
    let date = draft.question("date", visit, Kind::Date(Date::default()), true);
    let outcome = draft.question("outcome", visit, Kind::Choice(Choice { list: ListId(0) }), true);
    if version != 2 {
        let words = LongText {
            max_length: 2_000,
            rows: 4,
        };
        let why = draft.question("why", visit, Kind::LongText(words), false);
        draft.rule(why, Aspect::Shown, "outcome = no_answer");
    }
    if version > 1 {
        draft.check(outcome, Severity::Nudge, "outcome != null", "Say how it went");
    }
    if version < 3 {
        let hours = Number {
            min: None,
            max: None,
            decimals: 1,
            unit: None,
        };
        let hours = draft.question("hours", visit, Kind::Number(hours), false);
        draft.check(
            hours,
            Severity::Warn,
            "hours <= 8",
            "Check the hours: it was a long visit",
        );
    }
    draft.question("advice", visit, Kind::Note(Note {}), false);
    let imported = draft.question("imported", visit, Kind::Text(Text { max_length: 100 }), false);
    draft.read_only(imported);

    let visitors = draft.rows(or("visitors", "callers"), visit, false);
    draft.question("name", visitors, Kind::Text(Text { max_length: 100 }), false);
    let children = draft.rows("remarks", visitors, false);
    draft.question("text", children, Kind::Text(Text { max_length: 100 }), false);

    let children = draft.rows("children", None, true);
    let seen = draft.question("seen", children, Kind::YesNo(YesNo { list: ListId(1) }), true);
    draft.question("words", children, Kind::Quote(Quote {}), false);

    let next = draft.group("next", None);
    let plan = draft.question(
        or("plan", "steps"),
        next,
        Kind::LongText(LongText {
            max_length: 2_000,
            rows: 4,
        }),
        false,
    );

    draft.question("files", next, Kind::Attachment(Attachment { most: 5 }), false);

    draft.clocks.push(Clock {
        name: name("write_up"),
        label: "Write up".to_owned(),
        starts: date,
        when: None,
        due: Span::WorkingDays(2),
        term: None,
    });
    draft.rule(outcome, Aspect::Required, "true");
    draft.check(
        seen,
        Severity::Submit,
        "not(seen = yes and outcome = no_answer)",
        "Check who was seen",
    );
    draft.check(
        plan,
        Severity::Approve,
        or("plan != null", "steps != null"),
        "Say what happens next",
    );
    draft.form(version, migrations)
}

pub(crate) fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

#[derive(Default)]
struct Draft {
    stages: Vec<Stage>,
    clocks: Vec<Clock>,
    lists: Table<ListId, CodeList>,
    scopes: Vec<Scope>,
    nodes: Vec<Node>,
    checks: Vec<Check>,
    rules: Vec<Rule>,
}

impl Draft {
    fn list(&mut self, codes: &[&str]) {
        let code = |code: &&str| Code {
            code: (*code).into(),
            label: (*code).to_owned(),
            ..Code::default()
        };
        self.lists.push(CodeList {
            name: None,
            codes: codes.iter().map(code).collect(),
        });
    }

    fn node(&mut self, text: &str, parent: Option<NodeId>, scope: ScopeId, body: Body) -> NodeId {
        let label = text.to_owned();
        self.nodes.push(Node {
            name: name(text),
            parent,
            scope,
            label,
            hint: None,
            help: None,
            concept: None,
            body,
        });
        NodeId(u32::try_from(self.nodes.len()).unwrap() - 1)
    }

    fn scope_in(&mut self, parent: Option<NodeId>) -> ScopeId {
        if self.scopes.is_empty() {
            self.scopes.push(Scope {
                parent: None,
                rows: None,
            });
        }
        parent.map_or(ScopeId(0), |parent| self.nodes[parent.0 as usize].scope)
    }

    fn group(&mut self, text: &str, parent: Option<NodeId>) -> Option<NodeId> {
        let scope = self.scope_in(parent);
        Some(self.node(text, parent, scope, Body::Group))
    }

    fn question(&mut self, text: &str, parent: Option<NodeId>, kind: Kind, required: bool) -> NodeId {
        let scope = self.scope_in(parent);
        let need = required.then(Need::default);
        self.node(
            text,
            parent,
            scope,
            Body::Field(Field {
                kind,
                need,
                read_only: false,
            }),
        )
    }

    fn read_only(&mut self, node: NodeId) {
        let Body::Field(field) = &mut self.nodes[node.0 as usize].body else {
            panic!("no question")
        };
        field.read_only = true;
    }

    fn rows(&mut self, text: &str, parent: Option<NodeId>, for_each_child: bool) -> Option<NodeId> {
        let around = self.scope_in(parent);
        let scope = ScopeId(u32::try_from(self.scopes.len()).unwrap());
        let repeat = Repeat {
            scope,
            for_each_child,
            min: 0,
            max: 3,
        };
        let rows = self.node(text, parent, around, Body::Rows(repeat));
        self.scopes.push(Scope {
            parent: Some(around),
            rows: Some(rows),
        });
        Some(self.node("row", Some(rows), scope, Body::Row))
    }

    fn rule(&mut self, target: NodeId, aspect: Aspect, text: &str) {
        let parsed = feel::parse(text);
        let checked = feel::check(&parsed.tree, self, Some(&Type::Boolean));
        assert_eq!(
            (&parsed.diagnostics[..], &checked.diagnostics[..]),
            (&[][..], &[][..]),
            "{text}"
        );
        self.rules.push(Rule {
            target,
            aspect,
            formula: Formula::Expr(checked.expr),
        });
    }

    fn check(&mut self, target: NodeId, severity: Severity, text: &str, message: &str) {
        let check = CheckId(u32::try_from(self.checks.len()).unwrap());
        self.checks.push(Check {
            severity,
            message: Template::plain(message),
            concept: None,
        });
        self.rule(target, Aspect::Check(check), text);
    }

    fn form(self, version: u32, migrations: Vec<Migration>) -> Arc<Form> {
        let parts = Parts {
            name: name("small_visit"),
            version,
            title: "Small visit".to_owned(),
            summary: None,
            about: About::Children,
            voice: Voice::None,
            stages: self.stages,
            clocks: self.clocks,
            variant: None,
            packs: Vec::new(),
            migrations,
            lists: self.lists,
            scopes: Table::from(self.scopes),
            nodes: Table::from(self.nodes),
            checks: Table::from(self.checks),
            rules: Table::from(self.rules),
        };
        Arc::new(Form::from_parts(parts).unwrap())
    }
}

/// Every question goes by its own name, from wherever it is read.
impl Names for Draft {
    fn name(&self, path: &[&str]) -> Resolved {
        let index = self
            .nodes
            .iter()
            .position(|node| path.first() == Some(&node.name.as_str()));
        let Some(index) = index else {
            return Resolved::Missing;
        };
        let Body::Field(field) = &self.nodes[index].body else {
            return Resolved::Missing;
        };
        let slot: Slot = Meaning::Node(NodeId(u32::try_from(index).unwrap())).slot();
        Resolved::Found {
            binding: Binding {
                slot,
                ty: field.kind.value_type(),
            },
            used: 1,
        }
    }

    fn property(&self, _: EntityKind, _: &str) -> Option<Binding> {
        None
    }

    fn has_code(&self, list: ListId, code: &str) -> bool {
        self.lists.at(list).find(code).is_some()
    }

    fn suggest(&self) -> Vec<String> {
        Vec::new()
    }

    fn properties(&self, _: EntityKind) -> Vec<String> {
        Vec::new()
    }

    fn codes(&self, _: ListId) -> Vec<String> {
        Vec::new()
    }

    fn entity_name(&self, _: EntityKind) -> String {
        "entry".to_owned()
    }

    fn list_name(&self, _: ListId) -> String {
        "list".to_owned()
    }
}
