//! `table`: a grid of rows by columns, with a box in each cell.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::grid;
use super::number::decimal;
use crate::answer::Answer;
use crate::compound::{Compound, Entry};
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::ids;
use crate::lists::{Code, CodeList};

/// A grid whose rows and columns the form decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The rows, from above.
    pub rows: Vec<Code>,
    /// The columns, from the left.
    pub columns: Vec<Code>,
    /// Does each cell take a number?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub numbers: bool,
}

/// The most rows and columns: beyond these a page shows no grid.
const MAX_ROWS: usize = 60;
const MAX_COLUMNS: usize = 12;

fn number(text: &str) -> Result<Value, &'static str> {
    let number = decimal(text).map(|(number, _)| Value::Number(number));
    number.ok_or("Enter a number, using digits,")
}

impl FieldKind for Table {
    const NAME: &'static str = "table";
    const DOC: &'static str = "A grid of rows by columns, with a box in each cell. In expressions it is the list of its \
        rows, and each row the list of its cells.";
    const SETTINGS: &'static [SettingSpec] = &[
        SettingSpec {
            name: "row",
            kind: SettingKind::Lines,
            required: true,
            doc: "A row, with its label; a line for each.",
        },
        SettingSpec {
            name: "column",
            kind: SettingKind::Lines,
            required: true,
            doc: "A column, with its label; a line for each.",
        },
        SettingSpec {
            name: "numbers",
            kind: SettingKind::Flag,
            required: false,
            doc: "Takes a number in each cell, where it would take words.",
        },
    ];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let lines = |setting: &'static str, most: usize| {
            let lines = settings.lines(setting);
            if lines.len() > most {
                let message = format!("a table has at most {most} of these");
                return Err(SettingError { setting, message });
            }
            Ok(lines)
        };
        Ok(Self {
            rows: lines("row", MAX_ROWS)?,
            columns: lines("column", MAX_COLUMNS)?,
            numbers: settings.flag("numbers"),
        })
    }

    fn value_type(&self) -> Type {
        let cell = if self.numbers { Type::Number } else { Type::Text };
        cell.list().list()
    }

    fn read(&self, answer: &Answer, _: &ids::Table<ListId, CodeList>) -> Result<Value, String> {
        let cell = if self.numbers {
            number
        } else {
            |text: &str| Ok(Value::text(text))
        };
        grid::read(answer, &self.rows, &self.columns, cell)
    }

    fn tell(&self, answer: &Answer, _: &ids::Table<ListId, CodeList>) -> String {
        grid::tell(answer, &self.rows, &self.columns)
    }

    fn ask(&self) -> &'static str {
        "Enter something in the table"
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let kind = Self {
            rows: vec![grid::code("breakfast", "Breakfast"), grid::code("tea", "Tea")],
            columns: vec![
                grid::code("who", "Who makes it"),
                grid::code("what", "What there is"),
            ],
            numbers: false,
        };
        let rows = [
            Entry::new("tea", [("who", "Gran"), ("what", "soup")]),
            Entry::new("breakfast", [("what", " toast ")]),
        ];
        let answer = Answer::Compound(Compound::entries(rows));
        vec![(
            kind,
            answer,
            "Breakfast: What there is: toast\nTea: Who makes it: Gran, What there is: soup",
        )]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_where_its_row_and_its_column_meet() {
        let kind = Table {
            rows: vec![grid::code("a", "A"), grid::code("b", "B")],
            columns: vec![grid::code("x", "X"), grid::code("y", "Y")],
            numbers: true,
        };
        let read = |cell| {
            let rows = [
                Entry::new("b", [("y", cell), ("elsewhere", "9")]),
                Entry::new("gone", [("x", "9")]),
            ];
            kind.read(&Answer::Compound(Compound::entries(rows)), &ids::Table::default())
        };
        let row = |cell| Value::list([Value::Null, cell]);
        assert_eq!(
            read("2.5"),
            Ok(Value::list([
                row(Value::Null),
                row(Value::Number("2.5".parse().unwrap()))
            ]))
        );
        assert_eq!(read("two"), Err("Enter a number, using digits, in “B, Y”".into()));
        assert_eq!(
            read(&"1".repeat(501)),
            Err("Shorten “B, Y” by 1 character".into())
        );
    }
}
