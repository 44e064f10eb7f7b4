//! English.

pub(crate) mod api;
pub(crate) mod canvas;
pub(crate) mod code;
pub(crate) mod commands;
pub(crate) mod common;
pub(crate) mod compare;
pub(crate) mod config;
pub(crate) mod document;
pub(crate) mod drafts;
pub(crate) mod dry_run;
pub(crate) mod files;
pub(crate) mod inspector;
pub(crate) mod opening;
pub(crate) mod pages;
pub(crate) mod palette;
pub(crate) mod permissions;
pub(crate) mod problems;
pub(crate) mod session;
pub(crate) mod shell;
pub(crate) mod studio;
pub(crate) mod test_state;
pub(crate) mod tree;
pub(crate) mod ui;
pub(crate) mod vault;
pub(crate) mod versions;
pub(crate) mod words;
