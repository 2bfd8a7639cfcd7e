//! The room for an answer on paper, drawn: lines, boxes, squares to tick.

use leptos::prelude::*;

use crate::pages::telling::room::{Room, Tick};
use crate::widgets::outline;

/// How many of a child's sayings there is room for, and how many lines each takes.
const SAYINGS: usize = 2;
const LINES_OF_A_SAYING: u32 = 3;

/// The room for an answer. A screen reader passes over what is only drawn.
pub(super) fn room(room: &Room) -> AnyView {
    match room {
        Room::Line { before, after, long } => view! {
            <p class="paper-row">
                {(!before.is_empty()).then(|| view! { <span>{*before}</span> })}
                <span class=if *long { "paper-line wide" } else { "paper-line" }></span>
                {(!after.is_empty()).then(|| view! { <span>{after.clone()}</span> })}
            </p>
        }
        .into_any(),
        Room::Lines(names) => {
            let lines = names.iter().map(|name| line(name, "wide"));
            view! { <div class="paper-row">{lines.collect_view()}</div> }.into_any()
        }
        Room::Day => amounts(&["Day", "Month", "Year"]),
        Room::Time => amounts(&["Time"]),
        Room::Moment => amounts(&["Day", "Month", "Year", "Time"]),
        Room::Amounts(units) => amounts(units),
        Room::Account(lines) => rules("paper-account", *lines),
        Room::Words => {
            let sayings = (0..SAYINGS).map(|_| {
                view! {
                    <div class="paper-saying">
                        {line("What was asked", "wide")}
                        <p class="paper-name">"Their words"</p>
                        {rules("paper-account spoken", LINES_OF_A_SAYING)}
                        <p class="paper-row">
                            <span class="paper-tick"><span class="paper-box round"></span>"Not prompted"</span>
                            <span class="paper-tick"><span class="paper-box round"></span>"Prompted, or the question was a leading one"</span>
                        </p>
                    </div>
                }
            });
            sayings.collect_view().into_any()
        }
        Room::Ticks { many, options } => ticks(*many, options),
        Room::Scale {
            steps,
            ends: [low, high],
        } => {
            let steps = steps
                .iter()
                .map(|step| view! { <span class="paper-step">{*step}</span> });
            view! {
                <p class="paper-row">
                    <span>{low.clone()}</span>{steps.collect_view()}<span>{high.clone()}</span>
                </p>
            }
            .into_any()
        }
        Room::Grid { rows, columns } => grid(rows, columns),
        Room::Signature => view! {
            <div class="paper-row">{line("Full name", "wide")}{line("Role", "wide")}</div>
            <div class="paper-row">{line("Signature", "wide")}{line("Day and time", "")}</div>
        }
        .into_any(),
        Room::Figure => view! {
            <div class="paper-figure">{outline()}</div>
            {rules("paper-account", 4)}
        }
        .into_any(),
        Room::Sheet => view! { <div class="paper-sheet"></div> }.into_any(),
        Room::Papers => view! {
            <p class="paper-hint">"Keep it with these sheets. List here what there is, and what it shows."</p>
            {rules("paper-account", 3)}
        }
        .into_any(),
    }
}

/// The room for an answer in a cell of a table, whose head says what goes there.
pub(super) fn cell(asked: &Room) -> AnyView {
    match asked {
        Room::Ticks { .. } => room(asked),
        _ => ().into_any(),
    }
}

/// A line to write on, with its name before it.
pub(super) fn line(name: &str, width: &str) -> AnyView {
    view! {
        <span class=format!("paper-named {width}")>
            <span class="paper-name">{name.to_owned()}</span>
            <span class="paper-line"></span>
        </span>
    }
    .into_any()
}

/// Short lines, each with its name.
fn amounts(names: &[&'static str]) -> AnyView {
    let lines = names.iter().map(|name| line(name, "short"));
    view! { <div class="paper-row">{lines.collect_view()}</div> }.into_any()
}

/// A box of ruled lines.
fn rules(style: &'static str, lines: u32) -> AnyView {
    let rules = (0..lines).map(|_| view! { <span class="paper-rule"></span> });
    view! { <div class=style aria-hidden="true">{rules.collect_view()}</div> }.into_any()
}

fn ticks(many: bool, options: &[Tick]) -> AnyView {
    let has_more = options
        .iter()
        .any(|tick| tick.hint.is_some() || tick.when.is_some());
    let letters = options.iter().map(|tick| tick.label.chars().count());
    let (longest, all) = (letters.clone().max().unwrap_or_default(), letters.sum::<usize>());
    let ticks = options.iter().map(|tick| {
        let more = [
            tick.hint.clone(),
            tick.when.clone().map(|when| format!("Only if {when}")),
        ];
        let more = more
            .into_iter()
            .flatten()
            .map(|more| view! { <span class="paper-hint">{more}</span> });
        view! {
            <li class="paper-tick">
                <span class=if many { "paper-box" } else { "paper-box round" }></span>
                <span>{tick.label.clone()}{more.collect_view()}</span>
            </li>
        }
    });
    // One long line among many short ones may break.
    let usual = all / options.len().max(1);
    let style = match (longest, usual) {
        (..=22, _) if !has_more => "paper-ticks thirds",
        (..=46, _) | (..=90, ..=28) => "paper-ticks halves",
        _ => "paper-ticks",
    };
    view! { <ul class=style role="list">{ticks.collect_view()}</ul> }.into_any()
}

fn grid(rows: &[String], columns: &[String]) -> AnyView {
    let heads = columns
        .iter()
        .map(|column| view! { <th scope="col">{column.clone()}</th> });
    let body = rows.iter().map(|row| {
        let cells = columns.iter().map(|_| view! { <td class="paper-cell"></td> });
        view! { <tr><th scope="row">{row.clone()}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <table class="paper-table">
            <thead><tr><td></td>{heads.collect_view()}</tr></thead>
            <tbody>{body.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
