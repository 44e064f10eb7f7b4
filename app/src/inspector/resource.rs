//! What a Task's `Resource` means, in plain words, and the ways to write one.

use crate::document::{sdk_call, sdk_words};
use crate::text::inspector::task as text;
use asl::catalog::{self, Action, Pattern};

/// What kind of thing does the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worker {
    /// A Lambda function, called by its own ARN.
    Function,
    /// An activity: a worker outside, or people, ask for the work.
    Activity,
    /// A service's action.
    Service,
    /// Anything else.
    Other,
}

/// How long the state waits for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// Only until the request was taken.
    Request,
    /// Until the job is done.
    Job,
    /// Until somebody sends the answer.
    Callback,
}

impl Patience {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Job => "job",
            Self::Callback => "callback",
        }
    }

    /// Whether an action can be waited for so.
    fn is_way_of(self, action: &Action) -> bool {
        action.patterns.iter().any(|pattern| match pattern {
            Pattern::Request => self == Self::Request,
            Pattern::Sync | Pattern::Sync2 => self == Self::Job,
            Pattern::Callback => self == Self::Callback,
        })
    }

    pub(super) fn from_word(word: &str) -> Self {
        match word {
            "job" => Self::Job,
            "callback" => Self::Callback,
            _ => Self::Request,
        }
    }
}

pub(super) fn worker(resource: &str) -> Worker {
    if resource.contains(":lambda:") && resource.contains(":function:") {
        Worker::Function
    } else if resource.contains(":activity:") {
        Worker::Activity
    } else if resource.starts_with("arn:") && resource.contains(":states:::") {
        Worker::Service
    } else {
        Worker::Other
    }
}

pub(super) fn patience(resource: &str) -> Patience {
    if resource.ends_with(".waitForTaskToken") {
        Patience::Callback
    } else if resource.ends_with(".sync") || resource.ends_with(".sync:2") {
        Patience::Job
    } else {
        Patience::Request
    }
}

/// The ways to wait that exist for a resource; all of them where it is not known. Calls of AWS's APIs start no jobs.
pub(super) fn ways(resource: &str) -> Vec<Patience> {
    let known = catalog::of_resource(resource);
    let is_sdk = sdk_call(resource).is_some();
    let mut ways = vec![Patience::Request, Patience::Job, Patience::Callback];
    ways.retain(|patience| match known {
        Some((action, _)) => patience.is_way_of(action),
        None => !is_sdk || *patience != Patience::Job,
    });
    ways
}

/// The same action with another patience.
pub(super) fn with_patience(resource: &str, patience: Patience) -> String {
    let bare = bare(resource);
    match patience {
        Patience::Request => bare.to_owned(),
        // The only job whose answer is JSON needs the second version of the pattern to give it parsed.
        Patience::Job if bare.ends_with(":states:startExecution") => format!("{bare}.sync:2"),
        Patience::Job => format!("{bare}.sync"),
        Patience::Callback => format!("{bare}.waitForTaskToken"),
    }
}

fn bare(resource: &str) -> &str {
    [".waitForTaskToken", ".sync:2", ".sync"]
        .iter()
        .find_map(|end| resource.strip_suffix(end))
        .unwrap_or(resource)
}

/// The service and action of a service resource.
pub(super) fn service(resource: &str) -> Option<(&str, &str)> {
    let rest = bare(resource).split_once(":states:::")?.1;
    Some(rest.split_once(':').unwrap_or((rest, "")))
}

/// The last part of an ARN: the function's or activity's name.
pub(super) fn name(resource: &str) -> &str {
    let after = [":function:", ":activity:"]
        .iter()
        .find_map(|part| resource.split_once(part));
    after.map_or(resource, |(_, name)| name)
}

/// A service, with what the state waits for.
fn waited_for(service: &str, patience: Patience) -> String {
    match patience {
        Patience::Request => service.to_owned(),
        Patience::Job => text::runs_job(service),
        Patience::Callback => text::waits_for_answer(service),
    }
}

/// What does the work, in a few words.
pub(super) fn words(resource: &str) -> String {
    let patience = patience(resource);
    match worker(resource) {
        Worker::Function => text::function(name(resource)),
        Worker::Activity => text::activity(name(resource)),
        Worker::Service => match catalog::of_resource(resource) {
            Some((action, _)) if patience == Patience::Request => action.noun.to_owned(),
            Some((action, _)) => {
                let short = action.service().map_or(action.service, |it| it.short);
                waited_for(short, patience)
            }
            None => {
                let (service, action) = service(resource).unwrap_or(("", ""));
                let plain = || [service, action].join(" ").trim_end().to_owned();
                waited_for(&sdk_words(resource).unwrap_or_else(plain), patience)
            }
        },
        Worker::Other if resource.is_empty() => text::NO_RESOURCE.to_owned(),
        Worker::Other => resource.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patience_of_an_action_can_be_changed_and_read_back() {
        let start = "arn:aws:states:::sagemaker:createTrainingJob";
        for patience_wanted in [Patience::Request, Patience::Job, Patience::Callback] {
            let changed = with_patience(start, patience_wanted);
            assert_eq!(patience(&changed), patience_wanted);
            assert_eq!(with_patience(&changed, Patience::Request), start);
        }
    }

    #[test]
    fn a_child_pipeline_is_waited_for_with_its_answer_parsed() {
        assert_eq!(
            with_patience("arn:aws:states:::states:startExecution", Patience::Job),
            "arn:aws:states:::states:startExecution.sync:2"
        );
    }

    #[test]
    fn resources_are_told_in_plain_words() {
        assert_eq!(
            words("arn:aws:lambda:us-east-1:1:function:check"),
            "function check"
        );
        assert_eq!(
            words("arn:aws:states:us-east-1:1:activity:ask"),
            "activity ask"
        );
        assert_eq!(
            words("arn:aws:states:::glue:startJobRun.sync"),
            "Glue, run and wait"
        );
        assert_eq!(words("arn:aws:states:::lambda:invoke"), "Lambda function");
        assert_eq!(
            words("arn:aws:states:::aws-sdk:s3:getBucketAcl"),
            "S3 GetBucketAcl"
        );
        assert_eq!(
            words("arn:aws:states:::aws-sdk:s3:getBucketAcl.waitForTaskToken"),
            "S3 GetBucketAcl, wait for an answer"
        );
        assert_eq!(
            words("arn:aws:states:::unheard:of.sync"),
            "unheard of, run and wait"
        );
        assert_eq!(words(""), "no resource yet");
    }
}
