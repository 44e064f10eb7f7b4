//! The Statecraft server: engine, store, AWS API, approvals and the studio's pages.
//!
//! [`app::App`] holds everything a request needs. The engine performs what the interpreter (`asl::machine`) asks for and
//! interprets nothing itself; the store keeps what was promised; the router and what stands behind it speak HTTP.

pub mod app;
pub mod approvals;
pub mod arn;
pub mod aws;
mod clock;
pub mod command;
pub mod config;
pub mod connections;
mod connectors;
mod durable;
pub mod engine;
pub mod ids;
mod logs;
mod metrics;
pub mod pages;
pub mod router;
mod serving;
mod status_events;
pub mod store;
mod time;
mod traces;
