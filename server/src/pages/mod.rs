//! What the studio sees: its files, its small JSON API, live updates, and the guard in front of everything
//! (ARCHITECTURE.md, "The studio's own API").
//!
//! Reviews are in [`crate::approvals`]; deploying and running go through the AWS API.

pub(crate) mod csp;
pub(crate) mod extract;
pub(crate) mod failure;
pub(crate) mod files;
pub(crate) mod guard;
pub(crate) mod health;
pub(crate) mod info;
pub(crate) mod live;
pub(crate) mod live_execution;
pub(crate) mod metrics;
pub(crate) mod mocks;
pub(crate) mod readiness;
