//! Reads expressions and the texts they stand in, and tells what is wrong with them in the words of the form.

use std::ops::Range;

use feel::{Expr, Type};
use form::{NodeId, Piece, Template};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::line::{Report, Words};
use crate::names::Names;
use crate::outline::{Named, Outline, Wanted};
use crate::template::{self, LoneBrace, Stretch};

/// Reads the expressions of a form.
pub(crate) struct Reader<'o, 'd, 'r> {
    pub(crate) outline: &'o Outline<'d>,
    pub(crate) names: &'o Names<'o, 'd>,
    pub(crate) report: &'r mut Report,
}

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(crate) struct Site {
    /// What the names in it are seen from; nothing for the form itself.
    pub(crate) from: Option<NodeId>,
    /// Where the component that it came with is used.
    pub(crate) used_at: Option<Place>,
}

impl Wanted<'_> {
    /// Where it stands.
    pub(crate) fn site(&self) -> Site {
        Site {
            from: Some(self.target),
            used_at: self.used_at,
        }
    }
}

impl Named<'_> {
    /// Where it stands.
    pub(crate) fn site(&self) -> Site {
        Site {
            from: self.from,
            used_at: self.used_at,
        }
    }
}

impl Reader<'_, '_, '_> {
    /// Reads the expression in a part of a text.
    pub(crate) fn expression(
        &mut self,
        words: &Words<'_>,
        range: Range<usize>,
        site: Site,
        expected: Option<&Type>,
    ) -> Option<(Expr, Type)> {
        let text = words.as_str().get(range.clone()).unwrap_or_default();
        let parsed = feel::parse(text);
        let view = self.names.at(site.from);
        let checked = feel::check(&parsed.tree, &view, expected);
        let told = parsed.diagnostics.into_iter().chain(checked.diagnostics);
        self.tell_all(told, words, range.start, site)
            .then_some((checked.expr, checked.ty))
    }

    /// Reads a text with expressions in it.
    pub(crate) fn template(&mut self, words: &Words<'_>, site: Site) -> Option<Template> {
        let stretches = match template::stretches(words.as_str()) {
            Ok(stretches) => stretches,
            Err(LoneBrace(at)) => {
                let diagnostic = Diagnostic::new(
                    Code::BadPlaceholder,
                    words.part(at..at + 1),
                    "this brace has no partner",
                )
                .help("an expression stands in `{` and `}`; for a brace itself write `{{` or `}}`");
                self.tell(diagnostic, site);
                return None;
            }
        };
        let pieces = stretches.into_iter().map(|stretch| match stretch {
            Stretch::Text(text) => Some(Piece::Text(text)),
            Stretch::Expression(range) => {
                let (expr, ty) = self.expression(words, range.clone(), site, None)?;
                let place = words.part(range.clone());
                let readable = self.check_readable(&ty, site, place, IN_A_TEXT);
                readable.then(|| match ty.member() {
                    Type::Code(list) => Piece::Label(*list, expr),
                    _ => Piece::Value(expr),
                })
            }
        });
        // Each is read, even behind one that has an error.
        let pieces: Vec<Option<Piece>> = pieces.collect();
        pieces.into_iter().collect::<Option<Vec<Piece>>>().map(Template)
    }

    /// Is it a value that people can read? Tells if not.
    pub(crate) fn check_readable(&mut self, ty: &Type, site: Site, place: Place, what: Readable) -> bool {
        if (what.takes)(ty) {
            return true;
        }
        let shown = ty.describe(&self.names.at(site.from));
        let message = format!("{shown} cannot be shown {}", what.place);
        let help = match ty.member() {
            Type::Entity(_) => "name one of its properties, as in `child.first_name`",
            _ => "make a text or a number of it, as in `if … then \"…\" else \"…\"`",
        };
        self.tell(
            Diagnostic::new(Code::UnreadableValue, place, message).help(help),
            site,
        );
        false
    }

    pub(crate) fn tell(&mut self, diagnostic: Diagnostic, site: Site) {
        self.report.push(match site.used_at {
            Some(used_at) => diagnostic.label(used_at, "used here"),
            None => diagnostic,
        });
    }

    /// Tells what is wrong with an expression that begins at `offset` of a text. Is it sound all the same?
    pub(crate) fn tell_all(
        &mut self,
        diagnostics: impl Iterator<Item = feel::Diagnostic>,
        words: &Words<'_>,
        offset: usize,
        site: Site,
    ) -> bool {
        let mut sound = true;
        let mut unknown = false;
        for found in diagnostics {
            sound &= !found.is_error();
            let part = |span: Range<usize>| span.start + offset..span.end + offset;
            let mut help = found.help;
            if found.code == feel::Code::UnknownName {
                let written = words.as_str().get(part(found.span.clone())).unwrap_or_default();
                let path: Vec<&str> = written.split('.').map(str::trim).collect();
                help = self.names.explain(site.from, &path).or(help);
                // It may be one of the names that were lost, or an option of a question that is itself not known.
                if help.is_none() && (self.outline.lost_names || unknown && path.len() == 1) {
                    continue;
                }
                unknown = true;
            }
            let place = words.part(part(found.span));
            let mut diagnostic =
                Diagnostic::new(Code::Expression(found.code), place, found.message).maybe_help(help);
            for label in found.labels {
                diagnostic = diagnostic.label(words.part(part(label.span)), label.message);
            }
            self.tell(diagnostic, site);
        }
        sound
    }
}

/// Which values people can read in some place.
#[derive(Clone, Copy)]
pub(crate) struct Readable {
    place: &'static str,
    takes: fn(&Type) -> bool,
}

const IN_A_TEXT: Readable = Readable {
    place: "in a text",
    takes: |ty| match ty {
        Type::Any | Type::Null | Type::Text | Type::Number | Type::Date | Type::Code(_) => true,
        Type::List(member) => matches!(**member, Type::Code(_) | Type::Text),
        _ => false,
    },
};

pub(crate) const ANY_VALUE: Readable = Readable {
    place: "as a value",
    takes: |ty| !matches!(ty.member(), Type::Entity(_) | Type::Range(_) | Type::List(_)),
};
