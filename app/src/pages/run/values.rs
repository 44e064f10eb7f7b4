//! What the run began with and what it gave.

use super::model::Model;
use crate::pages::json_text::fault_text;
use crate::pages::parts::{self, CopyButton};
use crate::text::pages::run as says;
use leptos::prelude::*;

/// Input and output side by side.
#[component]
pub(super) fn InputOutput(model: Model) -> impl IntoView {
    let input = Signal::derive(move || {
        model
            .detail
            .read()
            .here()
            .and_then(|d| d.input.clone())
            .unwrap_or_default()
    });
    let output = Signal::derive(move || {
        let detail = model.detail.read();
        let output = detail.here().and_then(|d| d.output.clone());
        output
            .or_else(|| model.fault().map(|f| fault_text(&f.error, &f.cause)))
            .unwrap_or_default()
    });
    let title = Signal::derive(move || {
        if model.fault().is_some() {
            says::ERROR
        } else {
            says::OUTPUT
        }
    });
    view! {
        <div class="run-values">
            {pane(Signal::derive(|| says::INPUT), input)}
            {pane(title, output)}
        </div>
    }
}

fn pane(title: Signal<&'static str>, text: Signal<String>) -> impl IntoView {
    view! {
        <section>
            <header class="row"><h2>{move || title.get()}</h2><span class="end"></span><CopyButton text=text /></header>
            {move || if text.read().is_empty() {
                view! { <p class="run-note t3">{says::NO_VALUE}</p> }.into_any()
            } else {
                parts::json(&text.read()).into_any()
            }}
        </section>
    }
}
