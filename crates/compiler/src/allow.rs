//! What definitions allow: warnings that someone has looked at and lets be, with the reason why.

use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::kdl::{Document, Node};
use crate::line::{Line, Report};
use crate::sources::FileId;
use crate::span::Span;
use crate::vocabulary::Key;

/// What all files allow.
pub(crate) struct Allowances {
    all: Vec<Allowance>,
}

/// That warnings of one code are allowed in some place.
struct Allowance {
    code: Code,
    /// Where the code is named.
    place: Place,
    /// What it is about: the block it stands in.
    about: Span,
    is_used: bool,
}

impl Allowances {
    /// Reads what the files allow, and tells of what cannot be allowed.
    pub(crate) fn read(documents: &[(FileId, Document)], report: &mut Report) -> Self {
        let mut all = Vec::new();
        for (file, document) in documents {
            let mut waiting: Vec<Node<'_>> = document.nodes().collect();
            while let Some(node) = waiting.pop() {
                let is_allow = node.name().get() == Key::Allow.name() && !node.is_broken();
                match node.parent().filter(|_| is_allow) {
                    Some(about) => all.extend(allowance(node, about.span(), *file, report)),
                    None => waiting.extend(node.children()),
                }
            }
        }
        Self { all }
    }

    /// Is this a warning that is allowed where it stands?
    pub(crate) fn allow(&mut self, told: &Diagnostic) -> bool {
        if told.is_error() {
            return false;
        }
        let Place { file, span } = told.place;
        let about_it = self.all.iter_mut().filter(|allowance| {
            let within = allowance.about.start <= span.start && span.end <= allowance.about.end;
            allowance.code == told.code && allowance.place.file == file && within
        });
        // One may allow what another around it allows as well: both were right to.
        about_it.map(|allowance| allowance.is_used = true).count() > 0
    }

    /// What allows nothing: the warning that it was about is gone, or was never there.
    pub(crate) fn unused(&self) -> impl Iterator<Item = Diagnostic> {
        self.all
            .iter()
            .filter(|allowance| !allowance.is_used)
            .map(|allowance| {
                let message = format!("there is no `{}` here to allow", allowance.code);
                Diagnostic::new(Code::UnusedAllow, allowance.place, message).help("delete this line")
            })
    }
}

fn allowance(node: Node<'_>, about: Span, file: FileId, report: &mut Report) -> Option<Allowance> {
    let mut line = Line::new(node, file, report);
    line.no_block();
    let code = line.words("the code of a warning");
    let reason = code.is_some().then(|| line.words("the reason")).flatten();
    if let Some(reason) = &reason
        && reason.as_str().trim().is_empty()
    {
        let message = "the reason is blank";
        line.tell(Diagnostic::new(Code::MissingValue, reason.place(), message));
    }
    line.finish();
    let words = code?;
    let place = words.place();
    let known = Code::all().find(|code| code.as_str() == words.as_str());
    let diagnostic = match known {
        Some(code) if code.severity() == Severity::Warning => {
            return Some(Allowance {
                code,
                place,
                about,
                is_used: false,
            });
        }
        Some(code) => Diagnostic::new(
            Code::BadValue,
            place,
            format!("`{code}` is an error, and only warnings can be allowed"),
        ),
        None => {
            let message = format!("there is no warning `{}`", words.as_str());
            let warnings = Code::all().filter(|code| code.severity() == Severity::Warning);
            let help = feel::did_you_mean(words.as_str(), warnings.map(Code::as_str));
            Diagnostic::new(Code::UnknownValue, place, message).maybe_help(help)
        }
    };
    report.push(diagnostic);
    None
}
