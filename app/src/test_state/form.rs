//! What goes into a test: a field for each thing, with what is wrong under it.

use super::dialog::Test;
use super::entries::{Entries, Field, Validation, Work, works};
use crate::text::{common, test_state as text};
use crate::ui::{Choice, NumberField, Segmented, Select, TextArea, TextField};
use asl::graph::StateType;
use leptos::prelude::*;

/// The form.
#[component]
pub(super) fn Form(test: Test, kind: StateType) -> impl IntoView {
    let has_work = works(kind);
    view! {
        <section class="test-form" aria-label=text::FORM>
            <Json test=test field=Field::Input label=text::INPUT hint=text::INPUT_HINT rows=5/>
            {has_work.then(|| view! { <WorkForm test=test kind=kind/> })}
            <details class="more" open=move || test.sheet.with_untracked(|sheet| has_more(&sheet.entries))>
                <summary class="sm t2">{text::MORE}</summary>
                <div class="test-form">
                    <Json test=test field=Field::Variables label=text::VARIABLES hint=text::VARIABLES_HINT rows=2/>
                    {has_work.then(|| view! { <Before test=test kind=kind/> })}
                </div>
            </details>
        </section>
    }
}

fn has_more(entries: &Entries) -> bool {
    !entries.variables.is_empty() || !entries.context.is_empty() || entries.retries > 0
}

fn entries<T: PartialEq + Send + Sync + 'static>(
    test: Test,
    read: impl Fn(&Entries) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| test.sheet.with(|sheet| read(&sheet.entries)))
}

fn change(test: Test, change: impl FnOnce(&mut Entries)) {
    test.sheet.update(|sheet| change(&mut sheet.entries));
}

/// JSON, with what is wrong under it while it is written.
#[component]
fn Json(
    test: Test,
    field: Field,
    label: &'static str,
    hint: &'static str,
    #[prop(default = 3)] rows: u32,
    #[prop(optional)] placeholder: &'static str,
) -> impl IntoView {
    let value = entries(test, move |entries| entries.text(field).to_owned());
    let error = entries(test, move |entries| entries.fault(field));
    let take = move |text: String| change(test, |entries| entries.set(field, text));
    view! { <TextArea label=label hint=hint value=value error=error mono=true rows=rows placeholder=placeholder on_input=take on_change=take/> }
}

/// What the work of the state is said to give.
#[component]
fn WorkForm(test: Test, kind: StateType) -> impl IntoView {
    let work = entries(test, |entries| entries.work);
    let word = Signal::derive(move || match work.get() {
        Work::Result => "result".to_owned(),
        Work::Error => "error".to_owned(),
    });
    let pick = move |word: String| {
        change(test, |entries| {
            entries.work = match word.as_str() {
                "error" => Work::Error,
                _ => Work::Result,
            };
        });
    };
    let (name, hint) = match kind {
        StateType::Map => (text::RESULT_OF_ITERATIONS, text::RESULT_OF_ITERATIONS_HINT),
        StateType::Parallel => (text::RESULT_OF_BRANCHES, text::RESULT_OF_BRANCHES_HINT),
        _ => (text::RESULT, text::RESULT_HINT),
    };
    view! {
        <div>
            <span class="label">{text::WORK}</span>
            <Segmented label=text::WORK choices=vec![Choice::new("result", text::WORK_GIVES), Choice::new("error", text::WORK_FAILS)] value=word on_change=pick/>
        </div>
        {move || match work.get() {
            Work::Result => view! { <Json test=test field=Field::Result label=name hint=hint rows=5/> }.into_any(),
            Work::Error => view! { <Failure test=test kind=kind/> }.into_any(),
        }}
    }
}

#[component]
fn Failure(test: Test, kind: StateType) -> impl IntoView {
    let has_inner = kind != StateType::Task;
    let error = entries(test, |entries| entries.error.clone());
    let cause = entries(test, |entries| entries.cause.clone());
    let inner = entries(test, |entries| entries.inner.clone());
    let set_error = move |text: String| change(test, |entries| entries.error = text);
    let set_cause = move |text: String| change(test, |entries| entries.cause = text);
    let set_inner = move |text: String| change(test, |entries| entries.inner = text);
    view! {
        <div class="g2">
            <TextField label=common::ERROR mono=true value=error on_input=set_error on_change=set_error/>
            <TextField label=common::CAUSE value=cause on_input=set_cause on_change=set_cause/>
        </div>
        {has_inner.then(|| view! {
            <TextField label=text::INNER hint=text::INNER_HINT placeholder=text::INNER_ANY value=inner on_input=set_inner on_change=set_inner/>
        })}
    }
}

/// What is said to have happened before, and what the state sees of the run.
#[component]
fn Before(test: Test, kind: StateType) -> impl IntoView {
    view! {
        <Json test=test field=Field::Context label=text::CONTEXT hint=text::CONTEXT_HINT placeholder=text::CONTEXT_EXAMPLE rows=2/>
        <Count test=test label=text::RETRIES hint=text::RETRIES_HINT read=|entries| entries.retries write=|entries, count| entries.retries = count/>
        {(kind == StateType::Map).then(|| view! {
            <Count test=test label=text::ITERATIONS_FAILED hint=text::ITERATIONS_FAILED_HINT read=|entries| entries.failures write=|entries, count| entries.failures = count/>
            <Json test=test field=Field::Items label=text::READER_DATA hint=text::READER_DATA_HINT rows=2/>
        })}
        {(kind == StateType::Task).then(|| view! { <Judged test=test/> })}
    }
}

#[component]
fn Count(
    test: Test,
    label: &'static str,
    hint: &'static str,
    read: fn(&Entries) -> u64,
    write: fn(&mut Entries, u64),
) -> impl IntoView {
    let count = entries(test, read);
    #[expect(
        clippy::cast_precision_loss,
        reason = "the field takes at most 99,999,999"
    )]
    let value = Signal::derive(move || Some(count.get() as f64));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the field gives whole numbers from 0"
    )]
    let take = move |entry: Option<f64>| {
        change(test, |entries| write(entries, entry.unwrap_or(0.0) as u64));
    };
    view! { <NumberField label=label hint=hint value=value on_change=take/> }
}

#[component]
fn Judged(test: Test) -> impl IntoView {
    let choices = vec![
        Choice::new("present", text::JUDGED_PRESENT),
        Choice::new("strict", text::JUDGED_STRICT),
        Choice::new("off", text::JUDGED_OFF),
    ];
    let value = Signal::derive(move || {
        test.sheet
            .with(|sheet| sheet.entries.validation.word().to_owned())
    });
    let take = move |word: String| {
        change(test, |entries| {
            entries.validation = Validation::from_word(&word)
        });
    };
    view! { <Select label=text::JUDGED hint="fieldValidationMode" choices=choices value=value on_change=take/> }
}
