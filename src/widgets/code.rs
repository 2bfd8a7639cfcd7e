//! `code`: one of a long list, found by typing.

use std::sync::{Arc, OnceLock};

use feel::ListId;
use form::{Answer, CodeList, Form, kinds};
use leptos::prelude::*;

use super::combobox::{Combobox, MOST, Match, combobox};
use super::paper::Question;
use super::parts::Wire;
use super::search::Index;
use super::shell;

/// A list to be searched. It may have thousands of entries, so they are put in order once somebody types, not before.
struct Lookup {
    form: Arc<Form>,
    list: ListId,
    index: OnceLock<Index>,
}

impl Lookup {
    fn list(&self) -> &CodeList {
        self.form.lists.at(self.list)
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let codes = self.list().codes.iter();
            Index::new(codes.map(|code| (code.code.as_str(), code.label.as_str())))
        })
    }

    fn find(&self, typed: &str) -> Vec<Match> {
        let codes = &self.list().codes;
        let found = self.index().find(typed, MOST).into_iter();
        let found = found.filter_map(|at| codes.get(at)).map(|code| Match {
            key: code.code.to_string(),
            label: code.label.clone(),
            note: code.hint.clone(),
        });
        found.collect()
    }

    /// The code of the one entry that was typed in full.
    fn exactly(&self, typed: &str) -> Option<String> {
        let code = self.list().codes.get(self.index().exactly(typed)?)?;
        Some(code.code.to_string())
    }
}

/// A box that finds what is typed in a list.
pub(super) fn widget(question: &Question, kind: &kinds::Code) -> AnyView {
    let lookup = Arc::new(Lookup {
        form: question.paper.form.clone(),
        list: kind.list,
        index: OnceLock::new(),
    });
    let view = question.view;
    let typed = {
        let lookup = lookup.clone();
        move || {
            view.with(|view| match &view.answer {
                Some(Answer::Code(code)) => lookup.list().label(code).to_owned(),
                Some(Answer::Text(text)) => text.clone(),
                _ => String::new(),
            })
        }
    };
    let (typing, choosing, leaving) = (question.clone(), question.clone(), question.clone());
    let leave = {
        let lookup = lookup.clone();
        move || {
            if let Some(Answer::Text(text)) = leaving.answered()
                && let Some(code) = lookup.exactly(&text)
            {
                leaving.answer(Some(Answer::Code(code)));
            }
        }
    };
    let control = combobox(
        question,
        Combobox {
            id: question.id.to_string(),
            described_by: shell::described_by(question, &["count"]),
            wire: Wire {
                typed: Arc::new(typed),
                typing: Arc::new(move |text| typing.answer(Some(Answer::Text(text)))),
            },
            find: Arc::new(move |typed| lookup.find(typed)),
            choose: Arc::new(move |chosen| {
                choosing.answer(Some(Answer::Code(chosen.key)));
                choosing.judge();
            }),
            leave: Arc::new(leave),
        },
    );
    shell::labelled(question, control)
}
