//! Why a manager returns a record: the coded reasons, reportable by team and by form.

use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $code:literal $label:literal)*) => {
        /// A coded reason for returning a record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ReturnReason {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl ReturnReason {
            /// Every reason, in the order of the codes.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The code by which it is reported.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What people read.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }
        }
    };
}

reasons! {
    /// The child's voice is missing or thin.
    Voice "RR01" "The child’s voice is missing or thin"
    /// Not seen, or not seen alone, without an explanation.
    Seen "RR02" "Not seen, or not seen alone, is not explained"
    /// Brothers and sisters are not told apart.
    Siblings "RR03" "Brothers and sisters are not written about one by one"
    /// The analysis is not enough.
    Analysis "RR04" "The analysis does not say enough"
    /// History or chronology was not used.
    History "RR05" "The history or chronology has not been used"
    /// The father or another adult is missing.
    Adults "RR06" "The father or another adult is missing"
    /// Evidence or its source is unclear.
    Evidence "RR07" "The evidence or its source is not clear"
    /// The plan is not specific, or has no contingency.
    Plan "RR08" "The plan is not specific, or has no contingency"
    /// Blaming, jargon, or not readable by a child.
    Language "RR09" "The language blames, is jargon, or a child could not read it"
    /// A factual error.
    Fact "RR10" "Something is factually wrong"
    /// It does not agree with another record.
    Inconsistent "RR11" "It does not agree with another record"
    /// Required data or census error.
    Data "RR12" "Required information is missing or wrong"
    /// Consent, sharing or redaction.
    Sharing "RR13" "Consent, sharing or redaction needs attention"
    /// Wrong threshold or outcome: discuss.
    Threshold "RR14" "The threshold or outcome needs to be discussed"
    /// Action on risk is needed first.
    Risk "RR15" "Action on a risk is needed first"
    /// Equality, culture or disability.
    Equality "RR16" "Equality, culture or disability is not addressed"
    /// Another reason, which the note gives.
    Other "RR17" "Another reason, given in the note"
}
