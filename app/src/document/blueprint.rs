//! What a new state looks like: valid from the first moment, with plain placeholder values to replace.
//!
//! The flow (`Next`, `End`) is not part of it; the verb that inserts the state adds that.

use super::Language;
use asl::graph::StateType;
use serde_json::{Map, Value, json};

/// A kind of state that can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "each is what its name says; `label` has the words"
)]
pub enum Blueprint {
    Choice,
    Parallel,
    Map,
    Wait,
    Pass,
    Succeed,
    Fail,
    Task,
    Reviewer,
    Lambda,
    SageMakerTraining,
    GlueJob,
    BatchJob,
    SnsPublish,
    Http,
    StepFunctionsStart,
}

impl Blueprint {
    /// Every kind, in the palette's order.
    pub const ALL: [Self; 16] = [
        Self::Choice,
        Self::Parallel,
        Self::Map,
        Self::Wait,
        Self::Pass,
        Self::Succeed,
        Self::Fail,
        Self::Task,
        Self::Reviewer,
        Self::Lambda,
        Self::SageMakerTraining,
        Self::GlueJob,
        Self::BatchJob,
        Self::SnsPublish,
        Self::Http,
        Self::StepFunctionsStart,
    ];

    /// The plain kind of a state type.
    pub fn of(kind: StateType) -> Self {
        match kind {
            StateType::Task => Self::Task,
            StateType::Pass => Self::Pass,
            StateType::Choice => Self::Choice,
            StateType::Wait => Self::Wait,
            StateType::Succeed => Self::Succeed,
            StateType::Fail => Self::Fail,
            StateType::Parallel => Self::Parallel,
            StateType::Map => Self::Map,
        }
    }

    /// The type of the state.
    pub fn kind(self) -> StateType {
        match self {
            Self::Choice => StateType::Choice,
            Self::Parallel => StateType::Parallel,
            Self::Map => StateType::Map,
            Self::Wait => StateType::Wait,
            Self::Pass => StateType::Pass,
            Self::Succeed => StateType::Succeed,
            Self::Fail => StateType::Fail,
            Self::Task
            | Self::Reviewer
            | Self::Lambda
            | Self::SageMakerTraining
            | Self::GlueJob
            | Self::BatchJob
            | Self::SnsPublish
            | Self::Http
            | Self::StepFunctionsStart => StateType::Task,
        }
    }

    /// Its name in the palette.
    pub fn label(self) -> &'static str {
        match self {
            Self::Choice => "Choice",
            Self::Parallel => "Parallel",
            Self::Map => "Map",
            Self::Wait => "Wait",
            Self::Pass => "Pass",
            Self::Succeed => "Succeed",
            Self::Fail => "Fail",
            Self::Task => "Task",
            Self::Reviewer => "Ask a reviewer",
            Self::Lambda => "Lambda",
            Self::SageMakerTraining => "SageMaker",
            Self::GlueJob => "Glue",
            Self::BatchJob => "Batch",
            Self::SnsPublish => "SNS",
            Self::Http => "HTTP",
            Self::StepFunctionsStart => "Step Functions",
        }
    }

    /// What it does, in a few words.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Choice => "Go one way or another",
            Self::Parallel => "Several things at once",
            Self::Map => "Repeat for every item",
            Self::Wait => "For a time, or to a date",
            Self::Pass => "Reshape the data",
            Self::Succeed => "End without an error",
            Self::Fail => "End with an error",
            Self::Task => "Let a service do work",
            Self::Reviewer => "Wait for a decision",
            Self::Lambda => "Invoke a function",
            Self::SageMakerTraining => "Create a training job",
            Self::GlueJob => "Run a data job",
            Self::BatchJob => "Submit a batch job",
            Self::SnsPublish => "Publish a message",
            Self::Http => "Call a web address",
            Self::StepFunctionsStart => "Start another pipeline",
        }
    }

    /// The plain name that a new state begins with; a number follows when it is taken.
    pub fn name(self) -> &'static str {
        match self {
            Self::Choice
            | Self::Parallel
            | Self::Map
            | Self::Wait
            | Self::Pass
            | Self::Succeed
            | Self::Fail => self.label(),
            Self::Task => "Task",
            Self::Reviewer => "Ask a reviewer",
            Self::Lambda => "Invoke function",
            Self::SageMakerTraining => "Train model",
            Self::GlueJob => "Run Glue job",
            Self::BatchJob => "Run batch job",
            Self::SnsPublish => "Publish message",
            Self::Http => "Call HTTP endpoint",
            Self::StepFunctionsStart => "Start pipeline",
        }
    }

    /// The state's members without its flow. `inner` gives a free name for each state inside it.
    pub fn value(
        self,
        language: Language,
        mut inner: impl FnMut(&str) -> String,
    ) -> Map<String, Value> {
        let value = match self {
            Self::Choice => choice(language),
            Self::Parallel => json!({
                "Type": "Parallel",
                "Branches": [block(&inner("Step")), block(&inner("Step"))],
            }),
            Self::Map => map(language, &inner("Each item")),
            Self::Wait => json!({ "Type": "Wait", "Seconds": 60 }),
            Self::Pass => json!({ "Type": "Pass" }),
            Self::Succeed => json!({ "Type": "Succeed" }),
            Self::Fail => {
                json!({ "Type": "Fail", "Error": "Failed", "Cause": "Say what went wrong." })
            }
            Self::Task
            | Self::Reviewer
            | Self::Lambda
            | Self::SageMakerTraining
            | Self::GlueJob
            | Self::BatchJob
            | Self::SnsPublish
            | Self::Http
            | Self::StepFunctionsStart => self.task(language),
        };
        match value {
            Value::Object(members) => members,
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Map::new(),
        }
    }

    fn task(self, language: Language) -> Value {
        let mut members = Map::new();
        members.insert("Type".to_owned(), json!("Task"));
        members.insert("Resource".to_owned(), json!(self.resource()));
        let arguments = self.arguments(language);
        if !arguments.is_null() {
            let field = match language {
                Language::JsonPath => "Parameters",
                Language::JsonAta => "Arguments",
            };
            members.insert(field.to_owned(), arguments);
        }
        self.extras(language, &mut members);
        Value::Object(members)
    }

    fn resource(self) -> &'static str {
        match self {
            Self::Reviewer => "arn:aws:states:us-east-1:123456789012:activity:approvals",
            Self::Lambda => "arn:aws:states:::lambda:invoke",
            Self::SageMakerTraining => "arn:aws:states:::sagemaker:createTrainingJob.sync",
            Self::GlueJob => "arn:aws:states:::glue:startJobRun.sync",
            Self::BatchJob => "arn:aws:states:::batch:submitJob.sync",
            Self::SnsPublish => "arn:aws:states:::sns:publish",
            Self::Http => "arn:aws:states:::http:invoke",
            Self::StepFunctionsStart => "arn:aws:states:::states:startExecution.sync:2",
            Self::Choice
            | Self::Parallel
            | Self::Map
            | Self::Wait
            | Self::Pass
            | Self::Succeed
            | Self::Fail
            | Self::Task => "arn:aws:lambda:us-east-1:123456789012:function:my-function",
        }
    }

    fn arguments(self, language: Language) -> Value {
        match self {
            Self::Reviewer => with_input(language, "Evidence", reviewer_request()),
            Self::Lambda => with_input(
                language,
                "Payload",
                json!({ "FunctionName": "my-function" }),
            ),
            Self::SageMakerTraining => training_job(language),
            Self::GlueJob => json!({ "JobName": "my-job" }),
            Self::BatchJob => {
                json!({ "JobName": "my-job", "JobDefinition": "my-definition", "JobQueue": "my-queue" })
            }
            Self::SnsPublish => with_input(
                language,
                "Message",
                json!({ "TopicArn": "arn:aws:sns:us-east-1:123456789012:my-topic" }),
            ),
            Self::Http => json!({
                "ApiEndpoint": "https://example.com/",
                "Method": "GET",
                "Authentication": {
                    "ConnectionArn": "arn:aws:events:us-east-1:123456789012:connection/my-connection/00000000"
                },
            }),
            Self::StepFunctionsStart => with_input(
                language,
                "Input",
                json!({ "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:my-pipeline" }),
            ),
            Self::Choice
            | Self::Parallel
            | Self::Map
            | Self::Wait
            | Self::Pass
            | Self::Succeed
            | Self::Fail
            | Self::Task => Value::Null,
        }
    }

    fn extras(self, language: Language, members: &mut Map<String, Value>) {
        if self == Self::Lambda {
            members.insert("Retry".to_owned(), json!([lambda_retrier()]));
        }
        match (self, language) {
            (Self::Lambda, Language::JsonPath) => {
                members.insert("OutputPath".to_owned(), json!("$.Payload"))
            }
            (Self::Lambda, Language::JsonAta) => {
                members.insert("Output".to_owned(), json!("{% $states.result.Payload %}"))
            }
            (Self::Reviewer, Language::JsonPath) => {
                members.insert("ResultPath".to_owned(), json!("$.review"))
            }
            (Self::Reviewer, Language::JsonAta) => members.insert(
                "Output".to_owned(),
                json!("{% $merge([$states.input, {'review': $states.result}]) %}"),
            ),
            _ => None,
        };
    }
}

/// `members` with the state's whole input under `field`, last.
fn with_input(language: Language, field: &str, mut members: Value) -> Value {
    match language {
        Language::JsonPath => members[format!("{field}.$")] = json!("$"),
        Language::JsonAta => members[field] = json!("{% $states.input %}"),
    }
    members
}

fn reviewer_request() -> Value {
    json!({
        "Title": "A decision is needed",
        "Question": "Shall this go on?",
        "IfApproved": "The pipeline goes on.",
        "IfRejected": "The pipeline stops here.",
    })
}

/// The retrier that Workflow Studio gives a new Lambda task (feature map, WS-29).
fn lambda_retrier() -> Value {
    json!({
        "ErrorEquals": [
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException",
        ],
        "IntervalSeconds": 1,
        "MaxAttempts": 3,
        "BackoffRate": 2,
        "JitterStrategy": "FULL",
    })
}

fn training_job(language: Language) -> Value {
    let (name, value) = match language {
        Language::JsonPath => ("TrainingJobName.$", "$$.Execution.Name"),
        Language::JsonAta => ("TrainingJobName", "{% $states.context.Execution.Name %}"),
    };
    json!({
        name: value,
        "AlgorithmSpecification": {
            "TrainingImage": "123456789012.dkr.ecr.us-east-1.amazonaws.com/my-image:latest",
            "TrainingInputMode": "File",
        },
        "RoleArn": "arn:aws:iam::123456789012:role/my-training-role",
        "OutputDataConfig": { "S3OutputPath": "s3://my-bucket/models/" },
        "ResourceConfig": { "InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30 },
        "StoppingCondition": { "MaxRuntimeInSeconds": 3600 },
    })
}

/// A Choice with one rule; the verb that inserts it fills in where rule and default lead.
fn choice(language: Language) -> Value {
    match language {
        Language::JsonPath => json!({
            "Type": "Choice",
            "Choices": [{ "Variable": "$.value", "NumericGreaterThanEquals": 1, "Next": "" }],
            "Default": "",
        }),
        Language::JsonAta => json!({
            "Type": "Choice",
            "Choices": [{ "Condition": "{% $states.input.value >= 1 %}", "Next": "" }],
            "Default": "",
        }),
    }
}

fn map(language: Language, inner: &str) -> Value {
    let mut processor = block(inner);
    processor["ProcessorConfig"] = json!({ "Mode": "INLINE" });
    match language {
        Language::JsonPath => {
            json!({ "Type": "Map", "ItemsPath": "$.items", "ItemProcessor": processor })
        }
        Language::JsonAta => {
            json!({ "Type": "Map", "Items": "{% $states.input.items %}", "ItemProcessor": processor })
        }
    }
}

/// A block of one Pass state.
fn block(name: &str) -> Value {
    json!({ "StartAt": name, "States": { name: { "Type": "Pass", "End": true } } })
}
