//! What the names in a case mean: a question, section or row of the form, by its name or by the names that lead to it.

use compiler::{Code, Diagnostic, Place};
use form::{Body, Form, NodeId, RowKey, ScopeId};

use crate::suite::Spot;

/// Where a line of a case stands: in the record, in the part about a child, or in a row.
#[derive(Clone)]
pub(crate) struct Here {
    /// What is known there. About a child there may be several sections.
    scopes: Vec<ScopeId>,
    pub(crate) keys: Vec<RowKey>,
}

/// Why a name means nothing.
pub(crate) enum Unknown {
    /// There is no such thing here; with what to do.
    Missing(Option<String>),
    /// It could be any of these.
    Ambiguous(Vec<String>),
}

impl Here {
    /// The record itself.
    pub(crate) fn record() -> Self {
        Self {
            scopes: vec![ScopeId(0)],
            keys: Vec::new(),
        }
    }

    /// The parts of the form that are about this child.
    pub(crate) fn child(form: &Form, key: RowKey) -> Self {
        let rows = form.nodes.values().filter_map(|node| match &node.body {
            Body::Rows(repeat) if repeat.for_each_child => Some(repeat.scope),
            _ => None,
        });
        Self {
            scopes: rows.collect(),
            keys: vec![key],
        }
    }

    /// A row of a repeat that stands here.
    pub(crate) fn row(&self, scope: ScopeId, key: RowKey) -> Self {
        let mut keys = self.keys.clone();
        keys.push(key);
        Self {
            scopes: vec![scope],
            keys,
        }
    }

    /// What a name means here.
    pub(crate) fn find(&self, form: &Form, name: &str) -> Result<Spot, Unknown> {
        let parts: Vec<&str> = name.split('.').collect();
        let mut found = Vec::new();
        for (node, _) in form
            .nodes
            .iter()
            .filter(|(_, node)| self.scopes.contains(&node.scope))
        {
            let path = path(form, node);
            if path == parts {
                return Ok(self.spot(node));
            }
            if leads_to(&parts, &path) {
                found.push((node, path.join(".")));
            }
        }
        match found.as_slice() {
            [(only, _)] => Ok(self.spot(*only)),
            [] => Err(Unknown::Missing(
                self.elsewhere(form, &parts).or_else(|| self.near(form, name)),
            )),
            _ => Err(Unknown::Ambiguous(
                found.into_iter().map(|(_, path)| path).collect(),
            )),
        }
    }

    fn spot(&self, node: NodeId) -> Spot {
        Spot {
            node,
            keys: self.keys.clone(),
        }
    }

    /// Where else the form has something of this name.
    fn elsewhere(&self, form: &Form, parts: &[&str]) -> Option<String> {
        let mut nodes = form.nodes.iter();
        let (_, node) = nodes
            .find(|(id, node)| !self.scopes.contains(&node.scope) && leads_to(parts, &path(form, *id)))?;
        let rows = form.scopes.at(node.scope).rows;
        let Some(rows) = rows else {
            return Some("it is asked once for the record: write it outside of these braces".to_owned());
        };
        let name = &form.nodes.at(rows).name;
        Some(match form.repeat(rows) {
            Some(repeat) if repeat.for_each_child => {
                "it is asked of each child: write it in the braces of `child …`".to_owned()
            }
            _ => format!("it is asked in each row of `{name}`: write it in the braces of `row {name} …`"),
        })
    }

    fn near(&self, form: &Form, name: &str) -> Option<String> {
        let here = form
            .nodes
            .values()
            .filter(|node| self.scopes.contains(&node.scope));
        feel::did_you_mean(name, here.map(|node| node.name.as_str()))
    }
}

impl Unknown {
    /// What to tell of the name.
    pub(crate) fn tell(self, name: &str, place: Place) -> Diagnostic {
        match self {
            Self::Missing(help) => {
                let message = format!("nothing is called `{name}` here");
                Diagnostic::new(Code::UnknownPlace, place, message).maybe_help(help)
            }
            Self::Ambiguous(paths) => {
                let message = format!("`{name}` could mean several things");
                let paths: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
                Diagnostic::new(Code::UnknownPlace, place, message)
                    .help(format!("write {}", paths.join(" or ")))
            }
        }
    }
}

/// The names that lead to a place. A row goes by the name of what it is a row of.
pub(crate) fn path(form: &Form, node: NodeId) -> Vec<&str> {
    let around = std::iter::successors(Some(node), |&id| form.nodes.at(id).parent);
    let named = around.filter(|&id| id == node || !matches!(form.nodes.at(id).body, Body::Row));
    let mut path: Vec<&str> = named.map(|id| form.nodes.at(id).name.as_str()).collect();
    if matches!(form.nodes.at(node).body, Body::Row) {
        path.remove(0);
    }
    path.reverse();
    path
}

/// Do these names lead to the place with that path? The last is its own; of those before, some may be left out.
fn leads_to(parts: &[&str], path: &[&str]) -> bool {
    let (Some((own, before)), Some((last, around))) = (parts.split_last(), path.split_last()) else {
        return false;
    };
    let mut around = around.iter();
    own == last && before.iter().all(|part| around.any(|name| name == part))
}

#[cfg(test)]
mod tests {
    use super::leads_to;

    #[test]
    fn a_name_may_leave_out_what_it_stands_in() {
        let path = ["children", "voice", "words"];
        for parts in [&["words"][..], &["voice", "words"], &["children", "words"], &path] {
            assert!(leads_to(parts, &path), "{parts:?}");
        }
        for parts in [
            &["voice"][..],
            &["words", "voice"],
            &["voice", "children", "words"],
            &["x", "words"],
            &[],
        ] {
            assert!(!leads_to(parts, &path), "{parts:?}");
        }
    }
}
