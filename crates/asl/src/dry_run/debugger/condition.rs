//! Conditions of breakpoints: a JSONata expression or a JSONPath on what a state sees.

use crate::query::{Path, QueryError, Scope};
use indexmap::IndexMap;
use jsonata::{Environment, Expression, FixedHost, Object, Text, Unfit};
use serde_json::Value;

/// What must hold for a breakpoint to stop.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    text: String,
    language: Language,
}

#[derive(Debug, Clone, PartialEq)]
enum Language {
    Jsonata,
    JsonPath(Path),
}

/// A condition that cannot be read or evaluated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the condition {text} {message}")]
pub struct ConditionError {
    /// The condition, as written.
    pub text: String,
    /// What is wrong with it.
    pub message: String,
}

/// What a condition sees.
pub(super) struct Seen<'a> {
    /// The raw input of the state: `$`, or `$states.input`.
    pub(super) input: &'a Value,
    /// `$states.errorOutput`, where a state has failed.
    pub(super) error: Option<&'a Value>,
    pub(super) variables: &'a IndexMap<String, Value>,
    pub(super) now_ms: i64,
}

impl Condition {
    /// A JSONata expression, in `{% %}` or without; it sees `$states.input`, `$states.errorOutput` and the variables, and
    /// holds when it gives `true`.
    ///
    /// # Errors
    ///
    /// The text is no expression.
    pub fn jsonata(text: &str) -> Result<Self, ConditionError> {
        let trimmed = text.trim();
        let inner = trimmed
            .strip_prefix("{%")
            .and_then(|rest| rest.strip_suffix("%}"));
        let expression = inner.unwrap_or(trimmed).trim();
        match Expression::parse(expression) {
            Ok(_) => Ok(Self {
                text: expression.to_owned(),
                language: Language::Jsonata,
            }),
            Err(error) => Err(wrong(text, format!("is no JSONata: {error}"))),
        }
    }

    /// A JSONPath on the raw input (`$…`) or a variable (`$name…`); it holds when it finds something other than `null`,
    /// `false` and an empty list, so that a filter (`$.items[?(@.price > 10)]`) says what it means.
    ///
    /// # Errors
    ///
    /// The text is no path.
    pub fn json_path(text: &str) -> Result<Self, ConditionError> {
        match Path::parse(text.trim()) {
            Ok(path) => Ok(Self {
                text: text.trim().to_owned(),
                language: Language::JsonPath(path),
            }),
            Err(error) => Err(wrong(text, format!("is no JSONPath: {error}"))),
        }
    }

    /// The condition, as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn holds(&self, seen: &Seen<'_>) -> Result<bool, ConditionError> {
        match &self.language {
            Language::Jsonata => self.holds_in_jsonata(seen),
            Language::JsonPath(path) => {
                let scope = Scope {
                    input: seen.input,
                    context: &Value::Null,
                    variables: seen.variables,
                };
                match path.eval(&scope) {
                    Ok(Value::Null | Value::Bool(false)) | Err(QueryError::NotFound { .. }) => {
                        Ok(false)
                    }
                    Ok(Value::Array(items)) => Ok(!items.is_empty()),
                    Ok(_) => Ok(true),
                    Err(error) => Err(wrong(&self.text, format!("failed: {error}"))),
                }
            }
        }
    }

    fn holds_in_jsonata(&self, seen: &Seen<'_>) -> Result<bool, ConditionError> {
        let failed = |error: jsonata::Error| wrong(&self.text, format!("failed: {error}"));
        let expression = Expression::parse(&self.text).map_err(failed)?;
        let mut environment = Environment::aws();
        for (name, value) in seen.variables {
            environment.bind(name, value.into());
        }
        let error = seen.error.map(|error| ("errorOutput", error));
        let members = [("input", seen.input)].into_iter().chain(error);
        let members = members.map(|(name, value)| (Text::Borrowed(name), value.into()));
        let states = Object::of(members).map_err(failed)?;
        environment.bind("states", jsonata::Value::Object(states));
        let mut host = FixedHost {
            #[expect(clippy::cast_precision_loss, reason = "any real date is exact")]
            millis: seen.now_ms as f64,
            seed: 0,
        };
        let value = expression
            .evaluate(jsonata::Value::Undefined, &environment, &mut host)
            .map_err(failed)?;
        match value.to_json() {
            Ok(Value::Bool(holds)) => Ok(holds),
            Err(error) if error.0 == Unfit::Undefined => Ok(false),
            Ok(_) | Err(_) => Err(wrong(&self.text, "gave neither true nor false".to_owned())),
        }
    }
}

fn wrong(text: &str, message: String) -> ConditionError {
    ConditionError {
        text: text.trim().to_owned(),
        message,
    }
}
