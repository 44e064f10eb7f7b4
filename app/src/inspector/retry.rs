//! Retries: which errors, how often, how long between.

use super::findings::{PartMark, PartNotes, notes_at};
use super::parts::{Section, TextIn};
use super::place::Place;
use super::slot::{Dynamic, Slot};
use super::timeline::{Timeline, waits};
use super::value::{Entry, ValueIn};
use crate::document::Part;
use crate::text::inspector::{self, retry as text};
use crate::ui::{Choice, FieldGroup, Glyph, Icon, IconButton, Segmented};
use asl::catalog::ParameterKind;
use asl::text::Node;
use leptos::html;
use leptos::prelude::*;
use serde_json::{Value, json};

/// Names that AWS itself gives to errors, offered while typing.
const KNOWN: [&str; 9] = [
    "States.ALL",
    "States.TaskFailed",
    "States.Timeout",
    "States.HeartbeatTimeout",
    "States.Permissions",
    "States.Runtime",
    "Lambda.ServiceException",
    "Lambda.TooManyRequestsException",
    "SageMaker.ThrottlingException",
];

/// All retriers of a state.
#[component]
pub(super) fn Retriers(place: Place) -> impl IntoView {
    let count = place.count("Retry");
    view! {
        <Section title=text::TITLE about=place.member("Retry").way() count=count add=(text::ADD.to_owned(), place.adding(Part::Retrier))>
            <Show when=move || count.get() == 0>
                <p class="sm t3">{text::NONE}</p>
            </Show>
            {move || (0..count.get()).map(|index| view! { <Retrier place=place.member("Retry").element(index) number=index+1/> }).collect_view()}
        </Section>
    }
}

#[component]
fn Retrier(place: Place, number: usize) -> impl IntoView {
    let interval = place.number("IntervalSeconds");
    let attempts = place.number("MaxAttempts");
    let rate = place.number("BackoffRate");
    let longest = place.number("MaxDelaySeconds");
    let waits = Signal::derive(move || {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to what fits"
        )]
        let attempts = attempts.get().unwrap_or(3.0).clamp(0.0, 100_000.0) as u32;
        waits(
            interval.get().unwrap_or(1.0),
            attempts,
            rate.get().unwrap_or(2.0),
            longest.get(),
        )
    });
    // A retrier's numbers cannot be taken from data; what is no number (a placeholder) is shown as JSON.
    let fixed = move |field: &'static str| Slot::new(place, field, Dynamic::Never);
    let rate_entry = Entry::new(ParameterKind::Number, text::RATE)
        .unit(text::RATE_UNIT)
        .from(1.0)
        .hint("BackoffRate")
        .placeholder("2");
    let jitter = place.text("JitterStrategy");
    let spread = notes_at(place, &["JitterStrategy"]);
    let summary = move || match waits.with(Vec::len) {
        0 => text::NEVER.to_owned(),
        1 => text::once(waits.with(|waits| waits[0])),
        count => text::up_to(count),
    };
    view! {
        <div class="rule-frame">
            <details class="rule" open=number == 1>
                <summary class="rule-head">
                    <Icon glyph=Glyph::Right/>
                    <b class="clip">{errors_title(place)}</b>
                    <span class="sm t3 end">{summary}</span>
                    <PartMark place=place/>
                </summary>
                <div class="rule-body stack">
                    <PartNotes place=place/>
                    <ErrorChips place=place/>
                    <div class="g3">
                        <ValueIn at=fixed("IntervalSeconds") entry=Entry::count(text::FIRST_WAIT).unit(text::SECONDS).hint("IntervalSeconds").placeholder("1")/>
                        <ValueIn at=fixed("MaxAttempts") entry=Entry::count(text::ATTEMPTS).hint(text::ATTEMPTS_HINT).placeholder("3")/>
                        <ValueIn at=fixed("BackoffRate") entry=rate_entry/>
                    </div>
                    <div class="g2">
                        <ValueIn at=fixed("MaxDelaySeconds") entry=Entry::count(text::LONGEST_WAIT).unit(text::SECONDS).from(1.0).to(31_622_400.0).hint(text::LONGEST_WAIT_HINT).placeholder(inspector::NO_LIMIT)/>
                        <FieldGroup label=text::SPREAD hint=text::SPREAD_HINT notes=spread>
                            <Segmented
                                label=text::SPREAD
                                choices=vec![Choice::new("NONE", text::SPREAD_NONE), Choice::new("FULL", text::SPREAD_FULL)]
                                value=Signal::derive(move || if jitter.get() == "FULL" { "FULL" } else { "NONE" }.to_owned())
                                on_change=move |word: String| { place.put("JitterStrategy", (word == "FULL").then_some(json!("FULL")).as_ref()); }
                            />
                        </FieldGroup>
                    </div>
                    <Timeline waits=waits/>
                    <TextIn place=place field="Comment" label=inspector::NOTE hint=inspector::NOTE_HINT/>
                </div>
            </details>
            <IconButton label=text::remove(number) glyph=Glyph::Trash on_press=move || { place.remove(""); }/>
        </div>
    }
}

fn names(node: Option<&Node>) -> Vec<String> {
    let list = node.and_then(Node::to_value);
    let list = list.as_ref().and_then(Value::as_array);
    list.map(|list| {
        list.iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    })
    .unwrap_or_default()
}

/// "On 2 errors", "On States.Timeout", "On any error".
pub(super) fn errors_title(place: Place) -> impl Fn() -> String + Copy + Send + 'static {
    let list = place.read("ErrorEquals", names);
    move || match list.get().as_slice() {
        [] => text::ON_NO_ERROR.to_owned(),
        [one] if one == "States.ALL" => text::ON_ANY_ERROR.to_owned(),
        [one] => text::on_error(one),
        more => text::on_errors(more.len()),
    }
}

/// The errors of a rule as chips; typing and Enter or a comma adds one.
#[component]
pub(super) fn ErrorChips(place: Place) -> impl IntoView {
    let list = place.read("ErrorEquals", names);
    let input = NodeRef::<html::Input>::new();
    let set = move |names: Vec<String>| {
        place.set("ErrorEquals", &json!(names));
    };
    let add = move || {
        // The browser tells of the end of an entry also when its field has just gone.
        let (Some(input), Some(mut names)) = (
            input.try_get_untracked().flatten(),
            list.try_get_untracked(),
        ) else {
            return;
        };
        let name = input.value().trim().trim_end_matches(',').to_owned();
        input.set_value("");
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
            set(names);
        }
    };
    let options = crate::ui::fresh_id("errors");
    let notes = notes_at(place, &["ErrorEquals"]);
    let described = format!("{options}-notes");
    let keys = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" | "," => {
            event.prevent_default();
            add();
        }
        "Backspace"
            if input
                .get_untracked()
                .is_some_and(|input| input.value().is_empty()) =>
        {
            let mut names = list.get_untracked();
            if names.pop().is_some() {
                set(names);
            }
        }
        _ => {}
    };
    view! {
        <FieldGroup label=text::ERRORS hint="ErrorEquals" id=options.clone() notes=notes>
        <div class="chips" class:bad=move || notes.is_bad()>
            {move || list.get().into_iter().map(|name| {
                let gone = name.clone();
                view! {
                    <span class="chip mono">
                        {name.clone()}
                        <button type="button" aria-label=text::remove_error(&name) on:click=move |_| {
                            let mut names = list.get_untracked();
                            names.retain(|other| *other != gone);
                            set(names);
                        }><Icon glyph=Glyph::Cross size="xs"/></button>
                    </span>
                }
            }).collect_view()}
            <input node_ref=input aria-label=text::ADD_ERROR title="ErrorEquals" placeholder=text::ADD_ERROR_HINT list=options.clone() autocomplete="off" spellcheck="false" aria-describedby=described aria-invalid=move || notes.is_bad().to_string() on:keydown=keys on:change=move |_| add()/>
            <datalist id=options.clone()>{KNOWN.map(|name| view! { <option value=name></option> }).collect_view()}</datalist>
        </div>
        </FieldGroup>
    }
}
