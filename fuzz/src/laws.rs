//! Laws of what is told and made, whichever target looks at it.

use std::sync::Arc;

use compiler::{Compiled, Diagnostic, Sources};
use engine::Session;
use form::{Answers, Form};

use crate::filling;

/// What is told stands inside its file and between characters, has words of one line, and can be shown.
pub fn are_well_told(diagnostics: &[Diagnostic], sources: &Sources) {
    for told in diagnostics {
        let labels = told.labels.iter().map(|label| label.place);
        for place in labels.chain([told.place]) {
            let marked = sources.text(place.file).get(place.span.range());
            assert!(marked.is_some(), "{told:?} stands nowhere");
        }
        let is_line = !told.message.is_empty() && !told.message.contains('\n');
        assert!(is_line && !told.message.ends_with('.'), "badly told: {told:?}");
        assert!(!told.render(sources).to_string().is_empty());
    }
}

/// Everything that is compiled is told well, and each form of it is the same once kept, and can be opened.
pub fn is_well_compiled(compiled: &Compiled, sources: &Sources) {
    are_well_told(&compiled.diagnostics, sources);
    for made in &compiled.forms {
        let kept = Form::from_json(made.form.to_json());
        assert_eq!(kept.as_ref(), Ok(&made.form), "the form is another once kept");
        assert_eq!(kept.map(|kept| kept.hash()), Ok(made.form.hash()));
        let form = Arc::new(made.form.clone());
        let session = Session::new(form, filling::env(), &Answers::default());
        filling::told(&session);
    }
}
