//! Calls of AWS's APIs that the catalogue does not describe: Step Functions makes them by its SDK integration (feature map,
//! WS-03). Which there are is a list that comes with the studio; what they take is not known here.

use super::Language;
use super::blueprint::members;
use asl::catalog::{self, Form};
use serde_json::{Map, Value, json};

/// A call of a service's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Call {
    /// The service's name in ARNs, such as `cloudwatchlogs`.
    pub service: &'static str,
    /// What people call the service.
    pub title: &'static str,
    /// The call, as the service names it: `CreateLogStream`.
    pub name: &'static str,
}

impl Call {
    /// Reads a list: a line for each service, with its name in ARNs, its name for people and its calls. What the catalogue
    /// describes is left out.
    pub fn list(text: &'static str) -> Vec<Self> {
        text.lines().filter_map(of_service).flatten().collect()
    }

    /// The `Resource` of a task that makes it.
    pub fn resource(self) -> String {
        format!("arn:aws:states:::aws-sdk:{}:{}", self.service, self.lower())
    }

    /// The name of a new state: "Create log stream".
    pub fn state_name(self) -> String {
        let mut spaced = String::new();
        let letters: Vec<char> = self.name.chars().collect();
        for (at, letter) in letters.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| letters[before]);
            let after_small = before.is_some_and(|it| !it.is_uppercase());
            let before_small = letters.get(at + 1).is_some_and(|it| it.is_lowercase());
            if letter.is_uppercase() && at > 0 && (after_small || before_small) {
                spaced.push(' ');
            }
            if at > 0 && before_small && letter.is_uppercase() {
                spaced.extend(letter.to_lowercase());
            } else {
                spaced.push(*letter);
            }
        }
        spaced
    }

    /// The task's members without its flow.
    pub(super) fn task(self, language: Language) -> Map<String, Value> {
        let field = match language {
            Language::JsonPath => "Parameters",
            Language::JsonAta => "Arguments",
        };
        members(json!({ "Type": "Task", "Resource": self.resource(), field: {} }))
    }

    fn lower(self) -> String {
        let mut letters = self.name.chars();
        letters
            .next()
            .map(|first| first.to_lowercase().chain(letters).collect())
            .unwrap_or_default()
    }
}

/// What the `Resource` of a task calls by the SDK integration, in any partition: the service's name in ARNs, and the call as the service names it.
pub fn sdk_call(resource: &str) -> Option<(&str, String)> {
    let (partition, target) = resource.split_once(":states:::aws-sdk:")?;
    let (service, call) = target.split_once(':')?;
    let name = call.strip_suffix(".waitForTaskToken").unwrap_or(call);
    let mut letters = name.chars();
    let first = letters.next()?;
    partition
        .starts_with("arn:")
        .then(|| (service, first.to_uppercase().chain(letters).collect()))
}

/// The same in words, such as "S3 GetObject".
pub fn sdk_words(resource: &str) -> Option<String> {
    let (service, name) = sdk_call(resource)?;
    let service = catalog::service(service).map_or(service, |it| it.short);
    Some([service, &name].join(" "))
}

fn of_service(line: &'static str) -> Option<impl Iterator<Item = Call>> {
    let mut parts = line.split('\t');
    let (service, title, calls) = (parts.next()?, parts.next()?, parts.next()?);
    let calls = calls.split(' ').map(move |name| Call {
        service,
        title,
        name,
    });
    Some(calls.filter(|call| catalog::find(Form::Sdk, call.service, &call.lower()).is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::check::{MachineType, Severity, check};
    use asl::text::Document;

    const LIST: &str = include_str!("../../../public/catalog/aws-sdk.txt");

    #[test]
    fn a_call_becomes_a_task_that_the_checks_accept() {
        let calls = Call::list(LIST);
        assert!(calls.len() > 10_000, "{}", calls.len());
        for call in calls.iter().step_by(199) {
            for language in [Language::JsonPath, Language::JsonAta] {
                let mut task = call.task(language);
                task.insert("End".to_owned(), json!(true));
                let query = match language {
                    Language::JsonPath => "JSONPath",
                    Language::JsonAta => "JSONata",
                };
                let text =
                    json!({ "QueryLanguage": query, "StartAt": "A", "States": { "A": task } });
                let found = check(&Document::parse(text.to_string()), MachineType::Standard);
                let errors = found.iter().filter(|it| it.severity == Severity::Error);
                assert_eq!(errors.count(), 0, "{call:?}: {found:?}");
            }
        }
    }

    #[test]
    fn calls_are_named_as_step_functions_and_people_name_them() {
        let call = |service, name| Call {
            service,
            title: "",
            name,
        };
        let logs = call("cloudwatchlogs", "CreateLogStream");
        assert_eq!(
            logs.resource(),
            "arn:aws:states:::aws-sdk:cloudwatchlogs:createLogStream"
        );
        assert_eq!(logs.state_name(), "Create log stream");
        assert_eq!(
            call("rds", "DescribeDBInstances").state_name(),
            "Describe DB instances"
        );
        assert_eq!(call("s3", "ListObjectsV2").state_name(), "List objects V2");
    }

    #[test]
    fn the_resource_of_a_call_says_it_in_words() {
        for call in Call::list(LIST).iter().step_by(97) {
            let resource = call.resource();
            let told = Some((call.service, call.name.to_owned()));
            assert_eq!(sdk_call(&resource), told);
            assert_eq!(sdk_call(&format!("{resource}.waitForTaskToken")), told);
        }
        let acl = "arn:aws-cn:states:::aws-sdk:s3:getBucketAcl";
        assert_eq!(sdk_words(acl).as_deref(), Some("S3 GetBucketAcl"));
        for other in [
            "arn:aws:states:::s3:getObject",
            "arn:aws:states:::aws-sdk:s3",
            "",
            "aws-sdk:s3:getObject",
        ] {
            assert_eq!(sdk_call(other), None, "{other}");
        }
    }

    #[test]
    fn what_the_catalogue_describes_is_not_listed_again() {
        let described = catalog::all().filter(|action| action.form == Form::Sdk);
        let calls = Call::list(LIST);
        for action in described {
            let again =
                |call: &&Call| call.service == action.service && call.lower() == action.name;
            assert_eq!(calls.iter().find(again), None);
        }
    }
}
