//! The comparisons of a Choice in plain words, and reading what is typed for one. No DOM.

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
    of("NumericEquals", "is the number", Operand::Number),
    of("NumericGreaterThanEquals", "is at least", Operand::Number),
    of("NumericGreaterThan", "is more than", Operand::Number),
    of("NumericLessThanEquals", "is at most", Operand::Number),
    of("NumericLessThan", "is less than", Operand::Number),
    of("StringEquals", "is the text", Operand::Text),
    of(
        "StringMatches",
        "matches the pattern (* for anything)",
        Operand::Text,
    ),
    of(
        "StringGreaterThanEquals",
        "is the text or sorts after it",
        Operand::Text,
    ),
    of("StringGreaterThan", "sorts after", Operand::Text),
    of(
        "StringLessThanEquals",
        "is the text or sorts before it",
        Operand::Text,
    ),
    of("StringLessThan", "sorts before", Operand::Text),
    of("BooleanEquals", "is", Operand::Truth),
    of("TimestampEquals", "is the time", Operand::Time),
    of("TimestampGreaterThanEquals", "is not before", Operand::Time),
    of("TimestampGreaterThan", "is after", Operand::Time),
    of("TimestampLessThanEquals", "is not after", Operand::Time),
    of("TimestampLessThan", "is before", Operand::Time),
    of("IsPresent", "is there", Operand::Truth),
    of("IsNull", "is null", Operand::Truth),
    of("IsString", "is a text", Operand::Truth),
    of("IsNumeric", "is a number", Operand::Truth),
    of("IsBoolean", "is true or false", Operand::Truth),
    of("IsTimestamp", "is a time", Operand::Truth),
    of("NumericEqualsPath", "is the number at", Operand::Path),
    of(
        "NumericGreaterThanEqualsPath",
        "is at least the number at",
        Operand::Path,
    ),
    of(
        "NumericGreaterThanPath",
        "is more than the number at",
        Operand::Path,
    ),
    of(
        "NumericLessThanEqualsPath",
        "is at most the number at",
        Operand::Path,
    ),
    of(
        "NumericLessThanPath",
        "is less than the number at",
        Operand::Path,
    ),
    of("StringEqualsPath", "is the text at", Operand::Path),
    of(
        "StringGreaterThanEqualsPath",
        "is or sorts after the text at",
        Operand::Path,
    ),
    of(
        "StringGreaterThanPath",
        "sorts after the text at",
        Operand::Path,
    ),
    of(
        "StringLessThanEqualsPath",
        "is or sorts before the text at",
        Operand::Path,
    ),
    of(
        "StringLessThanPath",
        "sorts before the text at",
        Operand::Path,
    ),
    of("BooleanEqualsPath", "is the truth value at", Operand::Path),
    of("TimestampEqualsPath", "is the time at", Operand::Path),
    of(
        "TimestampGreaterThanEqualsPath",
        "is not before the time at",
        Operand::Path,
    ),
    of(
        "TimestampGreaterThanPath",
        "is after the time at",
        Operand::Path,
    ),
    of(
        "TimestampLessThanEqualsPath",
        "is not after the time at",
        Operand::Path,
    ),
    of(
        "TimestampLessThanPath",
        "is before the time at",
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
            .map_err(|_| format!("“{entry}” is not a number.")),
        Operand::Truth => match entry {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err("Only true or false fits here.".to_owned()),
        },
        Operand::Path if !entry.starts_with('$') => {
            Err("A path begins with $, for example $.limit.".to_owned())
        }
        Operand::Time if !looks_like_time(entry) => {
            Err("A time looks like 2030-01-01T00:00:00Z.".to_owned())
        }
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
