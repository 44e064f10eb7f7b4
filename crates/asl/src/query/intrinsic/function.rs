//! The eighteen functions.

use super::arguments::Arguments;
use super::{Literal, Refusal, arrays, encoding, math, text};
use crate::query::Entropy;
use serde_json::Value;

/// An intrinsic function (feature map 5.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Format,
    StringToJson,
    JsonToString,
    Array,
    ArrayPartition,
    ArrayContains,
    ArrayRange,
    ArrayGetItem,
    ArrayLength,
    ArrayUnique,
    Base64Encode,
    Base64Decode,
    Hash,
    JsonMerge,
    MathRandom,
    MathAdd,
    StringSplit,
    Uuid,
}

/// Names, in the order of the variants.
const NAMES: [(&str, Function); 18] = [
    ("States.Format", Function::Format),
    ("States.StringToJson", Function::StringToJson),
    ("States.JsonToString", Function::JsonToString),
    ("States.Array", Function::Array),
    ("States.ArrayPartition", Function::ArrayPartition),
    ("States.ArrayContains", Function::ArrayContains),
    ("States.ArrayRange", Function::ArrayRange),
    ("States.ArrayGetItem", Function::ArrayGetItem),
    ("States.ArrayLength", Function::ArrayLength),
    ("States.ArrayUnique", Function::ArrayUnique),
    ("States.Base64Encode", Function::Base64Encode),
    ("States.Base64Decode", Function::Base64Decode),
    ("States.Hash", Function::Hash),
    ("States.JsonMerge", Function::JsonMerge),
    ("States.MathRandom", Function::MathRandom),
    ("States.MathAdd", Function::MathAdd),
    ("States.StringSplit", Function::StringSplit),
    ("States.UUID", Function::Uuid),
];

impl Function {
    /// The function of this name; names are case-sensitive.
    pub(crate) fn named(name: &str) -> Option<Self> {
        NAMES
            .into_iter()
            .find(|(known, _)| *known == name)
            .map(|(_, function)| function)
    }

    pub(crate) fn name(self) -> &'static str {
        NAMES[self as usize].0
    }
}

/// The value of a function. `format` is its first argument as written, when that is a text in apostrophes.
pub(super) fn apply(
    given: Arguments,
    format: Option<&Literal>,
    entropy: &mut dyn Entropy,
) -> Result<Value, Refusal> {
    match given.function {
        Function::Format => text::format(&given, format),
        Function::StringToJson => text::string_to_json(&given),
        Function::JsonToString => text::json_to_string(&given),
        Function::StringSplit => text::string_split(&given),
        Function::Array => Ok(Value::Array(given.values)),
        Function::ArrayPartition => arrays::partition(&given),
        Function::ArrayContains => arrays::contains(&given),
        Function::ArrayRange => arrays::range(&given),
        Function::ArrayGetItem => arrays::get_item(&given),
        Function::ArrayLength => arrays::length(&given),
        Function::ArrayUnique => arrays::unique(&given),
        Function::JsonMerge => arrays::merge(&given),
        Function::Base64Encode => encoding::base64_encode(&given),
        Function::Base64Decode => encoding::base64_decode(&given),
        Function::Hash => encoding::hash(&given),
        Function::MathAdd => math::add(&given),
        Function::MathRandom => math::random(&given, entropy),
        Function::Uuid => math::uuid(&given, entropy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_has_its_own_name() {
        for (name, function) in NAMES {
            assert_eq!(function.name(), name);
            assert_eq!(Function::named(name), Some(function));
        }
    }
}
