//! A small form, made by hand: one note that is needed, one plan that is not, whether each child was seen, and
//! files.

use form::kinds::{Attachment, Text, YesNo};
use form::{
    About, Body, Clock, Code, CodeList, Field, Form, Kind, Migration, Name, Need, Node, NodeId, Parts,
    Repeat, Scope, ScopeId, Span, Stage, Table, Voice,
};

pub(crate) fn small_form(version: u32, title: &str) -> Form {
    small_form_with(version, title, ["plan", "seen"], Vec::new())
}

/// The same with other names for the plan and for whether a child was seen, and with what becomes of earlier answers.
pub(crate) fn small_form_with(
    version: u32,
    title: &str,
    [plan, seen]: [&str; 2],
    migrations: Vec<Migration>,
) -> Form {
    let text = Kind::Text(Text { max_length: 200 });
    let yes_no = Kind::YesNo(YesNo {
        list: form::Id::at(0),
    });
    let nodes = vec![
        node("visit", None, 0, Body::Group),
        node("note", Some(0), 0, question(text.clone(), true)),
        node(plan, Some(0), 0, question(text, false)),
        node(
            "children",
            None,
            0,
            Body::Rows(Repeat {
                scope: ScopeId(1),
                for_each_child: true,
                min: 0,
                max: 20,
            }),
        ),
        node("child", Some(3), 1, Body::Row),
        node(seen, Some(4), 1, question(yes_no, false)),
        node("papers", None, 0, Body::Group),
        node(
            "files",
            Some(6),
            0,
            question(Kind::Attachment(Attachment { most: 5 }), false),
        ),
    ];
    let code = |code: &str| Code {
        code: code.into(),
        label: code.to_owned(),
        ..Code::default()
    };
    let parts = Parts {
        name: name("small_visit"),
        version,
        title: title.to_owned(),
        summary: None,
        about: About::Children,
        voice: Voice::None,
        stages: vec![Stage {
            role: name("team_manager"),
            within: Some(Span::WorkingDays(2)),
            term: None,
        }],
        clocks: Vec::<Clock>::new(),
        variant: None,
        packs: Vec::new(),
        migrations,
        lists: Table::from(vec![CodeList {
            name: None,
            codes: ["yes", "no"].map(code).into(),
        }]),
        scopes: Table::from(vec![
            Scope {
                parent: None,
                rows: None,
            },
            Scope {
                parent: Some(ScopeId(0)),
                rows: Some(NodeId(3)),
            },
        ]),
        nodes: Table::from(nodes),
        checks: Table::default(),
        rules: Table::default(),
    };
    Form::from_parts(parts).unwrap()
}

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn question(kind: Kind, required: bool) -> Body {
    Body::Field(Field {
        kind,
        need: required.then(Need::default),
        read_only: false,
    })
}

fn node(text: &str, parent: Option<u32>, scope: u32, body: Body) -> Node {
    Node {
        name: name(text),
        parent: parent.map(NodeId),
        scope: ScopeId(scope),
        label: text.to_owned(),
        hint: None,
        help: None,
        concept: None,
        body,
    }
}
