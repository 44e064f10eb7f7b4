//! Published versions, with the aliases that lead to each (feature map, WS-54, VER-01 to 03).

use super::Config;
use super::server::{Known, Machine, Version};
use crate::api::versions;
use crate::pages::deploy::publishing::Publishing;
use crate::pages::parts::{self, Load};
use crate::pages::words;
use crate::ui::{Button, Glyph};
use leptos::prelude::*;

/// So many are listed; older ones are behind a button.
const SHOWN: usize = 20;

pub(super) fn part(config: Config) -> impl IntoView {
    let more = RwSignal::new(false);
    let server = config.server;
    let list = move || match server.known.get() {
        Load::Asked => view! { <p class="t3" role="status">"Asking the server…"</p> }.into_any(),
        Load::Failed(error) => parts::trouble(&error, move || server.read()).into_any(),
        Load::Here(Known { machine: None, .. }) => view! {
            <p class="t3">"The pipeline is not deployed yet, so it has no versions."</p>
        }
        .into_any(),
        Load::Here(Known {
            machine: Some(machine),
            ..
        }) => listed(config, &machine, more).into_any(),
    };
    let content = view! {
        <Publishing publish=config.keeper.publish/>
        {list}
        {move || server.fault.get().map(parts::refusal)}
    };
    super::part(
        "Versions",
        "A version is what was deployed at a moment, and never changes. Runs can be started on it, by an alias or its number.",
        content,
    )
}

fn listed(config: Config, machine: &Machine, more: RwSignal<bool>) -> impl IntoView + use<> {
    let arn = machine.arn.clone();
    let publish = move || {
        let arn = arn.clone();
        config
            .server
            .act(async move { versions::publish_version(&arn, "").await.map(drop) });
    };
    let count = machine.versions.len();
    let shown = if more.get() { count } else { SHOWN };
    let rows: Vec<_> = machine
        .versions
        .iter()
        .take(shown)
        .map(|version| row(machine, version))
        .collect();
    let table = view! {
        <table class="list-table" aria-label="Versions">
            <thead><tr><th scope="col">"Version"</th><th scope="col">"Published"</th><th scope="col">"What is new"</th><th scope="col">"Aliases"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    };
    view! {
        {if count == 0 { view! { <p class="t3">"Nothing was published yet."</p> }.into_any() } else { table.into_any() }}
        <div class="row">
            <Button label="Publish what is deployed now" glyph=Glyph::Plus title="PublishStateMachineVersion" on_press=publish/>
            {(count > shown).then(|| view! { <Button label=format!("Show all {count}") on_press=move || more.set(true)/> })}
        </div>
    }
}

fn row(machine: &Machine, version: &Version) -> impl IntoView + use<> {
    let aliases = machine.leading_to(&version.arn);
    view! {
        <tr>
            <th scope="row" title=version.arn.clone()>{version.number.clone()}</th>
            <td>{words::when_here(version.created)}</td>
            <td class="wrap">{version.description.clone()}</td>
            <td>{aliases.into_iter().map(|alias| view! { <span class="chip">{alias}</span>" " }).collect_view()}</td>
        </tr>
    }
}
