//! The intrinsic functions: parameters, words, limits (asl-rules 6; feature map 5.5).

/// An intrinsic function.
#[derive(Debug, Clone, Copy)]
pub(in crate::editor) struct Function {
    pub(in crate::editor) name: &'static str,
    /// Names of the parameters, optional ones with a question mark.
    pub(in crate::editor) parameters: &'static str,
    pub(in crate::editor) words: &'static str,
    /// Whether it can give a text, as `ErrorPath` and `CausePath` need.
    pub(in crate::editor) gives_text: bool,
}

const fn function(name: &'static str, parameters: &'static str, words: &'static str) -> Function {
    Function {
        name,
        parameters,
        words,
        gives_text: false,
    }
}

const fn text(name: &'static str, parameters: &'static str, words: &'static str) -> Function {
    Function {
        gives_text: true,
        ..function(name, parameters, words)
    }
}

impl Function {
    /// The function with its parameters.
    pub(in crate::editor) fn signature(self) -> String {
        format!("{}({})", self.name, self.parameters)
    }
}

/// The function of this name.
pub(in crate::editor) fn function_named(name: &str) -> Option<Function> {
    FUNCTIONS
        .iter()
        .find(|function| function.name == name)
        .copied()
}

pub(in crate::editor) const FUNCTIONS: &[Function] = &[
    text(
        "States.Format",
        "template, value, …",
        "The template with each `{}` replaced by the next value.",
    ),
    function("States.StringToJson", "text", "The JSON that a text holds."),
    text(
        "States.JsonToString",
        "value",
        "A value as JSON text, without blanks.",
    ),
    function("States.Array", "value, …", "An array of the values."),
    function(
        "States.ArrayPartition",
        "array, size",
        "The array in pieces of at most this size.",
    ),
    function(
        "States.ArrayContains",
        "array, value",
        "Whether the array holds the value; arrays and objects compare by content.",
    ),
    function(
        "States.ArrayRange",
        "first, last, step",
        "Whole numbers from first to last; at most 1,000.",
    ),
    text(
        "States.ArrayGetItem",
        "array, index",
        "The element at an index, from 0.",
    ),
    function(
        "States.ArrayLength",
        "array",
        "How many elements the array has.",
    ),
    function(
        "States.ArrayUnique",
        "array",
        "The array without repeated elements.",
    ),
    text(
        "States.Base64Encode",
        "text",
        "The text in Base64; at most 10,000 characters.",
    ),
    text(
        "States.Base64Decode",
        "text",
        "The text that Base64 holds; at most 10,000 characters.",
    ),
    text(
        "States.Hash",
        "data, algorithm",
        "The hash in hexadecimal digits: MD5, SHA-1, SHA-256, SHA-384 or SHA-512; data of at most 10,000 characters.",
    ),
    function(
        "States.JsonMerge",
        "first, second, deep",
        "Both objects in one; the second wins. `deep` must be `false`.",
    ),
    function(
        "States.MathRandom",
        "start, end, seed?",
        "A whole number from start up to, not including, end.",
    ),
    function(
        "States.MathAdd",
        "first, second",
        "The sum; fractions are rounded first, half up.",
    ),
    function(
        "States.StringSplit",
        "text, separators",
        "The pieces of a text; every character of the separators splits.",
    ),
    text("States.UUID", "", "A random UUID, version 4."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Intrinsic;

    #[test]
    fn the_functions_are_those_that_the_language_knows() {
        for function in FUNCTIONS {
            let arguments = vec!["1"; function.parameters.split_terminator(", ").count()];
            let call = format!("{}({})", function.name, arguments.join(", "));
            assert!(Intrinsic::parse(&call).is_ok(), "{call}");
        }
        assert_eq!(FUNCTIONS.len(), 18);
    }
}
