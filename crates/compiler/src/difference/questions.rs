//! Compares the places of two versions of a form: which are gone, new, moved, or take other answers.

use std::collections::BTreeMap;

use form::{Body, CodeList, Field, Form, Kind, Node, NodeId, Widening, recode};

use super::{Class, Found, Now, names_of, path_of};

/// Compares every place. Gives the new place of each old one that is still there.
pub(super) fn compare(found: &mut Found<'_>) -> BTreeMap<NodeId, NodeId> {
    let mut pairs = BTreeMap::new();
    for (id, node) in found.old.nodes.iter() {
        if matches!(node.body, Body::Row) {
            continue;
        }
        match found.now(id) {
            Now::At(now) => {
                let other = pairs.iter().find(|(_, known)| **known == now);
                if let (Some((&other, _)), true) = (other, takes_answers(node)) {
                    let what = format!("would go where the answers of `{}` go", path_of(found.old, other));
                    let at = path_of(found.old, id);
                    found.push(Class::Breaking, &at, what);
                }
                pairs.insert(id, now);
                if let (Some(&row), Some(&now)) = (row(found.old, id), row(found.new, now)) {
                    pairs.insert(row, now);
                }
                place(found, id, now);
            }
            Now::Dropped if takes_answers(node) => {
                let at = path_of(found.old, id);
                found.push(
                    Class::Migrated,
                    &at,
                    "is gone, and its answers are not taken along",
                );
            }
            Now::Gone if takes_answers(node) => {
                let at = path_of(found.old, id);
                let what = "is gone, and its answers would be lost; say in `migrate` where they go with `rename`, or \
                    that they may be lost with `drop`";
                found.push(Class::NeedsMigration, &at, what);
            }
            Now::Dropped | Now::Gone => {}
        }
    }
    for (id, node) in found.new.nodes.iter() {
        if !pairs.values().any(|&known| known == id) && !matches!(node.body, Body::Row) {
            added(found, id, node);
        }
    }
    pairs
}

/// The row of a repeat or per-child section.
fn row(form: &Form, node: NodeId) -> Option<&NodeId> {
    form.repeat(node)?;
    form.inside(node).first()
}

/// Does the place hold answers, or rows that people add?
fn takes_answers(node: &Node) -> bool {
    match &node.body {
        Body::Field(field) => field.kind.answered(),
        Body::Rows(repeat) => !repeat.for_each_child,
        Body::Group | Body::Row => false,
    }
}

fn added(found: &mut Found<'_>, id: NodeId, node: &Node) {
    let what = match &node.body {
        Body::Field(field) if field.need.is_some() => {
            "is new, and may have to be answered before an open record can be sent"
        }
        _ => "is new",
    };
    let at = path_of(found.new, id);
    found.push(Class::Safe, &at, what);
}

/// Compares an old place with what it is now.
fn place(found: &mut Found<'_>, old: NodeId, new: NodeId) {
    let at = path_of(found.old, old);
    let (was, is) = (found.old.nodes.at(old), found.new.nodes.at(new));
    let now_at = path_of(found.new, new);
    if at != now_at && takes_answers(was) {
        found.push(Class::Migrated, &at, format!("is `{now_at}` now"));
    }
    if rows_around(found.old, old) != rows_around(found.new, new) && takes_answers(was) {
        found.push(
            Class::Breaking,
            &at,
            "stands in other rows now, so nobody can tell where its answers belong",
        );
    }
    match (&was.body, &is.body) {
        (Body::Field(was), Body::Field(is)) => field(found, &at, (old, was), is),
        (Body::Rows(was), Body::Rows(is)) => {
            if was.for_each_child != is.for_each_child {
                found.push(
                    Class::Breaking,
                    &at,
                    "has other rows now: those of children, or those that people add",
                );
            } else if is.max < was.max {
                let what = format!("takes {} rows now, and could take {}", is.max, was.max);
                found.push(Class::Breaking, &at, what);
            } else if (was.min, was.max) != (is.min, is.max) {
                found.push(Class::Safe, &at, "has another number of rows");
            }
        }
        (Body::Group, Body::Group) => {}
        _ => found.push(
            Class::Breaking,
            &at,
            "is something else now: a section, a repeat or a question",
        ),
    }
    words(found, &at, was, is);
}

/// Compares what people read, and what a place means elsewhere.
fn words(found: &mut Found<'_>, at: &str, was: &Node, is: &Node) {
    if was.label != is.label {
        found.push(Class::Safe, at, format!("reads “{}” now", is.label));
    }
    if was.hint != is.hint || was.help != is.help {
        found.push(Class::Safe, at, "has another hint or other guidance");
    }
    match (&was.concept, &is.concept) {
        (None, Some(concept)) => {
            found.push(Class::Safe, at, format!("means `{concept}` outside the form now"))
        }
        (Some(concept), None) => {
            found.push(
                Class::Breaking,
                at,
                format!("does not mean `{concept}` outside the form any more"),
            );
        }
        (Some(was), Some(is)) if was != is => {
            found.push(
                Class::Breaking,
                at,
                format!("meant `{was}` outside the form, and means `{is}` now"),
            );
        }
        _ => {}
    }
}

/// Compares two questions.
fn field(found: &mut Found<'_>, at: &str, (node, was): (NodeId, &Field), is: &Field) {
    if was.kind.name() != is.kind.name() {
        let what = format!("was a `{}`, and is a `{}` now", was.kind.name(), is.kind.name());
        match Widening::between(&was.kind, &is.kind) {
            Some(Widening::AsEntered) => found.push(Class::Safe, at, what),
            Some(Widening::OneOfSeveral) => {
                let what = format!("{what}; an answer is taken along as the only one of several");
                found.push(Class::Safe, at, what);
            }
            None => found.push(Class::Breaking, at, what),
        }
    } else if settings(&was.kind) != settings(&is.kind) {
        found.push(
            Class::Safe,
            at,
            "has other settings; an answer that they do not allow must be mended",
        );
    }
    if was.need != is.need {
        let what = match (&was.need, &is.need) {
            (None, Some(_)) => "may have to be answered now",
            (Some(_), None) => "need not be answered any more",
            _ => "asks for an answer in other words",
        };
        found.push(Class::Safe, at, what);
    }
    let lists = was.kind.list().zip(is.kind.list());
    if let Some((old, new)) = lists {
        let (old, new) = (found.old.lists.at(old), found.new.lists.at(new));
        options(found, at, node, old, new);
    }
}

/// The settings of a kind but for the list that it chooses from, whose number means nothing elsewhere.
fn settings(kind: &Kind) -> Option<String> {
    kind.list().is_none().then(|| format!("{kind:?}"))
}

/// Compares the options of a question.
fn options(found: &mut Found<'_>, at: &str, node: NodeId, old: &CodeList, new: &CodeList) {
    let path = names_of(found.old, node);
    let (mut gone, mut kept) = (Vec::new(), Vec::new());
    for option in &old.codes {
        let code = recode(found.steps.iter().copied(), path.clone(), &option.code);
        let Some(now) = new.find(&code) else {
            gone.push(format!("`{}`", option.code));
            continue;
        };
        kept.push(now.code.clone());
        if code != option.code {
            found.push(
                Class::Migrated,
                at,
                format!("the option `{}` is `{code}` now", option.code),
            );
        } else if now.label != option.label {
            found.push(
                Class::Safe,
                at,
                format!("the option `{code}` reads “{}” now", now.label),
            );
        }
        if !option.alone && now.alone {
            let what = format!("the option `{code}` cannot be chosen with others any more");
            found.push(Class::Safe, at, what);
        }
    }
    if !gone.is_empty() {
        let what = format!(
            "lacks {} now, which an answer may hold; say in `migrate` with `recode` what each becomes",
            gone.join(", ")
        );
        found.push(Class::NeedsMigration, at, what);
    }
    let fresh = new.codes.iter().filter(|option| !kept.contains(&option.code));
    let fresh: Vec<String> = fresh.map(|option| format!("`{}`", option.code)).collect();
    if !fresh.is_empty() {
        found.push(Class::Safe, at, format!("offers {} too", fresh.join(", ")));
    }
}

/// Of the rows around a place: are they those of children?
fn rows_around(form: &Form, node: NodeId) -> Vec<bool> {
    let around = std::iter::successors(form.nodes.at(node).parent, |&id| form.nodes.at(id).parent);
    around
        .filter_map(|id| form.repeat(id))
        .map(|repeat| repeat.for_each_child)
        .collect()
}
