//! What the server refused: kept on this device, each with the reason, until a person says that it is dealt with.

use form::Address;
use leptos::prelude::*;
use record::{Action, RecordId};

use super::head::{back, head};
use super::open::Book;
use super::paths;
use super::telling::answers::Told;
use super::telling::{changes, day};
use crate::cabinet::{Cabinet, use_cabinet};
use crate::widgets::{focus, told};
use crate::{Errand, Opened, Returned};

/// What the server refused.
#[component]
pub fn Attention() -> impl IntoView {
    let cabinet = use_cabinet();
    let tray = cabinet.attention();
    let count = move || {
        match tray.with(|tray| tray.len()) {
        0 => "Nothing needs your attention. Everything of yours is sent, or waits on this device to be sent.".to_owned(),
        1 => "1 change could not be sent. It is kept on this device until you decide, and nothing of it is lost.".to_owned(),
        many => format!(
            "{many} changes could not be sent. They are kept on this device until you decide, and nothing of them is lost."
        ),
    }
    };
    // It takes the focus when something has been dealt with, so it stays when its words change.
    let lede = view! { <p class="lede" id="tray-count" tabindex="-1">{count}</p> };
    let copy = move || {
        let save = move |_| cabinet.export();
        tray.with(|tray| !tray.is_empty()).then(|| {
            view! {
                <p class="actions">
                    <button class="button quiet" type="button" on:click=save>"Save a copy of all of it"</button>
                </p>
            }
        })
    };
    let items = move || tray.with(|tray| tray.to_vec());
    view! {
        <main class="page flow" id="main" tabindex="-1">
            {back(paths::WORK.to_owned(), "My work")}
            {head(None, "Needs your attention".to_owned(), lede)}
            <ul class="tray" role="list">
                <For
                    each=items
                    key=|(record, returned)| (*record, returned.item.errand.id())
                    children=move |(record, returned)| item(cabinet, record, returned)
                />
            </ul>
            {copy}
        </main>
    }
}

fn item(cabinet: Cabinet, record: RecordId, returned: Returned) -> AnyView {
    let opened = cabinet.open(record);
    let when = day::near_moment(returned.at, cabinet.desk().now().day_in_london());
    let reason = returned.refused.message.clone();
    let what = {
        let returned = returned.clone();
        move || what(cabinet, record, &opened.get(), &returned)
    };
    let deal = {
        let returned = returned.clone();
        move |_| {
            cabinet.deal_with(record, &returned);
            focus("tray-count");
        }
    };
    let faults = returned
        .refused
        .faults
        .iter()
        .map(|fault| view! { <li>{fault.message.clone()}</li> });
    view! {
        <li class="tray-item">
            <h2>{reason}</h2>
            {what}
            <ul role="list">{faults.collect_view()}</ul>
            <p class="soft small">{format!("Refused {when}")}</p>
            <p class="actions">
                <a class="button quiet" href=paths::record(record)>"Open the record"</a>
                <button class="button plain grave" type="button" on:click=deal>"I have dealt with this. Remove it"</button>
            </p>
        </li>
    }
    .into_any()
}

/// What was refused: of which record, at which question, and the words themselves.
fn what(cabinet: Cabinet, record: RecordId, opened: &Opened, returned: &Returned) -> AnyView {
    let Opened::Open(filling) = opened else {
        return view! { <p>{errand(&returned.item.errand)}</p> }.into_any();
    };
    let book = Book {
        record,
        cabinet,
        filling: *filling,
    };
    let Errand::Command(command) = &returned.item.errand else {
        return view! { <p>{format!("{}: {}", book.title(), errand(&returned.item.errand))}</p> }.into_any();
    };
    let question = |address: &Address| {
        filling.with_session(|session| {
            session
                .find(address)
                .and_then(|at| changes::question(session, at))
        })
    };
    match &command.action {
        Action::Answer { address, answer, .. } => {
            // In the words of the version that it was written in: the record may have moved to a later one.
            let form = cabinet.drawers().form_at_hand(returned.item.form);
            let form = form.unwrap_or_else(|| filling.form());
            let node = form.find(address).map(|(node, _)| node);
            let asked = question(address).or_else(|| Some(form.nodes.at(node?).label.clone()));
            let kind = node.and_then(|node| Some(&form.field(node)?.kind));
            let answer = kind.map(|kind| Told::in_form(&form, kind, answer.as_ref()));
            view! {
                <p>{book.name()}": "<strong>{asked}</strong></p>
                <div class="version-text">{answer.as_ref().map(told)}</div>
            }
            .into_any()
        }
        Action::Reply { text, .. } => view! {
            <p>{format!("{}: your reply to a comment", book.name())}</p>
            <p class="version-text">{text.clone()}</p>
        }
        .into_any(),
        _ => view! { <p>{format!("{}: {}", book.name(), errand(&returned.item.errand))}</p> }.into_any(),
    }
}

/// What was asked for, in a few words.
fn errand(errand: &Errand) -> String {
    let words = match errand {
        Errand::File(file) => return format!("the file “{}” was to be sent", file.name),
        Errand::Start { .. } => "the record was to be started",
        Errand::Command(command) => match command.action {
            Action::Answer { .. } => "an answer",
            Action::AddRow { .. } => "an entry was to be added",
            Action::RemoveRow { .. } => "an entry was to be removed",
            Action::Acknowledge(_) => "a warning was to stand, with your reason",
            Action::Submit { .. } => "it was to be sent for sign-off",
            Action::Return { .. } => "it was to be returned",
            Action::Reply { .. } => "a reply to a comment",
            Action::Move { .. } => "it was to go on in a newer version of its form",
            Action::Approve { .. } => "it was to be approved and signed",
            Action::Void { .. } => "it was to be set aside",
        },
    };
    words.to_owned()
}
