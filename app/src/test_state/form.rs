//! What goes into a test: a field for each thing, with what is wrong under it.

use super::dialog::Test;
use super::entries::{Entries, Field, Validation, Work, works};
use crate::ui::{Choice, NumberField, Segmented, Select, TextArea, TextField};
use asl::graph::StateType;
use leptos::prelude::*;

/// The form.
#[component]
pub(super) fn Form(test: Test, kind: StateType) -> impl IntoView {
    let has_work = works(kind);
    view! {
        <section class="test-form" aria-label="What goes in">
            <Json test=test field=Field::Input label="Input" hint="What comes into the state, as JSON" rows=5/>
            {has_work.then(|| view! { <WorkForm test=test kind=kind/> })}
            <details class="more" open=move || test.sheet.with_untracked(|sheet| has_more(&sheet.entries))>
                <summary class="sm t2">"Variables, context and what happened before"</summary>
                <div class="test-form">
                    <Json test=test field=Field::Variables label="Variables" hint="The variables that the state sees: an object of names and values" rows=2/>
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
        StateType::Map => (
            "Results of the iterations",
            "An array with one element for each item",
        ),
        StateType::Parallel => (
            "Results of the branches",
            "An array with one element for each branch",
        ),
        _ => ("Result", "What the task gives, as JSON"),
    };
    view! {
        <div>
            <span class="label">"Its work"</span>
            <Segmented label="Its work" choices=vec![Choice::new("result", "Gives a result"), Choice::new("error", "Fails")] value=word on_change=pick/>
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
            <TextField label="Error" mono=true value=error on_input=set_error on_change=set_error/>
            <TextField label="Cause" value=cause on_input=set_cause on_change=set_cause/>
        </div>
        {has_inner.then(|| view! {
            <TextField label="It comes from the state" hint="The name of a state inside, for $states.errorOutput and retries that look at it" placeholder="Any" value=inner on_input=set_inner on_change=set_inner/>
        })}
    }
}

/// What is said to have happened before, and what the state sees of the run.
#[component]
fn Before(test: Test, kind: StateType) -> impl IntoView {
    view! {
        <Json test=test field=Field::Context label="Context" hint="Members of the context object that differ from the usual ones" placeholder="{ \"Execution\": { \"Name\": \"night\" } }" rows=2/>
        <Count test=test label="Retries before" hint="How many retries the rule has made that takes the error" read=|entries| entries.retries write=|entries, count| entries.retries = count/>
        {(kind == StateType::Map).then(|| view! {
            <Count test=test label="Iterations that failed" hint="They are held against what the Map tolerates" read=|entries| entries.failures write=|entries, count| entries.failures = count/>
            <Json test=test field=Field::Items label="What the reader has read" hint="For a Map with an ItemReader" rows=2/>
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
        Choice::new("present", "What is there must fit"),
        Choice::new("strict", "All that is always there must be there and fit"),
        Choice::new("off", "It is not looked at"),
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
    view! { <Select label="The result against the service's API" hint="fieldValidationMode" choices=choices value=value on_change=take/> }
}
