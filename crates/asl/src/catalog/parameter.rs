//! A parameter of an action.

use serde_json::Value;

/// A member of a task's `Parameters` or `Arguments`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Parameter {
    /// As the service's API calls it.
    pub name: &'static str,
    /// What values it takes.
    pub kind: ParameterKind,
    /// Whether there is a call without it.
    pub need: Need,
    /// What it is, in plain words; empty when the name says it.
    pub words: &'static str,
    /// What a new task begins with, and what an empty field shows.
    pub example: Example,
}

/// What values a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ParameterKind {
    Text,
    Number,
    /// True or false.
    Flag,
    Object,
    List,
    /// Any JSON value.
    Any,
}

/// Whether there is a call without a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// AWS refuses a definition without it.
    Checked,
    /// The service refuses the call without it.
    Required,
    /// The call does without.
    Optional,
}

/// What a parameter is filled with at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Example {
    /// Nothing that would make sense everywhere.
    None,
    /// A text.
    Text(&'static str),
    /// A value as JSON text.
    Json(&'static str),
    /// The state's whole input.
    Input,
    /// The execution's name, which no other execution has.
    RunName,
}

impl Example {
    /// The value; none for what only a run knows.
    pub fn value(self) -> Option<Value> {
        match self {
            Self::Text(text) => Some(Value::from(text)),
            Self::Json(text) => serde_json::from_str(text).ok(),
            Self::None | Self::Input | Self::RunName => None,
        }
    }
}

impl Parameter {
    /// Whether the value is an object, a list or any JSON.
    pub fn is_data(&self) -> bool {
        match self.kind {
            ParameterKind::Object | ParameterKind::List | ParameterKind::Any => true,
            ParameterKind::Text | ParameterKind::Number | ParameterKind::Flag => false,
        }
    }

    /// Whether a new task has it from the start.
    pub fn is_written(&self) -> bool {
        self.need != Need::Optional || self.example == Example::Input
    }

    pub(super) const fn checked(self) -> Self {
        Self {
            need: Need::Checked,
            ..self
        }
    }

    pub(super) const fn required(self) -> Self {
        Self {
            need: Need::Required,
            ..self
        }
    }

    pub(super) const fn like(self, text: &'static str) -> Self {
        Self {
            example: Example::Text(text),
            ..self
        }
    }

    pub(super) const fn json(self, text: &'static str) -> Self {
        Self {
            example: Example::Json(text),
            ..self
        }
    }

    pub(super) const fn input(self) -> Self {
        Self {
            example: Example::Input,
            ..self
        }
    }

    pub(super) const fn run_name(self) -> Self {
        Self {
            example: Example::RunName,
            ..self
        }
    }
}

const fn of(kind: ParameterKind, name: &'static str, words: &'static str) -> Parameter {
    Parameter {
        name,
        kind,
        need: Need::Optional,
        words,
        example: Example::None,
    }
}

pub(super) const fn text(name: &'static str, words: &'static str) -> Parameter {
    of(ParameterKind::Text, name, words)
}

pub(super) const fn number(name: &'static str, words: &'static str) -> Parameter {
    of(ParameterKind::Number, name, words)
}

pub(super) const fn flag(name: &'static str, words: &'static str) -> Parameter {
    of(ParameterKind::Flag, name, words)
}

pub(super) const fn object(name: &'static str, words: &'static str) -> Parameter {
    of(ParameterKind::Object, name, words)
}

pub(super) const fn list(name: &'static str, words: &'static str) -> Parameter {
    of(ParameterKind::List, name, words)
}

pub(super) const fn any(name: &'static str, words: &'static str) -> Parameter {
    of(ParameterKind::Any, name, words)
}
