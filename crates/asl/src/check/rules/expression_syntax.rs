//! `INVALID_EXPRESSION`: a JSONata expression that cannot be read. AWS reads all of them when a definition is created.

use crate::check::Diagnostic;
use crate::check::view::View;
use crate::check::words;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for (expression, _) in view.expressions() {
        // One thing at a time: what follows from a fault is no fault.
        let Some(error) = expression.parsed.errors().first() else {
            continue;
        };
        let span = match error.span() {
            Some(part) => expression.span(view.document, &part),
            None => expression.node.span,
        };
        let message = format!(
            "This expression cannot be read: {}",
            words::sentence(&error.message())
        );
        let pointer = expression.pointer(view);
        found.push(
            Diagnostic::error("INVALID_EXPRESSION", span, pointer, message)
                .aws_code("INVALID_JSONATA_EXPRESSION")
                .aws(error.reference_message()),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, only, state};
    use crate::check::{MachineType, check};
    use crate::text::Document;

    fn output(expression: &str) -> String {
        let text = serde_json::Value::from(format!("{{% {expression} %}}"));
        state(&format!(
            r#"{{"Type": "Pass", "QueryLanguage": "JSONata", "Output": {{"a": [{text}]}}, "End": true}}"#
        ))
    }

    #[test]
    fn a_fault_is_shown_where_it_stands_behind_escapes() {
        let text = output("\"\\n\" & (1 + ] ");
        let found = only(&text, "INVALID_EXPRESSION");
        assert_eq!(&text[found.span.start..found.span.end], "]");
        assert_eq!(found.pointer.to_string(), "/States/A/Output/a/0");
        assert_eq!(found.aws_code, Some("INVALID_JSONATA_EXPRESSION"));
        assert_eq!(
            found.aws_message,
            "The symbol \"]\" cannot be used as a unary operator"
        );
    }

    #[test]
    fn faults_in_yaml_are_shown_where_they_stand() {
        let yaml = |output: &str| {
            format!(
                "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Output: {output}\n    End: true\n"
            )
        };
        for (output, shown) in [
            ("\"{% (1 + ] %}\"", "]"),
            ("'{% (1 + ] %}'", "]"),
            (">-\n      {%\n      (1 + ]\n      %}", "]"),
        ] {
            let document = Document::parse_yaml(yaml(output));
            let found = check(&document, MachineType::Standard);
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(document.slice(found[0].span), shown, "{output}");
        }
    }

    #[test]
    fn an_empty_expression_is_none() {
        assert_eq!(codes(&output("")), ["INVALID_EXPRESSION"]);
        assert_eq!(codes(&output("$states.input.a + 1")), Vec::<&str>::new());
    }
}
