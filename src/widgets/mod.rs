//! What a person fills in: one widget for each kind of question, and the groups and rows that hold them.
//!
//! A widget holds no rule. It is given a question's view, which the engine has worked out, and emits edits. To add a
//! kind, write its file and add its line to [`control`]; the compiler asks for it. Start reading there, then at
//! `shell.rs`, which all questions share. What stands around the questions of a page is in `pages`.

mod address;
mod attachment;
mod body_map;
mod choice;
mod choices;
mod code;
mod combobox;
mod computed;
mod conflict;
mod date;
mod date_time;
mod declaration;
mod drawing;
mod duration;
mod echo;
mod email;
mod entries;
mod file;
mod focus;
mod grid;
mod group;
mod long_text;
mod money;
mod moves;
mod nhs_number;
mod note;
mod number;
mod options;
mod paper;
mod parts;
mod people;
mod person;
mod phone;
mod press;
mod quote;
mod rows;
mod said;
mod scale;
mod search;
mod shell;
mod signature;
mod table;
mod tags;
mod text;
mod thread;
mod time;
mod timetable;
mod told;
mod understood;
mod upn;
mod why;
mod yes_no;

use engine::At;
use form::{Body, Kind};
use leptos::prelude::*;

pub(crate) use body_map::outline;
pub(crate) use file::OfRecord;
pub(crate) use focus::{focus, focus_place};
pub(crate) use paper::Paper;
pub(crate) use search::Index;
pub(crate) use shell::error;
pub(crate) use thread::{Reading, comment};
pub(crate) use told::told;

use paper::Question;

/// Everything inside a section, a child's block or a row: its questions in cards.
pub(crate) fn page(paper: &Paper, at: At) -> AnyView {
    group::page(paper, at)
}

/// Whatever stands at a place: a question, a group or a repeat. It comes and goes where a rule of the form says so.
fn place(paper: &Paper, at: At) -> AnyView {
    when_shown(paper, at, always)
}

/// What `make` makes of a place, while the place is shown.
fn when_shown(paper: &Paper, at: At, make: fn(&Paper, At) -> AnyView) -> AnyView {
    if !paper.moves(at).shown {
        return make(paper, at);
    }
    let view = paper.filling.view(at);
    let shown = Memo::new(move |_| view.with(|view| view.shown));
    // What has once been shown stays in the document, out of sight and out of reach, so that a whole section comes
    // back as fast as it went.
    let was_shown = Memo::new(move |was: Option<&bool>| was == Some(&true) || shown.get());
    let own = paper.clone();
    view! {
        <div class="when" hidden=move || !shown.get()>
            {move || was_shown.get().then(|| make(&own, at))}
        </div>
    }
    .into_any()
}

fn always(paper: &Paper, at: At) -> AnyView {
    match &paper.form.nodes.at(at.node).body {
        Body::Field(field) => control(&Question::new(paper, at), &field.kind),
        Body::Group | Body::Row => group::inner(paper, at),
        Body::Rows(repeat) => rows::rows(paper, at, repeat),
    }
}

/// The widget of each kind.
fn control(question: &Question, kind: &Kind) -> AnyView {
    match kind {
        Kind::Text(kind) => text::widget(question, kind),
        Kind::LongText(kind) => long_text::widget(question, kind),
        Kind::Number(kind) => number::widget(question, kind),
        Kind::Money(kind) => money::widget(question, kind),
        Kind::Date(kind) => date::widget(question, kind),
        Kind::Time(kind) => time::widget(question, kind),
        Kind::DateTime(kind) => date_time::widget(question, kind),
        Kind::Duration(kind) => duration::widget(question, kind),
        Kind::YesNo(kind) => yes_no::widget(question, kind),
        Kind::Choice(kind) => choice::widget(question, kind),
        Kind::Choices(kind) => choices::widget(question, kind),
        Kind::Code(kind) => code::widget(question, kind),
        Kind::Scale(kind) => scale::widget(question, kind),
        Kind::Tags(kind) => tags::widget(question, kind),
        Kind::Person(kind) => person::widget(question, kind),
        Kind::People(kind) => people::widget(question, kind),
        Kind::Address(kind) => address::widget(question, kind),
        Kind::Phone(kind) => phone::widget(question, kind),
        Kind::Email(kind) => email::widget(question, kind),
        Kind::NhsNumber(kind) => nhs_number::widget(question, kind),
        Kind::Upn(kind) => upn::widget(question, kind),
        Kind::Quote(kind) => quote::widget(question, kind),
        Kind::Table(kind) => table::widget(question, kind),
        Kind::Timetable(kind) => timetable::widget(question, kind),
        Kind::Drawing(kind) => drawing::widget(question, kind),
        Kind::BodyMap(kind) => body_map::widget(question, kind),
        Kind::Attachment(kind) => attachment::widget(question, kind),
        Kind::Declaration(kind) => declaration::widget(question, kind),
        Kind::Signature(kind) => signature::widget(question, kind),
        Kind::Computed(kind) => computed::widget(question, kind),
        Kind::Echo(kind) => echo::widget(question, kind),
        Kind::Note(kind) => note::widget(question, kind),
    }
}
