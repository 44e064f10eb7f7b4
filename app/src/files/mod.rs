//! What leaves the studio as a file: the definition, a picture of its drawing, a template that deploys it.
//!
//! The texts are made by plain functions that are tested natively ([`svg`], `asl::template`); this module asks the session
//! for what goes into them and hands the result to the browser. It reads no files and asks no server.

mod definition;
mod groups;
mod ink;
mod picture;
mod png;
mod save;
mod svg;
mod template;
mod template_dialog;

pub(crate) use definition::{copy_definition, copy_link, copy_text, download};
pub(crate) use picture::{download_png, download_svg};
pub use template_dialog::TemplateDialog;
