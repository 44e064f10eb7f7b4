//! What an editor says of the functions: name, parameters, result, one line, and an example with its result.
//!
//! The words come from the table of functions, the examples from a list beside this file. Nothing is evaluated here.

use super::examples::EXAMPLES;
use crate::evaluate::Profile;
use crate::functions::{ALL, Builtin};

/// A built-in function, as an editor shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionDoc {
    /// Without `$`.
    pub name: &'static str,
    /// In readable form: `$substring(text, start, length?)`.
    pub signature: String,
    /// Only the parameters: `text, start, length?`.
    pub parameters: &'static str,
    /// In the form that functions of an expression have: `<s-nn?:s>`.
    pub types: &'static str,
    /// What the function gives, in a word or two; empty where that depends.
    pub result: &'static str,
    /// One line.
    pub text: &'static str,
    /// An expression that needs no input.
    pub example: &'static str,
    /// What the example gives, as a JSON text.
    pub gives: &'static str,
}

impl FunctionDoc {
    fn of(builtin: &'static Builtin) -> Self {
        let example = EXAMPLES.iter().find(|example| example.name == builtin.name);
        Self {
            name: builtin.name,
            signature: format!("${}({})", builtin.name, builtin.parameters),
            parameters: builtin.parameters,
            types: builtin.signature,
            result: result(builtin.signature),
            text: builtin.says,
            example: example.map_or("", |example| example.expression),
            gives: example.map_or("", |example| example.gives),
        }
    }
}

/// What the letters behind the colon mean.
fn result(signature: &str) -> &'static str {
    let letters = signature
        .rsplit_once(':')
        .map_or("", |(_, letters)| letters);
    match letters.strip_suffix('>').unwrap_or(letters) {
        "s" => "a text",
        "n" => "a number",
        "b" => "a Boolean",
        "o" => "an object",
        "a" => "an array",
        "a<s>" => "an array of texts",
        "a<o>" => "an array of objects",
        _ => "",
    }
}

/// The function of that name (without `$`), if the profile knows it.
#[must_use]
pub fn documentation(name: &str, profile: Profile) -> Option<FunctionDoc> {
    Builtin::find(name, profile).map(FunctionDoc::of)
}

/// All functions of a profile, by name.
pub(super) fn functions_of(profile: Profile) -> impl Iterator<Item = FunctionDoc> {
    ALL.iter()
        .filter(move |builtin| builtin.is_known(profile))
        .map(FunctionDoc::of)
}

/// All functions of a profile, by name.
#[must_use]
pub fn all_functions(profile: Profile) -> Vec<FunctionDoc> {
    functions_of(profile).collect()
}
