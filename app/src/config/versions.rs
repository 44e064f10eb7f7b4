//! Published versions, with the aliases that lead to each (feature map, WS-54, VER-01 to 03).

use super::Config;
use super::delete::{Deletion, Doomed};
use super::server::{About, Act, State, Version, leading_to};
use crate::api::versions::{self, number_of};
use crate::pages::deploy::publishing::Publishing;
use crate::pages::parts;
use crate::pages::words;
use crate::session::Ask;
use crate::text::{common, config as text};
use crate::ui::{Button, Glyph, IconButton, give, hand_on};
use leptos::prelude::*;

/// So many are listed; older ones are behind a button.
const SHOWN: usize = 20;

/// The button that publishes, as a selector.
pub(super) const PUBLISH: &str = ".config .publish-now .btn";

/// The button that deletes a version, as a selector.
pub(super) fn delete_button(number: &str) -> String {
    format!(".config [data-version=\"{number}\"] .btn")
}

pub(super) fn part(config: Config, deletion: Deletion) -> impl IntoView {
    let server = config.server;
    config.answer(Ask::Publish, move || give(PUBLISH));
    let list = move || match server.state.get() {
        State::Asked => {
            view! { <p class="t3" role="status">{common::ASKING_SERVER}</p> }.into_any()
        }
        State::Failed(error) => parts::trouble(&error, move || server.read()).into_any(),
        State::Undeployed => view! {
            <p class="t3">{text::NOT_DEPLOYED}</p>
        }
        .into_any(),
        State::Here => listed(config, deletion).into_any(),
    };
    let content = view! {
        <Publishing publish=config.keeper.publish/>
        {list}
        {move || server.refusal(&About::Publishing).map(parts::refusal)}
    };
    super::part(text::VERSIONS, text::VERSIONS_HINT, content)
}

fn listed(config: Config, deletion: Deletion) -> impl IntoView {
    let versions = config.server.versions;
    let more = RwSignal::new(false);
    let count = Memo::new(move |_| versions.read().len());
    let shown = move || {
        let most = if more.get() { usize::MAX } else { SHOWN };
        let versions = versions.read();
        versions.iter().take(most).cloned().collect::<Vec<_>>()
    };
    let show_all = move || {
        more.set(true);
        let next = versions
            .read_untracked()
            .get(SHOWN)
            .map(|it| delete_button(&it.number));
        hand_on("", next.into_iter().collect());
    };
    let is_cut = Memo::new(move |_| count.get() > SHOWN && !more.get());
    view! {
        <p class="t3" hidden=move || count.get() != 0>{text::NO_VERSIONS}</p>
        <table class="list-table" aria-label=text::VERSIONS hidden=move || count.get() == 0>
            <thead><tr><th scope="col">{text::VERSION}</th><th scope="col">{text::PUBLISHED}</th><th scope="col">{text::WHAT_IS_NEW}</th><th scope="col">{text::ALIASES}</th><th scope="col" aria-label=text::DELETING></th></tr></thead>
            <tbody><For each=shown key=|version| version.arn.clone() let:version>{row(config, deletion, version)}</For></tbody>
        </table>
        <div class="row publish-now">
            <Button label=text::PUBLISH glyph=Glyph::Plus title="PublishStateMachineVersion" on_press=move || publish(config)/>
            {move || is_cut.get().then(|| view! { <Button label=text::show_all(count.get()) on_press=show_all/> })}
        </div>
    }
}

fn publish(config: Config) {
    let known = config.server.known.read_untracked();
    let Some(machine) = known.here().and_then(|known| known.machine.as_ref()) else {
        return;
    };
    let arn = machine.arn.clone();
    let act = Act {
        about: About::Publishing,
        from: String::new(),
        goals: vec![PUBLISH.to_owned()],
    };
    config.server.act(act, async move {
        let version = versions::publish_version(&arn, "").await?;
        Ok(text::version_published(number_of(&version)))
    });
}

fn row(config: Config, deletion: Deletion, version: Version) -> impl IntoView {
    let server = config.server;
    let of = StoredValue::new(version.arn.clone());
    let aliases = Memo::new(move |_| {
        let aliases = server.aliases.read();
        of.with_value(|arn| leading_to(&aliases, arn))
    });
    let description = move || of.with_value(|arn| server.description(arn));
    let about = About::Version(version.arn.clone());
    let refused = Memo::new(move |_| server.refusal(&about));
    let (number, arn) = (version.number.clone(), version.arn.clone());
    let created = words::when_here(version.created);
    let label = text::delete_version(&number);
    let ask = move || deletion.ask(Doomed::Version(version.clone()));
    let chip = |alias| view! { <span class="chip">{alias}</span>" " };
    view! {
        <tr data-version=number.clone()>
            <th scope="row" title=arn>{number.clone()}</th>
            <td>{created}</td>
            <td class="wrap">{description}</td>
            <td>{move || aliases.get().into_iter().map(chip).collect_view()}</td>
            <td><IconButton label=label glyph=Glyph::Trash on_press=ask/></td>
        </tr>
        {move || refused.get().map(|words| view! { <tr class="refused-row"><td colspan="5">{parts::refusal(words)}</td></tr> })}
    }
}
