//! The parameters that the usual integrations take, needed ones first (feature map 11.1 and 11.2). Services document more.

/// A parameter of an integration.
#[derive(Debug, Clone, Copy)]
pub(in crate::editor) struct Parameter {
    pub(in crate::editor) name: &'static str,
    /// Empty when the name says it.
    pub(in crate::editor) words: &'static str,
    /// Whether the value is an object or array.
    pub(in crate::editor) is_data: bool,
}

const fn text(name: &'static str, words: &'static str) -> Parameter {
    Parameter {
        name,
        words,
        is_data: false,
    }
}

const fn data(name: &'static str, words: &'static str) -> Parameter {
    Parameter {
        is_data: true,
        ..text(name, words)
    }
}

/// The parameters that a call of a service is known to take.
pub(in crate::editor) fn parameters(service: &str, call: &str) -> &'static [Parameter] {
    match (service, call) {
        ("lambda", "invoke") => LAMBDA,
        ("states", "startExecution") => STATES,
        ("sqs", "sendMessage") => SQS,
        ("sns", "publish") => SNS,
        ("dynamodb", "putItem") => PUT_ITEM,
        ("dynamodb", "getItem" | "deleteItem") => GET_ITEM,
        ("dynamodb", "updateItem") => UPDATE_ITEM,
        ("events", "putEvents") => EVENTS,
        ("http", "invoke") => HTTP,
        ("apigateway", "invoke") => API_GATEWAY,
        ("glue" | "databrew", "startJobRun") => GLUE,
        ("batch", "submitJob") => BATCH,
        ("ecs", "runTask") => ECS,
        ("athena", "startQueryExecution") => ATHENA,
        ("bedrock", "invokeModel") => BEDROCK,
        ("sagemaker", "createTrainingJob") => TRAINING,
        ("sagemaker", "createTransformJob") => TRANSFORM,
        ("sagemaker", "createProcessingJob") => PROCESSING,
        ("sagemaker", "createModel") => MODEL,
        ("sagemaker", "createEndpointConfig") => ENDPOINT_CONFIG,
        ("sagemaker", "createEndpoint" | "updateEndpoint") => ENDPOINT,
        ("s3", "getObject") => S3_OBJECT,
        ("s3", "listObjectsV2" | "putObject") => S3_PREFIX,
        _ => &[],
    }
}

const LAMBDA: &[Parameter] = &[
    text("FunctionName", "Name or ARN of the function."),
    data("Payload", "What the function gets."),
    text("Qualifier", "Version or alias."),
    text(
        "InvocationType",
        "`RequestResponse` (default) or `Event`, which does not wait for the result.",
    ),
    text("ClientContext", ""),
];
const STATES: &[Parameter] = &[
    text("StateMachineArn", "The workflow to start."),
    data("Input", "Its input."),
    text(
        "Name",
        "The name of the execution; one is made up without it.",
    ),
];
const SQS: &[Parameter] = &[
    text("QueueUrl", ""),
    data("MessageBody", ""),
    data("MessageAttributes", ""),
    text("MessageGroupId", "Needed for FIFO queues."),
    text("DelaySeconds", ""),
];
const SNS: &[Parameter] = &[
    text("TopicArn", ""),
    data("Message", ""),
    text("Subject", ""),
    data("MessageAttributes", ""),
];
const PUT_ITEM: &[Parameter] = &[
    text("TableName", ""),
    data(
        "Item",
        "Attributes with their types: `{\"id\": {\"S\": \"7\"}}`.",
    ),
    text("ConditionExpression", ""),
];
const GET_ITEM: &[Parameter] = &[
    text("TableName", ""),
    data("Key", "The key with its types: `{\"id\": {\"S\": \"7\"}}`."),
];
const UPDATE_ITEM: &[Parameter] = &[
    text("TableName", ""),
    data("Key", "The key with its types: `{\"id\": {\"S\": \"7\"}}`."),
    text("UpdateExpression", ""),
    data("ExpressionAttributeValues", ""),
    data("ExpressionAttributeNames", ""),
    text("ConditionExpression", ""),
];
const EVENTS: &[Parameter] = &[data(
    "Entries",
    "Events, each with Detail, DetailType, EventBusName and Source.",
)];
const HTTP: &[Parameter] = &[
    text("ApiEndpoint", "The address, with `https://`."),
    text("Method", "GET, POST, PUT, DELETE, PATCH, OPTIONS or HEAD."),
    data("Authentication", "`{\"ConnectionArn\": …}`."),
    data("Headers", ""),
    data("QueryParameters", ""),
    data("RequestBody", ""),
    data(
        "Transform",
        "How the body is written: `RequestBodyEncoding` `URL_ENCODED`.",
    ),
];
const API_GATEWAY: &[Parameter] = &[
    text("ApiEndpoint", "The host, without `https://`."),
    text("Method", ""),
    text("Path", ""),
    text("Stage", ""),
    data("Headers", ""),
    data("QueryParameters", ""),
    data("RequestBody", ""),
    text("AuthType", "`NO_AUTH`, `IAM_ROLE` or `RESOURCE_POLICY`."),
];
const GLUE: &[Parameter] = &[text("JobName", ""), data("Arguments", "")];
const BATCH: &[Parameter] = &[
    text("JobName", ""),
    text("JobDefinition", ""),
    text("JobQueue", ""),
    data("Parameters", ""),
];
const ECS: &[Parameter] = &[
    text("Cluster", ""),
    text("TaskDefinition", ""),
    text("LaunchType", ""),
    data("NetworkConfiguration", ""),
    data("Overrides", ""),
];
const ATHENA: &[Parameter] = &[
    text("QueryString", ""),
    text("WorkGroup", ""),
    data("ResultConfiguration", ""),
    data("QueryExecutionContext", ""),
];
const BEDROCK: &[Parameter] = &[
    text("ModelId", ""),
    data("Body", ""),
    text("ContentType", ""),
    text("Accept", ""),
];
const TRAINING: &[Parameter] = &[
    text("TrainingJobName", "Unique in region and account."),
    data(
        "AlgorithmSpecification",
        "`TrainingImage` and `TrainingInputMode`.",
    ),
    text("RoleArn", ""),
    data("OutputDataConfig", "`S3OutputPath`: where the model goes."),
    data(
        "ResourceConfig",
        "`InstanceCount`, `InstanceType`, `VolumeSizeInGB`.",
    ),
    data("StoppingCondition", "`MaxRuntimeInSeconds`."),
    data("InputDataConfig", "The channels with their data."),
    data("HyperParameters", ""),
];
const TRANSFORM: &[Parameter] = &[
    text("TransformJobName", ""),
    text("ModelName", ""),
    data("TransformInput", ""),
    data("TransformOutput", ""),
    data("TransformResources", ""),
];
const PROCESSING: &[Parameter] = &[
    text("ProcessingJobName", ""),
    data("AppSpecification", ""),
    data("ProcessingResources", ""),
    text("RoleArn", ""),
    data("ProcessingInputs", ""),
    data("ProcessingOutputConfig", ""),
];
const MODEL: &[Parameter] = &[
    text("ModelName", ""),
    text("ExecutionRoleArn", ""),
    data("PrimaryContainer", "`Image` and `ModelDataUrl`."),
];
const ENDPOINT_CONFIG: &[Parameter] = &[
    text("EndpointConfigName", ""),
    data("ProductionVariants", ""),
];
const ENDPOINT: &[Parameter] = &[text("EndpointName", ""), text("EndpointConfigName", "")];
const S3_OBJECT: &[Parameter] = &[
    text("Bucket", ""),
    text("Key", ""),
    text("VersionId", ""),
    text("ExpectedBucketOwner", ""),
];
const S3_PREFIX: &[Parameter] = &[
    text("Bucket", ""),
    text("Prefix", ""),
    text("ExpectedBucketOwner", ""),
];
