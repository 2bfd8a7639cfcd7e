//! The app's shell: the page, the script that starts it and the service worker, each made from its source in
//! `index.html` and `src/shell/` by writing the built files' addresses into it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use crate::dist::{self, Dist};
use crate::parts::Later;

/// How the name of a part that is loaded later begins.
pub(crate) const LATER: &str = "later-";

/// What the page is made of.
pub(crate) struct Parts {
    /// The style sheet.
    pub(crate) style: String,
    /// wasm-bindgen's JavaScript.
    pub(crate) script: String,
    /// What of the app is there first.
    pub(crate) wasm: Vec<u8>,
    /// What of it is fetched later.
    pub(crate) later: Later,
    /// Whether the page reloads itself when there is a newer build.
    pub(crate) reloads: bool,
}

/// Adds the page and all that it names, then the service worker that keeps every file added so far.
pub(crate) fn add(dist: &mut Dist, root: &Path, parts: Parts) -> Result<()> {
    let sources = root.join("src/shell");
    let source = |name: &str| {
        let path = sources.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };

    let style = dist.add_by_content("style", "css", parts.style);
    let script = add_scripts(dist, parts.script, parts.later)?;
    let wasm = dist.add_by_content("app", "wasm", parts.wasm);
    let mut start = format!(
        "import init from {};\nconst WASM = {};\n",
        json!(script),
        json!(wasm)
    );
    if parts.reloads {
        let reload = dist.add_by_content("reload", "js", source("reload.js")?);
        start.push_str(&format!("import {};\n", json!(reload)));
    }
    start.push_str(&source("start.js")?);
    let start = dist.add_by_content("start", "js", start);

    for name in ["icon.svg", "app.webmanifest"] {
        dist.add(name, source(name)?);
    }
    let template = fs::read_to_string(root.join("index.html")).context("cannot read index.html")?;
    let addresses = [
        ("style.css", &*style),
        ("app.js", &*script),
        ("app.wasm", &*wasm),
        ("start.js", &*start),
    ];
    let page = fill(&template, &addresses).context("in index.html")?;

    // The worker knows the page by the address that people open.
    let files: Vec<String> = dist.addresses().chain(["/".to_owned()]).collect();
    dist.add("index.html", page);
    let build = json!({ "version": dist.version(), "files": files });
    dist.add(
        "service_worker.js",
        format!("const BUILD = {build};\n{}", source("service_worker.js")?),
    );
    Ok(())
}

/// Adds the app's script, its later parts and the script that fetches them, and gives the first's address. The two
/// scripts name each other, so that both are named by what both consist of: no build can come by another's parts.
fn add_scripts(dist: &mut Dist, mut script: String, later: Later) -> Result<String> {
    let mut loader = later.loader;
    for (part, wasm) in later.parts {
        let stem = format!("{LATER}{}", part.trim_start_matches("split_"));
        let address = dist.add_by_content(&stem, "wasm", wasm);
        name(&mut loader, &format!("{part}.wasm"), &address)?;
    }
    let both = dist::hash([script.as_bytes(), loader.as_bytes()]);
    let address = |stem: &str| format!("/assets/{stem}-{both}.js");
    name(&mut loader, "app.js", &address("app"))?;
    name(&mut script, "parts.js", &address("parts"))?;
    for (stem, text) in [("parts", loader), ("app", script)] {
        dist.add(address(stem).trim_start_matches('/'), text);
    }
    Ok(address("app"))
}

/// Writes a file's address into a script in place of the name that the file had beside it.
fn name(script: &mut String, file: &str, address: &str) -> Result<()> {
    let beside = format!("from \"./{file}\"");
    let fetched = format!("new URL(\"./{file}\"");
    ensure!(
        script.contains(&beside) || script.contains(&fetched),
        "no script names {file}"
    );
    *script = script
        .replace(&beside, &format!("from {}", json!(address)))
        .replace(&fetched, &format!("new URL({}", json!(address)));
    Ok(())
}

/// Replaces each `{{name}}` in the template by its value.
///
/// # Errors
/// A name without a value, a value without a place, or braces that never close: a page that lacks a part would
/// fail only in the browser.
fn fill(template: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else {
            bail!("`{{{{` without `}}}}`")
        };
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else {
            bail!("nothing is named `{name}`");
        };
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    if let Some((name, _)) = values
        .iter()
        .find(|(name, _)| !template.contains(&format!("{{{{{name}}}}}")))
    {
        bail!("`{{{{{name}}}}}` has no place");
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::Compression;
    use crate::workspace;

    fn built(style: &str, reloads: bool) -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let parts = Parts {
            style: style.into(),
            script: "import * as parts from \"./parts.js\"; export default 1".into(),
            wasm: vec![0],
            later: Later {
                loader:
                    "import { initSync } from \"./app.js\"; fetch(new URL(\"./check.wasm\", import.meta.url))"
                        .into(),
                parts: vec![("check".to_owned(), vec![1])],
            },
            reloads,
        };
        let mut dist = Dist::default();
        dist.add("forms/home_visit.json", "{}");
        add(&mut dist, workspace::root(), parts).unwrap();
        dist.write(folder.path(), Compression::None).unwrap();
        let worker = fs::read_to_string(folder.path().join("service_worker.js")).unwrap();
        (folder, worker)
    }

    /// The `BUILD` that stands on a service worker's first line.
    fn build_of(worker: &str) -> serde_json::Value {
        let line = worker.lines().next().unwrap();
        serde_json::from_str(
            line.strip_prefix("const BUILD = ")
                .unwrap()
                .strip_suffix(';')
                .unwrap(),
        )
        .unwrap()
    }

    #[test]
    fn the_worker_keeps_every_file_but_itself_and_the_manifest() {
        let (folder, worker) = built("", false);
        let mut kept: Vec<String> = serde_json::from_value(build_of(&worker)["files"].take()).unwrap();
        let manifest = fs::read_to_string(folder.path().join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        let mut listed: Vec<String> = manifest["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| format!("/{}", file["path"].as_str().unwrap()))
            .filter(|address| address != "/service_worker.js")
            .map(|address| {
                if address == "/index.html" {
                    "/".into()
                } else {
                    address
                }
            })
            .collect();
        kept.sort();
        listed.sort();
        assert_eq!(kept, listed);
        assert!(
            kept.contains(&"/forms/home_visit.json".to_owned()),
            "forms open without a network: {kept:?}"
        );
    }

    #[test]
    fn any_change_makes_a_new_worker() {
        let version = |style| build_of(&built(style, false).1)["version"].clone();
        assert_eq!(version("a{}"), version("a{}"));
        assert_ne!(version("a{}"), version("b{}"));
    }

    #[test]
    fn the_page_has_no_inline_script_or_style_and_names_only_files_that_are_there() {
        let (folder, _) = built("", true);
        let page = fs::read_to_string(folder.path().join("index.html")).unwrap();
        assert!(!page.contains("<style") && !page.contains(" style="), "{page}");
        for script in page.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').unwrap();
            assert!(
                tag.contains("src=") && rest.starts_with("</script>"),
                "<script{tag}>"
            );
        }
        let addresses: Vec<&str> = page.split(['"']).filter(|text| text.starts_with('/')).collect();
        assert!(addresses.len() >= 6, "{addresses:?}");
        for address in addresses {
            assert!(
                folder.path().join(&address[1..]).is_file(),
                "{address} is not in the build"
            );
        }
    }

    #[test]
    fn only_a_development_build_reloads() {
        let reloads = |reloads| built("", reloads).1.contains("reload-");
        assert!(reloads(true));
        assert!(!reloads(false));
    }

    #[test]
    fn a_template_and_its_values_must_match() {
        assert_eq!(fill("<a href={{x}}>", &[("x", "/y")]).unwrap(), "<a href=/y>");
        for (template, reason) in [
            ("{{x}} {{z}}", "nothing is named `z`"),
            ("none", "`{{x}}` has no place"),
            ("{{x}} {{", "`{{` without `}}`"),
        ] {
            assert_eq!(fill(template, &[("x", "/y")]).unwrap_err().to_string(), reason);
        }
    }
}
