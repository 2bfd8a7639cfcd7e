//! Options to choose from, one or several: cards that can be hit anywhere. Shared by the kinds that choose.

use engine::View;
use form::{Answer, Code, CodeList};
use leptos::prelude::*;

use super::focus::focus_first;
use super::paper::Question;

/// How many options may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// One of them.
    One,
    /// Any number of them.
    Many,
    /// The only one there is, or not.
    Lone,
}

/// The most letters that an option beside others may have.
const SHORT: usize = 14;

/// The options of a list.
pub(super) fn options(question: &Question, list: &CodeList, chosen: Chosen) -> AnyView {
    let style = if are_short(list) { "choices row" } else { "choices" };
    let before = std::iter::once(None).chain(list.codes.iter().map(Some));
    let options = before
        .zip(&list.codes)
        .enumerate()
        .flat_map(|(index, (before, code))| {
            let parts = before.is_some_and(|before| before.alone != code.alone);
            let or =
                (chosen == Chosen::Many && parts).then(|| view! { <p class="choice-or">"or"</p> }.into_any());
            or.into_iter().chain([option(question, index, code, chosen)])
        });
    let clear = (chosen == Chosen::One).then(|| clear(question));
    view! { <div class=style>{options.collect_view()}</div> {clear} }.into_any()
}

fn option(question: &Question, index: usize, code: &Code, chosen: Chosen) -> AnyView {
    let id = question.part(&(index + 1).to_string());
    let hint_id = format!("{id}-hint");
    let view = question.view;
    let own = code.code.clone();
    let is_chosen = {
        let own = own.clone();
        move || view.with(|view| holds(view, &own))
    };
    let withheld = question.moves().offered.then(|| {
        let own = own.clone();
        move || view.with(|view| view.withheld.contains(&own) && !holds(view, &own))
    });
    let answer = {
        let question = question.clone();
        move |event| {
            let on = event_target_checked(&event);
            let list = question
                .paper
                .form
                .field(question.at.node)
                .and_then(|field| field.kind.list());
            let Some(list) = list else { return };
            question.answer(match chosen {
                Chosen::One | Chosen::Lone => on.then(|| Answer::Code(own.to_string())),
                Chosen::Many => Some(Answer::Codes(toggled(
                    question.list(list),
                    codes(question.answered().as_ref()),
                    &own,
                    on,
                ))),
            });
            question.judge();
        }
    };
    let hint = code.hint.clone().map(|hint| {
        view! { <span class="choice-hint" id=hint_id.clone()>{hint}</span> }
    });
    view! {
        <div class="choice" hidden=withheld>
            <input
                class="choice-input"
                type=match chosen { Chosen::One => "radio", Chosen::Many | Chosen::Lone => "checkbox" }
                name=question.id.to_string()
                id=id.clone()
                aria-describedby=code.hint.is_some().then_some(hint_id)
                disabled=question.locked()
                prop:checked=is_chosen
                on:change=answer
            />
            <label class="choice-label" for=id>{code.label.clone()}</label>
            {hint}
        </div>
    }
    .into_any()
}

/// A way back for whoever has chosen one where none need be: no radio button can be unchosen. Shared with `scale`.
pub(super) fn clear(question: &Question) -> AnyView {
    let view = question.view;
    let can =
        Memo::new(move |_| view.with(|view| view.answer.is_some() && !view.required && !view.read_only));
    let question = question.clone();
    let clear = move |_| {
        question.answer(None);
        // The button goes with the answer, so the focus goes back to the options.
        focus_first(&question.id);
    };
    let button = move || {
        let clear = clear.clone();
        can.get().then(|| {
            view! { <p class="field-do"><button class="button plain" type="button" on:click=clear>"Clear this answer"</button></p> }
        })
    };
    button.into_any()
}

fn are_short(list: &CodeList) -> bool {
    let is_short = |code: &Code| code.label.chars().count() <= SHORT && code.hint.is_none();
    list.codes.len() <= 3 && list.codes.iter().all(is_short)
}

fn holds(view: &View, code: &str) -> bool {
    match &view.answer {
        Some(Answer::Code(own)) => own == code,
        Some(Answer::Codes(codes)) => codes.iter().any(|own| own == code),
        _ => false,
    }
}

fn codes(answer: Option<&Answer>) -> &[String] {
    match answer {
        Some(Answer::Codes(codes)) => codes,
        _ => &[],
    }
}

/// The codes chosen once one more has been, or one fewer. They are in the order of the list; one that stands alone
/// takes the place of the others, and the others that of the one. A code that the list no longer has stays as it is.
fn toggled(list: &CodeList, chosen: &[String], code: &str, on: bool) -> Vec<String> {
    let is_alone = |code: &str| list.find(code).is_some_and(|entry| entry.alone);
    let stays = |other: &&String| *other != code && !(on && (is_alone(code) || is_alone(other)));
    let mut codes: Vec<String> = chosen.iter().filter(stays).cloned().collect();
    if on {
        codes.push(code.to_owned());
    }
    codes.sort_by_key(|code| list.position(code).unwrap_or(usize::MAX));
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> CodeList {
        let code = |code: &str, alone| Code {
            code: code.into(),
            label: code.into(),
            hint: None,
            alone,
        };
        CodeList {
            name: None,
            codes: vec![
                code("mother", false),
                code("father", false),
                code("aunt", false),
                code("nobody", true),
            ],
        }
    }

    fn after(chosen: &[&str], code: &str, on: bool) -> Vec<String> {
        let chosen: Vec<String> = chosen.iter().map(|&code| code.to_owned()).collect();
        toggled(&list(), &chosen, code, on)
    }

    #[test]
    fn codes_are_kept_in_the_order_of_the_list() {
        assert_eq!(after(&["aunt"], "mother", true), ["mother", "aunt"]);
        assert_eq!(after(&["mother", "aunt"], "mother", false), ["aunt"]);
        assert_eq!(after(&["gone"], "mother", true), ["mother", "gone"]);
        assert_eq!(after(&["mother"], "mother", true), ["mother"]);
    }

    #[test]
    fn what_stands_alone_and_the_others_take_each_others_place() {
        assert_eq!(after(&["mother", "aunt"], "nobody", true), ["nobody"]);
        assert_eq!(after(&["nobody"], "father", true), ["father"]);
        assert_eq!(after(&["nobody"], "nobody", false), Vec::<String>::new());
    }
}
