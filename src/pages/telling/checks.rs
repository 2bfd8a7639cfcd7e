//! What a manager looks for before signing, as far as a record itself can show it.
//!
//! Concepts say which questions are meant, so that it works for any form: `voice.words` for a child's own words,
//! `voice.shown` for what a child showed, `voice.understanding` for the worker's view.

use std::collections::BTreeMap;

use engine::{At, Session};
use form::{Answer, Body};

use super::names;

/// Something a manager looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Check {
    /// What it is.
    pub(crate) what: &'static str,
    /// Does the record show it?
    pub(crate) met: bool,
    /// What the record shows, in a few words.
    pub(crate) shows: String,
}

/// What a record about children shows.
pub(crate) fn checks(session: &Session) -> Vec<Check> {
    let mut voices: Vec<Voice> = session
        .env()
        .subjects
        .iter()
        .map(|child| Voice::new(&child.first_name))
        .collect();
    session.walk_shown(&mut |session, at| {
        if let Some(voice) = session.subject(at).and_then(|index| voices.get_mut(index)) {
            voice.note(session, at);
        }
    });
    // A form that does not write about each child on their own shows nothing of this.
    if voices.iter().all(|voice| !voice.asked) {
        return Vec::new();
    }
    [
        own_parts(&voices),
        Some(heard(&voices)),
        understood(&voices),
        unlike(&voices),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a record has of one child.
struct Voice {
    name: String,
    asked: bool,
    answered: bool,
    words: Vec<String>,
    shown: bool,
    asks_understanding: bool,
    understood: bool,
}

impl Voice {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            asked: false,
            answered: false,
            words: Vec::new(),
            shown: false,
            asks_understanding: false,
            understood: false,
        }
    }

    fn note(&mut self, session: &Session, at: At) {
        let node = session.form().nodes.at(at.node);
        let Body::Field(field) = &node.body else { return };
        let answer = session.view(at).and_then(|view| view.answer);
        self.asked |= field.kind.answered();
        self.answered |= answer.is_some();
        match (node.concept.as_deref(), answer) {
            (Some("voice.words"), Some(Answer::Quotes(quotes))) => {
                self.words.extend(
                    quotes
                        .into_iter()
                        .map(|quote| plain(&quote.words))
                        .filter(|words| !words.is_empty()),
                );
            }
            (Some("voice.shown"), Some(_)) => self.shown = true,
            (Some("voice.understanding"), answer) => {
                self.asks_understanding = true;
                self.understood |= answer.is_some();
            }
            _ => {}
        }
    }
}

/// Words without what does not make them other words.
fn plain(words: &str) -> String {
    let letters = words
        .chars()
        .filter(|letter| letter.is_alphanumeric() || letter.is_whitespace());
    let lower: String = letters.flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn own_parts(voices: &[Voice]) -> Option<Check> {
    let written = voices.iter().filter(|voice| voice.answered).count();
    (voices.len() > 1).then(|| Check {
        what: "Each child has a part of their own",
        met: written == voices.len(),
        shows: format!("{written} of {}", voices.len()),
    })
}

fn heard(voices: &[Voice]) -> Check {
    let told = voices.iter().map(|voice| match (voice.words.len(), voice.shown) {
        (0, false) => format!("{} neither", voice.name),
        (0, true) => format!("{} shown", voice.name),
        (count, _) => format!("{} {count}", voice.name),
    });
    Check {
        what: "Own words, or what was shown",
        met: voices.iter().all(|voice| voice.shown || !voice.words.is_empty()),
        shows: told.collect::<Vec<_>>().join(", "),
    }
}

fn understood(voices: &[Voice]) -> Option<Check> {
    let asked = voices.iter().filter(|voice| voice.asks_understanding);
    let lacking: Vec<&str> = asked
        .clone()
        .filter(|voice| !voice.understood)
        .map(|voice| voice.name.as_str())
        .collect();
    (asked.count() > 0).then(|| Check {
        what: "The worker’s view stands apart from the words",
        met: lacking.is_empty(),
        shows: if lacking.is_empty() {
            String::new()
        } else {
            format!("Not for {}", names::list(&lacking))
        },
    })
}

fn unlike(voices: &[Voice]) -> Option<Check> {
    let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for voice in voices {
        let mut own: Vec<&str> = voice.words.iter().map(String::as_str).collect();
        own.sort_unstable();
        own.dedup();
        for words in own {
            said.entry(words).or_default().push(&voice.name);
        }
    }
    let same = said.values().find(|children| children.len() > 1);
    let speakers = voices.iter().filter(|voice| !voice.words.is_empty()).count();
    (speakers > 1).then(|| Check {
        what: "No words are the same for two children",
        met: same.is_none(),
        shows: same
            .map(|children| format!("The same for {}", names::list(children)))
            .unwrap_or_default(),
    })
}
