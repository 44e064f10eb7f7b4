//! Random inputs.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

pub(super) fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0..12i64).prop_map(Value::from),
        Just(json!(-3)),
        Just(json!(2.5)),
        "[ab]{0,2}".prop_map(Value::from),
        Just(json!("a/b.c")),
        Just(json!("10")),
        Just(json!("2020-01-01T00:00:00Z")),
        Just(json!("2020-01-01T01:00:00.5+01:00")),
        Just(json!("{% x %}")),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ]
}

pub(super) fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => scalar(),
        1 => prop::collection::vec(scalar(), 0..3).prop_map(Value::from),
        1 => Just(json!({"n": 1})),
        1 => Just(json!([[1]])),
    ]
}

/// A member that may be missing.
pub(super) fn maybe(
    value: impl Strategy<Value = Value> + 'static,
) -> impl Strategy<Value = Option<Value>> {
    prop::option::weighted(0.85, value)
}

pub(super) fn object(members: Vec<(&'static str, Option<Value>)>) -> Value {
    let members = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<_, _>>())
}

/// An item: `n` is a number, `s` a text, `v` anything.
pub(super) fn item() -> impl Strategy<Value = Value> {
    let number = (0..4i64).prop_map(Value::from);
    let text = "[ab]{0,2}".prop_map(Value::from);
    (maybe(number), maybe(text), maybe(anything()))
        .prop_map(|(n, s, v)| object(vec![("n", n), ("s", s), ("v", v)]))
}

/// An input: names say what a member is, so that a path never meets a list where it expects none.
pub(super) fn input() -> impl Strategy<Value = Value> {
    let numbers =
        prop::collection::vec((0..4i64).prop_map(Value::from), 0..4).prop_map(Value::from);
    let items = prop::collection::vec(item(), 0..4).prop_map(Value::from);
    let lists = prop::collection::vec(
        prop::collection::vec(scalar(), 0..3).prop_map(Value::from),
        0..3,
    );
    (
        item(),
        maybe(item()),
        maybe(numbers),
        maybe(items),
        maybe(lists.prop_map(Value::from)),
    )
        .prop_map(|(mut top, o, m, l, k)| {
            for (name, value) in [
                ("o", o),
                ("x-y", Some(json!("z"))),
                ("m", m),
                ("l", l),
                ("k", k),
            ] {
                if let Some(value) = value {
                    top[name] = value;
                }
            }
            top
        })
}
