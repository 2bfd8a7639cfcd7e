//! Gives every expression of a form its meaning, and puts what is to be worked out into order.

use std::collections::HashMap;

use feel::syntax::Operator;
use feel::{Expr, Parsed, Type, Value};
use form::{Answer, Aspect, CheckId, Formula, Meaning, Name, NodeId, Rule, RuleId, Table, Template};

use crate::concepts;
use crate::diagnostic::{Code, Diagnostic};
use crate::line::{Report, Words};
use crate::named::{Expansion, Trouble};
use crate::names::{Names, slot_of};
use crate::order::{self, Reading};
use crate::outline::{How, Named, NamedId, Outline, Use, Wanted, What};
use crate::reader::{ANY_VALUE, Reader, Site};

/// What is worked out in a form.
pub(crate) struct Rules {
    /// In an order in which they can be worked out.
    pub(crate) rules: Table<RuleId, Rule>,
    /// Where each rule comes from.
    pub(crate) origins: Table<RuleId, Origin>,
    pub(crate) checks: Table<CheckId, form::Check>,
    /// The types of computed values.
    pub(crate) computed: Vec<(NodeId, Type)>,
    /// The question that says which variant of the form it is.
    pub(crate) variant: Option<NodeId>,
    /// What ends the form early, and while what clocks run.
    pub(crate) apart: Vec<(NamedId, Expr)>,
    /// What is used of rule packs.
    pub(crate) terms: Vec<Name>,
}

/// Where a rule comes from.
#[derive(Clone, Copy)]
pub(crate) struct Origin {
    /// Which of what is wanted it was made of; of several, the first.
    pub(crate) wanted: usize,
    /// Was it made of one only?
    pub(crate) is_one: bool,
}

/// Reads every expression of a form. What is wrong is told; what is told of is left out.
pub(crate) fn read(outline: &Outline<'_>, names: &Names<'_, '_>, report: &mut Report) -> Rules {
    let mut reader = Reader {
        outline,
        names,
        report,
    };
    let computed = reader.computed();
    let variant = reader.variant();
    let mut expansion = reader.named();
    let mut found: Vec<(usize, Rule, Vec<Meaning>)> = Vec::new();
    let mut messages: HashMap<CheckId, Template> = HashMap::new();
    for (index, wanted) in outline.wanted.iter().enumerate() {
        if reader.report.is_full() {
            break;
        }
        let formula = match &wanted.how {
            How::Written => reader.formula(wanted, &computed),
            How::Unless(id) => Some(Formula::Expr(unless(*id))),
            How::While(id) => Some(Formula::Expr(Expr::Slot(slot_of(*id)))),
            How::OnlyIn(variants) => reader.only_in(variants, variant),
        };
        let formula = formula.map(|formula| expansion.put_into(formula));
        let Some(formula) = formula.and_then(|made| reader.whole(made, wanted)) else {
            continue;
        };
        if wanted.aspect == Aspect::Default && !reader.can_stand(&formula, wanted) {
            continue;
        }
        let mut slots = formula.slots();
        if let Aspect::Check(check) = wanted.aspect {
            let message = reader.template(&outline.checks.at(check).message, wanted.site());
            let message = message.map(|message| expansion.put_into_text(message));
            let Some(message) = message.and_then(|made| reader.whole(made, wanted)) else {
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
    reader.tell_unused(&expansion);
    let mut rules: Vec<Option<(usize, Rule)>> = found
        .into_iter()
        .map(|(index, rule, _)| Some((index, rule)))
        .collect();
    let in_order = order
        .rules
        .into_iter()
        .filter_map(|index| rules.get_mut(index)?.take());
    let (origins, rules) = together(in_order.collect());
    let apart = outline
        .named
        .iter()
        .filter(|(_, named)| named.what.stands_alone());
    let apart = apart.filter_map(|(id, _)| Some((id, expansion.whole(id)?.clone())));
    let checks = outline.checks.iter().map(|(id, check)| form::Check {
        severity: check.severity,
        message: messages.remove(&id).unwrap_or_default(),
        concept: check.concept.clone(),
    });
    Rules {
        rules,
        origins,
        checks: checks.collect(),
        computed: computed
            .into_iter()
            .filter_map(|(node, value)| Some((node, value?.1)))
            .collect(),
        variant: variant.map(|(node, _)| node),
        apart: apart.collect(),
        terms: Vec::new(),
    }
}

/// That something does not hold, or is not known to.
fn unless(id: NamedId) -> Expr {
    let constant = |value| Expr::Value(Value::Boolean(value));
    Expr::If(Box::new([
        Expr::Slot(slot_of(id)),
        constant(false),
        constant(true),
    ]))
}

/// Makes one rule of all that decide whether the same place is shown: all of them must hold. It stands where the last
/// of them stood, so it comes after all that they read, and before all that reads what it decides.
fn together(in_order: Vec<(usize, Rule)>) -> (Table<RuleId, Origin>, Table<RuleId, Rule>) {
    let mut several: HashMap<NodeId, usize> = HashMap::new();
    for (_, rule) in &in_order {
        if rule.aspect == Aspect::Shown {
            *several.entry(rule.target).or_default() += 1;
        }
    }
    several.retain(|_, count| *count > 1);
    let mut waiting: HashMap<NodeId, Vec<(usize, Expr)>> = HashMap::new();
    let (mut origins, mut rules) = (Table::default(), Table::default());
    for (origin, rule) in in_order {
        let left = several
            .get_mut(&rule.target)
            .filter(|_| rule.aspect == Aspect::Shown);
        let (Some(left), Formula::Expr(expr)) = (left, &rule.formula) else {
            origins.push(Origin {
                wanted: origin,
                is_one: true,
            });
            rules.push(rule);
            continue;
        };
        *left -= 1;
        let parts = waiting.entry(rule.target).or_default();
        parts.push((origin, expr.clone()));
        if *left == 0
            && let Some(mut parts) = waiting.remove(&rule.target)
        {
            parts.sort_by_key(|(origin, _)| *origin);
            origins.push(Origin {
                wanted: parts.first().map_or(origin, |(first, _)| *first),
                is_one: false,
            });
            let parts = parts.into_iter().map(|(_, expr)| expr).collect();
            let formula = Formula::Expr(Expr::Chain(Operator::And, parts));
            rules.push(Rule { formula, ..rule });
        }
    }
    (origins, rules)
}

/// The computed values, each with its formula and type, if it has one that makes sense.
type Computed = HashMap<NodeId, Option<(Expr, Type)>>;

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
                let view = self.names.at(Some(node));
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
                let sound = self.tell_all(told, &wanted.words, 0, wanted.site());
                let ty = if sound { checked.ty } else { Type::Any };
                let place = wanted.words.part(0..wanted.words.as_str().len());
                let shows = sound && self.check_readable(&ty, wanted.site(), place, ANY_VALUE);
                self.names.set_type(node, ty.clone());
                done.insert(node, shows.then_some((checked.expr, ty)));
            }
        }
        done
    }

    /// Reads what is wanted; nothing if there is an error in it.
    fn formula(&mut self, wanted: &Wanted<'_>, computed: &Computed) -> Option<Formula> {
        if wanted.is_template() {
            return self.template(&wanted.words, wanted.site()).map(Formula::Text);
        }
        if wanted.aspect == Aspect::Value {
            let (expr, _) = computed.get(&wanted.target)?.clone()?;
            return Some(Formula::Expr(expr));
        }
        let all = 0..wanted.words.as_str().len();
        let expected = match wanted.aspect {
            Aspect::Default => self.type_of_default(wanted)?,
            _ => Type::Boolean,
        };
        let (expr, _) = self.expression(&wanted.words, all, wanted.site(), Some(&expected))?;
        Some(Formula::Expr(expr))
    }

    /// What a default must be; tells if the question can have none.
    fn type_of_default(&mut self, wanted: &Wanted<'_>) -> Option<Type> {
        let item = self.outline.items.at(wanted.target);
        let What::Field(question) = &item.what else {
            return None;
        };
        let kind = question.kind.as_ref().ok()?;
        let ty = kind.value_type();
        if let Some(concept) = item
            .concept
            .as_deref()
            .filter(|concept| concepts::is_statutory(concept))
        {
            let message = format!("`{concept}` is a fact that nobody can take for granted");
            let help = "let a person answer it, every time";
            let diagnostic = Diagnostic::new(Code::BadDefault, wanted.words.place(), message);
            self.tell(diagnostic.help(help), wanted.site());
            return None;
        }
        if !Answer::can_be_of(&ty) {
            let message = format!("only a person can answer a `{}`", kind.name());
            let diagnostic = Diagnostic::new(Code::BadDefault, wanted.words.place(), message);
            self.tell(diagnostic.help("delete this default"), wanted.site());
            return None;
        }
        Some(ty)
    }

    /// Can a default be an answer, the same on every day? Tells if not.
    fn can_stand(&mut self, formula: &Formula, wanted: &Wanted<'_>) -> bool {
        let Formula::Expr(expr) = formula else {
            return false;
        };
        let (message, help) = if expr.reads_clock() {
            (
                "this default changes with the day on which somebody looks".to_owned(),
                "let a person answer it: a draft that lies for a day would say something else".to_owned(),
            )
        } else if let Some(asks) = self.refusal_of(expr, wanted.target) {
            (
                "the question does not take this answer".to_owned(),
                format!("it would ask: {asks}"),
            )
        } else {
            return true;
        };
        let diagnostic = Diagnostic::new(Code::BadDefault, wanted.words.place(), message);
        self.tell(diagnostic.help(help), wanted.site());
        false
    }

    /// What a question would ask for in place of a default that never changes, if it does not take it.
    fn refusal_of(&self, expr: &Expr, node: NodeId) -> Option<String> {
        let (Expr::Value(value), What::Field(question)) = (expr, &self.outline.items.at(node).what) else {
            return None;
        };
        let kind = question.kind.as_ref().ok()?;
        let answer = Answer::of(value, &kind.value_type())?;
        kind.read(&answer, self.outline.lists.table()).err()
    }

    /// What was put together; tells if it became too large.
    fn whole<T>(&mut self, made: Result<T, Trouble>, wanted: &Wanted<'_>) -> Option<T> {
        if let Err(Trouble::TooLarge) = made {
            self.tell_too_large(&wanted.words, wanted.site());
        }
        made.ok()
    }

    fn tell_too_large(&mut self, words: &Words<'_>, site: Site) {
        let message = "with the conditions that it names, this becomes too long or too deep";
        let diagnostic = Diagnostic::new(Code::TooLarge, words.place(), message);
        self.tell(diagnostic.help("let fewer conditions name each other"), site);
    }

    /// Reads the named expressions, and puts them together.
    fn named(&mut self) -> Expansion {
        let outline = self.outline;
        let read: Vec<Option<Expr>> = outline
            .named
            .iter()
            .map(|(_, named)| self.named_expression(named))
            .collect();
        let (expansion, circles, too_large) = Expansion::new(&read);
        for circle in circles {
            let members: Vec<&Named<'_>> = circle.iter().filter_map(|id| outline.named.get(*id)).collect();
            self.tell_named_circle(&members);
        }
        for named in too_large.into_iter().filter_map(|id| outline.named.get(id)) {
            if let Some(words) = &named.words {
                self.tell_too_large(words, named.site());
            }
        }
        expansion
    }

    fn named_expression(&mut self, named: &Named<'_>) -> Option<Expr> {
        let words = named.words.as_ref()?;
        let parsed = feel::parse(words.as_str());
        let view = self.names.at(named.from);
        let checked = feel::check(&parsed.tree, &view, Some(&named.ty));
        let fits = checked.ty.fits(&named.ty);
        let told = parsed.diagnostics.into_iter().chain(checked.diagnostics);
        let Use::Argument { component } = &named.what else {
            return self
                .tell_all(told, words, 0, named.site())
                .then_some(checked.expr);
        };
        // That the types do not fit is told in words of its own.
        let whole = parsed.tree.root().span.clone();
        let others = told.filter(|told| fits || told.code != feel::Code::TypeMismatch || told.span != whole);
        let sound = self.tell_all(others, words, 0, named.site());
        if !fits {
            let (wanted, found) = (named.ty.describe(&view), checked.ty.describe(&view));
            let name = &named.name;
            let message = format!("`{name}` of `{component}` takes {wanted}, and this is {found}");
            let place = words.part(0..words.as_str().len());
            let diagnostic = Diagnostic::new(Code::ParameterMismatch, place, message);
            self.tell(diagnostic.label(named.place, "taken here"), named.site());
        }
        (sound && fits).then_some(checked.expr)
    }

    fn tell_named_circle(&mut self, members: &[&Named<'_>]) {
        let Some((first, others)) = members.split_first() else {
            return;
        };
        let path: Vec<String> = members.iter().map(|named| format!("`{}`", named.name)).collect();
        let message = match others {
            [] => format!("the condition `{}` names itself", first.name),
            _ => format!(
                "the condition {}, which names `{}`",
                path.join(" names "),
                first.name
            ),
        };
        let mut diagnostic =
            Diagnostic::new(Code::Cycle, first.place, message).help("one of them must do without the others");
        for other in others {
            diagnostic = diagnostic.label(other.place, "part of the circle");
        }
        self.tell(diagnostic, first.site());
    }

    /// Tells of conditions and parameters that nothing names.
    fn tell_unused(&mut self, expansion: &Expansion) {
        if self.report.has_errors() {
            return;
        }
        for (id, named) in self.outline.named.iter() {
            let (what, help) = match &named.what {
                Use::Condition => ("condition", "name it in another condition, or delete it"),
                Use::Argument { .. } => ("parameter", "name it in the component, or delete it"),
                Use::Shown | Use::Finish | Use::Clock(_) => continue,
            };
            if !expansion.is_used(id) {
                let message = format!("nothing uses the {what} `{}`", named.name);
                let diagnostic = Diagnostic::new(Code::UnusedName, named.place, message);
                self.report.push(diagnostic.help(help));
            }
        }
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
        self.tell(diagnostic, first.site());
    }

    fn tell_step(&self, wanted: &Wanted<'_>, read: NodeId) -> String {
        let target = &self.outline.items.at(wanted.target).name;
        let read = &self.outline.items.at(read).name;
        match wanted.aspect {
            Aspect::Value => format!("`{target}` is worked out from `{read}`"),
            Aspect::Default => format!("the default of `{target}` depends on `{read}`"),
            Aspect::Offered(_) => format!("what `{target}` offers depends on `{read}`"),
            _ => format!("whether `{target}` is shown depends on `{read}`"),
        }
    }
}
