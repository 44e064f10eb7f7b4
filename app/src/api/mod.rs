//! What the studio asks of a server, and what it says when there is none.
//!
//! Two doors: [`aws`] speaks the Step Functions API (`POST /`, AWS JSON 1.0), [`studio`] the small JSON API beside it.
//! [`live`] listens to server-sent events. All failures are one [`ApiError`] with plain words. Nothing here draws, keeps
//! state or decides what a page shows.

pub mod aws;
pub mod error;
mod line;
pub mod live;
pub mod studio;
mod transport;
pub mod versions;
pub mod wire;

pub use error::ApiError;
pub use transport::segment as path_segment;
pub use wire::{
    ExecutionDetail, ExecutionNews, Info, MachineDetail, MachineItem, PublishedVersion,
    RedriveStatus, Review, ReviewStatus, RunEvent, RunItem, RunStatus, TaskReadiness, Time,
};
