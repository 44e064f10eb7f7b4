//! `INVALID_TEMPLATE`: in payload templates, keys ending in `.$` hold a path or a function call, and no two keys become
//! the same (asl-rules 5).

use crate::check::fields::{Kind, Language};
use crate::check::view::View;
use crate::check::{Diagnostic, queries};
use crate::graph::StateType;
use crate::text::{Member, Node, Pointer};
use std::collections::HashSet;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.language == Language::JsonPath)
    {
        for field in templates(place.kind) {
            if let Some(template) = place.node.field(field) {
                each(view, template, &place.pointer, field, found);
            }
        }
    }
}

/// The fields that hold templates.
pub(in crate::check) fn templates(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::State(StateType::Task) => &["Parameters", "ResultSelector", "Assign", "Credentials"],
        Kind::State(StateType::Map) => &["Parameters", "ResultSelector", "ItemSelector", "Assign"],
        Kind::State(StateType::Pass) => &["Parameters", "Assign"],
        Kind::State(StateType::Parallel) => &["Parameters", "ResultSelector", "Assign"],
        Kind::State(StateType::Wait | StateType::Choice) | Kind::Catcher | Kind::Rule => {
            &["Assign"]
        }
        Kind::ItemReader | Kind::ResultWriter => &["Parameters"],
        Kind::ItemBatcher => &["BatchInput"],
        Kind::State(StateType::Succeed | StateType::Fail)
        | Kind::UntypedState
        | Kind::Machine
        | Kind::Branch
        | Kind::Processor
        | Kind::ProcessorConfig
        | Kind::Retrier
        | Kind::InnerRule
        | Kind::ReaderConfig
        | Kind::WriterConfig => &[],
    }
}

/// Looks at all objects in a template; what is still to do stands for the call stack.
fn each(
    view: &View<'_>,
    template: &Node,
    holder: &Pointer,
    field: &str,
    found: &mut Vec<Diagnostic>,
) {
    let mut open = vec![template];
    let mut names = HashSet::new();
    while let Some(node) = open.pop() {
        names.clear();
        for member in node.members() {
            let query = member.key.strip_suffix(".$");
            if !names.insert(query.unwrap_or(&member.key))
                && node
                    .member(&member.key)
                    .is_some_and(|last| std::ptr::eq(last, member))
            {
                found.push(duplicate(member, holder, field));
            }
            match query {
                Some(_) if view.is_open(&member.value) => {}
                Some(name) => found.extend(fault(view, member, name, holder, field)),
                None => open.push(&member.value),
            }
        }
        open.extend(node.elements());
    }
}

fn duplicate(member: &Member, holder: &Pointer, field: &str) -> Diagnostic {
    let name = member.key.strip_suffix(".$").unwrap_or(&member.key);
    let message = format!("\"{name}\" stands here both with and without `.$`; remove one of them.");
    Diagnostic::error(
        "INVALID_TEMPLATE",
        member.key_span,
        holder.join(field),
        message,
    )
}

fn fault(
    view: &View<'_>,
    member: &Member,
    name: &str,
    holder: &Pointer,
    field: &str,
) -> Option<Diagnostic> {
    let (message, span) = match member.value.as_str() {
        None => (
            format!(
                "\"{}\" must hold a path or a function call, since it ends in `.$`; remove `.$` to keep a plain value.",
                member.key
            ),
            member.value.span,
        ),
        Some(text) => {
            let reason = queries::template_value(text, view.queries.is_read(&member.value))?;
            let message = format!(
                "\"{}\" holds `{text}`, which is neither a path nor a function call: {reason} Name it \"{name}\" to keep a plain text.",
                member.key
            );
            (message, member.value.span)
        }
    };
    Some(Diagnostic::error("INVALID_TEMPLATE", span, holder.join(field), message).aws(format!(
        "The value for the field '{}' must be a valid JSONPath or a valid intrinsic function call",
        member.key
    )))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, only, state};

    fn pass(parameters: &str) -> String {
        state(&format!(
            r#"{{"Type": "Pass", "End": true, "Parameters": {parameters}}}"#
        ))
    }

    #[test]
    fn keys_with_a_dollar_hold_queries() {
        assert_eq!(
            codes(&pass(
                r#"{"a.$": "$.x", "b": {"c.$": "States.UUID()"}, "d.$": "$$.Execution.Id"}"#
            )),
            Vec::<&str>::new()
        );
        for bad in [
            r#"{"a.$": "x"}"#,
            r#"{"a.$": 5}"#,
            r#"{"b": [{"c.$": null}]}"#,
            r#"{"a.$": "States.leftpad('x')"}"#,
            r#"{"a.$": " States.UUID()"}"#,
        ] {
            assert_eq!(codes(&pass(bad)), ["INVALID_TEMPLATE"], "{bad}");
        }
        let found = only(&pass(r#"{"b": {"a.$": "x"}}"#), "INVALID_TEMPLATE");
        assert_eq!(
            found.aws_message,
            "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call"
        );
        assert_eq!(found.pointer.to_string(), "/States/A/Parameters");
    }

    #[test]
    fn two_keys_must_not_become_one() {
        assert_eq!(
            codes(&pass(r#"{"x": {"a": 1, "a.$": "$.b"}}"#)),
            ["INVALID_TEMPLATE"]
        );
    }
}
