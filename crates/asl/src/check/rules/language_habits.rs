//! `JSONPATH_HABIT`: a text in a JSONata state that JSONPath would evaluate, or that lacks its braces.
//! `BLANKS_OUTSIDE_BRACES`: an expression with blanks around it. `JSONATA_HABIT`: an expression in a JSONPath state. All of
//! them stay plain texts, and AWS says nothing.

use super::templates;
use crate::check::Diagnostic;
use crate::check::expressions;
use crate::check::fields::{Field, Kind, Language};
use crate::check::view::{Place, View};
use crate::check::walk;
use crate::graph::StateType;
use crate::text::{Member, Node, Pointer, TextEdit};
use serde_json::Value;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in &view.places {
        match place.language {
            Language::Jsonata => jsonata(view, place, found),
            Language::JsonPath => jsonpath(place, found),
        }
    }
}

fn jsonata(view: &View<'_>, place: &Place<'_>, found: &mut Vec<Diagnostic>) {
    for (member, field) in place.members() {
        if !field.is_some_and(Field::holds_expressions) {
            continue;
        }
        let base = || place.pointer.join(&*member.key);
        walk::each(&member.value, |way, node| {
            if let Some(finding) = blanks(node, || way.pointer(&base())) {
                found.push(finding);
            } else if let Some((message, instead)) = node.as_str().and_then(plain_text) {
                let finding =
                    Diagnostic::warning("JSONPATH_HABIT", node.span, way.pointer(&base()), message);
                found.push(match instead {
                    Some(text) => {
                        let edit = TextEdit::new(node.span, Value::from(&*text).to_string());
                        finding.fix(format!("Write {text}"), vec![edit])
                    }
                    None => finding,
                });
            }
            for inner in node
                .members()
                .iter()
                .filter(|inner| inner.key.ends_with(".$"))
            {
                found.extend(dollar_key(view, node, inner, &way.pointer(&base())));
            }
        });
    }
}

fn blanks(node: &Node, pointer: impl FnOnce() -> Pointer) -> Option<Diagnostic> {
    let text = node.as_str()?;
    let trimmed = text.trim();
    expressions::inside(trimmed).filter(|_| trimmed.len() < text.len())?;
    let message =
        "Blanks outside of `{% %}` make this a plain text; remove them to have it evaluated.";
    let edit = TextEdit::new(node.span, Value::from(trimmed).to_string());
    let finding = Diagnostic::warning("BLANKS_OUTSIDE_BRACES", node.span, pointer(), message);
    Some(finding.fix("Remove the blanks", vec![edit]))
}

/// What is the matter with a text that is no expression, and what was meant.
fn plain_text(text: &str) -> Option<(String, Option<String>)> {
    if expressions::inside(text).is_some() {
        return None;
    }
    let shown = || format!("`{text}` stays plain text here");
    if let Some(rest) = text
        .strip_prefix("$states.")
        .filter(|rest| !rest.is_empty() && !rest.contains(' '))
    {
        let instead = format!("{{% $states.{rest} %}}");
        return Some((format!("{}; write `{instead}`.", shown()), Some(instead)));
    }
    if text.starts_with("States.") && text.ends_with(')') {
        return Some((
            format!(
                "{}, and JSONata has no `States.…` functions; write an expression between `{{%` and `%}}`.",
                shown()
            ),
            None,
        ));
    }
    let (root, rest) = match (text.strip_prefix("$$."), text.strip_prefix("$.")) {
        (Some(rest), _) => ("$states.context", rest),
        (None, Some(rest)) => ("$states.input", rest),
        (None, None) => return None,
    };
    let is_path = !rest.is_empty()
        && rest
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '[' | ']'));
    let instead = format!("{{% {root}.{rest} %}}");
    is_path.then(|| {
        (
            format!(
                "{}: that is a path of JSONPath. Write `{instead}`.",
                shown()
            ),
            Some(instead),
        )
    })
}

fn dollar_key(
    view: &View<'_>,
    holder: &Node,
    member: &Member,
    pointer: &Pointer,
) -> Option<Diagnostic> {
    let name = member.key.strip_suffix(".$")?;
    if view.is_open_text(name) {
        return None;
    }
    let message = format!(
        "`.$` at the end of \"{}\" belongs to JSONPath; here it stays part of the name. Remove it.",
        member.key
    );
    let finding = Diagnostic::warning(
        "JSONPATH_HABIT",
        member.key_span,
        pointer.join(&*member.key),
        message,
    );
    if holder.member(name).is_some() {
        return Some(finding);
    }
    let edit = TextEdit::new(member.key_span, Value::from(name).to_string());
    Some(finding.fix(format!("Rename to {name}"), vec![edit]))
}

fn jsonpath(place: &Place<'_>, found: &mut Vec<Diagnostic>) {
    let fail: &[&str] = if place.kind == Kind::State(StateType::Fail) {
        &["Error", "Cause"]
    } else {
        &[]
    };
    for field in templates(place.kind).iter().chain(fail) {
        let Some(value) = place.node.field(field) else {
            continue;
        };
        let base = || place.pointer.join(*field);
        walk::each(value, |way, node| {
            if node.as_str().and_then(expressions::inside).is_some() {
                let message = "This state uses JSONPath, where `{% %}` stays plain text; set its QueryLanguage to JSONata, or use a key that ends in `.$`.";
                found.push(Diagnostic::warning(
                    "JSONATA_HABIT",
                    node.span,
                    way.pointer(&base()),
                    message,
                ));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, state};

    fn output(text: &str) -> String {
        state(&format!(
            r#"{{"Type": "Pass", "QueryLanguage": "JSONata", "Output": {text}, "End": true}}"#
        ))
    }

    #[test]
    fn habits_of_jsonpath_are_found_and_mended() {
        for bad in [
            r#""$.order.id""#,
            r#"{"a": ["$$.Execution.Id"]}"#,
            r#"{"a.$": "{% $states.input %}"}"#,
            r#""$states.input.a""#,
        ] {
            assert_eq!(codes(&output(bad)), ["JSONPATH_HABIT"], "{bad}");
            clean_after_fix(&output(bad));
        }
        let blanks = output(r#"" {% 1 %}  ""#);
        assert_eq!(codes(&blanks), ["BLANKS_OUTSIDE_BRACES"]);
        clean_after_fix(&blanks);
        assert_eq!(codes(&output(r#""States.UUID()""#)), ["JSONPATH_HABIT"]);
        for good in [
            r#""$5.00""#,
            r#""costs $.50 each""#,
            r#""$""#,
            r#"{"a": "States"}"#,
        ] {
            assert_eq!(codes(&output(good)), Vec::<&str>::new(), "{good}");
        }
    }

    #[test]
    fn expressions_in_jsonpath_states_are_found() {
        let pass =
            state(r#"{"Type": "Pass", "Parameters": {"a": ["{% $states.input %}"]}, "End": true}"#);
        assert_eq!(codes(&pass), ["JSONATA_HABIT"]);
        let fail = state(r#"{"Type": "Fail", "Cause": "{% $states.input.why %}"}"#);
        assert_eq!(codes(&fail), ["JSONATA_HABIT"]);
    }
}
