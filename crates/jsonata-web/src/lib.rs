//! JSONata for JavaScript: the engine as WebAssembly.
//!
//! ```js
//! import { Document, Expression } from "./jsonata_web.js";
//!
//! const total = new Expression("$sum(orders.(price * count)) * $rate");
//! total.evaluate('{"orders": [{"price": 10, "count": 2}]}', '{"rate": 1.5}'); // "30"
//!
//! const document = new Document('{"orders": [{"price": 10, "count": 2}]}'); // read once …
//! new Expression("orders.price").evaluateDocument(document); // … asked often: "10"
//! ```
//!
//! Values cross the border as JSON texts, in both directions: that is one copy, and a result is the same bytes as the native engine gives. An
//! expression that gives nothing gives `undefined`. What goes wrong is thrown as `{code, message, position, start, end}`; places count UTF-16 units, as
//! JavaScript's strings do.
//!
//! What it deliberately does not do: call JavaScript functions from an expression, evaluate asynchronously, keep a result alive.

mod error;
mod host;

use error::{from_engine, unfit};
use host::Browser;
use jsonata::{Environment, Value};
use serde_json::{Map, Value as Json};
use wasm_bindgen::prelude::*;

/// A JSON document that was read once, for many evaluations.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Document(Json);

#[wasm_bindgen]
impl Document {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// When the text is no JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(json: &str) -> Result<Self, JsValue> {
        parse_json(json).map(Self)
    }
}

/// A parsed expression.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Expression {
    text: String,
    parsed: jsonata::Expression,
}

#[wasm_bindgen]
impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the text.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Self, JsValue> {
        let parsed = jsonata::Expression::parse(text).map_err(|error| from_engine(text, &error))?;
        Ok(Self {
            text: text.to_owned(),
            parsed,
        })
    }

    /// Evaluates the expression on a JSON text, or on nothing; `bindings` is a JSON object of variables without `$`.
    ///
    /// # Errors
    ///
    /// What the expression ends with, or why a text is no JSON.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "an optional text can cross the border in no other way"
    )]
    pub fn evaluate(
        &self,
        input: Option<String>,
        bindings: Option<String>,
    ) -> Result<Option<String>, JsValue> {
        let input = input.as_deref().map(parse_json).transpose()?;
        let bindings = parse_bindings(bindings.as_deref())?;
        self.run(input.as_ref(), &bindings, |value| self.serialise(value))
    }

    /// Evaluates the expression on a document.
    ///
    /// # Errors
    ///
    /// As [`Expression::evaluate`].
    #[wasm_bindgen(js_name = evaluateDocument)]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "an optional text can cross the border in no other way"
    )]
    pub fn evaluate_document(
        &self,
        document: &Document,
        bindings: Option<String>,
    ) -> Result<Option<String>, JsValue> {
        let bindings = parse_bindings(bindings.as_deref())?;
        self.run(Some(&document.0), &bindings, |value| self.serialise(value))
    }

    /// Evaluates the expression on a document and says only whether there is a value, which is not written out.
    ///
    /// # Errors
    ///
    /// What the expression ends with.
    #[wasm_bindgen(js_name = hasValue)]
    pub fn has_value(&self, document: &Document) -> Result<bool, JsValue> {
        self.run(Some(&document.0), &Map::new(), |value| {
            Ok(!value.is_undefined())
        })
    }

    /// Evaluates, and does something with the value while what it borrows is still there.
    fn run<T>(
        &self,
        input: Option<&Json>,
        bindings: &Map<String, Json>,
        then: impl FnOnce(&Value<'_>) -> Result<T, JsValue>,
    ) -> Result<T, JsValue> {
        let mut environment = Environment::new();
        for (name, value) in bindings {
            environment.bind(name, Value::from(value));
        }
        let input = input.map(Value::from).unwrap_or_default();
        match self.parsed.evaluate(input, &environment, &mut Browser) {
            Ok(value) => then(&value),
            Err(error) => Err(from_engine(&self.text, &error)),
        }
    }

    fn serialise(&self, value: &Value<'_>) -> Result<Option<String>, JsValue> {
        if value.is_undefined() {
            return Ok(None);
        }
        let json = value.to_json().map_err(|error| unfit(&error))?;
        Ok(Some(json.to_string()))
    }
}

fn parse_json(text: &str) -> Result<Json, JsValue> {
    serde_json::from_str(text).map_err(|error| error::bad_json(&error))
}

fn parse_bindings(text: Option<&str>) -> Result<Map<String, Json>, JsValue> {
    match text.map(parse_json).transpose()? {
        None => Ok(Map::new()),
        Some(Json::Object(bindings)) => Ok(bindings),
        Some(_) => Err(error::bad_bindings()),
    }
}
