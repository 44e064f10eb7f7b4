//! States and what is particular to each type.

use super::data::read_assign;
use super::errors::{read_catch, read_retry};
use super::place::Place;
use super::{
    Amount, Assign, BlockId, Builder, Catcher, Choice, DataFlow, Map, Names, QueryLanguage,
    Resource, Retrier, StateId, TextField, read_language, target,
};
use crate::query::timestamp::Instant;
use serde_json::Value;
use std::sync::Arc;

/// A state.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Its name.
    pub name: Arc<str>,
    /// Its number.
    pub id: StateId,
    /// The block in which it stands.
    pub block: BlockId,
    /// `Comment`
    pub comment: Option<String>,
    /// Its type, with what is particular to it.
    pub kind: StateKind,
    /// Its filters, or `Arguments` and `Output`.
    pub data: DataFlow,
    /// `Assign`
    pub assign: Option<Assign>,
    /// Where it goes; Choice, Succeed and Fail have none.
    pub transition: Option<Transition>,
    /// `Retry`
    pub retry: Vec<Retrier>,
    /// `Catch`
    pub catch: Vec<Catcher>,
    /// Whether anything in it may read the context object.
    pub reads_context: bool,
}

/// `Next` or `End`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// To a state of the same block.
    Next(StateId),
    /// The block ends here.
    End,
}

/// The type of a state.
#[derive(Debug, Clone, PartialEq)]
pub enum StateKind {
    /// `Task`
    Task(Box<Task>),
    /// `Pass`, with its `Result` (JSONPath).
    Pass(Option<Value>),
    /// `Choice`
    Choice(Choice),
    /// `Wait`
    Wait(Wait),
    /// `Succeed`
    Succeed,
    /// `Fail`
    Fail(Fail),
    /// `Parallel`, with its branches.
    Parallel(Vec<BlockId>),
    /// `Map`
    Map(Box<Map>),
}

/// The Task state.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// `Resource`
    pub resource: Resource,
    /// `TimeoutSeconds`
    pub timeout_seconds: Option<Amount<u64>>,
    /// `HeartbeatSeconds`
    pub heartbeat_seconds: Option<Amount<u64>>,
    /// `Credentials.RoleArn`
    pub role_arn: Option<TextField>,
}

/// The Wait state.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// `Seconds` or `SecondsPath`
    Seconds(Amount<u64>),
    /// `Timestamp` or `TimestampPath`
    Timestamp(TextField),
}

/// The Fail state.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fail {
    /// `Error` or `ErrorPath`
    pub error: Option<TextField>,
    /// `Cause` or `CausePath`
    pub cause: Option<TextField>,
}

impl StateKind {
    /// The type's name in the language.
    pub fn type_name(&self) -> &'static str {
        match self {
            StateKind::Task(_) => "Task",
            StateKind::Pass(_) => "Pass",
            StateKind::Choice(_) => "Choice",
            StateKind::Wait(_) => "Wait",
            StateKind::Succeed => "Succeed",
            StateKind::Fail(_) => "Fail",
            StateKind::Parallel(_) => "Parallel",
            StateKind::Map(_) => "Map",
        }
    }
}

impl Builder {
    pub(super) fn state(
        &mut self,
        name: &str,
        place: &Place<'_>,
        block: BlockId,
        names: &Names,
    ) -> Option<State> {
        place.object()?;
        let language = read_language(place).unwrap_or(self.query_language);
        let type_name = place.required("Type")?.string()?;
        let kind = self.kind(type_name, place, language, names)?;
        let works = matches!(type_name, "Task" | "Parallel" | "Map");
        Some(State {
            name: Arc::from(name),
            id: *names.get(name)?,
            block,
            comment: place
                .member("Comment")
                .and_then(|place| place.string())
                .map(str::to_owned),
            data: DataFlow::read(place, language, type_name),
            assign: read_assign(place, language),
            transition: read_transition(place, &kind, names)?,
            retry: if works { read_retry(place) } else { Vec::new() },
            catch: if works {
                read_catch(place, language, names)
            } else {
                Vec::new()
            },
            kind,
            reads_context: place.texts().any(can_read_context),
        })
    }

    fn kind(
        &mut self,
        type_name: &str,
        place: &Place<'_>,
        language: QueryLanguage,
        names: &Names,
    ) -> Option<StateKind> {
        Some(match type_name {
            "Task" => StateKind::Task(Box::new(Task::read(place, language)?)),
            "Pass" => StateKind::Pass(read_result(place, language)),
            "Choice" => StateKind::Choice(Choice::read(place, language, names)?),
            "Wait" => StateKind::Wait(Wait::read(place, language)?),
            "Succeed" => StateKind::Succeed,
            "Fail" => StateKind::Fail(Fail {
                error: TextField::read(place, "Error", language),
                cause: TextField::read(place, "Cause", language),
            }),
            "Parallel" => {
                let branches = place.required("Branches")?.filled_array()?;
                let blocks: Vec<_> = branches.iter().map(|branch| self.branch(branch)).collect();
                StateKind::Parallel(blocks.into_iter().collect::<Option<_>>()?)
            }
            "Map" => StateKind::Map(Box::new(self.map(place, language)?)),
            _ => {
                let types = "Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map";
                let message =
                    format!("The field 'Type' should have one of these values: [{types}]");
                return place
                    .refuse_inside(vec![crate::text::Step::Key(Arc::from("Type"))], message);
            }
        })
    }

    fn branch(&mut self, place: &Place<'_>) -> Option<BlockId> {
        place.object()?;
        self.block(place)
    }
}

/// Whether a query of this text can see the context object: it says `$$`, or `$states` for more than one of its other members.
fn can_read_context(text: &str) -> bool {
    const OTHERS: [&str; 3] = [".input", ".result", ".errorOutput"];
    let is_other = |after: &str| {
        let rest = OTHERS.iter().find_map(|name| after.strip_prefix(name));
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let mut behind = text.split("$states").skip(1);
    text.contains("$$") || behind.any(|after| !is_other(after))
}

fn read_result(place: &Place<'_>, language: QueryLanguage) -> Option<Value> {
    match language {
        QueryLanguage::JsonPath => place.member("Result")?.value(),
        QueryLanguage::Jsonata => None,
    }
}

/// The outer `None` says that the transition is wrong, the inner one that the type has none.
fn read_transition(
    place: &Place<'_>,
    kind: &StateKind,
    names: &Names,
) -> Option<Option<Transition>> {
    if matches!(
        kind,
        StateKind::Choice(_) | StateKind::Succeed | StateKind::Fail(_)
    ) {
        return Some(None);
    }
    let end = match place.member("End") {
        Some(end) => end.boolean()?,
        None => false,
    };
    match (place.member("Next"), end) {
        (Some(next), false) => target(&next, names).map(|id| Some(Transition::Next(id))),
        (None, true) => Some(Some(Transition::End)),
        (Some(_), true) => place.refuse("A state has either \"Next\" or \"End\": true, not both"),
        (None, false) => place.refuse("A state needs \"Next\" or \"End\": true"),
    }
}

impl Task {
    fn read(place: &Place<'_>, language: QueryLanguage) -> Option<Self> {
        let role_arn = match place.member("Credentials") {
            Some(credentials) => Some(read_role(&credentials, language)?),
            None => None,
        };
        Some(Self {
            resource: Resource::parse(place.required("Resource")?.string()?),
            timeout_seconds: Amount::read(place, "TimeoutSeconds", language, Place::positive),
            heartbeat_seconds: Amount::read(place, "HeartbeatSeconds", language, Place::positive),
            role_arn,
        })
    }
}

fn read_role(credentials: &Place<'_>, language: QueryLanguage) -> Option<TextField> {
    credentials.object()?;
    if let Some(place) = credentials.member("RoleArn") {
        return TextField::read_text(&place, language);
    }
    match credentials.member("RoleArn.$") {
        Some(place) if language == QueryLanguage::JsonPath => TextField::read_query(&place),
        _ => credentials.refuse("The field 'RoleArn' is required but was missing"),
    }
}

impl Wait {
    fn read(place: &Place<'_>, language: QueryLanguage) -> Option<Self> {
        let has = |name: &str| place.member(name).is_some();
        if has("Seconds") || has("SecondsPath") {
            return Amount::read(place, "Seconds", language, Place::count).map(Wait::Seconds);
        }
        if has("TimestampPath") && language == QueryLanguage::JsonPath {
            return TextField::read(place, "Timestamp", language).map(Wait::Timestamp);
        }
        let Some(timestamp) = place.member("Timestamp") else {
            return place.refuse(
                "A Wait state needs one of Seconds, SecondsPath, Timestamp, TimestampPath",
            );
        };
        let field = TextField::read_text(&timestamp, language)?;
        if let TextField::Fixed(text) = &field
            && Instant::parse(text).is_none()
        {
            return timestamp.refuse("String does not match RFC3339 timestamp");
        }
        Some(Wait::Timestamp(field))
    }
}

#[cfg(test)]
mod tests {
    use super::can_read_context;

    #[test]
    fn only_a_query_that_can_see_the_context_object_counts_as_reading_it() {
        for text in [
            "$$.Execution.Id",
            "{% $states.context %}",
            "{% $keys($states) %}",
            "{% $states.inputs %}",
        ] {
            assert!(can_read_context(text), "{text}");
        }
        for text in [
            "$.a",
            "{% $states.input.a & $states.result %}",
            "{% $states.errorOutput.Error %}",
        ] {
            assert!(!can_read_context(text), "{text}");
        }
    }
}
