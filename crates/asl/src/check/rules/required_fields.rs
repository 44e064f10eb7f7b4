//! `MISSING_FIELD`: an object lacks a field that it needs (asl-rules 1, 3, 11 to 13).

use crate::check::diagnostic::wants_fix;
use crate::check::fields::{Kind, Language};
use crate::check::view::{Place, View};
use crate::check::{Diagnostic, words};
use crate::graph::StateType;
use crate::text::{Node, TextEdit};
use serde_json::Value;

const CODE: &str = "MISSING_FIELD";

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in &view.places {
        let missing: Vec<&'static str> = required(place.kind, place.node, place.language)
            .iter()
            .copied()
            .filter(|name| place.node.member(name).is_none())
            .collect();
        if !missing.is_empty() {
            found.push(finding(view, place, &missing, found));
        }
    }
    for state in view
        .states()
        .filter(|state| state.node.is_object() && state.node.member("Type").is_none())
    {
        let message = format!(
            "The state \"{}\" has no Type; give it one of {}.",
            state.outline.name,
            words::any_of(crate::check::fields::TYPES)
        );
        let finding = Diagnostic::error(
            CODE,
            state.outline.name_span,
            state.outline.pointer.clone(),
            message,
        );
        let finding = finding.about(vec!["Type"]);
        found.push(finding.aws("These fields are required: [Type]"));
    }
}

/// The fields that an object cannot be without, a state's `Type` aside.
pub(crate) fn required(kind: Kind, node: &Node, language: Language) -> &'static [&'static str] {
    match kind {
        Kind::Machine | Kind::Branch | Kind::Processor => &["States", "StartAt"],
        Kind::State(StateType::Task) => &["Resource"],
        Kind::State(StateType::Choice) => &["Choices"],
        Kind::State(StateType::Parallel) => &["Branches"],
        Kind::State(StateType::Map) if node.member("Iterator").is_none() => &["ItemProcessor"],
        Kind::Retrier => &["ErrorEquals"],
        Kind::Catcher => &["ErrorEquals", "Next"],
        Kind::Rule if language == Language::Jsonata => &["Condition", "Next"],
        Kind::Rule => &["Next"],
        Kind::ItemReader => &["Resource"],
        Kind::WriterConfig => &["OutputType"],
        Kind::ProcessorConfig if has(node, "Mode", "DISTRIBUTED") => &["ExecutionType"],
        Kind::ReaderConfig if has(node, "CSVHeaderLocation", "GIVEN") => &["CSVHeaders"],
        Kind::State(_)
        | Kind::UntypedState
        | Kind::ProcessorConfig
        | Kind::InnerRule
        | Kind::ReaderConfig
        | Kind::ItemBatcher
        | Kind::ResultWriter => &[],
    }
}

fn has(node: &Node, field: &str, word: &str) -> bool {
    node.field(field).and_then(Node::as_str) == Some(word)
}

fn finding(
    view: &View<'_>,
    place: &Place<'_>,
    missing: &[&'static str],
    found: &[Diagnostic],
) -> Diagnostic {
    let list = words::all_of(missing);
    let noun = if missing.len() == 1 {
        "field"
    } else {
        "fields"
    };
    let message = match place.kind {
        Kind::State(_) => format!("{} needs the {noun} {list}.", view.name(place.state)),
        kind => format!("The {noun} {list} must be set in {}.", kind.noun()),
    };
    let span = place.node.span;
    let finding = Diagnostic::error(
        CODE,
        crate::text::Span::new(span.start, span.start + 1),
        place.pointer.clone(),
        message,
    )
    .aws(match missing {
        ["ItemProcessor"] => {
            "This object should have only one of the following fields: [ItemProcessor, Iterator]"
                .to_owned()
        }
        missing => format!("These fields are required: [{}]", missing.join(", ")),
    })
    .about(missing.to_vec());
    match start_at(view, place, missing) {
        Some((name, edits)) if wants_fix(found) => finding.fix(format!("Start at {name}"), edits),
        _ => finding,
    }
}

/// A missing `StartAt` most likely means the first state.
fn start_at(
    view: &View<'_>,
    place: &Place<'_>,
    missing: &[&str],
) -> Option<(String, Vec<TextEdit>)> {
    if missing != ["StartAt"] {
        return None;
    }
    let first = place.node.field("States")?.members().first()?;
    let edits = view.document.add_member(
        &view.style,
        place.node,
        "StartAt",
        &Value::from(&*first.key),
    );
    Some((first.key.to_string(), edits))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only, state};

    #[test]
    fn a_machine_needs_states_and_a_start() {
        let found = only("{}", "MISSING_FIELD");
        assert_eq!(
            found.aws_message,
            "These fields are required: [States, StartAt]"
        );
        assert_eq!(
            found
                .aws_location(&crate::text::Document::parse("{}"))
                .as_deref(),
            Some("/")
        );
        assert_eq!(found.about, ["States", "StartAt"]);
        let text = r#"{"States": {"A": {"Type": "Pass", "End": true}}}"#;
        assert_eq!(
            only(text, "MISSING_FIELD").aws_message,
            "These fields are required: [StartAt]"
        );
        clean_after_fix(text);
    }

    #[test]
    fn each_type_of_state_needs_its_own_fields() {
        for (text, field) in [
            (r#"{"End": true}"#, "Type"),
            (r#"{"Type": "Task", "End": true}"#, "Resource"),
            (r#"{"Type": "Choice"}"#, "Choices"),
            (r#"{"Type": "Parallel", "End": true}"#, "Branches"),
        ] {
            let found = only(&state(text), "MISSING_FIELD");
            assert_eq!(
                found.aws_message,
                format!("These fields are required: [{field}]")
            );
            assert_eq!(found.pointer.to_string(), "/States/A");
        }
        assert_eq!(
            only(&state(r#"{"Type": "Map", "End": true}"#), "MISSING_FIELD").aws_message,
            "This object should have only one of the following fields: [ItemProcessor, Iterator]"
        );
    }

    #[test]
    fn rules_catchers_and_retriers_need_their_fields() {
        let rule = r#"{"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true}], "Default": "B"}"#;
        assert!(codes(&state(rule)).contains(&"MISSING_FIELD"));
        let catcher = r#"{"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true, "Catch": [{}]}"#;
        assert_eq!(
            only(&state(catcher), "MISSING_FIELD").aws_message,
            "These fields are required: [ErrorEquals, Next]"
        );
    }
}
