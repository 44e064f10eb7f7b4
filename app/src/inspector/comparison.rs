//! The comparisons of a Choice in plain words, and reading what is typed for one. No DOM.

use crate::text::inspector::comparison as text;
use serde_json::{Map, Number, Value};

/// What kind of value a comparison takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operand {
    Number,
    Text,
    /// `true` or `false`.
    Truth,
    Time,
    /// A path to the value.
    Path,
}

/// A comparison: AWS's name of the field, plain words, what it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) field: &'static str,
    pub(super) words: &'static str,
    pub(super) operand: Operand,
}

const fn of(field: &'static str, words: &'static str, operand: Operand) -> Operator {
    Operator {
        field,
        words,
        operand,
    }
}

/// Every comparison of the language.
pub(super) const OPERATORS: [Operator; 39] = [
    of("NumericEquals", text::NUMBER_EQUALS, Operand::Number),
    of(
        "NumericGreaterThanEquals",
        text::NUMBER_AT_LEAST,
        Operand::Number,
    ),
    of("NumericGreaterThan", text::NUMBER_ABOVE, Operand::Number),
    of(
        "NumericLessThanEquals",
        text::NUMBER_AT_MOST,
        Operand::Number,
    ),
    of("NumericLessThan", text::NUMBER_BELOW, Operand::Number),
    of("StringEquals", text::TEXT_EQUALS, Operand::Text),
    of("StringMatches", text::TEXT_MATCHES, Operand::Text),
    of("StringGreaterThanEquals", text::TEXT_FROM, Operand::Text),
    of("StringGreaterThan", text::TEXT_AFTER, Operand::Text),
    of("StringLessThanEquals", text::TEXT_UP_TO, Operand::Text),
    of("StringLessThan", text::TEXT_BEFORE, Operand::Text),
    of("BooleanEquals", text::TRUTH_EQUALS, Operand::Truth),
    of("TimestampEquals", text::TIME_EQUALS, Operand::Time),
    of("TimestampGreaterThanEquals", text::TIME_FROM, Operand::Time),
    of("TimestampGreaterThan", text::TIME_AFTER, Operand::Time),
    of("TimestampLessThanEquals", text::TIME_UP_TO, Operand::Time),
    of("TimestampLessThan", text::TIME_BEFORE, Operand::Time),
    of("IsPresent", text::IS_PRESENT, Operand::Truth),
    of("IsNull", text::IS_NULL, Operand::Truth),
    of("IsString", text::IS_TEXT, Operand::Truth),
    of("IsNumeric", text::IS_NUMBER, Operand::Truth),
    of("IsBoolean", text::IS_TRUTH, Operand::Truth),
    of("IsTimestamp", text::IS_TIME, Operand::Truth),
    of("NumericEqualsPath", text::NUMBER_EQUALS_PATH, Operand::Path),
    of(
        "NumericGreaterThanEqualsPath",
        text::NUMBER_AT_LEAST_PATH,
        Operand::Path,
    ),
    of(
        "NumericGreaterThanPath",
        text::NUMBER_ABOVE_PATH,
        Operand::Path,
    ),
    of(
        "NumericLessThanEqualsPath",
        text::NUMBER_AT_MOST_PATH,
        Operand::Path,
    ),
    of(
        "NumericLessThanPath",
        text::NUMBER_BELOW_PATH,
        Operand::Path,
    ),
    of("StringEqualsPath", text::TEXT_EQUALS_PATH, Operand::Path),
    of(
        "StringGreaterThanEqualsPath",
        text::TEXT_FROM_PATH,
        Operand::Path,
    ),
    of(
        "StringGreaterThanPath",
        text::TEXT_AFTER_PATH,
        Operand::Path,
    ),
    of(
        "StringLessThanEqualsPath",
        text::TEXT_UP_TO_PATH,
        Operand::Path,
    ),
    of("StringLessThanPath", text::TEXT_BEFORE_PATH, Operand::Path),
    of("BooleanEqualsPath", text::TRUTH_EQUALS_PATH, Operand::Path),
    of("TimestampEqualsPath", text::TIME_EQUALS_PATH, Operand::Path),
    of(
        "TimestampGreaterThanEqualsPath",
        text::TIME_FROM_PATH,
        Operand::Path,
    ),
    of(
        "TimestampGreaterThanPath",
        text::TIME_AFTER_PATH,
        Operand::Path,
    ),
    of(
        "TimestampLessThanEqualsPath",
        text::TIME_UP_TO_PATH,
        Operand::Path,
    ),
    of(
        "TimestampLessThanPath",
        text::TIME_BEFORE_PATH,
        Operand::Path,
    ),
];

/// The comparison of that field name.
pub(super) fn find(field: &str) -> Option<Operator> {
    OPERATORS
        .into_iter()
        .find(|operator| operator.field == field)
}

/// The comparison in a rule, with its value.
pub(super) fn in_rule(rule: &Map<String, Value>) -> Option<(Operator, &Value)> {
    rule.iter()
        .find_map(|(field, value)| Some((find(field)?, value)))
}

/// What a value looks like in the field.
pub(super) fn show(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads what was typed for a comparison; the message says what is wrong.
pub(super) fn read(operand: Operand, entry: &str) -> Result<Value, String> {
    let entry = entry.trim();
    match operand {
        Operand::Number => entry
            .parse::<Number>()
            .map(Value::Number)
            .map_err(|_| text::no_number(entry)),
        Operand::Truth => match entry {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(text::NO_TRUTH.to_owned()),
        },
        Operand::Path if !entry.starts_with('$') => Err(text::NO_PATH.to_owned()),
        Operand::Time if !looks_like_time(entry) => Err(text::NO_TIME.to_owned()),
        Operand::Text | Operand::Path | Operand::Time => Ok(Value::String(entry.to_owned())),
    }
}

fn looks_like_time(entry: &str) -> bool {
    entry.parse::<jiff::Timestamp>().is_ok()
}

/// The value for another comparison: the present one where it fits, else a plain beginning.
pub(super) fn carry(value: &Value, to: Operand) -> Value {
    read(to, &show(value)).unwrap_or_else(|_| match to {
        Operand::Number => Value::from(0),
        Operand::Text => Value::String(String::new()),
        Operand::Truth => Value::Bool(true),
        Operand::Time => Value::String("2030-01-01T00:00:00Z".to_owned()),
        Operand::Path => Value::String("$.value".to_owned()),
    })
}

/// A rule with another comparison in the same place; the rest stays.
pub(super) fn with_operator(rule: &Map<String, Value>, wanted: Operator) -> Map<String, Value> {
    let mut done = false;
    let mut changed = Map::new();
    for (field, value) in rule {
        if find(field).is_some() && !done {
            changed.insert(wanted.field.to_owned(), carry(value, wanted.operand));
            done = true;
        } else {
            changed.insert(field.clone(), value.clone());
        }
    }
    if !done {
        changed.insert(wanted.field.to_owned(), carry(&Value::Null, wanted.operand));
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rule(value: &Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn another_comparison_keeps_the_value_where_it_fits_and_the_other_fields_in_order() {
        let before = rule(&json!({"Variable": "$.x", "NumericGreaterThan": 5, "Next": "A"}));
        let after = with_operator(&before, find("NumericLessThan").unwrap());
        assert_eq!(
            Value::Object(after.clone()),
            json!({"Variable": "$.x", "NumericLessThan": 5, "Next": "A"})
        );
        assert_eq!(
            after.keys().collect::<Vec<_>>(),
            ["Variable", "NumericLessThan", "Next"]
        );
        let truth = with_operator(&before, find("IsPresent").unwrap());
        assert_eq!(truth["IsPresent"], json!(true));
    }

    #[test]
    fn an_entry_must_fit_the_comparison() {
        assert_eq!(
            read(Operand::Number, "0.90"),
            Ok(serde_json::from_str("0.90").unwrap())
        );
        assert!(read(Operand::Number, "much").is_err());
        assert!(read(Operand::Truth, "yes").is_err());
        assert!(read(Operand::Path, "limit").is_err());
        assert!(read(Operand::Time, "tomorrow").is_err());
        assert_eq!(read(Operand::Text, "7"), Ok(json!("7")));
    }

    #[test]
    fn every_comparison_is_listed_once() {
        let mut fields: Vec<_> = OPERATORS.iter().map(|operator| operator.field).collect();
        fields.sort_unstable();
        fields.dedup();
        assert_eq!(fields.len(), OPERATORS.len());
    }
}
