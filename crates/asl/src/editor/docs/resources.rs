//! The services that tasks can name: what they are called, the errors that they are known for, and the parameters that
//! nearly every call of them needs (feature map 6, 11).

use crate::check::arn::{self, Pattern, Resource};

/// A service with integrations of its own.
#[derive(Debug, Clone, Copy)]
pub(in crate::editor) struct Service {
    /// In ARNs.
    id: &'static str,
    /// For people.
    pub(in crate::editor) name: &'static str,
    /// Names and words.
    errors: &'static [(&'static str, &'static str)],
}

/// A service by its name in ARNs.
pub(in crate::editor) fn service(id: &str) -> Option<Service> {
    SERVICES.iter().find(|service| service.id == id).copied()
}

/// The errors that a service is known for.
pub(in crate::editor) fn errors_of(id: &str) -> &'static [(&'static str, &'static str)] {
    service(id).map_or(&[], |service| service.errors)
}

/// The service that a resource calls.
pub(in crate::editor) fn service_of(resource: &str) -> Option<&str> {
    match arn::read(resource) {
        Resource::Function => Some("lambda"),
        Resource::Optimized { api, .. } => Some(api.service),
        Resource::UnknownService { service } | Resource::UnknownApi { service, .. } => {
            Some(service)
        }
        Resource::NoArn
        | Resource::Activity
        | Resource::Sdk { .. }
        | Resource::Malformed { .. } => None,
    }
}

/// How a task waits for what it started.
pub(in crate::editor) fn waits(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Request => "Goes on after the answer of the service.",
        Pattern::Sync => "Waits until the job is done.",
        Pattern::Sync2 => "Waits until the execution is done; its output is JSON, not text.",
        Pattern::Callback => {
            "Waits until somebody returns the task token, `Task.Token` in the context object."
        }
    }
}

const fn plain(id: &'static str, name: &'static str) -> Service {
    Service {
        id,
        name,
        errors: &[],
    }
}

const SERVICES: &[Service] = &[
    plain("apigateway", "Amazon API Gateway"),
    plain("athena", "Amazon Athena"),
    plain("batch", "AWS Batch"),
    plain("bedrock", "Amazon Bedrock"),
    plain("codebuild", "AWS CodeBuild"),
    plain("databrew", "AWS Glue DataBrew"),
    Service {
        id: "dynamodb",
        name: "Amazon DynamoDB",
        errors: &[
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
    },
    plain("ecs", "Amazon ECS"),
    plain("eks", "Amazon EKS"),
    plain("elasticmapreduce", "Amazon EMR"),
    plain("emr-containers", "Amazon EMR on EKS"),
    plain("emr-serverless", "Amazon EMR Serverless"),
    Service {
        id: "events",
        name: "Amazon EventBridge",
        errors: &[(
            "EventBridge.FailedEntry",
            "At least one event was refused; the cause lists them.",
        )],
    },
    plain("glue", "AWS Glue"),
    Service {
        id: "http",
        name: "HTTP endpoint",
        errors: &[
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
    },
    Service {
        id: "lambda",
        name: "AWS Lambda",
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
    plain("mediaconvert", "AWS Elemental MediaConvert"),
    plain("s3", "Amazon S3"),
    plain("sagemaker", "Amazon SageMaker"),
    Service {
        id: "sns",
        name: "Amazon SNS",
        errors: &[(
            "SNS.InvalidParameterException",
            "The topic or the message is not valid.",
        )],
    },
    Service {
        id: "sqs",
        name: "Amazon SQS",
        errors: &[(
            "SQS.AmazonSQSException",
            "An error of the service, such as a queue that does not exist.",
        )],
    },
    Service {
        id: "states",
        name: "AWS Step Functions",
        errors: &[
            (
                "StepFunctions.ExecutionAlreadyExistsException",
                "An execution of this name has run with another input.",
            ),
            (
                "StepFunctions.StateMachineDoesNotExistException",
                "There is no such workflow.",
            ),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_has_a_name() {
        for id in arn::services() {
            assert!(service(id).is_some(), "{id}");
        }
    }
}
