//! Example results of tasks, to begin a mock with: the members that the API's answer has, with plain values.

use super::shapes::{Shape, entry, members, service};
use crate::definition::{Pattern, Resource};
use serde_json::{Map, Value, json};

/// How deep structures are written out.
const DEEPEST: usize = 3;

/// What a task of this `Resource` may give; an empty object where nothing is known of it.
pub fn example_result(resource: &str) -> Value {
    let found = match Resource::parse(resource) {
        Resource::Function(_) | Resource::Activity(_) => None,
        Resource::Service {
            pattern: Pattern::Callback,
            ..
        } => None,
        Resource::Service { names, .. } => service(&names.resource_type).and_then(|entries| {
            let written = entry(entries, &names.resource)?;
            Some(Value::Object(object(entries, written, DEEPEST)))
        }),
    };
    found.unwrap_or_else(|| json!({}))
}

/// Below the answer's own members, only what is always there is written.
fn object(entries: &'static str, written: &'static str, depth: usize) -> Map<String, Value> {
    let kept = members(written).filter(|member| depth == DEEPEST || member.is_required);
    kept.map(|member| {
        let value = value(entries, member.shape, depth);
        (member.name.to_owned(), value)
    })
    .collect()
}

fn value(entries: &'static str, shape: &'static str, depth: usize) -> Value {
    match Shape::read(shape) {
        Shape::Any | Shape::Object | Shape::Values(_) => json!({}),
        Shape::Text => json!("text"),
        Shape::Flag => json!(true),
        Shape::Number(least, _) => serde_json::from_str(least).unwrap_or_else(|_| json!(1)),
        Shape::OneOf(words) => json!(words.split('|').next().unwrap_or_default().trim()),
        Shape::Items(shape) => match depth.checked_sub(1) {
            Some(depth) if depth > 0 => json!([value(entries, shape, depth)]),
            Some(_) | None => json!([]),
        },
        Shape::Named(name) => named(entries, name, depth),
    }
}

fn named(entries: &'static str, name: &str, depth: usize) -> Value {
    let Some(written) = entry(entries, name) else {
        return json!({});
    };
    match depth.checked_sub(1) {
        Some(_) if written.starts_with('(') => value(entries, written, depth),
        Some(depth) => Value::Object(object(entries, written, depth)),
        None => json!({}),
    }
}

#[cfg(test)]
mod tests {
    use super::super::request::FieldValidationMode;
    use super::super::shapes;
    use super::*;

    #[test]
    fn an_example_has_what_the_answer_of_the_api_has() {
        let found = example_result("arn:aws:states:::lambda:invoke");
        assert_eq!(found["StatusCode"], json!(1));
        assert!(found.get("Payload").is_some());
        assert_eq!(
            example_result("arn:aws:lambda:us-east-1:1:function:f"),
            json!({})
        );
        assert_eq!(
            example_result("arn:aws:states:::lambda:invoke.waitForTaskToken"),
            json!({})
        );
    }

    #[test]
    fn every_example_fits_the_api_that_it_is_an_example_of() {
        for action in crate::catalog::all() {
            for pattern in action.patterns {
                let resource = action.resource(*pattern);
                let Resource::Service { names, .. } = Resource::parse(&resource) else {
                    continue;
                };
                let judged = shapes::judge(
                    &names,
                    FieldValidationMode::Present,
                    &example_result(&resource),
                );
                assert_eq!(judged, Ok(()), "{resource}");
            }
        }
    }
}
