//! `body_map`: where on a body something was seen, and what.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::text::fits;
use super::{as_entered, compound};
use crate::answer::Answer;
use crate::compound::{Compound, Entry};
use crate::field::{FieldKind, SettingError, Settings};
use crate::ids::Table;
use crate::lists::{Code, CodeList};

/// Places on a body, an entry for each, named by its code. The parts are `marked`, which says that the place was picked,
/// and `seen`, what was seen there. Left and right are the child's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BodyMap {
    /// The list of the places.
    pub list: ListId,
}

impl BodyMap {
    /// The places of a body's front, from its head, then of its back: code and label.
    pub const PLACES: [(&str, &str); 41] = PLACES;
    /// How many of them are on the front.
    pub const ON_FRONT: usize = 24;
}

const PLACES: [(&str, &str); 41] = [
    ("top_of_head", "Top of the head"),
    ("face", "Face"),
    ("right_ear", "Right ear"),
    ("left_ear", "Left ear"),
    ("neck", "Front of the neck"),
    ("chest", "Chest"),
    ("abdomen", "Stomach"),
    ("genitals", "Genitals"),
    ("right_shoulder", "Right shoulder"),
    ("left_shoulder", "Left shoulder"),
    ("right_upper_arm", "Right upper arm, front"),
    ("left_upper_arm", "Left upper arm, front"),
    ("right_forearm", "Right forearm, front"),
    ("left_forearm", "Left forearm, front"),
    ("right_palm", "Palm of the right hand"),
    ("left_palm", "Palm of the left hand"),
    ("right_thigh", "Right thigh, front"),
    ("left_thigh", "Left thigh, front"),
    ("right_knee", "Right knee"),
    ("left_knee", "Left knee"),
    ("right_shin", "Right shin"),
    ("left_shin", "Left shin"),
    ("right_foot", "Right foot"),
    ("left_foot", "Left foot"),
    ("back_of_head", "Back of the head"),
    ("back_of_neck", "Back of the neck"),
    ("upper_back", "Upper back"),
    ("lower_back", "Lower back"),
    ("buttocks", "Buttocks"),
    ("left_arm_back", "Left upper arm, back"),
    ("right_arm_back", "Right upper arm, back"),
    ("left_forearm_back", "Left forearm, back"),
    ("right_forearm_back", "Right forearm, back"),
    ("left_hand_back", "Back of the left hand"),
    ("right_hand_back", "Back of the right hand"),
    ("left_thigh_back", "Left thigh, back"),
    ("right_thigh_back", "Right thigh, back"),
    ("left_calf", "Left calf"),
    ("right_calf", "Right calf"),
    ("left_heel", "Left heel or sole"),
    ("right_heel", "Right heel or sole"),
];

/// The most characters of what was seen at a place.
const MAX_LENGTH: usize = 1_000;

fn marked(parts: &Compound) -> impl Iterator<Item = &Entry> {
    parts.entries.iter().filter(|entry| !entry.named.is_blank())
}

impl FieldKind for BodyMap {
    const NAME: &'static str = "body_map";
    const DOC: &'static str = "Where on a body something was seen, and what: picked on a figure or in a list. Left and \
        right are the child's own. In expressions it is the list of the places.";

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let codes = PLACES.iter().map(|&(code, label)| Code {
            code: code.into(),
            label: label.to_owned(),
            ..Code::default()
        });
        Ok(Self {
            list: settings.own_list(CodeList {
                name: None,
                codes: codes.collect(),
            }),
        })
    }

    fn value_type(&self) -> Type {
        Type::Code(self.list).list()
    }

    fn read(&self, answer: &Answer, lists: &Table<ListId, CodeList>) -> Result<Value, String> {
        let places = marked(compound(answer)?).map(|entry| {
            let place = lists.get(self.list).and_then(|list| list.find(&entry.id));
            let place = place.ok_or_else(|| "Choose places on the figure, or in the list".to_owned())?;
            let seen = entry.named.get("seen");
            if seen.is_empty() {
                return Err(format!("Write what you saw here: {}", place.label));
            }
            fits(seen, MAX_LENGTH, &format!("what you wrote of “{}”", place.label))?;
            Ok(Value::Text(place.code.clone()))
        });
        let places: Vec<Value> = places.collect::<Result<_, _>>()?;
        Ok(Value::list(places))
    }

    fn tell(&self, answer: &Answer, lists: &Table<ListId, CodeList>) -> String {
        let Ok(parts) = compound(answer) else {
            return as_entered(answer);
        };
        let list = lists.get(self.list);
        let lines = marked(parts).map(|entry| {
            let place = list.map_or(entry.id.as_str(), |list| list.label(&entry.id));
            match entry.named.get("seen") {
                "" => place.to_owned(),
                seen => format!("{place}: {seen}"),
            }
        });
        let told = lines.collect::<Vec<_>>().join("\n");
        if told.is_empty() { as_entered(answer) } else { told }
    }

    fn ask(&self) -> &'static str {
        "Choose a place on the figure, or in the list"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let places = [
            Entry::new("a", [("marked", "yes"), ("seen", "a graze, 2 cm")]),
            Entry::new("c", [("marked", "yes")]),
        ];
        let answer = Answer::Compound(Compound::entries(places));
        vec![(Self { list: ListId(0) }, answer, "A: a graze, 2 cm\nC")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_code_of_its_own() {
        for (index, (code, label)) in PLACES.iter().enumerate() {
            let others = PLACES.iter().skip(index + 1);
            assert!(
                others.clone().all(|(other, _)| other != code)
                    && others.clone().all(|(_, other)| other != label)
            );
        }
    }

    #[test]
    fn what_was_seen_is_written_at_each_place() {
        let lists = Table::from(vec![CodeList {
            name: None,
            codes: vec![Code {
                code: "face".into(),
                label: "Face".into(),
                ..Code::default()
            }],
        }]);
        let read = |place, seen| {
            let entries = [Entry::new(place, [("marked", "yes"), ("seen", seen)])];
            BodyMap { list: ListId(0) }.read(&Answer::Compound(Compound::entries(entries)), &lists)
        };
        assert_eq!(read("face", "a scratch"), Ok(Value::list([Value::text("face")])));
        assert_eq!(read("face", " "), Err("Write what you saw here: Face".into()));
        assert_eq!(
            read("tail", "a scratch"),
            Err("Choose places on the figure, or in the list".into())
        );
    }
}
