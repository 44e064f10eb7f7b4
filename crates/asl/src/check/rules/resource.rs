//! `UNKNOWN_RESOURCE`: a Task's `Resource` is a function, an activity or a known integration (feature map 11).

use crate::check::arn::{self, Resource};
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::check::{Diagnostic, words};
use crate::graph::StateType;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Task))
    {
        let Some(node) = place.node.field("Resource") else {
            continue;
        };
        let Some(text) = node.as_str() else { continue };
        let Some((message, aws)) = fault(text) else {
            continue;
        };
        let pointer = place.pointer.join("Resource");
        found.push(Diagnostic::error("UNKNOWN_RESOURCE", node.span, pointer, message).aws(aws));
    }
}

/// What is wrong, in our words and in AWS's.
fn fault(text: &str) -> Option<(String, String)> {
    let message = match arn::read(text) {
        Resource::NoArn => {
            let message = format!(
                "`{text}` is no resource; it must be the ARN of a Lambda function, an activity or an integration such \
                 as `arn:aws:states:::lambda:invoke`."
            );
            return Some((message, "Value is not a valid resource ARN".to_owned()));
        }
        Resource::Function | Resource::Activity | Resource::Sdk { .. } => return None,
        Resource::Optimized { pattern, api } if api.patterns.contains(&pattern) => return None,
        Resource::Optimized { pattern, api } => {
            let known: Vec<&str> = api
                .patterns
                .iter()
                .map(|pattern| pattern.suffix())
                .collect();
            let known = known.iter().map(|suffix| {
                if suffix.is_empty() {
                    "no suffix"
                } else {
                    suffix
                }
            });
            let known: Vec<&str> = known.collect();
            format!(
                "`{}` cannot be used with {}; it takes {}.",
                text,
                pattern.suffix(),
                words::any_of(&known)
            )
        }
        Resource::UnknownApi { service, api } => {
            let apis = arn::apis(service).map(|api| api.name);
            let advice = match words::closest(api, apis) {
                Some(meant) => format!("did you mean {meant}?"),
                None => format!(
                    "use `arn:aws:states:::aws-sdk:{service}:{api}` for other calls of the service."
                ),
            };
            format!("There is no integration {service}:{api}; {advice}")
        }
        Resource::UnknownService { service } => {
            let advice = match words::closest(service, arn::services()) {
                Some(meant) => format!("did you mean {meant}?"),
                None => {
                    format!("use `arn:aws:states:::aws-sdk:{service}:…` for services without one.")
                }
            };
            format!("There is no integration for {service}; {advice}")
        }
        Resource::Malformed { reason } => format!("`{text}` is no usable resource: {reason}."),
    };
    let aws = format!(
        "The resource provided {text} is not recognized. The value is not a valid resource ARN, or the resource is not \
         available in this region."
    );
    Some((message, aws))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, only, state};

    fn task(resource: &str) -> String {
        state(&format!(
            r#"{{"Type": "Task", "Resource": "{resource}", "End": true}}"#
        ))
    }

    #[test]
    fn functions_activities_and_integrations_are_known() {
        for good in [
            "arn:aws:lambda:us-east-1:123456789012:function:f",
            "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST",
            "arn:aws:lambda:us-east-1:123456789012:function:f:PROD-1_a",
            "arn:aws:states:us-east-1:123456789012:activity:review",
            "arn:aws:states:::lambda:invoke",
            "arn:aws-cn:states:::sqs:sendMessage.waitForTaskToken",
            "arn:aws:states:::states:startExecution.sync:2",
            "arn:aws:states:::sagemaker:createTrainingJob.sync",
            "arn:aws:states:::aws-sdk:s3:listObjectsV2",
            "arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken",
            "arn:aws:states:::http:invoke",
        ] {
            assert_eq!(codes(&task(good)), Vec::<&str>::new(), "{good}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for bad in [
            "foo:bar",
            "",
            "arn:aws:states:::dynamodb:query",
            "arn:aws:states:::nothing:at.all",
            "arn:aws:states:::sqs:sendMessage.sync",
            "arn:aws:states:::aws-sdk:s3:getObject.sync",
            "arn:aws:lambda:us-east-1:123456789012:function:f:",
            "arn:aws:lambda:us-east-1:123456789012:function:f:$*",
            "arn:aws:s3:::bucket",
        ] {
            assert_eq!(codes(&task(bad)), ["UNKNOWN_RESOURCE"], "{bad}");
        }
        assert_eq!(
            only(&task("arn:aws:states:::dynamodb:query"), "UNKNOWN_RESOURCE").aws_message,
            "The resource provided arn:aws:states:::dynamodb:query is not recognized. The value is not a valid resource ARN, or the resource is not available in this region."
        );
    }
}
