//! Gives every expression of a form its meaning, and puts what is to be worked out into order.

use std::collections::HashMap;
use std::ops::Range;

use feel::{Expr, Parsed, Type};
use form::{Aspect, CheckId, Formula, Meaning, NodeId, Piece, Rule, RuleId, Table, Template};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::line::{Report, Words};
use crate::names::Names;
use crate::order::{self, Reading};
use crate::outline::{Outline, Wanted};
use crate::template::{self, LoneBrace, Stretch};

/// What is worked out in a form.
pub(crate) struct Rules {
    /// In an order in which they can be worked out.
    pub(crate) rules: Table<RuleId, Rule>,
    pub(crate) checks: Table<CheckId, form::Check>,
    /// The types of computed values.
    pub(crate) computed: Vec<(NodeId, Type)>,
}

/// Reads every expression of a form. What is wrong is told; what is told of is left out.
pub(crate) fn read(outline: &Outline<'_>, report: &mut Report) -> Rules {
    let names = Names::new(outline);
    let mut reader = Reader {
        outline,
        names: &names,
        report,
    };
    let computed = reader.computed();
    let mut found: Vec<(usize, Rule, Vec<Meaning>)> = Vec::new();
    let mut messages: HashMap<CheckId, Template> = HashMap::new();
    for (index, wanted) in outline.wanted.iter().enumerate() {
        if reader.report.is_full() {
            break;
        }
        let Some(formula) = reader.formula(wanted, &computed) else {
            continue;
        };
        let mut slots = formula.slots();
        if let Aspect::Check(check) = wanted.aspect {
            let Some(message) = reader.template(&outline.checks.at(check).message, wanted) else {
                continue;
            };
            slots.extend(message.slots());
            messages.insert(check, message);
        }
        let rule = Rule {
            target: wanted.target,
            aspect: wanted.aspect,
            formula,
        };
        found.push((index, rule, slots.into_iter().filter_map(Meaning::of).collect()));
    }
    let readings: Vec<Reading> = found
        .iter()
        .map(|(_, rule, reads)| Reading {
            target: rule.target,
            aspect: rule.aspect,
            reads: reads.clone(),
        })
        .collect();
    let order = order::order(outline, &readings);
    for circle in &order.circles {
        let steps = circle.iter().filter_map(|(rule, read)| {
            let (index, _, _) = found.get(*rule)?;
            Some((outline.wanted.get(*index)?, *read))
        });
        reader.tell_circle(&steps.collect::<Vec<_>>());
    }
    let mut rules: Vec<Option<Rule>> = found.into_iter().map(|(_, rule, _)| Some(rule)).collect();
    let in_order = order
        .rules
        .into_iter()
        .filter_map(|index| rules.get_mut(index)?.take());
    let checks = outline.checks.iter().map(|(id, check)| form::Check {
        severity: check.severity,
        message: messages.remove(&id).unwrap_or_default(),
        concept: check.concept.clone(),
    });
    Rules {
        rules: in_order.collect(),
        checks: checks.collect(),
        computed: computed
            .into_iter()
            .filter_map(|(node, value)| Some((node, value?.1)))
            .collect(),
    }
}

/// The computed values, each with its formula and type, if it has one that makes sense.
type Computed = HashMap<NodeId, Option<(Expr, Type)>>;

struct Reader<'o, 'd, 'r> {
    outline: &'o Outline<'d>,
    names: &'o Names<'o, 'd>,
    report: &'r mut Report,
}

impl Reader<'_, '_, '_> {
    /// Reads the formulas of all computed values, each after those whose type it needs.
    fn computed(&mut self) -> Computed {
        let formulas: Vec<&Wanted<'_>> = self
            .outline
            .wanted
            .iter()
            .filter(|w| w.aspect == Aspect::Value)
            .collect();
        let by_node: HashMap<NodeId, &Wanted<'_>> =
            formulas.iter().map(|wanted| (wanted.target, *wanted)).collect();
        let mut parsed: HashMap<NodeId, Parsed> = formulas
            .iter()
            .map(|wanted| (wanted.target, feel::parse(wanted.words.as_str())))
            .collect();
        let mut done = Computed::new();
        for wanted in &formulas {
            // A stack of its own, because a chain of computed values may be as long as the form.
            let mut open = vec![(wanted.target, false)];
            while let Some((node, again)) = open.pop() {
                let (Some(wanted), false) = (by_node.get(&node), done.contains_key(&node)) else {
                    continue;
                };
                let Some(tree) = parsed.get(&node) else { continue };
                let view = self.names.at(node);
                let checked = feel::check(&tree.tree, &view, None);
                let untyped = view.into_untyped();
                if !again && !untyped.is_empty() {
                    // In a circle a type stays unknown; that it is one is told when the rules are ordered.
                    open.push((node, true));
                    open.extend(
                        untyped
                            .into_iter()
                            .filter(|inner| !open.iter().any(|(known, _)| known == inner))
                            .map(|inner| (inner, false))
                            .collect::<Vec<_>>(),
                    );
                    continue;
                }
                let tree = parsed.remove(&node);
                let told = tree
                    .into_iter()
                    .flat_map(|tree| tree.diagnostics)
                    .chain(checked.diagnostics);
                let sound = self.tell_all(told, &wanted.words, 0, wanted);
                let ty = if sound { checked.ty } else { Type::Any };
                let shows =
                    sound && self.check_readable(&ty, wanted, 0..wanted.words.as_str().len(), ANY_VALUE);
                self.names.set_type(node, ty.clone());
                done.insert(node, shows.then_some((checked.expr, ty)));
            }
        }
        done
    }

    /// Reads what is wanted; nothing if there is an error in it.
    fn formula(&mut self, wanted: &Wanted<'_>, computed: &Computed) -> Option<Formula> {
        if wanted.is_template() {
            return self.template(&wanted.words, wanted).map(Formula::Text);
        }
        if wanted.aspect == Aspect::Value {
            let (expr, _) = computed.get(&wanted.target)?.clone()?;
            return Some(Formula::Expr(expr));
        }
        let all = 0..wanted.words.as_str().len();
        let (expr, _) = self.expression(&wanted.words, all, wanted, Some(&Type::Boolean))?;
        Some(Formula::Expr(expr))
    }

    /// Reads the expression in a part of a text.
    fn expression(
        &mut self,
        words: &Words<'_>,
        range: Range<usize>,
        wanted: &Wanted<'_>,
        expected: Option<&Type>,
    ) -> Option<(Expr, Type)> {
        let text = words.as_str().get(range.clone()).unwrap_or_default();
        let parsed = feel::parse(text);
        let view = self.names.at(wanted.target);
        let checked = feel::check(&parsed.tree, &view, expected);
        let told = parsed.diagnostics.into_iter().chain(checked.diagnostics);
        self.tell_all(told, words, range.start, wanted)
            .then_some((checked.expr, checked.ty))
    }

    /// Reads a text with expressions in it.
    fn template(&mut self, words: &Words<'_>, wanted: &Wanted<'_>) -> Option<Template> {
        let stretches = match template::stretches(words.as_str()) {
            Ok(stretches) => stretches,
            Err(LoneBrace(at)) => {
                let diagnostic = Diagnostic::new(
                    Code::BadPlaceholder,
                    words.part(at..at + 1),
                    "this brace has no partner",
                )
                .help("an expression stands in `{` and `}`; for a brace itself write `{{` or `}}`");
                self.tell(diagnostic, wanted);
                return None;
            }
        };
        let pieces = stretches.into_iter().map(|stretch| match stretch {
            Stretch::Text(text) => Some(Piece::Text(text)),
            Stretch::Expression(range) => {
                let (expr, ty) = self.expression(words, range.clone(), wanted, None)?;
                let place = words.part(range.clone());
                let readable = self.check_readable_at(&ty, wanted, place, IN_A_TEXT);
                readable.then(|| match ty.member() {
                    Type::Code(list) => Piece::Label(*list, expr),
                    _ => Piece::Value(expr),
                })
            }
        });
        // Each is read, even behind one that has an error.
        let pieces: Vec<Option<Piece>> = pieces.collect();
        pieces.into_iter().collect::<Option<Vec<Piece>>>().map(Template)
    }

    fn check_readable(
        &mut self,
        ty: &Type,
        wanted: &Wanted<'_>,
        range: Range<usize>,
        what: Readable,
    ) -> bool {
        let place = wanted.words.part(range);
        self.check_readable_at(ty, wanted, place, what)
    }

    /// Is it a value that people can read? Tells if not.
    fn check_readable_at(&mut self, ty: &Type, wanted: &Wanted<'_>, place: Place, what: Readable) -> bool {
        if (what.takes)(ty) {
            return true;
        }
        let shown = ty.describe(&self.names.at(wanted.target));
        let message = format!("{shown} cannot be shown {}", what.place);
        let help = match ty.member() {
            Type::Entity(_) => "name one of its properties, as in `child.first_name`",
            _ => "make a text or a number of it, as in `if … then \"…\" else \"…\"`",
        };
        self.tell(
            Diagnostic::new(Code::UnreadableValue, place, message).help(help),
            wanted,
        );
        false
    }

    fn tell(&mut self, diagnostic: Diagnostic, wanted: &Wanted<'_>) {
        self.report.push(match wanted.used_at {
            Some(used_at) => diagnostic.label(used_at, "used here"),
            None => diagnostic,
        });
    }

    /// Tells what is wrong with an expression that begins at `offset` of a text. Is it sound all the same?
    fn tell_all(
        &mut self,
        diagnostics: impl Iterator<Item = feel::Diagnostic>,
        words: &Words<'_>,
        offset: usize,
        wanted: &Wanted<'_>,
    ) -> bool {
        let mut sound = true;
        let mut unknown = false;
        for found in diagnostics {
            sound &= !found.is_error();
            let part = |span: Range<usize>| span.start + offset..span.end + offset;
            let mut help = found.help;
            if found.code == feel::Code::UnknownName {
                let written = words.as_str().get(part(found.span.clone())).unwrap_or_default();
                let path: Vec<&str> = written.split('.').map(str::trim).collect();
                help = self.names.explain(Some(wanted.target), &path).or(help);
                // It may be one of the names that were lost, or an option of a question that is itself not known.
                if help.is_none() && (self.outline.lost_names || unknown && path.len() == 1) {
                    continue;
                }
                unknown = true;
            }
            let place = words.part(part(found.span));
            let mut diagnostic =
                Diagnostic::new(Code::Expression(found.code), place, found.message).maybe_help(help);
            for label in found.labels {
                diagnostic = diagnostic.label(words.part(part(label.span)), label.message);
            }
            self.tell(diagnostic, wanted);
        }
        sound
    }

    /// Tells of rules that depend on each other in a circle: each with what it reads on the way to the next.
    fn tell_circle(&mut self, circle: &[(&Wanted<'_>, NodeId)]) {
        let name = |node: NodeId| self.outline.items.at(node).name.to_string();
        let mut members: Vec<String> = Vec::new();
        for (wanted, _) in circle {
            let member = format!("`{}`", name(wanted.target));
            if !members.contains(&member) {
                members.push(member);
            }
        }
        let Some(((first, _), others)) = circle.split_first() else {
            return;
        };
        let message = match members.split_last() {
            Some((last, [])) => format!("{last} depends on itself"),
            Some((last, others)) => format!(
                "{} and {last} depend on each other in a circle",
                others.join(", ")
            ),
            None => return,
        };
        let steps: Vec<String> = circle
            .iter()
            .map(|(wanted, read)| self.tell_step(wanted, *read))
            .collect();
        let mut steps = steps.into_iter();
        let inside = |wanted: &Wanted<'_>| wanted.words.part(0..wanted.words.as_str().len());
        let mut diagnostic = Diagnostic::new(Code::Cycle, inside(first), message)
            .note(steps.next().unwrap_or_default())
            .help("one of them must do without the others");
        for ((wanted, _), step) in others.iter().zip(steps) {
            diagnostic = diagnostic.label(inside(wanted), step);
        }
        self.tell(diagnostic, first);
    }

    fn tell_step(&self, wanted: &Wanted<'_>, read: NodeId) -> String {
        let target = &self.outline.items.at(wanted.target).name;
        let read = &self.outline.items.at(read).name;
        match wanted.aspect {
            Aspect::Value => format!("`{target}` is worked out from `{read}`"),
            Aspect::Offered(_) => format!("what `{target}` offers depends on `{read}`"),
            _ => format!("whether `{target}` is shown depends on `{read}`"),
        }
    }
}

/// Which values people can read in some place.
#[derive(Clone, Copy)]
struct Readable {
    place: &'static str,
    takes: fn(&Type) -> bool,
}

const IN_A_TEXT: Readable = Readable {
    place: "in a text",
    takes: |ty| match ty {
        Type::Any | Type::Null | Type::Text | Type::Number | Type::Date | Type::Code(_) => true,
        Type::List(member) => matches!(**member, Type::Code(_) | Type::Text),
        _ => false,
    },
};

const ANY_VALUE: Readable = Readable {
    place: "as a value",
    takes: |ty| !matches!(ty.member(), Type::Entity(_) | Type::Range(_) | Type::List(_)),
};
