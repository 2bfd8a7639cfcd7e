//! What cases have seen of a form: which of its conditions and checks came out both ways.

use std::collections::BTreeMap;

use compiler::{CompiledForm, Place};
use engine::{At, Session};
use feel::Value;
use form::{Aspect, NodeId, RuleId};

use crate::Tested;

/// What cases have seen of a form.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// What is shown, required, read-only or offered when something holds, and which clocks run; in the order of the
    /// form.
    pub conditions: Vec<Seen>,
    /// What answers must meet, in the order of the form.
    pub checks: Vec<Seen>,
}

/// A condition or check, and how it has come out.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What of the form it is.
    pub what: What,
    /// Where it is written.
    pub place: Place,
    /// Did it hold in some case, while what it is about could be on the page?
    pub held: bool,
    /// Did it not hold in some case? For a check: did it fail, and not only say nothing because of a blank?
    pub failed: bool,
}

/// A condition or check of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// What a rule decides about a place.
    Rule {
        /// The rule in the form.
        rule: RuleId,
        /// What it is about.
        node: NodeId,
        /// What it decides.
        aspect: Aspect,
    },
    /// Whether the clock at this position of the form runs.
    Clock(usize),
}

impl Seen {
    /// Did it come out both ways?
    pub fn is_covered(&self) -> bool {
        self.held && self.failed
    }
}

impl Coverage {
    /// Nothing seen yet of a form.
    pub(crate) fn of(compiled: &CompiledForm) -> Self {
        let mut coverage = Self::default();
        let unseen = |what, place| Seen {
            what,
            place,
            held: false,
            failed: false,
        };
        for (rule, body) in compiled.form.rules.iter() {
            let Some(&place) = compiled.places.rules.get(rule) else {
                continue;
            };
            let (node, aspect) = (body.target, body.aspect);
            let seen = unseen(What::Rule { rule, node, aspect }, place);
            match aspect {
                Aspect::Check(_) => coverage.checks.push(seen),
                Aspect::Shown | Aspect::Required | Aspect::ReadOnly | Aspect::Offered(_) => {
                    coverage.conditions.push(seen);
                }
                _ => {}
            }
        }
        let clocks = compiled
            .form
            .clocks
            .iter()
            .zip(&compiled.places.clocks)
            .enumerate();
        let conditional = clocks.filter(|(_, (clock, _))| clock.when.is_some());
        coverage
            .conditions
            .extend(conditional.map(|(index, (_, place))| unseen(What::Clock(index), *place)));
        let in_order = |seen: &Seen| match seen.what {
            What::Rule { node, .. } => (Some(node), seen.place),
            What::Clock(_) => (None, seen.place),
        };
        coverage.conditions.sort_by_key(in_order);
        coverage.checks.sort_by_key(in_order);
        coverage
    }

    /// Notes how everything came out in a record. What cannot be on the page says nothing.
    pub(crate) fn note(&mut self, session: &Session) {
        let mut places: Vec<Vec<At>> = vec![Vec::new(); session.form().nodes.len()];
        for at in session.places() {
            if let Some(of_node) = places.get_mut(at.node.0 as usize) {
                of_node.push(at);
            }
        }
        for seen in self.all_mut() {
            let (rule, node, aspect) = match seen.what {
                What::Rule { rule, node, aspect } => (rule, node, aspect),
                What::Clock(index) => {
                    // What nothing has started says nothing.
                    let clock = session.form().clocks.get(index);
                    if let Some(clock) = clock.filter(|clock| session.start_of(clock).is_some()) {
                        let runs = session.lets_run(clock);
                        seen.held |= runs;
                        seen.failed |= !runs;
                    }
                    continue;
                }
            };
            let here = places.get(node.0 as usize).map_or(&[][..], Vec::as_slice);
            for &at in here {
                let counts = match aspect {
                    Aspect::Shown => session.holder(at).is_none_or(|holder| session.is_shown(holder)),
                    _ => session.is_shown(at),
                };
                match session.outcome(rule, at.frame).filter(|_| counts) {
                    Some(Value::Boolean(true)) => seen.held = true,
                    Some(Value::Boolean(false)) => seen.failed = true,
                    // A check that says nothing neither holds nor fails; a condition does not hold.
                    Some(_) => seen.failed |= !matches!(aspect, Aspect::Check(_)),
                    None => {}
                }
            }
        }
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut Seen> {
        self.conditions.iter_mut().chain(&mut self.checks)
    }

    /// Those that have not come out both ways, in the order of the form.
    pub fn uncovered(&self) -> impl Iterator<Item = &Seen> {
        let all = self.conditions.iter().chain(&self.checks);
        all.filter(|seen| !seen.is_covered())
    }
}

/// Lets every form have what the cases of any form have seen of the components that they use.
///
/// What a component asks is written once, and looked after in one place: it would help nobody to have the same cases
/// beside each form that uses it.
pub(crate) fn share(forms: &mut [Tested<'_>]) {
    let mut came_out: BTreeMap<Place, (bool, bool)> = BTreeMap::new();
    for form in forms.iter_mut() {
        for seen in form.coverage.all_mut() {
            let (held, failed) = came_out.entry(seen.place).or_default();
            *held |= seen.held;
            *failed |= seen.failed;
        }
    }
    for form in forms {
        for seen in form.coverage.all_mut() {
            (seen.held, seen.failed) = came_out.get(&seen.place).copied().unwrap_or_default();
        }
    }
}
