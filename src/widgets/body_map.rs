//! `body_map`: a figure from the front and from the back on which places can be pressed, the same places in a list, and a
//! box at each that was picked.
//!
//! The figure is for whoever sees it and points; the list has every place of it, for the keyboard and for screen readers.

use form::{Answer, Code, kinds};
use leptos::prelude::*;

use super::focus::focus;
use super::paper::Question;
use super::parts::{Part, compound, part_box, part_id, write};
use super::shell;

/// A place on the figure: its code, and where it is drawn, as left, top, width and height. What stands off the middle is
/// drawn at its mirror image as well, for the other side, whose code comes second.
type Drawn = (&'static str, &'static str, [u16; 4]);

/// How wide the figure is.
const WIDTH: u16 = 200;

/// From the front the child's right is at the left of whoever looks.
const FRONT: [Drawn; 15] = [
    ("top_of_head", "", [80, 6, 40, 16]),
    ("face", "", [82, 23, 36, 36]),
    ("right_ear", "left_ear", [72, 30, 9, 18]),
    ("neck", "", [90, 60, 20, 13]),
    ("chest", "", [73, 74, 54, 46]),
    ("abdomen", "", [73, 121, 54, 42]),
    ("genitals", "", [86, 164, 28, 20]),
    ("right_shoulder", "left_shoulder", [48, 74, 24, 22]),
    ("right_upper_arm", "left_upper_arm", [44, 97, 20, 48]),
    ("right_forearm", "left_forearm", [38, 146, 18, 48]),
    ("right_palm", "left_palm", [33, 195, 20, 26]),
    ("right_thigh", "left_thigh", [70, 185, 28, 68]),
    ("right_knee", "left_knee", [71, 254, 25, 22]),
    ("right_shin", "left_shin", [71, 277, 24, 70]),
    ("right_foot", "left_foot", [62, 348, 33, 18]),
];

const BACK: [Drawn; 11] = [
    ("back_of_head", "", [80, 6, 40, 50]),
    ("back_of_neck", "", [90, 57, 20, 16]),
    ("upper_back", "", [66, 74, 68, 50]),
    ("lower_back", "", [73, 125, 54, 38]),
    ("buttocks", "", [72, 164, 56, 30]),
    ("left_arm_back", "right_arm_back", [44, 80, 20, 65]),
    ("left_forearm_back", "right_forearm_back", [38, 146, 18, 48]),
    ("left_hand_back", "right_hand_back", [33, 195, 20, 26]),
    ("left_thigh_back", "right_thigh_back", [71, 195, 27, 72]),
    ("left_calf", "right_calf", [71, 268, 24, 82]),
    ("left_heel", "right_heel", [68, 351, 27, 18]),
];

const SEEN: Part = Part {
    name: "seen",
    label: "What you saw: kind, size, colour, and what the child says of it",
    style: "input",
    keypad: "text",
};

/// The figure, the list, and what was picked.
pub(super) fn widget(question: &Question, kind: &kinds::BodyMap) -> AnyView {
    let codes = &question.list(kind.list).codes;
    let (front, back) = codes
        .split_at_checked(kinds::BodyMap::ON_FRONT)
        .unwrap_or((codes, &[]));
    let view = question.view;
    let picked = Memo::new(move |_| view.with(|view| picked(view.answer.as_ref())));
    let each = {
        let (question, list) = (question.clone(), kind.list);
        move |code: String| {
            let label = question.list(list).label(&code).to_owned();
            one(&question, &code, label)
        }
    };
    let controls = view! {
        <div class="body-map" aria-hidden="true">
            {figure(question, "Front", &FRONT, picked)}
            {figure(question, "Back", &BACK, picked)}
        </div>
        <details class="why">
            <summary class="why-ask" id=question.part("list")>"Choose places from a list"</summary>
            <div class="flow tight">{list(question, "Front", front, picked)}{list(question, "Back", back, picked)}</div>
        </details>
        <ol class="entries" role="list"><For each=move || picked.get() key=String::clone children=each/></ol>
    };
    shell::grouped(question, controls.into_any())
}

/// The figure from one side, for pointing at.
fn figure(question: &Question, title: &'static str, places: &[Drawn], picked: Memo<Vec<String>>) -> AnyView {
    let places = places
        .iter()
        .flat_map(|&(code, other, [left, top, width, height])| {
            let mirrored = [WIDTH - left - width, top, width, height];
            [(code, [left, top, width, height]), (other, mirrored)]
        });
    let places = places.filter(|(code, _)| !code.is_empty());
    let places = places.map(|(code, [left, top, width, height])| {
        let own = question.clone();
        let style = move || {
            if picked.with(|picked| picked.iter().any(|own| own == code)) {
                "body-place picked"
            } else {
                "body-place"
            }
        };
        view! {
            <rect
                class=style
                x=left
                y=top
                width=width
                height=height
                rx=width.min(height) / 3
                on:click=move |_| toggle(&own, code)
            />
        }
    });
    view! {
        <figure class="body-side">
            <svg viewBox="20 0 160 372" focusable="false">{places.collect_view()}</svg>
            <figcaption class="soft">{title}</figcaption>
        </figure>
    }
    .into_any()
}

/// The figure from both sides, with nothing marked, to be marked by hand.
pub(crate) fn outline() -> AnyView {
    let side = |title: &'static str, places: &[Drawn]| {
        let rects = places
            .iter()
            .flat_map(|&(_, other, place)| {
                let [left, top, width, height] = place;
                let mirrored = [WIDTH - left - width, top, width, height];
                std::iter::once(place).chain((!other.is_empty()).then_some(mirrored))
            })
            .map(|[left, top, width, height]| {
                view! { <rect class="body-place" x=left y=top width=width height=height rx=width.min(height) / 3/> }
            });
        view! {
            <figure class="body-side">
                <svg viewBox="20 0 160 372" aria-hidden="true">{rects.collect_view()}</svg>
                <figcaption class="soft">{title}</figcaption>
            </figure>
        }
    };
    (side("Front", &FRONT), side("Back", &BACK)).into_any()
}

/// The places of one side, to tick.
fn list(question: &Question, title: &'static str, codes: &[Code], picked: Memo<Vec<String>>) -> AnyView {
    let read_only = question.read_only();
    let options = codes.iter().map(|code| {
        let id = question.part(&format!("pick-{}", code.code));
        let (own, place) = (question.clone(), code.code.clone());
        let is_picked = {
            let place = place.clone();
            move || picked.with(|picked| picked.iter().any(|own| *own == place))
        };
        view! {
            <div class="choice">
                <input
                    class="choice-input"
                    type="checkbox"
                    id=id.clone()
                    disabled=read_only
                    prop:checked=is_picked
                    on:change=move |_| toggle(&own, &place)
                />
                <label class="choice-label" for=id>{code.label.clone()}</label>
            </div>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="field-label">{title}</legend>
            <div class="choices body-list">{options.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// A place that was picked, and what was seen there.
fn one(question: &Question, code: &str, label: String) -> AnyView {
    let heading = part_id(question, Some(code), "heading");
    let read_only = question.read_only();
    let (own, place) = (question.clone(), code.to_owned());
    let remove = move |_| {
        toggle(&own, &place);
        focus(&own.part("list"));
    };
    view! {
        <li class="entry">
            <div class="flow tight" role="group" aria-labelledby=heading.clone()>
                <div class="entry-head">
                    <p id=heading.clone()><strong>{label.clone()}</strong></p>
                    <button class="button plain grave" type="button" hidden=read_only on:click=remove>
                        "Remove"<span class="unseen">{format!(": {label}")}</span>
                    </button>
                </div>
                {part_box(question, Some(code), &SEEN)}
            </div>
        </li>
    }
    .into_any()
}

/// Picks a place, or takes it back with what was written there.
fn toggle(question: &Question, code: &str) {
    if question.read_only().get_untracked() {
        return;
    }
    let is_there = compound(question).entry(code).is_some();
    write(question, |parts| {
        if is_there {
            parts.entries.retain(|entry| entry.id != code);
        } else {
            parts.set(Some(code), "marked", "yes".to_owned());
        }
    });
}

fn picked(answer: Option<&Answer>) -> Vec<String> {
    match answer {
        Some(Answer::Compound(parts)) => parts.entries.iter().map(|entry| entry.id.clone()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_figure_has_every_place_of_the_list() {
        let drawn = FRONT
            .iter()
            .chain(&BACK)
            .flat_map(|(code, other, _)| [*code, *other]);
        let drawn: Vec<&str> = drawn.filter(|code| !code.is_empty()).collect();
        let once: BTreeSet<&str> = drawn.iter().copied().collect();
        assert_eq!(drawn.len(), once.len());
        let listed: BTreeSet<&str> = kinds::BodyMap::PLACES.iter().map(|(code, _)| *code).collect();
        assert_eq!(once, listed);
    }
}
