//! What the parameters of an operation must look like: a small table language and its judge.
//!
//! The tables repeat the facts of the service model (lengths, ranges, sets). The judge words its refusals as AWS does
//! (API-116) and names every violation at once. Whether values make sense together is decided by the operations.

use super::error::AwsError;
use serde_json::Value;
use std::ops::RangeInclusive;

/// A member of a structure.
#[derive(Debug)]
pub(crate) struct Member {
    /// Its name in JSON.
    pub(crate) name: &'static str,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// What it must look like.
    pub(crate) shape: Shape,
}

/// What a value must look like.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A string of `min..=max` characters.
    Text {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
        /// Whether refusals keep the value to themselves.
        secret: bool,
    },
    /// A string of `min..=max` characters that a regular expression describes.
    Pattern {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
        /// Whether the expression fits.
        fits: fn(&str) -> bool,
        /// The expression, as refusals show it.
        pattern: &'static str,
    },
    /// One of a set of strings.
    OneOf(&'static [&'static str]),
    /// A whole number in `min..=max`.
    Integer {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// A number in `min..=max`, with a fraction or not.
    Number {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// `true` or `false`.
    Flag,
    /// A list of alike values.
    List(&'static Shape),
    /// A list of `min..=max` structures.
    Few {
        /// Fewest members.
        min: usize,
        /// Most members.
        max: usize,
        /// What a member must look like.
        member: &'static Shape,
        /// AWS's name of the structure, as refusals show it.
        name: &'static str,
    },
    /// An object; members that the table does not name are ignored, as AWS does.
    Structure(&'static [Member]),
}

/// A member that must be there.
pub(crate) const fn required(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        required: true,
        shape,
    }
}

/// A member that may be missing or `null`.
pub(crate) const fn optional(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        required: false,
        shape,
    }
}

/// Judges a whole request: first types (`SerializationException`), then limits (`ValidationException`).
pub(crate) fn judge(request: &Value, members: &'static [Member]) -> Result<(), AwsError> {
    let shape = Shape::Structure(members);
    types(request, &shape, "")?;
    let mut faults = Vec::new();
    limits(request, &shape, "", &mut faults);
    match faults.len() {
        0 => Ok(()),
        1 => Err(AwsError::Validation(format!(
            "1 validation error detected: {}",
            faults[0]
        ))),
        n => Err(AwsError::Validation(format!(
            "{n} validation errors detected: {}",
            faults.join("; ")
        ))),
    }
}

/// Refuses the first value whose JSON type is not the shape's.
fn types(value: &Value, shape: &Shape, path: &str) -> Result<(), AwsError> {
    match (shape, value) {
        (_, Value::Null)
        | (Shape::Text { .. } | Shape::Pattern { .. } | Shape::OneOf(_), Value::String(_))
        | (Shape::Flag, Value::Bool(_)) => Ok(()),
        (Shape::Integer { .. }, Value::Number(number)) if number.is_i64() => Ok(()),
        (Shape::Number { .. }, Value::Number(_)) => Ok(()),
        (Shape::List(member) | Shape::Few { member, .. }, Value::Array(items)) => items
            .iter()
            .enumerate()
            .try_for_each(|(at, item)| types(item, member, &member_path(path, at))),
        (Shape::Structure(members), Value::Object(object)) => {
            members.iter().try_for_each(|member| {
                let value = object.get(member.name).unwrap_or(&Value::Null);
                types(value, &member.shape, &inner_path(path, member.name))
            })
        }
        _ => Err(wrong_type(value, shape, path)),
    }
}

fn wrong_type(value: &Value, shape: &Shape, path: &str) -> AwsError {
    let wanted = match shape {
        Shape::Text { .. } | Shape::Pattern { .. } | Shape::OneOf(_) => "a string",
        Shape::Integer { .. } => "a whole number",
        Shape::Number { .. } => "a number",
        Shape::Flag => "true or false",
        Shape::List(_) | Shape::Few { .. } => "a list",
        Shape::Structure(_) => "an object",
    };
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    let place = if path.is_empty() {
        "The request".to_owned()
    } else {
        format!("'{path}'")
    };
    AwsError::Serialization(format!("{place} must be {wanted}, found {found}"))
}

/// Collects every violation of a limit; types are right by now.
fn limits(value: &Value, shape: &Shape, path: &str, faults: &mut Vec<String>) {
    match (shape, value) {
        (Shape::Text { min, max, secret }, Value::String(text)) => {
            let shown = (!secret).then_some(text.as_str());
            length(text.chars().count(), *min..=*max, shown, path, faults);
        }
        (
            Shape::Pattern {
                min,
                max,
                fits,
                pattern,
            },
            Value::String(text),
        ) => {
            length(text.chars().count(), *min..=*max, Some(text), path, faults);
            if !fits(text) {
                let constraint = format!("satisfy regular expression pattern: {pattern}");
                faults.push(fault(Some(text), path, &constraint));
            }
        }
        (Shape::OneOf(set), Value::String(text)) if !set.contains(&text.as_str()) => {
            let constraint = format!("satisfy enum value set: [{}]", set.join(", "));
            faults.push(fault(Some(text), path, &constraint));
        }
        (Shape::Integer { min, max }, Value::Number(number)) => {
            let given = number.as_i64().unwrap_or(i64::MAX);
            let shown = given.to_string();
            if given < *min {
                faults.push(fault(
                    Some(&shown),
                    path,
                    &format!("have value greater than or equal to {min}"),
                ));
            }
            if given > *max {
                faults.push(fault(
                    Some(&shown),
                    path,
                    &format!("have value less than or equal to {max}"),
                ));
            }
        }
        (Shape::Number { min, max }, Value::Number(number)) => {
            let given = number.as_f64().unwrap_or(f64::MAX);
            let shown = number.to_string();
            #[expect(
                clippy::cast_precision_loss,
                reason = "limits of the service model are small"
            )]
            let (least, most) = (*min as f64, *max as f64);
            if given < least {
                let constraint = format!("have value greater than or equal to {min}");
                faults.push(fault(Some(&shown), path, &constraint));
            }
            if given > most {
                let constraint = format!("have value less than or equal to {max}");
                faults.push(fault(Some(&shown), path, &constraint));
            }
        }
        (Shape::List(member), Value::Array(items)) => {
            each(items, member, path, faults);
        }
        (
            Shape::Few {
                min,
                max,
                member,
                name,
            },
            Value::Array(items),
        ) => {
            let shown = printed(items, member, name);
            length(items.len(), *min..=*max, Some(&shown), path, faults);
            each(items, member, path, faults);
        }
        (Shape::Structure(members), Value::Object(object)) => {
            for member in *members {
                let inner = inner_path(path, member.name);
                match object.get(member.name) {
                    None | Some(Value::Null) if member.required => {
                        faults.push(missing(&inner));
                    }
                    None => {}
                    Some(value) => limits(value, &member.shape, &inner, faults),
                }
            }
        }
        _ => {}
    }
}

/// The members of a list.
fn each(items: &[Value], member: &Shape, path: &str, faults: &mut Vec<String>) {
    for (at, item) in items.iter().enumerate() {
        let place = member_path(path, at);
        if item.is_null() {
            faults.push(missing(&place));
        } else {
            limits(item, member, &place, faults);
        }
    }
}

/// The length of a text or a list.
fn length(
    count: usize,
    allowed: RangeInclusive<usize>,
    shown: Option<&str>,
    path: &str,
    faults: &mut Vec<String>,
) {
    let (min, max) = allowed.into_inner();
    if count < min {
        let constraint = format!("have length greater than or equal to {min}");
        faults.push(fault(shown, path, &constraint));
    }
    if count > max {
        let constraint = format!("have length less than or equal to {max}");
        faults.push(fault(shown, path, &constraint));
    }
}

/// A list of structures as AWS's program prints it: `[Name(a=1, b=2), …]` (recorded).
fn printed(items: &[Value], member: &Shape, name: &str) -> String {
    let Shape::Structure(members) = member else {
        return String::new();
    };
    let one = |item: &Value| {
        let texts: Vec<String> = members
            .iter()
            .map(|member| match item.get(member.name) {
                Some(Value::String(text)) => format!("{}={text}", member.name),
                Some(value) => format!("{}={value}", member.name),
                None => format!("{}=null", member.name),
            })
            .collect();
        format!("{name}({})", texts.join(", "))
    };
    let texts: Vec<String> = items.iter().map(one).collect();
    format!("[{}]", texts.join(", "))
}

fn missing(path: &str) -> String {
    format!("Value null at '{path}' failed to satisfy constraint: Member must not be null")
}

fn fault(value: Option<&str>, path: &str, constraint: &str) -> String {
    let value = value.map(|value| format!(" '{value}'")).unwrap_or_default();
    format!("Value{value} at '{path}' failed to satisfy constraint: Member must {constraint}")
}

fn inner_path(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// AWS counts from one.
fn member_path(path: &str, at: usize) -> String {
    format!("{path}.{}.member", at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TAG: Shape = Shape::Structure(&[required(
        "key",
        Shape::Text {
            min: 1,
            max: 3,
            secret: false,
        },
    )]);
    const INPUT: &[Member] = &[
        required(
            "name",
            Shape::Text {
                min: 1,
                max: 4,
                secret: false,
            },
        ),
        optional(
            "definition",
            Shape::Text {
                min: 0,
                max: 2,
                secret: true,
            },
        ),
        optional("maxResults", Shape::Integer { min: 0, max: 1000 }),
        optional("type", Shape::OneOf(&["STANDARD", "EXPRESS"])),
        optional("tags", Shape::List(&TAG)),
        optional("publish", Shape::Flag),
    ];

    fn refusal(request: &Value) -> String {
        judge(request, INPUT).unwrap_err().to_string()
    }

    #[test]
    fn a_request_within_its_limits_passes_and_unknown_members_are_ignored() {
        judge(&json!({"name": "a", "publish": true, "other": [1]}), INPUT).unwrap();
        judge(
            &json!({"name": "a", "tags": [{"key": "k"}], "type": null}),
            INPUT,
        )
        .unwrap();
    }

    #[test]
    fn a_number_above_its_limit_is_refused_in_the_recorded_words() {
        assert_eq!(
            refusal(&json!({"name": "a", "maxResults": 1001})),
            "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: \
             Member must have value less than or equal to 1000"
        );
    }

    #[test]
    fn a_value_outside_its_set_names_the_set() {
        assert_eq!(
            refusal(&json!({"name": "a", "type": "standard"})),
            "1 validation error detected: Value 'standard' at 'type' failed to satisfy constraint: \
             Member must satisfy enum value set: [STANDARD, EXPRESS]"
        );
    }

    #[test]
    fn every_violation_is_named_and_secrets_are_not_shown() {
        assert_eq!(
            refusal(&json!({"definition": "secret", "tags": [{"key": "k"}, {"key": "long!"}]})),
            "3 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; \
             Value at 'definition' failed to satisfy constraint: Member must have length less than or equal to 2; \
             Value 'long!' at 'tags.2.member.key' failed to satisfy constraint: Member must have length less than or equal to 3"
        );
    }

    #[test]
    fn a_list_that_is_too_long_is_printed_as_aws_prints_it() {
        const PAIR: Shape = Shape::Structure(&[
            required("a", Shape::Flag),
            required("b", Shape::Integer { min: 0, max: 9 }),
        ]);
        const LISTED: &[Member] = &[required(
            "pairs",
            Shape::Few {
                min: 1,
                max: 1,
                member: &PAIR,
                name: "Pair",
            },
        )];
        judge(&json!({"pairs": [{"a": true, "b": 1}]}), LISTED).unwrap();
        let pairs = json!({"pairs": [{"a": true, "b": 1}, {"a": false, "b": 2}]});
        assert_eq!(
            judge(&pairs, LISTED).unwrap_err().to_string(),
            "1 validation error detected: Value '[Pair(a=true, b=1), Pair(a=false, b=2)]' at 'pairs' failed to satisfy \
             constraint: Member must have length less than or equal to 1"
        );
    }

    #[test]
    fn lengths_count_characters_and_not_bytes() {
        judge(&json!({"name": "äöüß"}), INPUT).unwrap();
    }

    #[test]
    fn wrong_types_are_serialization_errors_wherever_they_stand() {
        for (request, text) in [
            (json!([]), "The request must be an object, found a list"),
            (
                json!({"name": 1}),
                "'name' must be a string, found a number",
            ),
            (
                json!({"name": "a", "maxResults": "1"}),
                "'maxResults' must be a whole number, found a string",
            ),
            (
                json!({"name": "a", "maxResults": 1.5}),
                "'maxResults' must be a whole number, found a number",
            ),
            (
                json!({"name": "a", "tags": {}}),
                "'tags' must be a list, found an object",
            ),
            (
                json!({"name": "a", "tags": [7]}),
                "'tags.1.member' must be an object, found a number",
            ),
            (
                json!({"name": "a", "publish": "yes"}),
                "'publish' must be true or false, found a string",
            ),
        ] {
            assert_eq!(
                judge(&request, INPUT).unwrap_err(),
                AwsError::Serialization(text.into())
            );
        }
    }
}
