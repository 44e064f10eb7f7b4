//! The events of a Map state's iterations, and of the Map Run of a distributed one.

use super::{Details, Failure, wire};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// Which iteration of which Map state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Iteration {
    /// The Map state's name.
    pub name: Arc<str>,
    /// Zero-based.
    pub index: u64,
}

/// The iterations of a Map state, or its Map Run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MapEvent {
    /// `MapStateStarted`, with the number of items (0 while it is not known).
    Started {
        /// Number of items.
        length: u64,
    },
    /// `MapStateSucceeded`
    Succeeded,
    /// `MapStateFailed`
    Failed,
    /// `MapIterationStarted`
    IterationStarted(Iteration),
    /// `MapIterationSucceeded`
    IterationSucceeded(Iteration),
    /// `MapIterationFailed`
    IterationFailed(Iteration),
    /// `MapIterationAborted`
    IterationAborted(Iteration),
    /// `MapRunStarted`, with the Map Run's ARN.
    RunStarted(Arc<str>),
    /// `MapRunFailed`
    RunFailed(Failure),
    /// `MapRunSucceeded`
    RunSucceeded,
    /// `MapRunAborted`
    RunAborted,
    /// `MapRunRedriven`
    RunRedriven {
        /// The Map Run's ARN.
        map_run_arn: Arc<str>,
        /// How often it was redriven, this time included.
        redrive_count: u64,
    },
}

impl MapEvent {
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Started { .. } => "MapStateStarted",
            Self::Succeeded => "MapStateSucceeded",
            Self::Failed => "MapStateFailed",
            Self::IterationStarted(_) => "MapIterationStarted",
            Self::IterationSucceeded(_) => "MapIterationSucceeded",
            Self::IterationFailed(_) => "MapIterationFailed",
            Self::IterationAborted(_) => "MapIterationAborted",
            Self::RunStarted(_) => "MapRunStarted",
            Self::RunFailed(_) => "MapRunFailed",
            Self::RunSucceeded => "MapRunSucceeded",
            Self::RunAborted => "MapRunAborted",
            Self::RunRedriven { .. } => "MapRunRedriven",
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::IterationStarted(iteration)
            | Self::IterationSucceeded(iteration)
            | Self::IterationFailed(iteration)
            | Self::IterationAborted(iteration) => Some(&iteration.name),
            Self::Started { .. }
            | Self::Succeeded
            | Self::Failed
            | Self::RunStarted(_)
            | Self::RunFailed(_)
            | Self::RunSucceeded
            | Self::RunAborted
            | Self::RunRedriven { .. } => None,
        }
    }

    pub(super) fn details(&self) -> Details {
        let object = wire::Object::default();
        Some(match self {
            Self::Started { length } => (
                "mapStateStartedEventDetails",
                object.with("length", *length).into(),
            ),
            Self::IterationStarted(iteration) => {
                ("mapIterationStartedEventDetails", named(iteration))
            }
            Self::IterationSucceeded(iteration) => {
                ("mapIterationSucceededEventDetails", named(iteration))
            }
            Self::IterationFailed(iteration) => {
                ("mapIterationFailedEventDetails", named(iteration))
            }
            Self::IterationAborted(iteration) => {
                ("mapIterationAbortedEventDetails", named(iteration))
            }
            Self::RunStarted(arn) => (
                "mapRunStartedEventDetails",
                object.text("mapRunArn", arn).into(),
            ),
            Self::RunFailed(failure) => {
                ("mapRunFailedEventDetails", object.failure(failure).into())
            }
            Self::RunRedriven {
                map_run_arn,
                redrive_count,
            } => (
                "mapRunRedrivenEventDetails",
                object
                    .text("mapRunArn", map_run_arn)
                    .with("redriveCount", *redrive_count)
                    .into(),
            ),
            Self::Succeeded | Self::Failed | Self::RunSucceeded | Self::RunAborted => return None,
        })
    }

    pub(super) fn from_wire(type_name: &str, event: &Value) -> Option<Self> {
        Some(match type_name {
            "MapStateStarted" => Self::Started {
                length: wire::number(event.get("mapStateStartedEventDetails")?, "length")?,
            },
            "MapStateSucceeded" => Self::Succeeded,
            "MapStateFailed" => Self::Failed,
            "MapIterationStarted" => {
                Self::IterationStarted(read(event, "mapIterationStartedEventDetails")?)
            }
            "MapIterationSucceeded" => {
                Self::IterationSucceeded(read(event, "mapIterationSucceededEventDetails")?)
            }
            "MapIterationFailed" => {
                Self::IterationFailed(read(event, "mapIterationFailedEventDetails")?)
            }
            "MapIterationAborted" => {
                Self::IterationAborted(read(event, "mapIterationAbortedEventDetails")?)
            }
            "MapRunStarted" => Self::RunStarted(wire::text(
                event.get("mapRunStartedEventDetails")?,
                "mapRunArn",
            )?),
            "MapRunFailed" => Self::RunFailed(
                event
                    .get("mapRunFailedEventDetails")
                    .map(wire::failure)
                    .unwrap_or_default(),
            ),
            "MapRunSucceeded" => Self::RunSucceeded,
            "MapRunAborted" => Self::RunAborted,
            "MapRunRedriven" => {
                let details = event.get("mapRunRedrivenEventDetails")?;
                Self::RunRedriven {
                    map_run_arn: wire::text(details, "mapRunArn")?,
                    redrive_count: wire::number(details, "redriveCount")?,
                }
            }
            _ => return None,
        })
    }
}

fn named(iteration: &Iteration) -> Value {
    wire::Object::default()
        .text("name", &iteration.name)
        .with("index", iteration.index)
        .into()
}

fn read(event: &Value, member: &str) -> Option<Iteration> {
    let details = event.get(member)?;
    Some(Iteration {
        name: wire::text(details, "name")?,
        index: wire::number(details, "index")?,
    })
}
