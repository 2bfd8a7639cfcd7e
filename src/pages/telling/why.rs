//! Why something is asked, must be answered or cannot be changed, and how a value was worked out: in words, with the
//! answers that decided it.

use engine::{At, Ground, Reason, Session};
use form::{Address, Aspect, Body, SubjectProperty};

use super::{age, day};

/// How much of a long answer is told.
const BRIEF: usize = 70;

/// Something decided, and by what.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Why {
    /// What was decided: "You are asked this because of".
    pub(crate) words: &'static str,
    /// What decided it. Never empty.
    pub(crate) facts: Vec<Fact>,
}

/// One of the things that decided.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact {
    /// What it is: a question, as it is asked, or what is known of a child.
    pub(crate) what: String,
    /// How it stands: the answer, or that there is none.
    pub(crate) how: String,
    /// The question, if it is on a page.
    pub(crate) question: Option<(At, Address)>,
}

/// Why a place is as it is. Nothing where no answer and nothing known decided it.
pub(crate) fn why(session: &Session, at: At) -> Vec<Why> {
    let reasons = session.explain(at);
    let by = |aspect: Aspect| reasons.iter().filter(move |reason| reason.aspect == aspect);
    let is_required = by(Aspect::Required).any(|reason| reason.holds);
    let is_fixed = by(Aspect::ReadOnly).any(|reason| reason.holds);
    let needed = if is_required {
        "You must answer it because of"
    } else {
        "You may leave it blank because of"
    };
    let is_asked = session
        .form()
        .field(at.node)
        .is_none_or(|field| field.kind.answered());
    let shown = if is_asked {
        "You are asked this because of"
    } else {
        "It is shown because of"
    };
    let fixed = is_fixed.then_some((Aspect::ReadOnly, "It cannot be changed at present because of"));
    let told = [
        (Aspect::Value, "It was worked out from"),
        (Aspect::Shown, shown),
        (Aspect::Required, needed),
        (Aspect::Default, "It was filled in from"),
    ];
    let whys = told.into_iter().chain(fixed).map(|(aspect, words)| Why {
        words,
        facts: facts(session, at, by(aspect)),
    });
    whys.filter(|why| !why.facts.is_empty()).collect()
}

fn facts<'r>(session: &Session, at: At, reasons: impl Iterator<Item = &'r Reason>) -> Vec<Fact> {
    let mut grounds: Vec<Ground> = Vec::new();
    for &ground in reasons.flat_map(|reason| &reason.grounds) {
        if !grounds.contains(&ground) {
            grounds.push(ground);
        }
    }
    // Which children the record is about goes without saying, where something of each of them is told.
    let goes_without_saying = |ground: &Ground| {
        let Ground::Answer(at) = ground else { return false };
        let repeat = session.form().repeat(at.node);
        repeat.is_some_and(|repeat| repeat.for_each_child)
    };
    if !grounds.iter().all(goes_without_saying) {
        grounds.retain(|ground| !goes_without_saying(ground));
    }
    let facts = grounds.into_iter();
    facts.filter_map(|ground| fact(session, at, ground)).collect()
}

fn fact(session: &Session, asked: At, ground: Ground) -> Option<Fact> {
    match ground {
        Ground::Answer(at) => answer(session, asked, at),
        Ground::Child(index, property) => child(session, index, property),
        Ground::Term(term) => {
            let env = session.env();
            let pack = session.form().pack(env.rule_pack.as_ref())?;
            let said = pack.terms.get(form::Id::index(term))?;
            Some(Fact {
                what: pack.title.clone(),
                how: said.value.in_words(),
                question: None,
            })
        }
        Ground::Today => Some(Fact {
            what: "Today’s date".to_owned(),
            how: day::in_full(session.env().today),
            question: None,
        }),
    }
}

fn answer(session: &Session, asked: At, at: At) -> Option<Fact> {
    let view = session.view(at)?;
    let lists = &session.form().lists;
    let said = match &session.form().nodes.at(at.node).body {
        Body::Field(field) if field.kind.answered() => {
            view.answer.as_ref().map(|answer| field.kind.tell(answer, lists))
        }
        Body::Field(_) => view.value,
        Body::Rows(repeat) => {
            let count = session.inside(at).len();
            Some(match (count, repeat.for_each_child) {
                (1, true) => "one child".to_owned(),
                (1, false) => "one entry".to_owned(),
                (count, true) => format!("{count} children"),
                (count, false) => format!("{count} entries"),
            })
        }
        Body::Group | Body::Row => None,
    };
    let is_shown = session.is_shown(at);
    let how = match said.filter(|said| !said.trim().is_empty()) {
        _ if !is_shown => "not asked".to_owned(),
        Some(said) => brief(&said),
        None => "not answered yet".to_owned(),
    };
    // A question about another child is told apart from the same one about this child.
    let whose = session
        .subject(at)
        .filter(|_| session.subject(at) != session.subject(asked));
    let whose = whose.and_then(|index| session.env().subjects.get(index));
    Some(Fact {
        what: match whose {
            Some(child) if !view.label.contains(&child.first_name) => {
                format!("{} ({})", view.label, child.first_name)
            }
            _ => view.label,
        },
        how,
        question: session
            .address(at)
            .filter(|_| is_shown)
            .map(|address| (at, address)),
    })
}

fn child(session: &Session, index: usize, property: SubjectProperty) -> Option<Fact> {
    let env = session.env();
    let child = env.subjects.get(index)?;
    let name = &child.first_name;
    let (what, how) = match property {
        SubjectProperty::BirthDate | SubjectProperty::DueDate | SubjectProperty::Unborn => (
            format!("{name}’s age"),
            match (age::birth(child), child.born) {
                (Some(birth), Some(_)) => birth,
                (Some(birth), None) => format!("Not born yet. {birth}"),
                (None, _) => "Not known".to_owned(),
            },
        ),
        SubjectProperty::FirstName | SubjectProperty::FullName => ("Name".to_owned(), child.full_name()),
    };
    Some(Fact {
        what,
        how,
        question: None,
    })
}

/// An answer in one line, and only the beginning of a long one.
fn brief(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(BRIEF) {
        Some((cut, _)) => format!("{}…", line.get(..cut).unwrap_or_default().trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::{Edit, Env};
    use form::{Answer, Answers};

    use crate::testing;

    const SOURCE: &str = r#"
form notes version=1 {
  title "Why"
  about children
  section visit "The visit" {
    choice outcome "What happened?" {
      option completed "I saw every child"
      option refused "I was not let in"
    }
    long_text story "What is the story?"
    text asked "Who was at home?" {
      show-when "outcome = completed or story != null"
      required-when "outcome = completed"
    }
    repeat visitors "Who visits?" { text name "Name"; }
    computed many "How many visit" { value "count(visitors)"; }
  }
  section children "{child.first_name}" for-each=child {
    yes_no seen "Was the child seen?"
    text life "What will life be like?" { show-when "child.unborn and seen = no"; }
  }
  section all "All" {
    text unseen "What of those not seen?" { show-when "some c in children satisfies c.seen = no"; }
  }
}
"#;

    fn session() -> Session {
        let start = feel::Date::UNIX_EPOCH;
        let env = Env {
            now: feel::DateTime::new(start, feel::Time::MIDNIGHT),
            today: start,
            subjects: testing::children(),
            rule_pack: None,
        };
        Session::new(testing::compile(SOURCE), env, &Answers::default())
    }

    fn at(session: &Session, address: &str) -> At {
        session.find(&address.parse().unwrap()).unwrap()
    }

    fn give(session: &mut Session, address: &str, answer: Answer) {
        let (at, answer) = (at(session, address), Some(answer));
        session.apply(Edit::Answer { at, answer }).unwrap();
    }

    /// What is told of a place, a line for each decision.
    fn told(session: &Session, address: &str) -> Vec<String> {
        let tell = |fact: Fact| {
            let link = if fact.question.is_some() { "→" } else { "" };
            format!("{link}{}: {}", fact.what, fact.how)
        };
        let whys = why(session, at(session, address)).into_iter();
        whys.map(|Why { words, facts }| {
            let facts: Vec<String> = facts.into_iter().map(tell).collect();
            format!("{words} {}", facts.join("; "))
        })
        .collect()
    }

    #[test]
    fn what_decided_is_told_with_how_it_stands() {
        let mut session = session();
        give(&mut session, "visit.outcome", Answer::Code("completed".into()));
        assert_eq!(
            told(&session, "visit.asked"),
            [
                "You are asked this because of →What happened?: I saw every child",
                "You must answer it because of →What happened?: I saw every child",
            ]
        );
        give(&mut session, "visit.outcome", Answer::Code("refused".into()));
        give(
            &mut session,
            "visit.story",
            Answer::Text("So much to say. ".repeat(9)),
        );
        assert_eq!(
            told(&session, "visit.asked"),
            [
                "You are asked this because of →What is the story?: \
                 So much to say. So much to say. So much to say. So much to say. So muc…",
                "You may leave it blank because of →What happened?: I was not let in",
            ]
        );
        assert_eq!(
            told(&session, "visit.many"),
            ["It was worked out from →Who visits?: 0 entries"]
        );
        assert_eq!(told(&session, "visit.outcome"), [""; 0]);
    }

    #[test]
    fn children_are_told_apart() {
        let mut session = session();
        give(&mut session, "children[ben].seen", Answer::Code("no".into()));
        assert_eq!(
            told(&session, "children[ben].life"),
            ["You are asked this because of ben’s age: Not known; →Was the child seen?: No"]
        );
        assert_eq!(
            told(&session, "all.unseen"),
            [
                "You are asked this because of →Was the child seen? (amy): not answered yet; \
                 →Was the child seen? (ben): No"
            ]
        );
    }
}
