//! Kinds of question that take every answer of another kind, so that a later version of a form can ask for more: one
//! of a list, then several of it; a line, then paragraphs.
//!
//! What the old kind reads of an answer, the new one reads of what becomes of it: the same value, or a list of that
//! value alone. Nothing is guessed, so a pair of kinds of which this does not hold for every answer is not here.

use crate::answer::Answer;
use crate::compound::{Compound, Entry};
use crate::kinds::{Kind, Number, Scale};

/// The most characters of an email address (RFC 5321, section 4.5.3.1.3, without the brackets).
const EMAIL: u32 = 254;

/// What becomes of an answer when its question is of a wider kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widening {
    /// It stays as it was entered.
    AsEntered,
    /// It is the only one of several.
    OneOfSeveral,
}

impl Widening {
    /// What becomes of the answers of one kind when the question is of another; nothing if that is no wider one.
    ///
    /// Whether a list that is chosen from has all the codes that another had is not asked: a version may say which
    /// code became which.
    pub fn between(old: &Kind, new: &Kind) -> Option<Self> {
        let as_entered = |is_wider: bool| is_wider.then_some(Self::AsEntered);
        match (old, new) {
            (Kind::Text(old), Kind::LongText(new)) => as_entered(old.max_length <= new.max_length),
            (Kind::LongText(old), Kind::Text(new)) => as_entered(old.max_length <= new.max_length),
            (Kind::Email(_), Kind::Text(new)) => as_entered(EMAIL <= new.max_length),
            (Kind::Email(_), Kind::LongText(new)) => as_entered(EMAIL <= new.max_length),
            (Kind::Scale(old), Kind::Number(new)) => as_entered(holds(new, old)),
            (
                Kind::YesNo(_) | Kind::Choice(_) | Kind::Code(_),
                Kind::YesNo(_) | Kind::Choice(_) | Kind::Code(_),
            ) => as_entered(old.name() != new.name()),
            (Kind::YesNo(_) | Kind::Choice(_) | Kind::Code(_), Kind::Choices(_))
            | (Kind::Person(_), Kind::People(_)) => Some(Self::OneOfSeveral),
            _ => None,
        }
    }

    /// What becomes of an answer. One that is not of the old kind's shape stays as it was entered, whatever is next.
    pub fn widen(self, answer: &Answer) -> Answer {
        match (self, answer) {
            (Self::OneOfSeveral, Answer::Code(code)) => Answer::Codes(vec![code.clone()]),
            (Self::OneOfSeveral, Answer::Compound(one)) if one.entries.is_empty() => {
                let only = Entry {
                    id: "1".to_owned(),
                    named: one.named.clone(),
                };
                Answer::Compound(Compound::entries([only]))
            }
            _ => answer.clone(),
        }
    }
}

/// Can a number be whatever is on a scale?
fn holds(number: &Number, scale: &Scale) -> bool {
    let [least, most] = [scale.min, scale.max].map(|end| feel::Number::from(i64::from(end)));
    number.min.is_none_or(|min| min <= least) && number.max.is_none_or(|max| most <= max)
}

#[cfg(test)]
mod tests {
    use feel::{ListId, Value};
    use proptest::prelude::*;

    use super::*;
    use crate::ids::Table;
    use crate::kinds::{self, ALL};
    use crate::lists::{Code, CodeList};

    fn lists() -> Table<ListId, CodeList> {
        let codes = ["yes", "no", "a", "b", "c", "d", "e"].map(|code| Code {
            code: code.into(),
            ..Code::default()
        });
        Table::from(vec![CodeList {
            name: None,
            codes: codes.to_vec(),
        }])
    }

    /// Any kind that can widen or be widened to, with any settings that bear on it.
    fn kind() -> impl Strategy<Value = Kind> {
        let bound = || prop::option::of((-2_i64..12).prop_map(Into::into));
        prop_oneof![
            (1_u32..300).prop_map(|max_length| Kind::Text(kinds::Text { max_length })),
            (1_u32..300).prop_map(|max_length| Kind::LongText(kinds::LongText { max_length, rows: 4 })),
            (0_u32..10, 1_u32..10).prop_map(|(min, steps)| Kind::Scale(Scale {
                min,
                max: min + steps,
                low: None,
                high: None
            })),
            (bound(), bound()).prop_map(|(min, max)| Kind::Number(Number {
                min,
                max,
                ..Number::default()
            })),
            prop::sample::select(ALL.iter().flat_map(|info| (info.samples)()).collect::<Vec<_>>())
                .prop_map(|(kind, ..)| kind),
        ]
    }

    /// Any answer that some kind may have been given, and texts at the bounds of others.
    fn answer() -> impl Strategy<Value = Answer> {
        let samples: Vec<Answer> = ALL
            .iter()
            .flat_map(|info| (info.samples)())
            .map(|(_, answer, _)| answer)
            .collect();
        prop_oneof![
            prop::sample::select(samples),
            prop::sample::select(vec!["yes", "no", "a"]).prop_map(|code| Answer::Code(code.into())),
            "[ a-zé\n]{1,300}".prop_map(Answer::Text),
            " ?[+-]?0{0,3}[0-9]{1,2}(\\.0)? ?".prop_map(Answer::Text),
            "[a-z]{1,64}@([a-z]{1,60}\\.){1,4}uk".prop_map(Answer::Text),
        ]
    }

    /// Two kinds of which the second is wider.
    fn widened() -> impl Strategy<Value = (Kind, Kind, Widening)> {
        (kind(), kind()).prop_filter_map("the second is wider", |(old, new)| {
            let widening = Widening::between(&old, &new)?;
            Some((old, new, widening))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_was_read_is_read_to_the_same_value_or_a_list_of_it((old, new, widening) in widened(), answer in answer()) {
            if let Ok(value) = old.read(&answer, &lists()) {
                let wide = widening.widen(&answer);
                let expected = match widening {
                    Widening::AsEntered => value,
                    Widening::OneOfSeveral => Value::list([value]),
                };
                prop_assert_eq!(new.read(&wide, &lists()), Ok(expected), "{:?} to {:?}", old, new);
                prop_assert_eq!(wide.is_blank(), answer.is_blank());
            }
        }
    }

    #[test]
    fn these_kinds_are_wider_than_others_as_they_usually_are() {
        let usual = |info: &kinds::KindInfo| (info.samples)().into_iter().next().map(|(kind, ..)| kind);
        let pairs = ALL.iter().flat_map(|old| ALL.iter().map(move |new| (old, new)));
        let wider: Vec<String> = pairs
            .filter(|(old, new)| {
                let between = usual(old).zip(usual(new));
                between.is_some_and(|(old, new)| Widening::between(&old, &new).is_some())
            })
            .map(|(old, new)| format!("{} to {}", old.name, new.name))
            .collect();
        let expected = [
            "text to long_text",
            "yes_no to choice",
            "yes_no to choices",
            "yes_no to code",
            "choice to yes_no",
            "choice to choices",
            "choice to code",
            "code to yes_no",
            "code to choice",
            "code to choices",
            "scale to number",
            "person to people",
            "email to long_text",
        ];
        assert_eq!(wider, expected);
    }
}
