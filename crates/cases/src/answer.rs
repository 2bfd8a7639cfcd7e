//! Makes an answer of the words that a case gives for it.

use compiler::kdl::{Entry, Node, Value};
use compiler::{Code, Diagnostic, FileId, Place};
use form::{Answer, CodeList, Compound, DateParts, Entry as Part, Field, Form, Kind, Named, Quote};

/// The shape of the answers that a kind of question takes.
enum Shape {
    Text,
    Code,
    Codes,
    Date,
    Quotes,
    /// A name, and who they are.
    Person,
    /// A name each.
    People,
    /// Its lines, the last of which is the postcode.
    Address,
    /// A day, and a time of it.
    Moment,
    /// Places on a body, each with what was seen there.
    Marks,
    /// One that cases have no words for.
    Other,
}

impl Shape {
    /// The shape of a kind's answers: by the kind where they have several parts, else as its own samples have it.
    fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Person(_) => return Self::Person,
            Kind::People(_) => return Self::People,
            Kind::Address(_) => return Self::Address,
            Kind::DateTime(_) => return Self::Moment,
            Kind::BodyMap(_) => return Self::Marks,
            _ => {}
        }
        let samples = Kind::info(kind.name()).map(|info| (info.samples)());
        match samples.unwrap_or_default().first() {
            Some((_, Answer::Text(_), _)) => Self::Text,
            Some((_, Answer::Code(_), _)) => Self::Code,
            Some((_, Answer::Codes(_), _)) => Self::Codes,
            Some((_, Answer::Date(_), _)) => Self::Date,
            Some((_, Answer::Quotes(_), _)) => Self::Quotes,
            _ => Self::Other,
        }
    }

    /// The most words that an answer is written in, if there is a most.
    fn most_words(&self) -> Option<usize> {
        match self {
            Self::Text | Self::Code | Self::Date => Some(1),
            Self::Person | Self::Moment => Some(2),
            Self::Address => Some(5),
            Self::Codes | Self::Quotes | Self::People | Self::Marks | Self::Other => None,
        }
    }
}

/// The answer on a line, which is none if the line takes an earlier one back.
///
/// # Errors
/// What is wrong with the line.
pub(crate) fn read(
    line: Node<'_>,
    file: FileId,
    form: &Form,
    field: &Field,
) -> Result<Option<Answer>, Diagnostic> {
    let place = |span| Place { file, span };
    let name = line.name().get();
    if !field.kind.answered() {
        let message = format!("nobody answers `{name}`");
        return Err(
            Diagnostic::new(Code::Misplaced, place(line.name().span()), message)
                .help("say what it comes to with `computed`, in `then`"),
        );
    }
    if let Some(json) = line.property("json") {
        let text = json
            .text()
            .map(|text| text.get().into_owned())
            .unwrap_or_default();
        return serde_json::from_str(&text).map(Some).map_err(|error| {
            let message = format!("this is no answer as it is kept: {error}");
            Diagnostic::new(Code::BadValue, place(json.value_span()), message)
        });
    }
    let values: Vec<Entry<'_>> = line.arguments().collect();
    match values.as_slice() {
        [] => {
            let message = format!("`{name}` lacks an answer");
            Err(
                Diagnostic::new(Code::MissingValue, place(line.name().span()), message)
                    .help("write it behind the name; `#null` takes back what an earlier case gave"),
            )
        }
        [only] if matches!(only.value(), Value::Other) => Ok(None),
        values => of_words(values, file, form, field).map(Some),
    }
}

/// The answer that these words stand for.
fn of_words(values: &[Entry<'_>], file: FileId, form: &Form, field: &Field) -> Result<Answer, Diagnostic> {
    let mut words = Vec::with_capacity(values.len());
    for value in values {
        words.push((
            written(*value, file)?,
            Place {
                file,
                span: value.value_span(),
            },
        ));
    }
    let shape = Shape::of(&field.kind);
    if let Some((_, place)) = shape.most_words().and_then(|most| words.get(most)) {
        let message = match shape {
            Shape::Text | Shape::Code | Shape::Date => "this question takes one answer, and this is a second",
            _ => "this is more than the answer to this question has parts",
        };
        return Err(Diagnostic::new(Code::ExtraValue, *place, message)
            .help("a text of several words needs quotes around it"));
    }
    let list = field.kind.list().map(|list| form.lists.at(list));
    if let (Shape::Code | Shape::Codes | Shape::Marks, Some(list)) = (&shape, list) {
        let each = if matches!(shape, Shape::Marks) { 2 } else { 1 };
        for (code, place) in words.iter().step_by(each) {
            known_code(code, list, *place)?;
        }
    }
    let mut texts = words.iter().map(|(text, _)| text.clone());
    Ok(match shape {
        Shape::Text => Answer::Text(texts.next().unwrap_or_default()),
        Shape::Code => Answer::Code(texts.next().unwrap_or_default()),
        Shape::Codes => Answer::Codes(texts.collect()),
        Shape::Date => Answer::Date(date(&texts.next().unwrap_or_default())),
        Shape::Quotes => Answer::Quotes(quotes(texts)),
        Shape::Person => named(["name", "role"].into_iter().zip(texts)),
        Shape::People => {
            let numbered = texts.zip(1_u32..);
            entries(numbered.map(|(name, id)| (id.to_string(), Named::from([("name", &*name)]))))
        }
        Shape::Address => named(lines(texts.collect())),
        Shape::Moment => moment(texts),
        Shape::Marks => entries(marks(texts)),
        Shape::Other => {
            let place = words.first().map(|(_, place)| *place).unwrap_or(Place {
                file,
                span: (0..0).into(),
            });
            let message = format!(
                "a case has no words for the answer to a question of kind `{}`",
                field.kind.name()
            );
            return Err(Diagnostic::new(Code::BadValue, place, message)
                .help("write `json=` with the answer as a record keeps it"));
        }
    })
}

/// A text, or a number as it would be typed.
pub(crate) fn written(value: Entry<'_>, file: FileId) -> Result<String, Diagnostic> {
    match value.value() {
        Value::Text(text) => Ok(text.get().into_owned()),
        Value::Number(number) => Ok(number.plain().unwrap_or_default()),
        Value::Flag(_) | Value::Other => {
            let place = Place {
                file,
                span: value.value_span(),
            };
            Err(Diagnostic::new(Code::BadValue, place, "this is no answer")
                .help("write it as a person enters it: a code, a date, a text in quotes"))
        }
    }
}

/// Tells of a code that the list does not have.
pub(crate) fn known_code(code: &str, list: &CodeList, place: Place) -> Result<(), Diagnostic> {
    if list.find(code).is_some() {
        return Ok(());
    }
    let message = format!("`{code}` is none of the options");
    let codes = list.codes.iter().map(|entry| entry.code.as_str());
    let help = feel::did_you_mean(code, codes.clone()).unwrap_or_else(|| {
        let codes: Vec<String> = codes.take(12).map(|code| format!("`{code}`")).collect();
        format!("the options are {}", codes.join(", "))
    });
    Err(Diagnostic::new(Code::UnknownValue, place, message).help(help))
}

/// A date as it is entered: `2026-11-19`, or `31/2/2026` as it would be typed, however wrong. Parts may be left out.
fn date(text: &str) -> DateParts {
    let mut parts = DateParts::default();
    let reversed = text.contains('/');
    let mut words = text.split(['-', '/']).map(str::to_owned);
    let [first, second, third] = std::array::from_fn(|_| words.next().unwrap_or_default());
    (parts.year, parts.month, parts.day) = match reversed {
        true => (third, second, first),
        false => (first, second, third),
    };
    parts
}

fn quotes(words: impl Iterator<Item = String>) -> Vec<Quote> {
    let numbered = words.zip(1_u32..);
    numbered
        .map(|(words, id)| Quote {
            id: id.to_string(),
            words,
            ..Quote::default()
        })
        .collect()
}

/// An answer of parts that there is one of each.
fn named(parts: impl Iterator<Item = (&'static str, String)>) -> Answer {
    let mut compound = Compound::default();
    for (part, text) in parts {
        compound.set(None, part, text);
    }
    Answer::Compound(compound)
}

/// An answer of entries.
fn entries(parts: impl Iterator<Item = (String, Named)>) -> Answer {
    Answer::Compound(Compound::entries(parts.map(|(id, named)| Part { id, named })))
}

/// Places on a body, each with what was seen there.
fn marks(mut texts: impl Iterator<Item = String>) -> impl Iterator<Item = (String, Named)> {
    std::iter::from_fn(move || {
        let (place, seen) = (texts.next()?, texts.next().unwrap_or_default());
        Some((place, Named::from([("marked", "yes"), ("seen", &*seen)])))
    })
}

/// The lines of an address as they are called: the postcode comes last, and the town before it.
fn lines(mut written: Vec<String>) -> impl Iterator<Item = (&'static str, String)> {
    let postcode = (written.len() > 1).then(|| written.pop()).flatten();
    let town = (written.len() > 1).then(|| written.pop()).flatten();
    let last = [("postcode", postcode), ("town", town)];
    let last = last.into_iter().filter_map(|(part, text)| Some((part, text?)));
    ["line_1", "line_2", "county"]
        .into_iter()
        .zip(written)
        .chain(last)
}

/// A day with a time of it.
fn moment(mut texts: impl Iterator<Item = String>) -> Answer {
    let day = date(&texts.next().unwrap_or_default());
    let time = ("time", texts.next().unwrap_or_default());
    named([("day", day.day), ("month", day.month), ("year", day.year), time].into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_entered_part_by_part() {
        for (text, day, month, year) in [
            ("2026-11-19", "19", "11", "2026"),
            ("2026-11", "", "11", "2026"),
            ("31/2/2026", "31", "2", "2026"),
            ("nonsense", "", "", "nonsense"),
        ] {
            let parts = date(text);
            assert_eq!(
                [&*parts.day, &*parts.month, &*parts.year],
                [day, month, year],
                "{text}"
            );
        }
    }

    #[test]
    fn every_kind_that_is_answered_has_a_shape() {
        for info in form::kinds::ALL.iter().filter(|info| info.answered) {
            let samples = (info.samples)();
            let (kind, answer, _) = samples.first().unwrap();
            let shape = Shape::of(kind);
            assert!(matches!(
                (shape, answer),
                (Shape::Text, Answer::Text(_))
                    | (Shape::Code, Answer::Code(_))
                    | (Shape::Codes, Answer::Codes(_))
                    | (Shape::Date, Answer::Date(_))
                    | (Shape::Quotes, Answer::Quotes(_))
                    | (
                        Shape::Person | Shape::People | Shape::Address | Shape::Moment | Shape::Marks,
                        Answer::Compound(_)
                    )
                    | (Shape::Other, _)
            ));
        }
    }
}
