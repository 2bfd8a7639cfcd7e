//! The order in which rules can be worked out, each only once.
//!
//! A rule that reads a place comes after all that decides what is read there: the place's own value, the options it
//! offers, whether it is shown, and whether all that holds it is shown.

use form::{Aspect, Meaning, NodeId};

use crate::outline::{Outline, What};

/// What a rule decides and what it reads.
pub(crate) struct Reading {
    pub(crate) target: NodeId,
    pub(crate) aspect: Aspect,
    pub(crate) reads: Vec<Meaning>,
}

/// The order, and the circles that make one impossible.
pub(crate) struct Order {
    /// Every rule once, as a position in what was given.
    pub(crate) rules: Vec<usize>,
    /// Each circle: its rules, and what each of them reads on the way to the next. No rule is in two of them.
    pub(crate) circles: Vec<Vec<(usize, NodeId)>>,
}

/// A step on the way from a rule to what it depends on. Places stand behind the rules.
type Vertex = usize;

/// How far a vertex is worked on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Open,
    Done,
}

/// Sorts the rules.
pub(crate) fn order(outline: &Outline<'_>, rules: &[Reading]) -> Order {
    let needs = needs(outline, rules);
    let mut order = Order {
        rules: Vec::with_capacity(rules.len()),
        circles: Vec::new(),
    };
    let mut state = vec![State::Waiting; needs.len()];
    let mut in_circle = vec![false; rules.len()];
    for start in 0..rules.len() {
        // Depth first with a stack of its own: however long a chain is, it does not overflow.
        let mut open: Vec<(Vertex, usize)> = Vec::new();
        enter(start, &mut state, &mut open);
        while let Some((vertex, done)) = open.last_mut() {
            let next = needs.get(*vertex).and_then(|needs| needs.get(*done)).copied();
            *done += 1;
            match next {
                Some(next) if state.get(next) == Some(&State::Open) => {
                    note_circle(next, &open, rules.len(), &mut in_circle, &mut order.circles);
                }
                Some(next) => enter(next, &mut state, &mut open),
                None => {
                    let finished = *vertex;
                    open.pop();
                    if let Some(state) = state.get_mut(finished) {
                        *state = State::Done;
                    }
                    if finished < rules.len() {
                        order.rules.push(finished);
                    }
                }
            }
        }
    }
    order
}

fn enter(vertex: Vertex, state: &mut [State], open: &mut Vec<(Vertex, usize)>) {
    if let Some(state @ State::Waiting) = state.get_mut(vertex) {
        *state = State::Open;
        open.push((vertex, 0));
    }
}

/// Keeps a circle that closes at `first`, unless some of it is known already.
fn note_circle(
    first: Vertex,
    open: &[(Vertex, usize)],
    rules: usize,
    in_circle: &mut [bool],
    circles: &mut Vec<Vec<(usize, NodeId)>>,
) {
    let path: Vec<Vertex> = open
        .iter()
        .map(|(vertex, _)| *vertex)
        .skip_while(|vertex| *vertex != first)
        .collect();
    let of_rules: Vec<Vertex> = path.iter().copied().filter(|vertex| *vertex < rules).collect();
    if of_rules
        .iter()
        .any(|&rule| in_circle.get(rule).copied().unwrap_or(true))
    {
        return;
    }
    for &rule in &of_rules {
        if let Some(known) = in_circle.get_mut(rule) {
            *known = true;
        }
    }
    // What stands behind a rule on the way is what it reads.
    let place = |vertex: Vertex| NodeId(u32::try_from(vertex - rules).unwrap_or(u32::MAX));
    let follows = path.iter().cycle().skip(1);
    let mut circle: Vec<(usize, NodeId)> = path
        .iter()
        .zip(follows)
        .filter(|(vertex, next)| **vertex < rules && **next >= rules)
        .map(|(vertex, next)| (*vertex, place(*next)))
        .collect();
    // It is told from the rule on that stands first in the form.
    let earliest = circle
        .iter()
        .enumerate()
        .min_by_key(|(_, (rule, _))| *rule)
        .map_or(0, |(at, _)| at);
    circle.rotate_left(earliest);
    circles.push(circle);
}

/// What each rule and each place needs to be settled first.
fn needs(outline: &Outline<'_>, rules: &[Reading]) -> Vec<Vec<Vertex>> {
    let place = |node: NodeId| rules.len() + node.0 as usize;
    let mut needs: Vec<Vec<Vertex>> = Vec::with_capacity(rules.len() + outline.items.len());
    for rule in rules {
        let reads = rule.reads.iter().filter_map(|meaning| match *meaning {
            // To read the rows is to know which of them are shown.
            Meaning::Node(node) => match outline.items.get(node)?.what {
                What::Rows(_) => Some(place(outline.row_of(node))),
                _ => Some(place(node)),
            },
            Meaning::Inside(_) | Meaning::Child | Meaning::Subject(_) | Meaning::Term(_) => None,
        });
        needs.push(reads.collect());
    }
    needs.extend(
        outline
            .items
            .values()
            .map(|item| item.parent.map(place).into_iter().collect()),
    );
    for (index, rule) in rules.iter().enumerate() {
        let decides = matches!(
            rule.aspect,
            Aspect::Shown | Aspect::Value | Aspect::Default | Aspect::Offered(_)
        );
        if let Some(needs) = needs.get_mut(place(rule.target)).filter(|_| decides) {
            needs.push(index);
        }
    }
    needs
}
