//! Running code: functions, containers, other pipelines, builds, web addresses.

use super::action::{Action, Answer, EVERY, JOB, JOB_OR_TOKEN, REQUEST, Subject, TOKEN};
use super::parameter::{Parameter, any, flag, list, object, text};

pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        ("lambda", "invoke"),
        TOKEN,
        ("Invoke a function", "Lambda function"),
        LAMBDA,
    )
    .about(Subject::Alone("FunctionName"))
    .answers(Answer::Part("Payload"))
    .usual(),
    Action::new(
        ("states", "startExecution"),
        EVERY,
        ("Start another pipeline", "Another pipeline"),
        STATES,
    )
    .about(Subject::Alone("StateMachineArn"))
    .usual(),
    Action::new(
        ("batch", "submitJob"),
        JOB,
        ("Run a batch job", "Batch job"),
        BATCH,
    )
    .about(Subject::Alone("JobName"))
    .usual(),
    Action::new(
        ("ecs", "runTask"),
        JOB_OR_TOKEN,
        ("Run a container", "Container"),
        ECS,
    )
    .about(Subject::Alone("TaskDefinition"))
    .usual(),
    Action::new(
        ("http", "invoke"),
        REQUEST,
        ("Call an HTTP endpoint", "HTTP call"),
        HTTP,
    )
    .about(Subject::Alone("ApiEndpoint"))
    .usual(),
    Action::new(
        ("apigateway", "invoke"),
        TOKEN,
        ("Call an API", "API Gateway call"),
        API_GATEWAY,
    )
    .about(Subject::Alone("ApiEndpoint")),
    build(
        "startBuild",
        JOB,
        ("Build a project", "CodeBuild build"),
        PROJECT,
    ),
    build(
        "startBuildBatch",
        JOB,
        ("Build a batch", "CodeBuild batch"),
        PROJECT,
    ),
    build(
        "retryBuildBatch",
        JOB,
        ("Retry a build batch", "CodeBuild batch"),
        BUILD_ID,
    ),
    build(
        "stopBuild",
        REQUEST,
        ("Stop a build", "CodeBuild build"),
        BUILD_ID,
    ),
    build(
        "stopBuildBatch",
        REQUEST,
        ("Stop a build batch", "CodeBuild batch"),
        BUILD_ID,
    ),
    build(
        "deleteBuildBatch",
        REQUEST,
        ("Delete a build batch", "CodeBuild batch"),
        BUILD_ID,
    ),
    build(
        "batchDeleteBuilds",
        REQUEST,
        ("Delete builds", "CodeBuild builds"),
        &[list("Ids", "").required().json(r#"["my-project:1"]"#)],
    ),
    build(
        "batchGetReports",
        REQUEST,
        ("Read build reports", "CodeBuild reports"),
        &[list("ReportArns", "")
            .required()
            .json(r#"["arn:aws:codebuild:us-east-1:123456789012:report/my-group:1"]"#)],
    ),
    Action::new(
        ("mediaconvert", "createJob"),
        JOB,
        ("Convert media", "MediaConvert job"),
        &[
            text("Role", "The role that the job works with.")
                .required()
                .like("arn:aws:iam::123456789012:role/my-role"),
            object("Settings", "Inputs and outputs.")
                .required()
                .json(r#"{"Inputs": [], "OutputGroups": []}"#),
            text("JobTemplate", ""),
            text("Queue", ""),
        ],
    ),
];

const fn build(
    name: &'static str,
    patterns: &'static [super::Pattern],
    words: (&'static str, &'static str),
    parameters: &'static [Parameter],
) -> Action {
    Action::new(("codebuild", name), patterns, words, parameters)
        .about(Subject::Alone("ProjectName"))
}

const LAMBDA: &[Parameter] = &[
    text("FunctionName", "Name or ARN of the function.")
        .checked()
        .like("my-function"),
    any("Payload", "What the function gets.").input(),
    text("Qualifier", "Version or alias."),
    text(
        "InvocationType",
        "`RequestResponse` (default) or `Event`, which does not wait for the result.",
    ),
    text("ClientContext", ""),
];
const STATES: &[Parameter] = &[
    text("StateMachineArn", "The pipeline to start.")
        .checked()
        .like("arn:aws:states:us-east-1:123456789012:stateMachine:my-pipeline"),
    any("Input", "Its input.").input(),
    text(
        "Name",
        "The name of the execution; one is made up without it.",
    ),
];
const BATCH: &[Parameter] = &[
    text("JobName", "").required().like("my-job"),
    text("JobDefinition", "Name or ARN, with a revision or without.")
        .required()
        .like("my-definition"),
    text("JobQueue", "Name or ARN.").required().like("my-queue"),
    object("Parameters", "Texts that the job's command names."),
    object(
        "ContainerOverrides",
        "`Command`, `Environment`, `ResourceRequirements`.",
    ),
    object("ArrayProperties", "`Size`: how many copies run."),
];
const ECS: &[Parameter] = &[
    text(
        "TaskDefinition",
        "Family, with a revision or without, or ARN.",
    )
    .required()
    .like("my-task"),
    text("Cluster", "Name or ARN.").like("my-cluster"),
    text("LaunchType", "`FARGATE`, `EC2` or `EXTERNAL`.").like("FARGATE"),
    object(
        "NetworkConfiguration",
        "`AwsvpcConfiguration` with subnets and security groups; Fargate needs it.",
    ),
    object("Overrides", "`ContainerOverrides`: command and variables."),
];
const HTTP: &[Parameter] = &[
    text("ApiEndpoint", "The address, with `https://`.")
        .required()
        .like("https://example.com/"),
    text("Method", "GET, POST, PUT, DELETE, PATCH, OPTIONS or HEAD.")
        .required()
        .like("GET"),
    object("Authentication", "`{\"ConnectionArn\": …}`.")
        .required()
        .json(r#"{"ConnectionArn": "arn:aws:events:us-east-1:123456789012:connection/my-connection/00000000"}"#),
    object("InvocationConfig", "`{\"ConnectionArn\": …}`, in place of `Authentication`."),
    object("Headers", "").json(r#"{"Accept": "application/json"}"#),
    object("QueryParameters", ""),
    any("RequestBody", ""),
    object(
        "Transform",
        "How the body is written: `RequestBodyEncoding` `URL_ENCODED`.",
    ),
];
const API_GATEWAY: &[Parameter] = &[
    text("ApiEndpoint", "The host, without `https://`.")
        .required()
        .like("example.execute-api.us-east-1.amazonaws.com"),
    text("Method", "GET, POST, PUT, DELETE, PATCH, OPTIONS or HEAD.")
        .required()
        .like("GET"),
    text("Path", "").like("/"),
    text("Stage", ""),
    object("Headers", ""),
    object("QueryParameters", ""),
    any("RequestBody", ""),
    text("AuthType", "`NO_AUTH`, `IAM_ROLE` or `RESOURCE_POLICY`."),
    flag(
        "AllowNullValues",
        "Whether parameters may be null; they are left out then.",
    ),
];
const PROJECT: &[Parameter] = &[
    text("ProjectName", "").required().like("my-project"),
    text("SourceVersion", "Branch, tag or commit."),
    list(
        "EnvironmentVariablesOverride",
        "`Name`, `Value` and `Type` of each.",
    ),
];
const BUILD_ID: &[Parameter] = &[text("Id", "").required().like("my-project:1")];
