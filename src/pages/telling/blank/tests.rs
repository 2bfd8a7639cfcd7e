//! A form as it is filled in by hand.

use super::super::room::Tick;
use super::*;
use crate::testing;

const SOURCE: &str = r#"
form notes version=1 {
  title "Visit"
  about children
  section visit "The visit" {
    date day "When was it?" { required; hint "The day you were there"; }
    choice outcome "What happened?" {
      required
      option seen "I saw them"
      option gone "They were out"
    }
    long_text steps "What did you do?" { show-when "outcome = gone"; required; }
    date again "When will you try again?" { show-when "outcome = gone"; required; }
    text who "Who was there?" { required-when "outcome = seen"; }
    computed late "Days since" { value "today() - day"; }
    repeat callers "Who called?" {
      max 3
      person name "Who?" { name-only; }
      yes_no came "Did they come?"
    }
    repeat steps_next "What next?" {
      long_text what "What?"
      person by "By whom?"
    }
  }
  section children "{child.first_name}" for-each=child {
    quote words "{child.first_name}'s own words" { show-when "age(child.date_of_birth, visit.day) >= 4"; }
    number never "Never" { show-when "seen_by != null"; unit "days"; }
    text seen_by "Who saw {child.first_name}?"
  }
}
"#;

fn sheet() -> Vec<Part> {
    parts(&testing::compile(SOURCE))
}

fn all<'b>(blocks: &'b [Block], into: &mut Vec<&'b Question>) {
    for block in blocks {
        match block {
            Block::Question(question) => into.push(question),
            Block::Note(_) => {}
            Block::Group { blocks, .. } | Block::OnlyIf { blocks, .. } => all(blocks, into),
            Block::Entries { asked, .. } => match asked {
                Asked::Columns(columns) => into.extend(columns),
                Asked::Blocks(blocks) => all(blocks, into),
            },
        }
    }
}

fn questions_of(part: &Part) -> Vec<&Question> {
    let mut questions = Vec::new();
    all(&part.blocks, &mut questions);
    questions
}

#[test]
fn every_question_that_a_person_answers_is_on_paper_and_no_other() {
    let form = testing::compile(SOURCE);
    let sheet = sheet();
    let told: Vec<&str> = sheet
        .iter()
        .flat_map(questions_of)
        .map(|question| question.label.as_str())
        .collect();
    let asked: Vec<String> = form
        .nodes
        .ids()
        .filter(|&node| form.field(node).is_some_and(|field| field.kind.answered()))
        .map(|node| blank::label(&form, node))
        .collect();
    assert_eq!(told, asked);
    assert!(told.contains(&"The child's own words"));
    assert!(!told.iter().any(|label| label.contains(['{', '}'])));
}

#[test]
fn what_follows_under_one_condition_stands_together() {
    let sheet = sheet();
    let [visit, children] = sheet.as_slice() else {
        panic!("{sheet:?}")
    };
    assert_eq!((visit.for_each_child, children.for_each_child), (false, true));
    assert_eq!(children.title, "The child");
    let conditions: Vec<(&str, usize)> = sheet
        .iter()
        .flat_map(|part| &part.blocks)
        .filter_map(|block| match block {
            Block::OnlyIf { words, blocks } => Some((words.as_str(), blocks.len())),
            _ => None,
        })
        .collect();
    assert_eq!(
        conditions,
        [
            ("“What happened?” is “They were out”", 2),
            ("the child is 4 or older", 1),
            ("“Who saw the child?” is answered", 1),
        ]
    );
    let needs: Vec<Need> = questions_of(visit)
        .iter()
        .map(|question| question.need.clone())
        .take(5)
        .collect();
    let seen = "“What happened?” is “I saw them”".to_owned();
    assert_eq!(
        needs,
        [Need::Yes, Need::Yes, Need::Yes, Need::Yes, Need::If(seen)]
    );
}

#[test]
fn the_room_is_made_for_the_answer() {
    let sheet = sheet();
    let rooms: Vec<Room> = sheet
        .iter()
        .flat_map(questions_of)
        .map(|question| question.room.clone())
        .collect();
    let tick = |label: &str| Tick {
        label: label.to_owned(),
        hint: None,
        when: None,
    };
    assert_eq!(rooms.first(), Some(&Room::Day));
    assert_eq!(
        rooms.get(1),
        Some(&Room::Ticks {
            many: false,
            options: vec![tick("I saw them"), tick("They were out")],
        })
    );
    assert!(rooms.contains(&Room::Words));
    assert!(rooms.contains(&Room::Account(4)));
    assert!(rooms.contains(&Room::Line {
        before: "",
        after: "days".to_owned(),
        long: false
    }));
}

#[test]
fn entries_are_a_table_where_they_are_small_and_never_more_than_there_may_be() {
    let sheet = sheet();
    let entries: Vec<(usize, bool)> = sheet
        .iter()
        .flat_map(|part| &part.blocks)
        .filter_map(|block| match block {
            Block::Entries { copies, asked, .. } => Some((*copies, matches!(asked, Asked::Columns(_)))),
            _ => None,
        })
        .collect();
    assert_eq!(entries, [(3, true), (2, false)]);
}
