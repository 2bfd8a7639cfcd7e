//! The variants of a form: which question says which one it is, and what belongs to some of them only.

use feel::syntax::Test;
use feel::{Expr, ListId, Type, Value};
use form::{Formula, Meaning, NodeId};

use crate::diagnostic::{Code, Diagnostic};
use crate::line::Words;
use crate::names::Resolution;
use crate::outline::What;
use crate::reader::Reader;

impl Reader<'_, '_, '_> {
    /// The question that says which variant the form is, with its options; tells if it cannot be one.
    pub(crate) fn variant(&mut self) -> Option<(NodeId, ListId)> {
        let words = self.outline.head.variant.as_ref()?;
        let path: Vec<&str> = words.as_str().split('.').collect();
        let found = self.names.resolve(None, &path);
        if let Resolution::Found(node, used) = found
            && used == path.len()
        {
            match &self.outline.items.at(node).what {
                What::Field(question) => {
                    let choice = question.kind.as_ref().ok().map(form::Kind::value_type);
                    if let Some(Type::Code(list)) = choice {
                        return Some((node, list));
                    }
                }
                What::Unknown => return None,
                _ => {}
            }
        }
        if !(self.outline.lost_names && found == Resolution::Missing) {
            let message = format!(
                "`{}` does not say which variant of the form it is",
                words.as_str()
            );
            let help = "name a `choice` that is asked once, whose options are the variants";
            let diagnostic = Diagnostic::new(Code::NoVariants, words.place(), message);
            self.report.push(diagnostic.help(help));
        }
        None
    }

    /// That the form is one of these variants.
    pub(crate) fn only_in(
        &mut self,
        variants: &[Words<'_>],
        variant: Option<(NodeId, ListId)>,
    ) -> Option<Formula> {
        let Some((node, list)) = variant else {
            if let (None, Some(first)) = (&self.outline.head.variant, variants.first()) {
                let message = "this form has no variants";
                let help = "write `variant` in the form, with the name of the choice whose options they are";
                let diagnostic = Diagnostic::new(Code::NoVariants, first.place(), message);
                self.report.push(diagnostic.help(help));
            }
            return None;
        };
        let list = self.outline.lists.get(list)?;
        let mut sound = true;
        for words in variants {
            if list.find(words.as_str()).is_none() {
                sound = false;
                let message = format!("this form has no variant `{}`", words.as_str());
                let known = list.codes.iter().map(|code| code.code.as_str());
                let help = feel::did_you_mean(words.as_str(), known);
                let diagnostic = Diagnostic::new(Code::NoVariants, words.place(), message);
                self.report.push(diagnostic.maybe_help(help));
            }
        }
        let tests = variants
            .iter()
            .map(|words| Test::Within(Expr::Value(Value::text(words.as_str()))));
        let read = Box::new(Expr::Slot(Meaning::Node(node).slot()));
        sound.then(|| Formula::Expr(Expr::In(read, tests.collect())))
    }
}
