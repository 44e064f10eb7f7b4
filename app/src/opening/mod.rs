//! How a pipeline comes in: a file, something dropped or pasted, a template, or a link that holds the whole machine.
//!
//! [`judge()`] says what a text is without reading YAML, so that the first page stays small; [`page`] belongs to the studio and lets one pick
//! a machine of a template. What comes in becomes a draft under a free name; no other draft is ever written over.

mod drop;
mod file;
mod handover;
mod judge;
pub mod link;
pub mod page;
pub mod pick;

pub use drop::DropTarget;
pub use file::{ENDINGS, choose, read};
pub use judge::judge;

use crate::api::aws;
use crate::drafts::{self, Draft, StoreError};
use crate::pages::paths;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What a text was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A definition, as a draft of its own.
    Definition(Box<Draft>),
    /// A template, whose machines are picked from.
    Template(Template),
}

/// The text of a template, with the name of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The file's name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Hands a template over to the page that picks of it; says why not when the browser refuses to keep it so long.
pub fn hand_over(template: &Template) -> Result<(), String> {
    handover::put(template)
}

/// Keeps a draft under a free name and gives the name. Nothing that is there is written over.
pub async fn keep(mut draft: Draft) -> Result<String, StoreError> {
    // Without a server, the names of drafts are the only ones.
    let machines = aws::list_state_machines().await.unwrap_or_default();
    draft.name = drafts::unique_name(&draft.name, |name| drafts::is_taken(name, &machines));
    drafts::save(&draft).map(|kept| kept.name)
}

/// Leaves the page for what was found; `on_fault` hears why not.
pub async fn leave_for(found: Found, on_fault: impl Fn(String)) {
    let address = match found {
        Found::Definition(draft) => keep(*draft)
            .await
            .map(|name| paths::studio(&name))
            .map_err(|error| error.to_string()),
        Found::Template(template) => hand_over(&template).map(|()| paths::open()),
    };
    match address {
        // A browser that refuses to leave keeps the page.
        Ok(address) => drop(window().location().set_href(&address)),
        Err(fault) => on_fault(fault),
    }
}
