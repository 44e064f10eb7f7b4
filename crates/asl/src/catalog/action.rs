//! An action: one call of one service, and the ways to wait for it.

use super::{Parameter, Service, service};

/// How a task waits for what it started (feature map 11.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// Goes on after the answer.
    Request,
    /// Waits for the job.
    Sync,
    /// Waits for the job and reads its output as JSON.
    Sync2,
    /// Waits for the token.
    Callback,
}

impl Pattern {
    /// What stands after the call in the ARN.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Request => "",
            Self::Sync => ".sync",
            Self::Sync2 => ".sync:2",
            Self::Callback => ".waitForTaskToken",
        }
    }

    /// What it means for the state, in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Request => "Goes on after the answer of the service.",
            Self::Sync => "Waits until the job is done.",
            Self::Sync2 => "Waits until the execution is done; its output is JSON, not text.",
            Self::Callback => {
                "Waits until somebody returns the task token, `Task.Token` in the context object."
            }
        }
    }

    /// The call before the suffix, and what the suffix means.
    pub(crate) fn split(rest: &str) -> (&str, Self) {
        [Self::Sync2, Self::Sync, Self::Callback]
            .into_iter()
            .find_map(|pattern| Some((rest.strip_suffix(pattern.suffix())?, pattern)))
            .unwrap_or((rest, Self::Request))
    }
}

/// How an action is named in a `Resource`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// `arn:aws:states:::<service>:<call>`.
    Optimized,
    /// `arn:aws:states:::aws-sdk:<service>:<call>`.
    Sdk,
    /// As `Optimized`, in `ItemReader` and `ResultWriter` of a Map alone.
    MapData,
    /// The ARN of an activity, whose workers (or people) fetch the task.
    Activity,
}

/// What of the answer a new task hands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// All of it, in place of the input.
    Whole,
    /// One member of it, in place of the input.
    Part(&'static str),
    /// All of it under a member of the input.
    Beside(&'static str),
}

/// The parameter that says in a word what is worked on; the canvas shows its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// No parameter does.
    None,
    /// The value says it by itself, as a function's name does.
    Alone(&'static str),
    /// The value needs the service before it, as a topic's name does.
    After(&'static str),
}

/// One call of one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Action {
    /// The service's name in ARNs.
    pub service: &'static str,
    /// The call's name in ARNs.
    pub name: &'static str,
    /// How a `Resource` names it.
    pub form: Form,
    /// The ways to wait that exist.
    pub patterns: &'static [Pattern],
    /// What it does, as an order: "Train a model".
    pub title: &'static str,
    /// What it works on, as a noun: "SageMaker training job".
    pub noun: &'static str,
    /// The parameter that says what is worked on.
    pub subject: Subject,
    /// The parameters, needed ones first. Services document more.
    pub parameters: &'static [Parameter],
    /// What of the answer a new task hands on.
    pub answer: Answer,
    /// Whether it is one of the calls that most pipelines have.
    pub is_usual: bool,
}

pub(super) const REQUEST: &[Pattern] = &[Pattern::Request];
pub(super) const JOB: &[Pattern] = &[Pattern::Request, Pattern::Sync];
pub(super) const TOKEN: &[Pattern] = &[Pattern::Request, Pattern::Callback];
pub(super) const JOB_OR_TOKEN: &[Pattern] = &[Pattern::Request, Pattern::Sync, Pattern::Callback];
pub(super) const EVERY: &[Pattern] = &[
    Pattern::Request,
    Pattern::Sync,
    Pattern::Sync2,
    Pattern::Callback,
];

impl Action {
    pub(super) const fn new(
        (service, name): (&'static str, &'static str),
        patterns: &'static [Pattern],
        (title, noun): (&'static str, &'static str),
        parameters: &'static [Parameter],
    ) -> Self {
        Self {
            service,
            name,
            form: Form::Optimized,
            patterns,
            title,
            noun,
            subject: Subject::None,
            parameters,
            answer: Answer::Whole,
            is_usual: false,
        }
    }

    pub(super) const fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    pub(super) const fn usual(self) -> Self {
        Self {
            is_usual: true,
            ..self
        }
    }

    pub(super) const fn about(self, subject: Subject) -> Self {
        Self { subject, ..self }
    }

    pub(super) const fn answers(self, answer: Answer) -> Self {
        Self { answer, ..self }
    }

    /// The service.
    pub fn service(&self) -> Option<&'static Service> {
        service(self.service)
    }

    /// The `Resource` of a task that waits in this way.
    pub fn resource(&self, pattern: Pattern) -> String {
        let (service, name, end) = (self.service, self.name, pattern.suffix());
        match self.form {
            Form::Optimized | Form::MapData => format!("arn:aws:states:::{service}:{name}{end}"),
            Form::Sdk => format!("arn:aws:states:::aws-sdk:{service}:{name}{end}"),
            Form::Activity => format!("arn:aws:states:us-east-1:123456789012:activity:{name}"),
        }
    }

    /// How a new task waits: for the job where there is one, else for the answer.
    pub fn usual_pattern(&self) -> Pattern {
        [Pattern::Sync2, Pattern::Sync]
            .into_iter()
            .find(|pattern| self.patterns.contains(pattern))
            .unwrap_or(Pattern::Request)
    }

    /// The plain name of a new state: the title without its articles.
    pub fn state_name(&self) -> String {
        let words = self.title.split(' ');
        let kept: Vec<&str> = words
            .filter(|word| !matches!(*word, "a" | "an" | "the"))
            .collect();
        kept.join(" ")
    }
}
