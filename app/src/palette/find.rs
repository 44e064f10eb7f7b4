//! What the palette lists: by tab, or for what was typed.

use super::search::{Rank, best, exact, rank};
use crate::document::{Addition, Blueprint, Call, Pattern};
use crate::text::palette as text;
use asl::catalog::{self, Action, Form};
use asl::graph::Outline;
use asl::text::{Document, Pointer};

/// A tab of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Flow,
    Actions,
    Patterns,
}

impl Tab {
    pub(super) const ALL: [Self; 3] = [Self::Flow, Self::Actions, Self::Patterns];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Flow => text::FLOW,
            Self::Actions => text::ACTIONS,
            Self::Patterns => text::PATTERNS,
        }
    }

    pub(super) fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.label() == label)
    }
}

/// A heading with what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) label: &'static str,
    pub(super) items: Vec<Addition>,
}

/// The actions that a pipeline calls, in the order in which it has them.
pub(super) fn used(outline: &Outline, document: &Document) -> Vec<&'static Action> {
    let mut used = Vec::new();
    for state in &outline.states {
        let called = state.resource.as_deref().and_then(catalog::of_resource);
        let Some((action, _)) = called.filter(|(action, _)| !used.contains(action)) else {
            continue;
        };
        if action != catalog::approval() || asks(document, &state.pointer) {
            used.push(action);
        }
    }
    used
}

/// Whether the state's activity is one that people answer.
fn asks(document: &Document, state: &Pointer) -> bool {
    let requests = ["Arguments", "Parameters"].map(|field| document.get(&state.join(field)));
    requests.into_iter().flatten().any(catalog::asks)
}

/// What a tab lists.
pub(super) fn listed(tab: Tab, used: &[&'static Action]) -> Vec<Group> {
    match tab {
        Tab::Flow => {
            let mut groups = vec![
                group(text::FLOW, Blueprint::FLOW),
                group(text::PEOPLE, [Blueprint::REVIEWER]),
            ];
            groups.extend(used_group(
                used.iter().filter(|it| **it != catalog::approval()),
            ));
            groups
        }
        Tab::Patterns => vec![group(text::PATTERNS, Pattern::ALL)],
        Tab::Actions => {
            let mut groups: Vec<Group> = used_group(used.iter()).into_iter().collect();
            groups.extend(by_heading(actions()));
            groups
        }
    }
}

fn used_group<'a>(used: impl Iterator<Item = &'a &'static Action>) -> Option<Group> {
    let items: Vec<Blueprint> = used.copied().map(Blueprint::Action).collect();
    (!items.is_empty()).then(|| group(text::USED, items))
}

/// More calls of AWS's APIs than these are only counted.
const MOST_CALLS: usize = 40;

/// What answers a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Found {
    /// The best group first. Actions stand under their service, then other calls of AWS's APIs under theirs.
    pub(super) groups: Vec<Group>,
    /// How many calls are not listed.
    pub(super) left: usize,
}

/// What answers a search, `calls` among it.
pub(super) fn found(wanted: &str, calls: &[Call]) -> Found {
    let all = Addition::all();
    let ranked = all.filter_map(|it| Some((rank(wanted, it.label(), &more(it))?, it)));
    let best: Vec<(Rank, Addition)> = best(ranked);
    let is_near = best.first().is_some_and(|(rank, _)| *rank == Rank::Near);
    let mut called = called(wanted, calls);
    let left = called.len().saturating_sub(MOST_CALLS);
    called.truncate(MOST_CALLS);
    // What a slip of the hand may have meant comes after what has the very words.
    let known = best.into_iter().map(|(_, it)| it);
    let groups = if is_near {
        by_heading(called.into_iter().chain(known))
    } else {
        by_heading(known.chain(called))
    };
    Found { groups, left }
}

/// The calls that answer a search, the best first.
fn called(wanted: &str, calls: &[Call]) -> Vec<Addition> {
    let all = calls
        .iter()
        .map(|call| Addition::State(Blueprint::Call(*call)));
    let ranked = all.filter_map(|it| Some((exact(wanted, it.label(), &more(it))?, it)));
    best(ranked).into_iter().map(|(_, it)| it).collect()
}

fn group<T: Into<Addition>>(label: &'static str, items: impl IntoIterator<Item = T>) -> Group {
    Group {
        label,
        items: items.into_iter().map(Into::into).collect(),
    }
}

fn actions() -> impl Iterator<Item = Addition> {
    Addition::all()
        .filter(|it| matches!(it, Addition::State(Blueprint::Action(_) | Blueprint::Task)))
        .filter(|it| *it != Blueprint::REVIEWER.into())
}

/// Puts things under their headings, which come in the order of their first thing.
fn by_heading(items: impl Iterator<Item = Addition>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in items {
        let label = heading(item);
        match groups.iter_mut().find(|group| group.label == label) {
            Some(group) => group.items.push(item),
            None => groups.push(group(label, [item])),
        }
    }
    groups
}

fn heading(item: Addition) -> &'static str {
    match item {
        Addition::Pattern(_) => text::PATTERNS,
        Addition::State(Blueprint::Action(action)) => action
            .service()
            .map_or(action.service, |service| service.short),
        Addition::State(Blueprint::Call(call)) => call.title,
        Addition::State(Blueprint::Task) => text::ANY_SERVICE,
        Addition::State(
            Blueprint::Choice
            | Blueprint::Parallel
            | Blueprint::Map
            | Blueprint::Wait
            | Blueprint::Pass
            | Blueprint::Succeed
            | Blueprint::Fail,
        ) => text::FLOW,
    }
}

/// What is said of a thing beside its label: hint, service, the call's own name, and other words that people look for.
pub fn more(item: Addition) -> String {
    let service = match item {
        Addition::State(Blueprint::Action(action)) => {
            let full = action.service().map_or("", |service| service.name);
            let sdk = if action.form == Form::Sdk { "sdk" } else { "" };
            format!("{full} {} {} {sdk}", heading(item), action.name)
        }
        Addition::State(Blueprint::Call(call)) => [call.title, call.service, "sdk"].join(" "),
        Addition::State(_) | Addition::Pattern(_) => String::new(),
    };
    format!("{} {service} {}", item.hint(), also(item))
}

/// Words that people look for and that are not in the label or the hint.
fn also(item: Addition) -> &'static str {
    match item {
        Addition::State(blueprint) => match blueprint {
            Blueprint::Choice => text::ALSO_CHOICE,
            Blueprint::Parallel => text::ALSO_PARALLEL,
            Blueprint::Map => text::ALSO_MAP,
            Blueprint::Wait => text::ALSO_WAIT,
            Blueprint::Pass => text::ALSO_PASS,
            Blueprint::Succeed => text::ALSO_SUCCEED,
            Blueprint::Fail => text::ALSO_FAIL,
            Blueprint::Task => text::ALSO_TASK,
            Blueprint::Action(action) => match action.service {
                "people" => text::ALSO_PEOPLE,
                "lambda" => text::ALSO_LAMBDA,
                "sagemaker" => text::ALSO_SAGEMAKER,
                "bedrock" => text::ALSO_BEDROCK,
                "glue" | "databrew" => text::ALSO_GLUE,
                "elasticmapreduce" | "emr-containers" | "emr-serverless" => text::ALSO_EMR,
                "ecs" => text::ALSO_ECS,
                "eks" => text::ALSO_EKS,
                "batch" => text::ALSO_BATCH,
                "sns" => text::ALSO_SNS,
                "sqs" => text::ALSO_SQS,
                "http" => text::ALSO_HTTP,
                "states" => text::ALSO_STATES,
                "redshiftdata" | "athena" => text::ALSO_SQL,
                _ => "",
            },
            Blueprint::Call(_) => "",
        },
        Addition::Pattern(pattern) => match pattern {
            Pattern::RetryWithAlert => text::ALSO_RETRY_WITH_ALERT,
            Pattern::ValidateAndGate => text::ALSO_VALIDATE_AND_GATE,
            Pattern::Split => text::ALSO_SPLIT,
            Pattern::FanOut => text::ALSO_FAN_OUT,
            Pattern::Poll => text::ALSO_POLL,
            Pattern::Approval => text::ALSO_APPROVAL,
            Pattern::BlueGreen => text::ALSO_BLUE_GREEN,
            Pattern::CircuitBreaker => text::ALSO_CIRCUIT_BREAKER,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(wanted: &str) -> Addition {
        found(wanted, &[]).groups[0].items[0]
    }

    #[test]
    fn everything_is_in_one_tab() {
        let count: usize = Tab::ALL
            .into_iter()
            .flat_map(|tab| listed(tab, &[]))
            .map(|group| group.items.len())
            .sum();
        assert_eq!(count, Addition::all().count());
    }

    #[test]
    fn people_find_things_by_what_they_do() {
        assert_eq!(first("approval"), Blueprint::REVIEWER.into());
        assert_eq!(first("delay"), Blueprint::Wait.into());
        assert_eq!(first("wait"), Blueprint::Wait.into());
        assert_eq!(first("fallback"), Pattern::CircuitBreaker.into());
        assert_eq!(first("putitem").label(), "Write an item");
        assert_eq!(found("sagemaker train", &[]).groups[0].label, "SageMaker");
        assert_eq!(first("lamdba").label(), "Invoke a function");
        assert_eq!(found("no such thing", &[]), Found::default());
    }

    fn used_by(state: &str) -> Vec<Group> {
        let text = format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Task", "End": true, {state}}}}}}}"#
        );
        let document = Document::parse(text);
        listed(Tab::Actions, &used(&Outline::of(&document), &document))
    }

    #[test]
    fn what_a_pipeline_calls_comes_first() {
        let groups = used_by(r#""Resource": "arn:aws:states:::sns:publish""#);
        assert_eq!(groups[0].label, "Used in this pipeline");
        assert_eq!(groups[0].items[0].label(), "Publish a message");
    }

    #[test]
    fn an_activity_is_an_approval_only_where_it_puts_a_question() {
        let activity = r#""Resource": "arn:aws:states:us-east-1:123456789012:activity:paint""#;
        assert_ne!(used_by(activity)[0].label, "Used in this pipeline");
        let asking = format!(r#"{activity}, "Parameters": {{"Question.$": "$.question"}}"#);
        assert_eq!(used_by(&asking)[0].items, [Blueprint::REVIEWER.into()]);
    }

    #[test]
    fn other_calls_of_a_service_stand_under_it_after_those_that_are_described() {
        let call = |service, title, name| Call {
            service,
            title,
            name,
        };
        let calls = [
            call("s3", "S3", "GetBucketAcl"),
            call("cloudwatchlogs", "CloudWatch Logs", "CreateLogStream"),
        ];
        let names = |group: &Group| group.items.iter().map(|it| it.label()).collect::<Vec<_>>();
        let s3 = found("s3 get", &calls).groups.remove(0);
        assert_eq!(s3.label, "S3");
        assert_eq!(names(&s3).last(), Some(&"GetBucketAcl"));
        assert!(names(&s3).len() > 1, "{s3:?}");
        let logs = found("create log stream", &calls).groups.remove(0);
        assert_eq!(
            (logs.label, names(&logs)),
            ("CloudWatch Logs", vec!["CreateLogStream"])
        );
    }

    #[test]
    fn calls_beyond_the_most_are_counted() {
        let calls = [Call {
            service: "ec2",
            title: "EC2",
            name: "DescribeZebras",
        }; MOST_CALLS + 3];
        let found = found("zebras", &calls);
        assert_eq!((found.groups[0].items.len(), found.left), (MOST_CALLS, 3));
    }
}
