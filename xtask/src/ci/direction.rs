//! Which crate may depend on which, held to what cargo says of them.
//!
//! `feel <- form <- {compiler, engine} <- {record, cases, handbook} <- {wire, editor} <- store <- server <- {cli,
//! conformance} <- fuzz`, and the app above `wire`: an arrow never points back, nothing depends on the app but the page
//! that measures it, and what runs in a browser pulls in nothing that cannot. Tests may use what they like.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};

use crate::workspace::{APP, BENCH, Metadata, WASM};

/// The crates from the bottom to the top. A crate may depend on those of the lines above its own.
const LAYERS: [&[&str]; 9] = [
    &["feel"],
    &["form"],
    &["compiler", "engine"],
    &["record", "cases", "handbook"],
    &["wire", "editor"],
    &["store", APP],
    &["server"],
    &["cli", "conformance"],
    &["fuzz"],
];
/// Measures the app with forms that it compiles itself, so it uses the app and the compiler. Nothing uses it.
const ABOVE_APP: &str = BENCH;
/// How many of the layers are pure: without input and output, so that they run anywhere.
const PURE: usize = 5;
/// Builds all the others, and uses none of them.
const TOOL: &str = "xtask";
/// What must not be found beneath a crate.
struct Ban {
    /// Crates of this workspace, beyond those that [`LAYERS`] rules out.
    own: &'static [&'static str],
    /// Packages from elsewhere; each name stands also for those that begin with it and a hyphen or an underscore.
    families: &'static [&'static str],
}

const BENEATH_PURE: Ban = Ban {
    own: &[],
    families: &["tokio", "sqlx", "leptos", "axum"],
};
/// The app's build script may use the compiler; the app may not.
const BENEATH_APP: Ban = Ban {
    own: &["compiler"],
    families: &["tokio", "sqlx", "axum"],
};

/// The crates without input and output.
pub(super) fn pure() -> impl Iterator<Item = &'static str> {
    LAYERS.into_iter().take(PURE).flatten().copied()
}

/// Looks at the workspace as the browser's target sees it, and as this machine does.
pub(super) fn check() -> Result<String> {
    let native = Graph::of(&Metadata::read_locked()?);
    let browser = Graph::of(&Metadata::read_locked_for(WASM)?);
    let mut faults = native.backward_arrows();
    faults.extend(native.beneath_pure());
    faults.extend(browser.beneath_app());
    if !faults.is_empty() {
        bail!("{}", faults.join("\n   "));
    }
    Ok(format!(
        "{} crates, and no arrow points back",
        native.members.len()
    ))
}

/// Who uses whom, by package id.
#[derive(Default)]
struct Graph {
    names: BTreeMap<String, String>,
    members: BTreeSet<String>,
    /// What becomes part of a package.
    parts: BTreeMap<String, Vec<String>>,
    /// What a package's build script uses.
    builds: BTreeMap<String, Vec<String>>,
}

impl Graph {
    fn of(metadata: &Metadata) -> Self {
        let mut graph = Self {
            names: metadata
                .packages
                .iter()
                .map(|package| (package.id.clone(), package.name.clone()))
                .collect(),
            members: metadata.workspace_members.iter().cloned().collect(),
            ..Self::default()
        };
        for node in &metadata.resolve.nodes {
            let of_kind = |wanted: Option<&str>| {
                let uses = node
                    .deps
                    .iter()
                    .filter(|used| used.dep_kinds.iter().any(|kind| kind.kind.as_deref() == wanted));
                uses.map(|used| used.pkg.clone()).collect::<Vec<_>>()
            };
            graph.parts.insert(node.id.clone(), of_kind(None));
            graph.builds.insert(node.id.clone(), of_kind(Some("build")));
        }
        graph
    }

    fn name<'graph>(&'graph self, id: &'graph str) -> &'graph str {
        self.names.get(id).map_or(id, String::as_str)
    }

    /// Dependencies between members, for the program or for its build, that do not go down.
    fn backward_arrows(&self) -> Vec<String> {
        let layer = |name: &str| LAYERS.iter().position(|layer| layer.contains(&name));
        let mut faults = Vec::new();
        for member in &self.members {
            let name = self.name(member);
            let own = layer(name);
            if own.is_none() && ![TOOL, ABOVE_APP].contains(&name) {
                faults.push(format!(
                    "`{name}` has no layer; give it one in xtask/src/ci/direction.rs"
                ));
            }
            let uses = self
                .parts
                .get(member)
                .into_iter()
                .chain(self.builds.get(member))
                .flatten();
            for used in uses
                .filter(|used| self.members.contains(*used))
                .map(|used| self.name(used))
            {
                let is_below = match name {
                    TOOL => false,
                    ABOVE_APP => layer(used) <= layer(APP),
                    _ => used != APP && (own.is_none() || layer(used) < own),
                };
                if !is_below || [ABOVE_APP, TOOL].contains(&used) {
                    faults.push(format!("`{name}` must not depend on `{used}`"));
                }
            }
        }
        faults
    }

    /// Banned packages beneath the pure crates.
    fn beneath_pure(&self) -> Vec<String> {
        pure()
            .flat_map(|name| self.banned_beneath(name, &BENEATH_PURE))
            .collect()
    }

    /// Banned packages beneath the app.
    fn beneath_app(&self) -> Vec<String> {
        self.banned_beneath(APP, &BENEATH_APP)
    }

    /// The banned packages among all that becomes part of a member, each with the path by which it gets there.
    fn banned_beneath(&self, member: &str, ban: &Ban) -> Vec<String> {
        let is_of = |family: &&str, name: &str| {
            name.strip_prefix(*family)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
        };
        let is_banned = |id: &str| match self.name(id) {
            own if self.members.contains(id) => ban.own.contains(&own),
            name => ban.families.iter().any(|family| is_of(family, name)),
        };
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<Vec<&str>> = self
            .members
            .iter()
            .filter(|id| self.name(id) == member)
            .map(|id| Vec::from([id.as_str()]))
            .collect();
        while let Some(path) = open.pop() {
            let Some(&last) = path.last() else { continue };
            if !seen.insert(last) {
                continue;
            }
            if path.len() > 1 && is_banned(last) {
                let names: Vec<&str> = path.iter().map(|id| self.name(id)).collect();
                faults.push(format!(
                    "`{}` has no place beneath `{member}`: {}",
                    self.name(last),
                    names.join(" -> ")
                ));
                continue;
            }
            for used in self.parts.get(last).into_iter().flatten() {
                open.push(path.iter().copied().chain([used.as_str()]).collect());
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace of these members, where each pair is a dependency for the program; `build:` before the second name
    /// makes it one for the build. Names that are not members come from elsewhere.
    fn graph(members: &[&str], uses: &[(&str, &str)]) -> Graph {
        let mut graph = Graph {
            members: members.iter().map(|&name| name.to_owned()).collect(),
            ..Graph::default()
        };
        for &(user, used) in uses {
            let (kind, used) = match used.strip_prefix("build:") {
                Some(used) => (&mut graph.builds, used),
                None => (&mut graph.parts, used),
            };
            kind.entry(user.to_owned()).or_default().push(used.to_owned());
        }
        graph
    }

    #[test]
    fn arrows_that_go_down_are_right() {
        let members = [
            "feel", "form", "compiler", "engine", "record", "wire", "store", "server", "cli", APP, BENCH,
            TOOL,
        ];
        let uses = [
            ("form", "feel"),
            ("engine", "form"),
            ("record", "engine"),
            ("server", "store"),
            (APP, "wire"),
            (APP, "build:compiler"),
            (APP, "leptos"),
            ("server", "tokio"),
            (TOOL, "anyhow"),
            (BENCH, APP),
            (BENCH, "compiler"),
        ];
        let graph = graph(&members, &uses);
        assert_eq!(graph.backward_arrows(), [""; 0]);
        assert_eq!(graph.beneath_pure(), [""; 0]);
        assert_eq!(graph.beneath_app(), [""; 0]);
    }

    #[test]
    fn an_arrow_back_or_aside_is_a_fault() {
        for (user, used) in [
            ("feel", "form"),
            ("engine", "compiler"),
            ("wire", "store"),
            ("server", APP),
            ("cli", APP),
            (APP, "server"),
            ("form", "build:engine"),
            (TOOL, "form"),
            ("server", TOOL),
            ("cli", BENCH),
            (APP, BENCH),
            (BENCH, "server"),
            (TOOL, BENCH),
        ] {
            let graph = graph(&[user, used.trim_start_matches("build:")], &[(user, used)]);
            assert_eq!(graph.backward_arrows().len(), 1, "{user} -> {used}");
        }
    }

    #[test]
    fn a_member_without_a_layer_is_a_fault() {
        assert_eq!(graph(&["misc"], &[]).backward_arrows().len(), 1);
    }

    #[test]
    fn a_banned_package_is_found_however_deep_and_with_its_path() {
        let uses = [
            ("wire", "record"),
            ("record", "clock"),
            ("clock", "tokio-util"),
            ("tokio-util", "tokio"),
        ];
        let faults = graph(&["wire", "record"], &uses).beneath_pure();
        assert_eq!(
            faults,
            [
                "`tokio-util` has no place beneath `record`: record -> clock -> tokio-util",
                "`tokio-util` has no place beneath `wire`: wire -> record -> clock -> tokio-util",
            ]
        );
    }

    #[test]
    fn a_name_that_only_resembles_a_banned_one_is_not() {
        assert_eq!(graph(&["feel"], &[("feel", "tokiota")]).beneath_pure(), [""; 0]);
    }

    #[test]
    fn the_compiler_is_not_in_the_app() {
        let uses = [(APP, "record"), ("record", "compiler")];
        let faults = graph(&[APP, "record", "compiler"], &uses).beneath_app();
        assert_eq!(
            faults,
            [format!(
                "`compiler` has no place beneath `{APP}`: {APP} -> record -> compiler"
            )]
        );
    }
}
