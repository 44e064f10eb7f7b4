//! `UNKNOWN_RESOURCE`: a Task's `Resource` is a function, an activity or a known integration (feature map 11).

use crate::check::arn::{self, Action, Pattern, Resource};
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::check::{Diagnostic, words};
use crate::graph::StateType;
use crate::text::TextEdit;
use serde_json::Value;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let tasks = view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Task));
    for place in tasks {
        let Some(node) = place.node.field("Resource") else {
            continue;
        };
        let Some(text) = node.as_str().filter(|_| !view.is_open(node)) else {
            continue;
        };
        let Some(fault) = fault(text) else { continue };
        let pointer = place.pointer.join("Resource");
        let finding = Diagnostic::error("UNKNOWN_RESOURCE", node.span, pointer, fault.message);
        let finding = finding.aws(match fault.is_arn {
            true => format!(
                "The resource provided {text} is not recognized. The value is not a valid resource ARN, or the \
                 resource is not available in this region."
            ),
            false => "Value is not a valid resource ARN".to_owned(),
        });
        found.push(match fault.instead {
            Some(text) => {
                let edits = vec![TextEdit::new(node.span, Value::from(&*text).to_string())];
                finding.fix(format!("Use {text}"), edits)
            }
            None => finding,
        });
    }
}

struct Fault {
    message: String,
    /// Whether the text has at least the form of an ARN.
    is_arn: bool,
    /// The resource that was probably meant.
    instead: Option<String>,
}

impl Fault {
    fn new(message: String) -> Self {
        Self {
            message,
            is_arn: true,
            instead: None,
        }
    }
}

fn fault(text: &str) -> Option<Fault> {
    match arn::read(text) {
        Resource::NoArn => Some(Fault {
            is_arn: false,
            ..Fault::new(format!(
                "`{text}` is no resource; it must be the ARN of a Lambda function, an activity or an integration such \
                 as `arn:aws:states:::lambda:invoke`."
            ))
        }),
        Resource::Function | Resource::Activity | Resource::Sdk { .. } => None,
        Resource::Optimized { pattern, action } if action.patterns.contains(&pattern) => None,
        Resource::Optimized { pattern, action } => Some(wrong_pattern(text, pattern, action)),
        Resource::UnknownApi { service, api } => Some(unknown_api(text, service, api)),
        Resource::UnknownService { service } => Some(unknown_service(text, service)),
        Resource::Malformed { reason } => Some(Fault::new(format!(
            "`{text}` is no usable resource: {reason}."
        ))),
    }
}

fn wrong_pattern(text: &str, pattern: Pattern, action: &Action) -> Fault {
    let suffix = pattern.suffix();
    let known = action.patterns.iter().map(|pattern| match pattern {
        Pattern::Request => "no suffix",
        Pattern::Sync | Pattern::Sync2 | Pattern::Callback => pattern.suffix(),
    });
    let known: Vec<&str> = known.collect();
    let call = format!("{}:{}", action.service, action.name);
    Fault {
        instead: text.strip_suffix(suffix).map(str::to_owned),
        ..Fault::new(format!(
            "{call} cannot be used with {suffix}; it takes {}.",
            words::any_of(&known)
        ))
    }
}

fn unknown_api(text: &str, service: &str, api: &str) -> Fault {
    let meant = words::closest(api, arn::actions(service).map(|action| action.name));
    let advice = match meant {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!(
            "use `arn:aws:states:::aws-sdk:{service}:{api}` for other calls of the service."
        ),
    };
    let instead = meant.map(|meant| text.replacen(&format!(":{api}"), &format!(":{meant}"), 1));
    Fault {
        instead,
        ..Fault::new(format!("There is no integration {service}:{api}; {advice}"))
    }
}

fn unknown_service(text: &str, service: &str) -> Fault {
    let meant = words::closest(service, arn::services());
    let advice = match meant {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("use `arn:aws:states:::aws-sdk:{service}:…` for services without one."),
    };
    let instead =
        meant.map(|meant| text.replacen(&format!(":{service}:"), &format!(":{meant}:"), 1));
    Fault {
        instead,
        ..Fault::new(format!("There is no integration for {service}; {advice}"))
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only, state};

    fn task(resource: &str) -> String {
        state(&format!(
            r#"{{"Type": "Task", "Resource": "{resource}", "TimeoutSeconds": 9, "End": true, "Parameters": {{"FunctionName": "f", "QueueUrl": "q",
            "MessageBody": "m", "StateMachineArn": "s"}}}}"#
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
            "arn:aws-cn:states:::sqs:sendMessage",
            "arn:aws:states:::states:startExecution.sync:2",
            "arn:aws:states:::sagemaker:createTrainingJob.sync",
            "arn:aws:states:::aws-sdk:s3:listObjectsV2",
            "arn:aws:states:::http:invoke",
        ] {
            assert_eq!(codes(&task(good)), Vec::<&str>::new(), "{good}");
        }
    }

    #[test]
    fn a_misspelt_integration_is_mended() {
        clean_after_fix(&task("arn:aws:states:::lambda:invok"));
        clean_after_fix(&task("arn:aws:states:::lamda:invoke"));
        clean_after_fix(&task("arn:aws:states:::sqs:sendMessage.sync"));
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
