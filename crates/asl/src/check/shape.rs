//! What kind of value a field takes.

use super::time::is_timestamp;
use super::words::any_of;
use crate::text::Node;

/// The kinds of values that fields take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    /// Anything at all.
    Any,
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// An object.
    Object,
    /// An array of objects, empty or not.
    Objects,
    /// An array of at least one object.
    SomeObjects,
    /// An array of at least one text.
    SomeTexts,
    /// An array, for example of JSONata expressions.
    Array,
    /// A whole number between bounds.
    Integer(i64, i64),
    /// A number between bounds.
    Number(f64, f64),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A moment (asl-rules 14).
    Timestamp,
    /// A query of JSONPath.
    Query(QueryShape),
    /// JSON in which keys ending in `.$` hold queries.
    Template,
}

/// The kinds of queries that fields take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum QueryShape {
    /// A JSONPath; `null` stands for an empty object.
    NullablePath,
    /// A JSONPath.
    Path,
    /// A JSONPath in a Choice rule.
    RulePath,
    /// A path to one place.
    ReferencePath,
    /// `ResultPath`: a path to one place in the input, or `null`.
    ResultPath,
    /// A reference path, or an intrinsic function that gives a text.
    PathOrIntrinsic,
}

/// What is wrong with a value.
#[derive(Debug, PartialEq)]
pub(super) struct Misfit {
    /// What the field takes: "must be a whole number from 1 to 10".
    pub(super) wants: String,
    /// AWS's wording, where known.
    pub(super) aws: Option<String>,
    /// The JSON text that was probably meant.
    pub(super) instead: Option<String>,
}

impl Misfit {
    fn new(wants: impl Into<String>) -> Self {
        Self {
            wants: wants.into(),
            aws: None,
            instead: None,
        }
    }
    fn aws(self, aws: impl Into<String>) -> Self {
        Self {
            aws: Some(aws.into()),
            ..self
        }
    }
}

/// AWS's words for what must hold something.
const EMPTY: &str = "Value cannot be empty";

impl Shape {
    /// Whether a text can be a value of this kind, or stand in one.
    pub(super) fn takes_text(self) -> bool {
        match self {
            Shape::Any
            | Shape::Text
            | Shape::OneOf(_)
            | Shape::Timestamp
            | Shape::Query(_)
            | Shape::SomeTexts
            | Shape::Template => true,
            Shape::Flag
            | Shape::Object
            | Shape::Objects
            | Shape::SomeObjects
            | Shape::Array
            | Shape::Integer(..)
            | Shape::Number(..) => false,
        }
    }
    /// Whether `value` has this kind; queries are read elsewhere. `name` is the field's, for AWS's wording.
    pub(super) fn misfit(self, name: &str, value: &Node) -> Option<Misfit> {
        match self {
            Shape::Any | Shape::Template => None,
            Shape::Text => value
                .as_str()
                .is_none()
                .then(|| Misfit::new("must be a text").aws("Expected value of type [STRING]")),
            Shape::Flag => flag(value),
            Shape::Object => (!value.is_object()).then(|| Misfit::new("must be an object `{ … }`")),
            Shape::Array => (!value.is_array()).then(|| Misfit::new("must be an array `[ … ]`")),
            Shape::Objects => objects(value, false),
            Shape::SomeObjects => objects(value, true),
            Shape::SomeTexts => texts(value),
            Shape::Integer(low, high) => integer(value, low, high),
            Shape::Number(low, high) => number(value, low, high),
            Shape::OneOf(words) => one_of(name, value, words),
            Shape::Timestamp => timestamp(value),
            Shape::Query(query) => query.misfit(value),
        }
    }
}

impl QueryShape {
    /// Whether `null` stands for something here.
    pub(crate) fn takes_null(self) -> bool {
        match self {
            Self::NullablePath | Self::ResultPath => true,
            Self::Path | Self::RulePath | Self::ReferencePath | Self::PathOrIntrinsic => false,
        }
    }
    fn misfit(self, value: &Node) -> Option<Misfit> {
        let takes_null = self.takes_null();
        if value.as_str().is_some() || (takes_null && value.is_null()) {
            return None;
        }
        Some(Misfit::new(if takes_null {
            "must be a path such as `$.result`, or null"
        } else {
            "must be a path such as `$.result`"
        }))
    }
}

fn flag(value: &Node) -> Option<Misfit> {
    if value.as_bool().is_some() {
        return None;
    }
    let meant = match value.as_str().map(str::to_ascii_lowercase).as_deref() {
        // Older YAML has these words for the two.
        Some("true" | "yes" | "on") => Some("true".to_owned()),
        Some("false" | "no" | "off") => Some("false".to_owned()),
        Some(_) | None => None,
    };
    Some(Misfit {
        instead: meant,
        ..Misfit::new("must be true or false, without quotes")
    })
}

fn objects(value: &Node, some: bool) -> Option<Misfit> {
    if !value.is_array() {
        return Some(Misfit::new("must be an array of objects `[ { … } ]`"));
    }
    if some && value.elements().is_empty() {
        return Some(Misfit::new("must not be empty").aws(EMPTY));
    }
    let fits = |item: &Node| item.is_object() || item.is_placeholder();
    let fits = value.elements().iter().all(fits);
    (!fits).then(|| Misfit::new("must hold objects only"))
}

fn texts(value: &Node) -> Option<Misfit> {
    if !value.is_array() {
        let meant = value
            .as_str()
            .map(|text| format!("[{}]", serde_json::Value::from(text)));
        return Some(Misfit {
            instead: meant,
            ..Misfit::new("must be an array of texts `[\"…\"]`")
        });
    }
    if value.elements().is_empty() {
        return Some(Misfit::new("must not be empty").aws(EMPTY));
    }
    let fits = |item: &Node| item.as_str().is_some() || item.is_placeholder();
    let fits = value.elements().iter().all(fits);
    (!fits).then(|| Misfit::new("must hold texts only"))
}

fn integer(value: &Node, low: i64, high: i64) -> Option<Misfit> {
    let range = match (low, high) {
        (low, i64::MAX) => format!("must be a whole number, {low} or more"),
        (low, high) => format!("must be a whole number from {low} to {high}"),
    };
    let Some(text) = value.as_number() else {
        let meant = value
            .as_str()
            .filter(|text| text.parse::<i64>().is_ok())
            .map(str::to_owned);
        return Some(Misfit {
            instead: meant,
            ..Misfit::new(range).aws("Expected value of type Integer")
        });
    };
    match text.parse::<i64>() {
        Ok(number) if number < low => Some(Misfit {
            aws: Some(format!("Minimum value is {low}")),
            ..Misfit::new(range)
        }),
        Ok(number) if number > high => Some(Misfit {
            aws: Some(format!("Maximum value is {high}")),
            ..Misfit::new(range)
        }),
        Ok(_) => None,
        Err(_) => Some(Misfit::new(range)),
    }
}

fn number(value: &Node, low: f64, high: f64) -> Option<Misfit> {
    let range = if high == f64::MAX {
        if low == f64::MIN {
            "must be a number".to_owned()
        } else {
            format!("must be a number, {low} or more")
        }
    } else {
        format!("must be a number from {low} to {high}")
    };
    let Some(number) = value.as_number().and_then(|text| text.parse::<f64>().ok()) else {
        let meant = value
            .as_str()
            .filter(|text| text.parse::<f64>().is_ok_and(f64::is_finite))
            .map(str::to_owned);
        return Some(Misfit {
            instead: meant,
            ..Misfit::new(range)
        });
    };
    if number < low {
        return Some(Misfit {
            aws: Some(format!("Minimum value is {low:?}")),
            ..Misfit::new(range)
        });
    }
    let above = Misfit {
        aws: Some(format!("Maximum value is {high:?}")),
        ..Misfit::new(range)
    };
    (number > high).then_some(above)
}

fn one_of(name: &str, value: &Node, words: &[&str]) -> Option<Misfit> {
    let text = value.as_str();
    if text.is_some_and(|text| words.contains(&text)) {
        return None;
    }
    let meant = text.and_then(|text| super::words::closest(text, words.iter().copied()));
    Some(Misfit {
        wants: format!("must be {}", any_of(words)),
        aws: Some(match (text, name) {
            (None, _) => "Expected value of type [STRING]".to_owned(),
            (Some(_), "Type") => format!(
                "The field 'Type' should have one of these values: [{}]",
                words.join(", ")
            ),
            (Some(_), _) => format!(
                "Value should be one of the following: [{}]",
                words.join(", ")
            ),
        }),
        instead: meant.map(|word| serde_json::Value::from(word).to_string()),
    })
}

fn timestamp(value: &Node) -> Option<Misfit> {
    let fits = value.as_str().is_some_and(is_timestamp);
    (!fits).then(|| Misfit {
        aws: Some("String does not match RFC3339 timestamp".to_owned()),
        ..Misfit::new("must be a time such as `2030-01-31T09:00:00Z`")
    })
}
