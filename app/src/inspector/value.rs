//! A form's field for a member that may be fixed or taken from data: a control for the value, or one for the expression or
//! path, with a switch between the two.

use super::assist::{Shown, helper, json_helper};
use super::findings::notes_of;
use super::parts::number;
use super::slot::{Dynamic, Given, Slot};
use crate::document::empty;
use crate::text::inspector::value as text;
use crate::ui::{
    AssistField, Choice, FieldGroup, Glyph, IconButton, JsonEditor, Notes, NumberField, Segmented,
    TextArea, TextField,
};
use asl::catalog::ParameterKind;
use asl::text::json_of;
use leptos::prelude::*;
use serde_json::{Value, json};

/// What a field is called and takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    kind: ParameterKind,
    label: String,
    hint: String,
    placeholder: String,
    unit: &'static str,
    least: f64,
    most: f64,
    whole: bool,
    rows: u32,
    required: bool,
    removable: bool,
    prose: bool,
    start: Value,
}

impl Entry {
    pub(super) fn new(kind: ParameterKind, label: impl Into<String>) -> Self {
        Self {
            kind,
            label: label.into(),
            hint: String::new(),
            placeholder: String::new(),
            unit: "",
            least: f64::MIN,
            most: f64::MAX,
            whole: false,
            rows: 2,
            required: false,
            removable: false,
            prose: false,
            start: empty(kind),
        }
    }

    pub(super) fn text(label: &str) -> Self {
        Self::new(ParameterKind::Text, label)
    }

    /// Words for people.
    pub(super) fn prose(label: &str) -> Self {
        Self {
            prose: true,
            ..Self::text(label)
        }
    }

    /// A whole number that is not negative.
    pub(super) fn count(label: &str) -> Self {
        Self {
            least: 0.0,
            most: 99_999_999.0,
            whole: true,
            ..Self::new(ParameterKind::Number, label)
        }
    }

    pub(super) fn json(label: &str) -> Self {
        Self::new(ParameterKind::Any, label)
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: hint.into(),
            ..self
        }
    }

    pub(super) fn placeholder(self, placeholder: impl Into<String>) -> Self {
        Self {
            placeholder: placeholder.into(),
            ..self
        }
    }

    pub(super) fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    pub(super) fn from(self, least: f64) -> Self {
        Self { least, ..self }
    }

    pub(super) fn to(self, most: f64) -> Self {
        Self { most, ..self }
    }

    pub(super) fn rows(self, rows: u32) -> Self {
        Self { rows, ..self }
    }

    pub(super) fn required(self, required: bool) -> Self {
        Self { required, ..self }
    }

    /// With a button that takes the member away.
    pub(super) fn removable(self) -> Self {
        Self {
            removable: true,
            ..self
        }
    }

    /// What a fixed value begins with.
    pub(super) fn start(self, start: Value) -> Self {
        Self { start, ..self }
    }
}

/// The control that fits what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Control {
    Text,
    Number,
    Flag,
    Json,
    Taken,
}

impl Control {
    fn of(kind: ParameterKind, given: &Given) -> Self {
        let value = match given {
            Given::Taken(_) => return Self::Taken,
            Given::Fixed(value) => Some(value),
            Given::Nothing => None,
        };
        match kind {
            ParameterKind::Text if value.is_none_or(Value::is_string) => Self::Text,
            ParameterKind::Number if value.is_none_or(Value::is_number) => Self::Number,
            ParameterKind::Flag if value.is_none_or(Value::is_boolean) => Self::Flag,
            ParameterKind::Text
            | ParameterKind::Number
            | ParameterKind::Flag
            | ParameterKind::Object
            | ParameterKind::List
            | ParameterKind::Any => Self::Json,
        }
    }
}

/// The field.
#[component]
pub(super) fn ValueIn(at: Slot, entry: Entry) -> impl IntoView {
    let slot = at;
    let notes = notes_of(slot.places());
    let given = slot.given();
    let kind = entry.kind;
    let control = Memo::new(move |_| given.with(|given| Control::of(kind, given)));
    let start = entry.start.clone();
    let (label, required, removable) = (entry.label.clone(), entry.required, entry.removable);
    let is_set = Memo::new(move |_| given.with(|given| *given != Given::Nothing));
    let can_flip = slot.dynamic() != Dynamic::Never;
    let entry = StoredValue::new(entry);
    let removed = label.clone();
    view! {
        <div class="value-in" class:with-tools=can_flip || removable>
            {move || one_control(slot, given, control.get(), entry.get_value(), notes)}
            <span class="value-tools">
                {required.then(|| view! { <span class="sm t3">{text::REQUIRED}</span> })}
                {removable.then(|| view! {
                    <Show when=move || is_set.get()>
                        <IconButton label=text::remove(&removed) glyph=Glyph::Cross on_press=move || slot.put(&Given::Nothing)/>
                    </Show>
                })}
                {can_flip.then(|| view! {
                    <IconButton
                        label=text::take_from_data(&label)
                        glyph=Glyph::Variable
                        pressed=Signal::derive(move || control.get() == Control::Taken)
                        on_press=move || slot.flip(&given.get_untracked(), &start)
                    />
                })}
            </span>
        </div>
    }
}

fn one_control(
    slot: Slot,
    given: Memo<Given>,
    control: Control,
    entry: Entry,
    notes: Notes,
) -> AnyView {
    let put = move |value: Option<Value>| {
        slot.put(&value.map_or(Given::Nothing, Given::Fixed));
    };
    let fixed = move || match given.get() {
        Given::Fixed(value) => Some(value),
        Given::Nothing | Given::Taken(_) => None,
    };
    match control {
        Control::Text => {
            let value = Signal::derive(move || {
                fixed()
                    .and_then(|value| value.as_str().map(str::to_owned))
                    .unwrap_or_default()
            });
            let take = move |text: String| put((!text.is_empty()).then_some(Value::String(text)));
            if entry.prose {
                return view! { <TextArea label=entry.label value=value hint=entry.hint placeholder=entry.placeholder notes=notes on_change=take/> }.into_any();
            }
            view! { <TextField label=entry.label value=value hint=entry.hint placeholder=entry.placeholder mono=true notes=notes on_change=take/> }.into_any()
        }
        Control::Number => {
            let value = Signal::derive(move || fixed().and_then(|value| value.as_f64()));
            let take = move |entry: Option<f64>| put(entry.and_then(number));
            view! {
                <NumberField label=entry.label value=value hint=entry.hint placeholder=entry.placeholder unit=entry.unit
                    least=entry.least most=entry.most whole=entry.whole notes=notes on_change=take/>
            }.into_any()
        }
        Control::Flag => {
            let value =
                Signal::derive(move || fixed().map_or_else(String::new, |value| value.to_string()));
            let take = move |word: String| put(Some(json!(word == "true")));
            view! {
                <FieldGroup label=entry.label.clone() hint=entry.hint notes=notes>
                    <Segmented label=entry.label choices=vec![Choice::new("true", text::YES), Choice::new("false", text::NO)] value=value on_change=take small=true/>
                </FieldGroup>
            }.into_any()
        }
        Control::Json => {
            let value = Signal::derive(move || {
                fixed().map_or_else(String::new, |value| json_of(&value).trim_end().to_owned())
            });
            view! { <JsonEditor label=entry.label value=value hint=entry.hint placeholder=entry.placeholder rows=entry.rows placeholders=true notes=notes helper=json_helper(slot.fixed_at()) on_change=put/> }.into_any()
        }
        Control::Taken => view! { <Taken at=slot given=given entry=entry notes=notes/> }.into_any(),
    }
}

/// The expression or the path.
#[component]
fn Taken(at: Slot, given: Memo<Given>, entry: Entry, notes: Notes) -> impl IntoView {
    let value = Signal::derive(move || match given.get() {
        Given::Taken(text) => text,
        Given::Nothing | Given::Fixed(_) => String::new(),
    });
    let take = move |text: String| {
        let is_empty = text.trim().is_empty();
        at.put(&if is_empty {
            Given::Nothing
        } else {
            Given::Taken(text)
        });
    };
    let (shown, lines) = match at.dynamic() {
        Dynamic::Expression => (Shown::Inside, true),
        Dynamic::Template | Dynamic::PathField | Dynamic::Never => (Shown::Whole, false),
    };
    let helper = helper(at.taken_at(), shown);
    view! { <AssistField label=entry.label value=value hint=entry.hint lines=lines notes=notes helper=helper on_change=take/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_another_kind_than_its_parameter_is_shown_as_json() {
        let of = |kind, value: Value| Control::of(kind, &Given::Fixed(value));
        assert_eq!(of(ParameterKind::Text, json!("a")), Control::Text);
        assert_eq!(of(ParameterKind::Text, json!({"a": 1})), Control::Json);
        assert_eq!(of(ParameterKind::Number, json!("3")), Control::Json);
        assert_eq!(of(ParameterKind::Flag, json!(false)), Control::Flag);
        assert_eq!(
            Control::of(ParameterKind::Number, &Given::Nothing),
            Control::Number
        );
    }
}
