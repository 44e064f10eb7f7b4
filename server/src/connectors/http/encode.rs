//! Request bodies as form data (`Transform.RequestBodyEncoding`: `URL_ENCODED`), and query parameters.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// What stands for itself in a form and in a query.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// `Transform.RequestEncodingOptions.ArrayFormat`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ArrayFormat {
    /// `a[0]=x&a[1]=y`
    #[default]
    Indices,
    /// `a=x&a=y`
    Repeat,
    /// `a=x,y`
    Commas,
    /// `a[]=x&a[]=y`
    Brackets,
}

impl ArrayFormat {
    /// Reads AWS's name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "INDICES" => Some(Self::Indices),
            "REPEAT" => Some(Self::Repeat),
            "COMMAS" => Some(Self::Commas),
            "BRACKETS" => Some(Self::Brackets),
            _ => None,
        }
    }
}

/// The members of an object as form data.
pub(super) fn form(members: &serde_json::Map<String, Value>, arrays: ArrayFormat) -> String {
    let mut pairs = Vec::new();
    for (name, value) in members {
        add(name, value, arrays, &mut pairs);
    }
    joined(&pairs)
}

/// Names and values as they stand in a query or a form.
pub(super) fn joined(pairs: &[(String, String)]) -> String {
    let encoded = pairs.iter().map(|(name, value)| {
        let (name, value) = (
            utf8_percent_encode(name, PLAIN),
            utf8_percent_encode(value, PLAIN),
        );
        format!("{name}={value}")
    });
    encoded.collect::<Vec<_>>().join("&")
}

fn add(name: &str, value: &Value, arrays: ArrayFormat, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                add(&format!("{name}[{member}]"), value, arrays, pairs);
            }
        }
        Value::Array(items) => add_items(name, items, arrays, pairs),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            pairs.push((name.to_owned(), text(plain)));
        }
    }
}

fn add_items(name: &str, items: &[Value], arrays: ArrayFormat, pairs: &mut Vec<(String, String)>) {
    let is_plain = !items.iter().any(|item| item.is_object() || item.is_array());
    if arrays == ArrayFormat::Commas && is_plain {
        let texts: Vec<String> = items.iter().map(text).collect();
        pairs.push((name.to_owned(), texts.join(",")));
        return;
    }
    for (index, item) in items.iter().enumerate() {
        let name = match arrays {
            ArrayFormat::Indices | ArrayFormat::Commas => format!("{name}[{index}]"),
            ArrayFormat::Repeat => name.to_owned(),
            ArrayFormat::Brackets => format!("{name}[]"),
        };
        add(&name, item, arrays, pairs);
    }
}

/// A value as the text that it is sent as: nothing for `null`, and JSON for what has no other form.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn encoded(value: &Value, arrays: &str) -> String {
        let arrays = ArrayFormat::parse(arrays).unwrap();
        form(value.as_object().unwrap(), arrays)
    }

    #[test]
    fn arrays_are_written_in_each_format() {
        let body = json!({"array": ["a", "b"]});
        assert_eq!(encoded(&body, "INDICES"), "array%5B0%5D=a&array%5B1%5D=b");
        assert_eq!(encoded(&body, "REPEAT"), "array=a&array=b");
        assert_eq!(encoded(&body, "COMMAS"), "array=a%2Cb");
        assert_eq!(encoded(&body, "BRACKETS"), "array%5B%5D=a&array%5B%5D=b");
        assert_eq!(ArrayFormat::parse("commas"), None);
    }

    #[test]
    fn inner_members_stand_in_brackets_and_blanks_are_encoded() {
        let body = json!({"description": "Monthly subscription", "metadata": {"order": "é&"}, "n": 1, "no": null});
        assert_eq!(
            encoded(&body, "INDICES"),
            "description=Monthly%20subscription&metadata%5Border%5D=%C3%A9%26&n=1&no="
        );
    }
}
