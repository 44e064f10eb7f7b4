//! One icon, one hue, one word and one hint for each kind of state, used everywhere.

use super::icon::{Glyph, Icon};
use crate::text::ui as text;
use asl::graph::{StateNode, StateType};
use asl::text::Document;
use leptos::prelude::*;

/// A kind of state as it is shown: the eight types, a Task that asks people, and a state without a known type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the language's own")]
pub enum Kind {
    Task,
    /// A Task that waits for a person's answer.
    Person,
    Pass,
    Choice,
    Wait,
    Parallel,
    Map,
    Succeed,
    Fail,
    /// No type, or one that the language does not have.
    Unknown,
}

impl Kind {
    /// Every kind that a state can be made of.
    pub const ALL: [Self; 9] = [
        Self::Task,
        Self::Choice,
        Self::Parallel,
        Self::Map,
        Self::Wait,
        Self::Pass,
        Self::Succeed,
        Self::Fail,
        Self::Person,
    ];

    /// The kind of a type alone.
    pub fn of_type(kind: Option<StateType>) -> Self {
        match kind {
            Some(StateType::Task) => Self::Task,
            Some(StateType::Pass) => Self::Pass,
            Some(StateType::Choice) => Self::Choice,
            Some(StateType::Wait) => Self::Wait,
            Some(StateType::Parallel) => Self::Parallel,
            Some(StateType::Map) => Self::Map,
            Some(StateType::Succeed) => Self::Succeed,
            Some(StateType::Fail) => Self::Fail,
            None => Self::Unknown,
        }
    }

    /// The kind of a state: a Task on an activity whose request holds a question asks a person.
    pub fn of(document: &Document, state: &StateNode) -> Self {
        let kind = Self::of_type(state.kind);
        let activity = state
            .resource
            .as_deref()
            .is_some_and(|resource| resource.contains(":activity:"));
        if kind == Self::Task && activity && asks_question(document, state) {
            Self::Person
        } else {
            kind
        }
    }

    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Task => text::TASK,
            Self::Person => text::PERSON,
            Self::Pass => text::PASS,
            Self::Choice => text::CHOICE,
            Self::Wait => text::WAIT,
            Self::Parallel => text::PARALLEL,
            Self::Map => text::MAP,
            Self::Succeed => text::SUCCEED,
            Self::Fail => text::FAIL,
            Self::Unknown => text::UNKNOWN,
        }
    }

    /// What it is for, in a few words.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Task => text::TASK_HINT,
            Self::Person => text::PERSON_HINT,
            Self::Pass => text::PASS_HINT,
            Self::Choice => text::CHOICE_HINT,
            Self::Wait => text::WAIT_HINT,
            Self::Parallel => text::PARALLEL_HINT,
            Self::Map => text::MAP_HINT,
            Self::Succeed => text::SUCCEED_HINT,
            Self::Fail => text::FAIL_HINT,
            Self::Unknown => text::UNKNOWN_HINT,
        }
    }

    /// Its icon.
    pub fn glyph(self) -> Glyph {
        match self {
            Self::Task => Glyph::Task,
            Self::Person => Glyph::Person,
            Self::Pass => Glyph::Pass,
            Self::Choice => Glyph::Choice,
            Self::Wait => Glyph::Wait,
            Self::Parallel => Glyph::Parallel,
            Self::Map => Glyph::Map,
            Self::Succeed => Glyph::Succeed,
            Self::Fail => Glyph::Fail,
            Self::Unknown => Glyph::Question,
        }
    }

    /// The class that sets `--hue` for everything inside.
    pub fn class(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Person => "person",
            Self::Pass | Self::Unknown => "pass",
            Self::Choice => "choice",
            Self::Wait => "wait",
            Self::Parallel => "parallel",
            Self::Map => "map",
            Self::Succeed => "succeed",
            Self::Fail => "fail",
        }
    }
}

fn asks_question(document: &Document, state: &StateNode) -> bool {
    let Some(node) = document.get(&state.pointer) else {
        return false;
    };
    ["Parameters", "Arguments"]
        .iter()
        .filter_map(|field| node.member(field))
        .any(|request| {
            ["Question", "Question.$"]
                .iter()
                .any(|key| request.value.member(key).is_some())
        })
}

/// The icon of a kind on its tinted square.
#[component]
pub fn KindSquare(
    /// Which kind; may change.
    #[prop(into)]
    kind: Signal<Kind>,
) -> impl IntoView {
    view! {
        <span class=move || format!("sq {}", kind.get().class())>
            <Icon glyph=Signal::derive(move || kind.get().glyph())/>
        </span>
    }
}
