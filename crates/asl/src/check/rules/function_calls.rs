//! `UNKNOWN_FUNCTION`, `ARGUMENT_COUNT`: calls that can only fail. AWS takes such definitions; the state fails with
//! `States.QueryEvaluationError` when it comes to the call.

use crate::check::Diagnostic;
use crate::check::expressions::Expression;
use crate::check::view::View;
use crate::check::words;
use crate::text::{Span, TextEdit};
use jsonata::editor::{FunctionDoc, all_functions, documentation};
use jsonata::{Profile, UseKind};
use std::ops::Range;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for (expression, uses) in view.expressions() {
        for call in uses {
            let UseKind::Call { name, arguments } = call.kind else {
                continue;
            };
            let span = expression.span(view.document, &call.span);
            match documentation(name, Profile::Aws) {
                None => {
                    let part = expression.part(view.document, &call.span);
                    found.push(unknown(view, expression, name, span, part));
                }
                Some(doc) => {
                    found.extend(
                        arguments.and_then(|given| count(view, expression, &doc, given, span)),
                    );
                }
            }
        }
    }
}

fn unknown(
    view: &View<'_>,
    expression: &Expression<'_>,
    name: &str,
    span: Span,
    part: Option<Span>,
) -> Diagnostic {
    let pointer = expression.pointer(view);
    if name == "eval" {
        let message =
            "AWS has no $eval; write the expression itself, or use $parse for JSON in a text.";
        return Diagnostic::warning("UNKNOWN_FUNCTION", span, pointer, message);
    }
    let functions = all_functions(Profile::Aws);
    match words::closest(name, functions.iter().map(|doc| doc.name)) {
        Some(meant) => {
            let message = format!("There is no function ${name}; did you mean ${meant}?");
            let finding = Diagnostic::warning("UNKNOWN_FUNCTION", span, pointer, message);
            match part {
                Some(part) => finding.fix(
                    format!("Use ${meant}"),
                    vec![TextEdit::new(part, format!("${meant}"))],
                ),
                None => finding,
            }
        }
        None => {
            let message = format!(
                "There is no function ${name}; use one of JSONata's, or define it in this expression. Variables cannot hold functions."
            );
            Diagnostic::warning("UNKNOWN_FUNCTION", span, pointer, message)
        }
    }
}

fn count(
    view: &View<'_>,
    expression: &Expression<'_>,
    doc: &FunctionDoc,
    given: usize,
    span: Span,
) -> Option<Diagnostic> {
    let takes = takes(doc);
    if takes.contains(&given) {
        return None;
    }
    let wants = match (takes.start, takes.end.saturating_sub(1)) {
        (least, most) if least == most => format!("{least}"),
        (least, usize::MAX) => format!("at least {least}"),
        (least, most) => format!("{least} to {most}"),
    };
    let message = format!(
        "{} takes {wants} arguments, and {given} are given.",
        doc.signature
    );
    Some(Diagnostic::warning(
        "ARGUMENT_COUNT",
        span,
        expression.pointer(view),
        message,
    ))
}

/// How many arguments a function takes. The context may stand in for the first one.
fn takes(doc: &FunctionDoc) -> Range<usize> {
    let parameters: Vec<&str> = doc
        .parameters
        .split(", ")
        .filter(|name| !name.is_empty())
        .collect();
    let optional = |name: &&&str| name.ends_with('?') || name.ends_with('…');
    let least = parameters.iter().filter(|name| !optional(name)).count();
    let from_context = usize::from(doc.types.contains('-'));
    let most = if doc.parameters.ends_with('…') {
        usize::MAX
    } else {
        parameters.len() + 1
    };
    least.saturating_sub(from_context)..most
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, state};

    fn output(expression: &str) -> String {
        let text = serde_json::Value::from(format!("{{% {expression} %}}"));
        state(&format!(
            r#"{{"Type": "Pass", "QueryLanguage": "JSONata", "Output": {text}, "End": true}}"#
        ))
    }

    #[test]
    fn functions_are_known_or_defined() {
        for good in [
            "$uuid() & $hash('a', 'MD5')",
            "($f := function($x) { $x }; $f(1))",
            "[1, 2] ~> $sum",
            "[1..3] ~> $map(function($v) { $v })",
            "$substring('abc', 1)",
            "$states.input.name.$uppercase()",
            "$zip([1], [2], [3], [4])",
            "$merge([{}]) ~> $keys()",
            "$reduce([1], function($a, $b) { $a + $b })",
            "$random()",
            "$now()",
        ] {
            assert_eq!(codes(&output(good)), Vec::<&str>::new(), "{good}");
        }
        for bad in ["$eval('1')", "$nothing(1)", "$lenght('a')"] {
            assert_eq!(codes(&output(bad)), ["UNKNOWN_FUNCTION"], "{bad}");
        }
        clean_after_fix(&output("$lenght('a')"));
    }

    #[test]
    fn arguments_are_counted() {
        for bad in ["$substring('a', 1, 2, 3)", "$uuid(1)", "$replace('a')"] {
            assert_eq!(codes(&output(bad)), ["ARGUMENT_COUNT"], "{bad}");
        }
    }
}
