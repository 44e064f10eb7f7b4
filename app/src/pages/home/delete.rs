//! Deletes a pipeline after its name was typed; a mere draft after one more click.

use super::shelf::Pipeline;
use crate::api::aws;
use crate::drafts;
use crate::pages::parts;
use crate::text::common;
use crate::text::pages::home as says;
use crate::ui::Dialog;
use crate::vault;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks before a pipeline is deleted.
#[component]
pub(super) fn DeleteDialog(
    pipeline: RwSignal<Option<Pipeline>>,
    on_done: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if pipeline.read().is_some() {
            typed.set(String::new());
            fault.set(None);
            open.set(true);
        }
    });
    let name = Signal::derive(move || {
        pipeline
            .read()
            .as_ref()
            .map_or_else(String::new, |p| p.name.clone())
    });
    let deployed =
        Signal::derive(move || pipeline.read().as_ref().is_some_and(|p| p.arn.is_some()));
    let ready = move || !deployed.get() || typed.read().trim() == name.read().as_str();
    let delete = move |_| {
        let Some(pipeline) = pipeline.get_untracked() else {
            return;
        };
        spawn_local(async move {
            match remove(&pipeline).await {
                Ok(()) => {
                    let _ = open.try_set(false);
                    // The page may have been left meanwhile.
                    let _ = on_done.try_run(());
                }
                Err(text) => drop(fault.try_set(Some(text))),
            }
        });
    };
    let title = Signal::derive(move || says::delete_question(&name.get()));
    view! {
        <Dialog open=open title=title>
            <div class="dialog-body">
                <p>{move || if deployed.get() {
                    says::DELETE_DEPLOYED_EFFECT
                } else {
                    says::DELETE_DRAFT_EFFECT
                }}</p>
                <Show when=move || deployed.get()>
                    <label class="stack">
                        <span class="label">{says::TYPE_BEFORE_NAME}<strong>{name}</strong>{says::TYPE_AFTER_NAME}</span>
                        <span class="field"><input type="text" autocomplete="off" spellcheck="false" bind:value=typed /></span>
                    </label>
                </Show>
                {move || fault.get().map(parts::refusal)}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>{common::KEEP_IT}</button>
                <button type="button" class="btn danger" disabled=move || !ready() on:click=delete>
                    {move || if deployed.get() { says::DELETE_DEPLOYED } else { says::DELETE_DRAFT }}
                </button>
            </footer>
        </Dialog>
    }
}

async fn remove(pipeline: &Pipeline) -> Result<(), String> {
    if let Some(arn) = &pipeline.arn {
        aws::delete_state_machine(arn)
            .await
            .map_err(|e| e.to_string())?;
    }
    if pipeline.has_draft {
        drafts::remove(&pipeline.name).map_err(|e| e.to_string())?;
    }
    // A browser that refuses this keeps nothing of the kind.
    let _ = vault::forget(&pipeline.name).await;
    Ok(())
}
