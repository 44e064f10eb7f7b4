//! What a conversion has to say: what stays as it was, and where the new text may act otherwise.

use crate::text::{Pointer, Span};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// Something could not be converted and stays as it was.
    Error,
    /// Ordinary data can show the difference.
    Warning,
    /// Only unusual data shows the difference.
    Info,
}

/// Writes the enum, its codes and how much each matters from one table.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $severity:ident,)*) => {
        /// What a finding is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// All of them.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The definition cannot be read, or there is no such state; nothing is converted.
    Unreadable "UNREADABLE" Error,
    /// A state stays as it was.
    NotConverted "NOT_CONVERTED" Error,
    /// The converted text has a fault that the text before had not.
    InvalidResult "INVALID_RESULT" Error,
    /// A retrier or catcher takes an error that ended the execution before.
    CaughtNow "CAUGHT_NOW" Warning,
    /// A retrier or catcher names an error that JSONata states do not raise.
    NeverRaised "NEVER_RAISED" Warning,
    /// A random value is drawn twice and differs.
    DrawnTwice "DRAWN_TWICE" Warning,
    /// A seed gives another number.
    Seed "SEED" Warning,
    /// A failing query ends in `States.QueryEvaluationError`.
    ErrorName "ERROR_NAME" Info,
    /// A path through a list gives something instead of failing.
    ListOnTheWay "LIST_ON_THE_WAY" Info,
    /// Numbers are doubles.
    Numbers "NUMBERS" Info,
    /// A field that takes a number.
    NumberField "NUMBER_FIELD" Info,
    /// A list is expected where JSONPath takes an object, too.
    ListExpected "LIST_EXPECTED" Info,
    /// A structure is printed as JSON.
    PrintedStructure "PRINTED_STRUCTURE" Info,
    /// Backslashes in a format that is read at run time.
    FormatEscapes "FORMAT_ESCAPES" Info,
    /// A text is not put into quotes.
    UnquotedText "UNQUOTED_TEXT" Info,
    /// A blank text is no JSON.
    BlankText "BLANK_TEXT" Info,
    /// Numbers that are not whole are not rounded first.
    Rounding "ROUNDING" Info,
    /// Only characters of one byte come out the same.
    WideCharacters "WIDE_CHARACTERS" Info,
    /// Random values cannot be compared.
    Random "RANDOM" Info,
    /// Times are compared to the millisecond.
    Milliseconds "MILLISECONDS" Info,
    /// A number and the text that spells it are different.
    SpeltNumber "SPELT_NUMBER" Info,
    /// Something that could fail is not computed any more.
    NotComputed "NOT_COMPUTED" Info,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub code: Code,
    /// Where in the definition before the conversion.
    pub pointer: Pointer,
    /// Where in the text before the conversion.
    pub span: Span,
    /// A plain sentence.
    pub message: String,
}

impl Finding {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Why a state cannot be converted, in a plain sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) String);

impl Refusal {
    pub(super) fn new<T>(message: impl Into<String>) -> Result<T, Self> {
        Err(Self(message.into()))
    }
}
