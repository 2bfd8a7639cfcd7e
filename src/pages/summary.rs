//! Questions with their answers, to be read: before sending, while deciding, and ever after.

use leptos::prelude::*;

use super::head::mark;
use super::telling::age;
use super::telling::answers::{Answered, Entry, Part, Told, Voice};
use crate::widgets::told;

/// What a page adds to each answer: a link to change it, a button to comment on it, what was said of it.
#[derive(Clone, Default)]
pub(crate) struct Beside {
    /// Below the answer.
    pub(crate) below: Option<AnswerView>,
    /// At the end of its row.
    pub(crate) action: Option<AnswerView>,
    /// In place of the answer, where something must be done about it.
    pub(crate) gap: Option<AnswerView>,
}

/// Makes something of an answer, where there is something to make.
pub(crate) type AnswerView = std::sync::Arc<dyn Fn(&Answered) -> Option<AnyView> + Send + Sync>;

/// A page of a record on a card, with the answers on it.
pub(crate) fn part(part: &Part, beside: &Beside) -> AnyView {
    part_with(part, beside, None)
}

/// As [`part`], with something more at its end.
pub(crate) fn part_with(part: &Part, beside: &Beside, more: Option<AnyView>) -> AnyView {
    let id = heading_id(part);
    let answers = (answers(&part.entries, beside, 3), more);
    let Some(child) = &part.child else {
        return view! {
            <section class="card flow" aria-labelledby=id>
                <div class="card-head"><h2 id=id.clone() tabindex="-1">{part.title.clone()}</h2></div>
                {answers}
            </section>
        }
        .into_any();
    };
    view! {
        <section class="card child flow" aria-labelledby=id>
            <div class="child-head">
                <span class="child-mark" aria-hidden="true">{mark(&child.first_name)}</span>
                <div>
                    <h2 id=id.clone() tabindex="-1">{part.title.clone()}</h2>
                    {age::birth(child).map(|born| view! { <p class="child-facts">{born}</p> })}
                </div>
            </div>
            {answers}
        </section>
    }
    .into_any()
}

/// The id of a part's heading, to lead to it.
pub(crate) fn heading_id(part: &Part) -> String {
    match &part.key.child {
        Some(child) => format!("part-{}-{child}", part.key.section),
        None => format!("part-{}", part.key.section),
    }
}

/// Answers in lists, and groups of them under headings of this rank.
fn answers(entries: &[Entry], beside: &Beside, rank: u8) -> AnyView {
    let runs = entries.chunk_by(|one, other| is_answer(one) && is_answer(other));
    let lists = runs.map(|run| match run {
        [
            Entry::Group {
                title,
                entries: inner,
            },
        ] => {
            let heading = match rank {
                3 => view! { <h3>{title.clone()}</h3> }.into_any(),
                4 => view! { <h4>{title.clone()}</h4> }.into_any(),
                _ => view! { <h5>{title.clone()}</h5> }.into_any(),
            };
            view! { <div class="flow tight">{heading}{answers(inner, beside, rank + 1)}</div> }.into_any()
        }
        run => {
            let rows = run.iter().filter_map(|entry| match entry {
                Entry::Answer(answered) => Some(row(answered, beside)),
                Entry::Group { .. } => None,
            });
            view! { <dl class="summary">{rows.collect_view()}</dl> }.into_any()
        }
    });
    lists.collect_view().into_any()
}

fn is_answer(entry: &Entry) -> bool {
    matches!(entry, Entry::Answer(_))
}

fn row(answered: &Answered, beside: &Beside) -> AnyView {
    let make = |view: &Option<AnswerView>| view.as_ref().and_then(|view| view(answered));
    let answer = make(&beside.gap).unwrap_or_else(|| told(&answered.told));
    let style = match (answered.voice, answered.told.is_long()) {
        (Some(Voice::Shown), _) => "summary-row long shown",
        (Some(Voice::Understanding), _) => "summary-row long understood",
        (_, true) => "summary-row long",
        (_, false) => "summary-row",
    };
    let whose = match answered.voice.filter(|_| answered.told != Told::Nothing) {
        Some(Voice::Shown) => Some("What was seen"),
        Some(Voice::Understanding) => Some("The worker’s view"),
        Some(Voice::Words) | None => None,
    };
    let whose = whose.map(|whose| view! { <p class="summary-whose">{whose}</p> });
    view! {
        <div class=style>
            <dt class="summary-key">{answered.question.clone()}</dt>
            <dd class="summary-answer">{whose}{answer}{make(&beside.below)}</dd>
            {make(&beside.action).map(|action| view! { <dd class="summary-action">{action}</dd> })}
        </div>
    }
    .into_any()
}

/// A question and an answer that are no part of a record.
pub(crate) fn fact(question: impl IntoView, answer: impl IntoView) -> AnyView {
    view! {
        <div class="summary-row">
            <dt class="summary-key">{question.into_view()}</dt>
            <dd class="summary-answer">{answer.into_view()}</dd>
        </div>
    }
    .into_any()
}
