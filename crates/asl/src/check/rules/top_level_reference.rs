//! `TOP_LEVEL_REFERENCE`: an expression that reads an input document; there is none (asl-rules 7). AWS refuses bare names,
//! `$` and `$$` at the beginning of a path.

use crate::check::Diagnostic;
use crate::check::expressions::Expression;
use crate::check::view::View;
use crate::text::{Span, TextEdit};
use jsonata::{Use, UseKind};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for (expression, uses) in view.expressions() {
        for reference in uses {
            found.extend(finding(view, expression, reference));
        }
    }
}

fn finding(
    view: &View<'_>,
    expression: &Expression<'_>,
    reference: &Use<'_>,
) -> Option<Diagnostic> {
    let (shown, aws, instead) = match reference.kind {
        UseKind::Name(name) => (
            name,
            format!("Reference to '{name}' at the top level is not supported."),
            format!(
                "{}{}",
                if name == "states" {
                    "$"
                } else {
                    "$states.input."
                },
                expression.text.get(reference.span.clone())?
            ),
        ),
        UseKind::Context => (
            "$",
            "Reference to '$' at the top level is not supported.".to_owned(),
            "$states.input".to_owned(),
        ),
        UseKind::Root => (
            "$$",
            "Reference to '$$' is not supported.".to_owned(),
            root(expression.text, reference.span.end).to_owned(),
        ),
        UseKind::Variable { .. } | UseKind::Call { .. } => return None,
    };
    let span = expression.span(view.document, &reference.span);
    let message = format!("{} Write `{instead}`.", explanation(&reference.kind, shown));
    let finding = Diagnostic::error(
        "TOP_LEVEL_REFERENCE",
        span,
        expression.pointer(view),
        message,
    )
    .aws_code("UNSUPPORTED_JSONATA_EXPRESSION")
    .aws(aws);
    let part = expression.part(view.document, &reference.span);
    Some(match part.filter(|_| fits(&reference.kind)) {
        Some(part) => finding.fix(format!("Write {instead}"), vec![edit(part, &instead)]),
        None => finding,
    })
}

fn explanation(kind: &UseKind<'_>, shown: &str) -> String {
    match kind {
        UseKind::Name("States") => {
            "`States.…` functions belong to JSONPath; JSONata has functions of its own, such as `&` for texts.".to_owned()
        }
        _ => format!("`{shown}` reads an input document, and expressions have none here."),
    }
}

/// Whether the change is what was meant.
fn fits(kind: &UseKind<'_>) -> bool {
    !matches!(kind, UseKind::Name("States"))
}

/// What `$$` meant: in JSONPath it was the context object.
fn root(text: &str, end: usize) -> &'static str {
    const CONTEXT: [&str; 5] = [".Execution", ".State", ".StateMachine", ".Task", ".Map"];
    let rest = text.get(end..).unwrap_or_default();
    if CONTEXT.iter().any(|name| rest.starts_with(name)) {
        "$states.context"
    } else {
        "$states.input"
    }
}

fn edit(span: Span, instead: &str) -> TextEdit {
    // Inside a string of JSON; names in backquotes may hold what must be escaped there.
    let quoted = serde_json::Value::from(instead).to_string();
    TextEdit::new(span, quoted.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only, state};

    fn output(expression: &str) -> String {
        let text = serde_json::Value::from(format!("{{% {expression} %}}"));
        state(&format!(
            r#"{{"Type": "Pass", "QueryLanguage": "JSONata", "Output": {{"v": {text}}}, "End": true}}"#
        ))
    }

    #[test]
    fn names_without_a_beginning_are_refused_in_the_words_of_aws() {
        let text = output("phone.number");
        let found = only(&text, "TOP_LEVEL_REFERENCE");
        assert_eq!(
            found.aws_message,
            "Reference to 'phone' at the top level is not supported."
        );
        assert_eq!(found.pointer.to_string(), "/States/A/Output/v");
        clean_after_fix(&text);
        let root = only(&output("$$"), "TOP_LEVEL_REFERENCE");
        assert_eq!(root.aws_message, "Reference to '$$' is not supported.");
    }

    #[test]
    fn habits_of_jsonpath_are_mended() {
        for (text, mended) in [
            ("$.order.id", "$states.input.order.id"),
            ("$$.Execution.Id", "$states.context.Execution.Id"),
            ("[\"a\\n\", name]", "$states.input.name"),
            ("states.input.a", "$states.input.a"),
        ] {
            let text = output(text);
            let fix = only(&text, "TOP_LEVEL_REFERENCE").fix.unwrap();
            let document = crate::text::Document::parse(text.as_str())
                .apply(&fix.edits)
                .unwrap();
            assert!(document.text().contains(mended), "{}", document.text());
            clean_after_fix(&text);
        }
    }

    #[test]
    fn what_reads_something_else_is_fine() {
        for good in [
            "$states.input.list[price > 5].{\"n\": name}",
            "$map($states.input.list, function($v) { $v.name })",
            "$states.input.list.($.name)",
        ] {
            assert_eq!(codes(&output(good)), Vec::<&str>::new(), "{good}");
        }
    }
}
