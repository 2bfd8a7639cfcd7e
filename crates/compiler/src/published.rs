//! The list of published forms: what each version was, so that none of them changes unnoticed.
//!
//! A line is a form's name, its version and its hash. The list only grows.

use form::Form;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::line::Report;
use crate::sources::Sources;

/// The name of the file that lists the published forms.
pub(crate) const FILE: &str = "published.lock";

/// One published version of a form.
struct Entry<'s> {
    name: &'s str,
    version: u32,
    hash: &'s str,
    place: Place,
}

/// The published versions of all forms.
#[derive(Default)]
pub(crate) struct Published<'s> {
    entries: Vec<Entry<'s>>,
}

impl<'s> Published<'s> {
    /// Reads the list.
    pub(crate) fn read(sources: &'s Sources, report: &mut Report) -> Self {
        let mut published = Self::default();
        let lists = sources
            .iter()
            .filter(|(_, path, _)| path.rsplit('/').next() == Some(FILE));
        for (file, _, text) in lists {
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                let content = line.trim_end();
                let place = Place {
                    file,
                    span: (start..start + content.len()).into(),
                };
                start += line.len();
                if content.is_empty() || content.starts_with('#') {
                    continue;
                }
                match entry(content, place) {
                    Some(entry) => published.entries.push(entry),
                    None => {
                        let message = "this line is no published form";
                        let help = "a line is the name of a form, its version and its hash";
                        report.push(Diagnostic::new(Code::BadPublished, place, message).help(help));
                    }
                }
            }
        }
        published
    }

    /// Tells if a form was changed without raising its version. `version` is where that is written.
    pub(crate) fn check(&self, form: &Form, version: Place, report: &mut Report) {
        let own = self
            .entries
            .iter()
            .filter(|entry| entry.name == form.name.as_str());
        let Some(last) = own.clone().max_by_key(|entry| entry.version) else {
            return;
        };
        let hash = form.hash().to_string();
        if form.version < last.version {
            let message = format!("version {} of this form is published already", last.version);
            let diagnostic =
                Diagnostic::new(Code::PublishedChanged, version, message).label(last.place, "here");
            report.push(diagnostic.help(format!("write `version={}`", last.version + 1)));
        } else if let Some(same) = own
            .clone()
            .find(|entry| entry.version == form.version && entry.hash != hash)
        {
            let message = format!(
                "version {} of this form is published, and this is not how it was",
                form.version
            );
            let help = format!(
                "write `version={}`; only if nobody has used the published one, let its line be `{} {} {hash}`",
                form.version + 1,
                form.name,
                form.version
            );
            let diagnostic =
                Diagnostic::new(Code::PublishedChanged, version, message).label(same.place, "published here");
            report.push(diagnostic.help(help));
        }
    }
}

fn entry(line: &str, place: Place) -> Option<Entry<'_>> {
    let mut words = line.split_ascii_whitespace();
    let (name, version, hash) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
    let well_made = words.next().is_none() && hash.parse::<form::FormHash>().is_ok();
    well_made.then_some(Entry {
        name,
        version,
        hash,
        place,
    })
}
