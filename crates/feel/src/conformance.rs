//! Runs conformance cases: lines of JSON, each an expression and what it is to come to, as they can be
//! drawn from the DMN Technology Compatibility Kit.
//!
//! The cases know no types but those of values at run time, so what the checker reports is left aside:
//! FEEL has null wherever it would refuse. What an expression uses that this language leaves out is read
//! off its syntax, never off a list of cases.

use std::fmt;

use serde::Deserialize;
use smol_str::SmolStr;

use crate::check::unsupported_function;
use crate::syntax::{Feature, Keyword, Token, tokens};
use crate::temporal::names_zone;
use crate::{Code, NoNames, Number, Source, Value, check, parse};

/// How far a number may be from the expected one: as far as the compatibility kit's own runner allows.
const TOLERANCE_EXPONENT: i32 = -8;

/// What became of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The case's own name.
    pub id: String,
    /// The expression.
    pub expression: String,
    /// How it went.
    pub outcome: Outcome,
    /// What it came to, as FEEL's source; nothing if it was not run.
    pub found: Option<String>,
    /// What a host would refuse it for. A case that expects null because its types are wrong has one.
    pub refused: Option<Code>,
}

/// How a case went.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The expression came to what was expected.
    Passed,
    /// It came to something else.
    Failed {
        /// What was expected, as FEEL's source.
        expected: String,
        /// What it came to.
        found: String,
    },
    /// It uses a part of FEEL that this language leaves out.
    OutOfProfile(Feature),
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            expression,
            outcome,
            ..
        } = self;
        match outcome {
            Outcome::Passed => write!(f, "passed {id}: {expression}"),
            Outcome::Failed { expected, found } => {
                write!(
                    f,
                    "failed {id}: {expression}\n  expected {expected}\n  found    {found}"
                )
            }
            Outcome::OutOfProfile(Feature::Contexts) => write!(f, "out of profile {id}: contexts"),
            Outcome::OutOfProfile(Feature::Functions) => {
                write!(f, "out of profile {id}: functions as values")
            }
            Outcome::OutOfProfile(Feature::Zones) => write!(f, "out of profile {id}: time zones by name"),
        }
    }
}

/// How many cases went which way. Its `Display` is the last line of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that came to what was expected.
    pub passed: usize,
    /// Those that came to something else.
    pub failed: usize,
    /// Those that use what is left out.
    pub out_of_profile: usize,
}

impl Tally {
    /// Counts the reports.
    pub fn of<'a>(reports: impl IntoIterator<Item = &'a Report>) -> Self {
        let mut tally = Self::default();
        for report in reports {
            match report.outcome {
                Outcome::Passed => tally.passed += 1,
                Outcome::Failed { .. } => tally.failed += 1,
                Outcome::OutOfProfile(_) => tally.out_of_profile += 1,
            }
        }
        tally
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} out of profile",
            self.passed, self.failed, self.out_of_profile
        )
    }
}

/// A line that is no case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Which line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is no conformance case: {}", self.line, self.message)
    }
}

impl std::error::Error for BadLine {}

/// Runs every case of a file, one on each line.
///
/// # Errors
///
/// Where a line is no case, with what follows it left unread.
pub fn run(file: &str) -> Result<Vec<Report>, BadLine> {
    let lines = file
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let run_line = |(index, line): (usize, &str)| {
        let case = serde_json::from_str(line);
        let case: Case = case.map_err(|error| BadLine {
            line: index + 1,
            message: error.to_string(),
        })?;
        Ok(case.run())
    };
    lines.map(run_line).collect()
}

#[derive(Deserialize)]
struct Case {
    id: String,
    expression: String,
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    #[serde(rename = "type")]
    ty: SmolStr,
    #[serde(default)]
    value: serde_json::Value,
}

impl Case {
    fn run(self) -> Report {
        let parsed = parse(&self.expression);
        let checked = check(&parsed.tree, &NoNames, None);
        let refused = parsed
            .diagnostics
            .iter()
            .chain(&checked.diagnostics)
            .find(|diagnostic| diagnostic.is_error());
        let beyond = feature_of(&self.expression).or_else(|| self.expected.feature());
        let (outcome, found) = match (beyond, self.expected.value()) {
            (Some(feature), _) => (Outcome::OutOfProfile(feature), None),
            (None, Some(expected)) => {
                // What is no expression at all comes to nothing.
                let readable = parsed.diagnostics.is_empty();
                let value = if readable {
                    checked.expr.eval(&NoNames)
                } else {
                    Value::Null
                };
                let found = Source(&value).to_string();
                let outcome = if are_alike(&expected, &value) {
                    Outcome::Passed
                } else {
                    Outcome::Failed {
                        expected: Source(&expected).to_string(),
                        found: found.clone(),
                    }
                };
                (outcome, Some(found))
            }
            (None, None) => {
                let outcome = Outcome::Failed {
                    expected: format!("a value of type {}, which cannot be read", self.expected.ty),
                    found: String::new(),
                };
                (outcome, None)
            }
        };
        Report {
            refused: refused.map(|diagnostic| diagnostic.code),
            id: self.id,
            expression: self.expression,
            outcome,
            found,
        }
    }
}

impl Expected {
    /// The part of FEEL that is left out, if the value is of it.
    fn feature(&self) -> Option<Feature> {
        match self.ty.as_str() {
            "context" => Some(Feature::Contexts),
            "function" => Some(Feature::Functions),
            "list" => self.members()?.iter().find_map(Self::feature),
            _ => names_zone(self.value.as_str()?).then_some(Feature::Zones),
        }
    }

    fn members(&self) -> Option<Vec<Self>> {
        Vec::deserialize(&self.value).ok()
    }

    fn value(&self) -> Option<Value> {
        let text = match &self.value {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Null => String::new(),
            other => other.to_string(),
        };
        let value = match self.ty.as_str() {
            "null" => Value::Null,
            "boolean" => Value::Boolean(text.parse().ok()?),
            "decimal" | "double" | "float" | "integer" | "number" => Value::Number(text.parse().ok()?),
            "string" => Value::text(text),
            "date" => Value::Date(text.parse().ok()?),
            "time" => Value::Time(text.parse().ok()?),
            "dateTime" => Value::DateTime(text.parse().ok()?),
            "duration" => Value::temporal(&text)?,
            "list" => Value::list(
                self.members()?
                    .iter()
                    .map(Self::value)
                    .collect::<Option<Vec<_>>>()?,
            ),
            _ => return None,
        };
        Some(value)
    }
}

/// Are two values the same, as far as the digits of an expected number go?
fn are_alike(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Number(expected), Value::Number(found)) => {
            let tolerance = Number::new(1, TOLERANCE_EXPONENT).unwrap_or_default();
            expected
                .checked_sub(*found)
                .is_some_and(|difference| difference.abs() < tolerance)
        }
        (Value::List(expected), Value::List(found)) => {
            expected.len() == found.len()
                && expected
                    .iter()
                    .zip(found.iter())
                    .all(|(one, other)| are_alike(one, other))
        }
        _ => expected == found,
    }
}

/// The first part of FEEL in an expression that this language leaves out.
pub fn feature_of(expression: &str) -> Option<Feature> {
    let (tokens, _) = tokens(expression);
    let tokens: Vec<&Token> = tokens.iter().map(|(token, _)| token).collect();
    let mut words: Vec<&str> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let opens = |sign: &str| matches!(tokens.get(index + 1), Some(Token::Sign(next)) if *next == sign);
        let feature = match token {
            Token::Sign("{") => Some(Feature::Contexts),
            Token::Keyword(Keyword::Function) => Some(Feature::Functions),
            Token::Text(text) if names_zone(text) => Some(Feature::Zones),
            Token::Word(word) => {
                words.push(word);
                if opens("(") {
                    unsupported_function(&words.join(" "))
                } else if opens("<") && word == "context" {
                    Some(Feature::Contexts)
                } else {
                    None
                }
            }
            _ => None,
        };
        if !matches!(token, Token::Word(_)) {
            words.clear();
        }
        if feature.is_some() {
            return feature;
        }
    }
    None
}
