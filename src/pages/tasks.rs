//! A record that is being written, as a list of its parts: what is done, what is left, and why it came back.

use leptos::prelude::*;
use record::{Return, Round};

use super::head::{back, head};
use super::known::{children, deadlines, known, tag, trail};
use super::news;
use super::open::Book;
use super::paths;
use super::sections::{Sections, standing};
use super::set_aside;
use super::summary::fact;
use super::telling::day;
use super::telling::names;
use super::telling::outline::{self, Page};
use super::version;

/// A record that is being written.
pub(crate) fn tasks(book: Book) -> AnyView {
    let sections = Sections::new(book.filling);
    let subjects = book
        .filling
        .with_session(|session| session.env().subjects.clone());
    let lede = {
        let sections = sections.clone();
        move || {
            let (done, all) = sections.done();
            format!(
                "{done} of {all} parts {}. Everything is kept as you write; nothing has to be finished in one go.",
                if done == 1 { "is done" } else { "are done" }
            )
        }
    };
    let more = view! { <p class="lede">{lede}</p> };
    view! {
        <div class="work">
            <main class="main flow" id="main" tabindex="-1">
                {back(paths::WORK.to_owned(), "My work")}
                {news::told()}
                {returned(book)}
                {version::offer(book)}
                {head(Some(names::children(&subjects).into_any()), Signal::derive(move || book.name()), more)}
                {lists(book, &sections)}
                {set_aside::link(book)}
                {foot(book, sections)}
            </main>
            {beside(book, &subjects)}
        </div>
    }
    .into_any()
}

/// The parts, in groups: what comes before the children, each child, what comes after, and sending it.
fn lists(book: Book, sections: &Sections) -> AnyView {
    let pages = sections.pages();
    let runs: Vec<&[Page]> = pages
        .chunk_by(|one, other| one.child.is_some() == other.child.is_some())
        .collect();
    let lists = runs.iter().enumerate().map(|(index, run)| {
        let title = match (run.first().is_some_and(|page| page.child.is_some()), index) {
            (true, _) => "Each child",
            (false, 0) => "First",
            (false, _) => "Then",
        };
        let tasks = run.iter().map(|page| task(book, sections, page)).collect_view();
        list(&format!("tasks-{index}"), title, tasks.into_any())
    });
    let send = view! {
        <li class="task">
            <span class="task-name">
                <a class="task-link" href=paths::check(book.record)>"Check and send"</a>
                <span class="task-hint">"Read it once more, then send it for sign-off"</span>
            </span>
        </li>
    };
    (
        lists.collect_view(),
        list("tasks-send", "At the end", send.into_any()),
    )
        .into_any()
}

fn list(id: &str, title: &'static str, tasks: AnyView) -> AnyView {
    view! {
        <div class="flow tight">
            <h2 class="tasks-title" id=id.to_owned()>{title}</h2>
            <ul class="tasks" role="list" aria-labelledby=id.to_owned()>{tasks}</ul>
        </div>
    }
    .into_any()
}

fn task(book: Book, sections: &Sections, page: &Page) -> AnyView {
    let state_id = match &page.key.child {
        Some(child) => format!("state-{}-{child}", page.key.section),
        None => format!("state-{}", page.key.section),
    };
    let hidden = {
        let (sections, page) = (sections.clone(), page.clone());
        move || !sections.is_shown(&page)
    };
    let state = {
        let (sections, page) = (sections.clone(), page.clone());
        move || {
            let (style, words) = standing(&sections, &page, false);
            tag(style, words)
        }
    };
    view! {
        <li class="task" hidden=hidden>
            <span class="task-name">
                <a class="task-link" href=paths::page(book.record, &page.key) aria-describedby=state_id.clone()>
                    {page.title.clone()}
                </a>
            </span>
            <span id=state_id>{state}</span>
        </li>
    }
    .into_any()
}

fn foot(book: Book, sections: Sections) -> AnyView {
    let next = move || {
        let comment = book.filling.with_state(|state| {
            let threads = state
                .last_return()
                .map(|(_, returned)| returned.threads.as_slice())
                .unwrap_or_default();
            let open = threads.iter().find(|thread| thread.replies.is_empty())?;
            let key = book
                .filling
                .with_session(|session| outline::key_of_address(session, &open.comment.address))?;
            Some(paths::place(book.record, &key, &open.comment.address))
        });
        let (to, words) = match (comment, sections.next_to_do()) {
            (Some(place), _) => (place, "Go to the comment".to_owned()),
            (None, Some(page)) => (
                paths::page(book.record, &page.key),
                format!("Next: {}", page.short_title()),
            ),
            (None, None) => (paths::check(book.record), "Next: check and send".to_owned()),
        };
        view! { <a class="button" href=to>{words}</a> }
    };
    view! { <div class="foot">{next}</div> }.into_any()
}

/// Why the record came back, if it did.
fn returned(book: Book) -> AnyView {
    let notice = move || {
        book.filling.with_state(|state| {
            let is_back = matches!(state.status(), record::Status::Returned { .. });
            let (round, returned) = state.last_return().filter(|_| is_back)?;
            Some(notice(book, round, returned))
        })
    };
    notice.into_any()
}

fn notice(book: Book, round: &Round, returned: &Return) -> AnyView {
    let today = book.today();
    let reasons: Vec<&str> = returned.reasons.iter().map(|reason| reason.label()).collect();
    let title = format!("{} returned this to you", returned.by.name);
    let when = day::day(returned.at.day_in_london(), today);
    let note = returned.note.trim().to_owned();
    let sent = format!(
        "{}, by {}",
        day::moment(round.revision().at, today),
        round.revision().by.name
    );
    let reasons = reasons
        .into_iter()
        .map(|reason| view! { <li>{reason}</li> })
        .collect_view();
    let comments = match returned.threads.len() {
        0 => None,
        _ => Some(comments(book, returned)),
    };
    view! {
        <section class="notice look" aria-labelledby="why-back">
            <h2 class="notice-title" id="why-back">{title}</h2>
            <p>{when}{(!note.is_empty()).then(|| view! { ": " <span class="as-typed">{format!("“{note}”")}</span> })}</p>
            <dl class="summary">
                {fact("Why", view! { <ul role="list">{reasons}</ul> })}
                {comments.map(|comments| fact("Comments", comments))}
                {fact("What was returned", format!("Sent {sent}"))}
            </dl>
        </section>
    }
    .into_any()
}

/// The comments, each linked to what it is about.
fn comments(book: Book, returned: &Return) -> AnyView {
    let links = returned.threads.iter().map(|thread| {
        let address = &thread.comment.address;
        let place = book.filling.with_session(|session| {
            let words = session
                .find(address)
                .and_then(|at| super::telling::changes::question(session, at));
            Some((outline::key_of_address(session, address)?, words))
        });
        let replied = (!thread.replies.is_empty()).then_some(" (answered)");
        match place {
            Some((key, words)) => {
                let words = words.unwrap_or_else(|| "The whole part".to_owned());
                view! { <li><a href=paths::place(book.record, &key, address)>{words}</a>{replied}</li> }
                    .into_any()
            }
            // The version that the record moved to has no such place. What was said is no less said.
            None => view! { <li><span class="as-typed">{format!("“{}”", thread.comment.text)}</span></li> }
                .into_any(),
        }
    });
    view! { <ul role="list">{links.collect_view()}</ul> }.into_any()
}

fn beside(book: Book, subjects: &[engine::Subject]) -> AnyView {
    let due = move || {
        let clocks = book.clocks();
        if clocks.is_empty() {
            view! { <p class="soft">"Nothing is due yet. The clock starts on the day you enter."</p> }
                .into_any()
        } else {
            deadlines(&clocks, book.today())
        }
    };
    let happened = move || book.filling.with_state(|state| trail(state, book.today()));
    known(vec![
        ("Due", due.into_any()),
        ("Who it is about", children(subjects, book.today())),
        ("What happened", happened.into_any()),
    ])
}
