//! The words on a node: its second line and its name for assistive technology. Plain functions, tested natively.

use crate::document::sdk_words;
use crate::session::{Condition, Mark};
use crate::text::canvas as say;
use crate::ui::Kind;
use asl::catalog::{self, Action, Form, Subject};
use asl::graph::{Outline, Role, StateNode, StateType};
use asl::text::{Document, Node, Pointer, Step};
use std::sync::Arc;

/// The one fact on a node's second line: its resource, how long it waits, how many branches it has.
pub(crate) fn fact(outline: &Outline, document: &Document, state: &StateNode) -> String {
    let field = |name: &str| {
        let mut at = state.pointer.0.clone();
        at.push(Step::Key(Arc::from(name)));
        document.get(&Pointer(at))
    };
    match state.kind {
        Some(StateType::Task) => task(state, field("Parameters").or_else(|| field("Arguments"))),
        Some(StateType::Pass) => say::PASSES.to_owned(),
        Some(StateType::Choice) => {
            let branches = state
                .transitions
                .iter()
                .filter(|way| !matches!(way.role, Role::Catch(_)))
                .count();
            say::branches(branches)
        }
        Some(StateType::Wait) => wait(field),
        Some(StateType::Succeed) => say::SUCCEEDS.to_owned(),
        Some(StateType::Fail) => {
            let error = field("Error")
                .and_then(Node::as_str)
                .filter(|error| !error.is_empty());
            error.unwrap_or(say::FAILS).to_owned()
        }
        Some(StateType::Parallel) => say::branches(state.children.len()),
        Some(StateType::Map) => map(outline, state, field("MaxConcurrency")),
        None => say::UNKNOWN_TYPE.to_owned(),
    }
}

fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.member(key).and_then(|member| member.value.as_str())
}

fn task(state: &StateNode, arguments: Option<&Node>) -> String {
    let Some(resource) = state
        .resource
        .as_deref()
        .filter(|resource| !resource.is_empty())
    else {
        return say::NO_RESOURCE.to_owned();
    };
    let known = catalog::of_resource(resource);
    let said = known.and_then(|(action, _)| subject(action, arguments?));
    match (said, known) {
        (Some(said), _) => said,
        (None, Some((action, _))) if action != catalog::approval() => action.noun.to_owned(),
        (None, _) => match resource.split_once(":states:::") {
            Some((_, target)) => sdk_words(resource).unwrap_or_else(|| target.replace(':', " ")),
            None => last_part(resource),
        },
    }
}

/// What a call works on, when its request says it.
fn subject(action: &Action, request: &Node) -> Option<String> {
    match action.subject {
        Subject::None => None,
        Subject::Alone(field) if action.form == Form::Activity => {
            text(request, field).map(str::to_owned)
        }
        Subject::Alone(field) => text(request, field).map(last_part),
        Subject::After(field) => {
            let service = action.service()?.short;
            text(request, field).map(|name| format!("{service} {}", last_part(name)))
        }
    }
}

/// What stands after the last colon (or slash) of an ARN; a version's suffix goes.
fn last_part(arn: &str) -> String {
    let arn = arn.strip_suffix(":$LATEST").unwrap_or(arn);
    arn.trim_end_matches('/')
        .rsplit(':')
        .find(|part| !part.is_empty())
        .unwrap_or(arn)
        .trim_start_matches("//")
        .to_owned()
}

fn wait<'a>(field: impl Fn(&str) -> Option<&'a Node>) -> String {
    if let Some(seconds) = field("Seconds") {
        return match &seconds.kind {
            asl::text::NodeKind::Number(number) => number
                .parse()
                .map_or_else(|_| number.to_string(), say::duration),
            _ => seconds.as_str().unwrap_or(say::AWHILE).to_owned(),
        };
    }
    if let Some(path) = field("SecondsPath").and_then(Node::as_str) {
        return say::seconds_at(path);
    }
    let until = field("Timestamp")
        .or_else(|| field("TimestampPath"))
        .and_then(Node::as_str);
    until.map_or_else(|| say::NO_TIME.to_owned(), say::until)
}

/// How often a state is tried again at most by the retrier that tries most; 0 where none does. A retrier that does not say
/// how often tries three times (spec, "Retrying after error").
pub(super) fn retries(document: &Document, state: &StateNode) -> u64 {
    if state.retriers == 0 {
        return 0;
    }
    let retriers = document.get(&state.pointer.join("Retry"));
    let Some(asl::text::NodeKind::Array(retriers)) = retriers.map(|node| &node.kind) else {
        return 0;
    };
    let each = retriers.iter().map(|retrier| {
        let said = retrier
            .member("MaxAttempts")
            .map(|member| &member.value.kind);
        if let Some(asl::text::NodeKind::Number(number)) = said {
            number.parse().unwrap_or(3)
        } else {
            3
        }
    });
    each.max().unwrap_or(0)
}

fn map(outline: &Outline, state: &StateNode, limit: Option<&Node>) -> String {
    if let Some(asl::text::NodeKind::Number(limit)) = limit.map(|node| &node.kind)
        && &**limit != "0"
    {
        return say::at_once(limit);
    }
    let inside: usize = state
        .children
        .iter()
        .map(|block| outline.blocks[block.0].states.len())
        .sum();
    say::for_each_item(inside)
}

/// The status that a condition is shown as.
pub(super) fn status(condition: Condition) -> crate::ui::Status {
    use crate::ui::Status;
    match condition {
        Condition::Running => Status::Running,
        Condition::Waiting => Status::Waiting,
        Condition::Paused => Status::Paused,
        Condition::Succeeded => Status::Succeeded,
        Condition::Failed => Status::Failed,
        Condition::TimedOut => Status::TimedOut,
        Condition::Aborted => Status::Aborted,
        Condition::Skipped => Status::Skipped,
        Condition::Added => Status::Added,
        Condition::Removed => Status::Removed,
        Condition::Changed => Status::Changed,
    }
}

/// A node's name for assistive technology: "Train model, Task, 1 problem, Failed".
pub(crate) fn spoken(
    name: &str,
    kind: Kind,
    problems: usize,
    mark: Option<&Mark>,
    breakpoint: bool,
) -> String {
    let mut words = vec![name.to_owned(), kind.label().to_owned()];
    if problems > 0 {
        words.push(say::problems(problems));
    }
    words.extend(mark.map(|mark| status(mark.condition).label().to_owned()));
    words.extend(breakpoint.then(|| say::BREAKPOINT.to_owned()));
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact_of(state: &str) -> String {
        let text = format!(r#"{{"StartAt": "A", "States": {{"A": {state}}}}}"#);
        let document = Document::parse(text);
        let outline = Outline::of(&document);
        fact(&outline, &document, &outline.states[0])
    }

    #[test]
    fn a_task_shows_what_it_calls() {
        let lambda = r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "arn:aws:lambda:us-east-1:1:function:clean:$LATEST"}}"#;
        assert_eq!(fact_of(lambda), "clean");
        assert_eq!(
            fact_of(r#"{"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:1:function:clean"}"#),
            "clean"
        );
        let training =
            r#"{"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync"}"#;
        assert_eq!(fact_of(training), "SageMaker training job");
        assert_eq!(fact_of(r#"{"Type": "Task"}"#), "No resource yet");
    }

    #[test]
    fn the_mark_of_retries_is_how_often_a_state_is_tried_again_at_most() {
        let retries_of = |retry: &str| {
            let text = format!(
                r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Task", "Retry": {retry}}}}}}}"#
            );
            let document = Document::parse(text);
            retries(&document, &Outline::of(&document).states[0])
        };
        assert_eq!(retries_of(r#"[{"MaxAttempts": 1}, {"MaxAttempts": 5}]"#), 5);
        assert_eq!(retries_of("[{}]"), 3);
        assert_eq!(retries_of(r#"[{"MaxAttempts": 0}]"#), 0);
        assert_eq!(retries_of("[]"), 0);
    }

    #[test]
    fn a_wait_says_how_long() {
        assert_eq!(fact_of(r#"{"Type": "Wait", "Seconds": 600}"#), "10 min");
        assert_eq!(
            fact_of(r#"{"Type": "Wait", "Seconds": 12000}"#),
            "3 h 20 min"
        );
        assert_eq!(fact_of(r#"{"Type": "Wait", "Seconds": 604800}"#), "7 days");
        assert_eq!(
            fact_of(r#"{"Type": "Wait", "Timestamp": "2030-01-01T00:00:00Z"}"#),
            "Until 2030-01-01T00:00:00Z"
        );
    }

    #[test]
    fn a_name_is_spoken_with_type_problems_and_condition() {
        assert_eq!(
            spoken("Train", Kind::Task, 1, None, false),
            "Train, Task, 1 problem"
        );
        let mark = Mark {
            condition: Condition::Failed,
            detail: None,
            count: 1,
        };
        assert_eq!(
            spoken("Train", Kind::Task, 0, Some(&mark), true),
            "Train, Task, Failed, breakpoint"
        );
    }
}
