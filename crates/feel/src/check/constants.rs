//! Looks into the texts that some functions read, where they are known before there is a value.

use std::ops::Range;

use super::Checker;
use crate::builtins::Function;
use crate::syntax::{Feature, Node};
use crate::temporal::names_zone;
use crate::{Code, Diagnostic, Expr, NoNames, Value};

impl Checker<'_> {
    /// Reports constants that the function can make nothing of.
    pub(super) fn check_constants(
        &mut self,
        function: Function,
        values: &[Expr],
        nodes: &[Option<&Node>],
        span: &Range<usize>,
    ) {
        match function.name() {
            "date" | "time" | "date and time" | "duration" => self.check_literal(function, values, span),
            "matches" | "replace" | "split" | "extract" => {
                if let Some(Some(node)) = nodes.get(1) {
                    self.check_pattern(function, values, &node.span);
                }
            }
            _ => {}
        }
    }

    fn check_literal(&mut self, function: Function, values: &[Expr], span: &Range<usize>) {
        let known = |value: &Expr| matches!(value, Expr::Value(value) if !value.is_null());
        let call = Expr::Call(function, values.to_vec());
        if !values.iter().all(known) || !call.eval(&NoNames).is_null() {
            return;
        }
        let name = function.name();
        match constant_text(values, 0) {
            Some(text) if names_zone(text) => self.report(Feature::Zones.diagnostic(span.clone())),
            Some(text) => {
                let message = format!("`{text}` makes no {name}");
                self.report(Diagnostic::new(Code::BadLiteral, span.clone(), message).help(example(name)));
            }
            None => {
                let message = format!("there is no such {name}");
                self.report(Diagnostic::new(Code::BadLiteral, span.clone(), message));
            }
        }
    }

    fn check_pattern(&mut self, function: Function, values: &[Expr], span: &Range<usize>) {
        let flags_at = if function.name() == "replace" { 3 } else { 2 };
        let flags = match values.get(flags_at) {
            None => Some(""),
            Some(_) => constant_text(values, flags_at),
        };
        if let (Some(pattern), Some(flags)) = (constant_text(values, 1), flags)
            && let Some(reason) = reason_against(pattern, flags)
        {
            let message = format!("`{pattern}` is not a pattern: {reason}");
            self.report(Diagnostic::new(Code::BadPattern, span.clone(), message));
        }
    }
}

/// Why a text is no pattern, if it is none.
#[cfg(feature = "matching")]
fn reason_against(pattern: &str, flags: &str) -> Option<String> {
    crate::pattern::Pattern::new(pattern, flags)
        .err()
        .map(|reason| reason.to_string())
}

#[cfg(not(feature = "matching"))]
fn reason_against(_: &str, _: &str) -> Option<String> {
    None
}

fn constant_text(values: &[Expr], index: usize) -> Option<&str> {
    match values.get(index) {
        Some(Expr::Value(Value::Text(text))) => Some(text),
        _ => None,
    }
}

/// How a text is written that makes one.
fn example(function: &str) -> &'static str {
    match function {
        "date" => "write it as `2026-11-19`",
        "time" => "write it as `14:30:00`",
        "date and time" => "write it as `2026-11-19T14:30:00`",
        _ => "write it as `P14D`, `PT2H30M` or `P1Y6M`",
    }
}
