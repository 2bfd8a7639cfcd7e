//! The compiled form as it is kept and sent: any bytes are refused, or are a form that can be filled in.

#![no_main]

use std::sync::Arc;

use engine::{Edit, Session};
use form::{Answer, Answers, Form, RowKey};
use fuzz::{filling, mutate};
use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| { mutate::json(data, size, max, seed) });

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(form) = Form::from_json(data) else {
        return Corpus::Reject;
    };
    assert_eq!(
        form.to_json(),
        data,
        "a form is named by the bytes that it was read from"
    );
    let again = Form::from_parts((*form).clone());
    assert_eq!(
        again.as_deref(),
        Ok(&*form),
        "its parts hang together, and yet they do not"
    );
    let mut session = Session::new(Arc::new(form), filling::env(), &Answers::default());
    filling::told(&session);
    for at in session.places() {
        let answer = Some(Answer::Text("1".to_owned()));
        let _ = session.apply(Edit::Answer { at, answer });
        if let Ok(key) = RowKey::new("a") {
            let _ = session.apply(Edit::AddRow {
                rows: at,
                key,
                before: None,
            });
        }
    }
    filling::told(&session);
    session.submission();
    Corpus::Keep
});
