//! Tells of conditions that can never hold or always do, and of what follows from them.
//!
//! What stands in a component is read wherever the component is used, and may be right in one use and wrong in another.
//! So a verdict on it waits until all uses are known: only what is wrong in each of them is told.

use std::collections::BTreeMap;

use feel::Expr;
use form::{Aspect, Formula, NodeId, RuleId, Table};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::line::Report;
use crate::outline::{How, Item, NamedId, Outline, Question, Use, Wanted, What};
use crate::reason::{Possible, Reason};

/// What was found of conditions in components, use by use.
#[derive(Default)]
pub(crate) struct Verdicts {
    uses: BTreeMap<(Place, Code), Uses>,
}

#[derive(Default)]
struct Uses {
    /// How often it was looked at, and how often something was wrong.
    looked_at: usize,
    wrong: usize,
    told: Option<Diagnostic>,
    /// The forms, by number, in which it is wrong.
    forms: Vec<usize>,
}

impl Verdicts {
    fn note(&mut self, form: usize, place: Place, code: Code, told: Option<Diagnostic>) {
        let uses = self.uses.entry((place, code)).or_default();
        uses.looked_at += 1;
        if told.is_some() {
            uses.wrong += 1;
            uses.forms.push(form);
            uses.told = uses.told.take().or(told);
        }
    }

    /// What is wrong in every use, with the forms that it is wrong in.
    pub(crate) fn settled(self) -> impl Iterator<Item = (Diagnostic, Vec<usize>)> {
        let wrong = self
            .uses
            .into_values()
            .filter(|uses| uses.wrong == uses.looked_at);
        wrong.filter_map(|uses| Some((uses.told?, uses.forms)))
    }
}

/// Looks at every condition of a form, which is known among the verdicts by this number. `clocks` has the conditions
/// while which clocks run, each with the date that starts its clock.
pub(crate) fn check(
    reason: &Reason<'_, '_>,
    clocks: &[(NamedId, NodeId)],
    form: usize,
    verdicts: &mut Verdicts,
    report: &mut Report,
) {
    let mut teller = Teller {
        reason,
        outline: reason.outline,
        form,
        verdicts,
        report,
        never: Table::filled(None, reason.outline.items.len()),
    };
    let mut of_places: Table<NodeId, Vec<RuleId>> = Table::filled(Vec::new(), reason.outline.items.len());
    for (id, rule) in reason.rules().rules.iter() {
        if tells_of(rule.aspect) {
            of_places.at_mut(rule.target).push(id);
        }
    }
    // In document order: what holds a place comes before it.
    for (node, rules) in of_places.iter() {
        teller.place(node, rules);
    }
    for (id, named) in reason.outline.named.iter() {
        if let (Use::Finish, Some(section)) = (&named.what, named.from) {
            teller.apart(id, section, OF_A_FINISH);
        }
    }
    for &(id, starts) in clocks {
        teller.apart(id, starts, OF_A_CLOCK);
    }
}

/// Can a condition of this kind be told of?
fn tells_of(aspect: Aspect) -> bool {
    match aspect {
        Aspect::Shown | Aspect::Required | Aspect::ReadOnly | Aspect::Check(_) | Aspect::Offered(_) => true,
        Aspect::Value | Aspect::Default | Aspect::Label | Aspect::Hint => false,
    }
}

struct Teller<'t, 'f, 'd, 'r> {
    reason: &'t Reason<'f, 'd>,
    outline: &'f Outline<'d>,
    form: usize,
    verdicts: &'r mut Verdicts,
    report: &'r mut Report,
    /// The places that are never shown, each with the place whose condition can never hold.
    never: Table<NodeId, Option<NodeId>>,
}

impl<'f> Teller<'_, 'f, '_, '_> {
    fn place(&mut self, node: NodeId, rules: &[RuleId]) {
        let item = self.outline.items.at(node);
        let around = item.parent.and_then(|parent| *self.never.at(parent));
        *self.never.at_mut(node) = around;
        let shown = |rule: &&RuleId| self.reason.rules().rules.at(**rule).aspect == Aspect::Shown;
        if around.is_none()
            && let Some(&rule) = rules.iter().find(shown)
        {
            self.rule(rule);
        }
        if let Some(cause) = *self.never.at(node) {
            self.never_asked(node, cause);
            return;
        }
        if item.used_at.is_some() && is_required(item) {
            self.verdicts
                .note(self.form, item.place, Code::RequiredNeverShown, None);
        }
        for &rule in rules {
            if self.reason.rules().rules.at(rule).aspect != Aspect::Shown {
                self.rule(rule);
            }
        }
    }

    /// Looks at one condition wherever it matters.
    fn rule(&mut self, id: RuleId) {
        let Some(possible) = self.reason.of_rule(id) else {
            return;
        };
        let rule = self.reason.rules().rules.at(id);
        let origin = self.reason.rules().origins.at(id);
        let Some(wanted) = self.outline.wanted.get(origin.wanted) else {
            return;
        };
        let name = &self.outline.items.at(rule.target).name;
        let is_check = matches!(rule.aspect, Aspect::Check(_));
        let can_hold = possible.yes || possible.blank && is_check && !possible.no;
        let never = (!can_hold).then(|| {
            if rule.aspect == Aspect::Shown {
                *self.never.at_mut(rule.target) = Some(rule.target);
            }
            let (code, message) = match rule.aspect {
                Aspect::Shown => (
                    Code::NeverHolds,
                    format!("this never holds, so `{name}` is never shown"),
                ),
                Aspect::Required => {
                    let message = format!("this never holds, so `{name}` is never required");
                    (Code::NeverHolds, message)
                }
                Aspect::Offered(_) => (
                    Code::UnreachableOption,
                    "this never holds, so the option is never offered".to_owned(),
                ),
                Aspect::Check(_) => (
                    Code::CheckNeverPasses,
                    "this never holds, so the check can never be met".to_owned(),
                ),
                _ => (
                    Code::NeverHolds,
                    format!("this never holds, so `{name}` can always be edited"),
                ),
            };
            let diagnostic = Diagnostic::new(code, whole(wanted), message);
            self.why(diagnostic, id, wanted)
        });
        let code = match rule.aspect {
            Aspect::Offered(_) => Code::UnreachableOption,
            Aspect::Check(_) => Code::CheckNeverPasses,
            _ => Code::NeverHolds,
        };
        self.tell(wanted, code, never);
        // Of what several lines decide together, it says nothing that they always hold.
        if origin.is_one && matches!(wanted.how, How::Written | How::While(_)) {
            let always = always(rule.aspect, possible, name.as_str());
            let diagnostic = always
                .map(|(message, help)| Diagnostic::new(Code::AlwaysHolds, whole(wanted), message).help(help));
            self.tell(wanted, Code::AlwaysHolds, diagnostic);
        }
    }

    fn tell(&mut self, wanted: &Wanted<'_>, code: Code, diagnostic: Option<Diagnostic>) {
        match wanted.used_at {
            Some(used_at) => {
                let diagnostic = diagnostic.map(|diagnostic| diagnostic.label(used_at, "used here"));
                self.verdicts.note(self.form, whole(wanted), code, diagnostic);
            }
            None => self.report.maybe_push(diagnostic),
        }
    }

    /// Tells of a required question that is never shown.
    fn never_asked(&mut self, node: NodeId, cause: NodeId) {
        let item = self.outline.items.at(node);
        if !is_required(item) {
            return;
        }
        let message = format!("`{}` is required, and never shown", item.name);
        let mut diagnostic = Diagnostic::new(Code::RequiredNeverShown, item.place, message);
        if let Some(place) = self.shown_by(cause) {
            diagnostic = diagnostic.label(place, "this never holds");
        }
        match item.used_at {
            Some(_) => {
                self.verdicts
                    .note(self.form, item.place, Code::RequiredNeverShown, Some(diagnostic));
            }
            None => self.report.push(diagnostic),
        }
    }

    /// Where it is written when a place is shown.
    fn shown_by(&self, node: NodeId) -> Option<Place> {
        let rules = &self.reason.rules().rules;
        let shown = rules
            .iter()
            .find(|(_, rule)| rule.target == node && rule.aspect == Aspect::Shown)?;
        let origin = self.reason.rules().origins.at(shown.0);
        self.outline.wanted.get(origin.wanted).map(whole)
    }

    /// Says why a condition never holds: what it contradicts, if not itself.
    fn why(&self, diagnostic: Diagnostic, id: RuleId, wanted: &Wanted<'_>) -> Diagnostic {
        let rule = self.reason.rules().rules.at(id);
        let Formula::Expr(expr) = &rule.formula else {
            return diagnostic;
        };
        let holds_with = |known: &[&'f Expr]| {
            let possible = self.reason.alone(expr, wanted.target, known);
            possible.is_none_or(|possible| possible.yes)
        };
        if !holds_with(&[]) {
            return diagnostic.help("it contradicts itself, or asks for what cannot be answered");
        }
        let from = match rule.aspect {
            Aspect::Shown => self.outline.items.at(rule.target).parent,
            _ => Some(rule.target),
        };
        let around = self
            .reason
            .guards(from)
            .map(|(node, expr)| (node, expr, "this is only asked while that holds"));
        let read = self.reason.guards_of_what_is_read(expr);
        let read = read
            .into_iter()
            .map(|(node, expr)| (node, expr, "what it reads has an answer only while that holds"));
        for (node, guard, what) in around.chain(read) {
            if !holds_with(&[guard])
                && let Some(place) = self.shown_by(node)
            {
                return diagnostic.label(place, what).help("both cannot hold at once");
            }
        }
        diagnostic.help("it cannot hold together with what decides whether its questions are shown")
    }

    /// Looks at a condition that decides no place, but counts only where this one is shown.
    fn apart(&mut self, id: NamedId, place: NodeId, (never, always): (&str, &str)) {
        let words = self.outline.named.get(id).and_then(|named| named.words.as_ref());
        let expr = self.reason.rules().apart.iter().find(|(apart, _)| *apart == id);
        let (Some(words), Some((_, expr)), None) = (words, expr, *self.never.at(place)) else {
            return;
        };
        let known = self.reason.guards(Some(place)).map(|(guard, _)| guard).collect();
        let Some(possible) = self.reason.possible(expr, place, known) else {
            return;
        };
        let at = words.part(0..words.as_str().len());
        if !possible.yes {
            self.report.push(Diagnostic::new(Code::NeverHolds, at, never));
        } else if !possible.no && !possible.blank {
            self.report.push(Diagnostic::new(Code::AlwaysHolds, at, always));
        }
    }
}

/// What to say of the condition on which a form ends early if it never holds, and if it always does.
const OF_A_FINISH: (&str, &str) = (
    "this never holds, so the form never ends here",
    "this always holds, so the sections below are only shown while this one is not",
);

/// The same of the condition of a clock.
const OF_A_CLOCK: (&str, &str) = (
    "this never holds, so the clock never runs",
    "this always holds, so the clock always runs",
);

/// Is it a question that must be answered, at least in some cases?
fn is_required(item: &Item) -> bool {
    matches!(&item.what, What::Field(Question { need: Some(_), .. }))
}

/// What to say of a condition that always holds, and what to do about it.
fn always(aspect: Aspect, possible: Possible, name: &str) -> Option<(String, &'static str)> {
    let holds = !possible.no && !possible.blank;
    match aspect {
        Aspect::Check(_) if !possible.no => Some((
            "this always holds, so the check never says anything".to_owned(),
            "delete the check, or say what is wrong when it is",
        )),
        Aspect::Shown if holds => Some((
            format!("this always holds, so `{name}` is always shown"),
            "delete this line",
        )),
        Aspect::Required if holds => Some((
            format!("this always holds, so `{name}` is always required"),
            "write `required`",
        )),
        Aspect::ReadOnly if holds => Some((
            format!("this always holds, so `{name}` can never be edited"),
            "make it a `computed` value, or delete this line",
        )),
        Aspect::Offered(_) if holds => Some((
            "this always holds, so the option is always offered".to_owned(),
            "delete `when=`",
        )),
        _ => None,
    }
}

/// Where all of what is wanted is written.
fn whole(wanted: &Wanted<'_>) -> Place {
    match wanted.how {
        How::Written | How::While(_) => wanted.words.part(0..wanted.words.as_str().len()),
        How::Unless(_) | How::OnlyIn(_) => wanted.words.place(),
    }
}

/// With how many others that read the same a question is compared: whether both are shown takes some thought.
const ALIKE: usize = 8;

/// Tells of questions that people cannot tell apart: equal words in the same place, and both on the page at once.
pub(crate) fn labels(reason: &Reason<'_, '_>, report: &mut Report) {
    let outline = reason.outline;
    let mut known: BTreeMap<(Vec<&str>, &str), Vec<NodeId>> = BTreeMap::new();
    for (id, item) in outline.items.iter() {
        let is_asked = matches!(&item.what, What::Field(Question { kind: Ok(kind), .. }) if kind.answered());
        if !is_asked || item.label.is_empty() {
            continue;
        }
        let around = outline
            .around(id)
            .skip(1)
            .map(|holder| heading(outline.items.at(holder)));
        let same = known.entry((around.collect(), item.label.trim())).or_default();
        // What a component asks wherever it is used reads the same, and its uses have names of their own.
        let others = same
            .iter()
            .copied()
            .filter(|&other| outline.items.at(other).place != item.place);
        let at_once = others.take(ALIKE).find(|&other| both_shown(reason, other, id));
        if let Some(other) = at_once {
            let (name, first) = (&item.name, outline.items.at(other));
            let message = format!("`{}` and `{name}` read the same", first.name);
            report.push(
                Diagnostic::new(Code::SameLabel, item.place, message)
                    .label(first.place, "the first")
                    .help("say in the label what tells them apart"),
            );
        }
        same.push(id);
    }
}

/// What people read above what stands in a place.
fn heading(item: &Item) -> &str {
    match item.what {
        What::Row => "",
        _ => item.label.as_str(),
    }
}

/// Can both be on the page at once?
fn both_shown(reason: &Reason<'_, '_>, one: NodeId, other: NodeId) -> bool {
    let mut guards: Vec<(NodeId, &Expr)> = reason.guards(Some(one)).collect();
    for guard in reason.guards(Some(other)) {
        if !guards.iter().any(|(node, _)| *node == guard.0) {
            guards.push(guard);
        }
    }
    let Some(((_, ask), known)) = guards.split_first() else {
        return true;
    };
    let known = known.iter().map(|(guard, _)| *guard).collect();
    let possible = reason.possible(ask, one, known);
    possible.is_none_or(|possible| possible.yes)
}
