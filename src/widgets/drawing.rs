//! `drawing`: a sheet to draw on with a finger, a pen or a mouse, and a box for what the drawing shows, which is an answer
//! of its own for whoever does not draw.

use form::kinds::Drawing;
use form::{Answer, Entry, Named};
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::focus::focus;
use super::paper::Question;
use super::parts::{Part, compound, part_box, part_id, write};
use super::shell;

const INKS: [(&str, &str); 4] = [
    ("black", "Black"),
    ("blue", "Blue"),
    ("red", "Red"),
    ("green", "Green"),
];

const SHOWS: Part = Part {
    name: "shows",
    label: "What the drawing shows, in words",
    style: "input",
    keypad: "text",
};

/// A sheet, inks, and a box for words.
pub(super) fn widget(question: &Question, _: &Drawing) -> AnyView {
    let (view, read_only) = (question.view, question.read_only());
    let ink = RwSignal::new("black");
    // The stroke under the finger: it becomes part of the answer when the finger leaves the sheet.
    let stroke = RwSignal::new(Vec::<(u16, u16)>::new());
    let is_drawing = RwSignal::new(false);
    let strokes = Memo::new(move |_| {
        view.with(|view| match &view.answer {
            Some(Answer::Compound(parts)) => parts.entries.clone(),
            _ => Vec::new(),
        })
    });
    let begin = move |event: PointerEvent| {
        if read_only.get_untracked() || !event.is_primary() {
            return;
        }
        let Some((sheet, point)) = point(&event) else {
            return;
        };
        // A finger that leaves the sheet while it draws still belongs to it.
        drop(sheet.set_pointer_capture(event.pointer_id()));
        is_drawing.set(true);
        stroke.set(vec![point]);
    };
    let go_on = move |event: PointerEvent| {
        if let (true, Some((_, point))) = (is_drawing.get_untracked(), point(&event)) {
            stroke.update(|stroke| {
                if stroke.last().is_none_or(|last| apart(*last, point)) {
                    stroke.push(point);
                }
            });
        }
    };
    let end = {
        let question = question.clone();
        move |_: PointerEvent| {
            is_drawing.set(false);
            let points = stroke.try_update(std::mem::take).unwrap_or_default();
            if points.is_empty() {
                return;
            }
            let named = Named::from([("ink", ink.get_untracked()), ("points", &told(&points))]);
            let id = question.paper.new_id();
            write(&question, |parts| parts.entries.push(Entry { id, named }));
        }
    };
    let inks = INKS.iter().map(|&(name, label)| {
        let id = question.part(name);
        view! {
            <div class="ink">
                <input
                    class="ink-input"
                    type="radio"
                    name=question.part("ink")
                    id=id.clone()
                    prop:checked=move || ink.get() == name
                    on:change=move |_| ink.set(name)
                />
                <label class=format!("ink-label {name}") for=id>{label}</label>
            </div>
        }
    });
    let take_back = |change: fn(&mut Vec<Entry>)| {
        let question = question.clone();
        move |_| {
            write(&question, |parts| change(&mut parts.entries));
            // With the last stroke the buttons go.
            if compound(&question).entries.is_empty() {
                focus(&part_id(&question, None, SHOWS.name));
            }
        }
    };
    let undo = take_back(|strokes| drop(strokes.pop()));
    let clear = take_back(Vec::clear);
    let is_empty = move || read_only.get() || strokes.with(Vec::is_empty);
    let controls = view! {
        <div class="inks" role="radiogroup" aria-label="Ink" hidden=read_only>{inks.collect_view()}</div>
        <svg
            class="sheet"
            viewBox=format!("0 0 {} {}", Drawing::WIDTH, Drawing::HEIGHT)
            aria-hidden="true"
            on:pointerdown=begin
            on:pointermove=go_on
            on:pointerup=end.clone()
            on:pointercancel=end
        >
            {move || drawn(&strokes.get())}
            <polyline class=move || format!("stroke {}", ink.get()) points=move || told(&stroke.get())/>
        </svg>
        <p class="field-do actions" hidden=is_empty>
            <button class="button quiet" type="button" on:click=undo>
                "Undo the last stroke"
            </button>
            <button class="button quiet grave" type="button" on:click=clear>
                "Begin again"
            </button>
        </p>
        {part_box(question, None, &SHOWS)}
    };
    shell::grouped(question, controls.into_any())
}

/// The strokes of a drawing. Shared with where it is read.
pub(super) fn drawn(strokes: &[Entry]) -> AnyView {
    let strokes = strokes.iter().map(|stroke| {
        let ink = stroke.named.get("ink");
        let ink = INKS
            .iter()
            .find(|(name, _)| *name == ink)
            .map_or("black", |(name, _)| name);
        let points = stroke.named.get("points").to_owned();
        view! { <polyline class=format!("stroke {ink}") points=points/> }
    });
    strokes.collect_view().into_any()
}

/// The sheet, and where on it a finger is.
fn point(event: &PointerEvent) -> Option<(Element, (u16, u16))> {
    let sheet: Element = event.current_target()?.dyn_into().ok()?;
    let place = sheet.get_bounding_client_rect();
    let scaled = |at: f64, size: f64, most: u16| {
        let share = if size > 0.0 {
            (at / size).clamp(0.0, 1.0)
        } else {
            0.0
        };
        // Between 0 and the width of the sheet, which fits.
        (share * f64::from(most)).round() as u16
    };
    let x = scaled(
        f64::from(event.client_x()) - place.left(),
        place.width(),
        Drawing::WIDTH,
    );
    let y = scaled(
        f64::from(event.client_y()) - place.top(),
        place.height(),
        Drawing::HEIGHT,
    );
    Some((sheet, (x, y)))
}

/// Far enough from each other to be told apart on the sheet: a hand trembles, and a record is kept for decades.
fn apart(one: (u16, u16), other: (u16, u16)) -> bool {
    one.0.abs_diff(other.0) + one.1.abs_diff(other.1) >= 3
}

fn told(points: &[(u16, u16)]) -> String {
    let points = points.iter().map(|(x, y)| format!("{x},{y}"));
    points.collect::<Vec<_>>().join(" ")
}
