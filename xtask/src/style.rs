//! The style sheets of `style/`, joined into one in a stated order.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The order of the cascade: values, bare elements, the page, the widgets one by one, and paper last of all.
const ORDER: [&str; 5] = ["tokens.css", "base.css", "layout.css", "widgets", "print.css"];

/// Joins the style sheets below `folder` in [`ORDER`], a folder's own in order of name.
///
/// They are not minified: after brotli, comments and spaces are not worth a program that may read CSS wrongly.
///
/// # Errors
/// A file or folder that [`ORDER`] does not name: it would have no place in the cascade.
pub(crate) fn join(folder: &Path) -> Result<String> {
    for present in sorted(folder)? {
        let name = present
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !ORDER.contains(&name.as_str()) {
            bail!(
                "{} has no place in the cascade; give it one in xtask/src/style.rs",
                present.display()
            );
        }
    }
    let mut joined = String::new();
    for place in ORDER.map(|name| folder.join(name)) {
        let sheets = if place.is_dir() {
            sorted(&place)?
        } else {
            Vec::from([place])
        };
        for sheet in sheets
            .iter()
            .filter(|sheet| sheet.extension().is_some_and(|ext| ext == "css") && sheet.exists())
        {
            let text =
                fs::read_to_string(sheet).with_context(|| format!("cannot read {}", sheet.display()))?;
            joined.push_str(&text);
            joined.push('\n');
        }
    }
    Ok(joined)
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format!("/* {file} */")).unwrap();
        }
        folder
    }

    #[test]
    fn sheets_come_in_the_order_of_the_cascade() {
        let folder = sheets(&[
            "print.css",
            "widgets/date.css",
            "base.css",
            "widgets/choice.css",
            "tokens.css",
        ]);
        assert_eq!(
            join(folder.path()).unwrap(),
            "/* tokens.css */\n/* base.css */\n/* widgets/choice.css */\n/* widgets/date.css */\n/* print.css */\n"
        );
    }

    #[test]
    fn a_sheet_without_a_place_is_an_error() {
        let folder = sheets(&["tokens.css", "extra.css"]);
        let refusal = join(folder.path()).unwrap_err().to_string();
        assert!(refusal.contains("extra.css"), "{refusal}");
    }
}
