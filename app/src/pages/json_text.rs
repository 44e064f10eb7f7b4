//! JSON that a person typed: whether it is whole, and where not; and the same JSON laid out for reading.

use crate::text::{common, pages};
use asl::text::{Document, Positions};

/// What is wrong with typed JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", common::at_place(*.line, *.column, .message))]
pub struct JsonFault {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// A plain sentence.
    pub message: String,
}

/// The first thing that is wrong with a text as JSON.
pub fn check(text: &str) -> Result<(), JsonFault> {
    if text.trim().is_empty() {
        let message = pages::EMPTY_INPUT.to_owned();
        return Err(JsonFault {
            line: 1,
            column: 1,
            message,
        });
    }
    let document = Document::parse_strict(text);
    let Some(fault) = document.faults().first() else {
        return Ok(());
    };
    let place = Positions::new(text).line_column(fault.span.start);
    Err(JsonFault {
        line: place.line,
        column: place.column,
        message: fault.message.clone(),
    })
}

/// JSON text with line breaks and two spaces; text that is no JSON stays as it is.
pub fn pretty(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text)
        .ok()
        .and_then(|v| serde_json::to_string_pretty(&v).ok())
        .unwrap_or_else(|| text.to_owned())
}

/// The error of a failed task or run as JSON for reading; a cause that is JSON itself is shown as such.
pub fn fault_text(error: &str, cause: &str) -> String {
    let cause = match serde_json::from_str::<serde_json::Value>(cause) {
        Ok(value @ (serde_json::Value::Object(_) | serde_json::Value::Array(_))) => value,
        Ok(_) | Err(_) => cause.into(),
    };
    pretty(&serde_json::json!({"Error": error, "Cause": cause}).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_json_has_no_fault() {
        assert_eq!(check("{\"a\": [1, 2]}"), Ok(()));
        assert_eq!(check("3"), Ok(()));
    }

    #[test]
    fn a_fault_says_line_and_column() {
        let fault = check("{\n  \"ü\": x\n}").expect_err("a fault");
        assert_eq!((fault.line, fault.column), (2, 8));
    }

    #[test]
    fn an_empty_text_says_what_to_write() {
        assert!(check("  \n").expect_err("a fault").message.contains("{}"));
    }

    #[test]
    fn a_cause_that_is_json_is_shown_as_such() {
        assert!(fault_text("E", "{\"a\":1}").contains("\"a\": 1"));
        assert!(fault_text("E", "plain").contains("\"Cause\": \"plain\""));
    }
}
