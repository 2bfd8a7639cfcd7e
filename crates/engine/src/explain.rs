//! Why a place is as it is: the rules that decided, and what each of them went by.
//!
//! Nothing of it is kept: a rule is worked out again when somebody asks, and what it reads on the way is noted.

use std::cell::RefCell;

use feel::builtins::Function;
use feel::syntax::Operator;
use feel::{Date, DateTime, Entity, Expr, Reads, Slot, Value};
use form::{Aspect, Formula, Meaning, Rule, SubjectProperty, TermId};

use crate::frame::{At, FrameId};
use crate::reads::Here;
use crate::session::Session;

/// What one rule has decided about a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Whose rule it is: the place that was asked about, or one that holds it.
    pub of: At,
    /// What it decides.
    pub aspect: Aspect,
    /// Does its condition hold? Of what is not decided by a condition, such as a value: is there one?
    pub holds: bool,
    /// What it went by, in the order in which it was read, each once.
    pub grounds: Vec<Ground>,
}

/// What a rule went by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The answer to a question, what was worked out there, or the rows of a repeat. While it is hidden, that it is.
    Answer(At),
    /// What is known of a child, by its index in [`crate::Env::subjects`].
    Child(usize, SubjectProperty),
    /// What the rule pack of the record says.
    Term(TermId),
    /// The present day or moment.
    Today,
}

impl Session {
    /// Why a place is on the page or not, why it must be answered or cannot be edited, and how its value was worked
    /// out: the reasons of what holds it, the outermost first, and then its own. Empty where no rule decides, and for a
    /// place that is not there.
    ///
    /// Of a condition with several parts only those count that made it come out as it did: of `a or b`, where `b`
    /// alone is true, `b`.
    pub fn explain(&self, at: At) -> Vec<Reason> {
        if !self.is_here(at) {
            return Vec::new();
        }
        let mut around: Vec<At> = std::iter::successors(Some(at), |&at| self.holder(at)).collect();
        around.reverse();
        around
            .into_iter()
            .flat_map(|of| self.reasons(of, of == at))
            .collect()
    }

    fn reasons(&self, of: At, itself: bool) -> Vec<Reason> {
        let rules = self.plan.form.rules.values();
        let tells = |aspect: Aspect| match aspect {
            Aspect::Shown => true,
            Aspect::Required | Aspect::ReadOnly | Aspect::Value => itself,
            Aspect::Default => itself && self.cell(of).answer.is_none(),
            Aspect::Check(_) | Aspect::Offered(_) | Aspect::Label | Aspect::Hint => false,
        };
        rules
            .filter(|rule| rule.target == of.node && tells(rule.aspect))
            .map(|rule| self.reason(rule, of))
            .collect()
    }

    fn reason(&self, rule: &Rule, of: At) -> Reason {
        let noting = Noting {
            here: Here {
                session: self,
                frame: of.frame,
            },
            grounds: RefCell::default(),
        };
        let holds = match &rule.formula {
            Formula::Expr(expr) => {
                let value = decide(expr, &noting);
                value.is_true()
                    || (matches!(rule.aspect, Aspect::Value | Aspect::Default) && value != Value::Null)
            }
            Formula::Text(template) => !template.fill(&noting, &self.plan.form.lists).is_empty(),
        };
        Reason {
            of,
            aspect: rule.aspect,
            holds,
            grounds: noting.grounds.into_inner(),
        }
    }
}

/// Works an expression out, and notes what decided it.
fn decide(expr: &Expr, noting: &Noting<'_>) -> Value {
    match expr {
        Expr::Chain(operator @ (Operator::And | Operator::Or), parts) => {
            let decisive = Value::Boolean(*operator == Operator::Or);
            let value = expr.eval(&noting.here);
            for part in parts {
                if value != decisive || part.eval(&noting.here) == decisive {
                    decide(part, noting);
                }
            }
            value
        }
        Expr::Call(function, arguments) if Some(*function) == Function::named("not") => {
            for argument in arguments {
                decide(argument, noting);
            }
            expr.eval(&noting.here)
        }
        _ => expr.eval(noting),
    }
}

/// A session seen from one frame by somebody who notes what is read.
struct Noting<'a> {
    here: Here<'a>,
    grounds: RefCell<Vec<Ground>>,
}

impl Noting<'_> {
    fn note(&self, ground: Ground) {
        let mut grounds = self.grounds.borrow_mut();
        if !grounds.contains(&ground) {
            grounds.push(ground);
        }
    }

    fn note_slot(&self, slot: Slot, from: FrameId) {
        match Meaning::of(slot) {
            Some(Meaning::Node(node)) => {
                if let Some(frame) = self.here.session.frame_around(node, from) {
                    self.note(Ground::Answer(At { frame, node }));
                }
            }
            Some(Meaning::Term(term)) => self.note(Ground::Term(term)),
            // Which child a block is about, and where in a row one looks, is nothing that could be otherwise.
            Some(Meaning::Child | Meaning::Inside(_) | Meaning::Subject(_)) | None => {}
        }
    }
}

impl Reads for Noting<'_> {
    fn read(&self, slot: Slot) -> Value {
        self.note_slot(slot, self.here.frame);
        self.here.read(slot)
    }

    fn property(&self, entity: Entity, slot: Slot) -> Value {
        match Meaning::of(slot) {
            Some(Meaning::Subject(property)) => self.note(Ground::Child(entity.id as usize, property)),
            _ => self.note_slot(slot, form::Id::at(entity.id as usize)),
        }
        self.here.property(entity, slot)
    }

    fn now(&self) -> DateTime {
        self.note(Ground::Today);
        self.here.now()
    }

    fn today(&self) -> Date {
        self.note(Ground::Today);
        self.here.today()
    }
}
