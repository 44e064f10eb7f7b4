//! Tags (feature map, WS-53).

use super::Config;
use crate::drafts::Tag;
use crate::text::config as says;
use crate::ui::{Button, Glyph, IconButton, TextField, hand_on};
use leptos::prelude::*;

/// The rows, as a selector.
const ROWS: &str = ".config .tag-rows";

/// The button that adds a tag, as a selector.
const ADD: &str = ".config .tag-add .btn";

pub(super) fn part(config: Config) -> impl IntoView {
    let count = config.read(|settings| settings.tags.len());
    let all = config.fault(|faults| faults.all_tags.clone());
    let add = move || {
        config.edit(|settings| settings.tags.push(Tag::default()));
        let last = format!("{ROWS} > :last-child input");
        hand_on(ADD, vec![last]);
    };
    let content = view! {
        {move || (count.get() == 0).then(|| view! { <p class="t3">{says::NO_TAGS}</p> })}
        <div class="tag-rows"><For each=move || 0..count.get() key=|index| *index let:index>{row(config, index)}</For></div>
        {move || all.get().map(|fault| view! { <p class="field-error" role="alert">{fault}</p> })}
        <div class="tag-add"><Button label=says::ADD_TAG glyph=Glyph::Plus on_press=add/></div>
    };
    super::part(says::TAGS, says::TAGS_HINT, content)
}

fn row(config: Config, index: usize) -> impl IntoView {
    let text = move |part: fn(&Tag) -> &String| {
        config.read(move |settings| {
            settings
                .tags
                .get(index)
                .map(part)
                .cloned()
                .unwrap_or_default()
        })
    };
    let edit = move |change: &dyn Fn(&mut Tag)| {
        config.edit(|settings| {
            if let Some(tag) = settings.tags.get_mut(index) {
                change(tag);
            }
        });
    };
    let remove = move || {
        config.edit(|settings| {
            if index < settings.tags.len() {
                settings.tags.remove(index);
            }
        });
        // The row stays for the next tag; the last row goes.
        let before = format!("{ROWS} > :last-child .btn");
        hand_on("", vec![before, ADD.to_owned()]);
    };
    let number = index + 1;
    view! {
        <div class="tag-row">
            <TextField
                label=says::tag_key(number)
                hint="tags[].key"
                value=text(|tag| &tag.key)
                error=config.fault(move |faults| faults.tags.get(index).cloned().flatten())
                on_change=move |key: String| edit(&|tag| tag.key = key.trim().to_owned())
            />
            <TextField
                label=says::tag_value(number)
                hint="tags[].value"
                value=text(|tag| &tag.value)
                on_change=move |value: String| edit(&|tag| value.clone_into(&mut tag.value))
            />
            <IconButton label=says::remove_tag(number) glyph=Glyph::Trash on_press=remove/>
        </div>
    }
}
