//! From the states of a definition to statements.

use super::arguments::Arguments;
use super::expand::{Resource, expand, is_arn};
use super::facts::{self, Allow, Right, Rule, When};
use super::gather::{Need, Statements};
use super::when::{condition, holds};
use super::{Assumed, Condition, Note, NoteKind, Policy, Subject, map, sdk};
use crate::catalog::{Form, Pattern};
use crate::graph::{Outline, StateNode, StateType, parts};
use crate::text::{Document, Node, Pointer, template_text};
use std::sync::Arc;

/// What the role of a state machine with this definition needs. A broken definition gives what its readable states need.
pub fn derive(document: &Document, subject: &Subject) -> Policy {
    let outline = Outline::of(document);
    let mut deriving = Deriving {
        subject,
        own: Statements::default(),
        assumed: Vec::new(),
        notes: Vec::new(),
    };
    let states = parts(document, &outline).states;
    for (state, member) in outline.states.iter().zip(states) {
        deriving.state(state, &member.value);
    }
    deriving.machine();
    let assumed = deriving.assumed.into_iter();
    Policy {
        statements: deriving.own.finish(),
        assumed: assumed
            .map(|(role, statements)| Assumed {
                role,
                statements: statements.finish(),
            })
            .collect(),
        notes: deriving.notes,
    }
}

/// A policy that grows.
pub(super) struct Deriving<'s> {
    pub(super) subject: &'s Subject,
    own: Statements,
    assumed: Vec<(String, Statements)>,
    notes: Vec<Note>,
}

/// The state that is looked at.
pub(super) struct Place<'p> {
    pub(super) pointer: &'p Pointer,
    pub(super) name: &'p Arc<str>,
    /// The role that it works with, when that is not the machine's.
    role: Option<String>,
}

/// What a task calls.
enum Call<'t> {
    Table(&'static Right, Pattern),
    Sdk { service: &'t str, name: &'t str },
    Function(String),
    Activity,
    Unknown,
}

impl Deriving<'_> {
    fn state(&mut self, state: &StateNode, node: &Node) {
        let mut place = Place {
            pointer: &state.pointer,
            name: &state.name,
            role: None,
        };
        match state.kind {
            Some(StateType::Task) => {
                place.role = self.role(&place, node);
                self.task(&place, node);
            }
            Some(StateType::Map) => map::distributed(self, &place, node),
            _ => {}
        }
    }

    /// The role in `Credentials`, which the machine's own role must be allowed to take on.
    fn role(&mut self, place: &Place<'_>, state: &Node) -> Option<String> {
        let credentials = state.field("Credentials")?;
        let known = credentials.field("RoleArn").and_then(template_text);
        let home = &self.subject.home;
        let role = match known.filter(|text| !text.starts_with("{%")) {
            Some(role) => Resource {
                arn: role,
                wide: None,
            },
            None => Resource {
                arn: format!("arn:{}:iam::*:role/*", home.partition()),
                wide: Some("RoleArn is known only at run time.".to_owned()),
            },
        };
        let name = match role.wide {
            Some(_) => "*".to_owned(),
            None => role.arn.clone(),
        };
        self.need(
            place,
            &["sts:AssumeRole"],
            vec![role],
            Vec::new(),
            "works with another role, named in its Credentials",
        );
        Some(name)
    }

    fn task(&mut self, place: &Place<'_>, state: &Node) {
        let arguments = Arguments::of_task(state);
        let Some(resource) = state.field("Resource") else {
            return;
        };
        let text = template_text(resource).unwrap_or_default();
        match call(&text) {
            Call::Activity => {}
            Call::Function(arn) => {
                let function = vec![Resource { arn, wide: None }];
                self.need(
                    place,
                    &["lambda:InvokeFunction"],
                    function,
                    Vec::new(),
                    "calls a Lambda function",
                );
            }
            Call::Table(right, pattern) => self.right(place, right, pattern, &arguments),
            Call::Sdk { service, name } => self.sdk(place, service, name, &arguments),
            Call::Unknown => self.note(
                place,
                NoteKind::Missing,
                match resource.is_placeholder() {
                    true => {
                        "What it calls is a placeholder, so the policy lacks its rights.".to_owned()
                    }
                    false => format!(
                        "The rights for `{text}` are not known here, so the policy lacks them."
                    ),
                },
            ),
        }
    }

    fn right(
        &mut self,
        place: &Place<'_>,
        right: &Right,
        pattern: Pattern,
        arguments: &Arguments<'_>,
    ) {
        let waits = matches!(pattern, Pattern::Sync | Pattern::Sync2);
        for allow in right.allows {
            if holds(allow.when, waits, arguments) {
                self.allow(place, right, allow, arguments);
            }
        }
        if waits {
            self.rule(place, right.rule);
        }
        let depends = |allow: &Allow| matches!(allow.when, When::Given(_));
        if arguments.is_open() && right.allows.iter().any(depends) {
            let words = "Only a run knows which arguments there are; what optional ones need (tags, roles, objects in S3) is left out.";
            self.note(place, NoteKind::Missing, words.to_owned());
        }
        if !right.elsewhere.is_empty() {
            self.note(place, NoteKind::Elsewhere, right.elsewhere.to_owned());
        }
    }

    fn allow(
        &mut self,
        place: &Place<'_>,
        right: &Right,
        allow: &Allow,
        arguments: &Arguments<'_>,
    ) {
        let patterns = allow.on.iter();
        let mut resources: Vec<Resource> = patterns
            .flat_map(|pattern| expand(pattern, arguments, self.subject))
            .collect();
        for resource in &mut resources {
            if resource.wide.is_none() && !allow.wide.is_empty() {
                resource.wide = Some(allow.wide.to_owned());
            }
        }
        let mut conditions = Vec::new();
        for only in allow.only {
            match condition(*only, arguments) {
                Some(condition) => conditions.push(condition),
                None => {
                    let open = format!("The value for {} is known only at run time.", only.1);
                    for resource in &mut resources {
                        resource.wide.get_or_insert_with(|| open.clone());
                    }
                }
            }
        }
        let why = if allow.why.is_empty() {
            right.does
        } else {
            allow.why
        };
        self.need(place, allow.actions, resources, conditions, why);
    }

    /// What it takes to learn by a rule of EventBridge that a job is done.
    fn rule(&mut self, place: &Place<'_>, rule: Rule) {
        let (name, wide) = match rule {
            Rule::None => return,
            Rule::Named(name) => (name.to_owned(), None),
            Rule::Begins(name) => {
                let wide = "AWS does not say how this rule is named.".to_owned();
                (format!("{name}*"), Some(wide))
            }
        };
        let home = &self.subject.home;
        let arn = format!(
            "arn:{}:events:{}:{}:rule/{name}",
            home.partition(),
            home.region(),
            home.account()
        );
        let actions = ["events:PutTargets", "events:PutRule", "events:DescribeRule"];
        let why = "waits, and is told by a rule of EventBridge, kept by Step Functions, when that is done";
        self.need(
            place,
            &actions,
            vec![Resource { arn, wide }],
            Vec::new(),
            why,
        );
    }

    fn sdk(&mut self, place: &Place<'_>, service: &str, name: &str, arguments: &Arguments<'_>) {
        let mut call = sdk::call(service, name, |path| arguments.has(path));
        let is_of_version = matches!(name, "getObject" | "headObject" | "deleteObject");
        if service == "s3" && is_of_version && arguments.has("VersionId") {
            call.actions
                .iter_mut()
                .for_each(|action| action.push_str("Version"));
        }
        let patterns = call.on.iter();
        let mut resources: Vec<Resource> = patterns
            .flat_map(|pattern| expand(pattern, arguments, self.subject))
            .collect();
        for resource in &mut resources {
            if resource.arn == "*" {
                let wide = "What this call works on is not known here; narrow it by hand.";
                resource.wide.get_or_insert_with(|| wide.to_owned());
            }
        }
        let actions: Vec<&str> = call.actions.iter().map(String::as_str).collect();
        let why = format!("calls {name} of {service}");
        self.need(place, &actions, resources, Vec::new(), &why);
        if call.passes && arguments.has(ROLES) {
            let mut roles = expand(
                &format!("iam::{{account}}:role/{{{ROLES}}}"),
                arguments,
                self.subject,
            );
            for role in &mut roles {
                let wide = "Which service takes the role is not known here; add a condition on iam:PassedToService.";
                role.wide.get_or_insert_with(|| wide.to_owned());
            }
            self.need(
                place,
                &["iam:PassRole"],
                roles,
                Vec::new(),
                "gives the service a role to work with",
            );
        }
        if call.passes && arguments.is_open() {
            let words = "Only a run knows which arguments there are; the right to hand on a role that is among them is left out.";
            self.note(place, NoteKind::Missing, words.to_owned());
        }
        if service == "s3" && matches!(name, "copyObject" | "uploadPartCopy") {
            let source = expand("s3:::{CopySource:source}", arguments, self.subject);
            self.need(
                place,
                &["s3:GetObject"],
                source,
                Vec::new(),
                "copies an object",
            );
        }
        if call.is_guess {
            let words = format!(
                "The action `{}` is a guess by the call's name; look it up.",
                actions.join("`, `")
            );
            self.note(place, NoteKind::Guessed, words);
        }
    }

    /// What the machine needs as a whole.
    fn machine(&mut self) {
        let all = |wide: &str| {
            vec![Resource {
                arn: "*".to_owned(),
                wide: Some(wide.to_owned()),
            }]
        };
        if self.subject.logging {
            let words = "Logging is on: Step Functions sets up how logs are delivered.";
            self.whole(
                LOGGING,
                all("These actions know no narrower resource."),
                Vec::new(),
                words,
            );
        }
        if self.subject.tracing {
            let words = "Tracing is on: Step Functions sends traces to X-Ray.";
            self.whole(
                TRACING,
                all("These actions know no narrower resource."),
                Vec::new(),
                words,
            );
        }
        if let Some(key) = &self.subject.key {
            let key = vec![Resource {
                arn: key.clone(),
                wide: None,
            }];
            let words = "A key of your own encrypts the definition and the data of executions.";
            self.whole(
                &["kms:Decrypt", "kms:GenerateDataKey"],
                key,
                Vec::new(),
                words,
            );
        }
    }

    fn whole(
        &mut self,
        actions: &[&str],
        resources: Vec<Resource>,
        conditions: Vec<Condition>,
        words: &str,
    ) {
        self.own.add(Need {
            actions: actions.iter().map(ToString::to_string).collect(),
            resources,
            conditions,
            words: words.to_owned(),
            pointer: Pointer::root(),
            state: None,
        });
    }

    /// Adds what a state needs; `why` goes on from its name.
    pub(super) fn need(
        &mut self,
        place: &Place<'_>,
        actions: &[&str],
        resources: Vec<Resource>,
        conditions: Vec<Condition>,
        why: &str,
    ) {
        let need = Need {
            actions: actions.iter().map(ToString::to_string).collect(),
            resources,
            conditions,
            words: format!("\"{}\" {why}.", place.name),
            pointer: place.pointer.clone(),
            state: Some(place.name.clone()),
        };
        let Some(role) = &place.role else {
            return self.own.add(need);
        };
        match self.assumed.iter_mut().find(|(known, _)| known == role) {
            Some((_, statements)) => statements.add(need),
            None => {
                let mut statements = Statements::default();
                statements.add(need);
                self.assumed.push((role.clone(), statements));
            }
        }
    }

    pub(super) fn note(&mut self, place: &Place<'_>, kind: NoteKind, words: String) {
        self.notes.push(Note {
            pointer: place.pointer.clone(),
            state: Some(place.name.clone()),
            kind,
            words,
        });
    }
}

/// Arguments by which calls of the SDK hand on a role.
const ROLES: &str = "RoleArn|ExecutionRoleArn|ServiceRoleArn|DataAccessRoleArn|Target.RoleArn|Targets[].RoleArn|Role";

const LOGGING: &[&str] = &[
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
];

const TRACING: &[&str] = &[
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
];

/// What a `Resource` calls. A placeholder in its place is taken for a function's ARN, as samples of SAM have it.
fn call(resource: &str) -> Call<'_> {
    if resource.contains(":activity:") {
        return Call::Activity;
    }
    if let Some(target) = integration(resource) {
        let (target, pattern) = Pattern::split(target);
        let (form, target) = match target.strip_prefix("aws-sdk:") {
            Some(target) => (Form::Sdk, target),
            None => (Form::Optimized, target),
        };
        let Some((service, name)) = target.split_once(':') else {
            return Call::Unknown;
        };
        return match (facts::of(form, service, name), form) {
            (Some(right), _) => Call::Table(right, pattern),
            (None, Form::Sdk) => Call::Sdk { service, name },
            (None, Form::Optimized | Form::MapData | Form::Activity) => Call::Unknown,
        };
    }
    let is_function = resource.contains(":lambda:") && resource.starts_with("arn:");
    match is_function || is_arn(resource) && !resource.starts_with("arn:") {
        true => Call::Function(resource.to_owned()),
        false => Call::Unknown,
    }
}

/// What an ARN of Step Functions calls; region and account in it mean nothing, and exported definitions have them.
/// The partition may be a placeholder (`${AWS::Partition}`).
fn integration(resource: &str) -> Option<&str> {
    let rest = resource.strip_prefix("arn:")?;
    let (partition, rest) = match rest
        .strip_prefix("${")
        .and_then(|rest| rest.split_once('}'))
    {
        Some((name, rest)) => (name, rest.strip_prefix(':')?),
        None => rest.split_once(':')?,
    };
    let rest = rest.strip_prefix("states:")?;
    rest.splitn(3, ':').nth(2).filter(|_| !partition.is_empty())
}
