//! The dialog that makes a template: which kind, how it is written, and what becomes a parameter.

use super::save::save_text;
use super::template::{Liftable, Wanted, leaves_out_key, liftable, template};
use crate::commands::Desk;
use crate::text::{common, files as text};
use crate::ui::{Button, ButtonLook, Choice, Dialog, Glyph, Segmented};
use asl::template::Dialect;
use asl::text::Format;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The dialog "Template".
#[component]
pub fn TemplateDialog(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || open.set(desk.template.read().is_some()));
    Effect::new(move || {
        if !open.get() && desk.template.read_untracked().is_some() {
            desk.template.set(None);
        }
    });
    view! {
        <Dialog open=open title=text::TEMPLATE wide=true>
            <Content desk=desk open=open/>
        </Dialog>
    }
}

/// What is chosen in the dialog.
#[derive(Debug, Clone, Copy)]
struct Chosen {
    desk: Desk,
    format: RwSignal<Format>,
    lifted: RwSignal<BTreeSet<String>>,
}

impl Chosen {
    fn dialect(self) -> Dialect {
        self.desk.template.get().unwrap_or(Dialect::Serverless)
    }

    /// The text of the template, or why there is none.
    fn made(self) -> Result<String, String> {
        let session = self.desk.session;
        let wanted = Wanted {
            name: session.name().get(),
            machine_type: session.machine_type().get(),
            dialect: self.dialect(),
            format: self.format.get(),
            settings: self.desk.settings(),
            lifted: self.lifted.get(),
        };
        let made = session
            .document()
            .with(|definition| template(definition, &wanted));
        made.map_err(|error| text::no_template(&error))
    }

    fn file(self) -> (String, &'static str) {
        let (ending, kind) = match self.format.get_untracked() {
            Format::Json => ("json", "application/json"),
            Format::Yaml => ("yaml", "application/yaml"),
        };
        let name = self.desk.session.name().get_untracked();
        (format!("{name}.template.{ending}"), kind)
    }
}

#[component]
fn Content(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let all = desk
        .session
        .document()
        .with_untracked(|text| liftable(text));
    let names = all.iter().map(|each| each.name.clone()).collect();
    let chosen = Chosen {
        desk,
        format: RwSignal::new(Format::Yaml),
        lifted: RwSignal::new(names),
    };
    let made = Memo::new(move |_| chosen.made());
    let save = move || {
        if let Ok(text) = made.get_untracked() {
            let (name, kind) = chosen.file();
            save_text(&name, &text, kind);
            open.set(false);
        }
    };
    let copy = move || {
        if let Ok(text) = made.get_untracked() {
            super::copy_text(desk, &text, text::TEMPLATE_COPIED);
        }
    };
    let no_key = Memo::new(move |_| leaves_out_key(&desk.settings(), chosen.dialect()));
    let none = Signal::derive(move || made.read().is_err());
    view! {
        <div class="dialog-body template">
            <div class="row">
                {dialects(desk)}
                {formats(chosen)}
            </div>
            <Show when=move || no_key.get()>
                <p class="hint" role="status">{text::NO_KEY_IN_SAM}</p>
            </Show>
            {parameters(chosen, all)}
            {move || match made.get() {
                Ok(text) => view! { <pre class="template-text" tabindex="0" role="region" aria-label=text::TEMPLATE_TEXT>{text}</pre> }.into_any(),
                Err(why) => view! { <p class="field-error" role="alert">{why}</p> }.into_any(),
            }}
        </div>
        <footer class="dialog-foot">
            <Button label=common::COPY glyph=Glyph::Copy disabled=none on_press=copy/>
            <Button label=text::DOWNLOAD glyph=Glyph::Download look=ButtonLook::Primary disabled=none on_press=save/>
        </footer>
    }
}

fn dialects(desk: Desk) -> impl IntoView {
    let choices = vec![
        Choice::new("sam", "SAM"),
        Choice::new("cloudformation", "CloudFormation"),
    ];
    let word = move || match desk.template.get() {
        Some(Dialect::CloudFormation) => "cloudformation".to_owned(),
        Some(Dialect::Serverless) | None => "sam".to_owned(),
    };
    let take = move |word: String| {
        let dialect = match word.as_str() {
            "cloudformation" => Dialect::CloudFormation,
            _ => Dialect::Serverless,
        };
        desk.template.set(Some(dialect));
    };
    view! { <Segmented label=text::DIALECT choices=choices value=Signal::derive(word) on_change=take/> }
}

fn formats(chosen: Chosen) -> impl IntoView {
    let choices = vec![Choice::new("yaml", "YAML"), Choice::new("json", "JSON")];
    let word = move || match chosen.format.get() {
        Format::Json => "json".to_owned(),
        Format::Yaml => "yaml".to_owned(),
    };
    let take = move |word: String| {
        chosen.format.set(match word.as_str() {
            "json" => Format::Json,
            _ => Format::Yaml,
        });
    };
    view! { <Segmented label=text::NOTATION choices=choices value=Signal::derive(word) on_change=take/> }
}

/// What another deployment would have differently, each with a choice.
fn parameters(chosen: Chosen, all: Vec<Liftable>) -> impl IntoView {
    if all.is_empty() {
        return view! { <p class="hint">{text::NO_PARAMETERS}</p> }.into_any();
    }
    let rows: Vec<_> = all
        .into_iter()
        .map(|each| parameter(chosen, each))
        .collect();
    view! {
        <fieldset class="lifts">
            <legend class="label" title="DefinitionSubstitutions">{text::PARAMETERS}</legend>
            <p class="hint">{text::PARAMETERS_HINT}</p>
            {rows}
        </fieldset>
    }
    .into_any()
}

fn parameter(chosen: Chosen, each: Liftable) -> impl IntoView {
    let (shown, name) = (each.name.clone(), each.name.clone());
    let places = text::places(each.places);
    let take = move |event| {
        let on = event_target_checked(&event);
        chosen.lifted.update(|lifted| {
            if on {
                lifted.insert(name.clone());
            } else {
                lifted.remove(&name);
            }
        });
    };
    view! {
        <label class="lift">
            <input type="checkbox" prop:checked=move || chosen.lifted.read().contains(&each.name) on:change=take/>
            <span><strong>{shown}</strong><code>{each.value}</code>{places}</span>
        </label>
    }
}
