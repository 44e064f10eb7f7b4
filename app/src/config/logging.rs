//! What is logged, and whether runs are traced (feature map, WS-52 and WS-53).

use super::Config;
use crate::drafts::Level;
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
            label="What is logged"
            hint="loggingConfiguration.level: OFF, FATAL, ERROR or ALL"
            choices=Signal::stored(choices)
            value=level
            on_change=move |word: String| config.edit(|settings| settings.logging.level = Level::from_wire(&word))
        />
        <Show when=move || is_on.get()>{where_to(config)}</Show>
        <Switch
            label="Trace runs with X-Ray"
            hint="tracingConfiguration.enabled"
            on=config.read(|settings| settings.tracing)
            on_change=move |on: bool| config.edit(|settings| settings.tracing = on)
        />
    };
    titled(content)
}

fn titled(content: impl IntoView) -> impl IntoView {
    super::part(
        "Logging and tracing",
        "AWS writes logs to CloudWatch; a Statecraft server writes them as files below logs/ in its data folder.",
        content,
    )
}

fn where_to(config: Config) -> impl IntoView {
    let is_empty = config.read(|settings| settings.logging.group.is_empty());
    let usual = move || {
        let group = config.server.usual_group();
        config.edit(|settings| settings.logging.group = group);
    };
    view! {
        <TextField
            label="Log group"
            hint="loggingConfiguration.destinations[0].cloudWatchLogsLogGroup.logGroupArn"
            mono=true
            placeholder="arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/NAME:*"
            value=config.read(|settings| settings.logging.group.clone())
            error=config.fault(|faults| faults.group.clone())
            on_change=move |group: String| config.edit(|settings| settings.logging.group = group.trim().to_owned())
        />
        {move || is_empty.get().then(|| view! { <div><Button label="Use the usual log group" on_press=usual/></div> })}
        <Switch
            label="Log inputs and outputs, too"
            hint="loggingConfiguration.includeExecutionData"
            on=config.read(|settings| settings.logging.include_data)
            on_change=move |on: bool| config.edit(|settings| settings.logging.include_data = on)
        />
    }
}
