//! What is known of concepts: what they mean outside a form, and so what a question must be to carry them.

/// Does the concept stand for a fact that the law or statutory guidance wants recorded? Nobody's answer to it can be
/// taken for granted: it is not defaulted, inferred from silence or copied from an earlier record.
pub(crate) fn is_statutory(concept: &str) -> bool {
    ["cin.", "voice.", "visit."]
        .iter()
        .any(|family| concept.starts_with(family))
}
