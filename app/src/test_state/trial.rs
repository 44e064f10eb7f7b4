//! The run of a test: one state on the product's own engine, and what came of it in the order of the data flow.

use super::entries::Entries;
use crate::text::test_state as text;
use asl::graph::StateType;
use asl::test_state::{Progress, Refusal, Reply, Request, Status, Surroundings, TestState};
use asl::text::{Document, Node, Pointer};
use serde_json::Value;
use std::sync::Arc;

/// A state of a definition that is to be tested.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) document: Arc<Document>,
    pub(super) state: Pointer,
    pub(super) name: String,
    pub(super) kind: StateType,
    pub(super) machine: String,
}

/// What a test came to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    pub(super) reply: Reply,
    /// Each value on its way through the state.
    pub(super) steps: Vec<Step>,
    /// Which retrier or catcher took the error, in a sentence.
    pub(super) handled: Option<String>,
    /// Whether the rest of the pipeline has errors, so that the state was tested apart from it.
    pub(super) is_apart: bool,
}

/// A value on its way through the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// In plain words.
    pub(super) title: &'static str,
    /// AWS's name of the value in a reply.
    pub(super) name: String,
    /// As JSON text.
    pub(super) value: String,
}

/// Runs the state.
///
/// # Errors
///
/// A sentence that says why the test cannot be made.
pub(super) fn run(subject: &Subject, entries: &Entries, now_ms: i64) -> Result<Outcome, String> {
    let root = subject.document.root().and_then(Node::to_value);
    let whole = root.map(|root| root.to_string()).unwrap_or_default();
    let request = Request {
        definition: whole,
        state_name: Some(subject.name.clone()),
        ..entries.request(subject.kind)
    };
    match tried(&request, subject, now_ms) {
        Err(Refusal::Definition(_)) => {
            let request = Request {
                definition: alone(subject),
                state_name: None,
                ..request
            };
            let reply = tried(&request, subject, now_ms).map_err(|refusal| words(&refusal))?;
            Ok(outcome(reply, true))
        }
        Err(refusal) => Err(words(&refusal)),
        Ok(reply) => Ok(outcome(reply, false)),
    }
}

fn tried(request: &Request, subject: &Subject, now_ms: i64) -> Result<Reply, Refusal> {
    let around = Surroundings {
        region: "us-east-1".to_owned(),
        account_id: "123456789012".to_owned(),
        machine_name: subject.machine.clone(),
        execution_name: "test".to_owned(),
    };
    let mut entropy = [0; 32];
    entropy[..8].copy_from_slice(&now_ms.to_be_bytes());
    let moment = asl::machine::Moment { now_ms, entropy };
    let mut test = TestState::new(request, &around, moment)?;
    match test.begin(moment)? {
        Progress::Done(reply) => Ok(reply),
        Progress::Task(task) => Err(Refusal::ResourceNeedsMock(task.resource.to_string())),
    }
}

/// The state by itself, with the query language that holds in it.
fn alone(subject: &Subject) -> String {
    let mut state = subject
        .document
        .get(&subject.state)
        .and_then(Node::to_value)
        .unwrap_or_default();
    let root = subject.document.root();
    let language = root.and_then(|root| root.field("QueryLanguage")?.to_value());
    if let (Some(members), Some(language)) = (state.as_object_mut(), language) {
        members.entry("QueryLanguage").or_insert(language);
    }
    state.to_string()
}

/// A refusal in words for people, where AWS's own name parts of a request that nobody here has written.
fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Definition(found) => text::has_errors(&found.to_string()),
        Refusal::ResultDoesNotFit(why) => text::unfitting(&why.to_string()),
        Refusal::ResultIsNoArray => text::NO_ARRAY.to_owned(),
        Refusal::ResultIsNoObject => text::NO_OBJECT_RESULT.to_owned(),
        Refusal::ResultIsNotOfEachBranch => text::NOT_OF_EACH_BRANCH.to_owned(),
        Refusal::TooManyFailures => text::TOO_MANY_FAILURES.to_owned(),
        Refusal::NotInside(name) => text::not_inside(name),
        Refusal::StateNeedsMock
        | Refusal::ResourceNeedsMock(_)
        | Refusal::Input(_)
        | Refusal::StateNotFound
        | Refusal::TakesNoMock(_)
        | Refusal::NeedsMock(_)
        | Refusal::RevealSecretsWithMock
        | Refusal::MockIsNotOne
        | Refusal::ResultIsNoJson
        | Refusal::Unfitting(..)
        | Refusal::Context(_)
        | Refusal::Variables
        | Refusal::NeedsRole => refusal.to_string(),
    }
}

fn outcome(reply: Reply, is_apart: bool) -> Outcome {
    let data = reply.inspection_data.clone().unwrap_or_default();
    let mut steps: Vec<Step> = data
        .iter()
        .filter_map(|(name, value)| {
            Some(Step {
                title: title(name)?,
                name: name.clone(),
                value: value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned),
            })
        })
        .collect();
    // Variables are what the state leaves behind, so they come after its output.
    let (left, mut way): (Vec<Step>, Vec<Step>) =
        steps.drain(..).partition(|step| step.name == "variables");
    if let Some(output) = &reply.output {
        way.push(Step {
            title: text::OUTPUT,
            name: "output".to_owned(),
            value: output.to_string(),
        });
    }
    way.extend(left);
    Outcome {
        handled: handled(reply.status, data.get("errorDetails")),
        steps: way,
        reply,
        is_apart,
    }
}

/// A value of a reply in plain words; none for what is no value on the way.
fn title(name: &str) -> Option<&'static str> {
    Some(match name {
        "input" => text::INPUT,
        "afterInputPath" => text::AFTER_INPUT_PATH,
        "afterParameters" => text::AFTER_PARAMETERS,
        "afterArguments" => text::ARGUMENTS,
        "afterItemsPath" => text::ITEMS,
        "afterItemsPointer" => text::ITEMS_IN_FILE,
        "afterItemSelector" => text::EACH_ITEM,
        "afterItemBatcher" => text::EACH_BATCH,
        "maxConcurrency" => text::AT_ONCE,
        "toleratedFailureCount" => text::TOLERATED,
        "toleratedFailurePercentage" => text::TOLERATED_SHARE,
        "result" => text::RESULT,
        "afterResultSelector" => text::AFTER_RESULT_SELECTOR,
        "afterResultPath" => text::AFTER_RESULT_PATH,
        "variables" => text::VARIABLES,
        _ => return None,
    })
}

fn handled(status: Status, details: Option<&Value>) -> Option<String> {
    let number = |name: &str| details?.get(name)?.as_u64();
    match status {
        Status::CaughtError => number("catchIndex").map(|index| text::caught_by(index + 1)),
        Status::Retriable => number("retryIndex").map(|index| {
            let wait = number("retryBackoffIntervalSeconds").unwrap_or(0);
            text::retried_by(index + 1, wait)
        }),
        Status::Succeeded | Status::Failed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::entries::Work;
    use super::*;
    use serde_json::json;

    fn subject(text: &Value, kind: StateType) -> Subject {
        Subject {
            document: Arc::new(Document::parse(text.to_string())),
            state: "/States/Work".parse().expect("a pointer"),
            name: "Work".to_owned(),
            kind,
            machine: "pipeline".to_owned(),
        }
    }

    fn task() -> Value {
        json!({
            "StartAt": "Work",
            "States": {
                "Work": {
                    "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
                    "InputPath": "$.a", "ResultSelector": {"s.$": "$.score"}, "ResultPath": "$.found",
                    "Assign": {"best.$": "$.score"},
                    "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 3, "MaxAttempts": 1}],
                    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Done"}], "Next": "Done"
                },
                "Done": {"Type": "Succeed"}
            }
        })
    }

    fn entries(result: &str) -> Entries {
        Entries {
            input: r#"{"a": {"x": 1}}"#.to_owned(),
            result: result.to_owned(),
            ..Entries::default()
        }
    }

    #[test]
    fn each_value_on_the_way_through_a_state_is_shown_in_order() {
        let subject = subject(&task(), StateType::Task);
        let found = run(&subject, &entries(r#"{"score": 0.5}"#), 0).expect("an outcome");
        assert_eq!(found.reply.status, Status::Succeeded);
        assert_eq!(found.reply.next_state.as_deref(), Some("Done"));
        let names: Vec<&str> = found.steps.iter().map(|step| &*step.name).collect();
        assert_eq!(
            names,
            [
                "input",
                "afterInputPath",
                "afterParameters",
                "result",
                "afterResultSelector",
                "afterResultPath",
                "output",
                "variables"
            ]
        );
        let last = found.steps.last().expect("variables");
        assert_eq!(last.value, r#"{"best":0.5}"#);
    }

    #[test]
    fn an_error_is_tried_again_and_then_caught() {
        let subject = subject(&task(), StateType::Task);
        let failing = Entries {
            work: Work::Error,
            error: "Busy".to_owned(),
            cause: "too many".to_owned(),
            ..entries("null")
        };
        let found = run(&subject, &failing, 0).expect("an outcome");
        assert_eq!(found.reply.status, Status::Retriable);
        assert_eq!(
            found.handled.as_deref(),
            Some("Retry rule 1 tries again after 3 s.")
        );
        let again = Entries {
            retries: 1,
            ..failing
        };
        let found = run(&subject, &again, 0).expect("an outcome");
        assert_eq!(found.reply.status, Status::CaughtError);
        assert_eq!(found.handled.as_deref(), Some("Catch rule 1 takes it."));
        assert_eq!(found.reply.cause.as_deref(), Some("too many"));
    }

    #[test]
    fn errors_elsewhere_in_the_pipeline_do_not_hold_a_test_up_and_those_of_the_state_do() {
        let mut text = task();
        text["States"]["Other"] = json!({"Type": "Pass", "Next": "Nowhere"});
        let found = run(
            &subject(&text, StateType::Task),
            &entries("{\"score\": 1}"),
            0,
        );
        assert!(found.expect("an outcome").is_apart);
        text["States"]["Work"]["MaxConcurrency"] = json!("x");
        text["States"]["Work"]["TimeoutSeconds"] = json!(-1);
        let refused = run(&subject(&text, StateType::Task), &entries("{}"), 0);
        assert!(refused.is_err_and(|words| words.contains("TimeoutSeconds")));
    }

    #[test]
    fn a_parallel_is_tested_with_the_results_of_its_branches() {
        let branch =
            |name: &str| json!({"StartAt": name, "States": {name: {"Type": "Pass", "End": true}}});
        let text = json!({"QueryLanguage": "JSONata", "StartAt": "Work", "States": {"Work": {
            "Type": "Parallel", "Branches": [branch("I"), branch("J")], "Output": "{% $sum($states.result) %}", "End": true}}});
        let subject = subject(&text, StateType::Parallel);
        let found = run(&subject, &entries("[1, 2]"), 0).expect("an outcome");
        assert_eq!(found.reply.output.as_deref(), Some("3"));
        let refused = run(&subject, &entries("[1]"), 0);
        assert!(refused.is_err_and(|words| words.contains("each branch")));
    }
}
