//! The role that a machine takes on, and the key that encrypts its data (feature map, WS-51 and WS-53).

use super::{Config, part};
use crate::commands::Command;
use crate::drafts::Key;
use crate::text::config as text;
use crate::ui::{Button, Glyph, NumberField, Switch, TextField};
use leptos::prelude::*;

pub(super) fn role(config: Config) -> impl IntoView {
    let desk = config.desk;
    let content = view! {
        <TextField
            label=text::ROLE
            hint="roleArn"
            mono=true
            placeholder=text::ROLE_EXAMPLE
            value=config.read(|settings| settings.role.clone())
            error=config.fault(|faults| faults.role.clone())
            on_change=move |role: String| config.edit(|settings| settings.role = role.trim().to_owned())
        />
        <div><Button label=text::ROLE_NEEDS glyph=Glyph::Shield on_press=move || desk.run(Command::Permissions)/></div>
    };
    part(text::PERMISSIONS, text::PERMISSIONS_HINT, content)
}

pub(super) fn key(config: Config) -> impl IntoView {
    let on = config.read(|settings| settings.key.is_some());
    let is_on = Memo::new(move |_| on.get());
    let turn = move |on: bool| config.edit(|settings| settings.key = on.then(Key::default));
    let content = view! {
        <Switch label=text::OWN_KEY on=on hint=text::OWN_KEY_HINT on_change=turn/>
        <Show when=move || is_on.get()>{fields(config)}</Show>
    };
    part(text::ENCRYPTION, text::ENCRYPTION_HINT, content)
}

fn fields(config: Config) -> impl IntoView {
    let edit = move |change: &dyn Fn(&mut Key)| {
        config.edit(|settings| {
            if let Some(key) = &mut settings.key {
                change(key);
            }
        });
    };
    let id = config.read(|settings| {
        let key = settings.key.as_ref();
        key.map(|key| key.id.clone()).unwrap_or_default()
    });
    let seconds = config.read(|settings| {
        let key = settings.key.as_ref();
        key.and_then(|key| key.reuse_seconds).map(f64::from)
    });
    let keep_for = move |seconds: Option<f64>| {
        edit(&|key| key.reuse_seconds = seconds.and_then(whole));
    };
    view! {
        <TextField
            label=text::KEY
            hint=text::KEY_HINT
            mono=true
            placeholder=text::KEY_EXAMPLE
            value=id
            error=config.fault(|faults| faults.key.clone())
            on_change=move |id: String| edit(&|key| key.id = id.trim().to_owned())
        />
        <NumberField
            label=text::KEY_REUSE
            hint="encryptionConfiguration.kmsDataKeyReusePeriodSeconds"
            unit="s"
            placeholder="300"
            least=60.0
            most=900.0
            whole=true
            value=seconds
            on_change=keep_for
        />
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the field takes whole numbers from 60 to 900"
)]
fn whole(seconds: f64) -> Option<u32> {
    (60.0..=900.0).contains(&seconds).then_some(seconds as u32)
}
