//! Fields bound to members of the definition, and sections around them.

use super::assist::{Shown, helper, json_helper};
use super::findings::notes_at;
use super::place::Place;
use crate::text::inspector as text;
use crate::ui::{AssistField, Choice, JsonEditor, Notes, NumberField, Select, TextArea, TextField};
use asl::graph::Outline;
use asl::text::{Pointer, Step};
use leptos::prelude::*;
use serde_json::{Number, Value, json};

/// A part of the form, with a heading.
#[component]
pub(super) fn Section(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] count: Option<Signal<usize>>,
    #[prop(optional, into)] add: Option<(String, UnsyncCallback<()>)>,
    /// The field that the group is about, to be explained.
    #[prop(optional)]
    about: Option<Pointer>,
    children: Children,
) -> impl IntoView {
    use crate::ui::{Badge, ExplainButton, Glyph, IconButton};
    use leptos::callback::Callable;
    let heading = crate::ui::fresh_id("section");
    view! {
        <section>
            <div class="section-head">
                <h2 id=heading.clone()>{move || title.get()}</h2>
                {count.map(|count| view! { <Badge text=Signal::derive(move || count.get().to_string())/> })}
                <span class="end"></span>
                {about.map(|at| view! { <ExplainButton label=text::GROUP_HELP described=heading.clone() at=at.to_string()/> })}
                {add.map(|(label, act)| view! { <IconButton label=label glyph=Glyph::Plus on_press=move || act.run(())/> })}
            </div>
            <div class="stack">{children()}</div>
        </section>
    }
}

/// Text at `field`; an emptied one removes the member.
#[component]
pub(super) fn TextIn(
    place: Place,
    field: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(optional)] mono: bool,
    #[prop(optional)] long: bool,
) -> impl IntoView {
    let value = place.text(field);
    let take = move |entry: String| {
        let value = (!entry.is_empty()).then_some(Value::String(entry));
        place.put(field, value.as_ref());
    };
    let notes = notes_at(place, &[field]);
    if long {
        view! { <TextArea label=label value=value hint=hint placeholder=placeholder mono=mono notes=notes on_change=take/> }.into_any()
    } else {
        view! { <TextField label=label value=value hint=hint placeholder=placeholder mono=mono notes=notes on_change=take/> }.into_any()
    }
}

/// A path or an expression at `field`; an emptied one removes the member.
#[component]
pub(super) fn QueryIn(
    place: Place,
    field: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] placeholder: &'static str,
) -> impl IntoView {
    let take = move |entry: String| {
        let entry = entry.trim();
        place.put(field, (!entry.is_empty()).then(|| json!(entry)).as_ref());
    };
    let helper = helper(place.member(field), Shown::Whole);
    view! { <AssistField label=label value=place.text(field) hint=hint placeholder=placeholder notes=notes_at(place, &[field]) helper=helper on_change=take/> }
}

/// A number at `field`; an emptied one removes the member.
#[component]
pub(super) fn NumberIn(
    place: Place,
    field: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] unit: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(default = 0.0)] least: f64,
) -> impl IntoView {
    let take = move |entry: Option<f64>| {
        place.put(field, entry.and_then(number).as_ref());
    };
    view! {
        <NumberField
            label=label
            value=place.number(field)
            hint=hint
            unit=unit
            placeholder=placeholder
            least=least
            notes=notes_at(place, &[field])
            on_change=take
        />
    }
}

/// A number as JSON: whole ones without a point.
pub(super) fn number(value: f64) -> Option<Value> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "only whole numbers below 2^53 are cast"
    )]
    let whole = (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i64);
    whole.map_or_else(
        || Number::from_f64(value).map(Value::Number),
        |whole| Some(Value::from(whole)),
    )
}

/// JSON at `field`; an emptied one removes the member.
#[component]
pub(super) fn JsonIn(
    place: Place,
    field: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(default = 3)] rows: u32,
) -> impl IntoView {
    let take = move |entry: Option<Value>| {
        place.put(field, entry.as_ref());
    };
    view! {
        <JsonEditor
            placeholders=true
            label=label
            value=place.json(field)
            hint=hint
            placeholder=placeholder
            rows=rows
            helper=json_helper(place.member(field))
            notes=notes_at(place, &[field])
            on_change=take
        />
    }
}

/// One of a few words at `field`; picking the empty one removes the member.
#[component]
pub(super) fn PickIn(
    place: Place,
    field: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    /// Words of the language with plain ones; an empty word stands for no member.
    choices: &'static [(&'static str, &'static str)],
) -> impl IntoView {
    let take = move |word: String| {
        place.put(
            field,
            (!word.is_empty()).then_some(Value::String(word)).as_ref(),
        );
    };
    let choices: Vec<Choice> = choices
        .iter()
        .map(|(word, words)| Choice::new(*word, *words))
        .collect();
    view! { <Select label=label hint=hint choices=choices value=place.text(field) notes=notes_at(place, &[field]) on_change=take/> }
}

/// The states in the block of the one whose forms are shown, itself not among them: made once for all fields that offer them.
#[derive(Clone, Copy)]
pub(super) struct Beside(Memo<Vec<Choice>>);

impl Beside {
    /// Those beside a state; they stay when it is gone.
    pub(super) fn of(state: Place) -> Self {
        let outline = state.session.outline();
        Self(Memo::new(move |before: Option<&Vec<Choice>>| {
            let choices = outline.with(|outline| beside(outline, &state.state()));
            choices.or_else(|| before.cloned()).unwrap_or_default()
        }))
    }
}

fn beside(outline: &Outline, state: &Pointer) -> Option<Vec<Choice>> {
    let found = outline.find(state)?;
    let block = &outline.blocks[outline.states[found.0].block.0];
    let others = block.states.iter().filter(|other| **other != found);
    let names = others.map(|other| &outline.states[other.0].name);
    Some(
        names
            .map(|name| Choice::new(name.clone(), name.clone()))
            .collect(),
    )
}

/// A choice of the states beside the one whose forms are shown, by name.
#[component]
pub(super) fn StatePicker(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: UnsyncCallback<String>,
    /// What an empty value says; none when one state must be picked.
    #[prop(optional, into)]
    nothing: Option<String>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] notes: Notes,
) -> impl IntoView {
    let beside = use_context::<Beside>();
    let choices = Memo::new(move |_| {
        let nothing = nothing.iter().map(|words| Choice::new("", words.clone()));
        let others = beside.map(|beside| beside.0.get()).unwrap_or_default();
        nothing.chain(others).collect::<Vec<_>>()
    });
    view! { <Select label=label choices=choices value=value hint=hint notes=notes on_change=on_change/> }
}

/// The last step of a pointer, as a name.
pub(super) fn name_of(pointer: &Pointer) -> String {
    match pointer.0.last() {
        Some(Step::Key(name)) => name.to_string(),
        Some(Step::Index(index)) => index.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_without_a_point() {
        assert_eq!(
            number(3.0).map(|value| value.to_string()),
            Some("3".to_owned())
        );
        assert_eq!(
            number(1.5).map(|value| value.to_string()),
            Some("1.5".to_owned())
        );
        assert_eq!(number(f64::NAN), None);
    }
}
