//! A Task that asks a person: the question, the evidence, who may decide, what each answer causes.

use super::findings::{PartNotes, notes_at};
use super::parts::{JsonIn, NumberIn, Section, StatePicker};
use super::place::{Place, uses_jsonata};
use super::resource;
use crate::text::inspector::{self, approval as text};
use crate::ui::{Switch, TextArea, TextField};
use leptos::prelude::*;
use serde_json::{Value, json};

/// The forms of a Task that asks a person.
#[component]
pub(super) fn ApprovalForms(place: Place) -> impl IntoView {
    let jsonata = uses_jsonata(place);
    let field = move || {
        if jsonata.get() {
            "Arguments"
        } else {
            "Parameters"
        }
    };
    view! {
        {move || view! { <Request place=place request=place.member(field()) jsonata=jsonata.get()/> }}
        <Section title=text::ANSWERS>
            {move || {
                let request = place.member(field());
                view! {
                    <Words request=request field="IfApproved" label=text::APPROVED placeholder=text::APPROVED_EXAMPLE/>
                    <Words request=request field="IfRejected" label=text::REJECTED placeholder=text::REJECTED_EXAMPLE/>
                }
            }}
            <Rejected place=place/>
        </Section>
        <Section title=text::ASKED>
            <Activity place=place/>
            <div class="g2">
                <NumberIn place=place field="TimeoutSeconds" label=text::ANSWER_WITHIN unit=inspector::SECONDS hint=text::ANSWER_WITHIN_HINT placeholder=inspector::NO_LIMIT least=1.0/>
            </div>
        </Section>
    }
}

#[component]
fn Request(place: Place, request: Place, jsonata: bool) -> impl IntoView {
    let _ = place;
    view! {
        <Section title=text::REQUEST about=request.way()>
            <PartNotes place=request/>
            <Words request=request field="Title" label=text::HEADLINE placeholder=text::HEADLINE_EXAMPLE/>
            <Words request=request field="Question" label=text::QUESTION placeholder=text::QUESTION_EXAMPLE long=true/>
            <Words request=request field="Details" label=text::DETAILS placeholder=text::DETAILS_EXAMPLE long=true/>
            {if jsonata {
                view! { <JsonIn place=request field="Evidence" label=text::EVIDENCE hint=text::EVIDENCE_HINT rows=4/> }.into_any()
            } else {
                view! { <EvidenceField request=request/> }.into_any()
            }}
            <Reviewers request=request/>
        </Section>
    }
}

/// Words that are written here or, with a path, taken from the input (`Question.$`).
#[component]
fn Words(
    request: Place,
    field: &'static str,
    label: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(optional)] long: bool,
) -> impl IntoView {
    let path = format!("{field}.$");
    let from_path = request.has(&path);
    let value = {
        let (fixed, path) = (request.text(field), request.text(&path));
        Signal::derive(move || {
            if from_path.get() {
                path.get()
            } else {
                fixed.get()
            }
        })
    };
    let path = StoredValue::new(path);
    let take = move |entry: String| {
        let key = if from_path.get_untracked() {
            path.get_value()
        } else {
            field.to_owned()
        };
        request.put(
            &key,
            (!entry.is_empty()).then_some(Value::String(entry)).as_ref(),
        );
    };
    let flip = move |on: bool| {
        let (from, to) = if on {
            (field.to_owned(), path.get_value())
        } else {
            (path.get_value(), field.to_owned())
        };
        let start = if on {
            json!(format!("$.{}", field.to_lowercase()))
        } else {
            json!("")
        };
        request.together(text::CHANGE_SOURCE, || {
            request.remove(&from);
            request.set(&to, &start);
        });
    };
    view! {
        {move || {
            let mono = from_path.get();
            let notes = notes_at(request, &[field, &path.get_value()]);
            if long && !mono {
                view! { <TextArea label=label value=value hint=field placeholder=placeholder notes=notes on_change=take/> }.into_any()
            } else {
                view! { <TextField label=label value=value hint=field placeholder=placeholder mono=mono notes=notes on_change=take/> }.into_any()
            }
        }}
        <Show when=move || from_path.get()>
            <Switch label=text::FROM_INPUT on=from_path hint=text::FROM_INPUT_HINT on_change=flip/>
        </Show>
    }
}

#[component]
fn EvidenceField(request: Place) -> impl IntoView {
    let path = request.has("Evidence.$");
    view! {
        {move || if path.get() {
            view! { <super::parts::QueryIn place=request field="Evidence.$" label=text::EVIDENCE_PATH hint=text::EVIDENCE_PATH_HINT/> }.into_any()
        } else {
            view! { <JsonIn place=request field="Evidence" label=text::EVIDENCE hint=text::EVIDENCE_LABELS placeholder=text::EVIDENCE_EXAMPLE rows=4/> }.into_any()
        }}
    }
}

#[component]
fn Reviewers(request: Place) -> impl IntoView {
    let value = request.read("Reviewers", |node| {
        let names = node.and_then(asl::text::Node::to_value);
        names
            .and_then(|names| {
                names.as_array().map(|names| {
                    names
                        .iter()
                        .filter_map(Value::as_str)
                        .collect::<Vec<_>>()
                        .join(", ")
                })
            })
            .unwrap_or_default()
    });
    let take = move |entry: String| {
        let names: Vec<&str> = entry
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        request.put(
            "Reviewers",
            (!names.is_empty()).then(|| json!(names)).as_ref(),
        );
    };
    view! {
        <TextField label=text::REVIEWERS value=value hint=text::REVIEWERS_HINT placeholder=text::EVERYBODY notes=notes_at(request, &["Reviewers"]) on_change=take/>
    }
}

#[component]
fn Activity(place: Place) -> impl IntoView {
    let arn = place.text("Resource");
    let rename = move |name: String| {
        let old = arn.get_untracked();
        let keep = old.len() - resource::name(&old).len();
        if let Some(head) = old.get(..keep).filter(|_| !name.trim().is_empty()) {
            place.set("Resource", &json!(format!("{head}{}", name.trim())));
        }
    };
    view! {
        <TextField
            label=text::INBOX
            hint=text::INBOX_HINT
            value=Signal::derive(move || resource::name(&arn.get()).to_owned())
            mono=true
            notes=notes_at(place, &["Resource"])
            on_change=rename
        />
    }
}

/// Where a rejection leads: a catcher for `Approval.Rejected`.
#[component]
fn Rejected(place: Place) -> impl IntoView {
    let catcher = place.read("Catch", |node| {
        let list = node.and_then(asl::text::Node::to_value);
        let list = list
            .as_ref()
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let index = list.iter().position(|catcher| {
            catcher["ErrorEquals"].as_array().is_some_and(|errors| {
                errors
                    .iter()
                    .any(|error| error == "Approval.Rejected" || error == "States.ALL")
            })
        });
        index.map(|index| {
            (
                index,
                list[index]["Next"].as_str().unwrap_or_default().to_owned(),
            )
        })
    });
    let take = move |name: String| match (catcher.get_untracked(), name.is_empty()) {
        (Some((index, _)), true) => {
            place.member("Catch").element(index).remove("");
        }
        (Some((index, _)), false) => {
            place
                .member("Catch")
                .element(index)
                .set("Next", &json!(name));
        }
        (None, true) => {}
        (None, false) => {
            place.push("Catch", &json!({ "ErrorEquals": ["Approval.Rejected"], "ResultPath": "$.review", "Next": name }));
        }
    };
    view! {
        <StatePicker
            label=text::REJECTED_NEXT
            hint=text::REJECTED_NEXT_HINT
            value=Signal::derive(move || catcher.get().map(|(_, next)| next).unwrap_or_default())
            nothing=text::FAIL
            on_change=take
        />
    }
}
