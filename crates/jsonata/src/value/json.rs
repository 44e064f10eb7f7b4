//! From JSON, which is borrowed, and into JSON, which refuses what JSON cannot say.

use super::{Array, Object, Text, Value, WALK};
use serde_json::Value as Json;
use std::fmt;

impl<'a> From<&'a Json> for Value<'a> {
    fn from(json: &'a Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(flag) => Self::Bool(*flag),
            Json::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            Json::String(text) => Self::Text(Text::Borrowed(text)),
            Json::Array(items) => Self::Array(Array::from_json(items)),
            Json::Object(map) => Self::Object(Object::from_json(map)),
        }
    }
}

/// What JSON cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Nothing, as the whole result.
    Undefined,
    /// A function or a regular expression.
    Function,
    /// An infinite number, or none.
    Number,
    /// Deeper than any text that a parser would take.
    Depth,
}

/// Why a value has no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntoJsonError(pub Unfit);

impl fmt::Display for IntoJsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Unfit::Undefined => "the expression gives nothing",
            Unfit::Function => "a function has no JSON form",
            Unfit::Number => "the number is infinite or not a number, which JSON cannot say",
            Unfit::Depth => "the value is nested too deeply",
        })
    }
}

impl std::error::Error for IntoJsonError {}

impl Value<'_> {
    /// The value as JSON. Nothing inside an array is null, as a member of an object it is left out.
    ///
    /// # Errors
    ///
    /// When JSON cannot say it: see [`Unfit`].
    pub fn to_json(&self) -> Result<Json, IntoJsonError> {
        if self.is_undefined() {
            return Err(IntoJsonError(Unfit::Undefined));
        }
        self.json(WALK)
    }

    fn json(&self, depth: u32) -> Result<Json, IntoJsonError> {
        if depth == 0 {
            return Err(IntoJsonError(Unfit::Depth));
        }
        Ok(match self {
            Self::Undefined | Self::Null => Json::Null,
            Self::Bool(flag) => Json::Bool(*flag),
            Self::Number(number) => number_json(*number).ok_or(IntoJsonError(Unfit::Number))?,
            Self::Text(text) => Json::String(text.to_string()),
            Self::Function(_) => return Err(IntoJsonError(Unfit::Function)),
            Self::Array(array) => {
                let items = array.iter().map(|item| item.json(depth - 1));
                Json::Array(items.collect::<Result<_, _>>()?)
            }
            Self::Object(object) => {
                let members = object.iter().filter(|(_, value)| !value.is_undefined());
                let members =
                    members.map(|(name, value)| Ok((name.to_string(), value.json(depth - 1)?)));
                Json::Object(members.collect::<Result<_, _>>()?)
            }
        })
    }
}

/// Numbers with the digits that JavaScript prints: whole ones without a point as far as JSON numbers here can go.
fn number_json(number: f64) -> Option<Json> {
    /// Up to here every whole number has a double of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() != 0.0 || !number.is_finite() {
        return serde_json::Number::from_f64(number).map(Json::Number);
    }
    if number.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole and small enough")]
        return Some(Json::from(number as i64));
    }
    let text = crate::number::to_text(number);
    let signed = text.parse::<i64>().map(Json::from);
    let whole = signed.or_else(|_| text.parse::<u64>().map(Json::from));
    whole
        .ok()
        .or_else(|| serde_json::Number::from_f64(number).map(Json::Number))
}
