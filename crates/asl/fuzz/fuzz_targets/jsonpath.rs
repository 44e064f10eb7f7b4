//! Any text as a path, a reference path, an intrinsic function or a pattern, on any document: it ends, and gives the same twice.
//!
//! The input is the text, a zero byte, and the document as JSON; a document that cannot be read is null.

#![no_main]

use asl::query::{Entropy, Intrinsic, Operator, Path, ReferencePath, Scope};
use indexmap::IndexMap;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// Longer texts find nothing that shorter ones do not, only slower.
const LONGEST: usize = 4_096;

/// The same numbers for each evaluation.
struct Counting(u64);

impl Entropy for Counting {
    fn next_u64(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        self.0
    }
}

fuzz_target!(|input: &[u8]| {
    let input = &input[..input.len().min(LONGEST)];
    let mut parts = input.splitn(2, |byte| *byte == 0);
    let (Some(text), data) = (parts.next(), parts.next()) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let document: Value = data
        .and_then(|data| serde_json::from_slice(data).ok())
        .unwrap_or_default();
    let context = json!({"Execution": {"Input": document, "Id": "e"}, "State": {"Name": "S"}});
    let variables = IndexMap::from([
        ("v".to_owned(), document.clone()),
        ("n".to_owned(), json!(1)),
    ]);
    let scope = Scope {
        input: &document,
        context: &context,
        variables: &variables,
    };
    path(text, &scope);
    reference(text, &scope);
    call(text, &scope);
    compare(text, &document);
});

fn path(text: &str, scope: &Scope<'_>) {
    let path = match Path::parse(text) {
        Ok(path) => path,
        Err(error) => return assert!(text.is_char_boundary(error.offset), "{error} in {text}"),
    };
    let once = path.eval(scope);
    assert_eq!(once, path.eval(scope), "the same evaluation gives the same");
    let _ = path.normalised();
    if let (Ok(value), false) = (&once, path.is_definite()) {
        assert!(value.is_array(), "an indefinite path gives an array");
    }
    if let Err(error) = once {
        let _ = error.cause("{}");
    }
}

fn reference(text: &str, scope: &Scope<'_>) {
    let path = match ReferencePath::parse(text) {
        Ok(path) => path,
        Err(error) => return assert!(text.is_char_boundary(error.offset), "{error} in {text}"),
    };
    let _ = path.eval(scope);
    let value = json!({"set": 1});
    let Ok(changed) = path.set(scope.input.clone(), value.clone()) else {
        return;
    };
    let scope = Scope {
        input: &changed,
        ..*scope
    };
    assert_eq!(path.eval(&scope), Ok(value), "what was set is read back");
}

fn call(text: &str, scope: &Scope<'_>) {
    match Intrinsic::parse(text) {
        Ok(call) => {
            let once = call.eval(scope, &mut Counting(7));
            assert_eq!(
                once,
                call.eval(scope, &mut Counting(7)),
                "the same evaluation gives the same"
            );
        }
        Err(error) => assert!(text.is_char_boundary(error.offset), "{error} in {text}"),
    }
}

fn compare(text: &str, document: &Value) {
    let operand = Value::from(text);
    for operator in Operator::ALL {
        let once = operator.test(Some(document), &operand);
        assert_eq!(once, operator.test(Some(document), &operand));
        let _ = operator.test(Some(&operand), document);
        let _ = operator.test(None, &operand);
    }
}
