//! The studio in the browser: draw, check, dry-run, deploy, watch and review pipelines.
//!
//! The document is the text of a definition plus its parsed form. Canvas, inspector and code pane are views of one
//! [`session`]; every edit is a verb of [`document`]. Logic without a DOM is tested natively; components only draw.

#![expect(
    unreachable_pub,
    reason = "the component macro repeats a component's `pub` on an item inside the module"
)]

pub mod api;
mod calls;
pub mod canvas;
pub mod code;
pub mod commands;
pub mod compare;
pub mod config;
pub mod document;
pub mod drafts;
pub mod dry_run;
pub mod files;
pub mod inspector;
pub mod opening;
pub mod pages;
pub mod palette;
pub mod permissions;
pub mod problems;
pub mod session;
pub mod shell;
pub mod studio;
pub mod test_state;
mod text;
pub mod tree;
pub mod ui;
pub mod vault;
pub mod versions;
