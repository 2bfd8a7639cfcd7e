//! What a manager said about a place when they returned the record, and what the authors answered.

use engine::At;
use feel::Date;
use leptos::prelude::*;
use record::{ActorRef, CommentId, PersonId, Thread, Timestamp};

use super::focus::focus;
use super::paper::Paper;
use super::shell;
use crate::filling::Filling;
use crate::pages::telling::day;

/// Who said what was said, when, and who reads it today.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// Who returned the record.
    pub(crate) by: ActorRef,
    /// When.
    pub(crate) at: Timestamp,
    /// Who reads it.
    pub(crate) me: PersonId,
    /// The day on which they do.
    pub(crate) today: Date,
}

/// The comments on a place, with a way to reply.
pub(super) fn about(paper: &Paper, at: At) -> Option<AnyView> {
    let filling = paper.filling;
    let view = filling.view(at);
    // Comments are made only while a record cannot be written in, so a place that has none now will have none as long
    // as the page is open. Replies do come.
    let ids: Vec<CommentId> = view.with_untracked(|view| {
        let threads = view.marks.iter().flat_map(|marks| &marks.threads);
        threads.map(|thread| thread.comment.id).collect()
    });
    if ids.is_empty() {
        return None;
    }
    let reading = reading(paper)?;
    let threads = ids.into_iter().map(|id| {
        let thread = Memo::new(move |_| {
            let find = |threads: &[Thread]| threads.iter().find(|thread| thread.comment.id == id).cloned();
            view.with(|view| view.marks.as_ref().and_then(|marks| find(&marks.threads)))
        });
        answerable(filling, id, thread, reading.clone())
    });
    Some(threads.collect_view().into_any())
}

fn reading(paper: &Paper) -> Option<Reading> {
    let filling = paper.filling;
    let returned = filling.with_state(|state| {
        state
            .last_return()
            .map(|(_, returned)| (returned.by.clone(), returned.at))
    });
    let (by, at) = returned?;
    Some(Reading {
        by,
        at,
        me: paper.cabinet.desk().me().actor.id,
        today: paper.cabinet.desk().now().day_in_london(),
    })
}

/// A comment with its replies, and a box for a reply until there is one.
fn answerable(filling: Filling, id: CommentId, thread: Memo<Option<Thread>>, reading: Reading) -> AnyView {
    let name = reading.by.name.to_string();
    let said = move || thread.with(|thread| thread.as_ref().map(|thread| comment(thread, &reading)));
    let is_answered = Memo::new(move |_| {
        thread.with(|thread| thread.as_ref().is_none_or(|thread| !thread.replies.is_empty()))
    });
    let reply = move || (!is_answered.get()).then(|| reply(filling, id, &name));
    view! { <div class="thread flow tight" id=comment_id(id) tabindex="-1">{said}{reply}</div> }.into_any()
}

fn comment_id(id: CommentId) -> String {
    format!("comment-{id}")
}

/// A box to reply in.
fn reply(filling: Filling, id: CommentId, name: &str) -> AnyView {
    let box_id = format!("reply-{id}");
    let [hint_id, said_id] = ["hint", "said"].map(|part| format!("{box_id}-{part}"));
    let (text, wrong) = (RwSignal::new(String::new()), RwSignal::new(None));
    let keep = {
        let box_id = box_id.clone();
        move |_| {
            let refused = filling.reply(id, text.get_untracked()).err();
            let next = if refused.is_some() {
                box_id.clone()
            } else {
                comment_id(id)
            };
            wrong.set(refused.map(|refusal| refusal.to_string()));
            focus(&next);
        }
    };
    view! {
        <div class=move || if wrong.with(Option::is_some) { "field wrong" } else { "field" }>
            <label class="field-label" for=box_id.clone()>{format!("Reply to {name}")}</label>
            <p class="field-hint" id=hint_id.clone()>
                "Your reply is kept with the record. Change your answer as well, if it should say something else."
            </p>
            <div class="field-said" id=said_id.clone()>{move || wrong.get().map(|message| shell::error(&message))}</div>
            <textarea
                class="area"
                id=box_id
                rows="2"
                aria-describedby=format!("{hint_id} {said_id}")
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <p><button class="button quiet" type="button" on:click=keep>"Keep the reply"</button></p>
        </div>
    }
    .into_any()
}

/// A comment with its replies, to be read.
pub(crate) fn comment(thread: &Thread, reading: &Reading) -> AnyView {
    let replies = thread.replies.iter().map(|reply| {
        view! { <div class="comment-reply">{remark(&reply.text, &reply.by, reply.at, reading)}</div> }
    });
    view! {
        <div class="comment">{remark(&thread.comment.text, &reading.by, reading.at, reading)}{replies.collect_view()}</div>
    }
    .into_any()
}

fn remark(text: &str, by: &ActorRef, at: Timestamp, reading: &Reading) -> AnyView {
    let name = if by.id == reading.me {
        "You".to_owned()
    } else {
        by.name.to_string()
    };
    let when = day::near(at.day_in_london(), reading.today);
    view! {
        <p class="comment-who"><span class="comment-name">{name}</span>", "{when}</p>
        <p class="comment-said">{text.to_owned()}</p>
    }
    .into_any()
}
