//! From the texts to the compiled forms.

use std::collections::BTreeSet;

use form::{Body, Field, Form, Node, NodeId, Parts, RuleId, RulePack, Table};

use crate::allow::Allowances;
use crate::clocks::Oversight;
use crate::conditions::{self, Verdicts};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::kdl::Document;
use crate::library::{Definition, Library, Shelf};
use crate::line::Report;
use crate::lints;
use crate::migrations;
use crate::names::Names;
use crate::outline::{Item, Outline, What};
use crate::packs::Packs;
use crate::published::Published;
use crate::reason::Reason;
use crate::rules::{self, Rules};
use crate::sources::{FileId, Sources};

/// What compiling gives: every form that can be used, and all that is wrong with the others.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    /// The forms without an error, in the order of their files.
    pub forms: Vec<CompiledForm>,
    /// What is wrong or doubtful, in the order of the files and of the places in them.
    pub diagnostics: Vec<Diagnostic>,
}

/// A form that can be used.
#[derive(Clone, Debug)]
pub struct CompiledForm {
    /// The form.
    pub form: Form,
    /// The file it is defined in.
    pub file: FileId,
    /// Where its parts are written.
    pub places: Places,
}

/// Where the parts of a form are written.
#[derive(Clone, Debug)]
pub struct Places {
    /// The name of each section, group, repeat and question; of a component, where it is used.
    pub nodes: Table<NodeId, Place>,
    /// The expression of each rule, or the text that has expressions in it; with its quotes.
    pub rules: Table<RuleId, Place>,
    /// The condition of each clock; of one without, its name.
    pub clocks: Vec<Place>,
}

impl Compiled {
    /// Is there an error anywhere?
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Compiles the forms among these files, with the components and lists of options they use.
///
/// Files end in `.kdl`. Those in a folder `components` define components, those in a folder `codes` lists of options,
/// those in a folder `rules` rule packs, all others forms. A file `published.lock` lists the published versions. Other
/// files are left alone, the cases of a form in `….cases.kdl` among them.
pub fn compile(sources: &Sources) -> Compiled {
    let mut report = Report::default();
    let definitions = sources.iter().filter(|(_, path, _)| is_definition(path));
    let documents: Vec<(FileId, Document)> = definitions
        .map(|(file, _, text)| (file, Document::parse(text)))
        .collect();
    for (file, document) in &documents {
        for fault in document.faults() {
            report.push(Diagnostic::of_fault(*file, fault));
        }
    }
    let library = Library::new(sources, &documents, &mut report);
    let packs = Packs::read(&library, &mut report);
    let published = Published::read(sources, &mut report);
    let mut allowances = Allowances::read(&documents, &mut report);
    // What is wrong with a file as such is wrong for every form that uses it.
    let told = report.diagnostics.iter().filter(|told| told.is_error());
    let damaged: BTreeSet<FileId> = told.map(|told| told.place.file).collect();
    let mut forms = Vec::new();
    let mut verdicts = Verdicts::default();
    for (number, &definition) in library.forms.iter().enumerate() {
        let mut own = Report::on_a_form();
        let form = compile_form(
            definition,
            &library,
            (&packs, &published),
            &damaged,
            (number, &mut verdicts),
            &mut own,
        );
        report.append(own);
        let file = definition.file;
        forms.extend(form.map(|(form, places)| (number, CompiledForm { form, file, places })));
    }
    for (told, wrong) in verdicts.settled() {
        if told.is_error() {
            forms.retain(|(number, _)| !wrong.contains(number));
        }
        report.push(told);
    }
    // Where something is wrong, what seems unused may only be misspelt.
    let is_sound = !report.has_errors();
    if is_sound {
        tell_unused(&library, &mut report);
    }
    let mut diagnostics = report.diagnostics;
    diagnostics.retain(|told| !allowances.allow(told));
    if is_sound {
        diagnostics.extend(allowances.unused());
    }
    // A component is read wherever it is used: what is wrong in it is told once.
    diagnostics.sort_by(|one, other| {
        let key = |told: &Diagnostic| (told.place, told.code);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.message.cmp(&other.message))
    });
    diagnostics.dedup_by(|later, first| {
        later.place == first.place && later.code == first.code && later.message == first.message
    });
    let forms = forms.into_iter().map(|(_, form)| form).collect();
    Compiled { forms, diagnostics }
}

/// Is the file at this path one that [`compile`] reads definitions from?
pub fn is_definition(path: &str) -> bool {
    path.ends_with(".kdl") && !path.ends_with(".cases.kdl")
}

fn tell_unused(library: &Library<'_>, report: &mut Report) {
    let components = library.unused(Shelf::Components);
    for (name, definition) in &components {
        let message = format!("no form uses the component `{name}`");
        let help = format!("write `use {name}` in a section, or delete the file");
        report.push(Diagnostic::new(Code::UnusedComponent, definition.place(), message).help(help));
        let mut own = Report::on_a_form();
        Outline::read_unused(*definition, library, &mut own);
        report.append(own);
    }
    for (name, definition) in library.unused(Shelf::Lists) {
        let message = format!("no form uses the list of options `{name}`");
        let help = format!("write `options {name}` in a question, or delete the file");
        report.push(Diagnostic::new(Code::UnusedList, definition.place(), message).help(help));
        Outline::read_unused_list(definition, &name, library, report);
    }
}

/// Compiles one form; nothing if there is an error in it, or in what it uses.
fn compile_form(
    definition: Definition<'_>,
    library: &Library<'_>,
    (packs, published): (&Packs, &Published<'_>),
    damaged: &BTreeSet<FileId>,
    (number, verdicts): (usize, &mut Verdicts),
    report: &mut Report,
) -> Option<(Form, Places)> {
    let mut outline = Outline::read(definition, library, report)?;
    let names = Names::new(&outline, packs);
    let mut rules = rules::read(&outline, &names, report);
    lints::check(&outline, report);
    let oversight = Oversight::read(&outline, &names, &rules, report);
    let migrations = migrations::read(&outline, definition.file, report);
    rules.terms = names.into_terms();
    let reason = Reason::new(&outline, &rules, packs);
    conditions::check(&reason, &oversight.conditions, number, verdicts, report);
    conditions::labels(&reason, report);
    let packs = packs.with(&rules.terms);
    build_computed(&mut outline, &rules, report);
    let is_damaged = outline.lacks_files || outline.files.iter().any(|file| damaged.contains(file));
    if is_damaged || report.has_errors() {
        return None;
    }
    let version = outline.head.version_place;
    let places = Places {
        nodes: outline.items.values().map(|item| item.place).collect(),
        rules: rule_places(&outline, &rules),
        clocks: oversight.places.clone(),
    };
    let parts = Parts {
        migrations,
        ..parts(outline, rules, oversight, packs)?
    };
    match Form::from_parts(parts) {
        Ok(form) => {
            published.check(&form, version, report);
            (!report.has_errors()).then_some((form, places))
        }
        Err(damaged) => {
            report.push(Diagnostic::new(
                Code::TooLarge,
                definition.place(),
                damaged.to_string(),
            ));
            None
        }
    }
}

/// Where each rule is written; of what several lines decide together, the first of them.
fn rule_places(outline: &Outline<'_>, rules: &Rules) -> Table<RuleId, Place> {
    let wanted = rules
        .origins
        .values()
        .filter_map(|origin| outline.wanted.get(origin.wanted));
    wanted.map(|wanted| wanted.words.place()).collect()
}

/// Makes the kinds of computed values, now that their types are known.
fn build_computed(outline: &mut Outline<'_>, rules: &Rules, report: &mut Report) {
    for (node, ty) in &rules.computed {
        let item = outline.items.at_mut(*node);
        if let What::Field(question) = &mut item.what
            && let Err(computed) = &question.kind
        {
            match computed.build(ty, &mut outline.lists) {
                Ok(kind) => question.kind = Ok(kind),
                Err(error) => report.push(Diagnostic::new(Code::BadSetting, item.place, error.message)),
            }
        }
    }
}

/// The parts of a form; nothing if a place in it could not be read, which a form without errors has none of.
fn parts(outline: Outline<'_>, rules: Rules, oversight: Oversight, packs: Vec<RulePack>) -> Option<Parts> {
    let head = outline.head;
    let nodes: Option<Vec<Node>> = outline.items.into_values().map(node).collect();
    Some(Parts {
        name: head.name,
        version: head.version,
        title: head.title,
        summary: head.summary,
        about: head.about,
        voice: head.voice,
        stages: oversight.stages,
        clocks: oversight.clocks,
        variant: rules.variant,
        packs,
        migrations: Vec::new(),
        lists: outline.lists.into_table(),
        scopes: outline.scopes,
        nodes: nodes?.into(),
        checks: rules.checks,
        rules: rules.rules,
    })
}

/// The node of an item; nothing for one that could not be read.
fn node(item: Item) -> Option<Node> {
    let body = match item.what {
        What::Group => Body::Group,
        What::Rows(repeat) => Body::Rows(repeat),
        What::Row => Body::Row,
        What::Field(question) => Body::Field(Field {
            kind: question.kind.ok()?,
            need: question.need,
            read_only: false,
        }),
        What::Unknown => return None,
    };
    Some(Node {
        name: item.name,
        parent: item.parent,
        scope: item.scope,
        label: item.label,
        hint: item.hint,
        help: item.help,
        concept: item.concept,
        body,
    })
}

#[cfg(test)]
mod soundness;
