//! The AWS Step Functions API: `POST /` in AWS JSON 1.0 (feature map, 9). One file for each operation.
//!
//! An operation reads its request, calls the store or the engine, and answers. Nothing is decided here about how
//! executions run.

mod activities;
mod aliases;
mod arn;
mod body;
mod check;
mod create_activity;
mod create_state_machine;
mod create_state_machine_alias;
mod delete_activity;
mod delete_state_machine;
mod delete_state_machine_alias;
mod delete_state_machine_version;
mod describe_activity;
mod describe_execution;
mod describe_map_run;
mod describe_state_machine;
mod describe_state_machine_alias;
mod describe_state_machine_for_execution;
mod dispatch;
mod error;
mod events;
mod failures;
mod get_activity_task;
mod get_execution_history;
mod integration;
mod json_text;
mod limits;
mod list_activities;
mod list_executions;
mod list_map_runs;
mod list_state_machine_aliases;
mod list_state_machine_versions;
mod list_state_machines;
mod list_tags_for_resource;
mod map_runs;
mod page;
mod publish_state_machine_version;
mod redrive_execution;
mod send_task_failure;
mod send_task_heartbeat;
mod send_task_success;
mod settings;
mod shape;
mod signature;
mod start_execution;
mod start_sync_execution;
mod stop_execution;
mod tag_resource;
mod tags;
mod test_state;
mod untag_resource;
mod update_map_run;
mod update_state_machine;
mod update_state_machine_alias;
mod validate_state_machine_definition;
mod versions;

pub(crate) use body::{BodyError, read_body};
use dispatch::Answer;
#[cfg(test)]
pub(crate) use dispatch::targets;
pub(crate) use dispatch::{answer, operation_name, refusal};
pub use error::AwsError;
pub(crate) use integration::{OwnApi, Style, failed_call};
pub(crate) use limits::MAX_BODY;
#[cfg(test)]
pub(crate) use shape::{Member, Shape};
pub(crate) use start_execution::start_request;
