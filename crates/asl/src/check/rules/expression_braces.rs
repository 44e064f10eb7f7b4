//! `OPEN_EXPRESSION`: a JSONata expression stands between `{%` and `%}`, nothing outside (asl-rules 7). AWS refuses a text
//! with only one of the two; blanks outside make it a plain text, which is legal.

use crate::check::Diagnostic;
use crate::check::fields::Language;
use crate::check::view::{Place, View};
use crate::text::{Node, Pointer, Span};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.language == Language::Jsonata)
    {
        for (member, field) in place.members() {
            if let Some(field) = field.filter(|field| field.is_evaluated()) {
                texts(place, &member.value, field.name, found);
            }
        }
    }
}

fn texts(place: &Place<'_>, value: &Node, field: &str, found: &mut Vec<Diagnostic>) {
    let mut open = vec![value];
    while let Some(node) = open.pop() {
        if let Some(message) = node.as_str().and_then(fault) {
            found.push(finding(node.span, place.pointer.join(field), message));
        }
        open.extend(node.members().iter().map(|member| &member.value));
        open.extend(node.elements());
    }
}

fn fault(text: &str) -> Option<&'static str> {
    match (text.starts_with("{%"), text.ends_with("%}")) {
        (true, false) => Some(
            "This expression begins with `{%` and does not end with `%}`; close it, without blanks after it.",
        ),
        (false, true) => Some(
            "This expression ends with `%}` and does not begin with `{%`; open it, without blanks before it.",
        ),
        (true, true) | (false, false) => None,
    }
}

fn finding(span: Span, pointer: Pointer, message: &str) -> Diagnostic {
    Diagnostic::error("OPEN_EXPRESSION", span, pointer, message)
        .aws("JSONata string must start with {% and end with %}")
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{errors, state};

    fn output(text: &str) -> Vec<&'static str> {
        errors(&state(&format!(
            r#"{{"Type": "Pass", "QueryLanguage": "JSONata", "Output": {text}, "End": true}}"#
        )))
    }

    #[test]
    fn an_expression_is_opened_and_closed() {
        for good in [
            r#""{% 1 %}""#,
            r#"" {% 1 %} ""#,
            r#"["plain", 5]"#,
            r#""50%""#,
        ] {
            assert_eq!(output(good), Vec::<&str>::new(), "{good}");
        }
        for bad in [r#""{% 1 %""#, r#"{"a": ["1 %}"]}"#, r#""{% 1 %} ""#] {
            assert_eq!(output(bad), ["OPEN_EXPRESSION"], "{bad}");
        }
    }
}
