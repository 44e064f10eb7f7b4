use super::*;
use serde_json::json;

fn shared<T: Send + Sync>() {}

#[test]
fn values_can_cross_threads() {
    shared::<Value<'static>>();
}

#[test]
fn a_value_is_three_words() {
    assert_eq!(size_of::<Value<'static>>(), 3 * size_of::<usize>());
}

#[test]
fn what_is_not_touched_is_borrowed() {
    let json = json!({"a": ["long text"]});
    let value = Value::from(&json);
    let Value::Object(object) = &value else {
        panic!("an object");
    };
    let Some(Value::Array(array)) = object.get("a") else {
        panic!("an array");
    };
    assert!(matches!(
        array.get(0),
        Some(Value::Text(Text::Borrowed("long text")))
    ));
}

#[test]
fn whole_numbers_come_back_without_a_point() {
    assert_eq!(Value::Number(3.0).to_json().unwrap().to_string(), "3");
    assert_eq!(Value::Number(-0.0).to_json().unwrap().to_string(), "0");
    assert_eq!(Value::Number(0.5).to_json().unwrap().to_string(), "0.5");
}

#[test]
fn what_json_cannot_say_is_refused() {
    let infinite = Value::Number(f64::INFINITY).to_json();
    assert_eq!(infinite.unwrap_err().0, Unfit::Number);
    assert_eq!(Value::Undefined.to_json().unwrap_err().0, Unfit::Undefined);
}

#[test]
fn an_object_finds_its_members_when_it_is_large_and_after_a_removal() {
    let names: Vec<String> = (0..20).map(|number| format!("n{number}")).collect();
    let entries = names
        .iter()
        .map(|name| (Text::Borrowed(name), Value::text(name)));
    let mut builder: ObjectBuilder<'_> = entries.collect();
    builder.remove("n3");
    let object = builder.build().unwrap();
    assert_eq!(object.len(), 19);
    assert!(object.get("n3").is_none());
    assert_eq!(object.get("n19").unwrap().as_str(), Some("n19"));
}

#[test]
fn nesting_has_an_end() {
    let mut value = Value::Null;
    let mut levels = 0;
    loop {
        let mut builder = ArrayBuilder::default();
        builder.push(value);
        match builder.build(Flags::NONE) {
            Ok(array) => value = Value::Array(array),
            Err(error) => break assert_eq!(error.code(), Code::D1016),
        }
        levels += 1;
    }
    assert_eq!(levels, MAX_NESTING);
}

use crate::fault::Code;
