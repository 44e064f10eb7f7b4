//! What is thrown: plain objects `{code, message, position, start, end}`.
//!
//! `code` is one of JSONata, or one of the two below that JSONata has none for. There is no stack: nothing in JavaScript went wrong.

use js_sys::{Object, Reflect};
use jsonata::{Code, Error, IntoJsonError, Unfit};
use wasm_bindgen::JsValue;

/// An input, a document or bindings that cannot be read.
const BAD_JSON: &str = "BAD_JSON";
/// A result that is a function.
const NO_JSON: &str = "NO_JSON";

/// What the engine says, its places turned from bytes of `text` into UTF-16 units.
pub(crate) fn from_engine(text: &str, error: &Error) -> JsValue {
    let units = |offset| utf16(text, offset);
    let span = error.span();
    thrown(
        error.code().as_str(),
        &error.message(),
        &[
            ("position", error.position().map(units)),
            ("start", span.as_ref().map(|span| units(span.start))),
            ("end", span.as_ref().map(|span| units(span.end))),
        ],
    )
}

/// A result that JSON cannot say.
pub(crate) fn unfit(error: &IntoJsonError) -> JsValue {
    let code = match error.0 {
        Unfit::Number => Code::D1001.as_str(),
        Unfit::Depth => Code::D1016.as_str(),
        Unfit::Undefined | Unfit::Function => NO_JSON,
    };
    thrown(code, &error.to_string(), &[])
}

pub(crate) fn bad_json(error: &serde_json::Error) -> JsValue {
    thrown(BAD_JSON, &format!("This is no JSON: {error}"), &[])
}

pub(crate) fn bad_bindings() -> JsValue {
    thrown(BAD_JSON, "Bindings must be a JSON object", &[])
}

fn thrown(code: &str, message: &str, places: &[(&str, Option<usize>)]) -> JsValue {
    let object = Object::new();
    set(&object, "code", &code.into());
    set(&object, "message", &message.into());
    for (name, place) in places {
        if let Some(place) = place {
            #[expect(clippy::cast_precision_loss, reason = "no text is that long")]
            set(&object, name, &JsValue::from_f64(*place as f64));
        }
    }
    object.into()
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // A new object takes every member.
    let _ = Reflect::set(object, &name.into(), value);
}

fn utf16(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    before.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::utf16;

    #[test]
    fn places_count_utf16_units() {
        assert_eq!(utf16("a", 0), 0);
        assert_eq!(utf16("é😀x", 6), 3);
        assert_eq!(utf16("ab", 99), 2);
    }
}
