//! Whole pieces: values of the right shape for fields, states, rules, retriers, catchers, machines.

use super::offer::{Offer, member};
use super::{CompletionKind, Place};
use crate::check::fields::{Field, Kind, Language};
use crate::check::shape::Shape;
use crate::editor::docs;
use crate::editor::names::dangling;
use crate::graph::StateType;

const RETRIER: &str = "{\n\t\"ErrorEquals\": [\"«States.TaskFailed»\"],\n\t\"IntervalSeconds\": «2»,\n\t\"MaxAttempts\": «3»,\n\t\"BackoffRate\": «2»\n}";
const CATCHER: &str = "{\n\t\"ErrorEquals\": [\"«States.ALL»\"],\n\t\"Next\": \"«»\"\n}";
const RULE: &str =
    "{\n\t\"Variable\": \"$.«»\",\n\t\"«StringEquals»\": \"«»\",\n\t\"Next\": \"«»\"\n}";
const INNER_RULE: &str = "{\n\t\"Variable\": \"$.«»\",\n\t\"«StringEquals»\": \"«»\"\n}";
const CONDITION: &str = "{\n\t\"Condition\": \"{% «» %}\",\n\t\"Next\": \"«»\"\n}";
const BRANCH: &str = "{\n\t\"StartAt\": \"«Step»\",\n\t\"States\": {\n\t\t\"«Step»\": {\n\t\t\t\"Type\": \"Pass\",\n\t\t\t\"End\": true\n\t\t}\n\t}\n}";
const MACHINE: &str = "{\n\t\"Comment\": \"«»\",\n\t\"StartAt\": \"«Step»\",\n\t\"States\": {\n\t\t\"«Step»\": {\n\t\t\t\"Type\": \"Pass\",\n\t\t\t\"End\": true\n\t\t}\n\t}\n}";
const JSONATA_MACHINE: &str = "{\n\t\"Comment\": \"«»\",\n\t\"QueryLanguage\": \"JSONata\",\n\t\"StartAt\": \"«Step»\",\n\t\"States\": {\n\t\t\"«Step»\": {\n\t\t\t\"Type\": \"Pass\",\n\t\t\t\"End\": true\n\t\t}\n\t}\n}";

/// A state to begin with: its label, its name, and what comes behind the name in both languages.
struct Skeleton {
    label: &'static str,
    kind: StateType,
    name: &'static str,
    jsonpath: &'static str,
    jsonata: &'static str,
}

const END: &str = ",\n\t\"End\": true\n}";

const STATES: &[Skeleton] = &[
    Skeleton {
        label: "Task state",
        kind: StateType::Task,
        name: "Task",
        jsonpath: "\"Resource\": \"«»\"",
        jsonata: "\"Resource\": \"«»\"",
    },
    Skeleton {
        label: "Lambda task",
        kind: StateType::Task,
        name: "Invoke function",
        jsonpath: "\"Resource\": \"arn:aws:states:::lambda:invoke\",\n\t\"Parameters\": {\n\t\t\"FunctionName\": \"«»\",\n\t\t\"Payload.$\": \"$\"\n\t},\n\t\"OutputPath\": \"$.Payload\",\n\t\"Retry\": [\n\t\t{\n\t\t\t\"ErrorEquals\": [\"Lambda.ServiceException\", \"Lambda.AWSLambdaException\", \"Lambda.SdkClientException\", \"Lambda.TooManyRequestsException\"],\n\t\t\t\"IntervalSeconds\": 1,\n\t\t\t\"MaxAttempts\": 3,\n\t\t\t\"BackoffRate\": 2\n\t\t}\n\t]",
        jsonata: "\"Resource\": \"arn:aws:states:::lambda:invoke\",\n\t\"Arguments\": {\n\t\t\"FunctionName\": \"«»\",\n\t\t\"Payload\": \"{% $states.input %}\"\n\t},\n\t\"Output\": \"{% $states.result.Payload %}\",\n\t\"Retry\": [\n\t\t{\n\t\t\t\"ErrorEquals\": [\"Lambda.ServiceException\", \"Lambda.AWSLambdaException\", \"Lambda.SdkClientException\", \"Lambda.TooManyRequestsException\"],\n\t\t\t\"IntervalSeconds\": 1,\n\t\t\t\"MaxAttempts\": 3,\n\t\t\t\"BackoffRate\": 2\n\t\t}\n\t]",
    },
    Skeleton {
        label: "Training job",
        kind: StateType::Task,
        name: "Train model",
        jsonpath: "\"Resource\": \"arn:aws:states:::sagemaker:createTrainingJob.sync\",\n\t\"Parameters\": {\n\t\t\"TrainingJobName.$\": \"$.«»\",\n\t\t\"AlgorithmSpecification\": {\n\t\t\t\"TrainingImage\": \"«»\",\n\t\t\t\"TrainingInputMode\": \"File\"\n\t\t},\n\t\t\"RoleArn\": \"«»\",\n\t\t\"OutputDataConfig\": {\n\t\t\t\"S3OutputPath\": \"s3://«»\"\n\t\t},\n\t\t\"ResourceConfig\": {\n\t\t\t\"InstanceCount\": 1,\n\t\t\t\"InstanceType\": \"«ml.m5.large»\",\n\t\t\t\"VolumeSizeInGB\": 30\n\t\t},\n\t\t\"StoppingCondition\": {\n\t\t\t\"MaxRuntimeInSeconds\": «3600»\n\t\t}\n\t}",
        jsonata: "\"Resource\": \"arn:aws:states:::sagemaker:createTrainingJob.sync\",\n\t\"Arguments\": {\n\t\t\"TrainingJobName\": \"{% $states.input.«» %}\",\n\t\t\"AlgorithmSpecification\": {\n\t\t\t\"TrainingImage\": \"«»\",\n\t\t\t\"TrainingInputMode\": \"File\"\n\t\t},\n\t\t\"RoleArn\": \"«»\",\n\t\t\"OutputDataConfig\": {\n\t\t\t\"S3OutputPath\": \"s3://«»\"\n\t\t},\n\t\t\"ResourceConfig\": {\n\t\t\t\"InstanceCount\": 1,\n\t\t\t\"InstanceType\": \"«ml.m5.large»\",\n\t\t\t\"VolumeSizeInGB\": 30\n\t\t},\n\t\t\"StoppingCondition\": {\n\t\t\t\"MaxRuntimeInSeconds\": «3600»\n\t\t}\n\t}",
    },
    Skeleton {
        label: "Choice state",
        kind: StateType::Choice,
        name: "Choice",
        jsonpath: "\"Choices\": [\n\t\t{\n\t\t\t\"Variable\": \"$.«»\",\n\t\t\t\"«StringEquals»\": \"«»\",\n\t\t\t\"Next\": \"«»\"\n\t\t}\n\t],\n\t\"Default\": \"«»\"",
        jsonata: "\"Choices\": [\n\t\t{\n\t\t\t\"Condition\": \"{% «» %}\",\n\t\t\t\"Next\": \"«»\"\n\t\t}\n\t],\n\t\"Default\": \"«»\"",
    },
    Skeleton {
        label: "Parallel state",
        kind: StateType::Parallel,
        name: "Parallel",
        jsonpath: PARALLEL,
        jsonata: PARALLEL,
    },
    Skeleton {
        label: "Map state",
        kind: StateType::Map,
        name: "Map",
        jsonpath: "\"ItemsPath\": \"$.«»\",\n\t\"ItemProcessor\": {\n\t\t\"ProcessorConfig\": {\n\t\t\t\"Mode\": \"INLINE\"\n\t\t},\n\t\t\"StartAt\": \"«Step»\",\n\t\t\"States\": {\n\t\t\t\"«Step»\": {\n\t\t\t\t\"Type\": \"Pass\",\n\t\t\t\t\"End\": true\n\t\t\t}\n\t\t}\n\t}",
        jsonata: "\"Items\": \"{% $states.input.«» %}\",\n\t\"ItemProcessor\": {\n\t\t\"ProcessorConfig\": {\n\t\t\t\"Mode\": \"INLINE\"\n\t\t},\n\t\t\"StartAt\": \"«Step»\",\n\t\t\"States\": {\n\t\t\t\"«Step»\": {\n\t\t\t\t\"Type\": \"Pass\",\n\t\t\t\t\"End\": true\n\t\t\t}\n\t\t}\n\t}",
    },
    Skeleton {
        label: "Pass state",
        kind: StateType::Pass,
        name: "Pass",
        jsonpath: "\"Result\": {«»}",
        jsonata: "\"Output\": {«»}",
    },
    Skeleton {
        label: "Wait state",
        kind: StateType::Wait,
        name: "Wait",
        jsonpath: "\"Seconds\": «60»",
        jsonata: "\"Seconds\": «60»",
    },
    Skeleton {
        label: "Succeed state",
        kind: StateType::Succeed,
        name: "Done",
        jsonpath: "",
        jsonata: "",
    },
    Skeleton {
        label: "Fail state",
        kind: StateType::Fail,
        name: "Failed",
        jsonpath: "\"Error\": \"«»\",\n\t\"Cause\": \"«»\"",
        jsonata: "\"Error\": \"«»\",\n\t\"Cause\": \"«»\"",
    },
];

const PARALLEL: &str = "\"Branches\": [\n\t\t{\n\t\t\t\"StartAt\": \"«Step»\",\n\t\t\t\"States\": {\n\t\t\t\t\"«Step»\": {\n\t\t\t\t\t\"Type\": \"Pass\",\n\t\t\t\t\t\"End\": true\n\t\t\t\t}\n\t\t\t}\n\t\t}\n\t]";

impl Skeleton {
    fn object(&self, language: Language) -> String {
        let own = match language {
            Language::JsonPath => self.jsonpath,
            Language::Jsonata => self.jsonata,
        };
        let comma = if own.is_empty() { "" } else { ",\n\t" };
        let end = match self.kind {
            StateType::Choice | StateType::Succeed | StateType::Fail => "\n}",
            StateType::Task
            | StateType::Pass
            | StateType::Wait
            | StateType::Parallel
            | StateType::Map => END,
        };
        format!("{{\n\t\"Type\": \"{}\"{comma}{own}{end}", self.kind.name())
    }
}

/// Machines to begin with.
pub(super) fn machines() -> Vec<Offer> {
    [
        ("Workflow", JSONATA_MACHINE, "JSONata"),
        ("Workflow with JSONPath", MACHINE, "JSONPath"),
    ]
    .map(|(label, template, detail)| {
        Offer::whole(CompletionKind::Snippet, label, template).detail(detail)
    })
    .into()
}

/// New states, and names that transitions lead to and nothing has.
pub(super) fn states(place: &Place<'_>, has_value: bool) -> Vec<Offer> {
    let missing = dangling(&place.cursor.mended, &place.room).into_iter();
    let value = STATES.first().map(|task| task.object(place.room.language));
    let mut offers: Vec<Offer> = missing
        .map(|name| {
            let template = member(&name, value.as_deref().unwrap_or("{}"), place.cursor);
            Offer::whole(CompletionKind::State, name, template).detail("leads nowhere yet")
        })
        .collect();
    if !has_value {
        offers.extend(STATES.iter().map(|skeleton| {
            let name = format!("\"«{}»\": ", skeleton.name);
            let template = name + &skeleton.object(place.room.language);
            Offer::whole(CompletionKind::Snippet, skeleton.label, template)
                .documentation(docs::state_type(skeleton.kind))
                .rank(1)
        }));
    }
    offers
}

/// The value of a state that has a name already.
pub(super) fn state_values(place: &Place<'_>) -> Vec<Offer> {
    let states = STATES.iter().map(|skeleton| {
        Offer::whole(
            CompletionKind::Snippet,
            skeleton.label,
            skeleton.object(place.room.language),
        )
        .documentation(docs::state_type(skeleton.kind))
    });
    states.collect()
}

/// Elements of arrays of objects.
pub(super) fn elements(place: &Place<'_>, kind: Kind) -> Vec<Offer> {
    let label = match kind {
        Kind::Retrier => "Retrier",
        Kind::Catcher => "Catcher",
        Kind::Rule | Kind::InnerRule => "Rule",
        Kind::Branch => "Branch",
        Kind::Machine
        | Kind::Processor
        | Kind::ProcessorConfig
        | Kind::State(_)
        | Kind::UntypedState
        | Kind::ItemReader
        | Kind::ReaderConfig
        | Kind::ItemBatcher
        | Kind::ResultWriter
        | Kind::WriterConfig => return Vec::new(),
    };
    let template = element(kind, place.room.language);
    vec![Offer::whole(CompletionKind::Snippet, label, template)]
}

fn element(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Retrier => RETRIER,
        Kind::Catcher => CATCHER,
        Kind::Rule if language == Language::Jsonata => CONDITION,
        Kind::Rule => RULE,
        Kind::InnerRule => INNER_RULE,
        Kind::Branch | Kind::Processor => BRANCH,
        Kind::Machine
        | Kind::ProcessorConfig
        | Kind::State(_)
        | Kind::UntypedState
        | Kind::ItemReader
        | Kind::ReaderConfig
        | Kind::ItemBatcher
        | Kind::ResultWriter
        | Kind::WriterConfig => "{«»}",
    }
}

/// Several fields at once inside an object.
pub(super) fn in_object(place: &Place<'_>, kind: Kind) -> Vec<Offer> {
    if kind != Kind::State(StateType::Task) {
        return Vec::new();
    }
    if place.has("Retry") || place.has("Catch") {
        return Vec::new();
    }
    let template = format!(
        "\"Retry\": [\n\t{}\n],\n\"Catch\": [\n\t{}\n]",
        nested(RETRIER),
        nested(CATCHER)
    );
    let label = "Retry and Catch";
    let offer = Offer::whole(CompletionKind::Snippet, label, template);
    vec![
        offer
            .documentation("Tries again after errors, then goes on elsewhere.")
            .rank(6),
    ]
}

/// A template one level further in.
fn nested(template: &str) -> String {
    template.replace('\n', "\n\t")
}

/// A value for a field, with places to fill in.
pub(super) fn value(place: &Place<'_>, kind: Kind, field: &Field) -> String {
    let language = place.room.language;
    let list = |kind| format!("[\n\t{}\n]", nested(element(kind, language)));
    match field.name {
        "Retry" => list(Kind::Retrier),
        "Catch" => list(Kind::Catcher),
        "Choices" => list(Kind::Rule),
        "And" | "Or" => list(Kind::InnerRule),
        "Branches" => list(Kind::Branch),
        "Not" => INNER_RULE.to_owned(),
        "ItemProcessor" | "Iterator" => BRANCH.to_owned(),
        "States" => "{\n\t«»\n}".to_owned(),
        "ProcessorConfig" => "{\n\t\"Mode\": \"«INLINE»\"\n}".to_owned(),
        "ItemBatcher" => "{\n\t\"MaxItemsPerBatch\": «10»\n}".to_owned(),
        "ItemReader" => reader(language),
        "ResultWriter" => writer(language),
        "End" => "true".to_owned(),
        "Condition" => "\"{% «» %}\"".to_owned(),
        "Output" if has_result(kind) => "\"{% $states.result«» %}\"".to_owned(),
        "Output" | "Items" | "Arguments" => "\"{% $states.input«» %}\"".to_owned(),
        _ => of_shape(field.name, field.shape),
    }
}

/// The field that holds what a call gets.
fn data(language: Language) -> &'static str {
    match language {
        Language::JsonPath => "Parameters",
        Language::Jsonata => "Arguments",
    }
}

fn reader(language: Language) -> String {
    let data = data(language);
    format!(
        "{{\n\t\"Resource\": \"arn:aws:states:::s3:getObject\",\n\t\"ReaderConfig\": {{\n\t\t\"InputType\": \"«JSON»\"\n\t}},\n\t\"{data}\": {{\n\t\t\"Bucket\": \"«»\",\n\t\t\"Key\": \"«»\"\n\t}}\n}}"
    )
}

fn writer(language: Language) -> String {
    let data = data(language);
    format!(
        "{{\n\t\"Resource\": \"arn:aws:states:::s3:putObject\",\n\t\"{data}\": {{\n\t\t\"Bucket\": \"«»\",\n\t\t\"Prefix\": \"«»\"\n\t}}\n}}"
    )
}

fn has_result(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::State(StateType::Task | StateType::Parallel | StateType::Map)
    )
}

fn of_shape(name: &str, shape: Shape) -> String {
    match shape {
        Shape::Any | Shape::Object | Shape::Template => "{\n\t«»\n}".to_owned(),
        Shape::Text => "\"«»\"".to_owned(),
        Shape::Flag => "«true»".to_owned(),
        Shape::Objects | Shape::SomeObjects | Shape::Array => "[«»]".to_owned(),
        Shape::SomeTexts => "[\"«»\"]".to_owned(),
        Shape::Integer(low, _) => format!("«{}»", number(name, low)),
        Shape::Number(low, _) => format!("«{}»", if low < 1.0 { 0 } else { 2 }),
        Shape::OneOf([only]) => format!("\"{only}\""),
        Shape::OneOf(words) => format!("\"«{}»\"", words.first().unwrap_or(&"")),
        Shape::Timestamp => "\"«2026-01-31T12:00:00Z»\"".to_owned(),
        Shape::Query(_) => "\"$.«»\"".to_owned(),
    }
}

/// A number to begin with.
fn number(name: &str, low: i64) -> i64 {
    match name {
        "TimeoutSeconds" => 300,
        "HeartbeatSeconds" | "Seconds" => 60,
        "MaxAttempts" => 3,
        "IntervalSeconds" => 2,
        "MaxDelaySeconds" => 60,
        _ => low,
    }
}
