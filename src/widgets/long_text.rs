//! `long_text`: paragraphs, in a box that grows as one writes.

use form::kinds;
use leptos::prelude::*;

use super::paper::Question;
use super::shell;
use super::text::{characters, typed, typing};

/// A box to write paragraphs in.
pub(super) fn widget(question: &Question, kind: &kinds::LongText) -> AnyView {
    let most = kind.max_length as usize;
    let view = question.view;
    let room = Memo::new(move |_| view.with(|view| Room::left(characters(view.answer.as_ref()), most)));
    let count = move || {
        room.get()
            .map(|room| view! { <p class=room.style()>{room.words()}</p> })
    };
    let control = view! {
        <textarea
            class="area"
            id=question.id.to_string()
            rows=kind.rows.to_string()
            aria-describedby=shell::described_by(question, &["count"])
            aria-invalid=shell::invalid(question)
            readonly=question.locked()
            prop:value=typed(question)
            on:input=typing(question)
        ></textarea>
        <div class="field-said" id=question.part("count")>{count}</div>
    };
    shell::labelled(question, control.into_any())
}

/// How many characters more would fit, once that is worth saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    Left(usize),
    Over(usize),
}

impl Room {
    /// Nothing is said before four fifths of the room are filled: a count is a distraction while there is plenty.
    fn left(text: &str, most: usize) -> Option<Self> {
        // A text has at least as many bytes as characters, so a short one need not be counted.
        if text.len() < most / 5 * 4 {
            return None;
        }
        let count = text.trim().chars().count();
        if count > most {
            Some(Self::Over(count - most))
        } else {
            (count >= most / 5 * 4).then_some(Self::Left(most - count))
        }
    }

    fn words(self) -> String {
        match self {
            Self::Left(1) => "1 character left".to_owned(),
            Self::Left(count) => format!("{count} characters left"),
            Self::Over(1) => "1 character too many".to_owned(),
            Self::Over(count) => format!("{count} characters too many"),
        }
    }

    fn style(self) -> &'static str {
        match self {
            Self::Left(_) => "count",
            Self::Over(_) => "count over",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_told_only_when_it_grows_scarce() {
        let told = |count: usize| Room::left(&"é".repeat(count), 10).map(Room::words);
        assert_eq!(told(7), None);
        assert_eq!(told(8).as_deref(), Some("2 characters left"));
        assert_eq!(told(9).as_deref(), Some("1 character left"));
        assert_eq!(told(11).as_deref(), Some("1 character too many"));
        assert_eq!(told(12).as_deref(), Some("2 characters too many"));
    }
}
