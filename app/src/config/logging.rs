//! What is logged, and whether runs are traced (feature map, WS-52 and WS-53).

use super::Config;
use crate::drafts::Level;
use crate::text::config as text;
use crate::ui::{Button, Choice, Select, Switch, TextField};
use leptos::prelude::*;

pub(super) fn part(config: Config) -> impl IntoView {
    let choices: Vec<Choice> = Level::ALL
        .into_iter()
        .map(|level| Choice::new(level.wire_name(), level.words()))
        .collect();
    let level = config.read(|settings| settings.logging.level.wire_name().to_owned());
    let is_on = config.read(|settings| settings.logging.level != Level::Off);
    let content = view! {
        <Select
            label=text::LEVEL
            hint=text::LEVEL_HINT
            choices=Signal::stored(choices)
            value=level
            on_change=move |word: String| config.edit(|settings| settings.logging.level = Level::from_wire(&word))
        />
        <Show when=move || is_on.get()>{where_to(config)}</Show>
        <Switch
            label=text::TRACE
            hint="tracingConfiguration.enabled"
            on=config.read(|settings| settings.tracing)
            on_change=move |on: bool| config.edit(|settings| settings.tracing = on)
        />
    };
    super::part(text::LOGGING, text::LOGGING_HINT, content)
}

fn where_to(config: Config) -> impl IntoView {
    let is_empty = config.read(|settings| settings.logging.group.is_empty());
    let usual = move || {
        let group = config.server.usual_group();
        config.edit(|settings| settings.logging.group = group);
    };
    view! {
        <TextField
            label=text::LOG_GROUP
            hint="loggingConfiguration.destinations[0].cloudWatchLogsLogGroup.logGroupArn"
            mono=true
            placeholder=text::LOG_GROUP_EXAMPLE
            value=config.read(|settings| settings.logging.group.clone())
            error=config.fault(|faults| faults.group.clone())
            on_change=move |group: String| config.edit(|settings| settings.logging.group = group.trim().to_owned())
        />
        {move || is_empty.get().then(|| view! { <div><Button label=text::USUAL_LOG_GROUP on_press=usual/></div> })}
        <Switch
            label=text::LOG_DATA
            hint="loggingConfiguration.includeExecutionData"
            on=config.read(|settings| settings.logging.include_data)
            on_change=move |on: bool| config.edit(|settings| settings.logging.include_data = on)
        />
    }
}
