//! ARNs in words.

use crate::catalog::{self, Pattern};
use crate::check::arn::{self, Resource};

pub(super) use crate::editor::docs::service_of;

/// What a `Resource` does; none for texts that no task can name.
pub(super) fn resource(text: &str) -> Option<String> {
    let last = || text.rsplit(':').next().unwrap_or_default();
    match arn::read(text) {
        Resource::Optimized { action, pattern } => {
            let service = action
                .service()
                .map_or(action.service, |service| service.name);
            Some(format!(
                "**{service}**: `{}`\n\n{}",
                action.name,
                pattern.words()
            ))
        }
        Resource::Sdk { pattern } => {
            let target = text.split_once("aws-sdk:").map_or("", |(_, target)| target);
            let (service, call) = target
                .strip_suffix(pattern.suffix())
                .unwrap_or(target)
                .split_once(':')?;
            let waits = match pattern {
                Pattern::Request => {
                    "Goes on after the answer; parameters are named as in the service's API."
                }
                Pattern::Sync | Pattern::Sync2 | Pattern::Callback => pattern.words(),
            };
            Some(format!("Call `{call}` of **{service}**\n\n{waits}"))
        }
        Resource::Function => {
            let name = text.split(":function:").nth(1).unwrap_or_default();
            Some(format!("Lambda function **{name}**{}", place(text)))
        }
        Resource::Activity => Some(format!(
            "Activity **{}**{}\n\nWorkers or people fetch the task and answer it.",
            last(),
            place(text)
        )),
        Resource::NoArn
        | Resource::UnknownService { .. }
        | Resource::UnknownApi { .. }
        | Resource::Malformed { .. } => None,
    }
}

/// Any other ARN, part by part.
pub(super) fn other(text: &str) -> Option<String> {
    let mut parts = text.splitn(6, ':');
    let (Some("arn"), Some(_), Some(service), _, _, Some(name)) = (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    ) else {
        return None;
    };
    let service = catalog::service(service).map_or(service, |service| service.name);
    Some(format!("**{name}** of {service}{}", place(text)))
}

/// Region and account of an ARN, as far as it names them.
fn place(text: &str) -> String {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let named = |at: usize, words: &str| {
        let part = parts.get(at).copied().filter(|part| !part.is_empty());
        part.map_or_else(String::new, |part| format!(", {words}{part}"))
    };
    named(3, "") + &named(4, "account ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_are_told_with_what_they_wait_for() {
        let told = resource("arn:aws:states:::sagemaker:createTrainingJob.sync").unwrap();
        assert_eq!(
            told,
            "**Amazon SageMaker**: `createTrainingJob`\n\nWaits until the job is done."
        );
        let told = resource("arn:aws:lambda:eu-west-1:123456789012:function:score").unwrap();
        assert_eq!(
            told,
            "Lambda function **score**, eu-west-1, account 123456789012"
        );
        let told = resource("arn:aws:states:::aws-sdk:s3:listObjectsV2").unwrap();
        assert!(told.starts_with("Call `listObjectsV2` of **s3**"), "{told}");
        assert_eq!(resource("text"), None);
    }

    #[test]
    fn other_arns_are_told_part_by_part() {
        assert_eq!(
            other("arn:aws:iam::123456789012:role/train").as_deref(),
            Some("**role/train** of iam, account 123456789012")
        );
        assert_eq!(other("arn:aws:iam"), None);
    }
}
