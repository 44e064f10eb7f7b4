//! The events of states: entered, exited, aborted.

use super::{Details, wire};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// A state was entered, left or aborted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum StateEvent {
    /// `…StateEntered`
    Entered {
        /// The state's type.
        state_type: EnteredType,
        /// The state's name.
        name: Arc<str>,
        /// The raw input, as JSON text.
        input: Arc<str>,
    },
    /// `…StateExited`
    Exited {
        /// The state's type.
        state_type: ExitedType,
        /// The state's name.
        name: Arc<str>,
        /// The output, as JSON text.
        output: Arc<str>,
        /// Variables set by the state, as JSON texts; left out on the wire when there are none.
        #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
        assigned_variables: IndexMap<Arc<str>, Arc<str>>,
    },
    /// `…StateAborted`; AWS gives it no details.
    Aborted {
        /// The state's type.
        state_type: AbortedType,
    },
}

macro_rules! state_types {
    ($(#[$doc:meta])* $name:ident $suffix:literal: $($variant:ident)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "the names are those of the language's state types")]
        pub enum $name { $($variant),* }

        impl $name {
            fn type_name(self) -> &'static str {
                match self { $(Self::$variant => concat!(stringify!($variant), $suffix)),* }
            }

            /// The name of the state's type in the language.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),* }
            }

            fn from_type_name(name: &str) -> Option<Self> {
                $(if name == concat!(stringify!($variant), $suffix) { return Some(Self::$variant); })*
                None
            }
        }
    };
}

state_types! {
    /// Types of state that have an entered event: all.
    EnteredType "StateEntered": Task Pass Choice Wait Succeed Fail Parallel Map
}
state_types! {
    /// Types of state that have an exited event: all but Fail.
    ExitedType "StateExited": Task Pass Choice Wait Succeed Parallel Map
}
state_types! {
    /// Types of state that have an aborted event: those that can take time.
    AbortedType "StateAborted": Task Wait Parallel Map
}

impl StateEvent {
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Entered { state_type, .. } => state_type.type_name(),
            Self::Exited { state_type, .. } => state_type.type_name(),
            Self::Aborted { state_type } => state_type.type_name(),
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Entered { name, .. } | Self::Exited { name, .. } => Some(name),
            Self::Aborted { .. } => None,
        }
    }

    pub(super) fn details(&self) -> Details {
        match self {
            Self::Entered { name, input, .. } => {
                let details = wire::Object::default().text("name", name).input(input);
                Some(("stateEnteredEventDetails", details.into()))
            }
            Self::Exited {
                name,
                output,
                assigned_variables,
                ..
            } => {
                let details = wire::Object::default().text("name", name).output(output);
                Some((
                    "stateExitedEventDetails",
                    with_variables(details, assigned_variables).into(),
                ))
            }
            Self::Aborted { .. } => None,
        }
    }

    pub(super) fn from_wire(type_name: &str, event: &Value) -> Option<Self> {
        if let Some(state_type) = EnteredType::from_type_name(type_name) {
            let details = event.get("stateEnteredEventDetails")?;
            let (name, input) = (wire::text(details, "name")?, wire::text(details, "input")?);
            return Some(Self::Entered {
                state_type,
                name,
                input,
            });
        }
        if let Some(state_type) = ExitedType::from_type_name(type_name) {
            let details = event.get("stateExitedEventDetails")?;
            return Some(Self::Exited {
                state_type,
                name: wire::text(details, "name")?,
                output: wire::text(details, "output")?,
                assigned_variables: read_variables(details),
            });
        }
        AbortedType::from_type_name(type_name).map(|state_type| Self::Aborted { state_type })
    }
}

fn with_variables(details: wire::Object, variables: &IndexMap<Arc<str>, Arc<str>>) -> wire::Object {
    if variables.is_empty() {
        return details;
    }
    let mut object = wire::Object::default();
    for (name, value) in variables {
        object.put(name, value.as_ref());
    }
    details
        .with("assignedVariables", object)
        .with("assignedVariablesDetails", wire::truncated())
}

fn read_variables(details: &Value) -> IndexMap<Arc<str>, Arc<str>> {
    let variables = details.get("assignedVariables").and_then(Value::as_object);
    let pairs = variables.into_iter().flatten();
    pairs
        .filter_map(|(name, value)| Some((Arc::from(name.as_str()), Arc::from(value.as_str()?))))
        .collect()
}
