//! Definitions made by code: as large as asked for, valid, with every type of state in both query languages.

use serde_json::{Map, Value, json};

/// The query language of a generated machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// JSONPath.
    JsonPath,
    /// JSONata.
    Jsonata,
}

/// States that one section of [`machine`] has, nested ones included.
const SECTION: usize = 17;

/// A definition of at least `bytes` bytes, indented as people write them.
pub fn of_size(bytes: usize) -> String {
    let one = pretty(&machine(1)).len();
    let section = pretty(&machine(2)).len() - one;
    let mut sections = 1 + bytes.saturating_sub(one) / section;
    loop {
        let text = pretty(&machine(sections));
        if text.len() >= bytes {
            return text;
        }
        sections += 1;
    }
}

/// A definition of at least `count` states.
pub fn of_states(count: usize) -> String {
    pretty(&machine(count.div_ceil(SECTION)))
}

fn pretty(definition: &Value) -> String {
    format!("{definition:#}")
}

/// Sections in a row; each prepares, decides, works, fans out, waits and reports.
fn machine(sections: usize) -> Value {
    let mut states = Map::new();
    for number in 0..sections {
        let next = if number + 1 < sections {
            format!("Prepare {}", number + 1)
        } else {
            "Done".to_owned()
        };
        section(&mut states, number, &next);
    }
    states.insert("Done".to_owned(), json!({"Type": "Succeed"}));
    states.insert(
        "Gave up".to_owned(),
        json!({"Type": "Fail", "Error": "Pipeline.GaveUp", "CausePath": "$.error.Cause"}),
    );
    json!({
        "Comment": "Trains, checks and delivers models, one section for each",
        "StartAt": "Prepare 0",
        "TimeoutSeconds": 86_400,
        "States": states,
    })
}

fn section(states: &mut Map<String, Value>, number: usize, next: &str) {
    let mut put = |name: &str, state: Value| states.insert(format!("{name} {number}"), state);
    let to = |name: &str| format!("{name} {number}");
    put("Prepare", prepare(&to("Train")));
    put("Train", train(&to("Route")));
    put("Route", route(&to("Compare"), &to("Settle")));
    put("Compare", compare(number, &to("Score each")));
    put("Score each", score_each(number, &to("Report")));
    put(
        "Settle",
        json!({"Type": "Wait", "SecondsPath": "$.settle.seconds", "Next": to("Report")}),
    );
    put("Report", report(next));
}

fn prepare(next: &str) -> Value {
    json!({
        "Type": "Pass",
        "Comment": "Names the run and remembers where its data lies",
        "Parameters": {
            "run.$": "States.Format('{}-{}', $.name, States.UUID())",
            "data.$": "$.sources[?(@.ready == true)].uri",
            "bucket.$": "$$.Execution.Input.bucket",
            "limits": {"minutes": 90, "instances": [1, 2, 4]},
        },
        "ResultPath": "$.job",
        "Assign": {"name.$": "$.name", "bucket.$": "$.bucket"},
        "Next": next,
    })
}

fn train(next: &str) -> Value {
    json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync",
        "Parameters": {
            "TrainingJobName.$": "$.job.run",
            "RoleArn": "arn:aws:iam::123456789012:role/Training",
            "AlgorithmSpecification": {"TrainingImage": "registry/train:1", "TrainingInputMode": "File"},
            "OutputDataConfig": {"S3OutputPath.$": "States.Format('s3://{}/models/{}', $bucket, $name)"},
            "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 30},
            "StoppingCondition": {"MaxRuntimeInSeconds": 5_400},
        },
        "TimeoutSeconds": 7_200,
        "Retry": [
            {"ErrorEquals": ["SageMaker.ThrottlingException"], "IntervalSeconds": 2, "MaxAttempts": 6, "BackoffRate": 2.0,
             "MaxDelaySeconds": 60, "JitterStrategy": "FULL"},
            {"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 5, "MaxAttempts": 2, "BackoffRate": 1.5},
        ],
        "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Gave up"}],
        "ResultSelector": {"model.$": "$.ModelArtifacts.S3ModelArtifacts", "status.$": "$.TrainingJobStatus"},
        "ResultPath": "$.training",
        "Next": next,
    })
}

fn route(good: &str, unsure: &str) -> Value {
    json!({
        "Type": "Choice",
        "Choices": [
            {"And": [
                {"Variable": "$.training.status", "StringEquals": "Completed"},
                {"Or": [
                    {"Variable": "$.metrics.accuracy", "NumericGreaterThanEquals": 0.85},
                    {"Not": {"Variable": "$.metrics.required", "BooleanEquals": true}},
                ]},
            ], "Next": good},
            {"Variable": "$.training.status", "StringMatches": "Stopp*", "Next": unsure},
        ],
        "Default": "Gave up",
    })
}

fn compare(number: usize, next: &str) -> Value {
    let branch = |name: &str, function: &str| {
        let (call, judge) = (
            format!("Call {name} {number}"),
            format!("Judge {name} {number}"),
        );
        json!({
            "StartAt": call.as_str(),
            "States": {
                (call): {
                    "Type": "Task",
                    "QueryLanguage": "JSONata",
                    "Resource": "arn:aws:states:::lambda:invoke",
                    "Arguments": {
                        "FunctionName": function,
                        "Payload": "{% $merge([$states.input, {'run': $states.context.Execution.Name}]) %}",
                    },
                    "Assign": {"score": "{% $round($states.result.Payload.score * 100, 2) %}"},
                    "Output": "{% $states.result.Payload %}",
                    "Next": judge.as_str(),
                },
                (judge): {
                    "Type": "Pass",
                    "QueryLanguage": "JSONata",
                    "Output": {"score": "{% $score %}", "good": "{% $score >= 85 %}"},
                    "End": true,
                },
            },
        })
    };
    json!({
        "Type": "Parallel",
        "Branches": [branch("old", "score-old"), branch("new", "score-new")],
        "ResultPath": "$.scores",
        "Catch": [{"ErrorEquals": ["States.TaskFailed"], "ResultPath": "$.error", "Next": "Gave up"}],
        "Next": next,
    })
}

fn score_each(number: usize, next: &str) -> Value {
    let name = |name: &str| format!("{name} {number}");
    json!({
        "Type": "Map",
        "ItemsPath": "$.items",
        "ItemSelector": {"item.$": "$$.Map.Item.Value", "index.$": "$$.Map.Item.Index", "model.$": "$.training.model"},
        "MaxConcurrency": 8,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "INLINE"},
            "StartAt": name("Large item"),
            "States": {
                (name("Large item")): {
                    "Type": "Choice",
                    "QueryLanguage": "JSONata",
                    "Choices": [{"Condition": "{% $states.input.item.bytes > 1000000 %}", "Next": name("Split item")}],
                    "Default": name("Score item"),
                },
                (name("Split item")): {
                    "Type": "Parallel",
                    "Branches": [
                        {"StartAt": name("First half"), "States": {(name("First half")): half(0)}},
                        {"StartAt": name("Second half"), "States": {(name("Second half")): half(1)}},
                    ],
                    "End": true,
                },
                (name("Score item")): {
                    "Type": "Task",
                    "Resource": "arn:aws:lambda:us-east-1:123456789012:function:score",
                    "HeartbeatSeconds": 30,
                    "TimeoutSeconds": 300,
                    "Next": name("Item done"),
                },
                (name("Item done")): {"Type": "Succeed", "OutputPath": "$.score"},
            },
        },
        "ResultPath": "$.items",
        "Next": next,
    })
}

fn half(index: usize) -> Value {
    json!({
        "Type": "Pass",
        "Parameters": {"part.$": format!("States.ArrayGetItem(States.ArrayPartition($.item.rows, 500), {index})")},
        "End": true,
    })
}

fn report(next: &str) -> Value {
    json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::sns:publish",
        "Parameters": {
            "TopicArn": "arn:aws:sns:us-east-1:123456789012:models",
            "Message": {"run.$": "$.job.run", "scores.$": "$.scores[*].score", "text": "The model is \"ready\"; see the dashboard."},
        },
        "ResultPath": null,
        "Next": next,
    })
}

/// Ten Pass states in a row that hand their input on.
pub fn chain(language: Language) -> String {
    chain_of(language, &json!({"Type": "Pass"}))
}

/// Ten Pass states in a row, each of which makes a new output from its input.
pub fn working_chain(language: Language) -> String {
    let state = match language {
        Language::JsonPath => json!({
            "Type": "Pass",
            "Parameters": {"name.$": "$.name", "total.$": "States.MathAdd($.total, 1)"},
            "ResultPath": "$.step",
        }),
        Language::Jsonata => json!({
            "Type": "Pass",
            "Output": {"name": "{% $states.input.name %}", "total": "{% $states.input.total + 1 %}", "rows": "{% $states.input.rows %}"},
        }),
    };
    chain_of(language, &state)
}

fn chain_of(language: Language, state: &Value) -> String {
    const LENGTH: usize = 10;
    let states = (1..=LENGTH).map(|number| {
        let mut state = state.clone();
        if number == LENGTH {
            state["End"] = json!(true);
        } else {
            state["Next"] = json!(format!("Step {}", number + 1));
        }
        (format!("Step {number}"), state)
    });
    let states: Map<String, Value> = states.collect();
    json!({"QueryLanguage": language.name(), "StartAt": "Step 1", "States": states}).to_string()
}

/// A loop of two states that counts in a variable and hands its input on; the length of a history ends it.
pub fn counting_loop(language: Language) -> String {
    let states = match language {
        Language::JsonPath => json!({
            "Count": {"Type": "Pass", "Assign": {"count.$": "States.MathAdd($count, 1)"}, "Next": "More"},
            "More": {
                "Type": "Choice",
                "Choices": [{"Variable": "$count", "NumericLessThan": 1_000_000, "Next": "Count"}],
                "Default": "Done",
            },
            "Begin": {"Type": "Pass", "Assign": {"count": 0}, "Next": "Count"},
            "Done": {"Type": "Succeed"},
        }),
        Language::Jsonata => json!({
            "Count": {"Type": "Pass", "Assign": {"count": "{% $count + 1 %}"}, "Next": "More"},
            "More": {
                "Type": "Choice",
                "Choices": [{"Condition": "{% $count < 1000000 %}", "Next": "Count"}],
                "Default": "Done",
            },
            "Begin": {"Type": "Pass", "Assign": {"count": 0}, "Next": "Count"},
            "Done": {"Type": "Succeed"},
        }),
    };
    json!({"QueryLanguage": language.name(), "StartAt": "Begin", "States": states}).to_string()
}

/// A loop of one state that changes its input at each turn, so that every event holds another text.
pub fn changing_loop() -> String {
    json!({
        "StartAt": "Change",
        "States": {"Change": {
            "Type": "Pass",
            "Parameters": {"total.$": "States.MathAdd($.total, 1)"},
            "ResultPath": "$.step",
            "Next": "Change",
        }},
    })
    .to_string()
}

/// An input of about `bytes` bytes: a name, a number and rows.
pub fn payload(bytes: usize) -> String {
    let mut rows = Vec::new();
    let mut length = 60;
    while length < bytes {
        let row =
            json!({"id": rows.len(), "label": "a row of the sample", "value": 0.25, "ok": true});
        length += row.to_string().len() + 1;
        rows.push(row);
    }
    json!({"name": "sample", "total": 1, "rows": rows}).to_string()
}

impl Language {
    /// Its name in a definition.
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonPath => "JSONPath",
            Self::Jsonata => "JSONata",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::check::{MachineType, check};
    use asl::definition::StateMachine;
    use asl::text::Document;

    fn assert_runs(text: &str) {
        let document = Document::parse(text);
        let found = check(&document, MachineType::Standard);
        assert_eq!(found, [], "{}", &text[..text.len().min(200)]);
        StateMachine::build(&document).unwrap();
    }

    #[test]
    fn generated_definitions_have_no_findings_and_can_be_run() {
        assert_runs(&of_size(20_000));
        for language in [Language::JsonPath, Language::Jsonata] {
            assert_runs(&chain(language));
            assert_runs(&working_chain(language));
            assert_runs(&counting_loop(language));
        }
    }

    #[test]
    fn a_definition_has_the_size_or_the_number_of_states_that_was_asked_for() {
        let text = of_size(100_000);
        assert!((100_000..110_000).contains(&text.len()), "{}", text.len());
        let document = Document::parse(of_states(200));
        let machine = StateMachine::build(&document).unwrap();
        assert!((200..=200 + SECTION + 2).contains(&machine.states().count()));
    }
}
