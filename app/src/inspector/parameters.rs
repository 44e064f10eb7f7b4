//! What a task gets: a field for each parameter of the service's call, and its JSON.
//!
//! The fields come from [`asl::catalog`]. Members that it does not list have fields, too, so that none is out of sight.

use super::findings::PartNotes;
use super::parts::JsonIn;
use super::place::Place;
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use crate::document::{Language, begun, sdk_words};
use crate::text::inspector::{self, parameters as text};
use crate::ui::{Choice, ExplainButton, Finder, Segmented, fresh_id};
use asl::catalog::{Action, Need, Parameter, ParameterKind};
use asl::text::{Node, NodeKind, Step};
use leptos::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// What stands in `Parameters` or `Arguments`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Nothing,
    Members,
    /// A single expression, or what no call can take.
    Other,
}

impl Held {
    fn of(node: Option<&Node>) -> Self {
        match node.map(|node| &node.kind) {
            None | Some(NodeKind::Missing) => Self::Nothing,
            Some(NodeKind::Object(_)) => Self::Members,
            Some(_) => Self::Other,
        }
    }
}

/// The section of a task's parameters; `action` is what the task calls, where that is known.
#[component]
pub(super) fn ParameterForms(
    place: Place,
    resource: Memo<String>,
    action: Memo<Option<&'static Action>>,
    jsonata: bool,
) -> impl IntoView {
    let field = if jsonata { "Arguments" } else { "Parameters" };
    let as_json = RwSignal::new(action.get_untracked().is_none());
    let held = place.read(field, Held::of);
    let heading = fresh_id("section");
    let call = Memo::new(move |_| {
        let is_listed = action.get().is_some();
        sdk_words(&resource.get()).filter(|_| !is_listed)
    });
    let form = Signal::derive(move || if as_json.get() { "json" } else { "fields" }.to_owned());
    view! {
        <section>
            <div class="section-head">
                <h2 id=heading.clone()>{text::TITLE}</h2>
                <span class="end"></span>
                <ExplainButton label=inspector::GROUP_HELP described=heading.clone() at=place.member(field).way().to_string()/>
                <Segmented label=text::shown_as(field) small=true value=form
                    choices=vec![Choice::new("fields", text::AS_FIELDS), Choice::new("json", "JSON")]
                    on_change=move |word: String| as_json.set(word == "json")/>
            </div>
            <div class="stack">
                {move || call.get().map(|call| view! { <p class="sm t3">{text::named_by_api(&call)}</p> })}
                {move || (!as_json.get()).then(|| view! { <PartNotes place=place.member(field)/> })}
                {move || if as_json.get() {
                    view! { <Whole place=place field=field jsonata=jsonata/> }.into_any()
                } else if held.get() == Held::Other {
                    let slot = Slot::new(place, field, Dynamic::or_never(jsonata));
                    view! { <ValueIn at=slot entry=Entry::json(field).hint(text::ONE_VALUE).rows(5)/> }.into_any()
                } else {
                    let action = action.get();
                    view! { <Fields payload=place.member(field) action=action jsonata=jsonata/> }.into_any()
                }}
            </div>
        </section>
    }
}

#[component]
fn Whole(place: Place, field: &'static str, jsonata: bool) -> impl IntoView {
    let hint = if jsonata {
        text::WHOLE_EXPRESSIONS
    } else {
        text::WHOLE_PATHS
    };
    view! { <JsonIn place=place field=field label=field hint=hint placeholder=inspector::INPUT rows=5/> }
}

#[component]
fn Fields(payload: Place, action: Option<&'static Action>, jsonata: bool) -> impl IntoView {
    let dynamic = Dynamic::in_payload(jsonata);
    let listed = action.map_or(&[][..], |action| action.parameters);
    let present = payload.read("", move |node| names(node, dynamic));
    let shown = Memo::new(move |_| present.with(|present| rows(listed, present)));
    let is_empty = Memo::new(move |_| present.with(Vec::is_empty));
    let kinds = payload.read("", kinds);
    let missing = Signal::derive(move || {
        shown.with(|shown| {
            let others = listed
                .iter()
                .filter(|it| !shown.iter().any(|name| **name == *it.name));
            others.map(choice).collect::<Vec<_>>()
        })
    });
    let add = move |name: String| {
        let name = match name.strip_suffix(".$") {
            Some(plain) if !jsonata => plain.to_owned(),
            Some(_) | None => name,
        };
        // What is set keeps its value: its field is where it is changed.
        if shown.with_untracked(|shown| shown.iter().any(|known| **known == *name)) {
            return focus_parameter(name);
        }
        let parameter = listed.iter().find(|it| it.name == name);
        let (key, value) = parameter.map_or((name.clone(), json!("")), |it| {
            begun(it, Language::of(jsonata))
        });
        let at = payload.pointer().join(Step::Key(key.into()));
        if payload
            .session
            .edit(|editing| editing.set_field(&at, &value))
        {
            focus_parameter(name);
        }
    };
    let row = move |name: Arc<str>| {
        let parameter = listed.iter().find(|it| *it.name == *name);
        let entry = parameter.map_or_else(
            || unlisted(&name, kinds.with_untracked(|kinds| kind_in(kinds, &name))),
            |parameter| entry_of(parameter, jsonata),
        );
        let slot = Slot::new(payload, name.clone(), dynamic);
        view! { <div class="parameter" data-name=name.to_string()><ValueIn at=slot entry=entry/></div> }
    };
    view! {
        <Show when=move || is_empty.get()>
            <p class="sm t3">{text::NONE_SET}</p>
        </Show>
        <For each=move || shown.get() key=Clone::clone children=row/>
        <div data-at=payload.way().join("").to_string()>
            <Finder
                label=text::ADD
                hint=text::ADD_HINT
                placeholder=if listed.is_empty() { text::TYPE_NAME } else { text::FIND }
                choices=missing
                on_pick=add
            />
        </div>
    }
}

/// The names that stand in a payload, without what says that a value is taken from data.
fn names(payload: Option<&Node>, dynamic: Dynamic) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = Vec::new();
    for member in payload.map_or(&[][..], Node::members) {
        let name = match member.key.strip_suffix(".$") {
            Some(name) if dynamic == Dynamic::Template => Arc::from(name),
            Some(_) | None => Arc::from(&*member.key),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The kind of each member's value.
fn kinds(payload: Option<&Node>) -> Vec<(Arc<str>, ParameterKind)> {
    let members = payload.map_or(&[][..], Node::members).iter();
    members
        .map(|member| {
            let kind = match member.value.to_value() {
                Some(Value::String(_)) => ParameterKind::Text,
                Some(Value::Number(_)) => ParameterKind::Number,
                Some(Value::Bool(_)) => ParameterKind::Flag,
                Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => ParameterKind::Any,
            };
            (Arc::from(&*member.key), kind)
        })
        .collect()
}

fn kind_in(kinds: &[(Arc<str>, ParameterKind)], name: &str) -> ParameterKind {
    let found = kinds.iter().find(|(known, _)| **known == *name);
    found.map_or(ParameterKind::Any, |(_, kind)| *kind)
}

/// Which fields are shown: the listed parameters that a call needs or that are set, in the table's order, then the others.
fn rows(listed: &[Parameter], present: &[Arc<str>]) -> Vec<Arc<str>> {
    let is_present = |name: &str| present.iter().any(|known| **known == *name);
    let first = listed
        .iter()
        .filter(|it| it.need != Need::Optional || is_present(it.name))
        .map(|it| Arc::from(it.name));
    let others = present
        .iter()
        .filter(|name| !listed.iter().any(|it| *it.name == ***name))
        .cloned();
    first.chain(others).collect()
}

fn choice(parameter: &Parameter) -> Choice {
    let label = if parameter.words.is_empty() {
        parameter.name.to_owned()
    } else {
        format!("{}: {}", parameter.name, parameter.words)
    };
    Choice::new(parameter.name, label)
}

fn entry_of(parameter: &Parameter, jsonata: bool) -> Entry {
    let takes = match parameter.kind {
        ParameterKind::Text => text::TAKES_TEXT,
        ParameterKind::Number => text::TAKES_NUMBER,
        ParameterKind::Flag => text::TAKES_FLAG,
        ParameterKind::Object => text::TAKES_OBJECT,
        ParameterKind::List => text::TAKES_LIST,
        ParameterKind::Any => text::TAKES_ANY,
    };
    let hint = match parameter.words {
        "" => takes.to_owned(),
        words => [words, takes].join(" "),
    };
    let example = match parameter.example.value() {
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let (key, start) = begun(parameter, Language::of(jsonata));
    let start = (key == parameter.name).then_some(start);
    let entry = Entry::new(parameter.kind, parameter.name)
        .hint(hint)
        .placeholder(example)
        .required(parameter.need != Need::Optional);
    let entry = match start {
        Some(start) => entry.start(start),
        None => entry,
    };
    if parameter.need == Need::Optional {
        entry.removable()
    } else {
        entry
    }
}

fn unlisted(name: &str, kind: ParameterKind) -> Entry {
    Entry::new(kind, name).hint(text::UNLISTED).removable()
}

/// Moves the focus to a parameter's field, once it is drawn.
fn focus_parameter(name: String) {
    request_animation_frame(move || {
        let Ok(rows) = document().query_selector_all(".inspector .parameter") else {
            return;
        };
        let row = (0..rows.length())
            .filter_map(|index| rows.get(index)?.dyn_into::<web_sys::Element>().ok())
            .find(|row| row.get_attribute("data-name").as_deref() == Some(name.as_str()));
        let control =
            row.and_then(|row| row.query_selector("input, textarea, button").ok().flatten());
        if let Some(control) = control.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Where it cannot take the focus, the focus stays.
            let _ = control.focus();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::catalog::of_resource;
    use asl::text::Document;

    fn present(text: &str, dynamic: Dynamic) -> Vec<Arc<str>> {
        names(Document::parse(text).root(), dynamic)
    }

    #[test]
    fn what_a_call_needs_and_what_is_set_has_a_field_and_nothing_set_is_left_out() {
        let (action, _) = of_resource("arn:aws:states:::lambda:invoke").expect("a known action");
        let present = present(
            r#"{"Strange": 1, "Payload.$": "$", "Other.$": "$.x"}"#,
            Dynamic::Template,
        );
        let rows = rows(action.parameters, &present);
        assert_eq!(
            rows.iter().map(|name| &**name).collect::<Vec<_>>(),
            ["FunctionName", "Payload", "Strange", "Other"]
        );
    }

    #[test]
    fn in_jsonata_the_end_of_a_name_means_nothing() {
        let names = present(r#"{"a.$": 1}"#, Dynamic::Expression);
        assert_eq!(names, [Arc::from("a.$")]);
    }
}
