//! Rows by columns with a box in each cell: a grid on a wide page, a card for each row on a narrow one. The arrow keys go
//! up and down as in a spreadsheet, and sideways from the end of what is typed. Shared by `table` and `timetable`.

use form::Code;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::paper::Question;
use super::parts::{Wire, part_id, wire};
use super::shell;

/// The grid of these rows and columns.
pub(super) fn grid(question: &Question, rows: &[Code], columns: &[Code], keypad: &'static str) -> AnyView {
    let column_id = |at: usize| question.part(&format!("column-{at}"));
    let heads = columns.iter().enumerate().map(|(at, column)| {
        view! { <th class="grid-head" scope="col" id=column_id(at)>{column.label.clone()}</th> }
    });
    let body = rows.iter().enumerate().map(|(at, row)| {
        let row_id = question.part(&format!("row-{at}"));
        let cells = columns.iter().enumerate().map(|(beside, column)| {
            let labelled_by = format!("{row_id} {}", column_id(beside));
            cell(question, row, column, labelled_by, keypad)
        });
        view! {
            <tr class="grid-row">
                <th class="grid-side" scope="row" id=row_id.clone()>{row.label.clone()}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <div class="grid-wrap">
            <table class="grid" on:keydown=go>
                <thead><tr><td class="grid-corner"></td>{heads.collect_view()}</tr></thead>
                <tbody>{body.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn cell(
    question: &Question,
    row: &Code,
    column: &Code,
    labelled_by: String,
    keypad: &'static str,
) -> AnyView {
    let Wire { typed, typing } = wire(question, Some(&row.code), &column.code);
    view! {
        <td class="grid-cell">
            <span class="grid-name" aria-hidden="true">{column.label.clone()}</span>
            <input
                class="input"
                id=part_id(question, Some(&row.code), &column.code)
                type="text"
                inputmode=keypad
                autocomplete="off"
                aria-labelledby=labelled_by
                aria-invalid=shell::invalid(question)
                readonly=question.locked()
                prop:value=move || typed()
                on:input=move |event| typing(event_target_value(&event))
            />
        </td>
    }
    .into_any()
}

/// Goes to the cell that an arrow key points at, if there is one.
fn go(event: KeyboardEvent) {
    let from = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(from) = from else { return };
    let end = u32::try_from(from.value().encode_utf16().count()).unwrap_or(u32::MAX);
    let caret = |at: Result<Option<u32>, _>| at.ok().flatten().unwrap_or(0);
    let (start, stop) = (caret(from.selection_start()), caret(from.selection_end()));
    let (down, beside) = match event.key().as_str() {
        "ArrowUp" => (-1, 0),
        "ArrowDown" | "Enter" => (1, 0),
        "ArrowLeft" if stop == 0 => (0, -1),
        "ArrowRight" if start == end => (0, 1),
        _ => return,
    };
    event.prevent_default();
    if let Some(next) = neighbour(&from, down, beside) {
        // Whoever comes to a box by a key has all of it selected, as with the tabulator.
        drop(next.focus());
        next.select();
    }
}

/// The box so many rows below and so many cells beside a box.
fn neighbour(from: &HtmlInputElement, down: i32, beside: i32) -> Option<HtmlInputElement> {
    let cell = from.closest("td").ok()??;
    let row = cell.parent_element()?;
    let place = |element: &web_sys::Element| {
        let before = std::iter::successors(element.previous_element_sibling(), |e| {
            e.previous_element_sibling()
        });
        i32::try_from(before.count()).ok()
    };
    let rows = row.parent_element()?.children();
    let row = rows.item(u32::try_from(place(&row)? + down).ok()?)?;
    let cell = row.children().item(u32::try_from(place(&cell)? + beside).ok()?)?;
    let cell: HtmlElement = cell.dyn_into().ok()?;
    cell.query_selector("input").ok()??.dyn_into().ok()
}
