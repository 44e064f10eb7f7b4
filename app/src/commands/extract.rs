//! Moves the selected states into a pipeline of their own.

use super::desk::Desk;
use crate::api::aws;
use crate::drafts::{self, Draft};
use crate::text::commands as text;
use asl::text::Pointer;
use leptos::prelude::*;

/// Moves what is selected into a draft of its own under a name that no pipeline has, neither here nor on the server.
pub(super) fn extract(desk: Desk) {
    let selected = desk.selected();
    leptos::task::spawn_local(async move {
        // Without a server, the drafts in this browser are all there is.
        let machines = aws::list_state_machines().await.unwrap_or_default();
        // The studio may have been left meanwhile.
        let Some(own) = desk.session.name().try_get_untracked() else {
            return;
        };
        let base = text::part_of(&own);
        let name = drafts::unique_name(&base, |name| drafts::is_taken(name, &machines));
        take_out(desk, &selected, &name);
    });
}

/// The draft is kept before anything is taken out here.
fn take_out(desk: Desk, states: &[Pointer], name: &str) {
    let extracted = desk
        .session
        .consider(|editing| editing.extract(states, name));
    let (change, text) = match extracted {
        Ok(done) => done,
        Err(refusal) => return desk.refuse(&refusal.to_string()),
    };
    match drafts::save(&Draft::new(name, text)) {
        Ok(_) => {
            desk.session.apply(&change);
            desk.tell(&text::extracted(name));
        }
        Err(error) => desk.refuse(&error.to_string()),
    }
}
