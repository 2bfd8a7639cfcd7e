//! What is already known, beside what one writes or reads: who the children are, what is due, what happened so far.

use engine::Subject;
use feel::Date;
use leptos::prelude::*;
use record::{Due, Left, State};

use super::telling::{age, checks, day, due, trail};

/// Parts of what is known, each under its heading; nothing if there are none.
pub(crate) fn known(parts: Vec<(&'static str, AnyView)>) -> AnyView {
    if parts.is_empty() {
        return ().into_any();
    }
    let parts = parts.into_iter().map(|(title, inner)| {
        view! { <section class="known-part"><h2 class="known-title">{title}</h2>{inner}</section> }
    });
    view! { <aside class="known flow" aria-label="What you already know">{parts.collect_view()}</aside> }
        .into_any()
}

/// A deadline: what is due, how much time is left, and by when.
pub(crate) struct Deadline {
    /// What is due: "Write up".
    pub(crate) what: String,
    /// When.
    pub(crate) due: Due,
    /// How much time is left.
    pub(crate) left: Left,
}

/// Deadlines, for [`known`].
pub(crate) fn deadlines(deadlines: &[Deadline], today: Date) -> AnyView {
    let deadlines = deadlines.iter().map(|deadline| {
        view! {
            <li>
                <p class="clock-name">{deadline.what.clone()}</p>
                <p>{tag(due::style(deadline.left), deadline.left.to_string())}</p>
                <p class="clock-due">{due::by(deadline.due, today)}</p>
            </li>
        }
    });
    view! { <ul class="clocks" role="list">{deadlines.collect_view()}</ul> }.into_any()
}

/// The children a record is about, for [`known`].
pub(crate) fn children(children: &[Subject], today: Date) -> AnyView {
    let children = children.iter().map(|child| {
        view! {
            <li>
                <p class="clock-name">{child.full_name()}</p>
                <p class="clock-due">
                    {day::capital(&age::age(child, today))}
                    {age::birth(child).map(|born| format!(". {born}"))}
                </p>
            </li>
        }
    });
    view! { <ul class="clocks" role="list">{children.collect_view()}</ul> }.into_any()
}

/// What happened to a record, for [`known`].
pub(crate) fn trail(state: &State, today: Date) -> AnyView {
    let steps = trail::trail(state).into_iter().map(|step| {
        let when = day::moment(step.at, today);
        let who = step
            .by
            .map_or_else(|| when.clone(), |by| format!("{}, {when}", by.name));
        view! {
            <li class="trail-step">
                <p class="trail-what">{step.what}</p>
                <p class="trail-who">{who}</p>
            </li>
        }
    });
    view! { <ol class="trail" role="list">{steps.collect_view()}</ol> }.into_any()
}

/// What a manager looks for, for [`known`].
pub(crate) fn checks(checks: &[checks::Check]) -> AnyView {
    let checks = checks.iter().map(|check| {
        let (style, said) = if check.met {
            ("check met", ": yes.")
        } else {
            ("check look", ": look at this.")
        };
        let shows = (!check.shows.is_empty())
            .then(|| view! { " " <span class="check-shows">{check.shows.clone()}</span> });
        view! { <li class=style>{check.what}<span class="unseen">{said}</span>{shows}</li> }
    });
    view! { <ul class="checks" role="list">{checks.collect_view()}</ul> }.into_any()
}

/// A state in a word or two.
pub(crate) fn tag(style: &'static str, words: impl IntoView) -> AnyView {
    let style = if style.is_empty() {
        "tag".to_owned()
    } else {
        format!("tag {style}")
    };
    view! { <span class=style>{words.into_view()}</span> }.into_any()
}
