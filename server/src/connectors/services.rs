//! The services that tasks name by an integration of their own (feature map, 10), and what a task fails with when nothing serves
//! it. A connector for one of them is another file beside this one.

use super::Refusal;
use asl::definition::Resource;

/// A service: how resources name it, and its name for people.
struct Service {
    resource_type: &'static str,
    name: &'static str,
}

const fn service(resource_type: &'static str, name: &'static str) -> Service {
    Service {
        resource_type,
        name,
    }
}

const SERVICES: &[Service] = &[
    service("apigateway", "API Gateway"),
    service("athena", "Athena"),
    service("batch", "Batch"),
    service("bedrock", "Bedrock"),
    service("codebuild", "CodeBuild"),
    service("databrew", "Glue DataBrew"),
    service("dynamodb", "DynamoDB"),
    service("ecs", "ECS"),
    service("eks", "EKS"),
    service("elasticmapreduce", "EMR"),
    service("emr-containers", "EMR on EKS"),
    service("emr-serverless", "EMR Serverless"),
    service("events", "EventBridge"),
    service("glue", "Glue"),
    service("mediaconvert", "MediaConvert"),
    service("sagemaker", "SageMaker"),
    service("sns", "SNS"),
    service("sqs", "SQS"),
];

/// What a task fails with whose resource nothing serves: what is missing and what to do.
pub(super) fn missing(resource: &Resource) -> Refusal {
    let what = if super::lambda::is_lambda(resource) {
        "Set AWS_ENDPOINT_URL_LAMBDA to a Lambda-compatible endpoint and start the server again, or run with sample results.".to_owned()
    } else {
        let name = name_of(resource);
        format!(
            "This server does not call {name}. Run with sample results, or use a function, an activity or an HTTP task in its place."
        )
    };
    Refusal {
        error: "States.TaskFailed".into(),
        cause: format!("Nothing serves the resource {}. {what}", resource.arn()),
    }
}

fn name_of(resource: &Resource) -> String {
    let resource_type = match resource {
        Resource::Service { names, .. } => &*names.resource_type,
        Resource::Function(_) | Resource::Activity(_) => return "this kind of resource".into(),
    };
    let known = SERVICES
        .iter()
        .find(|service| service.resource_type == resource_type);
    match (known, resource_type.strip_prefix("aws-sdk:")) {
        (Some(service), _) => service.name.into(),
        (None, Some(sdk)) => format!("the AWS SDK's {sdk}"),
        (None, None) => format!("the service {resource_type}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause(resource: &str) -> String {
        missing(&Resource::parse(resource)).cause
    }

    #[test]
    fn a_missing_service_is_named_and_what_to_do_instead() {
        for (resource, name) in [
            (
                "arn:aws:states:::sagemaker:createTrainingJob.sync",
                "SageMaker",
            ),
            ("arn:aws:states:::sqs:sendMessage.waitForTaskToken", "SQS"),
            ("arn:aws:states:::aws-sdk:s3:putObject", "the AWS SDK's s3"),
        ] {
            let cause = cause(resource);
            let words = format!("This server does not call {name}. Run with sample results");
            assert!(
                cause.contains(&words) && cause.contains(resource),
                "{cause}"
            );
        }
    }

    #[test]
    fn the_table_has_no_service_twice_and_is_in_order() {
        let is_sorted =
            SERVICES.is_sorted_by(|left, right| left.resource_type < right.resource_type);
        assert!(is_sorted);
    }
}
