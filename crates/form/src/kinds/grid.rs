//! What the kinds with rows and columns share: their cells, how each is read, and how all of them are told. The entries
//! of an answer are its rows, named by their codes, and the parts of an entry its cells, named by those of their columns.

use feel::Value;

use super::text::fits;
use super::{as_entered, compound};
use crate::answer::Answer;
use crate::lists::Code;

/// The most characters of a cell.
const MAX_LENGTH: usize = 500;

/// The rows as a list of lists. A cell in which nothing was typed is null.
pub(super) fn read(
    answer: &Answer,
    rows: &[Code],
    columns: &[Code],
    cell: fn(&str) -> Result<Value, &'static str>,
) -> Result<Value, String> {
    let parts = compound(answer)?;
    let row = |row: &Code| {
        let cells = columns.iter().map(|column| {
            let text = parts.typed(Some(&row.code), &column.code).trim();
            let place = format!("“{}, {}”", row.label, column.label);
            fits(text, MAX_LENGTH, &place)?;
            if text.is_empty() {
                return Ok(Value::Null);
            }
            cell(text).map_err(|wrong| format!("{wrong} in {place}"))
        });
        cells.collect::<Result<Vec<_>, String>>().map(Value::list)
    };
    let rows = rows.iter().map(row);
    rows.collect::<Result<Vec<_>, String>>().map(Value::list)
}

/// The rows in which something stands, one to a line: "Monday: Morning: school, Evening: at home".
pub(super) fn tell(answer: &Answer, rows: &[Code], columns: &[Code]) -> String {
    let Ok(parts) = compound(answer) else {
        return as_entered(answer);
    };
    let lines = rows.iter().filter_map(|row| {
        let cells = columns.iter().filter_map(|column| {
            let text = parts.typed(Some(&row.code), &column.code).trim();
            (!text.is_empty()).then(|| format!("{}: {text}", column.label))
        });
        let cells: Vec<String> = cells.collect();
        (!cells.is_empty()).then(|| format!("{}: {}", row.label, cells.join(", ")))
    });
    let told = lines.collect::<Vec<_>>().join("\n");
    if told.is_empty() { as_entered(answer) } else { told }
}

/// A row or column of this code and label.
pub(super) fn code(code: &str, label: &str) -> Code {
    Code {
        code: code.into(),
        label: label.to_owned(),
        ..Code::default()
    }
}
