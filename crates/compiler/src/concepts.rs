//! What is known of concepts: what they mean outside a form, and so what a question must be to carry them.
//!
//! The items of the children in need census are those of the Department for Education's common basic data set, which
//! the census has used under these numbers from 2022-23 to 2026-27.

use feel::Type;
use form::Kind;

/// What a question must ask for to carry a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carries {
    /// A day.
    Day,
    /// One code of a list, yes and no among them.
    Code,
    /// Any codes of a list.
    Codes,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A child's own words.
    Words,
}

const CENSUS: &str = "cin.N";

const KNOWN: &[(&str, Carries)] = &[
    ("cin.N00001", Carries::Text),   // Unique pupil number.
    ("cin.N00002", Carries::Text),   // Former unique pupil number.
    ("cin.N00066", Carries::Day),    // Date of birth.
    ("cin.N00097", Carries::Text),   // The authority's own number for the child.
    ("cin.N00098", Carries::Day),    // Expected date of birth.
    ("cin.N00099", Carries::Codes),  // Disabilities.
    ("cin.N00100", Carries::Day),    // Referral.
    ("cin.N00101", Carries::Code),   // Primary need.
    ("cin.N00102", Carries::Day),    // Closure.
    ("cin.N00103", Carries::Code),   // Reason for closure.
    ("cin.N00105", Carries::Day),    // Start of a protection plan.
    ("cin.N00106", Carries::Number), // Previous protection plans.
    ("cin.N00108", Carries::Day),    // Date of death.
    ("cin.N00109", Carries::Day),    // Target of the initial conference.
    ("cin.N00110", Carries::Day),    // Initial conference.
    ("cin.N00111", Carries::Code),   // Initial conference not required.
    ("cin.N00112", Carries::Code),   // No further action after the referral.
    ("cin.N00113", Carries::Code),   // Initial category of abuse.
    ("cin.N00114", Carries::Code),   // Latest category of abuse.
    ("cin.N00115", Carries::Day),    // End of a protection plan.
    ("cin.N00116", Carries::Day),    // Review of a protection plan.
    ("cin.N00135", Carries::Code),   // Why the pupil number is not known.
    ("cin.N00148", Carries::Day),    // Start of a section 47 enquiry.
    ("cin.N00152", Carries::Code),   // Source of the referral.
    ("cin.N00159", Carries::Day),    // Start of an assessment.
    ("cin.N00160", Carries::Day),    // Authorisation of an assessment.
    ("cin.N00161", Carries::Day),    // Internal review of an assessment.
    ("cin.N00177", Carries::Code),   // Ethnicity.
    ("cin.N00181", Carries::Codes),  // Factors identified at the end of an assessment.
    ("cin.N00689", Carries::Day),    // Start of a child in need plan.
    ("cin.N00690", Carries::Day),    // End of a child in need plan.
    ("cin.N00783", Carries::Code),   // Sex.
    ("cin.N00826", Carries::Day),    // Start of pre-proceedings.
    ("cin.N00827", Carries::Day),    // Letter before proceedings.
    ("cin.N00828", Carries::Code),   // Family group decision-making meeting offered.
    ("cin.N00829", Carries::Code),   // Family group decision-making meeting held.
    ("cin.N00830", Carries::Day),    // First pre-proceedings meeting.
    ("cin.N00831", Carries::Number), // Review meetings.
    ("cin.N00832", Carries::Day),    // Decision to step up or down.
    ("cin.N00833", Carries::Code),   // Outcome of pre-proceedings.
    ("cin.N00834", Carries::Day),    // Application to court.
    ("cin.N00835", Carries::Day),    // Letter of issue.
    ("visit.bedroom_seen", Carries::Code),
    ("visit.date", Carries::Day),
    ("visit.method", Carries::Code),
    ("visit.next_date", Carries::Day),
    ("visit.not_alone_reason", Carries::Code),
    ("visit.not_seen_reason", Carries::Code),
    ("visit.outcome", Carries::Code),
    ("visit.seen", Carries::Code),
    ("visit.seen_alone", Carries::Code),
    ("visit.types", Carries::Codes),
    ("voice.advocate", Carries::Code),
    ("voice.alone", Carries::Code),
    ("voice.alone_reason", Carries::Code),
    ("voice.audience", Carries::Codes),
    ("voice.date", Carries::Day),
    ("voice.day", Carries::Text),
    ("voice.feedback", Carries::Code),
    ("voice.feedback_date", Carries::Day),
    ("voice.feelings", Carries::Text),
    ("voice.good", Carries::Text),
    ("voice.influence", Carries::Text),
    ("voice.interpreter", Carries::Code),
    ("voice.life_ahead", Carries::Text),
    ("voice.means", Carries::Codes),
    ("voice.opinion", Carries::Code),
    ("voice.others", Carries::Text),
    ("voice.privacy", Carries::Code),
    ("voice.reason", Carries::Code),
    ("voice.shown", Carries::Text),
    ("voice.status", Carries::Code),
    ("voice.understanding", Carries::Text),
    ("voice.wishes", Carries::Text),
    ("voice.words", Carries::Words),
    ("voice.worries", Carries::Text),
    ("voice.writer", Carries::Code),
];

/// What a question must ask for to carry this concept, if that is known.
pub(crate) fn carried_by(concept: &str) -> Option<Carries> {
    let found = KNOWN.iter().find(|(known, _)| *known == concept);
    found.map(|(_, carries)| *carries)
}

/// Is it said to be an item of the census, and is none?
pub(crate) fn is_no_item(concept: &str) -> bool {
    concept.starts_with(CENSUS) && carried_by(concept).is_none()
}

/// The concepts that are known, for "did you mean".
pub(crate) fn known() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|(concept, _)| *concept)
}

/// Does the concept stand for a fact that the law or statutory guidance wants recorded? Nobody's answer to it can be
/// taken for granted: it is not defaulted, inferred from silence or copied from an earlier record.
pub(crate) fn is_statutory(concept: &str) -> bool {
    ["cin.", "voice.", "visit."]
        .iter()
        .any(|family| concept.starts_with(family))
}

impl Carries {
    /// Can a question of this kind carry it?
    pub(crate) fn by(self, kind: &Kind) -> bool {
        let ty = kind.value_type();
        match self {
            // A moment is of a day, too.
            Self::Day => matches!(ty, Type::Date | Type::DateTime),
            Self::Code => matches!(ty, Type::Code(_)),
            Self::Codes => matches!(ty.member(), Type::Code(_)),
            Self::Number => ty == Type::Number,
            Self::Text => ty == Type::Text,
            Self::Words => matches!(kind, Kind::Quote(_)),
        }
    }

    /// Kinds that can carry it, in words.
    pub(crate) fn kinds(self) -> &'static str {
        match self {
            Self::Day => "a `date` or `date_time`",
            Self::Code => "a `choice` or `yes_no`",
            Self::Codes => "`choices`",
            Self::Number => "a `number`",
            Self::Text => "a `text` or `long_text`",
            Self::Words => "a `quote`",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concepts_are_known_once_in_order() {
        assert!(KNOWN.is_sorted_by(|one, next| one.0 < next.0));
        assert!(is_no_item("cin.N99999") && !is_no_item("cin.N00100") && !is_no_item("cin.8675Q"));
    }
}
