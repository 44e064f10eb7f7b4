//! A person's question in a dry run, as the review page will show it, and the decision in their place.
//!
//! Who may decide is only told: in a dry run the one who draws decides for everybody.

use super::runner::Runner;
use crate::pages::review::approval::{paragraphs, table};
use crate::pages::review::evidence::rows;
use crate::text::dry_run as text;
use crate::text::pages::review::NO_COMMENT;
use crate::ui::{Button, ButtonLook, Glyph, JsonView, TextField, give};
use asl::approval::{Decision, REJECTED, Request, Unexplained, Verdict, reviewers};
use asl::dry_run::mocks::Answer;
use asl::machine::{TaskId, TaskRequest};
use leptos::prelude::*;

/// Where a question is decided, and what the reviewer sees of it.
pub(super) fn question(runner: Runner, ask: &TaskRequest) -> (AnyView, AnyView) {
    let (task, input) = (ask.task, ask.input.to_string());
    let who = text::who_decides(&reviewers(&input));
    let request = Request::read(&input, &ask.state);
    let form = view! {
        <Decide runner=runner task=task/>
        <p class="sm t3">{who}</p>
    };
    let seen = view! {
        <div class="ask-question">
            {asked(&request)}
            <details>
                <summary class="sm t2">{text::QUESTION_AS_JSON}</summary>
                <JsonView text=input/>
            </details>
        </div>
    };
    (form.into_any(), seen.into_any())
}

/// What the reviewer reads.
fn asked(request: &Request) -> impl IntoView + use<> {
    let rows = rows(&request.evidence);
    let proof = (!rows.is_empty()).then(|| table(&rows));
    let title = request.title.clone();
    view! {
        {title.map(|title| view! { <span class="label">{title}</span> })}
        <h4>{request.question.clone()}</h4>
        {request.details.as_deref().map(paragraphs)}
        {proof}
        {causes(request)}
    }
}

/// What follows from either answer.
fn causes(request: &Request) -> impl IntoView + use<> {
    let row = |label: &'static str, words: &Option<String>| {
        words
            .clone()
            .map(|words| view! { <p><b>{label}</b>{words}</p> })
    };
    view! {
        {row(text::IF_APPROVED, &request.if_approved)}
        {row(text::IF_REJECTED, &request.if_rejected)}
    }
}

/// The decision, as the review page would send it.
#[component]
fn Decide(runner: Runner, task: TaskId) -> impl IntoView {
    let comment = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<String>);
    let take = move |words: String| {
        comment.set(words);
        fault.set(None);
    };
    let decide = move |verdict: Verdict| match verdict.comment(&comment.get_untracked()) {
        Ok(comment) => runner.answer(task, answer(runner, verdict, comment)),
        Err(Unexplained) => {
            fault.set(Some(NO_COMMENT.to_owned()));
            give(".ask [aria-invalid=true]");
        }
    };
    view! {
        <TextField label=text::COMMENT value=comment on_input=take on_change=take placeholder=text::COMMENT_HINT error=fault/>
        <div class="row">
            <Button label=text::APPROVE glyph=Glyph::Check look=ButtonLook::Primary on_press=move || decide(Verdict::Approve)/>
            <Button label=text::REJECT glyph=Glyph::Cross on_press=move || decide(Verdict::Reject)/>
        </div>
    }
}

/// What a decision gives the task, at the dry run's time.
fn answer(runner: Runner, verdict: Verdict, comment: Option<String>) -> Answer {
    let decision = Decision {
        verdict,
        by: text::YOU.to_owned(),
        comment,
    };
    let record = decision.record(&moment(runner.now_ms.get_untracked()));
    match verdict {
        Verdict::Approve => Answer::Return(record),
        Verdict::Reject => Answer::Throw {
            error: REJECTED.to_owned(),
            cause: record.to_string(),
        },
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds stay far below 2^53"
)]
fn moment(ms: i64) -> String {
    js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(ms as f64))
        .to_iso_string()
        .into()
}
