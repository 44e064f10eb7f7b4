//! Name and type, which are fixed once the pipeline is deployed (feature map, WS-50).

use super::Config;
use crate::drafts::{self, StoreError};
use crate::pages::paths;
use crate::text::{common, config as text};
use crate::ui::{Choice, Segmented, TextField};
use asl::check::MachineType;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

fn said(is_fixed: bool) -> &'static str {
    match is_fixed {
        true => text::FIXED,
        false => text::NOT_FIXED,
    }
}

pub(super) fn part(config: Config) -> impl IntoView {
    let is_fixed = Memo::new(move |_| config.keeper.deployed.read().is_some());
    let content = view! {
        <p class="hint">{move || said(is_fixed.get())}</p>
        {name(config, is_fixed)}
        {kind(config, is_fixed)}
    };
    super::part(text::PIPELINE, text::PIPELINE_HINT, content)
}

fn name(config: Config, is_fixed: Memo<bool>) -> impl IntoView {
    let present = config.keeper.session().name();
    let fault = RwSignal::new(None::<String>);
    let navigate = use_navigate();
    let rename = move |wanted: String| {
        let wanted = wanted.trim().to_owned();
        let known = config.server.machines();
        let refused = match drafts::check_name(&wanted) {
            Err(why) => Some(why.to_string()),
            Ok(()) if drafts::is_taken(&wanted, &known) => Some(text::name_taken(&wanted)),
            Ok(()) => renamed(config, &wanted)
                .err()
                .map(|error| error.to_string()),
        };
        let is_done = refused.is_none();
        fault.set(refused);
        if is_done {
            let address = format!("{}?view=config", paths::studio(&wanted));
            // Nothing is left under the old name to go back to.
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&address, options);
        }
    };
    view! {
        <TextField
            label=common::NAME
            hint="name"
            value=present
            error=fault
            disabled=is_fixed
            on_change=rename
        />
    }
}

/// Keeps the draft under another name, with all that belongs to it.
fn renamed(config: Config, wanted: &str) -> Result<(), StoreError> {
    // What is still due would be written under the old name when this page goes.
    config.keeper.keep();
    let mut draft = untrack(|| config.keeper.draft());
    let old = std::mem::replace(&mut draft.name, wanted.to_owned());
    drafts::rename(&old, &draft)
}

fn kind(config: Config, is_fixed: Memo<bool>) -> impl IntoView {
    let session = config.keeper.session();
    let value = move || match session.machine_type().get() {
        MachineType::Standard => "STANDARD".to_owned(),
        MachineType::Express => "EXPRESS".to_owned(),
    };
    let take = move |word: String| {
        session.machine_type().set(match word.as_str() {
            "EXPRESS" => MachineType::Express,
            _ => MachineType::Standard,
        });
        session.check_soon();
    };
    let about = move || match session.machine_type().get() {
        MachineType::Standard => common::STANDARD_HINT,
        MachineType::Express => text::EXPRESS_HINT,
    };
    let choices = || {
        vec![
            Choice::new("STANDARD", common::STANDARD),
            Choice::new("EXPRESS", common::EXPRESS),
        ]
    };
    view! {
        <div class="field-box">
            <span class="label" title="type">{common::TYPE}</span>
            {move || if is_fixed.get() {
                view! { <p>{if value() == "EXPRESS" { common::EXPRESS } else { common::STANDARD }}</p> }.into_any()
            } else {
                view! { <Segmented label=common::TYPE choices=choices() value=Signal::derive(value) on_change=take/> }.into_any()
            }}
            <p class="hint">{about}</p>
        </div>
    }
}
