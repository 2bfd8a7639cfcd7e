//! What the names in an expression mean.
//!
//! A name belongs to the section, group, repeat or component that it stands in. Beside it one writes the bare name;
//! from elsewhere the name of what holds it comes first, as in `visit.outcome`. A bare name means what is called so in
//! the innermost section or group around the expression that holds anything of that name, so one that the form has only
//! once may be written bare everywhere. A repeat or per-child section seen from outside is the list of its rows.

use std::cell::RefCell;
use std::collections::HashMap;

use feel::{Binding, EntityKind, ListId, Resolved, Slot, Type};
use form::{EntityOf, Id as _, Meaning, Name, NodeId, ScopeId, SubjectProperty, Table, TermId, TermValue};

use crate::outline::{Item, NamedId, Outline, What};
use crate::packs::Packs;

/// The names of a form.
pub(crate) struct Names<'o, 'd> {
    outline: &'o Outline<'d>,
    /// Each name of a scope with all that is called so, in order, rows left out.
    named: HashMap<(ScopeId, &'o Name), Vec<NodeId>>,
    /// Just past the last place that stands in each.
    ends: Table<NodeId, NodeId>,
    /// The type of each place; nothing while it is not known.
    types: RefCell<Table<NodeId, Option<Type>>>,
    packs: &'o Packs,
    /// What is used of rule packs, in the order in which the compiled form has it.
    terms: RefCell<Vec<Name>>,
}

/// The first word of the names of what rule packs say.
pub(crate) const RULES: &str = "rules";

/// Slots from here on stand for named expressions until these are put in. No compiled form has them.
const NAMED: u32 = 1 << 28;

/// The slot that stands for a named expression.
pub(crate) fn slot_of(named: NamedId) -> Slot {
    Slot(NAMED | named.0)
}

/// The named expression that a slot stands for, if it does.
pub(crate) fn named_by(slot: Slot) -> Option<NamedId> {
    let is_named = (NAMED..NAMED << 1).contains(&slot.0);
    is_named.then_some(NamedId(slot.0 & !NAMED))
}

/// How many places are told of that a name could mean.
const MOST_CANDIDATES: usize = 8;

/// How many names are looked through for one that was meant.
const MOST_SUGGESTED: usize = 2_000;

/// What a dotted name begins with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Resolution {
    /// A place, and how many parts of the name lead to it.
    Found(NodeId, usize),
    /// A named expression: its name is one word.
    Named(NamedId),
    Missing,
    Ambiguous(Vec<NodeId>),
}

impl<'o, 'd> Names<'o, 'd> {
    pub(crate) fn new(outline: &'o Outline<'d>, packs: &'o Packs) -> Self {
        let mut named: HashMap<(ScopeId, &Name), Vec<NodeId>> = HashMap::new();
        let mut ends: Table<NodeId, NodeId> = outline.items.ids().map(|id| NodeId(id.0 + 1)).collect();
        for (id, item) in outline.items.iter() {
            if !matches!(item.what, What::Row) {
                named.entry((item.scope, &item.name)).or_default().push(id);
            }
        }
        // What stands in a place comes behind it, so from the last to the first each end is final when it is used.
        for (id, item) in outline.items.iter().rev() {
            if let Some(parent) = item.parent {
                let end = (*ends.at(id)).max(*ends.at(parent));
                *ends.at_mut(parent) = end;
            }
        }
        let types = outline.items.values().map(Item::known_type).collect();
        Self {
            outline,
            named,
            ends,
            types: RefCell::new(types),
            packs,
            terms: RefCell::default(),
        }
    }

    /// What is called so in this scope and stands in this holder; without one, anywhere in the scope.
    fn named_in<'s>(&'s self, scope: ScopeId, name: &'s Name, holder: Option<NodeId>) -> &'s [NodeId] {
        let all = self.named.get(&(scope, name)).map_or(&[][..], Vec::as_slice);
        let Some(holder) = holder else { return all };
        let start = all.partition_point(|node| *node <= holder);
        let end = all.partition_point(|node| node < self.ends.at(holder));
        all.get(start..end).unwrap_or_default()
    }

    /// The scopes whose places an expression of `from` sees themselves, and not as lists, from the inside out.
    fn seen_from(&self, from: Option<NodeId>) -> impl Iterator<Item = ScopeId> + '_ {
        let own = from.map_or(ScopeId(0), |from| self.outline.items.at(from).scope);
        self.outline.scopes_around(own)
    }

    /// Notes the type of a computed value.
    pub(crate) fn set_type(&self, node: NodeId, ty: Type) {
        *self.types.borrow_mut().at_mut(node) = Some(ty);
    }

    /// The type of a place, if it is known.
    pub(crate) fn type_of(&self, node: NodeId) -> Option<Type> {
        self.types.borrow().at(node).clone()
    }

    /// What rule packs say under a name, and how the compiled form will know it.
    pub(crate) fn term(&self, name: &str) -> Option<(TermId, TermValue)> {
        let name = Name::new(name).ok()?;
        let value = self.packs.find(&name)?;
        let mut terms = self.terms.borrow_mut();
        let known = terms.iter().position(|term| *term == name);
        let index = known.unwrap_or_else(|| {
            terms.push(name);
            terms.len() - 1
        });
        Some((TermId::at(index), value))
    }

    /// What was used of rule packs.
    pub(crate) fn into_terms(self) -> Vec<Name> {
        self.terms.into_inner()
    }

    /// The rule packs.
    pub(crate) fn packs(&self) -> &'o Packs {
        self.packs
    }

    /// The names as an expression of this place sees them; without one, of the record.
    pub(crate) fn at(&self, from: Option<NodeId>) -> View<'_, 'o, 'd> {
        View {
            names: self,
            from,
            untyped: RefCell::default(),
        }
    }

    /// What a dotted name in an expression of `from` begins with; from nowhere, what it begins with for the record.
    pub(crate) fn resolve(&self, from: Option<NodeId>, path: &[&str]) -> Resolution {
        let Some((first, rest)) = path.split_first() else {
            return Resolution::Missing;
        };
        let Ok(first) = Name::new(first) else {
            return Resolution::Missing;
        };
        // From the inside out: what stands beside the expression comes before what stands further away.
        let around = from.into_iter().flat_map(|from| self.outline.around(from));
        for holder in around.map(Some).chain([None]) {
            if let Some(named) = self.outline.named.find(holder, &first) {
                return Resolution::Named(named);
            }
            if let Some(&start) = self.outline.inside.get(&(holder, first.clone()))
                && let Some((node, used)) = self.descend(start, rest)
            {
                return Resolution::Found(node, used + 1);
            }
            let starts = self
                .seen_from(from)
                .flat_map(|scope| self.named_in(scope, &first, holder));
            let mut found: Vec<(NodeId, usize)> = starts
                .filter_map(|&start| self.descend(start, rest))
                .take(MOST_CANDIDATES)
                .collect();
            found.sort_unstable();
            found.dedup_by_key(|(node, _)| *node);
            match *found.as_slice() {
                [] => {}
                [(node, used)] => return Resolution::Found(node, used + 1),
                _ => return Resolution::Ambiguous(found.into_iter().map(|(node, _)| node).collect()),
            }
        }
        Resolution::Missing
    }

    /// Follows the rest of a dotted name to a place that has a value, and says how many parts were needed.
    fn descend(&self, mut node: NodeId, rest: &[&str]) -> Option<(NodeId, usize)> {
        let mut used = 0;
        loop {
            match self.outline.items.at(node).what {
                What::Field(_) | What::Rows(_) => return Some((node, used)),
                // Whatever follows may be right, once this can be read.
                What::Unknown => return Some((node, rest.len())),
                What::Group | What::Row => {
                    node = self.in_holder(node, rest.get(used)?)?;
                    used += 1;
                }
            }
        }
    }

    /// What is called so in a section or group: directly in it, or else once anywhere in its groups.
    fn in_holder(&self, holder: NodeId, name: &str) -> Option<NodeId> {
        let name = Name::new(name).ok()?;
        if let Some(&direct) = self.outline.inside.get(&(Some(holder), name.clone())) {
            return Some(direct);
        }
        let scope = self.outline.items.at(holder).scope;
        match self.named_in(scope, &name, Some(holder)) {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// How an expression of `from` must write the name of a place, so that nothing else is meant.
    fn spelling(&self, from: Option<NodeId>, node: NodeId) -> String {
        let holders = self
            .outline
            .around(node)
            .take_while(|&id| !matches!(self.outline.items.at(id).what, What::Row));
        let mut path: Vec<&str> = holders
            .map(|id| self.outline.items.at(id).name.as_str())
            .collect();
        path.reverse();
        let suffixes = (0..path.len()).rev().filter_map(|start| path.get(start..));
        let shortest = suffixes.into_iter().find(
            |suffix| matches!(self.resolve(from, suffix), Resolution::Found(found, _) if found == node),
        );
        shortest.unwrap_or(&path).join(".")
    }

    /// The spellings of places that could be meant.
    pub(crate) fn spellings(&self, from: Option<NodeId>, nodes: &[NodeId]) -> Vec<String> {
        nodes.iter().map(|&node| self.spelling(from, node)).collect()
    }

    /// Why a name that the form has means nothing in an expression of `from`, and what to write instead.
    pub(crate) fn explain(&self, from: Option<NodeId>, path: &[&str]) -> Option<String> {
        let (&first, rest) = path.split_first()?;
        if first == RULES
            && let Some(name) = rest.first()
        {
            return Some(self.packs.explain(name));
        }
        if first == "child" {
            return Some(
                "`child` is known in a section with `for-each=child`, which is about one of them".to_owned(),
            );
        }
        let name = Name::new(first).ok()?;
        let scopes = || self.outline.scopes.ids();
        let seen = |scope: ScopeId| self.seen_from(from).any(|seen| seen == scope);
        let first_in = |scope| self.named_in(scope, &name, None).first().copied();
        let Some(holder) = scopes().filter(|&scope| seen(scope)).find_map(first_in) else {
            let elsewhere = scopes().find_map(first_in)?;
            let rows = self.rows_around(elsewhere)?;
            let rows_name = self.spelling(from, rows);
            let inner = self.spelling(Some(rows), elsewhere);
            return Some(format!(
                "it is asked in every row of `{rows_name}`; write `{rows_name}.{inner}` for the list of them"
            ));
        };
        let inside = || {
            let all = self.outline.items.iter();
            all.filter(|(_, item)| item.parent == Some(holder))
                .map(|(_, item)| item.name.as_str())
        };
        match rest.first() {
            Some(next) => feel::did_you_mean(next, inside()),
            None => {
                let example = inside().next()?;
                Some(format!(
                    "it holds questions; name one of them, as in `{first}.{example}`"
                ))
            }
        }
    }

    /// The outermost repeat or per-child section that a place stands in.
    fn rows_around(&self, node: NodeId) -> Option<NodeId> {
        let around = self.outline.around(node).skip(1);
        around
            .filter(|&id| matches!(self.outline.items.at(id).what, What::Rows(_)))
            .last()
    }

    /// What the name of a place is bound to.
    fn binding(&self, node: NodeId, untyped: &RefCell<Vec<NodeId>>) -> Binding {
        let ty = self.type_of(node).unwrap_or_else(|| {
            untyped.borrow_mut().push(node);
            Type::Any
        });
        Binding {
            slot: Meaning::Node(node).slot(),
            ty,
        }
    }

    /// The section, group or row that an entity is, if it is one.
    fn holder_of(&self, kind: EntityKind) -> Option<NodeId> {
        match EntityOf::of(kind)? {
            EntityOf::Row(scope) => Some(self.outline.row_of(self.outline.scopes.get(scope)?.rows?)),
            EntityOf::Part(node) => Some(node),
            EntityOf::Subject => None,
        }
    }
}

/// The names of a form as the expressions of one place see them.
pub(crate) struct View<'n, 'o, 'd> {
    names: &'n Names<'o, 'd>,
    from: Option<NodeId>,
    /// The computed values that were asked for before their type was known.
    untyped: RefCell<Vec<NodeId>>,
}

impl View<'_, '_, '_> {
    /// The computed values that were asked for before their type was known.
    pub(crate) fn into_untyped(self) -> Vec<NodeId> {
        self.untyped.into_inner()
    }

    /// What a name says that begins with `rules`.
    fn term(&self, path: &[&str]) -> Resolved {
        let (&[RULES, name], _) = path.split_at(path.len().min(2)) else {
            return Resolved::Missing;
        };
        let said = self.names.term(name);
        match said.and_then(|(term, _)| Some((term, self.names.packs.type_of(name)?))) {
            Some((term, ty)) => Resolved::Found {
                binding: Binding {
                    slot: Meaning::Term(term).slot(),
                    ty,
                },
                used: 2,
            },
            None => Resolved::Missing,
        }
    }

    fn is_about_a_child(&self) -> bool {
        let outline = self.names.outline;
        self.from
            .is_some_and(|from| outline.is_about_a_child(outline.items.at(from).scope))
    }
}

impl feel::Names for View<'_, '_, '_> {
    fn name(&self, path: &[&str]) -> Resolved {
        if path.first() == Some(&"child") && self.is_about_a_child() {
            let ty = Type::Entity(EntityOf::Subject.kind());
            let slot = Meaning::Child.slot();
            return Resolved::Found {
                binding: Binding { slot, ty },
                used: 1,
            };
        }
        match self.names.resolve(self.from, path) {
            Resolution::Found(node, used) => Resolved::Found {
                binding: self.names.binding(node, &self.untyped),
                used,
            },
            Resolution::Named(id) => match self.names.outline.named.get(id) {
                Some(named) => Resolved::Found {
                    binding: Binding {
                        slot: slot_of(id),
                        ty: named.ty.clone(),
                    },
                    used: 1,
                },
                None => Resolved::Missing,
            },
            Resolution::Missing => self.term(path),
            Resolution::Ambiguous(nodes) => Resolved::Ambiguous(self.names.spellings(self.from, &nodes)),
        }
    }

    fn property(&self, of: EntityKind, name: &str) -> Option<Binding> {
        if EntityOf::of(of) == Some(EntityOf::Subject) {
            let property = SubjectProperty::named(name)?;
            return Some(Binding {
                slot: Meaning::Subject(property).slot(),
                ty: property.value_type(),
            });
        }
        let node = self.names.in_holder(self.names.holder_of(of)?, name)?;
        match self.names.outline.items.at(node).what {
            What::Group | What::Row => Some(Binding {
                slot: Meaning::Inside(node).slot(),
                ty: Type::Entity(EntityOf::Part(node).kind()),
            }),
            _ => Some(self.names.binding(node, &self.untyped)),
        }
    }

    fn has_code(&self, list: ListId, code: &str) -> bool {
        self.names
            .outline
            .lists
            .get(list)
            .is_some_and(|list| list.find(code).is_some())
    }

    fn suggest(&self) -> Vec<String> {
        let outline = self.names.outline;
        let mut known: Vec<String> = Vec::new();
        let named = outline.named.iter().take(MOST_SUGGESTED / 4);
        known.extend(named.map(|(_, named)| named.name.to_string()));
        if self.is_about_a_child() {
            known.push("child".to_owned());
            known.extend(SubjectProperty::ALL.map(|(_, name)| format!("child.{name}")));
        }
        let seen: Vec<ScopeId> = self.names.seen_from(self.from).collect();
        // In a very large form, what stands near the expression and what stands first are looked through.
        let near = self
            .from
            .map_or(0, |from| from.index().saturating_sub(MOST_SUGGESTED / 4));
        let items = || outline.items.values();
        for item in items().skip(near).take(MOST_SUGGESTED / 2).chain(items()) {
            if matches!(item.what, What::Row) || !seen.contains(&item.scope) {
                continue;
            }
            known.push(item.name.to_string());
            if let Some(parent) = item.parent {
                known.push(format!("{}.{}", outline.items.at(parent).name, item.name));
            }
            if known.len() >= MOST_SUGGESTED {
                break;
            }
        }
        known
    }

    fn properties(&self, of: EntityKind) -> Vec<String> {
        match self.names.holder_of(of) {
            None => SubjectProperty::ALL.map(|(_, name)| name.to_owned()).to_vec(),
            Some(holder) => {
                let all = self.names.outline.items.values();
                all.filter(|item| item.parent == Some(holder))
                    .map(|item| item.name.to_string())
                    .collect()
            }
        }
    }

    fn codes(&self, list: ListId) -> Vec<String> {
        let list = self.names.outline.lists.get(list);
        list.map_or_else(Vec::new, |list| {
            list.codes.iter().map(|code| code.code.to_string()).collect()
        })
    }

    fn entity_name(&self, kind: EntityKind) -> String {
        match self.names.holder_of(kind) {
            None => "child".to_owned(),
            Some(holder) => format!("`{}` row", self.names.outline.items.at(holder).name),
        }
    }

    fn list_name(&self, list: ListId) -> String {
        self.names.outline.lists.called(list).to_owned()
    }
}
