//! The services that tasks can name: what they are called, and the errors that they are known for (feature map 6, 11).

/// A service with actions of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    /// In ARNs.
    pub id: &'static str,
    /// In full.
    pub name: &'static str,
    /// As people call it.
    pub short: &'static str,
    /// Errors that a new task tries again after.
    pub retried: &'static [&'static str],
    /// Its errors: names and words.
    pub errors: &'static [(&'static str, &'static str)],
}

/// A service by its name in ARNs.
pub fn service(id: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|service| service.id == id)
}

const fn plain(id: &'static str, name: &'static str, short: &'static str) -> Service {
    failing(id, name, short, &[])
}

const fn failing(
    id: &'static str,
    name: &'static str,
    short: &'static str,
    errors: &'static [(&'static str, &'static str)],
) -> Service {
    Service {
        id,
        name,
        short,
        retried: &[],
        errors,
    }
}

/// What Workflow Studio lets a new Lambda task try again (feature map, WS-29).
const LAMBDA_RETRIED: &[&str] = &[
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
];

const SERVICES: &[Service] = &[
    plain("apigateway", "Amazon API Gateway", "API Gateway"),
    plain("athena", "Amazon Athena", "Athena"),
    plain("batch", "AWS Batch", "Batch"),
    plain("bedrock", "Amazon Bedrock", "Bedrock"),
    plain("codebuild", "AWS CodeBuild", "CodeBuild"),
    plain("databrew", "AWS Glue DataBrew", "Glue DataBrew"),
    failing(
        "dynamodb",
        "Amazon DynamoDB",
        "DynamoDB",
        &[
            (
                "DynamoDB.ConditionalCheckFailedException",
                "The item did not meet the condition.",
            ),
            (
                "DynamoDB.ProvisionedThroughputExceededException",
                "Too many requests for the table.",
            ),
            (
                "DynamoDB.ResourceNotFoundException",
                "There is no such table.",
            ),
            (
                "DynamoDB.AmazonDynamoDBException",
                "Another error of the service.",
            ),
        ],
    ),
    plain("ecs", "Amazon ECS", "ECS"),
    plain("eks", "Amazon EKS", "EKS"),
    plain("elasticmapreduce", "Amazon EMR", "EMR"),
    plain("emr-containers", "Amazon EMR on EKS", "EMR on EKS"),
    plain("emr-serverless", "Amazon EMR Serverless", "EMR Serverless"),
    failing(
        "events",
        "Amazon EventBridge",
        "EventBridge",
        &[(
            "EventBridge.FailedEntry",
            "At least one event was refused; the cause lists them.",
        )],
    ),
    plain("glue", "AWS Glue", "Glue"),
    failing(
        "http",
        "HTTP endpoint",
        "HTTP",
        &[
            (
                "States.Http.StatusCode.429",
                "The endpoint asks for fewer requests.",
            ),
            ("States.Http.StatusCode.500", "The endpoint failed."),
            (
                "States.Http.StatusCode.503",
                "The endpoint is not available.",
            ),
            (
                "Events.ConnectionResource.AccessDenied",
                "The connection may not be used.",
            ),
            (
                "Events.ConnectionResource.InvalidConnectionState",
                "The connection is not authorised.",
            ),
            (
                "Events.ConnectionResource.ResourceNotFound",
                "There is no such connection.",
            ),
        ],
    ),
    Service {
        id: "lambda",
        name: "AWS Lambda",
        short: "Lambda",
        retried: LAMBDA_RETRIED,
        errors: &[
            (
                "Lambda.ServiceException",
                "Lambda itself failed; worth a retry.",
            ),
            (
                "Lambda.AWSLambdaException",
                "Lambda itself failed; worth a retry.",
            ),
            (
                "Lambda.SdkClientException",
                "The call did not reach Lambda; worth a retry.",
            ),
            (
                "Lambda.TooManyRequestsException",
                "Too many calls at the same time; worth a retry.",
            ),
            (
                "Lambda.ResourceNotFoundException",
                "There is no such function.",
            ),
            (
                "Lambda.Unknown",
                "The function ended without an answer, for lack of memory or time.",
            ),
            ("Sandbox.Timedout", "The function ran into its own timeout."),
        ],
    },
    plain("mediaconvert", "AWS Elemental MediaConvert", "MediaConvert"),
    plain("redshiftdata", "Amazon Redshift Data API", "Redshift"),
    plain("s3", "Amazon S3", "S3"),
    plain("sagemaker", "Amazon SageMaker", "SageMaker"),
    failing(
        "sns",
        "Amazon SNS",
        "SNS",
        &[(
            "SNS.InvalidParameterException",
            "The topic or the message is not valid.",
        )],
    ),
    failing(
        "sqs",
        "Amazon SQS",
        "SQS",
        &[(
            "SQS.AmazonSQSException",
            "An error of the service, such as a queue that does not exist.",
        )],
    ),
    failing(
        "states",
        "AWS Step Functions",
        "Step Functions",
        &[
            (
                "StepFunctions.ExecutionAlreadyExistsException",
                "An execution of this name has run with another input.",
            ),
            (
                "StepFunctions.StateMachineDoesNotExistException",
                "There is no such workflow.",
            ),
        ],
    ),
    plain("people", "People", "People"),
];
