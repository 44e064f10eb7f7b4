//! Times this engine and jsonata-core: both modes of it, the tree walker and the compiled expressions.
//!
//! Reads `{"document": TEXT, "expressions": [TEXT, …]}` from standard input and prints one JSON object: for each engine microseconds for reading the
//! document, and for each expression microseconds for parsing and for evaluating it. Results are not written out.

mod clock;

use clock::median_microseconds;
use jsonata_core::evaluator::Evaluator;
use jsonata_core::value::JValue;
use serde_json::{Value, json};
use std::error::Error;
use std::hint::black_box;
use std::io::Read;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let request: Value = serde_json::from_str(&text)?;
    let document = request["document"].as_str().unwrap_or_default();
    let expressions: Vec<&str> = request["expressions"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let times = json!({
        "ours": ours(document, &expressions)?,
        "core, tree walker": core(document, &expressions, tree_walker)?,
        "core, compiled": core(document, &expressions, compiled)?,
    });
    println!("{times}");
    Ok(())
}

fn ours(document: &str, expressions: &[&str]) -> Outcome<Value> {
    let data: Value = serde_json::from_str(document)?;
    let environment = jsonata::Environment::new();
    let mut each = Vec::new();
    for text in expressions {
        let expression = jsonata::Expression::parse(text)?;
        let mut host = jsonata::FixedHost::default();
        expression.evaluate(jsonata::Value::from(&data), &environment, &mut host)?;
        each.push(json!({
            "parse": median_microseconds(|| drop(black_box(jsonata::Expression::parse(black_box(text))))),
            "evaluate": median_microseconds(|| {
                drop(black_box(expression.evaluate(jsonata::Value::from(black_box(&data)), &environment, &mut host)));
            }),
        }));
    }
    let read = median_microseconds(|| {
        drop(black_box(serde_json::from_str::<Value>(black_box(
            document,
        ))))
    });
    Ok(json!({"document": read, "expressions": each}))
}

/// One mode of jsonata-core: how long an expression takes on data.
type Mode = fn(&str, &JValue) -> Outcome<f64>;

fn core(document: &str, expressions: &[&str], evaluate: Mode) -> Outcome<Value> {
    let data = JValue::from_json_str(document)?;
    let mut each = Vec::new();
    for text in expressions {
        each.push(json!({
            "parse": median_microseconds(|| drop(black_box(jsonata_core::parser::parse(black_box(text))))),
            "evaluate": evaluate(text, &data)?,
        }));
    }
    let read = median_microseconds(|| drop(black_box(JValue::from_json_str(black_box(document)))));
    Ok(json!({"document": read, "expressions": each}))
}

fn tree_walker(text: &str, data: &JValue) -> Outcome<f64> {
    let tree = jsonata_core::parser::parse(text)?;
    let mut evaluator = Evaluator::new();
    evaluator.evaluate(&tree, data)?;
    Ok(median_microseconds(|| {
        drop(black_box(
            evaluator.evaluate(black_box(&tree), black_box(data)),
        ))
    }))
}

fn compiled(text: &str, data: &JValue) -> Outcome<f64> {
    let expression = jsonata_core::Expression::compile(text)?;
    expression.evaluate(data)?;
    Ok(median_microseconds(|| {
        drop(black_box(expression.evaluate(black_box(data))))
    }))
}
